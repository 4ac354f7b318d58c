// SPDX-License-Identifier: GPL-2.0-only
/* Allow lists: what they match, and what rules 8, 11 and 12 make of it. */

#include "rows.h"
#include "tap.h"

/* The first byte is the lowest, so a prefix is the low bits. */
#define MASK24	0x0000000000ffffffULL
#define MASK25	0x0000000080ffffffULL
#define MASK47	0x0000feffffffffffULL
#define FAMILY	(INNER & MASK24)

static const struct nvs_allow exact = {
	.count = 1, .entries = { { INNER, NVS_MAC_MASK } },
};

static const struct nvs_allow masked = {
	.count = 1, .entries = { { FAMILY, MASK24 } },
};

/* Exact entries come first. */
static const struct nvs_allow both = {
	.count = 3, .entries = {
		{ PEER, NVS_MAC_MASK },
		{ INNER, NVS_MAC_MASK },
		{ FAMILY, MASK24 },
	},
};

static const struct nvs_allow others = {
	.count = 2, .entries = {
		{ PEER, NVS_MAC_MASK },
		{ MAC(0x02, 0, 0, 0, 0, 0), MASK24 },
	},
};

static const struct nvs_allow longest = {
	.count = 1, .entries = { { STATION(6), MASK47 } },
};

static const struct nvs_allow upper = {
	.count = 1, .entries = { { MAC(0x52, 0x54, 0, 0x80, 0, 0), MASK25 } },
};

static const struct nvs_allow nothing = { .count = 0 };

static const struct {
	const char *name;
	const struct nvs_allow *allow;
	u64 mac;
	enum nvs_allow_match want;
} matches[] = {
	{ "no list", NULL, INNER, NVS_ALLOW_NONE },
	{ "an empty list", &nothing, INNER, NVS_ALLOW_NONE },
	{ "the address itself", &exact, INNER, NVS_ALLOW_EXACT },
	{ "not the next one", &exact, PEER, NVS_ALLOW_NONE },
	{ "not with its first bit changed", &exact, INNER ^ 2, NVS_ALLOW_NONE },
	{ "not with its last bit changed", &exact, INNER ^ 1ULL << 40,
	  NVS_ALLOW_NONE },
	{ "one of many", &masked, INNER, NVS_ALLOW_MASKED },
	{ "the first of many", &masked, FAMILY, NVS_ALLOW_MASKED },
	{ "the last one of /24", &masked,
	  MAC(0x52, 0x54, 0x00, 0xff, 0xff, 0xff), NVS_ALLOW_MASKED },
	{ "not one behind the last of /24", &masked,
	  MAC(0x52, 0x54, 0x01, 0x00, 0x00, 0x00), NVS_ALLOW_NONE },
	{ "the upper half of /24", &upper,
	  MAC(0x52, 0x54, 0x00, 0x80, 0x00, 0x01), NVS_ALLOW_MASKED },
	{ "not the lower half", &upper,
	  MAC(0x52, 0x54, 0x00, 0x7f, 0x00, 0x01), NVS_ALLOW_NONE },
	{ "both of /47", &longest, STATION(7), NVS_ALLOW_MASKED },
	{ "/47 that names one of them is masked too", &longest, STATION(6),
	  NVS_ALLOW_MASKED },
	{ "not the one before /47", &longest, STATION(5), NVS_ALLOW_NONE },
	{ "not the one behind /47", &longest, STATION(8), NVS_ALLOW_NONE },
	{ "exact though masked as well", &both, INNER, NVS_ALLOW_EXACT },
	{ "the first of three", &both, PEER, NVS_ALLOW_EXACT },
	{ "the last of three", &both, FIRST, NVS_ALLOW_MASKED },
	{ "none of three", &both, MAC(0x02, 0, 0, 0, 0, 1), NVS_ALLOW_NONE },
	{ "others", &others, INNER, NVS_ALLOW_NONE },
};

/* Policies at their strictest, so that the list alone decides. */
#define LISTED(list, ...)						\
	GUEST(.allow = &(list), .policy.learn_move = NVSWITCH_DENY,	\
	      __VA_ARGS__)
/* A masked entry does not move what learn_move denies. */
#define MASKED(...)	GUEST(.allow = &masked, __VA_ARGS__)
#define ASLEEP		IN(.asleep = true)

/* clang-format off: a table, one row a case. */
static const struct row allow_rows[] = {
	{ "1: blocked, whatever the list says",
	  LISTED(exact, .blocked = 1), FROM(INNER), NEW,
	  DROPS(OPEN, PORT_BLOCKED) },
	{ "3: it lets no BPDU pass",
	  LISTED(exact), FROM(INNER, .dst = STP), NEW,
	  DROPS(RESERVED, BPDU_FILTER) },
	{ "4: nor another VLAN",
	  LISTED(exact), FROM(INNER, TAG(RED)), NEW, DROPS(VLAN, VLAN_FILTER) },
	{ "5: the effective MAC needs no list",
	  LISTED(masked), FROM(OWN), ADMITS(EFFECTIVE) },
	{ "6 before 8: owned by another port",
	  LISTED(exact), FROM(INNER), FIXED(OWNED, THERE),
	  DROPS(OWNER, MAC_CONFLICT) },
	{ "6 before 8: reserved by a dormant port",
	  LISTED(exact), FROM(INNER),
	  FIXED(RESERVED, THERE, .fixed_dormant = true),
	  DROPS(OWNER, MAC_CONFLICT) },
	{ "6 before 8: static on an uplink",
	  LISTED(exact), FROM(INNER), FIXED(STATIC, UPLINKS),
	  DROPS(OWNER, MAC_CONFLICT) },
	{ "6 before 8: local",
	  LISTED(exact), FROM(INNER), FIXED(LOCAL, HOST),
	  DROPS(OWNER, MAC_CONFLICT) },
	{ "7 before 8: static here is not learned",
	  LISTED(exact), FROM(INNER), FIXED(STATIC, HERE), ADMITS(STATIC) },

	{ "8: an exact entry admits and learns",
	  LISTED(exact), FROM(INNER), NEW,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "8: exact among others",
	  LISTED(both), FROM(INNER), NEW, ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "8: a masked entry admits and learns",
	  LISTED(masked), FROM(INNER), NEW, ENTERS(ALLOW, LEARNED) },
	{ "8: in the VLAN of the port",
	  LISTED(exact), VLANS(TRUNK_RED), FROM(INNER, TAG(RED)), NEW,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "8: no entry, no admission",
	  LISTED(others), FROM(INNER), NEW, DROPS(FORGED, FORGED_TRANSMIT) },
	{ "8: an empty list",
	  LISTED(nothing), FROM(INNER), NEW, DROPS(FORGED, FORGED_TRANSMIT) },
	{ "8: no entry, forged_transmits accept",
	  FORGER(.allow = &others), FROM(INNER), NEW, ADMITS(LEARN) },
	{ "8: no entry, nested",
	  NESTED(.allow = &others), FROM(INNER), NEW, ENTERS(LEARN, LEARNED) },
	{ "8: exact on a nested port stands against no limit",
	  NESTED(.allow = &exact), FROM(INNER), NEW,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "8: forged_transmits accept, learning off: learned all the same",
	  FORGER(.allow = &masked), FROM(INNER), NEW, ENTERS(ALLOW, LEARNED) },

	{ "8 before 9: explicit, without a MAC",
	  BARE(.allow = &exact, .explicit = 1), FROM(INNER), NEW,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "8 before 9: explicit, without a MAC, masked",
	  BARE(.allow = &masked, .explicit = 1), FROM(INNER), NEW,
	  ENTERS(ALLOW, LEARNED) },
	{ "8 before 9: what is listed is not adopted",
	  BARE(.allow = &exact), FROM(INNER), NEW,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "8 before 9: what is not listed is adopted",
	  BARE(.allow = &others), FROM(INNER), NEW, ENTERS(BINDING, ADOPTED) },

	{ "11: exact moves at once within move_hold",
	  LISTED(exact), FROM(INNER), DYNAMIC(LEARNED, THERE, NOW),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: exact moves what is remote",
	  LISTED(exact), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, NOW),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: exact moves what is adopted",
	  LISTED(exact), FROM(INNER), DYNAMIC(ADOPTED, THERE, NOW),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: exact moves at once though silent there",
	  LISTED(exact), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: exact moves where it is barred",
	  LISTED(exact), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, NOW, .trial = &here_barred),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: exact moves at once during a trial",
	  LISTED(exact), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, NOW, .trial = &left_here),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: exact needs no room",
	  LISTED(exact), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, NOW, .room = false),
	  MOVES(ALLOW, LEARNED, AT_ONCE, .exempt = 1) },
	{ "11: masked, in use elsewhere",
	  MASKED(), FROM(INNER), DYNAMIC(LEARNED, THERE, IN_HOLD),
	  DROPS(MOVE, MAC_MOVE) },
	{ "11: masked, silent elsewhere: by the ordinary rule",
	  MASKED(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  MOVES(ALLOW, LEARNED, ON_TRIAL) },
	{ "11: masked, remote and silent",
	  MASKED(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, BEFORE),
	  MOVES(ALLOW, LEARNED, ON_TRIAL) },
	{ "11: masked, learn_move deny",
	  LISTED(masked), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  DROPS(MOVE, MAC_MOVE) },
	{ "11: masked, barred",
	  MASKED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &here_barred),
	  DROPS(MOVE, MAC_MOVE) },
	{ "11: masked, shown again where it left",
	  MASKED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_here),
	  MOVES(ALLOW, LEARNED, BACK) },
	{ "11: masked needs room",
	  MASKED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .room = false),
	  DROPS(MOVE, LEARN_LIMIT, .full = 1) },
	{ "11: masked needs room with limit_policy allow too",
	  MASKED(.policy.limit_policy = NVSWITCH_ALLOW), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .room = false),
	  DROPS(MOVE, LEARN_LIMIT, .full = 1) },
	{ "11: masked in use elsewhere, and no room",
	  MASKED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .room = false),
	  DROPS(MOVE, MAC_MOVE) },

	{ "12: exact is outside both limits",
	  LISTED(exact), FROM(INNER), FULL,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "12: exact on a nested port too",
	  NESTED(.allow = &exact), FROM(INNER), FULL,
	  ENTERS(ALLOW, LEARNED, .exempt = 1) },
	{ "12: masked at a limit, drop",
	  LISTED(masked), FROM(INNER), FULL,
	  DROPS(LEARN, LEARN_LIMIT, .full = 1) },
	{ "12: masked at a limit, allow",
	  LISTED(masked, .policy.limit_policy = NVSWITCH_ALLOW), FROM(INNER),
	  FULL, ADMITS(ALLOW, .full = 1) },
	{ "12: exact, known here: refreshed",
	  LISTED(exact), FROM(INNER), DYNAMIC(LEARNED, HERE, BEFORE),
	  REFRESHES(ALLOW) },
	{ "12: exact, known here, stamp fresh",
	  LISTED(exact), FROM(INNER), DYNAMIC(LEARNED, HERE, FRESH),
	  ADMITS(ALLOW) },
	{ "12: masked, known here: refreshed at a limit",
	  LISTED(masked), FROM(INNER),
	  DYNAMIC(LEARNED, HERE, BEFORE, .room = false), REFRESHES(ALLOW) },

	{ "asleep: exact enters nothing",
	  LISTED(exact), ASLEEP, FROM(INNER), FULL,
	  DROPS(LEARN, LEARN_LIMIT, .full = 1) },
	{ "asleep: exact enters nothing, limit_policy allow",
	  LISTED(exact, .policy.limit_policy = NVSWITCH_ALLOW), ASLEEP,
	  FROM(INNER), FULL, ADMITS(ALLOW, .full = 1) },
	{ "asleep: exact moves nothing",
	  LISTED(exact), ASLEEP, FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  DROPS(MOVE, MAC_MOVE) },
	{ "asleep: exact gets nothing back",
	  LISTED(exact), ASLEEP, FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &left_here),
	  DROPS(MOVE, MAC_MOVE) },
	{ "asleep: masked moves nothing",
	  MASKED(), ASLEEP, FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  DROPS(MOVE, MAC_MOVE) },
};

/* clang-format on */

void test_allow(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(matches); i++) {
		const struct nvs_snapshot port = { .allow = matches[i].allow };

		tap_ok(nvs_allow_match(&port, matches[i].mac) ==
		       matches[i].want, "allow: matches: %s", matches[i].name);
	}
	rows_run("allow", allow_rows, ARRAY_SIZE(allow_rows));
}
