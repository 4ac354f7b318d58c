#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The policy of a guest port: every field on the switch and on the port, where
# its value comes from, and what it does to frames.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# resolved TITLE FIELD VALUE LEVEL
resolved()
{
	is "$1" "{\"value\": $3, \"level\": \"$4\"}" get a "$2"
}

switch nvs0 move_hold 60000
guest a b c
uplink u

# What nobody has set

for field in promiscuous:'"reject"' mac_changes:'"reject"' \
	forged_transmits:'"reject"' learning:false unicast_flood:true \
	learn_limit:4096 limit_policy:'"drop"' learn_move:'"allow"'; do
	is "${field%%:*}: default of the switch" "$(tr -d '"' <<<"${field#*:}")" \
		get nvs0 "${field%%:*}"
	resolved "${field%%:*}: a port inherits it" \
		"${field%%:*}" "${field#*:}" switch
done

# Each field, on the switch and on the port. FIELD WORD JSON WORD JSON
while read -r field less less_json more more_json; do
	set_switch "$field" "$more"
	resolved "$field $more: set on the switch" "$field" "$more_json" switch
	set_port a "$field" "$less"
	resolved "$field $less: the port's value wins" "$field" "$less_json" port
	set_port a "$field" "$more"
	resolved "$field $more: said again on the port" "$field" "$more_json" port
	set_switch "$field" "$less"
	resolved "$field $more: the port keeps its value" \
		"$field" "$more_json" port
	set_port a "$field" inherit
	resolved "$field inherit: back to the switch's" \
		"$field" "$less_json" switch
done <<-'END'
	promiscuous reject "reject" accept "accept"
	mac_changes reject "reject" accept "accept"
	forged_transmits reject "reject" accept "accept"
	learning off false on true
	unicast_flood off false on true
	learn_limit 7 7 0 0
	limit_policy drop "drop" allow "allow"
	learn_move deny "deny" allow "allow"
END
set_switch unicast_flood on learn_limit 4096 learn_move allow

# nested is these five, and what is said beside it wins

set_port a nested
for field in promiscuous:'"reject"' mac_changes:'"reject"' \
	forged_transmits:'"accept"' learning:true unicast_flood:true; do
	resolved "nested sets ${field%%:*}" "${field%%:*}" "${field#*:}" port
done
resolved "nested leaves learn_limit alone" learn_limit 4096 switch
set_port a mac_changes accept nested
resolved "a field beside nested wins, said before" mac_changes '"accept"' port
set_port a nested promiscuous accept
resolved "and said after it" promiscuous '"accept"' port
for field in promiscuous mac_changes forged_transmits learning unicast_flood; do
	set_port a "$field" inherit
done
refused "a switch has nobody to inherit from" . \
	ip link set dev nvs0 type nvswitch learning inherit

# An uplink takes no policy, by no way, and inherits none

set_switch forged_transmits accept
is "an uplink has no resolved policy" none get u forged_transmits
set_switch forged_transmits reject
for policy in 'learning on' 'promiscuous accept' 'learn_limit 5' nested \
	'mac_changes inherit'; do
	refused "an uplink takes no policy: $policy" [Uu]plink \
		ip link set dev u type nvswitch_slave "$policy"
done
refused "nor together with its role" [Uu]plink \
	ip link set dev b type nvswitch_slave role uplink learning on
set_port b learning on promiscuous accept
set_port b role uplink
set_port b role guest
must settle
is "becoming an uplink has reset what the port had set" \
	'{"value": false, "level": "switch"}' get b learning
is "also that it was promiscuous" \
	'{"value": "reject", "level": "switch"}' get b promiscuous

# forged_transmits

frame "reject: the port's own MAC is admitted" a b to b
frame "reject: any other source is dropped" a b src a1 drop forged_transmit
frame "reject: also towards everyone" a broadcast src a1 drop forged_transmit
frame "reject: also ten in a row" a b src a1-a10 drop forged_transmit
set_port a forged_transmits accept
frame "accept on the port: another source is admitted" a b src a1 to b
frame "accept on one port is not accept on another" b a src b1 \
	drop forged_transmit
is "accept alone learns nothing" none fdb a1
set_port a forged_transmits inherit
set_switch forged_transmits accept
frame "accept on the switch counts for all" b a src b1 to a
set_port b forged_transmits reject
frame "reject on the port wins over it" b a src b1 drop forged_transmit
frame "and is that port's alone" a b src a1 to b
set_port b forged_transmits inherit
set_switch forged_transmits reject
frame "taken back, nothing passes" a b src a1 drop forged_transmit

# promiscuous

frame "reject: known unicast reaches its owner alone" a b to b
set_port c promiscuous accept
frame "accept: one copy of unicast between others" a b to b,c
frame "accept: one copy of each frame" a b count 20 to b,c
frame "accept: its own unicast just once" a c to c
frame "accept: broadcast just once" a broadcast to b,c,u,host
frame "accept: multicast just once" a multicast to b,c,u,host
frame "accept: unknown unicast" a x to c,u
frame "accept: what an uplink brings for others" u b src x to b,c
frame "accept: what an uplink brings for nobody" u y src x to c
frame "accept: what goes to the host" a h to host,c
frame "accept: what the host sends to others" host b src h to b,c
frame "accept: nothing that is not of its VLAN" host b src h vlan 5 to u
frame "accept: its own frames do not come back" c b to b
frame "accept: nor what it sends to itself" c c drop same_port
frame "same_port, but copied: forwarded" b b to c
frame "dropped frames are nobody's" a b src a1 drop forged_transmit
set_port b promiscuous accept
frame "two promiscuous ports: a copy each" a x to b,c,u
set_port b promiscuous inherit
set_switch promiscuous accept
frame "accept on the switch counts for all" a b to b,c
frame "and for the sender no more than once" b a to a,c
set_switch promiscuous reject
set_port c promiscuous inherit
frame "reject again: no copies" a b to b

# learning and unicast_flood decide who gets unknown unicast

frame "learning off: no unknown unicast" a y to u
set_port c learning on
frame "learning on: unknown unicast" a y to c,u
frame "learning on: no known unicast of others" a b to b
frame "unknown from the uplink" u y src x to c
frame "unknown from the host" host y src h to c,u
set_port c unicast_flood off
frame "unicast_flood off: none from a guest" a y to u
frame "unicast_flood off: none from an uplink" u y src x drop no_destination
frame "unicast_flood off: none from the host" host y src h to u
frame "unicast_flood off: but its own" a c to c
set_port c unicast_flood inherit
set_switch unicast_flood off
frame "unicast_flood off on the switch" a y to u
set_switch unicast_flood on learning on
frame "learning on the switch: all ports get it" a y to b,c,u
set_port b unicast_flood off
frame "but for the one with unicast_flood off" a y to c,u
set_port b unicast_flood off promiscuous accept
frame "unless it is promiscuous" a y to b,c,u
set_port b unicast_flood inherit promiscuous inherit
set_port c learning off
frame "or learning off" a y to b,u
set_port c learning inherit
set_switch learning off

finish
