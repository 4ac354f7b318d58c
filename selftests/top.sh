#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvsw top and colours, in a terminal: tmux is one whose screen can be read.
#
# shellcheck disable=SC2317 # functions are called by the checks
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

command -v tmux >/dev/null || skip_all "there is no tmux"

files=$(mktemp -d)
terminal() { tmux -S "$files/socket" -f /dev/null "$@"; }
end_terminal()
{
	terminal kill-server 2>/dev/null
	rm -rf "$files"
}
trap end_terminal EXIT

# screen [OPTION]: what it shows now; -e with colours
screen() { terminal capture-pane -p "$@" -t top; }

# within SECONDS COMMAND...: it succeeds some time
within()
{
	local deadline=$((SECONDS + $1 * slow))

	until "${@:2}"; do
		((SECONDS <= deadline)) || return 1
		sleep 0.1
	done
}

has() { screen | grep -Eq -- "$1"; }
has_not() { ! has "$1"; }

# seen TITLE PATTERN, unseen TITLE PATTERN: a line on the screen
report()
{
	if "${@:2}"; then
		pass "$1"
	else
		fail "$1"
		note "the screen: $(screen)"
	fi
}
seen() { report "$1" within 20 has "$2"; }
unseen() { report "$1" within 20 has_not "$2"; }
key() { terminal send-keys -t top "$@"; }

# first TITLE PORT: the port on top of the list
first() { report "$1" within 20 is_first "$2"; }
is_first() { [[ $(screen | sed -n 3p) =~ ^$1\  ]]; }

switch nvs0
guest a b c

# A shell in the terminal, so that one sees what is left of it.
echo "PS1='ready> '; unset NO_COLOR" >"$files/profile"
terminal new-session -d -s top -x 100 -y 30 \
	"exec bash --rcfile $files/profile -i" ||
	die "tmux does not start"
seen "there is a terminal" '^ready>$'

key 'stty -g >'"$files/before"'; nvsw top nvs0' Enter
seen "it starts" '^nvsw top: nvs0  4 ports'
seen "ports: a" '^a +0 '
seen "ports: the host" '^host +0 '
seen "nothing is dropped" '^drops +-$'

must stream on a b
seen "rates" '^nvsw top: nvs0 .* [1-9][0-9.]*k? packets/s'
seen "rates: from a" '^a +[1-9][0-9.k]* +[0-9.]+ +0 '
first "the busiest first" '[ab]'
unseen "nothing is dropped yet" 'forged_transmit'
must stream off

must stream on c b src x1
seen "drops" '^c +[1-9][0-9.k]* .* [1-9][0-9.k]* +0$'
seen "drops: in all" '[1-9][0-9.k]* dropped/s'
seen "drops: why" '^drops +forged_transmit [1-9][0-9.k]*/s'
seen "last refused: who" \
	'^[0-9:]{8} c forged_transmit 02:00:00:00:78:01 -> 02:00:00:00:62:00'
seen "last refused: how often" '  [1-9][0-9]+ times$'
key d
first "d: by drops" c
key n
first "n: by name" a
key p
first "p: by packets" c
key Down
unseen "an arrow: nothing to scroll, nothing lost" 'no such'
must stream off

set_port b blocked on
must stream on a b
seen "refused copies" '^refusals +egress_port_blocked [1-9][0-9.k]*/s'
key r
first "r: by refused copies" b
key b
seen "b: by bits" '^nvsw top'
must stream off

# Its size

terminal resize-window -t top -x 60 -y 12
seen "narrower: still there" '^nvsw top: nvs0'
unseen "lower: without what was refused last" '^last refused'
seen "lower: the keys stay" '^q quit'
terminal resize-window -t top -x 100 -y 5
unseen "very low: without keys" '^q quit'
seen "very low: ports" '^PORT'
terminal resize-window -t top -x 120 -y 40
seen "large again" '^last refused'
seen "large again: the keys" '^q quit'

# A port that comes, one that goes

guest e
seen "a port that comes" '^e +'
ip link set dev e nomaster
unseen "a port that goes" '^e +'

# How it ends

key q
seen "q: it ends" '^ready>$'
unseen "q: the screen is what it was" '^nvsw top: '
key "stty -g >$files/after; echo done" Enter
within 20 test -s "$files/after"
report "q: the terminal is what it was" cmp "$files/before" "$files/after"
key 'clear; nvsw top' Enter
seen "without a switch: all" '^nvsw top: nvs0'
key C-c
seen "Ctrl-C: it ends" '^ready>$'
key "stty -g >$files/killed; echo \$?" Enter
within 20 test -s "$files/killed"
report "Ctrl-C: the terminal is what it was" \
	cmp "$files/before" "$files/killed"

# Colours

colored() { screen -e | grep -q $'\e\\[[0-9;]*m'; }
not_colored() { ! colored; }
key 'clear; nvsw show; echo "en"d' Enter
seen "colours: shown" '^end'
report "colours: on a terminal" within 10 colored
key 'clear; NO_COLOR=1 nvsw show; echo "en"d2' Enter
seen "NO_COLOR: shown" '^end2'
report "NO_COLOR: none" within 10 not_colored
key 'clear; NO_COLOR=1 nvsw -c=always show; echo "en"d3' Enter
seen "always: shown" '^end3'
report "always: though there is NO_COLOR" within 10 colored
key 'clear; nvsw -c=never show; echo "en"d4' Enter
seen "never: shown" '^end4'
report "never: none" within 10 not_colored
key 'clear; nvsw -j show; echo; echo "en"d5' Enter
seen "JSON: shown" '^end5'
report "JSON: none" within 10 not_colored

nvsw switch del nvs0
key 'clear; nvsw top' Enter
seen "no switch: says so" 'no switch'
key q
seen "no switch: ends" '^ready>$'

echo "1..$checks"
exit $((failures > 0))
