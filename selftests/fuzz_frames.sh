#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Random frames through a random switch: see fuzz/vm/frames. First those that
# have shown something before.
#
# Environment: NVS_SEED (random by default), NVS_SECONDS (20)
#
# shellcheck source=fuzz/vm/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/fuzz/vm/lib.sh"

[[ -x $build/blast ]] || skip_all "make -C selftests has not built blast"
fuzz "frames that are remembered" frames --replay "$corpus"/frames/*
fuzz "random frames" frames "${random[@]}"
plan
