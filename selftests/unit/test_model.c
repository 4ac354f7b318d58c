// SPDX-License-Identifier: GPL-2.0-only
/*
 * module/core beside the naive model of the switch, in lock-step: random
 * configurations, frames and times. Environment: STEPS, SEED.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "beside.h"
#include "tap.h"

#define STEPS	100000
/* How long a switch lives until another one is made. */
#define LIFE	400

#define ALL		0xffffffffffffULL
#define OWN(port)	(0x020000006100ULL + ((__u64)(port) << 8))

static const int vids[] = { 0, 10, 20, 30, 100, 101, 102, 103 };
static const __u64 groups[] = { 0x01005e000005, 0x01005e000006, 0x333300000001 };
static const __u64 reserved[] = {
	0x0180c2000000, 0x01000ccccccd, 0x0180c200000e, 0x0180c2000010, 0,
};

struct pair {
	struct model model;
	struct beside beside;
	struct random random;
	u64 now;
	int attachments;
	unsigned int seen[REASONS + 1];
	unsigned int refused, accepted;
};

/* Random values */

static unsigned int random_value(struct random *r, int field, bool inherit)
{
	static const unsigned int limits[] = { 0, 1, 2, 4, 66, 4096 };

	if (field == NVSWITCH_POLICY_LEARN_LIMIT)
		return inherit && chance(r, 40) ? NVSWITCH_LEARN_LIMIT_INHERIT :
						  random_of(r, limits);
	return inherit && chance(r, 40) ? 0 : 1 + random_below(r, 2);
}

static void inherit_all(unsigned int *fields)
{
	memset(fields, 0, FIELDS * sizeof(*fields));
	fields[NVSWITCH_POLICY_LEARN_LIMIT] = NVSWITCH_LEARN_LIMIT_INHERIT;
}

static void random_policy(struct random *r, unsigned int *fields)
{
	int n = random_below(r, 4), field;

	while (n--) {
		field = 1 + random_below(r, NVSWITCH_POLICY_MAX);
		fields[field] = random_value(r, field, true);
	}
	if (chance(r, 35)) {
		fields[NVSWITCH_POLICY_FORGED_TRANSMITS] = NVSWITCH_ACCEPT;
		fields[NVSWITCH_POLICY_LEARNING] = NVSWITCH_ON;
	}
}

static struct vlan random_trunk(struct random *r)
{
	struct vlan v = { .mode = NVSWITCH_VLAN_TRUNK, .count = 1 };
	int i;

	if (chance(r, 30))
		v.native = vids[1 + random_below(r, 4)];
	v.ranges[0][1] = NVSWITCH_VID_MAX;
	if (chance(r, 30))
		return v;
	v.count = 1 + random_below(r, 4);
	for (i = 0; i < v.count; i++) {
		v.ranges[i][0] = random_of(r, vids);
		v.ranges[i][1] = v.ranges[i][0];
	}
	return v;
}

static struct vlan random_vlan(struct random *r)
{
	struct vlan v = { .mode = chance(r, 40) ? 0 : random_below(r, 5) };

	switch (v.mode) {
	case NVSWITCH_VLAN_ACCESS:
		v.vid = vids[1 + random_below(r, 4)];
		break;
	case NVSWITCH_VLAN_TRUNK:
		return random_trunk(r);
	case NVSWITCH_VLAN_PRIVATE:
		v.vid = chance(r, 95) ? 100 : vids[1 + random_below(r, 7)];
		v.type = random_below(r, 3);
		if (v.type != NVSWITCH_PRIVATE_PROMISCUOUS)
			v.secondary = chance(r, 5) ? 30 : 100 + v.type +
				random_below(r, v.type);
		break;
	}
	return v;
}

/* Few addresses, so that they meet; rarely one of very many. */
static __u64 random_station(struct random *r)
{
	if (chance(r, 15))
		return OWN(HOST);
	if (chance(r, 3))
		return OWN(PORTS + 2) + random_below(r, 100);
	return OWN(random_below(r, PORTS + 2)) + random_below(r, 3);
}

/* Changes of the configuration */

static void attach(struct pair *x, struct model *m, int p)
{
	struct random *r = &x->random;
	struct port *port = &m->ports[p];

	*port = (struct port){
		.attached = ++x->attachments,
		.role = p >= PORTS - 2,
		.group = NOBODY,
		.carrier = 1,
		.mtu = 1500,
		.told = 1,
	};
	inherit_all(port->policy);
	if (port->role == NVSWITCH_ROLE_UPLINK)
		return;
	random_policy(r, port->policy);
	port->vlan = random_vlan(r);
	if (chance(r, 40))
		port->group = random_below(r, GROUPS);
	if (chance(r, 70))
		port->initial = OWN(p);
	port->bpdu = chance(r, 20);
	port->activation = chance(r, 10);
}

static void change_allow(struct random *r, struct port *port)
{
	int bits = chance(r, 50) ? 48 : 24 + random_below(r, 24), i;
	__u64 mac = random_station(r) & (ALL << (48 - bits));

	if (port->allowed == ALLOWED) {
		port->allowed--;
		return;
	}
	for (i = 0; i < port->allowed; i++)
		if (port->allow[i].mac == mac && port->allow[i].bits == bits)
			return;
	port->allow[port->allowed].mac = mac;
	port->allow[port->allowed++].bits = bits;
}

static void change_guest(struct random *r, struct port *port)
{
	switch (random_below(r, 16)) {
	case 0:
		port->bpdu = !port->bpdu;
		break;
	case 1:
		port->blocked = chance(r, 30);
		break;
	case 2:
		port->off = chance(r, 50);
		port->on = !port->off;
		break;
	case 3:
		port->activation = !port->activation;
		port->off = 0;
		port->on = 0;
		break;
	case 4:
		port->no_promisc = chance(r, 50);
		port->only_wanted = chance(r, 50);
		port->wanted_count = 1;
		port->wanted[0] = random_of(r, groups);
		break;
	case 5 ... 6:
		port->requested = chance(r, 30) ? 0 : random_station(r);
		break;
	case 7:
		port->initial = chance(r, 30) ? 0 : random_station(r);
		break;
	case 8 ... 9:
		change_allow(r, port);
		break;
	case 10:
		port->group = (int)random_below(r, GROUPS + 1) - 1;
		break;
	case 11 ... 12:
		port->vlan = random_vlan(r);
		break;
	default:
		random_policy(r, port->policy);
	}
}

static void change_switch(struct random *r, struct model *m)
{
	static const int holds[] = { 0, 200, 1000, 60000 };
	static const int ages[] = { 0, 10000, 300000 };
	int field = 1 + random_below(r, NVSWITCH_POLICY_MAX);

	switch (random_below(r, 8)) {
	case 0:
		m->move_hold = random_of(r, holds);
		break;
	case 1:
		m->ageing = random_of(r, ages);
		break;
	case 2:
		m->table_limit = chance(r, 50) ? 1 : 65536;
		break;
	case 3:
		m->remote_limit = chance(r, 20) ? 0 : 65536;
		break;
	case 4:
		m->explicit_macs = chance(r, 30);
		break;
	case 5:
		m->host_promisc = chance(r, 30);
		break;
	default:
		m->policy[field] = random_value(r, field, false);
	}
}

static void change_group(struct random *r, struct group *group)
{
	if (!group->exists)
		inherit_all(group->policy);
	group->exists = 1;
	random_policy(r, group->policy);
	group->vlan = random_vlan(r);
}

static void change(struct pair *x, struct model *m)
{
	struct random *r = &x->random;
	int p = random_below(r, PORTS);
	struct port *port = &m->ports[p];
	unsigned int dice = random_below(r, 100);

	if (dice < 10)
		change_switch(r, m);
	else if (dice < 16)
		change_group(r, &m->groups[random_below(r, GROUPS)]);
	else if (!port->attached)
		attach(x, m, p);
	else if (dice < 20)
		*port = (struct port){ .group = NOBODY };
	else if (dice < 26)
		port->carrier = chance(r, 70);
	else if (dice < 30)
		port->mtu = chance(r, 50) ? 1000 : 1500;
	else if (port->role == NVSWITCH_ROLE_GUEST)
		change_guest(r, port);
}

/* Both sides */

static bool is_running(const struct entry *e, u64 now)
{
	return e->on_trial && (long long)now < e->until.from;
}

static void set_static(struct beside *b, const struct model *m,
		       const struct entry *e)
{
	struct beside_entry *mine = NULL;
	unsigned int i;

	for (i = 0; i < b->entries; i++)
		if (b->table[i].mac == beside_mac(e->mac) &&
		    b->table[i].fid == e->vid)
			mine = &b->table[i];
	mine = mine ?: &b->table[b->entries++];
	*mine = (struct beside_entry){
		.mac = beside_mac(e->mac),
		.fid = e->vid,
		.kind = e->kind,
		.place = beside_place(m, e->place),
	};
}

/* Return: whether it stays. Given up during a trial, it goes back. */
static bool follow_entry(const struct model *m, struct beside_entry *mine)
{
	const struct entry *e = model_entry(m, beside_mac(mine->mac),
					    mine->fid);

	if (!e)
		return false;
	if (beside_place(m, e->place) != mine->place) {
		mine->place = beside_place(m, e->place);
		mine->kind = e->kind;
		mine->seen = e->seen.from;
		mine->trial.end = 0;
	}
	return true;
}

/* The model decides what a configuration does to the table: in the module that
 * is not core's business.
 */
static void follow(struct pair *x)
{
	struct beside *b = &x->beside;
	const struct model *m = &x->model;
	unsigned int i;
	int n;

	for (i = 0; i < PORTS; i++)
		b->adopted[i] = beside_mac(m->ports[i].adopted);
	for (i = 0; i < b->entries; i++)
		if (!follow_entry(m, &b->table[i]))
			b->table[i--] = b->table[--b->entries];
	for (n = 0; n < m->entries; n++)
		if (m->table[n].kind == NVSWITCH_FDB_STATIC)
			set_static(b, m, &m->table[n]);
}

/* Whether one more remote entry, also one that moves or returns, replaces another. */
static bool is_crowded(const struct model *m)
{
	int i, remote = 0;

	for (i = 0; i < m->entries; i++)
		remote += m->table[i].kind == NVSWITCH_FDB_REMOTE;
	return remote >= m->remote_limit;
}

/* Which one that is, is not core's business either. */
static void follow_replacement(struct pair *x, const struct frame *f)
{
	struct beside *b = &x->beside;
	unsigned int i;

	for (i = 0; i < b->entries; i++)
		if (b->table[i].kind == NVSWITCH_FDB_REMOTE &&
		    b->table[i].mac != beside_mac(f->src) &&
		    !follow_entry(&x->model, &b->table[i]))
			b->table[i--] = b->table[--b->entries];
}

static const char *compare_entry(const struct pair *x,
				 const struct beside_entry *mine)
{
	const struct entry *e = model_entry(&x->model, beside_mac(mine->mac),
					    mine->fid);

	if (!e)
		return "an entry too many";
	if (e->kind != mine->kind ||
	    beside_place(&x->model, e->place) != mine->place)
		return "an entry of another kind, or elsewhere";
	if (e->kind == NVSWITCH_FDB_STATIC)
		return NULL;
	if (e->seen.from != (long long)mine->seen)
		return "an entry last seen at another time";
	if (is_running(e, x->now) != nvs_trial_runs(&mine->trial, x->now))
		return "a trial";
	return NULL;
}

static const char *compare_table(const struct pair *x)
{
	const struct beside *b = &x->beside;
	const char *wrong = NULL;
	unsigned int i;

	if ((int)b->entries != x->model.entries)
		return "another number of entries";
	for (i = 0; i < b->entries && !wrong; i++)
		wrong = compare_entry(x, &b->table[i]);
	for (i = 0; i < PORTS && !wrong; i++)
		if (b->adopted[i] != beside_mac(x->model.ports[i].adopted))
			wrong = "an adopted MAC";
	return wrong;
}

static const char *compare_outcome(const struct outcome *want,
				   const struct outcome *have)
{
	int p;

	if (want->reason != have->reason)
		return "reason";
	for (p = 0; p <= HOST; p++) {
		if (want->copies[p].offered != have->copies[p].offered ||
		    want->copies[p].refusal != have->copies[p].refusal)
			return "receivers";
		if (want->copies[p].offered && !want->copies[p].refusal &&
		    want->copies[p].tag != have->copies[p].tag)
			return "tag";
	}
	return NULL;
}

/* Steps */

static void set_time(struct pair *x, u64 passes)
{
	x->now += passes;
	x->model.now = (struct when){ x->now, x->now };
	x->beside.now = x->now;
}

static const char *step_change(struct pair *x)
{
	struct model new = x->model;
	bool any_static = chance(&x->random, 5);
	__u64 mac = random_station(&x->random);
	int vid = random_of(&x->random, vids);
	int place = random_below(&x->random, PORTS);

	if (any_static && new.ports[place].attached)
		model_set_static(&new, new.ports[place].role ? UPLINKS : place,
				 mac, vid);
	else
		change(x, &new);
	if (!model_configure(&x->model, &new)) {
		x->refused++;
		return NULL;
	}
	x->accepted++;
	follow(x);
	return beside_configure(&x->beside, &x->model) ?: compare_table(x);
}

static __u64 random_destination(struct random *r)
{
	switch (random_below(r, 12)) {
	case 0 ... 1:
		return ALL;
	case 2:
		return random_of(r, groups);
	case 3:
		return random_of(r, reserved);
	default:
		return random_station(r);
	}
}

static struct frame random_frame(struct random *r, int in)
{
	static const int payloads[] = { 46, 46, 46, 1000, 1001, 1500, 1501 };
	struct frame f = {
		.dst = random_destination(r),
		.src = chance(r, 40) ? OWN(in) : random_station(r),
		.payload = random_of(r, payloads),
		.announces = chance(r, 3),
	};

	if (chance(r, 2))
		f.src = chance(r, 50) ? 0 : random_of(r, groups);
	if (chance(r, 75))
		return f;
	f.tags = chance(r, 85) ? 1 : 2;
	f.tpid = chance(r, 92) ? 0x8100 : 0x88a8;
	f.vid = chance(r, 2) ? 4095 : random_of(r, vids);
	return f;
}

static u64 random_passing(struct random *r)
{
	switch (random_below(r, 400)) {
	case 0:
		return random_below(r, 700000);
	case 1 ... 8:
		return random_below(r, 35000);
	case 9 ... 60:
		return random_below(r, 1500);
	default:
		return random_below(r, 60);
	}
}

static void say(const struct pair *x, int in, const struct frame *f,
		const struct outcome *want, const struct outcome *have)
{
	int p;

	tap_note("port %d, %012llx > %012llx, %d tags %04x:%d, payload %d%s",
		 in, f->src, f->dst, f->tags, f->tpid, f->vid, f->payload,
		 f->announces ? ", announces" : "");
	tap_note("now %llu; reason %d, core %d", x->now, want->reason,
		 have->reason);
	for (p = 0; p <= HOST; p++)
		if (want->copies[p].offered || have->copies[p].offered)
			tap_note("to %d: %d/%d/%d, core %d/%d/%d", p,
				 want->copies[p].offered,
				 want->copies[p].refusal, want->copies[p].tag,
				 have->copies[p].offered,
				 have->copies[p].refusal, have->copies[p].tag);
}

static const char *step_frame(struct pair *x)
{
	struct random *r = &x->random;
	int in = random_below(r, PORTS + 1);
	struct outcome want, have;
	bool crowded = is_crowded(&x->model);
	const char *wrong;
	struct frame f;

	if (in != HOST && (!x->model.ports[in].attached ||
			   !x->model.ports[in].carrier))
		return NULL;
	f = random_frame(r, in);
	model_frame(&x->model, in, &f, &want);
	beside_frame(&x->beside, in, &f, &have);
	if (crowded)
		follow_replacement(x, &f);
	x->seen[want.reason == NOBODY ? REASONS : want.reason]++;
	wrong = compare_outcome(&want, &have) ?: compare_table(x);
	if (wrong)
		say(x, in, &f, &want, &have);
	if (f.announces)
		wrong = wrong ?: beside_configure(&x->beside, &x->model);
	return wrong;
}

static void say_vlan(const char *who, int number, const struct vlan *v)
{
	int i;

	tap_note("%s %d: vlan mode %d vid %d type %d secondary %d native %d",
		 who, number, v->mode, v->vid, v->type, v->secondary,
		 v->native);
	for (i = 0; i < v->count; i++)
		tap_note("  vlans %d-%d", v->ranges[i][0], v->ranges[i][1]);
}

static void say_port(const struct model *m, int p)
{
	const struct port *port = &m->ports[p];
	int i;

	tap_note("port %d: role %d group %d carrier %d mtu %d bpdu %d", p,
		 port->role, port->group, port->carrier, port->mtu, port->bpdu);
	tap_note("  blocked %d activation %d/%d/%d state %d", port->blocked,
		 port->activation, port->off, port->on, port->state);
	tap_note("  initial %012llx requested %012llx", port->initial,
		 port->requested);
	tap_note("  effective %012llx adopted %012llx", port->effective,
		 port->adopted);
	for (i = 1; i < FIELDS; i++)
		if (model_policy(m, p, i) != m->policy[i])
			tap_note("  policy field %d: %u", i,
				 model_policy(m, p, i));
	for (i = 0; i < port->allowed; i++)
		tap_note("  allows %012llx/%d", port->allow[i].mac,
			 port->allow[i].bits);
	say_vlan("  port", p, &port->vlan);
}

static void say_entry(const struct entry *e)
{
	tap_note("entry %012llx vlan %d kind %d at %d seen %lld", e->mac,
		 e->vid, e->kind, e->place, e->seen.from);
	if (e->on_trial)
		tap_note("  on trial until %lld, left %d", e->until.from,
			 e->first);
}

static void say_all(const struct model *m)
{
	int i;

	tap_note("hold %lld ageing %lld limits %d, %d explicit %d promisc %d",
		 m->move_hold, m->ageing, m->table_limit, m->remote_limit,
		 m->explicit_macs, m->host_promisc);
	for (i = 0; i < GROUPS; i++)
		say_vlan("group", i, &m->groups[i].vlan);
	for (i = 0; i < PORTS; i++)
		if (m->ports[i].attached)
			say_port(m, i);
	for (i = 0; i < m->entries; i++)
		say_entry(&m->table[i]);
}

static void say_beside(const struct beside *b)
{
	unsigned int i;

	for (i = 0; i < b->entries; i++)
		tap_note("core: entry %012llx vlan %d kind %d at %d seen %llu",
			 beside_mac(b->table[i].mac), b->table[i].fid,
			 b->table[i].kind, b->table[i].place, b->table[i].seen);
}

static void begin(struct pair *x)
{
	static const unsigned int usual[FIELDS] = {
		0, 1, 1, 1, 1, 2, 4096, 1, 2,
	};
	struct model *m = &x->model;
	int i;

	memset(m, 0, sizeof(*m));
	memset(&x->beside, 0, sizeof(x->beside));
	memcpy(m->policy, usual, sizeof(usual));
	*m = (struct model){
		.ageing = 300000,
		.move_hold = 200,
		.table_limit = 65536,
		.remote_limit = 65536,
		.host_mac = OWN(HOST),
		.host_mtu = 1500,
	};
	memcpy(m->policy, usual, sizeof(usual));
	for (i = 0; i < PORTS; i++)
		m->ports[i].group = NOBODY;
	for (i = 0; i < GROUPS; i++)
		inherit_all(m->groups[i].policy);
	set_time(x, 0);
	beside_configure(&x->beside, m);
}

static unsigned long long number(const char *name, unsigned long long usual)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : usual;
}

/* Requests may be honoured by then. */
static const char *pass_time(struct pair *x)
{
	static struct port before[PORTS];

	memcpy(before, x->model.ports, sizeof(before));
	set_time(x, random_passing(&x->random));
	model_tick(&x->model);
	follow(x);
	if (!memcmp(before, x->model.ports, sizeof(before)))
		return NULL;
	return beside_configure(&x->beside, &x->model) ?: compare_table(x);
}

static const char *run(struct pair *x, unsigned long long step)
{
	const char *wrong;

	if (step % LIFE == 0)
		begin(x);
	wrong = pass_time(x);
	if (wrong)
		return wrong;
	if (step % LIFE < 12 || chance(&x->random, 6))
		return step_change(x);
	return step_frame(x);
}

void test_model(void)
{
	static struct pair x;
	unsigned long long seed = number("SEED", RANDOM_SEED);
	unsigned long long steps = number("STEPS", STEPS), i;
	const char *wrong = NULL;
	unsigned int reason;

	x.random.state = seed ?: 1;
	x.now = 1000000;
	tap_note("model: SEED=%llu STEPS=%llu", seed, steps);
	for (i = 0; i < steps && !wrong; i++)
		wrong = run(&x, i);
	tap_ok(!wrong, "model: core does what the model does");
	if (wrong) {
		tap_note("they part at step %llu: %s", i, wrong);
		say_all(&x.model);
		say_beside(&x.beside);
	}
	/* A history in which little happens would prove little. */
	tap_note("model: changes accepted %u, refused %u", x.accepted,
		 x.refused);
	for (reason = 0; reason <= REASONS; reason++)
		if (x.seen[reason])
			tap_note("model: reason %u: %u", reason,
				 x.seen[reason]);
}
