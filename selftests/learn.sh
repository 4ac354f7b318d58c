#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Learning: what enters the MAC table, what limits it, and what leaves it.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 ageing 0
guest a b c d e
uplink u
set_port c nested unicast_flood off
set_port d nested unicast_flood off

# Much later, this one will show that "ageing 0" is for ever
set_port e nested unicast_flood off
frame "e1, not to be seen again" e a src e1 to a

# What is learned, and by whom

frame "a nested port's other source" c a src c1 to a
is "is learned" learned:c fdb c1
is "counted on its port" 1 get c learned
frame "and known from then on" a c1 to c
frame "a second one" c a src c2 to a
frame "and the first one again" c a src c1 to a
is "each once" 2 get c learned
frame "its own MAC" c a to a
is "is owned, not learned" owned:c fdb c
is "and does not count" 2 get c learned
set_port b forged_transmits accept
frame "a port that forges without learning" b a src b1 to a
is "leaves nothing" none fdb b1
frame "so that b1 is unknown" a b1 to u
set_port b forged_transmits reject learning on unicast_flood off
frame "a port that learns without forging" b a src b1 drop forged_transmit
is "leaves nothing either" none fdb b1
set_port b learning off
frame "a dropped frame" c a src c3 vlan 5 drop vlan_filter
is "teaches nothing" none fdb c3
frame "a frame that goes nowhere" c c src c3 drop same_port
is "has been admitted, and is learned" learned:c fdb c3

# learn_limit

set_port d learn_limit 5
frame "up to the limit" d a src d1-d5 to a
is "all are learned" 5 get d learned
frame "beyond the limit: dropped" d a src d6 drop learn_limit
is "and not learned" none fdb d6
frame "also towards everyone" d broadcast src d7 drop learn_limit
frame "what is known passes on" d a src d1-d5 to a
frame "its own MAC needs no room" d a to a
frame "one port's limit is not another's" c a src c4 to a
set_port d limit_policy allow
frame "allow: admitted" d a src d6-d9 to a
is "allow: but not learned" none fdb d6
is "allow: the limit holds" 5 get d learned
set_port d limit_policy drop learn_limit 6
frame "a raised limit has room" d a src d6 to a
frame "for one more" d a src d7 drop learn_limit
set_port d learn_limit 0
frame "0 is no limit" d a src d7-d80 to a
is "all are learned" 80 get d learned

# A lowered limit removes the longest unseen

unseen_for d7 0.5
frame "some are seen again" d a src d11-d20 to a
set_port d learn_limit 10
is "lowered to 10" 10 get d learned
is "those seen last have stayed" \
	d11,d12,d13,d14,d15,d16,d17,d18,d19,d20 addresses learned d
frame "the limit holds" d a src d1 drop learn_limit
set_port d learn_limit inherit

# Every change after which an entry could not be entered

# goes TITLE CHANGE... -- UNDO...: c1 is learned, and gone by the change
goes()
{
	local title=$1 change=() undo

	shift
	while [[ $1 != -- ]]; do
		change+=("$1")
		shift
	done
	shift
	undo=("$@")
	send c a src c1
	is "$title: before" learned:c fdb c1
	"${change[@]}"
	is "$title: c1 has gone" none fdb c1
	is "$title: and all others" 0 entries learned c
	"${undo[@]}"
	becomes "$title: undone" UP get c operstate
	must drain
}

goes "learning off" set_port c learning off -- set_port c learning on
goes "forged_transmits reject" set_port c forged_transmits reject -- \
	set_port c forged_transmits accept
goes "the port down" ip link set dev c down -- ip link set dev c up
goes "role uplink" set_port c role uplink -- \
	set_port c role guest nested unicast_flood off
goes "detached" ip link set dev c nomaster -- \
	attach c with nested unicast_flood off
send c a src c1
peer link set dev c down
becomes "carrier lost: c1 has gone" none fdb c1
peer link set dev c up
becomes "carrier lost: undone" UP get c operstate
set_port c learning inherit forged_transmits inherit
set_switch learning on forged_transmits accept unicast_flood off
send c a src c1
is "learning by the switch: before" learned:c fdb c1
set_switch learning off
is "learning off on the switch: c1 has gone" none fdb c1
set_switch forged_transmits reject
set_port c nested unicast_flood off
must drain

# table_limit: the first 64 of each port never count

set_port d learn_limit 0
ip link set dev d down
ip link set dev d up
is "start from none" 0 entries learned d
set_switch table_limit 2
frame "64 are free" d a src d1-d64 to a
is "none of them counts" 0 get nvs0 learned
frame "then the limit: two more" d a src d65-d66 to a
is "which count" 2 get nvs0 learned
frame "and no more" d a src d67 drop learn_limit
frame "another port has its own 64" c a src c1-c64 to a
frame "but no 65th" c a src c65 drop learn_limit
set_port c limit_policy allow
frame "allow: admitted" c a src c65 to a
is "allow: not learned" none fdb c65
set_port c limit_policy drop
set_switch table_limit 3
frame "raised: one more" c a src c65 to a
frame "for either" d a src d67 drop learn_limit
ip link set dev d down
ip link set dev d up
is "what goes makes room" 1 get nvs0 learned
frame "which the other can use" c a src c66-c67 to a
frame "up to the limit" c a src c68 drop learn_limit
frame "remote entries cost no room" u a src x1-x5 to a
is "they are entered" 5 get nvs0 remote
set_switch table_limit 65536
ip link set dev c down
ip link set dev c up

# What is stronger than learned

frame "before: learned" c a src c1-c4 to a
bridge fdb add @c1 dev nvs0 self via b static
is "static displaces learned" static:b fdb c1
frame "and decides" a c1 to b
frame "its former place may not send it" c a src c1 drop mac_conflict
frame "its port may, whatever its policy" b a src c1 to a
is "which learns nothing" static:b fdb c1
bridge fdb del @c1 dev nvs0 self via b
is "deleted" none fdb c1
frame "and learned again" c a src c1 to a
bridge fdb add @c2 dev nvs0 self via u static
frame "static on an uplink: not a guest's" c a src c2 drop mac_conflict
frame "it leads to the uplink" a c2 to u
bridge fdb del @c2 dev nvs0 self via u
set_port b initial_mac @c3
is "owned displaces learned" owned:b fdb c3
frame "not its former place's any more" c a src c3 drop mac_conflict
frame "it leads to its owner" a c3 to b
frame "what the owner had is nobody's" b a drop forged_transmit
set_port b initial_mac 00:00:00:00:00:00
is "back to its own" b get b effective_mac
ip link set dev nvs0 address @c4
is "local displaces learned" local:host fdb c4
frame "not its former place's any more" c a src c4 drop mac_conflict
frame "it leads to the host" a c4 to host
ip link set dev nvs0 address @h
is "back again" none fdb c4
frame "the address of another port" c a src a drop mac_conflict
frame "the address of the host" c a src h drop mac_conflict

# Ageing, in the smallest time that can be set

bridge fdb add @d3 dev nvs0 self via d static
frame "before: remote" u a src x1 to a
unseen_for e1 11
is "ageing 0: it stays" learned:e fdb e1
frame "and is known" a e1 to e
set_switch ageing 10
becomes "ageing 10: what is older goes" none fdb e1
frame "and is unknown" a e1 to u
frame "new ones" d a src d1-d2 to a
unseen_for d2 4
frame "one is seen again" d a src d2 to a
unseen_for d2 3
is "younger than its age: still there" learned:d fdb d1
becomes "not seen for its age: gone" none fdb d1
is "seen again meanwhile: still there" learned:d fdb d2
becomes "remote entries age" none fdb x1
is "static entries do not" static:d fdb d3
is "nor what is owned" owned:d fdb d
becomes "what has aged out counts no more" 1 get d learned

finish
