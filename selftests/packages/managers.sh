# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # those are of who sources this
#
# What sets up networks, beside a switch that it does not know: the recipes of
# nvswitch-libvirt(8). Sourced by `inside`, where vs0 is a switch.

# ifupdown

cat >"$agents/interfaces" <<-'END'
	iface vs9 inet manual
	    pre-up nvsw switch add vs9
	    up ip link set eth9 up && ip link set vs9 up
	    up nvsw port attach vs9 eth9 role uplink
	    post-down nvsw switch del vs9
END
ip link add eth9 type dummy
ifup -i "$agents/interfaces" vs9 &>"$logs/ifup.log"
is "ifupdown makes a switch, with its uplink" vs9 master eth9
has "and sets it up" '[<,]UP[,>]' ip link show vs9
ifdown -i "$agents/interfaces" vs9 &>>"$logs/ifup.log"
is "and removes it" no exists vs9

# systemd-networkd: the first file that names a device counts

networks=/run/systemd/network
mkdir -p "$networks/10-kept.network.d"
for port in kept left lost; do
	ip link add "$port" type dummy
	nvsw port attach vs0 "$port"
done
printf '%s\n' '[Match]' 'Name=kept' >"$networks/10-kept.network"
printf '%s\n' '[Network]' 'KeepMaster=yes' >"$networks/10-kept.network.d/nvswitch.conf"
printf '%s\n' '[Match]' 'Name=left' '[Link]' 'Unmanaged=yes' >"$networks/10-left.network"
printf '%s\n' '[Match]' 'Name=kept left lost' >"$networks/20-broad.network"
systemctl start systemd-networkd
becomes "networkd takes away a port of which it knows no better" '' master lost
has "it has come to the others" 'kept .* configured' networkctl --no-pager list
is "KeepMaster lets a port be one" vs0 master kept
has "it leaves alone what is unmanaged" 'left .* unmanaged' networkctl --no-pager list
is "which stays a port too" vs0 master left
systemctl stop systemd-networkd.socket systemd-networkd
rm -r "$networks"

# NetworkManager

network_manager() { nmcli -g GENERAL.STATE device show "$1"; }

tap vnet8 mac 52:54:00:00:00:08
conf=/etc/NetworkManager/conf.d/nvswitch.conf
printf '%s\n' '[keyfile]' \
	'unmanaged-devices=interface-name:vs0;interface-name:vnet*' >"$conf"
systemctl restart NetworkManager
becomes "NetworkManager leaves the switch alone" '10 (unmanaged)' network_manager vs0
becomes "and its ports" '10 (unmanaged)' network_manager vnet8
is "which stay its ports" vs0 master vnet8
has "and up" '[<,]UP[,>]' ip link show vnet8
rm "$conf"
systemctl restart NetworkManager
has "it would take them for its own" '^(30|100) ' network_manager vnet8

# Its device handler, where it knows such

profile=/etc/NetworkManager/system-connections/vs8.nmconnection

# handled FILE: the connection for a switch that a file describes
handled()
{
	printf '%s\n' '[connection]' id=vs8 type=generic interface-name=vs8 \
		autoconnect=false '[generic]' device-handler=nvswitch \
		'[user]' "nvswitch.file=$1" \
		'[ipv4]' method=manual address1=10.9.8.1/24 \
		'[ipv6]' method=disabled >"$profile"
	chmod 600 "$profile"
	nmcli connection reload
}

# described SWITCH: such a file
described()
{
	echo '{ "version": 1, "switch": "'"$1"'",
		"groups": [ { "group": "lab", "vlan": { "mode": "access", "vid": 10 } } ],
		"ports": [ { "port": "eth8", "role": "uplink" } ] }' >"$agents/$1.json"
}

nm_version=$(nmcli -t -f VERSION general)
if dpkg --compare-versions "$nm_version" ge 1.46; then
	ip link add eth8 type dummy
	nmcli device set eth8 managed no
	described vs8
	handled "$agents/vs8.json"
	nmcli connection up vs8 &>"$logs/nmcli.log"
	verdict $? "NetworkManager makes a switch"
	is "with its uplink" vs8 master eth8
	has "and its groups" 'lab: .*access 10' nvsw show vs8
	has "and its address" 10.9.8.1/24 ip -o address show vs8
	has "it is up" '[<,]UP[,>]' ip link show vs8
	has "and so is the uplink" '[<,]UP[,>]' ip link show eth8
	nmcli connection down vs8 &>>"$logs/nmcli.log"
	becomes "and removes it" no exists vs8
	described vs7
	handled "$agents/vs7.json"
	! nmcli connection up vs8 &>>"$logs/nmcli.log"
	verdict $? "a file about another switch is refused"
	is "nothing is made for it" no exists vs7
	has "the journal says why" 'about the switch vs7: name a file for vs8' \
		journalctl -q --no-pager -u NetworkManager-dispatcher
	handled ''
	nmcli connection up vs8 &>>"$logs/nmcli.log"
	verdict $? "without a file it is a switch all the same"
	nmcli connection down vs8 &>>"$logs/nmcli.log"
	becomes "which goes as well" no exists vs8
	rm "$profile"
	nmcli connection reload
	ip link delete dev eth8
fi

for port in eth9 kept left lost vnet8; do
	ip link delete dev "$port"
done
