# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of lib.sh
#
# What a guest inside the VM boots from: the kernel is the VM's own, so that its
# modules fit. After lib.sh and kernel_select.

# add_program FILE ROOT: with the libraries that it is linked to
add_program()
{
	local library

	cp "$1" "$2/bin"
	while read -r library; do
		mkdir -p "$2/${library%/*}"
		cp -L "$library" "$2/$library"
	done < <(ldd "$1" | grep -oE '/[^ ]+')
}

# new_root ROOT INIT: with busybox, and what its init expects
new_root()
{
	mkdir -p "$1"/{bin,dev,proc,sys}
	cp /bin/busybox "$1/bin"
	cp "$2" "$1/init"
}

# add_modules ROOT MODULE...: numbered in the order of their dependencies
add_modules()
{
	local module path index=10

	mkdir "$1/modules"
	while read -r _ path; do
		cp "$path" "$1/modules/$((index++))-${path##*/}"
	done < <(
		for module in "${@:2}"; do
			modprobe -d "$cache" -S "$release" --show-depends "$module"
		done | awk '!seen[$0]++'
	)
}

# archive ROOT FILE: an initramfs
archive() { (cd "$1" && find . | cpio -o -H newc --quiet) >"$2"; }
