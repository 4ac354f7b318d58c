#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvswitchd: what guests ask of their NICs reaches the switch, whatever becomes
# of guests, ports and the agent; and no monitor, whatever it says, gets more
# than its own port or keeps the agent from others.
#
# shellcheck disable=SC2154,SC2317 # $answer is lib.sh's; called by the checks
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

command -v nvswitchd >/dev/null || skip_all "there is no nvswitchd"
MANY=${NVS_MANY:-300}

files=$(mktemp -d)
qmp=$files/qmp
mkdir "$qmp" "$files/state"
agent='' monitors='' listener=''
trap 'kill $agent $monitors $listener 2>/dev/null; wait $agent $monitors; rm -rf "$files"' EXIT

mkfifo "$files"/{to,from}
# Two files for each guest, and the agent, which needs one, sees to itself.
(ulimit -n 65536 && exec "$here/fake-qmp" "$qmp") <"$files/to" >"$files/from" &
monitors=$!
exec {to}>"$files/to" {from}<"$files/from"

# monitor WORD...: tell the monitors; their answer is in $said
monitor()
{
	echo "$*" >&"$to"
	read -r -t $((60 * slow)) said <&"$from" || die "no answer to: $*"
}

agent_start()
{
	nvswitchd --state "$files/state" "$qmp" 2>>"$files/log" &
	agent=$!
}

# agent_end SIGNAL
agent_end()
{
	kill -"$1" "$agent"
	wait "$agent" 2>/dev/null
}

status() { nvswitchd --state "$files/state" --status 2>/dev/null; }
followed() { status | grep -c '  followed'; }

log() { cat "$files/log"; }

# reports TITLE PATTERN: in the journal
reports() { eventually "$1" "$2" log; }

# shows TITLE PATTERN: in its status
shows() { eventually "$1" "$2" status; }

quiet=('promiscuous=false' 'multicast="normal"')
group1=01:00:5e:00:00:05 group2=33:33:00:00:00:01

switch nvs0
guest a b c d e
set_port a mac_changes accept

agent_start

# What a guest asks for

monitor guest a
monitor nic a net0 'main-mac="02:00:00:00:61:00"' "${quiet[@]}"
becomes "nothing is asked for: nothing is told" "off none" reception a
is "its initial MAC stays" a get a requested_mac
frame "nobody is a member" b "$group1" to c,d,e,host
monitor nic a net0 "multicast-table=[\"$group1\",\"$group2\"]"
becomes "groups are asked for" "off list" reception a
frame "a group that was asked for" b "$group1" to a,c,d,e,host
frame "a group that was not" b 01:00:5e:00:00:06 to c,d,e,host
monitor nic a net0 'multicast-overflow=true'
becomes "more groups than fit: all" "off all" reception a
monitor nic a net0 'multicast-overflow=false' 'multicast="none"'
becomes "none" "off none" reception a
monitor nic a net0 'multicast="all"'
becomes "all" "off all" reception a
monitor nic a net0 'multicast="normal"' 'multicast-table=["02:00:5e:00:00:01"]'
monitor nic a net0 'main-mac="02:00:00:00:61:05"'
becomes "another MAC, accepted" a5 get a effective_mac
is "a table with what is no group: all" "off all" reception a
monitor nic a net0 'multicast-table=[]'

set_port a promiscuous accept
becomes "no groups" "off none" reception a
frame "promiscuous accept, but it does not listen" b d to d
monitor nic a net0 'promiscuous=true'
becomes "promiscuous mode: every group, too" "on all" reception a
frame "promiscuous accept, and it listens" b d to a,d
set_port a promiscuous reject
frame "it listens, and its policy forbids it" b d to d
monitor nic a net0 'promiscuous=false'

# Whose MAC

set_port a mac_changes reject
becomes "mac_changes reject" mac_change get a mac_state
is "its initial MAC is in force" a get a effective_mac
monitor nic a net0 'main-mac="02:00:00:00:61:00"'
becomes "it has its initial one again" ok get a mac_state
set_port a mac_changes accept
monitor nic a net0 'main-mac="02:00:00:00:62:00"'
becomes "another port's MAC" mac_conflict get a mac_state
frame "whose owner goes on" c b to b
monitor nic a net0 'main-mac="02:00:00:00:61:06"'
becomes "a free one" a6 get a effective_mac
monitor nic a net0 'main-mac="00:00:00:00:00:00"' 'multicast="all"'
becomes "no MAC at all:" "off all" reception a
is "the last one stays" a6 get a requested_mac
monitor nic a net0 'main-mac="01:00:00:00:61:00"' 'multicast="none"'
becomes "a group's address:" "off none" reception a
is "the last one still stays" a6 get a requested_mac
monitor nic a net0 'main-mac="02:00:00:00:61:07"'
becomes "one station's" a7 get a effective_mac

# What raises no event

for event in RESET RESUME MIGRATION DEVICE_DELETED; do
	monitor asked a
	before=$said
	monitor event a "$event"
	for ((i = 0; i < 400 * slow && said <= before; i++)); do
		sleep 0.05
		monitor asked a
	done
	if ((said > before)); then
		pass "asked again after $event"
	else
		fail "asked again after $event"
	fi
done
monitor status a finish-migrate
monitor event a STOP
is "its guest migrates: still active" true get a activated
monitor status a postmigrate
becomes "and is away, which no event tells: dormant" false get a activated
monitor status a running
monitor event a RESUME
becomes "the migration has failed: it goes on" true get a activated

# Too many

before=$EPOCHREALTIME
monitor asked a
asked=$said
monitor flood a net0 3 1000 02:00:00:00:61:09
becomes "1,000 changes a second: the last one" a9 get a effective_mac
monitor asked a
took=$((${EPOCHREALTIME/./} - ${before/./}))
if ((said - asked <= took / 100000 + 2)); then
	pass "asked ten times a second at most"
else
	fail "asked ten times a second at most"
	note "$((said - asked)) times in $took microseconds"
fi

# NICs and ports

monitor guest multi
monitor nic multi one 'main-mac="02:00:00:00:62:01"' "${quiet[@]}"
reports "a socket whose name is no port's" 'multi: multi = |multi: .*is port multi'
monitor nic multi two 'main-mac="02:00:00:00:63:01"' "${quiet[@]}"
reports "two NICs, and nobody says which is which" 'multi: it has 2 NICs'
is "neither speaks for a port" b get b requested_mac
echo '{"one": "b", "two": "c"}' >"$qmp/multi.json"
becomes "said in a file: the first" b1 get b requested_mac
becomes "and the second" c1 get c requested_mac
echo '{"one": "c", "two": "a"}' >"$qmp/multi.json"
becomes "said anew" b1 get c requested_mac
becomes "who is spoken for no more gets all groups" "unknown all" reception b
reports "a port that is another guest's" 'multi: a is another'
is "which nobody else speaks for" a9 get a requested_mac
echo 'one: c' >"$qmp/multi.json"
reports "a file that is wrong" 'multi: .*multi.json: '
echo '{"one": "c", "two": "b"}' >"$qmp/multi.json"
becomes "mended" c1 get b requested_mac
monitor unplug multi two
becomes "a NIC that is unplugged" "unknown all" reception b

monitor guest e
reports "a NIC that cannot say" 'e: its NIC cannot say .* e keeps its initial MAC'
shows "is shown as such" '= e  cannot say'
is "its initial MAC stays" e get e effective_mac
is "nothing is told of it" "unknown all" reception e

monitor guest d
ip link set dev d nomaster
monitor nic d net0 'main-mac="02:00:00:00:64:00"' "${quiet[@]}"
shows "no port yet" '= d .*no port'
attach d
becomes "told when it is attached" "off none" reception d
peer link set dev d down
becomes "no carrier" no has_carrier d
nvsw port set dev d rx_promisc unknown
peer link set dev d up
becomes "told again when it has carrier" "off none" reception d
shows "a port again" '= d  02:00:00:00:64:00  promiscuous off  multicast 0 groups$'

# Guests end

monitor end d
becomes "a guest that ends: reception as by default" "unknown all" reception d
monitor restart d
becomes "it starts anew" "off none" reception d
monitor end d
rm "$qmp/d.qmp"
becomes "it ends again" "unknown all" reception d
reports "and is forgotten" 'd: gone'

# Monitors that are none, all at once, and one that is, all the time

hostile=(silent noise deep unknown truncated endless refusing chatter flapping
	mute error nonsense long wrong)
for manner in "${hostile[@]}"; do
	monitor guest "$manner" "$manner"
done
for ((i = 0; i < 5; i++)); do
	monitor nic a net0 "main-mac=\"02:00:00:00:61:1$i\""
	becomes "among hostile ones: change $i" "a$((16 + i))" \
		get a requested_mac
done
reports "noise" 'noise: its monitor says what is no QMP'
reports "too deep" 'deep: its monitor says what is no QMP'
reports "JSON, but no greeting" 'unknown: its monitor does not greet'
reports "a line without an end" 'endless: its monitor says a line without'
reports "no negotiation" 'refusing: its monitor refuses'
reports "no greeting" 'silent: its monitor does not answer'
reports "half a greeting" 'truncated: its monitor does not answer'
reports "no answer" 'mute: its monitor does not answer'
shows "an error for an answer" '^error  followed  query-rx-filter is not'
shows "no list for an answer" '^wrong  followed  query-rx-filter is not'
shows "answers nobody asked for" '^nonsense  followed  it has 7 NICs'
shows "a long answer" '= long  02:00:00:00:6c:01  promiscuous off'
# Which of the two depends on whether the next question was under way.
reports "hangs up" 'flapping: its monitor (has hung up|takes no questions)'
monitor nic a net0 'main-mac="02:00:00:00:61:20"'
becomes "after all that" a32 get a requested_mac
if ! LC_ALL=C grep -q '[^ -~]' "$files/log"; then
	pass "the journal is fit to be read"
else
	fail "the journal is fit to be read"
fi
lines=$(wc -l <"$files/log")
if ((lines < 300)); then
	pass "the journal is not flooded"
else
	fail "the journal is not flooded"
	note "$lines lines"
fi
for manner in "${hostile[@]}"; do
	monitor end "$manner"
	rm "$qmp/$manner.qmp"
done

# Many

for ((i = 0; i < MANY; i++)); do
	monitor guest "g$i"
	monitor nic "g$i" net0
done
deadline=$((SECONDS + 60 * slow))
until (($(followed) >= MANY)) || ((SECONDS > deadline)); do
	sleep 0.2
done
if (($(followed) >= MANY)); then
	pass "$MANY guests"
else
	fail "$MANY guests"
	note "$(followed) followed"
fi
monitor nic a net0 'main-mac="02:00:00:00:61:21"'
becomes "and one of them" a33 get a requested_mac

# A guest migrates in: its addresses are announced for it

veth u
must netns
nsenter --net="$answer" "$here/rarp-listen" u >"$files/rarp" &
listener=$!
until [[ -s $files/rarp ]]; do
	sleep 0.05
done
attach u with role uplink
guest f w
set_port f nested activation announce
must import f i1
send f broadcast says rarp
becomes "its announcement: its port is active" true get f activated
eventually "and the imported address is announced" ' 02:00:00:00:69:01 0$' \
	cat "$files/rarp"
set_port w nested
set_port w activation announce
must import w w1
agent_end TERM
agent_start
shows "the agent starts while a port waits" followed
nvsw port activate dev w
eventually "which is announced as well" ' 02:00:00:00:77:01 0$' \
	cat "$files/rarp"

# The agent itself

agent_end TERM
becomes "the agent ends: reception as by default" "unknown all" reception a
is "and the MAC stays for the next one" a33 get a requested_mac
monitor nic a net0 'main-mac="02:00:00:00:61:22"' 'multicast="none"'
agent_start
becomes "the next one asks afresh" a34 get a requested_mac
becomes "and tells all" "off none" reception a
shows "and writes its status" '= a  02:00:00:00:61:22'
agent_end KILL
becomes "it is killed: reception as by default" "unknown all" reception a

chmod o+w "$qmp"
agent_start
reports "anybody may write to the folder" 'is not used'
is "who does is not listened to" "unknown all" reception a
chmod o-w "$qmp"
becomes "mended" "off none" reception a
mv "$qmp" "$qmp.old"
becomes "the folder is gone, and its guests" "unknown all" reception a
mv "$qmp.old" "$qmp"
becomes "the folder is back" "off none" reception a

finish
