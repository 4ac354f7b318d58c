#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Uplinks: what they bring in, what they bring back, and who stands by for whom.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a b c
uplink u
set_port c nested unicast_flood off
listen lldpd u 0x88cc
listen stpd u 4

is "role uplink" uplink get u role
is "the only one is active" true get u active
is "the switch says so" u get nvs0 active_uplink
is "an uplink has no MAC" none get u effective_mac

# What is entered

frame "a station behind the uplink" u a src x1 to a
is "is entered as remote" remote:u fdb x1
is "and counted" 1 get nvs0 remote
frame "it is known" a x1 to u
frame "again" u a src x1 to a
is "it is one" 1 entries remote
frame "in another VLAN" u broadcast src x1 vlan 10 to host
is "it is another one" remote:u fdb x1 10
frame "known there to the host" host x1 src h vlan 10 to u
frame "a VLAN where it is not: unknown, so also the uplink's" \
	host x1 src h vlan 11 to u
frame "one that is admitted and goes nowhere" u y1 src x2 drop no_destination
is "is entered" remote:u fdb x2
frame "unicast to what is behind the uplink" u x2 src x1 drop same_port

# Our own frames, reflected

frame "source owned by a guest" u b src a drop reverse_path
frame "also as a broadcast" u broadcast src a drop reverse_path
frame "source local" u b src h drop reverse_path
frame "source local, in any VLAN" u broadcast src h vlan 12 drop reverse_path
frame "the guest's source in a VLAN of others" u broadcast src a vlan 12 to host
bridge fdb add @s1 dev nvs0 self via b static
frame "source static on a guest port" u a src s1 drop reverse_path
bridge fdb add @s2 dev nvs0 self via u static
frame "source static on the uplink" u a src s2 to a
is "it stays static" static:u fdb s2
frame "it leads there" a s2 to u
frame "learned on a guest port" c a src c1 to a
frame "source learned, in use" u a src c1 drop reverse_path
set_port b initial_mac @b1
set_port b mac_changes accept requested_mac @b2
is "owned and reserved" owned:b fdb b2
frame "source reserved by a guest" u a src b1 drop reverse_path
frame "source owned by request" u a src b2 drop reverse_path
set_port b requested_mac 00:00:00:00:00:00
set_port b initial_mac 00:00:00:00:00:00

# A dormant port's addresses decide nothing: its VM may have left

ip link set dev b down
frame "source of a dormant port" u a src b to a
is "it is seen elsewhere" owned:b,remote:u fdb b
frame "and led to there" a b to u
frame "static on a dormant port" u a src s1 to a
ip link set dev b up
becomes "awake" UP get b operstate
is "the port has it again" owned:b fdb b
frame "its own MAC leads to it" a b to b
frame "and is reflected no more" u a src b drop reverse_path
bridge fdb del @s1 dev nvs0 self via b

# Left to the uplink's own stack

frame "LLDP" u lldp src x1 type 0x88cc to lldpd passed
frame "LACP" u 01:80:c2:00:00:02 src x1 type 0x8809 passed
frame "nobody wants BPDUs" u stp src x1 type 46 to stpd passed
is "what is passed teaches nothing" none fdb x9
frame "also not from a new source" u lldp src x9 type 0x88cc to lldpd passed
is "still nothing" none fdb x9
set_port a bpdu pass
frame "somebody wants BPDUs" u stp src x1 type 46 to a
frame "LLDP is still passed" u lldp src x1 type 0x88cc to lldpd passed
set_port a bpdu drop
frame "passed on does not mean forwarded: from a guest" a lldp type 0x88cc \
	drop link_local

# remote_limit: the longest unseen goes

set_switch remote_limit 0
is "lowered to 0: none" 0 entries remote
frame "0: admitted" u a src w1 to a
is "0: not entered" none fdb w1
set_switch remote_limit 3
frame "up to the limit" u a src w1-w3 to a
is "all are entered" 3 get nvs0 remote
unseen_for w1 0.3
frame "two are active" u a src w2-w3 to a
frame "one more" u a src w4 to a
is "takes the place of the one that is not" w2,w3,w4 addresses remote
unseen_for w4 0.3
frame "a storm" u a src v1-v50 to a
is "stays within the limit" 3 get nvs0 remote
frame "guests are not concerned" c a src c2-c20 to a
is "and learn" learned:c fdb c20

# What is on trial goes back to the guest that might show it again

set_switch move_hold 0
frame "taken from a guest" u a src c2-c4 to a
is "three on trial" c2,c3,c4 addresses remote
frame "a new one" u a src w5 to a
is "takes the place of one" 3 get nvs0 remote
is "which is where it was" learned:c fdb c2
set_switch remote_limit 2
is "lowered: the next one goes back" learned:c fdb c3
is "lowered: to the limit" 2 get nvs0 remote
set_port c learning off
frame "another one" u a src w6 to a
is "the last one has nowhere to go" none fdb c4
set_port c learning on
set_port b nested
frame "at the limit, a guest takes one from outside" b a src w5 to a
frame "whose place is taken" u a src w7 to a
peer link set dev b down
becomes "b loses carrier: it goes back all the same" remote:u fdb w5
is "in another one's place" 2 get nvs0 remote
peer link set dev b up
becomes "b has carrier again" yes has_carrier b
set_port b learning inherit forged_transmits inherit
frame "the guest shows its own again" c a src c2-c20 to a
set_switch move_hold 60000 remote_limit 65536

# Standing by

uplink v
is "the second stands by" false get v active
is "the first is active" true get u active
frame "a broadcast leaves through the active one" a broadcast to b,c,host,u
frame "as does unknown unicast" a y1 to u
frame "standby: broadcast" v broadcast src t1 drop reverse_path
frame "standby: multicast" v multicast src t1 drop reverse_path
frame "standby: unknown unicast" v y1 src t1 drop reverse_path
frame "standby: unicast to a remote address" v w4 src t1 drop reverse_path
is "standby: before its source is looked at" none fdb t1
frame "standby: an invalid source still comes first" v broadcast src zero \
	drop invalid_source
frame "standby: unicast to a guest is taken" v a src t1 to a
is "standby: and its source entered" remote:u fdb t1
frame "standby: unicast to a learned address" v c2 src t1 to c
frame "standby: unicast to the host" v h src t1 to host
frame "standby: our own frame" v a src b drop reverse_path
frame "what it entered leads to the active one" a t1 to u
frame "a station is the same on either" u a src t1 to a
frame "uplinks are one place" v a src w4 to a
frame "never from uplink to uplink" u broadcast src w4 to a,b,c,host
frame "not even known" u t1 src w4 drop same_port
listen lldpv v 0x88cc
frame "standby: LLDP is its own" v lldp src x1 type 0x88cc to lldpv passed
set_port a promiscuous accept
frame "standby: nor for the promiscuous" v y1 src t1 drop reverse_path
set_port a promiscuous reject

# Failover

peer link set dev u down
becomes "the active one has lost carrier: the next is active" \
	true get v active
is "the switch says so" v get nvs0 active_uplink
is "the first is not" false get u active
must settle
frame "unknown unicast leaves through the next" a y1 to v
frame "remote entries lead to it" a t1 to v
frame "static ones as well" a s2 to v
frame "it brings broadcast" v broadcast src t1 to a,b,c,host
frame "a broadcast is no refusal of the dead one" a broadcast to b,c,host,v
peer link set dev u up
back=$SECONDS
becomes "carrier again" UP get u operstate
is "but not yet active" false get u active
must settle
frame "the next one goes on" a y1 to v
becomes "active after five seconds" true get u active
if ((SECONDS - back >= 4)); then
	pass "and not before"
else
	fail "and not before"
fi
is "the next stands by again" false get v active
must settle
frame "unknown unicast leaves through it" a y1 to u
ip link set dev u down
becomes "down is as good as no carrier" true get v active
must settle
frame "the next one has it all" a broadcast to b,c,host,v
ip link set dev v down
becomes "none is left" none get nvs0 active_uplink
must settle
frame "then a broadcast is for those here" a broadcast to b,c,host
frame "and remote addresses are nowhere" a t1 drop no_destination
ip link set dev v up
becomes "a lone one waits for nothing" true get v active
must settle
ip link set dev u nomaster
is "remote entries stay with the remaining one" remote:v fdb t1
ip link set dev v nomaster
is "the last uplink takes them with it" 0 entries remote

# A guest port may become one

frame "learned here" c a src c2 to a
set_port c role uplink
must settle
is "its addresses are not owned" none fdb c
is "nor learned" 0 entries learned
is "it is active" c get nvs0 active_uplink
frame "it brings in whom it will" c a src c2 to a
set_port c role guest
is "a guest again, it has its MAC" owned:c fdb c
is "and no address is remote" 0 entries remote

finish
