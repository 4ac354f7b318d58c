#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Rules 1 to 4 for a frame from a guest port, which look at the frame alone, and
# that the first rule that drops decides.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a b c
uplink u
set_port c nested

# 1: blocked

set_port a blocked on
is "blocked on" true get a blocked
frame "blocked: nothing gets in" a b drop port_blocked
frame "blocked: nor a broadcast" a broadcast drop port_blocked
frame "blocked comes before an invalid source" a b src multicast \
	drop port_blocked
frame "blocked comes before a BPDU" a stp drop port_blocked
frame "blocked is one port's alone" b broadcast to c,host,u \
	refuse a:port_blocked
set_port a blocked off
frame "unblocked" a b to b

# 2: the source is no station's address

frame "a multicast source" a b src multicast drop invalid_source
frame "the broadcast address as source" a b src broadcast drop invalid_source
frame "a zero source" a b src zero drop invalid_source
frame "also from a port that forges" c b src multicast drop invalid_source
frame "also from an uplink" u b src multicast drop invalid_source
frame "zero from an uplink" u b src zero drop invalid_source
frame "also from the host" host b src multicast drop invalid_source
frame "zero from the host" host b src zero drop invalid_source
frame "an invalid source comes before a BPDU" a stp src zero \
	drop invalid_source
frame "an invalid source comes before a VLAN" a b src zero vlan 5 \
	drop invalid_source

# 3: BPDUs and reserved addresses

frame "a BPDU" a stp drop bpdu_filter
frame "a per-VLAN BPDU" a pvst drop bpdu_filter
frame "a BPDU from a nested port" c stp drop bpdu_filter
frame "a BPDU comes before a VLAN" a stp vlan 5 drop bpdu_filter
frame "a BPDU comes before a forged source" a stp src a1 drop bpdu_filter
for last in 01 02 03 08 0e 0f; do
	frame "a reserved address: $last" a "01:80:c2:00:00:$last" \
		drop link_local
done
frame "one behind the reserved addresses is not" a 01:80:c2:00:00:10 \
	to b,c,host,u
frame "one with another prefix is not" a 01:80:c3:00:00:00 to b,c,host,u
set_port a bpdu pass
is "bpdu pass" pass get a bpdu
frame "pass: a BPDU leaves through the uplink" a stp to u
frame "pass: a per-VLAN BPDU as well" a pvst to u
frame "pass is not for reserved addresses" a lldp drop link_local
frame "pass does not forge" a stp src a1 drop forged_transmit
frame "pass is one port's alone" b stp drop bpdu_filter
set_port b bpdu pass
frame "pass on two: between them" a stp to b,u
frame "from an uplink: to those who pass" u stp src x to a,b
frame "per-VLAN from an uplink: to those who pass" u pvst src x to a,b
set_port b bpdu drop
set_port a bpdu drop
frame "drop again" a stp drop bpdu_filter
frame "nobody passes: left to the uplink's stack" u stp src x passed
frame "nobody passes: a per-VLAN one is not of the reserved addresses" \
	u pvst src x drop no_destination

# 4: a guest is untagged

frame "untagged" a b to b
frame "a tag" a b vlan 5 drop vlan_filter
frame "the last VLAN" a b vlan 4094 drop vlan_filter
frame "a broadcast with a tag" a broadcast vlan 5 drop vlan_filter
frame "a tag from a nested port" c b vlan 5 drop vlan_filter
frame "a VLAN comes before a forged source" a b src a1 vlan 5 drop vlan_filter
frame "a priority tag leaves untagged" a b vlan 0 to b
frame "a priority tag leaves the uplink untagged" a broadcast vlan 0 \
	to b,c,host,u
frame "a priority tag with a priority" a b tags 8100:e000 leaves untagged to b
frame "behind a priority tag, a tag" a b vlan 0,5 drop vlan_filter
frame "behind a priority tag, a priority tag" a b vlan 0,0 drop vlan_filter
frame "behind a priority tag, a service tag" a b tags 8100:0,88a8:5 \
	drop vlan_filter
frame "behind a tag, a tag" a b vlan 5,5 drop vlan_filter
frame "a service tag" a b tags 88a8:5 drop vlan_filter
frame "a service tag of VLAN 0" a b tags 88a8:0 drop vlan_filter
frame "a service tag and a tag" a b tags 88a8:5,8100:5 drop vlan_filter
frame "a source in two VLANs is not the one of the port" c b src a vlan 5 \
	drop vlan_filter
frame "an EtherType of no meaning to us" a b type 0x9100 to b

# A tag from elsewhere is not for guests

frame "tagged broadcast from an uplink: the host alone" u broadcast src x \
	vlan 5 to host
frame "the tags behind it are payload" u broadcast src x vlan 5,6 to host
frame "tagged unicast to a guest's MAC: not in that VLAN" u b src x vlan 5 \
	drop no_destination
frame "a priority tag from an uplink leaves untagged" u b src x vlan 0 to b
frame "a priority tag from the host leaves untagged" host broadcast src h \
	vlan 0 to a,b,c,u
frame "tagged broadcast from the host: the uplink alone" host broadcast \
	src h vlan 5 to u
frame "the priority of a tag stays" host broadcast src h tags 8100:a005 to u

finish
