#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Port groups: what ports inherit from them, that a change is in force for all
# of them at once or for none, and what may be a group.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# resolved TITLE PORT FIELD VALUE LEVEL
resolved()
{
	is "$1" "{\"value\": $4, \"level\": \"$5\"}" get "$2" "$3"
}

switch nvs0 move_hold 60000
guest a b c d
uplink u

# A group, and who is in it

nvsw group add nvs0 web
is "a new group: nobody is in it" 0 group web ports
is "and it says nothing" '{"mode": "inherit"}' group web vlan
set_port a group web
set_port b group web
is "joined" web in_group a
is "two are in it" 2 group web ports
is "one that is not" none in_group c
set_port b group web
is "joined once more" 2 group web ports
resolved "it says nothing: the switch decides" a learning false switch
set_port b nogroup
is "left" none in_group b
is "one is in it" 1 group web ports
set_port b group web

# Each field at each level: the port's value wins over the group's, the group's
# over the switch's. FIELD WORD JSON WORD JSON

while read -r field less less_json more more_json; do
	set_switch "$field" "$less"
	set_group web "$field" "$more"
	resolved "$field: the group's" a "$field" "$more_json" group
	resolved "$field: for each in it" b "$field" "$more_json" group
	resolved "$field: for nobody else" c "$field" "$less_json" switch
	is "$field: not the switch's" "$(tr -d '"' <<<"$less_json")" \
		get nvs0 "$field"
	set_port a "$field" "$less"
	resolved "$field: the port's wins" a "$field" "$less_json" port
	resolved "$field: on that port alone" b "$field" "$more_json" group
	set_port a "$field" "$more"
	set_group web "$field" "$less"
	resolved "$field: also over the other value" \
		a "$field" "$more_json" port
	set_switch "$field" "$more"
	resolved "$field: the group's wins over the switch's" \
		b "$field" "$less_json" group
	set_port a "$field" inherit
	resolved "$field: inherited from the group" \
		a "$field" "$less_json" group
	set_group web "$field" inherit
	resolved "$field: inherited from the switch" \
		a "$field" "$more_json" switch
	set_group web "$field" "$less"
	set_port a nogroup
	resolved "$field: having left, the switch's" \
		a "$field" "$more_json" switch
	set_port a group web
	resolved "$field: having joined, the group's" \
		a "$field" "$less_json" group
	set_group web "$field" inherit
	set_switch "$field" "$less"
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

# nested, of a group

set_group web nested
for field in promiscuous:'"reject"' mac_changes:'"reject"' \
	forged_transmits:'"accept"' learning:true unicast_flood:true; do
	resolved "nested: ${field%%:*}" a "${field%%:*}" "${field#*:}" group
done
resolved "nested leaves learn_limit alone" a learn_limit 4096 switch
set_group web learn_limit 2
frame "nested: learns" a b src a1 to b
is "nested: learned" learned:a fdb a1
frame "nested: up to the group's limit" a b src a2 to b
frame "nested: no further" a b src a3 drop learn_limit
frame "a limit is each port's" b a src b1-b2 to a
frame "who is not in it" c a src c1 drop forged_transmit
set_group web learning off
is "learning off: forgotten" 0 entries learned
frame "learning off: forged still" a b src a1 to b
frame "unknown unicast, while nobody learns" c y to u
set_group web learning on
frame "unknown unicast, to those who learn" c y to a,b,u
set_port b unicast_flood off
frame "but for a port that says otherwise" c y to a,u
set_port b unicast_flood inherit
nvsw group add nvs0 hypervisors nested learn_limit 9
set_port c group hypervisors
resolved "created with a policy" c learn_limit 9 group
resolved "created nested" c learning true group
set_port c group web
resolved "from one group to another" c learn_limit 2 group
is "who has one more" 3 group web ports
is "and who one less" 0 group hypervisors ports
set_port c nogroup
nvsw group del nvs0 hypervisors

# Renamed

set_group web name www
is "renamed: its ports are in it" www in_group a
is "renamed: all of them" 2 group www ports
resolved "renamed: it says what it said" a learn_limit 2 group
refused "the old name is nobody's" "no port group" \
	ip link set dev c type nvswitch_slave group web
refused "and cannot be changed" "no port group" nvsw group set nvs0 web nested
set_group www name web learn_limit inherit learning inherit \
	forged_transmits inherit unicast_flood inherit promiscuous inherit \
	mac_changes inherit
is "renamed and changed in one" 2 group web ports
resolved "and changed" a learning false switch
works "renamed to what it is" nvsw group set nvs0 web name web

# A change is in force for all of them when the command returns

set_port a group web
set_port b group web
set_port c group web
set_group web forged_transmits accept vlan access 10
set_port d vlan access 10
must stream on a,b,c broadcast src y1
for round in 1 2 3 4 5; do
	set_group web forged_transmits reject
	works "reject, $round: nothing more is forwarded" \
		stays forwarded a,b,c a,b,c 30
	set_group web forged_transmits accept
	works "accept, $round: nothing more is dropped" \
		stays dropped a,b,c a,b,c 30
	set_group web vlan access 20
	works "another VLAN, $round: nothing more to those in the old one" \
		stays copies_offered d a,b,c 30
	set_port d vlan access 20
	set_group web vlan trunk 20
	works "tagged only, $round: nothing more is forwarded" \
		stays forwarded a,b,c a,b,c 30
	set_port d vlan access 10
	set_group web vlan access 10
	works "untagged, $round: nothing more is dropped" \
		stays dropped a,b,c a,b,c 30
	set_port b nogroup
	works "one leaves, $round: nothing of its is forwarded" \
		stays forwarded b b 30
	set_port b group web
	works "it joins, $round: nothing of its is dropped" \
		stays dropped b b 30
done
must stream off
must settle
set_port d vlan inherit
set_group web vlan inherit forged_transmits inherit

# Refused as a whole: what fits one port and not another fits none

nvsw group add nvs0 blue vlan access 20
guest e
ip link set dev e nomaster
set_port a nogroup vlan access 10
peer link set dev e address @a
attach e with group blue
is "a clone, in another VLAN" owned:e fdb a 20
refused "the clone's group, into the other's VLAN" "two ports" \
	nvsw group set nvs0 blue vlan access 10
refused "together with a policy" "two ports" \
	nvsw group set nvs0 blue vlan access 10 forged_transmits accept
resolved "of which nothing is in force" e forged_transmits '"reject"' switch
refused "and a name" "two ports" \
	nvsw group set nvs0 blue name red vlan trunk all
set_port b group blue
refused "others are in it" "two ports" nvsw group set nvs0 blue vlan access 10
is "and stay where they are" \
	'{"mode": "access", "vid": 20}' get b vlan_resolved
frame "all of them" b a to e
refused "the clone, into a group of that VLAN" "two ports" \
	ip link set dev a type nvswitch_slave vlan inherit group blue
refused "with a policy of its own" "two ports" \
	ip link set dev a type nvswitch_slave vlan inherit group blue nested
set_port a vlan inherit
refused "deleted by force, they would meet in VLAN 0" "two ports" \
	nvsw group del nvs0 blue force
is "it is not" 2 group blue ports
frame "and in force" b a to e
frame "both are" c a to a
ip link set dev e nomaster
bridge fdb add @s1 dev nvs0 self via b vlan 20 static
refused "a static entry outside the new VLAN" "static entry" \
	nvsw group set nvs0 blue vlan access 30
refused "its port, out of the group" "static entry" \
	ip link set dev b type nvswitch_slave nogroup
refused "its group, deleted" "static entry" nvsw group del nvs0 blue force
works "a wider one, which has the old" nvsw group set nvs0 blue \
	vlan trunk 20,30
frame "it leads there" u s1 src x vlan 20 to b
bridge fdb del @s1 dev nvs0 self via b vlan 20
nvsw group add nvs0 pvlan vlan private 100 isolated 101
refused "a secondary VLAN as access VLAN" "access or native" \
	nvsw group set nvs0 blue vlan access 101
refused "a new group with it" "access or native" \
	nvsw group add nvs0 green vlan access 101
refused "a secondary VLAN of another type" "other type" \
	nvsw group add nvs0 green vlan private 100 community 101
nvsw group del nvs0 pvlan
works "once nobody says it" nvsw group set nvs0 blue vlan access 101

# Deleting

refused "in use" "in use" nvsw group del nvs0 blue
is "it is" 1 group blue ports
nvsw group del nvs0 blue force
is "by force: its ports leave it" none in_group b
is "and have no VLAN of it" switch get b vlan_level
refused "it is gone" "no port group" nvsw group del nvs0 blue
refused "also by force" "no port group" nvsw group del nvs0 blue force
set_port b group web
ip link set dev b nomaster
is "a port that is detached leaves it" 1 group web ports
attach b
is "and is in none when it returns" none in_group b
set_port b group web
set_port b role uplink
is "one that becomes an uplink leaves it" 1 group web ports
set_port b role guest
is "and is in none" none in_group b
refused "an uplink is in none" [Uu]plink \
	ip link set dev u type nvswitch_slave group web
set_port c nogroup
works "one that nobody is in" nvsw group del nvs0 web
nvsw group add nvs0 web nested
peer link set dev e address @e
nvsw port attach nvs0 dev e group web
resolved "attached as one of it" e learning true group
is "and counted" 1 group web ports
ip link set dev e nomaster
refused "attached as one of none" "no port group" \
	nvsw port attach nvs0 dev e group other
is "is not attached" none get e master

# Names

long=$(printf 'x%.0s' {1..63})
works "63 characters" nvsw group add nvs0 "$long"
works "and a port in it" ip link set dev a type nvswitch_slave group "$long"
is "which says so" "$long" in_group a
set_port a nogroup
nvsw group del nvs0 "$long"
works "every printable one" genl group_new switch=dev:nvs0 \
	'group=str:%21%22%23$%25&()*+,-./:;<=>?@[]^_`{|}~'
works "a space within" genl group_new switch=dev:nvs0 group=str:a%20b
works "upper case is another one" genl group_new switch=dev:nvs0 group=str:WEB
refused "there is one" EEXIST genl group_new switch=dev:nvs0 group=str:web
refused "renamed to one that there is" EEXIST genl group_set switch=dev:nvs0 \
	group=str:WEB new_name=str:web
for name in '' "${long}x" "$long$long$long$long$long" %20web web%20 %20 \
	%09web we%09b web%0a %01 web%1b%5b31m we%7fb w%c3%a9b %ff web%80; do
	refused "bad name: '$name'" EINVAL\|ERANGE genl group_new \
		switch=dev:nvs0 "group=str:$name"
	refused "bad new name: '$name'" EINVAL\|ERANGE genl group_set \
		switch=dev:nvs0 group=str:web "new_name=str:$name"
done
refused "no name" . genl group_new switch=dev:nvs0
refused "a name without an end" . genl group_new switch=dev:nvs0 \
	"group=hex:$(printf '61%.0s' {1..64})"
refused "no switch" . genl group_new group=str:new
refused "of what is no switch" . genl group_new switch=dev:lo group=str:new
refused "of a port" . genl group_new switch=dev:a group=str:new
refused "what is not for a group" EINVAL genl group_new switch=dev:nvs0 \
	group=str:new bits=u8:40
refused "a value that a field has not" EINVAL\|ERANGE genl group_new \
	switch=dev:nvs0 group=str:new policy.promiscuous=u8:3
set_port a group web
refused "a port, into one whose name is too long" EINVAL\|ERANGE genl port_set \
	port=dev:a "settings.group=str:${long}x"
is "stays where it is" web in_group a
refused "into one that there is not" "no port group" \
	ip link set dev a type nvswitch_slave group we
refused "nor with more behind it" "no port group" \
	ip link set dev a type nvswitch_slave group webs
set_port a nogroup

# Two switches

ip link add nvs1 type nvswitch
nvsw group add nvs1 web vlan access 7
nvsw group add nvs1 other
set_port a group web
is "one of that name on each" '{"mode": "none"}' get a vlan_resolved
nvsw group set nvs1 web learn_limit 5
resolved "the other's change is not its own" a learn_limit 4096 switch
refused "the other's group" "no port group" \
	ip link set dev a type nvswitch_slave group other
veth f
nvsw port attach nvs1 dev f group web
is "a port of the other one" 7 get f vlan_resolved.vid
is "does not count here" 1 group web ports
nvsw group del nvs1 web force
is "deleted there" none in_group f
is "not here" web in_group a
nvsw group add nvs1 web vlan access 7
set_port f group web
ip link del dev nvs1
is "the other switch is deleted, with its groups and a port" none get f master
is "not here" web in_group a
ip link add nvs1 type nvswitch
refused "its successor has none" "no port group" nvsw group del nvs1 web
nvsw group add nvs1 web
ip link del dev nvs1
set_port a nogroup

# 4096 of them

nvsw group del nvs0 web
nvsw group del nvs0 WEB
must groups 1 4094
is "4096 groups" 4096 number_of_groups
refused "one more" ENOSPC genl group_new switch=dev:nvs0 group=str:new
works "the last one is as good as any" ip link set dev a type nvswitch_slave \
	group 4094
nvsw group set nvs0 4094 learn_limit 5
resolved "and is in force" a learn_limit 5 group
nvsw group del nvs0 17
works "one less, one more" nvsw group add nvs0 new
refused "and no further" ENOSPC genl group_new switch=dev:nvs0 group=str:newer
works "they go with their switch" ip link del dev nvs0
switch nvs0
is "none is left" 0 number_of_groups
attach a

finish
