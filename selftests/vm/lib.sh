# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What `run` and `setup` share: where things are, and which kernels there are.

vm=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
top=$(dirname -- "$(dirname -- "$vm")")
build=$top/build

# Where depmod and others are, whatever the caller's search path.
PATH=$PATH:/usr/sbin:/sbin

# A status that no sane test returns, so that a rig's failure is never taken
# for the command's own.
readonly EXIT_RIG=125

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die()
{
	say "$@"
	exit "$EXIT_RIG"
}

# kernel_select VERSION: sets the variables that describe one kernel.
#
#   headers	package that pulls the newest headers of this line
#   cache	directory with the unpacked image: boot/ and lib/modules/
#   release	what `uname -r` says, empty if the headers are not installed
#
# Another line of kernels is one more case here; nothing else knows versions.
kernel_select()
{
	case $1 in
	6.1)
		headers=linux-headers-cloud-amd64
		;;
	*)
		die "kernel $1 is not supported by this rig; 6.1 is"
		;;
	esac
	# shellcheck disable=SC2034 # used by the scripts that source this file
	cache=$build/kernels/$1
	kernel_release
}

# The release is in the name of the package that the meta package depends on.
kernel_release()
{
	release=$(dpkg-query -W -f '${Depends}' "$headers" 2>/dev/null |
		grep -oE -m1 'linux-headers-[0-9][^ ,]*' | head -n1) || true
	release=${release#linux-headers-}
}
