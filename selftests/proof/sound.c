// SPDX-License-Identifier: GPL-2.0-only
/*
 * What always holds of VLANs. Properties of frames assume it; vids.c proves
 * that nvs_private_add() keeps it, and vlan.c that nvs_vlan_resolve()
 * establishes it. What is said of one VLAN is said of each, since it is any.
 */

#include "sound.h"

static u8 use_of(const struct nvs_private *private, u16 vid)
{
	return private ? private->use[vid] : NVS_VLAN_ORDINARY;
}

/**
 * sound_private() - what holds of one of a switch's VLANs
 * @private: its private VLANs, or NULL
 * @vid: a VLAN
 *
 * A secondary one has a primary one, which is primary; any other is its own.
 *
 * Return: whether it does.
 */
bool sound_private(const struct nvs_private *private, u16 vid)
{
	u16 primary;

	if (!private)
		return true;
	primary = private->primary[vid];
	if (private->use[vid] <= NVS_VLAN_PRIMARY)
		return primary == vid &&
		       (private->use[vid] == NVS_VLAN_ORDINARY ||
			(vid && vid != NVS_VID_ANY));
	return private->use[vid] <= NVS_VLAN_COMMUNITY && vid &&
	       vid != NVS_VID_ANY && primary && primary < NVS_VID_ANY &&
	       private->use[primary] == NVS_VLAN_PRIMARY &&
	       private->primary[primary] == primary;
}

static bool sound_pvid(const struct nvs_vlans *vlans,
		       const struct nvs_private *private)
{
	static const u8 uses[] = {
		[NVSWITCH_PRIVATE_PROMISCUOUS] = NVS_VLAN_PRIMARY,
		[NVSWITCH_PRIVATE_ISOLATED] = NVS_VLAN_ISOLATED,
		[NVSWITCH_PRIVATE_COMMUNITY] = NVS_VLAN_COMMUNITY,
	};
	u8 use = use_of(private, vlans->pvid);

	switch (vlans->mode) {
	case NVSWITCH_VLAN_NONE:
		return !vlans->pvid;
	case NVSWITCH_VLAN_ACCESS:
		return vlans->pvid && use <= NVS_VLAN_PRIMARY;
	case NVSWITCH_VLAN_TRUNK:
		return use <= NVS_VLAN_PRIMARY &&
		       nvs_vids_have(vlans->vids, vlans->pvid);
	default:
		return use == uses[vlans->type];
	}
}

/**
 * sound_vlans() - what holds of the VLANs of a guest port
 * @vlans: the VLANs, resolved
 * @private: private VLANs of its switch, or NULL
 *
 * Return: whether it does.
 */
bool sound_vlans(const struct nvs_vlans *vlans,
		 const struct nvs_private *private)
{
	bool trunk = vlans->mode == NVSWITCH_VLAN_TRUNK;
	u16 pvid = vlans->pvid, fid;

	if (vlans->mode < NVSWITCH_VLAN_NONE ||
	    vlans->mode > NVSWITCH_VLAN_PRIVATE ||
	    vlans->type > (vlans->mode == NVSWITCH_VLAN_PRIVATE ?
			   NVSWITCH_PRIVATE_COMMUNITY : 0) ||
	    (trunk && nvs_vids_have(vlans->vids, NVS_VID_ANY)))
		return false;
	if (trunk && nvs_vids_have(vlans->vids, 0) && pvid)
		return false;
	if (pvid == NVS_VID_ANY)
		return trunk && vlans->in == NVS_VLAN_NEVER &&
		       vlans->out == NVS_VLAN_NEVER &&
		       vlans->fid == NVS_VID_NONE;
	if (pvid > NVS_VID_ANY || !sound_private(private, pvid) ||
	    !sound_pvid(vlans, private))
		return false;
	fid = nvs_vlan_fid(private, pvid);
	return vlans->fid == fid && vlans->in == nvs_vlan_pair(pvid, fid) &&
	       vlans->out == nvs_vlan_pair(vlans->type ==
					   NVSWITCH_PRIVATE_ISOLATED ?
					   fid : pvid, fid);
}

/**
 * sound_trunk() - what holds of one VLAN on a trunk
 * @vlans: the VLANs of a guest port
 * @private: private VLANs of its switch, or NULL
 * @vid: a VLAN
 *
 * Return: whether it does.
 */
bool sound_trunk(const struct nvs_vlans *vlans,
		 const struct nvs_private *private, u16 vid)
{
	return vlans->mode != NVSWITCH_VLAN_TRUNK ||
	       !nvs_vids_have(vlans->vids, vid) ||
	       nvs_vids_have(vlans->fids, nvs_vlan_fid(private, vid));
}
