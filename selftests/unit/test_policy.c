// SPDX-License-Identifier: GPL-2.0-only
/* Defaults, inheritance through three levels, and the nested preset. */

#include "core/policy.h"
#include "tap.h"

#define LIMIT_INHERIT	NVSWITCH_LEARN_LIMIT_INHERIT

enum field {
	PROMISCUOUS,
	MAC_CHANGES,
	FORGED_TRANSMITS,
	LEARNING,
	UNICAST_FLOOD,
	LIMIT_POLICY,
	LEARN_MOVE,
	LEARN_LIMIT,
	FIELDS,
};

static const char *const names[FIELDS] = {
	[PROMISCUOUS] = "promiscuous",
	[MAC_CHANGES] = "mac_changes",
	[FORGED_TRANSMITS] = "forged_transmits",
	[LEARNING] = "learning",
	[UNICAST_FLOOD] = "unicast_flood",
	[LIMIT_POLICY] = "limit_policy",
	[LEARN_MOVE] = "learn_move",
	[LEARN_LIMIT] = "learn_limit",
};

static u32 get(const struct nvs_policy *p, enum field f)
{
	switch (f) {
	case PROMISCUOUS:
		return p->promiscuous;
	case MAC_CHANGES:
		return p->mac_changes;
	case FORGED_TRANSMITS:
		return p->forged_transmits;
	case LEARNING:
		return p->learning;
	case UNICAST_FLOOD:
		return p->unicast_flood;
	case LIMIT_POLICY:
		return p->limit_policy;
	case LEARN_MOVE:
		return p->learn_move;
	default:
		return p->learn_limit;
	}
}

static void set(struct nvs_policy *p, enum field f, u32 value)
{
	switch (f) {
	case PROMISCUOUS:
		p->promiscuous = value;
		break;
	case MAC_CHANGES:
		p->mac_changes = value;
		break;
	case FORGED_TRANSMITS:
		p->forged_transmits = value;
		break;
	case LEARNING:
		p->learning = value;
		break;
	case UNICAST_FLOOD:
		p->unicast_flood = value;
		break;
	case LIMIT_POLICY:
		p->limit_policy = value;
		break;
	case LEARN_MOVE:
		p->learn_move = value;
		break;
	default:
		p->learn_limit = value;
		break;
	}
}

static u32 inherit(enum field f)
{
	return f == LEARN_LIMIT ? LIMIT_INHERIT : NVSWITCH_INHERIT;
}

static struct nvs_policy filled(u32 value, u32 limit)
{
	struct nvs_policy p;
	enum field f;

	for (f = 0; f < LEARN_LIMIT; f++)
		set(&p, f, value);
	set(&p, LEARN_LIMIT, limit);
	return p;
}

static bool same(const struct nvs_policy *a, const struct nvs_policy *b)
{
	enum field f;

	for (f = 0; f < FIELDS; f++)
		if (get(a, f) != get(b, f))
			return false;
	return true;
}

static void test_default(void)
{
	static const u32 want[FIELDS] = {
		[PROMISCUOUS] = NVSWITCH_REJECT,
		[MAC_CHANGES] = NVSWITCH_REJECT,
		[FORGED_TRANSMITS] = NVSWITCH_REJECT,
		[LEARNING] = NVSWITCH_OFF,
		[UNICAST_FLOOD] = NVSWITCH_ON,
		[LIMIT_POLICY] = NVSWITCH_DROP,
		[LEARN_MOVE] = NVSWITCH_ALLOW,
		[LEARN_LIMIT] = 4096,
	};
	enum field f;

	for (f = 0; f < FIELDS; f++) {
		tap_ok(get(&nvs_policy_default, f) == want[f],
		       "policy: default of %s", names[f]);
		tap_ok(get(&nvs_policy_inherit, f) == inherit(f),
		       "policy: %s is inherited unless set", names[f]);
	}
}

/* Values that a field can have, the first one on groups and ports only. */
static const u32 *values(enum field f, unsigned int *n)
{
	static const u32 two_way[] = {
		NVSWITCH_INHERIT, NVSWITCH_REJECT, NVSWITCH_ACCEPT,
	};
	/* 0 is a value of its own: no limit. */
	static const u32 limits[] = {
		LIMIT_INHERIT, 0, 1, NVSWITCH_LEARN_LIMIT_MAX,
	};

	*n = f == LEARN_LIMIT ? ARRAY_SIZE(limits) : ARRAY_SIZE(two_way);
	return f == LEARN_LIMIT ? limits : two_way;
}

/* One field at three levels, and nothing else may change with it. */
static bool resolves(enum field f, u32 port, u32 group, u32 sw)
{
	struct nvs_policy levels[3], p;
	struct nvs_policy want = filled(NVSWITCH_REJECT, 77);
	u32 above = group != inherit(f) ? group : sw;

	levels[0] = nvs_policy_inherit;
	levels[1] = filled(NVSWITCH_REJECT, 77);
	levels[2] = filled(NVSWITCH_ACCEPT, 99);
	set(&levels[0], f, port);
	set(&levels[1], f, group);
	set(&levels[2], f, sw);
	set(&want, f, port != inherit(f) ? port : above);

	p = nvs_policy_over(&levels[1], &levels[2]);
	p = nvs_policy_over(&levels[0], &p);
	return same(&p, &want);
}

static bool inherits(enum field f)
{
	unsigned int port, group, sw, n;
	const u32 *v = values(f, &n);

	for (port = 0; port < n; port++)
		for (group = 0; group < n; group++)
			for (sw = 1; sw < n; sw++)
				if (!resolves(f, v[port], v[group], v[sw]))
					return false;
	return true;
}

static void test_inheritance(void)
{
	enum field f;

	for (f = 0; f < FIELDS; f++)
		tap_ok(inherits(f), "policy: %s: port over group over switch",
		       names[f]);
}

static void test_nested(void)
{
	static const u32 preset[] = {
		[PROMISCUOUS] = NVSWITCH_REJECT,
		[MAC_CHANGES] = NVSWITCH_REJECT,
		[FORGED_TRANSMITS] = NVSWITCH_ACCEPT,
		[LEARNING] = NVSWITCH_ON,
		[UNICAST_FLOOD] = NVSWITCH_ON,
	};
	const struct nvs_policy before[] = {
		filled(NVSWITCH_INHERIT, LIMIT_INHERIT),
		filled(NVSWITCH_REJECT, 7),
		filled(NVSWITCH_ACCEPT, 0),
	};
	enum field f;

	for (f = 0; f < FIELDS; f++) {
		bool is_preset = f < ARRAY_SIZE(preset);
		unsigned int i;
		bool ok = true;

		for (i = 0; i < ARRAY_SIZE(before); i++) {
			struct nvs_policy p =
				nvs_policy_preset_nested(before[i]);
			u32 want = is_preset ? preset[f] : get(&before[i], f);

			ok &= get(&p, f) == want;
		}
		tap_ok(ok, "policy: nested %s %s",
		       is_preset ? "sets" : "leaves", names[f]);
	}
}

static void test_learned(void)
{
	static const struct {
		const char *name;
		u8 forged;
		u8 learning;
		bool want;
	} rows[] = {
		{ "rejected and not learning", NVSWITCH_REJECT, NVSWITCH_OFF,
		  false },
		{ "rejected, though learning", NVSWITCH_REJECT, NVSWITCH_ON,
		  false },
		{ "accepted and not learning", NVSWITCH_ACCEPT, NVSWITCH_OFF,
		  false },
		{ "accepted and learning", NVSWITCH_ACCEPT, NVSWITCH_ON, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct nvs_policy p = nvs_policy_default;

		p.forged_transmits = rows[i].forged;
		p.learning = rows[i].learning;
		tap_ok(nvs_policy_is_learned(&p) == rows[i].want,
		       "policy: inner MACs learned: %s", rows[i].name);
	}
}

void test_policy(void)
{
	test_default();
	test_inheritance();
	test_nested();
	test_learned();
}
