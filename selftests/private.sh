#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Private VLANs: who may talk to whom, in which VLAN that travels, and what may
# be a secondary VLAN.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000
guest p q with vlan private 100 promiscuous
guest i j with vlan private 100 isolated 101
guest c d with vlan private 100 community 102
guest e with vlan private 100 community 103
guest t with vlan trunk 100-103
guest s with vlan trunk 101
guest o with vlan access 200
uplink u

is "promiscuous" \
	'{"mode": "private", "primary": 100, "type": "promiscuous"}' \
	get p vlan_resolved
is "isolated" \
	'{"mode": "private", "primary": 100, "type": "isolated", "secondary": 101}' \
	get i vlan_resolved
is "community" \
	'{"mode": "private", "primary": 100, "type": "community", "secondary": 102}' \
	get c vlan_resolved

# Broadcast, from every kind of member and from outside, in P and in S

frame "promiscuous: to all members, in P" p broadcast \
	to q,i,j,c,d,e,t/100,u/100,host/100
frame "isolated: to promiscuous ones and outside, in S" i broadcast \
	to p,q,t/101,s/101,u/101,host/100 \
	refuse j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
frame "community: to its own as well" c broadcast \
	to p,q,d,t/102,u/102,host/100 \
	refuse i:private_vlan,j:private_vlan,e:private_vlan
frame "community: another one" e broadcast to p,q,t/103,u/103,host/100 \
	refuse i:private_vlan,j:private_vlan,c:private_vlan,d:private_vlan
all=p/untag,q/untag,i/untag,j/untag,c/untag,d/untag,e/untag
frame "uplink, in P: to all members" u broadcast src x vlan 100 to "$all",t,host
frame "uplink, in an isolated S: to promiscuous ones" u broadcast src x \
	vlan 101 to p/untag,q/untag,t,s,host/100 refuse \
	i:private_vlan,j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
frame "uplink, in a community's S: to that community" u broadcast src x \
	vlan 102 to p/untag,q/untag,c/untag,d/untag,t,host/100 \
	refuse i:private_vlan,j:private_vlan,e:private_vlan
frame "host: to all members" host broadcast src h vlan 100 to "$all",t,u
frame "trunk, in P: to all members" t broadcast vlan 100 to "$all",u,host
frame "trunk, in an isolated S: as it is" t broadcast vlan 101 \
	to p/untag,q/untag,s,u,host/100 refuse \
	i:private_vlan,j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
frame "trunk, in a community's S" t broadcast vlan 103 \
	to p/untag,q/untag,e/untag,u,host/100 \
	refuse i:private_vlan,j:private_vlan,c:private_vlan,d:private_vlan
frame "trunk of S alone" s broadcast vlan 101 \
	to p/untag,q/untag,t,u,host/100 refuse \
	i:private_vlan,j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
frame "trunk of S alone: P is none of its VLANs" s broadcast vlan 100 \
	drop vlan_filter
frame "access to another VLAN: nobody here" o broadcast to u/200,host/200
frame "another VLAN: nobody here" u broadcast src x vlan 200 to o/untag,host
frame "multicast: the same" i multicast to p,q,t/101,s/101,u/101,host/100 \
	refuse j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan

# Unicast, from each to each

declare -A travels=([i]=101 [j]=101 [c]=102 [d]=102 [e]=103)

# may FROM TO
may()
{
	[[ $1 == [pqtu] || $1 == host || $2 == [pqtu] || $2 == host ]] ||
		[[ ${travels[$1]} == "${travels[$2]}" && $1 == [cd] ]]
}

# mac END
mac()
{
	case $1 in
	u) echo x ;;
	host) echo h ;;
	*) echo "$1" ;;
	esac
}

frame "one behind the uplink" u broadcast src x vlan 100 to "$all",t,host
for from in p q i j c d e t u host; do
	tag=''
	[[ $from != [tu] && $from != host ]] || tag="vlan 100"
	vlan=${travels[$from]-100}
	for to in p q i j c d e t u host; do
		[[ $from != "$to" ]] || continue
		case $to in
		[tu]) arrives=$to/$vlan ;;
		host) arrives=host/100 ;;
		*) arrives=$to${tag:+/untag} ;;
		esac
		# shellcheck disable=SC2086 # two words or none
		if may "$from" "$to"; then
			frame "$from to $to" "$from" "$(mac "$to")" \
				src "$(mac "$from")" $tag to "$arrives"
		else
			frame "$from to $to: refused" "$from" "$(mac "$to")" \
				src "$(mac "$from")" $tag \
				refuse "$to:private_vlan" drop all_refused
		fi
	done
done
frame "uplink, in an isolated S: not to such a one" u i src x vlan 101 \
	refuse i:private_vlan drop all_refused
frame "uplink, in an isolated S: to a promiscuous one" u p src x vlan 101 \
	to p/untag
frame "uplink, in a community's S: to it" u c src x vlan 102 to c/untag
frame "uplink, in a community's S: to no other" u e src x vlan 102 \
	refuse e:private_vlan drop all_refused
frame "trunk, in an isolated S: not to such a one" t i vlan 101 \
	refuse i:private_vlan drop all_refused
frame "trunk of S alone: to a promiscuous one" s p vlan 101 to p/untag
frame "to a trunk of S alone" i s to s/101

# Tags

for vlan in 100 101 5; do
	frame "isolated: a tag: $vlan" i p vlan "$vlan" drop vlan_filter
	frame "promiscuous: a tag: $vlan" p q vlan "$vlan" drop vlan_filter
done
frame "a priority tag" i p vlan 0 to p
frame "its priority stays" i broadcast tags 8100:e000 \
	leaves 8100:e065 to p/untag,q/untag,t,s,u,host/8100:e064 \
	refuse j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
for first in 8100:0000 8100:0064 8100:0065 88a8:0064; do
	for second in '' 8100:0000 8100:0064 8100:0065 88a8:0065; do
		[[ $first$second != 8100:0000 ]] || continue
		tags=$first${second:+,$second}
		frame "isolated: tags $tags" i broadcast tags "$tags" \
			drop vlan_filter
		frame "community: tags $tags" c broadcast tags "$tags" \
			drop vlan_filter
		frame "promiscuous: tags $tags" p broadcast tags "$tags" \
			drop vlan_filter
	done
done
for second in 8100:0000 8100:0065 88a8:0065; do
	frame "from the uplink: no hop: $second" u broadcast src x \
		tags "8100:0064,$second" to t,host refuse \
		p:vlan_filter,q:vlan_filter,i:vlan_filter,j:vlan_filter,c:vlan_filter,d:vlan_filter,e:vlan_filter
done
frame "to the host in S: what is behind the tag stays there" t h vlan 101,5 \
	to host/100+5

# Copies for the curious obey it, too

set_port j promiscuous accept
frame "promiscuous accept: not what another isolated one sends" i p \
	to p refuse j:private_vlan
frame "promiscuous accept: nor a community" c d to d refuse j:private_vlan
frame "promiscuous accept: what a promiscuous one sends" p q to q,j
frame "promiscuous accept: what comes in P" u p src x vlan 100 \
	to p/untag,j/untag
frame "promiscuous accept: not what comes in S" u p src x vlan 101 \
	to p/untag refuse j:private_vlan
frame "promiscuous accept: refused, and so nobody has it" i c \
	refuse c:private_vlan,j:private_vlan drop all_refused
set_port j promiscuous inherit
set_port c promiscuous accept
frame "promiscuous accept: its own community" d p to p,c
frame "promiscuous accept: no other" e p to p refuse c:private_vlan
set_port c promiscuous inherit

# Addresses are kept under P. Unknown unicast is refused where it must be

set_port i nested
set_port c nested
frame "learned from an isolated one" i p src i1 to p
is "in P" learned:i fdb i1 100
is "not in S" none fdb i1 101
frame "known to the promiscuous" p i1 to i
frame "and to the uplink, in P" u i1 src x vlan 100 to i/untag
frame "and to others, who may not" c i1 refuse i:private_vlan drop all_refused
frame "in use there" d p src i1 drop forged_transmit
frame "also for the one that learns" c p src i1 drop mac_move
frame "seen behind the uplink in S" u p src x1 vlan 101 to p/untag
is "is kept under P" remote:u fdb x1 100
frame "known to the promiscuous, in P" p x1 to u/100
frame "and to an isolated one, in S" j x1 to u/101
frame "unknown from a promiscuous one" p y to i,c,u/100
frame "unknown from an isolated one" j y to u/101 \
	refuse i:private_vlan,c:private_vlan
frame "unknown from a community" d y to c,u/102 refuse i:private_vlan
frame "unknown from another community" e y to u/103 \
	refuse i:private_vlan,c:private_vlan
frame "unknown from the uplink in S" u y src x vlan 101 \
	refuse i:private_vlan,c:private_vlan drop all_refused
bridge fdb add @s1 dev nvs0 self via q vlan 100 static
frame "a static address" i s1 to q
bridge fdb del @s1 dev nvs0 self via q vlan 100
for port in i c; do
	set_port "$port" learning inherit forged_transmits inherit \
		unicast_flood inherit
done
veth k
peer link set dev k address @i
attach k
refused "a clone elsewhere in P: refused" "two ports" \
	ip link set dev k type nvswitch_slave vlan private 100 community 102
refused "on a trunk of S" "two ports" \
	ip link set dev k type nvswitch_slave vlan trunk 102
refused "or in P" "two ports" \
	ip link set dev k type nvswitch_slave vlan access 100
peer link set dev k address @k
ip link set dev k nomaster
ip link set dev k master nvs0

# The host reaches all of them through its device in P, and they the host

ip link add link nvs0 name nvs0.100 type vlan id 100
ip link set dev nvs0.100 up
upper hp nvs0.100 host
frame "host to isolated" hp i src h to i
frame "isolated to host" i h to host/100,hp
frame "isolated to host, broadcast" i broadcast \
	to p,q,t/101,s/101,u/101,host/100,hp \
	refuse j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
frame "community to host" e h to host/100,hp
frame "host to all" hp broadcast src h leaves 100 to "$all",t,u
frame "from the uplink in S" u h src x vlan 101 to host/100,hp/untag
must forget hp
ip addr add 192.0.2.1/24 dev nvs0.100
peer addr add 192.0.2.2/24 dev i
works "the host connects to an isolated one" tcp host 192.0.2.2 65536
works "an isolated one connects to the host" tcp guests 192.0.2.1 65536
peer addr del 192.0.2.2/24 dev i
ip link del dev nvs0.100
must settle

# A VLAN that becomes secondary: what was entered there is no more

set_port s vlan trunk 104-106 nested unicast_flood off
frame "learned in an ordinary VLAN" s broadcast src s1 vlan 104 to u,host
frame "remote in it" u broadcast src x4 vlan 104 to s,host
is "entered" learned:s fdb s1 104
bridge fdb add @s2 dev nvs0 self via s vlan 105 static
refused "a static entry is in the way" "static entry" \
	ip link set dev j type nvswitch_slave vlan private 100 isolated 105
bridge fdb del @s2 dev nvs0 self via s vlan 105
set_port j vlan private 100 isolated 104
is "secondary: forgotten" none fdb s1 104
is "also what is remote" none fdb x4 104
frame "learned again" s broadcast src s1 vlan 104 \
	to p/untag,q/untag,u,host/100 refuse \
	i:private_vlan,j:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
is "under its primary" learned:s fdb s1 100
set_port j vlan private 100 isolated 101
is "ordinary again: forgotten" none fdb s1 100
set_port s vlan trunk 101 learning inherit forged_transmits inherit \
	unicast_flood inherit

# Another type, at once

set_port j vlan private 100 community 102
frame "now a community" c j to j
frame "and not with the isolated" i j refuse j:private_vlan drop all_refused
set_port j vlan private 100 promiscuous
frame "now promiscuous" i j to j
set_port j vlan private 100 isolated 104
frame "now isolated, in another S" j broadcast to p,q,u/104,host/100 refuse \
	i:private_vlan,c:private_vlan,d:private_vlan,e:private_vlan
set_port j vlan private 100 isolated 101

# What a secondary VLAN may be

# clash TITLE SENTENCE MODE...: on a port, a new group, and a group that exists
nvsw group add nvs0 rest
clash()
{
	refused "$1" "$2" ip link set dev o type nvswitch_slave vlan "${@:3}"
	refused "$1: a new group" "$2" nvsw group add nvs0 new vlan "${@:3}"
	refused "$1: a group" "$2" nvsw group set nvs0 rest vlan "${@:3}"
}

clash "S of another P" "another primary" private 200 isolated 101
clash "S of another P, a community's" "another primary" \
	private 300 community 102
clash "isolated, and a community's" "other type" private 100 isolated 102
clash "a community's, and isolated" "other type" private 100 community 101
clash "S as P" "primary and secondary" private 101 promiscuous
clash "P as S" "primary and secondary" private 300 isolated 100
clash "P as its own S" "primary and secondary" private 300 isolated 300
clash "S as access VLAN" "access or native" access 101
clash "S as native VLAN" "access or native" trunk 1-5 native 102
works "S in a trunk's list" ip link set dev o type nvswitch_slave \
	vlan trunk 200,103
set_port o vlan access 200
set_port k vlan access 203
clash "an access VLAN as S" "access or native" private 300 isolated 203
set_port k vlan trunk 1 native 201
clash "a native VLAN as S" "access or native" private 300 isolated 201
nvsw group add nvs0 web vlan access 202
clash "a group's access VLAN as S" "access or native" private 300 isolated 202
set_group web vlan private 300 community 301
refused "a group without ports says what S is" "access or native" \
	ip link set dev o type nvswitch_slave vlan access 301
set_port o vlan private 300 community 301
refused "the group cannot change it alone" "other type" \
	nvsw group set nvs0 web vlan private 300 isolated 301
nvsw group del nvs0 web
refused "nor is it free while a port is in it" "access or native" \
	ip link set dev k type nvswitch_slave vlan access 301
set_port o vlan access 200
works "nobody's S any more" ip link set dev k type nvswitch_slave \
	vlan access 301
works "another switch has other VLANs" ip link add nvs1 type nvswitch
works "where S is what it likes" nvsw group add nvs1 web vlan access 101

# From a group

nvsw group add nvs0 tenants vlan private 100 isolated 101
set_port o group tenants vlan inherit
frame "isolated by a group: not with its like" o i \
	refuse i:private_vlan drop all_refused
frame "isolated by a group: to a promiscuous one" o p to p
set_group tenants vlan private 100 community 102
frame "community by a group" o c to c
set_group tenants vlan private 100 promiscuous
frame "promiscuous by a group" o i to i

finish
