#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# VLANs: the modes none, access and trunk, of a port and of a group; which tags
# a frame comes and leaves with, and that none lets it hop into another VLAN.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest a b c d t w n
uplink u

# Modes, and what is shown of them

set_port a vlan access 10
set_port b vlan access 10
set_port c vlan access 20
set_port t vlan trunk 10,20-29
set_port w vlan trunk all
set_port n vlan trunk 10,30 native 20
is "none: the default" '{"mode": "none"}' get d vlan_resolved
is "none: nobody has set it" switch get d vlan_level
is "access" '{"mode": "access", "vid": 10}' get a vlan_resolved
is "access: the port's own" port get a vlan_level
is "trunk: a list" '{"mode": "trunk", "trunk": [[10, 10], [20, 29]]}' \
	get t vlan_resolved
is "trunk: all" '{"mode": "trunk", "trunk": [[0, 4094]]}' get w vlan_resolved
is "trunk: native" \
	'{"mode": "trunk", "trunk": [[10, 10], [30, 30]], "native": 20}' \
	get n vlan_resolved

# Broadcast reaches the members of its VLAN; nobody else's counters move

frame "access: tagged towards trunks, untagged towards access" a broadcast \
	to b,t/10,w/10,n/10,u/10,host/10
frame "another VLAN, native on a trunk" c broadcast \
	to t/20,w/20,n,u/20,host/20
frame "none: VLAN 0, which leaves untagged" d broadcast to w,u,host
frame "trunk: one of its VLANs" t broadcast vlan 10 \
	to a/untag,b/untag,w,n,u,host
frame "trunk: one from a range" t broadcast vlan 25 to w,u,host
frame "trunk: the last of a range" t broadcast vlan 29 to w,u,host
frame "trunk: native elsewhere" t broadcast vlan 20 \
	to c/untag,n/untag,w,u,host
for vlan in 1 9 11 19 30 4094 4095; do
	frame "trunk: not one of its VLANs: $vlan" t broadcast vlan "$vlan" \
		drop vlan_filter
done
frame "trunk without VLAN 0: untagged" t broadcast drop vlan_filter
frame "trunk without VLAN 0: a priority tag" t broadcast vlan 0 \
	drop vlan_filter
frame "trunk all: untagged is VLAN 0" w broadcast to d,u,host
frame "trunk all: so is a priority tag" w broadcast vlan 0 to d,u,host
frame "trunk all: the last VLAN" w broadcast vlan 4094 to u,host
frame "trunk all: 4095 is no VLAN" w broadcast vlan 4095 drop vlan_filter
frame "native: untagged" n broadcast to c,t/20,w/20,u/20,host/20
frame "native: a priority tag" n broadcast vlan 0 to c,t/20,w/20,u/20,host/20
frame "native: its own tag" n broadcast vlan 20 to c/untag,t,w,u,host
frame "native: beside it, a tagged VLAN" n broadcast vlan 30 to w,u,host
frame "native: not one of its VLANs" n broadcast vlan 5 drop vlan_filter
for vlan in 10 20 4094; do
	frame "access: a tag: $vlan" a broadcast vlan "$vlan" drop vlan_filter
	frame "none: a tag: $vlan" d broadcast vlan "$vlan" drop vlan_filter
done
frame "uplink: to access untagged, to trunks tagged" u broadcast src x vlan 10 \
	to a/untag,b/untag,t,w,n,host
frame "uplink: native" u broadcast src x vlan 20 to c/untag,n/untag,t,w,host
frame "uplink: untagged" u broadcast src x to d,w,host
frame "uplink: a VLAN of one trunk" u broadcast src x vlan 77 to w,host
frame "uplink: 4095 is no VLAN" u broadcast src x vlan 4095 drop vlan_filter
frame "host: to access untagged, to trunks tagged" host broadcast src h \
	vlan 10 to a/untag,b/untag,t,w,n,u
frame "host: native" host broadcast src h vlan 20 to c/untag,n/untag,t,w,u
frame "host: untagged" host broadcast src h to d,w,u
frame "multicast: the same" a multicast to b,t/10,w/10,n/10,u/10,host/10
frame "multicast from an uplink" u multicast src x vlan 20 \
	to c/untag,n/untag,t,w,host

# Two VLANs that both leave untagged would be one to the guest

set_port w vlan trunk all native 20
frame "all and native: untagged" w broadcast to c,t/20,n,u/20,host/20
frame "all and native: a priority tag" w broadcast vlan 0 \
	to c,t/20,n,u/20,host/20
frame "all and native: VLAN 0 is none of its own" d broadcast to u,host
frame "all and native: the native VLAN" t broadcast vlan 20 \
	to c/untag,n/untag,w/untag,u,host
set_port w vlan trunk all

# The priority of a tag stays, also where the VLAN gets another name

frame "access: the priority of a priority tag" a broadcast tags 8100:e000 \
	leaves 8100:e00a to b/untag,t,w,n,u,host
frame "access: the drop eligible bit" a broadcast tags 8100:1000 \
	leaves 8100:100a to b/untag,t,w,n,u,host
frame "native: the priority of a priority tag" n broadcast tags 8100:e000 \
	leaves 8100:e014 to c/untag,t,w,u,host
frame "trunk: the priority of a tag" t broadcast tags 8100:b00a \
	to a/untag,b/untag,w,n,u,host
frame "uplink: the priority of a tag" u broadcast src x tags 8100:6014 \
	to c/untag,n/untag,t,w,host
frame "VLAN 0: its priority tag goes" w broadcast tags 8100:e000 \
	leaves untagged to d,u,host

# Unicast stays in its VLAN, whether known or unknown

frame "known, access to access" a b to b
frame "known, access to trunk" a t to t/10
frame "known, trunk to access" t a vlan 10 to a/untag
frame "known, trunk to trunk" t w vlan 25 to w
frame "known, to a native VLAN" c n to n
frame "known, from a native VLAN" n t to t/20
frame "known, to VLAN 0 of a trunk" d w to w
frame "known, from the uplink" u a src x vlan 10 to a/untag
frame "known, from the host" host c src h vlan 20 to c/untag
frame "to itself" a a drop same_port
frame "in no VLAN of the sender: unknown" a c to u/10
frame "nor to VLAN 0" a d to u/10
frame "a trunk in the wrong VLAN" t a vlan 20 to u
frame "a trunk that does not carry it" d t to u
frame "from the uplink in the wrong VLAN" u a src x vlan 20 drop no_destination
frame "from the host in the wrong VLAN" host a src h vlan 20 to u
frame "to the host, which is in all" a h to host/10
frame "to the host, from a trunk" t h vlan 25 to host
for port in b c n; do
	set_port "$port" nested
done
frame "unknown: learning ports in the VLAN" a y to b,n/10,u/10
frame "unknown: in another VLAN" t y vlan 20 to c/untag,n/untag,u
frame "unknown: where no learning port is" d y to u
frame "unknown: from the uplink" u y src x vlan 10 to b/untag,n
frame "unknown: from the uplink, nobody" u y src x vlan 25 drop no_destination
frame "unknown: from the host" host y src h vlan 10 to b/untag,n,u
set_port c promiscuous accept
set_port t promiscuous accept
frame "promiscuous: copies of its VLAN" a b to b,t/10
frame "promiscuous: and of no other" d w to w
frame "promiscuous: untagged" n w vlan 20 to c/untag,t,w
frame "promiscuous: unknown unicast" host y src h vlan 20 \
	to c/untag,n/untag,t,u
frame "promiscuous: from the uplink" u w src x vlan 22 to t,w
for port in b c n; do
	set_port "$port" learning inherit promiscuous inherit \
		forged_transmits inherit
done
set_port t promiscuous inherit

# An address is known in its VLAN

set_port t nested unicast_flood off
frame "learned in VLAN 10" t broadcast src t1 vlan 10 \
	to a/untag,b/untag,w,n,u,host
is "is an entry of VLAN 10" learned:t fdb t1 10
is "and of no other" none fdb t1 20
frame "known there" a t1 to t/10
frame "unknown elsewhere" c t1 to u/20
set_port b nested unicast_flood off
frame "learned in VLAN 20 too" t broadcast src t1 vlan 20 \
	to c/untag,n/untag,w,u,host
is "two entries" 2 entries learned t
is "which count twice" 2 get t learned
frame "where it is in use, nobody takes it" b broadcast src t1 drop mac_move
set_port c nested unicast_flood off
frame "nor in the other VLAN" c broadcast src t1 drop mac_move
frame "access: learned" b broadcast src t2 to a,t/10,w/10,n/10,u/10,host/10
is "access: in the port's VLAN" learned:b fdb t2 10
frame "the same address in another VLAN is another entry" \
	c broadcast src t2 to t/20,w/20,n,u/20,host/20
is "is where it is" learned:c fdb t2 20
is "and the first one stays" learned:b fdb t2 10
frame "a priority tag is learned in the same VLAN" b broadcast src t3 vlan 0 \
	to a,t/10,w/10,n/10,u/10,host/10
is "as if it were untagged" learned:b fdb t3 10
frame "remote in one VLAN" u a src x1 vlan 10 to a/untag
frame "is unknown in another" c x1 to u/20
is "is one entry" remote:u fdb x1 10
is "and not in another" none fdb x1 20

# What a port leaves takes its entries with it

set_port t vlan trunk 10
is "a VLAN left: its entry goes" none fdb t1 20
is "the others stay" learned:t fdb t1 10
set_port t vlan trunk 10,20-29
is "back again, it is not remembered" none fdb t1 20
set_port b vlan access 30
is "another VLAN: all entries go" 0 entries learned b
set_port b vlan access 10
set_port c vlan trunk 20
is "the mode changes, the VLAN stays: so does the entry" learned:c fdb t2 20
set_port c vlan access 20
bridge fdb add @s1 dev nvs0 self via t vlan 22 static
refused "a static entry keeps its port in the VLAN" "static entry" \
	ip link set dev t type nvswitch_slave vlan trunk 10,20,21
refused "also if it would be untagged" "static entry" \
	ip link set dev t type nvswitch_slave vlan access 10
set_port t vlan access 22
is "an access port of that VLAN may keep it" static:t fdb s1 22
set_port t vlan trunk 10,20-29
bridge fdb del @s1 dev nvs0 self via t vlan 22
refused "a static entry in a VLAN that the port is not in" VLAN \
	bridge fdb add @s1 dev nvs0 self via t vlan 30 static
for port in b c t; do
	set_port "$port" learning inherit forged_transmits inherit \
		unicast_flood inherit
done

# One MAC, one owner in each VLAN

veth e
peer link set dev e address @a
attach e
is "the same MAC in another VLAN" '{"mode": "none"}' get e vlan_resolved
is "has two owners" owned:e fdb a
is "one in each" owned:a fdb a 10
frame "it leads to the one" b a to a
frame "and to the other" host a src h to e
frame "both may send" e w src a to w
frame "each in its own VLAN" a t src a to t/10
refused "not in one VLAN" "two ports" \
	ip link set dev e type nvswitch_slave vlan access 10
refused "nor in a trunk's" "two ports" \
	ip link set dev e type nvswitch_slave vlan trunk 5,9-11
refused "nor in a native one" "two ports" \
	ip link set dev e type nvswitch_slave vlan trunk 5 native 10
refused "nor in all" "two ports" \
	ip link set dev e type nvswitch_slave vlan trunk all
refused "nor if the other one comes here" "two ports" \
	ip link set dev a type nvswitch_slave vlan none
set_port e vlan trunk 5,20
frame "a trunk beside it" t a vlan 20 to e
frame "which changes nothing for the first" t a vlan 10 to a/untag
frame "the uplink brings one back" u c src a vlan 20 drop reverse_path
frame "but where there is none" u w src a vlan 22 to w
frame "nor is it reserved there" w u src a vlan 23 drop forged_transmit
set_port w nested
frame "and for those who forge" w y src a vlan 23 to u
is "it is learned there" learned:w fdb a 23
frame "not where it is owned" w y src a vlan 20 drop mac_conflict
refused "and a third owner is one too many" "belongs to another port" \
	ip link set dev w type nvswitch_slave initial_mac @a
bridge fdb add @s1 dev nvs0 self via t vlan 22 static
frame "an address that is static in one VLAN" w y src s1 vlan 22 \
	drop mac_conflict
frame "is anybody's in another" w y src s1 vlan 23 to u
bridge fdb del @s1 dev nvs0 self via t vlan 22
set_port w learning inherit forged_transmits inherit unicast_flood inherit

ip link set dev e nomaster
peer link set dev e address @t
attach e with vlan trunk 30-40
frame "two trunks that share no VLAN" w t src w vlan 30 to e
refused "and shall not" "two ports" \
	ip link set dev e type nvswitch_slave vlan trunk 29-40
refused "from neither side" "two ports" \
	ip link set dev t type nvswitch_slave vlan trunk 10,20-30

# The same by request: a conflict only where they meet

ip link set dev e nomaster
peer link set dev e address @e
attach e with mac_changes accept vlan access 20
set_port e requested_mac @b
is "requested, in another VLAN: honoured" b get e effective_mac
frame "it leads to the one" c b to e
frame "and to the other" a b to b
refused "not into its VLAN" "two ports" \
	ip link set dev e type nvswitch_slave vlan trunk 10,20
set_port e requested_mac 00:00:00:00:00:00
set_port e vlan trunk 10,20
set_port e requested_mac @b
is "requested, in a common VLAN" mac_conflict get e mac_state
frame "nothing is delivered to it, in any VLAN" c e \
	refuse e:mac_conflict drop all_refused
set_port e vlan access 20
is "in no common VLAN any more: honoured" b get e effective_mac
set_port e requested_mac 00:00:00:00:00:00
ip link set dev e nomaster

# One adopted MAC, in each VLAN that it was seen in

tap k
ip link set dev k up
attach k with vlan trunk 10,20
frame "adopted" k a src k1 vlan 10 to a/untag
is "is an entry of that VLAN" adopted:k fdb k1 10
is "and no other" none fdb k1 20
frame "seen in another one" k c src k1 vlan 20 to c/untag
is "is another entry" adopted:k fdb k1 20
frame "no other address, in any VLAN" k c src k2 vlan 20 drop forged_transmit
frame "it leads there" a k1 to k/10
set_port k vlan access 20
is "a VLAN left: its entry goes" none fdb k1 10
is "the other stays" adopted:k fdb k1 20
is "and it is the port's" k1 get k adopted_mac
frame "untagged now" k c src k1 to c
must forget k
must reset

# BPDUs stay in their VLAN, too

set_port b bpdu pass
set_port c bpdu pass
set_port t bpdu pass
frame "a BPDU, to those who pass it in the VLAN" b stp to t/10,u/10
frame "in another one" t stp vlan 20 to c/untag,u
frame "from the uplink" u stp src x vlan 10 to b/untag,t
for port in b c t; do
	set_port "$port" bpdu drop
done

# Tags in the frame and beside it mean the same thing

# The peers' devices are in another namespace. lib.sh sets the answer.
must netns
guests=${answer-}
peer link add link t name t.10 type vlan id 10
peer link set dev t.10 up
upper t.10 t.10 t
tap k l
ip link set dev k up
ip link set dev l up
attach k with initial_mac @k vlan trunk 10,20
attach l with initial_mac @l vlan access 10
for port in on off; do
	for far in on off; do
		ethtool -K t txvlan "$port" rxvlan "$port" || die "ethtool"
		ethtool -K u txvlan "$port" rxvlan "$port" || die "ethtool"
		nsenter --net="$guests" ethtool -K t txvlan "$far" \
			rxvlan "$far" || die "ethtool"
		title="offload $port, of the peer $far"
		frame "$title: tagged by a device" t.10 broadcast src t \
			leaves 10 to a/untag,b/untag,w,n,u,host,k,l/untag
		frame "$title: tagged by the guest" t broadcast vlan 10 \
			to a/untag,b/untag,w,n,u,host,k,l/untag
		frame "$title: with a priority" t a tags 8100:a00a to a/untag
		frame "$title: to the trunk" a t to t/10,t.10
		frame "$title: from a tap" k t vlan 10 to t,t.10/untag
		frame "$title: from the uplink" u t src x tags 8100:a00a \
			to t,t.10/untag
		frame "$title: two tags" w t vlan 20,10 to t
	done
done
must forget t.10
peer link del dev t.10
frame "tap: tagged towards a trunk" l broadcast \
	to a,b,t/10,w/10,n/10,u/10,host/10,k/10
frame "tap: and back" k l vlan 10 to l/untag
frame "tap: its priority stays" k t tags 8100:e00a to t
frame "tap: a priority tag" l k tags 8100:e000 leaves 8100:e00a to k
frame "tap: not one of its VLANs" k l vlan 11 drop vlan_filter
frame "tap: untagged on a trunk" k l drop vlan_filter
frame "tap: a tag on access" l k vlan 10 drop vlan_filter
frame "tap: two tags" k t vlan 20,10 to t
frame "a GSO frame is tagged" a t gso 900 length 5000 to t/10
frame "a GSO frame loses its tag" t a vlan 10 gso 900 length 5000 to a/untag
frame "a GSO frame keeps its tag" t w vlan 25 gso 900 length 5000 to w
frame "a GSO frame from a tap is tagged" l k gso 900 length 5000 to k/10
frame "one that is to be checksummed is tagged" a t csum to t/10
must forget k l

# MTU: what is behind the Ethernet header and one tag

for port in a t u; do
	ip link set dev "$port" mtu 1000
done
ip link set dev nvs0 mtu 1500
frame "MTU: a tag that is removed" w a vlan 10 length 1000 to a/untag
frame "MTU: too long without it" w a vlan 10 length 1001 \
	refuse a:mtu drop all_refused
frame "MTU: a tag that is added" b t length 1000 to t/10
frame "MTU: too long with it" b t length 1001 refuse t:mtu drop all_refused
frame "MTU: a tag that stays" w t vlan 20 length 1000 to t
frame "MTU: a second tag is payload" w t vlan 20,5 length 996 to t
frame "MTU: too long with it" w t vlan 20,5 length 997 \
	refuse t:mtu drop all_refused
frame "MTU: an 802.1ad tag is one" w y tags 88a8:5 length 1000 to u
frame "MTU: too long with it" w y tags 88a8:5 length 1001 \
	refuse u:mtu drop all_refused
frame "MTU: a priority tag that is removed" w y vlan 0 length 1000 to u
frame "MTU: in a broadcast each for itself" w broadcast vlan 10 length 1001 \
	to b/untag,n,host refuse a:mtu,t:mtu,u:mtu
for port in a t u; do
	ip link set dev "$port" mtu 1500
done
ip link set dev nvs0 mtu 1500

# Every pair of tags through every mode. Where a tag is removed or added, what
# is behind it would become the VLAN.

# carries PORT VID
carries()
{
	case $1 in
	a) (($2 == 10)) ;;
	d) (($2 == 0)) ;;
	t) (($2 == 10 || ($2 >= 20 && $2 <= 29))) ;;
	n) (($2 == 10 || $2 == 20 || $2 == 30)) ;;
	*) (($2 != 4095)) ;;
	esac
}

# is_tagged PORT VID: whether frames of that VLAN are tagged there
is_tagged()
{
	case $1 in
	a | d) return 1 ;;
	n) (($2 != 20)) ;;
	*) (($2 != 0)) ;;
	esac
}

# hides PORT VID OUTER INNER: whether INNER would become the VLAN there. A lone
# 802.1ad tag is payload in VLAN 0 of a trunk.
hides()
{
	if [[ $3 == 88a8:* ]]; then
		[[ $1 == [and] ]] || (($2))
	else
		[[ $4 ]] && ! is_tagged "$1" "$2"
	fi
}

# takes PORT VID OUTER INNER: whether such tags may come from there
takes()
{
	if [[ $1 == [ad] && $3 == 8100:* && $3 != 8100:0000 ]]; then
		return 1
	fi
	! hides "$@"
}

# pair PORT OUTER INNER: what becomes of a broadcast with these tags
pair()
{
	local in=$1 outer=$2 inner=$3 src=$1 vid=0 out to='' refuse='' tags
	local -A native=([a]=10 [t]=4095 [n]=20)

	tags=${outer:+$outer${inner:+,$inner}}
	case $in in
	u) src=x ;;
	host) src=h ;;
	esac
	vid=${native[$in]-0}
	[[ $outer != 8100:* ]] || ((16#${outer#*:} == 0)) ||
		vid=$((16#${outer#*:}))
	if ! carries "$in" "$vid" || ! takes "$in" "$vid" "$outer" "$inner"; then
		frame "$in: ${tags:-no tag}: dropped" "$in" broadcast \
			src "$src" ${tags:+tags "$tags"} drop vlan_filter
		return
	fi
	for out in a d t n w u host; do
		if [[ $out == "$in" ]] || ! carries "$out" "$vid"; then
			continue
		elif hides "$out" "$vid" "$outer" "$inner"; then
			refuse+=,$out:vlan_filter
		elif [[ $outer == 88a8:* ]] || is_tagged "$out" "$vid"; then
			to+=,$out
		else
			to+=,$out/untag
		fi
	done
	# What arrives untagged there is written down as without its tag.
	if [[ $outer == 88a8:* ]]; then
		out=$tags
	elif ((vid)); then
		out=$(printf '8100:%04x' "$vid")${inner:+,$inner}
	else
		out=untagged
	fi
	frame "$in: ${tags:-no tag}: in VLAN $vid" "$in" broadcast \
		src "$src" ${tags:+tags "$tags"} leaves "$out" \
		${to:+to "${to#,}"} ${refuse:+refuse "${refuse#,}"}
}

ip link set dev b nomaster
ip link set dev c nomaster
for port in a d t w n u host; do
	pair "$port" '' ''
	for outer in 8100:0000 8100:000a 8100:0014 8100:001e 8100:0fff \
		88a8:0000 88a8:000a; do
		pair "$port" "$outer" ''
		for inner in 8100:0000 8100:000a 8100:0014 88a8:000a; do
			pair "$port" "$outer" "$inner"
		done
	done
done
frame "unicast: no hop out of a trunk" t a vlan 10,20 \
	refuse a:vlan_filter drop all_refused
frame "unicast: nor into a native VLAN" t n vlan 20,10 \
	refuse n:vlan_filter drop all_refused
frame "unicast: nor out of one" n t vlan 20,10 drop vlan_filter
frame "unicast: nor with an 802.1ad tag" t a tags 8100:a,88a8:14 \
	refuse a:vlan_filter drop all_refused
frame "unicast: nor to mode none" w d tags 88a8:a \
	refuse d:vlan_filter drop all_refused
frame "three tags on a trunk" w t vlan 20,10,20 to t
attach b with vlan access 10
attach c with vlan access 20

# The host takes part through its VLAN devices

ip link add link nvs0 name nvs0.10 type vlan id 10
ip link set dev nvs0.10 up
upper h10 nvs0.10 host
frame "host: to its VLAN device" a h to host/10,h10
frame "host: broadcast in its VLAN" a broadcast \
	to b,t/10,w/10,n/10,u/10,host/10,h10
frame "host: not that of another" c broadcast to t/20,w/20,n,u/20,host/20
frame "host: from its VLAN device" h10 a src h to a
frame "host: the whole VLAN" h10 broadcast src h leaves 10 \
	to a/untag,b/untag,t,w,n,u
frame "host: from a trunk" t h vlan 10 to host,h10/untag
frame "host: unknown unicast" h10 y src h leaves 10 to u
must forget h10
ip link del dev nvs0.10

# From a group; a port's own mode wins

nvsw group add nvs0 web vlan access 10
set_port d group web
is "group: access" '{"mode": "access", "vid": 10}' get d vlan_resolved
is "group: says so" group get d vlan_level
is "group: the port has none of its own" '{"mode": "inherit"}' get d vlan
frame "group: it is in force" d a to a
frame "group: and tagged" d t to t/10
set_port d vlan access 20
is "group: the port's own wins" port get d vlan_level
frame "group: and is in force" d c to c
set_group web vlan trunk 30,40 native 10
frame "group: which the group does not change" d c to c
set_port d vlan inherit
is "group: inherited again" \
	'{"mode": "trunk", "trunk": [[30, 30], [40, 40]], "native": 10}' \
	get d vlan_resolved
frame "group: native" d a to a
frame "group: tagged" d n vlan 30 to n
set_group web vlan trunk all
frame "group: all" d c vlan 20 to c/untag
set_group web vlan none
frame "group: none" d w to w
frame "group: no tag" d c vlan 20 drop vlan_filter
set_group web vlan inherit
is "group: which has none: none" switch get d vlan_level
frame "group: none is the default" d w to w
set_port d nogroup

# What is refused: bad values, by ip and by the kernel

for mode in 'access 0' 'access 4095' 'access 4096' 'access -1' 'access x' \
	access 'trunk' 'trunk 5-3' 'trunk 3,3' 'trunk 1-5,5' 'trunk 4095-4096' \
	'trunk 1,' 'trunk ,' 'trunk 5000' 'trunk 1 native 0' \
	'trunk 1 native 4095' 'trunk 1 native' 'private 5' \
	'private 5 isolated' 'private 5 isolated 0' 'private 0 promiscuous' \
	'private 5 community 4095' 'private 5 other' other; do
	refused "ip: vlan $mode" . \
		ip link set dev d type nvswitch_slave vlan "$mode"
done

# kernel TITLE ATTRIBUTE...: in the nest of a port's VLAN mode, and of a group's
kernel()
{
	local title=$1

	shift
	refused "kernel: $title" EINVAL\|ERANGE genl port_set port=dev:d \
		"${@/#/settings.vlan.}"
	refused "kernel, group: $title" EINVAL\|ERANGE genl group_set \
		switch=dev:nvs0 group=str:web "${@/#/vlan.}"
}

access=mode=u8:2 trunk=mode=u8:3 private=mode=u8:4
kernel "no mode" vid=u16:5
kernel "an unknown mode" mode=u8:5
kernel "none with a VLAN" mode=u8:1 vid=u16:5
kernel "inherit with a VLAN" mode=u8:0 vid=u16:5
kernel "access without a VLAN" $access
kernel "access 0" $access vid=u16:0
kernel "access 4095" $access vid=u16:4095
kernel "access with a native VLAN" $access vid=u16:5 native=u16:6
kernel "access with a list" $access vid=u16:5 ranges=hex:06000600
kernel "trunk without a list" $trunk
kernel "trunk with an empty list" $trunk ranges=hex:
kernel "trunk with half a range" $trunk ranges=hex:0600
kernel "trunk, a range and a half" $trunk ranges=hex:060006000700
kernel "trunk, reversed" $trunk ranges=hex:06000500
kernel "trunk, descending" $trunk ranges=hex:0600060005000500
kernel "trunk, overlapping" $trunk ranges=hex:0500070007000800
kernel "trunk, twice the same" $trunk ranges=hex:0500050005000500
kernel "trunk, to 4095" $trunk ranges=hex:0000ff0f
kernel "trunk, beyond" $trunk ranges=hex:0000ffff
kernel "trunk, native 0" $trunk ranges=hex:06000600 native=u16:0
kernel "trunk, native 4095" $trunk ranges=hex:06000600 native=u16:4095
kernel "trunk with a VLAN of its own" $trunk ranges=hex:06000600 vid=u16:5
kernel "private without a type" $private vid=u16:5
kernel "private, an unknown type" $private vid=u16:5 type=u8:3
kernel "private without a primary VLAN" $private type=u8:0
kernel "promiscuous with a secondary VLAN" $private vid=u16:5 type=u8:0 \
	secondary=u16:6
kernel "isolated without one" $private vid=u16:5 type=u8:1
kernel "community 4095" $private vid=u16:5 type=u8:2 secondary=u16:4095
refused "an uplink has no VLAN mode" "all VLANs" \
	ip link set dev u type nvswitch_slave vlan access 10
works "two ranges" genl port_set port=dev:d settings.vlan.$trunk \
	settings.vlan.ranges=hex:010003000500fe0f
is "are what is shown" '{"mode": "trunk", "trunk": [[1, 3], [5, 4094]]}' \
	get d vlan

finish
