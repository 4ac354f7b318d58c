#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvsw fdb export and import: what one switch has learned behind a port goes over
# to another, all or nothing; what does not fit there, or cannot be understood, is
# refused with a sentence, and changes nothing.
#
# shellcheck disable=SC2154 # $answer is lib.sh's
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT

switch nvs0
guest a b c d
uplink u
set_port a nested vlan trunk 0,10
set_port b nested
set_port d nested activation announce
export_of() { command nvsw fdb export dev "$1"; }

# file ENTRY...: as they are exported, of the version that $version says
version=1
file()
{
	local entries

	entries=$(printf '{"mac":"%s","vlan":%s},' "$@")
	printf '{"version":%s,"port":"vnet7","entries":[%s]}' "$version" \
		"${entries%,}" >"$files/table"
}

# many COUNT: so many entries
many()
{
	local i mac words=()

	for ((i = 0; i < $1; i++)); do
		printf -v mac '02:00:00:10:%02x:%02x' $((i / 256)) $((i % 256))
		words+=("$mac" 0)
	done
	file "${words[@]}"
}

# rejects TITLE STATUS PATTERN [FILE]: with that status and sentence, and nothing
# is learned
rejects()
{
	local said status=0

	said=$(command nvsw fdb import "${4:-$files/table}" dev a 2>&1) ||
		status=$?
	must entries learned a
	if ((status == $2)) && [[ $said =~ $3 && $answer == "$known" ]]; then
		pass "$1"
	else
		fail "$1"
		note "status $status: '$said', $answer entries, not $known"
	fi
}

# What goes over

send a broadcast src a1
send a broadcast vlan 10 src a2
must drain
is "learned" 2 entries learned a
export_of a >"$files/table"
nvsw fdb flush nvs0 dev a learned
nvsw fdb import "$files/table" dev a
is "exported and imported: there" learned:a fdb a1
is "in its VLAN" learned:a fdb a2 10
export_of a >"$files/again"
if diff <(sed 's/,/\n/g' "$files/table" | sort) \
	<(sed 's/,/\n/g' "$files/again" | sort); then
	pass "exported again: the same"
else
	fail "exported again: the same"
fi
works "imported again: no change" nvsw fdb import "$files/table" dev a
is "there are no more" 2 entries learned a
known=2

# Of another switch

file 02:00:00:00:69:01 10 02:00:00:00:69:01 30
rejects "of a trunk: a VLAN that the port does not carry" 1 'VLAN.*entry 2'
file 02:00:00:00:69:01 0 02:00:00:00:62:00 0
rejects "an address that is another guest's here" 1 \
	'belongs to somebody.*entry 2: 02:00:00:00:62:00 vlan 0'
file 02:00:00:00:69:01 0 02:00:00:00:68:00 0
rejects "the host's" 1 \
	'belongs to somebody.*entry 2: 02:00:00:00:68:00 vlan 0'
file 02:00:00:00:69:01 0 02:00:00:00:61:00 0
rejects "its own, which is none that it could learn" 1 \
	'belongs to somebody.*entry 2: 02:00:00:00:61:00 vlan 0'
file 02:00:00:00:69:01 0
refused "for a port that does not learn" nested \
	nvsw fdb import "$files/table" dev c
refused "for an uplink" . nvsw fdb import "$files/table" dev u
refused "for a switch" . nvsw fdb import "$files/table" dev nvs0

# Of a future version, and what is none of these files

version=2
file 02:00:00:00:69:01 0
rejects "a future version" 2 'version: it takes 1'
version='"1"'
file 02:00:00:00:69:01 0
rejects "a version that is no number" 2 version
version=1
while IFS=$'\t' read -r pattern text; do
	printf '%s' "$text" >"$files/bad"
	rejects "not understood: ${text:0:60}" 2 "$pattern" "$files/bad"
done <<'END'
line 1	
line 1	{"version":1,"entries":[
version	{"entries":[]}
entries	{"version":1}
object	[]
later	{"version":1,"later":true,"entries":[]}
entries	{"version":1,"entries":{}}
port	{"version":1,"port":7,"entries":[]}
mac	{"version":1,"entries":[{"vlan":0}]}
vlan	{"version":1,"entries":[{"mac":"02:00:00:00:69:01"}]}
vlan	{"version":1,"entries":[{"mac":"02:00:00:00:69:01","vlan":4095}]}
vlan	{"version":1,"entries":[{"mac":"02:00:00:00:69:01","vlan":-1}]}
entry 1	{"version":1,"entries":[{"mac":"01:00:00:00:69:01","vlan":0}]}
entry 1	{"version":1,"entries":[{"mac":"02:00:00:00:69","vlan":0}]}
age	{"version":1,"entries":[{"mac":"02:00:00:00:69:01","vlan":0,"age":1}]}
entry 1	{"version":1,"entries":["02:00:00:00:69:01"]}
END
rejects "no such file" 1 'No such file' "$files/nothing"

# More than there is room for: of one request, and of several

many 4096
rejects "more than learn_limit, with what is there" 1 learn_limit
many 5
set_port a learn_limit 6
rejects "more than a lower one" 1 learn_limit
set_port a learn_limit 7
works "as many as there is room for" nvsw fdb import "$files/table" dev a
is "they are all there" 7 entries learned a
set_port a learn_limit 100000
set_switch table_limit 3000
nvsw fdb flush nvs0 dev a learned
known=0
many 3200
rejects "more than table_limit" 1 table_limit
set_switch table_limit 65536
works "without that limit: in more than one request" \
	nvsw fdb import "$files/table" dev a
is "they are all there, too" 3200 entries learned a

# An address that is named twice is one

set_port a learn_limit 6
nvsw fdb flush nvs0 dev a learned
# shellcheck disable=SC2046 # words
file $(for i in {1..5} 1 2 3; do printf '02:00:00:00:69:%02x 0 ' "$i"; done)
works "five, three of them twice: within six" \
	nvsw fdb import "$files/table" dev a
is "there are five" 5 entries learned a
nvsw fdb flush nvs0 dev a learned
set_port a learn_limit 100000

# Before the port is active the limit counts as well

set_port d learn_limit 10
many 11
refused "for a port that waits: more than its limit" learn_limit \
	nvsw fdb import "$files/table" dev d
many 10
works "up to it" nvsw fdb import "$files/table" dev d
file 02:00:00:00:69:02 0
refused "and no more the next time" learn_limit \
	nvsw fdb import "$files/table" dev d
nvsw fdb flush nvs0 dev a learned
many 10
works "the same ones once more" nvsw fdb import "$files/table" dev d
nvsw port activate dev d
is "once it is active they are there" 10 entries learned d

# What it cannot have any more, when it is activated, is said

set_port d activation immediate
set_port d activation announce
nvsw fdb flush nvs0 dev d learned
many 10
works "ten wait" nvsw fdb import "$files/table" dev d
set_port d learn_limit 7
nvsw port activate dev d
is "there are as many as the limit is now" 7 entries learned d
if dmesg | grep -q ' d: .* without 3 of 10 imported addresses'; then
	pass "the log says how many there are not"
else
	fail "the log says how many there are not"
	note "$(dmesg | tail -n 1)"
fi
set_port d learn_limit 10

# Until then a flush takes them back, and so does another guest's MAC

# flushes TITLE COUNT WORD...: so many go
flushes()
{
	local said

	said=$(command nvsw fdb flush nvs0 "${@:3}")
	if [[ $said == "$2 removed" ]]; then
		pass "$1"
	else
		fail "$1"
		note "$said"
	fi
}

# wakes TITLE COUNT: d, which waits, is activated, and has so many addresses then
wakes()
{
	nvsw port activate dev d
	is "$1" "$2" entries learned d
	nvsw fdb flush nvs0 dev d learned
	set_port d activation immediate
	set_port d activation announce
}

nvsw fdb flush nvs0 dev d learned
set_port d activation immediate
set_port d activation announce
many 5
works "five wait" nvsw fdb import "$files/table" dev d
flushes "a flush says how many it has taken" 5 dev d learned
wakes "flushed: there are none" 0
works "five wait again" nvsw fdb import "$files/table" dev d
flushes "another VLAN's" 0 dev d vlan 20
flushes "or another port's" 0 dev a
flushes "or what is static" 0 dev d static
wakes "is flushed without them" 5
works "five wait once more" nvsw fdb import "$files/table" dev d
must get d initial_mac
set_port d initial_mac "@$answer"
wakes "the same MAC: they are there" 5
works "five wait for the last time" nvsw fdb import "$files/table" dev d
set_port d initial_mac @d7
wakes "another MAC: they are gone" 0
set_port d initial_mac @d
nvsw port activate dev d

# A port that becomes an uplink forgets what it was to learn

nvsw fdb flush nvs0 dev d learned
file 02:00:00:00:69:05 0
ip link set dev d down
set_port d activation immediate
set_port d activation announce
works "to be learned later" nvsw fdb import "$files/table" dev d
set_port d role uplink
set_port d role guest nested
ip link set dev d up
becomes "its carrier is back" yes has_carrier d
is "after another role it is forgotten" 0 entries learned d

finish
