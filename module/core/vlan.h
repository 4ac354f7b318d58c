/* SPDX-License-Identifier: GPL-2.0-only */
/* Which VLANs a port carries, and in which shape. */
#ifndef _NVS_CORE_VLAN_H
#define _NVS_CORE_VLAN_H

#include "types.h"

/**
 * enum nvs_vlan_use - what a VLAN is to private VLANs
 * @NVS_VLAN_ORDINARY: nothing
 * @NVS_VLAN_PRIMARY: a primary one
 * @NVS_VLAN_ISOLATED: a secondary one whose members are isolated
 * @NVS_VLAN_COMMUNITY: a secondary one whose members are a community
 */
enum nvs_vlan_use {
	NVS_VLAN_ORDINARY,
	NVS_VLAN_PRIMARY,
	NVS_VLAN_ISOLATED,
	NVS_VLAN_COMMUNITY,
};

/**
 * struct nvs_private - the private VLANs of a switch
 * @primary: for a secondary VLAN its primary one, else the VLAN itself
 * @use: enum nvs_vlan_use of each VLAN
 */
struct nvs_private {
	u16 primary[NVS_VIDS];
	u8 use[NVS_VIDS];
};

static inline bool nvs_vids_have(const u64 *vids, u16 vid)
{
	return vids[vid / 64] >> (vid % 64) & 1;
}

static inline void nvs_vids_add(u64 *vids, u16 vid)
{
	vids[vid / 64] |= 1ULL << (vid % 64);
}

/* The VLAN a frame travels in and the one its addresses are kept in, in one. */
static inline u32 nvs_vlan_pair(u16 vid, u16 fid)
{
	return vid | (u32)fid << 16;
}

/* The VLAN that the addresses of frames in @vid are kept in. */
static inline u16 nvs_vlan_fid(const struct nvs_private *private, u16 vid)
{
	return private ? private->primary[vid] : vid;
}

static inline bool nvs_is_trunk(const struct nvs_snapshot *port)
{
	return port->role != NVS_GUEST ||
	       port->vlans.mode == NVSWITCH_VLAN_TRUNK;
}

/**
 * nvs_vlan_classify() - find out which VLAN a frame is in
 * @port: ingress port
 * @private: private VLANs of the switch, or NULL if there are none
 * @f: frame whose tags are set; @f->vid and @f->fid become what they are called
 *
 * In a VLAN that the port does not carry the frame keeps what it names. The
 * host's frames travel in a primary VLAN, as a promiscuous member's do.
 */
static inline void nvs_vlan_classify(const struct nvs_snapshot *port,
				     const struct nvs_private *private,
				     struct nvs_frame *f)
{
	if (!f->named && port->role == NVS_GUEST)
		f->vid = port->vlans.pvid;
	f->fid = nvs_vlan_fid(private, f->vid);
	if (port->role == NVS_HOST)
		f->vid = f->fid;
}

/**
 * nvs_vlan_carries() - is a port a member of the VLAN of a frame?
 * @port: the port; uplinks and the host port are trunks of all VLANs
 * @f: the frame
 *
 * All members of a private VLAN are in it, whoever may talk to whom.
 *
 * Return: whether it is.
 */
static inline bool nvs_vlan_carries(const struct nvs_snapshot *port,
				    const struct nvs_frame *f)
{
	if (f->vid == NVS_VID_ANY)
		return false;
	if (port->role != NVS_GUEST)
		return true;
	switch (port->vlans.mode) {
	case NVSWITCH_VLAN_TRUNK:
		return nvs_vids_have(port->vlans.vids, f->vid);
	case NVSWITCH_VLAN_PRIVATE:
		return f->fid == port->vlans.fid;
	default:
		return f->vid == port->vlans.pvid;
	}
}

bool nvs_vlan_keeps_tagged(const struct nvs_snapshot *port, u16 fid);

/**
 * nvs_vlan_keeps() - can a port have addresses in a VLAN?
 * @port: the port
 * @fid: a VLAN that addresses are kept in
 *
 * Return: whether it can.
 */
static inline bool nvs_vlan_keeps(const struct nvs_snapshot *port, u16 fid)
{
	/* What is commonest costs one comparison. */
	return fid == port->vlans.fid || nvs_vlan_keeps_tagged(port, fid);
}

/**
 * nvs_vlan_strips() - does a frame pass a port without its tag?
 * @port: the port
 * @f: the frame; the port carries its VLAN
 *
 * Return: whether it does.
 */
static inline bool nvs_vlan_strips(const struct nvs_snapshot *port,
				   const struct nvs_frame *f)
{
	if (!nvs_is_trunk(port) || f->vid == 0)
		return true;
	return port->role == NVS_GUEST && f->vid == port->vlans.pvid;
}

/**
 * nvs_vlan_hides() - would the tag behind a frame's tag become the outer one?
 * @port: the port that it passes
 * @f: the frame; the port carries its VLAN
 *
 * Where the switch strips or adds a tag, what is behind would hop into a VLAN
 * that its sender is not in. A lone 802.1ad tag is payload on a trunk.
 *
 * Return: whether it would.
 */
static inline bool nvs_vlan_hides(const struct nvs_snapshot *port,
				  const struct nvs_frame *f)
{
	if (f->stacked)
		return nvs_vlan_strips(port, f);
	if (!f->service)
		return false;
	return !nvs_is_trunk(port) || (port->role == NVS_GUEST && f->vid != 0);
}

/**
 * nvs_vlan_admits() - may a frame with such tags enter through a port?
 * @port: the port
 * @f: the frame, classified
 *
 * Return: whether it may.
 */
static inline bool nvs_vlan_admits(const struct nvs_snapshot *port,
				   const struct nvs_frame *f)
{
	/* A guest that is in one VLAN has no tags of its own. */
	if (f->named && !nvs_is_trunk(port))
		return false;
	return nvs_vlan_carries(port, f) && !nvs_vlan_hides(port, f);
}

enum nvswitch_drop_reason nvs_vlan_forbids(const struct nvs_snapshot *to,
					   const struct nvs_frame *f);

/**
 * nvs_vlan_refusal() - may a copy with such tags leave through a port?
 * @to: the port
 * @f: the frame, admitted
 *
 * Return: why not, or NVSWITCH_DROP_UNSPEC if it may.
 */
static inline enum nvswitch_drop_reason
nvs_vlan_refusal(const struct nvs_snapshot *to, const struct nvs_frame *f)
{
	if (to->vlans.out == nvs_vlan_pair(f->vid, f->fid) &&
	    !(f->stacked | f->service))
		return NVSWITCH_DROP_UNSPEC;
	return nvs_vlan_forbids(to, f);
}

/**
 * nvs_vlan_tag() - the tag that a copy leaves with
 * @to: the port, which may have it
 * @f: the frame
 *
 * The host takes part in a private VLAN as a promiscuous member does: its
 * devices are in the primary one.
 *
 * Return: VLAN of the tag, or 0 for none.
 */
static inline u16 nvs_vlan_tag(const struct nvs_snapshot *to,
			       const struct nvs_frame *f)
{
	if (nvs_vlan_strips(to, f))
		return 0;
	return to->role == NVS_HOST ? f->fid : f->vid;
}

/**
 * enum nvs_vlan_clash - why VLAN modes do not go together
 * @NVS_VLAN_FITS: they do
 * @NVS_VLAN_TWO_PRIMARIES: a secondary VLAN would have two primary ones
 * @NVS_VLAN_TWO_TYPES: a secondary VLAN would be isolated and a community
 * @NVS_VLAN_TWO_USES: a VLAN would be primary and secondary
 * @NVS_VLAN_SECONDARY_USED: a secondary VLAN is an access or native VLAN
 */
enum nvs_vlan_clash {
	NVS_VLAN_FITS,
	NVS_VLAN_TWO_PRIMARIES,
	NVS_VLAN_TWO_TYPES,
	NVS_VLAN_TWO_USES,
	NVS_VLAN_SECONDARY_USED,
};

extern const struct nvs_vlan nvs_vlan_none;
extern const struct nvs_vlan nvs_vlan_all;

void nvs_private_init(struct nvs_private *private);
enum nvs_vlan_clash nvs_private_add(struct nvs_private *private,
				    const struct nvs_vlan *vlan);
enum nvs_vlan_clash nvs_private_check(const struct nvs_private *private,
				      const struct nvs_vlan *vlan);
void nvs_vlan_resolve(struct nvs_vlans *vlans, const struct nvs_vlan *vlan,
		      const struct nvs_private *private);
u16 nvs_vlans_next(const struct nvs_vlans *vlans, u16 from);
bool nvs_vlans_keep(const struct nvs_vlans *vlans, u16 fid);
bool nvs_vlans_meet(const struct nvs_vlans *a, const struct nvs_vlans *b);

#endif /* _NVS_CORE_VLAN_H */
