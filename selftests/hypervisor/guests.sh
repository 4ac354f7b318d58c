# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of lib.sh
#
# Guests of libvirt. After lib.sh; LIBVIRT_DEFAULT_URI says whose they are.

# Users that libvirt's package adds
libvirt_users()
{
	echo 'libvirt-qemu:x:64055:64055::/:/bin/false' >>/etc/passwd
	echo 'libvirt-qemu:x:64055:' >>/etc/group
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

# define NAME TYPE PORTS INTERFACES: PORTS is what the metadata says
define()
{
	cat >"$agents/$1.xml" <<-END
		<domain type='$2'>
		<name>$1</name>
		<memory unit='MiB'>256</memory>
		<metadata><n:ports xmlns:n='urn:nvswitch:1'>$3</n:ports></metadata>
		<os>
		<type arch='x86_64' machine='q35'>hvm</type>
		<kernel>/boot/vmlinux</kernel>
		<initrd>/mnt/share/outer.cpio</initrd>
		<cmdline>console=ttyS0 quiet panic=-1 mitigations=off ipv6.disable=1</cmdline>
		</os>
		<features><acpi/></features>
		<cpu mode='maximum'/>
		<devices>
		<emulator>/usr/bin/qemu-system-x86_64</emulator>
		$4
		<channel type='unix'>
		<source mode='bind' path='$agents/$1.agent'/>
		<target type='virtio' name='agent'/>
		</channel>
		<serial type='file'><source path='$logs/$1.log'/></serial>
		<memballoon model='none'/>
		</devices>
		</domain>
	END
	virsh define "$agents/$1.xml" >/dev/null || give_up "$1 cannot be defined"
}

# guest_runs NAME COMMAND: in the guest; what it answers, and "ran STATUS". That is
# not what the guest says when it starts, and after each line: who comes later may
# find that of others.
guest_runs()
{
	local line='' guest

	coproc guest { exec socat - "unix-connect:$agents/$1.agent"; }
	printf '%s; echo "ran $?"\n' "$2" >&"${guest[1]}"
	while [[ $line != 'ran '* ]]; do
		IFS= read -r -t 240 line <&"${guest[0]}" || break
		printf '%s\n' "$line"
	done
	# shellcheck disable=SC2154 # coproc sets it
	kill "$guest_PID"
	wait "$guest_PID" 2>/dev/null
}
