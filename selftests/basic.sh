#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Coming and going: loading, creating, attaching, and taking it all apart again
# in every order, also under traffic.
#
# Runs alone: it unloads the module.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

loaded() { [[ -d /sys/module/nvswitch ]]; }

# check TITLE COMMAND...
check()
{
	if "${@:2}"; then
		pass "$1"
	else
		fail "$1"
		note "${*:2}"
	fi
}

# A namespace that has gone is taken apart later, and holds the module so long.
unload()
{
	local i

	for ((i = 0; i < 200; i++)); do
		! modprobe -r nvswitch 2>/dev/null || return 0
		sleep 0.05
	done
	return 1
}

# exists DEVICE
exists() { [[ -e /sys/class/net/$1 ]]; }

in_use=''
if loaded && ! unload; then
	in_use="# SKIP the module is in use"
fi

# Loading

if [[ ! $in_use ]]; then
	check "ip link add loads the module" ip link add name nvs0 type nvswitch
	check "it is loaded" loaded
	ip link add name v0 type dummy
	ip link set dev v0 master nvs0
	check "it is unloaded" unload
	must reset
	check "and its switches with it" test ! -e /sys/class/net/nvs0
	is "their ports are free" none get v0 master
	ip link del dev v0

	# Again and again. What goes wrong shows on the console.
	cycles=${NVS_CYCLES:-20}
	ip link add name v0 type veth peer name v1
	ip link set dev v1 up
	ip link set dev v0 up
	for ((i = 0; i < cycles; i++)); do
		modprobe nvswitch || break
		ip link add name nvs0 type nvswitch
		ip link set dev v0 master nvs0
		ip link set dev nvs0 up
		ip link del dev nvs0
		rmmod nvswitch || break
	done
	ip link del dev v0
	check "$cycles times loaded, used and unloaded" test "$i" = "$cycles"
else
	pass "loading and unloading $in_use"
fi

# Many of them

for number in {1..16}; do
	printf 'link add name many%d type nvswitch\n' "$number"
	printf 'link add name p%d type dummy\n' "$number"
	printf 'link set dev p%d master many%d\n' "$number" "$number"
done | command ip -batch - || die "cannot create 16 switches"
must reset
ip link set dev p1 master many2
is "a port moves from one switch to another" many2 get p1 master
for number in {1..16}; do
	printf 'link del dev many%d\nlink del dev p%d\n' "$number" "$number"
done | command ip -batch - || die "cannot delete 16 switches"
must reset

# Taken apart in every order. Whoever remains is as if nothing had been.

must netns
guests=$answer
switch nvs0
guest a b
ip link del dev a
check "a port's device deleted" test ! -e /sys/class/net/a
must forget a
frame "the rest goes on" b broadcast to host
veth a
attach a
frame "another takes its place" a b to b
peer link del dev b
for ((i = 0; i < 200; i++)); do
	exists b || break
	sleep 0.05
done
check "its peer deleted takes it along" test ! -e /sys/class/net/b
must forget b
must reset
frame "nobody is where it was" a b drop no_destination
veth b
attach b
ip link set dev b nomaster
is "let go: no master" none get b master
is "let go: no longer promiscuous for the switch" 0 get b promiscuity
must ip link set dev b nomaster
frame "let go: it gets nothing" a broadcast to host
attach b
frame "attached again" a b to b
ip link set dev b down
ip link set dev b name b2
must reset
ip link set dev b2 up
must port b b2
frame "renamed, it is still the port" a b to b
must forget b
ip link del dev b2
ip link set dev nvs0 down
ip link set dev nvs0 up
frame "down and up again" a broadcast to host
ip link del dev nvs0
must forget host
is "the switch deleted: its port is free" none get a master
is "and as it was before" 0 get a promiscuity
must reset
switch nvs0
guest k
attach a
frame "and can be another one's port" a broadcast to k,host
ip link set dev a down
ip link set dev a name moved netns "$guests"
must forget a
frame "a port that leaves the namespace is none any more" host broadcast src h to k
peer link del dev moved
ip link del dev k
must forget k

# A namespace vanishes with all that is in it

unshare --net bash -c '
	ip -batch - <<-END
		link add name nvs0 type nvswitch
		link add name v0 type veth peer name v1
		link set dev v0 master nvs0
		link set dev v1 master nvs0
		link set dev v0 up
		link set dev v1 up
		link set dev nvs0 up
		link add link nvs0 name nvs0.7 type vlan id 7
		link add link nvs0 name m0 type macvlan mode bridge
		link set dev nvs0.7 up
		link set dev m0 up
	END'
check "a namespace with a switch, ports and uppers vanishes" test $? = 0
ip link del dev nvs0
must forget host
if [[ ! $in_use ]]; then
	check "and lets the module go" unload
else
	pass "and lets the module go $in_use"
fi

# Under traffic: two guests and the host send as fast as they can

switch nvs0
guest c d
must traffic on c d host
for ((i = 0; i < 10; i++)); do
	ip link set dev c nomaster
	ip link set dev c master nvs0
	set_port c nested
	set_switch learn_limit "$((i + 1))"
	ip link set dev d down
	ip link set dev d up
done
pass "attached, detached and changed under traffic"
works "every port's counters add up after it" quiet_balance
ip link del dev nvs0
pass "deleted under traffic"
must traffic off
must forget host
if [[ ! $in_use ]]; then
	check "and unloaded" unload
else
	pass "and unloaded $in_use"
fi

must reset
switch nvs0
finish
