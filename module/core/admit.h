/* SPDX-License-Identifier: GPL-2.0-only */
/* Admission: may this frame enter, and what does the table learn from it? */
#ifndef _NVS_CORE_ADMIT_H
#define _NVS_CORE_ADMIT_H

#include "move.h"
#include "types.h"

/**
 * enum nvs_verdict - the outcome of admission
 * @NVS_ADMIT: the frame enters
 * @NVS_DROP: it does not, for a reason
 * @NVS_PASS: it is not ours: it is left to the stack of the port's device
 * @NVS_LOOK_UP: it depends on what the table says about its source
 */
enum nvs_verdict {
	NVS_ADMIT,
	NVS_DROP,
	NVS_PASS,
	NVS_LOOK_UP,
};

/**
 * enum nvs_learn - what an admitted frame does to the table
 * @NVS_LEARN_NOTHING: nothing
 * @NVS_LEARN_REFRESH: its source's stamp is due to be written
 * @NVS_LEARN_ENTER: its source becomes an entry at this place
 * @NVS_LEARN_MOVE: its source's entry moves to this place
 */
enum nvs_learn {
	NVS_LEARN_NOTHING = NVSWITCH_LEARN_NOTHING,
	NVS_LEARN_REFRESH = NVSWITCH_LEARN_REFRESH,
	NVS_LEARN_ENTER = NVSWITCH_LEARN_ENTER,
	NVS_LEARN_MOVE = NVSWITCH_LEARN_MOVE,
};

/**
 * struct nvs_admission - verdict and consequences
 * @verdict: enum nvs_verdict
 * @reason: enum nvswitch_drop_reason, with NVS_DROP
 * @rule: enum nvswitch_rule that decided
 * @learn: enum nvs_learn, with NVS_ADMIT
 * @kind: enum nvswitch_fdb_kind of the entry, with ENTER and MOVE
 * @move: enum nvs_move, with MOVE
 * @role: enum nvs_role that the port had when this was decided
 * @full: its source is new, and there is no room for it
 * @exempt: the entry stands against no limit
 */
struct nvs_admission {
	u8 verdict;
	u8 reason;
	u8 rule;
	u8 learn;
	u8 kind;
	u8 move;
	u8 role;
	u8 full : 1;
	u8 exempt : 1;
};

/**
 * struct nvs_ingress - where and when a frame comes in
 * @port: the port's snapshot
 * @now: the time
 * @adopted: the port's adopted MAC, 0 if none
 * @active: the port is the active uplink
 * @bpdu_wanted: some port has bpdu pass
 * @dst_held: the destination is the host's or a guest's who is awake
 * @asleep: the port is dormant: nothing is entered at it
 * @announces: the frame is its guest's announcement, or one came before
 */
struct nvs_ingress {
	const struct nvs_snapshot *port;
	u64 now;
	u64 adopted;
	bool active;
	bool bpdu_wanted;
	bool dst_held;
	bool asleep;
	bool announces;
};

/**
 * struct nvs_known - what the table says about a source in its VLAN
 * @trial: its moves, or NULL
 * @seen: when the dynamic entry was last seen
 * @fixed_place: place of the fixed entry
 * @place: place of the dynamic entry
 * @fixed: NVSWITCH_FDB_LOCAL, OWNED, RESERVED, STATIC, or 0 if there is none
 * @dynamic: NVSWITCH_FDB_ADOPTED, LEARNED, REMOTE, or 0 if there is none
 * @fixed_dormant: the port of the fixed entry is dormant
 * @room: an entry of this frame's port is within its limits
 */
struct nvs_known {
	const struct nvs_trial *trial;
	u64 seen;
	u32 fixed_place;
	u32 place;
	u8 fixed;
	u8 dynamic;
	bool fixed_dormant;
	bool room;
};

/**
 * enum nvs_allow_match - how an allow list knows an address
 * @NVS_ALLOW_NONE: not at all
 * @NVS_ALLOW_MASKED: as one of many
 * @NVS_ALLOW_EXACT: itself
 */
enum nvs_allow_match {
	NVS_ALLOW_NONE,
	NVS_ALLOW_MASKED,
	NVS_ALLOW_EXACT,
};

/**
 * nvs_admits_plainly() - the commonest frame on its shortest way
 * @port: the ingress port's snapshot
 * @f: the frame
 *
 * Whatever passes here nvs_admit_frame() would admit: an untagged frame, not to
 * a reserved address, with the effective MAC, through a port that is open.
 *
 * Return: whether the frame is admitted.
 */
static inline bool nvs_admits_plainly(const struct nvs_snapshot *port,
				      const struct nvs_frame *f)
{
	return f->src == port->plain && f->class < NVS_BPDU &&
	       !(f->tagged | f->service);
}

/**
 * nvs_admits_learned() - the commonest frame from an inner guest
 * @port: the ingress port's snapshot
 * @f: the frame; its source is learned on this port
 * @seen: when it was last seen here
 * @now: the time
 *
 * Whatever passes here nvs_admit_frame() and nvs_admit_source() would admit,
 * and let the table be: the entry's stamp is fresh, so it has not aged out.
 *
 * Return: whether the frame is admitted.
 */
static inline bool nvs_admits_learned(const struct nvs_snapshot *port,
				      const struct nvs_frame *f, u64 seen,
				      u64 now)
{
	return port->learns && f->class < NVS_BPDU &&
	       !(f->tagged | f->service) && nvs_age(seen, now) <= port->refresh;
}

u64 nvs_plain_source(const struct nvs_snapshot *port);
bool nvs_learns(const struct nvs_snapshot *port);
bool nvs_may_learn(const struct nvs_snapshot *port);
struct nvs_admission nvs_admit_frame(const struct nvs_ingress *in,
				     const struct nvs_frame *f);
struct nvs_admission nvs_admit_source(const struct nvs_ingress *in,
				      const struct nvs_frame *f,
				      const struct nvs_known *known);
bool nvs_may_adopt(const struct nvs_snapshot *port);
enum nvs_allow_match nvs_allow_match(const struct nvs_snapshot *port, u64 mac);

#endif /* _NVS_CORE_ADMIT_H */
