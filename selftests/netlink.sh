#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Configuration: what is refused, with a sentence and with nothing changed; and
# that everything set is read back.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# A sentence, not just the name of an error.
sentence='[A-Za-z_]+ [A-Za-z_]+'

switch nvs0
guest a b
uplink u

# Devices that are not fit

refused "loopback" "[Ll]oopback" ip link set dev lo master nvs0
must tun p
refused "a tun: no Ethernet" "Ethernet" ip link set dev p master nvs0
ip link add name nvs1 type nvswitch
refused "another nvswitch" "nvswitch" ip link set dev nvs1 master nvs0
refused "itself" "" ip link set dev nvs0 master nvs0
ip link add link nvs0 name m0 type macvlan mode bridge
refused "a macvlan on top of it" "nvswitch" ip link set dev m0 master nvs0
refused "a macvlan on top of another" "nvswitch" ip link set dev m0 master nvs1
ip link add link nvs0 name nvs0.5 type vlan id 5
refused "a VLAN device on top of it" "nvswitch" \
	ip link set dev nvs0.5 master nvs0
refused "also of another" "nvswitch" ip link set dev nvs0.5 master nvs1
ip link add name br0 type bridge
ip link set dev br0 master nvs1
refused "or later, by what a port is made of" "nvswitch" \
	ip link set dev nvs0.5 master br0
works "which is free to go elsewhere" ip link set dev br0 nomaster
works "and then may have it" ip link set dev nvs0.5 master br0
refused "and go nowhere" "nvswitch" ip link set dev br0 master nvs1
ip link del dev br0
ip link del dev nvs0.5
ip link del dev m0
ip link add name d0 type dummy
ip link add link d0 name d0.5 type vlan id 5
refused "a device with a VLAN device on top" "VLAN" \
	ip link set dev d0 master nvs0
ip link del dev d0.5
ip link add link d0 name m0 type macvlan mode bridge
refused "a device with a macvlan on top" "macvlan" \
	ip link set dev d0 master nvs0
ip link del dev m0
ip link add name br0 type bridge
ip link set dev d0 master br0
works "a bridge's port leaves it for the switch" \
	ip link set dev d0 master nvs0
is "and is the switch's" nvs0 get d0 master
ip link set dev d0 nomaster
refused "the switch below a bridge" "" ip link set dev nvs0 master br0
refused "a bridge below the switch" "" ip link set dev br0 master nvs0
ip link del dev br0
works "a device that is fit" ip link set dev d0 master nvs0
refused "a VLAN device on top of a port" "VLAN" \
	ip link add link a name a.5 type vlan id 5
refused "a macvlan on top of a port" "" \
	ip link add link a name m0 type macvlan mode bridge
works "a port leaves one for the other" ip link set dev d0 master nvs1
is "and is the other's" nvs1 get d0 master
is "without a visible peer it has no initial MAC" none get d0 initial_mac
ip link del dev d0
ip link del dev nvs1

# Values out of range. RANGE is a hand-made message, by attribute number

refuse_range()
{
	while read -r title device where attributes; do
		# shellcheck disable=SC2086 # one word each
		refused "${title//_/ }" "^E[A-Z]+: $1" \
			setlink "$device" "$where" $attributes
	done
}
refuse_range "$sentence" <<-'END'
	ageing_9		nvs0 switch 2=u32:9
	ageing_1000001		nvs0 switch 2=u32:1000001
	ageing_4294967295	nvs0 switch 2=u32:4294967295
	move_hold_60001		nvs0 switch 3=u32:60001
	table_limit_0		nvs0 switch 4=u32:0
	table_limit_16777217	nvs0 switch 4=u32:16777217
	remote_limit_16777217	nvs0 switch 5=u32:16777217
	mac_binding_2		nvs0 switch 6=u8:2
	a_policy_value_3	nvs0 switch 1.1=u8:3
	inherit_on_a_switch	nvs0 switch 1.1=u8:0
	learn_limit_1048577	nvs0 switch 1.6=u32:1048577
	learn_limit_inherit	nvs0 switch 1.6=u32:4294967295
	a_field_of_one_byte	nvs0 switch 2=u8:20
	a_field_of_no_byte	nvs0 switch 2=hex:
	a_policy_of_a_word	nvs0 switch 1.1=u32:1
	an_unknown_attribute	nvs0 switch 60=u32:1
	one_beside_a_known	nvs0 switch 2=u32:20 60=u32:1
	an_unknown_field	nvs0 switch 1.60=u8:1
	role_2			a port 1=u8:2
	a_policy_value_3	a port 2.1=u8:3
	learn_limit_1048577	a port 2.6=u32:1048577
	bpdu_inherit		a port 6=u8:0
	bpdu_3			a port 6=u8:3
	blocked_inherit		a port 7=u8:0
	blocked_3		a port 7=u8:3
	five_bytes_of_a_MAC	a port 4=hex:0200000001
	seven_bytes_of_a_MAC	a port 4=hex:02000000010203
	a_group_MAC		a port 4=hex:010000000001
	a_requested_group_MAC	a port 5=hex:010000000001
	an_unknown_attribute	a port 60=u32:1
	an_unknown_field	a port 2.60=u8:1
	resolved,_read-only	a port 8.1=u8:1
	level,_read-only	a port 9.1=u8:1
	one_good_one_bad	a port 7=u8:2 6=u8:3
	the_bad_one_first	a port 6=u8:3 7=u8:2
	a_good_policy_beside	a port 2.1=u8:2 6=u8:3
	a_MAC_that_is_taken	a port 7=u8:2 4=hex:020000006200
END
refuse_range ".*read-only" <<-'END'
	learned_of_a_switch	nvs0 switch 7=u32:1
	remote			nvs0 switch 8=u32:1
	active_uplink		nvs0 switch 9=u32:1
	effective_mac		a port 10=hex:020000000001
	adopted_mac		a port 11=hex:020000000001
	mac_state		a port 12=u8:1
	learned			a port 13=u32:1
	active			u port 14=u8:1
	initial_mac_source	a port 15=u8:1
END

# An uplink has a role and nothing else

while read -r title attributes; do
	# shellcheck disable=SC2086 # one word each
	refused "an uplink takes no ${title//_/ }" "^EOPNOTSUPP: $sentence" \
		setlink u port $attributes
done <<-'END'
	policy			2.4=u8:2
	nested			3=hex:
	initial_mac		4=hex:020000000001
	requested_mac		5=hex:020000000001
	bpdu			6=u8:2
	blocked			7=u8:2
	bpdu_with_its_role	1=u8:1 6=u8:2
END
refused "nor does who becomes one" "^EOPNOTSUPP: $sentence" \
	setlink a port 1=u8:1 6=u8:2
set_port a blocked on bpdu pass initial_mac @a1
set_port a role uplink
set_port a role guest
is "who was one is a port like any other: not blocked" false get a blocked
is "bpdu drop" drop get a bpdu
is "its MAC is its peer's" a get a initial_mac
works "who is a guest can become one" \
	ip link set dev u type nvswitch_slave role guest blocked on
set_port u blocked off
set_port u role uplink

# What is not there

refused "deleting a switch that is not there" "" ip link del dev nvs9
refused "attaching to one" "" ip link set dev b master nvs9
refused "attaching what is not there" "" ip link set dev nonesuch master nvs0
refused "setting a port that is none" "" \
	ip link set dev lo type nvswitch_slave blocked on
refused "a second one of the same name" "" \
	ip link add name nvs0 type nvswitch

# Who may

for command in "ip link set dev nvs0 type nvswitch ageing 20" \
	"ip link set dev a type nvswitch_slave blocked on" \
	"ip link set dev a nomaster" "ip link del dev nvs0" \
	"bridge fdb add 02:00:00:00:00:99 dev nvs0 self via a static" \
	"bridge fdb get 02:00:00:00:61:00 dev nvs0 self"; do
	# shellcheck disable=SC2086 # one word each
	if said=$(setpriv --reuid=65534 --regid=65534 --clear-groups \
		$command 2>&1) || [[ ! $said =~ "not permitted"|CAP_NET_ADMIN ]]; then
		fail "not everybody may: $command"
		note "$said"
	else
		pass "not everybody may: $command"
	fi
done
is "nothing of it has happened" 300 get nvs0 ageing
said=$(setpriv --reuid=65534 --regid=65534 --clear-groups \
	bridge fdb show dev nvs0 2>&1)
if [[ $said == *02:00:00:00:61:00* ]]; then
	fail "not everybody may read the table"
	note "$said"
else
	pass "not everybody may read the table"
fi

# All that can be set can be read, and set again as it was read

options=$(command ip -j -d link show dev nvs0 |
	sed -E 's/.*"info_data":\{([^}]*)\}.*/\1/; s/"(\w+)":[^,]*,?/\1 /g')
readonly_options=" learned remote active_uplink "
for option in $options; do
	[[ $readonly_options != *" $option "* ]] || continue
	case $option in
	promiscuous | mac_changes | forged_transmits) value=accept other=reject ;;
	learning) value=on other=off ;;
	unicast_flood) value=off other=on ;;
	limit_policy) value=allow other=drop ;;
	learn_move) value=deny other=allow ;;
	mac_binding) value=explicit other=auto ;;
	ageing) value=12345 other=0 ;;
	learn_limit) value=1048576 other=0 ;;
	move_hold) value=60000 other=0 ;;
	table_limit) value=16777216 other=1 ;;
	remote_limit) value=16777216 other=0 ;;
	*)
		fail "$option: a test of it"
		continue
		;;
	esac
	for word in $value $other; do
		json=$word
		[[ $word != on ]] || json=true
		[[ $word != off ]] || json=false
		set_switch "$option" "$word"
		is "$option $word" "$json" get nvs0 "$option"
	done
done
ip link add name nvs1 type nvswitch ageing 77 move_hold 7 table_limit 70 \
	remote_limit 700 mac_binding explicit promiscuous accept \
	mac_changes accept forged_transmits accept learning on \
	unicast_flood off learn_limit 7 limit_policy allow learn_move deny
for setting in ageing:77 move_hold:7 table_limit:70 remote_limit:700 \
	mac_binding:explicit promiscuous:accept mac_changes:accept \
	forged_transmits:accept learning:true unicast_flood:false \
	learn_limit:7 limit_policy:allow learn_move:deny; do
	is "set as it was created: ${setting/:/ }" "${setting#*:}" \
		get nvs1 "${setting%:*}"
done
ip link del dev nvs1
set_switch mac_binding auto move_hold 60000
set_port a blocked on bpdu pass initial_mac @a3 requested_mac @a4 \
	mac_changes reject
for setting in blocked:true bpdu:pass initial_mac:a3 requested_mac:a4 \
	initial_mac_source:admin effective_mac:a3 mac_state:mac_change \
	role:guest learned:0; do
	is "of a port: ${setting/:/ }" "${setting#*:}" get a "${setting%:*}"
done

# Who listens to rtnetlink hears what a new port is

heard=$(mktemp)
ip link add name d1 type dummy
timeout $((60 * slow)) ip -o -d monitor link dev d1 >"$heard" &
listener=$!
for ((i = 0; i < 200 * slow; i++)); do
	[[ ! -s $heard ]] || break
	ip link set dev d1 down
	ip link set dev d1 up
	sleep 0.05
done
ip link set dev d1 master nvs0
eventually "rtnetlink tells of a new port" "nvswitch_slave role guest" \
	cat "$heard"
kill "$listener"
rm -f "$heard"

finish
