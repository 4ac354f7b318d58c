#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Frames as only drivers and stacks make them: nvs_crafted.c lets a device receive
# one, without the luck that joining real ones needs.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

modprobe -qn nvs_crafted || skip_all "there is no nvs_crafted module"
switch nvs0 move_hold 60000
guest a b
uplink u
ethtool -K b tso off gso off

# crafted TITLE SEGMENTS IN OUT PACKET,... [PARAMETER...]: what the device IN receives
# leaves through OUT in segments that have so much data; $with, if set, loads the module
with=()
crafted()
{
	local bytes=$((${5//,/ + })) from=02:00:00:00:61:00 out

	if out=$("$here/segments" "$4" "$bytes" "${with[@]}" modprobe nvs_crafted \
			"device=$3" "from=$from" to=02:00:00:00:62:00 \
			"packets=$5" "${@:6}" 2>&1) &&
	   [[ $out == "$2" ]]; then
		pass "$1"
	else
		fail "$1"
		note "$out"
	fi
	modprobe -qr nvs_crafted
}

# Where a list begins with data outside of pages, the kernel cuts there or gives up
# for good. A port's device that takes no segments has it cut.

cut() { crafted "$1" "$2" a b "$3" size=1000 "${@:4}"; }

cut "as GRO joins" "1000 1000 500" 1000+0,1000+0,500+0
cut "a packet in the list is too short" "1000 1000 500" 1000+0,600+0,900+0
cut "a packet in the list is too long" "1000 1000 200" 1000+0,1200+0
cut "the first one is too short" "1000 600" 600+0,1000+0
cut "the first one is too long" "1000 1000 400" 1400+0,1000+0
cut "a packet has more in a page" "1000 1000 500" 1000+0,500+500,500+0
cut "too much in a page" "1000 1000 600" 1000+0,500+600,500+0
cut "the last one is longer than what is left" "1000 1000 100" \
	1000+0,900+0,200+0
cut "an empty packet" "1000 1000" 1000+0,0+0,1000+0
cut "as drivers do that have pages alone" "1000 1000 500" 0+1000,0+1400,0+100
cut "outside of pages behind pages" "1000 1000 600" 0+1000,0+600,1000+0
cut "and behind an even page" "1000 1000 500" 0+1000,1000+0,0+500
cut "the frame itself in pages, and longer" "1000 1000 1000" 500+2500
for packets in 1000+0,1000+0 1000+0,600+0,400+0; do
	cut "somebody else has it: $packets" "1000 1000" "$packets" shared=y
done

# A port that comes to own the same address in another VLAN is nobody's rival, also
# before it is in that VLAN

veth d
# shellcheck disable=SC2016 # for that shell
with=(sh -c '"$@" && nvsw port attach nvs0 dev d vlan access 10 mac 02:00:00:00:62:00' sh)
crafted "while another VLAN's owner comes" 500 a b 500+0 before=d
with=()
nvsw port detach dev d

# Who else has a frame finds it as it was, also where the switch takes a tag out.

for shared in n y; do
	crafted "untagged, shared=$shared" 500 a b 500+0 "shared=$shared"
done
set_port b vlan access 10
for shared in n y; do
	crafted "a tag in the frame, shared=$shared" 500 u b 500+0 tag=10 \
		from=02:00:00:00:78:01 "shared=$shared"
done

finish
