// SPDX-License-Identifier: GPL-2.0-only
/* What traffic does to the MAC table: judging frames, and learning from them. */

#include "fdb.h"

#include <linux/slab.h>

#include "events.h"
#include "lookup.h"
#include "trace.h"

/* How many REMOTE entries are compared to find one that may be replaced. */
#define NVS_FDB_CANDIDATES	8

/**
 * nvs_fdb_has_room() - may a port have one more entry?
 * @fdb: table
 * @port: the port
 * @snap: its snapshot
 *
 * Context: any; exact under nvs_fdb.lock.
 * Return: whether it may.
 */
bool nvs_fdb_has_room(const struct nvs_fdb *fdb, const struct nvs_port *port,
		      const struct nvs_snapshot *snap)
{
	u32 learned = READ_ONCE(port->learned);
	u32 limit = snap->policy.learn_limit;

	if (snap->role == NVS_UPLINK)
		return READ_ONCE(fdb->remote_limit);
	return (!limit || learned < limit) &&
	       (learned < NVS_FDB_FREE_ENTRIES ||
		READ_ONCE(fdb->learned) < READ_ONCE(fdb->table_limit));
}

/**
 * nvs_fdb_full_limit() - the limit that leaves a port no room
 * @port: the port
 * @snap: its snapshot
 *
 * Context: any.
 * Return: its learn_limit, the switch's table_limit, or NVS_FDB_UNPRIVILEGED.
 */
u32 nvs_fdb_full_limit(const struct nvs_port *port,
		       const struct nvs_snapshot *snap)
{
	u32 limit = snap->policy.learn_limit;

	if (limit && READ_ONCE(port->learned) >= limit)
		return limit;
	if (!nvs_fdb_may_show(port->sw, 1))
		return NVS_FDB_UNPRIVILEGED;
	return READ_ONCE(port->sw->fdb.table_limit);
}

/* May @e, which may be NULL, become one of @kind? */
static bool nvs_fdb_may_become(const struct nvs_switch *sw,
			       const struct nvs_fdb_entry *e, u8 kind)
{
	return kind == NVSWITCH_FDB_REMOTE || nvs_fdb_may_show(sw, 1) ||
	       (e && nvs_fdb_is_shown(e));
}

/* What the table says about a frame's source; @e is its entry or NULL. */
static void nvs_fdb_know(struct nvs_port *port, const struct nvs_ingress *in,
			 const struct nvs_frame *f,
			 const struct nvs_fdb_entry *e,
			 struct nvs_known *known)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	unsigned long fixed = 0, dynamic = 0, owner = 0;
	u8 kind = in->port->role == NVS_UPLINK ? NVSWITCH_FDB_REMOTE :
						 NVSWITCH_FDB_LEARNED;

	*known = (struct nvs_known){};
	if (e) {
		fixed = READ_ONCE(e->fixed);
		dynamic = READ_ONCE(e->dynamic);
		known->seen = READ_ONCE(e->seen);
		if (dynamic && nvs_fdb_expired(fdb, e, in->now))
			dynamic = 0;
	}
	if (dynamic) {
		struct nvs_port *at = nvs_place_port(dynamic);

		known->dynamic = nvs_place_kind(dynamic);
		known->place = at ? at->id : NVS_PLACE_UPLINKS;
		known->trial = READ_ONCE(e->trial);
	}
	/* Nobody else can own what is known on this very port. */
	if (!dynamic || known->place != in->port->place)
		owner = nvs_fdb_owner(fdb, f->src, f->fid);
	/* What is static on its owner's port is so by rule 7, for that port. */
	if (owner && (nvs_place_port(owner) != port ||
		      nvs_place_port(fixed) != port))
		fixed = owner;
	if (fixed) {
		const struct nvs_snapshot *snap;

		snap = nvs_fdb_snap(nvs_place_port(fixed));
		known->fixed = nvs_place_kind(fixed);
		known->fixed_place = snap->place;
		known->fixed_dormant = snap->dormant;
	}
	known->room = !in->asleep && nvs_fdb_has_room(fdb, port, in->port) &&
		      nvs_fdb_may_become(port->sw, e, kind);
}

/**
 * nvs_fdb_replace() - show an entry at a place
 * @sw: switch
 * @e: entry
 * @at: the port, whichever for the uplinks
 * @kind: NVSWITCH_FDB_ADOPTED, LEARNED or, for the uplinks, REMOTE
 * @exempt: it stands against no limit
 * @seen: when it was seen last
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_replace(struct nvs_switch *sw, struct nvs_fdb_entry *e,
		     struct nvs_port *at, u8 kind, bool exempt, u64 seen)
{
	struct nvs_fdb *fdb = &sw->fdb;
	unsigned long old = e->dynamic;
	struct list_head *list;

	if (e->dynamic)
		nvs_fdb_unplace(fdb, e);
	switch (kind) {
	default:
		e->exempt = true;
		list = &at->learned_entries;
		WRITE_ONCE(fdb->shown, fdb->shown + 1);
		break;
	case NVSWITCH_FDB_REMOTE:
		WRITE_ONCE(fdb->remote, fdb->remote + 1);
		list = &fdb->remotes;
		at = NULL;
		break;
	case NVSWITCH_FDB_ADOPTED:
		WRITE_ONCE(at->adopted, nvs_fdb_mac(e));
		list = &at->adopted_entries;
		WRITE_ONCE(fdb->shown, fdb->shown + 1);
		break;
	}
	list_add_tail(&e->dynamic_node, list);
	WRITE_ONCE(e->seen, seen);
	WRITE_ONCE(e->dynamic, nvs_place(at, kind));
	if (kind == NVSWITCH_FDB_LEARNED)
		nvs_fdb_set_exempt(e, exempt);
	trace_nvs_fdb_add(sw, e, e->dynamic);
	nvs_neigh_notify(sw, e, e->dynamic, RTM_NEWNEIGH);
	nvs_event_learn(sw, e, old);
}

/* Let a REMOTE entry go that has been idle for longer than some others. */
static void nvs_fdb_evict_remote(struct nvs_switch *sw)
{
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_fdb_entry *e, *victim = NULL;
	int i;

	for (i = 0; i < min_t(u32, NVS_FDB_CANDIDATES, fdb->remote); i++) {
		e = list_first_entry(&fdb->remotes, struct nvs_fdb_entry,
				     dynamic_node);
		if (!victim || e->seen < victim->seen)
			victim = e;
		/* A sweep relies on the order. */
		if (fdb->cursor)
			break;
		list_move_tail(&e->dynamic_node, &fdb->remotes);
	}
	if (victim)
		nvs_fdb_leave(sw, victim);
}

/**
 * nvs_fdb_make_room() - make room for one more REMOTE entry
 * @sw: switch
 *
 * Also for one that returns.
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_make_room(struct nvs_switch *sw)
{
	int i;

	/* One for it, and one to get below a limit that was exceeded. */
	for (i = 0; i < 2 && sw->fdb.remote >= sw->fdb.remote_limit; i++)
		nvs_fdb_evict_remote(sw);
}

/**
 * nvs_fdb_may_show() - may a switch have more LEARNED and ADOPTED entries?
 * @sw: switch
 * @new: how many more
 *
 * Whatever stands against no limit: memory of an unprivileged user is bounded.
 *
 * Context: any; exact under nvs_fdb.lock.
 * Return: whether it may.
 */
bool nvs_fdb_may_show(const struct nvs_switch *sw, u32 new)
{
	return sw->privileged ||
	       READ_ONCE(sw->fdb.shown) + new <= NVS_FDB_UNPRIVILEGED;
}

/**
 * nvs_fdb_enter_new() - enter an address, whatever was known of it
 * @port: where
 * @new: an entry for it, which is the table's from now on, or freed
 * @kind: NVSWITCH_FDB_ADOPTED, LEARNED or REMOTE
 * @exempt: it stands against no limit
 * @now: the time
 *
 * Context: nvs_fdb.lock.
 * Return: 0, or -ENOSPC if the switch may have no more, see nvs_fdb_may_show().
 */
int nvs_fdb_enter_new(struct nvs_port *port, struct nvs_fdb_entry *new,
		      u8 kind, bool exempt, u64 now)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	u64 mac = nvs_fdb_mac(new);
	u16 vid = nvs_fdb_vid(new);
	struct nvs_fdb_entry *e;

	e = nvs_fdb_get(fdb, mac, vid);
	if (!nvs_fdb_may_become(port->sw, e, kind)) {
		nvs_fdb_free(new);
		return -ENOSPC;
	}
	/* What has expired is gone, and whatever moved it with it. */
	if (e)
		nvs_fdb_forget(port->sw, e);
	if (kind == NVSWITCH_FDB_REMOTE)
		nvs_fdb_make_room(port->sw);
	e = nvs_fdb_get(fdb, mac, vid);
	if (e) {
		nvs_fdb_free(new);
	} else {
		e = new;
		nvs_fdb_insert(fdb, e);
	}
	nvs_fdb_replace(port->sw, e, port, kind, exempt, now);
	return 0;
}

/**
 * nvs_fdb_enter() - enter an address that traffic has shown
 * @port: where
 * @mac: address
 * @vid: VLAN
 * @kind: NVSWITCH_FDB_ADOPTED, LEARNED or REMOTE
 * @exempt: it stands against no limit
 * @now: the time
 *
 * Context: nvs_fdb.lock.
 * Return: 0, -ENOMEM, or -ENOSPC as of nvs_fdb_enter_new().
 */
int nvs_fdb_enter(struct nvs_port *port, u64 mac, u16 vid, u8 kind,
		  bool exempt, u64 now)
{
	struct nvs_fdb_entry *e;

	/* First, so that nothing is lost without it. */
	e = nvs_fdb_alloc(mac, vid, GFP_ATOMIC | __GFP_NOWARN);
	return e ? nvs_fdb_enter_new(port, e, kind, exempt, now) : -ENOMEM;
}

static bool nvs_fdb_move(struct nvs_port *port, struct nvs_fdb_entry *e,
			 const struct nvs_admission *a, u64 now)
{
	struct nvs_port *holder = nvs_place_port(e->dynamic);
	u32 from = holder ? holder->id : NVS_PLACE_UPLINKS;
	struct nvs_switch *sw = port->sw;

	/* What comes back asks for no room. */
	if (a->move != NVS_MOVE_BACK && !nvs_fdb_may_become(sw, e, a->kind))
		return false;
	if (a->move == NVS_MOVE_ON_TRIAL && !e->trial)
		WRITE_ONCE(e->trial, kzalloc(sizeof(*e->trial),
					     GFP_ATOMIC | __GFP_NOWARN));
	if (!e->trial && a->move == NVS_MOVE_ON_TRIAL)
		return false;
	if (e->trial) {
		/* By a broadcast from an uplink it may be back on trial. */
		if (!nvs_trial_runs(e->trial, now) || e->trial->left == from)
			e->trial->seen = READ_ONCE(e->seen);
		nvs_move_record(e->trial, a->move, from, now,
				nvs_fdb_snap(port)->trial);
	}
	if (a->kind == NVSWITCH_FDB_REMOTE && holder)
		nvs_fdb_make_room(sw);
	trace_nvs_fdb_del(sw, e, e->dynamic);
	nvs_fdb_replace(sw, e, port, a->kind, a->exempt, now);
	return true;
}

/* Without memory a new source is one for which there is no room. */
static struct nvs_admission nvs_fdb_no_memory(const struct nvs_snapshot *snap,
					      struct nvs_admission a)
{
	if (a.learn == NVS_LEARN_ENTER &&
	    (a.kind == NVSWITCH_FDB_REMOTE ||
	     (a.kind == NVSWITCH_FDB_LEARNED &&
	      snap->policy.limit_policy == NVSWITCH_ALLOW)))
		return a;
	a.verdict = NVS_DROP;
	a.reason = NVSWITCH_DROP_NO_MEMORY;
	return a;
}

/**
 * nvs_fdb_judge() - judge a frame while nothing else changes
 * @port: ingress port
 * @in: what is known of it; brought up to date
 * @f: frame
 *
 * Context: nvs_fdb.lock.
 * Return: the verdict: admit, drop or pass.
 */
struct nvs_admission nvs_fdb_judge(struct nvs_port *port,
				   struct nvs_ingress *in,
				   const struct nvs_frame *f)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_admission a;
	struct nvs_known known;

	in->port = nvs_fdb_snap(port);
	in->adopted = port->adopted;
	in->asleep = nvs_is_asleep(port, in->port, in->announces);
	a = nvs_admit_frame(in, f);
	if (a.verdict != NVS_LOOK_UP)
		return a;
	nvs_fdb_know(port, in, f, nvs_fdb_get(fdb, f->src, f->fid), &known);
	return nvs_admit_source(in, f, &known);
}

/* Judge a frame again, nothing else changing meanwhile, and learn from it. */
static struct nvs_admission nvs_fdb_learn(struct nvs_port *port,
					  const struct nvs_ingress *before,
					  const struct nvs_frame *f)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_ingress in = *before;
	struct nvs_fdb_entry *e;
	struct nvs_admission a;
	bool done = true;

	spin_lock_bh(&fdb->lock);
	a = nvs_fdb_judge(port, &in, f);
	if (a.verdict != NVS_ADMIT)
		goto unlock;
	e = nvs_fdb_get(fdb, f->src, f->fid);
	if (a.learn == NVS_LEARN_ENTER)
		done = !nvs_fdb_enter(port, f->src, f->fid, a.kind, a.exempt,
				      in.now);
	else if (a.learn == NVS_LEARN_MOVE)
		done = nvs_fdb_move(port, e, &a, in.now);
	else if (a.learn == NVS_LEARN_REFRESH)
		WRITE_ONCE(e->seen, in.now);
	if (!done)
		a = nvs_fdb_no_memory(in.port, a);
unlock:
	a.role = in.port->role;
	spin_unlock_bh(&fdb->lock);
	return a;
}

/**
 * nvs_fdb_admit() - judge a frame, and let the table learn from it
 * @port: ingress port
 * @in: what is known of it
 * @f: frame
 *
 * Context: RCU read-side critical section, softirqs off.
 * Return: the verdict: admit, drop or pass.
 */
struct nvs_admission nvs_fdb_admit(struct nvs_port *port,
				   const struct nvs_ingress *in,
				   const struct nvs_frame *f)
{
	struct nvs_admission a = nvs_admit_frame(in, f);
	struct nvs_fdb_entry *e;
	struct nvs_known known;

	a.role = in->port->role;
	if (a.verdict != NVS_LOOK_UP)
		return a;
	e = nvs_fdb_find(&port->sw->fdb, f->src, f->fid);
	nvs_fdb_know(port, in, f, e, &known);
	/* A record of moves may be read under the lock alone. */
	if (known.trial && (known.place != in->port->place ||
			    (in->dst_held && in->port->role == NVS_UPLINK))) {
		a = nvs_fdb_learn(port, in, f);
	} else {
		known.trial = NULL;
		a = nvs_admit_source(in, f, &known);
		a.role = in->port->role;
		if (a.learn == NVS_LEARN_REFRESH)
			WRITE_ONCE(e->seen, in->now);
		else if (a.learn != NVS_LEARN_NOTHING)
			a = nvs_fdb_learn(port, in, f);
	}
	if (unlikely(a.full) && !in->asleep)
		nvs_event_limit(port, f);
	return a;
}
