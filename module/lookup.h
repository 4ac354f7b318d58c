/* SPDX-License-Identifier: GPL-2.0-only */
/* Look-ups in the MAC table, inline for the sake of every frame. */
#ifndef _NVS_LOOKUP_H
#define _NVS_LOOKUP_H

#include "core/vlan.h"
#include "switch.h"

/**
 * nvs_fdb_find() - look an address up
 * @fdb: table
 * @mac: address
 * @vid: VLAN that addresses are kept in
 *
 * Context: RCU read-side critical section, or nvs_fdb.lock.
 * Return: the entry, or NULL.
 */
static __always_inline struct nvs_fdb_entry *
nvs_fdb_find(struct nvs_fdb *fdb, u64 mac, u16 vid)
{
	struct nvs_table *t;

	t = rcu_dereference_check(fdb->table, lockdep_is_held(&fdb->lock));
	return (struct nvs_fdb_entry *)nvs_table_find(t, nvs_fdb_key(mac, vid));
}

/**
 * nvs_fdb_snap() - the snapshot in force of a port
 * @port: the port
 *
 * Context: RCU read-side critical section, or nvs_fdb.lock.
 * Return: the snapshot.
 */
static __always_inline const struct nvs_snapshot *
nvs_fdb_snap(const struct nvs_port *port)
{
	return rcu_dereference_check(port->snap,
				     lockdep_is_held(&port->sw->fdb.lock));
}

/**
 * nvs_is_asleep() - is a port that shows a source dormant?
 * @port: the port
 * @snap: its snapshot
 * @announces: its guest has announced itself
 *
 * Carrier, and an announcement, are noticed with a delay; a frame from a device
 * that has carrier wakes its port before.
 *
 * Context: any.
 * Return: whether nothing may be entered at it.
 */
static inline bool nvs_is_asleep(const struct nvs_port *port,
				 const struct nvs_snapshot *snap,
				 bool announces)
{
	return snap->dormant &&
	       ((snap->waiting && !announces) || !nvs_is_up(port));
}

/**
 * nvs_ingress_at() - what admission must know of a port at this moment
 * @port: ingress port
 * @snap: its snapshot
 * @dest: where the frame goes
 * @announces: its guest has announced itself
 *
 * Context: RCU read-side critical section.
 * Return: that.
 */
static inline struct nvs_ingress nvs_ingress_at(struct nvs_port *port,
						const struct nvs_snapshot *snap,
						const struct nvs_dest *dest,
						bool announces)
{
	struct nvs_switch *sw = port->sw;

	return (struct nvs_ingress){
		.port = snap,
		.now = nvs_now(),
		.adopted = READ_ONCE(port->adopted),
		.active = rcu_access_pointer(sw->active) == port,
		.bpdu_wanted = READ_ONCE(sw->bpdu_wanted),
		.dst_held = dest->held,
		.asleep = nvs_is_asleep(port, snap, announces),
		.announces = announces,
	};
}

/**
 * nvs_fdb_is_too_old() - has an address not been seen for too long?
 * @fdb: table
 * @seen: when it was seen last
 * @now: the time
 *
 * Context: any.
 * Return: whether it has.
 */
static inline bool nvs_fdb_is_too_old(const struct nvs_fdb *fdb, u64 seen,
				      u64 now)
{
	u32 ageing = READ_ONCE(fdb->ageing);

	return ageing && nvs_age(seen, now) >= ageing;
}

/**
 * nvs_fdb_expired() - has traffic not shown an address for too long?
 * @fdb: table
 * @e: entry with a dynamic place
 * @now: the time
 *
 * What has expired counts as absent, even before the worker removes it.
 *
 * Context: any.
 * Return: whether it has.
 */
static inline bool nvs_fdb_expired(const struct nvs_fdb *fdb,
				   const struct nvs_fdb_entry *e, u64 now)
{
	return nvs_fdb_is_too_old(fdb, READ_ONCE(e->seen), now) &&
	       nvs_place_kind(READ_ONCE(e->dynamic)) != NVSWITCH_FDB_ADOPTED;
}

/**
 * nvs_fdb_find_owner() - look an address up among those that are owned
 * @fdb: table
 * @mac: address
 * @fid: VLAN that addresses are kept in
 * @place: the place that has it as LOCAL, OWNED or RESERVED, see nvs_place();
 *	0 if there is none
 * @snap: the snapshot of the port there; written if there is one
 *
 * Context: RCU read-side critical section, or nvs_fdb.lock.
 * Return: its entry, or NULL.
 */
static __always_inline struct nvs_fdb_entry *
nvs_fdb_find_owner(struct nvs_fdb *fdb, u64 mac, u16 fid, unsigned long *place,
		   const struct nvs_snapshot **snap)
{
	struct nvs_element *n;
	struct nvs_table *t;

	t = rcu_dereference_check(fdb->table, lockdep_is_held(&fdb->lock));
	for (n = nvs_table_find(t, nvs_fdb_key(mac, NVS_VID_ANY)); n;
	     n = nvs_table_next(t, n)) {
		*place = READ_ONCE(((struct nvs_fdb_entry *)n)->fixed);
		if (unlikely(!nvs_place_kind(*place)))
			continue;
		*snap = nvs_fdb_snap(nvs_place_port(*place));
		if (likely(nvs_vlan_keeps(*snap, fid)))
			return (struct nvs_fdb_entry *)n;
	}
	*place = 0;
	return NULL;
}

/**
 * nvs_fdb_owner() - who has an address for its own?
 * @fdb: table
 * @mac: address
 * @fid: VLAN that addresses are kept in
 *
 * Context: RCU read-side critical section, or nvs_fdb.lock.
 * Return: the place, see nvs_fdb_find_owner().
 */
static inline unsigned long nvs_fdb_owner(struct nvs_fdb *fdb, u64 mac, u16 fid)
{
	const struct nvs_snapshot *snap;
	unsigned long place;

	nvs_fdb_find_owner(fdb, mac, fid, &place, &snap);
	return place;
}

/**
 * nvs_fdb_where() - the place that decides where frames for an address go
 * @fdb: table
 * @mac: address
 * @fid: VLAN that addresses are kept in
 * @snap: the snapshot of the port there; written unless there is none
 *
 * Context: RCU read-side critical section.
 * Return: the place, see nvs_place(), or 0 if it is unknown.
 */
static __always_inline unsigned long
nvs_fdb_where(struct nvs_fdb *fdb, u64 mac, u16 fid,
	      const struct nvs_snapshot **snap)
{
	const struct nvs_fdb_entry *e;
	unsigned long place;

	nvs_fdb_find_owner(fdb, mac, fid, &place, snap);
	if (place && nvs_place_kind(place) != NVSWITCH_FDB_RESERVED &&
	    !(*snap)->dormant)
		return place;
	e = nvs_fdb_find(fdb, mac, fid);
	if (!e)
		return 0;
	place = READ_ONCE(e->fixed);
	if (place) {
		*snap = nvs_fdb_snap(nvs_place_port(place));
		if (!(*snap)->dormant)
			return place;
	}
	place = READ_ONCE(e->dynamic);
	if (!place || nvs_fdb_expired(fdb, e, nvs_now()))
		return 0;
	if (nvs_place_port(place))
		*snap = nvs_fdb_snap(nvs_place_port(place));
	return place;
}

/**
 * nvs_fdb_admits() - admit a frame without a change to the table
 * @port: ingress port
 * @fdb: table of its switch
 * @snap: its snapshot
 * @f: frame
 * @now: the time
 *
 * The two commonest frames, on their shortest way.
 *
 * Context: RCU read-side critical section.
 * Return: whether it is admitted; if not, nvs_fdb_admit() decides.
 */
static __always_inline bool nvs_fdb_admits(struct nvs_port *port,
					   struct nvs_fdb *fdb,
					   const struct nvs_snapshot *snap,
					   const struct nvs_frame *f, u64 now)
{
	const struct nvs_fdb_entry *e;

	if (nvs_admits_plainly(snap, f))
		return true;
	if (!snap->learns)
		return false;
	e = nvs_fdb_find(fdb, f->src, f->fid);
	return e &&
	       READ_ONCE(e->dynamic) == nvs_place(port, NVSWITCH_FDB_LEARNED) &&
	       nvs_admits_learned(snap, f, READ_ONCE(e->seen), now);
}

#endif /* _NVS_LOOKUP_H */
