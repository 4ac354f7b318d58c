// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any frame at any port. What is assumed of a world is said here, with who
 * guarantees it, and in sound.c; nothing else is.
 */

#include "core/deliver.h"
#include "core/frame.h"
#include "world.h"

/* An address as it is on the wire. */
u64 any_mac(void)
{
	return any_u64() & NVS_MAC_MASK;
}

static u16 any_vid(void)
{
	return 1 + any_below(NVS_VID_ANY - 1);
}

/**
 * any_mode() - any settings of a VLAN mode
 * @mode: the mode
 *
 * Return: them, as attr.c lets them through, see nvs_attr_check_vlan().
 */
struct nvs_vlan any_mode(u8 mode)
{
	struct nvs_vlan vlan = { .mode = mode };
	int i;

	switch (mode) {
	case NVSWITCH_VLAN_ACCESS:
		vlan.vid = any_vid();
		break;
	case NVSWITCH_VLAN_TRUNK:
		vlan.native = any_bool() ? any_vid() : 0;
		for (i = 0; i < NVS_VID_WORDS; i++)
			vlan.trunk[i] = any_u64();
		vlan.trunk[NVS_VID_WORDS - 1] &= ~0ULL >> 1;
		break;
	case NVSWITCH_VLAN_PRIVATE:
		vlan.vid = any_vid();
		vlan.type = any_below(NVSWITCH_PRIVATE_COMMUNITY + 1);
		vlan.secondary = vlan.type ? any_vid() : 0;
		break;
	}
	return vlan;
}

static u8 any_value(void)
{
	return any_bool() ? NVSWITCH_ACCEPT : NVSWITCH_REJECT;
}

/* A resolved policy has nothing that is inherited: policy.c proves it. */
static struct nvs_policy any_policy(void)
{
	return (struct nvs_policy){
		.promiscuous = any_value(),
		.mac_changes = any_value(),
		.forged_transmits = any_value(),
		.learning = any_value(),
		.unicast_flood = any_value(),
		.limit_policy = any_value(),
		.learn_move = any_value(),
		.learn_limit = any_u32(),
	};
}

/*
 * Admission reads the list through nvs_allow_match() alone: a list for each of
 * its answers is enough. What it answers of any list is in allow.c.
 */
static const struct nvs_allow *any_allow(u64 src)
{
	static struct {
		u32 count;
		struct nvs_allowed entries[1];
	} list;

	list.count = 1;
	switch (any_below(NVS_ALLOW_EXACT + 2)) {
	case NVS_ALLOW_EXACT:
		list.entries[0] = (struct nvs_allowed){ src, NVS_MAC_MASK };
		break;
	case NVS_ALLOW_MASKED:
		list.entries[0] = (struct nvs_allowed){ 0, 0 };
		break;
	case NVS_ALLOW_NONE:
		list.entries[0] = (struct nvs_allowed){ 1, 1 };
		break;
	default:
		return NULL;
	}
	return (const struct nvs_allow *)&list;
}

static void any_guest(struct nvs_snapshot *port)
{
	/* nvs_port.id counts on from there. */
	port->place = any_u32();
	assume(port->place >= NVS_PLACE_FIRST_PORT);
	port->effective = any_mac();
	port->initial = any_mac();
	port->mac_state = any_below(NVSWITCH_MAC_CONFLICT + 1);
	port->explicit = any_bool();
	port->blocked = any_bool();
	port->bpdu_pass = any_bool();
	port->waiting = any_bool();
	/* As nvs_port_resolve() has it. */
	port->dormant = port->waiting || any_bool();
	port->spies = nvs_spies(&port->policy, any_below(NVSWITCH_ACCEPT + 1));
}

/* Uplinks and the host port are trunks of all VLANs: vlan.c proves it. */
static void all_vlans(struct nvs_vlans *vlans)
{
	vlans->mode = NVSWITCH_VLAN_TRUNK;
}

/**
 * any_port() - any snapshot that nvs_port_resolve() can make
 * @port: written
 * @role: the port's role
 * @private: private VLANs of its switch, or NULL
 */
void any_port(struct nvs_snapshot *port, enum nvs_role role,
	      const struct nvs_private *private)
{
	*port = (struct nvs_snapshot){ .role = role };
	port->policy = any_policy();
	port->hold = any_u32();
	port->refresh = nvs_refresh_after(port->hold);
	port->trial = nvs_trial_length(any_u32());
	if (role == NVS_GUEST) {
		any_guest(port);
		any_vlans(&port->vlans, private);
	} else {
		all_vlans(&port->vlans);
	}
	if (role == NVS_HOST) {
		port->place = NVS_PLACE_HOST;
		port->effective = any_mac();
	}
	port->plain = nvs_plain_source(port);
	port->takes = NVS_VLAN_NEVER;
	port->learns = nvs_learns(port);
	if (role != NVS_GUEST)
		return;
	port->closed = nvs_closed(port);
	port->takes = nvs_takes(port);
}

static u16 any_tpid(void)
{
	static const u16 tags[] = { NVS_TPID_CTAG, NVS_TPID_STAG };

	return any_bool() ? tags[any_below(2)] : any_u16();
}

/**
 * any_frame() - any bytes, with any tags
 * @f: written, but for its VLAN
 */
void any_frame(struct nvs_frame *f)
{
	*f = (struct nvs_frame){
		.dst = any_mac(),
		.src = any_mac(),
		.payload = any_u32(),
	};
	f->class = nvs_class_of(f->dst);
	if (any_bool())
		nvs_frame_set_tags(f, any_tpid(), any_u16(), any_tpid());
}

/**
 * any_trial() - any record that nvs_move_record() can leave
 * @trial: written
 */
void any_trial(struct nvs_trial *trial)
{
	int i;

	trial->end = any_bool() ? 0 : any_time();
	trial->left = any_u32();
	trial->claimant = any_u32();
	for (i = 0; i < NVS_BARS; i++) {
		trial->bars[i].place = any_u32();
		trial->bars[i].length = any_u32();
		trial->bars[i].since = any_time();
	}
}

/* The configuration's word: nvs_fdb_own(), nvs_fdb_hold_static(). */
static void any_fixed(struct nvs_known *known)
{
	static const u8 kinds[] = {
		0, NVSWITCH_FDB_LOCAL, NVSWITCH_FDB_OWNED,
		NVSWITCH_FDB_RESERVED, NVSWITCH_FDB_STATIC,
	};

	known->fixed = kinds[any_below(5)];
	known->fixed_place = any_u32();
	known->fixed_dormant = any_bool();
	switch (known->fixed) {
	case NVSWITCH_FDB_LOCAL:
		assume(known->fixed_place == NVS_PLACE_HOST);
		break;
	case NVSWITCH_FDB_OWNED:
	case NVSWITCH_FDB_RESERVED:
		assume(known->fixed_place >= NVS_PLACE_FIRST_PORT);
		break;
	case NVSWITCH_FDB_STATIC:
		assume(known->fixed_place != NVS_PLACE_HOST);
		break;
	}
}

/* Traffic's word: nvs_fdb_replace(). */
static void any_dynamic(struct world *w)
{
	static const u8 kinds[] = {
		0, NVSWITCH_FDB_ADOPTED, NVSWITCH_FDB_LEARNED,
		NVSWITCH_FDB_REMOTE,
	};
	struct nvs_known *known = &w->known;

	any_trial(&w->trial);
	known->dynamic = kinds[any_below(4)];
	if (!known->dynamic)
		return;
	known->seen = any_time();
	known->trial = any_bool() ? &w->trial : NULL;
	if (known->dynamic == NVSWITCH_FDB_REMOTE)
		return;
	known->place = any_u32();
	assume(known->place >= NVS_PLACE_FIRST_PORT);
}

/**
 * any_world() - any frame at any port of one role
 * @w: written
 * @role: the role
 */
void any_world(struct world *w, enum nvs_role role)
{
	w->private = any_private();
	any_port(&w->port, role, w->private);
	any_frame(&w->frame);
	assume(sound_private(w->private, w->frame.vid));
	nvs_vlan_classify(&w->port, w->private, &w->frame);
	assume(sound_trunk(&w->port.vlans, w->private, w->frame.vid));
	w->in = (struct nvs_ingress){
		.port = &w->port,
		.now = any_now(),
		.adopted = any_mac(),
		.active = any_bool(),
		.bpdu_wanted = any_bool(),
		.dst_held = w->frame.class == NVS_UNICAST && any_bool(),
		.asleep = w->port.dormant && any_bool(),
		.announces = any_bool(),
	};
	w->known = (struct nvs_known){};
	any_fixed(&w->known);
	any_dynamic(w);
	/* nvs_fdb_know(): a dormant port has no room. */
	w->known.room = !w->in.asleep && any_bool();
	if (role == NVS_GUEST)
		w->port.allow = any_allow(w->frame.src);
	w->port.learns = nvs_learns(&w->port);
	w->match = nvs_allow_match(&w->port, w->frame.src);
}

/**
 * world_admit() - judge the frame, as nvs_fdb_admit() and nvs_fdb_judge() do
 * @w: the world; its verdict is written
 */
void world_admit(struct world *w)
{
	w->got = nvs_admit_frame(&w->in, &w->frame);
	if (w->got.verdict == NVS_LOOK_UP)
		w->got = nvs_admit_source(&w->in, &w->frame, &w->known);
}
