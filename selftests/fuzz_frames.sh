#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Frames through a random switch, see fuzz/vm/frames: those that have shown
# something before; then, if NVS_SECONDS says how long, random ones.
#
# Environment: NVS_SECONDS, NVS_SEED (random by default)
#
# shellcheck source=fuzz/vm/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/fuzz/vm/lib.sh"

[[ -x $build/blast ]] || skip_all "make -C selftests has not built blast"
fuzz "frames that are remembered" frames --replay "$corpus"/frames/*
if [[ ${NVS_SECONDS-} ]]; then
	fuzz "random frames" frames "${random[@]}"
fi
plan
