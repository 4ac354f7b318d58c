// SPDX-License-Identifier: GPL-2.0-only
/* A switch that consists of module/core's decisions and a plain table. */

#include <string.h>

#include "beside.h"
#include "core/deliver.h"
#include "core/frame.h"
#include "core/mac.h"
#include "core/policy.h"

/* The first byte is the lowest. */
u64 beside_mac(__u64 mac)
{
	return __builtin_bswap64(mac) >> 16;
}

/* Another port that is attached later is another place. */
u32 beside_place(const struct model *m, int place)
{
	if (place == UPLINKS)
		return NVS_PLACE_UPLINKS;
	if (place == HOST)
		return NVS_PLACE_HOST;
	return NVS_PLACE_FIRST_PORT + m->ports[place].attached;
}

/* Configuration */

static struct nvs_policy policy_of(const unsigned int *fields)
{
	return (struct nvs_policy){
		.promiscuous = fields[NVSWITCH_POLICY_PROMISCUOUS],
		.mac_changes = fields[NVSWITCH_POLICY_MAC_CHANGES],
		.forged_transmits = fields[NVSWITCH_POLICY_FORGED_TRANSMITS],
		.learning = fields[NVSWITCH_POLICY_LEARNING],
		.unicast_flood = fields[NVSWITCH_POLICY_UNICAST_FLOOD],
		.learn_limit = fields[NVSWITCH_POLICY_LEARN_LIMIT],
		.limit_policy = fields[NVSWITCH_POLICY_LIMIT_POLICY],
		.learn_move = fields[NVSWITCH_POLICY_LEARN_MOVE],
	};
}

static struct nvs_policy resolved_policy(const struct model *m, int p)
{
	struct nvs_policy upper = policy_of(m->policy), lower;

	if (m->ports[p].group != NOBODY) {
		lower = policy_of(m->groups[m->ports[p].group].policy);
		upper = nvs_policy_over(&lower, &upper);
	}
	lower = policy_of(m->ports[p].policy);
	return nvs_policy_over(&lower, &upper);
}

static struct nvs_vlan vlan_of(const struct vlan *v)
{
	struct nvs_vlan vlan = {
		.mode = v->mode,
		.type = v->type,
		.vid = v->vid,
		.secondary = v->secondary,
		.native = v->native,
	};
	int i, vid;

	for (i = 0; i < v->count; i++)
		for (vid = v->ranges[i][0]; vid <= v->ranges[i][1]; vid++)
			nvs_vids_add(vlan.trunk, vid);
	return vlan;
}

static bool is_guest(const struct model *m, int p)
{
	return p != HOST && m->ports[p].attached &&
	       m->ports[p].role == NVSWITCH_ROLE_GUEST;
}

/* What ports and groups say of private VLANs; whether that fits together. */
static bool collect_private(struct nvs_private *private, const struct model *m)
{
	struct nvs_vlan said[GROUPS + PORTS];
	int n = 0, i;

	nvs_private_init(private);
	for (i = 0; i < GROUPS; i++)
		if (m->groups[i].exists)
			said[n++] = vlan_of(&m->groups[i].vlan);
	for (i = 0; i < PORTS; i++)
		if (is_guest(m, i))
			said[n++] = vlan_of(&m->ports[i].vlan);
	for (i = 0; i < n; i++)
		if (nvs_private_add(private, &said[i]))
			return false;
	for (i = 0; i < n; i++)
		if (said[i].mode != NVSWITCH_VLAN_PRIVATE &&
		    nvs_private_check(private, &said[i]))
			return false;
	return true;
}

static const struct vlan *own_vlan(const struct model *m, int p)
{
	const struct port *port = &m->ports[p];

	return port->vlan.mode || port->group == NOBODY ?
	       &port->vlan : &m->groups[port->group].vlan;
}

static void add_allowed(struct nvs_allow *list, __u64 mac, int bits)
{
	__u64 all = 0xffffffffffffULL;

	list->entries[list->count++] = (struct nvs_allowed){
		beside_mac(mac),
		beside_mac(all << (48 - bits) & all),
	};
}

static const struct nvs_allow *list_of(struct beside_list *list,
				       const struct port *port)
{
	int exact, i;

	list->allow.count = 0;
	for (exact = 1; exact >= 0; exact--)
		for (i = 0; i < port->allowed; i++)
			if (port->allow[i].bits == 48 ? exact : !exact)
				add_allowed(&list->allow, port->allow[i].mac,
					    port->allow[i].bits);
	return port->allowed ? &list->allow : NULL;
}

static const struct nvs_groups *groups_of(struct beside_groups *groups,
					  const struct port *port)
{
	int i;

	groups->groups.count = port->wanted_count;
	for (i = 0; i < port->wanted_count; i++)
		groups->groups.macs[i] = beside_mac(port->wanted[i]);
	return port->only_wanted ? &groups->groups : NULL;
}

static void resolve_guest(struct beside *b, const struct model *m, int p)
{
	const struct port *port = &m->ports[p];
	struct nvs_snapshot *s = &b->ports[p];
	struct nvs_vlan vlan = vlan_of(own_vlan(m, p));
	bool activated = !port->off && (!port->activation || port->on);

	s->policy = resolved_policy(m, p);
	s->initial = beside_mac(port->initial);
	s->effective = beside_mac(port->effective);
	s->mac_state = port->state;
	s->explicit = m->explicit_macs;
	s->blocked = port->blocked;
	s->bpdu_pass = port->bpdu;
	s->waiting = !activated;
	s->dormant = !activated || !port->carrier;
	s->hears = !port->off;
	s->spies = nvs_spies(&s->policy, port->no_promisc ? NVSWITCH_OFF :
							    NVSWITCH_ON);
	s->allow = list_of(&b->lists[p], port);
	s->groups = groups_of(&b->groups[p], port);
	nvs_vlan_resolve(&s->vlans, &vlan, &b->private);
}

static void resolve(struct beside *b, const struct model *m, int p)
{
	struct nvs_snapshot *s = &b->ports[p];

	memset(s, 0, sizeof(*s));
	s->role = p == HOST ? NVS_HOST : m->ports[p].role;
	s->place = s->role == NVS_UPLINK ? NVS_PLACE_UPLINKS :
					   beside_place(m, p);
	s->hold = m->move_hold;
	s->refresh = nvs_refresh_after(m->move_hold);
	s->trial = nvs_trial_length(m->ageing);
	if (s->role == NVS_GUEST) {
		resolve_guest(b, m, p);
	} else {
		s->effective = p == HOST ? beside_mac(m->host_mac) : 0;
		nvs_vlan_resolve(&s->vlans, &nvs_vlan_all, &b->private);
	}
	s->closed = nvs_closed(s);
	s->plain = nvs_plain_source(s);
	s->takes = nvs_takes(s);
	s->learns = nvs_learns(s);
}

/* What core makes of a request must be what the model has made of it. */
static bool chooses_alike(const struct beside *b, int p)
{
	const struct port *port = &b->config->ports[p];
	u64 initial = beside_mac(port->initial);
	struct nvs_mac_choice c;

	c = nvs_mac_choose(initial, beside_mac(port->requested) ?: initial,
			   beside_mac(port->effective),
			   b->ports[p].policy.mac_changes,
			   port->state != NVSWITCH_MAC_CONFLICT);
	return c.state == port->state &&
	       c.effective == beside_mac(port->effective);
}

static bool meet(const struct beside *b, int p, int q)
{
	const struct port *a = &b->config->ports[p], *c = &b->config->ports[q];

	return a->initial && is_guest(b->config, q) &&
	       (a->initial == c->initial || a->initial == c->effective) &&
	       nvs_vlans_meet(&b->ports[p].vlans, &b->ports[q].vlans);
}

const char *beside_configure(struct beside *b, const struct model *m)
{
	int p, q;

	b->config = m;
	if (!collect_private(&b->private, m))
		return "private VLANs do not fit";
	for (p = 0; p <= HOST; p++)
		resolve(b, m, p);
	for (p = 0; p < PORTS; p++) {
		if (!is_guest(m, p))
			continue;
		if (!chooses_alike(b, p))
			return "a request is judged otherwise";
		for (q = 0; q < p; q++)
			if (meet(b, p, q))
				return "a MAC has two owners";
	}
	return NULL;
}

/* The table */

static struct beside_entry *entry_of(struct beside *b, u64 mac, u16 fid)
{
	unsigned int i;

	for (i = 0; i < b->entries; i++)
		if (b->table[i].mac == mac && b->table[i].fid == fid)
			return &b->table[i];
	return NULL;
}

static struct beside_entry *dynamic_of(struct beside *b, u64 mac, u16 fid)
{
	struct beside_entry *e = entry_of(b, mac, fid);
	u64 ageing = b->config->ageing;

	if (!e || e->kind == NVSWITCH_FDB_STATIC)
		return NULL;
	if (e->kind != NVSWITCH_FDB_ADOPTED && ageing &&
	    nvs_age(e->seen, b->now) >= ageing)
		return NULL;
	return e;
}

static int port_at(const struct beside *b, u32 place)
{
	int p;

	for (p = 0; p < PORTS; p++)
		if (is_guest(b->config, p) &&
		    beside_place(b->config, p) == place)
			return p;
	return NOBODY;
}

static bool sleeps_at(const struct beside *b, u32 place)
{
	int p = port_at(b, place);

	return p != NOBODY && b->ports[p].dormant;
}

static u8 owned_as(const struct beside *b, u64 mac, u16 fid, u32 *place)
{
	int p;

	*place = NVS_PLACE_HOST;
	if (mac == b->ports[HOST].effective)
		return NVSWITCH_FDB_LOCAL;
	for (p = 0; p < PORTS; p++) {
		const struct nvs_snapshot *s = &b->ports[p];

		if (!is_guest(b->config, p) || !nvs_vlan_keeps(s, fid))
			continue;
		*place = s->place;
		if (mac && mac == s->effective)
			return NVSWITCH_FDB_OWNED;
		if (mac && mac == s->initial)
			return NVSWITCH_FDB_RESERVED;
	}
	return 0;
}

static bool is_static(struct beside *b, u64 mac, u16 fid, u32 *place)
{
	struct beside_entry *e = entry_of(b, mac, fid);

	if (!e || e->kind != NVSWITCH_FDB_STATIC)
		return false;
	*place = e->place;
	return true;
}

/*
 * The strongest fixed entry for a port: its kind, and where it is. What is owned and
 * static there is static, as in nvs_fdb_know().
 */
static u8 fixed_of(struct beside *b, int p, u64 mac, u16 fid, u32 *place)
{
	u8 owned = owned_as(b, mac, fid, place);
	u32 at;

	if (owned && (*place != b->ports[p].place ||
		      !is_static(b, mac, fid, &at) || at != *place))
		return owned;
	return is_static(b, mac, fid, place) ? NVSWITCH_FDB_STATIC : 0;
}

/* Where a destination is; whether it is anywhere. */
static bool find_holder(struct beside *b, u64 mac, u16 fid, u32 *place)
{
	u8 owned = owned_as(b, mac, fid, place);
	struct beside_entry *e;

	if (owned && owned != NVSWITCH_FDB_RESERVED && !sleeps_at(b, *place))
		return true;
	if (is_static(b, mac, fid, place) && !sleeps_at(b, *place))
		return true;
	e = dynamic_of(b, mac, fid);
	if (e)
		*place = e->place;
	return e;
}

static u32 counted(struct beside *b, u32 place)
{
	u32 i, n = 0;
	int p = port_at(b, place);

	for (i = 0; i < b->entries; i++) {
		const struct beside_entry *e = &b->table[i];

		if (e->place == place && e->kind != NVSWITCH_FDB_STATIC &&
		    e->kind != NVSWITCH_FDB_ADOPTED)
			n += p == NOBODY ||
			     nvs_allow_match(&b->ports[p], e->mac) !=
				     NVS_ALLOW_EXACT;
	}
	return n;
}

static bool has_room(struct beside *b, int p)
{
	u32 limit = b->ports[p].policy.learn_limit, all = 0, n;
	u32 mine = counted(b, b->ports[p].place);
	int q;

	if (b->ports[p].role == NVS_UPLINK)
		return mine < (u32)b->config->remote_limit;
	if (limit && mine >= limit)
		return false;
	if (mine < FREE)
		return true;
	for (q = 0; q < PORTS; q++) {
		n = is_guest(b->config, q) ? counted(b, b->ports[q].place) : 0;
		all += n > FREE ? n - FREE : 0;
	}
	return all < (u32)b->config->table_limit;
}

static struct nvs_known known_of(struct beside *b, int p,
				 const struct nvs_frame *f)
{
	struct beside_entry *e = dynamic_of(b, f->src, f->fid);
	struct nvs_known known = { .room = has_room(b, p) };

	known.fixed = fixed_of(b, p, f->src, f->fid, &known.fixed_place);
	known.fixed_dormant = sleeps_at(b, known.fixed_place);
	if (e) {
		known.dynamic = e->kind;
		known.place = e->place;
		known.seen = e->seen;
		known.trial = &e->trial;
	}
	return known;
}

static void learn(struct beside *b, int p, const struct nvs_frame *f,
		  const struct nvs_admission *a)
{
	struct beside_entry *e = dynamic_of(b, f->src, f->fid);

	if (a->learn == NVS_LEARN_NOTHING)
		return;
	if (a->learn == NVS_LEARN_MOVE)
		nvs_move_record(&e->trial, a->move, e->place, b->now,
				b->ports[p].trial);
	if (!e) {
		e = entry_of(b, f->src, f->fid);
		/* That of a port which sleeps: it is kept. */
		if (e && e->kind == NVSWITCH_FDB_STATIC)
			return;
		e = e ?: &b->table[b->entries++];
		memset(e, 0, sizeof(*e));
		e->mac = f->src;
		e->fid = f->fid;
	}
	e->seen = b->now;
	if (a->learn == NVS_LEARN_REFRESH)
		return;
	e->place = b->ports[p].place;
	e->kind = a->kind;
	if (a->kind == NVSWITCH_FDB_ADOPTED)
		b->adopted[p] = f->src;
}

/* The frame */

static struct nvs_frame frame_of(const struct beside *b, int p,
				 const struct frame *f)
{
	struct nvs_frame nf = {
		.dst = beside_mac(f->dst),
		.src = beside_mac(f->src),
		.payload = f->payload,
	};

	nf.class = nvs_class_of(nf.dst);
	nvs_frame_set_tags(&nf, f->tags ? f->tpid : 0x0800, f->vid,
			   f->tags > 1 ? NVS_TPID_CTAG : 0x0800);
	nvs_vlan_classify(&b->ports[p], &b->private, &nf);
	return nf;
}

static bool is_active(const struct beside *b, int p)
{
	return model_active_uplink(b->config) == p;
}

static struct nvs_admission admit(struct beside *b, int p,
				  const struct frame *f,
				  const struct nvs_frame *nf, bool held,
				  u32 holder)
{
	const struct nvs_snapshot *s = &b->ports[p];
	struct nvs_ingress in = {
		.port = s,
		.now = b->now,
		.adopted = p == HOST ? 0 : b->adopted[p],
		.active = is_active(b, p),
		.dst_held = held && nf->class == NVS_UNICAST &&
			    holder != NVS_PLACE_UPLINKS,
		.announces = s->hears && f->announces &&
			     (nf->src == s->initial || nf->src == s->effective),
	};
	struct nvs_admission a;
	struct nvs_known known;
	int q;

	for (q = 0; q < PORTS; q++)
		in.bpdu_wanted |= b->ports[q].bpdu_pass;
	a = nvs_admit_frame(&in, nf);
	if (a.verdict != NVS_LOOK_UP)
		return a;
	known = known_of(b, p, nf);
	return nvs_admit_source(&in, nf, &known);
}

static bool host_wants(const struct beside *b, const struct nvs_frame *f,
		       bool held, u32 holder)
{
	if (b->config->host_promisc)
		return true;
	if (f->class == NVS_UNICAST)
		return held && holder == NVS_PLACE_HOST;
	return f->class != NVS_BPDU;
}

static bool uplink_wants(const struct beside *b, int in, int p,
			 const struct nvs_frame *f, bool held, u32 holder)
{
	return is_active(b, p) && b->ports[in].role != NVS_UPLINK &&
	       (f->class != NVS_UNICAST || !held ||
		holder == NVS_PLACE_UPLINKS);
}

static enum nvs_cast cast_of(const struct nvs_frame *f, bool held)
{
	switch (f->class) {
	case NVS_BROADCAST:
		return NVS_CAST_BROAD;
	case NVS_BPDU:
		return NVS_CAST_BPDU;
	case NVS_UNICAST:
		return held ? NVS_CAST_KNOWN : NVS_CAST_UNKNOWN;
	default:
		return NVS_CAST_MULTI;
	}
}

static bool wants(const struct beside *b, int in, int p,
		  const struct nvs_frame *f, bool held, u32 holder)
{
	const struct nvs_snapshot *s = &b->ports[p];

	if (p == in || (p != HOST && !b->config->ports[p].attached))
		return false;
	if (held && f->class == NVS_UNICAST && s->role == NVS_GUEST &&
	    holder == s->place)
		return true;
	if (!nvs_vlan_carries(s, f))
		return false;
	if (p == HOST)
		return host_wants(b, f, held, holder);
	if (s->role == NVS_UPLINK)
		return uplink_wants(b, in, p, f, held, holder);
	return nvs_wants(s, f, cast_of(f, held));
}

static int deliver(struct beside *b, int in, const struct nvs_frame *f,
		   bool held, u32 holder, struct outcome *o)
{
	int offered = 0, taken = 0, p;

	for (p = 0; p <= HOST; p++) {
		const struct port *port = &b->config->ports[p];
		bool host = p == HOST;

		if (!wants(b, in, p, f, held, holder))
			continue;
		o->copies[p].offered = 1;
		o->copies[p].refusal =
			nvs_refusal(&b->ports[p], f, host || port->carrier,
				    host ? b->config->host_mtu : port->mtu);
		o->copies[p].tag = nvs_vlan_tag(&b->ports[p], f);
		offered++;
		taken += !o->copies[p].refusal;
	}
	if (taken)
		return 0;
	if (offered)
		return NVSWITCH_DROP_ALL_REFUSED;
	return held && f->class == NVS_UNICAST &&
	       holder == b->ports[in].place ? NVSWITCH_DROP_SAME_PORT :
					      NVSWITCH_DROP_NO_DESTINATION;
}

void beside_frame(struct beside *b, int in, const struct frame *f,
		  struct outcome *o)
{
	struct nvs_frame nf = frame_of(b, in, f);
	struct nvs_admission a;
	u32 holder;
	bool held = find_holder(b, nf.dst, nf.fid, &holder);

	a = admit(b, in, f, &nf, held, holder);
	memset(o, 0, sizeof(*o));
	if (a.verdict == NVS_PASS)
		o->reason = NOBODY;
	else if (a.verdict == NVS_DROP)
		o->reason = a.reason;
	if (a.verdict != NVS_ADMIT)
		return;
	learn(b, in, &nf, &a);
	o->reason = deliver(b, in, &nf, held, holder, o);
}
