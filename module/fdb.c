// SPDX-License-Identifier: GPL-2.0-only
/* The MAC table. */

#include "fdb.h"

#include <linux/slab.h>

#include "events.h"
#include "lookup.h"
#include "trace.h"

/**
 * DOC: Locking
 *
 * Look-ups run under RCU and take no lock. A refresh writes one word, without
 * the lock. Everything else, from whatever context, holds nvs_fdb.lock with
 * softirqs off. Traffic enters and moves entries; since it was judged without
 * the lock, it is judged again under it, against the port's snapshot of that
 * moment: so nothing is entered that a commit has just forbidden.
 *
 * Order: RTNL, then the switch device's address list lock, then nvs_fdb.lock.
 * An entry that is unlinked is freed after a grace
 * period; ports outlive the entries that point to them by one.
 */

static struct kmem_cache *nvs_fdb_cache;

/* Entries of all tables that RCU will free one by one. */
static atomic_t nvs_fdb_waiting = ATOMIC_INIT(0);

/* How often it looks at a table in which nothing ages. */
#define NVS_FDB_IDLE		(60 * HZ)

/* Buckets of a new table. */
#define NVS_FDB_BUCKETS		256

/* And of the largest. */
#define NVS_FDB_MAX_BUCKETS	BIT(24)

/**
 * nvs_fdb_get() - look an address up, to change its entry
 * @fdb: table
 * @mac: address
 * @vid: VLAN, or NVS_VID_ANY
 *
 * Context: nvs_fdb.lock, so that nothing is freed under the caller's hands.
 * Return: the entry, or NULL.
 */
struct nvs_fdb_entry *nvs_fdb_get(struct nvs_fdb *fdb, u64 mac, u16 vid)
{
	lockdep_assert_held(&fdb->lock);
	return nvs_fdb_find(fdb, mac, vid);
}

static enum nvs_cast nvs_fdb_group_cast(const struct nvs_frame *f)
{
	switch (f->class) {
	case NVS_BROADCAST:
		return NVS_CAST_BROAD;
	case NVS_BPDU:
		return NVS_CAST_BPDU;
	default:
		return NVS_CAST_MULTI;
	}
}

/**
 * nvs_fdb_dest() - find out where a frame goes
 * @sw: switch
 * @f: frame
 *
 * Context: RCU read-side critical section.
 * Return: its destination.
 */
struct nvs_dest nvs_fdb_dest(struct nvs_switch *sw, const struct nvs_frame *f)
{
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_dest dest = {};
	unsigned long place;

	if (f->class != NVS_UNICAST) {
		dest.cast = nvs_fdb_group_cast(f);
		return dest;
	}
	place = nvs_fdb_where(fdb, f->dst, f->fid, &dest.snap);
	if (!place) {
		dest.cast = NVS_CAST_UNKNOWN;
		return dest;
	}
	dest.cast = NVS_CAST_KNOWN;
	dest.port = nvs_place_port(place);
	dest.held = dest.port && dest.snap->role != NVS_UPLINK;
	dest.uplinks = !dest.held;
	if (dest.uplinks) {
		dest.port = rcu_dereference(sw->active);
		dest.snap = dest.port ? nvs_port_snap_rcu(dest.port) : NULL;
	}
	return dest;
}

/**
 * nvs_fdb_alloc() - make an entry
 * @mac: address
 * @vid: VLAN, or NVS_VID_ANY
 * @gfp: how
 *
 * Context: any; sleeps if @gfp allows it.
 * Return: an entry outside the table, or NULL.
 */
struct nvs_fdb_entry *nvs_fdb_alloc(u64 mac, u16 vid, gfp_t gfp)
{
	struct nvs_fdb_entry *e = kmem_cache_zalloc(nvs_fdb_cache, gfp);

	if (e)
		e->element.key = nvs_fdb_key(mac, vid);
	return e;
}

/**
 * nvs_fdb_free() - free an entry that never was in the table
 * @e: entry, or NULL
 *
 * Context: any.
 */
void nvs_fdb_free(struct nvs_fdb_entry *e)
{
	if (e)
		kmem_cache_free(nvs_fdb_cache, e);
}

static struct nvs_table *nvs_fdb_table(struct nvs_fdb *fdb)
{
	return rcu_dereference_protected(fdb->table,
					 lockdep_is_held(&fdb->lock));
}

/* Is @e's bucket one of those that are in the next table already? */
static bool nvs_fdb_is_copied(struct nvs_fdb *fdb,
			      const struct nvs_fdb_entry *e)
{
	return fdb->next && nvs_table_index(nvs_fdb_table(fdb),
					    e->element.key) < fdb->copied;
}

static bool nvs_fdb_is_full(const struct nvs_fdb *fdb,
			    const struct nvs_table *t)
{
	return READ_ONCE(fdb->entries) > t->mask &&
	       t->mask + 1 < NVS_FDB_MAX_BUCKETS;
}

/**
 * nvs_fdb_insert() - put a new entry into the table
 * @fdb: table
 * @e: entry
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_insert(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	struct nvs_table *t = nvs_fdb_table(fdb);

	nvs_table_insert(t, &e->element);
	if (nvs_fdb_is_copied(fdb, e))
		nvs_table_insert(fdb->next, &e->element);
	WRITE_ONCE(fdb->entries, fdb->entries + 1);
	if (nvs_fdb_is_full(fdb, t) && !fdb->next)
		queue_delayed_work(system_power_efficient_wq, &fdb->grow_work,
				   0);
}

static void nvs_fdb_free_rcu(struct rcu_head *rcu)
{
	atomic_dec(&nvs_fdb_waiting);
	kmem_cache_free(nvs_fdb_cache,
			container_of(rcu, struct nvs_fdb_entry, rcu));
}

static void nvs_fdb_free_later(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	if (fdb->bulk && atomic_read(&nvs_fdb_waiting) >= NVS_FDB_BURST) {
		e->next_dead = *fdb->bulk;
		*fdb->bulk = e;
	} else {
		atomic_inc(&nvs_fdb_waiting);
		call_rcu(&e->rcu, nvs_fdb_free_rcu);
	}
}

/**
 * nvs_fdb_bury() - free entries that have been let go
 * @dead: what nvs_fdb_lock_bulk() was given; NULL afterwards
 *
 * Context: process; sleeps.
 */
void nvs_fdb_bury(struct nvs_fdb_entry **dead)
{
	struct nvs_fdb_entry *e;

	might_sleep();
	if (!*dead)
		return;
	synchronize_net();
	while ((e = *dead)) {
		*dead = e->next_dead;
		kmem_cache_free(nvs_fdb_cache, e);
		cond_resched();
	}
}

/**
 * nvs_fdb_put() - let an entry go, unless something keeps it in the table
 * @fdb: table
 * @e: entry; may be freed
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_put(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	if (e->fixed || e->dynamic)
		return;
	nvs_table_remove(nvs_fdb_table(fdb), &e->element);
	if (nvs_fdb_is_copied(fdb, e))
		nvs_table_remove(fdb->next, &e->element);
	WRITE_ONCE(fdb->entries, fdb->entries - 1);
	nvs_fdb_free_later(fdb, e);
}

/**
 * nvs_fdb_set_exempt() - let an entry stand against the limits, or not
 * @e: LEARNED entry
 * @exempt: not
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_set_exempt(struct nvs_fdb_entry *e, bool exempt)
{
	struct nvs_port *port = nvs_place_port(e->dynamic);
	struct nvs_fdb *fdb = &port->sw->fdb;

	if (e->exempt == exempt)
		return;
	e->exempt = exempt;
	if (exempt) {
		if (port->learned > NVS_FDB_FREE_ENTRIES)
			WRITE_ONCE(fdb->learned, fdb->learned - 1);
		WRITE_ONCE(port->learned, port->learned - 1);
	} else {
		if (port->learned >= NVS_FDB_FREE_ENTRIES)
			WRITE_ONCE(fdb->learned, fdb->learned + 1);
		WRITE_ONCE(port->learned, port->learned + 1);
	}
}

/**
 * nvs_fdb_unplace() - take an entry from the place where traffic has shown it
 * @fdb: table
 * @e: entry with a dynamic place, which the caller replaces
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_unplace(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	switch (nvs_place_kind(e->dynamic)) {
	case NVSWITCH_FDB_LEARNED:
		nvs_fdb_set_exempt(e, true);
		WRITE_ONCE(fdb->shown, fdb->shown - 1);
		break;
	case NVSWITCH_FDB_ADOPTED:
		WRITE_ONCE(fdb->shown, fdb->shown - 1);
		break;
	case NVSWITCH_FDB_REMOTE:
		WRITE_ONCE(fdb->remote, fdb->remote - 1);
		break;
	}
	e->exempt = false;
	nvs_fdb_unlist(fdb, e);
}

/**
 * nvs_fdb_end_trial() - forget how an address has moved
 * @e: entry
 *
 * Who has seen that there is a record looks into it under the lock alone.
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_end_trial(struct nvs_fdb_entry *e)
{
	struct nvs_trial *trial = e->trial;

	WRITE_ONCE(e->trial, NULL);
	kfree(trial);
}

/**
 * nvs_fdb_forget() - let go what traffic has shown of an address
 * @sw: switch
 * @e: entry; may be freed
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_forget(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	struct nvs_fdb *fdb = &sw->fdb;

	lockdep_assert_held(&fdb->lock);
	if (!e->dynamic)
		return;
	trace_nvs_fdb_del(sw, e, e->dynamic);
	nvs_neigh_notify(sw, e, e->dynamic, RTM_DELNEIGH);
	nvs_event_age(sw, e);
	nvs_fdb_unplace(fdb, e);
	WRITE_ONCE(e->dynamic, 0);
	nvs_fdb_end_trial(e);
	nvs_fdb_put(fdb, e);
}

static void nvs_fdb_age_bucket(struct nvs_switch *sw, u32 bucket,
			       struct nvs_fdb_entry **dead)
{
	struct nvs_fdb *fdb = &sw->fdb;
	struct hlist_node *n, *next;
	struct nvs_fdb_entry *e;
	struct nvs_table *t;

	nvs_fdb_lock_bulk(fdb, dead);
	t = nvs_fdb_table(fdb);
	hlist_for_each_safe(n, next, &t->buckets[bucket]) {
		e = (struct nvs_fdb_entry *)nvs_table_element(t, n);
		if (e->trial && nvs_trial_is_over(e->trial, nvs_now()))
			nvs_fdb_end_trial(e);
		if (e->dynamic && nvs_fdb_expired(fdb, e, nvs_now()))
			nvs_fdb_forget(sw, e);
	}
	nvs_fdb_unlock_bulk(fdb);
}

/* Look for something in a slice of the table. Return: whether there is more. */
static bool nvs_fdb_age_slice(struct nvs_switch *sw, u32 first,
			      struct nvs_fdb_entry **dead)
{
	struct nvs_table *t;
	u32 bucket;
	bool more;

	rcu_read_lock();
	t = rcu_dereference(sw->fdb.table);
	for (bucket = first; bucket < first + NVS_FDB_SLICE; bucket++)
		if (!hlist_empty(&t->buckets[bucket]))
			nvs_fdb_age_bucket(sw, bucket, dead);
	more = bucket <= t->mask;
	rcu_read_unlock();
	return more;
}

static void nvs_fdb_gc(struct work_struct *work)
{
	struct nvs_fdb *fdb = container_of(to_delayed_work(work),
					   struct nvs_fdb, gc_work);
	struct nvs_switch *sw = container_of(fdb, struct nvs_switch, fdb);
	u32 ageing = READ_ONCE(fdb->ageing);
	struct nvs_fdb_entry *dead = NULL;
	u32 bucket = 0;

	/* A table has a multiple of the slice, and only ever grows. */
	while (nvs_fdb_age_slice(sw, bucket, &dead)) {
		bucket += NVS_FDB_SLICE;
		cond_resched();
	}
	nvs_fdb_bury(&dead);
	/* Without ageing there still are trials to end. */
	queue_delayed_work(system_power_efficient_wq, &fdb->gc_work,
			   ageing ? msecs_to_jiffies(clamp(ageing / 10, 1000U,
							   10000U)) :
				    NVS_FDB_IDLE);
}

/* Fill the next table in slices. Return: whether there is more to do. */
static bool nvs_fdb_copy_slice(struct nvs_fdb *fdb)
{
	struct nvs_table *t;
	bool more;
	int i;

	spin_lock_bh(&fdb->lock);
	t = nvs_fdb_table(fdb);
	for (i = 0; i < NVS_FDB_SLICE && fdb->copied <= t->mask; i++)
		nvs_table_copy(fdb->next, t, fdb->copied++);
	more = fdb->copied <= t->mask;
	if (!more) {
		rcu_assign_pointer(fdb->table, fdb->next);
		fdb->next = NULL;
		WRITE_ONCE(fdb->generation, fdb->generation + 1);
	}
	spin_unlock_bh(&fdb->lock);
	return more;
}

static void nvs_fdb_grow(struct work_struct *work)
{
	struct nvs_fdb *fdb = container_of(to_delayed_work(work),
					   struct nvs_fdb, grow_work);
	struct nvs_table *old, *new;

	/* This worker alone replaces the table. */
	old = rcu_dereference_protected(fdb->table, true);
	if (!nvs_fdb_is_full(fdb, old))
		return;
	new = nvs_table_alloc(old, 4 * (old->mask + 1));
	if (!new) {
		/* The chains grow longer meanwhile. */
		mod_delayed_work(system_power_efficient_wq, &fdb->grow_work,
				 NVS_FDB_IDLE);
		return;
	}
	spin_lock_bh(&fdb->lock);
	fdb->next = new;
	fdb->copied = 0;
	spin_unlock_bh(&fdb->lock);
	while (nvs_fdb_copy_slice(fdb))
		cond_resched();
	/* Until then the nodes of the old table's version are in use. */
	synchronize_rcu();
	nvs_table_free(old);
}

/**
 * nvs_fdb_start_ageing() - let the worker look soon, and again and again
 * @sw: switch that is new, or has a new ageing time
 *
 * Context: RTNL.
 */
void nvs_fdb_start_ageing(struct nvs_switch *sw)
{
	mod_delayed_work(system_power_efficient_wq, &sw->fdb.gc_work, 0);
}

/**
 * nvs_fdb_init() - set a switch's table up
 * @sw: switch
 *
 * Context: RTNL.
 * Return: 0 or -ENOMEM.
 */
int nvs_fdb_init(struct nvs_switch *sw)
{
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_table *t;

	spin_lock_init(&fdb->lock);
	INIT_LIST_HEAD(&fdb->remotes);
	INIT_DELAYED_WORK(&fdb->gc_work, nvs_fdb_gc);
	INIT_DELAYED_WORK(&fdb->grow_work, nvs_fdb_grow);
	t = nvs_table_alloc(NULL, NVS_FDB_BUCKETS);
	RCU_INIT_POINTER(fdb->table, t);
	return t ? 0 : -ENOMEM;
}

/**
 * nvs_fdb_destroy() - free a switch's table
 * @sw: switch; it has no port any more, and its host port has been flushed
 *
 * Context: RTNL.
 */
void nvs_fdb_destroy(struct nvs_switch *sw)
{
	struct nvs_fdb *fdb = &sw->fdb;

	cancel_delayed_work_sync(&fdb->gc_work);
	nvs_fdb_flush_remote(sw);
	nvs_fdb_bury(&fdb->dead);
	cancel_delayed_work_sync(&fdb->grow_work);
	WARN_ON(fdb->entries);
	nvs_table_free(rcu_dereference_protected(fdb->table, true));
}

/**
 * nvs_fdb_module_init() - what all tables share
 *
 * Context: module initialization.
 * Return: 0 or -ENOMEM.
 */
int nvs_fdb_module_init(void)
{
	nvs_fdb_cache = KMEM_CACHE(nvs_fdb_entry, 0);
	return nvs_fdb_cache ? 0 : -ENOMEM;
}

/**
 * nvs_fdb_module_exit() - undo nvs_fdb_module_init()
 *
 * Context: module exit, when no switch is left.
 */
void nvs_fdb_module_exit(void)
{
	rcu_barrier();
	kmem_cache_destroy(nvs_fdb_cache);
}
