/* SPDX-License-Identifier: GPL-2.0-only */
/* The rule of moves: an address in use elsewhere cannot be taken. */
#ifndef _NVS_CORE_MOVE_H
#define _NVS_CORE_MOVE_H

#include "types.h"

/* Milliseconds, but for the number of bars that an address remembers. */
#define NVS_TRIAL_MAX		300000
#define NVS_BAR_FIRST		1000
#define NVS_BAR_MAX		30000
#define NVS_BAR_MEMORY		300000
#define NVS_BARS		4
#define NVS_REFRESH_MAX		100

/**
 * struct nvs_bar - a place that may not have an address for a while
 * @place: who; never NVS_PLACE_UPLINKS, which therefore marks a free slot
 * @length: for how long, milliseconds
 * @since: since when
 */
struct nvs_bar {
	u32 place;
	u32 length;
	u64 since;
};

/**
 * struct nvs_trial - what an address's moves have left behind
 * @end: when the running trial ends; 0 if none runs
 * @left: the place that the address left when the trial began
 * @seen: when the address was last seen there; the table's
 * @claimant: the place that lost the address last, if it came back to @left by
 *	an ordinary move
 * @bars: the last claimants that were found out
 */
struct nvs_trial {
	u64 end;
	u64 seen;
	u32 left;
	u32 claimant;
	struct nvs_bar bars[NVS_BARS];
};

/**
 * struct nvs_claim - a frame with an address that is known elsewhere
 * @now: when
 * @seen: when the address was last seen where it is
 * @from: the place that claims it
 * @hold: move_hold, milliseconds
 * @at_once: an exact allow-list entry stands behind the claim
 * @deny: learn_move deny on the claiming port
 * @shows: the frame proves that the address is at @from. Broadcast that comes
 *	from an uplink does not: it may be our own, reflected
 */
struct nvs_claim {
	u64 now;
	u64 seen;
	u32 from;
	u32 hold;
	bool at_once;
	bool deny;
	bool shows;
};

/**
 * enum nvs_move - what becomes of a claim
 * @NVS_MOVE_REFUSED: the frame is dropped and the entry stays
 * @NVS_MOVE_ON_TRIAL: the entry moves, and remembers the place it left
 * @NVS_MOVE_BACK: the entry returns to the place it left during a trial
 * @NVS_MOVE_AT_ONCE: the entry moves, without a trial
 */
enum nvs_move {
	NVS_MOVE_REFUSED,
	NVS_MOVE_ON_TRIAL,
	NVS_MOVE_BACK,
	NVS_MOVE_AT_ONCE,
};

u32 nvs_trial_length(u32 ageing);
u32 nvs_refresh_after(u32 hold);
bool nvs_in_use(u64 seen, u64 now, u32 hold);
bool nvs_trial_runs(const struct nvs_trial *t, u64 now);
bool nvs_trial_is_over(const struct nvs_trial *t, u64 now);
enum nvs_move nvs_move_judge(const struct nvs_claim *c,
			     const struct nvs_trial *t);
void nvs_move_record(struct nvs_trial *t, enum nvs_move move, u32 holder,
		     u64 now, u32 length);

#endif /* _NVS_CORE_MOVE_H */
