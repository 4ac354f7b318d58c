#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# nvsw explain: what it advises against each reason is done, and helps.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# Two at a time: most of it is waiting for one program to start after another.
other=$(mktemp)
trap 'rm -f "$other"' EXIT
"$here/remedies" 30 999 >"$other" 2>&1 || echo "fail remedies: it died" >>"$other" &
second=$!

while read -r result rest; do
	case $result in
	pass) pass "$rest" ;;
	note) note "$rest" ;;
	*) fail "$rest" ;;
	esac
done < <(
	"$here/remedies" 0 30 2>&1 || echo "fail remedies: it died"
	while kill -0 "$second" 2>/dev/null; do
		sleep 0.1
	done
	cat "$other"
)

echo "1..$checks"
exit $((failures > 0))
