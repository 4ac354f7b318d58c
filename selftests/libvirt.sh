#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvswitch-libvirt: whatever a guest's monitor says, and if it says nothing, other
# guests are asked and answered. With libvirt as the tests have it: real QEMUs are
# not hostile. With a real one it is tested by hypervisor/libvirt.
#
# shellcheck disable=SC2317 # functions are called by the checks
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

command -v nvswitch-libvirt >/dev/null || skip_all "there is no nvswitch-libvirt"

files=$(mktemp -d)
export FAKE_LIBVIRT=$files/libvirt
qmp=$files/qmp
mkdir "$FAKE_LIBVIRT"
mkfifo "$FAKE_LIBVIRT/events"
exec {events}<>"$FAKE_LIBVIRT/events"
relay='' listener='' askers=()
trap 'kill $relay $listener "${askers[@]}" 2>/dev/null; wait $relay; rm -rf "$files"' EXIT

# What every test ends with, the sum of a switch's counters, wants one.
switch nvs0

xml="<domain><devices><interface><target dev='tap0'/><alias name='net0'/></interface></devices></domain>"
reply='{"return":[{"name":"net0","main-mac":"02:00:00:00:00:01"}],"id":"libvirt-9"}'

# runs UUID [REPLY [NAME]]: one that runs; without a reply it hangs
runs()
{
	echo "${3-$1}" >"$FAKE_LIBVIRT/$1.name"
	echo "$xml" >"$FAKE_LIBVIRT/$1.xml"
	[[ ! ${2-} ]] || printf '%s' "$2" >"$FAKE_LIBVIRT/$1.answer"
	: >"$FAKE_LIBVIRT/$1.active"
	echo "started $1" >&"$events"
}

# ends UUID
ends()
{
	rm "$FAKE_LIBVIRT/$1.active"
	echo "stopped $1" >&"$events"
}

query() { "$here/ask-qmp" "$qmp/$1.qmp" "${@:2}"; }
good_is_answered() { eventually "$1: another guest is answered" 'main-mac.*"id": 7' query good; }
there() { ls "$qmp"; }
there_is() { [[ -e $qmp/$1 ]] && echo yes || echo no; }

# nested COUNT: a list in a list...
nested() { printf '[%.0s' $(seq "$1"); printf ']%.0s' $(seq "$1"); }

runs good "$reply"
PYTHONPATH=$here/fake-libvirt nvswitch-libvirt "$qmp" 2>"$files/log" &
relay=$!
eventually "a guest that runs already" '^good.qmp$' there
good_is_answered "good"
eventually "which NIC is which tap" '"net0": "tap0"' cat "$qmp/good.json"

# What monitors say

runs noise 'no JSON'
eventually "what is no JSON" 'error.*"id": 7' query noise
runs list '[1, 2]'
eventually "a list" 'error.*"id": 7' query list
runs number 5
eventually "a number" 'error.*"id": 7' query number
runs bare '{"id":{"a":"b"}}'
eventually "an answer with an id of its own" '^{"id": 7}' query bare
runs bulky "{\"return\":\"$(head -c 9000000 /dev/zero | tr '\0' x)\"}"
eventually "an answer that nobody would take" 'hung up' query bulky
# More than can be asked at a time.
for ((i = 0; i < 13; i++)); do
	runs "deep$i" "{\"return\":$(nested 20000)}"
	eventually "deep$i: nested without an end" 'error.*"id": 7' query "deep$i"
done
good_is_answered "all that"
for ((i = 0; i < 11; i++)); do
	runs "mute$i"
	eventually "mute$i: it hangs" "^mute$i.qmp$" there
	query "mute$i" >"$files/mute$i" &
	askers+=($!)
done
good_is_answered "eleven that hang"
wait "${askers[@]}"
is_silent() { grep -l 'says no more' "$files"/mute* | wc -l; }
eventually "who asks those is told nothing" '^11$' is_silent
eventually "nor is who asks again" 'says no more' query mute0
good_is_answered "who asks has given up"
for ((i = 0; i < 11; i++)); do
	printf '%s' "$reply" >"$FAKE_LIBVIRT/mute$i.answer"
done
eventually "one that hangs no more" 'main-mac.*"id": 7' query mute0

# What libvirt reports

overhear() { "$here/ask-qmp" "$qmp/good.qmp" '{"execute":"qmp_capabilities","id":0}' >"$files/heard"; }

overhear &
listener=$!
eventually "somebody listens" '"id": 0' cat "$files/heard"
nested 20000 >"$files/deep"
echo '{"name":"net0"}' >"$files/plain"
{
	echo "monitor good VNC_CONNECTED $files/plain"
	echo "monitor good RESET $files/deep"
	echo "monitor good NIC_RX_FILTER_CHANGED $files/plain"
} >&"$events"
eventually "an event" 'NIC_RX_FILTER_CHANGED.*net0' cat "$files/heard"
eventually "one whose details are nested without an end: without them" \
	'"RESET", "data": [{][}]' cat "$files/heard"
if ! grep -q VNC "$files/heard"; then
	pass "none that nobody wants"
else
	fail "none that nobody wants"
fi
wait "$listener"
good_is_answered "events"

# Who asks

eventually "who speaks no JSON is hung up on" 'hung up' query good 'QUIT'
eventually "and so is who nests without an end" 'hung up' query good "$(nested 20000)"
eventually "nothing else is asked" 'CommandNotFound' \
	query good '{"execute":"quit","id":7}'
good_is_answered "all of them"

# Names and ends

runs u-1 "$reply" '../../evil'
eventually "a name that is no file's" '^u-1.qmp$' there
ends u-1
eventually "an end" '^no$' there_is u-1.qmp
eventually "with what was said of it" '^no$' there_is u-1.json
# It ends before libvirt has said what it consists of.
echo late >"$FAKE_LIBVIRT/late.name"
: >"$FAKE_LIBVIRT/late.active"
echo "started late" >&"$events"
eventually "a guest that has just started is looked at" '^[.]$' cat "$FAKE_LIBVIRT/late.asked"
ends late
runs next "$reply"
eventually "and ends, as the next one starts" '^next.qmp$' there
echo "$xml" >"$FAKE_LIBVIRT/late.xml"
eventually "it is looked at again" '^[.][.]$' cat "$FAKE_LIBVIRT/late.asked"
eventually "and has no socket" '^no$' there_is late.qmp

if kill -0 "$relay" 2>/dev/null && [[ ! -s $files/log ]]; then
	pass "it has never failed"
else
	fail "it has never failed"
	note "$(tail -n 20 "$files/log")"
fi
finish
