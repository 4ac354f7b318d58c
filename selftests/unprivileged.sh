#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What root of a user namespace, who is nobody outside, may have: a switch of
# bounded size in a network of his own, and nothing of anybody else's.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

# made_by WHO COMMAND...: each line that it prints is a check
made_by()
{
	local verdict title

	while read -r verdict title; do
		case $verdict in
		ok) pass "$1: $title" ;;
		no) fail "$1: $title" ;;
		*) note "$verdict $title" ;;
		esac
	done < <("${@:2}" 2>&1 || echo "no end")
}

switch nvs0
guest a b
made_by "root of a user namespace" unshare --user --map-root-user --net \
	"$here/bounds" unprivileged
made_by root unshare --net "$here/bounds" privileged
refused "a switch stays in its namespace" . ip link set dev nvs0 netns 1
frame "another's switch goes on" a b to b

finish
