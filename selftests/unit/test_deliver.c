// SPDX-License-Identifier: GPL-2.0-only
/* Who is among a frame's receivers, and who may not have it. */

#include "core/deliver.h"
#include "tap.h"

#define MTU		1500

/* A resolved policy that lets everything but what is named pass. */
#define PORT(promisc, learn, flood)					\
	{								\
		.policy.promiscuous = NVSWITCH_##promisc,		\
		.policy.learning = NVSWITCH_##learn,			\
		.policy.unicast_flood = NVSWITCH_##flood,		\
		.policy.mac_changes = NVSWITCH_ACCEPT,			\
		.policy.forged_transmits = NVSWITCH_ACCEPT,		\
	}

static const struct nvs_snapshot plain = PORT(REJECT, OFF, ON);
static const struct nvs_snapshot nested = PORT(REJECT, ON, ON);
static const struct nvs_snapshot learner = PORT(REJECT, ON, OFF);
static const struct nvs_snapshot promisc = PORT(ACCEPT, OFF, OFF);
static const struct nvs_snapshot spanning = {
	.policy.promiscuous = NVSWITCH_REJECT,
	.policy.learning = NVSWITCH_OFF,
	.policy.unicast_flood = NVSWITCH_ON,
	.bpdu_pass = 1,
};

static const struct {
	const char *name;
	const struct nvs_snapshot *to;
	enum nvs_cast cast;
	bool want;
} wants[] = {
	{ "broadcast: a plain VM", &plain, NVS_CAST_BROAD, true },
	{ "broadcast: a port that learns and does not flood", &learner,
	  NVS_CAST_BROAD, true },
	{ "multicast: a plain VM", &plain, NVS_CAST_MULTI, true },
	{ "multicast: a port that learns", &learner, NVS_CAST_MULTI, true },
	{ "known unicast: not a plain VM", &plain, NVS_CAST_KNOWN, false },
	{ "known unicast: not a nested one", &nested, NVS_CAST_KNOWN, false },
	{ "known unicast: a promiscuous one", &promisc, NVS_CAST_KNOWN, true },
	{ "unknown unicast: not a plain VM", &plain, NVS_CAST_UNKNOWN, false },
	{ "unknown unicast: a nested one", &nested, NVS_CAST_UNKNOWN, true },
	{ "unknown unicast: not without unicast_flood", &learner,
	  NVS_CAST_UNKNOWN, false },
	{ "unknown unicast: a promiscuous one", &promisc, NVS_CAST_UNKNOWN,
	  true },
	{ "BPDU: not a plain VM", &plain, NVS_CAST_BPDU, false },
	{ "BPDU: not a nested one", &nested, NVS_CAST_BPDU, false },
	{ "BPDU: one with bpdu pass", &spanning, NVS_CAST_BPDU, true },
	{ "unknown unicast: bpdu pass opens nothing else", &spanning,
	  NVS_CAST_UNKNOWN, false },
};

static const struct {
	const char *name;
	struct nvs_snapshot to;
	u32 payload;
	bool down;
	enum nvswitch_drop_reason want;
} refusals[] = {
	{ "nobody without a cause", { .blocked = 0 }, MTU, false,
	  NVSWITCH_DROP_UNSPEC },
	{ "an empty frame neither", { .blocked = 0 }, 0, false,
	  NVSWITCH_DROP_UNSPEC },
	{ "blocked", { .blocked = 1 }, MTU, false, NVSWITCH_DROP_PORT_BLOCKED },
	{ "mac_change", { .mac_state = NVSWITCH_MAC_CHANGE }, MTU, false,
	  NVSWITCH_DROP_MAC_CHANGE },
	{ "mac_conflict", { .mac_state = NVSWITCH_MAC_CONFLICT }, MTU, false,
	  NVSWITCH_DROP_MAC_CONFLICT },
	{ "down", { .blocked = 0 }, MTU, true, NVSWITCH_DROP_PORT_DOWN },
	{ "one byte above the MTU", { .blocked = 0 }, MTU + 1, false,
	  NVSWITCH_DROP_MTU },
	{ "blocked, whatever the policy", {
		.blocked = 1,
		.policy.promiscuous = NVSWITCH_ACCEPT,
		.policy.learning = NVSWITCH_ON,
		.bpdu_pass = 1,
	  }, MTU, false, NVSWITCH_DROP_PORT_BLOCKED },
	{ "mac_change also to a promiscuous port", {
		.mac_state = NVSWITCH_MAC_CHANGE,
		.policy.promiscuous = NVSWITCH_ACCEPT,
	  }, MTU, false, NVSWITCH_DROP_MAC_CHANGE },
	{ "blocked before down", { .blocked = 1 }, MTU, true,
	  NVSWITCH_DROP_PORT_BLOCKED },
	{ "mac_conflict before down", {
		.mac_state = NVSWITCH_MAC_CONFLICT,
	  }, MTU, true, NVSWITCH_DROP_MAC_CONFLICT },
	{ "down before the MTU", { .blocked = 0 }, MTU + 1, true,
	  NVSWITCH_DROP_PORT_DOWN },
};

static const struct {
	const char *name;
	struct nvs_snapshot to;
	enum nvswitch_drop_reason want;
} closed[] = {
	{ "a plain port is open", { .role = NVS_GUEST },
	  NVSWITCH_DROP_UNSPEC },
	{ "an uplink is open", { .role = NVS_UPLINK }, NVSWITCH_DROP_UNSPEC },
	{ "a port without a MAC is open", { .explicit = 1 },
	  NVSWITCH_DROP_UNSPEC },
	{ "blocked", { .blocked = 1 }, NVSWITCH_DROP_PORT_BLOCKED },
	{ "a refused request", { .mac_state = NVSWITCH_MAC_CHANGE },
	  NVSWITCH_DROP_MAC_CHANGE },
	{ "a taken address", { .mac_state = NVSWITCH_MAC_CONFLICT },
	  NVSWITCH_DROP_MAC_CONFLICT },
	{ "blocked before a refused request", {
		.blocked = 1, .mac_state = NVSWITCH_MAC_CHANGE,
	  }, NVSWITCH_DROP_PORT_BLOCKED },
	{ "blocked before a taken address", {
		.blocked = 1, .mac_state = NVSWITCH_MAC_CONFLICT,
	  }, NVSWITCH_DROP_PORT_BLOCKED },
};

/* Receivers and frames at random, in which causes of a refusal often meet. */

#define OFFERS	100000

struct offer {
	struct nvs_snapshot to;
	struct nvs_frame frame;
	bool up;
	u32 mtu;
};

static void random_offer(struct random *r, struct offer *o)
{
	static const u8 states[] = {
		NVSWITCH_MAC_OK, NVSWITCH_MAC_OK, NVSWITCH_MAC_CHANGE,
		NVSWITCH_MAC_CONFLICT,
	};
	static const u8 values[] = { NVSWITCH_ACCEPT, NVSWITCH_REJECT };

	*o = (struct offer){
		.to.role = random_below(r, 3),
		.to.blocked = random_below(r, 2),
		.to.dormant = random_below(r, 2),
		.to.mac_state = random_of(r, states),
		.to.policy.promiscuous = random_of(r, values),
		.frame.payload = MTU - 1 + random_below(r, 4),
		.up = random_below(r, 3),
		.mtu = MTU - 1 + random_below(r, 4),
	};
	o->to.closed = nvs_closed(&o->to);
}

/* Is this a reason why the receiver may not have its copy? */
static bool is_cause(enum nvswitch_drop_reason reason, const struct offer *o)
{
	switch (reason) {
	case NVSWITCH_DROP_PORT_BLOCKED:
		return o->to.blocked;
	case NVSWITCH_DROP_MAC_CHANGE:
		return o->to.mac_state == NVSWITCH_MAC_CHANGE;
	case NVSWITCH_DROP_MAC_CONFLICT:
		return o->to.mac_state == NVSWITCH_MAC_CONFLICT;
	case NVSWITCH_DROP_PORT_DOWN:
		return !o->up;
	case NVSWITCH_DROP_MTU:
		return o->frame.payload > o->mtu;
	default:
		return false;
	}
}

static bool has_cause(const struct offer *o)
{
	unsigned int reason;

	for (reason = 0; reason <= NVSWITCH_DROP_MAX; reason++)
		if (is_cause(reason, o))
			return true;
	return false;
}

static void test_offers(void)
{
	unsigned int given = 0, invented = 0, had = 0, i;
	struct random r = { RANDOM_SEED };

	for (i = 0; i < OFFERS; i++) {
		enum nvswitch_drop_reason reason;
		struct offer o;

		random_offer(&r, &o);
		reason = nvs_refusal(&o.to, &o.frame, o.up, o.mtu);
		had += reason == NVSWITCH_DROP_UNSPEC;
		given += reason == NVSWITCH_DROP_UNSPEC && has_cause(&o);
		invented += reason != NVSWITCH_DROP_UNSPEC &&
			    !is_cause(reason, &o);
	}
	tap_ok(had && !given, "deliver: random: no copy against a cause");
	tap_ok(had < OFFERS && !invented,
	       "deliver: random: no refusal without its cause");
}

void test_deliver(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wants); i++)
		tap_ok(nvs_wants(wants[i].to, wants[i].cast) == wants[i].want,
		       "deliver: wants %s", wants[i].name);
	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		struct nvs_frame f = {
			.src = STATION(1),
			.dst = STATION(2),
			.payload = refusals[i].payload,
		};
		struct nvs_snapshot to = refusals[i].to;

		to.closed = nvs_closed(&to);
		tap_ok(nvs_refusal(&to, &f, !refusals[i].down,
				   MTU) == refusals[i].want,
		       "deliver: refuses: %s", refusals[i].name);
	}
	for (i = 0; i < ARRAY_SIZE(closed); i++)
		tap_ok(nvs_closed(&closed[i].to) == closed[i].want,
		       "deliver: closed: %s", closed[i].name);
	test_offers();
}
