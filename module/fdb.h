/* SPDX-License-Identifier: GPL-2.0-only */
/* The MAC table. */
#ifndef _NVS_FDB_H
#define _NVS_FDB_H

#include <linux/list.h>
#include <linux/netlink.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include "core/admit.h"
#include "core/deliver.h"
#include "core/move.h"
#include "core/types.h"
#include "table.h"

struct nvs_port;
struct nvs_switch;

/* So many learned entries of each port never count against table_limit. */
#define NVS_FDB_FREE_ENTRIES	64

/* Entries or buckets that are worked on before others may run. */
#define NVS_FDB_SLICE		64

/* So many entries may wait for a grace period each, see nvs_fdb.bulk. */
#define NVS_FDB_BURST		4096

/* Entries of each kind in a switch that an unprivileged user has made. */
#define NVS_FDB_UNPRIVILEGED	65536

/* LOCAL entries of a switch that an unprivileged user has made. */
#define NVS_FDB_UNPRIVILEGED_LOCAL	1024

/* STATIC entries of a switch. */
#define NVS_FDB_MAX_STATIC	65536

/**
 * struct nvs_fdb_entry - one MAC in one VLAN, or one owner of a MAC
 * @element: in nvs_fdb.table, keyed by MAC and VLAN, see nvs_fdb_key(). The key
 *	of LOCAL, OWNED and RESERVED has NVS_VID_ANY: they hold in every VLAN
 *	that the port carries, and several ports may have one each
 * @fixed: what the configuration says of it: the port that has it as LOCAL,
 *	OWNED, RESERVED or STATIC, see nvs_place(); 0 if it says nothing. Without
 *	a kind it is to be OWNED or RESERVED from the next commit on
 * @dynamic: where traffic has shown it: the port for ADOPTED and LEARNED, no
 *	port for REMOTE; 0 if nowhere
 * @seen: when traffic last showed it there
 * @trial: its moves, or NULL
 * @exempt: it is LEARNED, and stands against no limit
 * @listed: it is LOCAL, and the host still listens on it
 * @dynamic_node: in nvs_port.learned_entries, nvs_port.adopted_entries or
 *	nvs_fdb.remotes
 * @fixed_node: in nvs_port.fixed
 * @rcu: for freeing, when it is on no list any more
 * @next_dead: in nvs_fdb.dead or the like, instead
 *
 * What is fixed decides; a dynamic entry of the same address in the same VLAN
 * exists only while the port that has it fixed is dormant (then REMOTE), or on
 * that very port while it is RESERVED. @fixed and @dynamic are one word each so
 * that a reader sees a kind and its port together. All is written under
 * nvs_fdb.lock, except that @seen
 * is refreshed without; @fixed, @dynamic and @seen are read under RCU.
 */
struct nvs_fdb_entry {
	struct nvs_element element;
	unsigned long fixed;
	unsigned long dynamic;
	u64 seen;
	struct nvs_trial *trial;
	bool exempt;
	bool listed;
	struct list_head dynamic_node;
	union {
		struct list_head fixed_node;
		struct rcu_head rcu;
		struct nvs_fdb_entry *next_dead;
	};
};

/**
 * struct nvs_fdb - the MAC table of a switch
 * @table: all entries; RCU, replaced by a larger one under @lock
 * @table_limit: limit of @learned; written under RTNL
 * @remote_limit: limit of @remote; written under RTNL
 * @ageing: how long a dynamic entry lives, milliseconds; 0 for ever; written
 *	under RTNL
 * @lock: serializes all changes
 * @entries: how many are in @table; under @lock, read without
 * @generation: how often @table was replaced; under @lock, read without
 * @dirty: the configuration has changed entries since the last commit; under
 *	@lock
 * @remotes: REMOTE entries, the longest unexamined first; under @lock
 * @cursor: what nvs_fdb_sweep() visits next; NULL while there is none; under
 *	@lock
 * @bulk: where entries are collected that are let go; NULL except while somebody
 *	has @lock who frees them later. Callbacks that RCU has too many of it
 *	makes ten thousand at a time, in one softirq
 * @dead: those that commands have let go; RTNL
 * @learned: LEARNED entries that count against @table_limit; under @lock
 * @shown: LEARNED and ADOPTED entries, all of them; under @lock
 * @remote: REMOTE entries; under @lock
 * @statics: STATIC entries; under @lock
 * @gc_work: removes what has aged out
 * @next: a larger table that is being filled; under @lock
 * @copied: so many buckets of @table are in @next already; under @lock
 * @grow_work: replaces @table when it is too full
 */
struct nvs_fdb {
	struct nvs_table __rcu *table;
	u32 table_limit;
	u32 remote_limit;
	u32 ageing;

	/* What learning writes keeps off the line that every frame reads. */
	spinlock_t lock ____cacheline_aligned_in_smp;
	u32 entries;
	u32 generation;
	bool dirty;
	struct list_head remotes;
	struct list_head *cursor;
	struct nvs_fdb_entry **bulk;
	struct nvs_fdb_entry *dead;
	u32 learned;
	u32 shown;
	u32 remote;
	u32 statics;
	struct delayed_work gc_work;
	struct nvs_table *next;
	u32 copied;
	struct delayed_work grow_work;
};

/**
 * struct nvs_import - addresses that are entered without being seen
 * @count: how many
 * @taken: after -EEXIST, the one that belongs to somebody
 * @keys: MAC and VLAN of each, see nvs_fdb_key()
 */
struct nvs_import {
	u32 count;
	u64 taken;
	u64 keys[];
};

/**
 * struct nvs_dest - where a frame goes
 * @port: the port that holds its destination, or NULL
 * @cast: enum nvs_cast
 * @snap: the snapshot of @port
 * @uplinks: its destination is behind the uplinks
 * @held: its destination is the host's or a guest's who is awake
 */
struct nvs_dest {
	struct nvs_port *port;
	const struct nvs_snapshot *snap;
	u8 cast;
	bool uplinks;
	bool held;
};

#define NVS_KIND_MASK	7UL

static inline unsigned long nvs_place(const struct nvs_port *port, u8 kind)
{
	return (unsigned long)port | kind;
}

static inline struct nvs_port *nvs_place_port(unsigned long place)
{
	return (struct nvs_port *)(place & ~NVS_KIND_MASK);
}

static inline u8 nvs_place_kind(unsigned long place)
{
	return place & NVS_KIND_MASK;
}

static inline u64 nvs_fdb_key(u64 mac, u16 vid)
{
	return mac | (u64)vid << 48;
}

/* Does it count in nvs_fdb.shown? */
static inline bool nvs_fdb_is_shown(const struct nvs_fdb_entry *e)
{
	return nvs_place_port(READ_ONCE(e->dynamic));
}

static inline u64 nvs_fdb_mac(const struct nvs_fdb_entry *e)
{
	return e->element.key & NVS_MAC_MASK;
}

static inline u16 nvs_fdb_vid(const struct nvs_fdb_entry *e)
{
	return e->element.key >> 48;
}

int nvs_fdb_init(struct nvs_switch *sw);
void nvs_fdb_destroy(struct nvs_switch *sw);
void nvs_fdb_start_ageing(struct nvs_switch *sw);
int nvs_fdb_module_init(void);
void nvs_fdb_module_exit(void);

struct nvs_dest nvs_fdb_dest(struct nvs_switch *sw, const struct nvs_frame *f);
struct nvs_admission nvs_fdb_admit(struct nvs_port *port,
				   const struct nvs_ingress *in,
				   const struct nvs_frame *f);

struct nvs_admission nvs_fdb_judge(struct nvs_port *port,
				   struct nvs_ingress *in,
				   const struct nvs_frame *f);

typedef void nvs_fdb_visit(struct nvs_switch *sw, struct nvs_fdb_entry *e,
			   void *arg);

void nvs_fdb_lock_bulk(struct nvs_fdb *fdb, struct nvs_fdb_entry **dead);
void nvs_fdb_unlock_bulk(struct nvs_fdb *fdb);
void nvs_fdb_bury(struct nvs_fdb_entry **dead);
void nvs_fdb_pause(struct nvs_fdb *fdb, u32 *count);
void nvs_fdb_sweep(struct nvs_switch *sw, struct list_head *list,
		   nvs_fdb_visit *visit, void *arg);
void nvs_fdb_unlist(struct nvs_fdb *fdb, struct nvs_fdb_entry *e);
void nvs_fdb_trim(struct nvs_switch *sw, struct list_head *list,
		  const u32 *count, u32 max);

/* For learn.c, owner.c and hold.c, which change entries under nvs_fdb.lock. */
struct nvs_fdb_entry *nvs_fdb_get(struct nvs_fdb *fdb, u64 mac, u16 vid);
bool nvs_fdb_has_room(const struct nvs_fdb *fdb, const struct nvs_port *port,
		      const struct nvs_snapshot *snap);
u32 nvs_fdb_full_limit(const struct nvs_port *port,
		       const struct nvs_snapshot *snap);
struct nvs_fdb_entry *nvs_fdb_alloc(u64 mac, u16 vid, gfp_t gfp);
void nvs_fdb_free(struct nvs_fdb_entry *e);
void nvs_fdb_insert(struct nvs_fdb *fdb, struct nvs_fdb_entry *e);
void nvs_fdb_put(struct nvs_fdb *fdb, struct nvs_fdb_entry *e);
void nvs_fdb_unplace(struct nvs_fdb *fdb, struct nvs_fdb_entry *e);
void nvs_fdb_leave(struct nvs_switch *sw, struct nvs_fdb_entry *e);
void nvs_fdb_make_room(struct nvs_switch *sw);
void nvs_fdb_end_trial(struct nvs_fdb_entry *e);
void nvs_fdb_forget(struct nvs_switch *sw, struct nvs_fdb_entry *e);
void nvs_fdb_replace(struct nvs_switch *sw, struct nvs_fdb_entry *e,
		     struct nvs_port *at, u8 kind, bool exempt, u64 seen);
bool nvs_fdb_may_show(const struct nvs_switch *sw, u32 new);
int nvs_fdb_enter_new(struct nvs_port *port, struct nvs_fdb_entry *new,
		      u8 kind, bool exempt, u64 now);
int nvs_fdb_enter(struct nvs_port *port, u64 mac, u16 vid, u8 kind,
		  bool exempt, u64 now);
void nvs_fdb_set_exempt(struct nvs_fdb_entry *e, bool exempt);
bool nvs_fdb_tolerates(unsigned long fixed, const struct nvs_fdb_entry *e);
void nvs_fdb_displace(struct nvs_switch *sw, u64 mac, unsigned long fixed);
void nvs_fdb_unfix(struct nvs_switch *sw, struct nvs_fdb_entry *e);
void nvs_fdb_unadopt(struct nvs_port *owner, u64 mac);
void nvs_fdb_drop_adopted(struct nvs_port *port);
unsigned long nvs_fdb_rival_owner(const struct nvs_port *port, u64 mac);
void nvs_fdb_drop_unfit(struct nvs_port *port);
void nvs_fdb_drop_dynamic(struct nvs_switch *sw, struct nvs_fdb_entry *e);

int nvs_fdb_own(struct nvs_port *port, u64 mac, u8 kind, gfp_t gfp);
int nvs_fdb_seize(struct nvs_port *port, u64 mac);
void nvs_fdb_withdraw(struct nvs_port *port);
void nvs_fdb_confirm(struct nvs_port *port);
void nvs_fdb_disown(struct nvs_port *port, u64 mac);
unsigned long nvs_fdb_rival(const struct nvs_port *port, u64 mac);
unsigned long nvs_fdb_firm_rival(const struct nvs_port *port, u64 mac);
int nvs_fdb_hold_static(struct nvs_port *port, u64 mac, u16 vid, gfp_t gfp);
void nvs_fdb_move_static(struct nvs_port *from, struct nvs_port *to, u64 mac,
			 u16 vid);
unsigned long nvs_fdb_holder(struct nvs_switch *sw, u64 mac, u16 vid);
bool nvs_fdb_used_elsewhere(const struct nvs_port *port, u64 mac, bool ever);
int nvs_fdb_add_learned(struct nvs_port *port, u64 mac, u16 vid);
void nvs_fdb_explain_limit(const struct nvs_switch *sw,
			   struct netlink_ext_ack *extack);
int nvs_fdb_import(struct nvs_port *port, struct nvs_import *import,
		   struct netlink_ext_ack *extack);
void nvs_fdb_import_pending(struct nvs_port *port);
int nvs_fdb_del(struct nvs_switch *sw, const struct nvs_port *port, u64 mac,
		u16 vid);
struct nvs_port *nvs_fdb_check(struct nvs_port *port, unsigned long *rival);
u32 nvs_fdb_import_forget(struct nvs_port *port, u16 vid);
bool nvs_fdb_settle(struct nvs_switch *sw);
void nvs_fdb_forget_adopted(struct nvs_port *port);
void nvs_fdb_purge(struct nvs_port *port);
void nvs_fdb_flush(struct nvs_port *port);
void nvs_fdb_set_limits(struct nvs_switch *sw, u32 ageing, u32 table_limit,
			u32 remote_limit);
void nvs_fdb_flush_remote(struct nvs_switch *sw);
void nvs_fdb_purge_remote(struct nvs_switch *sw);
bool nvs_fdb_sync_host(struct nvs_switch *sw);

#endif /* _NVS_FDB_H */
