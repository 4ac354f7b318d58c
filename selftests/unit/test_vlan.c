// SPDX-License-Identifier: GPL-2.0-only
/* Which VLANs and which tags may enter where. */

#include "core/vlan.h"
#include "tap.h"

static const struct nvs_snapshot guest = { .role = NVS_GUEST };
static const struct nvs_snapshot uplink = { .role = NVS_UPLINK };
static const struct nvs_snapshot host = { .role = NVS_HOST };

static const struct {
	const char *name;
	const struct nvs_snapshot *port;
	struct nvs_frame frame;
	bool want;
} rows[] = {
	{ "none: untagged", &guest, { .vid = 0 }, true },
	{ "none: priority tag", &guest, { .tagged = 1 }, true },
	{ "none: VLAN 5", &guest, { .vid = 5, .tagged = 1 }, false },
	{ "none: a second tag", &guest, { .tagged = 1, .stacked = 1 }, false },
	{ "none: a lone 802.1ad tag", &guest, { .service = 1 }, false },
	{ "uplink: untagged", &uplink, { .vid = 0 }, true },
	{ "uplink: VLAN 5", &uplink, { .vid = 5, .tagged = 1 }, true },
	{ "uplink: VLAN 5 over another tag", &uplink,
	  { .vid = 5, .tagged = 1, .stacked = 1 }, true },
	{ "uplink: 802.1ad passes as payload", &uplink, { .service = 1 },
	  true },
	{ "host: VLAN 5", &host, { .vid = 5, .tagged = 1 }, true },
	{ "host: VLAN 5 over another tag", &host,
	  { .vid = 5, .tagged = 1, .stacked = 1 }, true },
	{ "host: 802.1ad passes as payload", &host, { .service = 1 }, true },
};

/* How many of all VLANs a port carries. */
static unsigned int carried(const struct nvs_snapshot *port)
{
	unsigned int vid, n = 0;

	for (vid = 0; vid < 4096; vid++)
		n += nvs_vlan_carries(port, vid);
	return n;
}

void test_vlan(void)
{
	unsigned int i;

	tap_ok(nvs_vlan_carries(&guest, 0) && carried(&guest) == 1,
	       "vlan: carries: a guest port VLAN 0 alone");
	tap_ok(!nvs_vlan_carries(&uplink, 4095) && carried(&uplink) == 4095,
	       "vlan: carries: an uplink all, and 4095 is none");
	tap_ok(!nvs_vlan_carries(&host, 4095) && carried(&host) == 4095,
	       "vlan: carries: the host port all, and 4095 is none");
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		tap_ok(nvs_vlan_admits(rows[i].port, &rows[i].frame) ==
		       rows[i].want, "vlan: admits: %s", rows[i].name);
}
