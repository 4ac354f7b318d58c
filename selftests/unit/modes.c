// SPDX-License-Identifier: GPL-2.0-only
/* One port of every VLAN mode, on one switch, for the tests that share them. */

#include "modes.h"

#define GUEST(n, ...)	{ .name = (n), .role = NVS_GUEST, .vlan = __VA_ARGS__ }

const struct mode modes[MODES] = {
	[MODE_NONE] = GUEST("none", { .mode = NVSWITCH_VLAN_NONE }),
	[MODE_INHERIT] = GUEST("inherit", { .mode = NVSWITCH_VLAN_INHERIT }),
	[MODE_ACCESS] = GUEST("access", ACCESS(RED)),
	[MODE_ACCESS_BLUE] = GUEST("another access", ACCESS(BLUE)),
	[MODE_ACCESS_LAST] = GUEST("access 4094", ACCESS(LAST)),
	[MODE_ACCESS_P] = GUEST("access to a primary VLAN", ACCESS(P)),
	[MODE_TRUNK_0] = GUEST("trunk of VLAN 0", TRUNK(LOW(VID(0)))),
	[MODE_TRUNK_RED] = GUEST("trunk of one", TRUNK(LOW(VID(RED)))),
	[MODE_TRUNK_BOTH] = GUEST("trunk of two",
				  TRUNK(LOW(VID(RED) | VID(BLUE)))),
	[MODE_TRUNK_0_RED] = GUEST("trunk of one and VLAN 0",
				   TRUNK(LOW(VID(RED) | VID(0)))),
	[MODE_TRUNK_ALL] = GUEST("trunk of all", TRUNK(EVERY)),
	[MODE_NATIVE_ALONE] = GUEST("trunk of its native VLAN",
				    TRUNK(.native = RED)),
	[MODE_NATIVE_LISTED] = GUEST("trunk that lists its native VLAN",
				     TRUNK(LOW(VID(RED)), .native = RED)),
	[MODE_NATIVE_BESIDES] = GUEST("trunk with another native VLAN",
				      TRUNK(LOW(VID(BLUE)), .native = RED)),
	[MODE_NATIVE_0] = GUEST("trunk of VLAN 0 with a native one",
				TRUNK(LOW(VID(BLUE) | VID(0)), .native = RED)),
	[MODE_NATIVE_ALL] = GUEST("trunk of all with a native one",
				  TRUNK(EVERY, .native = RED)),
	[MODE_NATIVE_LAST] = GUEST("trunk with native 4094",
				   TRUNK(LOW(VID(RED)), .native = LAST)),
	[MODE_TRUNK_P] = GUEST("trunk of a primary VLAN", TRUNK(LOW(VID(P)))),
	[MODE_TRUNK_I] = GUEST("trunk of an isolated VLAN",
			       TRUNK(HIGH(VID(ISOLATED)))),
	[MODE_TRUNK_C] = GUEST("trunk of a community",
			       TRUNK(HIGH(VID(COMMUNITY)))),
	[MODE_TRUNK_ALL_P] = GUEST("trunk of a private VLAN",
				   TRUNK(LOW(VID(P)),
					 HIGH(VID(ISOLATED) | VID(COMMUNITY) |
					      VID(NEIGHBOURS)))),
	[MODE_NATIVE_P] = GUEST("trunk with a native primary VLAN",
				TRUNK(HIGH(VID(COMMUNITY)), .native = P)),
	[MODE_PROMISCUOUS] = GUEST("private promiscuous",
				   PRIVATE(PROMISCUOUS, 0)),
	[MODE_ISOLATED] = GUEST("private isolated",
				PRIVATE(ISOLATED, ISOLATED)),
	[MODE_COMMUNITY] = GUEST("private community",
				 PRIVATE(COMMUNITY, COMMUNITY)),
	[MODE_NEIGHBOURS] = GUEST("another private community",
				  PRIVATE(COMMUNITY, NEIGHBOURS)),
	[MODE_UPLINK] = { .name = "an uplink", .role = NVS_UPLINK,
			  .vlan = TRUNK(EVERY) },
	[MODE_HOST] = { .name = "the host", .role = NVS_HOST,
			.vlan = TRUNK(EVERY) },
};

/**
 * mode_private() - the private VLANs of the switch that has all these ports
 *
 * Return: them, written down and not collected.
 */
const struct nvs_private *mode_private(void)
{
	static struct nvs_private vlans;
	unsigned int vid;

	if (vlans.use[P])
		return &vlans;
	for (vid = 0; vid < NVS_VIDS; vid++)
		vlans.primary[vid] = mode_primary(vid);
	vlans.use[P] = NVS_VLAN_PRIMARY;
	vlans.use[ISOLATED] = NVS_VLAN_ISOLATED;
	vlans.use[COMMUNITY] = NVS_VLAN_COMMUNITY;
	vlans.use[NEIGHBOURS] = NVS_VLAN_COMMUNITY;
	return &vlans;
}

/**
 * mode_port() - a port
 * @mode: which
 *
 * Return: its snapshot, which has no more than VLANs.
 */
const struct nvs_snapshot *mode_port(unsigned int mode)
{
	static struct nvs_snapshot ports[MODES];
	static bool resolved;
	unsigned int i;

	for (i = 0; i < MODES && !resolved; i++) {
		ports[i].role = modes[i].role;
		nvs_vlan_resolve(&ports[i].vlans, &modes[i].vlan,
				 mode_private());
	}
	resolved = true;
	return &ports[mode];
}
