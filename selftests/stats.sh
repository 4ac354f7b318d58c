#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Counters: the same names and values by every way that shows them.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

header=$here/../uapi/linux/nvswitch.h

# The names that the header promises, in its order.
names()
{
	printf '%s\n' received forwarded passed dropped copies_offered \
		copies_transmitted copies_refused
	sed -nE 's/^\tX\([A-Z_]+,\s*(\w+),\s*(INGRESS|BOTH)\).*/\1/p' "$header"
	sed -nE 's/^\tX\([A-Z_]+,\s*(\w+),\s*(EGRESS|BOTH)\).*/egress_\1/p' \
		"$header"
}

# same TITLE ONE OTHER
same()
{
	if [[ $2 == "$3" && $2 ]]; then
		pass "$1"
	else
		fail "$1"
		note "$(diff <(echo "$2") <(echo "$3"))"
	fi
}

# by_ip KIND DEVICE, by_ethtool: NAME VALUE lines
by_ip()
{
	command ip -j link xstats type "$1" dev "$2" | tr ',{}' '\n' |
		sed -nE 's/^"(\w+)":([0-9]+)$/\1 \2/p'
}
by_ethtool() { ethtool -S nvs0 | sed -nE 's/^ +(\w+): ([0-9]+)$/\1 \2/p'; }

switch nvs0 move_hold 60000
guest a b c
uplink u
set_port c nested unicast_flood off learn_limit 1

# Something of everything that is easily had

frame "forwarded" a b count 3 to b
frame "forged" a b src a1 count 4 drop forged_transmit
frame "learned" c a src c1 count 2 to a
frame "limit" c a src c2 count 5 drop learn_limit
frame "passed" u lldp src x1 count 2 passed
frame "reflected" u b src a count 6 drop reverse_path
frame "of the host" host a src h count 7 to a
frame "a guest's address" host a src b count 2 drop mac_conflict
set_port b blocked on
frame "blocked" b a count 2 drop port_blocked
frame "refused" a b count 8 refuse b:port_blocked drop all_refused
frame "refused by one" a broadcast to c,host,u refuse b:port_blocked

# ip link xstats

same "ip: every name of the header, in its order" "$(names)" \
	"$(by_ip nvswitch_slave a | cut -d' ' -f1)"
a=$(by_ip nvswitch_slave a)
same "ip: of a, what is not 0" "received 16
forwarded 4
dropped 12
copies_offered 9
copies_transmitted 9
forged_transmit 4
all_refused 8" "$(grep -v ' 0$' <<<"$a")"
same "ip: of b" "received 2
dropped 2
copies_offered 12
copies_transmitted 3
copies_refused 9
port_blocked 2
egress_port_blocked 9" "$(by_ip nvswitch_slave b | grep -v ' 0$')"
same "ip: of u" "received 8
passed 2
dropped 6
copies_offered 1
copies_transmitted 1
reverse_path 6" "$(by_ip nvswitch_slave u | grep -v ' 0$')"

# ethtool: the sum over ports and host

same "ethtool: every name of the header, in its order" "$(names)" \
	"$(by_ethtool | cut -d' ' -f1)"
all=$(by_ethtool)
same "ethtool: the sum, what is not 0" "received 42
forwarded 13
passed 2
dropped 27
copies_offered 24
copies_transmitted 15
copies_refused 9
port_blocked 2
mac_conflict 2
forged_transmit 4
learn_limit 5
reverse_path 6
all_refused 8
egress_port_blocked 9" "$(grep -v ' 0$' <<<"$all")"
same "ip and ethtool agree about the switch" "$all" "$(by_ip nvswitch nvs0)"
same "the sum of all ports and the host is that of the switch" \
	"$(grep '^received' <<<"$all")" "received $(
	for port in a b c u; do
		by_ip nvswitch_slave "$port"
	done | awk '/^received / { sum += $2 } END { print sum + 9 }')"

# Both kinds of dumps, by another program's eyes

said=$(python3 - "$header" 2>&1 <<-'END'
	import re, struct, sys
	try:
	    from pyroute2 import IPRoute
	except ImportError:
	    sys.exit('SKIP')

	names = re.findall(r'^\tX\(\w+,\s*(\w+),', open(sys.argv[1]).read(), re.M)

	def attributes(data):
	    while len(data) >= 4:
	        length, kind = struct.unpack_from('HH', data)
	        yield kind & 0x3fff, data[4:length]
	        data = data[(length + 3) & ~3:]

	with IPRoute() as ipr:
	    index = ipr.link_lookup(ifname='a')[0]
	    message = ipr.stats('get', ifindex=index, filter_mask=1 << 2)[0]
	    nest = message.get_attr('IFLA_STATS_LINK_XSTATS_SLAVE')
	    data = bytes(nest.data)[nest.offset + 4:nest.offset + nest.length]
	    for kind, payload in attributes(dict(attributes(data))[0x2e56]):
	        for reason, value in attributes(payload) if kind == 8 else ():
	            value, = struct.unpack('Q', value)
	            if value:
	                print(names[reason - 1], value)
END
)
if [[ $said == SKIP ]]; then
	pass "pyroute2: of a, by number of reason # SKIP there is no pyroute2"
else
	same "pyroute2: of a, by number of reason" "forged_transmit 4
all_refused 8" "$said"
fi

# What has been counted stays counted

ip link set dev b nomaster
same "the sum keeps what a port counted that has left" "$all" "$(by_ethtool)"
attach b
is "the port starts anew" 0 count b received
is "and its refusals" 0 count b egress_port_blocked
set_port c role uplink
is "a change of role does not" 7 count c received

# The device's own statistics are those of the host's stack

same "what the host's stack got and sent" "1 9" \
	"$(cat /sys/class/net/nvs0/statistics/{r,t}x_packets | xargs)"

finish
