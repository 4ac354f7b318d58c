// SPDX-License-Identifier: GPL-2.0-only
/*
 * VLANs: no frame leaves the one it is in, and private VLANs keep apart what
 * they must. Then, that resolving modes makes of them what is assumed of VLANs.
 */

#include "core/frame.h"
#include "world.h"

/**
 * struct passage - a frame on its way from one port to another
 * @private: private VLANs of the switch, or NULL
 * @from: ingress port
 * @to: the other port, which is offered a copy
 * @frame: the frame
 * @passes: it is admitted, as far as VLANs go, and the copy is not refused
 * @tag: the tag that the copy leaves with
 */
struct passage {
	const struct nvs_private *private;
	struct nvs_snapshot from;
	struct nvs_snapshot to;
	struct nvs_frame frame;
	bool passes;
	u16 tag;
};

static void any_passage(struct passage *p)
{
	p->private = any_private();
	any_port(&p->from, any_below(NVS_HOST + 1), p->private);
	any_port(&p->to, any_below(NVS_HOST + 1), p->private);
	any_frame(&p->frame);
	assume(sound_private(p->private, p->frame.vid));
	nvs_vlan_classify(&p->from, p->private, &p->frame);
	p->passes = nvs_vlan_admits(&p->from, &p->frame) &&
		    !nvs_vlan_refusal(&p->to, &p->frame);
	p->tag = nvs_vlan_tag(&p->to, &p->frame);
}

static bool is_guest(const struct nvs_snapshot *port, u8 mode)
{
	return port->role == NVS_GUEST && port->vlans.mode == mode;
}

/* What the specification says of the tag, by role and mode of the receiver. */
static u16 specified_tag(const struct passage *p)
{
	const struct nvs_vlans *vlans = &p->to.vlans;

	switch (p->to.role) {
	case NVS_UPLINK:
		return p->frame.vid;
	case NVS_HOST:
		return nvs_vlan_fid(p->private, p->frame.vid);
	default:
		return vlans->mode == NVSWITCH_VLAN_TRUNK &&
		       p->frame.vid != vlans->pvid ? p->frame.vid : 0;
	}
}

/* The copy, as another switch's port with the same VLANs would read it. */
static struct nvs_frame read_again(const struct passage *p)
{
	struct nvs_frame again = { .dst = p->frame.dst, .src = p->frame.src };

	nvs_frame_set_tags(&again, p->tag ? NVS_TPID_CTAG : 0, p->tag, 0);
	nvs_vlan_classify(&p->to, p->private, &again);
	return again;
}

static void claim_shape(const struct passage *p)
{
	const struct nvs_frame *f = &p->frame;

	claim(!p->passes || p->tag == specified_tag(p),
	      "a copy leaves with the tag of its VLAN, and untagged where that has none");
	claim(!p->passes || p->tag || !f->stacked,
	      "behind a tag that is taken off comes no other");
	claim(!p->passes || !f->service ||
	      (!f->vid && nvs_is_trunk(&p->from) && nvs_is_trunk(&p->to)),
	      "an 802.1ad tag passes as payload from trunk to trunk, in VLAN 0 alone");
	claim(!p->passes || !f->named || nvs_is_trunk(&p->from),
	      "a guest without trunk sends no tag");
}

static void claim_no_hopping(const struct passage *p)
{
	const struct nvs_frame *f = &p->frame;
	struct nvs_frame again = read_again(p);

	claim(!p->passes || !is_guest(&p->to, NVSWITCH_VLAN_ACCESS) ||
	      f->vid == p->to.vlans.pvid,
	      "an access port never receives a frame of another VLAN");
	claim(!p->passes || !is_guest(&p->to, NVSWITCH_VLAN_NONE) || !f->vid,
	      "a port of mode none never receives a frame of a VLAN");
	claim(!p->passes || !is_guest(&p->to, NVSWITCH_VLAN_TRUNK) ||
	      nvs_vids_have(p->to.vlans.vids, f->vid),
	      "a trunk never receives a frame of a VLAN that it does not list");
	claim(!p->passes || is_guest(&p->to, NVSWITCH_VLAN_PRIVATE) ||
	      p->to.role == NVS_HOST || again.vid == f->vid,
	      "whoever reads a copy finds it in the VLAN that it was sent in");
	claim(!p->passes || again.fid == f->fid,
	      "whoever reads a copy finds its addresses in the same VLAN");
}

static bool may_talk(const struct nvs_vlans *a, const struct nvs_vlans *b)
{
	if (a->fid != b->fid)
		return false;
	if (a->type == NVSWITCH_PRIVATE_PROMISCUOUS ||
	    b->type == NVSWITCH_PRIVATE_PROMISCUOUS)
		return true;
	return a->type == NVSWITCH_PRIVATE_COMMUNITY &&
	       b->type == NVSWITCH_PRIVATE_COMMUNITY && a->pvid == b->pvid;
}

static void claim_private(const struct passage *p)
{
	const struct nvs_frame *f = &p->frame;
	bool members = is_guest(&p->from, NVSWITCH_VLAN_PRIVATE) &&
		       is_guest(&p->to, NVSWITCH_VLAN_PRIVATE);
	bool plain = nvs_vlan_admits(&p->from, f);

	claim(!members || !p->passes || may_talk(&p->from.vlans, &p->to.vlans),
	      "members of a private VLAN talk to none that the matrix keeps from them");
	claim(!members || !plain || p->passes ||
	      !may_talk(&p->from.vlans, &p->to.vlans),
	      "members of a private VLAN talk to all that the matrix lets them");
	claim(!is_guest(&p->from, NVSWITCH_VLAN_PRIVATE) || !plain ||
	      p->to.role == NVS_GUEST || p->passes,
	      "all members of a private VLAN talk to the host and the uplinks");
}

void passage(void)
{
	struct passage p;

	any_passage(&p);
	claim_shape(&p);
	claim_no_hopping(&p);
	claim_private(&p);
}

/* nvs_vlans_collect(): the mode was added, and checked against all others. */
static bool fits(const struct nvs_private *private,
		 const struct nvs_vlan *vlan)
{
	static const u8 uses[] = {
		[NVSWITCH_PRIVATE_PROMISCUOUS] = NVS_VLAN_PRIMARY,
		[NVSWITCH_PRIVATE_ISOLATED] = NVS_VLAN_ISOLATED,
		[NVSWITCH_PRIVATE_COMMUNITY] = NVS_VLAN_COMMUNITY,
	};

	if (vlan->mode == NVSWITCH_VLAN_PRIVATE)
		return private && private->use[vlan->vid] == NVS_VLAN_PRIMARY &&
		       (!vlan->secondary ||
			(private->use[vlan->secondary] == uses[vlan->type] &&
			 private->primary[vlan->secondary] == vlan->vid));
	return !private || !nvs_private_check(private, vlan);
}

static bool lists(const struct nvs_vlan *mode, u16 vid)
{
	if (mode->native && (!vid || vid == mode->native))
		return vid;
	return nvs_vids_have(mode->trunk, vid);
}

void resolving(void)
{
	const struct nvs_private *private = any_private();
	u16 vid = any_u16() & NVS_VID_MASK, fid = any_u16() & NVS_VID_MASK;
	struct nvs_snapshot port = { .role = NVS_GUEST };
	struct nvs_vlans vlans;
	struct nvs_vlan mode;
	int i;

	/* Of each VLAN that the trunk below may list, for its bounds. */
	for (i = 0; private && i < NVS_VIDS; i++)
		assume(private->primary[i] <= NVS_VID_ANY);
	mode = any_mode(any_below(NVSWITCH_VLAN_PRIVATE + 1));
	assume(fits(private, &mode));
	assume(sound_private(private, mode.vid));
	assume(sound_private(private, mode.secondary));
	assume(sound_private(private, mode.native));
	assume(sound_private(private, vid));
	nvs_vlan_resolve(&vlans, &mode, private);
	claim(sound_vlans(&vlans, private),
	      "what a mode comes to is what is assumed of VLANs");
	claim(vid == NVS_VID_ANY || sound_trunk(&vlans, private, vid),
	      "a trunk keeps addresses in all its VLANs");
	claim(vid == NVS_VID_ANY || mode.mode != NVSWITCH_VLAN_TRUNK ||
	      nvs_vids_have(vlans.vids, vid) == lists(&mode, vid),
	      "a trunk carries what it lists and its native VLAN, which stands for VLAN 0");
	port.vlans = vlans;
	claim(fid >= NVS_VID_ANY || nvs_vlans_keep(&vlans, fid) ==
	      nvs_vlan_keeps(&port, fid),
	      "configuration and traffic agree on where a port has addresses");
}
