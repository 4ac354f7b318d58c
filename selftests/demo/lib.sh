# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the story is told with: words, verdicts, guests, questions to the switch,
# and pings.

# Where the guests' consoles go, and where their agents listen.
logs=/mnt/out
agents=/run/demo

# Words

say() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }
note() { printf '          %s\n' "$@"; }

# chapter NUMBER TITLE: what follows belongs to this step.
chapter()
{
	step=$1
	echo
	say "$1. $2"
}

# show COMMAND...: run a command that the viewer shall see. What virsh says ends with
# an empty line.
show()
{
	note "# $*"
	"$@" 2>&1 | sed '/^$/d; s/^/          /'
}

# within SECONDS COMMAND...: wait until the command succeeds.
within()
{
	local end=$((SECONDS + $1))

	shift
	until "$@" &>/dev/null; do
		((SECONDS < end)) || return 1
		sleep 0.2
	done
}

# Verdicts

step=0 rows=() passed=0 failed=0

# check WHAT EXPECTED HAPPENED: the expectation is the text that must have come
# out, or "at least N".
check()
{
	local verdict=FAIL

	if [[ $2 == 'at least '* ]]; then
		[[ ! $3 =~ ^[0-9]+$ ]] || (($3 < ${2#at least })) || verdict=PASS
	elif [[ $3 == "$2" ]]; then
		verdict=PASS
	fi
	if [[ $verdict == PASS ]]; then
		((++passed))
		say "   PASS  $1: $3"
	else
		((++failed))
		say "   FAIL  $1: $3, expected: $2"
	fi
	rows+=("$step" "$1" "$2" "$3" "$verdict")
}

# The table of everything, the count, and the verdict as status.
finish()
{
	local format='%-4s  %-62s  %-19s  %-19s  %s\n'

	echo
	# shellcheck disable=SC2059 # the format is used twice
	printf "$format" step tried expected happened verdict "${rows[@]}"
	echo
	echo "$passed passed, $failed failed"
	((failed == 0))
}

# give_up REASON: there is no going on. Also from a subshell.
give_up()
{
	echo "$*" >"$agents/gave-up"
	kill -TERM "$$"
	exit 1
}

trap 'check "the story goes on" yes "no: $(<"$agents/gave-up")"; finish; exit 1' TERM

# Outer guests: virtual machines, each with the name of its port, a pipe of that name
# to command it, and the process that it is in.

declare -A machine

# guest_answer NAME SECONDS: print what the guest says until it says "= STATUS",
# and return that.
guest_answer()
{
	local end=$((SECONDS + $2)) line='' part from

	# Nothing is lost while nobody reads: QEMU has the pipe open, too.
	exec {from}<>"$agents/$1.out"
	while ((SECONDS < end)); do
		kill -0 "${machine[$1]}" 2>/dev/null ||
			give_up "the guest '$1' has ended: see $1.log, and QEMU's"
		# Half a line may have come when the time is over.
		IFS= read -r -t 1 part <&"$from" || { line+=$part && continue; }
		line+=$part
		if [[ $line == '= '* ]]; then
			exec {from}>&-
			return "${line#= }"
		fi
		printf '%s\n' "$line"
		line=''
	done
	give_up "the guest '$1' has not answered for $2 s: see $1.log"
}

guest_ready() { guest_answer "$1" 180; }

# guest NAME COMMAND...: run the command in the guest.
guest()
{
	# Not with > alone, which would wait for a guest that has ended.
	printf '%s\n' "${*:2}" 1<>"$agents/$1.in"
	guest_answer "$1" 90
}

# inner_ready NAME: wait for the inner virtual machine in that guest.
inner_ready()
{
	within 180 grep -q 'inner guest is up' "$logs/$1-inner.log" ||
		give_up "the inner virtual machine has not come up: see $1-inner.log"
}

# What the switch says

# counter PORT NAME
counter() { ip -j link xstats type nvswitch_slave dev "$1" | jq ".[].$2"; }

# port PORT FIELD
port() { ip -d -j link show dev "$1" | jq -r ".[].linkinfo.info_slave_data.$2"; }

# ports: those of the switch, in order
ports() { ip -j link show master nvs0 | jq -r '[.[].ifname] | sort | join(" ")'; }

# place MAC: the port that the table has it behind, and what else it says
place()
{
	bridge -j fdb show dev nvs0 | jq -r --arg mac "$1" '.[] |
		select(.mac == $mac) | [.viaIf, .state, (.flags - ["self"])[]] |
		map(select(. != "" and . != null)) | join(" ")'
}

# learned_behind PORT: the last bytes of the addresses learned there, in order
learned_behind()
{
	bridge -j fdb show dev nvs0 | jq -r --arg port "$1" '[.[] |
		select(.viaIf == $port and .state != "permanent").mac[-2:]] |
		sort | join(" ")'
}

# The gateway's side

# pings COUNT ADDRESS...: how many of the first COUNT pings from the gateway come
# back, within $patience seconds
patience=30
pings()
{
	local address answered

	answered=$(
		for address in "${@:2}"; do
			ip netns exec net ping -n -c "$1" -w "$patience" -i 0.2 "$address" &
		done | awk -F 'icmp_seq=' -v count="$1" '
			/ bytes from / && $2 + 0 <= count { answered++ }
			END { print answered + 0 }'
	)
	echo "$answered of $(($1 * ($# - 1)))"
}

# page ADDRESS: what is served there over TCP
page()
{
	# shellcheck disable=SC2016 # for that shell to expand
	ip netns exec net timeout 20 bash -c 'exec 3<>"/dev/tcp/$0/80" &&
		printf "GET / HTTP/1.0\r\n\r\n" >&3 && tail -n 1 <&3' "$1"
}

# talk_start ADDRESS, talk_stop: the gateway pings all the time in between. Then
# $answered and $lost are set; a ping that is under way is neither.
talk_start()
{
	talk_log=$agents/talk
	ip netns exec net stdbuf -oL ping -n -i 0.05 "$1" &>"$talk_log" &
	talk_pid=$!
	within 20 talk_exceeds 0 || give_up "no answer from $1"
}

talk_answers() { grep -c ' bytes from ' "$talk_log"; }
talk_exceeds() { (($(talk_answers) > $1)); }

# shellcheck disable=SC2034 # the story reads the results
talk_stop()
{
	# There must be an answer after all that has happened: an outage that
	# lasts would have no end that could be counted.
	within 20 talk_exceeds "$(talk_answers)" || give_up "the pings' answers stay away"
	kill -INT "$talk_pid"
	wait "$talk_pid"
	answered=$(talk_answers)
	lost=$(($(sed -n 's/.* bytes from .*icmp_seq=\([0-9]*\) .*/\1/p' "$talk_log" | tail -n 1) - answered))
}

# overhear_start PORT MAC, overhear_stop: $overheard is the number of unicast
# frames from or to that MAC which leave the switch through the port in between.
overhear_start()
{
	overhear_log=$agents/overheard
	tcpdump -i "$1" -Q out --immediate-mode -w /dev/null \
		"ether host $2 and not ether broadcast" 2>"$overhear_log" &
	overhear_pid=$!
	within 20 grep -q 'listening on' "$overhear_log" || give_up "tcpdump does not start"
}

# shellcheck disable=SC2034 # the story reads the result
overhear_stop()
{
	kill -INT "$overhear_pid"
	wait "$overhear_pid"
	overheard=$(sed -n 's/^\([0-9]*\) packets\{0,1\} captured/\1/p' "$overhear_log")
}
