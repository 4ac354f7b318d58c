#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# RARPs on the guests' behalf: one for each of their addresses when another
# uplink takes over, or on command, in the address's VLAN and not too fast.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

log=$(mktemp)
listener=''
trap 'kill $listener 2>/dev/null; rm -f "$log"' EXIT

begin=0
from_here() { begin=$(wc -l <"$log"); }
since() { tail -n +$((begin + 1)) "$log"; }

# address WORD: what @WORD is
address()
{
	printf '02:00:00:00:%02x:%02x' "'${1::1}" "$((10#0${1:1}))"
}

# announced TITLE UPLINK WORD/VID...: exactly these have arrived, once each
announced()
{
	local deadline=$((SECONDS + ${patience:-20})) want='' have item

	for item in "${@:3}"; do
		want+="$2 $(address "${item%/*}") ${item#*/}"$'\n'
	done
	until have=$(since | cut -d' ' -f1,3-) &&
		(($(wc -l <<<"$have") >= $# - 2)) && [[ $have ]]; do
		((SECONDS < deadline)) || break
		sleep 0.05
	done
	if [[ $(sort <<<"$have") == "$(sort <<<"${want%$'\n'}")" ]]; then
		pass "$1"
	else
		fail "$1"
		note "$(diff <(sort <<<"${want%$'\n'}") <(sort <<<"$have"))"
	fi
	must drain
}

# announce JSON: and forget what has come before
announce()
{
	from_here
	must ynl fdb_announce "$1"
}

switch nvs0 move_hold 0 ageing 0
veth u v
must netns
nsenter --net="$answer" "$here/rarp-listen" u v >"$log" &
listener=$!
until [[ -s $log ]]; do
	sleep 0.05
done
guest a b c d p t w
tap e
ip link set dev e up
attach e
set_port b vlan access 10
set_port c nested
set_port p vlan private 100 isolated 101
set_port t nested vlan trunk 0,20,30
set_port w vlan trunk 0-70
attach u v with role uplink

# Everything that a guest is known by, and what is not announced

frame "learned" c broadcast src c1 to a,d,e,t/untag,w,u,host
frame "learned in a VLAN" t broadcast vlan 20 src t1 to w,u,host
frame "adopted" e a src e to a
frame "remote" u a src x1 to a
bridge fdb add @s1 dev nvs0 self via a static
frame "of a guest that is down" d a to a
ip link set dev d down
all=(a/0 b/10 c/0 c1/0 p/101 t/0 t/20 t/30 t1/20 w/0 e/0)

announce '{"switch":"nvs0","port":"b"}'
begin=1
announced "the first uplink is told nothing but what a command says" u b/10
announce '{"switch":"nvs0"}'
announced "on command: all of them, each in its VLAN" u "${all[@]}"
announce '{"switch":"nvs0","port":"t"}'
announced "of one port: each address in each VLAN" u t/0 t/20 t/30 t1/20
announce '{"switch":"nvs0","port":"e"}'
announced "an adopted one" u e/0
announce '{"switch":"nvs0","port":"p"}'
announced "of a private VLAN: where its frames travel" u p/101

# Another uplink takes over

from_here
peer link set dev u down
becomes "the next one is active" v get nvs0 active_uplink
announced "it is told all of them, once each" v "${all[@]}"
set_port b blocked on
from_here
peer link set dev u up
becomes "after some time the first one is again" u get nvs0 active_uplink
announced "which is told as well" u "${all[@]}"
set_port b blocked off
from_here
peer link set dev v down
becomes "the one that stands by loses carrier" no has_carrier v
announce '{"switch":"nvs0","port":"b"}'
announced "nobody needs to be told of that" u b/10
peer link set dev v up

# Many of them: not too fast

entries=''
for ((i = 0; i < 600; i++)); do
	printf -v entry '{"mac":"02:00:00:01:%02x:%02x"},' $((i / 256)) \
		$((i % 256))
	entries+=$entry
done
must ynl fdb_import "{\"port\":\"c\",\"entries\":{\"entry\":[${entries%,}]}}"
announce '{"switch":"nvs0","port":"c"}'
deadline=$((SECONDS + 60 * slow))
until (($(since | wc -l) >= 602 || SECONDS > deadline)); do
	sleep 0.05
done
must drain
if (($(since | cut -d' ' -f3 | sort -u | wc -l) == 602)) &&
	(($(since | wc -l) == 602)); then
	pass "all of many are announced, once each"
else
	fail "all of many are announced, once each"
	note "$(since | wc -l) lines"
fi
# A worker that comes late makes up for 20 at most, and on a busy machine frames
# may be stamped later than they were sent.
if since | awk '{ at[NR] = $2 }
END {
	for (i = 301; i <= NR; i++)
		if (!least || at[i] - at[i - 300] < least)
			least = at[i] - at[i - 300]
	printf "# 600 in %.3f s, 300 in %.3f s at least\n", at[NR] - at[1], least
	exit !(least > 0.25)
}'; then
	pass "never more than about 1000 a second"
else
	fail "never more than about 1000 a second"
fi

# Nobody to tell

peer link set dev u down
peer link set dev v down
becomes "no uplink is active" none get nvs0 active_uplink
refused "without an active uplink it is refused" "^ENETDOWN: .*uplink" \
	ynl fdb_announce '{"switch":"nvs0"}'
refused "the host has nothing to announce" "^EINVAL" \
	ynl fdb_announce '{"switch":"nvs0","port":"nvs0"}'
from_here
peer link set dev v up
becomes "the last one comes back" v get nvs0 active_uplink
peer link set dev v down
becomes "and goes" none get nvs0 active_uplink
peer link set dev u up
becomes "another one than the last comes back" u get nvs0 active_uplink
deadline=$((SECONDS + 60 * slow))
until (($(since | wc -l) >= 600 + ${#all[@]} || SECONDS > deadline)); do
	sleep 0.05
done
if (($(since | grep -c "^u [0-9]") == 600 + ${#all[@]} &&
	$(since | wc -l) == 600 + ${#all[@]})); then
	pass "this one is told, the last one was not"
else
	fail "this one is told, the last one was not"
	note "$(since | cut -d' ' -f1 | sort | uniq -c) of $((600 + ${#all[@]}))"
fi
must drain

finish
