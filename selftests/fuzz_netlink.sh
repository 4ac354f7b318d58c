#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Random netlink messages, right and wrong: see fuzz/vm/netlink. First those that
# have shown something before; at the end once more, from root of a user
# namespace.
#
# Environment: NVS_SEED (random by default), NVS_SECONDS (20)
#
# shellcheck source=fuzz/vm/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/fuzz/vm/lib.sh"

fuzz "messages that are remembered" netlink --replay "$corpus"/messages/*
fuzz "random messages" netlink "${random[@]}"
fuzz "from a user namespace" --user --map-root-user netlink "${random[@]}" \
	--rounds 1
plan
