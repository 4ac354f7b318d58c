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

# missing PACKAGE...: prints those that are not installed.
missing()
{
	local package installed

	installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' \
		"$@" 2>/dev/null || true)"
	for package; do
		[[ $installed == *" $package=installed "* ]] || echo "$package"
	done
}

# apt DIR ARGUMENT...: run apt-get in DIR. It speaks only through $output, which
# is for whoever gives up.
apt()
{
	output=$(cd "$1" && timeout 900 env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -o DPkg::Lock::Timeout=300 -o APT::Sandbox::User=root \
		"${@:2}" </dev/null 2>&1)
}

apt_install() { apt / install -y --no-install-recommends "$@"; }

# An index that is out of date names packages that are gone: refresh it, and
# try again.
apt_install_fresh()
{
	apt_install "$@" && return
	apt / update || return
	apt_install "$@"
}

# need PACKAGE...: install those that are missing, after saying so.
need()
{
	local wanted

	mapfile -t wanted < <(missing "$@")
	((${#wanted[@]})) || return 0
	((EUID == 0)) ||
		die "missing packages; as root: apt-get install ${wanted[*]}"
	say "installing ${wanted[*]}"
	apt_install_fresh "${wanted[@]}" || die "apt-get failed: $output"
}

# kernel_select VERSION: sets the variables that describe one kernel.
#
#   headers	package that pulls the newest headers of this line
#   provider	script that puts the kernel into the cache, if it is no package
#   cache	directory with the kernel's image: boot/ and lib/modules/
#   release	what `uname -r` says, empty if the headers are not installed
#   kdir	what modules are built against
#   slow	how many times slower it is than a kernel that checks nothing
#   judge	script that excuses some of what the kernel complains of
#
# Another line of kernels is one more case here; nothing else knows versions.
# shellcheck disable=SC2034 # used by the scripts that source this file
kernel_select()
{
	cache=$build/kernels/$1 provider='' slow=1 judge=''
	case $1 in
	6.1)
		headers=linux-headers-cloud-amd64
		kernel_release
		kdir=/lib/modules/$release/build
		;;
	debug | kcsan)
		headers=''
		provider=$top/selftests/debug/kernel
		release=$(cat "$cache/release" 2>/dev/null) || true
		kdir=$cache/build
		slow=8
		[[ $1 != kcsan ]] || judge=$top/selftests/debug/races
		;;
	*)
		die "no kernel $1 in this rig: there are 6.1, debug and kcsan"
		;;
	esac
}

# The release is in the name of the package that the meta package depends on.
kernel_release()
{
	release=$(dpkg-query -W -f '${Depends}' "$headers" 2>/dev/null |
		grep -oE -m1 'linux-headers-[0-9][^ ,]*' | head -n1) || true
	release=${release#linux-headers-}
}
