# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Two hosts, between which guests migrate, on a physical network:
#
#	net (gateway) -- lan, a learning Linux bridge -+- one: switch vs0
#	                                               +- two: switch vs0
#
# Each is a network namespace of this one machine, so there is one clock. Names
# of devices in lan say where they lead. After lib.sh.

gateway=10.0.0.1 gateway_mac=52:54:00:00:00:01

in_net() { ip netns exec net "$@"; }

# station NAME MAC ADDRESS: a namespace; its cable's other end, wire, is here
station()
{
	ip netns add "$1"
	ip -n "$1" link set lo up
	ip link add wire type veth peer name eth0 address "$2" netns "$1"
	ip -n "$1" address add "$3/24" dev eth0
	ip -n "$1" link set eth0 up
}

# knows NAME ADDRESS MAC: so that a station need not ask for it
knows() { ip -n "$1" neighbour replace "$2" lladdr "$3" dev eth0; }

physical_network()
{
	ip netns add lan
	ip -n lan link add lan type bridge
	ip -n lan link set lan up
	station net "$gateway_mac" "$gateway"
	ip link set wire netns lan name net
	ip -n lan link set net master lan up
}

# host_start NAME
host_start()
{
	ip netns add "$1"
	ip -n "$1" link set lo up
	ip -n "$1" link add uplink type veth peer name "$1" netns lan
	ip -n lan link set "$1" master lan up
	nvsw -n "$1" switch add vs0
	ip -n "$1" link set vs0 up
	nvsw -n "$1" port attach vs0 uplink role uplink
	ip -n "$1" link set uplink up
	# shellcheck disable=SC2154 # they are of lib.sh
	mkdir -p "$qmp/$1" "$state/$1"
}

declare -A agent_of
# host_agent NAME [FOLDER]
host_agent()
{
	# shellcheck disable=SC2154 # they are of lib.sh
	ip netns exec "$1" nvswitchd --state "$state/$1" "${2:-$qmp/$1}" \
		2>>"$logs/nvswitchd-$1.log" &
	agent_of[$1]=$!
}

host_agent_end()
{
	kill "${agent_of[$1]}"
	wait "${agent_of[$1]}" 2>/dev/null
}

# activated HOST PORT
activated() { nvsw -n "$1" -j port show "$2" | jq '.[].activated'; }

# behind MAC...: the ports that the physical network has them behind, in order
behind()
{
	local mac where=''

	for mac; do
		where+=" $(bridge -n lan -j fdb show br lan | jq -r \
			--arg mac "$mac" '.[] | select(.mac == $mac).ifname')"
	done
	echo "${where# }"
}

# answers ADDRESS: to the gateway, once
answers() { in_net ping -n -c 1 -W 5 "$1"; }
