// SPDX-License-Identifier: GPL-2.0-only
/* The shortcuts of admission: what they do not admit goes the longer way. */

#include "core/frame.h"
#include "rows.h"
#include "tap.h"

static const struct {
	const char *name;
	struct nvs_snapshot port;
	u64 want;
} plain_sources[] = {
	{ "the effective MAC", GUEST(), OWN },
	{ "the effective MAC, another than the initial one",
	  GUEST(.initial = FIRST), OWN },
	{ "whatever becomes of a request",
	  GUEST(.mac_state = NVSWITCH_MAC_CHANGE), OWN },
	{ "whatever the policy", NESTED(), OWN },
	{ "the host's own address", HOSTPORT(), OWN },
	{ "none through a blocked port", GUEST(.blocked = 1), NVS_MAC_NEVER },
	{ "none through a port that is not activated", GUEST(.waiting = 1),
	  NVS_MAC_NEVER },
	{ "none where no untagged frame may enter",
	  GUEST(.vlans.in = NVS_VLAN_NEVER), NVS_MAC_NEVER },
	{ "of a port in another VLAN",
	  GUEST(.vlans.in = RED | RED << 16, .vlans.pvid = RED), OWN },
	{ "none without a MAC", BARE(), NVS_MAC_NEVER },
	{ "none that is a group's", GUEST(.effective = GROUP), NVS_MAC_NEVER },
	{ "none through an uplink", UPLINK(.effective = OWN), NVS_MAC_NEVER },
};

static const struct {
	const char *name;
	struct nvs_snapshot port;
	struct nvs_frame frame;
	bool want;
} plain_rows[] = {
	{ "the effective MAC", GUEST(), FROM(OWN), true },
	{ "to all stations", GUEST(), FROM(OWN, .dst = BROAD), true },
	{ "to a group", GUEST(), FROM(OWN, .dst = GROUP), true },
	{ "the host's own address", HOSTPORT(), FROM(OWN), true },
	{ "no other source", GUEST(), FROM(INNER), false },
	{ "no other source of a nested port", NESTED(), FROM(INNER), false },
	{ "not the initial MAC if another is effective",
	  GUEST(.initial = FIRST), FROM(FIRST), false },
	{ "no zero source of a port without a MAC", BARE(), FROM(0), false },
	{ "no broadcast source of an uplink", UPLINK(), FROM(BROAD), false },
	{ "nothing through a blocked port", GUEST(.blocked = 1), FROM(OWN),
	  false },
	{ "nothing through a port that is not activated", GUEST(.waiting = 1),
	  FROM(OWN), false },
	{ "nothing where no untagged frame may enter",
	  GUEST(.vlans.in = NVS_VLAN_NEVER), FROM(OWN), false },
	{ "no BPDU", GUEST(.bpdu_pass = 1), FROM(OWN, .dst = STP), false },
	{ "no per-VLAN BPDU", GUEST(), FROM(OWN, .dst = PVST), false },
	{ "nothing link-local", GUEST(), FROM(OWN, .dst = LLDP), false },
	{ "no tag", GUEST(), FROM(OWN, TAG(RED)), false },
	{ "no priority tag", GUEST(), FROM(OWN, PRIORITY), false },
	{ "no 802.1ad tag", GUEST(), FROM(OWN, .service = 1), false },
};

static const struct nvs_allow list = {
	.count = 1, .entries = { { INNER, NVS_MAC_MASK } },
};

/*
 * Where sources are learned; what else allows learned entries; a closed port
 * shows none of them.
 */
static const struct {
	const char *name;
	struct nvs_snapshot port;
	bool may;
	bool closed;
	bool listed;
} learners[] = {
	{ "a nested port", NESTED(), true },
	{ "a nested port that may not take an address",
	  NESTED(.policy.learn_move = NVSWITCH_DENY), true },
	{ "a nested port without a MAC, auto",
	  NESTED(.initial = 0, .effective = 0), true },
	{ "a nested port with a MAC, explicit", NESTED(.explicit = 1), true },
	{ "a nested port, whatever becomes of a request",
	  NESTED(.mac_state = NVSWITCH_MAC_CONFLICT), true },
	{ "not without a MAC, explicit",
	  NESTED(.initial = 0, .effective = 0, .explicit = 1), false },
	{ "a nested port that is blocked", NESTED(.blocked = 1), true, true },
	{ "a nested port that is not activated", NESTED(.waiting = 1), true,
	  true },
	{ "a nested port without a VLAN for untagged frames",
	  NESTED(.vlans.in = NVS_VLAN_NEVER), true, true },
	{ "a nested port in another VLAN",
	  NESTED(.vlans.in = RED | RED << 16, .vlans.pvid = RED), true },
	{ "a nested port that is only dormant", NESTED(.dormant = 1), true },
	{ "a port with an allow list and nothing else: what is on it",
	  GUEST(.allow = &list), false, false, true },
	{ "a port with an allow list that is blocked",
	  GUEST(.allow = &list, .blocked = 1), false, true, true },
	{ "not an uplink with an allow list", UPLINK(.allow = &list), false },
	{ "not a port that is blocked and nothing else", GUEST(.blocked = 1),
	  false },
	{ "not with learning off", FORGER(), false },
	{ "not with forged_transmits reject",
	  GUEST(.policy.learning = NVSWITCH_ON), false },
	{ "not an uplink",
	  UPLINK(.policy.learning = NVSWITCH_ON,
		 .policy.forged_transmits = NVSWITCH_ACCEPT), false },
	{ "not the host",
	  HOSTPORT(.policy.learning = NVSWITCH_ON,
		   .policy.forged_transmits = NVSWITCH_ACCEPT), false },
};

static const struct {
	const char *name;
	struct nvs_snapshot port;
	struct nvs_frame frame;
	u64 seen;
	bool want;
} learned_rows[] = {
	{ "seen just now", NESTED(), FROM(INNER), NOW, true },
	{ "seen as long ago as nobody writes it anew",
	  NESTED(), FROM(INNER), NOW - REFRESH, true },
	/* Another CPU may have stamped it after this frame took its time. */
	{ "seen a moment later", NESTED(), FROM(INNER), NOW + 1, true },
	{ "to all stations", NESTED(), FROM(INNER, .dst = BROAD), NOW, true },
	{ "to a group", NESTED(), FROM(INNER, .dst = GROUP), NOW, true },
	{ "not if its stamp is due",
	  NESTED(), FROM(INNER), NOW - REFRESH - 1, false },
	{ "not through a port that does not learn",
	  FORGER(), FROM(INNER), NOW, false },
	{ "not through a blocked port",
	  NESTED(.blocked = 1), FROM(INNER), NOW, false },
	{ "not through a port that is not activated",
	  NESTED(.waiting = 1), FROM(INNER), NOW, false },
	{ "not where no untagged frame may enter",
	  NESTED(.vlans.in = NVS_VLAN_NEVER), FROM(INNER), NOW, false },
	{ "no BPDU",
	  NESTED(.bpdu_pass = 1), FROM(INNER, .dst = STP), NOW, false },
	{ "no per-VLAN BPDU", NESTED(), FROM(INNER, .dst = PVST), NOW, false },
	{ "nothing link-local",
	  NESTED(), FROM(INNER, .dst = LLDP), NOW, false },
	{ "no tag",
	  NESTED(), FROM(INNER, TAG(RED)), NOW, false },
	{ "no priority tag", NESTED(), FROM(INNER, PRIORITY), NOW, false },
	{ "no 802.1ad tag", NESTED(), FROM(INNER, .service = 1), NOW, false },
};

void test_shortcut(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(plain_sources); i++)
		tap_ok(nvs_plain_source(&plain_sources[i].port) ==
		       plain_sources[i].want, "admit: plain source: %s",
		       plain_sources[i].name);
	for (i = 0; i < ARRAY_SIZE(plain_rows); i++) {
		struct nvs_snapshot port = plain_rows[i].port;
		struct nvs_frame f = plain_rows[i].frame;

		port.plain = nvs_plain_source(&port);
		f.class = nvs_class_of(f.dst);
		tap_ok(nvs_admits_plainly(&port, &f) == plain_rows[i].want,
		       "admit: plainly: %s", plain_rows[i].name);
	}
	for (i = 0; i < ARRAY_SIZE(learners); i++) {
		const struct nvs_snapshot *port = &learners[i].port;
		bool may = learners[i].may;

		tap_ok(nvs_may_learn(port) == may, "admit: may learn: %s",
		       learners[i].name);
		tap_ok(nvs_learns(port) == ((may || learners[i].listed) &&
					    !learners[i].closed),
		       "admit: learns: %s", learners[i].name);
	}
	for (i = 0; i < ARRAY_SIZE(learned_rows); i++) {
		struct nvs_snapshot port = learned_rows[i].port;
		struct nvs_frame f = learned_rows[i].frame;

		port.learns = nvs_learns(&port);
		f.class = nvs_class_of(f.dst);
		tap_ok(nvs_admits_learned(&port, &f, learned_rows[i].seen,
					  NOW) == learned_rows[i].want,
		       "admit: learned: %s", learned_rows[i].name);
	}
}
