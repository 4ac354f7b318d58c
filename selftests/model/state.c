// SPDX-License-Identifier: GPL-2.0-only
/* The naive model: policy, VLANs, time, and who has an address. */

#include <stddef.h>

#include "model.h"
#include "private.h"

/* Policy */

unsigned int model_policy(const struct model *m, int p, int field)
{
	unsigned int inherit = field == NVSWITCH_POLICY_LEARN_LIMIT ?
			       NVSWITCH_LEARN_LIMIT_INHERIT : NVSWITCH_INHERIT;
	const struct port *port = &m->ports[p];

	if (port->policy[field] != inherit)
		return port->policy[field];
	if (port->group != NOBODY &&
	    m->groups[port->group].policy[field] != inherit)
		return m->groups[port->group].policy[field];
	return m->policy[field];
}

int is_accept(const struct model *m, int p, int field)
{
	return model_policy(m, p, field) == NVSWITCH_ACCEPT;
}

int is_deny(const struct model *m, int p)
{
	return model_policy(m, p, NVSWITCH_POLICY_LEARN_MOVE) == NVSWITCH_DENY;
}

int is_activated(const struct model *m, int p)
{
	const struct port *port = &m->ports[p];

	if (port->off)
		return 0;
	return port->activation == NVSWITCH_ACTIVATION_IMMEDIATE || port->on;
}

int model_awake(const struct model *m, int p)
{
	return m->ports[p].carrier && is_activated(m, p);
}

/* How many leading bits of the entry that matches count; 0 if none does. */
int listed(const struct model *m, int p, __u64 mac)
{
	const struct port *port = &m->ports[p];
	int i, best = 0;

	for (i = 0; i < port->allowed; i++)
		if ((port->allow[i].mac ^ mac) >> (48 - port->allow[i].bits) ==
		    0 && port->allow[i].bits > best)
			best = port->allow[i].bits;
	return best;
}

/* The first one with carrier, in order of attachment */
int model_active_uplink(const struct model *m)
{
	int p, first = NOBODY;

	for (p = 0; p < PORTS; p++) {
		const struct port *port = &m->ports[p];

		if (port->attached && port->role == NVSWITCH_ROLE_UPLINK &&
		    port->carrier && (first == NOBODY ||
				      port->attached < m->ports[first].attached))
			first = p;
	}
	return first;
}

/* VLANs */

const struct vlan *model_vlan(const struct model *m, int p)
{
	static const struct vlan none = { .mode = NVSWITCH_VLAN_NONE };
	static const struct vlan all = {
		.mode = NVSWITCH_VLAN_TRUNK,
		.count = 1,
		.ranges = { { 0, NVSWITCH_VID_MAX } },
	};
	const struct port *port = &m->ports[p];

	if (p == HOST || port->role == NVSWITCH_ROLE_UPLINK)
		return &all;
	if (port->vlan.mode != NVSWITCH_VLAN_INHERIT)
		return &port->vlan;
	if (port->group != NOBODY &&
	    m->groups[port->group].vlan.mode != NVSWITCH_VLAN_INHERIT)
		return &m->groups[port->group].vlan;
	return &none;
}

static int is_secondary_of(const struct vlan *v, int vid)
{
	return v->mode == NVSWITCH_VLAN_PRIVATE &&
	       v->type != NVSWITCH_PRIVATE_PROMISCUOUS && v->secondary == vid;
}

/* What is said of a secondary VLAN, by a port or a group. */
int primary(const struct model *m, int vid)
{
	int i;

	for (i = 0; i < GROUPS; i++)
		if (m->groups[i].exists &&
		    is_secondary_of(&m->groups[i].vlan, vid))
			return m->groups[i].vlan.vid;
	for (i = 0; i < PORTS; i++)
		if (m->ports[i].attached &&
		    is_secondary_of(&m->ports[i].vlan, vid))
			return m->ports[i].vlan.vid;
	return vid;
}

static int in_list(const struct vlan *v, int vid)
{
	int i;

	for (i = 0; i < v->count; i++)
		if (vid >= v->ranges[i][0] && vid <= v->ranges[i][1])
			return 1;
	return 0;
}

/* Whether a port is in the VLAN in which a frame travels. */
int carries(const struct model *m, int p, int vid)
{
	const struct vlan *v = model_vlan(m, p);

	switch (v->mode) {
	case NVSWITCH_VLAN_NONE:
		return vid == 0;
	case NVSWITCH_VLAN_ACCESS:
		return vid == v->vid;
	case NVSWITCH_VLAN_PRIVATE:
		return primary(m, vid) == v->vid;
	default:
		if (v->native && (vid == 0 || vid == v->native))
			return vid != 0;
		return in_list(v, vid);
	}
}

/* Whether a port's addresses are kept in that VLAN. */
int has_addresses_in(const struct model *m, int p, int vid)
{
	int v;

	if (primary(m, vid) != vid)
		return 0;
	for (v = 0; v < VIDS; v++)
		if (carries(m, p, v) && primary(m, v) == vid)
			return 1;
	return carries(m, p, vid);
}

int leaves_tagged(const struct model *m, int p, int vid)
{
	const struct vlan *v = model_vlan(m, p);

	return v->mode == NVSWITCH_VLAN_TRUNK && vid && vid != v->native;
}

/* Whether a port may have what travels there; see "private" in the page. */
int may_hear(const struct model *m, int p, int vid)
{
	const struct vlan *v = model_vlan(m, p);

	if (v->mode != NVSWITCH_VLAN_PRIVATE)
		return carries(m, p, vid);
	return vid == v->vid || v->type == NVSWITCH_PRIVATE_PROMISCUOUS ||
	       (v->type == NVSWITCH_PRIVATE_COMMUNITY && vid == v->secondary);
}

/* Time */

struct when after(struct when t, long long time)
{
	return (struct when){ t.from + time, t.to + time };
}

/* Whether that time has come. */
int is_over(struct model *m, struct when end)
{
	if (m->now.from >= end.to)
		return 1;
	if (m->now.to >= end.from)
		m->doubt = 1;
	return 0;
}

/* Whether that much time has passed. */
int elapsed(struct model *m, struct when since, long long time)
{
	return !time || is_over(m, after(since, time));
}

long long trial_time(const struct model *m)
{
	return m->ageing && m->ageing < 300000 ? m->ageing : 300000;
}

/* A write only when the stamp is older; else it may or may not be one. */
void write_stamp(struct model *m, struct entry *e, long long stale)
{
	if (m->now.from - e->seen.to > stale)
		e->seen = m->now;
	else if (m->now.to - e->seen.from > stale)
		e->seen.to = m->now.to;
}

/* Who has an address */

int owner_of(const struct model *m, __u64 mac, int vid)
{
	int p;

	for (p = 0; p < PORTS; p++) {
		const struct port *port = &m->ports[p];

		if (port->attached && mac &&
		    (port->effective == mac || port->initial == mac) &&
		    has_addresses_in(m, p, vid))
			return p;
	}
	return NOBODY;
}

const struct entry *model_entry(const struct model *m, __u64 mac, int vid)
{
	int i;

	for (i = 0; i < m->entries; i++)
		if (m->table[i].mac == mac && m->table[i].vid == vid)
			return &m->table[i];
	return NULL;
}

int static_place(const struct model *m, __u64 mac, int vid)
{
	const struct entry *e = model_entry(m, mac, vid);

	return e && e->kind == NVSWITCH_FDB_STATIC ? e->place : NOBODY;
}

int has_aged(struct model *m, const struct entry *e)
{
	return e->kind != NVSWITCH_FDB_ADOPTED && m->ageing &&
	       elapsed(m, e->seen, m->ageing);
}

/* An entry that traffic has made, and that has not aged. */
struct entry *find(struct model *m, __u64 mac, int vid)
{
	const struct entry *e = model_entry(m, mac, vid);

	if (!e || e->kind == NVSWITCH_FDB_STATIC || has_aged(m, e))
		return NULL;
	return &m->table[e - m->table];
}

/* Where a frame to that address goes. Who is dormant decides nothing. */
int holder_of(struct model *m, __u64 mac, int vid)
{
	const struct entry *e;
	int place, p;

	if (mac == m->host_mac)
		return HOST;
	for (p = 0; p < PORTS; p++)
		if (m->ports[p].attached && m->ports[p].effective == mac &&
		    mac && model_awake(m, p) && has_addresses_in(m, p, vid))
			return p;
	place = static_place(m, mac, vid);
	if (place == UPLINKS || (place != NOBODY && model_awake(m, place)))
		return place;
	e = find(m, mac, vid);
	return e ? e->place : NOBODY;
}

int holds_here(struct model *m, __u64 mac, int vid)
{
	int place = holder_of(m, mac, vid);

	return place != NOBODY && place != UPLINKS;
}

/* Entries that stand against the limits: of a port, or of the uplinks. */
int counted(const struct model *m, int place)
{
	int i, n = 0;

	for (i = 0; i < m->entries; i++) {
		const struct entry *e = &m->table[i];

		if (e->place != place || e->kind == NVSWITCH_FDB_STATIC ||
		    e->kind == NVSWITCH_FDB_ADOPTED)
			continue;
		n += place == UPLINKS || listed(m, place, e->mac) != 48;
	}
	return n;
}

int has_room(struct model *m, int place)
{
	int p, limit, all = 0;

	if (place == UPLINKS)
		return m->remote_limit > 0;
	limit = model_policy(m, place, NVSWITCH_POLICY_LEARN_LIMIT);
	if (limit && counted(m, place) >= limit)
		return 0;
	for (p = 0; p < PORTS; p++)
		if (counted(m, p) > FREE)
			all += counted(m, p) - FREE;
	return counted(m, place) < FREE || all < m->table_limit;
}

static void forget(struct model *m, int i)
{
	m->table[i] = m->table[--m->entries];
}

void enter(struct model *m, __u64 mac, int vid, int kind, int place)
{
	struct entry *e;
	int i;

	for (i = 0; i < m->entries; i++)
		if (m->table[i].mac == mac && m->table[i].vid == vid)
			forget(m, i--);
	if (m->entries == ENTRIES) {
		m->doubt = 1;
		return;
	}
	e = &m->table[m->entries++];
	*e = (struct entry){ .mac = mac, .vid = vid, .kind = kind,
			     .place = place, .seen = m->now };
}

int is_on_trial(struct model *m, const struct entry *e)
{
	return e->on_trial && !is_over(m, e->until);
}

/*
 * At the limit a remote entry, new or moved, replaces the longest unseen one. Of
 * frames that were sent together nobody knows which was seen first.
 */
void make_room_for_remote(struct model *m)
{
	int i, oldest = NOBODY, alike = 0;

	if (counted(m, UPLINKS) < m->remote_limit)
		return;
	for (i = 0; i < m->entries; i++) {
		const struct entry *e = &m->table[i];

		if (e->kind != NVSWITCH_FDB_REMOTE)
			continue;
		if (oldest == NOBODY ||
		    e->seen.from < m->table[oldest].seen.from) {
			oldest = i;
			alike = 0;
		} else if (e->seen.from == m->table[oldest].seen.from) {
			alike = 1;
		}
	}
	if (alike)
		m->doubt = 1;
	if (oldest != NOBODY)
		give_up(m, oldest);
}

void enter_remote(struct model *m, __u64 mac, int vid)
{
	if (!has_room(m, UPLINKS))
		return;
	make_room_for_remote(m);
	enter(m, mac, vid, NVSWITCH_FDB_REMOTE, UPLINKS);
}

/* Bars: the last four, the latest one last. */

int is_barred(struct model *m, const struct entry *e, int place)
{
	int i;

	for (i = 0; i < e->barred; i++)
		if (e->bars[i].place == place &&
		    !elapsed(m, e->bars[i].since, e->bars[i].seconds * 1000))
			return 1;
	return 0;
}

void bar(struct model *m, struct entry *e, int place)
{
	int i, seconds = 1;

	if (place == UPLINKS)
		return;
	for (i = 0; i < e->barred; i++) {
		if (e->bars[i].place != place)
			continue;
		if (!elapsed(m, e->bars[i].since, 300000 + 1))
			seconds = e->bars[i].seconds * 2;
		break;
	}
	if (i == e->barred && e->barred < BARS)
		e->barred++;
	else if (i == e->barred)
		i = 0;
	for (; i < e->barred - 1; i++)
		e->bars[i] = e->bars[i + 1];
	e->bars[i].place = place;
	e->bars[i].seconds = seconds < 30 ? seconds : 30;
	e->bars[i].since = m->now;
}
