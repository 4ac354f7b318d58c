#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Whose MAC it is: initial, requested and effective MAC, and who gets an address
# that two want.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

none=00:00:00:00:00:00

# macs TITLE PORT INITIAL REQUESTED EFFECTIVE STATE
macs()
{
	is "$1: initial" "$3" get "$2" initial_mac
	is "$1: requested" "$4" get "$2" requested_mac
	is "$1: effective" "$5" get "$2" effective_mac
	is "$1: state" "$6" get "$2" mac_state
}

# After a second, ten more requests are judged at once.
breathe() { sleep 1.1; }

switch nvs0 move_hold 60000
guest a b c

# The initial MAC: that of the visible peer

macs "by peer" a a a a ok
is "by peer: says so" peer get a initial_mac_source
is "it is owned" owned:a fdb a
frame "it is admitted" a b to b

# One MAC has one owner: a clone is refused, and stays unattached

veth d
peer link set dev d address @a
refused "a clone of another guest" "belongs to another port" \
	ip link set dev d master nvs0
peer link set dev d address @h
refused "a guest with the host's address" host ip link set dev d master nvs0
bridge fdb add @s1 dev nvs0 self via a static
peer link set dev d address @s1
refused "a guest with an address that is static elsewhere" static \
	ip link set dev d master nvs0
bridge fdb del @s1 dev nvs0 self via a
peer link set dev d address @d
attach d
macs "an address of its own" d d d d ok

# By the administrator

refused "another port's address" "belongs to another port" \
	ip link set dev d type nvswitch_slave initial_mac @a
refused "the host's address" host \
	ip link set dev d type nvswitch_slave initial_mac @h
refused "a group address" . \
	ip link set dev d type nvswitch_slave initial_mac @multicast
refused "the broadcast address" . \
	ip link set dev d type nvswitch_slave initial_mac @broadcast
set_port d initial_mac @d1
is "by the administrator: says so" admin get d initial_mac_source
macs "by the administrator, and the peer has another" d d1 d1 d1 ok
frame "the address it was given" d a src d1 to a
frame "the one that its peer has" d a drop forged_transmit
frame "it is reached there" a d1 to d
frame "its own it has left" a d drop no_destination
is "the old one is nobody's" none fdb d
set_port d initial_mac "$none"
macs "taken back: the peer's again" d d d d ok
is "taken back: says so" peer get d initial_mac_source

# A peer's address changes: before the first carrier it is the initial MAC

veth e
peer link set dev e down
ip link set dev e master nvs0
ip link set dev e up
macs "a peer being set up" e e e e ok
peer link set dev e address @e1
macs "its address follows" e e1 e1 e1 ok
is "the old one is free" none fdb e
peer link set dev e address @a
is "it takes one that is taken" mac_conflict get e mac_state
is "of which its owner keeps sole possession" owned:a fdb a
is "it has what it had" e1 get e effective_mac
peer link set dev e address @e2
macs "and lets go of it" e e2 e2 e2 ok
peer link set dev e address @a
is "once more" mac_conflict get e mac_state
ip link set dev a nomaster
macs "the owner leaves: it is its own" e a a a ok
refused "the owner returns" "belongs to another port" \
	ip link set dev a master nvs0
peer link set dev e address @e
is "it lets go again" e get e initial_mac
attach a
peer link set dev e up
becomes "first carrier" UP get e operstate

# Later it is a request. mac_changes reject: nothing more is delivered

peer link set dev e address @e1
macs "reject: another address" e e e1 e mac_change
frame "reject: what goes to it is refused" a e \
	refuse e:mac_change drop all_refused
frame "reject: and its broadcast" a broadcast to b,c,d,host refuse e:mac_change
frame "reject: the requested address leads nowhere" a e1 drop no_destination
frame "reject: nor may be sent" e a src e1 drop forged_transmit
frame "reject: the old one may" e a to a
peer link set dev e address @e
macs "reject: taken back" e e e e ok
frame "reject: all is delivered again" a e to e

# mac_changes accept: it becomes the effective MAC

set_port e mac_changes accept
peer link set dev e address @e1
macs "accept: another address" e e e1 e1 ok
is "accept: it is owned" owned:e fdb e1
is "accept: the initial one is reserved" reserved:e fdb e
frame "accept: it leads there" a e1 to e
frame "accept: and may be sent" e a src e1 to a
frame "accept: the initial one may not" e a src e drop forged_transmit
frame "accept: nor by another" b a src e drop mac_conflict
frame "accept: and leads nowhere" a e drop no_destination
refused "accept: nor can it be given to another" "belongs to another port" \
	ip link set dev b type nvswitch_slave initial_mac @e
set_port e mac_changes reject
macs "set back to reject" e e e1 e mac_change
is "set back: the requested one is free" none fdb e1
set_port e mac_changes inherit
set_switch mac_changes accept
macs "accept by the switch: the refused request is honoured" e e e1 e1 ok
set_switch mac_changes reject
macs "reject by the switch" e e e1 e mac_change
peer link set dev e address @e
macs "taken back in the end" e e e e ok

# By netlink: an agent that hears it from the hypervisor

set_port b requested_mac @b1
macs "an agent's request: reject" b b b1 b mac_change
set_port b mac_changes accept
macs "an agent's request: accept" b b b1 b1 ok
frame "an agent's request: may be sent" b a src b1 to a
set_port b requested_mac @b2
macs "another one" b b b2 b2 ok
is "the one before is free" none fdb b1
set_port b requested_mac "$none"
macs "taken back" b b b b ok
refused "a group address cannot be requested" . \
	ip link set dev b type nvswitch_slave requested_mac @multicast
set_port b requested_mac @b1
peer link set dev b down
becomes "without carrier a request is taken back" b get b requested_mac
is "and the initial one effective" b get b effective_mac
peer link set dev b up
becomes "carrier again" UP get b operstate

# Two want one address

breathe
set_port b requested_mac @a
macs "another port's address" b b a b mac_conflict
frame "what goes to it is refused" a b refuse b:mac_conflict drop all_refused
frame "and its broadcast" a broadcast to c,d,e,host refuse b:mac_conflict
frame "it may not send it" b c src a drop mac_conflict
frame "its own it may" b c to c
frame "the owner goes on" c a to a
ip link set dev a nomaster
macs "the owner leaves: honoured" b b a a ok
set_port b requested_mac "$none"
attach a
set_port b requested_mac @h
is "the host's address" mac_conflict get b mac_state
ip link set dev nvs0 address @i
macs "the host has another: honoured" b b h h ok
set_port b requested_mac "$none"
ip link set dev nvs0 address @h
bridge fdb add @s1 dev nvs0 self via a static
breathe
set_port b requested_mac @s1
is "an address that is static elsewhere" mac_conflict get b mac_state
bridge fdb del @s1 dev nvs0 self via a
macs "deleted: honoured" b b s1 s1 ok
set_port c mac_changes accept requested_mac @s1
is "requested by another: the first has it" mac_conflict get c mac_state
set_port d mac_changes accept requested_mac @s1
set_port c requested_mac @b
is "another port's reserved address" mac_conflict get c mac_state
set_port c requested_mac @s1
set_port b requested_mac "$none"
macs "taken back: the one that waits longest has it" d d s1 s1 ok
is "not the other" mac_conflict get c mac_state
set_port d mac_changes reject
macs "refused by policy: then the other" c c s1 s1 ok
set_port d requested_mac "$none"
set_port c requested_mac "$none" mac_changes reject
set_port d mac_changes inherit

# The administrator beats a request

breathe
set_port b requested_mac @s2
is "by request" owned:b fdb s2
set_port c initial_mac @s2
macs "the administrator gives it to another" c s2 s2 s2 ok
macs "the request loses it" b b s2 b mac_conflict
is "it has one owner" owned:c fdb s2
set_port c initial_mac "$none"
macs "given back: the request is honoured" b b s2 s2 ok
set_port b requested_mac "$none"

# An address in use elsewhere cannot be requested

breathe
set_port c nested
frame "learned elsewhere" c a src t1 to a
set_port b requested_mac @t1
is "in use there" mac_conflict get b mac_state
is "it stays" learned:c fdb t1
set_switch move_hold 1000
becomes "not in use any more: honoured" t1 get b effective_mac
is "it is displaced" owned:b fdb t1
frame "and no address of c any more" c a src t1 drop mac_conflict
set_port b requested_mac "$none"
frame "given back, c has it again" c a src t1 to a
unseen_for t1 1.2
set_port b learn_move deny
set_port b requested_mac @t1
is "learn_move deny: it must have gone" mac_conflict get b mac_state
set_port c learning off
becomes "gone: honoured" t1 get b effective_mac
set_port b requested_mac "$none" learn_move inherit
set_switch move_hold 60000

# At most ten requests a second are judged, and the last one always

# requests COUNT: b asks for so many addresses, one after another
requests()
{
	local i

	breathe
	begin=${EPOCHREALTIME/./}
	for ((i = 1; i <= $1; i++)); do
		set_port b requested_mac "@r$i"
	done
}

# promptly TITLE PATTERN WORD...: that is what it says before the second is over
promptly()
{
	must "${@:3}"
	if ((${EPOCHREALTIME/./} - begin > 900000)); then
		pass "$1 # SKIP this machine is too slow"
	elif [[ $answer =~ ^($2)$ ]]; then
		pass "$1"
	else
		fail "$1"
		note "${*:3}: '$answer' instead of '$2'"
	fi
}

requests 14
promptly "ten requests a second" "r8|r9|r10" get b effective_mac
is "the last one is known" r14 get b requested_mac
becomes "and honoured in the end" r14 get b effective_mac
set_port b requested_mac "$none"
becomes "taken back" b get b effective_mac

# What is refused meanwhile is refused at once

requests 12
set_port b mac_changes reject
promptly "reject, while a request waits: the initial MAC is in force" b \
	get b effective_mac
promptly "and nothing is delivered any more" mac_change get b mac_state
set_port b requested_mac "$none"
promptly "taking it back waits" mac_change get b mac_state
becomes "and is done in the end" ok get b mac_state
set_port b mac_changes accept
becomes "taken back once more" b get b effective_mac
requests 12
set_port b requested_mac "$none"
set_port b mac_changes reject
promptly "taken back, which waits, and then forbidden: the initial MAC is in force" \
	b get b effective_mac
becomes "and nothing is wrong in the end" ok get b mac_state
set_port b mac_changes accept

# A visible peer's address can be forgotten. When the guest is gone, or an agent that
# said something else, it is what is requested

peer link set dev c address @c1
macs "the peer has another" c c c1 c mac_change
set_port c requested_mac "$none"
macs "forgotten" c c c c ok
peer link set dev c down
becomes "it loses carrier" no has_carrier c
peer link set dev c up
becomes "and has it again" yes has_carrier c
macs "what it has is what counts" c c c1 c mac_change
peer link set dev c address @c
becomes "its own again" ok get c mac_state

# What is refused to the administrator takes nothing from whoever has it by request

guest k l m n
set_port k vlan access 10 mac_changes accept
set_port l vlan access 10 mac_changes reject
set_port m vlan access 20
set_port n vlan trunk 10,20
set_port l requested_mac @x1
set_port k requested_mac @x1
set_port l mac_changes accept
macs "the younger request was honoured" k k x1 x1 ok
is "the older one came too late" mac_conflict get l mac_state
bridge fdb add @x1 dev nvs0 self via m vlan 20 static
refused "an address that is static in another VLAN of the port" "static entry" \
	ip link set dev n type nvswitch_slave initial_mac @x1
macs "whoever has it by request keeps it" k k x1 x1 ok
is "the older one is still too late" mac_conflict get l mac_state
bridge fdb del @x1 dev nvs0 self via m vlan 20
set_port n initial_mac @x1
macs "without that the administrator takes it" k k x1 k mac_conflict

# With another VLAN and another MAC in one command, it is those two that must fit

guest o p
set_port o vlan access 30
set_port p vlan access 31 initial_mac @o
refused "the same MAC in the other's VLAN" "two ports" \
	ip link set dev p type nvswitch_slave vlan access 30
works "another VLAN, and another MAC" \
	ip link set dev p type nvswitch_slave vlan access 30 initial_mac @p1
is "it is there" owned:p fdb p1 30
is "and no more here" none fdb o 31
refused "back again, with the MAC that is another's here" "belongs to another port" \
	ip link set dev p type nvswitch_slave vlan access 30 initial_mac @o
set_port p vlan access 31
refused "and from elsewhere" "belongs to another port" \
	ip link set dev p type nvswitch_slave vlan access 30 initial_mac @o
is "nothing has changed" owned:p fdb p1 31

# Setting an initial MAC that is what the guest wants anyhow

set_port d mac_changes reject
set_port d requested_mac @d5
is "refused" mac_change get d mac_state
set_port d initial_mac @d5
macs "given by the administrator" d d5 d5 d5 ok
frame "all is delivered" a d5 to d

finish
