// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must hold of every frame: properties, tried on random worlds that are
 * small enough for their parts to meet often. The seed is fixed.
 */

#include "core/admit.h"
#include "core/frame.h"
#include "modes.h"
#include "tap.h"

#define FRAMES	100000	/* of each kind of port */
#define NOW	1000000ULL

#define HERE	NVS_PLACE_FIRST_PORT
#define UPLINKS	NVS_PLACE_UPLINKS

/* A frame, what comes with it, and what became of it. */
struct world {
	struct nvs_snapshot port;
	struct nvs_ingress in;
	struct nvs_frame frame;
	struct nvs_known known;
	struct nvs_trial trial;
	struct nvs_admission got;
};

/* Of few addresses, too. A mask of 47 bits makes two of four alike. */
static const struct nvs_allow exact = {
	.count = 1, .entries = { { STATION(3), NVS_MAC_MASK } },
};

static const struct nvs_allow masked = {
	.count = 1, .entries = { { STATION(2), 0x0000feffffffffffULL } },
};

static const struct nvs_allow both = {
	.count = 2, .entries = {
		{ STATION(3), NVS_MAC_MASK },
		{ STATION(2), 0x0000feffffffffffULL },
	},
};

static u64 random_mac(struct random *r)
{
	static const u64 macs[] = {
		0, STATION(1), STATION(2), STATION(3), STATION(4),
		MAC(0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x00),
		MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e),
		MAC(0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd),
		MAC(0x01, 0x00, 0x5e, 0x00, 0x00, 0x01),
	};

	/* Mostly stations, or nothing would get past rule 2. */
	return chance(r, 90) ? macs[1 + random_below(r, 4)] :
			       random_of(r, macs);
}

static u8 random_value(struct random *r)
{
	return chance(r, 50) ? NVSWITCH_ACCEPT : NVSWITCH_REJECT;
}

static u64 random_past(struct random *r)
{
	static const u32 ages[] = {
		0, 1, 49, 50, 51, 99, 100, 101, 199, 200, 201, 5000,
	};

	return NOW - random_of(r, ages);
}

static u32 random_place(struct random *r)
{
	return chance(r, 50) ? HERE : HERE + 1 + random_below(r, 2);
}

static void random_policy(struct random *r, struct nvs_policy *policy)
{
	*policy = (struct nvs_policy){
		.promiscuous = random_value(r),
		.mac_changes = random_value(r),
		.forged_transmits = random_value(r),
		.learning = random_value(r),
		.unicast_flood = random_value(r),
		.limit_policy = random_value(r),
		.learn_move = random_value(r),
		.learn_limit = 1,
	};
}

static void random_guest(struct random *r, struct nvs_snapshot *port)
{
	static const struct nvs_allow *const lists[] = {
		NULL, NULL, NULL, &exact, &masked, &both,
	};

	port->place = HERE;
	port->allow = random_of(r, lists);
	port->waiting = chance(r, 10);
	port->dormant = port->waiting || chance(r, 10);
	random_policy(r, &port->policy);
	if (port->waiting || chance(r, 60)) {
		port->initial = STATION(1);
		port->effective = STATION(1 + random_below(r, 2));
	}
	if (chance(r, 50))
		port->vlans = mode_port(random_below(r, MODE_UPLINK))->vlans;
}

static void random_port(struct random *r, struct nvs_snapshot *port,
			enum nvs_role role)
{
	*port = (struct nvs_snapshot){
		.role = role,
		.hold = chance(r, 20) ? 0 : 200,
		.refresh = 50,
		.trial = 300000,
		.blocked = role == NVS_GUEST && chance(r, 20),
		.bpdu_pass = chance(r, 50),
		.explicit = chance(r, 30),
	};
	port->vlans = mode_port(role == NVS_GUEST ? MODE_NONE :
						    MODE_UPLINK)->vlans;
	if (role == NVS_GUEST) {
		random_guest(r, port);
	} else if (role == NVS_HOST) {
		port->place = NVS_PLACE_HOST;
		port->effective = STATION(1);
	} else {
		port->place = UPLINKS;
	}
	port->plain = nvs_plain_source(port);
	port->learns = nvs_learns(port);
}

static void random_fixed(struct random *r, struct nvs_known *known)
{
	static const u8 kinds[] = {
		NVSWITCH_FDB_LOCAL, NVSWITCH_FDB_OWNED, NVSWITCH_FDB_RESERVED,
		NVSWITCH_FDB_STATIC,
	};

	known->fixed = random_of(r, kinds);
	known->fixed_place = random_place(r);
	if (known->fixed == NVSWITCH_FDB_LOCAL)
		known->fixed_place = NVS_PLACE_HOST;
	else if (known->fixed == NVSWITCH_FDB_STATIC && chance(r, 25))
		known->fixed_place = UPLINKS;
	else
		known->fixed_dormant = chance(r, 30);
}

static void random_dynamic(struct random *r, struct world *w)
{
	static const u8 kinds[] = {
		NVSWITCH_FDB_ADOPTED, NVSWITCH_FDB_LEARNED,
		NVSWITCH_FDB_LEARNED, NVSWITCH_FDB_REMOTE,
	};
	unsigned int i;

	w->known.dynamic = random_of(r, kinds);
	w->known.place = w->known.dynamic == NVSWITCH_FDB_REMOTE ?
				 UPLINKS :
				 random_place(r);
	w->known.seen = random_past(r);
	if (chance(r, 30))
		return;
	w->known.trial = &w->trial;
	w->trial.end = chance(r, 70) ? NOW + 1 + random_below(r, 1000) : 0;
	w->trial.left = chance(r, 25) ? UPLINKS : random_place(r);
	w->trial.claimant = random_place(r);
	for (i = 0; i < NVS_BARS; i++) {
		if (chance(r, 70))
			continue;
		w->trial.bars[i].place = random_place(r);
		w->trial.bars[i].length = 1000;
		w->trial.bars[i].since = NOW - random_below(r, 2000);
	}
}

static void random_tags(struct random *r, struct nvs_frame *f)
{
	static const u16 types[] = {
		0x0800, NVS_TPID_CTAG, NVS_TPID_CTAG, NVS_TPID_STAG,
	};

	static const u16 vids[] = {
		0, 0, RED, RED, BLUE, P, ISOLATED, COMMUNITY, LAST, 4095,
	};

	nvs_frame_set_tags(f, random_of(r, types), random_of(r, vids),
			   random_of(r, types));
}

static void random_world(struct random *r, struct world *w, enum nvs_role role)
{
	*w = (struct world){
		.frame.src = random_mac(r),
		.frame.dst = random_mac(r),
		.frame.payload = random_below(r, 9000),
		.in.asleep = role != NVS_HOST && chance(r, 10),
	};
	random_port(r, &w->port, role);
	if (chance(r, 30))
		random_tags(r, &w->frame);
	nvs_vlan_classify(&w->port, mode_private(), &w->frame);
	w->frame.class = nvs_class_of(w->frame.dst);
	w->known.room = !w->in.asleep && chance(r, 60);
	if (chance(r, 40))
		random_fixed(r, &w->known);
	if (chance(r, 60))
		random_dynamic(r, w);
	w->in.now = NOW;
	w->in.adopted = role == NVS_GUEST && !w->port.initial && chance(r, 50) ?
				STATION(1 + random_below(r, 4)) :
				0;
	w->in.announces = chance(r, 50);
	w->in.active = chance(r, 70);
	w->in.bpdu_wanted = chance(r, 50);
	w->in.dst_held = w->frame.class == NVS_UNICAST && chance(r, 50);
}

static void admit(struct world *w)
{
	w->in.port = &w->port;
	w->got = nvs_admit_frame(&w->in, &w->frame);
	if (w->got.verdict == NVS_LOOK_UP)
		w->got = nvs_admit_source(&w->in, &w->frame, &w->known);
}

/* Properties. */

static bool is_admitted(const struct world *w)
{
	return w->got.verdict == NVS_ADMIT;
}

static bool is_learned(const struct world *w)
{
	return is_admitted(w) && (w->got.learn == NVS_LEARN_ENTER ||
				  w->got.learn == NVS_LEARN_MOVE);
}

static bool is_moved(const struct world *w)
{
	return is_admitted(w) && w->got.learn == NVS_LEARN_MOVE;
}

static bool is_fixed_here(const struct world *w)
{
	return w->known.fixed && w->known.fixed_place == w->port.place;
}

static bool is_own_static(const struct world *w)
{
	return w->known.fixed == NVSWITCH_FDB_STATIC && is_fixed_here(w);
}

static bool is_nested(const struct world *w)
{
	return w->port.policy.learning == NVSWITCH_ON &&
	       w->port.policy.forged_transmits == NVSWITCH_ACCEPT;
}

/* By the addresses that the lists above name. */
static bool is_exact(const struct world *w)
{
	return (w->port.allow == &exact || w->port.allow == &both) &&
	       w->frame.src == STATION(3);
}

static bool is_listed(const struct world *w)
{
	return is_exact(w) ||
	       ((w->port.allow == &masked || w->port.allow == &both) &&
		(w->frame.src == STATION(2) || w->frame.src == STATION(3)));
}

/* What a dormant port could have, it has when it wakes. */
static bool takes_at_once(const struct world *w)
{
	return is_exact(w) && !w->in.asleep;
}

static bool may_be_adopted(const struct world *w)
{
	return !w->in.asleep && !is_listed(w) &&
	       !w->port.initial && !w->port.explicit && !is_nested(w) &&
	       (!w->in.adopted || w->in.adopted == w->frame.src);
}

static bool is_elsewhere(const struct world *w)
{
	return w->known.dynamic && w->known.place != w->port.place;
}

static bool decided(const struct world *w)
{
	switch (w->got.verdict) {
	case NVS_DROP:
		return w->got.reason != NVSWITCH_DROP_UNSPEC &&
		       w->got.reason <= NVSWITCH_DROP_MAX;
	case NVS_ADMIT:
		return true;
	default:
		return w->got.verdict == NVS_PASS &&
		       w->port.role == NVS_UPLINK;
	}
}

static bool no_invalid_source(const struct world *w)
{
	return !is_admitted(w) || nvs_mac_is_station(w->frame.src);
}

static bool no_forged_source(const struct world *w)
{
	return !is_admitted(w) ||
	       w->port.policy.forged_transmits == NVSWITCH_ACCEPT ||
	       w->frame.src == w->port.effective || is_own_static(w) ||
	       is_listed(w) || may_be_adopted(w);
}

static bool nothing_blocked(const struct world *w)
{
	return !is_admitted(w) || !w->port.blocked;
}

static bool nothing_waiting(const struct world *w)
{
	return !is_admitted(w) || !w->port.waiting || w->in.announces;
}

static bool nothing_of_other_vlans(const struct world *w)
{
	return !is_admitted(w) || nvs_vlan_carries(&w->port, &w->frame);
}

/* The one that has a tag takes it off, or there is none to take off. */
static bool nothing_behind(const struct world *w)
{
	return !is_admitted(w) || !(w->frame.stacked | w->frame.service) ||
	       (nvs_is_trunk(&w->port) && !nvs_vlan_hides(&w->port, &w->frame));
}

static bool nothing_listed_dropped(const struct world *w)
{
	return w->got.verdict != NVS_DROP || w->got.rule <= NVSWITCH_RULE_OWNER ||
	       w->got.rule >= NVSWITCH_RULE_MOVE;
}

static bool nothing_of_others(const struct world *w)
{
	return !is_admitted(w) || !w->known.fixed || is_fixed_here(w) ||
	       w->frame.src == w->port.effective;
}

static bool nothing_over_limit(const struct world *w)
{
	bool is_new = !w->known.fixed && !w->known.dynamic;

	return !is_admitted(w) || !is_new || w->known.room ||
	       takes_at_once(w) ||
	       (w->port.policy.learning != NVSWITCH_ON && !is_listed(w)) ||
	       w->port.policy.limit_policy != NVSWITCH_DROP ||
	       w->frame.src == w->port.effective || may_be_adopted(w);
}

static bool no_entry_over_limit(const struct world *w)
{
	return !is_learned(w) || w->known.room || takes_at_once(w) ||
	       w->got.kind == NVSWITCH_FDB_ADOPTED ||
	       (is_moved(w) && w->got.move == NVS_MOVE_BACK);
}

static bool learned_only_by_policy(const struct world *w)
{
	return !is_learned(w) || w->got.kind != NVSWITCH_FDB_LEARNED ||
	       is_listed(w) || (is_nested(w) && nvs_may_learn(&w->port));
}

static bool held_in_place(const struct world *w)
{
	return !is_moved(w) || !is_elsewhere(w) || takes_at_once(w) ||
	       NOW - w->known.seen >= w->port.hold ||
	       (w->got.move == NVS_MOVE_BACK && w->known.trial &&
		w->trial.end > NOW && w->trial.left == w->port.place);
}

static bool moved_only_from_elsewhere(const struct world *w)
{
	return is_moved(w) ? is_elsewhere(w) :
			     !is_learned(w) || !is_elsewhere(w);
}

/* It came back to the uplinks by an ordinary move, and now shows that it is. */
static bool is_proof(const struct world *w)
{
	return w->known.dynamic && w->known.place == UPLINKS &&
	       w->known.trial && w->trial.end > NOW &&
	       w->trial.left == UPLINKS && w->in.dst_held;
}

static bool moved_or_proved(const struct world *w)
{
	return !is_learned(w) ||
	       is_moved(w) == (is_elsewhere(w) || is_proof(w));
}

static bool proof_ends_trial(const struct world *w)
{
	return !is_admitted(w) || is_fixed_here(w) ||
	       (is_moved(w) && w->got.move == NVS_MOVE_BACK &&
		w->got.kind == NVSWITCH_FDB_REMOTE);
}

static bool denied_stays(const struct world *w)
{
	return !is_moved(w) || w->got.move == NVS_MOVE_BACK ||
	       takes_at_once(w) || w->port.policy.learn_move == NVSWITCH_ALLOW;
}

static bool at_once_if_exact(const struct world *w)
{
	return (is_moved(w) && w->got.move == NVS_MOVE_AT_ONCE) ==
	       (is_learned(w) && is_elsewhere(w) && is_exact(w));
}

static bool exempt_if_exact(const struct world *w)
{
	return !is_learned(w) || w->got.exempt == is_exact(w);
}

static bool ruled_by_list(const struct world *w)
{
	return (w->got.rule == NVSWITCH_RULE_ALLOW) ==
	       (is_admitted(w) && is_listed(w) && !is_own_static(w) &&
		w->frame.src != w->port.effective);
}

static bool full_without_room(const struct world *w)
{
	return !w->got.full || !w->known.room;
}

/* Every reason has its rules. */
static bool ruled(const struct world *w)
{
	switch (w->got.reason) {
	case NVSWITCH_DROP_PORT_BLOCKED:
	case NVSWITCH_DROP_NOT_ACTIVATED:
		return w->got.rule == NVSWITCH_RULE_OPEN;
	case NVSWITCH_DROP_INVALID_SOURCE:
		return w->got.rule == NVSWITCH_RULE_SOURCE;
	case NVSWITCH_DROP_BPDU_FILTER:
	case NVSWITCH_DROP_LINK_LOCAL:
		return w->got.rule == NVSWITCH_RULE_RESERVED;
	case NVSWITCH_DROP_VLAN_FILTER:
		return w->got.rule == NVSWITCH_RULE_VLAN;
	case NVSWITCH_DROP_MAC_CONFLICT:
		return w->got.rule == NVSWITCH_RULE_OWNER;
	case NVSWITCH_DROP_NO_MAC:
		return w->got.rule == NVSWITCH_RULE_BINDING;
	case NVSWITCH_DROP_FORGED_TRANSMIT:
		return w->got.rule == NVSWITCH_RULE_FORGED;
	case NVSWITCH_DROP_MAC_MOVE:
		return w->got.rule == NVSWITCH_RULE_MOVE;
	case NVSWITCH_DROP_LEARN_LIMIT:
		return w->got.rule == NVSWITCH_RULE_MOVE ||
		       w->got.rule == NVSWITCH_RULE_LEARN;
	default:
		return false;
	}
}

static bool is_dropped(const struct world *w)
{
	return w->got.verdict == NVS_DROP;
}

static bool nothing_entered(const struct world *w)
{
	return !is_learned(w) || (is_moved(w) && !is_elsewhere(w));
}

static bool nothing_reflected(const struct world *w)
{
	return !is_admitted(w) || !w->known.fixed || w->known.fixed_dormant ||
	       w->known.fixed_place == UPLINKS;
}

static bool returns_only_what_shows(const struct world *w)
{
	return !is_moved(w) || w->got.move != NVS_MOVE_BACK || w->in.dst_held;
}

static bool standby_is_silent(const struct world *w)
{
	return !is_admitted(w) || w->in.active || w->in.dst_held;
}

static bool only_remote(const struct world *w)
{
	return !is_learned(w) || w->got.kind == NVSWITCH_FDB_REMOTE;
}

static bool nothing_learned(const struct world *w)
{
	return !is_admitted(w) || w->got.learn == NVS_LEARN_NOTHING;
}

static bool owners_kept(const struct world *w)
{
	return !is_admitted(w) || w->frame.src == w->port.effective ||
	       (w->known.fixed != NVSWITCH_FDB_OWNED &&
		w->known.fixed != NVSWITCH_FDB_RESERVED);
}

/* What the shortcuts admit, the longer way admits, and learns nothing from. */
static bool is_plain(const struct world *w)
{
	return nvs_admits_plainly(&w->port, &w->frame);
}

static bool admitted_by_itself(const struct world *w)
{
	struct nvs_admission a = nvs_admit_frame(&w->in, &w->frame);

	return a.verdict == NVS_ADMIT && a.learn == NVS_LEARN_NOTHING;
}

/*
 * Only a station is ever learned, only what could be entered now, and nothing
 * that is fixed elsewhere.
 */
static bool is_learned_here(const struct world *w)
{
	return w->known.dynamic == NVSWITCH_FDB_LEARNED && !is_elsewhere(w) &&
	       nvs_mac_is_station(w->frame.src) &&
	       (nvs_may_learn(&w->port) ||
		nvs_allow_match(&w->port, w->frame.src) != NVS_ALLOW_NONE) &&
	       (!w->known.fixed || is_fixed_here(w)) &&
	       nvs_admits_learned(&w->port, &w->frame, w->known.seen, NOW);
}

static bool admitted_as_it_is(const struct world *w)
{
	return is_admitted(w) && w->got.learn == NVS_LEARN_NOTHING;
}

static bool no_shortcut(const struct world *w)
{
	return !is_plain(w) && !is_learned_here(w);
}

static bool is_asleep(const struct world *w)
{
	return w->in.asleep;
}

/* With @when, @holds is asked only of worlds in which that holds. */
static const struct property {
	const char *name;
	enum nvs_role role;
	bool (*holds)(const struct world *w);
	bool (*when)(const struct world *w);
} properties[] = {
	{ "guest: every frame is decided", NVS_GUEST, decided },
	{ "guest: no invalid source", NVS_GUEST, no_invalid_source },
	{ "guest: no forged source", NVS_GUEST, no_forged_source },
	{ "guest: nothing from a blocked port", NVS_GUEST, nothing_blocked },
	{ "guest: nothing but an announcement before it is activated",
	  NVS_GUEST, nothing_waiting },
	{ "guest: nothing in a VLAN that it does not carry", NVS_GUEST,
	  nothing_of_other_vlans },
	{ "guest: nothing behind a tag that is taken off", NVS_GUEST,
	  nothing_behind },
	{ "guest: what is listed meets rules 11 and 12", NVS_GUEST,
	  nothing_listed_dropped, is_listed },
	{ "guest: at once if and only if exactly listed", NVS_GUEST,
	  at_once_if_exact },
	{ "guest: exempt if and only if exactly listed", NVS_GUEST,
	  exempt_if_exact },
	{ "guest: admitted by the list if and only if listed", NVS_GUEST,
	  ruled_by_list },
	{ "guest: full only without room", NVS_GUEST, full_without_room },
	{ "guest: dropped by the rule of the reason", NVS_GUEST, ruled,
	  is_dropped },
	{ "guest: nobody's address but its own", NVS_GUEST, nothing_of_others },
	{ "guest: no new source at a limit", NVS_GUEST, nothing_over_limit },
	{ "guest: no entry beyond a limit", NVS_GUEST, no_entry_over_limit },
	{ "guest: learned only where policy says so", NVS_GUEST,
	  learned_only_by_policy },
	{ "guest: what was just seen stays", NVS_GUEST, held_in_place },
	{ "guest: moved if and only if elsewhere", NVS_GUEST,
	  moved_only_from_elsewhere },
	{ "guest: no move with learn_move deny", NVS_GUEST, denied_stays },
	{ "guest: nothing entered at a dormant port", NVS_GUEST,
	  nothing_entered, is_asleep },
	{ "guest: plainly admitted, then admitted", NVS_GUEST,
	  admitted_by_itself, is_plain },
	{ "guest: admitted as learned, then admitted and let be", NVS_GUEST,
	  admitted_as_it_is, is_learned_here },
	{ "uplink: every frame is decided", NVS_UPLINK, decided },
	{ "uplink: no invalid source", NVS_UPLINK, no_invalid_source },
	{ "uplink: nothing reflected", NVS_UPLINK, nothing_reflected },
	{ "uplink: what was just seen stays", NVS_UPLINK, held_in_place },
	{ "uplink: moved if and only if elsewhere or proved to be back",
	  NVS_UPLINK, moved_or_proved },
	{ "uplink: what proves to be back ends the trial", NVS_UPLINK,
	  proof_ends_trial, is_proof },
	{ "uplink: returned only by unicast to somebody here", NVS_UPLINK,
	  returns_only_what_shows },
	{ "uplink: standby brings only unicast to somebody here", NVS_UPLINK,
	  standby_is_silent },
	{ "uplink: learned as remote", NVS_UPLINK, only_remote },
	{ "uplink: no entry beyond a limit", NVS_UPLINK, no_entry_over_limit },
	{ "uplink: nothing entered at a dormant one", NVS_UPLINK,
	  nothing_entered, is_asleep },
	{ "uplink: nothing plainly admitted", NVS_UPLINK, no_shortcut },
	{ "host: every frame is decided", NVS_HOST, decided },
	{ "host: no invalid source", NVS_HOST, no_invalid_source },
	{ "host: nothing learned", NVS_HOST, nothing_learned },
	{ "host: no address of a guest", NVS_HOST, owners_kept },
	{ "host: plainly admitted, then admitted", NVS_HOST,
	  admitted_by_itself, is_plain },
};

static void test_frames(enum nvs_role role)
{
	unsigned int broken[ARRAY_SIZE(properties)] = {};
	unsigned int tried[ARRAY_SIZE(properties)] = {};
	struct random r = { RANDOM_SEED };
	unsigned int i, p;

	for (i = 0; i < FRAMES; i++) {
		struct world w;

		random_world(&r, &w, role);
		admit(&w);
		for (p = 0; p < ARRAY_SIZE(properties); p++) {
			if (properties[p].role != role ||
			    (properties[p].when && !properties[p].when(&w)))
				continue;
			tried[p]++;
			broken[p] += !properties[p].holds(&w);
		}
	}
	for (p = 0; p < ARRAY_SIZE(properties); p++) {
		if (properties[p].role != role)
			continue;
		tap_ok(tried[p] && !broken[p], "random: %s",
		       properties[p].name);
		if (broken[p])
			tap_note("broken by %u of %u frames", broken[p],
				 tried[p]);
		else if (properties[p].when)
			tap_note("tried on %u frames", tried[p]);
	}
}

void test_random(void)
{
	tap_note("random: seed %#llx, %u frames", RANDOM_SEED, FRAMES);
	test_frames(NVS_GUEST);
	test_frames(NVS_UPLINK);
	test_frames(NVS_HOST);
}
