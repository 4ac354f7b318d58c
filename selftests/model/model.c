// SPDX-License-Identifier: GPL-2.0-only
/*
 * The naive model: what becomes of a frame. Rules are numbered as in
 * nvswitch(7).
 */

#include <string.h>

#include "model.h"
#include "private.h"

#define BROADCAST	0xffffffffffffULL
#define STP		0x0180c2000000ULL
#define PVST		0x01000ccccccdULL

static int is_group(__u64 mac)
{
	return mac >> 40 & 1;
}

static int is_bpdu(__u64 mac)
{
	return mac == STP || mac == PVST;
}

/* 01:80:c2:00:00:0x */
static int is_reserved(__u64 mac)
{
	return mac >> 4 == STP >> 4;
}

static int role(const struct model *m, int p)
{
	return p == HOST ? HOST : m->ports[p].role;
}

static int is_active(const struct model *m, int p)
{
	return model_active_uplink(m) == p;
}

/* Tags behind the one that says the VLAN; a lone 802.1ad tag is one. */
static int is_tagged(const struct frame *f)
{
	return f->tags && f->tpid == 0x8100;
}

static int has_behind(const struct frame *f)
{
	return f->tags > is_tagged(f);
}

/* Rule 4: the VLAN in which a frame travels, or NOBODY if it may not. */
static int travels(const struct model *m, int p, const struct frame *f)
{
	const struct vlan *v = model_vlan(m, p);
	int named = is_tagged(f) ? f->vid : 0;
	int vid = named;

	if (named && v->mode != NVSWITCH_VLAN_TRUNK)
		return NOBODY;
	if (!named && v->mode == NVSWITCH_VLAN_ACCESS)
		vid = v->vid;
	if (!named && v->mode == NVSWITCH_VLAN_TRUNK)
		vid = v->native;
	if (v->mode == NVSWITCH_VLAN_PRIVATE)
		vid = v->type == NVSWITCH_PRIVATE_PROMISCUOUS ? v->vid :
								v->secondary;
	if (!carries(m, p, vid))
		return NOBODY;
	if (has_behind(f) && !leaves_tagged(m, p, vid) &&
	    (vid || is_tagged(f) || v->mode != NVSWITCH_VLAN_TRUNK))
		return NOBODY;
	/* The host takes part as a promiscuous member does. */
	return p == HOST ? primary(m, vid) : vid;
}

static int move(struct model *m, struct entry *e, int p, int kind, int on_trial)
{
	e->on_trial = on_trial;
	e->place = p;
	e->kind = kind;
	e->seen = m->now;
	return 0;
}

/* The rule of moves. */
static int claim(struct model *m, struct entry *e, int p, __u64 dst, int kind,
		 int exact)
{
	int uplink = p == UPLINKS;
	int trial = is_on_trial(m, e), vid = e->vid;
	__u64 mac = e->mac;
	int shows = !uplink || holds_here(m, dst, vid);

	if (exact)
		return move(m, e, p, kind, 0);
	if (trial && e->first == p && shows) {
		bar(m, e, e->claimant);
		if (uplink)
			make_room_for_remote(m);
		return move(m, find(m, mac, vid), p, kind, 0);
	}
	if (!elapsed(m, e->seen, m->move_hold))
		return NVSWITCH_DROP_MAC_MOVE;
	if (!uplink && (is_deny(m, p) || is_barred(m, e, p)))
		return NVSWITCH_DROP_MAC_MOVE;
	if (kind != NVSWITCH_FDB_ADOPTED && !has_room(m, p))
		return NVSWITCH_DROP_LEARN_LIMIT;
	if (uplink)
		make_room_for_remote(m);
	e = find(m, mac, vid);
	if (!trial || e->first == e->place)
		e->first_seen = e->seen;
	if (!trial) {
		e->first = e->place;
		e->until = after(m->now, trial_time(m));
	}
	if (e->first != p)
		e->claimant = p;
	return move(m, e, p, kind, 1);
}

/* It is seen where it is. From its remembered place, that ends the trial. */
static void refresh(struct model *m, struct entry *e, __u64 dst)
{
	long long stale = 100;

	if (is_on_trial(m, e) && e->first == e->place &&
	    (e->place != UPLINKS || holds_here(m, dst, e->vid))) {
		bar(m, e, e->claimant);
		e->on_trial = 0;
		e->seen = m->now;
		return;
	}
	if (m->move_hold && m->move_hold / 4 < stale)
		stale = m->move_hold / 4;
	write_stamp(m, e, stale);
}

/* Rules 11 and 12, for a source that may move here and be entered. */
static int learn(struct model *m, int p, const struct frame *f, int vid,
		 int kind, int exact)
{
	struct entry *e = find(m, f->src, vid);

	if (e && e->place != p)
		return claim(m, e, p, f->dst, kind, exact);
	if (e) {
		if (kind == NVSWITCH_FDB_ADOPTED)
			e->kind = kind;
		refresh(m, e, f->dst);
		return 0;
	}
	if (!exact && kind != NVSWITCH_FDB_ADOPTED && !has_room(m, p)) {
		if (model_policy(m, p, NVSWITCH_POLICY_LIMIT_POLICY) ==
		    NVSWITCH_ALLOW)
			return 0;
		return NVSWITCH_DROP_LEARN_LIMIT;
	}
	enter(m, f->src, vid, kind, p);
	return 0;
}

/* Rules 9 to 12. */
static int admit_other(struct model *m, int p, const struct frame *f, int vid)
{
	struct port *port = &m->ports[p];
	int forges = is_accept(m, p, NVSWITCH_POLICY_FORGED_TRANSMITS);
	int learns = is_accept(m, p, NVSWITCH_POLICY_LEARNING);
	struct entry *e;

	if (!port->initial) {
		if (m->explicit_macs)
			return NVSWITCH_DROP_NO_MAC;
		if (port->adopted ? port->adopted == f->src :
				    !(forges && learns)) {
			int reason = learn(m, p, f, vid, NVSWITCH_FDB_ADOPTED,
					   0);

			if (!reason)
				port->adopted = f->src;
			return reason;
		}
	}
	if (!forges)
		return NVSWITCH_DROP_FORGED_TRANSMIT;
	if (learns)
		return learn(m, p, f, vid, NVSWITCH_FDB_LEARNED, 0);
	e = find(m, f->src, vid);
	if (e && e->place != p && !elapsed(m, e->seen, m->move_hold))
		return NVSWITCH_DROP_MAC_MOVE;
	return 0;
}

/* Rules 5 to 8. */
static int admit_source(struct model *m, int p, const struct frame *f, int vid)
{
	int owner = owner_of(m, f->src, vid);
	int place = static_place(m, f->src, vid);

	if (f->src == m->ports[p].effective)
		return 0;
	if (f->src == m->host_mac || (owner != NOBODY && owner != p) ||
	    (place != NOBODY && place != p))
		return NVSWITCH_DROP_MAC_CONFLICT;
	if (place == p)
		return 0;
	if (listed(m, p, f->src))
		return learn(m, p, f, vid, NVSWITCH_FDB_LEARNED,
			     listed(m, p, f->src) == 48);
	return admit_other(m, p, f, vid);
}

/* Rules 1 to 4; then the others. */
static int admit_guest(struct model *m, int p, const struct frame *f, int vid)
{
	struct port *port = &m->ports[p];

	if (port->blocked)
		return NVSWITCH_DROP_PORT_BLOCKED;
	if (!is_activated(m, p)) {
		if (port->off || !f->announces ||
		    (f->src != port->initial && f->src != port->effective))
			return NVSWITCH_DROP_NOT_ACTIVATED;
		port->on = 1;
	}
	if (is_group(f->src) || !f->src)
		return NVSWITCH_DROP_INVALID_SOURCE;
	if (is_bpdu(f->dst) && !port->bpdu)
		return NVSWITCH_DROP_BPDU_FILTER;
	if (is_reserved(f->dst) && !is_bpdu(f->dst))
		return NVSWITCH_DROP_LINK_LOCAL;
	if (vid == NOBODY)
		return NVSWITCH_DROP_VLAN_FILTER;
	return admit_source(m, p, f, primary(m, vid));
}

static int passes_bpdu(const struct model *m, int p)
{
	return role(m, p) == NVSWITCH_ROLE_GUEST && m->ports[p].bpdu;
}

static int admit_remote(struct model *m, const struct frame *f, int vid)
{
	int owner = owner_of(m, f->src, vid);
	int place = static_place(m, f->src, vid);
	struct entry *e;

	if (f->src == m->host_mac ||
	    (owner != NOBODY && model_awake(m, owner)) ||
	    (place != NOBODY && place != UPLINKS && model_awake(m, place)))
		return NVSWITCH_DROP_REVERSE_PATH;
	if (place != NOBODY)
		return 0;
	e = find(m, f->src, vid);
	if (!e)
		enter_remote(m, f->src, vid);
	else if (e->place == UPLINKS)
		refresh(m, e, f->dst);
	else if (claim(m, e, UPLINKS, f->dst, NVSWITCH_FDB_REMOTE, 0))
		return NVSWITCH_DROP_REVERSE_PATH;
	return 0;
}

static int admit_uplink(struct model *m, int p, const struct frame *f, int vid)
{
	int q, wanted = 0;

	if (is_group(f->src) || !f->src)
		return NVSWITCH_DROP_INVALID_SOURCE;
	for (q = 0; q < PORTS; q++)
		wanted |= is_bpdu(f->dst) && passes_bpdu(m, q);
	if (is_reserved(f->dst) && !wanted)
		return NOBODY;
	if (vid == NOBODY)
		return NVSWITCH_DROP_VLAN_FILTER;
	if (!is_active(m, p) &&
	    (is_group(f->dst) || !holds_here(m, f->dst, primary(m, vid))))
		return NVSWITCH_DROP_REVERSE_PATH;
	return admit_remote(m, f, primary(m, vid));
}

static int admit_host(struct model *m, const struct frame *f, int vid)
{
	if (is_group(f->src) || !f->src)
		return NVSWITCH_DROP_INVALID_SOURCE;
	if (vid == NOBODY)
		return NVSWITCH_DROP_VLAN_FILTER;
	if (owner_of(m, f->src, primary(m, vid)) != NOBODY)
		return NVSWITCH_DROP_MAC_CONFLICT;
	return 0;
}

static int floods(const struct model *m, int p)
{
	return is_accept(m, p, NVSWITCH_POLICY_LEARNING) &&
	       is_accept(m, p, NVSWITCH_POLICY_UNICAST_FLOOD);
}

static int wants_group(const struct model *m, int p, __u64 dst)
{
	const struct port *port = &m->ports[p];
	int i;

	if (is_accept(m, p, NVSWITCH_POLICY_LEARNING) || !port->only_wanted)
		return 1;
	for (i = 0; i < port->wanted_count; i++)
		if (port->wanted[i] == dst)
			return 1;
	return 0;
}

static int is_curious(const struct model *m, int p)
{
	if (p == HOST)
		return m->host_promisc;
	return is_accept(m, p, NVSWITCH_POLICY_PROMISCUOUS) &&
	       !m->ports[p].no_promisc;
}

/* Whether a port in the VLAN, not the one it came from, is to be offered it. */
static int receives(const struct model *m, int in, int p, const struct frame *f,
		    int holder)
{
	if (role(m, p) == NVSWITCH_ROLE_UPLINK)
		return is_active(m, p) && role(m, in) != NVSWITCH_ROLE_UPLINK &&
		       (is_group(f->dst) || holder == NOBODY ||
			holder == UPLINKS);
	if (is_bpdu(f->dst))
		return passes_bpdu(m, p) || is_curious(m, p);
	if (is_curious(m, p))
		return 1;
	if (is_group(f->dst))
		return p == HOST || f->dst == BROADCAST ||
		       wants_group(m, p, f->dst);
	if (holder != NOBODY)
		return holder == p;
	return p != HOST && floods(m, p);
}

/* What a receiver has against its copy. */
static int objection(const struct model *m, int p, const struct frame *f,
		     int vid)
{
	const struct port *port = &m->ports[p];
	const struct vlan *v = model_vlan(m, p);
	int guest = role(m, p) == NVSWITCH_ROLE_GUEST;

	if (guest && port->blocked)
		return NVSWITCH_DROP_PORT_BLOCKED;
	if (guest && !is_activated(m, p))
		return NVSWITCH_DROP_NOT_ACTIVATED;
	if (guest && port->state == NVSWITCH_MAC_CHANGE)
		return NVSWITCH_DROP_MAC_CHANGE;
	if (guest && port->state == NVSWITCH_MAC_CONFLICT)
		return NVSWITCH_DROP_MAC_CONFLICT;
	if (!carries(m, p, vid))
		return NVSWITCH_DROP_PRIVATE_VLAN;
	if (has_behind(f) && !leaves_tagged(m, p, vid) &&
	    (is_tagged(f) || v->mode != NVSWITCH_VLAN_TRUNK))
		return NVSWITCH_DROP_VLAN_FILTER;
	if (guest && !may_hear(m, p, vid))
		return NVSWITCH_DROP_PRIVATE_VLAN;
	if (p != HOST && !port->carrier)
		return NVSWITCH_DROP_PORT_DOWN;
	if (f->payload > (p == HOST ? m->host_mtu : port->mtu))
		return NVSWITCH_DROP_MTU;
	return 0;
}

static void offer(struct model *m, int p, const struct frame *f, int vid,
		  struct outcome *o)
{
	struct counters *c = &m->counters[p];
	int out = p == HOST ? primary(m, vid) : vid;

	o->copies[p].offered = 1;
	o->copies[p].refusal = objection(m, p, f, vid);
	o->copies[p].tag = leaves_tagged(m, p, vid) ? out : 0;
	c->offered++;
	c->transmitted += !o->copies[p].refusal;
	c->refused += !!o->copies[p].refusal;
	c->refusals[o->copies[p].refusal]++;
}

/* Where it goes; the reason if nobody gets it. */
static int deliver(struct model *m, int in, const struct frame *f, int vid,
		   int holder, struct outcome *o)
{
	int offered = 0, taken = 0, p;

	for (p = 0; p <= HOST; p++) {
		if (p == in || (p != HOST && !m->ports[p].attached))
			continue;
		if (!carries(m, p, vid) && p != holder)
			continue;
		if (!receives(m, in, p, f, holder))
			continue;
		offer(m, p, f, vid, o);
		offered++;
		taken += !o->copies[p].refusal;
	}
	if (taken)
		return 0;
	if (offered)
		return NVSWITCH_DROP_ALL_REFUSED;
	if (holder == in || (holder == UPLINKS &&
			     role(m, in) == NVSWITCH_ROLE_UPLINK))
		return NVSWITCH_DROP_SAME_PORT;
	return NVSWITCH_DROP_NO_DESTINATION;
}

void model_frame(struct model *m, int in, const struct frame *f,
		 struct outcome *o)
{
	struct counters *c = &m->counters[in];
	int vid = travels(m, in, f), holder = NOBODY;

	memset(o, 0, sizeof(*o));
	c->received++;
	/* Where it goes is looked up before its source is entered. */
	if (vid != NOBODY && !is_group(f->dst))
		holder = holder_of(m, f->dst, primary(m, vid));
	if (in == HOST)
		o->reason = admit_host(m, f, vid);
	else if (m->ports[in].role == NVSWITCH_ROLE_UPLINK)
		o->reason = admit_uplink(m, in, f, vid);
	else
		o->reason = admit_guest(m, in, f, vid);
	if (!o->reason)
		o->reason = deliver(m, in, f, vid, holder, o);
	c->passed += o->reason == NOBODY;
	c->forwarded += !o->reason;
	c->dropped += o->reason > 0;
	if (o->reason > 0)
		c->drops[o->reason]++;
}
