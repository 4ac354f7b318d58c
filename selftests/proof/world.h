/* SPDX-License-Identifier: GPL-2.0-only */
/* A frame at a port, and what the table knows: any that there can be. */
#ifndef _PROOF_WORLD_H
#define _PROOF_WORLD_H

#include "any.h"
#include "core/admit.h"
#include "sound.h"

/**
 * struct world - a frame that comes in, and what becomes of it
 * @private: private VLANs of the switch, or NULL
 * @port: the ingress port's snapshot
 * @in: where and when
 * @frame: the frame, classified
 * @known: what the table says of its source
 * @trial: what the moves of its source have left behind
 * @match: how the port's allow list knows its source
 * @got: what admission says of it
 */
struct world {
	const struct nvs_private *private;
	struct nvs_snapshot port;
	struct nvs_ingress in;
	struct nvs_frame frame;
	struct nvs_known known;
	struct nvs_trial trial;
	enum nvs_allow_match match;
	struct nvs_admission got;
};

u64 any_mac(void);
struct nvs_vlan any_mode(u8 mode);
void any_port(struct nvs_snapshot *port, enum nvs_role role,
	      const struct nvs_private *private);
void any_frame(struct nvs_frame *f);
void any_trial(struct nvs_trial *trial);
void any_world(struct world *w, enum nvs_role role);
void world_admit(struct world *w);

/* What the words of the specification mean of a world. */

static inline bool is_admitted(const struct world *w)
{
	return w->got.verdict == NVS_ADMIT;
}

/* Its source becomes an entry here. */
static inline bool is_entered(const struct world *w)
{
	return is_admitted(w) && (w->got.learn == NVS_LEARN_ENTER ||
				  w->got.learn == NVS_LEARN_MOVE);
}

static inline bool is_moved(const struct world *w)
{
	return is_admitted(w) && w->got.learn == NVS_LEARN_MOVE;
}

static inline bool is_returned(const struct world *w)
{
	return is_moved(w) && w->got.move == NVS_MOVE_BACK;
}

static inline bool is_elsewhere(const struct world *w)
{
	return w->known.dynamic && w->known.place != w->port.place;
}

static inline bool is_here(const struct world *w)
{
	return w->known.dynamic && w->known.place == w->port.place;
}

static inline bool is_fixed_elsewhere(const struct world *w)
{
	return w->known.fixed && w->known.fixed_place != w->port.place;
}

static inline bool is_static_here(const struct world *w)
{
	return w->known.fixed == NVSWITCH_FDB_STATIC &&
	       w->known.fixed_place == w->port.place;
}

static inline bool is_effective(const struct world *w)
{
	return w->frame.src == w->port.effective;
}

/* Its stamp says that it was seen within move_hold. */
static inline bool is_held(const struct world *w)
{
	return is_elsewhere(w) &&
	       nvs_age(w->known.seen, w->in.now) < w->port.hold;
}

/* The place that its source left has it back for the asking. */
static inline bool is_left_here(const struct world *w)
{
	return w->known.trial && w->in.now < w->trial.end &&
	       w->trial.left == w->port.place;
}

/* A dormant port takes nothing, not even what is listed. */
static inline bool is_exact(const struct world *w)
{
	return w->match == NVS_ALLOW_EXACT && !w->in.asleep;
}

static inline bool is_nested(const struct world *w)
{
	return w->port.policy.forged_transmits == NVSWITCH_ACCEPT &&
	       w->port.policy.learning == NVSWITCH_ON;
}

/* Rule 9: it is the port's adopted MAC, or becomes it. */
static inline bool is_adopted(const struct world *w)
{
	return w->match == NVS_ALLOW_NONE && !w->port.initial &&
	       !w->port.explicit && !is_nested(w) && !w->in.asleep &&
	       (!w->in.adopted || w->in.adopted == w->frame.src);
}

#endif /* _PROOF_WORLD_H */
