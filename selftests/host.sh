#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The host port: the switch device as the host's own network interface.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a b
uplink u

# Its own address

is "the device's address is local" local:host fdb h
frame "to it" a h to host
frame "to it from an uplink" u h src x1 to host
frame "to it in any VLAN" u h src x1 vlan 77 to host
frame "from it" host a src h to a
frame "it does not talk to itself" host h src h drop same_port
frame "a guest may not send it" a b src h drop mac_conflict
frame "others' unicast is not for the host" a b to b
ip link set dev nvs0 address @i
is "another address: local" local:host fdb i
is "the old one: no more" none fdb h
frame "to the new one" a i to host
frame "the old one is unknown" a h to u
ip link set dev nvs0 address @h

# It is trusted, but for guests' own

frame "any source" host a src k1 to a
is "of which nothing is learned" none fdb k1
frame "a remote address as source" host a src x1 to a
is "which stays where it is" remote:u fdb x1
frame "the address of a guest as source" host a src b drop mac_conflict
frame "also towards its owner" host b src b drop mac_conflict
set_port b mac_changes accept requested_mac @b1
frame "an address owned by request" host a src b1 drop mac_conflict
frame "an address reserved" host a src b drop mac_conflict
bridge fdb add @b dev nvs0 self via b static
frame "and static there" host a src b drop mac_conflict
bridge fdb add @b1 dev nvs0 self via b static
frame "owned and static there" host a src b1 drop mac_conflict
frame "which is no matter to an uplink" u a src b1 drop reverse_path
frame "and to its owner" b a to a
bridge fdb del @b dev nvs0 self via b
bridge fdb del @b1 dev nvs0 self via b
set_port b requested_mac 00:00:00:00:00:00
frame "free again" host a src b1 to a
frame "a guest's address in a VLAN that it is not in" host broadcast src b \
	vlan 9 to u
bridge fdb add @s1 dev nvs0 self via b static
frame "an address that is static elsewhere is no guest's own" \
	host a src s1 to a
set_port a blocked on
frame "it cannot pass what blocks" host a src h \
	refuse a:port_blocked drop all_refused
set_port a blocked off

refused "its address cannot be one that a guest owns" . \
	ip link set dev nvs0 address @a
is "it has the old one" h get nvs0 address
set_port b mac_changes accept requested_mac @b1
refused "nor one that a guest reserves" . ip link set dev nvs0 address @b
set_port b requested_mac 00:00:00:00:00:00

# Addresses that its upper devices register

ip link add link nvs0 name mv0 address @m1 type macvlan mode bridge
ip link set dev mv0 up
listen mv0 mv0
is "a macvlan's address is local" local:host fdb m1
frame "to the macvlan" a m1 to host,mv0
frame "to the device, not the macvlan" a h to host
frame "a guest may not send it" a b src m1 drop mac_conflict
frame "an uplink reflects it" u a src m1 drop reverse_path
refused "a guest cannot have it" . \
	ip link set dev a type nvswitch_slave initial_mac @m1
ip link set dev mv0 address @m2
is "its new address is local" local:host fdb m2
is "its old one is not" none fdb m1
must forget mv0
ip link del dev mv0
is "deleted: nor is the new one" none fdb m2
frame "and anybody's" a m2 to u
ip link add link nvs0 name mv1 address @a type macvlan mode bridge
ip link set dev mv1 up
is "a registered address that is owned is ignored" owned:a fdb a
frame "it leads to its owner" b a to a
frame "who sends it" a b to b
ip link set dev a nomaster
frame "its owner has gone" b broadcast to host,u
ip link del dev mv1
attach a
is "attached again, it has its MAC" owned:a fdb a

# Promiscuous

ip link set dev nvs0 promisc on
frame "promiscuous: unicast between guests" a b to b,host
frame "promiscuous: unknown unicast" a y1 to u,host
frame "promiscuous: from an uplink" u a src x1 to a,host
frame "promiscuous: for nobody" u y1 src x1 to host
frame "promiscuous: in a VLAN" u y1 src x1 vlan 33 to host
frame "promiscuous: its own just once" a h to host
frame "promiscuous: broadcast just once" a broadcast to b,host,u
frame "promiscuous: what it sends does not come back" host a src h to a
frame "promiscuous: not what is dropped" a b src a1 drop forged_transmit
ip link set dev nvs0 promisc off
frame "promiscuous no more" a b to b

# VLAN devices on top: hardware-accelerated tags and tags in the frame

ip link add link nvs0 name nvs0.10 type vlan id 10
ip link set dev nvs0.10 up
listen vlan10 nvs0.10 3 host
frame "from the VLAN device: tagged on the uplink" vlan10 broadcast src h \
	leaves 10 to u
frame "tagged in the frame: just the same" host broadcast src h vlan 10 to u
must forget vlan10
listen vlan10 nvs0.10
frame "and what it sees" u h src x2 vlan 10 to host,vlan10/untag
frame "broadcast in its VLAN" u broadcast src x2 vlan 10 to host,vlan10/untag
frame "another VLAN is not its own" u broadcast src x2 vlan 11 to host
frame "untagged is not its own" u broadcast src x2 to a,b,host
frame "a guest's is not its own" a broadcast to b,host,u
must forget vlan10

# The host's IP stack reaches one behind the uplink, tagged and untagged

ip address add 192.0.2.1/24 dev nvs0
ip address add 198.51.100.1/24 dev nvs0.10
peer link add link u name u.10 type vlan id 10
peer address add 192.0.2.2/24 dev a
peer address add 198.51.100.2/24 dev u.10
peer link set dev u.10 up
for address in 192.0.2.2 198.51.100.2; do
	if timeout $((20 * slow)) ping -q -c 3 -i 0.2 -W 5 "$address" >/dev/null; then
		pass "ping $address"
	else
		fail "ping $address"
	fi
done
must settle

# It is no part of another switch

ip link add name br0 type bridge
refused "the device cannot be a bridge's port" . \
	ip link set dev nvs0 master br0

finish
