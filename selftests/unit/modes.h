/* SPDX-License-Identifier: GPL-2.0-only */
/* One port of every VLAN mode, on one switch, for the tests that share them. */
#ifndef _UNIT_MODES_H
#define _UNIT_MODES_H

#include "core/vlan.h"

/* VLANs. The last five are a private one, and OTHER is the only other one. */
enum {
	RED = 5,
	BLUE = 6,
	NOBODYS = 7,
	P = 63,
	ISOLATED = 64,
	COMMUNITY = 65,
	NEIGHBOURS = 66,
	LAST = NVSWITCH_VID_MAX,
};

#define ACCESS(n)	{ .mode = NVSWITCH_VLAN_ACCESS, .vid = (n) }
#define PRIVATE(t, s)							\
	{ .mode = NVSWITCH_VLAN_PRIVATE, .vid = P,			\
	  .type = NVSWITCH_PRIVATE_##t, .secondary = (s) }
#define TRUNK(...)	{ .mode = NVSWITCH_VLAN_TRUNK, __VA_ARGS__ }
/* Sets of VLANs below 64, and from 64 on. */
#define LOW(set)	.trunk[0] = (set)
#define HIGH(set)	.trunk[1] = (set)
#define VID(n)		(1ULL << (n) % 64)
#define EVERY								\
	.trunk[0 ... NVS_VID_WORDS - 2] = ~0ULL,			\
	.trunk[NVS_VID_WORDS - 1] = ~0ULL >> 1

enum {
	MODE_NONE,
	MODE_INHERIT,
	MODE_ACCESS,
	MODE_ACCESS_BLUE,
	MODE_ACCESS_LAST,
	MODE_ACCESS_P,
	MODE_TRUNK_0,
	MODE_TRUNK_RED,
	MODE_TRUNK_BOTH,
	MODE_TRUNK_0_RED,
	MODE_TRUNK_ALL,
	MODE_NATIVE_ALONE,
	MODE_NATIVE_LISTED,
	MODE_NATIVE_BESIDES,
	MODE_NATIVE_0,
	MODE_NATIVE_ALL,
	MODE_NATIVE_LAST,
	MODE_TRUNK_P,
	MODE_TRUNK_I,
	MODE_TRUNK_C,
	MODE_TRUNK_ALL_P,
	MODE_NATIVE_P,
	MODE_PROMISCUOUS,
	MODE_ISOLATED,
	MODE_COMMUNITY,
	MODE_NEIGHBOURS,
	MODE_UPLINK,
	MODE_HOST,
	MODES,
};

struct mode {
	const char *name;
	u8 role;
	struct nvs_vlan vlan;
};

extern const struct mode modes[MODES];

const struct nvs_private *mode_private(void);
const struct nvs_snapshot *mode_port(unsigned int mode);

/* As the text of the modes has it, without what module/core makes of it. */

static inline bool mode_is_trunk(const struct mode *m)
{
	return m->role != NVS_GUEST || m->vlan.mode == NVSWITCH_VLAN_TRUNK;
}

static inline u16 mode_primary(u16 vid)
{
	return vid >= ISOLATED && vid <= NEIGHBOURS ? P : vid;
}

/* A trunk has a VLAN for untagged frames: its native one, or VLAN 0. */
static inline bool mode_lists(const struct mode *m, u16 vid)
{
	if (m->vlan.native && vid == 0)
		return false;
	return vid < NVS_VID_ANY &&
	       (m->vlan.trunk[vid / 64] >> vid % 64 & 1 ||
		(m->vlan.native && vid == m->vlan.native));
}

#endif /* _UNIT_MODES_H */
