// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rule of moves: single claims, then histories of one address, in which
 * every step is a frame with that address and the table does what it is told.
 */

#include "core/admit.h"
#include "tap.h"

#define UPLINKS	NVS_PLACE_UPLINKS
#define A	(NVS_PLACE_FIRST_PORT + 0)
#define B	(NVS_PLACE_FIRST_PORT + 1)
#define C	(NVS_PLACE_FIRST_PORT + 2)
#define D	(NVS_PLACE_FIRST_PORT + 3)
#define E	(NVS_PLACE_FIRST_PORT + 4)
#define F	(NVS_PLACE_FIRST_PORT + 5)

#define NOW	1000000ULL
#define HOLD	100
#define TRIAL	300000
#define SECOND	1000ULL

/* Single claims, by B on what A holds. */

static const struct nvs_trial left_b = { .left = B, .end = NOW + 1 };
static const struct nvs_trial left_c = { .left = C, .end = NOW + 1 };
static const struct nvs_trial over_b = { .left = B, .end = NOW };

static const struct nvs_trial barred_b = {
	.bars = { { .place = B, .length = 1000, .since = NOW - 999 } },
};

static const struct nvs_trial barred_b_later = {
	.bars = { { .place = B, .length = 1000, .since = NOW + 1 } },
};

static const struct nvs_trial barred_c = {
	.bars = { { .place = C, .length = 1000, .since = NOW - 999 } },
};

static const struct nvs_trial served_b = {
	.bars = { { .place = B, .length = 1000, .since = NOW - 1001 } },
};

static const struct nvs_trial last_slot_b = {
	.bars[NVS_BARS - 1] = {
		.place = B, .length = 1000, .since = NOW - 999
	},
};

#define CLAIM(age, ...)							\
	{ .now = NOW, .seen = NOW - (age), .from = B, .hold = HOLD,	\
	  .shows = true, __VA_ARGS__ }

static const struct {
	const char *name;
	struct nvs_claim claim;
	const struct nvs_trial *trial;
	enum nvs_move want;
} judgements[] = {
	{ "seen just now", CLAIM(0), NULL, NVS_MOVE_REFUSED },
	{ "seen within move_hold", CLAIM(HOLD - 1), NULL, NVS_MOVE_REFUSED },
	{ "seen before move_hold", CLAIM(HOLD + 1), NULL, NVS_MOVE_ON_TRIAL },
	/* Another CPU may have stamped it after this frame took its time. */
	{ "seen a moment after the claim took its time", CLAIM(-1ULL), NULL,
	  NVS_MOVE_REFUSED },
	{ "move_hold 0 holds nothing", CLAIM(0, .hold = 0), NULL,
	  NVS_MOVE_ON_TRIAL },
	{ "from the uplinks within move_hold", CLAIM(1, .from = UPLINKS), NULL,
	  NVS_MOVE_REFUSED },
	{ "from the uplinks later", CLAIM(HOLD + 1, .from = UPLINKS), NULL,
	  NVS_MOVE_ON_TRIAL },
	{ "deny, seen long ago", CLAIM(HOLD + 1, .deny = true), NULL,
	  NVS_MOVE_REFUSED },
	{ "deny, move_hold 0", CLAIM(0, .hold = 0, .deny = true), NULL,
	  NVS_MOVE_REFUSED },
	{ "at once, within move_hold", CLAIM(0, .at_once = true), NULL,
	  NVS_MOVE_AT_ONCE },
	{ "at once, whatever learn_move says",
	  CLAIM(0, .at_once = true, .deny = true), NULL, NVS_MOVE_AT_ONCE },
	{ "at once, even where it would be a return",
	  CLAIM(0, .at_once = true), &left_b, NVS_MOVE_AT_ONCE },
	{ "the remembered place returns within move_hold", CLAIM(0), &left_b,
	  NVS_MOVE_BACK },
	{ "the remembered place returns, its learn_move is no matter",
	  CLAIM(0, .deny = true), &left_b, NVS_MOVE_BACK },
	{ "another than the remembered place does not", CLAIM(0), &left_c,
	  NVS_MOVE_REFUSED },
	{ "another than the remembered place moves it on", CLAIM(HOLD + 1),
	  &left_c, NVS_MOVE_ON_TRIAL },
	{ "after the trial the remembered place is any place", CLAIM(0),
	  &over_b, NVS_MOVE_REFUSED },
	{ "after the trial the remembered place moves it", CLAIM(HOLD + 1),
	  &over_b, NVS_MOVE_ON_TRIAL },
	{ "a frame that shows nothing returns nothing",
	  CLAIM(0, .shows = false), &left_b, NVS_MOVE_REFUSED },
	{ "a frame that shows nothing is still a claim",
	  CLAIM(HOLD + 1, .shows = false), NULL, NVS_MOVE_ON_TRIAL },
	{ "barred", CLAIM(HOLD + 1), &barred_b, NVS_MOVE_REFUSED },
	{ "barred a moment after the claim took its time", CLAIM(HOLD + 1),
	  &barred_b_later, NVS_MOVE_REFUSED },
	{ "barred, move_hold 0", CLAIM(0, .hold = 0), &barred_b,
	  NVS_MOVE_REFUSED },
	{ "barred in the last slot", CLAIM(HOLD + 1), &last_slot_b,
	  NVS_MOVE_REFUSED },
	{ "another is barred", CLAIM(HOLD + 1), &barred_c, NVS_MOVE_ON_TRIAL },
	{ "the bar has ended", CLAIM(HOLD + 1), &served_b, NVS_MOVE_ON_TRIAL },
	{ "barred, but at once", CLAIM(0, .at_once = true), &barred_b,
	  NVS_MOVE_AT_ONCE },
};

static void test_judge(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(judgements); i++) {
		enum nvs_move got = nvs_move_judge(&judgements[i].claim,
						   judgements[i].trial);

		tap_ok(got == judgements[i].want, "move: %s",
		       judgements[i].name);
	}
}

/* Histories. A's frame at time 0 has made the entry. */

enum outcome {
	END,		/* of a history */
	SEEN,		/* at its own place: refreshed */
	REFUSED,
	MOVED,		/* on trial */
	BACK,		/* or back before, and proved now */
	AT_ONCE,
};

struct entry {
	struct nvs_trial trial;
	u64 seen;
	u32 place;
};

struct step {
	u64 at;
	u32 from;
	enum outcome want;
	bool at_once;
	bool reflected;
};

/* Does a frame from the place that has the address prove that it is there? */
static bool proves(const struct entry *e, const struct step *s)
{
	const struct nvs_snapshot port = {
		.role = s->from == UPLINKS ? NVS_UPLINK : NVS_GUEST,
		.place = s->from,
		.hold = HOLD,
		.refresh = HOLD / 4,
		.policy.forged_transmits = NVSWITCH_ACCEPT,
		.policy.learning = NVSWITCH_ON,
	};
	const struct nvs_ingress in = {
		.port = &port,
		.now = s->at,
		.active = true,
		.dst_held = !s->reflected,
	};
	const struct nvs_known known = {
		.dynamic = s->from == UPLINKS ? NVSWITCH_FDB_REMOTE :
						NVSWITCH_FDB_LEARNED,
		.place = e->place,
		.seen = e->seen,
		.trial = &e->trial,
		.room = true,
	};
	const struct nvs_frame f = { .src = STATION(1), .dst = STATION(2) };
	struct nvs_admission a = nvs_admit_source(&in, &f, &known);

	return a.learn == NVS_LEARN_MOVE && a.move == NVS_MOVE_BACK;
}

static enum outcome arrive(struct entry *e, const struct step *s, u32 length)
{
	struct nvs_claim claim = {
		.now = s->at,
		.seen = e->seen,
		.from = s->from,
		.hold = HOLD,
		.at_once = s->at_once,
		.shows = !s->reflected,
	};
	enum nvs_move move;

	if (s->from == e->place) {
		bool proof = proves(e, s);

		if (proof)
			nvs_move_record(&e->trial, NVS_MOVE_BACK, e->place,
					s->at, length);
		e->seen = s->at;
		return proof ? BACK : SEEN;
	}
	move = nvs_move_judge(&claim, &e->trial);
	nvs_move_record(&e->trial, move, e->place, s->at, length);
	if (move == NVS_MOVE_REFUSED)
		return REFUSED;
	e->place = s->from;
	e->seen = s->at;
	if (move == NVS_MOVE_AT_ONCE)
		return AT_ONCE;
	return move == NVS_MOVE_BACK ? BACK : MOVED;
}

static const struct {
	const char *name;
	u32 length;
	struct step steps[20];
} histories[] = {
	{ "a VM that has moved stays where it is", TRIAL, {
		{ 1000, B, MOVED },
		{ 1100, B, SEEN },
		{ 500000, B, SEEN } } },
	{ "a refused claim refreshes nothing", TRIAL, {
		{ 60, B, REFUSED },
		{ 101, B, MOVED } } },
	{ "the old place speaks again: back, and the claimant is barred", TRIAL,
	  {	{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1500, B, REFUSED },
		{ 2000, B, REFUSED },
		{ 2002, B, MOVED } } },
	{ "a bar is one place's alone", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1500, C, MOVED } } },
	{ "a bar is not for the one that returned", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 2100, B, MOVED },
		{ 2101, A, BACK } } },
	{ "a return ends the trial", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1500, C, MOVED },
		/* It was A that C took it from. */
		{ 1501, B, REFUSED },
		{ 1502, A, BACK } } },
	{ "after a return a move begins another trial", 10000, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 9000, C, MOVED },
		{ 11990, C, SEEN },
		/* The first trial would have ended at 11000. */
		{ 12000, A, BACK } } },
	{ "a further move keeps the first place", TRIAL, {
		{ 1000, B, MOVED },
		{ 2000, C, MOVED },
		{ 2001, B, REFUSED },
		{ 2002, A, BACK },
		/* Barred is the one that had it. */
		{ 2500, C, REFUSED },
		{ 2600, B, MOVED } } },
	{ "a further move keeps the trial's end", 10000, {
		{ 1000, B, MOVED },
		{ 10500, C, MOVED },
		{ 10950, C, SEEN },
		/* Within ten seconds of the second move, not of the first. */
		{ 11001, A, REFUSED },
		{ 11300, A, MOVED } } },
	{ "a trial's last moment", 10000, {
		{ 1000, B, MOVED },
		{ 10999, B, SEEN },
		{ 10999, A, BACK } } },
	{ "behind the trial's end", 10000, {
		{ 1000, B, MOVED },
		{ 11001, B, SEEN },
		{ 11001, A, REFUSED } } },
	{ "after a trial a move begins another", 10000, {
		{ 1000, B, MOVED },
		{ 20000, C, MOVED },
		{ 20001, A, REFUSED },
		{ 20002, B, BACK } } },
	{ "the uplinks are never barred", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 1001, A, BACK },
		{ 1102, UPLINKS, MOVED },
		{ 1103, A, BACK },
		{ 1204, UPLINKS, MOVED } } },
	{ "the uplinks get an address back", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400001, UPLINKS, BACK },
		{ 400500, B, REFUSED } } },
	{ "our own reflection returns nothing", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400001, UPLINKS, REFUSED, .reflected = true },
		{ 400002, B, SEEN } } },
	{ "back by a broadcast, then proved: the claimant is barred", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, UPLINKS, MOVED, .reflected = true },
		{ 400300, UPLINKS, BACK },
		{ 400500, B, REFUSED },
		{ 401299, B, REFUSED },
		{ 401301, B, MOVED } } },
	{ "back by a broadcast, and nothing proved: nobody is barred", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, UPLINKS, MOVED, .reflected = true },
		{ 400300, UPLINKS, SEEN, .reflected = true },
		{ 400500, B, MOVED } } },
	{ "what is proved is proved once", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, UPLINKS, MOVED, .reflected = true },
		{ 400300, UPLINKS, BACK },
		{ 400400, UPLINKS, SEEN },
		{ 401299, B, REFUSED },
		{ 401301, B, MOVED } } },
	{ "proved late: the last claimant is barred, not the first", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, C, MOVED },
		{ 400400, UPLINKS, MOVED, .reflected = true },
		{ 400500, UPLINKS, BACK },
		{ 400700, C, REFUSED },
		{ 400700, B, MOVED } } },
	{ "proved late: whoever has lost it since the last broadcast", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, UPLINKS, MOVED, .reflected = true },
		{ 400400, C, MOVED },
		{ 400600, UPLINKS, MOVED, .reflected = true },
		{ 400700, UPLINKS, BACK },
		{ 400900, C, REFUSED },
		{ 400900, B, MOVED } } },
	{ "proved late, then at once: each time whoever had it", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, UPLINKS, MOVED, .reflected = true },
		{ 400300, UPLINKS, BACK },
		{ 400500, C, MOVED },
		{ 400501, UPLINKS, BACK },
		{ 401400, C, REFUSED },
		/* One second, not two. */
		{ 401400, B, MOVED } } },
	{ "proved late: bars are doubled too", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400001, UPLINKS, BACK },
		{ 402000, B, MOVED },
		{ 402200, UPLINKS, MOVED, .reflected = true },
		{ 402300, UPLINKS, BACK },
		{ 404200, B, REFUSED },
		{ 404301, B, MOVED } } },
	{ "behind the trial's end nothing is proved", 10000, {
		{ 1000, UPLINKS, MOVED },
		{ 400000, B, MOVED },
		{ 400200, UPLINKS, MOVED, .reflected = true },
		{ 410001, UPLINKS, SEEN },
		{ 410200, B, MOVED } } },
	{ "the uplinks prove nothing of what another place has lost", TRIAL, {
		{ 1000, UPLINKS, MOVED },
		{ 1050, UPLINKS, SEEN },
		{ 1051, A, BACK } } },
	{ "at once: no trial, nobody barred", TRIAL, {
		{ 10, B, AT_ONCE, .at_once = true },
		{ 11, A, REFUSED },
		{ 112, A, MOVED },
		{ 213, C, MOVED } } },
	{ "at once ends a running trial", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, C, AT_ONCE, .at_once = true },
		{ 1002, A, REFUSED },
		{ 1003, B, REFUSED },
		{ 1300, B, MOVED },
		{ 1301, C, BACK } } },
	{ "at once keeps the bars there are", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1002, C, AT_ONCE, .at_once = true },
		{ 1600, B, REFUSED } } },
	{ "four bars at a time", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1102, C, MOVED },
		{ 1103, A, BACK },
		{ 1204, D, MOVED },
		{ 1205, A, BACK },
		{ 1306, E, MOVED },
		{ 1307, A, BACK },
		{ 1500, B, REFUSED },
		{ 1500, C, REFUSED },
		{ 1500, D, REFUSED },
		{ 1500, E, REFUSED } } },
	{ "a fifth bar ends the first", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1102, C, MOVED },
		{ 1103, A, BACK },
		{ 1204, D, MOVED },
		{ 1205, A, BACK },
		{ 1306, E, MOVED },
		{ 1307, A, BACK },
		{ 1408, F, MOVED },
		{ 1409, A, BACK },
		{ 1600, C, REFUSED },
		{ 1600, D, REFUSED },
		{ 1600, E, REFUSED },
		{ 1600, F, REFUSED },
		{ 1600, B, MOVED } } },
	{ "a renewed bar is among the last four", TRIAL, {
		{ 1000, B, MOVED },
		{ 1001, A, BACK },
		{ 1102, C, MOVED },
		{ 1103, A, BACK },
		{ 1204, D, MOVED },
		{ 1205, A, BACK },
		{ 1306, E, MOVED },
		{ 1307, A, BACK },
		/* B's second bar is for two seconds. */
		{ 2002, B, MOVED },
		{ 2003, A, BACK },
		{ 2104, F, MOVED },
		{ 2105, A, BACK },
		{ 2500, B, REFUSED },
		{ 4000, B, REFUSED },
		{ 4004, B, MOVED } } },
};

static void test_histories(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(histories); i++) {
		struct entry e = { .place = A };
		const struct step *s = histories[i].steps;
		enum outcome got = END;

		for (; s->want != END; s++) {
			got = arrive(&e, s, histories[i].length);
			if (got != s->want)
				break;
		}
		tap_ok(s->want == END, "move: history: %s", histories[i].name);
		if (s->want != END)
			tap_note("step %td, at %llu: wanted %d, got %d",
				 s - histories[i].steps + 1,
				 s->at, s->want, got);
	}
}

/* B claims what A holds, and A speaks up a moment later. */
static bool caught(struct entry *e, u64 at)
{
	struct step claim = { .at = at, .from = B };
	struct step proof = { .at = at + 1, .from = A };

	return arrive(e, &claim, TRIAL) == MOVED &&
	       arrive(e, &proof, TRIAL) == BACK;
}

/* B's bar began at @since: it lasts @length and not longer. */
static bool barred_for(const struct entry *e, u64 since, u64 length)
{
	struct entry at_end = *e, behind = *e;
	struct step last = { .at = since + length - 1, .from = B };
	struct step next = { .at = since + length + 1, .from = B };

	return arrive(&at_end, &last, TRIAL) == REFUSED &&
	       arrive(&behind, &next, TRIAL) == MOVED;
}

static void test_bars(void)
{
	static const u32 seconds[] = { 1, 2, 4, 8, 16, 30, 30, 30 };
	struct entry e = { .place = A };
	u64 at = NOW;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(seconds); i++) {
		bool ok = caught(&e, at) &&
			  barred_for(&e, at + 1, seconds[i] * SECOND);

		tap_ok(ok, "move: bar %u lasts %u s", i + 1, seconds[i]);
		at += (seconds[i] + 1) * SECOND;
	}
	/* The last one began almost 31 seconds ago. */
	at += 299 * SECOND - (30 + 1) * SECOND;
	tap_ok(caught(&e, at) && barred_for(&e, at + 1, 30 * SECOND),
	       "move: bars are remembered for 299 s");
	at += 301 * SECOND;
	tap_ok(caught(&e, at) && barred_for(&e, at + 1, SECOND),
	       "move: bars are forgotten after 301 s");
	at += 2 * SECOND;
	tap_ok(caught(&e, at) && barred_for(&e, at + 1, 2 * SECOND),
	       "move: and doubled anew");
}

/* What follows from the configured times. */

static const struct {
	u32 ageing;
	u32 want;
} lengths[] = {
	/* As long as the entry lives, at most 300 s; with ageing 0 as well. */
	{ 0, 300000 },
	{ 10000, 10000 },
	{ 299999, 299999 },
	{ 300000, 300000 },
	{ 300001, 300000 },
	{ 1000000000, 300000 },
};

static const struct {
	u32 hold;
	u32 want;
} refreshes[] = {
	/* A quarter of move_hold, at most 100 ms; with move_hold 0 as well. */
	{ 0, 100 },
	{ 1, 0 },
	{ 4, 1 },
	{ 200, 50 },
	{ 399, 99 },
	{ 400, 100 },
	{ 404, 100 },
	{ 60000, 100 },
};

static void test_times(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++)
		tap_ok(nvs_trial_length(lengths[i].ageing) == lengths[i].want,
		       "move: ageing %u ms, on trial for %u ms",
		       lengths[i].ageing, lengths[i].want);
	for (i = 0; i < ARRAY_SIZE(refreshes); i++) {
		u32 got = nvs_refresh_after(refreshes[i].hold);

		tap_ok(got == refreshes[i].want,
		       "move: move_hold %u ms, refreshed after %u ms",
		       refreshes[i].hold, refreshes[i].want);
	}
}

/* A record may go when no trial runs and what is barred would be forgotten. */

static const struct {
	const char *name;
	struct nvs_trial trial;
	bool want;
} records[] = {
	{ "nothing in it", { .end = 0 }, true },
	{ "a trial that runs", { .end = NOW + 1 }, false },
	{ "a trial that has ended", { .end = NOW, .left = B, .claimant = C },
	  true },
	{ "a trial that runs, beside a bar that is forgotten", {
		.end = NOW + 1,
		.bars[0] = { B, 1000, NOW - 301 * SECOND } }, false },
	{ "a bar", { .bars[0] = { B, 1000, NOW - 1 } }, false },
	{ "a bar that was imposed a moment later", {
		.bars[0] = { B, 1000, NOW + 1 } }, false },
	{ "a bar that has ended and may yet be doubled", {
		.bars[0] = { B, 1000, NOW - 299 * SECOND } }, false },
	{ "a bar as old as any that is doubled", {
		.bars[0] = { B, 1000, NOW - 300 * SECOND } }, false },
	{ "a bar that is forgotten", {
		.bars[0] = { B, 30000, NOW - 301 * SECOND } }, true },
	{ "a bar in the last slot", {
		.bars[0] = { B, 1000, NOW - 301 * SECOND },
		.bars[NVS_BARS - 1] = { C, 1000, NOW - 1 } }, false },
	{ "bars that all are forgotten", { .bars = {
		{ B, 1000, NOW - 304 * SECOND },
		{ C, 1000, NOW - 303 * SECOND },
		{ D, 1000, NOW - 302 * SECOND },
		{ E, 1000, NOW - 301 * SECOND } } }, true },
};

static void test_records(void)
{
	/* A free slot is one of a clock that has just begun. */
	struct nvs_trial fresh = {};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(records); i++)
		tap_ok(nvs_trial_is_over(&records[i].trial, NOW) ==
		       records[i].want, "move: record %s: %s",
		       records[i].want ? "over" : "kept", records[i].name);
	tap_ok(nvs_trial_is_over(&fresh, 1),
	       "move: record over: nothing in it, the clock has just begun");
}

void test_move(void)
{
	struct nvs_trial t = { .end = NOW };

	tap_ok(!nvs_trial_runs(NULL, NOW), "move: no record, no trial");
	tap_ok(nvs_trial_runs(&t, NOW - 1), "move: a trial runs to its end");
	tap_ok(!nvs_trial_runs(&t, NOW + 1), "move: a trial ends");
	test_times();
	test_judge();
	test_histories();
	test_bars();
	test_records();
}
