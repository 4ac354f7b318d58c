#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Commands that walk over the table while it ages: what goes is often just where
# the walk pauses. A walk that goes on from there is the kernel's end.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
count=16000

switch nvs0 ageing 0
guest a
set_port a nested

awk -v count=$count 'BEGIN {
	printf "{\"version\":1,\"entries\":["
	for (i = 0; i < count; i++)
		printf "%s{\"mac\":\"02:00:00:11:%02x:%02x\",\"vlan\":0}",
			i ? "," : "", i / 256, i % 256
	print "]}"
}' >"$files/table"

# walk: over and over, until nothing is left. To find the one that is one too many,
# and the longest unseen, all are looked at some thirty times.
walk()
{
	local end=$((SECONDS + 60 * slow)) limit=$count

	while ((SECONDS < end)); do
		set_port a learn_limit $((--limit))
		must get a learned
		[[ $answer != 0 ]] || return
	done
}

for round in first second; do
	set_switch ageing 0
	set_port a learn_limit $count
	nvsw fdb import "$files/table" dev a
	is "the $round table is there" $count get a learned
	set_switch ageing 10
	walk
	is "it has aged while it was walked over" 0 get a learned
done
finish
