# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of lib.sh
#
# Guests of QEMU alone. After lib.sh.

# What they are started with, if not right here, such as ip netns exec NAME.
host=()

# guest_start NAME MAC [OPTION...]: options of QEMU beside those
guest_start()
{
	mkfifo "$agents/$1".{in,out}
	"${host[@]}" qemu-system-x86_64 -nodefaults -no-user-config \
		-display none -no-reboot -M microvm,rtc=on -accel kvm -cpu host -m 512 \
		-kernel /boot/vmlinux -initrd /mnt/share/outer.cpio \
		-append 'console=ttyS0 quiet panic=-1 mitigations=off ipv6.disable=1' \
		-chardev "file,id=console,path=$logs/$1.log" -serial chardev:console \
		-device virtio-serial-device \
		-chardev "pipe,id=agent,path=$agents/$1" \
		-device virtserialport,chardev=agent,name=agent \
		-chardev "file,id=inner,path=$logs/$1-inner.log" \
		-device virtserialport,chardev=inner,name=inner \
		-netdev "tap,id=net,ifname=$1,script=no,downscript=no,vhost=on" \
		-device "virtio-net-device,id=net0,netdev=net,mac=$2" "${@:3}" \
		&>"$logs/$1-qemu.log" &
	# shellcheck disable=SC2034 # for guest_answer
	machine[$1]=$!
}
