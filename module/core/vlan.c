// SPDX-License-Identifier: GPL-2.0-only
/* VLAN modes: what follows from them, and whether they go together. */

#include "vlan.h"

/* What a port has that nobody has given another mode. */
const struct nvs_vlan nvs_vlan_none = {
	.mode = NVSWITCH_VLAN_NONE,
};

/* What uplinks and the host port have. */
const struct nvs_vlan nvs_vlan_all = {
	.mode = NVSWITCH_VLAN_TRUNK,
	.trunk = {
		[0 ... NVS_VID_WORDS - 2] = ~0ULL,
		[NVS_VID_WORDS - 1] = ~0ULL >> 1,
	},
};

/**
 * nvs_private_init() - begin to collect the private VLANs of a switch
 * @private: no VLAN is private
 */
void nvs_private_init(struct nvs_private *private)
{
	int vid;

	for (vid = 0; vid < NVS_VIDS; vid++) {
		private->primary[vid] = vid;
		private->use[vid] = NVS_VLAN_ORDINARY;
	}
}

/**
 * nvs_private_add() - add what one VLAN mode says of private VLANs
 * @private: what others have said
 * @vlan: the mode of a group or port
 *
 * Return: why it contradicts the others, then nothing has changed; else
 * NVS_VLAN_FITS.
 */
enum nvs_vlan_clash nvs_private_add(struct nvs_private *private,
				    const struct nvs_vlan *vlan)
{
	u16 s = vlan->secondary;
	u8 use;

	if (vlan->mode != NVSWITCH_VLAN_PRIVATE)
		return NVS_VLAN_FITS;
	if (private->use[vlan->vid] > NVS_VLAN_PRIMARY || s == vlan->vid)
		return NVS_VLAN_TWO_USES;
	if (vlan->type != NVSWITCH_PRIVATE_PROMISCUOUS) {
		use = vlan->type == NVSWITCH_PRIVATE_ISOLATED ?
		      NVS_VLAN_ISOLATED : NVS_VLAN_COMMUNITY;
		if (private->use[s] == NVS_VLAN_PRIMARY)
			return NVS_VLAN_TWO_USES;
		if (private->use[s] && private->primary[s] != vlan->vid)
			return NVS_VLAN_TWO_PRIMARIES;
		if (private->use[s] && private->use[s] != use)
			return NVS_VLAN_TWO_TYPES;
		private->primary[s] = vlan->vid;
		private->use[s] = use;
	}
	private->use[vlan->vid] = NVS_VLAN_PRIMARY;
	return NVS_VLAN_FITS;
}

/**
 * nvs_private_check() - does a VLAN mode leave secondary VLANs alone?
 * @private: all private VLANs of the switch
 * @vlan: the mode of a group or port
 *
 * Return: NVS_VLAN_FITS or NVS_VLAN_SECONDARY_USED.
 */
enum nvs_vlan_clash nvs_private_check(const struct nvs_private *private,
				      const struct nvs_vlan *vlan)
{
	u16 vid = vlan->mode == NVSWITCH_VLAN_TRUNK ? vlan->native : vlan->vid;

	return private->use[vid] > NVS_VLAN_PRIMARY ? NVS_VLAN_SECONDARY_USED :
						      NVS_VLAN_FITS;
}

static void nvs_vlan_resolve_trunk(struct nvs_vlans *vlans,
				   const struct nvs_vlan *vlan,
				   const struct nvs_private *private)
{
	int i;

	for (i = 0; i < NVS_VID_WORDS; i++)
		vlans->vids[i] = vlan->trunk[i];
	/* Its untagged frames are in one VLAN, and in no other. */
	if (vlan->native) {
		vlans->vids[0] &= ~1ULL;
		nvs_vids_add(vlans->vids, vlan->native);
	}
	for (i = 0; !private && i < NVS_VID_WORDS; i++)
		vlans->fids[i] = vlans->vids[i];
	for (i = 0; private && i < NVS_VID_ANY; i++)
		if (nvs_vids_have(vlans->vids, i))
			nvs_vids_add(vlans->fids, private->primary[i]);
	vlans->pvid = vlan->native;
	if (!nvs_vids_have(vlans->vids, vlans->pvid))
		vlans->pvid = NVS_VID_ANY;
}

/**
 * nvs_vlan_resolve() - what follows from a VLAN mode
 * @vlans: the result; all of it is written
 * @vlan: the mode; inherit is none
 * @private: private VLANs of the switch, or NULL
 */
void nvs_vlan_resolve(struct nvs_vlans *vlans, const struct nvs_vlan *vlan,
		      const struct nvs_private *private)
{
	u16 out;

	__builtin_memset(vlans, 0, sizeof(*vlans));
	vlans->mode = vlan->mode ?: NVSWITCH_VLAN_NONE;
	vlans->type = vlan->type;
	if (vlan->mode == NVSWITCH_VLAN_TRUNK)
		nvs_vlan_resolve_trunk(vlans, vlan, private);
	else
		vlans->pvid = vlan->secondary ?: vlan->vid;
	vlans->in = NVS_VLAN_NEVER;
	vlans->out = NVS_VLAN_NEVER;
	vlans->fid = NVS_VID_NONE;
	if (vlans->pvid == NVS_VID_ANY)
		return;
	vlans->fid = nvs_vlan_fid(private, vlans->pvid);
	vlans->in = nvs_vlan_pair(vlans->pvid, vlans->fid);
	/* Its own secondary VLAN is what an isolated port may not have. */
	out = vlans->type == NVSWITCH_PRIVATE_ISOLATED ? vlans->fid :
							 vlans->pvid;
	vlans->out = nvs_vlan_pair(out, vlans->fid);
}

/**
 * nvs_vlan_keeps_tagged() - nvs_vlan_keeps() for what is less common
 * @port: the port
 * @fid: a VLAN that is not that of its untagged frames
 *
 * Return: whether it can have addresses there.
 */
bool nvs_vlan_keeps_tagged(const struct nvs_snapshot *port, u16 fid)
{
	if (fid >= NVS_VID_ANY)
		return false;
	if (port->role != NVS_GUEST)
		return true;
	return port->vlans.mode == NVSWITCH_VLAN_TRUNK &&
	       nvs_vids_have(port->vlans.fids, fid);
}

/**
 * nvs_vlan_forbids() - nvs_vlan_refusal() for what is less common
 * @to: the port
 * @f: the frame, admitted
 *
 * A copy that comes here to a port outside its VLAN has been addressed to that
 * port by a member of the same private VLAN.
 *
 * Return: why not, or NVSWITCH_DROP_UNSPEC if it may.
 */
enum nvswitch_drop_reason nvs_vlan_forbids(const struct nvs_snapshot *to,
					   const struct nvs_frame *f)
{
	if (!nvs_vlan_carries(to, f))
		return NVSWITCH_DROP_PRIVATE_VLAN;
	if (nvs_vlan_hides(to, f))
		return NVSWITCH_DROP_VLAN_FILTER;
	if (to->role != NVS_GUEST || to->vlans.mode != NVSWITCH_VLAN_PRIVATE ||
	    to->vlans.type == NVSWITCH_PRIVATE_PROMISCUOUS || f->vid == f->fid)
		return NVSWITCH_DROP_UNSPEC;
	if (to->vlans.type == NVSWITCH_PRIVATE_COMMUNITY &&
	    f->vid == to->vlans.pvid)
		return NVSWITCH_DROP_UNSPEC;
	return NVSWITCH_DROP_PRIVATE_VLAN;
}

/**
 * nvs_vlans_keep() - can a port with these VLANs have addresses in a VLAN?
 * @vlans: its VLANs
 * @fid: a VLAN that addresses are kept in, below NVS_VID_ANY
 *
 * Return: whether it can.
 */
bool nvs_vlans_keep(const struct nvs_vlans *vlans, u16 fid)
{
	return vlans->mode == NVSWITCH_VLAN_TRUNK ?
	       nvs_vids_have(vlans->fids, fid) : fid == vlans->fid;
}

/**
 * nvs_vlans_next() - walk the VLANs in which a port can have addresses
 * @vlans: its VLANs
 * @from: the first that counts
 *
 * Return: the first one from there on, NVS_VID_ANY if there is none.
 */
u16 nvs_vlans_next(const struct nvs_vlans *vlans, u16 from)
{
	u16 vid = from;

	if (vlans->mode != NVSWITCH_VLAN_TRUNK)
		return from <= vlans->fid ? vlans->fid : NVS_VID_ANY;
	while (vid < NVS_VID_ANY) {
		u64 word = vlans->fids[vid / 64] >> (vid % 64);

		if (word)
			return vid + __builtin_ctzll(word);
		vid = (vid | 63) + 1;
	}
	return NVS_VID_ANY;
}

/**
 * nvs_vlans_meet() - can two ports have addresses in the same VLAN?
 * @a: VLANs of one guest port
 * @b: VLANs of the other
 *
 * Return: whether they can.
 */
bool nvs_vlans_meet(const struct nvs_vlans *a, const struct nvs_vlans *b)
{
	u64 common = 0;
	int i;

	if (a->mode != NVSWITCH_VLAN_TRUNK && b->mode != NVSWITCH_VLAN_TRUNK)
		return a->fid == b->fid;
	if (a->mode != NVSWITCH_VLAN_TRUNK)
		return nvs_vids_have(b->fids, a->fid);
	if (b->mode != NVSWITCH_VLAN_TRUNK)
		return nvs_vids_have(a->fids, b->fid);
	for (i = 0; i < NVS_VID_WORDS; i++)
		common |= a->fids[i] & b->fids[i];
	return common;
}
