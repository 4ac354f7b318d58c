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
# Newer kernels refuse some themselves.

# claims TITLE WORD...: such a frame, where the kernel lets it be sent
claims()
{
	if ask frame "${@:2}"; then
		pass "$1"
	elif [[ $answer == "the kernel refuses it" ]]; then
		pass "$1 # SKIP $answer"
	else
		fail "$1"
		note "$answer"
	fi
}
# dropped REASON TITLE WORD...
dropped() { claims "${@:2}" drop "$1"; }

for where in 00000000 00000600 06000000 00000c00 0d000000; do
	for to in a x1 broadcast; do
		dropped malformed "checksum from the Ethernet header on, $where: to $to" \
			t "$to" length 1000 vnet "010022000000$where"
	done
done
dropped malformed "not the host's either" host x1 src h length 1000 \
	vnet 01000000000000000600
claims "of a veth pair: nobody fills it in" a b length 1000 \
	vnet 01000000000000000600 to b
claims "in a tag: nobody fills it in" host x1 src h vlan 10 length 1000 \
	vnet 0100000000000e000000 to u
claims "from right behind the header on" t a length 1000 \
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
bad "a checksum before the TCP header" vnet 01013600e80321001000
bad "a checksum behind the TCP header" vnet 01013600e80336001000
bad "a checksum that goes elsewhere in the UDP header" patch 9:11 \
	vnet 01033600e80322000400

# One frame is not as many as a CPU can bear. The kernel sees to that for TCP.

bad "10,000 fragments of a byte" patch 9:11 length 10000 \
	vnet 01033600010022000600
frame "8,000 segments of 8 bytes" t a csum length 64000 \
	vnet 01013600080022001000 to a

# IPv6: the kernel cuts behind some of its extension headers, not behind all.

ip6=600000001388 from=fe800000000000000000000000000001
hosts=${from}fe800000000000000000000000000002
tcp=1388138900000000000000005010200000000000
# What vnet says of TCP that starts at 40, 48 and 168 bytes.
at40=01044a00e80336001000 at48=01045200e8033e001000 at168=0104ca00e803b6001000

frame "TCP over IPv6" t a csum length 5000 type 0x86dd \
	vnet $at40 patch "0:${ip6}06ff$hosts" patch "40:$tcp" to a
frame "behind destination options" t a csum length 5000 type 0x86dd \
	vnet $at48 patch "0:${ip6}3cff$hosts" patch "40:0600010400000000$tcp" to a
frame "behind hop-by-hop options of 128 bytes" t a csum length 5000 type 0x86dd \
	vnet $at168 patch "0:${ip6}00ff$hosts" patch 40:060f patch "168:$tcp" to a
bad "IPv6 of version 4" type 0x86dd \
	vnet $at40 patch "0:40${ip6:2}06ff$hosts" patch "40:$tcp"
bad "TCP behind a fragment header" type 0x86dd \
	vnet $at48 patch "0:${ip6}2cff$hosts" patch "40:0600000000000000$tcp"
bad "TCP behind options of 6 KiB" type 0x86dd length 9000 \
	vnet 01044a18e80336181000 patch "0:${ip6}00ff$hosts" patch 40:3cff \
	patch 2088:3cff patch 4136:06ff patch "6184:$tcp"
bad "options beyond the end" type 0x86dd length 1900 \
	vnet $at48 patch "0:${ip6}3cff$hosts" patch "40:06ff000000000000$tcp"

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

# In a tunnel, which a container's veth pair leaves whole: a segment has the
# headers of both ends.

peer address add 192.0.2.2/24 dev a
peer link set dev a mtu 1508
peer neighbour add 192.0.2.9 lladdr @b dev a

# moves TITLE PORT COUNTER,... COMMAND...: each of these counters moves by one
moves()
{
	local counter wrong=()
	local -A before=()

	for counter in ${3//,/ }; do
		must count "$2" "$counter"
		before[$counter]=$answer
	done
	must "${@:4}"
	for counter in "${!before[@]}"; do
		must count "$2" "$counter"
		((answer == before[$counter] + 1)) ||
			wrong+=("$counter by $((answer - before[$counter]))")
	done
	if ((${#wrong[@]})); then
		fail "$1"
		note "${wrong[*]}"
	else
		pass "$1"
	fi
}

# What a stack has made, its container's root may change on the way.

must netns
netns=$answer in_guests=(nsenter "--net=$answer")
moves "datagrams" a received,forwarded udp guests 192.0.2.9 1000 10000
if "${in_guests[@]}" tc qdisc add dev a clsact &&
   "${in_guests[@]}" tc filter add dev a egress matchall \
	action pedit ex munge ip ihl set 6; then
	moves "their IP header pretends to be longer" a received,invalid_gso \
		udp guests 192.0.2.9 1000 10000
else
	pass "a header that pretends to be longer # SKIP there is no pedit"
fi
"${in_guests[@]}" tc qdisc del dev a clsact

# What has come in small frames is joined to a list, of which the kernel cuts each
# off where it was joined. A tap that takes no segments has it cut.

peer link add name p0 type veth peer name p1
peer link set dev p0 up
peer link set dev p1 up
upper p0 p0 a
"${in_guests[@]}" ethtool -K p0 tso off gso off
"${in_guests[@]}" ethtool -K p1 gro on
"${in_guests[@]}" unshare --mount bash -c 'mount -t sysfs sysfs /sys &&
	echo 1000000000 >/sys/class/net/p1/gro_flush_timeout &&
	echo 1000 >/sys/class/net/p1/napi_defer_hard_irqs' ||
	die "p1 cannot be told to join"
ethtool -K t tso off gso off
# joined TITLE [ACTION...]: six frames are one, after those, and forwarded. GRO waits
# for no more than a tick: where that has come in between, they are more.
joined()
{
	local try received forwarded

	if "${in_guests[@]}" tc qdisc add dev p1 clsact &&
	   "${in_guests[@]}" tc filter add dev p1 ingress protocol ip matchall \
		"${@:2}" action mirred egress redirect dev a; then
		for try in {1..20}; do
			must count a received
			received=$answer
			must count a forwarded
			forwarded=$answer
			must burst p0 t a 6 100 a
			must count a received
			((received = answer - received))
			must count a forwarded
			((forwarded = answer - forwarded))
			((received > 1)) || break
		done
		if ((received == 1 && forwarded == 1)); then
			pass "$1"
		else
			fail "$1"
			note "try $try: $received received, $forwarded forwarded"
		fi
	else
		pass "$1 # SKIP tc cannot do that"
	fi
	"${in_guests[@]}" tc qdisc del dev p1 clsact
}
joined "joined to a list"
joined "with a longer header" action pedit munge offset 32 u8 set 0x60 pipe
must forget p0
peer link del dev p0
ethtool -K t tso on gso on >/dev/null

peer link add name vx0 type vxlan id 9 dstport 4789 local 192.0.2.2 \
	remote 192.0.2.9 dev a
peer link set dev vx0 mtu 1458 up
peer address add 198.51.100.2/24 dev vx0
peer neighbour add 198.51.100.9 lladdr @b9 dev vx0
must settle

moves "datagrams in a tunnel, as long as the MTU" b copies_transmitted \
	udp guests 198.51.100.9 1422 10000
moves "datagrams in a tunnel, longer than the MTU" b egress_mtu \
	udp guests 198.51.100.9 1423 10000

# What a guest of the container's has made is looked at there.

tap w
ip link set dev w netns "$netns"
peer link add name outer0 type bridge mcast_snooping 0
for device in vx0 w; do
	peer link set dev "$device" master outer0
done
peer link set dev w up
peer link set dev outer0 up
must settle
moves "TCP in a tunnel" a received,forwarded \
	send w x1 csum length 5000 vnet $tcp4
moves "TCP over IPv6 in a tunnel" a received,forwarded \
	send w x1 csum length 5000 type 0x86dd vnet $at40 \
	patch "0:${ip6}06ff$hosts" patch "40:$tcp"
peer link del dev vx0
peer link del dev outer0
peer link set dev a mtu 1500
peer address del 192.0.2.2/24 dev a

# In a tunnel of a guest's behind a tap, of which newer kernels know.
# vnet says at last where the tunnel's UDP and the packet in it start.

tunnel=4500000000000000401100000a0000010a000002 # IPv4
tunnel+=100012b50000000008000000000009000200000078010200000077010800
inner4=4500000000000000400600000a0000010a000002
vxlan4=01216800e8035400100000000000000000000000

tap k
attach k with initial_mac @k
if ask tunnels k; then
	frame "TCP in a tunnel of a guest's" k a csum length 5000 \
		vnet ${vxlan4}22004000 patch "0:$tunnel$inner4$tcp" to a
	frame "as long as the MTU" k a csum length 5000 \
		vnet "${vxlan4/e803/8205}22004000" \
		patch "0:$tunnel$inner4$tcp" to a
	frame "longer" k a csum length 5000 vnet "${vxlan4/e803/8305}22004000" \
		patch "0:$tunnel$inner4$tcp" refuse a:mtu drop all_refused
	bad_tunnel()
	{
		dropped invalid_gso "invalid in a tunnel: $1" k a csum \
			length 5000 patch "0:$tunnel$inner4$tcp" "${@:2}"
	}
	bad_tunnel "UDP" vnet ${vxlan4}22004000 patch 59:11
	bad_tunnel "IPv6" vnet ${vxlan4}22004000 patch 50:65
	bad_tunnel "a TCP header of 16 bytes" vnet ${vxlan4}22004000 patch 82:40
	bad_tunnel "a longer IP header" vnet ${vxlan4}22004000 patch 50:46
	bad_tunnel "IP elsewhere" vnet ${vxlan4}22003c00
else
	pass "in a tunnel of a guest's # SKIP $answer"
fi
ip link set dev k nomaster
must forget k

# Two IP stacks

ip address add 192.0.2.1/24 dev nvs0
peer address add 192.0.2.2/24 dev a
is "TCP, host to guest: long frames" "host=short a=long" \
	tcp host 192.0.2.2 1048576 host a
is "TCP, guest to host: long frames" "host=long a=short" \
	tcp guests 192.0.2.1 1048576 host a
if modprobe -q sctp; then
	is "SCTP, guest to host: long frames" "host=long a=short" \
		sctp guests 192.0.2.1 1048576 host a
else
	pass "SCTP # SKIP this kernel has none"
fi

# Longer than a packet of IP may be. Its header says so, which no segment has.

echo 0 >/proc/sys/net/ipv6/conf/nvs0/disable_ipv6
"${in_guests[@]}" sh -c 'echo 0 >/proc/sys/net/ipv6/conf/a/disable_ipv6'
ip address add fd00::1/64 dev nvs0 nodad
peer address add fd00::2/64 dev a nodad
peer link set dev a gso_max_size 120000
becomes "BIG TCP, guest to host: huge frames" "host=huge a=short" \
	tcp guests fd00::1 4194304 host a
ip address del fd00::1/64 dev nvs0
peer address del fd00::2/64 dev a

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
