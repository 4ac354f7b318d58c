#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Activation: a port that waits for its guest's announcement, as the target of a
# migration does, claims nothing and gets nothing until then.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

none=00:00:00:00:00:00

# waits PORT: from now on, again
waits()
{
	set_port "$1" activation immediate
	set_port "$1" activation announce
}

# activates TITLE WORD...: what a port sends activates it
activates()
{
	frame "$1" "${@:2}"
	becomes "$1: activates" true get "$2" activated
}

# ignored TITLE WORD...: it does not
ignored()
{
	frame "$1" "${@:2}" drop not_activated
	is "$1: does not activate" false get "$2" activated
}

switch nvs0 move_hold 60000 unicast_flood off
guest a b c
uplink u
set_port c nested unicast_flood off

is "immediate: the default" immediate get a activation
is "immediate: active" true get a activated
bridge fdb add @s1 dev nvs0 self via a static

# Waiting: neither in nor out, and its addresses lead nowhere

set_port a activation announce
is "announce: waits" false get a activated
is "announce: says so" announce get a activation
frame "nothing gets in" a b drop not_activated
frame "nor a broadcast" a broadcast drop not_activated
frame "before an invalid source" a b src zero drop not_activated
frame "before a BPDU" a stp drop not_activated
frame "before a VLAN" a b vlan 5 drop not_activated
frame "nothing gets out: a broadcast" b broadcast \
	to c,u,host refuse a:not_activated
frame "nothing gets out: multicast" u multicast src x \
	to b,c,host refuse a:not_activated
frame "its MAC leads nowhere" b a to u
frame "nor from the uplink" u a src x drop no_destination
frame "nor from the host" host a src h to u
frame "nor a static address" b s1 to u
is "its MAC stays its own" owned:a fdb a
is "its static entry stays" static:a fdb s1
refused "nobody else gets it" "belongs to another port" \
	ip link set dev b type nvswitch_slave initial_mac @a
frame "nor uses it" c b src a drop mac_conflict
frame "nor its static one" c b src s1 drop mac_conflict
frame "but the uplink: there its guest still is" u b src a to b
frame "and is reached" b a to u
is "it is remote" owned:a,remote:u fdb a
frame "a static one too" u b src s1 to b
set_port a promiscuous accept
frame "no copies for the curious" c b to b refuse a:not_activated
set_port a promiscuous inherit
set_port a blocked on
frame "blocked comes first" a b drop port_blocked
frame "blocked: also of a copy" b broadcast to c,u,host refuse a:port_blocked
frame "blocked: an announcement is not heard" a broadcast says rarp \
	drop port_blocked
is "blocked: it waits" false get a activated
set_port a blocked off
ignored "unblocked, it still waits" a broadcast

# What activates, and what does not

ignored "a frame of its own" a b
ignored "an ARP request" a broadcast says arp
ignored "an ARP reply" a b says arp_reply
ignored "a solicited neighbour advertisement" a b says na_solicited
ignored "a neighbour solicitation" a 33:33:00:00:00:01 says ns
ignored "RARP from another source" a broadcast src a1 says rarp
ignored "gratuitous ARP from another source" a broadcast src a1 says garp
ignored "unsolicited advertisement from another source" a broadcast \
	src a1 says na
ignored "RARP from a neighbour's source" a broadcast src b says rarp
ignored "RARP from no source" a broadcast src zero says rarp
ignored "its own EtherType is not enough: ARP that ends too early" \
	a broadcast says short_arp
ignored "neighbour advertisement that ends too early" a broadcast says short_na
frame "another port's announcement" b broadcast says rarp \
	to c,u,host refuse a:not_activated
is "is not its own" false get a activated
frame "its own, reflected by the uplink" u broadcast src a says rarp \
	to b,c,host refuse a:not_activated
is "is the guest where it was" false get a activated

activates "RARP" a broadcast says rarp to b,c,u,host
frame "at once its MAC leads to it, whatever move_hold" b a to a
is "and is nowhere else" owned:a fdb a
frame "and its static address" b s1 to a
frame "it sends" a b to b
frame "it gets broadcast" b broadcast to a,c,u,host
frame "the uplink reflects it" u b src a drop reverse_path
is "announce stays set" announce get a activation
frame "a further announcement is a frame" a broadcast says rarp to b,c,u,host
for says in garp garp_reply na na_router; do
	waits a
	is "waits again" false get a activated
	activates "$says" a broadcast says "$says" to b,c,u,host
	frame "$says: its MAC leads to it" b a to a
done
waits a
activates "RARP to one station" a b says rarp to b
waits a
activates "unsolicited advertisement to all nodes" a 33:33:00:00:00:01 \
	says na to b,c,u,host

# In whatever VLAN. It activates by rule 1, and is then judged as any frame

waits a
activates "in a VLAN that it does not carry" a broadcast vlan 77 says rarp \
	drop vlan_filter
frame "it is active all the same" b a to a
waits a
activates "a priority tag" a broadcast vlan 0 says garp to b,c,u,host
bridge fdb del @s1 dev nvs0 self via a
set_port a vlan trunk 10,20
waits a
frame "a trunk waits in all of its VLANs" u broadcast src x vlan 20 to host \
	refuse a:not_activated
activates "in one of a trunk's VLANs" a broadcast vlan 20 says na to u,host
frame "it is active in all" u a src x vlan 10 to a
waits a
activates "untagged, where nothing is" a broadcast says rarp drop vlan_filter
set_port a vlan inherit
waits a
activates "to a reserved address" a lldp says rarp drop link_local

# From the initial or the effective MAC

waits a
set_port a mac_changes accept requested_mac @a5
is "an effective MAC of its own" a5 get a effective_mac
ignored "from neither" a broadcast src a6 says rarp
activates "from the effective MAC" a broadcast src a5 says rarp to b,c,u,host
frame "it leads there" b a5 to a
waits a
activates "from the initial MAC, which may not be sent" a broadcast src a \
	says rarp drop forged_transmit
frame "it leads there" b a5 to a
set_port a requested_mac $none mac_changes inherit
waits a
set_port a requested_mac @a5
ignored "not from one that is refused" a broadcast src a5 says rarp
activates "but from the initial one" a broadcast says rarp to b,c,u,host
frame "what was requested still keeps its copies" b a \
	refuse a:mac_change drop all_refused
set_port a requested_mac $none

# The administrator

waits a
nvsw port activate dev a
is "activated" true get a activated
frame "in force" b a to a
frame "both ways" a b to b
nvsw port deactivate dev a
is "deactivated" false get a activated
frame "in force" a b drop not_activated
frame "both ways" b a to u
ignored "deactivated by hand: no announcement counts" a broadcast says rarp
nvsw port activate dev a
frame "activated by hand again" a b to b
set_port a activation immediate
is "immediate: stays active" true get a activated
nvsw port deactivate dev a
is "immediate: deactivated by hand" false get a activated
frame "the source of a migration" a b drop not_activated
frame "leads nowhere" b a to u
nvsw port activate dev a
frame "activated by hand" b a to a
set_port a activation announce
is "announce deactivates" false get a activated
set_port a activation immediate
is "immediate activates" true get a activated

# The table: a port that sleeps has no learned addresses, and enters none

set_port a nested unicast_flood off
frame "learned" a b src a1 to b
nvsw allow add dev a @k1
frame "learned by its allow list" a b src k1 to b
nvsw port deactivate dev a
is "deactivated: forgotten" none fdb a1
is "that of the allow list as well" none fdb k1
frame "nor learned now" a b src a1 drop not_activated
frame "nor by the allow list" a b src k1 drop not_activated
is "nothing is" 0 entries learned a
frame "others may have them" c b src a1 to b
is "as anybody's" learned:c fdb a1
nvsw port activate dev a
frame "in use elsewhere now" a b src a1 drop mac_move
nvsw allow del dev a @k1

# Imported addresses are kept, and entered at activation

waits a
frame "one behind the uplink" u b src i1 to b
frame "one learned elsewhere" c b src i2 to b
must import a i1 i2
must import a i3
is "imported while it waits: not entered" remote:u fdb i1
is "and where it was" learned:c fdb i2
is "a new one neither" none fdb i3
activates "its guest announces itself" a broadcast says rarp to b,c,u,host
is "entered, whatever move_hold says: from the uplink" learned:a fdb i1
is "from another port" learned:a fdb i2
is "and new ones" learned:a fdb i3
frame "they lead there" b i1 to a
frame "who had one claims it" c b src i2 drop mac_move
frame "the uplink, too" u b src i1 drop reverse_path
waits a
is "waiting again, they are gone" 0 entries learned a
activates "and announced again" a broadcast says rarp to b,c,u,host
is "they are not entered again" 0 entries learned a
waits a
must import a i4
nvsw port activate dev a
is "entered by the administrator's word, too" learned:a fdb i4
waits a
must import a i1-i3000
nvsw port activate dev a
is "more than fits into one message" 3000 entries learned a
frame "they lead there" b i3000 to a
set_port a learning inherit forged_transmits inherit unicast_flood inherit

# From a group nothing of this comes; a second port is on its own

set_port b activation announce
activates "one of two" a broadcast says rarp to c,u,host refuse b:not_activated
is "the other waits" false get b activated
frame "and gets nothing" a b to u
set_port b activation immediate

# A port attached as such never has a moment without

veth d
nvsw port attach nvs0 dev d activation announce
ip link set dev d up
becomes "attached, with carrier" UP get d operstate
is "waits from the first" false get d activated
frame "nothing gets in" d b drop not_activated
frame "nothing gets out" b broadcast to a,c,u,host refuse d:not_activated
activates "until it announces itself" d broadcast says rarp to a,b,c,u,host
frame "it leads there" b d to d

# Without carrier

waits d
peer link set dev d down
becomes "no carrier" no has_carrier d
peer link set dev d up
becomes "carrier" UP get d operstate
is "carrier is no announcement" false get d activated
nvsw port activate dev d
peer link set dev d down
becomes "no carrier" no has_carrier d
is "an active one stays active" true get d activated
peer link set dev d up
becomes "carrier" UP get d operstate
frame "and is reached again" b d to d

# What is refused

tap t
attach t
refused "announce without a MAC" MAC \
	ip link set dev t type nvswitch_slave activation announce
frame "adopted" t b src t1 to b
refused "with an adopted one" MAC \
	ip link set dev t type nvswitch_slave activation announce
works "with an initial MAC" ip link set dev t type nvswitch_slave \
	initial_mac @t activation announce
is "it waits" false get t activated
refused "taking the MAC back" MAC \
	ip link set dev t type nvswitch_slave initial_mac $none
activates "a tap" t broadcast says garp to a,b,c,d,u,host
must forget t
must reset
refused "an uplink" [Uu]plink \
	ip link set dev u type nvswitch_slave activation announce
refused "an uplink, by hand" [Uu]plink nvsw port deactivate dev u
refused "no such value" EINVAL\|ERANGE genl port_set port=dev:a \
	settings.activation=u8:2
refused "nor such" EINVAL\|ERANGE genl port_set port=dev:a \
	settings.activated=u8:3
refused "nor inherited" EINVAL\|ERANGE genl port_set port=dev:a \
	settings.activated=u8:0
set_port a activation announce
set_port a role uplink
set_port a role guest
is "becoming an uplink has reset it" immediate get a activation
is "and activated it" true get a activated

finish
