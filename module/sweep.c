// SPDX-License-Identifier: GPL-2.0-only
/* Walks over the lists of the MAC table, in slices: softirqs wait for its lock. */

#include "fdb.h"

#include "switch.h"

/**
 * nvs_fdb_lock_bulk() - take the lock, to let go many entries
 * @fdb: table
 * @dead: where to collect those that cannot be left to RCU; nvs_fdb_bury() frees
 *	them. That of commands is @fdb->dead, which nvs_commit() buries
 *
 * Context: process; softirqs are off until nvs_fdb_unlock_bulk().
 */
void nvs_fdb_lock_bulk(struct nvs_fdb *fdb, struct nvs_fdb_entry **dead)
	__acquires(&fdb->lock)
{
	spin_lock_bh(&fdb->lock);
	fdb->bulk = dead;
}

/**
 * nvs_fdb_unlock_bulk() - undo nvs_fdb_lock_bulk()
 * @fdb: table
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_unlock_bulk(struct nvs_fdb *fdb)
	__releases(&fdb->lock)
{
	fdb->bulk = NULL;
	spin_unlock_bh(&fdb->lock);
}

/**
 * nvs_fdb_pause() - let others run once in a while
 * @fdb: table
 * @count: of entries looked at since the lock was taken first
 *
 * Context: RTNL, which keeps the caller's list as it is; sleeps: the table's
 * lock is held, and is released and taken again after NVS_FDB_SLICE entries.
 */
void nvs_fdb_pause(struct nvs_fdb *fdb, u32 *count)
	__must_hold(&fdb->lock)
{
	struct nvs_fdb_entry **dead = fdb->bulk;

	if (++*count % NVS_FDB_SLICE)
		return;
	nvs_fdb_unlock_bulk(fdb);
	cond_resched();
	nvs_fdb_lock_bulk(fdb, dead);
}

static bool nvs_fdb_sweep_slice(struct nvs_switch *sw, struct list_head *list,
				nvs_fdb_visit *visit, void *arg)
{
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_fdb_entry *e;
	bool more;
	int i;

	nvs_fdb_lock_bulk(fdb, &fdb->dead);
	for (i = 0; i < NVS_FDB_SLICE && fdb->cursor != list; i++) {
		e = list_entry(fdb->cursor, struct nvs_fdb_entry, dynamic_node);
		fdb->cursor = fdb->cursor->next;
		visit(sw, e, arg);
	}
	more = fdb->cursor != list;
	if (!more)
		fdb->cursor = NULL;
	nvs_fdb_unlock_bulk(fdb);
	return more;
}

/**
 * nvs_fdb_sweep() - visit each entry of a list that traffic changes meanwhile
 * @sw: switch
 * @list: nvs_port.learned_entries or nvs_fdb.remotes
 * @visit: what to do; under nvs_fdb.lock; may forget the entry it is given
 * @arg: for @visit
 *
 * Also what comes to the list meanwhile is visited. The caller commits.
 *
 * Context: RTNL, so that there is one sweep at a time; sleeps.
 */
void nvs_fdb_sweep(struct nvs_switch *sw, struct list_head *list,
		   nvs_fdb_visit *visit, void *arg)
{
	ASSERT_RTNL();
	spin_lock_bh(&sw->fdb.lock);
	sw->fdb.cursor = list->next;
	spin_unlock_bh(&sw->fdb.lock);
	while (nvs_fdb_sweep_slice(sw, list, visit, arg))
		cond_resched();
}

/**
 * nvs_fdb_unlist() - take an entry from the list of its dynamic place
 * @fdb: table
 * @e: entry with a dynamic place
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_unlist(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	if (fdb->cursor == &e->dynamic_node)
		fdb->cursor = e->dynamic_node.next;
	list_del(&e->dynamic_node);
}

/*
 * struct nvs_cut - which entries of a list are the longest unseen
 * @seen: those that were last seen then, or before
 * @found: how many there are
 * @count: all that stand against the limit
 * @max: the limit
 */
struct nvs_cut {
	u64 seen;
	u32 found;
	const u32 *count;
	u32 max;
};

static void nvs_fdb_find_first(struct nvs_switch *sw, struct nvs_fdb_entry *e,
			       void *arg)
{
	u64 *first = arg;

	*first = min(*first, READ_ONCE(e->seen));
}

static void nvs_fdb_count_cut(struct nvs_switch *sw, struct nvs_fdb_entry *e,
			      void *arg)
{
	struct nvs_cut *cut = arg;

	cut->found += !e->exempt && READ_ONCE(e->seen) <= cut->seen;
}

static void nvs_fdb_cut(struct nvs_switch *sw, struct nvs_fdb_entry *e,
			void *arg)
{
	struct nvs_cut *cut = arg;

	if (!e->exempt && READ_ONCE(e->seen) <= cut->seen &&
	    *cut->count > cut->max)
		nvs_fdb_leave(sw, e);
}

/* Bisect time: sorting needs all of the list at once, or memory. */
static u64 nvs_fdb_place_cut(struct nvs_switch *sw, struct list_head *list,
			     u32 excess)
{
	struct nvs_cut cut = {};
	u64 until = nvs_now();
	u64 from = until;

	nvs_fdb_sweep(sw, list, nvs_fdb_find_first, &from);
	while (from < until) {
		cut.seen = from + (until - from) / 2;
		cut.found = 0;
		nvs_fdb_sweep(sw, list, nvs_fdb_count_cut, &cut);
		if (cut.found < excess)
			from = cut.seen + 1;
		else
			until = cut.seen;
	}
	return from;
}

/**
 * nvs_fdb_trim() - remove the longest unseen of a list, down to a limit
 * @sw: switch
 * @list: nvs_port.learned_entries or nvs_fdb.remotes
 * @count: those of its entries that stand against the limit
 * @max: the limit, which is in force
 *
 * Context: RTNL; sleeps.
 */
void nvs_fdb_trim(struct nvs_switch *sw, struct list_head *list,
		  const u32 *count, u32 max)
{
	struct nvs_cut cut = { .count = count, .max = max };
	u32 now = READ_ONCE(*count);

	if (now <= max)
		return;
	cut.seen = nvs_fdb_place_cut(sw, list, now - max);
	nvs_fdb_sweep(sw, list, nvs_fdb_cut, &cut);
	/* Some may have been seen again meanwhile. */
	cut.seen = U64_MAX;
	if (READ_ONCE(*count) > max)
		nvs_fdb_sweep(sw, list, nvs_fdb_cut, &cut);
}
