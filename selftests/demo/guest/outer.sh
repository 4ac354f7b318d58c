# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
#
# What an outer guest can do. The host calls these functions by name.

# about: what it runs on
about() { echo "Linux $(uname -r) on $(dmesg | sed -n 's/.*Hypervisor detected: //p')"; }

# plain ADDRESS: be an ordinary guest.
plain()
{
	ip address add "$1" dev eth0
	ip link set eth0 up
}

# hypervisor ADDRESS: be one that runs guests. They share its NIC with it over
# a bridge, as they do on any hypervisor.
hypervisor()
{
	ip address flush dev eth0
	ip link add br0 type bridge
	ip link set br0 address "$(cat /sys/class/net/eth0/address)"
	ip link set eth0 master br0
	ip link set eth0 up
	ip address add "$1" dev br0
	ip link set br0 up
}

# Inner guests. Each has a NAME, which is also its port's on the bridge.

# inner_namespace NAME MAC ADDRESS: one that is a network namespace.
inner_namespace()
{
	# The kernel calls the other end veth0, the first free name.
	ip link add "$1" type veth
	ip link set "$1" master br0
	ip link set "$1" up
	unshare -n sleep 1000000 &
	echo $! >"/run/$1"
	# Not before it has a namespace of its own.
	while [ "$(readlink /proc/$!/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do
		usleep 10000
	done
	ip link set veth0 netns $!
	nsenter -t $! -n ip link set veth0 address "$2"
	nsenter -t $! -n ip address add "$3" dev veth0
	nsenter -t $! -n ip link set veth0 up
}

# inner_uml NAME MAC ADDRESS: a virtual machine with a kernel of its own, which
# is User-Mode Linux. Its console is the serial port "inner".
inner_uml()
{
	inner_tap "$1"
	# Without its 256 old terminals it starts in half the time.
	linux.uml mem=64M pty.legacy_count=0 con=null con0=null,fd:1 con1=null \
		ssl=null umid="$1" uml_dir=/run/uml initrd=/inner.cpio \
		root=/dev/ram0 rdinit=/init quiet ipv6.disable=1 address="$3" \
		vec0:transport=tap,ifname="$1",depth=32,gro=0,mac="$2" \
		>/dev/inner 2>&1 </dev/null &
	echo $! >"/run/$1"
}

# inner_kvm NAME MAC ADDRESS: the same, with hardware virtualization.
inner_kvm()
{
	inner_tap "$1"
	qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot \
		-L /bin -M microvm,rtc=on,acpi=off -accel kvm -cpu host -m 64 \
		-kernel /tiny -initrd /inner.cpio -serial stdio \
		-append "console=ttyS0 quiet panic=-1 address=$3" \
		-netdev tap,id=net,ifname="$1",script=no,downscript=no \
		-device virtio-net-device,netdev=net,mac="$2" \
		>/dev/inner 2>&1 </dev/null &
	echo $! >"/run/$1"
}

inner_tap()
{
	tunctl -t "$1" >/dev/null
	ip link set "$1" master br0
	ip link set "$1" up
}

# inner_end NAME: shut it down.
inner_end()
{
	kill "$(cat "/run/$1")"
	ip link delete "$1"
}
