#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The module beside a naive model of it, step by step; see model/lockstep.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

steps=${STEPS:-$((1000 / slow))}
make -s -C "$here/model" || die "the model does not build"
if output=$(STEPS=$steps unshare --net "$here/model/lockstep" 2>&1); then
	pass "the module does what the model does"
else
	fail "the module does what the model does"
fi
note "$output"

# It has set up no switch here whose counters could be added up.
echo "1..$checks"
exit $((failures > 0))
