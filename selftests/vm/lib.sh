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

# source_files: all that is source, with or without git
source_files()
{
	git -C "$top" ls-files -co --exclude-standard 2>/dev/null || (
		cd "$top" &&
			find . \( -path ./build -o -path ./.git \) -prune -o \
				-type f -print | sed 's|^\./||' |
			grep -vE '\.(o|ko|so|mod|mod\.c|cmd|pyc)$'
	)
}

# source_copy TREE: the source as a whole, and nothing that was built of it
source_copy()
{
	mkdir -p "$1"
	source_files | tar -C "$top" -cf - --no-recursion -T - | tar -C "$1" -xf -
}

# module_copy TREE: the module's source, without what was built of it elsewhere,
# so that what has not changed is not built again.
module_copy()
{
	mkdir -p "$1"
	find "$1" -name '*.[ch]' ! -name '*.mod.c' -delete
	tar -C "$top" -cf - --exclude='*.o' --exclude='*.cmd' Kbuild module uapi \
		selftests/nvs_crafted.c |
		tar -C "$1" -xf -
}

# kernel_select NAME: sets the variables that describe one kernel.
#
#   cache	directory with the kernel's image: boot/ and lib/modules/
#   release	what `uname -r` says, empty if the headers are not installed
#   kdir	what modules are built against
#   headers	package that pulls the newest headers of this line
#   suite	release of Debian in whose root the headers are, and the image is
#		to be had; empty for this machine
#   root	that root, empty for this machine
#   provider	script that puts the kernel into the cache, if it is no package
#   cpu		what the emulated CPU must not have for this kernel's sake
#   slow	how many times slower it is than a kernel that checks nothing
#   judge	script that excuses some of what the kernel complains of
#
# Another line of kernels is one more case here; nothing else knows versions.
# shellcheck disable=SC2034 # used by the scripts that source this file
kernel_select()
{
	cache=$build/kernels/$1 headers=linux-headers-cloud-amd64
	suite='' root='' provider='' cpu=la57=off slow=1 judge=''
	case $1 in
	6.1)
		;;
	6.12)
		kernel_from_here linux-headers-6.12-cloud-amd64 || suite=trixie
		kernel_avoid_cx16
		;;
	bookworm)
		# 6.1 again, for Debian 12 in a root of its own.
		suite=bookworm
		;;
	trixie)
		# 6.12, for Debian 13 in a root of its own.
		suite=trixie
		kernel_avoid_cx16
		;;
	7.3)
		# Or what else is the newest 7.x.
		suite=trixie-backports
		kernel_avoid_cx16
		;;
	debug | kcsan)
		headers=''
		provider=$top/selftests/debug/kernel
		slow=8
		[[ $1 != kcsan ]] || judge=$top/selftests/debug/races
		;;
	*)
		die "no kernel $1 in this rig:" \
			"there are 6.1, bookworm, 6.12, trixie, 7.3, debug and kcsan"
		;;
	esac
	[[ ! $suite ]] || root=$build/roots/$suite
	kernel_release
}

# These kernels use cmpxchg16b with a segment prefix, which QEMU before 9 gets
# wrong once in a while.
kernel_avoid_cx16() { cpu+=,-cx16; }

# kernel_from_here PACKAGE: take the headers from it, if this machine can.
kernel_from_here()
{
	[[ ! $(missing "$1") || $(apt-cache show "$1" 2>/dev/null) ]] || return
	headers=$1
}

# The release is in the name of the package that the meta package depends on, or
# the provider has written it down.
# shellcheck disable=SC2016,SC2034 # for dpkg-query; for who sources this
kernel_release()
{
	if [[ $provider ]]; then
		release=$(cat "$cache/release" 2>/dev/null) || true
		kdir=$cache/build
		return
	fi
	release=$(kernel_dpkg -f '${Depends}' "$headers" |
		grep -oE -m1 'linux-headers-[0-9][^ ,]*' | head -n1) || true
	release=${release#linux-headers-}
	kdir=/lib/modules/$release/build
}

# kernel_dpkg ARGUMENT...: ask dpkg where the kernel's headers are.
kernel_dpkg()
{
	DPKG_ADMINDIR=$root/var/lib/dpkg dpkg-query -W "$@" 2>/dev/null
}
