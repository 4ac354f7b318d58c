#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Frames that do not come as the kernel makes nearly all: with the data right behind
# the Ethernet header, and the outermost tag beside them. netkit.sh has more.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a
uplink u
must netns
netns=$answer in_guests=(nsenter "--net=$answer")

# acts DEVICE WAY WORD...: have tc do that to what goes that way, if the kernel can
acts()
{
	tc qdisc add dev "$1" clsact && tc filter add dev "$1" "${@:2}"
}

# A VLAN device, which takes the tag off, or leaves it between addresses and type.

veth w
ip link set dev w up
ip link add link w name w10 type vlan id 10 reorder_hdr off
attach w10 with initial_mac @w
must port w w10
for reorder in off on; do
	ip link set dev w10 type vlan reorder_hdr "$reorder"
	frame "reorder_hdr $reorder: in through a VLAN device" w a vlan 10 \
		to a leaves untagged
	frame "reorder_hdr $reorder: with a tag of its own" w a vlan 10,20 \
		drop vlan_filter
	frame "reorder_hdr $reorder: under another's address" w a src a3 vlan 10 \
		drop forged_transmit
	frame "reorder_hdr $reorder: to all" w broadcast vlan 10 \
		to a,u,host leaves untagged
	frame "reorder_hdr $reorder: and out" a w to w/10
done

# A tag that tc has put in front of another one.

set_port a vlan trunk 0,10
if acts u ingress matchall action vlan push id 10 2>/dev/null; then
	frame "tc tags what comes in" u a src x1 to a/10
	frame "in front of a tag" u a src x1 vlan 20 to a/10+20
	frame "in front of two" u a src x1 vlan 20,30 to a/10+20+30
	frame "a checksum to be filled in behind both" u a src x1 vlan 20 csum \
		length 500 to a/10+20
	tc qdisc del dev u clsact
else
	pass "in front of a tag # SKIP tc cannot add any"
fi
set_port a vlan none

# Shorter than an Ethernet header, which macvlan lets pass. In front of it is what
# tc has taken off, another guest's address.

ip link add name below type dummy
ip link set dev below up
ip link add link below name c type macvlan mode bridge
ip link add link below name c0 netns "$netns" address @c type macvlan mode bridge
peer link set dev c0 up
attach c with initial_mac @c
upper c c0 c
frame "a macvlan's neighbour" c broadcast to a,u,host,w/10
if "${in_guests[@]}" bash -c "$(declare -f acts)"'
	acts c0 egress protocol 0x88b7 matchall action vlan pop_eth' 2>/dev/null; then
	frame "half a header, behind another one" c broadcast drop malformed \
		protocol 0x88b7 raw "$(printf %s ffffffffffff 020000006100 88b7 \
			ffffffffffff 020000006300 88)"
else
	pass "half a header # SKIP tc cannot take a header off"
fi
frame "and nothing of it arrives" a x1 to u

# Where the tags end is not what their maker has noted.

if acts nvs0 egress matchall action vlan push id 100 \
	pipe action vlan push id 101 2>/dev/null; then
	frame "the host's frame gets two tags" host x1 src h \
		to u leaves 101,100
	frame "and has a checksum to be filled in" host x1 src h csum length 500 \
		to u leaves 101,100
	frame "or segments" host x1 src h gso 1000 length 20000 \
		to u leaves 101,100
else
	pass "the host's frame gets two tags # SKIP tc cannot add any"
fi

finish
