// SPDX-License-Identifier: GPL-2.0-only
/*
 * Admission: may this frame enter, and what does the table learn from it?
 *
 * The numbers in comments are those of the rules for a frame from a guest
 * port; the first rule that drops decides.
 */

#include "admit.h"
#include "frame.h"
#include "policy.h"
#include "vlan.h"

static struct nvs_admission nvs_admitted(enum nvswitch_rule rule)
{
	return (struct nvs_admission){ .verdict = NVS_ADMIT, .rule = rule };
}

static struct nvs_admission nvs_dropped(enum nvswitch_rule rule,
					enum nvswitch_drop_reason reason)
{
	return (struct nvs_admission){ .verdict = NVS_DROP,
				       .reason = reason,
				       .rule = rule };
}

static struct nvs_admission nvs_undecided(void)
{
	return (struct nvs_admission){ .verdict = NVS_LOOK_UP };
}

static struct nvs_admission nvs_entered(enum nvswitch_rule rule,
					enum nvswitch_fdb_kind kind)
{
	return (struct nvs_admission){ .verdict = NVS_ADMIT,
				       .rule = rule,
				       .learn = NVS_LEARN_ENTER,
				       .kind = kind };
}

static struct nvs_admission nvs_refreshed(enum nvswitch_rule rule,
					  const struct nvs_ingress *in,
					  const struct nvs_known *known)
{
	struct nvs_admission a = nvs_admitted(rule);

	/* A stamp that is fresh enough spares the others a cache miss. */
	if (nvs_age(known->seen, in->now) > in->port->refresh)
		a.learn = NVS_LEARN_REFRESH;
	return a;
}

/**
 * nvs_allow_match() - is an address in a port's allow list?
 * @port: its snapshot
 * @mac: the address
 *
 * Return: how.
 */
enum nvs_allow_match nvs_allow_match(const struct nvs_snapshot *port, u64 mac)
{
	const struct nvs_allowed *e;
	u32 i;

	if (!port->allow)
		return NVS_ALLOW_NONE;
	for (i = 0; i < port->allow->count; i++) {
		e = &port->allow->entries[i];
		if ((mac & e->mask) == e->mac)
			return e->mask == NVS_MAC_MASK ? NVS_ALLOW_EXACT :
							 NVS_ALLOW_MASKED;
	}
	return NVS_ALLOW_NONE;
}

/**
 * nvs_may_adopt() - does a port adopt the first source it shows?
 * @port: its snapshot
 *
 * A nested port without a MAC needs none: its addresses are learned.
 *
 * Return: whether it does.
 */
bool nvs_may_adopt(const struct nvs_snapshot *port)
{
	return port->role == NVS_GUEST && !port->initial && !port->explicit &&
	       !nvs_policy_is_learned(&port->policy);
}

static struct nvs_admission nvs_guest_frame(const struct nvs_ingress *in,
					    const struct nvs_frame *f)
{
	const struct nvs_snapshot *port = in->port;

	if (f->class == NVS_LINK_LOCAL)			/* 3 */
		return nvs_dropped(NVSWITCH_RULE_RESERVED,
				   NVSWITCH_DROP_LINK_LOCAL);
	if (f->class == NVS_BPDU && !port->bpdu_pass)	/* 3 */
		return nvs_dropped(NVSWITCH_RULE_RESERVED,
				   NVSWITCH_DROP_BPDU_FILTER);
	if (!nvs_vlan_admits(port, f))			/* 4 */
		return nvs_dropped(NVSWITCH_RULE_VLAN,
				   NVSWITCH_DROP_VLAN_FILTER);
	if (f->src == port->effective)			/* 5 */
		return nvs_admitted(NVSWITCH_RULE_EFFECTIVE);
	return nvs_undecided();
}

static struct nvs_admission nvs_uplink_frame(const struct nvs_ingress *in,
					     const struct nvs_frame *f)
{
	struct nvs_admission pass = { .verdict = NVS_PASS,
				      .rule = NVSWITCH_RULE_RESERVED };

	/* lldpd and spanning tree daemons listen on the uplink itself. */
	if (nvs_is_reserved(f->dst) &&
	    !(f->class == NVS_BPDU && in->bpdu_wanted))
		return pass;
	if (!nvs_vlan_admits(in->port, f))
		return nvs_dropped(NVSWITCH_RULE_VLAN,
				   NVSWITCH_DROP_VLAN_FILTER);
	/* What the active uplink brings as well, or what it has sent. */
	if (!in->active && !in->dst_held)
		return nvs_dropped(NVSWITCH_RULE_STANDBY,
				   NVSWITCH_DROP_REVERSE_PATH);
	return nvs_undecided();
}

/**
 * nvs_may_learn() - can there be learned entries at a port?
 * @port: its snapshot
 *
 * Return: whether there can.
 */
bool nvs_may_learn(const struct nvs_snapshot *port)
{
	return port->role == NVS_GUEST && (port->initial || !port->explicit) &&
	       nvs_policy_is_learned(&port->policy);
}

/**
 * nvs_plain_source() - the source that nvs_admits_plainly() looks for
 * @port: a snapshot that is complete but for this
 *
 * Return: the effective MAC of an open guest port or of the host port, else
 * NVS_MAC_NEVER.
 */
u64 nvs_plain_source(const struct nvs_snapshot *port)
{
	if (port->role == NVS_UPLINK || port->blocked || port->waiting ||
	    port->vlans.in == NVS_VLAN_NEVER ||
	    !nvs_mac_is_station(port->effective))
		return NVS_MAC_NEVER;
	return port->effective;
}

/**
 * nvs_learns() - may nvs_admits_learned() look at all?
 * @port: a snapshot that is complete but for this
 *
 * Whatever is learned on a port could be entered there now: the table keeps
 * nothing else. So of an allow list there is nothing left to look for.
 *
 * Return: whether a source that is learned on the port is always admissible in
 * an untagged frame.
 */
bool nvs_learns(const struct nvs_snapshot *port)
{
	return !port->blocked && !port->waiting &&
	       port->vlans.in != NVS_VLAN_NEVER &&
	       (nvs_may_learn(port) ||
		(port->role == NVS_GUEST && port->allow));
}

/**
 * nvs_admit_frame() - judge a frame by itself
 * @in: where and when it comes in
 * @f: the frame
 *
 * Rules 1 to 5: all that needs no look-up of the source.
 *
 * Return: the verdict; NVS_LOOK_UP leaves it to nvs_admit_source().
 */
struct nvs_admission nvs_admit_frame(const struct nvs_ingress *in,
				     const struct nvs_frame *f)
{
	const struct nvs_snapshot *port = in->port;

	if (port->blocked)				/* 1 */
		return nvs_dropped(NVSWITCH_RULE_OPEN,
				   NVSWITCH_DROP_PORT_BLOCKED);
	if (port->waiting && !in->announces)		/* 1 */
		return nvs_dropped(NVSWITCH_RULE_OPEN,
				   NVSWITCH_DROP_NOT_ACTIVATED);
	if (!nvs_mac_is_station(f->src))		/* 2 */
		return nvs_dropped(NVSWITCH_RULE_SOURCE,
				   NVSWITCH_DROP_INVALID_SOURCE);
	if (port->role == NVS_GUEST)
		return nvs_guest_frame(in, f);
	if (port->role == NVS_UPLINK)
		return nvs_uplink_frame(in, f);
	if (!nvs_vlan_admits(port, f))
		return nvs_dropped(NVSWITCH_RULE_VLAN,
				   NVSWITCH_DROP_VLAN_FILTER);
	return f->src == port->effective ?
	       nvs_admitted(NVSWITCH_RULE_TRUSTED) : nvs_undecided();
}

static bool nvs_is_elsewhere(const struct nvs_ingress *in,
			     const struct nvs_known *known)
{
	return known->dynamic && known->place != in->port->place;
}

/* A claim that was refused, or for which there is no room. */
static struct nvs_admission nvs_unmoved(const struct nvs_ingress *in,
					bool full)
{
	struct nvs_admission a;

	if (in->port->role != NVS_GUEST)
		return nvs_dropped(NVSWITCH_RULE_REMOTE,
				   NVSWITCH_DROP_REVERSE_PATH);
	a = nvs_dropped(NVSWITCH_RULE_MOVE, full ? NVSWITCH_DROP_LEARN_LIMIT :
						   NVSWITCH_DROP_MAC_MOVE);
	a.full = full;
	return a;
}

/* Rule 11, where the entry may move. */
static struct nvs_admission nvs_claimed(const struct nvs_ingress *in,
					const struct nvs_known *known,
					enum nvswitch_fdb_kind kind, bool shows,
					bool exact)
{
	const struct nvs_snapshot *port = in->port;
	bool guest = port->role == NVS_GUEST;
	struct nvs_claim claim = {
		.now = in->now,
		.seen = known->seen,
		.from = port->place,
		.hold = port->hold,
		.at_once = exact && !in->asleep,
		.deny = in->asleep ||
			(guest && port->policy.learn_move == NVSWITCH_DENY),
		.shows = shows && !in->asleep,
	};
	struct nvs_admission a;

	a = nvs_entered(guest ? NVSWITCH_RULE_MOVE : NVSWITCH_RULE_REMOTE,
			kind);
	a.learn = NVS_LEARN_MOVE;
	a.exempt = exact;
	a.move = nvs_move_judge(&claim, known->trial);
	if (a.move == NVS_MOVE_REFUSED)
		return nvs_unmoved(in, false);
	if (a.move == NVS_MOVE_ON_TRIAL && !known->room &&
	    kind != NVSWITCH_FDB_ADOPTED)
		return nvs_unmoved(in, true);
	return a;
}

/* Rule 9: an adopted MAC obeys the rule of moves and no limit. */
static struct nvs_admission nvs_adopted(const struct nvs_ingress *in,
					const struct nvs_known *known)
{
	if (nvs_is_elsewhere(in, known))		/* 11 */
		return nvs_claimed(in, known, NVSWITCH_FDB_ADOPTED, true,
				   false);
	if (known->dynamic == NVSWITCH_FDB_ADOPTED)
		return nvs_refreshed(NVSWITCH_RULE_BINDING, in, known);
	return nvs_entered(NVSWITCH_RULE_BINDING, NVSWITCH_FDB_ADOPTED);
}

/* Rule 12: a source that is new here. */
static struct nvs_admission nvs_new_source(const struct nvs_ingress *in,
					   const struct nvs_known *known,
					   bool exact)
{
	struct nvs_admission a;

	if (known->room || (exact && !in->asleep)) {
		a = nvs_entered(NVSWITCH_RULE_LEARN, NVSWITCH_FDB_LEARNED);
		a.exempt = exact;
		return a;
	}
	if (in->port->policy.limit_policy == NVSWITCH_ALLOW)
		a = nvs_admitted(NVSWITCH_RULE_LEARN);
	else
		a = nvs_dropped(NVSWITCH_RULE_LEARN, NVSWITCH_DROP_LEARN_LIMIT);
	a.full = true;
	return a;
}

/* Rules 11 and 12: a source that the policy or the allow list lets pass. */
static struct nvs_admission nvs_inner_mac(const struct nvs_ingress *in,
					  const struct nvs_known *known,
					  enum nvs_allow_match match)
{
	const struct nvs_policy *policy = &in->port->policy;
	bool elsewhere = nvs_is_elsewhere(in, known);
	bool exact = match == NVS_ALLOW_EXACT;

	if (policy->learning != NVSWITCH_ON && match == NVS_ALLOW_NONE) {
		if (elsewhere &&
		    nvs_in_use(known->seen, in->now, in->port->hold))
			return nvs_dropped(NVSWITCH_RULE_MOVE,
					   NVSWITCH_DROP_MAC_MOVE);
		return nvs_admitted(NVSWITCH_RULE_LEARN);
	}
	if (elsewhere)
		return nvs_claimed(in, known, NVSWITCH_FDB_LEARNED, true,
				   exact);
	if (known->dynamic)
		return nvs_refreshed(NVSWITCH_RULE_LEARN, in, known);
	return nvs_new_source(in, known, exact);
}

static struct nvs_admission nvs_guest_source(const struct nvs_ingress *in,
					     const struct nvs_frame *f,
					     const struct nvs_known *known)
{
	const struct nvs_snapshot *port = in->port;
	enum nvs_allow_match match;
	struct nvs_admission a;

	if (known->fixed && known->fixed_place != port->place)	/* 6 */
		return nvs_dropped(NVSWITCH_RULE_OWNER,
				   NVSWITCH_DROP_MAC_CONFLICT);
	if (known->fixed == NVSWITCH_FDB_STATIC)		/* 7 */
		return nvs_admitted(NVSWITCH_RULE_STATIC);
	match = nvs_allow_match(port, f->src);
	if (match != NVS_ALLOW_NONE) {				/* 8 */
		a = nvs_inner_mac(in, known, match);
		if (a.verdict == NVS_ADMIT)
			a.rule = NVSWITCH_RULE_ALLOW;
		return a;
	}
	if (!port->initial) {					/* 9 */
		if (port->explicit)
			return nvs_dropped(NVSWITCH_RULE_BINDING,
					   NVSWITCH_DROP_NO_MAC);
		if (nvs_may_adopt(port) && !in->asleep &&
		    (!in->adopted || f->src == in->adopted))
			return nvs_adopted(in, known);
	}
	if (port->policy.forged_transmits != NVSWITCH_ACCEPT)	/* 10 */
		return nvs_dropped(NVSWITCH_RULE_FORGED,
				   NVSWITCH_DROP_FORGED_TRANSMIT);
	return nvs_inner_mac(in, known, NVS_ALLOW_NONE);
}

static struct nvs_admission nvs_uplink_source(const struct nvs_ingress *in,
					      const struct nvs_known *known)
{
	struct nvs_admission back;

	if (known->fixed && known->fixed_place == NVS_PLACE_UPLINKS)
		return nvs_admitted(NVSWITCH_RULE_REMOTE);
	if (known->fixed && !known->fixed_dormant)
		return nvs_dropped(NVSWITCH_RULE_REFLECTED,
				   NVSWITCH_DROP_REVERSE_PATH);
	if (nvs_is_elsewhere(in, known))
		return nvs_claimed(in, known, NVSWITCH_FDB_REMOTE,
				   in->dst_held, false);
	/* It came back by a broadcast, say, and only now shows that it is. */
	if (known->dynamic && in->dst_held &&
	    nvs_trial_runs(known->trial, in->now) &&
	    known->trial->left == NVS_PLACE_UPLINKS) {
		back = nvs_entered(NVSWITCH_RULE_REMOTE, NVSWITCH_FDB_REMOTE);
		back.learn = NVS_LEARN_MOVE;
		back.move = NVS_MOVE_BACK;
		return back;
	}
	if (known->dynamic)
		return nvs_refreshed(NVSWITCH_RULE_REMOTE, in, known);
	if (known->room)
		return nvs_entered(NVSWITCH_RULE_REMOTE, NVSWITCH_FDB_REMOTE);
	return nvs_admitted(NVSWITCH_RULE_REMOTE);
}

/**
 * nvs_admit_source() - judge a frame by its source
 * @in: where and when it comes in
 * @f: a frame on which nvs_admit_frame() said NVS_LOOK_UP
 * @known: what the table says about its source in its VLAN; an entry that has
 *	aged out is none
 *
 * Rules 6 to 12 for a guest, and what corresponds to them for an uplink and
 * for the host.
 *
 * Return: the verdict, never NVS_LOOK_UP, and what is learned.
 */
struct nvs_admission nvs_admit_source(const struct nvs_ingress *in,
				      const struct nvs_frame *f,
				      const struct nvs_known *known)
{
	switch (in->port->role) {
	case NVS_GUEST:
		return nvs_guest_source(in, f, known);
	case NVS_UPLINK:
		return nvs_uplink_source(in, known);
	default:
		if (known->fixed == NVSWITCH_FDB_OWNED ||
		    known->fixed == NVSWITCH_FDB_RESERVED)
			return nvs_dropped(NVSWITCH_RULE_TRUSTED,
					   NVSWITCH_DROP_MAC_CONFLICT);
		return nvs_admitted(NVSWITCH_RULE_TRUSTED);
	}
}
