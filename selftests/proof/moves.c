// SPDX-License-Identifier: GPL-2.0-only
/* The rule of moves: what holds of every claim and every record. */

#include "core/admit.h"
#include "world.h"

static struct nvs_claim any_claim_at(u64 now)
{
	return (struct nvs_claim){
		.now = now,
		.seen = any_time(),
		.from = any_u32(),
		.hold = any_u32(),
		.at_once = any_bool(),
		.deny = any_bool(),
		.shows = any_bool(),
	};
}

static bool is_running(const struct nvs_trial *t, u64 now)
{
	return now < t->end;
}

static bool is_barred(const struct nvs_trial *t, u32 place, u64 now)
{
	const struct nvs_bar *bar;
	bool barred = false;
	int i;

	for (i = 0; i < NVS_BARS; i++) {
		bar = &t->bars[i];
		barred |= bar->place == place && place != NVS_PLACE_UPLINKS &&
			  nvs_age(bar->since, now) < bar->length;
	}
	return barred;
}

/* A bar that nvs_move_record() has written, or a free slot. */
static bool sound_bar(const struct nvs_bar *bar)
{
	return bar->place == NVS_PLACE_UPLINKS ||
	       (bar->length >= NVS_BAR_FIRST && bar->length <= NVS_BAR_MAX);
}

static bool sound_bars(const struct nvs_trial *t)
{
	bool sound = true;
	int i;

	for (i = 0; i < NVS_BARS; i++)
		sound &= sound_bar(&t->bars[i]);
	return sound;
}

static bool same_bars(const struct nvs_trial *a, const struct nvs_trial *b)
{
	bool same = true;
	int i;

	for (i = 0; i < NVS_BARS; i++)
		same &= a->bars[i].place == b->bars[i].place &&
			a->bars[i].length == b->bars[i].length &&
			a->bars[i].since == b->bars[i].since;
	return same;
}

void judgement(void)
{
	struct nvs_claim c = any_claim_at(any_now());
	enum nvs_move move;
	struct nvs_trial t;
	bool back;

	any_trial(&t);
	move = nvs_move_judge(&c, any_bool() ? &t : NULL);
	back = c.shows && is_running(&t, c.now) && t.left == c.from;
	claim(move != NVS_MOVE_ON_TRIAL || nvs_age(c.seen, c.now) >= c.hold,
	      "no claim on an address seen within move_hold is granted");
	claim(move != NVS_MOVE_ON_TRIAL || !c.deny,
	      "no claim of a port with learn_move deny is granted");
	claim(move != NVS_MOVE_BACK || back,
	      "an address returns only to the place that it left, which shows it, during the trial");
	claim(move != NVS_MOVE_AT_ONCE || c.at_once,
	      "an address moves at once only by an exact entry");
	move = nvs_move_judge(&c, &t);
	claim(move != NVS_MOVE_ON_TRIAL || !is_barred(&t, c.from, c.now),
	      "a claimant that is barred gets nothing");
	claim(!back || c.at_once || move == NVS_MOVE_BACK,
	      "what shows again at the place that it left returns there, seen lately or not");
}

/* A move, and whatever is claimed later. */
void first_move(void)
{
	u32 holder = any_u32(), length = any_u32();
	struct nvs_trial t, before;
	struct nvs_claim later;
	u64 now = any_now();

	any_trial(&t);
	before = t;
	nvs_move_record(&t, NVS_MOVE_ON_TRIAL, holder, now, length);
	claim(is_running(&before, now) ||
	      (t.left == holder && t.end == now + length),
	      "a move begins a trial, which remembers the place that was left");
	claim(!is_running(&before, now) ||
	      (t.left == before.left && t.end == before.end),
	      "a further move keeps the first place and the end of the trial");
	later = any_claim_at(any_time());
	assume(later.now >= now);
	claim(!is_running(&t, later.now) || later.from != t.left ||
	      !later.shows || later.at_once ||
	      nvs_move_judge(&later, &t) == NVS_MOVE_BACK,
	      "during a trial the place that was left gets its address back");
	nvs_move_record(&t, NVS_MOVE_AT_ONCE, holder, now, length);
	claim(!is_running(&t, now), "a move at once ends a trial");
}

/* The claimant is found out: the address goes back to the place it left. */
void found_out(void)
{
	u32 holder = any_u32();
	struct nvs_trial t, before;
	struct nvs_claim again;
	u64 now = any_now();
	u32 claimant;

	any_trial(&t);
	assume(sound_bars(&t));
	before = t;
	claimant = holder == t.left ? t.claimant : holder;
	nvs_move_record(&t, NVS_MOVE_BACK, holder, now, any_u32());
	again = any_claim_at(any_time());
	assume(again.now >= now);
	again.from = claimant;
	claim(!is_running(&t, again.now), "a return ends the trial");
	claim(claimant == NVS_PLACE_UPLINKS || again.at_once ||
	      again.now - now >= NVS_BAR_FIRST ||
	      nvs_move_judge(&again, &t) == NVS_MOVE_REFUSED,
	      "a claimant that was found out is barred");
	claim(claimant != NVS_PLACE_UPLINKS ||
	      same_bars(&t, &before),
	      "the uplinks are never barred");
	claim(sound_bars(&t), "a bar lasts 1 second to 30");
}

static u32 doubled(u32 length)
{
	return length > NVS_BAR_MAX / 2 ? NVS_BAR_MAX : 2 * length;
}

/* What becomes of the claimant's own bar, and of any one of others. */
void bars(void)
{
	u32 holder = any_u32(), i = any_below(NVS_BARS);
	u32 j = any_below(NVS_BARS);
	struct nvs_trial t, before;
	u64 now = any_now();

	any_trial(&t);
	assume(sound_bars(&t));
	assume(holder != t.left && holder != NVS_PLACE_UPLINKS);
	before = t;
	nvs_move_record(&t, NVS_MOVE_BACK, holder, now, any_u32());
	claim(before.bars[i].place == holder ||
	      t.bars[i].place == before.bars[i].place ||
	      before.bars[j].place == holder ||
	      before.bars[j].since >= before.bars[i].since,
	      "a new bar takes the place of the oldest alone");
	claim(before.bars[0].place != holder ||
	      nvs_age(before.bars[0].since, now) > NVS_BAR_MEMORY ||
	      t.bars[0].length == doubled(before.bars[0].length),
	      "a bar is doubled at each repeat within 300 seconds, up to 30");
}

/* nvs_fdb_age_bucket() frees a record that says nothing any more. */
void forgotten(void)
{
	struct nvs_claim c = any_claim_at(any_time());
	struct nvs_trial t;
	u64 now = any_now();

	any_trial(&t);
	assume(sound_bars(&t));
	assume(c.now >= now);
	claim(!nvs_trial_is_over(&t, now) ||
	      nvs_move_judge(&c, &t) == nvs_move_judge(&c, NULL),
	      "without a record that is over every claim is judged as with it");
}

void stamps(void)
{
	u32 hold = any_u32(), ageing = any_u32();
	u32 refresh = nvs_refresh_after(hold);
	u32 trial = nvs_trial_length(ageing);

	claim(refresh <= NVS_REFRESH_MAX && (!hold || refresh <= hold / 4),
	      "a stamp is written when it is older than the lesser of 100 ms and a quarter of move_hold");
	claim(trial <= NVS_TRIAL_MAX && (!ageing || trial <= ageing) && trial,
	      "a trial lasts as long as an entry, and 300 seconds at most");
}
