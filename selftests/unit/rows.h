/* SPDX-License-Identifier: GPL-2.0-only */
/* Admission as a table: a row is one frame and what is known of it. */
#ifndef _UNIT_ROWS_H
#define _UNIT_ROWS_H

#include "core/admit.h"
#include "modes.h"
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

/* @mode is the port's VLAN mode, if it is a guest's: none unless named. */
struct row {
	const char *name;
	unsigned int mode;
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
#define VLANS(which)	.mode = MODE_##which

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

/* The rule that decides comes first. */
#define DROPS(by, why, ...)						\
	.want = { .verdict = NVS_DROP, .rule = NVSWITCH_RULE_##by,	\
		  .reason = NVSWITCH_DROP_##why, __VA_ARGS__ }
#define PASSES								\
	.want = { .verdict = NVS_PASS, .rule = NVSWITCH_RULE_RESERVED }
#define ADMITS(by, ...)							\
	.want = { .verdict = NVS_ADMIT, .rule = NVSWITCH_RULE_##by,	\
		  __VA_ARGS__ }
#define REFRESHES(by)							\
	.want = { .verdict = NVS_ADMIT, .rule = NVSWITCH_RULE_##by,	\
		  .learn = NVS_LEARN_REFRESH }
#define ENTERS(by, what, ...)						\
	.want = { .verdict = NVS_ADMIT, .rule = NVSWITCH_RULE_##by,	\
		  .learn = NVS_LEARN_ENTER,				\
		  .kind = NVSWITCH_FDB_##what, __VA_ARGS__ }
#define MOVES(by, what, how, ...)					\
	.want = { .verdict = NVS_ADMIT, .rule = NVSWITCH_RULE_##by,	\
		  .learn = NVS_LEARN_MOVE, .kind = NVSWITCH_FDB_##what,	\
		  .move = NVS_MOVE_##how, __VA_ARGS__ }

/* Addresses on trial, and what they remember. */
extern const struct nvs_trial left_here;
extern const struct nvs_trial left_there;
extern const struct nvs_trial left_uplinks;
extern const struct nvs_trial uplinks_over;
extern const struct nvs_trial here_barred;

void rows_run(const char *from, const struct row *rows, unsigned int n);

#endif /* _UNIT_ROWS_H */
