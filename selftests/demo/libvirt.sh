# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of lib.sh
#
# libvirt, and its guests. After lib.sh; LIBVIRT_DEFAULT_URI says whose they are.

# Users that libvirt's package adds
libvirt_users()
{
	echo 'libvirt-qemu:x:64055:64055::/:/bin/false' >>/etc/passwd
	echo 'libvirt-qemu:x:64055:' >>/etc/group
}

# The one libvirt of a machine, as root uses it
libvirt_start()
{
	export LIBVIRT_DEFAULT_URI=qemu:///system
	libvirt_users
	/project/selftests/demo/libvirtd-start || give_up "libvirtd does not start"
	within 60 virsh version || give_up "libvirtd does not answer"
}

# interface TAP MAC MODEL
interface()
{
	cat <<-END
		<interface type='ethernet'>
		<mac address='$2'/><target dev='$1' managed='no'/><model type='$3'/>
		</interface>
	END
}

# define NAME TYPE PORTS DEVICES: PORTS is what the metadata says, DEVICES are the
# interfaces and channels
define()
{
	cat >"$agents/$1.xml" <<-END
		<domain type='$2'>
		<name>$1</name>
		<memory unit='MiB'>512</memory>
		<metadata><n:ports xmlns:n='urn:nvswitch:1'>$3</n:ports></metadata>
		<os>
		<type arch='x86_64' machine='q35'>hvm</type>
		<kernel>/boot/vmlinux</kernel>
		<initrd>/mnt/share/outer.cpio</initrd>
		<cmdline>console=ttyS0 quiet panic=-1 mitigations=off ipv6.disable=1</cmdline>
		</os>
		<features><acpi/></features>
		<cpu mode='maximum'/>
		<on_reboot>destroy</on_reboot>
		<devices>
		<emulator>/usr/bin/qemu-system-x86_64</emulator>
		$4
		<serial type='file'><source path='$logs/$1.log'/></serial>
		<memballoon model='none'/>
		</devices>
		</domain>
	END
	virsh define "$agents/$1.xml" >/dev/null || give_up "$1 cannot be defined"
}
