# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the two fuzzers' tests share. KTAP on standard output, exit status as
# kselftest wants it: 0 passed, 1 failed, 4 skipped.

vm=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
# shellcheck disable=SC2034 # used by the tests that source this file
corpus=$vm/../corpus build=$vm/../../../build/fuzz
# shellcheck disable=SC2034
random=(--seconds "${NVS_SECONDS-}" ${NVS_SEED:+--seed "$NVS_SEED"})
checks=0 failures=0

skip_all()
{
	echo "TAP version 13"
	echo "1..0 # SKIP $*"
	exit 4
}

((EUID == 0)) || skip_all "must be root"
[[ -d /sys/module/nvswitch ]] || modprobe -q nvswitch ||
	skip_all "there is no nvswitch module"
echo "TAP version 13"

# fuzz TITLE [OPTION of unshare]... PROGRAM ARGUMENT...
fuzz()
{
	local title=$1 options=() output result line

	shift
	while [[ $1 == -* ]]; do
		options+=("$1")
		shift
	done
	output=$(unshare --net "${options[@]}" "$vm/$1" "${@:2}" 2>&1)
	result=$?
	while IFS= read -r line; do
		echo "# ${line#\# }"
	done <<<"$output"
	if ((result == 0)); then
		echo "ok $((++checks)) - $title"
	else
		echo "not ok $((++checks)) - $title"
		failures=$((failures + 1))
	fi
}

plan()
{
	echo "1..$checks"
	exit $((failures > 0))
}
