#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A netkit device as a port: its peer is visible, as a veth's is.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0
guest b
if ! ask netkit a; then
	[[ $answer == *"Unknown device type"* ]] || die "netkit a: $answer"
	echo "1..0 # SKIP this kernel has no netkit"
	exit 4
fi

# Whose MAC it is

ip link set dev a master nvs0
is "the peer's address is the initial MAC" a get a initial_mac
is "and says so" peer get a initial_mac_source
peer link set dev a address @a1
is "before the first carrier it follows" a1 get a initial_mac
is "as does the effective one" owned:a fdb a1
peer link set dev a address @b
is "a taken one is a conflict" mac_conflict get a mac_state
peer link set dev a address @a
is "until it is given back" a get a effective_mac
ip link set dev a up
becomes "carrier" yes has_carrier a

# Frames

frame "what it sends is received" a b to b
frame "in large frames as well" a b gso 1000 length 20000 to b
frame "another source is forged" a b src a5 drop forged_transmit
frame "it receives what is for it" b a to a
frame "and what is for all" b broadcast to a,host
frame "and nothing else" b x drop no_destination

peer link set dev a address @a2
is "with carrier a change is a request" a2 get a requested_mac
is "which is refused" mac_change get a mac_state
frame "and then nothing is delivered" b a refuse a:mac_change drop all_refused
set_port a mac_changes accept
is "or honoured" a2 get a effective_mac
frame "and all is" b a2 to a

# What type a frame has its sender says, and a tag is a tag all the same

frame "a tag" a b src a2 vlan 10 drop vlan_filter
frame "a tag under another name" a b src a2 vlan 10 protocol 0x0800 \
	drop vlan_filter
frame "a service tag" a b src a2 tags 88a8:000a protocol 0x0800 drop vlan_filter
set_port a vlan access 20
frame "on an access port" a b src a2 vlan 10 protocol 0x0800 drop vlan_filter
set_port a vlan trunk 10,20
set_port b vlan access 10
frame "on a trunk that has its VLAN" a b src a2 vlan 10 protocol 0x0800 \
	to b leaves untagged
frame "and on one that has not" a b src a2 vlan 30 protocol 0x0800 \
	drop vlan_filter
set_port a vlan none
set_port b vlan none

# Its end

netkit c
attach c
is "another has its address" owned:c fdb c
peer link del dev c
is "without its peer it is gone, and its address free" none fdb c
frame "the others stay" a b src a2 to b

finish
