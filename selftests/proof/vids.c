// SPDX-License-Identifier: GPL-2.0-only
/* The VLANs of a switch together: who is private, and who meets whom. */

#include "world.h"

/* One more mode; what is said of @vid is said of each. */
void adding(void)
{
	static struct nvs_private private;
	u16 vid = any_u16() & NVS_VID_MASK;
	enum nvs_vlan_clash clash;
	struct nvs_vlan vlan;
	u16 primary;
	u8 use;

	private = *any_some_private();
	vlan = any_mode(NVSWITCH_VLAN_PRIVATE);
	assume(sound_private(&private, vid));
	assume(sound_private(&private, vlan.vid));
	assume(sound_private(&private, vlan.secondary));
	use = private.use[vid];
	primary = private.primary[vid];
	clash = nvs_private_add(&private, &vlan);
	claim(sound_private(&private, vid),
	      "however private VLANs are added, each secondary one has one primary one");
	claim(!clash || (private.use[vid] == use &&
			 private.primary[vid] == primary),
	      "what contradicts other private VLANs changes nothing");
	claim(use <= NVS_VLAN_PRIMARY || (private.use[vid] == use &&
					  private.primary[vid] == primary),
	      "a secondary VLAN keeps its primary one and its type");
	claim(clash || private.use[vlan.vid] == NVS_VLAN_PRIMARY,
	      "what a mode calls primary is primary");
}

void beginning(void)
{
	static struct nvs_private private;
	u16 vid = any_u16() & NVS_VID_MASK;

	nvs_private_init(&private);
	claim(sound_private(&private, vid) && !private.use[vid],
	      "at first no VLAN is private");
}

void meeting(void)
{
	u16 fid = any_u16() & NVS_VID_MASK, from = any_u16() & NVS_VID_MASK;
	const struct nvs_private *private = any_private();
	struct nvs_vlans a, b;
	u16 next;

	any_vlans(&a, private);
	any_vlans(&b, private);
	assume(fid < NVS_VID_ANY && from < NVS_VID_ANY);
	assume(a.mode == NVSWITCH_VLAN_TRUNK ?
	       !nvs_vids_have(a.fids, NVS_VID_ANY) : true);
	claim(!nvs_vlans_keep(&a, fid) || !nvs_vlans_keep(&b, fid) ||
	      nvs_vlans_meet(&a, &b),
	      "two ports with addresses in one VLAN meet");
	claim(nvs_vlans_meet(&a, &b) == nvs_vlans_meet(&b, &a),
	      "who meets whom is mutual");
	next = nvs_vlans_next(&a, from);
	claim(next == NVS_VID_ANY || (next >= from && nvs_vlans_keep(&a, next)),
	      "the walk of a port's VLANs shows only those");
	claim(fid < from || fid >= next || !nvs_vlans_keep(&a, fid),
	      "the walk of a port's VLANs leaves none out");
}
