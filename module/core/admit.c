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

static struct nvs_admission nvs_admitted(void)
{
	return (struct nvs_admission){ .verdict = NVS_ADMIT };
}

static struct nvs_admission nvs_dropped(enum nvswitch_drop_reason reason)
{
	return (struct nvs_admission){ .verdict = NVS_DROP, .reason = reason };
}

static struct nvs_admission nvs_undecided(void)
{
	return (struct nvs_admission){ .verdict = NVS_LOOK_UP };
}

static struct nvs_admission nvs_entered(enum nvswitch_fdb_kind kind)
{
	return (struct nvs_admission){ .verdict = NVS_ADMIT,
				       .learn = NVS_LEARN_ENTER,
				       .kind = kind };
}

static struct nvs_admission nvs_refreshed(const struct nvs_ingress *in,
					  const struct nvs_known *known)
{
	struct nvs_admission a = nvs_admitted();

	/* A stamp that is fresh enough spares the others a cache miss. */
	if (nvs_age(known->seen, in->now) > in->port->refresh)
		a.learn = NVS_LEARN_REFRESH;
	return a;
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
		return nvs_dropped(NVSWITCH_DROP_LINK_LOCAL);
	if (f->class == NVS_BPDU && !port->bpdu_pass)	/* 3 */
		return nvs_dropped(NVSWITCH_DROP_BPDU_FILTER);
	if (!nvs_vlan_admits(port, f))			/* 4 */
		return nvs_dropped(NVSWITCH_DROP_VLAN_FILTER);
	if (f->src == port->effective)			/* 5 */
		return nvs_admitted();
	return nvs_undecided();
}

static struct nvs_admission nvs_uplink_frame(const struct nvs_ingress *in,
					     const struct nvs_frame *f)
{
	struct nvs_admission pass = { .verdict = NVS_PASS };

	/* lldpd and spanning tree daemons listen on the uplink itself. */
	if (nvs_is_reserved(f->dst) &&
	    !(f->class == NVS_BPDU && in->bpdu_wanted))
		return pass;
	if (!nvs_vlan_admits(in->port, f))
		return nvs_dropped(NVSWITCH_DROP_VLAN_FILTER);
	/* What the active uplink brings as well, or what it has sent. */
	if (!in->active && !in->dst_held)
		return nvs_dropped(NVSWITCH_DROP_REVERSE_PATH);
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
	if (port->role == NVS_UPLINK || port->blocked ||
	    !nvs_mac_is_station(port->effective))
		return NVS_MAC_NEVER;
	return port->effective;
}

/**
 * nvs_learns() - may nvs_admits_learned() look at all?
 * @port: a snapshot that is complete but for this
 *
 * Return: whether a source that is learned on the port is always admissible.
 */
bool nvs_learns(const struct nvs_snapshot *port)
{
	return !port->blocked && nvs_may_learn(port);
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
		return nvs_dropped(NVSWITCH_DROP_PORT_BLOCKED);
	if (!nvs_mac_is_station(f->src))		/* 2 */
		return nvs_dropped(NVSWITCH_DROP_INVALID_SOURCE);
	if (port->role == NVS_GUEST)
		return nvs_guest_frame(in, f);
	if (port->role == NVS_UPLINK)
		return nvs_uplink_frame(in, f);
	if (!nvs_vlan_admits(port, f))
		return nvs_dropped(NVSWITCH_DROP_VLAN_FILTER);
	return f->src == port->effective ? nvs_admitted() : nvs_undecided();
}

/* Rule 11, where the entry may move. */
static struct nvs_admission nvs_claimed(const struct nvs_ingress *in,
					const struct nvs_known *known,
					enum nvswitch_fdb_kind kind, bool shows)
{
	const struct nvs_snapshot *port = in->port;
	bool guest = port->role == NVS_GUEST;
	struct nvs_claim claim = {
		.now = in->now,
		.seen = known->seen,
		.from = port->place,
		.hold = port->hold,
		.deny = in->asleep ||
			(guest && port->policy.learn_move == NVSWITCH_DENY),
		.shows = shows && !in->asleep,
	};
	struct nvs_admission a = nvs_entered(kind);

	a.learn = NVS_LEARN_MOVE;
	a.move = nvs_move_judge(&claim, known->trial);
	if (a.move == NVS_MOVE_REFUSED)
		return nvs_dropped(guest ? NVSWITCH_DROP_MAC_MOVE :
					   NVSWITCH_DROP_REVERSE_PATH);
	if (a.move == NVS_MOVE_ON_TRIAL && !known->room &&
	    kind != NVSWITCH_FDB_ADOPTED)
		return nvs_dropped(guest ? NVSWITCH_DROP_LEARN_LIMIT :
					   NVSWITCH_DROP_REVERSE_PATH);
	return a;
}

static bool nvs_is_elsewhere(const struct nvs_ingress *in,
			     const struct nvs_known *known)
{
	return known->dynamic && known->place != in->port->place;
}

/* Rule 9: an adopted MAC obeys the rule of moves and no limit. */
static struct nvs_admission nvs_adopted(const struct nvs_ingress *in,
					const struct nvs_known *known)
{
	if (nvs_is_elsewhere(in, known))		/* 11 */
		return nvs_claimed(in, known, NVSWITCH_FDB_ADOPTED, true);
	if (known->dynamic == NVSWITCH_FDB_ADOPTED)
		return nvs_refreshed(in, known);
	return nvs_entered(NVSWITCH_FDB_ADOPTED);
}

/* Rules 11 and 12: a source that forged_transmits lets pass. */
static struct nvs_admission nvs_inner_mac(const struct nvs_ingress *in,
					  const struct nvs_known *known)
{
	const struct nvs_policy *policy = &in->port->policy;
	bool elsewhere = nvs_is_elsewhere(in, known);

	if (policy->learning != NVSWITCH_ON) {
		if (elsewhere &&
		    nvs_in_use(known->seen, in->now, in->port->hold))
			return nvs_dropped(NVSWITCH_DROP_MAC_MOVE);
		return nvs_admitted();
	}
	if (elsewhere)
		return nvs_claimed(in, known, NVSWITCH_FDB_LEARNED, true);
	if (known->dynamic)
		return nvs_refreshed(in, known);
	if (known->room)
		return nvs_entered(NVSWITCH_FDB_LEARNED);
	if (policy->limit_policy == NVSWITCH_ALLOW)
		return nvs_admitted();
	return nvs_dropped(NVSWITCH_DROP_LEARN_LIMIT);
}

static struct nvs_admission nvs_guest_source(const struct nvs_ingress *in,
					     const struct nvs_frame *f,
					     const struct nvs_known *known)
{
	const struct nvs_snapshot *port = in->port;

	if (known->fixed && known->fixed_place != port->place)	/* 6 */
		return nvs_dropped(NVSWITCH_DROP_MAC_CONFLICT);
	if (known->fixed == NVSWITCH_FDB_STATIC)		/* 7 */
		return nvs_admitted();
	if (!port->initial) {					/* 9 */
		if (port->explicit)
			return nvs_dropped(NVSWITCH_DROP_NO_MAC);
		if (nvs_may_adopt(port) && !in->asleep &&
		    (!in->adopted || f->src == in->adopted))
			return nvs_adopted(in, known);
	}
	if (port->policy.forged_transmits != NVSWITCH_ACCEPT)	/* 10 */
		return nvs_dropped(NVSWITCH_DROP_FORGED_TRANSMIT);
	return nvs_inner_mac(in, known);
}

static struct nvs_admission nvs_uplink_source(const struct nvs_ingress *in,
					      const struct nvs_known *known)
{
	struct nvs_admission back;

	if (known->fixed && known->fixed_place == NVS_PLACE_UPLINKS)
		return nvs_admitted();
	if (known->fixed && !known->fixed_dormant)
		return nvs_dropped(NVSWITCH_DROP_REVERSE_PATH);
	if (nvs_is_elsewhere(in, known))
		return nvs_claimed(in, known, NVSWITCH_FDB_REMOTE,
				   in->dst_held);
	/* It came back by a broadcast, say, and only now shows that it is. */
	if (known->dynamic && in->dst_held &&
	    nvs_trial_runs(known->trial, in->now) &&
	    known->trial->left == NVS_PLACE_UPLINKS) {
		back = nvs_entered(NVSWITCH_FDB_REMOTE);
		back.learn = NVS_LEARN_MOVE;
		back.move = NVS_MOVE_BACK;
		return back;
	}
	if (known->dynamic)
		return nvs_refreshed(in, known);
	return known->room ? nvs_entered(NVSWITCH_FDB_REMOTE) : nvs_admitted();
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
			return nvs_dropped(NVSWITCH_DROP_MAC_CONFLICT);
		return nvs_admitted();
	}
}
