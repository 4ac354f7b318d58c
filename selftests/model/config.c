// SPDX-License-Identifier: GPL-2.0-only
/*
 * The naive model: which configurations are refused, and what becomes of MACs
 * and of the table when one changes.
 */

#include "model.h"
#include "private.h"

static int is_guest(const struct model *m, int p)
{
	return m->ports[p].attached && m->ports[p].role == NVSWITCH_ROLE_GUEST;
}

static int share_vlan(const struct model *m, int p, int q)
{
	int vid;

	for (vid = 0; vid < VIDS; vid++)
		if (has_addresses_in(m, p, vid) && has_addresses_in(m, q, vid))
			return 1;
	return 0;
}

/* Private VLANs: what ports and groups say of VLANs fits together. */

static int contradicts(const struct vlan *a, const struct vlan *b)
{
	int s = a->secondary;

	if (a->mode != NVSWITCH_VLAN_PRIVATE ||
	    a->type == NVSWITCH_PRIVATE_PROMISCUOUS)
		return 0;
	if (b->mode == NVSWITCH_VLAN_ACCESS)
		return b->vid == s;
	if (b->mode == NVSWITCH_VLAN_TRUNK)
		return b->native == s;
	if (b->mode != NVSWITCH_VLAN_PRIVATE)
		return 0;
	if (b->vid == s)
		return 1;
	return b->type != NVSWITCH_PRIVATE_PROMISCUOUS && b->secondary == s &&
	       (b->vid != a->vid || b->type != a->type);
}

static const struct vlan *said(const struct model *m, int i)
{
	static const struct vlan nothing;

	if (i < GROUPS)
		return m->groups[i].exists ? &m->groups[i].vlan : &nothing;
	return is_guest(m, i - GROUPS) ? &m->ports[i - GROUPS].vlan : &nothing;
}

static int has_contradiction(const struct model *m)
{
	int i, j;

	for (i = 0; i < GROUPS + PORTS; i++)
		for (j = 0; j < GROUPS + PORTS; j++)
			if (contradicts(said(m, i), said(m, j)))
				return 1;
	return 0;
}

/* One MAC has one owner. */

static int clash(const struct model *m, int p, int q)
{
	const struct port *a = &m->ports[p], *b = &m->ports[q];

	if (p == q || !is_guest(m, p) || !is_guest(m, q) || !a->initial)
		return 0;
	if (a->initial != b->initial && a->initial != b->effective &&
	    a->effective != b->effective)
		return 0;
	return share_vlan(m, p, q);
}

static int has_clash(const struct model *m)
{
	int p, q;

	for (p = 0; p < PORTS; p++) {
		if (is_guest(m, p) && m->ports[p].initial &&
		    m->ports[p].initial == m->host_mac)
			return 1;
		for (q = 0; q < PORTS; q++)
			if (clash(m, p, q))
				return 1;
	}
	return 0;
}

/* Static entries stay in their ports' VLANs, and are nobody's initial MAC. */
static int has_misplaced(const struct model *m)
{
	int i;

	for (i = 0; i < m->entries; i++) {
		const struct entry *e = &m->table[i];
		int owner = owner_of(m, e->mac, e->vid);

		if (e->kind != NVSWITCH_FDB_STATIC)
			continue;
		if (owner != NOBODY && m->ports[owner].initial == e->mac &&
		    owner != e->place)
			return 1;
		if (e->place == UPLINKS ? primary(m, e->vid) != e->vid :
					  !has_addresses_in(m, e->place, e->vid))
			return 1;
	}
	return 0;
}

/* Requests */

/* Whether an address may become the effective MAC of a port. */
static int is_free(struct model *m, int p, __u64 mac)
{
	int vid, owner, place;
	struct entry *e;

	if (mac == m->host_mac)
		return 0;
	for (vid = 0; vid < VIDS; vid++) {
		if (!has_addresses_in(m, p, vid))
			continue;
		for (owner = 0; owner < PORTS; owner++)
			if (owner != p && is_guest(m, owner) &&
			    (m->ports[owner].initial == mac ||
			     m->ports[owner].effective == mac) &&
			    has_addresses_in(m, owner, vid))
				return 0;
		place = static_place(m, mac, vid);
		if (place != NOBODY && place != p)
			return 0;
		e = find(m, mac, vid);
		if (e && e->place != p &&
		    (is_deny(m, p) || !elapsed(m, e->seen, m->move_hold)))
			return 0;
	}
	return 1;
}

/* What becomes of a request; 1 if that changes something. */
static int judge(struct model *m, int p)
{
	struct port *port = &m->ports[p];
	__u64 effective = port->effective;
	int state = port->state;

	port->state = NVSWITCH_MAC_OK;
	if (!port->initial || !port->requested ||
	    port->requested == port->initial) {
		port->effective = port->initial;
	} else if (!is_accept(m, p, NVSWITCH_POLICY_MAC_CHANGES)) {
		port->effective = port->initial;
		port->state = NVSWITCH_MAC_CHANGE;
	} else if (port->effective == port->requested ||
		   is_free(m, p, port->requested)) {
		port->effective = port->requested;
	} else {
		port->state = NVSWITCH_MAC_CONFLICT;
	}
	return effective != port->effective || state != port->state;
}

/* Those whose requests are the oldest after that one. */
static int next_asked(const struct model *m, int asked)
{
	int p, next = NOBODY;

	for (p = 0; p < PORTS; p++)
		if (is_guest(m, p) && m->ports[p].asked > asked &&
		    (next == NOBODY || m->ports[p].asked < next))
			next = m->ports[p].asked;
	return next;
}

/* The oldest first; who releases an address may make way for another. */
static void judge_all(struct model *m)
{
	int asked = NOBODY, p;

	while ((asked = next_asked(m, asked)) != NOBODY)
		for (p = 0; p < PORTS; p++)
			if (is_guest(m, p) && m->ports[p].asked == asked &&
			    judge(m, p)) {
				judge_all(m);
				return;
			}
}

/* The table */

static int learns_all(const struct model *m, int p)
{
	return is_accept(m, p, NVSWITCH_POLICY_LEARNING) &&
	       is_accept(m, p, NVSWITCH_POLICY_FORGED_TRANSMITS);
}

static int has_uplink(const struct model *m)
{
	int p;

	for (p = 0; p < PORTS; p++)
		if (m->ports[p].attached &&
		    m->ports[p].role == NVSWITCH_ROLE_UPLINK)
			return 1;
	return 0;
}

static int may_stay(const struct model *m, const struct entry *e)
{
	int p = e->place, owner = owner_of(m, e->mac, e->vid);

	if (e->kind == NVSWITCH_FDB_STATIC)
		return 1;
	if (e->mac == m->host_mac || primary(m, e->vid) != e->vid)
		return 0;
	if (p == UPLINKS && !has_uplink(m))
		return 0;
	if (p == UPLINKS)
		return owner == NOBODY || !model_awake(m, owner);
	/* Its own initial MAC, when another one is effective, is any. */
	if (owner != NOBODY &&
	    (owner != p || m->ports[p].effective == e->mac))
		return 0;
	if (!model_awake(m, p) || !has_addresses_in(m, p, e->vid))
		return 0;
	if (e->kind == NVSWITCH_FDB_ADOPTED)
		return m->ports[p].adopted == e->mac;
	return listed(m, p, e->mac) ||
	       (learns_all(m, p) &&
		(m->ports[p].initial || !m->explicit_macs));
}

static void forget(struct model *m, int i)
{
	m->table[i] = m->table[--m->entries];
}

/* Room, where all that is given up at the same time is not known yet. */
static int has_room_for(struct model *m, const struct entry *e)
{
	int room = 1, limit;

	if (e->place == UPLINKS) {
		room = counted(m, UPLINKS) < m->remote_limit;
	} else if (e->kind == NVSWITCH_FDB_LEARNED &&
		   listed(m, e->place, e->mac) != 48) {
		limit = model_policy(m, e->place, NVSWITCH_POLICY_LEARN_LIMIT);
		room = !limit || counted(m, e->place) < limit;
	}
	if (!room)
		m->doubt = 1;
	return room;
}

/*
 * What its place gives up during a trial goes back to the one that it left, as if it
 * had never been claimed.
 */
void give_up(struct model *m, int i)
{
	struct entry *e = &m->table[i], back = *e;

	back.place = e->first;
	back.seen = e->first_seen;
	back.on_trial = 0;
	back.kind = NVSWITCH_FDB_LEARNED;
	if (back.place == UPLINKS)
		back.kind = NVSWITCH_FDB_REMOTE;
	else if (back.place != NOBODY &&
		 m->ports[back.place].adopted == e->mac)
		back.kind = NVSWITCH_FDB_ADOPTED;
	if (e->kind != NVSWITCH_FDB_STATIC && is_on_trial(m, e) &&
	    back.place != NOBODY && back.place != e->place &&
	    owner_of(m, e->mac, e->vid) == NOBODY && !has_aged(m, &back) &&
	    may_stay(m, &back)) {
		e->place = NOBODY;
		if (has_room_for(m, &back)) {
			*e = back;
			return;
		}
	}
	forget(m, i);
}

static void forget_what_may_not_stay(struct model *m)
{
	int i, last;

	for (i = 0; i < m->entries; i++) {
		if (may_stay(m, &m->table[i]))
			continue;
		last = m->entries;
		give_up(m, i);
		i -= last - m->entries;
	}
}

static int is_counted(const struct model *m, const struct entry *e, int place)
{
	if (e->place != place || e->kind == NVSWITCH_FDB_STATIC ||
	    e->kind == NVSWITCH_FDB_ADOPTED)
		return 0;
	return place == UPLINKS || listed(m, place, e->mac) != 48;
}

/* A lowered limit removes the longest unseen. */
static void shrink(struct model *m, int place, int limit)
{
	int i, n = 0, oldest = NOBODY;

	for (i = 0; i < m->entries; i++) {
		if (!is_counted(m, &m->table[i], place))
			continue;
		n++;
		if (oldest == NOBODY ||
		    m->table[i].seen.from < m->table[oldest].seen.from)
			oldest = i;
	}
	if (n <= limit)
		return;
	for (i = 0; i < m->entries; i++)
		if (i != oldest && is_counted(m, &m->table[i], place) &&
		    m->table[i].seen.from <= m->table[oldest].seen.to)
			m->doubt = 1;
	give_up(m, oldest);
	shrink(m, place, limit);
}

static void shrink_all(struct model *m)
{
	int p, limit;

	for (p = 0; p < PORTS; p++) {
		limit = model_policy(m, p, NVSWITCH_POLICY_LEARN_LIMIT);
		if (is_guest(m, p) && limit)
			shrink(m, p, limit);
	}
	shrink(m, UPLINKS, m->remote_limit);
}

/* Its places are nobody's: another port that is attached later is another. */
static void forget_place(struct model *m, int place)
{
	int i, j, last;

	for (i = 0; i < m->entries; i++) {
		struct entry *e = &m->table[i];

		if (e->place == place) {
			last = m->entries;
			give_up(m, i);
			i -= last - m->entries;
			continue;
		}
		if (e->first == place)
			e->first = NOBODY;
		if (e->claimant == place)
			e->claimant = NOBODY;
		for (j = 0; j < e->barred; j++)
			if (e->bars[j].place == place)
				e->bars[j].place = NOBODY;
	}
}

/* Of those who could adopt none now, and of those whose MAC has an owner. */
static void forget_adopted(struct model *m)
{
	int p, q;

	for (p = 0; p < PORTS; p++)
		if (m->ports[p].initial || m->explicit_macs ||
		    learns_all(m, p) || !model_awake(m, p))
			m->ports[p].adopted = 0;
	for (p = 0; p < PORTS; p++)
		for (q = 0; q < PORTS; q++)
			if (p != q && is_guest(m, p) && is_guest(m, q) &&
			    m->ports[p].adopted &&
			    (m->ports[p].adopted == m->ports[q].effective ||
			     m->ports[p].adopted == m->ports[q].initial) &&
			    share_vlan(m, p, q))
				m->ports[p].adopted = 0;
}

/* What a port was before, as far as that matters. */
static void change_port(struct model *m, const struct port *old, int p)
{
	static const struct counters none;
	struct port *port = &m->ports[p];

	if (port->attached != old->attached) {
		forget_place(m, p);
		port->effective = port->attached ? port->initial : 0;
		port->adopted = 0;
		port->asked = 0;
		port->state = NVSWITCH_MAC_OK;
		m->counters[p] = none;
	}
	if (old->carrier && !port->carrier) {
		port->adopted = 0;
		if (port->told)
			port->requested = 0;
	}
	if (port->initial != old->initial)
		port->adopted = 0;
	if (port->requested != old->requested)
		port->asked = ++m->asked;
	/* An initial MAC beats a request, and is effective without one. */
	if (port->effective == old->initial)
		port->effective = port->initial;
}

static void yield_to_initial(struct model *m, const struct model *old, int p)
{
	__u64 initial = m->ports[p].initial;
	int q;

	if (!initial || !old->ports[p].attached ||
	    initial == old->ports[p].initial)
		return;
	for (q = 0; q < PORTS; q++)
		if (q != p && is_guest(m, q) &&
		    m->ports[q].effective == initial &&
		    m->ports[q].initial != initial && share_vlan(m, p, q))
			m->ports[q].effective = m->ports[q].initial;
}

static int waits_without_mac(const struct model *m, int p)
{
	return is_guest(m, p) && !m->ports[p].initial &&
	       m->ports[p].activation == NVSWITCH_ACTIVATION_ANNOUNCE;
}

int model_configure(struct model *m, struct model *new)
{
	int p;

	for (p = 0; p < PORTS; p++)
		if (waits_without_mac(new, p))
			return 0;
	for (p = 0; p < PORTS; p++)
		change_port(new, &m->ports[p], p);
	for (p = 0; p < PORTS; p++)
		yield_to_initial(new, m, p);
	for (p = 0; p < PORTS; p++)
		if (!is_accept(new, p, NVSWITCH_POLICY_MAC_CHANGES))
			new->ports[p].effective = new->ports[p].initial;
	if (has_contradiction(new) || has_clash(new) || has_misplaced(new))
		return 0;
	judge_all(new);
	forget_adopted(new);
	forget_what_may_not_stay(new);
	shrink_all(new);
	*m = *new;
	return 1;
}

int model_set_static(struct model *m, int place, __u64 mac, int vid)
{
	int owner = owner_of(m, mac, vid);

	if (mac == m->host_mac || (owner != NOBODY && owner != place))
		return 0;
	if (static_place(m, mac, vid) != NOBODY)
		return 0;
	if (place == UPLINKS ? primary(m, vid) != vid :
			       !has_addresses_in(m, place, vid))
		return 0;
	enter(m, mac, vid, NVSWITCH_FDB_STATIC, place);
	return 1;
}

void model_age(struct model *m)
{
	int i;

	for (i = 0; i < m->entries; i++)
		if (m->table[i].kind != NVSWITCH_FDB_STATIC &&
		    !find(m, m->table[i].mac, m->table[i].vid))
			forget(m, i--);
}

void model_tick(struct model *m)
{
	model_age(m);
	judge_all(m);
	forget_adopted(m);
	forget_what_may_not_stay(m);
}

/* So that who has another idea of the layout can be found out. */
int model_size(void)
{
	return sizeof(struct model);
}
