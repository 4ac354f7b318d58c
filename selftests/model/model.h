/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A naive model of the switch, written from what it is specified to do and from
 * nothing else: plain arrays, linear search, everything resolved anew at every
 * frame. Whoever drives it writes the configuration into it as it is.
 *
 * An address is a number as it is written: the first byte is the highest. The
 * layout is known to model.py as well.
 */
#ifndef _MODEL_H
#define _MODEL_H

#include <linux/nvswitch.h>

enum {
	PORTS = 8,
	HOST = PORTS,		/* the host port */
	UPLINKS = 100,		/* a place: behind the uplinks */
	NOBODY = -1,
	GROUPS = 2,
	ALLOWED = 4,
	WANTED = 4,
	RANGES = 6,
	ENTRIES = 512,
	BARS = 4,
	FIELDS = NVSWITCH_POLICY_MAX + 1,
	REASONS = NVSWITCH_DROP_MAX + 1,
	FREE = 64,		/* entries of each port that never count */
	VIDS = 128,		/* configurations use no VLAN beyond */
};

/* Milliseconds. What happened at a time that is not exactly known lies
 * somewhere in between.
 */
struct when {
	long long from, to;
};

/* Modes, types, values: those of the uapi header. @native is 0 without one. */
struct vlan {
	int mode, vid, type, secondary, native;
	int count;
	int ranges[RANGES][2];
};

struct group {
	int exists;
	unsigned int policy[FIELDS];
	struct vlan vlan;
};

struct port {
	/* Configuration. Attached if not 0: a number that grows. */
	int attached, role, group;
	unsigned int policy[FIELDS];
	struct vlan vlan;
	int bpdu, blocked, activation;
	int carrier, mtu;
	/* What its guest wants: 1 if it does not want promiscuous copies; if
	 * that is so, only the listed groups.
	 */
	int no_promisc, only_wanted, wanted_count;
	__u64 wanted[WANTED];
	/* The requested MAC is 0 if there is none; told by an agent, it is
	 * taken back with the carrier.
	 */
	__u64 initial, requested;
	int told;
	int allowed;
	struct {
		__u64 mac;
		int bits;
	} allow[ALLOWED];
	/* Deactivated by hand; heard or activated by hand. */
	int off, on;
	/* What the switch makes of it. */
	__u64 effective, adopted;
	int state, asked;
};

struct entry {
	__u64 mac;
	int vid, kind, place;
	struct when seen;
	int on_trial, first, claimant;
	struct when first_seen, until;
	int barred;
	struct {
		int place, seconds;
		struct when since;
	} bars[BARS];
};

struct counters {
	unsigned long long received, forwarded, passed, dropped;
	unsigned long long offered, transmitted, refused;
	unsigned long long drops[REASONS], refusals[REASONS];
};

struct model {
	unsigned int policy[FIELDS];
	long long ageing, move_hold;	/* milliseconds */
	int table_limit, remote_limit, explicit_macs;
	__u64 host_mac;
	int host_promisc, host_mtu;
	struct group groups[GROUPS];
	struct port ports[PORTS];

	int asked;		/* how many requests there have been */
	int entries;
	struct entry table[ENTRIES];
	struct counters counters[PORTS + 1];
	struct when now;
	/* What has been decided depends on what is not exactly known. */
	int doubt;
};

/* @tags: how many. @tpid and @vid are those of the first. @payload is behind
 * the Ethernet header and one tag.
 */
struct frame {
	__u64 dst, src;
	int tags, tpid, vid, payload;
	int announces;
};

/* @reason: 0, that for which it was dropped, or NOBODY if it was passed. */
struct outcome {
	int reason;
	struct {
		int offered, refusal, tag;
	} copies[PORTS + 1];
};

/* The policy, and the VLAN mode, in force on a port. */
unsigned int model_policy(const struct model *m, int port, int field);
const struct vlan *model_vlan(const struct model *m, int port);

/* What becomes of a frame that enters through a port, at m->now. */
void model_frame(struct model *m, int port, const struct frame *f,
		 struct outcome *o);

/* Turn @m into @new, which differs in its configuration. 0 if it is refused. */
int model_configure(struct model *m, struct model *new);

/* Enter a static entry; 0 if it is refused. */
int model_set_static(struct model *m, int place, __u64 mac, int vid);

/* What time does: entries age; and once a second requests are tried again. */
void model_age(struct model *m);
void model_tick(struct model *m);

/* The entry of an address, as the table is kept; NULL if there is none. */
const struct entry *model_entry(const struct model *m, __u64 mac, int vid);

int model_size(void);
int model_awake(const struct model *m, int port);
int model_active_uplink(const struct model *m);

#endif /* _MODEL_H */
