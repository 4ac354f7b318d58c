#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Segmentation offload and checksum offload: frames pass as they are.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a b
uplink u
tap t
attach t
set_port t initial_mac @t

# A frame of many segments, unsegmented, whoever sends and receives it

frame "veth to veth" a b gso 1000 length 20000 to b
frame "veth to tap" a t gso 1000 length 20000 to t
frame "tap to veth" t a gso 1000 length 20000 to a
frame "tap to the host" t h gso 1000 length 20000 to host
frame "host to tap" host t src h gso 1000 length 20000 to t
frame "tap to uplink" t x1 gso 1400 length 60000 to u
frame "uplink to tap" u t src x1 gso 1400 length 60000 to t
frame "to all: one copy each" t broadcast gso 1400 length 30000 to a,b,u,host
frame "tagged, host to uplink" host x1 src h vlan 10 gso 1000 length 20000 to u
frame "tagged, uplink to host" u h src x1 vlan 10 gso 1000 length 20000 to host
set_port b promiscuous accept
frame "and its copy" t a gso 1000 length 20000 to a,b
set_port b promiscuous reject

# A checksum that is still to be filled in

frame "checksum to be filled in: veth to veth" a b csum length 1000 to b
frame "checksum to be filled in: tap to veth" t a csum length 1000 to a
frame "checksum to be filled in: veth to tap" a t csum length 1000 to t
frame "checksum to be filled in: to all" t broadcast csum length 1000 \
	to a,b,u,host
frame "checksum to be filled in: tagged" host x1 src h vlan 10 csum length 500 \
	to u

# Filled in where a guest says, it would change what has been judged. The number
# is the checksum's start and where it goes from there, each as two bytes. A tap
# takes any, if the length of headers is sound; a veth pair forgets about these.
# Newer kernels' taps refuse some themselves.

# dropped REASON TITLE WORD...
dropped()
{
	if ask frame "${@:3}" drop "$1"; then
		pass "$2"
	elif [[ $answer == "the tap refuses it" ]]; then
		pass "$2 # SKIP the kernel's own tap refuses it"
	else
		fail "$2"
		note "$answer"
	fi
}

for where in 00000000 00000600 06000000 00000c00 0d000000; do
	for to in a x1 broadcast; do
		dropped malformed "checksum from the Ethernet header on, $where: to $to" \
			t "$to" length 1000 vnet "010022000000$where"
	done
done
frame "not the host's either" host x1 src h length 1000 \
	vnet 01000000000000000600 drop malformed
frame "of a veth pair: nobody fills it in" a b length 1000 \
	vnet 01000000000000000600 to b
frame "in a tag: nobody fills it in" host x1 src h vlan 10 length 1000 \
	vnet 0100000000000e000000 to u
frame "from right behind the header on" t a length 1000 \
	vnet 0100000000000e000000 to a

# Headers that do not fit the type that the sender says: dropped. Only a tap's
# reach the switch, for the sender's own stack looks at all others; and of a
# tap's newer kernels refuse some.
# vnet is: flags, type, length of headers, of segments, start and offset of the
# checksum. patch changes the packet behind the Ethernet header.

tcp4=01013600e80322001000
tcp6=01043600e80322001000
bad() { dropped invalid_gso "invalid: $1" t a csum length 5000 "${@:2}"; }

bad "IPv4 that is UDP" vnet "$tcp4" patch 9:11
bad "IPv4 of version 6" vnet "$tcp4" patch 0:65
bad "an IPv4 header of 16 bytes" vnet "$tcp4" patch 0:44
bad "a TCP header of 16 bytes" vnet "$tcp4" patch 32:40
bad "an IPv4 header so long that TCP begins elsewhere" \
	vnet "$tcp4" patch 0:4f patch 72:00
bad "IPv4 said to be IPv6" vnet "$tcp6"
bad "no IP at all" vnet "$tcp4" type 0x88b6
bad "ARP" vnet "$tcp4" type 0x0806
frame "what is right passes still" t a csum length 5000 vnet "$tcp4" to a
frame "and so does one segment, whatever it is" t a csum length 500 \
	patch 9:11 to a

# UDP over IPv6 leaves in fragments, of which each has a header of 8 bytes more:
# 1453 bytes of data are 1501 in all

frame "a fragment that would be longer than the MTU" t a csum length 5000 \
	type 0x86dd vnet 01033e00ad0536000600 \
	patch 0:60000000138811fffe8000000000000000000000 \
	patch 20:00000001fe800000000000000000000000000002 patch 40:1388138913880000 \
	refuse a:mtu drop all_refused

# Making these fragments moves the headers, which all copies share: each receiver
# has its own. Else the next one finds addresses where the sender has put them.

ask frame t broadcast csum length 5000 type 0x86dd vnet 01033e00e80336000600 \
	patch 0:60000000138811fffe8000000000110000000000 \
	patch 20:00001101fe800000000000000000000000000002 \
	patch 40:1388138913880000 to host
arrived=$(grep -c ' received: ' <<<"$answer")
whole=$(grep -c ' received: t > broadcast type 86dd ' <<<"$answer")
if ((arrived > 6 && whole == arrived)); then
	pass "fragments for several receivers: from the sender's address"
else
	fail "fragments for several receivers: from the sender's address"
	note "$answer"
fi

# Two IP stacks

ip address add 192.0.2.1/24 dev nvs0
peer address add 192.0.2.2/24 dev a
is "TCP, host to guest: long frames" "host=short a=long" \
	tcp host 192.0.2.2 1048576 host a
is "TCP, guest to host: long frames" "host=long a=short" \
	tcp guests 192.0.2.1 1048576 host a
peer address del 192.0.2.2/24 dev a
ip link add link nvs0 name nvs0.10 type vlan id 10
ip link set dev nvs0.10 up
ip address add 198.51.100.1/24 dev nvs0.10
peer link add link u name u.10 type vlan id 10
peer link set dev u.10 up
peer address add 198.51.100.2/24 dev u.10
is "TCP, tagged, host to uplink: long frames" "u=long" \
	tcp host 198.51.100.2 1048576 u
is "TCP, tagged, uplink to host: long frames" "host=long" \
	tcp guests 198.51.100.1 1048576 host
must settle

finish
