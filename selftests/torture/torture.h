/* SPDX-License-Identifier: GPL-2.0-only */
/* The world that is tortured: two switches, and devices that come and go. */
#ifndef TORTURE_H
#define TORTURE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <linux/types.h>

#include "nl.h"

/*
 * The first switch lives as long as a round, and so do its anchors, which never
 * leave it: theirs are the counters that are compared with what was sent. The
 * last of them are wires. All else may vanish at any time.
 */
#define SWITCHES	2
#define ANCHORS		6
#define FIRST_WIRE	4
#define SLOTS		20
#define GROUPS		3

enum kind {
	VETH,		/* its peer is among the guests */
	TAP,		/* with headers of virtio-net */
	SINK,		/* a dummy */
	LINK,		/* a veth pair between the switches; odd: its peer */
	FOREIGN,	/* a veth whose port is in a namespace that dies */
};

/**
 * struct slot - a device, or the place of one
 * @lock: held by whoever makes, destroys or writes to @fd
 * @name: of the port
 * @peer: of the other end
 * @kind: what it is
 * @number: which one it is, and so its address
 * @ifindex: of the port, 0 if there is none
 * @other: ifindex of the other end
 * @fd: of a tap
 * @carrier: for taps: whether it is plugged
 * @broken: frames sent into it whose tag is cut off: the kernel's core drops
 *	them before anyone sees them
 */
struct slot {
	pthread_mutex_t lock;
	char name[16];
	char peer[16];
	enum kind kind;
	int number;
	atomic_int ifindex;
	atomic_int other;
	int fd;
	bool carrier;
	atomic_ulong broken;
};

extern struct slot slots[SLOTS];
extern const char *const switch_names[SWITCHES];
extern atomic_int switches[SWITCHES];
extern atomic_bool mayhem;
extern atomic_bool gso;

static inline bool is_anchor(const struct slot *slot)
{
	return slot->number < ANCHORS;
}

/* random.c */
struct dice {
	__u64 state;
};

void dice_seed(struct dice *d, __u64 seed, __u64 stream);
__u64 dice_draw(struct dice *d);
__u32 dice_below(struct dice *d, __u32 n);
bool dice_one_in(struct dice *d, __u32 n);
__u16 dice_vid(struct dice *d);
void dice_station(struct dice *d, __u8 *mac);
void dice_group(struct dice *d, __u8 *mac);
void station(__u8 *mac, unsigned int number);

/* world.c */
__attribute__((noreturn)) void die(const char *what);
void go_to_guests(void);
void guests_open(struct nl *nl);
void world_init(void);
int switch_new(struct nl *rtnl, struct dice *d, const char *name);
int switch_create(struct nl *rtnl, struct dice *d, int number);
int link_delete(struct nl *rtnl, int ifindex);
int link_set_up(struct nl *rtnl, int ifindex, bool up);
int link_set_address(struct nl *rtnl, int ifindex, const __u8 *mac);
int link_set_master(struct nl *rtnl, int ifindex, int master);
int link_index(struct nl *rtnl, const char *name);
int link_open(struct nl *rtnl, const char *name);
int port_make_uplink(struct nl *genl, int ifindex);
int slot_create(struct nl *rtnl, struct nl *guests, struct slot *slot);
int slot_destroy(struct nl *rtnl, struct nl *guests, struct slot *slot,
		 bool other_end);
int slot_move(struct nl *rtnl, struct nl *guests, struct slot *slot);
int veth_create(struct nl *rtnl, const char *name, const char *peer,
		const __u8 *mac, bool to_guests);

/* frame.c: an Ethernet frame, and what a tap wants in front of it. */
#define FRAME_MAX	4096
#define GSO_HEADER	10

struct frame {
	__u8 header[GSO_HEADER];
	__u8 data[FRAME_MAX];
	unsigned int length;
	bool broken;
};

void frame_make(struct frame *f, struct dice *d, unsigned int number,
		bool large, bool storm);

/* send.c */
void senders_start(__u64 seed);
void senders_hold(void);
void senders_release(void);
void senders_stop(void);
unsigned long frames_sent(void);

/* Bodies of threads, which do it as long as there is mayhem. */
void *changer(void *seed);
void *asker(void *seed);
void *listener(void *seed);
void *sheller(void *seed);
void *perisher(void *seed);
unsigned long changes_made(void);
unsigned long questions_asked(void);
bool sums_have_grown(void);
unsigned long namespaces_died(void);
bool everything_happened(void);
void changes_report(void);

#endif
