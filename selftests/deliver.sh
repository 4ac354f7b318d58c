#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Where a frame goes: each row of the destination table, and every refusal of a
# copy.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a b c d
uplink u v

# c learns, d is promiscuous: the columns of the table

set_port c nested
set_port d promiscuous accept

frame "broadcast from a guest: every port, the host, the active uplink" \
	a broadcast to b,c,d,host,u
frame "broadcast from the host: every port, the active uplink" \
	host broadcast src h to a,b,c,d,u
frame "broadcast from an uplink: every port and the host" \
	u broadcast src x to a,b,c,d,host
frame "multicast from a guest: the same" a multicast to b,c,d,host,u
frame "multicast from the host" host multicast src h to a,b,c,d,u
frame "multicast from an uplink" u multicast src x to a,b,c,d,host
frame "IPv6 multicast" a 33:33:00:00:00:01 type 0x86dd to b,c,d,host,u

frame "known unicast: the port that holds it" a b to b,d
frame "known unicast to a learning port's own MAC" a c to c,d
frame "known unicast to a promiscuous port's own MAC, once" a d to d
frame "known unicast from the host" host b src h to b,d
frame "known unicast from an uplink" u b src x to b,d
frame "a learned address: its port" c a src c1 to a,d
frame "a learned address is known" a c1 to c,d
frame "a learned address is known to an uplink" u c1 src x to c,d
frame "a learned address is known to the host" host c1 src h to c,d
frame "a remote address is known: the active uplink" a x to u,d
frame "a remote address is known to the host" host x src h to u,d
frame "the host's address" a h to host,d
frame "the host's address from an uplink" u h src x to host,d

frame "unknown unicast from a guest: uplink and learning ports" a y to c,d,u
frame "unknown unicast from the host: the same" host y src h to c,d,u
frame "unknown unicast from an uplink: learning ports" u y src x to c,d
set_port c learning off
frame "unknown unicast from an uplink, nobody learns" u y src x to d
set_port d promiscuous reject
frame "unknown unicast from an uplink: nobody" u y src x drop no_destination

# Where it came from

frame "to itself: same_port" a a drop same_port
set_port c nested
frame "an address behind a port" c a src c1 to a
frame "to an address behind itself: same_port" c c1 src c drop same_port
frame "between two addresses behind one port: same_port" c c1 src c2 \
	drop same_port
frame "a remote address from an uplink: same_port" u x src w drop same_port
set_port d promiscuous accept
frame "same_port, but copied: forwarded" a a to d
frame "the same from an uplink" u x src w to d
set_port d promiscuous reject
frame "never from uplink to uplink" u broadcast src x to a,b,c,d,host

# Refused copies: counted at the receiver, and no drop while another gets one

set_port b blocked on
frame "blocked: its copy of a broadcast is refused" a broadcast \
	to c,d,host,u refuse b:port_blocked
frame "blocked: unicast to it is refused by all" a b \
	refuse b:port_blocked drop all_refused
frame "blocked: from the host" host b src h \
	refuse b:port_blocked drop all_refused
frame "blocked: from an uplink" u b src x refuse b:port_blocked drop all_refused
set_port b blocked off
frame "unblocked: it gets its own again" a b to b

# A dormant port has its copies refused; its addresses lead nowhere

ip link set dev b down
frame "down: its copy of a broadcast is refused" a broadcast \
	to c,d,host,u refuse b:port_down
frame "down: unicast to it is unknown" a b to c,u
frame "down: from an uplink" u b src x to c
set_port b promiscuous accept
frame "down: nor does it get what it would spy on" a d to d refuse b:port_down
frame "down: nor from the host" host a src h to a refuse b:port_down
set_port b promiscuous inherit
ip link set dev b up
frame "up: it gets its own again" a b to b
peer link set dev b down
becomes "no carrier" no has_carrier b
frame "no carrier: refused as well" a broadcast to c,d,host,u refuse b:port_down
frame "no carrier: unicast to it is unknown" a b to c,u
peer link set dev b up
becomes "carrier" UP get b operstate
frame "carrier: it gets its own again" a b to b

ip link set dev nvs0 down
frame "the host down: its copy is refused" a broadcast \
	to b,c,d,u refuse host:port_down
frame "the host down: its unicast is refused by all" a h \
	refuse host:port_down drop all_refused
ip link set dev nvs0 up
frame "the host up" a h to host

# So is that of a port which has never been up, whatever level lets it have copies

ip link add name e1 type dummy
set_switch learning on forged_transmits accept
ip link set dev e1 master nvs0
frame "never up: unknown unicast is refused" a y1 to b,c,d,u refuse e1:port_down
ip link del dev e1
set_switch learning off forged_transmits reject

# Two refusals: one drop, each refusal on its own port
set_port b promiscuous accept blocked on
set_port d blocked on
frame "refused by two: one drop" a d \
	refuse b:port_blocked,d:port_blocked drop all_refused
set_port b promiscuous inherit blocked off
set_port d blocked off

# MTU: what is behind the Ethernet header and one tag

frame "1500 bytes of payload are not too much" a b length 1500 to b
ip link set dev b mtu 1000
frame "MTU 1000: 1000 bytes" a b length 1000 to b
frame "MTU 1000: 1001 bytes are refused" a b length 1001 \
	refuse b:mtu drop all_refused
ip link set dev nvs0 mtu 1500
frame "MTU 1000: a broadcast passes by" a broadcast length 1001 \
	to c,d,host,u refuse b:mtu
set_port d promiscuous accept
frame "MTU 1000: the spy gets it" a b length 1001 to d refuse b:mtu
set_port d promiscuous reject
ip link set dev b mtu 1500
ip link set dev u mtu 1000
ip link set dev nvs0 mtu 1500
set_port c unicast_flood off
frame "an uplink's MTU" host w src h length 1001 refuse u:mtu drop all_refused
frame "an uplink's MTU: one tag is free" host w src h vlan 5 length 1000 to u
frame "an uplink's MTU: no more" host w src h vlan 5 length 1001 \
	refuse u:mtu drop all_refused
frame "a GSO frame counts as its largest segment" a w gso 900 length 5000 to u
frame "its segments are too large" a w gso 980 length 5000 \
	refuse u:mtu drop all_refused
ip link set dev u mtu 1500
set_port c unicast_flood on

# Nobody at all

ip link set dev u nomaster
ip link set dev v nomaster
set_port c learning off
must settle
frame "no uplink: broadcast goes to who is there" a broadcast to b,c,d,host
frame "no uplink, nobody learns: no_destination" a y drop no_destination
frame "remote entries have gone with the last uplink" a x drop no_destination
frame "the same from the host" host y src h drop no_destination
frame "a VLAN without members" host broadcast src h vlan 7 drop no_destination
set_port c learning on
frame "no uplink, one learns" a y to c

finish
