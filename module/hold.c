// SPDX-License-Identifier: GPL-2.0-only
/* The MAC table as the configuration sees it: who has an address for good. */

#include <linux/list_sort.h>
#include <linux/slab.h>

#include "core/policy.h"
#include "fdb.h"
#include "lookup.h"
#include "trace.h"

/* May traffic show @e where it does, beside what the configuration says? */
static bool nvs_fdb_tolerated(const struct nvs_fdb_entry *e)
{
	struct nvs_port *port = nvs_place_port(e->fixed);

	if (nvs_place_kind(e->fixed) == NVSWITCH_FDB_RESERVED &&
	    nvs_place_port(e->dynamic) == port)
		return true;
	return nvs_place_kind(e->dynamic) == NVSWITCH_FDB_REMOTE &&
	       nvs_fdb_snap(port)->dormant;
}

/* An owner takes @mac: it is nobody's adopted MAC any more. */
static void nvs_fdb_disown(struct nvs_switch *sw, u64 mac)
{
	struct nvs_port *port;

	rcu_read_lock();
	list_for_each_entry_rcu(port, &sw->ports, node)
		if (port->adopted == mac)
			WRITE_ONCE(port->adopted, 0);
	rcu_read_unlock();
}

/* The host has its addresses in every VLAN: nobody else may in any. */
static int nvs_fdb_check_any(struct nvs_switch *sw, u64 mac)
{
	struct nvs_fdb_entry *e;
	u16 vid;

	for (vid = 0; vid < NVS_VID_ANY; vid++) {
		e = nvs_fdb_get(&sw->fdb, mac, vid);
		if (e && e->fixed)
			return -EEXIST;
	}
	for (vid = 0; vid < NVS_VID_ANY; vid++) {
		e = nvs_fdb_get(&sw->fdb, mac, vid);
		if (e)
			nvs_fdb_forget(sw, e);
	}
	return 0;
}

static int nvs_fdb_check_free(struct nvs_switch *sw, u64 mac, u16 vid)
{
	struct nvs_fdb_entry *e;

	if (vid == NVS_VID_ANY)
		return nvs_fdb_check_any(sw, mac);
	e = nvs_fdb_get(&sw->fdb, mac, NVS_VID_ANY);
	return e && e->fixed ? -EEXIST : 0;
}

static bool nvs_fdb_is_owners(u8 kind)
{
	return kind == NVSWITCH_FDB_OWNED || kind == NVSWITCH_FDB_RESERVED;
}

/* An owner's entry becomes static besides. */
static int nvs_fdb_make_static(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	if (!nvs_fdb_is_owners(nvs_place_kind(e->fixed)))
		return -EEXIST;
	if (e->also_static)
		return 0;
	if (fdb->statics >= NVS_FDB_MAX_STATIC)
		return -ENOSPC;
	e->also_static = true;
	fdb->statics++;
	return 0;
}

/* Put *@new into the table, or use what is there and leave *@new. */
static int nvs_fdb_fix(struct nvs_port *port, struct nvs_fdb_entry **new,
		       u8 kind)
{
	struct nvs_switch *sw = port->sw;
	struct nvs_fdb *fdb = &sw->fdb;
	u64 mac = nvs_fdb_mac(*new);
	u16 vid = nvs_fdb_vid(*new);
	struct nvs_fdb_entry *e;
	int err;

	e = nvs_fdb_get(fdb, mac, vid);
	if (e && e->fixed) {
		u8 old = nvs_place_kind(e->fixed);

		if (e->fixed == nvs_place(port, kind))
			return 0;
		if (nvs_place_port(e->fixed) != port)
			return -EEXIST;
		if (kind == NVSWITCH_FDB_STATIC)
			return nvs_fdb_make_static(fdb, e);
		if (old == NVSWITCH_FDB_STATIC)
			e->also_static = true;
	} else {
		if (kind == NVSWITCH_FDB_STATIC &&
		    fdb->statics >= NVS_FDB_MAX_STATIC)
			return -ENOSPC;
		err = nvs_fdb_check_free(sw, mac, vid);
		if (err)
			return err;
		if (!e) {
			e = *new;
			nvs_fdb_insert(fdb, e);
			*new = NULL;
		}
		list_add_tail(&e->fixed_node, &port->fixed);
		fdb->statics += kind == NVSWITCH_FDB_STATIC;
	}
	WRITE_ONCE(e->fixed, nvs_place(port, kind));
	fdb->dirty = true;
	trace_nvs_fdb_add(sw, e, e->fixed);
	nvs_neigh_notify(sw, e, e->fixed, RTM_NEWNEIGH);
	if (e->dynamic && !nvs_fdb_tolerated(e))
		nvs_fdb_forget(sw, e);
	if (kind != NVSWITCH_FDB_STATIC)
		nvs_fdb_disown(sw, mac);
	return 0;
}

/**
 * nvs_fdb_hold() - give an address to a port
 * @port: the port
 * @mac: the address
 * @vid: the VLAN, or NVS_VID_ANY
 * @kind: NVSWITCH_FDB_LOCAL, OWNED, RESERVED or STATIC. A port that has the
 *	address as OWNED or RESERVED may change between the two, which cannot
 *	fail. What it has as STATIC besides it keeps when it is no owner any more
 * @gfp: how to allocate
 *
 * What traffic has shown of the address elsewhere is displaced.
 *
 * Context: RTNL, or the switch device's address list lock; sleeps if @gfp
 * allows it.
 * Return: 0, -EEXIST if another port, or another kind, has it, -ENOSPC if there
 * are too many static entries, -ENOMEM.
 */
int nvs_fdb_hold(struct nvs_port *port, u64 mac, u16 vid, u8 kind, gfp_t gfp)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e, *new;
	int err;

	/* An entry that is there needs no memory: this is what cannot fail. */
	spin_lock_bh(&fdb->lock);
	e = nvs_fdb_get(fdb, mac, vid);
	if (e && nvs_place_port(e->fixed) == port) {
		err = nvs_fdb_fix(port, &e, kind);
		spin_unlock_bh(&fdb->lock);
		return err;
	}
	spin_unlock_bh(&fdb->lock);

	new = nvs_fdb_alloc(mac, vid, gfp);
	if (!new)
		return -ENOMEM;
	spin_lock_bh(&fdb->lock);
	err = nvs_fdb_fix(port, &new, kind);
	spin_unlock_bh(&fdb->lock);
	nvs_fdb_free(new);
	return err;
}

/* The configuration says nothing of @e any more. May free @e. */
static void nvs_fdb_unfix(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	struct nvs_fdb *fdb = &sw->fdb;

	trace_nvs_fdb_del(sw, e, e->fixed);
	nvs_neigh_notify(sw, e, e->fixed, RTM_DELNEIGH);
	fdb->statics -= nvs_place_kind(e->fixed) == NVSWITCH_FDB_STATIC ||
			e->also_static;
	e->also_static = false;
	list_del(&e->fixed_node);
	WRITE_ONCE(e->fixed, 0);
	fdb->dirty = true;
	nvs_fdb_put(fdb, e);
}

/* An owner lets @e go; what the administrator has said of it stays. */
static void nvs_fdb_disclaim(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	if (!e->also_static) {
		nvs_fdb_unfix(sw, e);
		return;
	}
	e->also_static = false;
	WRITE_ONCE(e->fixed, nvs_place(nvs_place_port(e->fixed),
				       NVSWITCH_FDB_STATIC));
	sw->fdb.dirty = true;
	trace_nvs_fdb_add(sw, e, e->fixed);
	nvs_neigh_notify(sw, e, e->fixed, RTM_NEWNEIGH);
}

/**
 * nvs_fdb_release() - take an address from its owner
 * @port: the port
 * @mac: the address
 * @vid: the VLAN, or NVS_VID_ANY
 *
 * Does nothing if the port does not have it. A static entry stays.
 *
 * Context: any but hard interrupts.
 */
void nvs_fdb_release(struct nvs_port *port, u64 mac, u16 vid)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;

	spin_lock_bh(&fdb->lock);
	e = nvs_fdb_get(fdb, mac, vid);
	if (e && nvs_place_port(e->fixed) == port &&
	    nvs_place_kind(e->fixed) != NVSWITCH_FDB_STATIC)
		nvs_fdb_disclaim(port->sw, e);
	spin_unlock_bh(&fdb->lock);
}

/**
 * nvs_fdb_move_static() - let a static entry be another port's
 * @from: the port that has it
 * @to: the port that gets it
 * @mac: address
 * @vid: VLAN that @to carries
 *
 * Context: RTNL.
 */
void nvs_fdb_move_static(struct nvs_port *from, struct nvs_port *to, u64 mac,
			 u16 vid)
{
	struct nvs_switch *sw = from->sw;
	struct nvs_fdb_entry *e;

	spin_lock_bh(&sw->fdb.lock);
	e = nvs_fdb_get(&sw->fdb, mac, vid);
	if (e && e->fixed == nvs_place(from, NVSWITCH_FDB_STATIC)) {
		trace_nvs_fdb_del(sw, e, e->fixed);
		list_move_tail(&e->fixed_node, &to->fixed);
		sw->fdb.dirty = true;
		WRITE_ONCE(e->fixed, nvs_place(to, NVSWITCH_FDB_STATIC));
		trace_nvs_fdb_add(sw, e, e->fixed);
		nvs_neigh_notify(sw, e, e->fixed, RTM_NEWNEIGH);
		if (e->dynamic && !nvs_fdb_tolerated(e))
			nvs_fdb_forget(sw, e);
	}
	spin_unlock_bh(&sw->fdb.lock);
}

/**
 * nvs_fdb_holder() - who has an address?
 * @sw: switch
 * @mac: address
 * @vid: VLAN
 *
 * Context: RTNL, so that the port stays.
 * Return: the place that has it fixed, see nvs_place(), or 0.
 */
unsigned long nvs_fdb_holder(struct nvs_switch *sw, u64 mac, u16 vid)
{
	struct nvs_fdb_entry *e;
	unsigned long fixed = 0;

	rcu_read_lock();
	e = nvs_fdb_find(&sw->fdb, mac, vid);
	if (e)
		fixed = READ_ONCE(e->fixed);
	if (!fixed) {
		e = nvs_fdb_find(&sw->fdb, mac, NVS_VID_ANY);
		fixed = e ? READ_ONCE(e->fixed) : 0;
	}
	rcu_read_unlock();
	return fixed;
}

/**
 * nvs_fdb_used_elsewhere() - does traffic use an address at another place?
 * @port: the port that asks
 * @mac: address
 * @vid: VLAN
 * @ever: whether any entry counts, or only one seen within move_hold
 *
 * Context: RTNL.
 * Return: whether it does.
 */
bool nvs_fdb_used_elsewhere(const struct nvs_port *port, u64 mac, u16 vid,
			    bool ever)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;
	bool used = false;
	u64 now = nvs_now();

	rcu_read_lock();
	e = nvs_fdb_find(fdb, mac, vid);
	if (e) {
		unsigned long place = READ_ONCE(e->dynamic);

		used = place && nvs_place_port(place) != port &&
		       !nvs_fdb_expired(fdb, e, now) &&
		       (ever || nvs_in_use(READ_ONCE(e->seen), now,
					   port->sw->move_hold));
	}
	rcu_read_unlock();
	return used;
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
	int err = 0;

	spin_lock_bh(&fdb->lock);
	snap = nvs_fdb_snap(port);
	e = nvs_fdb_get(fdb, mac, vid);
	if (e && e->fixed)
		err = -EEXIST;
	else
		err = nvs_fdb_check_free(port->sw, mac, vid);
	if (err)
		goto unlock;
	if (!nvs_may_learn(snap) || nvs_is_asleep(port, snap))
		err = -EPERM;
	else if (e && e->dynamic == nvs_place(port, NVSWITCH_FDB_LEARNED))
		WRITE_ONCE(e->seen, nvs_now());
	else if (!nvs_fdb_has_room(fdb, port, snap))
		err = -ENOSPC;
	else if (!nvs_fdb_enter(port, mac, vid, NVSWITCH_FDB_LEARNED,
				nvs_now()))
		err = -ENOMEM;
	else
		fdb->dirty = true;
unlock:
	spin_unlock_bh(&fdb->lock);
	return err;
}

static void nvs_fdb_unstatic(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	e->also_static = false;
	fdb->statics--;
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
	int err = 0;

	spin_lock_bh(&fdb->lock);
	e = nvs_fdb_get(fdb, mac, vid) ?: nvs_fdb_get(fdb, mac, NVS_VID_ANY);
	if (e && e->fixed && (!port || nvs_place_port(e->fixed) == port)) {
		if (nvs_place_kind(e->fixed) == NVSWITCH_FDB_STATIC)
			nvs_fdb_unfix(sw, e);
		else if (e->also_static)
			nvs_fdb_unstatic(fdb, e);
		else
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

/* Could @e be entered at @port now? */
static bool nvs_fdb_may_stay(const struct nvs_port *port,
			     const struct nvs_snapshot *snap,
			     const struct nvs_fdb_entry *e)
{
	if (snap->role != NVS_GUEST || snap->dormant)
		return false;
	if (nvs_place_kind(e->dynamic) == NVSWITCH_FDB_ADOPTED)
		return nvs_fdb_mac(e) == port->adopted;
	return nvs_may_learn(snap);
}

static int nvs_fdb_cmp_seen(void *priv, const struct list_head *a,
			    const struct list_head *b)
{
	u64 x = list_entry(a, struct nvs_fdb_entry, dynamic_node)->seen;
	u64 y = list_entry(b, struct nvs_fdb_entry, dynamic_node)->seen;

	return x > y ? 1 : 0;
}

/* Remove the longest unseen until @count of @list's @kind are at most @max. */
static void nvs_fdb_trim(struct nvs_switch *sw, struct list_head *list,
			 u8 kind, const u32 *count, u32 max)
{
	struct nvs_fdb_entry *e, *next;

	if (*count <= max)
		return;
	list_sort(NULL, list, nvs_fdb_cmp_seen);
	list_for_each_entry_safe(e, next, list, dynamic_node) {
		if (*count <= max)
			break;
		if (nvs_place_kind(e->dynamic) == kind)
			nvs_fdb_forget(sw, e);
	}
}

/**
 * nvs_fdb_purge() - remove what could not be entered any more
 * @port: a port whose snapshot has changed
 *
 * Context: RTNL, a grace period after the snapshot was published.
 */
void nvs_fdb_purge(struct nvs_port *port)
{
	struct nvs_switch *sw = port->sw;
	struct nvs_fdb *fdb = &sw->fdb;
	const struct nvs_snapshot *snap;
	struct nvs_fdb_entry *e, *next;

	spin_lock_bh(&fdb->lock);
	fdb->dirty = true;
	snap = nvs_fdb_snap(port);
	if (snap->dormant || !nvs_may_adopt(snap))
		WRITE_ONCE(port->adopted, 0);
	list_for_each_entry_safe(e, next, &port->dynamic, dynamic_node)
		if (!nvs_fdb_may_stay(port, snap, e))
			nvs_fdb_forget(sw, e);
	list_for_each_entry(e, &port->fixed, fixed_node)
		if (e->dynamic && !nvs_fdb_tolerated(e))
			nvs_fdb_forget(sw, e);
	if (snap->policy.learn_limit)
		nvs_fdb_trim(sw, &port->dynamic, NVSWITCH_FDB_LEARNED,
			     &port->learned, snap->policy.learn_limit);
	spin_unlock_bh(&fdb->lock);
}

/**
 * nvs_fdb_has_tagged_static() - has a port static entries outside VLAN 0?
 * @port: the port
 *
 * Context: RTNL.
 * Return: whether it has.
 */
bool nvs_fdb_has_tagged_static(struct nvs_port *port)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;
	bool has = false;

	spin_lock_bh(&fdb->lock);
	list_for_each_entry(e, &port->fixed, fixed_node)
		has |= nvs_fdb_vid(e) != 0;
	spin_unlock_bh(&fdb->lock);
	return has;
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
 * nvs_fdb_forget_adopted() - let a port adopt anew
 * @port: the port
 *
 * Context: RTNL.
 */
void nvs_fdb_forget_adopted(struct nvs_port *port)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e, *next;

	spin_lock_bh(&fdb->lock);
	WRITE_ONCE(port->adopted, 0);
	list_for_each_entry_safe(e, next, &port->dynamic, dynamic_node)
		if (nvs_place_kind(e->dynamic) == NVSWITCH_FDB_ADOPTED)
			nvs_fdb_forget(port->sw, e);
	spin_unlock_bh(&fdb->lock);
}

/* Forget all of a list that nothing is added to any more, in slices. */
static void nvs_fdb_forget_list(struct nvs_switch *sw, struct list_head *list)
{
	struct nvs_fdb_entry *e;
	int slice;

	while (!list_empty(list)) {
		spin_lock_bh(&sw->fdb.lock);
		for (slice = 0; slice < NVS_FDB_SLICE && !list_empty(list);
		     slice++) {
			e = list_first_entry(list, struct nvs_fdb_entry,
					     dynamic_node);
			nvs_fdb_forget(sw, e);
		}
		spin_unlock_bh(&sw->fdb.lock);
		cond_resched();
	}
}

/**
 * nvs_fdb_flush() - remove every entry of a port
 * @port: the port; no frame comes in through it any more
 *
 * Context: RTNL. The port may be freed a grace period later.
 */
void nvs_fdb_flush(struct nvs_port *port)
{
	struct nvs_switch *sw = port->sw;
	struct nvs_fdb_entry *e, *next;

	nvs_fdb_forget_list(sw, &port->dynamic);
	spin_lock_bh(&sw->fdb.lock);
	WRITE_ONCE(port->adopted, 0);
	list_for_each_entry_safe(e, next, &port->fixed, fixed_node)
		nvs_fdb_unfix(sw, e);
	spin_unlock_bh(&sw->fdb.lock);
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
	nvs_fdb_trim(sw, &fdb->remotes, NVSWITCH_FDB_REMOTE, &fdb->remote,
		     remote_limit);
	spin_unlock_bh(&fdb->lock);
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
	nvs_fdb_forget_list(sw, &fdb->remotes);
	spin_lock_bh(&fdb->lock);
	fdb->dirty = true;
	spin_unlock_bh(&fdb->lock);
}

static bool nvs_fdb_is_hosts(const struct net_device *dev, u64 mac)
{
	struct netdev_hw_addr *ha;

	if (mac == nvs_mac_get(dev->dev_addr))
		return true;
	netdev_for_each_uc_addr(ha, dev)
		if (mac == nvs_mac_get(ha->addr))
			return true;
	return false;
}

/**
 * nvs_fdb_sync_host() - make LOCAL what the host's stack listens on
 * @sw: switch
 *
 * The switch device's own address, and those that its upper devices have
 * registered. One that a guest owns is ignored until it is free.
 *
 * Context: the switch device's address list lock.
 * Return: whether an address has become free.
 */
bool nvs_fdb_sync_host(struct nvs_switch *sw)
{
	struct net_device *dev = sw->dev;
	struct nvs_fdb_entry *e, *next;
	struct netdev_hw_addr *ha;
	bool freed = false;

	spin_lock_bh(&sw->fdb.lock);
	list_for_each_entry_safe(e, next, &sw->host.fixed, fixed_node)
		if (!nvs_fdb_is_hosts(dev, nvs_fdb_mac(e))) {
			nvs_fdb_unfix(sw, e);
			freed = true;
		}
	spin_unlock_bh(&sw->fdb.lock);
	nvs_fdb_hold(&sw->host, nvs_mac_get(dev->dev_addr), NVS_VID_ANY,
		     NVSWITCH_FDB_LOCAL, GFP_ATOMIC);
	netdev_for_each_uc_addr(ha, dev)
		nvs_fdb_hold(&sw->host, nvs_mac_get(ha->addr), NVS_VID_ANY,
			     NVSWITCH_FDB_LOCAL, GFP_ATOMIC);
	return freed;
}
