# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of lib.sh, and $work
#
# How the guests are put together, in $work. After the VM's lib.sh and
# kernel_select.

# shellcheck source=../vm/initramfs.sh
. "$vm/initramfs.sh"

demo=$top/selftests/demo
tiny=$build/demo/tiny

# The kernel of the inner virtual machine, built once.
tiny_kernel()
{
	[[ ! $tiny -nt $demo/tiny.config ]] || return 0
	need linux-source-6.1 bc bison flex libelf-dev xz-utils
	say "building a small kernel, once: it takes minutes"
	mkdir -p "${tiny%/*}"
	make_tiny_kernel &>"$tiny.log" || die "that failed: see $tiny.log"
}

make_tiny_kernel()
{
	local tree=$work/linux-source-6.1

	tar -C "$work" -xf /usr/src/linux-source-6.1.tar.xz &&
		make -s -C "$tree" tinyconfig &&
		cat "$demo/tiny.config" >>"$tree/.config" &&
		make -s -C "$tree" olddefconfig &&
		timeout 1800 make -s -C "$tree" -j"$(nproc)" vmlinux &&
		strip -o "$tiny" "$tree/vmlinux"
}

# build_guests KIND FILE: an outer guest's initramfs, with an inner virtual
# machine of that kind: uml or kvm
build_guests()
{
	local root=$work/outer modules=(virtio_mmio virtio_pci virtio_console virtio_net
		bridge veth tun)

	new_root "$root" "$demo/guest/outer-init"
	cp "$demo/guest/outer.sh" "$root"
	gcc -O2 -static -o "$root/bin/send-frames" "$demo/send-frames.c"

	if [[ $1 == uml ]]; then
		need user-mode-linux
		add_program /usr/bin/linux.uml "$root"
	else
		tiny_kernel
		add_program /usr/bin/qemu-system-x86_64 "$root"
		cp /usr/share/qemu/{qboot.rom,pvh.bin} "$root/bin"
		cp "$tiny" "$root"
		modules+=(kvm_amd)
	fi
	add_modules "$root" "${modules[@]}"

	new_root "$work/inner" "$demo/guest/inner-init"
	archive "$work/inner" "$root/inner.cpio"
	archive "$root" "$2"
}
