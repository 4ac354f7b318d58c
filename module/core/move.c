// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rule of moves: an address in use elsewhere cannot be taken.
 *
 * A VM that has really moved is silent at its old place. So an address that
 * was just seen stays; one that was not may move, on trial; and if the old
 * place shows it again meanwhile, the claimant was an impostor (or a loop, a
 * bond's fail-back, a cancelled migration): the address goes back and the
 * claimant is barred for a while, longer each time.
 */

#include "move.h"

/**
 * nvs_trial_length() - how long an address that has moved is on trial
 * @ageing: how long an entry lives, milliseconds; 0 for ever
 *
 * Return: milliseconds.
 */
u32 nvs_trial_length(u32 ageing)
{
	return ageing && ageing < NVS_TRIAL_MAX ? ageing : NVS_TRIAL_MAX;
}

/**
 * nvs_refresh_after() - how old a stamp may be before a frame renews it
 * @hold: move_hold, milliseconds
 *
 * Return: milliseconds.
 */
u32 nvs_refresh_after(u32 hold)
{
	return hold && hold / 4 < NVS_REFRESH_MAX ? hold / 4 : NVS_REFRESH_MAX;
}

/**
 * nvs_in_use() - was an address seen so lately that it cannot be taken?
 * @seen: when it was last seen
 * @now: the time
 * @hold: move_hold, milliseconds
 *
 * Return: whether it was.
 */
bool nvs_in_use(u64 seen, u64 now, u32 hold)
{
	return nvs_age(seen, now) < hold;
}

/**
 * nvs_trial_runs() - is an address on trial?
 * @t: its moves, or NULL
 * @now: the time
 *
 * Return: whether it is.
 */
bool nvs_trial_runs(const struct nvs_trial *t, u64 now)
{
	return t && now < t->end;
}

/**
 * nvs_trial_is_over() - does a record of moves say nothing any more?
 * @t: the record
 * @now: the time
 *
 * Return: whether no trial runs and no bar is remembered.
 */
bool nvs_trial_is_over(const struct nvs_trial *t, u64 now)
{
	int i;

	if (nvs_trial_runs(t, now))
		return false;
	for (i = 0; i < NVS_BARS; i++)
		if (t->bars[i].place &&
		    nvs_age(t->bars[i].since, now) <= NVS_BAR_MEMORY)
			return false;
	return true;
}

static bool nvs_barred(const struct nvs_trial *t, u32 place, u64 now)
{
	int i;

	if (!t || place == NVS_PLACE_UPLINKS)
		return false;
	for (i = 0; i < NVS_BARS; i++) {
		const struct nvs_bar *bar = &t->bars[i];

		if (bar->place == place &&
		    nvs_age(bar->since, now) < bar->length)
			return true;
	}
	return false;
}

/**
 * nvs_move_judge() - decide on a claim
 * @c: the claim
 * @t: the moves of the address, or NULL if it has never moved
 *
 * Room is the caller's question: a move needs it as a new entry does, a return
 * does not.
 *
 * Return: what becomes of it.
 */
enum nvs_move nvs_move_judge(const struct nvs_claim *c,
			     const struct nvs_trial *t)
{
	if (c->at_once)
		return NVS_MOVE_AT_ONCE;
	if (c->shows && nvs_trial_runs(t, c->now) && t->left == c->from)
		return NVS_MOVE_BACK;
	if (c->deny || nvs_in_use(c->seen, c->now, c->hold) ||
	    nvs_barred(t, c->from, c->now))
		return NVS_MOVE_REFUSED;
	return NVS_MOVE_ON_TRIAL;
}

/* The bar of a place that has one, else the one that was imposed first. */
static struct nvs_bar *nvs_bar_slot(struct nvs_trial *t, u32 place)
{
	struct nvs_bar *slot = &t->bars[0];
	int i;

	for (i = 0; i < NVS_BARS; i++) {
		if (t->bars[i].place == place)
			return &t->bars[i];
		if (t->bars[i].since < slot->since)
			slot = &t->bars[i];
	}
	return slot;
}

static void nvs_bar_place(struct nvs_trial *t, u32 place, u64 now)
{
	struct nvs_bar *bar = nvs_bar_slot(t, place);
	u32 length = NVS_BAR_FIRST;

	if (bar->place == place && nvs_age(bar->since, now) <= NVS_BAR_MEMORY) {
		length = bar->length * 2;
		if (length > NVS_BAR_MAX)
			length = NVS_BAR_MAX;
	}
	*bar = (struct nvs_bar){ place, length, now };
}

/**
 * nvs_move_record() - note a move in an address's record
 * @t: the record
 * @move: what nvs_move_judge() decided
 * @holder: the place that loses the address; the place it left, if it was back
 *	there already and now has proved it
 * @now: the time
 * @length: how long a trial lasts, milliseconds
 *
 * A further move during a trial keeps the first place and the trial's end, so
 * that a chain of claimants cannot launder an address.
 */
void nvs_move_record(struct nvs_trial *t, enum nvs_move move, u32 holder,
		     u64 now, u32 length)
{
	switch (move) {
	case NVS_MOVE_ON_TRIAL:
		if (nvs_trial_runs(t, now)) {
			t->claimant = holder;
			break;
		}
		t->left = holder;
		t->end = now + length;
		break;
	case NVS_MOVE_BACK:
		t->end = 0;
		if (holder == t->left)
			holder = t->claimant;
		if (holder != NVS_PLACE_UPLINKS)
			nvs_bar_place(t, holder, now);
		break;
	case NVS_MOVE_AT_ONCE:
		t->end = 0;
		break;
	case NVS_MOVE_REFUSED:
		break;
	}
}
