#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What is told with while_open: it holds while the socket that told it is open,
# unless it is told once more; a requested MAC for ten seconds longer.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
declare -A agents pids

# opens NAME: an agent, with a socket of its own
opens()
{
	local fd

	mkfifo "$files/$1"
	"$here/ynl_client.py" <"$files/$1" >"$files/$1.said" 2>&1 &
	pids[$1]=$!
	exec {fd}>"$files/$1"
	agents[$1]=$fd
}

# says NAME PORT SETTINGS [JSON]: as a command with while_open, or with JSON
# instead
says()
{
	local deadline=$((SECONDS + 60 * slow)) lines

	lines=$(grep -cE '^(ok|no)' "$files/$1.said")
	echo "do port_set {\"port\":\"$2\",\"settings\":{$3}${4-,\"while_open\":true}}" \
		>&"${agents[$1]}"
	until (($(grep -cE '^(ok|no)' "$files/$1.said") > lines)); do
		((SECONDS < deadline)) || die "$1 says nothing"
		sleep 0.05
	done
	answer=$(tail -n 1 "$files/$1.said")
}

# for_good PORT SETTINGS: by somebody who says nothing of while_open
for_good() { must ynl port_set "{\"port\":\"$1\",\"settings\":{$2}}"; }

# told TITLE NAME PORT SETTINGS [JSON]
told()
{
	says "${@:2}"
	if [[ $answer == ok ]]; then
		pass "$1"
	else
		fail "$1"
		note "$answer"
	fi
}

# closes NAME: without a word
closes()
{
	local fd=${agents[$1]}

	kill -KILL "${pids[$1]}"
	wait "${pids[$1]}" 2>/dev/null
	exec {fd}>&-
	rm "$files/$1"
}

few='"rx_promisc":"reject","rx_multicast":"list"'
mac() { printf '"requested_mac":"02:00:00:00:61:%02x"' "$1"; }

switch nvs0 mac_changes accept
guest a b c

# Reception

opens one
told "reception" one a "$few"
is "is what was told" "off none" reception a
closes one
becomes "and is not when nobody tells any more" "unknown all" reception a
frame "so that all multicast reaches it again" b 01:00:5e:00:00:05 to a,c,host

opens one
says one a "$few"
for_good a '"rx_promisc":"accept"'
closes one
becomes "what others have told since stays, the rest does not" "on all" \
	reception a
for_good a '"rx_promisc":"inherit"'

opens one
opens two
says one a "$few"
says two a '"rx_multicast":"list"'
closes one
becomes "another agent's word holds" "unknown none" reception a
says two a '"rx_promisc":"accept"'
closes two
becomes "until it closes" "unknown all" reception a

opens one
says one a "$few" ''
closes one
opens one
says one b "$few"
closes one
becomes "of one port" "unknown all" reception b
is "not of another, told for good" "off none" reception a
for_good a '"rx_promisc":"inherit","rx_multicast":"all"'

# The requested MAC

opens one
told "a requested MAC" one a "$few,$(mac 5)"
becomes "is the effective one" a5 get a effective_mac
closes one
becomes "reception is nobody's" "unknown all" reception a
is "but the MAC stays a while" a5 get a effective_mac
patience=40 becomes "and is taken back" a get a effective_mac

opens one
says one a "$(mac 6)"
closes one
opens one
told "an agent that restarts" one a "$(mac 6)"
opens two
says two b "$few,\"requested_mac\":\"02:00:00:00:62:07\""
closes two
patience=40 becomes "another one's is taken back" b get b effective_mac
is "its own is not" a6 get a effective_mac
says one a "$(mac 7)" ''
closes one
opens two
says two b '"requested_mac":"02:00:00:00:62:08"'
closes two
patience=40 becomes "that of a third one as well" b get b effective_mac
is "what was told for good stays" a7 get a effective_mac
set_port a requested_mac 00:00:00:00:00:00

opens one
says one a "$(mac 8)"
ip link set dev a down
becomes "without carrier it is taken back at once" a get a requested_mac
ip link set dev a up
closes one

# A visible peer's address is what is requested when an agent that said otherwise
# has gone

set_port c mac_changes reject
peer link set dev c address @c1
is "what the peer has is refused" mac_change get c mac_state
opens one
says one c "$few,\"requested_mac\":\"02:00:00:00:63:00\""
becomes "an agent says that it has its own" ok get c mac_state
closes one
patience=40 becomes "nobody says so any more" c1 get c requested_mac
is "it is refused again" mac_change get c mac_state
peer link set dev c address @c
set_port c mac_changes accept

# A carrier that is lost while the switch is told something, or somebody closes:
# the kernel takes its time to say so
tap e
attach e
ip link set dev e up
for i in 1 2 3; do
	opens one
	opens two
	ip link set dev e carrier on
	says one e "$few,$(mac $i)"
	ip link set dev e carrier off
	says two e "$(mac $((i + 3)))"
	closes one
	closes two
done
becomes "nothing is left of a guest without carrier" "unknown all" reception e
becomes "nor of what it requested" none get e requested_mac

# Ports that change or go

opens one
says one a "$few"
says one b "$few"
says one c "$few"
ip link set dev a nomaster
set_port b role uplink
closes one
becomes "one of three ports is still there, a guest's" "unknown all" reception c
set_port b role guest
attach a
is "a port is attached anew" "unknown all" reception a

opens one
says one a "$few"
ip link del dev nvs0
closes one
switch nvs0
attach a
attach b
attach c
is "so is a switch made anew" "unknown all" reception a

# Refused

opens one
says one a '"blocked":"accept"'
if [[ $answer == *EINVAL*"can hold while a socket is open"*while_open* ]]; then
	pass "for good only: the rest"
else
	fail "for good only: the rest"
	note "$answer"
fi
is "which is not set" false get a blocked
says one a '"rx_promisc":99'
says one a "$few"
closes one
becomes "after a refusal, too" "unknown all" reception a

finish
