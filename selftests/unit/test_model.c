// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rule of moves against a model of it, written from its text and kept as
 * plainly as possible: one address, a list of who was barred when, the latest
 * last, and a long random history. The seed is fixed.
 */

#include "core/admit.h"
#include "tap.h"

#define STEPS	300000
#define NOW	1000000ULL
#define HOLD	200
#define TRIAL	20000

#define HERE	NVS_PLACE_FIRST_PORT
#define UPLINKS	NVS_PLACE_UPLINKS

/* What becomes of a frame: enum nvs_move, or it is where it belongs. */
#define STAYS	(NVS_MOVE_AT_ONCE + 1)

struct bar {
	u32 place;
	u64 since;
	u64 seconds;
};

/* @claimant is the last that had the address and is not @first. */
struct model {
	u32 place;
	u64 seen;
	bool on_trial;
	u32 first;
	u32 claimant;
	u64 until;
	struct bar bars[4];
	unsigned int n;
};

static bool model_barred(const struct model *m, u32 place, u64 now)
{
	unsigned int i;

	for (i = 0; i < m->n; i++)
		if (m->bars[i].place == place &&
		    now < m->bars[i].since + m->bars[i].seconds * 1000)
			return true;
	return false;
}

static void model_bar(struct model *m, u32 place, u64 now)
{
	struct bar bar = { place, now, 1 };
	unsigned int i, kept = 0;

	if (place == UPLINKS)
		return;
	for (i = 0; i < m->n; i++) {
		if (m->bars[i].place == place) {
			if (now - m->bars[i].since <= 300000)
				bar.seconds = m->bars[i].seconds * 2;
		} else {
			m->bars[kept++] = m->bars[i];
		}
	}
	if (bar.seconds > 30)
		bar.seconds = 30;
	if (kept == ARRAY_SIZE(m->bars)) {
		for (i = 1; i < kept; i++)
			m->bars[i - 1] = m->bars[i];
		kept--;
	}
	m->bars[kept] = bar;
	m->n = kept + 1;
}

static u32 model_judge(struct model *m, const struct nvs_claim *c)
{
	if (m->on_trial && c->now >= m->until)
		m->on_trial = false;
	if (c->at_once && c->from != m->place) {
		m->on_trial = false;
		return NVS_MOVE_AT_ONCE;
	}
	if (m->on_trial && m->first == c->from && c->shows) {
		m->on_trial = false;
		model_bar(m, m->claimant, c->now);
		return NVS_MOVE_BACK;
	}
	if (c->from == m->place)
		return STAYS;
	if (c->deny || c->now < m->seen + HOLD)
		return NVS_MOVE_REFUSED;
	if (c->from != UPLINKS && model_barred(m, c->from, c->now))
		return NVS_MOVE_REFUSED;
	if (!m->on_trial) {
		m->on_trial = true;
		m->first = m->place;
		m->until = c->now + TRIAL;
	}
	if (c->from != m->first)
		m->claimant = c->from;
	return NVS_MOVE_ON_TRIAL;
}

/* The same by module/core. Only an exact entry in a list moves at once. */
static u32 core_judge(const struct model *m, const struct nvs_claim *c,
		      const struct nvs_trial *trial)
{
	static const struct nvs_allow exact = {
		.count = 1, .entries = { { STATION(1), NVS_MAC_MASK } },
	};
	const struct nvs_snapshot port = {
		.allow = c->at_once ? &exact : NULL,
		.role = c->from == UPLINKS ? NVS_UPLINK : NVS_GUEST,
		.place = c->from,
		.hold = HOLD,
		.refresh = nvs_refresh_after(HOLD),
		.policy.forged_transmits = NVSWITCH_ACCEPT,
		.policy.learning = NVSWITCH_ON,
		.policy.learn_move = c->deny ? NVSWITCH_DENY : NVSWITCH_ALLOW,
	};
	const struct nvs_ingress in = {
		.port = &port,
		.now = c->now,
		.active = true,
		.dst_held = c->shows,
	};
	const struct nvs_frame f = { .src = STATION(1), .dst = STATION(2) };
	const struct nvs_known known = {
		.dynamic = m->place == UPLINKS ? NVSWITCH_FDB_REMOTE :
						 NVSWITCH_FDB_LEARNED,
		.place = m->place,
		.seen = m->seen,
		.trial = trial,
		.room = true,
	};
	struct nvs_admission a;

	a = nvs_admit_frame(&in, &f);
	if (a.verdict == NVS_LOOK_UP)
		a = nvs_admit_source(&in, &f, &known);
	if (a.verdict != NVS_ADMIT)
		return NVS_MOVE_REFUSED;
	return a.learn == NVS_LEARN_MOVE ? a.move : STAYS;
}

static u64 random_wait(struct random *r)
{
	/* Rarely so long that a trial ends, or what was barred is forgotten. */
	switch (random_below(r, 400)) {
	case 0:
		return random_below(r, 600000);
	case 1 ... 20:
		return random_below(r, 2 * TRIAL);
	case 21 ... 200:
		return HOLD + random_below(r, 2000);
	default:
		return random_below(r, HOLD);
	}
}

/* A frame from the uplinks, or from one of six ports. */
static struct nvs_claim random_claim(struct random *r, u64 now, u64 seen)
{
	bool guest = chance(r, 80);

	return (struct nvs_claim){
		.now = now,
		.seen = seen,
		.from = guest ? HERE + random_below(r, 6) : UPLINKS,
		.hold = HOLD,
		/* Uplinks have no allow list. */
		.at_once = guest && chance(r, 1),
		/* What a port sends is there; uplinks have no policy. */
		.deny = guest && chance(r, 10),
		.shows = guest || chance(r, 50),
	};
}

void test_model(void)
{
	struct random r = { RANDOM_SEED };
	struct model m = { .place = HERE, .seen = NOW };
	struct nvs_trial trial = {};
	unsigned int count[STAYS + 1] = {};
	unsigned int differ = 0, taken = 0, proved = 0, i;
	u64 now = NOW;

	for (i = 0; i < STEPS && !differ; i++) {
		struct nvs_claim c;
		u32 want, got;

		now += random_wait(&r);
		c = random_claim(&r, now, m.seen);
		got = core_judge(&m, &c, &trial);
		if (got != STAYS)
			nvs_move_record(&trial, got, m.place, now, TRIAL);
		want = model_judge(&m, &c);
		differ += got != want;
		count[want]++;
		proved += want == NVS_MOVE_BACK && c.from == m.place;
		taken += got == NVS_MOVE_ON_TRIAL && now - m.seen < HOLD;
		if (got != NVS_MOVE_REFUSED) {
			m.place = c.from;
			m.seen = now;
		}
	}
	tap_ok(!differ, "model: moves are those of the model");
	if (differ)
		tap_note("they part at step %u", i);
	tap_ok(!taken, "model: nobody takes what was just seen");
	/* A history in which little happens would prove little. */
	tap_note("model: refused %u, on trial %u, back %u, proved late %u, at once %u",
		 count[NVS_MOVE_REFUSED], count[NVS_MOVE_ON_TRIAL],
		 count[NVS_MOVE_BACK], proved, count[NVS_MOVE_AT_ONCE]);
}
