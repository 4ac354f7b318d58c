// SPDX-License-Identifier: GPL-2.0-only
/* Private VLANs: who may talk to whom, and which of them go together. */

#include <string.h>

#include "modes.h"
#include "tap.h"

/* Who gets a frame, in this order. */
static const struct {
	const char *name;
	unsigned int mode;
} receivers[] = {
	{ "a promiscuous member", MODE_PROMISCUOUS },
	{ "an isolated member", MODE_ISOLATED },
	{ "a member of the community", MODE_COMMUNITY },
	{ "a member of another community", MODE_NEIGHBOURS },
	{ "an access port in the primary VLAN", MODE_ACCESS_P },
	{ "a trunk of the primary VLAN", MODE_TRUNK_P },
	{ "a trunk of the isolated VLAN", MODE_TRUNK_I },
	{ "a trunk of the community", MODE_TRUNK_C },
	{ "a trunk of all four", MODE_TRUNK_ALL_P },
	{ "a trunk with a native primary VLAN", MODE_NATIVE_P },
	{ "a port outside", MODE_ACCESS },
	{ "a trunk outside", MODE_TRUNK_BOTH },
	{ "an uplink", MODE_UPLINK },
	{ "the host", MODE_HOST },
};

/*
 * How it gets its copy: untagged (u), with the tag of the primary (P), isolated
 * (I), this community's (C) or the other's (N) VLAN; refused (-); no receiver
 * at all (.). @vid is the tag that it comes with, 0 for none.
 */
static const struct {
	const char *name;
	unsigned int from;
	u16 vid;
	const char *want;
} senders[] = {
	{ "a promiscuous member", MODE_PROMISCUOUS, 0, "uuuuuP..Pu..PP" },
	{ "an isolated member", MODE_ISOLATED, 0, "u---..I.I...IP" },
	{ "a member of the community", MODE_COMMUNITY, 0, "u-u-...CCC..CP" },
	{ "a member of another community", MODE_NEIGHBOURS, 0,
	  "u--u....N...NP" },
	{ "an access port in the primary VLAN", MODE_ACCESS_P, 0,
	  "uuuuuP..Pu..PP" },
	{ "a trunk with a native primary VLAN", MODE_NATIVE_P, 0,
	  "uuuuuP..Pu..PP" },
	{ "a trunk in the primary VLAN", MODE_TRUNK_P, P, "uuuuuP..Pu..PP" },
	{ "a trunk in the isolated VLAN", MODE_TRUNK_I, ISOLATED,
	  "u---..I.I...IP" },
	{ "a trunk in the community", MODE_TRUNK_C, COMMUNITY,
	  "u-u-...CCC..CP" },
	{ "a trunk in another community", MODE_TRUNK_ALL_P, NEIGHBOURS,
	  "u--u....N...NP" },
	{ "an uplink in the primary VLAN", MODE_UPLINK, P, "uuuuuP..Pu..PP" },
	{ "an uplink in the isolated VLAN", MODE_UPLINK, ISOLATED,
	  "u---..I.I...IP" },
	{ "an uplink in the community", MODE_UPLINK, COMMUNITY,
	  "u-u-...CCC..CP" },
	{ "the host in the primary VLAN", MODE_HOST, P, "uuuuuP..Pu..PP" },
	{ "the host in the isolated VLAN", MODE_HOST, ISOLATED,
	  "uuuuuP..Pu..PP" },
	{ "the host in the community", MODE_HOST, COMMUNITY,
	  "uuuuuP..Pu..PP" },
};

static char tag_letter(u16 tag)
{
	switch (tag) {
	case 0:
		return 'u';
	case P:
		return 'P';
	case ISOLATED:
		return 'I';
	case COMMUNITY:
		return 'C';
	case NEIGHBOURS:
		return 'N';
	default:
		return '?';
	}
}

static char outcome(unsigned int to, const struct nvs_frame *f)
{
	const struct nvs_snapshot *port = mode_port(to);
	enum nvswitch_drop_reason reason = nvs_vlan_refusal(port, f);

	if (!nvs_vlan_carries(port, f))
		return reason == NVSWITCH_DROP_PRIVATE_VLAN ? '.' : '!';
	if (reason == NVSWITCH_DROP_PRIVATE_VLAN)
		return '-';
	return reason ? '!' : tag_letter(nvs_vlan_tag(port, f));
}

static void test_members(unsigned int s)
{
	struct nvs_frame f = {
		.vid = senders[s].vid,
		.tagged = senders[s].vid != 0,
		.named = senders[s].vid != 0,
	};
	unsigned int i, wrong = 0;
	bool admitted;

	nvs_vlan_classify(mode_port(senders[s].from), mode_private(), &f);
	admitted = nvs_vlan_admits(mode_port(senders[s].from), &f);
	for (i = 0; i < ARRAY_SIZE(receivers); i++) {
		char got = outcome(receivers[i].mode, &f);

		if (got == senders[s].want[i])
			continue;
		wrong++;
		tap_note("to %s: wanted %c, got %c", receivers[i].name,
			 senders[s].want[i], got);
	}
	tap_ok(admitted && f.fid == P && !wrong, "private: from %s",
	       senders[s].name);
}

/* Which modes go together. */

#define MEMBER(p, t, s)							\
	{ .mode = NVSWITCH_VLAN_PRIVATE, .vid = (p),			\
	  .type = NVSWITCH_PRIVATE_##t, .secondary = (s) }

/* What the last of them is told; what the ones before it are told is FITS. */
static const struct {
	const char *name;
	struct nvs_vlan vlans[3];
	unsigned int n;
	enum nvs_vlan_clash want;
} sets[] = {
	{ "a promiscuous member alone", { MEMBER(10, PROMISCUOUS, 0) }, 1,
	  NVS_VLAN_FITS },
	{ "all members of one", {
		MEMBER(10, PROMISCUOUS, 0), MEMBER(10, ISOLATED, 11),
		MEMBER(10, COMMUNITY, 12),
	  }, 3, NVS_VLAN_FITS },
	{ "the same twice", {
		MEMBER(10, ISOLATED, 11), MEMBER(10, ISOLATED, 11),
	  }, 2, NVS_VLAN_FITS },
	{ "the same community twice", {
		MEMBER(10, COMMUNITY, 11), MEMBER(10, COMMUNITY, 11),
	  }, 2, NVS_VLAN_FITS },
	{ "two isolated VLANs of one primary", {
		MEMBER(10, ISOLATED, 11), MEMBER(10, ISOLATED, 12),
	  }, 2, NVS_VLAN_FITS },
	{ "two primary VLANs", {
		MEMBER(10, ISOLATED, 11), MEMBER(20, ISOLATED, 21),
	  }, 2, NVS_VLAN_FITS },
	{ "a secondary VLAN of two primary ones", {
		MEMBER(10, ISOLATED, 11), MEMBER(20, ISOLATED, 11),
	  }, 2, NVS_VLAN_TWO_PRIMARIES },
	{ "a community of two primary ones", {
		MEMBER(10, COMMUNITY, 11), MEMBER(20, COMMUNITY, 11),
	  }, 2, NVS_VLAN_TWO_PRIMARIES },
	{ "isolated, then a community", {
		MEMBER(10, ISOLATED, 11), MEMBER(10, COMMUNITY, 11),
	  }, 2, NVS_VLAN_TWO_TYPES },
	{ "a community, then isolated", {
		MEMBER(10, COMMUNITY, 11), MEMBER(10, ISOLATED, 11),
	  }, 2, NVS_VLAN_TWO_TYPES },
	{ "primary and secondary in one mode", { MEMBER(10, ISOLATED, 10) }, 1,
	  NVS_VLAN_TWO_USES },
	{ "isolated, then primary", {
		MEMBER(10, ISOLATED, 11), MEMBER(11, PROMISCUOUS, 0),
	  }, 2, NVS_VLAN_TWO_USES },
	{ "a community, then primary", {
		MEMBER(10, COMMUNITY, 11), MEMBER(11, ISOLATED, 12),
	  }, 2, NVS_VLAN_TWO_USES },
	{ "primary, then isolated", {
		MEMBER(11, PROMISCUOUS, 0), MEMBER(10, ISOLATED, 11),
	  }, 2, NVS_VLAN_TWO_USES },
	{ "primary of a community, then another's", {
		MEMBER(11, COMMUNITY, 12), MEMBER(10, COMMUNITY, 11),
	  }, 2, NVS_VLAN_TWO_USES },
	{ "other modes say nothing of it", {
		MEMBER(10, ISOLATED, 11), ACCESS(11), TRUNK(.native = 11),
	  }, 3, NVS_VLAN_FITS },
};

static const struct {
	const char *name;
	struct nvs_vlan vlan;
	enum nvs_vlan_clash want;
} checks[] = {
	{ "no VLAN", { .mode = NVSWITCH_VLAN_NONE }, NVS_VLAN_FITS },
	{ "inherited", { .mode = NVSWITCH_VLAN_INHERIT }, NVS_VLAN_FITS },
	{ "another access VLAN", ACCESS(RED), NVS_VLAN_FITS },
	{ "a primary access VLAN", ACCESS(P), NVS_VLAN_FITS },
	{ "an isolated access VLAN", ACCESS(ISOLATED),
	  NVS_VLAN_SECONDARY_USED },
	{ "a community as access VLAN", ACCESS(COMMUNITY),
	  NVS_VLAN_SECONDARY_USED },
	{ "a trunk without a native VLAN", TRUNK(EVERY), NVS_VLAN_FITS },
	{ "another native VLAN", TRUNK(EVERY, .native = RED), NVS_VLAN_FITS },
	{ "a primary native VLAN", TRUNK(.native = P), NVS_VLAN_FITS },
	{ "an isolated native VLAN", TRUNK(LOW(VID(P)), .native = ISOLATED),
	  NVS_VLAN_SECONDARY_USED },
	{ "a native community", TRUNK(.native = NEIGHBOURS),
	  NVS_VLAN_SECONDARY_USED },
	{ "a promiscuous member", PRIVATE(PROMISCUOUS, 0), NVS_VLAN_FITS },
	{ "an isolated member", PRIVATE(ISOLATED, ISOLATED), NVS_VLAN_FITS },
	{ "a member of a community", PRIVATE(COMMUNITY, COMMUNITY),
	  NVS_VLAN_FITS },
};

static bool set_is_judged(unsigned int s)
{
	enum nvs_vlan_clash got, want;
	struct nvs_private p, before;
	unsigned int i;

	nvs_private_init(&p);
	for (i = 0; i < sets[s].n; i++) {
		before = p;
		got = nvs_private_add(&p, &sets[s].vlans[i]);
		want = i + 1 < sets[s].n ? NVS_VLAN_FITS : sets[s].want;
		if (got != want || (got && memcmp(&p, &before, sizeof(p))))
			return false;
	}
	return true;
}

/* All modes of the switch, collected, are what is written down of them. */
static bool is_collected(void)
{
	struct nvs_private p;
	unsigned int i;

	nvs_private_init(&p);
	for (i = 0; i < MODES; i++)
		if (nvs_private_add(&p, &modes[i].vlan))
			return false;
	for (i = 0; i < MODES; i++)
		if (nvs_private_check(&p, &modes[i].vlan))
			return false;
	return !memcmp(&p, mode_private(), sizeof(p));
}

/* Random sets of modes, few VLANs, in any order: a model is easy. */

#define SETS	20000
#define MEMBERS	5

static void random_member(struct random *r, struct nvs_vlan *v)
{
	static const u8 types[] = {
		NVSWITCH_PRIVATE_PROMISCUOUS, NVSWITCH_PRIVATE_ISOLATED,
		NVSWITCH_PRIVATE_ISOLATED, NVSWITCH_PRIVATE_COMMUNITY,
	};

	*v = (struct nvs_vlan){
		.mode = NVSWITCH_VLAN_PRIVATE,
		.vid = 1 + random_below(r, 4),
		.type = random_of(r, types),
	};
	if (v->type != NVSWITCH_PRIVATE_PROMISCUOUS)
		v->secondary = 3 + random_below(r, 5);
}

static bool model_fits(const struct nvs_vlan *v, unsigned int n)
{
	unsigned int i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++) {
			if (v[i].secondary && v[i].secondary == v[j].vid)
				return false;
			if (v[i].secondary &&
			    v[i].secondary == v[j].secondary &&
			    (v[i].vid != v[j].vid || v[i].type != v[j].type))
				return false;
		}
	return true;
}

static bool core_fits(const struct nvs_vlan *v, unsigned int n,
		      struct nvs_private *p)
{
	unsigned int i;

	nvs_private_init(p);
	for (i = 0; i < n; i++)
		if (nvs_private_add(p, &v[i]))
			return false;
	return true;
}

static bool same_backwards(const struct nvs_vlan *v,
			   const struct nvs_private *p)
{
	struct nvs_vlan back[MEMBERS];
	struct nvs_private q;
	unsigned int i;

	for (i = 0; i < MEMBERS; i++)
		back[i] = v[MEMBERS - 1 - i];
	return core_fits(back, MEMBERS, &q) && !memcmp(p, &q, sizeof(q));
}

static void test_sets(void)
{
	unsigned int i, n, differ = 0, order = 0, fitting = 0;
	struct random r = { RANDOM_SEED };

	for (i = 0; i < SETS; i++) {
		struct nvs_vlan v[MEMBERS];
		struct nvs_private p;
		bool fits;

		for (n = 0; n < MEMBERS; n++)
			random_member(&r, &v[n]);
		fits = core_fits(v, MEMBERS, &p);
		differ += fits != model_fits(v, MEMBERS);
		fitting += fits;
		order += fits && !same_backwards(v, &p);
	}
	tap_ok(fitting && !differ, "private: random: they fit as in the model");
	tap_ok(fitting && !order, "private: random: in whatever order");
	tap_note("private: %u of %u sets fit", fitting, SETS);
}

void test_private(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(senders); i++)
		test_members(i);
	for (i = 0; i < ARRAY_SIZE(sets); i++)
		tap_ok(set_is_judged(i), "private: together: %s", sets[i].name);
	for (i = 0; i < ARRAY_SIZE(checks); i++)
		tap_ok(nvs_private_check(mode_private(), &checks[i].vlan) ==
		       checks[i].want, "private: leaves secondary VLANs: %s",
		       checks[i].name);
	tap_ok(is_collected(), "private: collected from all modes of a switch");
	test_sets();
}
