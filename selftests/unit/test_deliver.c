// SPDX-License-Identifier: GPL-2.0-only
/* Who is among a frame's receivers, and who may not have it. */

#include "core/deliver.h"
#include "modes.h"
#include "tap.h"

#define MTU		1500

/* A resolved policy that lets everything but what is named pass. */
#define PORT(promisc, learn, flood, ...)				\
	{								\
		.policy.promiscuous = NVSWITCH_##promisc,		\
		.policy.learning = NVSWITCH_##learn,			\
		.policy.unicast_flood = NVSWITCH_##flood,		\
		.policy.mac_changes = NVSWITCH_ACCEPT,			\
		.policy.forged_transmits = NVSWITCH_ACCEPT,		\
		__VA_ARGS__						\
	}

/* Multicast groups. */
#define MDNS	MAC(0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb)
#define MLD	MAC(0x33, 0x33, 0x00, 0x00, 0x00, 0x16)
#define OTHER	MAC(0x01, 0x00, 0x5e, 0x00, 0x00, 0x09)

static const struct nvs_groups two = { .count = 2, .macs = { MDNS, MLD } };
static const struct nvs_groups no_group = { .count = 0 };

static const struct nvs_snapshot plain = PORT(REJECT, OFF, ON);
static const struct nvs_snapshot nested = PORT(REJECT, ON, ON);
static const struct nvs_snapshot learner = PORT(REJECT, ON, OFF);
static const struct nvs_snapshot spy = PORT(ACCEPT, OFF, OFF, .spies = 1);
/* It may, and does not want to. */
static const struct nvs_snapshot shy = PORT(ACCEPT, OFF, OFF);
static const struct nvs_snapshot listener = PORT(REJECT, OFF, ON,
						 .groups = &two);
static const struct nvs_snapshot deaf = PORT(REJECT, OFF, ON,
					     .groups = &no_group);
static const struct nvs_snapshot deaf_spy = PORT(ACCEPT, OFF, OFF, .spies = 1,
						 .groups = &no_group);
static const struct nvs_snapshot deaf_nested = PORT(REJECT, ON, ON,
						    .groups = &no_group);
static const struct nvs_snapshot spanning = PORT(REJECT, OFF, ON,
						 .bpdu_pass = 1);

static const struct {
	const char *name;
	const struct nvs_snapshot *to;
	enum nvs_cast cast;
	bool want;
	u64 group;
} wants[] = {
	{ "broadcast: a plain VM", &plain, NVS_CAST_BROAD, true },
	{ "broadcast: a port that learns and does not flood", &learner,
	  NVS_CAST_BROAD, true },
	{ "broadcast: a guest that listens to no group", &deaf, NVS_CAST_BROAD,
	  true },
	{ "multicast: a plain VM", &plain, NVS_CAST_MULTI, true, MDNS },
	{ "multicast: a port that learns", &learner, NVS_CAST_MULTI, true,
	  MDNS },
	{ "multicast: a guest that listens to it", &listener, NVS_CAST_MULTI,
	  true, MDNS },
	{ "multicast: a guest that listens to it last", &listener,
	  NVS_CAST_MULTI, true, MLD },
	{ "multicast: not a guest that listens to others", &listener,
	  NVS_CAST_MULTI, false, OTHER },
	{ "multicast: not a guest that listens to none", &deaf,
	  NVS_CAST_MULTI, false, MDNS },
	{ "multicast: a guest that learns, whatever it listens to",
	  &deaf_nested, NVS_CAST_MULTI, true, MDNS },
	{ "multicast: a guest that spies, whatever it listens to", &deaf_spy,
	  NVS_CAST_MULTI, true, MDNS },
	{ "known unicast: not a plain VM", &plain, NVS_CAST_KNOWN, false },
	{ "known unicast: not a nested one", &nested, NVS_CAST_KNOWN, false },
	{ "known unicast: a promiscuous one", &spy, NVS_CAST_KNOWN, true },
	{ "known unicast: not a promiscuous one whose guest wants none", &shy,
	  NVS_CAST_KNOWN, false },
	{ "unknown unicast: not a plain VM", &plain, NVS_CAST_UNKNOWN, false },
	{ "unknown unicast: a nested one", &nested, NVS_CAST_UNKNOWN, true },
	{ "unknown unicast: not without unicast_flood", &learner,
	  NVS_CAST_UNKNOWN, false },
	{ "unknown unicast: a promiscuous one", &spy, NVS_CAST_UNKNOWN, true },
	{ "unknown unicast: not a promiscuous one whose guest wants none",
	  &shy, NVS_CAST_UNKNOWN, false },
	{ "BPDU: not a plain VM", &plain, NVS_CAST_BPDU, false },
	{ "BPDU: not a nested one", &nested, NVS_CAST_BPDU, false },
	{ "BPDU: one with bpdu pass", &spanning, NVS_CAST_BPDU, true },
	{ "BPDU: a promiscuous one", &spy, NVS_CAST_BPDU, true },
	{ "unknown unicast: bpdu pass opens nothing else", &spanning,
	  NVS_CAST_UNKNOWN, false },
};

static const struct {
	const char *name;
	u8 promiscuous;
	u8 rx_promisc;
	bool want;
} spies[] = {
	{ "allowed, nobody has said", NVSWITCH_ACCEPT, NVSWITCH_INHERIT, true },
	{ "allowed and wanted", NVSWITCH_ACCEPT, NVSWITCH_ON, true },
	{ "not if it is not wanted", NVSWITCH_ACCEPT, NVSWITCH_OFF, false },
	{ "not if it is not allowed", NVSWITCH_REJECT, NVSWITCH_ON, false },
	{ "not if nobody has said and it is not allowed", NVSWITCH_REJECT,
	  NVSWITCH_INHERIT, false },
};

/* A port of a private VLAN, which frames of these tests are outside of. */
#define ISOLATED_PORT							\
	.vlans.mode = NVSWITCH_VLAN_PRIVATE,				\
	.vlans.type = NVSWITCH_PRIVATE_ISOLATED,			\
	.vlans.pvid = 11, .vlans.fid = 10, .vlans.out = NVS_VLAN_NEVER

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
	{ "not activated", { .waiting = 1 }, MTU, false,
	  NVSWITCH_DROP_NOT_ACTIVATED },
	{ "only dormant: it is down, or up again", { .dormant = 1 }, MTU,
	  false, NVSWITCH_DROP_UNSPEC },
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
	{ "private VLAN", { ISOLATED_PORT }, MTU, false,
	  NVSWITCH_DROP_PRIVATE_VLAN },
	{ "blocked before private VLAN", { ISOLATED_PORT, .blocked = 1 }, MTU,
	  false, NVSWITCH_DROP_PORT_BLOCKED },
	{ "private VLAN before down", { ISOLATED_PORT }, MTU, true,
	  NVSWITCH_DROP_PRIVATE_VLAN },
	{ "private VLAN before the MTU", { ISOLATED_PORT }, MTU + 1, false,
	  NVSWITCH_DROP_PRIVATE_VLAN },
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
	{ "not activated", { .waiting = 1 }, NVSWITCH_DROP_NOT_ACTIVATED },
	{ "blocked before not activated", { .blocked = 1, .waiting = 1 },
	  NVSWITCH_DROP_PORT_BLOCKED },
	{ "not activated before a refused request", {
		.waiting = 1, .mac_state = NVSWITCH_MAC_CHANGE,
	  }, NVSWITCH_DROP_NOT_ACTIVATED },
	{ "a dormant port is open", { .dormant = 1 }, NVSWITCH_DROP_UNSPEC },
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

/* Frames that need no look at their receiver: those of its untagged VLAN. */
static const struct {
	const char *name;
	unsigned int mode;
	bool blocked;
	u16 vid;
	u16 fid;
} takers[] = {
	{ "VLAN 0", MODE_NONE, false, 0, 0 },
	{ "an access VLAN", MODE_ACCESS, false, RED, RED },
	{ "a native VLAN", MODE_NATIVE_ALL, false, RED, RED },
	{ "a community", MODE_COMMUNITY, false, COMMUNITY, P },
	{ "a primary VLAN through an isolated port", MODE_ISOLATED, false, P,
	  P },
	{ "none of a trunk without untagged frames", MODE_TRUNK_RED, false,
	  0xffff, 0xffff },
	{ "none of a blocked port", MODE_ACCESS, true, 0xffff, 0xffff },
	{ "none of an uplink", MODE_UPLINK, false, 0xffff, 0xffff },
	{ "none of the host", MODE_HOST, false, 0xffff, 0xffff },
};

static bool takes(unsigned int i)
{
	struct nvs_snapshot to = *mode_port(takers[i].mode);

	to.blocked = takers[i].blocked;
	to.closed = nvs_closed(&to);
	return nvs_takes(&to) ==
	       (takers[i].vid | (u32)takers[i].fid << 16);
}

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
	static const u16 vids[] = { 0, RED, P, ISOLATED, COMMUNITY };

	*o = (struct offer){
		.to = *mode_port(random_below(r, MODES)),
		.frame.vid = random_of(r, vids),
		.frame.payload = MTU - 1 + random_below(r, 4),
		.frame.stacked = chance(r, 20),
		.up = random_below(r, 3),
		.mtu = MTU - 1 + random_below(r, 4),
	};
	o->frame.tagged = o->frame.stacked;
	o->frame.fid = mode_primary(o->frame.vid);
	o->to.blocked = chance(r, 20);
	o->to.waiting = chance(r, 20);
	o->to.dormant = random_below(r, 2);
	o->to.mac_state = random_of(r, states);
	o->to.policy.promiscuous = random_of(r, values);
	o->to.closed = nvs_closed(&o->to);
}

/* Is this a reason why the receiver may not have its copy? */
static bool is_cause(enum nvswitch_drop_reason reason, const struct offer *o)
{
	switch (reason) {
	case NVSWITCH_DROP_PORT_BLOCKED:
		return o->to.blocked;
	case NVSWITCH_DROP_NOT_ACTIVATED:
		return o->to.waiting;
	case NVSWITCH_DROP_PRIVATE_VLAN:
		return nvs_vlan_forbids(&o->to, &o->frame) == reason;
	case NVSWITCH_DROP_VLAN_FILTER:
		return o->frame.stacked && !nvs_vlan_tag(&o->to, &o->frame);
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

/* The short way to a receiver; a frame with an inner tag has none. */
static bool is_taken(const struct offer *o)
{
	return !o->frame.tagged &&
	       nvs_takes(&o->to) == nvs_vlan_pair(o->frame.vid, o->frame.fid);
}

static void test_offers(void)
{
	unsigned int given = 0, invented = 0, had = 0, short_ways = 0, i;
	unsigned int wrong_ways = 0;
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
		if (!is_taken(&o))
			continue;
		short_ways++;
		wrong_ways += reason !=
			      nvs_refusal_of_device(&o.frame, o.up, o.mtu);
	}
	tap_ok(short_ways && !wrong_ways,
	       "deliver: random: what is taken is refused by the device alone");
	tap_ok(had && !given, "deliver: random: no copy against a cause");
	tap_ok(had < OFFERS && !invented,
	       "deliver: random: no refusal without its cause");
}

static void test_want(unsigned int i)
{
	const struct nvs_snapshot *to = wants[i].to;
	enum nvs_cast cast = wants[i].cast;
	const struct nvs_frame f = {
		.src = STATION(1),
		.dst = wants[i].group ? wants[i].group : STATION(2),
	};

	tap_ok(nvs_wants(to, &f, cast) == wants[i].want, "deliver: wants %s",
	       wants[i].name);
	/* Who spies is not addressed for that. */
	if (to->spies && wants[i].want)
		tap_ok(!nvs_is_addressed(to, &f, cast),
		       "deliver: is not addressed: %s", wants[i].name);
}

void test_deliver(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wants); i++)
		test_want(i);
	for (i = 0; i < ARRAY_SIZE(spies); i++) {
		const struct nvs_policy policy = {
			.promiscuous = spies[i].promiscuous,
		};

		tap_ok(nvs_spies(&policy, spies[i].rx_promisc) ==
		       spies[i].want, "deliver: spies: %s", spies[i].name);
	}
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
	for (i = 0; i < ARRAY_SIZE(takers); i++)
		tap_ok(takes(i), "deliver: takes: %s", takers[i].name);
	test_offers();
}
