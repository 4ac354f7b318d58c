/* SPDX-License-Identifier: GPL-2.0-only */
/* Look-ups in the MAC table, inline for the sake of every frame. */
#ifndef _NVS_LOOKUP_H
#define _NVS_LOOKUP_H

#include "switch.h"

/**
 * nvs_fdb_find() - look an address up
 * @fdb: table
 * @mac: address
 * @vid: VLAN, or NVS_VID_ANY for the host's addresses
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
 *
 * Carrier is noticed with a delay; a frame from a device that has it wakes its
 * port before.
 *
 * Context: any.
 * Return: whether nothing may be entered at it.
 */
static inline bool nvs_is_asleep(const struct nvs_port *port,
				 const struct nvs_snapshot *snap)
{
	return snap->dormant && !nvs_is_up(port);
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
	u32 ageing = READ_ONCE(fdb->ageing);

	return ageing && nvs_age(READ_ONCE(e->seen), now) >= ageing &&
	       nvs_place_kind(READ_ONCE(e->dynamic)) != NVSWITCH_FDB_ADOPTED;
}

/**
 * nvs_fdb_place() - the place that decides where frames for an address go
 * @fdb: table
 * @e: its entry, or NULL
 *
 * Context: RCU read-side critical section.
 * Return: the place, see nvs_place(), or 0 if it is unknown.
 */
static __always_inline unsigned long
nvs_fdb_place(const struct nvs_fdb *fdb, const struct nvs_fdb_entry *e)
{
	unsigned long place;

	if (!e)
		return 0;
	place = READ_ONCE(e->fixed);
	if (place && nvs_place_kind(place) != NVSWITCH_FDB_RESERVED &&
	    !nvs_fdb_snap(nvs_place_port(place))->dormant)
		return place;
	place = READ_ONCE(e->dynamic);
	if (place && !nvs_fdb_expired(fdb, e, nvs_now()))
		return place;
	return 0;
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
	e = nvs_fdb_find(fdb, f->src, f->vid);
	return e &&
	       READ_ONCE(e->dynamic) == nvs_place(port, NVSWITCH_FDB_LEARNED) &&
	       nvs_admits_learned(snap, f, READ_ONCE(e->seen), now);
}

#endif /* _NVS_LOOKUP_H */
