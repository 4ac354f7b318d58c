# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of lib.sh
#
# Guests of libvirt that are commanded through a socket. After lib.sh.

# shellcheck source=../demo/libvirt.sh
. /project/selftests/demo/libvirt.sh

# commanded NAME: the channel for it
commanded()
{
	cat <<-END
		<channel type='unix'>
		<source mode='bind' path='$agents/$1.agent'/>
		<target type='virtio' name='agent'/>
		</channel>
	END
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
