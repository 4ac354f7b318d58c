#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Generic netlink: every command allowed and refused, who may, what is strict,
# and dumps of much. The commands' own effects have tests of their own.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# done_by TITLE COMMAND...: genl-requests, each of its lines a check
done_by()
{
	local verdict text lines=0

	while read -r verdict text; do
		lines=$((lines + 1))
		if [[ $verdict == ok ]]; then
			pass "$1: $text"
		else
			fail "$1: $text"
		fi
	done < <(timeout $((${patience:-120} * slow)) "${@:2}" 2>&1)
	((lines)) || fail "$1: says nothing"
}

ynl() { must ynl "$@"; }

# replies TITLE ANSWER ynl|ynl_dump OPERATION JSON FIELD: the field in each reply
replies()
{
	local found

	if ask "${@:3:3}"; then
		# The first of that name.
		found=$(sed -E "s/\"$6\": \"?([^\",}]*).*/\n\1/; s/.*\n//" \
			<<<"$answer" | paste -sd,)
		answer=$found
	fi
	if [[ $answer == "$2" ]]; then
		pass "$1"
	else
		fail "$1"
		note "${*:3}: is '$answer' instead of '$2'"
	fi
}

switch nvs0 move_hold 0
guest a b c
uplink u
veth d e
ip link add name nvs1 type nvswitch

# Port groups

works "group_new" ynl group_new '{"switch":"nvs0","group":"g1"}'
all='"nested":true,"policy":{"learning":"reject","learn_limit":7}'
all+=',"vlan":{"mode":"access","vid":10}'
works "group_new with all there is" \
	ynl group_new "{\"switch\":\"nvs0\",\"group\":\"g2\",$all}"
refused "group_new: the name is taken" "^EEXIST: .*another name" \
	ynl group_new '{"switch":"nvs0","group":"g1"}'
works "group_new: not on another switch" \
	ynl group_new '{"switch":"nvs1","group":"g1"}'
for name in " x" "x " "" "x\\u0007y" "\\u00e9"; do
	refused "group_new: a name that is none: '$name'" "EINVAL: .*printable" \
		ynl group_new "{\"switch\":\"nvs0\",\"group\":\"${name/ /\\u0020}\"}"
done
refused "group_new: a VLAN out of range" "EINVAL|ERANGE" ynl group_new \
	'{"switch":"nvs0","group":"g3","vlan":{"mode":"access","vid":4095}}'
refused "group_new: what a mode has no use for" "EINVAL: .*none takes no VLAN" \
	ynl group_new \
	'{"switch":"nvs0","group":"g3","vlan":{"mode":"none","vid":10}}'
refused "group_new: a policy value out of range" "EINVAL|ERANGE" \
	ynl group_new '{"switch":"nvs0","group":"g3","policy":{"learning":3}}'
refused "group_new: a learn_limit out of range" "ERANGE: learn_limit is" \
	ynl group_new \
	'{"switch":"nvs0","group":"g3","policy":{"learn_limit":1048577}}'
refused "group_new: not a switch" "^ENODEV: .*no such switch" \
	ynl group_new '{"switch":"a","group":"g3"}'
replies "group_get: by name" accept ynl group_get \
	'{"switch":"nvs0","group":"g2"}' forged_transmits
replies "group_get: a field wins over nested" reject ynl group_get \
	'{"switch":"nvs0","group":"g2"}' learning
replies "group_get: of a switch, in order" g1,g2 ynl_dump group_get \
	'{"switch":"nvs0"}' group
replies "group_get: of all" g1,g2,g1 ynl_dump group_get '{}' group
refused "group_get: there is none" "^ENOENT: .*no port group" \
	ynl group_get '{"switch":"nvs0","group":"g9"}'
works "group_set: another name" ynl group_set \
	'{"switch":"nvs0","group":"g1","new_name":"g0"}'
refused "group_set: to one that is taken" "^EEXIST" ynl group_set \
	'{"switch":"nvs0","group":"g0","new_name":"g2"}'
works "group_set: to its own" ynl group_set \
	'{"switch":"nvs0","group":"g2","new_name":"g2"}'
refused "group_set: there is none" "^ENOENT" ynl group_set \
	'{"switch":"nvs0","group":"g1","policy":{}}'
ynl group_set '{"switch":"nvs0","group":"g2","policy":{"learning":"accept"}}'
replies "group_set: what is absent stays" 7 ynl group_get \
	'{"switch":"nvs0","group":"g2"}' learn_limit
works "group_del" ynl group_del '{"switch":"nvs0","group":"g0"}'
refused "group_del: twice" "^ENOENT" \
	ynl group_del '{"switch":"nvs0","group":"g0"}'

# A port is attached with all its settings, or not at all

while read -r title errors settings; do
	refused "port_attach: ${title//_/ }" "^($errors)" ynl port_attach \
		"{\"switch\":\"nvs0\",\"port\":\"d\",\"settings\":$settings}"
done <<'END'
no_such_group		ENOENT	{"blocked":"accept","group":"g9"}
a_taken_MAC		EEXIST	{"vlan":{"mode":"none"},"initial_mac":"02:00:00:00:61:00"}
the_host's_MAC		EEXIST	{"group":"g2","initial_mac":"02:00:00:00:68:00"}
a_group_MAC		EINVAL	{"blocked":"accept","initial_mac":"01:00:00:00:00:01"}
a_VLAN_of_no_mode	EINVAL	{"group":"g2","vlan":{"vid":10}}
ranges_that_overlap	EINVAL	{"vlan":{"mode":"trunk","ranges":[1,5,5,9]}}
a_secondary_in_use	EEXIST	{"vlan":{"mode":"private","vid":100,"type":"isolated","secondary":10}}
a_secondary_as_primary	EEXIST	{"vlan":{"mode":"private","vid":100,"type":"isolated","secondary":100}}
an_uplink's_policy	ENOTSUP	{"role":"uplink","policy":{"learning":"accept"}}
an_uplink_in_a_group	ENOTSUP	{"role":"uplink","group":"g2"}
a_value_out_of_range	ERANGE|EINVAL	{"bpdu":0}
what_is_read-only	EINVAL	{"blocked":"accept","mac_state":"ok"}
groups_without_a_list	EINVAL	{"rx_multicast":"all","rx_groups":"01:00:5e:00:00:01"}
a_station_as_group	EINVAL	{"rx_multicast":"list","rx_groups":"02:00:5e:00:00:01"}
END
refused "port_attach: a device that is not fit" "EINVAL|EBUSY|ENOTSUP" \
	ynl port_attach '{"switch":"nvs0","port":"lo"}'
refused "port_attach: no device" "^ENODEV: .*no such device" \
	ynl port_attach '{"switch":"nvs0","port":99999}'
refused "port_attach: no switch" "^ENODEV" \
	ynl port_attach '{"switch":"d","port":"d"}'
refused "port_attach: twice" "EBUSY" \
	ynl port_attach '{"switch":"nvs0","port":"a"}'
is "nothing of all that is reserved: nobody is in the group" 0 group g2 ports
is "nor is the MAC" none fdb d
all='"initial_mac":"02:00:00:00:64:00","blocked":"accept","vlan":'
all+='{"mode":"private","vid":10,"type":"isolated","secondary":100}'
works "the VLANs are free" ynl port_attach \
	"{\"switch\":\"nvs0\",\"port\":\"e\",\"settings\":{$all}}"
is "all is in force at once: blocked" true get e blocked
is "its MAC" owned:e fdb d 10
ip link set dev e nomaster
works "port_attach: without settings" \
	ynl port_attach '{"switch":"nvs0","port":"e"}'
ip link set dev e nomaster
works "port_attach: an uplink" ynl port_attach \
	'{"switch":"nvs0","port":"e","settings":{"role":"uplink"}}'
is "is one" uplink get e role
ip link set dev e nomaster
tap t
ip link set dev t up
refused "port_attach: waiting without a MAC" "^EINVAL: .*initial" \
	ynl port_attach \
	'{"switch":"nvs0","port":"t","settings":{"activation":"announce"}}'

works "port_set" ynl port_set \
	'{"port":"a","settings":{"bpdu":"accept","group":"g2","vlan":{"mode":"none"}}}'
is "is what ip sees" pass get a bpdu
refused "port_set: all or nothing" "^EEXIST" ynl port_set \
	'{"port":"a","settings":{"bpdu":"reject","initial_mac":"02:00:00:00:62:00"}}'
refused "port_set: the switch is no port" "EINVAL: .*the switch itself" \
	ynl port_set '{"port":"nvs0","settings":{"bpdu":"reject"}}'
refused "port_set: not attached" "^ENODEV: .*not a port" \
	ynl port_set '{"port":"d","settings":{"bpdu":"reject"}}'
refused "group_del: a port is in it" "^EBUSY: .*in use" \
	ynl group_del '{"switch":"nvs0","group":"g2"}'
works "group_del: by force" \
	ynl group_del '{"switch":"nvs0","group":"g2","force":true}'
is "the port is in none" none get a linkinfo.info_slave_data.group

# Allow lists

works "allow_add" ynl allow_add '{"port":"a","mac":"02:00:00:00:61:07"}'
works "allow_add: a mask" \
	ynl allow_add '{"port":"a","mac":"02:00:01:00:00:00","bits":24}'
refused "allow_add: twice" "^EEXIST: .*already" \
	ynl allow_add '{"port":"a","mac":"02:00:00:00:61:07","bits":48}'
refused "allow_add: bits behind the mask" "^EINVAL: .*outside the mask" \
	ynl allow_add '{"port":"a","mac":"02:00:01:01:00:00","bits":24}'
refused "allow_add: a group address" "^EINVAL: .*unicast" \
	ynl allow_add '{"port":"a","mac":"01:00:00:00:61:07"}'
refused "allow_add: a mask too short" "ERANGE|EINVAL" \
	ynl allow_add '{"port":"a","mac":"02:00:00:00:00:00","bits":23}'
refused "allow_add: a mask too long" "ERANGE|EINVAL" \
	ynl allow_add '{"port":"a","mac":"02:00:00:00:61:09","bits":49}'
refused "allow_add: an uplink" "^ENOTSUP: .*uplink" \
	ynl allow_add '{"port":"u","mac":"02:00:00:00:61:07"}'
refused "allow_add: the host" "^EINVAL: .*the switch itself" \
	ynl allow_add '{"port":"nvs0","mac":"02:00:00:00:61:07"}'
ynl allow_add '{"port":"b","mac":"02:00:00:00:62:07"}'
replies "allow_get: of a port" 48,24 ynl_dump allow_get '{"port":"a"}' bits
replies "allow_get: of a switch" 48,24,48 ynl_dump allow_get \
	'{"switch":"nvs0"}' bits
replies "allow_get: of another" "" ynl_dump allow_get '{"switch":"nvs1"}' bits
refused "allow_get: what is no port" "^ENODEV" \
	ynl_dump allow_get '{"port":"d"}'
for ((i = 1; i <= 62; i++)); do
	ynl allow_add "{\"port\":\"a\",\"mac\":\"02:00:00:01:00:$(printf %02x $i)\"}"
done
is "64 entries" 64 get a allowed
refused "allow_add: are the most" "^ENOSPC: .*64 entries" \
	ynl allow_add '{"port":"a","mac":"02:00:00:02:00:00"}'
works "allow_del" ynl allow_del '{"port":"a","mac":"02:00:00:00:61:07"}'
refused "allow_del: another mask is another entry" "^ENOENT: .*no such" \
	ynl allow_del '{"port":"a","mac":"02:00:01:00:00:00","bits":25}'
works "allow_add: now there is room" \
	ynl allow_add '{"port":"a","mac":"02:00:00:02:00:00"}'

# Import: all or none

set_port b nested
set_port c nested vlan trunk 0,10,20
import()
{
	printf '{"port":"%s","entries":{"entry":[%s]}}' "$1" "$2"
}
works "fdb_import" ynl fdb_import "$(import b \
	'{"mac":"02:00:00:00:62:01"},{"mac":"02:00:00:00:62:02","vid":0}')"
is "they are learned" b1,b2 addresses learned b
works "fdb_import: in VLANs" ynl fdb_import "$(import c \
	'{"mac":"02:00:00:00:63:01","vid":10},{"mac":"02:00:00:00:63:01","vid":20}')"
is "they are learned there" learned:c fdb c1 20
works "fdb_import: an empty list" ynl fdb_import "$(import b '')"
works "fdb_import: again" \
	ynl fdb_import "$(import b '{"mac":"02:00:00:00:62:01"}')"
good='{"mac":"02:00:00:00:62:03"}'
while read -r title error entry; do
	refused "fdb_import: ${title//_/ }" "^$error" \
		ynl fdb_import "$(import b "$good,$entry,$good")"
done <<'END'
a_group_address		EINVAL	{"mac":"01:00:00:00:62:04"}
no_address		EINVAL	{"vid":0}
a_VLAN_not_carried	EINVAL	{"mac":"02:00:00:00:62:04","vid":10}
a_VLAN_out_of_range	ERANGE	{"mac":"02:00:00:00:62:04","vid":4095}
another's_address	EEXIST	{"mac":"02:00:00:00:61:00"}
the_host's_address	EEXIST	{"mac":"02:00:00:00:68:00"}
END
refused "fdb_import: an uplink" "^ENOTSUP" ynl fdb_import "$(import u "$good")"
refused "fdb_import: who does not learn" "^EPERM: .*nested" \
	ynl fdb_import "$(import a "$good")"
set_port b learn_limit 3
refused "fdb_import: beyond a limit" "^ENOSPC: .*learn_limit" ynl fdb_import \
	"$(import b "$good,"'{"mac":"02:00:00:00:62:04"}')"
works "fdb_import: up to it" ynl fdb_import "$(import b "$good")"

# Flush: what is selected, and how many they were

frame "remote" u a src x1 to a
frame "remote, in a VLAN" u c vlan 10 src x2 to c
bridge fdb add @s1 dev nvs0 self via b static
bridge fdb add @s2 dev nvs0 self via c vlan 10 static
replies "fdb_flush: by VLAN" 1 ynl fdb_flush \
	'{"switch":"nvs0","vid":20}' count
is "in the other VLAN it stays" learned:c fdb c1 10
replies "fdb_flush: by port" 3 ynl fdb_flush \
	'{"switch":"nvs0","port":"b"}' count
replies "fdb_flush: by kind and VLAN" 1 ynl fdb_flush \
	'{"switch":"nvs0","kind":"remote","vid":10}' count
is "the other one stays" x1 addresses remote
replies "fdb_flush: by all three" 1 ynl fdb_flush \
	'{"switch":"nvs0","kind":"static","vid":10,"port":"c"}' count
is "static ones go by their kind alone" s1 addresses static
replies "fdb_flush: the uplink's" 1 ynl fdb_flush \
	'{"switch":"nvs0","port":"u"}' count
replies "fdb_flush: what is left" 1 ynl fdb_flush '{"switch":"nvs0"}' count
is "static ones are" s1 addresses static
replies "fdb_flush: nothing is" 0 ynl fdb_flush '{"switch":"nvs0"}' count
replies "fdb_flush: static" 1 ynl fdb_flush \
	'{"switch":"nvs0","kind":"static"}' count
is "a guest's MAC stays" owned:b fdb b
for kind in local owned reserved; do
	refused "fdb_flush: $kind" "^ENOTSUP: .*cannot be flushed" \
		ynl fdb_flush "{\"switch\":\"nvs0\",\"kind\":\"$kind\"}"
done
refused "fdb_flush: a port of another switch" "^(EINVAL|ENODEV)" \
	ynl fdb_flush '{"switch":"nvs1","port":"b"}'
refused "allow_get: a port of another switch" "^EINVAL: .*another switch" \
	ynl_dump allow_get '{"switch":"nvs1","port":"b"}'

# The rest

works "stats_get: of a port" ynl stats_get '{"port":"a"}'
works "stats_get: of a switch" ynl stats_get '{"switch":"nvs0"}'
works "stats_get: of the host" ynl stats_get '{"port":"nvs0"}'
refused "stats_get: of both" "^EINVAL: .*either" \
	ynl stats_get '{"switch":"nvs0","port":"a"}'
refused "stats_get: of what is no port" "^ENODEV" \
	ynl stats_get '{"port":"d"}'
host=$(</sys/class/net/nvs0/ifindex) ports=$host
for port in a b c u; do
	ports+=,$(<"/sys/class/net/$port/ifindex")
done
replies "stats_get: of each port" "$ports" ynl_dump stats_get \
	'{"switch":"nvs0"}' port
replies "stats_get: of another switch" "$(</sys/class/net/nvs1/ifindex)" \
	ynl_dump stats_get '{"switch":"nvs1"}' port
question='"src":"02:00:00:00:61:00","dst":"02:00:00:00:62:00"'
works "explain" ynl explain "{\"switch\":\"nvs0\",\"port\":\"a\",$question}"
replies "explain: without a port, the host" "$host" ynl explain \
	"{\"switch\":\"nvs0\",$question}" port
for wrong in '"length":13' '"length":65536' '"vid":4095' '"tag2":33024' \
	'"tag2":2048' '"tag2":2048,"vid":1'; do
	refused "explain: $wrong" "^(EINVAL|ERANGE): ." ynl explain \
		"{\"switch\":\"nvs0\",\"port\":\"a\",$question,$wrong}"
done
refused "explain: a port of another switch" "^EINVAL: .*another switch" \
	ynl explain "{\"switch\":\"nvs1\",\"port\":\"a\",$question}"
refused "fdb_announce: the port of another switch" "^EINVAL" \
	ynl fdb_announce '{"switch":"nvs1","port":"a"}'
refused "fdb_announce: an uplink has nothing to announce" "^EINVAL" \
	ynl fdb_announce '{"switch":"nvs0","port":"u"}'
refused "fdb_announce: without an uplink" "^ENETDOWN: .*uplink" \
	ynl fdb_announce '{"switch":"nvs1"}'

# What is not as it should be; who may not; who cannot even see it

must state
before=$answer
done_by strict "$here/genl-requests" strict nvs0 a
must state
if [[ $answer == "$before" ]]; then
	pass "of all that was refused nothing has happened"
else
	fail "of all that was refused nothing has happened"
fi
done_by "a user" setpriv --reuid=65534 --regid=65534 --clear-groups \
	"$here/genl-requests" denied
done_by "root of a user namespace" unshare --user --map-root-user \
	"$here/genl-requests" denied
done_by "another namespace" unshare --net "$here/genl-requests" absent "$host"
# shellcheck disable=SC2016 # for the shell within
done_by "root of a user namespace with a network of its own" \
	unshare --user --map-root-user --net bash -c '
	ip link add name mine type nvswitch &&
	"$0/ynl_client.py" do group_new "{\"switch\":\"mine\",\"group\":\"g\"}" &&
	"$0/ynl_client.py" dump group_get "{\"switch\":\"mine\"}" |
		grep -q "\"group\": \"g\"" &&
	echo "ok has what is in it" || echo "no what is in it"' "$here"

# Much

ip link del dev nvs1
set_port c learn_limit 0 vlan trunk 0-10
set_switch ageing 0
done_by much "$here/genl-requests" fill nvs0 c 1500
done_by much "$here/genl-requests" dumps nvs0 c
# Each of 65,536 commands waits for a grace period.
patience=500 done_by much "$here/genl-requests" limit nvs0 c
replies "fdb_flush: all that is learned" 1500 ynl fdb_flush \
	'{"switch":"nvs0","kind":"learned"}' count
replies "fdb_flush: all that is static" 65536 ynl fdb_flush \
	'{"switch":"nvs0","kind":"static"}' count

finish
