#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Allow lists: addresses that a port may use, whatever its policy says.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000 unicast_flood off
guest a b c
uplink u

# Exact and masked, with learning off and forged_transmits reject

is "no port has one" 0 get a allowed
frame "not in the list" a b src k7 drop forged_transmit
nvsw allow add dev a @k7
is "one entry" 1 get a allowed
frame "exact: admitted" a b src k7 to b
is "exact: and learned" learned:a fdb k7
frame "exact: it leads there" b k7 to a
frame "exact: no other address" a b src k8 drop forged_transmit
frame "exact: nor by another port" b c src k7 drop forged_transmit
frame "its own MAC is what it was" a b to b
nvsw allow add dev a @m/40
frame "masked: the first" a b src m to b
frame "masked: the last" a b src m255 to b
frame "masked: all are learned" a b src m1-m9 to b
is "masked: one of them" learned:a fdb m5
is "masked: it leads there" 12 entries learned a
frame "masked: beyond the mask" a b src n drop forged_transmit
frame "masked: another byte before it" a b src m256 drop forged_transmit
nvsw allow add dev b @k12/47
frame "masked, 47 bits: the one" b c src k12 to c
frame "masked, 47 bits: the other" b c src k13 to c
frame "masked, 47 bits: the one before" b c src k11 drop forged_transmit
frame "masked, 47 bits: the one behind" b c src k14 drop forged_transmit
frame "the rules before it: a BPDU" a stp src k7 drop bpdu_filter
frame "the rules before it: a tag" a b src k7 vlan 5 drop vlan_filter
set_port a blocked on
frame "the rules before it: blocked" a b src k7 drop port_blocked
set_port a blocked off

# What belongs to somebody

for owned in b h; do
	nvsw allow add dev a "@$owned"
	frame "a MAC that is another's: $owned" a c src "$owned" \
		drop mac_conflict
	nvsw allow del dev a "@$owned"
done
bridge fdb add @s1 dev nvs0 self via c static
nvsw allow add dev a @s1
frame "one that is static elsewhere" a b src s1 drop mac_conflict
bridge fdb replace @s1 dev nvs0 self via a static
frame "one that is static here" a b src s1 to b
bridge fdb del @s1 dev nvs0 self via a
set_port b mac_changes accept requested_mac @b1
nvsw allow add dev a @b/40
frame "one that is reserved" a c src b drop mac_conflict
frame "one that is owned by request" a c src b1 drop mac_conflict
frame "one beside them" a c src b2 to c
set_port b requested_mac 00:00:00:00:00:00 mac_changes inherit
nvsw allow del dev a @b/40
nvsw allow del dev a @s1

# Exact: moves at once, in use or not, and bars nobody

set_port c nested unicast_flood off
frame "in use elsewhere" c b src v1 to b
nvsw allow add dev a @v1
frame "exact: moves at once" a b src v1 to b
is "exact: without a trial" learned:a fdb v1
frame "it leads there at once" b v1 to a
frame "who is not in a list cannot take it back" c b src v1 drop mac_move
nvsw allow add dev c @v1
for round in 1 2 3; do
	frame "two that share it: the one, $round" c b src v1 to b
	is "has it, $round" learned:c fdb v1
	frame "the other, $round" a b src v1 to b
	is "has it, $round" learned:a fdb v1
done
set_port c learn_move deny
frame "learn_move deny is for others" c b src v1 to b
is "has it" learned:c fdb v1
set_port c learn_move inherit
frame "from behind the uplink" u b src x1 to b
nvsw allow add dev a @x1
frame "moves at once as well" a b src x1 to b
is "and is here" learned:a fdb x1
frame "the uplink brings it back: in use" u b src x1 drop reverse_path
tap t
attach t
frame "adopted" t b src t1 to b
nvsw allow add dev a @t1
frame "moves at once, too" a b src t1 to b
is "and is learned" learned:a fdb t1
frame "who had it claims it" t b src t1 drop mac_move
must forget t

# Masked: by the rule of moves

frame "in use elsewhere, in the mask" c b src m100 to b
frame "masked: it is in use" a b src m100 drop mac_move
is "masked: and stays" learned:c fdb m100
set_switch move_hold 0
frame "masked: not in use" a b src m100 to b
is "masked: moves on trial" learned:a:trial fdb m100
nvsw allow add dev b @m100
frame "exact: takes it from there" b c src m100 to c
is "exact: and ends the trial" learned:b fdb m100
nvsw allow del dev b @m100
frame "masked: another" c b src m101 to b
frame "masked: moves" a b src m101 to b
is "masked: on trial" learned:a:trial fdb m101
frame "the first place shows it again" c b src m101 to b
is "it returns" learned:c fdb m101
frame "and the claimant is barred" a b src m101 drop mac_move
nvsw allow add dev a @m101
frame "unless it is exact" a b src m101 to b
is "and has it" learned:a fdb m101
nvsw allow del dev a @m101
is "which the mask lets it keep" learned:a fdb m101
set_port a learn_move deny
frame "masked: another one" c b src m102 to b
frame "masked: learn_move deny" a b src m102 drop mac_move
set_port a learn_move inherit
set_switch move_hold 60000

# Limits: an exact match is outside of both

ip link set dev a nomaster
attach a with learn_limit 2
is "a port that is attached anew has no list" 0 get a allowed
nvsw allow add dev a @o/40
nvsw allow add dev a @k1
nvsw allow add dev a @k2
frame "exact: counts nothing" a b src k1 to b
is "none" 0 get a learned
frame "masked: counts" a b src o1 to b
is "one" 1 get a learned
frame "masked: up to the limit" a b src o2 to b
frame "masked: not beyond" a b src o3 drop learn_limit
is "two" 2 get a learned
frame "exact: beyond" a b src k2 to b
is "still two" 2 get a learned
is "but four entries" 4 entries learned a
frame "who has one stays" a b src o1 to b
set_port a limit_policy allow
frame "masked: admitted without being learned" a b src o3 to b
is "it is not" none fdb o3
set_port a limit_policy inherit
set_port a learn_limit 1
is "a lower limit costs those that count" 1 get a learned
is "and no exact one" learned:a fdb k1
is "nor the other" learned:a fdb k2
set_port a learn_limit inherit
set_switch table_limit 1
frame "each port's first 64 are free" a b src o1-o64 to b
frame "masked: table_limit: one more" a b src o65 to b
frame "masked: table_limit" a b src o66 drop learn_limit
nvsw allow add dev a @k3
frame "exact: beyond it" a b src k3 to b
is "is learned" learned:a fdb k3
set_switch table_limit 65536

# Entered by command, as if it had been seen

works "import, in the list" import a o70
is "imported" learned:a fdb o70
nvsw allow add dev a @k4
works "import, exact" import a k4
is "imported, exact" learned:a fdb k4
works "bridge, in the list" bridge fdb add @o71 dev nvs0 self via a dynamic
is "entered by bridge" learned:a fdb o71
refused "what is not in the list" . import a n1
refused "nor by bridge" . bridge fdb add @n1 dev nvs0 self via a dynamic
nvsw allow del dev a @k4

# In every VLAN of the port

set_port a vlan trunk 0,10
frame "in another VLAN" a broadcast src k1 vlan 10 to host,u
is "is another entry" learned:a fdb k1 10
frame "in none of the port's" a broadcast src k1 vlan 11 drop vlan_filter
set_port a vlan inherit

# A port without a MAC

must reset
tap t
attach t
set_switch mac_binding explicit
frame "explicit, and no MAC" t b src t1 drop no_mac
nvsw allow add dev t @t1
frame "but in the list" t b src t1 to b
is "is learned" learned:t fdb t1
frame "no other" t b src t2 drop no_mac
set_switch mac_binding auto
frame "auto: in the list, and so not adopted" t b src t1 to b
is "nothing is adopted" none get t adopted_mac
frame "auto: the first one that is not" t b src t2 to b
is "is adopted" t2 get t adopted_mac
must forget t

# What leaves the list is forgotten; what is in it outlives the policy

nvsw allow del dev a @k1
is "exact: forgotten" none fdb k1
frame "exact: and not admitted" a b src k1 drop forged_transmit
is "exact: the others stay" learned:a fdb k2
nvsw allow del dev a @o/40
is "masked: all forgotten" none fdb o1
is "masked: those that are exact stay" 2 entries learned a
is "masked: and nothing counts" 0 get a learned
set_port a nested unicast_flood off
frame "learned by policy" a b src p1 to b
frame "in the list as well" a b src k2 to b
set_port a learning off
is "learning off: forgotten" none fdb p1
is "learning off: not what is in the list" learned:a fdb k2
set_port a forged_transmits reject
is "reject: neither" learned:a fdb k2
frame "reject: and admitted" a b src k2 to b
set_port a nested unicast_flood off
nvsw allow del dev a @k2
is "where the policy learns, it stays" learned:a fdb k2
is "and counts" 1 get a learned
set_port a learning off
is "until the policy forgets it" none fdb k2
set_port a learning inherit forged_transmits inherit unicast_flood inherit
nvsw allow del dev a @k3
is "all gone" 0 get a allowed
nvsw allow add dev a @k1
frame "once more" a b src k1 to b
set_port a role uplink
set_port a role guest
must settle
is "becoming an uplink has forgotten the list" 0 get a allowed
is "and what was learned" none fdb k1
frame "which is not admitted" a b src k1 drop forged_transmit

# Entries: every mask, 64 of them, and what is none

for bits in {24..48}; do
	must genl allow_add port=dev:a mac=hex:020000000000 "bits=u8:$bits"
done
is "every mask from 24 to 48 bits" 25 get a allowed
is "are shown as they are" \
	"$(printf ',02:00:00:00:00:00/%s' {24..48} | cut -c 2-)" allowed a
for bits in {24..48}; do
	must genl allow_del port=dev:a mac=hex:020000000000 "bits=u8:$bits"
done
is "none is left" 0 get a allowed
for bits in 0 1 23 49 255; do
	refused "a mask of $bits bits" EINVAL\|ERANGE genl allow_add port=dev:a \
		mac=hex:020000000000 "bits=u8:$bits"
done
refused "nvsw: 23 bits" . nvsw allow add dev a 02:00:00:00:00:00/23
refused "nvsw: 49 bits" . nvsw allow add dev a 02:00:00:00:00:00/49
refused "nvsw: no address" . nvsw allow add dev a 02:00:00:00:00/40
refused "host bits set" EINVAL genl allow_add port=dev:a mac=mac:k7 bits=u8:40
refused "one host bit set" EINVAL genl allow_add port=dev:a mac=mac:k7 \
	bits=u8:47
refused "nvsw: host bits set" . nvsw allow add dev a @k7/40
refused "a group address" . genl allow_add port=dev:a mac=mac:multicast
refused "the broadcast address" . genl allow_add port=dev:a mac=mac:broadcast
refused "no address at all" . genl allow_add port=dev:a mac=mac:zero
refused "half an address" . genl allow_add port=dev:a mac=hex:020000
refused "too much of one" . genl allow_add port=dev:a mac=hex:02000000000000
refused "without one" . genl allow_add port=dev:a
refused "without a port" . genl allow_add mac=mac:k7
refused "on an uplink" [Uu]plink\|guest nvsw allow add dev u @k7
refused "on the switch itself" . genl allow_add port=dev:nvs0 mac=mac:k7
refused "on what is no port" . genl allow_add port=dev:lo mac=mac:k7
for number in {1..64}; do
	must genl allow_add port=dev:a "mac=mac:k$number"
done
is "64 entries" 64 get a allowed
refused "the 65th" ENOSPC genl allow_add port=dev:a mac=mac:k65
refused "one that is there" EEXIST genl allow_add port=dev:a mac=mac:k64
frame "all are in force" a b src k1-k64 to b
is "and learned" 64 entries learned a
is "outside the limit" 0 get a learned
nvsw allow del dev a @k32
nvsw allow add dev a @k65
is "one leaves for another" none fdb k32
frame "which is admitted" a b src k65 to b
refused "delete what is not there" ENOENT genl allow_del port=dev:a mac=mac:k66
refused "delete with another mask" ENOENT genl allow_del port=dev:a \
	mac=mac:k64 bits=u8:47
nvsw allow add dev b @k64
is "another port has its own list" 2 get b allowed
is "and the first is as it was" 64 get a allowed
ip link set dev a nomaster
is "they go with their port" 0 entries learned a

finish
