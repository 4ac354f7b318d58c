#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvsw: what it shows is what others read; what it is told is done or refused;
# what it cannot understand it says; and how it gets along with other programs.
#
# shellcheck disable=SC2317 # functions are called by the checks
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT

# The tool itself, in the switch's namespace; its answer needs not be quoted.
tool() { command nvsw "$@"; }

# A switch with something of everything

switch nvs0 ageing 600 move_hold 100 remote_limit 1000 learn_move deny
nvsw group add nvs0 web vlan access 10 learning on learn_limit 7
nvsw group add nvs0 wide vlan trunk 0,10,20-30 native 5 nested
nvsw group add nvs0 secret vlan private 100 isolated 101
guest a b c d e
uplink u v
tap t
attach t
set_port a nested learn_limit 5 learn_move allow
nvsw port set dev b group web
nvsw port set dev c vlan trunk 1,4,7-9,4094 native 3 promiscuous accept \
	bpdu pass rx_promisc off rx_multicast 01:00:5e:00:00:05,01:00:5e:00:00:06
nvsw port set dev d group secret blocked on
set_port e mac_changes accept requested_mac @e1
nvsw allow add dev a 02:00:00:00:61:07
nvsw allow add dev a 02:00:10:00:00:00/28
bridge fdb add @s1 dev nvs0 self via a static
bridge fdb add @s2 dev nvs0 self via u vlan 10 static
nvsw fdb add 02:00:00:00:73:03 dev b vlan 10 static
send a broadcast src a2
send a broadcast src e
send b broadcast src b5
send u broadcast src x1
send u broadcast src x2 vlan 10
send t broadcast src t
send d broadcast
send c broadcast src c9 vlan 4
send a d

while read -r result rest; do
	case $result in
	pass) pass "$rest" ;;
	note) note "$rest" ;;
	*) fail "$rest" ;;
	esac
done < <("$here/nvsw-views" nvs0 2>&1 || echo "fail views: it died")

# says TITLE STATUS PATTERN WORD...: on standard error, and nothing else
says()
{
	local said status=0

	said=$(tool "${@:4}" 2>&1 >"$files/out") || status=$?
	if ((status == $2)) && [[ $said =~ $3 && ! -s $files/out ]]; then
		pass "$1"
	else
		fail "$1"
		note "nvsw ${*:4}: exit status $status: '$said' instead of '$3'"
		note "$(<"$files/out")"
	fi
}

# ends TITLE STATUS WORD...: and says nothing on standard error
ends()
{
	local status=0

	tool "${@:3}" >"$files/out" 2>"$files/errors" || status=$?
	if ((status == $2)) && [[ ! -s $files/errors ]]; then
		pass "$1"
	else
		fail "$1"
		note "nvsw ${*:3}: exit status $status: $(<"$files/errors")"
	fi
}

# Every command: what it prints as JSON is kept, to be parsed all at once.

json=0
keep() { cp "$files/out" "$files/$((++json)).json"; }

read_by_python()
{
	local line

	line=$(python3 - "$files"/*.json <<-'END' 2>&1
	import json, sys
	for name in sys.argv[1:]:
	    with open(name) as f:
	        for line in [f.read()] if 'lines' not in name else f:
	            json.loads(line)
	END
	)
	if [[ ! $line ]]; then
		pass "JSON is JSON: $json answers"
	else
		fail "JSON is JSON"
		note "$line"
	fi
}

# Nothing is asked of an address that could have aged.
echo '{ "version": 1, "entries": [ { "mac": "02:00:00:00:61:03", "vlan": 0 } ] }' \
	>"$files/entries"
tool save nvs0 >"$files/config"

while read -r words; do
	# shellcheck disable=SC2086 # they are words
	ends "nvsw $words" 0 $words
	[[ -s $files/out ]] || fail "nvsw $words: prints nothing"
	case $words in
	graph* | metrics | completion* | *help | -V) continue ;;
	esac
	# shellcheck disable=SC2086
	ends "nvsw -j $words" 0 -j $words
	keep
done <<END
show
show nvs0
switch show
switch show nvs0
group show
group show nvs0
group show nvs0 web
port show
port show nvs0
port show dev a
allow show
allow show dev a
fdb show
fdb show nvs0 dev a vlan 0 learned
fdb export dev a
explain nvs0 from a src 02:00:00:00:61:00 dst broadcast
explain nvs0 from host src 02:00:00:00:68:00 dst 02:00:00:00:61:00 len 9000
explain nvs0 from u src 02:00:00:00:61:00 dst broadcast vlan 10 tag2 0x8100
stats
stats nvs0
stats dev a
save
save nvs0
graph nvs0
metrics
completion bash
help
-V
END

# Those that change something: as text on one switch, as JSON on another.
for letter in x y; do
	command ip link add "p$letter" type veth peer name "q$letter"
done
nvsw fdb flush nvs0 dev a learned
must state
before=$answer
while read -r words; do
	# shellcheck disable=SC2086
	ends "nvsw ${words//%/x}" 0 ${words//%/x}
	[[ ! -s $files/out || $words == "fdb flush"* || $words == apply* ]] ||
		note "nvsw ${words//%/x}: prints $(<"$files/out")"
	# shellcheck disable=SC2086
	ends "nvsw -j ${words//%/y}" 0 -j ${words//%/y}
	[[ ! -s $files/out ]] || keep
done <<END
switch add s% ageing 0 forged_transmits accept
switch set s% ageing 700 learning on
group add s% g% vlan trunk all native 9 nested
group set s% g% name h% vlan access 8 learn_limit 0
port attach s% dev p% group h% initial_mac 02:00:00:00:7a:01 blocked on
port set dev p% vlan trunk 0,7,100-200 rx_promisc off rx_multicast none
port set dev p% learning inherit vlan inherit
port deactivate dev p%
port activate dev p%
allow add dev p% 02:00:00:00:00:00/40
allow del dev p% 02:00:00:00:00:00/40
fdb add 02:00:00:00:7a:02 dev p% vlan 8 static
fdb flush s% static
fdb add 02:00:00:00:7a:02 dev p% vlan 8
fdb del 02:00:00:00:7a:02 s% vlan 8
fdb import $files/entries dev a
fdb announce nvs0 dev a
fdb flush nvs0 dev a learned
apply $files/config
apply $files/config dry-run
port set dev p% nogroup
group del s% h%
group add s% i%
port set dev p% group i%
group del s% i% force
port detach dev p%
switch del s%
END
is "all is as it was: what was set was undone" "$before" state

# What is told until one stops listening

for words in "stats watch 1" "stats dev a watch" "monitor" "monitor nvs0 timestamp"; do
	# shellcheck disable=SC2086
	timeout $((20 * slow)) nvsw -j $words 2>"$files/errors" | head -n 1 >"$files/out" &
	reader=$!
	while kill -0 "$reader" 2>/dev/null; do
		set_switch ageing $((ageing = ageing == 500 ? 501 : 500))
	done
	wait "$reader"
	if [[ -s $files/out && ! -s $files/errors ]]; then
		pass "nvsw -j $words: until its reader has gone"
		keep
	else
		fail "nvsw -j $words: until its reader has gone"
		note "$(<"$files/errors")"
	fi
done
read_by_python

# What is refused, and what is not understood

says "a MAC that is taken: by whom" 1 "is a's" \
	port set dev e initial_mac 02:00:00:00:61:00
says "a static entry for it, too" 1 "is a's" \
	fdb add 02:00:00:00:61:00 dev e
while IFS=$'\t' read -r status pattern words; do
	# shellcheck disable=SC2086
	says "$words" "$status" "$pattern" $words
done <<'END'
2	'frob' is no command	frob
2	'frob'	switch frob
2	'frob'	show nvs0 frob
2	.	group add nvs0
2	.	group add
2	.	port attach
2	.	fdb del
2	.	allow add dev a
2	.	explain nvs0 from a src 02:00:00:00:61:00
2	.	apply
2	'-x'	-x show
2	sometimes	-c=sometimes show
2	.	-n
1	no network namespace 'nix'	-n nix show
1	no device 'nix'	show nix
1	no device 'nix'	stats dev nix
1	no device 'nix'	port set dev nix blocked on
1	lo	switch set lo ageing 10
1	lo	switch del lo
1	loopback	port attach nvs0 dev lo
1	px	port detach dev px
1	no port group	group show nvs0 nix
1	no port group	group set nvs0 nix vlan none
1	no port group	group del nvs0 nix
1	no port group	port set dev a group nix
1	name already	group add nvs0 web
1	in use|ports	group del nvs0 web
1	already	switch add nvs0
2	1..4094	port set dev a vlan access 0
2	1..4094	port set dev a vlan access 4095
2	4095x	port set dev a vlan access 4095x
2	reversed	port set dev a vlan trunk 9-5
2	overlaps	port set dev a vlan trunk 5-9,9
2	.	port set dev a vlan trunk 5,
2	.	port set dev a vlan trunk
2	.	port set dev a vlan trunk 5 native 0
2	.	port set dev a vlan private 100
2	.	port set dev a vlan private 100 isolated
2	.	port set dev a vlan private 100 alone 101
2	sideways	port set dev a vlan sideways
2	0..4094	fdb show nvs0 vlan 4095
2	maybe	port set dev a learning maybe
2	.	switch set nvs0 learning inherit
2	1048576	port set dev a learn_limit 1048577
2	-1	port set dev a learn_limit -1
2	9	switch set nvs0 ageing 9
2	60001	switch set nvs0 move_hold 60001
2	0	switch set nvs0 table_limit 0
2	24..48	allow add dev a 02:00:00:00:00:00/23
2	24..48	allow add dev a 02:00:00:00:61:09/49
2	no prefix	allow add dev a 02:00:00:00:61:09/40
2	255.255	allow add dev a 02:00:00:00:61:00/255.255.255.0
2	02:00:00:00:61	allow add dev a 02:00:00:00:61
2	02:00:00:00:61:0g	port set dev a initial_mac 02:00:00:00:61:0g
2	.	port set dev a initial_mac 01:00:00:00:61:00
1	no such	allow del dev a 02:00:00:00:61:99
1	Nobody|no such	fdb del 02:00:00:00:7a:7a nvs0
1	uplink	port set dev u learning on
2	13	explain nvs0 from a src 02:00:00:00:61:00 dst broadcast len 13
1	No such file	apply /nonexistent
1	No such file	fdb import /nonexistent dev a
2	zsh	completion zsh
2	people	-j top
2	terminal	top
END
says "a group without a name" 2 "1..63" group add nvs0 ''
says "a name too long" 2 "1..63" group add nvs0 "$(printf 'x%.0s' {1..64})"
says "a control character in it" 2 "printable" group add nvs0 $'a\tb'
says "an escape sequence in it" 2 "printable" group add nvs0 $'a\e[31m'
ends "the longest name" 0 group add nvs0 "$(printf 'x%.0s' {1..63})"
ends "a name with blanks and quotes" 0 group add nvs0 "a 'b' \"c\" \\d"
if tool -j group show nvs0 | grep -Fq '"group":"a '"'b'"' \"c\" \\d"'; then
	pass "is that name in JSON"
else
	fail "is that name in JSON"
fi

# Other programs

tool show | true
ends "a reader who does not read" 0 show
for words in "show" "save" "fdb show" "-j stats" "metrics" "graph nvs0" "help"; do
	status=0
	# shellcheck disable=SC2086
	said=$(tool $words 2>&1 >/dev/full) || status=$?
	if ((status == 1)) && [[ $said == *"No space left on device"* ]]; then
		pass "nvsw $words: when the disk is full"
	else
		fail "nvsw $words: when the disk is full"
		note "exit status $status: $said"
	fi
	# shellcheck disable=SC2086
	said=$(tool $words 2>&1 >&-) && status=0 || status=$?
	if ((status == 1)) && [[ $said ]]; then
		pass "nvsw $words: when standard output is closed"
	else
		fail "nvsw $words: when standard output is closed"
		note "exit status $status: $said"
	fi
	# shellcheck disable=SC2086
	said=$({ tool $words 2>&1 >&3 3>&-; } 3> >(true))
	if [[ ! $said ]]; then
		pass "nvsw $words: when nobody reads, it says nothing"
	else
		fail "nvsw $words: when nobody reads, it says nothing"
		note "$said"
	fi
done

# colors TITLE some|none COMMAND...
colors()
{
	local have=none

	! "${@:3}" | grep -q $'\e\\[' || have=some
	if [[ $have == "$2" ]]; then
		pass "colours: $1"
	else
		fail "colours: $1"
	fi
}
on_terminal() { script -qec "$*" /dev/null </dev/null; }
unset NO_COLOR
colors "not in a pipe" none tool show
colors "always" some tool -c=always show
colors "always, by a longer name" some tool -color=always show
colors "on a terminal" some on_terminal nvsw show
colors "never" none on_terminal nvsw -c=never show
colors "not in JSON" none on_terminal nvsw -j -c=always show
colors "NO_COLOR" none on_terminal NO_COLOR=1 nvsw show
colors "NO_COLOR, empty" some on_terminal NO_COLOR= nvsw show
colors "always, though NO_COLOR" some on_terminal NO_COLOR=1 nvsw -c=always show

command ip netns add nvsw-test
ends "in another namespace" 0 -n nvsw-test switch add inner
ends "there it is" 0 -n nvsw-test switch show inner
says "and not here" 1 "no device 'inner'" switch show inner
says "and there nothing else" 1 "no device 'nvs0'" -n nvsw-test show nvs0
command ip netns del nvsw-test

# A switch that comes and goes while it is read

while :; do
	echo "link add gone type nvswitch"
	echo "link add p1 type veth peer name p2"
	echo "link set p1 master gone"
	echo "link del gone"
	echo "link del p1"
done | command ip -force -batch - >/dev/null 2>&1 &
churn=$!
for words in "show" "switch show" "port show" "stats" "fdb show gone" \
	"show gone" "save" "group show" "allow show" "metrics"; do
	worst=0
	for ((i = 0; i < 2; i++)); do
		status=0
		# shellcheck disable=SC2086
		timeout $((20 * slow)) nvsw $words >/dev/null 2>"$files/errors" || status=$?
		((status <= worst)) || worst=$status
	done
	if ((worst <= 1)); then
		pass "nvsw $words, while a switch comes and goes"
	else
		fail "nvsw $words, while a switch comes and goes"
		note "exit status $worst: $(<"$files/errors")"
	fi
done
kill "$churn"
wait "$churn" 2>/dev/null
for device in gone p1; do
	command ip link del "$device" 2>/dev/null
done

# Completion knows what usage says

done_by_python()
{
	local result rest

	while read -r result rest; do
		case $result in
		pass) pass "$rest" ;;
		note) note "$rest" ;;
		*) fail "$rest" ;;
		esac
	done
}
done_by_python < <(python3 - <<-'END'
	import re, subprocess

	def run(*words):
	    return subprocess.run(('nvsw',) + words, capture_output=True,
	                          text=True, check=False).stdout

	def offered(*words):
	    return set(run('--complete', *words).split())

	def same(title, have, want):
	    print('pass' if have == want else 'fail', 'completion:', title)
	    if have != want:
	        print('note lacks', want - have, 'and has', have - want)

	commands = re.findall(r'^  (\w+) ', run('help'), re.MULTILINE)
	same('commands', offered(''), set(commands) | {'help'})
	for command in commands:
	    usage = run(command, 'help')
	    lines = re.findall(r'^nvsw %s\b(.*(?:\n         \[.*)*)' % command,
	                       usage, re.MULTILINE)
	    verbs = [line.split()[0] for line in lines
	             if line.split() and line.split()[0].islower() and
	             len(lines) > 1]
	    if verbs:
	        same(f'verbs of {command}', offered(command, ''), set(verbs))
	    for line in lines:
	        words = line.split()
	        verb = [words.pop(0)] if words and words[0] in verbs else []
	        keywords = re.findall(r'\[ (\w+)(?= \S)', ' '.join(words))
	        keywords = {word for word in keywords if word.islower()}
	        if not verb and len(lines) > 1 or not keywords:
	            continue
	        filled = []
	        for word in words:
	            if word == '[':
	                break
	            if word in '{|}' or filled[-1:] == ['a'] and word == 'host':
	                continue
	            filled.append({'SWITCH': 'nvs0', 'DEV': 'a', 'GROUP': 'web',
	                           'LLADDR': '02:00:00:00:61:07', 'broadcast': '',
	                           'NAME': 'new', 'FILE': '/dev/null'}.get(word,
	                                                                   word))
	        filled = [word for word in filled if word]
	        have = offered(command, *verb, *filled, '')
	        same(f'{command} {" ".join(verb + filled)}: every keyword',
	             keywords - have, set())
END
)
# shellcheck disable=SC2016 # for the shell within
completed=$(bash -c 'eval "$(nvsw completion bash)"
	COMP_LINE="nvsw port set dev a group w" COMP_POINT=27
	_nvsw && echo "${COMPREPLY[@]}"')
if [[ $completed == "web wide" ]]; then
	pass "completion: in bash"
else
	fail "completion: in bash"
	note "'$completed'"
fi

finish
