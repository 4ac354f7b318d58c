# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the tests with real guests share: the demo's guests and its way to wait,
# verdicts as TAP, and the agent.

# shellcheck source=../demo/lib.sh
. /project/selftests/demo/lib.sh

checks=0 failures=0
state=/run/nvswitchd qmp=/run/nvswitch/qmp
mkdir -p "$agents"

# TAP; from the demo's verdicts only the ending of what cannot go on is left.
finish()
{
	echo "1..$checks"
	exit $((failures > 0))
}

verdict()
{
	local word=ok

	(($1 == 0)) || { word='not ok' && failures=$((failures + 1)); }
	echo "$word $((++checks)) - ${*:2}"
}

check() { verdict 1 "$1: $3"; }

# becomes TITLE ANSWER COMMAND...: within a bounded time
becomes()
{
	local answer=''

	if within 60 says "$2" "${@:3}"; then
		verdict 0 "$1"
	else
		verdict 1 "$1"
		answer=$("${@:3}" 2>&1)
		echo "# ${*:3}: $answer, instead of $2"
	fi
}

says() { [[ $("${@:2}" 2>&1) == "$1" ]]; }

# is TITLE ANSWER COMMAND...: now
is()
{
	local answer

	answer=$("${@:3}" 2>&1)
	[[ $answer == "$2" ]]
	verdict $? "$1"
	[[ $answer == "$2" ]] || echo "# ${*:3}: $answer, instead of $2"
}

# at_most TITLE NUMBER COMMAND...: now
at_most()
{
	local answer

	answer=$("${@:3}" 2>&1)
	((answer <= $2))
	verdict $? "$1"
	((answer <= $2)) || echo "# ${*:3}: $answer, instead of $2"
}

# works TITLE COMMAND...
works()
{
	"${@:2}" &>/dev/null
	verdict $? "$1"
}

# has TITLE PATTERN COMMAND...: within a bounded time, among what it says
has()
{
	if within 60 contains "${@:2}"; then
		verdict 0 "$1"
	else
		verdict 1 "$1"
		"${@:3}" 2>&1 | tail -n 10 | sed 's/^/# /'
	fi
}

contains() { "${@:2}" 2>&1 | grep -qE -- "$1"; }

# port_is PORT: what the switch has of its guest: effective MAC, promiscuous mode
# and multicast
told()
{
	nvsw -j port show "$1" | jq -r '.[] | [.effective_mac, .mac_state,
		if .rx_promisc == null then "unknown"
		elif .rx_promisc then "on" else "off" end, .rx_multicast] | join(" ")'
}

exists() { [[ -e /sys/class/net/$1 ]] && echo yes || echo no; }
groups() { nvsw -j port show "$1" | jq -r '.[].rx_groups // [] | join(" ")'; }
status() { nvswitchd --status; }

agent_start()
{
	mkdir -p "$state" "$qmp"
	nvswitchd "$@" 2>>"$logs/nvswitchd.log" &
	# shellcheck disable=SC2034 # for who ends it
	agent=$!
}

# tap NAME WORD...: make a tap, and attach it to the switch with those
tap()
{
	ip tuntap add dev "$1" mode tap vnet_hdr
	nvsw port attach vs0 "$@" || give_up "$1 cannot be attached"
	ip link set dev "$1" up
}
