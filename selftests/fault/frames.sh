#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Frames for which there is no memory: none to learn their source, none for a
# copy, none to tell anybody.
#
# What frames allocate is made to fail by failslab, which is told to look at
# nothing but what the module itself asks for, and only where it cannot wait.
#
# shellcheck source=../lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib.sh"

# The private /sys of a test is empty below.
mount -t debugfs debugfs /sys/kernel/debug
failslab=/sys/kernel/debug/failslab
[[ -e $failslab/require-start ]] ||
	die "the kernel has no failslab with a stack trace filter"

# Of the stack that deep there are the allocator and our own function, but not
# who is called by it, as the receivers of a copy are.
set_up()
{
	local name size address _

	while read -r name size _ _ _ address _; do
		[[ $name != nvswitch ]] || break
	done </proc/modules
	[[ $name == nvswitch ]] || die "the module is not loaded"
	echo "$address" >$failslab/require-start
	printf '%#x\n' $((address + size)) >$failslab/require-end
	echo 8 >$failslab/stacktrace-depth
	echo N >$failslab/task-filter
	echo Y >$failslab/ignore-gfp-wait
	echo 0 >$failslab/verbose
	echo -1 >$failslab/times
}

starve() { echo 100 >$failslab/probability; }
feed() { echo 0 >$failslab/probability; }

# starving TITLE FRAME...: what becomes of a frame while there is no memory
starving()
{
	starve
	frame "$@"
	feed
}

logs=$(mktemp -d)
listeners=()
trap 'feed; kill "${listeners[@]}" 2>/dev/null; rm -rf "$logs"' EXIT

# says TITLE FILE PATTERN: that listener does, within a bounded time
says()
{
	local deadline=$((SECONDS + 20 * slow))

	until grep -qE -- "$3" "$logs/$2"; do
		if ((SECONDS > deadline)); then
			fail "$1"
			note "$(<"$logs/$2")"
			return
		fi
		sleep 0.05
	done
	pass "$1"
}

switch nvs0 ageing 0 move_hold 0
set_up
guest a b c d
uplink u
set_port c nested unicast_flood off
set_port d nested unicast_flood off

# To learn

starving "a new source" c a src c1 drop no_memory
is "is not learned" none fdb c1
frame "with memory" c a src c1 to a
is "it is" learned:c fdb c1
starving "what is known needs none" c a src c1 to a
starving "nor does a port's own MAC" a c1 to c
set_port c limit_policy allow
starving "limit_policy allow: admitted" c a src c2 to a
is "and not learned" none fdb c2
set_port c limit_policy drop
starving "a remote source: admitted" u a src u1 to a
is "and not entered" none fdb u1

# To move

starving "a claim" d a src c1 drop no_memory
is "moves nothing" learned:c fdb c1
starving "a claim from the uplink" u a src c1 drop no_memory
is "moves nothing either" learned:c fdb c1
frame "with memory" d a src c1 to a
is "it moves, on trial" learned:d:trial fdb c1
starving "back from its trial: that needs none" c a src c1 to a
is "it is where it was" learned:c fdb c1

# To adopt

tap t
attach t
starving "a first source" t a src t1 drop no_memory
is "is not adopted" none fdb t1
frame "with memory" t a src t1 to a
is "it is" adopted:t fdb t1

# To copy

starving "broadcast: the last of its receivers needs no copy" a broadcast \
	to host refuse b:no_memory,c:no_memory,d:no_memory,t:no_memory,u:no_memory
frame "with memory" a broadcast to b,c,d,t,u,host
set_port b promiscuous accept
starving "of one for somebody, and one that listens" a c1 \
	to b refuse c:no_memory
set_port b promiscuous reject

# To tell

"$here/ynl_client.py" listen 600 >"$logs/events" 2>&1 &
listeners+=("$!")
says "somebody listens to events" events '^listening'
starving "a frame that is dropped, as ever" a b src z1 drop forged_transmit
says "that an event was lost is no secret" events 'No buffer space'
command bridge monitor fdb >"$logs/neigh" 2>&1 &
listeners+=("$!")
# It listens when it has told of this one.
for ((i = 0; i < 100 * slow; i++)); do
	bridge fdb add @z2 dev nvs0 self via b static
	bridge fdb del @z2 dev nvs0 self via b
	[[ ! -s $logs/neigh ]] || break
	sleep 0.05
done
# A notification fails for want of memory, and not the entry.
starve
send c a src c1
must drain
works "entries are deleted" bridge fdb del @c1 dev nvs0 self via c
feed
says "that this was not told is no secret" neigh 'No buffer space'
is "it is deleted" none fdb c1
finish
