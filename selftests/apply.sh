#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvsw save and apply: what is saved can be made again, byte by byte; what is
# applied is reached or leaves everything as it was; and files are checked.
#
# shellcheck disable=SC2317 # functions are called by the checks
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT

# The tool itself, in the switch's namespace; its answer needs not be quoted.
tool() { command nvsw "$@"; }

# When the disk is full. Its standard output is one that says so itself.
to_full() { tool "$@" >/dev/full; }

lines_of() { tool "$@" | wc -l; }

# prints TITLE STATUS TEXT COMMAND...: exactly that, on standard output
prints()
{
	local printed status=0

	printed=$("${@:4}" 2>"$files/errors") || status=$?
	if ((status != $2)); then
		fail "$1"
		note "${*:4}: exit status $status: $(<"$files/errors")"
	elif [[ $printed != "$3" ]]; then
		fail "$1"
		note "${*:4}: '$printed' instead of '$3'"
	else
		pass "$1"
	fi
}

# says TITLE STATUS PATTERN COMMAND...: on standard error
says()
{
	local said status=0

	said=$("${@:4}" 2>&1 >/dev/null) || status=$?
	if ((status == $2)) && [[ $said =~ $3 ]]; then
		pass "$1"
	else
		fail "$1"
		note "${*:4}: exit status $status: '$said' instead of '$3'"
	fi
}

same()
{
	if cmp -s "$2" "$3"; then
		pass "$1"
	else
		fail "$1"
		note "$(diff "$2" "$3")"
	fi
}

# edit FROM TO PROGRAM: a configuration changed by a piece of Python
edit()
{
	python3 - "$files/$1" "$files/$2" "$3" <<-'END' || die "edit $3"
	import json, sys
	with open(sys.argv[1]) as f:
	    c = json.load(f)
	ports = {p['port']: p for p in c.get('ports', [])}
	groups = {g['group']: g for g in c.get('groups', [])}
	exec(sys.argv[3])
	with open(sys.argv[2], 'w') as f:
	    json.dump(c, f, indent=1)
	END
}

saved() { tool save nvs0 >"$files/$1" || die "save: $1"; }

# unchanged TITLE: since it was saved as "now"
unchanged()
{
	saved after
	same "$1" "$files/now" "$files/after"
}

# Files

while read -r result rest; do
	case $result in
	pass) pass "file: $rest" ;;
	skip) note "$rest" ;;
	*) fail "file: $rest" ;;
	esac
done < <("$here/config-files" "$here"/fuzz/corpus/json/{one,two,trunks})

# A switch with something of everything

switch nvs0 ageing 600 move_hold 100 table_limit 1000 remote_limit 0 \
	mac_binding explicit forged_transmits accept learn_move deny
nvsw group add nvs0 empty
nvsw group add nvs0 web vlan access 10 mac_changes accept learn_limit 7
nvsw group add nvs0 wide vlan trunk 0,10,20-30 native 5 nested
nvsw group add nvs0 secret vlan private 100 isolated 101
guest a b c d
uplink v u
veth e f
tap t
ip link set dev u nomaster
ip link set dev v nomaster
ip link set dev u master nvs0
ip link set dev u type nvswitch_slave role uplink
ip link set dev v master nvs0
ip link set dev v type nvswitch_slave role uplink
set_port a group web initial_mac @a7 bpdu pass learn_limit 0 mac_changes reject
set_port b group wide blocked on
set_port c group secret activation announce
set_port d vlan private 100 community 102 limit_policy allow
nvsw allow add dev a @x1
nvsw allow add dev a 00:50:56:00:00:00/24
nvsw fdb add @s1 dev a vlan 10
nvsw fdb add @s2 dev b vlan 5
nvsw fdb add @s3 dev v vlan 20

# Saving

saved now
works "saving is repeatable" nvsw save nvs0
unchanged "and says the same"
if python3 -c 'import jsonschema' 2>/dev/null; then
	while read -r result rest; do
		[[ $rest == "the schema: now"* ]] || continue
		if [[ $result == pass ]]; then
			pass "the schema takes what is saved"
		else
			fail "the schema takes what is saved: $rest"
		fi
	done < <("$here/config-files" "$files/now")
fi
says "a full disk" 1 "cannot be written" to_full save nvs0
prints "nothing to change" 0 "nothing to change" tool apply "$files/now"
prints "nothing, as JSON" 0 "[]" tool -j apply "$files/now"

# All of it is made again

must forget host
ip link del dev nvs0
works "a dry run of all" nvsw apply "$files/now" dry-run
says "makes nothing" 1 "no device" tool switch show nvs0
works "from nothing" nvsw apply "$files/now"
must reset
unchanged "is the same, byte by byte"
prints "and done once" 0 "nothing to change" tool apply "$files/now"
is "the order of the uplinks counts" u get nvs0 active_uplink
ip link set dev nvs0 up

# Changes, line by line

edit now next '
c["ageing"] = 300
del groups["web"]["mac_changes"]
groups["web"]["vlan"] = {"mode": "access", "vid": 11}
ports["a"]["allow"].remove("00:50:56:00:00:00/24")
ports["a"]["static"] = [{"mac": "02:00:00:00:73:01", "vlan": 11}]
ports["b"].update(blocked=False, initial_mac="02:00:00:00:62:07")
c["groups"].remove(groups["empty"])
c["groups"].append({"group": "new one", "learning": True})
c["ports"].remove(ports["c"])
c["ports"].append({"port": "e", "group": "new one"})'
prints "a dry run" 0 "\
- nvs0 port a static 02:00:00:00:73:01 vlan 10
- nvs0 port c group secret activation announce
~ nvs0 ageing: 600 -> 300
+ nvs0 group 'new one' learning on
~ nvs0 group web vlan: access 10 -> access 11
~ nvs0 group web mac_changes: accept -> inherit
+ nvs0 port e group 'new one'
~ nvs0 port b initial_mac: none -> 02:00:00:00:62:07
~ nvs0 port b blocked: on -> off
- nvs0 port a allow 00:50:56:00:00:00/24
+ nvs0 port a static 02:00:00:00:73:01 vlan 11
- nvs0 group empty" tool apply "$files/next" dry-run
unchanged "changes nothing"
edit now small '
c["ageing"] = 300
ports["a"]["group"] = "wide"
ports["a"].pop("initial_mac")
ports["a"].pop("static")
groups["web"]["vlan"] = {"mode": "trunk", "trunk": [0, [10, 12]]}'
prints "as JSON" 0 '[
{"op":"del","switch":"nvs0","object":"port","name":"a","key":"static","old":{"mac":"02:00:00:00:73:01","vlan":10}},
{"op":"set","switch":"nvs0","object":"switch","name":"nvs0","key":"ageing","old":600,"new":300},
{"op":"set","switch":"nvs0","object":"group","name":"web","key":"vlan","old":{"mode":"access","vid":10},"new":{"mode":"trunk","trunk":"0,10-12"}},
{"op":"set","switch":"nvs0","object":"port","name":"a","key":"group","old":"web","new":"wide"},
{"op":"set","switch":"nvs0","object":"port","name":"a","key":"initial_mac","old":"02:00:00:00:61:07"}
]' tool -j apply "$files/small" dry-run
says "if nobody can be told" 1 "cannot be written" \
	to_full apply "$files/next"
unchanged "nothing is changed"
works "applied" nvsw apply "$files/next"
prints "there is no more" 0 "nothing to change" tool apply "$files/next"
is "e has joined" "new one" in_group e
is "c has left" none get c master
works "and back" nvsw apply "$files/now"
unchanged "as it was"

# Everything at once: roles, the order of uplinks, MACs that change hands

edit now turned '
c["ports"].remove(ports["u"])
c["ports"].append({"port": "f", "role": "uplink"})
c["ports"].append({"port": "u", "role": "uplink"})
c["ports"].remove(ports["d"])
c["ports"].append({"port": "d", "role": "uplink"})
ports["b"].update(initial_mac="02:00:00:00:61:07", vlan={"mode": "access", "vid": 10}, static=[])
ports["a"]["initial_mac"] = "02:00:00:00:62:07"'
works "roles, uplinks and MACs" nvsw apply "$files/turned"
prints "all there" 0 "nothing to change" tool apply "$files/turned"
is "the first uplink of the file" v get nvs0 active_uplink
edit turned swapped '
ports["a"]["initial_mac"] = "02:00:00:00:61:07"
ports["b"]["initial_mac"] = "02:00:00:00:62:07"'
works "two guests swap their MACs" nvsw apply "$files/swapped"
prints "both have" 0 "nothing to change" tool apply "$files/swapped"
works "back again" nvsw apply "$files/now"
unchanged "as it was before"

# Several switches

edit now several '
c["ports"].remove(ports["a"])
d = dict(version=1, switch="nvs1", ports=[dict(port="a")])
c = [c, d]'
works "a port goes to another switch" nvsw apply "$files/several"
is "it is there" nvs1 get a master
tool save >"$files/both"
ip link del dev nvs1
ip link del dev nvs0
works "two switches from nothing" nvsw apply "$files/both"
must reset
tool save >"$files/both.after"
same "both are the same" "$files/both" "$files/both.after"
ip link del dev nvs1
works "the first as it was" nvsw apply "$files/now"
unchanged "again"

# What is refused leaves everything as it was. The address of a visible peer is
# one that no file shows.

peer link set dev f address @a7
nvsw port activate c
edit now clone '
c["ageing"] = 10
c["groups"].append({"group": "more"})
c["ports"].append({"port": "f", "group": "web"})
c["ports"].remove(ports["c"])
ports["b"].pop("static")
ports["b"]["group"] = "more"
ports["b"]["allow"] = ["02:00:00:00:62:63"]'
refused "a cloned guest" "port f of nvs0 cannot be attached: .*another" \
	nvsw apply "$files/clone"
unchanged "is refused with nothing changed"
says "what was done is undone" 1 "All is as it was" tool apply "$files/clone"
edit now loop '
d = dict(version=1, switch="nvs1", groups=[dict(group="g")])
d["ports"] = [dict(port="e"), dict(port="lo")]
c["ports"].remove(ports["d"])
c = [c, d]'
refused "loopback" "port lo of nvs1 cannot be attached: .*[Ll]oopback" \
	nvsw apply "$files/loop"
unchanged "a switch that was made is gone"
edit now private '
groups["secret"]["vlan"]["primary"] = 200
c["groups"].append({"group": "x", "vlan": {"mode": "access", "vid": 100}})
ports["d"]["vlan"] = {"mode": "access", "vid": 77}'
works "a private VLAN gives way" nvsw apply "$files/private"
works "and back once more" nvsw apply "$files/now"
unchanged "as ever"

# Devices

edit now missing 'c["ports"].append({"port": "nosuch"})'
says "a device that is missing" 1 "ports.6..port: there is no device 'nosuch'" \
	tool apply "$files/missing"
ip link add name br0 type bridge
ip link set dev e master br0
edit now taken 'c["ports"].append({"port": "e"})'
says "one that is a bridge's" 1 "'e' belongs to 'br0'" \
	tool apply "$files/taken"
edit now other 'c["switch"] = "br0"'
says "a bridge is no switch" 1 "switch: device 'br0' is no nvswitch" \
	tool apply "$files/other"
says "no file" 1 "cannot be read" tool apply "$files/nosuch"
says "not a switch to save" 1 "no nvswitch" tool save br0
unchanged "nothing of that has changed anything"

# Many

python3 - >"$files/many" <<-'END'
import json
groups = [{'group': '%04d' % i,
           'vlan': {'mode': 'trunk',
                    'trunk': '%d-%d' % (1 + i * 4094 // 1000,
                                        (i + 1) * 4094 // 1000)}}
          for i in range(1000)]
print(json.dumps({'version': 1, 'switch': 'nvs2', 'groups': groups}))
END
works "1000 groups with 4094 VLANs" nvsw apply "$files/many"
prints "are there" 0 1001 lines_of show nvs2
prints "and complete" 0 "nothing to change" tool apply "$files/many"
ip link del dev nvs2

# A picture

tool graph nvs0 >"$files/dot" || die "graph"
prints "a graph of the switch" 0 'graph "nvs0" {' head -n 1 "$files/dot"
prints "that ends" 0 '}' tail -n 1 "$files/dot"
prints "all ports are in it" 0 6 grep -c '^.*port[0-9]* .label=' "$files/dot"
prints "groups with ports are" 0 3 grep -c 'subgraph' "$files/dot"
if command -v dot >/dev/null; then
	dot -Tsvg "$files/dot" >"$files/svg" 2>/dev/null || die "dot"
	prints "Graphviz draws it" 0 1 grep -c '</svg>' "$files/svg"
fi

finish
