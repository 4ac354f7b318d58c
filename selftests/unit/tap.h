/* SPDX-License-Identifier: GPL-2.0-only */
/* Results in the kernel's flavour of TAP, and what all tests share. */
#ifndef _UNIT_TAP_H
#define _UNIT_TAP_H

#include <linux/types.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* A MAC address as module/core sees it: the first byte is the lowest. */
#define MAC(a, b, c, d, e, f)						\
	((u64)(a) | (u64)(b) << 8 | (u64)(c) << 16 | (u64)(d) << 24 |	\
	 (u64)(e) << 32 | (u64)(f) << 40)
#define STATION(n)	MAC(0x52, 0x54, 0x00, 0x00, 0x00, (n))

/* Tags of a frame: one that names a VLAN, one that does not, one behind. */
#define TAG(v)		.vid = (v), .tagged = 1, .named = 1
#define PRIORITY	.tagged = 1
#define STACKED		.stacked = 1

#define __printf(a, b)	__attribute__((format(printf, a, b)))

void __printf(2, 3) tap_ok(bool ok, const char *format, ...);
void __printf(1, 2) tap_note(const char *format, ...);

/* Numbers that are random, and the same in every run. */
#define RANDOM_SEED	0x6e76737769746368ULL

struct random {
	u64 state;
};

u64 random_next(struct random *r);

/* One of the @n numbers below @n. */
static inline u32 random_below(struct random *r, u32 n)
{
	return (random_next(r) >> 32) * n >> 32;
}

static inline bool chance(struct random *r, u32 percent)
{
	return random_below(r, 100) < percent;
}

#define random_of(r, a)	((a)[random_below(r, ARRAY_SIZE(a))])

void test_admit(void);
void test_allow(void);
void test_deliver(void);
void test_frame(void);
void test_mac(void);
void test_model(void);
void test_move(void);
void test_policy(void);
void test_private(void);
void test_random(void);
void test_shortcut(void);
void test_tags(void);
void test_uplink(void);
void test_vlan(void);

#endif /* _UNIT_TAP_H */
