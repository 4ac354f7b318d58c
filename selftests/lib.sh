# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the tests share. A test sources it, sets a switch up, makes checks, and
# ends with `finish`, which prints the plan: a test that dies on its way has
# none, and has failed. KTAP on standard output, exit status as kselftest wants
# it: 0 passed, 1 failed, 4 skipped.
#
# Setting up, in a network namespace of its own:
#
#   switch NAME [OPTION...]		a switch, up; its host port is "host"
#   guest NAME... [with OPTION...]	a port each, with a veth leading to it
#   uplink NAME...			the same, as uplinks
#   veth NAME... / tap NAME...		the devices only, without or with
#   attach NAME... [with OPTION...]	a visible peer; and attaching them
#   listen NAME DEVICE [ETHERTYPE [PORT]] one more end, on another device here
#   upper NAME DEVICE PORT		one more, on top of that port's end
#   ip / bridge / nvsw / peer WORD...	ip, bridge, nvsw; ip among the guests
#   set_port / set_switch / set_group	what they say, by ip or nvsw
#
# An address is written @a, @a7: see frames. Anything that fails ends the test.
#
# Checks, each a line of KTAP:
#
#   frame TITLE FROM DST [src A | src A1-A9] [vlan VID,...] [tags TPID:TCI,...]
#         [type N] [says WHAT] [length N] [count N] [gso N] [csum]
#         [leaves untagged | TAG,...] [to NAME[/untag | /TAG+...],...]
#         [refuse PORT:REASON,...] [drop REASON | passed]
#		exactly those receive it, and exactly these counters move; a TAG
#		is a VID, or TPID:TCI in hex. As sent, if nothing is said of it
#   is TITLE ANSWER QUESTION...		the answer is exactly this
#   becomes TITLE ANSWER QUESTION...	the same, within a bounded time
#   works TITLE COMMAND...		it succeeds
#   eventually TITLE PATTERN COMMAND...	a line of what it prints matches, in time
#   taken_after TITLE SECONDS PORT MAC	the port gets the address, not earlier
#   refused TITLE SENTENCE COMMAND...	it fails, says so, and changes nothing
#
# Questions: get DEVICE KEY (from ip -d -j link show), has_carrier DEVICE,
# in_group PORT, group NAME KEY (from nvsw -j group show), number_of_groups,
# allowed PORT, reception PORT, fdb MAC [VLAN], entries [KIND [PORT]], addresses KIND [PORT],
# older MAC SECONDS, clock, count DEVICE COUNTER. Commands, beside those above:
# netkit NAME; genl, for what ip and nvsw would refuse by themselves; import;
# stream and stays, for what must hold under traffic.

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")

skip_all()
{
	echo "TAP version 13"
	echo "1..0 # SKIP $*"
	exit 4
}

if [[ ! ${NVS_NETNS-} ]]; then
	((EUID == 0)) || skip_all "must be root"
	[[ -d /sys/module/nvswitch ]] || modprobe -qn nvswitch ||
		skip_all "there is no nvswitch module"
	NVS_NETNS=y exec unshare --net --mount -- "$0" "$@"
fi
# sysfs shows the network namespace that it was mounted in.
mount -t sysfs sysfs /sys

checks=0 failures=0 answer=''
slow=${NVS_SLOW:-1}

note()
{
	local line

	while IFS= read -r line; do
		printf '# %s\n' "$line"
	done <<<"$*"
}

pass() { echo "ok $((++checks)) - $*"; }

fail()
{
	failures=$((failures + 1))
	echo "not ok $((++checks)) - $*"
}

die()
{
	note "$*"
	echo "Bail out! ${BASH_SOURCE[-1]##*/} line ${BASH_LINENO[-2]}"
	exit 1
}

# ask COMMAND...: what frames answers is in $answer. On failure that says why.
ask()
{
	local line

	answer=''
	echo "$*" >&"${frames[1]}" || die "frames has gone"
	while IFS= read -r -t $((120 * slow)) line <&"${frames[0]}"; do
		case $line in
		'|'*) answer+=${answer:+$'\n'}${line#|} ;;
		ok) return 0 ;;
		*) return 1 ;;
		esac
	done
	die "no answer to: $*"
}

must() { ask "$@" || die "$*: $answer"; }

switch() { must switch "$@"; }
guest() { must guest "$@"; }
uplink() { must uplink "$@"; }
veth() { must veth "$@"; }
tap() { must tap "$@"; }
netkit() { must netkit "$@"; }
attach() { must attach "$@"; }
listen() { must listen "$@"; }
upper() { must upper "$@"; }
send() { must send "$@"; }
ip() { must ip "$@"; }
bridge() { must bridge "$@"; }
nvsw() { must nvsw "$@"; }
peer() { must peer "$@"; }

# set_port NAME OPTION...
set_port() { ip link set dev "$1" type nvswitch_slave "${@:2}"; }
set_switch() { ip link set dev nvs0 type nvswitch "$@"; }
set_group() { nvsw group set nvs0 "$@"; }

works()
{
	if ask "${@:2}"; then
		pass "$1"
	else
		fail "$1"
		note "${*:2}: $answer"
	fi
}

frame() { works "$1" frame "${@:2}"; }

is()
{
	if ask "${@:3}" && [[ $answer == "$2" ]]; then
		pass "$1"
	else
		fail "$1"
		note "${*:3}: is '$answer' instead of '$2'"
	fi
}

becomes()
{
	local deadline=$((SECONDS + ${patience:-20} * slow))

	while ! { ask "${@:3}" && [[ $answer == "$2" ]]; }; do
		if ((SECONDS > deadline)); then
			fail "$1"
			note "${*:3}: stays '$answer' instead of '$2'"
			return
		fi
		sleep 0.05
	done
	pass "$1"
}

eventually()
{
	local deadline=$((SECONDS + 40 * slow))

	until "${@:3}" 2>&1 | grep -qE -- "$2"; do
		if ((SECONDS > deadline)); then
			fail "$1"
			note "$("${@:3}" 2>&1 | cut -c 1-200 | tail -n 20)"
			return
		fi
		sleep 0.1
	done
	pass "$1"
}

# unseen_for MAC SECONDS: wait until its last frame is so long ago
unseen_for()
{
	until must older "$1" "$2" && [[ $answer == yes ]]; do
		sleep 0.02
	done
}

# taken_after TITLE SECONDS PORT MAC: it claims the address until it has it, and
# that is not before the address has been unseen for so long. On a slow machine
# it may well be later. A tick and the rounding of ages are forgiven.
taken_after()
{
	local asked unseen

	for (( ; ; )); do
		must clock
		asked=$answer
		must unseen "$4"
		unseen=$answer
		send "$3" a src "$4"
		must fdb "$4"
		[[ $answer != *":$3"* ]] || break
	done
	must drain
	must clock
	if awk "BEGIN { exit !($unseen + $answer - $asked + 0.02 >= $2) }"; then
		pass "$1"
	else
		fail "$1"
		note "after $unseen s"
	fi
}

refused()
{
	if ! ask refused "${@:3}"; then
		fail "$1"
		note "${*:3}: $answer"
	elif [[ ! $answer =~ $2 ]]; then
		fail "$1"
		note "${*:3}: says '$answer' instead of '$2'"
	else
		pass "$1"
	fi
}

finish()
{
	works "every port's counters add up" balance
	echo "1..$checks"
	exit $((failures > 0))
}

coproc frames { exec "$here/frames"; }
echo "TAP version 13"
read -r -t $((60 * slow)) answer <&"${frames[0]}" || die "frames does not start"
