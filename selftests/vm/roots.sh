# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Debian roots: directories in build/roots with another release of Debian, for
# what runs or builds only there. They owe this machine but the address of its
# mirror. Sourced after lib.sh; $suite is the release, $root the directory.
#
# shellcheck disable=SC2154 # set by lib.sh

# root_mirror: where this machine has its Debian from
root_mirror()
{
	# shellcheck disable=SC2016 # for apt to expand
	apt-get indextargets --format '$(LABEL) $(REPO_URI)' |
		sed -n '/^Debian /{ s///p; q }'
}

# Of backports it is the kernel that is wanted.
root_backports()
{
	echo "deb $2 $suite main" >"$1/etc/apt/sources.list.d/$suite.list"
	printf '%s\n' 'Package: linux-*' "Pin: release n=$suite" \
		'Pin-Priority: 990' >"$1/etc/apt/preferences.d/$suite"
}

# Beside its place, so that it is either whole or absent; and in a mount
# namespace, for debootstrap may leave behind what it mounts.
root_make()
{
	local new=$root.new mirror

	need debootstrap
	mirror=$(root_mirror)
	if [[ ! $mirror ]]; then
		apt / update || die "apt-get failed: $output"
		mirror=$(root_mirror)
	fi
	[[ $mirror ]] || die "apt knows no mirror of Debian"
	say "making a root with Debian $suite"
	rm -rf "$new"
	mkdir -p "$new"
	timeout 1800 unshare --mount debootstrap --variant=minbase \
		--include=binutils,gcc,kmod,libc6-dev,make,xz-utils \
		"${suite%-backports}" "$new" "$mirror" >"$root.log" 2>&1 ||
		die "debootstrap failed, see $root.log"
	[[ $suite != *-backports ]] || root_backports "$new" "$mirror"
	root=$new root_apt update || die "apt-get failed: $output"
	mv "$new" "$root"
}

# root_layer DIR: mount the root as DIR/root, with an empty layer over it, in DIR,
# which takes what is written there.
root_layer()
{
	! mountpoint -q "$1/root" || umount "$1/root"
	rm -rf "$1"/{upper,work}
	mkdir -p "$1"/{upper,work,root}
	mount -t overlay overlay "$1/root" -o \
		"lowerdir=$root,upperdir=$1/upper,workdir=$1/work"
}

root_apt()
{
	output=$(timeout 1800 "$vm/in-root" "$root" '' apt-get -qq \
		-o APT::Sandbox::User=root "$@" </dev/null 2>&1)
}

# Its index is as old as the root, and an earlier run may have been interrupted.
root_install()
{
	output=$(timeout 1800 "$vm/in-root" "$root" '' dpkg --configure -a \
		</dev/null 2>&1) || return
	root_apt install -y --no-install-recommends "$@" && return
	root_apt update || return
	root_apt install -y --no-install-recommends "$@"
}

# root_need PACKAGE...: make the root if there is none, and install in it those
# that are missing there.
root_need()
{
	local lock wanted

	mkdir -p "$build/roots"
	exec {lock}>"$root.lock"
	flock -w 1800 "$lock" || die "another run has been making $root"
	[[ -d $root ]] || root_make
	mapfile -t wanted < <(DPKG_ADMINDIR=$root/var/lib/dpkg missing "$@")
	if ((${#wanted[@]})); then
		say "installing ${wanted[*]} in the root with $suite"
		root_install "${wanted[@]}" || die "apt-get failed: $output"
	fi
	exec {lock}>&-
}
