#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Netlink messages, right and wrong, see fuzz/vm/netlink: those that have shown
# something before; then, if NVS_SECONDS says how long, random ones, also from
# root of a user namespace.
#
# Environment: NVS_SECONDS, NVS_SEED (random by default)
#
# shellcheck source=fuzz/vm/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/fuzz/vm/lib.sh"

fuzz "messages that are remembered" netlink --replay "$corpus"/messages/*
if [[ ${NVS_SECONDS-} ]]; then
	fuzz "random messages" netlink "${random[@]}"
	fuzz "from a user namespace" --user --map-root-user netlink \
		"${random[@]}" --rounds 1
fi
plan
