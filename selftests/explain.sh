#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# explain: for each rule, that it is named with what it has asked; and, for
# random frames under random configurations, that it says what happens.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

index_of() { printf '%s' "$(<"/sys/class/net/$1/ifindex")"; }

# explained TITLE CONDITION... of PORT SRC DST [MORE-JSON]: the answer has all of
# these, KEY=VALUE, or !KEY, which must not be there; PORT may be "host"
explained()
{
	local title=$1 conditions=() condition question text wrong=''

	shift
	while [[ $1 != of ]]; do
		conditions+=("$1")
		shift
	done
	question="\"switch\":\"nvs0\",\"src\":\"$(address "$3")\""
	question+=",\"dst\":\"$(address "$4")\"${5:+,$5}"
	[[ $2 == host ]] || question+=",\"port\":\"$2\""
	must ynl explain "{$question}"
	text=$(sed 's/"//g; s/{/{ /g; s/}/, }/g' <<<"$answer")
	for condition in "${conditions[@]}"; do
		case $condition in
		!*) [[ $text != *" ${condition#!}: "* ]] || wrong=$condition ;;
		*) [[ $text == *" ${condition/=/: },"* ]] || wrong=$condition ;;
		esac
	done
	if [[ $wrong ]]; then
		fail "$title"
		note "$wrong is not in $answer"
	else
		pass "$title"
	fi
}

# address WORD: what @WORD is
address()
{
	case $1 in
	broadcast) printf 'ff:ff:ff:ff:ff:ff' ;;
	stp) printf '01:80:c2:00:00:00' ;;
	lldp) printf '01:80:c2:00:00:0e' ;;
	zero) printf '00:00:00:00:00:00' ;;
	*) printf '02:00:00:00:%02x:%02x' "'${1::1}" "$((10#0${1:1}))" ;;
	esac
}

switch nvs0 move_hold 60000
guest a b c d
uplink u v
tap e
ip link set dev e up
attach e
nvsw group add nvs0 web learning on
set_port c nested group web
frame "known by now" c a src c1 to a

# The rules of a guest

explained "rule 5" verdict=forwarded rule=effective learn=nothing cast=known \
	!reason !field "effective=$(address a)" of a a b
explained "who gets it, and why" count=1 "port=$(index_of b)" why=holds \
	!refusal of a a b
set_port a blocked on
explained "rule 1" verdict=dropped reason=port_blocked rule=open !count of a a b
set_port a blocked off
explained "rule 2" reason=invalid_source rule=source of a zero b
explained "rule 3" reason=bpdu_filter rule=reserved of a a stp
explained "rule 3: never" reason=link_local rule=reserved of a a lldp
explained "rule 4" reason=vlan_filter rule=vlan travels=7 of a a b '"vid":7'
explained "rule 4: a priority tag is none" verdict=forwarded rule=effective \
	travels=0 of a a b '"vid":0'
explained "rule 4: a second tag" reason=vlan_filter rule=vlan \
	of a a b '"vid":0,"tag2":33024'
explained "rule 6" reason=mac_conflict rule=owner kind=owned of a b c
bridge fdb add @s1 dev nvs0 self via a static
explained "rule 7" verdict=forwarded rule=static kind=static of a s1 b
nvsw allow add dev a "$(address a7)"
explained "rule 8" verdict=forwarded learn=enter of a a7 b
set_switch mac_binding explicit
explained "rule 9: no MAC" reason=no_mac rule=binding of e e b
set_switch mac_binding auto
explained "rule 9: adopted" verdict=forwarded rule=binding learn=enter of e e b
explained "rule 10" reason=forged_transmit rule=forged \
	field=forged_transmits value=1 level=switch !group of a a1 b
set_port d nested
explained "rule 11: in use elsewhere" verdict=dropped reason=mac_move rule=move \
	kind=learned "port=$(index_of c)" of d c1 a
set_port d learn_move deny
explained "rule 11: the field that denies it" field=learn_move value=1 \
	level=port of d c1 a
explained "rule 12: new" verdict=forwarded rule=learn learn=enter \
	field=learning value=2 of c c2 a
frame "seen just now" c a src c1 to a
explained "rule 12: known" verdict=forwarded rule=learn kind=learned of c c1 a
set_port c learn_limit 1
explained "rule 12: no room" reason=learn_limit rule=learn \
	field=learn_limit value=1 level=port limit=1 of c c2 a
set_port c limit_policy allow
explained "rule 12: no need of it" verdict=forwarded rule=learn \
	field=limit_policy level=port limit=1 learn=nothing of c c2 a
set_port c learn_limit inherit learning inherit
explained "the level of a group, and its name" field=learning level=group \
	group=web of c c2 a

# Of others

explained "the host is trusted" verdict=forwarded rule=trusted of host h a
explained "but is no guest" reason=mac_conflict rule=trusted of host a b
explained "from an uplink: new" verdict=forwarded rule=remote learn=enter \
	of u x1 a
explained "our own frame" reason=reverse_path rule=reflected kind=owned of u a b
explained "a claim" reason=reverse_path rule=remote kind=learned of u c1 a
explained "one that stands by" reason=reverse_path rule=standby \
	of v x1 broadcast
explained "passed" verdict=passed rule=reserved !count of u x1 lldp

# Receivers

set_port c unicast_flood off
set_port d unicast_flood off
explained "nobody" reason=no_destination rule=delivery count=0 cast=unknown \
	of u x1 y1
explained "back to where it came from" reason=same_port rule=delivery of c c2 c1
set_port b blocked on
explained "refused by all" reason=all_refused refusal=port_blocked \
	rule=delivery count=1 of a a b
explained "refused by one" verdict=forwarded refusal=port_blocked count=6 \
	why=member why=uplink cast=broad of a a broadcast
set_port b blocked off
explained "too long" reason=all_refused refusal=mtu of a a b '"length":1515'
explained "not too long" verdict=forwarded of a a b '"length":1514'
set_port b promiscuous accept
explained "for the promiscuous" count=2 why=promiscuous of a a c
set_port b promiscuous reject vlan access 10
explained "the tag that it leaves with" travels=10 table_vid=10 vid=10 \
	of b b broadcast
set_port b vlan private 100 isolated 101
explained "a secondary VLAN" travels=101 table_vid=100 vid=101 of b b broadcast
set_port b vlan none

# Random ones. explain-random says what it looks at

if output=$(NVS_FRAMES=${NVS_FRAMES:-$((2400 / slow))} \
		unshare --net "$here/explain-random" 2>&1); then
	pass "random frames meet what they are said to meet"
else
	fail "random frames meet what they are said to meet"
fi
note "$output"

finish
