#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Events: each kind of them, what it tells, how many a second there are, and who
# may listen.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

command modprobe nvswitch
logs=$(mktemp -d)
listeners=()
trap 'kill "${listeners[@]}" 2>/dev/null; rm -rf "$logs"' EXIT

# hear NAME [COMMAND...]: a listener, until the test ends, run by that command
hear()
{
	local deadline=$((SECONDS + 60 * slow))

	"${@:2}" "$here/ynl_client.py" listen $((600 * slow)) >"$logs/$1" 2>&1 &
	listeners+=("$!")
	until [[ -s $logs/$1 ]]; do
		((SECONDS < deadline)) || die "$1 does not listen"
		sleep 0.05
	done
}

# What follows is looked for behind this line of the listener's.
begin=0
from_here() { begin=$(wc -l <"$logs/all"); }

# select_events CONDITION...: the events for which all are true: KEY=VALUE, or
# !KEY, which must not be there
select_events()
{
	local condition text

	text=$(tail -n +$((begin + 1)) "$logs/all" | sed 's/"//g; s/}$/,/')
	for condition; do
		case $condition in
		!*) text=$(grep -v " ${condition#!}: " <<<"$text") ;;
		*) text=$(grep -F " ${condition/=/: }," <<<"$text") ;;
		esac
	done
	printf '%s' "${text:+$text$'\n'}"
}

# heard TITLE CONDITION...: there is such an event, within a bounded time
heard()
{
	local deadline=$((SECONDS + ${patience:-20}))

	until [[ $(select_events "${@:2}") ]]; do
		if ((SECONDS > deadline)); then
			fail "$1"
			note "no event with ${*:2}; but:"
			note "$(tail -n +$((begin + 1)) "$logs/all" | tail -n 8)"
			return
		fi
		sleep 0.05
	done
	pass "$1"
}

# fence: wait until what has been told by now has been heard
fences=0
fence()
{
	local deadline=$((SECONDS + 20 * slow)) name=fence$((++fences))

	must ynl group_new "{\"switch\":\"nvs0\",\"group\":\"$name\"}"
	until grep -q "\"group\": \"$name\"" "$logs/all"; do
		((SECONDS < deadline)) || die "the listener hears nothing"
		sleep 0.05
	done
}

# unheard TITLE CONDITION...: there is no such event
unheard()
{
	local text

	fence
	text=$(select_events "${@:2}")
	if [[ $text ]]; then
		fail "$1"
		note "$text"
	else
		pass "$1"
	fi
}

# suppressed CONDITION...: how many, by those events
suppressed()
{
	select_events "$@" |
		sed -nE 's/.* suppressed: ([0-9]+),.*/\1/p' | paste -sd+ | bc
}

# burst TITLE RATE NUMBER CONDITION... -- FRAME...: that many frames in little
# time cause no more events than there may be, and none is left out of account
burst()
{
	local title=$1 rate=$2 number=$3 events since elapsed
	local conditions=()

	shift 3
	while [[ $1 != -- ]]; do
		conditions+=("$1")
		shift
	done
	shift
	from_here
	since=${EPOCHREALTIME/./}
	must frame "$@"
	fence
	elapsed=$(((${EPOCHREALTIME/./} - since) / 1000000))
	events=$(select_events "${conditions[@]}" | wc -l)
	if ((events >= rate && events <= rate * (elapsed + 2) &&
	    events < number)); then
		pass "$title: some of them"
	else
		fail "$title: some of them"
		note "$events events of $number in $elapsed s"
	fi
}

hear all
hear elsewhere unshare --net
if setpriv --reuid=65534 --regid=65534 --clear-groups \
	"$here/ynl_client.py" listen 1 >/dev/null 2>&1; then
	fail "listening needs CAP_NET_ADMIN"
else
	pass "listening needs CAP_NET_ADMIN"
fi

# Configuration

switch nvs0 move_hold 0 ageing 0
heard "a switch is created" event=config action=add !port !group
from_here
veth a
ip link set dev a master nvs0
heard "a port is attached" event=config action=add port_name=a
from_here
set_port a bpdu pass
heard "a port is set" event=config action=set port_name=a
from_here
set_switch learn_limit 77
heard "a switch is set" event=config action=set !port !group
set_switch learn_limit 4096
from_here
must ynl group_new '{"switch":"nvs0","group":"g1"}'
heard "a group is created" event=config action=add group=g1 !port
must ynl group_set '{"switch":"nvs0","group":"g1","nested":true}'
heard "a group is set" event=config action=set group=g1
from_here
must ynl group_set '{"switch":"nvs0","group":"g1","new_name":"g2"}'
heard "a group is renamed" event=config action=set group=g2
must ynl group_del '{"switch":"nvs0","group":"g2"}'
heard "a group is deleted" event=config action=del group=g2
from_here
must ynl allow_add '{"port":"a","mac":"02:00:00:00:61:07"}'
heard "an allow list has changed" event=config action=set port_name=a
from_here
must refused ynl port_set '{"port":"a","settings":{"group":"g9"}}'
unheard "what is refused is no change" event=config port_name=a
from_here
ip link set dev a nomaster
heard "a port is detached" event=config action=del port_name=a
attach a
guest b c d with nested
uplink u

# Drops

from_here
frame "forged" a b src a1 drop forged_transmit
heard "a drop" event=drop port_name=a reason=forged_transmit \
	src=02:00:00:00:61:01 dst=02:00:00:00:62:00 vid=0 !refusal !suppressed
from_here
set_port b blocked on
frame "refused" a b refuse b:port_blocked drop all_refused
heard "a drop because all have refused" event=drop port_name=a \
	reason=all_refused refusal=port_blocked
frame "refused by one only" a broadcast to c,d,u,host refuse b:port_blocked
unheard "a refused copy alone is none" event=drop reason=port_blocked
set_port b blocked off
from_here
frame "in a VLAN" a broadcast vlan 7 drop vlan_filter
heard "the VLAN that it names" event=drop reason=vlan_filter vid=7
from_here
frame "from the host" host b src a drop mac_conflict
heard "a drop on the host port" event=drop port_name=nvs0 reason=mac_conflict
from_here
frame "forwarded" a b to b
unheard "no drop, no event" event=drop

# What traffic shows

from_here
frame "learned" c a src c1 to a
heard "an address is learned" event=learn port_name=c mac=02:00:00:00:63:01 \
	vid=0 kind=learned !old_port
frame "again" c a src c1 to a
frame "remote" u c vlan 0 src x1 to c
heard "an address is seen remote" event=learn port_name=u \
	mac=02:00:00:00:78:01 vid=0 kind=remote
fence
if (($(select_events event=learn | wc -l) == 2)); then
	pass "each of them once"
else
	fail "each of them once"
	note "$(select_events event=learn)"
fi
index_of() { printf '%s' "$(<"/sys/class/net/$1/ifindex")"; }
from_here
frame "moved" d a src c1 to a
heard "an address has moved" event=move port_name=d mac=02:00:00:00:63:01 \
	"old_port=$(index_of c)" kind=learned old_kind=learned trial=true
from_here
frame "back" c a src c1 to a
heard "it is back" event=move port_name=c "old_port=$(index_of d)" !trial
from_here
frame "to the uplink" c a src x1 to a
heard "from the uplinks" event=move port_name=c kind=learned \
	old_kind=remote "old_port=$(index_of u)"
from_here
must ynl fdb_flush '{"switch":"nvs0","port":"c"}'
heard "an entry is gone" event=age port_name=c mac=02:00:00:00:63:01 \
	vid=0 kind=learned
tap t
ip link set dev t address @t9
attach t
from_here
frame "adopted" t a src t to a
heard "an address is adopted" event=adopted port_name=t \
	mac=02:00:00:00:74:00 vid=0
unheard "which is not called learned" event=learn port_name=t
from_here
set_port d learn_limit 1
frame "up to the limit" d a src d1 to a
frame "beyond it" d a src d2 drop learn_limit
heard "a limit is reached" event=limit port_name=d mac=02:00:00:00:64:02 \
	vid=0 limit=1
set_port d learn_limit 0
set_switch table_limit 1
from_here
frame "the first 64 never count" d a src d1-d64 to a
frame "one does" d a src d65 to a
frame "beyond the switch's limit" d a src d70 drop learn_limit
heard "the limit of the switch" event=drop reason=learn_limit
set_switch table_limit 65536
must ynl fdb_flush '{"switch":"nvs0"}'

# Rates

burst "drops of a port and reason" 10 200 event=drop port_name=a \
	reason=forged_transmit -- a b src a1 count 200 drop forged_transmit
from_here
frame "of another reason" a broadcast vlan 7 drop vlan_filter
heard "each reason has its own" event=drop port_name=a reason=vlan_filter
deadline=$((SECONDS + 20 * slow))
until [[ $(select_events event=drop reason=forged_transmit) == *suppressed* ]] ||
	((SECONDS > deadline)); do
	send a b src a1
done
if ((SECONDS > deadline)); then
	fail "later ones say how many were suppressed"
else
	pass "later ones say how many were suppressed"
fi
fence
begin=0
events=$(select_events event=drop port_name=a reason=forged_transmit | wc -l)
lost=$(suppressed event=drop port_name=a reason=forged_transmit)
lost=${lost:-0}
must count a forged_transmit
# Those after the last event that was sent are not accounted for yet.
if ((events + lost <= answer && events + lost > 200)); then
	pass "none is left out of account: $events and $lost of $answer"
else
	fail "none is left out of account: $events and $lost of $answer"
fi
burst "what the table tells of a port" 100 300 event=learn port_name=c -- \
	c a src c1-c300 to a
from_here
frame "of another port" d a src d1 to a
heard "each port has its own" event=learn port_name=d

# Requested MACs

from_here
set_port b mac_changes reject requested_mac @b1
heard "mac_change" event=mac_change port_name=b mac=02:00:00:00:62:01 !other_port
from_here
set_port b requested_mac @b2
heard "mac_change: another one is refused too" event=mac_change port_name=b \
	mac=02:00:00:00:62:02
from_here
set_port b blocked on
set_port b blocked off requested_mac @b2
unheard "and once is enough" event=mac_change
from_here
begun=$SECONDS
for ((i = 1; i <= 100; i++)); do
	set_port b requested_mac "@r$i"
done
heard "the last of many is told" event=mac_change port_name=b \
	mac=02:00:00:00:72:64
told=$(select_events event=mac_change port_name=b | wc -l)
if ((told <= 10 * (SECONDS - begun + 2))); then
	pass "of many, ten a second"
else
	fail "of many, ten a second: $told in $((SECONDS - begun)) seconds"
fi
set_port b requested_mac @b1
from_here
set_port b mac_changes accept
heard "mac_ok: honoured" event=mac_ok port_name=b mac=02:00:00:00:62:01
from_here
set_port b requested_mac @a
heard "mac_conflict" event=mac_conflict port_name=b mac=02:00:00:00:61:00 \
	"other_port=$(index_of a)"
from_here
set_port b requested_mac 00:00:00:00:00:00
heard "mac_ok: taken back" event=mac_ok port_name=b mac=02:00:00:00:62:00
from_here
ip link add link nvs0 name m0 address @a type macvlan mode bridge
ip link set dev m0 up
heard "the host wants one that is owned" event=mac_conflict port_name=nvs0 \
	mac=02:00:00:00:61:00 "other_port=$(index_of a)"
ip link del dev m0

# Uplinks

uplink v
from_here
peer link set dev u down
heard "another uplink is active" event=uplink port_name=v
from_here
peer link set dev v down
heard "none is" event=uplink !port
from_here
peer link set dev v up
heard "one is again" event=uplink port_name=v

# Activation

from_here
set_port a activation announce
send a broadcast type 0x8035
heard "a port is activated" event=activated port_name=a
must ynl port_set '{"port":"a","settings":{"activated":"reject"}}'
from_here
must ynl port_set '{"port":"a","settings":{"activated":"accept"}}'
heard "also by the administrator" event=activated port_name=a
set_port a activation immediate

# An entry ages by itself

set_switch ageing 10
must drain
from_here
send d a src d90
heard "learned" event=learn mac=02:00:00:00:64:5a
patience=40 heard "and gone" event=age port_name=d mac=02:00:00:00:64:5a

# The end

from_here
ip link del dev nvs0
heard "a switch is deleted" event=config action=del !port !group
if [[ $(<"$logs/elsewhere") == listening ]]; then
	pass "another namespace hears nothing of it"
else
	fail "another namespace hears nothing of it"
	note "$(<"$logs/elsewhere")"
fi
echo "1..$checks"
exit $((failures > 0))
