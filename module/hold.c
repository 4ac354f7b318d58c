// SPDX-License-Identifier: GPL-2.0-only
/* The MAC table as the configuration changes it: entries that it makes or ends. */

#include <linux/slab.h>
#include <linux/sort.h>

#include "core/vlan.h"
#include "fdb.h"
#include "lookup.h"
#include "trace.h"

/* Can @mac be learned on a port? */
static bool nvs_fdb_may_enter(const struct nvs_snapshot *snap, u64 mac)
{
	return nvs_may_learn(snap) ||
	       nvs_allow_match(snap, mac) != NVS_ALLOW_NONE;
}

/**
 * nvs_fdb_add_learned() - enter an address as if traffic had shown it
 * @port: the port
 * @mac: address
 * @vid: VLAN that the port carries
 *
 * Context: RTNL. The caller commits.
 * Return: 0, -EEXIST if the address is fixed, -EPERM if the port does not learn
 * or is dormant, -ENOSPC at a limit, -ENOMEM.
 */
int nvs_fdb_add_learned(struct nvs_port *port, u64 mac, u16 vid)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	const struct nvs_snapshot *snap;
	struct nvs_fdb_entry *e;
	bool exact;
	int err;

	spin_lock_bh(&fdb->lock);
	snap = nvs_fdb_snap(port);
	exact = nvs_allow_match(snap, mac) == NVS_ALLOW_EXACT;
	e = nvs_fdb_get(fdb, mac, vid);
	if ((e && e->fixed) || nvs_fdb_owner(fdb, mac, vid)) {
		err = -EEXIST;
	} else if (!nvs_fdb_may_enter(snap, mac) ||
		   !nvs_vlan_keeps(snap, vid) ||
		   nvs_is_asleep(port, snap, false)) {
		err = -EPERM;
	} else if (e && e->dynamic == nvs_place(port, NVSWITCH_FDB_LEARNED)) {
		nvs_fdb_end_trial(e);
		WRITE_ONCE(e->seen, nvs_now());
		err = 0;
	} else if (!exact && !nvs_fdb_has_room(fdb, port, snap)) {
		err = -ENOSPC;
	} else {
		err = nvs_fdb_enter(port, mac, vid, NVSWITCH_FDB_LEARNED, exact,
				    nvs_now());
		fdb->dirty |= !err;
	}
	spin_unlock_bh(&fdb->lock);
	return err;
}

/**
 * nvs_fdb_explain_limit() - say what to do about a limit that is reached
 * @sw: switch
 * @extack: for the refusal
 *
 * Context: RTNL.
 */
void nvs_fdb_explain_limit(const struct nvs_switch *sw,
			   struct netlink_ext_ack *extack)
{
	if (sw->privileged)
		NL_SET_ERR_MSG(extack, "A limit is reached: raise learn_limit or table_limit");
	else
		NL_SET_ERR_MSG(extack, "A limit is reached: raise learn_limit or table_limit, or enter fewer, for a switch created without CAP_NET_ADMIN in the initial user namespace has at most 65536");
}

/* Does traffic show @e at @port, or anywhere if that is NULL? */
static bool nvs_fdb_is_at(const struct nvs_fdb_entry *e,
			  const struct nvs_port *port)
{
	struct nvs_port *at = nvs_place_port(e->dynamic);

	if (!e->dynamic || !port || at == port)
		return e->dynamic;
	return !at && port->role == NVS_UPLINK;
}

/**
 * nvs_fdb_del() - delete a static entry, or what traffic has shown
 * @sw: switch
 * @port: the port it must be on, or NULL for wherever it is
 * @mac: address
 * @vid: VLAN
 *
 * Context: RTNL. The caller commits.
 * Return: 0, -ENOENT if there is no such entry, -EPERM if it is an address of
 * a guest or of the host.
 */
int nvs_fdb_del(struct nvs_switch *sw, const struct nvs_port *port, u64 mac,
		u16 vid)
{
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_fdb_entry *e;
	unsigned long owner;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	e = nvs_fdb_get(fdb, mac, vid);
	owner = nvs_fdb_owner(fdb, mac, vid);
	if (e && e->fixed && (!port || nvs_place_port(e->fixed) == port)) {
		nvs_fdb_unfix(sw, e);
	} else if (owner && (!port || nvs_place_port(owner) == port)) {
		err = -EPERM;
	} else if (e && nvs_fdb_is_at(e, port)) {
		nvs_fdb_forget(sw, e);
		fdb->dirty = true;
	} else {
		err = -ENOENT;
	}
	spin_unlock_bh(&fdb->lock);
	return err;
}

/*
 * As what could the address of @e be known at @port now? 0 if not at all. A table that
 * is full is no reason: others may have filled it.
 */
static u8 nvs_fdb_kind_at(struct nvs_port *port, struct nvs_fdb_entry *e,
			  bool *exempt)
{
	const struct nvs_snapshot *snap = nvs_fdb_snap(port);
	u32 limit = snap->policy.learn_limit;
	u64 mac = nvs_fdb_mac(e);

	if (snap->role != NVS_GUEST || snap->dormant ||
	    !nvs_vlan_keeps(snap, nvs_fdb_vid(e)) ||
	    !(nvs_fdb_is_shown(e) || nvs_fdb_may_show(port->sw, 1)))
		return 0;
	if (port->adopted == mac)
		return NVSWITCH_FDB_ADOPTED;
	*exempt = nvs_allow_match(snap, mac) == NVS_ALLOW_EXACT;
	return nvs_fdb_may_enter(snap, mac) &&
	       (*exempt || !limit || port->learned < limit) ?
	       NVSWITCH_FDB_LEARNED : 0;
}

/*
 * The place that @e has left, on trial, has it again, for as long as if nobody had
 * claimed it. Return: whether it can.
 */
static bool nvs_fdb_give_back(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	struct nvs_trial *trial = e->trial;
	struct nvs_port *left = NULL;
	bool exempt = false;
	u64 now = nvs_now();
	u8 kind = 0;

	if (trial->left != NVS_PLACE_UPLINKS)
		left = xa_load(&sw->by_id, trial->left);
	else if (nvs_place_port(e->dynamic) && sw->fdb.remote_limit)
		kind = NVSWITCH_FDB_REMOTE;
	if (left && left != nvs_place_port(e->dynamic))
		kind = nvs_fdb_kind_at(left, e, &exempt);
	if (!kind || (kind != NVSWITCH_FDB_ADOPTED &&
		      nvs_fdb_is_too_old(&sw->fdb, trial->seen, now)))
		return false;
	if (kind == NVSWITCH_FDB_REMOTE)
		nvs_fdb_make_room(sw);
	nvs_move_record(trial, NVS_MOVE_AT_ONCE, 0, now, 0);
	trace_nvs_fdb_del(sw, e, e->dynamic);
	nvs_fdb_replace(sw, e, left, kind, exempt, trial->seen);
	return true;
}

/**
 * nvs_fdb_leave() - let an entry go that its place must give up
 * @sw: switch
 * @e: entry that traffic has shown; may be freed
 *
 * During a trial it goes back to the place that it left: as a new one the claimant
 * would have it for good, and had to lose carrier for a moment only.
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_leave(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	/* It takes nobody's room any more. */
	if (nvs_place_kind(e->dynamic) == NVSWITCH_FDB_LEARNED)
		nvs_fdb_set_exempt(e, true);
	if (!nvs_trial_runs(e->trial, nvs_now()) || e->fixed ||
	    nvs_fdb_owner(&sw->fdb, nvs_fdb_mac(e), nvs_fdb_vid(e)) ||
	    !nvs_fdb_give_back(sw, e))
		nvs_fdb_forget(sw, e);
}

/* Could @e be entered at @port now? */
static bool nvs_fdb_may_stay(const struct nvs_port *port,
			     const struct nvs_snapshot *snap,
			     const struct nvs_fdb_entry *e)
{
	if (snap->role != NVS_GUEST || snap->dormant ||
	    !nvs_vlan_keeps(snap, nvs_fdb_vid(e)))
		return false;
	if (nvs_place_kind(e->dynamic) == NVSWITCH_FDB_ADOPTED)
		return nvs_fdb_mac(e) == port->adopted;
	return nvs_fdb_may_enter(snap, nvs_fdb_mac(e));
}

/* The allow list may have come to know @e, or to know it no more. */
static void nvs_fdb_review(struct nvs_switch *sw, struct nvs_fdb_entry *e,
			   void *arg)
{
	struct nvs_port *port = arg;
	const struct nvs_snapshot *snap = nvs_fdb_snap(port);
	bool exempt;

	if (!nvs_fdb_may_stay(port, snap, e)) {
		nvs_fdb_leave(sw, e);
		return;
	}
	exempt = nvs_allow_match(snap, nvs_fdb_mac(e)) == NVS_ALLOW_EXACT;
	if (e->exempt && !exempt && !nvs_fdb_has_room(&sw->fdb, port, snap))
		nvs_fdb_leave(sw, e);
	else
		nvs_fdb_set_exempt(e, exempt);
}

static void nvs_fdb_review_adopted(struct nvs_port *port,
				   const struct nvs_snapshot *snap)
{
	struct nvs_fdb_entry *e, *next;

	if (snap->dormant || !nvs_may_adopt(snap) ||
	    nvs_fdb_rival_owner(port, port->adopted))
		nvs_fdb_drop_adopted(port);
	list_for_each_entry_safe(e, next, &port->adopted_entries, dynamic_node)
		if (!nvs_fdb_may_stay(port, snap, e))
			nvs_fdb_leave(port->sw, e);
}

static void nvs_fdb_review_fixed(struct nvs_port *port)
{
	struct nvs_switch *sw = port->sw;
	struct nvs_fdb_entry *e;
	u32 count = 0;

	list_for_each_entry(e, &port->fixed, fixed_node) {
		if (nvs_fdb_vid(e) == NVS_VID_ANY) {
			nvs_fdb_displace(sw, nvs_fdb_mac(e), e->fixed);
			nvs_fdb_unadopt(port, nvs_fdb_mac(e));
		} else if (e->dynamic && !nvs_fdb_tolerates(e->fixed, e)) {
			nvs_fdb_forget(sw, e);
		}
		nvs_fdb_pause(&sw->fdb, &count);
	}
}

/**
 * nvs_fdb_purge() - remove what could not be entered any more
 * @port: a port whose snapshot has changed
 *
 * Context: RTNL, a grace period after the snapshot was published; sleeps.
 */
void nvs_fdb_purge(struct nvs_port *port)
{
	const struct nvs_snapshot *snap = rtnl_dereference(port->snap);
	struct nvs_switch *sw = port->sw;
	struct nvs_fdb *fdb = &sw->fdb;

	spin_lock_bh(&fdb->lock);
	fdb->dirty = true;
	nvs_fdb_review_adopted(port, snap);
	nvs_fdb_review_fixed(port);
	spin_unlock_bh(&fdb->lock);
	nvs_fdb_sweep(sw, &port->learned_entries, nvs_fdb_review, port);
	if (snap->policy.learn_limit)
		nvs_fdb_trim(sw, &port->learned_entries, &port->learned,
			     snap->policy.learn_limit);
}

/**
 * nvs_fdb_settle() - may frames still be judged by entries of old?
 * @sw: switch
 *
 * Context: RTNL.
 * Return: whether the configuration has changed entries since the last call:
 * then a grace period must pass.
 */
bool nvs_fdb_settle(struct nvs_switch *sw)
{
	bool dirty;

	spin_lock_bh(&sw->fdb.lock);
	dirty = sw->fdb.dirty;
	sw->fdb.dirty = false;
	spin_unlock_bh(&sw->fdb.lock);
	return dirty;
}

/**
 * nvs_fdb_drop_adopted() - take its adopted MAC from a port
 * @port: the port
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_drop_adopted(struct nvs_port *port)
{
	struct nvs_fdb_entry *e, *next;

	WRITE_ONCE(port->adopted, 0);
	list_for_each_entry_safe(e, next, &port->adopted_entries, dynamic_node)
		nvs_fdb_leave(port->sw, e);
}

/**
 * nvs_fdb_forget_adopted() - let a port adopt anew
 * @port: the port
 *
 * Context: RTNL.
 */
void nvs_fdb_forget_adopted(struct nvs_port *port)
{
	spin_lock_bh(&port->sw->fdb.lock);
	nvs_fdb_drop_adopted(port);
	spin_unlock_bh(&port->sw->fdb.lock);
}

static void nvs_fdb_leave_visited(struct nvs_switch *sw,
				  struct nvs_fdb_entry *e, void *arg)
{
	nvs_fdb_leave(sw, e);
}

/**
 * nvs_fdb_flush() - remove every entry of a port
 * @port: the port; no frame comes in through it any more
 *
 * Context: RTNL; sleeps. The port may be freed a grace period later.
 */
void nvs_fdb_flush(struct nvs_port *port)
{
	struct nvs_switch *sw = port->sw;
	struct nvs_fdb_entry *e, *next;
	u32 count = 0;

	nvs_fdb_sweep(sw, &port->learned_entries, nvs_fdb_leave_visited, NULL);
	nvs_fdb_lock_bulk(&sw->fdb, &sw->fdb.dead);
	nvs_fdb_drop_adopted(port);
	list_for_each_entry_safe(e, next, &port->fixed, fixed_node) {
		nvs_fdb_unfix(sw, e);
		nvs_fdb_pause(&sw->fdb, &count);
	}
	nvs_fdb_unlock_bulk(&sw->fdb);
}

/**
 * nvs_fdb_set_limits() - configure the table
 * @sw: switch
 * @ageing: milliseconds, 0 for ever
 * @table_limit: learned entries
 * @remote_limit: remote entries
 *
 * Context: RTNL. The caller commits.
 */
void nvs_fdb_set_limits(struct nvs_switch *sw, u32 ageing, u32 table_limit,
			u32 remote_limit)
{
	struct nvs_fdb *fdb = &sw->fdb;

	spin_lock_bh(&fdb->lock);
	fdb->dirty = true;
	WRITE_ONCE(fdb->ageing, ageing);
	WRITE_ONCE(fdb->table_limit, table_limit);
	WRITE_ONCE(fdb->remote_limit, remote_limit);
	spin_unlock_bh(&fdb->lock);
	nvs_fdb_trim(sw, &fdb->remotes, &fdb->remote, remote_limit);
}

/**
 * nvs_fdb_flush_remote() - forget what was behind the uplinks
 * @sw: switch whose last uplink is gone
 *
 * Context: RTNL.
 */
void nvs_fdb_flush_remote(struct nvs_switch *sw)
{
	struct nvs_fdb *fdb = &sw->fdb;

	if (list_empty(&fdb->remotes))
		return;
	nvs_fdb_sweep(sw, &fdb->remotes, nvs_fdb_leave_visited, NULL);
	spin_lock_bh(&fdb->lock);
	fdb->dirty = true;
	spin_unlock_bh(&fdb->lock);
}

static void nvs_fdb_review_remote(struct nvs_switch *sw,
				  struct nvs_fdb_entry *e, void *arg)
{
	if (nvs_vlan_fid(arg, nvs_fdb_vid(e)) != nvs_fdb_vid(e))
		nvs_fdb_forget(sw, e);
}

/**
 * nvs_fdb_purge_remote() - forget what has become unreachable
 * @sw: switch whose private VLANs have changed
 *
 * What was seen in a VLAN that is secondary now is kept under the primary one.
 *
 * Context: RTNL, a grace period after the change; sleeps.
 */
void nvs_fdb_purge_remote(struct nvs_switch *sw)
{
	const struct nvs_private *private = nvs_vlans_private_rtnl(sw);
	struct nvs_fdb *fdb = &sw->fdb;

	nvs_fdb_sweep(sw, &fdb->remotes, nvs_fdb_review_remote,
		      (void *)private);
	spin_lock_bh(&fdb->lock);
	fdb->dirty = true;
	spin_unlock_bh(&fdb->lock);
}

/**
 * nvs_fdb_drop_dynamic() - let what traffic has shown go, for a command
 * @sw: switch
 * @e: entry; may be freed
 *
 * Context: RTNL, nvs_fdb.lock. The caller commits.
 */
void nvs_fdb_drop_dynamic(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	nvs_fdb_forget(sw, e);
	sw->fdb.dirty = true;
}

/* *learned: those that stand against limits; *shown: all. */
static int nvs_fdb_check_import(struct nvs_port *port, u64 key, u32 *learned,
				u32 *shown)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;
	u64 mac = key & NVS_MAC_MASK;
	u16 vid = key >> 48;

	e = nvs_fdb_get(fdb, mac, vid);
	if ((e && e->fixed) || nvs_fdb_owner(fdb, mac, vid))
		return -EEXIST;
	if (!nvs_fdb_may_enter(nvs_fdb_snap(port), mac))
		return -EPERM;
	*shown += !e || !nvs_fdb_is_shown(e);
	if (nvs_allow_match(nvs_fdb_snap(port), mac) == NVS_ALLOW_EXACT)
		return 0;
	*learned += !e || e->dynamic != nvs_place(port, NVSWITCH_FDB_LEARNED);
	return 0;
}

static bool nvs_fdb_has_room_for(const struct nvs_port *port,
				 const struct nvs_snapshot *snap, u32 new)
{
	const struct nvs_fdb *fdb = &port->sw->fdb;
	u32 limit = snap->policy.learn_limit;
	u32 all = port->learned + new;
	u32 free = max_t(u32, port->learned, NVS_FDB_FREE_ENTRIES);

	if (limit && all > limit)
		return false;
	return all <= free || fdb->learned + all - free <= fdb->table_limit;
}

/* Once something is entered there is no way back: @spares has one for each. */
static int nvs_fdb_import_locked(struct nvs_port *port,
				 struct nvs_import *import,
				 struct nvs_fdb_entry **spares)
{
	const struct nvs_snapshot *snap = nvs_fdb_snap(port);
	struct nvs_switch *sw = port->sw;
	u32 i, learned = 0, shown = 0;
	int err;

	if (nvs_is_asleep(port, snap, false))
		return -EPERM;
	for (i = 0; i < import->count; i++) {
		err = nvs_fdb_check_import(port, import->keys[i], &learned,
					   &shown);
		if (err) {
			import->taken = import->keys[i];
			return err;
		}
	}
	if (!nvs_fdb_has_room_for(port, snap, learned) ||
	    !nvs_fdb_may_show(sw, shown))
		return -ENOSPC;
	sw->fdb.dirty = true;
	for (i = 0; i < import->count; i++) {
		u64 mac = import->keys[i] & NVS_MAC_MASK;

		nvs_fdb_enter_new(port, spares[i], NVSWITCH_FDB_LEARNED,
				  nvs_allow_match(snap, mac) ==
				  NVS_ALLOW_EXACT, nvs_now());
		spares[i] = NULL;
	}
	return 0;
}

static int nvs_fdb_stock(const struct nvs_import *import,
			 struct nvs_fdb_entry **spares)
{
	u32 i;

	for (i = 0; i < import->count; i++) {
		spares[i] = nvs_fdb_alloc(import->keys[i] & NVS_MAC_MASK,
					  import->keys[i] >> 48,
					  GFP_KERNEL_ACCOUNT);
		if (!spares[i])
			return -ENOMEM;
	}
	return 0;
}

static int nvs_fdb_import_now(struct nvs_port *port, struct nvs_import *import)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry **spares;
	int err;
	u32 i;

	spares = kvcalloc(import->count, sizeof(*spares), GFP_KERNEL_ACCOUNT);
	if (!spares)
		return -ENOMEM;
	err = nvs_fdb_stock(import, spares);
	if (!err) {
		spin_lock_bh(&fdb->lock);
		err = nvs_fdb_import_locked(port, import, spares);
		spin_unlock_bh(&fdb->lock);
	}
	for (i = 0; i < import->count; i++)
		nvs_fdb_free(spares[i]);
	kvfree(spares);
	return err;
}

static int nvs_fdb_compare_keys(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* What is named twice counts once. */
static void nvs_fdb_import_sort(struct nvs_import *import)
{
	u32 i, count = 0;

	sort(import->keys, import->count, sizeof(*import->keys),
	     nvs_fdb_compare_keys, NULL);
	for (i = 0; i < import->count; i++)
		if (!count || import->keys[count - 1] != import->keys[i])
			import->keys[count++] = import->keys[i];
	import->count = count;
}

/* All of two imports, which are sorted. What is in both counts once. */
static void nvs_fdb_import_merge(struct nvs_import *all,
				 const struct nvs_import *old,
				 const struct nvs_import *new)
{
	u32 i = 0, j = 0, count = old ? old->count : 0;
	u64 key;

	while (i < count || j < new->count) {
		if (j == new->count ||
		    (i < count && old->keys[i] <= new->keys[j]))
			key = old->keys[i++];
		else
			key = new->keys[j++];
		if (!all->count || all->keys[all->count - 1] != key)
			all->keys[all->count++] = key;
	}
}

/* Keep @import, which is the port's on success, besides what it has. */
static int nvs_fdb_import_later(struct nvs_port *port,
				struct nvs_import *import,
				struct netlink_ext_ack *extack)
{
	u32 limit = nvs_port_policy(port).learn_limit;
	struct nvs_import *old = port->import;
	u32 count = old ? old->count : 0;
	struct nvs_import *all;

	if (!limit)
		limit = port->sw->fdb.table_limit;
	if (!port->sw->privileged)
		limit = min_t(u32, limit, NVS_FDB_UNPRIVILEGED);
	all = kvzalloc(struct_size(all, keys, count + import->count),
		       GFP_KERNEL_ACCOUNT);
	if (!all)
		return -ENOMEM;
	nvs_fdb_import_merge(all, old, import);
	if (all->count > limit) {
		kvfree(all);
		nvs_fdb_explain_limit(port->sw, extack);
		return -ENOSPC;
	}
	port->import = all;
	kvfree(old);
	kvfree(import);
	return 0;
}

/**
 * nvs_fdb_import() - enter addresses as if traffic had shown them
 * @port: guest port; while it waits to be activated they are kept for that
 * @import: the addresses, in VLANs that the port keeps addresses in; on success
 *	it is the port's
 * @extack: for a refusal
 *
 * Wherever else traffic has shown them, and however lately.
 *
 * Context: RTNL. The caller commits.
 * Return: 0; or, with nothing entered: -EEXIST if one of them belongs to
 * somebody, -EPERM if the port does not learn or is dormant, -ENOSPC at a limit,
 * -ENOMEM.
 */
int nvs_fdb_import(struct nvs_port *port, struct nvs_import *import,
		   struct netlink_ext_ack *extack)
{
	int err;

	nvs_fdb_import_sort(import);
	if (!port->activated)
		return nvs_fdb_import_later(port, import, extack);
	err = nvs_fdb_import_now(port, import);
	switch (err) {
	case 0:
		kvfree(import);
		break;
	case -EEXIST:
		NL_SET_ERR_MSG(extack, "An address is static or belongs to somebody: \"bridge fdb get\" says to whom");
		break;
	case -EPERM:
		NL_SET_ERR_MSG(extack, "The port does not learn: make it nested and see that it has carrier");
		break;
	case -ENOSPC:
		nvs_fdb_explain_limit(port->sw, extack);
		break;
	}
	return err;
}

/**
 * nvs_fdb_import_pending() - enter what a port has waited for
 * @port: a port that may have been activated
 *
 * What there is no memory for goes on waiting. What is refused now is gone, which
 * the kernel's log says: whoever imported it has long been told that it was taken.
 *
 * Context: RTNL, from nvs_commit(), when its snapshot is in force; sleeps.
 */
void nvs_fdb_import_pending(struct nvs_port *port)
{
	struct nvs_import *import = port->import;
	u32 i, refused = 0, left = 0;
	int err;

	if (!import || !port->activated || !port->up)
		return;
	for (i = 0; i < import->count; i++) {
		err = nvs_fdb_add_learned(port,
					  import->keys[i] & NVS_MAC_MASK,
					  import->keys[i] >> 48);
		if (err == -ENOMEM)
			import->keys[left++] = import->keys[i];
		else if (err)
			refused++;
		cond_resched();
	}
	if (refused && port->sw->privileged)
		netdev_warn(port->dev, "nvswitch: activated without %u of %u imported addresses: others have them, a limit is reached, or the port does not learn them\n",
			    refused, import->count);
	import->count = left;
	if (left) {
		WRITE_ONCE(port->sw->starved, true);
		return;
	}
	port->import = NULL;
	kvfree(import);
}

/**
 * nvs_fdb_import_forget() - let go what a port keeps for its activation
 * @port: the port
 * @vid: in that VLAN, or NVS_VID_ANY for all
 *
 * Context: RTNL.
 * Return: how many addresses that were.
 */
u32 nvs_fdb_import_forget(struct nvs_port *port, u16 vid)
{
	struct nvs_import *import = port->import;
	u32 i, count, left = 0;

	if (!import)
		return 0;
	for (i = 0; vid != NVS_VID_ANY && i < import->count; i++)
		if (import->keys[i] >> 48 != vid)
			import->keys[left++] = import->keys[i];
	count = import->count - left;
	import->count = left;
	if (!left) {
		port->import = NULL;
		kvfree(import);
	}
	return count;
}
