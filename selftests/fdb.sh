#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The MAC table through bridge(8): what can be set, and what is shown of it.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# shown: what bridge(8) shows of the table, as many objects
shown() { command bridge -j fdb show dev nvs0; }

# row TITLE MAC WANTED: what it shows of one address
row()
{
	local have

	have=$(shown | sed 's/},{/\n/g; s/^\[{//; s/}\]$//' |
		sed -n "s/^\"mac\":\"$2\",//p" | tr -d '"')
	if [[ $have == "$3" ]]; then
		pass "$1"
	else
		fail "$1"
		note "$2: '$have' instead of '$3'"
	fi
}

switch nvs0 move_hold 60000 unicast_flood off
guest a b c
uplink u
set_port c nested unicast_flood off

# Adding, replacing, deleting

bridge fdb add @s1 dev nvs0 self via b static
is "add: static" static:b fdb s1
frame "and in force" a s1 to b
refused "add once more" . bridge fdb add @s1 dev nvs0 self via b static
refused "add on another port" . bridge fdb add @s1 dev nvs0 self via c static
bridge fdb replace @s1 dev nvs0 self via c static
is "replace: on another port" static:c fdb s1
frame "and in force" a s1 to c
refused "delete on a port where it is not" . \
	bridge fdb del @s1 dev nvs0 self via b
refused "delete in a VLAN where it is not" . \
	bridge fdb del @s1 dev nvs0 self via c vlan 5
bridge fdb del @s1 dev nvs0 self via c
is "delete" none fdb s1
refused "delete once more" "no such entry" \
	bridge fdb del @s1 dev nvs0 self via c
bridge fdb replace @s1 dev nvs0 self via b
is "replace what is not there, static by default" static:b fdb s1
bridge fdb del @s1 dev nvs0 self
is "delete wherever it is" none fdb s1
bridge fdb add @s2 dev nvs0 self via u vlan 7 static
is "in a VLAN, on an uplink" static:u fdb s2 7
is "in no other" none fdb s2
frame "in force" host s2 src h vlan 7 to u
bridge fdb add @s2 dev nvs0 self via u vlan 8 static
is "in two VLANs, two entries" 2 entries static
bridge fdb del @s2 dev nvs0 self via u vlan 7
bridge fdb del @s2 dev nvs0 self via u vlan 8
bridge fdb add @c5 dev nvs0 self via c dynamic
is "dynamic: as if it had been learned" learned:c fdb c5
is "dynamic: counted" 1 get c learned
bridge fdb del @c5 dev nvs0 self via c
is "what is learned can be deleted" none fdb c5
frame "c5, truly learned" c a src c5 to a
bridge fdb del @c5 dev nvs0 self via c
is "deleted" none fdb c5

# What is refused

refused "a group address" . bridge fdb add @multicast dev nvs0 self via b static
refused "no address" . bridge fdb add @zero dev nvs0 self via b static
refused "the address of a guest" . bridge fdb add @a dev nvs0 self via b static
refused "the address of the host" . bridge fdb add @h dev nvs0 self via b static
refused "replacing what is owned" . \
	bridge fdb replace @a dev nvs0 self via b static
refused "deleting what is owned" "belongs to a guest" \
	bridge fdb del @a dev nvs0 self via a
refused "deleting what is local" "host" bridge fdb del @h dev nvs0 self
refused "a VLAN that the port does not carry" VLAN \
	bridge fdb add @s1 dev nvs0 self via b vlan 7 static
refused "without a port" . bridge fdb add @s1 dev nvs0 self static
refused "on a device that is no port" . \
	bridge fdb add @s1 dev nvs0 self via lo static
refused "on the switch itself" . \
	bridge fdb add @s1 dev nvs0 self via nvs0 static
refused "a remote destination" . \
	bridge fdb add @s1 dev nvs0 self dst 192.0.2.1 via b static
refused "dynamic on a port that does not learn" . \
	bridge fdb add @s1 dev nvs0 self via b dynamic

# What is shown

bridge fdb add @s3 dev nvs0 self via b static
frame "c6, learned" c a src c6 to a
frame "x1, remote" u a src x1 to a
row "local" 02:00:00:00:68:00 \
	 "flags:[self],state:permanent"
row "owned" 02:00:00:00:62:00 \
	 "viaIf:b,flags:[self],state:permanent"
row "static" 02:00:00:00:73:03 \
	 "viaIf:b,flags:[self],state:static"
row "learned" 02:00:00:00:63:06 \
	 "viaIf:c,flags:[self],state:"
row "remote" 02:00:00:00:78:01 \
	 "viaIf:u,flags:[self,extern_learn],state:"
set_port b mac_changes accept requested_mac @b1
row "reserved" 02:00:00:00:62:00 \
	 "viaIf:b,flags:[self,offload],state:permanent"
set_port b requested_mac 00:00:00:00:00:00
tap t
attach t
frame "t1, adopted" t a src t1 to a
row "adopted" 02:00:00:00:74:01 \
	 "viaIf:t,flags:[self,sticky],state:"
set_switch move_hold 0
frame "x1 moves" c a src x1 to a
row "on trial" 02:00:00:00:78:01 \
	 "viaIf:c,flags:[self],state:stale"
works "get: an address" bridge fdb get @s3 dev nvs0 self
works "get: an address of the host" bridge fdb get @h dev nvs0 self
refused "get: nobody's" "Nobody has" bridge fdb get @y1 dev nvs0 self
set_switch move_hold 60000

# What changes is told

monitor=$(mktemp)
timeout $((30 * slow)) bridge monitor fdb >"$monitor" &
bridge_pid=$!
told()
{
	local i

	for ((i = 0; i < 100 * slow; i++)); do
		! grep -q -- "$2" "$monitor" || break
		sleep 0.05
	done
	if grep -q -- "$2" "$monitor"; then
		pass "$1"
	else
		fail "$1"
		note "bridge monitor fdb has not said: $2"
	fi
}
# It listens when it has told of this one.
for ((i = 0; i < 100 * slow; i++)); do
	bridge fdb add @z1 dev nvs0 self via b static
	bridge fdb del @z1 dev nvs0 self via b
	[[ ! -s $monitor ]] || break
	sleep 0.05
done
bridge fdb add @s4 dev nvs0 self via b static
told "an entry set" "^02:00:00:00:73:04 dev nvs0 .*via b .*static"
bridge fdb del @s4 dev nvs0 self via b
told "an entry deleted" "^Deleted 02:00:00:00:73:04 dev nvs0 .*via b"
frame "c9 learned" c a src c9 to a
told "an entry learned" "^02:00:00:00:63:09 dev nvs0 .*via c"
ip link set dev c down
told "an entry that goes with its port's carrier" \
	"^Deleted 02:00:00:00:63:09 dev nvs0 .*via c"
ip link set dev c up
set_port a vlan access 17
told "an owner that leaves for another VLAN" \
	"^Deleted 02:00:00:00:61:00 dev nvs0 via a "
told "and comes there" "^02:00:00:00:61:00 dev nvs0 vlan 17 via a"
set_port a vlan access 18 initial_mac @a8
told "an owner that goes, with the VLAN that it had" \
	"^Deleted 02:00:00:00:61:00 dev nvs0 vlan 17 via a"
told "and the next one" "^02:00:00:00:61:08 dev nvs0 vlan 18 via a"
set_port a vlan none initial_mac @a
guest q p
set_port q vlan access 19 mac_changes accept
set_port p vlan access 19
set_port q requested_mac @p
set_port p vlan access 20
told "an owner that leaves another one its address" \
	"^02:00:00:00:70:00 dev nvs0 vlan 20 via p"
is "who has it" owned:q fdb p 19
last=$(grep "02:00:00:00:70:00 .*vlan 19 " "$monitor" | tail -n 1)
if [[ $last == 02:00:00:00:70:00*"via q"* ]]; then
	pass "the last word is who has it"
else
	fail "the last word is who has it"
	note "$last"
fi
kill "$bridge_pid"
rm -f "$monitor"

# More than fits into one message: each entry exactly once

for number in {1..2000}; do
	printf 'fdb add 02:00:00:%02x:53:%02x dev nvs0 self via b static\n' \
		$((number >> 8)) $((number & 255))
done | command bridge -batch - || die "cannot add 2000 entries"
is "2000 entries" 2001 entries static
for title in "shown" "shown once more"; do
	# Two that are one would be missed by counting.
	read -r rows addresses < <(shown | python3 -c '
import json, sys
macs = [row["mac"] for row in json.load(sys.stdin) if ":53:" in row["mac"]]
print(len(macs), len(set(macs)))')
	if ((rows == 2000 && addresses == 2000)); then
		pass "$title: each exactly once"
	else
		fail "$title: each exactly once"
		note "$rows rows, $addresses addresses"
	fi
done
ip link set dev b nomaster
is "they go with their port" 0 entries static

finish
