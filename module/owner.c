// SPDX-License-Identifier: GPL-2.0-only
/* Addresses that belong to somebody: owned, reserved, static and local ones. */

#include <linux/slab.h>

#include "core/vlan.h"
#include "events.h"
#include "fdb.h"
#include "lookup.h"
#include "trace.h"

/**
 * nvs_fdb_tolerates() - may traffic show an entry beside what is fixed?
 * @fixed: the place that has its address fixed
 * @e: the entry
 *
 * Context: nvs_fdb.lock.
 * Return: whether it may stay where it is.
 */
bool nvs_fdb_tolerates(unsigned long fixed, const struct nvs_fdb_entry *e)
{
	struct nvs_port *port = nvs_place_port(fixed);

	if (nvs_place_kind(fixed) == NVSWITCH_FDB_RESERVED &&
	    nvs_place_port(e->dynamic) == port)
		return true;
	return nvs_place_kind(e->dynamic) == NVSWITCH_FDB_REMOTE &&
	       nvs_fdb_snap(port)->dormant;
}

/**
 * nvs_fdb_displace() - forget what an owner does not tolerate
 * @sw: switch
 * @mac: address
 * @fixed: the place that owns it, in the VLANs of its port
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_displace(struct nvs_switch *sw, u64 mac, unsigned long fixed)
{
	const struct nvs_vlans *vlans = &nvs_place_port(fixed)->vlans;
	struct nvs_fdb_entry *e;
	u16 fid;

	for (fid = nvs_vlans_next(vlans, 0); fid != NVS_VID_ANY;
	     fid = nvs_vlans_next(vlans, fid + 1)) {
		e = nvs_fdb_get(&sw->fdb, mac, fid);
		if (e && e->dynamic && !nvs_fdb_tolerates(fixed, e))
			nvs_fdb_forget(sw, e);
	}
}

/* The first of those who own @mac from @e on. */
static struct nvs_fdb_entry *nvs_fdb_next_owner(struct nvs_fdb *fdb,
						struct nvs_fdb_entry *e)
{
	struct nvs_table *t;

	t = rcu_dereference_protected(fdb->table, lockdep_is_held(&fdb->lock));
	return (struct nvs_fdb_entry *)nvs_table_next(t, &e->element);
}

static struct nvs_fdb_entry *nvs_fdb_owned(struct nvs_port *port, u64 mac)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;

	for (e = nvs_fdb_get(fdb, mac, NVS_VID_ANY); e;
	     e = nvs_fdb_next_owner(fdb, e))
		if (nvs_place_port(e->fixed) == port)
			return e;
	return NULL;
}

static bool nvs_fdb_meets(const struct nvs_port *a, const struct nvs_port *b)
{
	/* What an uplink owned as a guest it is about to give up. */
	if (a->role == NVS_UPLINK || b->role == NVS_UPLINK)
		return false;
	/* The host is everywhere; its stack asks without RTNL. */
	return a->role == NVS_HOST || b->role == NVS_HOST ||
	       nvs_vlans_meet(&a->vlans, &b->vlans);
}

/**
 * nvs_fdb_unadopt() - an owner takes an address from those who adopted it
 * @owner: the port that owns it, in all its VLANs
 * @mac: the address
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_unadopt(struct nvs_port *owner, u64 mac)
{
	struct nvs_port *port;

	rcu_read_lock();
	list_for_each_entry_rcu(port, &owner->sw->ports, node)
		if (port->adopted == mac && nvs_fdb_meets(port, owner))
			nvs_fdb_drop_adopted(port);
	rcu_read_unlock();
}

/**
 * nvs_fdb_rival_owner() - who else owns an address in a VLAN of a port?
 * @port: the port
 * @mac: the address
 *
 * Context: nvs_fdb.lock.
 * Return: the place, or 0.
 */
unsigned long nvs_fdb_rival_owner(const struct nvs_port *port, u64 mac)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;

	for (e = nvs_fdb_get(fdb, mac, NVS_VID_ANY); e;
	     e = nvs_fdb_next_owner(fdb, e))
		if (nvs_place_port(e->fixed) != port &&
		    nvs_fdb_meets(nvs_place_port(e->fixed), port))
			return e->fixed;
	return 0;
}

/* On which other port is @mac static in a VLAN of @port? */
static unsigned long nvs_fdb_rival_static(const struct nvs_port *port, u64 mac)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;
	u16 fid;

	if (!fdb->statics)
		return 0;
	for (fid = nvs_vlans_next(&port->vlans, 0); fid != NVS_VID_ANY;
	     fid = nvs_vlans_next(&port->vlans, fid + 1)) {
		e = nvs_fdb_get(fdb, mac, fid);
		if (e && e->fixed && nvs_place_port(e->fixed) != port)
			return e->fixed;
	}
	return 0;
}

static unsigned long nvs_fdb_rival_locked(const struct nvs_port *port, u64 mac)
{
	unsigned long place = nvs_fdb_rival_owner(port, mac);

	return place ? place : nvs_fdb_rival_static(port, mac);
}

/* Under RTNL: who has an address by request must yield. */
static unsigned long nvs_fdb_firm_rival_locked(const struct nvs_port *port,
					       u64 mac)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;

	for (e = nvs_fdb_get(fdb, mac, NVS_VID_ANY); e;
	     e = nvs_fdb_next_owner(fdb, e)) {
		struct nvs_port *other = nvs_place_port(e->fixed);

		if (other != port && nvs_fdb_meets(other, port) &&
		    (other->role == NVS_HOST || other->mac.initial == mac))
			return e->fixed;
	}
	return nvs_fdb_rival_static(port, mac);
}

typedef unsigned long (*nvs_fdb_rival_t)(const struct nvs_port *port, u64 mac);

static unsigned long nvs_fdb_ask(const struct nvs_port *port, u64 mac,
				 nvs_fdb_rival_t rival)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	unsigned long place;

	spin_lock_bh(&fdb->lock);
	place = rival(port, mac);
	spin_unlock_bh(&fdb->lock);
	return place;
}

/**
 * nvs_fdb_firm_rival() - who keeps an address from a port's administrator?
 * @port: the port
 * @mac: the address
 *
 * Context: RTNL, so that the other port stays.
 * Return: the place that has it fixed in a VLAN of @port, and not by request; or
 * 0.
 */
unsigned long nvs_fdb_firm_rival(const struct nvs_port *port, u64 mac)
{
	return nvs_fdb_ask(port, mac, nvs_fdb_firm_rival_locked);
}

/**
 * nvs_fdb_rival() - who stands in the way of a port's owning an address?
 * @port: the port
 * @mac: the address
 *
 * Context: RTNL, so that the other port stays.
 * Return: the place that has it fixed in a VLAN of @port, or 0.
 */
unsigned long nvs_fdb_rival(const struct nvs_port *port, u64 mac)
{
	return nvs_fdb_ask(port, mac, nvs_fdb_rival_locked);
}

static void nvs_fdb_fix(struct nvs_switch *sw, struct nvs_fdb_entry *e,
			unsigned long place)
{
	/* Who sees it sees the snapshot that says in which VLANs it counts. */
	smp_store_release(&e->fixed, place);
	sw->fdb.dirty = true;
	trace_nvs_fdb_add(sw, e, place);
	nvs_neigh_notify(sw, e, place, RTM_NEWNEIGH);
}

static void nvs_fdb_fix_owned(struct nvs_port *port, struct nvs_fdb_entry *e,
			      u8 kind)
{
	unsigned long place = nvs_place(port, kind);

	nvs_fdb_fix(port->sw, e, place);
	nvs_fdb_displace(port->sw, nvs_fdb_mac(e), place);
	nvs_fdb_unadopt(port, nvs_fdb_mac(e));
}

/* Use the entry that @port has, or *@new, which then is the table's. */
static int nvs_fdb_own_locked(struct nvs_port *port, u64 mac, u8 kind,
			      nvs_fdb_rival_t rival, struct nvs_fdb_entry **new)
{
	struct nvs_fdb_entry *e = nvs_fdb_owned(port, mac);

	if (e) {
		if (nvs_place_kind(e->fixed) &&
		    nvs_place_kind(e->fixed) != kind)
			nvs_fdb_fix_owned(port, e, kind);
		return 0;
	}
	if (rival(port, mac))
		return -EEXIST;
	e = *new;
	if (!e)
		return -ENOMEM;
	*new = NULL;
	nvs_fdb_insert(&port->sw->fdb, e);
	list_add_tail(&e->fixed_node, &port->fixed);
	if (kind == NVSWITCH_FDB_LOCAL) {
		nvs_fdb_fix_owned(port, e, kind);
	} else {
		WRITE_ONCE(e->fixed, nvs_place(port, 0));
		port->claims = true;
	}
	return 0;
}

static int nvs_fdb_own_unless(struct nvs_port *port, u64 mac, u8 kind,
			      nvs_fdb_rival_t rival, gfp_t gfp)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *new = NULL;
	int err;

	/* An entry that is there needs no memory: this is what cannot fail. */
	spin_lock_bh(&fdb->lock);
	err = nvs_fdb_own_locked(port, mac, kind, rival, &new);
	spin_unlock_bh(&fdb->lock);
	if (err != -ENOMEM)
		return err;

	new = nvs_fdb_alloc(mac, NVS_VID_ANY, gfp);
	if (!new)
		return -ENOMEM;
	spin_lock_bh(&fdb->lock);
	err = nvs_fdb_own_locked(port, mac, kind, rival, &new);
	spin_unlock_bh(&fdb->lock);
	nvs_fdb_free(new);
	return err;
}

/**
 * nvs_fdb_own() - give an address to a port, in all its VLANs
 * @port: the port
 * @mac: the address
 * @kind: NVSWITCH_FDB_LOCAL, OWNED or RESERVED. A port that has the address may
 *	change between the last two, which cannot fail
 * @gfp: how to allocate
 *
 * A guest's is one from the next commit on, see nvs_fdb_confirm(), which is when
 * frames see the VLANs that it is meant for.
 *
 * Context: RTNL, or the switch device's address list lock; sleeps if @gfp
 * allows it.
 * Return: 0, -EEXIST if another port has it, -ENOMEM.
 */
int nvs_fdb_own(struct nvs_port *port, u64 mac, u8 kind, gfp_t gfp)
{
	return nvs_fdb_own_unless(port, mac, kind, nvs_fdb_rival_locked, gfp);
}

/**
 * nvs_fdb_seize() - reserve an address for a port, for its administrator
 * @port: guest port
 * @mac: the address
 *
 * The caller takes it from those who have it by request, before the commit with
 * which it is the port's.
 *
 * Context: RTNL; sleeps.
 * Return: 0, -EEXIST if another port has it, and not by request, -ENOMEM.
 */
int nvs_fdb_seize(struct nvs_port *port, u64 mac)
{
	return nvs_fdb_own_unless(port, mac, NVSWITCH_FDB_RESERVED,
				  nvs_fdb_firm_rival_locked,
				  GFP_KERNEL_ACCOUNT);
}

static void nvs_fdb_confirm_one(struct nvs_port *port, u64 mac, u8 kind)
{
	struct nvs_fdb_entry *e = nvs_fdb_owned(port, mac);

	if (e && !nvs_place_kind(e->fixed))
		nvs_fdb_fix_owned(port, e, kind);
}

static void nvs_fdb_tell_owned(struct nvs_port *port, u64 mac, int type)
{
	struct nvs_fdb_entry *e = nvs_fdb_owned(port, mac);

	if (e && nvs_place_kind(e->fixed))
		nvs_neigh_notify(port->sw, e, e->fixed, type);
}

static void nvs_fdb_tell_all_owned(struct nvs_port *port, int type)
{
	const struct nvs_port_mac *m = &port->mac;

	nvs_fdb_tell_owned(port, m->effective, type);
	if (m->initial != m->effective)
		nvs_fdb_tell_owned(port, m->initial, type);
}

/**
 * nvs_fdb_withdraw() - tell user space what a port does not own any more
 * @port: the port; if its VLANs have changed, that is in another one now
 *
 * Context: RTNL, from nvs_commit(), before nvs_fdb_confirm() for any port: what
 * one has left another one may have.
 */
void nvs_fdb_withdraw(struct nvs_port *port)
{
	bool trunk = port->vlans.mode == NVSWITCH_VLAN_TRUNK;
	u16 vid = trunk ? 0 : port->vlans.fid;

	if (vid == port->told_vid)
		return;
	spin_lock_bh(&port->sw->fdb.lock);
	nvs_fdb_tell_all_owned(port, RTM_DELNEIGH);
	port->told_vid = vid;
	port->moved = true;
	spin_unlock_bh(&port->sw->fdb.lock);
}

/**
 * nvs_fdb_confirm() - put into force what a guest port has come to own
 * @port: the port
 *
 * What traffic has shown of its addresses elsewhere is displaced. A static entry
 * of the port itself stays beside them. User space hears of what is new, and of
 * what is in another VLAN.
 *
 * Context: RTNL, from nvs_commit(), when all snapshots are published.
 */
void nvs_fdb_confirm(struct nvs_port *port)
{
	struct nvs_fdb *fdb = &port->sw->fdb;

	if (!port->claims && !port->moved)
		return;
	spin_lock_bh(&fdb->lock);
	if (port->moved)
		nvs_fdb_tell_all_owned(port, RTM_NEWNEIGH);
	port->claims = false;
	port->moved = false;
	nvs_fdb_confirm_one(port, port->mac.effective, NVSWITCH_FDB_OWNED);
	nvs_fdb_confirm_one(port, port->mac.initial, NVSWITCH_FDB_RESERVED);
	spin_unlock_bh(&fdb->lock);
}

static int nvs_fdb_static_locked(struct nvs_port *port, u64 mac, u16 vid,
				 struct nvs_fdb_entry **new)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	unsigned long place = nvs_place(port, NVSWITCH_FDB_STATIC);
	struct nvs_fdb_entry *e = nvs_fdb_get(fdb, mac, vid);
	unsigned long owner = nvs_fdb_owner(fdb, mac, vid);

	if (e && e->fixed)
		return e->fixed == place ? 0 : -EEXIST;
	if (owner && nvs_place_port(owner) != port)
		return -EEXIST;
	if (fdb->statics >= NVS_FDB_MAX_STATIC)
		return -ENOSPC;
	if (!e) {
		e = *new;
		*new = NULL;
		nvs_fdb_insert(fdb, e);
	}
	list_add_tail(&e->fixed_node, &port->fixed);
	fdb->statics++;
	nvs_fdb_fix(port->sw, e, place);
	if (e->dynamic && !nvs_fdb_tolerates(place, e))
		nvs_fdb_forget(port->sw, e);
	return 0;
}

/**
 * nvs_fdb_hold_static() - make an address static
 * @port: the port
 * @mac: the address
 * @vid: VLAN that the port keeps addresses in
 * @gfp: how to allocate
 *
 * Context: RTNL; sleeps if @gfp allows it. The caller commits.
 * Return: 0, -EEXIST if another port has it, -ENOSPC if there are too many
 * static entries, -ENOMEM.
 */
int nvs_fdb_hold_static(struct nvs_port *port, u64 mac, u16 vid, gfp_t gfp)
{
	struct nvs_fdb_entry *new = nvs_fdb_alloc(mac, vid, gfp);
	struct nvs_fdb *fdb = &port->sw->fdb;
	int err;

	if (!new)
		return -ENOMEM;
	spin_lock_bh(&fdb->lock);
	err = nvs_fdb_static_locked(port, mac, vid, &new);
	spin_unlock_bh(&fdb->lock);
	nvs_fdb_free(new);
	return err;
}

/**
 * nvs_fdb_unfix() - let go what the configuration says of an address
 * @sw: switch
 * @e: entry; may be freed
 *
 * Context: nvs_fdb.lock.
 */
void nvs_fdb_unfix(struct nvs_switch *sw, struct nvs_fdb_entry *e)
{
	struct nvs_fdb *fdb = &sw->fdb;

	if (nvs_place_kind(e->fixed)) {
		trace_nvs_fdb_del(sw, e, e->fixed);
		nvs_neigh_notify(sw, e, e->fixed, RTM_DELNEIGH);
	}
	fdb->statics -= nvs_place_kind(e->fixed) == NVSWITCH_FDB_STATIC;
	list_del(&e->fixed_node);
	WRITE_ONCE(e->fixed, 0);
	fdb->dirty = true;
	nvs_fdb_put(fdb, e);
}

/**
 * nvs_fdb_disown() - take an address from its owner
 * @port: the port
 * @mac: the address
 *
 * Does nothing if the port does not have it. A static entry stays.
 *
 * Context: any but hard interrupts.
 */
void nvs_fdb_disown(struct nvs_port *port, u64 mac)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e;

	spin_lock_bh(&fdb->lock);
	e = nvs_fdb_owned(port, mac);
	if (e)
		nvs_fdb_unfix(port->sw, e);
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
		nvs_fdb_fix(sw, e, nvs_place(to, NVSWITCH_FDB_STATIC));
		if (e->dynamic && !nvs_fdb_tolerates(e->fixed, e))
			nvs_fdb_forget(sw, e);
	}
	spin_unlock_bh(&sw->fdb.lock);
}

/**
 * nvs_fdb_holder() - who has an address?
 * @sw: switch
 * @mac: address
 * @vid: VLAN that addresses are kept in
 *
 * Context: RTNL, so that the port stays.
 * Return: the place that has it fixed, see nvs_place(), or 0.
 */
unsigned long nvs_fdb_holder(struct nvs_switch *sw, u64 mac, u16 vid)
{
	struct nvs_fdb_entry *e;
	unsigned long fixed;

	rcu_read_lock();
	fixed = nvs_fdb_owner(&sw->fdb, mac, vid);
	e = nvs_fdb_find(&sw->fdb, mac, vid);
	if (!fixed && e)
		fixed = READ_ONCE(e->fixed);
	rcu_read_unlock();
	return fixed;
}

static bool nvs_fdb_is_used(const struct nvs_port *port,
			    const struct nvs_fdb_entry *e, bool ever)
{
	unsigned long place = READ_ONCE(e->dynamic);
	u64 now = nvs_now();

	if (!place || nvs_place_port(place) == port ||
	    nvs_fdb_expired(&port->sw->fdb, e, now))
		return false;
	return ever || nvs_in_use(READ_ONCE(e->seen), now,
				  port->sw->move_hold);
}

/**
 * nvs_fdb_used_elsewhere() - does traffic use an address at another place?
 * @port: the port that asks; its VLANs count
 * @mac: address
 * @ever: whether any entry counts, or only one seen within move_hold
 *
 * Context: RTNL.
 * Return: whether it does.
 */
bool nvs_fdb_used_elsewhere(const struct nvs_port *port, u64 mac, bool ever)
{
	const struct nvs_vlans *vlans = &port->vlans;
	struct nvs_fdb_entry *e;
	bool used = false;
	u16 fid;

	rcu_read_lock();
	for (fid = nvs_vlans_next(vlans, 0); fid != NVS_VID_ANY && !used;
	     fid = nvs_vlans_next(vlans, fid + 1)) {
		e = nvs_fdb_find(&port->sw->fdb, mac, fid);
		used = e && nvs_fdb_is_used(port, e, ever);
	}
	rcu_read_unlock();
	return used;
}

/* Does anything stand in the way of @e in the VLANs that its port is to have? */
static bool nvs_fdb_fits(const struct nvs_port *port,
			 const struct nvs_fdb_entry *e, unsigned long *rival)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *o;

	*rival = 0;
	if (nvs_fdb_vid(e) == NVS_VID_ANY) {
		if (port->role == NVS_GUEST &&
		    nvs_fdb_mac(e) != port->mac.leaving)
			*rival = nvs_fdb_rival_locked(port, nvs_fdb_mac(e));
		return !*rival;
	}
	if (!nvs_vlans_keep(&port->vlans, nvs_fdb_vid(e)))
		return false;
	for (o = nvs_fdb_get(fdb, nvs_fdb_mac(e), NVS_VID_ANY); o;
	     o = nvs_fdb_next_owner(fdb, o)) {
		struct nvs_port *owner = nvs_place_port(o->fixed);

		if (owner != port && owner->role == NVS_GUEST &&
		    nvs_vlans_keep(&owner->vlans, nvs_fdb_vid(e)))
			*rival = o->fixed;
	}
	return !*rival;
}

/**
 * nvs_fdb_drop_unfit() - remove static entries outside the VLANs of their port
 * @port: the port
 *
 * What another port has been for its VLANs may go with it, unasked.
 *
 * Context: RTNL. The caller commits.
 */
void nvs_fdb_drop_unfit(struct nvs_port *port)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_fdb_entry *e, *next;
	u32 count = 0;

	nvs_fdb_lock_bulk(fdb, &fdb->dead);
	list_for_each_entry_safe(e, next, &port->fixed, fixed_node) {
		if (nvs_fdb_vid(e) != NVS_VID_ANY &&
		    !nvs_vlans_keep(&port->vlans, nvs_fdb_vid(e)))
			nvs_fdb_unfix(port->sw, e);
		nvs_fdb_pause(fdb, &count);
	}
	nvs_fdb_unlock_bulk(fdb);
}

/**
 * nvs_fdb_check() - may a port have the VLANs that it is to have?
 * @port: the port
 * @rival: the place that has one of its addresses in one of its VLANs; 0 if
 *	what stands in the way is a static entry outside its VLANs
 *
 * Context: RTNL.
 * Return: the port if it may not have them, else NULL.
 */
struct nvs_port *nvs_fdb_check(struct nvs_port *port, unsigned long *rival)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	struct nvs_port *unfit = NULL;
	struct nvs_fdb_entry *e;
	u32 count = 0;

	spin_lock_bh(&fdb->lock);
	list_for_each_entry(e, &port->fixed, fixed_node) {
		if (!nvs_fdb_fits(port, e, rival)) {
			unfit = port;
			break;
		}
		nvs_fdb_pause(fdb, &count);
	}
	spin_unlock_bh(&fdb->lock);
	return unfit;
}

static void nvs_fdb_list_local(struct nvs_switch *sw, u64 mac)
{
	struct nvs_fdb_entry *e = nvs_fdb_owned(&sw->host, mac);

	if (e)
		e->listed = true;
}

/* Let go what the host has stopped to listen on. Return: whether it has. */
static bool nvs_fdb_drop_unlisted(struct nvs_switch *sw)
{
	struct nvs_fdb_entry *e, *next;
	struct netdev_hw_addr *ha;
	bool freed = false;

	spin_lock_bh(&sw->fdb.lock);
	list_for_each_entry(e, &sw->host.fixed, fixed_node)
		e->listed = false;
	nvs_fdb_list_local(sw, nvs_mac_get(sw->dev->dev_addr));
	netdev_for_each_uc_addr(ha, sw->dev)
		nvs_fdb_list_local(sw, nvs_mac_get(ha->addr));
	list_for_each_entry_safe(e, next, &sw->host.fixed, fixed_node)
		if (!e->listed) {
			nvs_fdb_unfix(sw, e);
			freed = true;
		}
	spin_unlock_bh(&sw->fdb.lock);
	return freed;
}

/* Return: 0 if the host has @mac already, 1 if it has it now, or -errno. */
static int nvs_fdb_own_local(struct nvs_switch *sw, u64 mac)
{
	bool has;
	int err;

	spin_lock_bh(&sw->fdb.lock);
	has = nvs_fdb_owned(&sw->host, mac);
	spin_unlock_bh(&sw->fdb.lock);
	if (has)
		return 0;
	err = nvs_fdb_own(&sw->host, mac, NVSWITCH_FDB_LOCAL, GFP_ATOMIC);
	if (err == -ENOMEM)
		WRITE_ONCE(sw->starved, true);
	return err ?: 1;
}

/*
 * Each new address is looked for in every VLAN: some at a time, since softirqs
 * are off. *taken: one that the host cannot have. Return: whether there is more
 * to do.
 */
static bool nvs_fdb_own_listed(struct nvs_switch *sw, u64 *taken)
{
	u32 count = 0, new = 0;
	struct netdev_hw_addr *ha;
	int err;

	*taken = nvs_mac_get(sw->dev->dev_addr);
	if (nvs_fdb_own_local(sw, *taken) != -EEXIST)
		*taken = 0;
	netdev_for_each_uc_addr(ha, sw->dev) {
		u64 mac = nvs_mac_get(ha->addr);

		if (!sw->privileged && count++ >= NVS_FDB_UNPRIVILEGED_LOCAL)
			return false;
		err = nvs_fdb_own_local(sw, mac);
		if (err == -EEXIST)
			*taken = mac;
		if (err == 1 && ++new >= NVS_FDB_SLICE)
			return true;
	}
	return false;
}

/**
 * nvs_fdb_sync_host() - make LOCAL what the host's stack listens on
 * @sw: switch
 *
 * The switch device's own address, and those that its upper devices have
 * registered. One that a guest owns is ignored until it is free; so are those
 * of an unprivileged user beyond NVS_FDB_UNPRIVILEGED_LOCAL.
 *
 * Context: the switch device's address list lock.
 * Return: whether to do it again: an address has become free, for which a guest
 * may have been waiting, or there was too much to do at once.
 */
bool nvs_fdb_sync_host(struct nvs_switch *sw)
{
	bool freed = nvs_fdb_drop_unlisted(sw);
	u64 taken;

	if (nvs_fdb_own_listed(sw, &taken))
		return true;
	if (taken && taken != sw->unheld)
		nvs_event_mac(&sw->host, NVSWITCH_EVENT_MAC_CONFLICT, taken,
			      nvs_place_port(nvs_fdb_rival(&sw->host, taken)));
	sw->unheld = taken;
	return freed;
}
