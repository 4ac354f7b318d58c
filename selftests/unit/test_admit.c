// SPDX-License-Identifier: GPL-2.0-only
/*
 * Admission: every rule for a frame from a guest port, an uplink and the host,
 * and which of two rules decides. A row is one frame and what is known of it.
 */

#include "core/admit.h"
#include "core/frame.h"
#include "tap.h"

/* Places. */
#define HERE	NVS_PLACE_FIRST_PORT
#define THERE	(NVS_PLACE_FIRST_PORT + 1)
#define HOST	NVS_PLACE_HOST
#define UPLINKS	NVS_PLACE_UPLINKS

/* Addresses. */
#define OWN	STATION(1)	/* effective MAC of the port */
#define FIRST	STATION(2)	/* initial MAC, where that is another */
#define INNER	STATION(3)
#define PEER	STATION(4)	/* some destination */
#define BROAD	MAC(0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
#define STP	MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x00)
#define PVST	MAC(0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd)
#define LLDP	MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e)
#define GROUP	MAC(0x01, 0x00, 0x5e, 0x00, 0x00, 0x01)

/* Times. */
#define NOW	1000000ULL
#define HOLD	200
#define REFRESH	50
#define TRIAL	300000
#define IN_HOLD	(NOW - HOLD + 10)
#define BEFORE	(NOW - HOLD - 10)
#define FRESH	(NOW - REFRESH + 10)

struct row {
	const char *name;
	struct nvs_snapshot port;
	struct nvs_ingress in;
	struct nvs_frame frame;
	struct nvs_known known;
	struct nvs_admission want;
};

#define TIMES	.hold = HOLD, .refresh = REFRESH, .trial = TRIAL

/* The policy of a new switch, and what a row changes. */
#define GUEST(...)							\
	.port = { TIMES, .role = NVS_GUEST, .place = HERE,		\
		  .initial = OWN, .effective = OWN,			\
		  .policy.promiscuous = NVSWITCH_REJECT,		\
		  .policy.mac_changes = NVSWITCH_REJECT,		\
		  .policy.forged_transmits = NVSWITCH_REJECT,		\
		  .policy.learning = NVSWITCH_OFF,			\
		  .policy.unicast_flood = NVSWITCH_ON,			\
		  .policy.limit_policy = NVSWITCH_DROP,			\
		  .policy.learn_move = NVSWITCH_ALLOW,			\
		  .policy.learn_limit = 4096, __VA_ARGS__ }
#define FORGER(...)							\
	GUEST(.policy.forged_transmits = NVSWITCH_ACCEPT, __VA_ARGS__)
#define NESTED(...)							\
	FORGER(.policy.learning = NVSWITCH_ON, __VA_ARGS__)
#define BARE(...)							\
	GUEST(.initial = 0, .effective = 0, __VA_ARGS__)
#define UPLINK(...)							\
	.port = { TIMES, .role = NVS_UPLINK, .place = UPLINKS, __VA_ARGS__ }
#define HOSTPORT(...)							\
	.port = { TIMES, .role = NVS_HOST, .place = HOST,		\
		  .effective = OWN, __VA_ARGS__ }

#define IN(...)		.in = { __VA_ARGS__ }
#define ACTIVE(...)	.in = { .active = true, __VA_ARGS__ }

#define FROM(source, ...)						\
	.frame = { .src = source, .dst = PEER, .payload = 46, __VA_ARGS__ }

/* What the table says. A frame without one of these is unknown, with room. */
#define FIXED(what, where, ...)						\
	.known = { .fixed = NVSWITCH_FDB_##what, .fixed_place = where,	\
		   .room = true, __VA_ARGS__ }
#define DYNAMIC(what, where, when, ...)					\
	.known = { .dynamic = NVSWITCH_FDB_##what, .place = where,	\
		   .seen = when, .room = true, __VA_ARGS__ }
#define NEW		.known = { .room = true }
#define FULL		.known = { .room = false }

#define DROPS(why)							\
	.want = { .verdict = NVS_DROP, .reason = NVSWITCH_DROP_##why }
#define PASSES		.want = { .verdict = NVS_PASS }
#define ADMITS		.want = { .verdict = NVS_ADMIT }
#define REFRESHES							\
	.want = { .verdict = NVS_ADMIT, .learn = NVS_LEARN_REFRESH }
#define ENTERS(what)							\
	.want = { .verdict = NVS_ADMIT, .learn = NVS_LEARN_ENTER,	\
		  .kind = NVSWITCH_FDB_##what }
#define MOVES(what, how)						\
	.want = { .verdict = NVS_ADMIT, .learn = NVS_LEARN_MOVE,	\
		  .kind = NVSWITCH_FDB_##what, .move = NVS_MOVE_##how }

/* The remembered place of an address on trial. */
static const struct nvs_trial left_here = { .left = HERE, .end = NOW + 1 };
static const struct nvs_trial left_uplinks = {
	.left = UPLINKS, .end = NOW + 1,
};

static const struct nvs_trial left_there = { .left = THERE, .end = NOW + 1 };
static const struct nvs_trial uplinks_over = { .left = UPLINKS, .end = NOW };

static const struct nvs_trial here_barred = {
	.bars = { { .place = HERE, .length = 1000, .since = NOW - 500 } },
};

/* clang-format off: a table, one row a case. */
static const struct row guest_rows[] = {
	{ "1: a blocked port's own address",
	  GUEST(.blocked = 1), FROM(OWN), DROPS(PORT_BLOCKED) },
	{ "1: a blocked port's static address",
	  GUEST(.blocked = 1), FROM(INNER), FIXED(STATIC, HERE),
	  DROPS(PORT_BLOCKED) },
	{ "1 before 2: blocked, zero source",
	  GUEST(.blocked = 1), FROM(0), DROPS(PORT_BLOCKED) },

	{ "2: multicast source",
	  NESTED(), FROM(GROUP), DROPS(INVALID_SOURCE) },
	{ "2: broadcast source",
	  NESTED(), FROM(BROAD), DROPS(INVALID_SOURCE) },
	{ "2: zero source",
	  NESTED(), FROM(0), DROPS(INVALID_SOURCE) },
	{ "2: zero source, and no effective MAC",
	  BARE(), FROM(0), DROPS(INVALID_SOURCE) },
	{ "2 before 3: zero source, BPDU",
	  GUEST(), FROM(0, .dst = STP), DROPS(INVALID_SOURCE) },

	{ "3: BPDU",
	  GUEST(), FROM(OWN, .dst = STP), DROPS(BPDU_FILTER) },
	{ "3: per-VLAN BPDU",
	  GUEST(), FROM(OWN, .dst = PVST), DROPS(BPDU_FILTER) },
	{ "3: BPDU with bpdu pass",
	  GUEST(.bpdu_pass = 1), FROM(OWN, .dst = STP), ADMITS },
	{ "3: per-VLAN BPDU with bpdu pass",
	  GUEST(.bpdu_pass = 1), FROM(OWN, .dst = PVST), ADMITS },
	{ "3: link-local",
	  GUEST(), FROM(OWN, .dst = LLDP), DROPS(LINK_LOCAL) },
	{ "3: link-local, always",
	  GUEST(.bpdu_pass = 1), FROM(OWN, .dst = LLDP), DROPS(LINK_LOCAL) },
	{ "3: any other group",
	  GUEST(), FROM(OWN, .dst = GROUP), ADMITS },
	{ "3: bpdu pass opens no other rule",
	  GUEST(.bpdu_pass = 1), FROM(INNER, .dst = STP), NEW,
	  DROPS(FORGED_TRANSMIT) },
	{ "3 before 4: BPDU in a VLAN not carried",
	  GUEST(), FROM(OWN, .dst = STP, .vid = 5, .tagged = 1),
	  DROPS(BPDU_FILTER) },

	{ "4: a VLAN not carried, own address",
	  GUEST(), FROM(OWN, .vid = 5, .tagged = 1), DROPS(VLAN_FILTER) },
	{ "4: a second tag, own address",
	  GUEST(), FROM(OWN, .tagged = 1, .stacked = 1), DROPS(VLAN_FILTER) },
	{ "4: a lone 802.1ad tag, own address",
	  GUEST(), FROM(OWN, .service = 1), DROPS(VLAN_FILTER) },
	{ "4: a priority tag",
	  GUEST(), FROM(OWN, .tagged = 1), ADMITS },

	{ "5: the effective MAC",
	  GUEST(), FROM(OWN), ADMITS },
	{ "5: the effective MAC needs no look-up",
	  GUEST(), FROM(OWN), FIXED(OWNED, THERE), ADMITS },
	{ "5: the effective MAC, another than the initial one",
	  GUEST(.initial = FIRST), FROM(OWN), ADMITS },
	{ "5: the initial MAC is not the effective one",
	  GUEST(.initial = FIRST), FROM(FIRST), FIXED(RESERVED, HERE),
	  DROPS(FORGED_TRANSMIT) },
	{ "5: a refused request changes nothing for what is sent",
	  GUEST(.mac_state = NVSWITCH_MAC_CHANGE), FROM(OWN), ADMITS },

	{ "6: the host's address",
	  NESTED(), FROM(INNER), FIXED(LOCAL, HOST), DROPS(MAC_CONFLICT) },
	{ "6: owned by another port",
	  NESTED(), FROM(INNER), FIXED(OWNED, THERE), DROPS(MAC_CONFLICT) },
	{ "6: reserved by another port",
	  NESTED(), FROM(INNER), FIXED(RESERVED, THERE), DROPS(MAC_CONFLICT) },
	{ "6: static on another port",
	  NESTED(), FROM(INNER), FIXED(STATIC, THERE), DROPS(MAC_CONFLICT) },
	{ "6: static on an uplink",
	  NESTED(), FROM(INNER), FIXED(STATIC, UPLINKS), DROPS(MAC_CONFLICT) },
	{ "6: a dormant port's addresses stay reserved",
	  NESTED(), FROM(INNER), FIXED(OWNED, THERE, .fixed_dormant = true),
	  DROPS(MAC_CONFLICT) },
	{ "6: a dormant port's static entries are kept",
	  NESTED(), FROM(INNER), FIXED(STATIC, THERE, .fixed_dormant = true),
	  DROPS(MAC_CONFLICT) },
	{ "6: its own reserved address is no conflict",
	  FORGER(.initial = FIRST), FROM(FIRST), FIXED(RESERVED, HERE),
	  ADMITS },
	{ "6 before 9: owned elsewhere, explicit without a MAC",
	  BARE(.explicit = 1), FROM(INNER), FIXED(OWNED, THERE),
	  DROPS(MAC_CONFLICT) },
	{ "6 before 9: nothing owned is adopted",
	  BARE(), FROM(INNER), FIXED(OWNED, THERE), DROPS(MAC_CONFLICT) },
	{ "6 before 10: owned elsewhere, forged",
	  GUEST(), FROM(INNER), FIXED(OWNED, THERE), DROPS(MAC_CONFLICT) },

	{ "7: static on this very port",
	  GUEST(), FROM(INNER), FIXED(STATIC, HERE), ADMITS },
	{ "7: no static entry, no admission",
	  GUEST(), FROM(INNER), NEW, DROPS(FORGED_TRANSMIT) },
	{ "7 before 9: static, explicit without a MAC",
	  BARE(.explicit = 1), FROM(INNER), FIXED(STATIC, HERE), ADMITS },
	{ "7 before 9: what is static is not adopted",
	  BARE(), FROM(INNER), FIXED(STATIC, HERE), ADMITS },
	{ "7 before 12: static is outside the limits",
	  NESTED(), FROM(INNER), FIXED(STATIC, HERE, .room = false), ADMITS },

	{ "9: explicit, without a MAC",
	  BARE(.explicit = 1), FROM(INNER), NEW, DROPS(NO_MAC) },
	{ "9: explicit, with a MAC",
	  GUEST(.explicit = 1), FROM(OWN), ADMITS },
	{ "9: explicit, without a MAC, though nested",
	  NESTED(.initial = 0, .effective = 0, .explicit = 1), FROM(INNER), NEW,
	  DROPS(NO_MAC) },
	{ "9: explicit ends an adoption",
	  BARE(.explicit = 1), IN(.adopted = INNER), FROM(INNER),
	  DYNAMIC(ADOPTED, HERE, BEFORE), DROPS(NO_MAC) },
	{ "9: explicit with a MAC leaves the rest to rule 10",
	  GUEST(.explicit = 1), FROM(INNER), NEW, DROPS(FORGED_TRANSMIT) },
	{ "9: auto adopts the first source",
	  BARE(), FROM(INNER), NEW, ENTERS(ADOPTED) },
	{ "9: auto adopts with learning on and forged_transmits reject",
	  BARE(.policy.learning = NVSWITCH_ON), FROM(INNER), NEW,
	  ENTERS(ADOPTED) },
	{ "9: auto adopts with forged_transmits accept and learning off",
	  FORGER(.initial = 0, .effective = 0), FROM(INNER), NEW,
	  ENTERS(ADOPTED) },
	{ "9: auto adopts nothing on a nested port",
	  NESTED(.initial = 0, .effective = 0), FROM(INNER), NEW,
	  ENTERS(LEARNED) },
	{ "9: so the limits hold on a nested port without a MAC",
	  NESTED(.initial = 0, .effective = 0), FROM(INNER), FULL,
	  DROPS(LEARN_LIMIT) },
	{ "9: a port with a MAC adopts nothing",
	  FORGER(), FROM(INNER), NEW, ADMITS },
	{ "9: a second source is not adopted",
	  BARE(), IN(.adopted = OWN), FROM(INNER), NEW,
	  DROPS(FORGED_TRANSMIT) },
	{ "9: a second source, forged_transmits accept",
	  FORGER(.initial = 0, .effective = 0), IN(.adopted = OWN),
	  FROM(INNER), NEW, ADMITS },
	{ "9: every frame refreshes the adopted MAC's entry",
	  BARE(), IN(.adopted = INNER), FROM(INNER),
	  DYNAMIC(ADOPTED, HERE, BEFORE), REFRESHES },
	{ "9: but not when it is fresh",
	  BARE(), IN(.adopted = INNER), FROM(INNER),
	  DYNAMIC(ADOPTED, HERE, FRESH), ADMITS },
	{ "9: the adopted MAC is entered in each VLAN it is seen in",
	  BARE(), IN(.adopted = INNER), FROM(INNER), NEW, ENTERS(ADOPTED) },
	{ "9: adoption is outside both limits",
	  BARE(), FROM(INNER), FULL, ENTERS(ADOPTED) },
	{ "9 and 11: adopting what is in use elsewhere",
	  BARE(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "9 and 11: adopting what is adopted and in use elsewhere",
	  BARE(), FROM(INNER), DYNAMIC(ADOPTED, THERE, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "9 and 11: adopting a VM that migrated in",
	  BARE(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, BEFORE),
	  MOVES(ADOPTED, ON_TRIAL) },
	{ "9 and 11: adopting by a move is outside both limits",
	  BARE(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE, .room = false),
	  MOVES(ADOPTED, ON_TRIAL) },
	{ "9 and 11: adopting with learn_move deny",
	  BARE(.policy.learn_move = NVSWITCH_DENY), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, BEFORE), DROPS(MAC_MOVE) },
	{ "9 and 11: an adopted MAC that was taken is shown again",
	  BARE(), IN(.adopted = INNER), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_here),
	  MOVES(ADOPTED, BACK) },
	{ "9 and 11: a barred port adopts nothing",
	  BARE(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &here_barred),
	  DROPS(MAC_MOVE) },

	{ "9: a dormant port adopts nothing",
	  BARE(.dormant = 1), IN(.asleep = true), FROM(INNER), FULL,
	  DROPS(FORGED_TRANSMIT) },
	{ "9: nor does it show its adopted MAC",
	  BARE(.dormant = 1), IN(.adopted = INNER, .asleep = true),
	  FROM(INNER), FULL, DROPS(FORGED_TRANSMIT) },

	{ "10: forged_transmits reject",
	  GUEST(), FROM(INNER), NEW, DROPS(FORGED_TRANSMIT) },
	{ "10: whether learning or not",
	  GUEST(.policy.learning = NVSWITCH_ON), FROM(INNER), NEW,
	  DROPS(FORGED_TRANSMIT) },
	{ "10: forged_transmits accept",
	  FORGER(), FROM(INNER), NEW, ADMITS },
	{ "10: mac_changes accept is no leave to forge",
	  GUEST(.policy.mac_changes = NVSWITCH_ACCEPT), FROM(INNER), NEW,
	  DROPS(FORGED_TRANSMIT) },
	{ "10: limit_policy allow is no leave to forge",
	  GUEST(.policy.limit_policy = NVSWITCH_ALLOW), FROM(INNER), FULL,
	  DROPS(FORGED_TRANSMIT) },
	{ "10 before 11: forged, and in use elsewhere",
	  GUEST(), FROM(INNER), DYNAMIC(LEARNED, THERE, IN_HOLD),
	  DROPS(FORGED_TRANSMIT) },

	{ "11: learned and in use elsewhere",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, THERE, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "11: adopted and in use elsewhere",
	  NESTED(), FROM(INNER), DYNAMIC(ADOPTED, THERE, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "11: remote and in use elsewhere",
	  NESTED(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "11: learned elsewhere, silent",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  MOVES(LEARNED, ON_TRIAL) },
	{ "11: remote, silent",
	  NESTED(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, BEFORE),
	  MOVES(LEARNED, ON_TRIAL) },
	{ "11: learn_move deny",
	  NESTED(.policy.learn_move = NVSWITCH_DENY), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE), DROPS(MAC_MOVE) },
	{ "11: learn_move deny, nothing known",
	  NESTED(.policy.learn_move = NVSWITCH_DENY), FROM(INNER), NEW,
	  ENTERS(LEARNED) },
	{ "11: a return, within move_hold",
	  NESTED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_here),
	  MOVES(LEARNED, BACK) },
	{ "11: a return needs no room",
	  NESTED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_here, .room = false),
	  MOVES(LEARNED, BACK) },
	{ "11: barred",
	  NESTED(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &here_barred),
	  DROPS(MAC_MOVE) },
	{ "11: a move needs room",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE, .room = false),
	  DROPS(LEARN_LIMIT) },
	{ "11: a move needs room with limit_policy allow too",
	  NESTED(.policy.limit_policy = NVSWITCH_ALLOW), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .room = false), DROPS(LEARN_LIMIT) },
	{ "11: a dormant port takes nothing",
	  NESTED(.dormant = 1), IN(.asleep = true), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE), DROPS(MAC_MOVE) },
	{ "11: a dormant port gets nothing back",
	  NESTED(.dormant = 1), IN(.asleep = true), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &left_here),
	  DROPS(MAC_MOVE) },
	/* Carrier is noticed with a delay. */
	{ "11: a dormant port that is just waking takes",
	  NESTED(.dormant = 1), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  MOVES(LEARNED, ON_TRIAL) },
	{ "11 before 12: in use elsewhere, and no room",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, THERE, IN_HOLD, .room = false),
	  DROPS(MAC_MOVE) },
	{ "11: learning off, in use elsewhere",
	  FORGER(), FROM(INNER), DYNAMIC(LEARNED, THERE, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "11: learning off, remote and in use",
	  FORGER(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, IN_HOLD),
	  DROPS(MAC_MOVE) },
	{ "11: learning off, silent elsewhere: nothing moves",
	  FORGER(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE), ADMITS },
	{ "11: learning off, only the move_hold test applies",
	  FORGER(.policy.learn_move = NVSWITCH_DENY), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &here_barred,
		  .room = false), ADMITS },
	{ "11: learning off, known here",
	  FORGER(), FROM(INNER), DYNAMIC(LEARNED, HERE, IN_HOLD), ADMITS },

	{ "12: learning off, new",
	  FORGER(), FROM(INNER), NEW, ADMITS },
	{ "12: learning off, no limit",
	  FORGER(), FROM(INNER), FULL, ADMITS },
	{ "12: learned here: refreshed",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, HERE, BEFORE), REFRESHES },
	{ "12: learned here, stamp fresh: nothing is written",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, HERE, FRESH), ADMITS },
	/* Another CPU may have stamped it after this frame took its time. */
	{ "12: learned here, seen a moment later",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, HERE, NOW + 1), ADMITS },
	{ "12: learned here, at a limit",
	  NESTED(), FROM(INNER), DYNAMIC(LEARNED, HERE, BEFORE, .room = false),
	  REFRESHES },
	{ "12: learned here, on trial: refreshed",
	  NESTED(), FROM(INNER),
	  DYNAMIC(LEARNED, HERE, BEFORE, .trial = &left_there), REFRESHES },
	{ "12: new, with room",
	  NESTED(), FROM(INNER), NEW, ENTERS(LEARNED) },
	{ "12: new at a limit, drop",
	  NESTED(), FROM(INNER), FULL, DROPS(LEARN_LIMIT) },
	{ "12: new at a limit, allow: not learned",
	  NESTED(.policy.limit_policy = NVSWITCH_ALLOW), FROM(INNER), FULL,
	  ADMITS },
	{ "12: new at a limit, broadcast",
	  NESTED(), FROM(INNER, .dst = BROAD), FULL, DROPS(LEARN_LIMIT) },
};

static const struct row uplink_rows[] = {
	{ "rule 2: multicast source",
	  UPLINK(), ACTIVE(), FROM(GROUP), DROPS(INVALID_SOURCE) },
	{ "rule 2: zero source, of link-local too",
	  UPLINK(), ACTIVE(), FROM(0, .dst = LLDP), DROPS(INVALID_SOURCE) },
	{ "link-local is left to the uplink's own stack",
	  UPLINK(), ACTIVE(), FROM(PEER, .dst = LLDP), PASSES },
	{ "link-local on a standby uplink too",
	  UPLINK(), FROM(PEER, .dst = LLDP), PASSES },
	{ "link-local though somebody has bpdu pass",
	  UPLINK(), ACTIVE(.bpdu_wanted = true), FROM(PEER, .dst = LLDP),
	  PASSES },
	{ "BPDU that nobody wants is left to the uplink's own stack",
	  UPLINK(), ACTIVE(), FROM(PEER, .dst = STP), PASSES },
	{ "BPDU for ports with bpdu pass",
	  UPLINK(), ACTIVE(.bpdu_wanted = true), FROM(PEER, .dst = STP), NEW,
	  ENTERS(REMOTE) },
	{ "per-VLAN BPDU for ports with bpdu pass",
	  UPLINK(), ACTIVE(.bpdu_wanted = true), FROM(PEER, .dst = PVST), NEW,
	  ENTERS(REMOTE) },
	/* Only 01:80:c2:00:00:0x is left to the uplink's own stack. */
	{ "per-VLAN BPDU that nobody wants is not passed",
	  UPLINK(), ACTIVE(), FROM(PEER, .dst = PVST), NEW, ENTERS(REMOTE) },
	{ "BPDU for ports with bpdu pass on a standby uplink",
	  UPLINK(), IN(.bpdu_wanted = true), FROM(PEER, .dst = STP), NEW,
	  DROPS(REVERSE_PATH) },
	{ "a trunk of all VLANs",
	  UPLINK(), ACTIVE(), FROM(INNER, .vid = 5, .tagged = 1), NEW,
	  ENTERS(REMOTE) },
	{ "VLAN 4095 is none",
	  UPLINK(), ACTIVE(), FROM(INNER, .vid = 4095, .tagged = 1), NEW,
	  DROPS(VLAN_FILTER) },

	{ "standby: broadcast",
	  UPLINK(), IN(.active = false), FROM(INNER, .dst = BROAD), NEW,
	  DROPS(REVERSE_PATH) },
	{ "standby: multicast",
	  UPLINK(), IN(.active = false), FROM(INNER, .dst = GROUP), NEW,
	  DROPS(REVERSE_PATH) },
	{ "standby: unicast to nobody here",
	  UPLINK(), IN(.active = false), FROM(INNER), NEW,
	  DROPS(REVERSE_PATH) },
	{ "standby: unicast to somebody here",
	  UPLINK(), IN(.dst_held = true), FROM(INNER), NEW, ENTERS(REMOTE) },
	{ "standby: before its source is looked at",
	  UPLINK(), IN(.active = false), FROM(INNER, .dst = BROAD),
	  DYNAMIC(LEARNED, THERE, BEFORE), DROPS(REVERSE_PATH) },
	{ "active: broadcast",
	  UPLINK(), ACTIVE(), FROM(INNER, .dst = BROAD), NEW, ENTERS(REMOTE) },
	{ "active: unicast to nobody here",
	  UPLINK(), ACTIVE(), FROM(INNER), NEW, ENTERS(REMOTE) },

	{ "reflected: local",
	  UPLINK(), ACTIVE(), FROM(INNER), FIXED(LOCAL, HOST),
	  DROPS(REVERSE_PATH) },
	{ "reflected: owned",
	  UPLINK(), ACTIVE(), FROM(INNER), FIXED(OWNED, THERE),
	  DROPS(REVERSE_PATH) },
	{ "reflected: reserved",
	  UPLINK(), ACTIVE(), FROM(INNER), FIXED(RESERVED, THERE),
	  DROPS(REVERSE_PATH) },
	{ "reflected: static on a guest port",
	  UPLINK(), ACTIVE(), FROM(INNER), FIXED(STATIC, THERE),
	  DROPS(REVERSE_PATH) },
	{ "reflected: also unicast to somebody here",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER), FIXED(OWNED, THERE),
	  DROPS(REVERSE_PATH) },
	{ "owned by a dormant port: it is remote now",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  FIXED(OWNED, THERE, .fixed_dormant = true), ENTERS(REMOTE) },
	{ "reserved by a dormant port",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  FIXED(RESERVED, THERE, .fixed_dormant = true), ENTERS(REMOTE) },
	{ "static on a dormant port",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  FIXED(STATIC, THERE, .fixed_dormant = true), ENTERS(REMOTE) },
	{ "static on an uplink: nothing is learned",
	  UPLINK(), ACTIVE(), FROM(INNER), FIXED(STATIC, UPLINKS), ADMITS },

	{ "claim: learned here and in use",
	  UPLINK(), ACTIVE(), FROM(INNER), DYNAMIC(LEARNED, THERE, IN_HOLD),
	  DROPS(REVERSE_PATH) },
	{ "claim: adopted here and in use",
	  UPLINK(), ACTIVE(), FROM(INNER), DYNAMIC(ADOPTED, THERE, IN_HOLD),
	  DROPS(REVERSE_PATH) },
	{ "claim: learned here, silent: a VM that migrated away",
	  UPLINK(), ACTIVE(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE),
	  MOVES(REMOTE, ON_TRIAL) },
	{ "claim: adopted here, silent",
	  UPLINK(), ACTIVE(), FROM(INNER), DYNAMIC(ADOPTED, THERE, BEFORE),
	  MOVES(REMOTE, ON_TRIAL) },
	{ "claim: a dormant uplink takes nothing",
	  UPLINK(.dormant = 1), IN(.dst_held = true, .asleep = true),
	  FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE), DROPS(REVERSE_PATH) },
	{ "claim: a dormant uplink gets nothing back",
	  UPLINK(.dormant = 1), IN(.dst_held = true, .asleep = true),
	  FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &left_uplinks),
	  DROPS(REVERSE_PATH) },
	{ "claim: unicast to somebody here shows it again",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_uplinks),
	  MOVES(REMOTE, BACK) },
	{ "claim: a return needs no room",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_uplinks,
		  .room = false), MOVES(REMOTE, BACK) },
	{ "claim: broadcast shows nothing, it may be our own",
	  UPLINK(), ACTIVE(), FROM(INNER, .dst = BROAD),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_uplinks),
	  DROPS(REVERSE_PATH) },
	{ "claim: unicast to nobody here shows nothing",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, IN_HOLD, .trial = &left_uplinks),
	  DROPS(REVERSE_PATH) },

	{ "claim: broadcast moves it back by the ordinary rule",
	  UPLINK(), ACTIVE(), FROM(INNER, .dst = BROAD),
	  DYNAMIC(LEARNED, THERE, BEFORE, .trial = &left_uplinks),
	  MOVES(REMOTE, ON_TRIAL) },
	{ "claim: without room it is dropped as any other",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  DYNAMIC(LEARNED, THERE, BEFORE, .room = false),
	  DROPS(REVERSE_PATH) },

	{ "back: unicast to somebody here proves it",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &left_uplinks),
	  MOVES(REMOTE, BACK) },
	{ "back: however long it was silent",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, BEFORE, .trial = &left_uplinks),
	  MOVES(REMOTE, BACK) },
	{ "back: the proof needs no room",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &left_uplinks,
		  .room = false), MOVES(REMOTE, BACK) },
	{ "back: proved on a standby uplink",
	  UPLINK(), IN(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &left_uplinks),
	  MOVES(REMOTE, BACK) },
	{ "back: a broadcast proves nothing",
	  UPLINK(), ACTIVE(), FROM(INNER, .dst = BROAD),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &left_uplinks), ADMITS },
	{ "back: a broadcast refreshes",
	  UPLINK(), ACTIVE(), FROM(INNER, .dst = BROAD),
	  DYNAMIC(REMOTE, UPLINKS, BEFORE, .trial = &left_uplinks),
	  REFRESHES },
	{ "back: unicast to nobody here proves nothing",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &left_uplinks), ADMITS },
	{ "back: nothing to prove after the trial",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &uplinks_over), ADMITS },
	{ "back: nothing to prove where a port has lost it",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH, .trial = &left_there), ADMITS },
	{ "back: nothing to prove of what has never moved",
	  UPLINK(), ACTIVE(.dst_held = true), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, FRESH), ADMITS },

	{ "remote: new",
	  UPLINK(), ACTIVE(), FROM(INNER), NEW, ENTERS(REMOTE) },
	{ "remote: new, remote_limit 0",
	  UPLINK(), ACTIVE(), FROM(INNER), FULL, ADMITS },
	{ "remote: refreshed",
	  UPLINK(), ACTIVE(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, BEFORE),
	  REFRESHES },
	{ "remote: fresh",
	  UPLINK(), ACTIVE(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, FRESH),
	  ADMITS },
	{ "remote: refreshed at a limit",
	  UPLINK(), ACTIVE(), FROM(INNER),
	  DYNAMIC(REMOTE, UPLINKS, BEFORE, .room = false), REFRESHES },
};

static const struct row host_rows[] = {
	{ "rule 2: multicast source",
	  HOSTPORT(), FROM(GROUP), DROPS(INVALID_SOURCE) },
	{ "rule 2: zero source",
	  HOSTPORT(), FROM(0), DROPS(INVALID_SOURCE) },
	{ "its own address",
	  HOSTPORT(), FROM(OWN), ADMITS },
	{ "an upper device's address",
	  HOSTPORT(), FROM(INNER), FIXED(LOCAL, HOST), ADMITS },
	{ "an unknown address: nothing is learned",
	  HOSTPORT(), FROM(INNER), NEW, ADMITS },
	{ "a BPDU",
	  HOSTPORT(), FROM(OWN, .dst = STP), ADMITS },
	{ "link-local",
	  HOSTPORT(), FROM(OWN, .dst = LLDP), ADMITS },
	{ "a trunk of all VLANs",
	  HOSTPORT(), FROM(OWN, .vid = 4094, .tagged = 1), ADMITS },
	{ "a second tag behind a priority tag would leave as the first",
	  HOSTPORT(), FROM(OWN, .tagged = 1, .stacked = 1), DROPS(VLAN_FILTER) },
	{ "owned by a guest port",
	  HOSTPORT(), FROM(INNER), FIXED(OWNED, THERE), DROPS(MAC_CONFLICT) },
	{ "reserved by a guest port",
	  HOSTPORT(), FROM(INNER), FIXED(RESERVED, THERE),
	  DROPS(MAC_CONFLICT) },
	{ "owned by a dormant guest port",
	  HOSTPORT(), FROM(INNER), FIXED(OWNED, THERE, .fixed_dormant = true),
	  DROPS(MAC_CONFLICT) },
	{ "static on a guest port",
	  HOSTPORT(), FROM(INNER), FIXED(STATIC, THERE), ADMITS },
	{ "learned on a guest port: nothing moves",
	  HOSTPORT(), FROM(INNER), DYNAMIC(LEARNED, THERE, BEFORE), ADMITS },
	{ "remote and in use: the host is trusted",
	  HOSTPORT(), FROM(INNER), DYNAMIC(REMOTE, UPLINKS, IN_HOLD), ADMITS },
};

/* clang-format on */

static const struct {
	const char *name;
	struct nvs_snapshot port;
	bool want;
} adopters[] = {
	{ "auto without a MAC", BARE(), true },
	{ "auto without a MAC, not quite nested",
	  BARE(.policy.learning = NVSWITCH_ON), true },
	{ "not with a MAC", GUEST(), false },
	{ "not explicit", BARE(.explicit = 1), false },
	{ "not nested", NESTED(.initial = 0, .effective = 0), false },
	{ "not an uplink", UPLINK(), false },
	{ "not the host", HOSTPORT(), false },
};

/* The shortcuts: whatever they do not admit goes the longer way. */

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
	{ "no BPDU", GUEST(.bpdu_pass = 1), FROM(OWN, .dst = STP), false },
	{ "no per-VLAN BPDU", GUEST(), FROM(OWN, .dst = PVST), false },
	{ "nothing link-local", GUEST(), FROM(OWN, .dst = LLDP), false },
	{ "no tag", GUEST(), FROM(OWN, .vid = 5, .tagged = 1), false },
	{ "no priority tag", GUEST(), FROM(OWN, .tagged = 1), false },
	{ "no 802.1ad tag", GUEST(), FROM(OWN, .service = 1), false },
};

/* Where there can be learned entries, a blocked port shows none of them. */
static const struct {
	const char *name;
	struct nvs_snapshot port;
	bool may;
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
	{ "a nested port that is blocked", NESTED(.blocked = 1), true },
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
	{ "no BPDU",
	  NESTED(.bpdu_pass = 1), FROM(INNER, .dst = STP), NOW, false },
	{ "no per-VLAN BPDU", NESTED(), FROM(INNER, .dst = PVST), NOW, false },
	{ "nothing link-local",
	  NESTED(), FROM(INNER, .dst = LLDP), NOW, false },
	{ "no tag",
	  NESTED(), FROM(INNER, .vid = 5, .tagged = 1), NOW, false },
	{ "no priority tag", NESTED(), FROM(INNER, .tagged = 1), NOW, false },
	{ "no 802.1ad tag", NESTED(), FROM(INNER, .service = 1), NOW, false },
};

static struct nvs_admission judge(const struct row *row)
{
	struct nvs_ingress in = row->in;
	struct nvs_frame frame = row->frame;
	struct nvs_admission got;

	in.port = &row->port;
	in.now = NOW;
	frame.class = nvs_class_of(frame.dst);
	got = nvs_admit_frame(&in, &frame);
	if (got.verdict == NVS_LOOK_UP)
		got = nvs_admit_source(&in, &frame, &row->known);
	return got;
}

/* Equal in what the verdict makes meaningful; the rest is nobody's business. */
static bool same(const struct nvs_admission *a, const struct nvs_admission *b)
{
	if (a->verdict != b->verdict)
		return false;
	if (a->verdict == NVS_DROP)
		return a->reason == b->reason;
	if (a->verdict != NVS_ADMIT)
		return true;
	if (a->learn != b->learn)
		return false;
	if (a->learn == NVS_LEARN_ENTER)
		return a->kind == b->kind;
	if (a->learn == NVS_LEARN_MOVE)
		return a->kind == b->kind && a->move == b->move;
	return true;
}

static void describe(const char *who, const struct nvs_admission *a)
{
	tap_note("%s verdict %u reason %u learn %u kind %u move %u", who,
		 a->verdict, a->reason, a->learn, a->kind, a->move);
}

static void run(const char *from, const struct row *rows, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		struct nvs_admission got = judge(&rows[i]);
		bool ok = same(&got, &rows[i].want);

		tap_ok(ok, "admit: %s: %s", from, rows[i].name);
		if (!ok) {
			describe("wanted", &rows[i].want);
			describe("got   ", &got);
		}
	}
}

static void test_shortcuts(void)
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
		tap_ok(nvs_learns(port) == (may && !port->blocked),
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

void test_admit(void)
{
	unsigned int i;

	run("guest", guest_rows, ARRAY_SIZE(guest_rows));
	run("uplink", uplink_rows, ARRAY_SIZE(uplink_rows));
	run("host", host_rows, ARRAY_SIZE(host_rows));
	for (i = 0; i < ARRAY_SIZE(adopters); i++)
		tap_ok(nvs_may_adopt(&adopters[i].port) == adopters[i].want,
		       "admit: adopts: %s", adopters[i].name);
	test_shortcuts();
}
