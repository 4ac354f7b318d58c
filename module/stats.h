/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters of a port, and their sums. */
#ifndef _NVS_STATS_H
#define _NVS_STATS_H

#include <linux/ethtool.h>
#include <linux/percpu.h>
#include <linux/skbuff.h>
#include <linux/nvswitch.h>

struct nvs_port;
struct nvs_switch;

/*
 * A counter of 64 bits is read in one piece only where a word has as many, and
 * a KVM host has them.
 */
#ifndef CONFIG_64BIT
#error "nvswitch needs a 64-bit kernel"
#endif

/**
 * struct nvs_stats - counters of a port: one CPU's, or summed
 * @received: frames that came in through the port
 * @forwarded: of these, delivered at least once
 * @passed: of these, left to the device's own stack
 * @offered: copies offered to the port
 * @transmitted: of these, handed to its device
 * @dropped: received and dropped, by reason
 * @refused: offered and refused, by reason
 *
 * Those of a CPU are written by it with softirqs off, and read by anyone.
 */
struct nvs_stats {
	u64 received;
	u64 forwarded;
	u64 passed;
	u64 offered;
	u64 transmitted;
	u64 dropped[__NVSWITCH_DROP_MAX];
	u64 refused[__NVSWITCH_DROP_MAX];
};

#define nvs_count(port, counter)	this_cpu_inc((port)->stats->counter)

/* A copy is offered and transmitted at once. */
#define nvs_count_sent(port)					\
	do {							\
		struct nvs_stats __percpu *_s = (port)->stats;	\
								\
		this_cpu_inc(_s->offered);			\
		this_cpu_inc(_s->transmitted);			\
	} while (0)

void nvs_stats_add(struct nvs_stats *t, const struct nvs_stats __percpu *s);
void nvs_stats_sum(struct nvs_switch *sw, struct nvs_stats *t);
size_t nvs_stats_size(void);
int nvs_stats_fill(struct sk_buff *skb, int type, const struct nvs_stats *t);
int nvs_stats_strings(u8 *data);
void nvs_stats_values(const struct nvs_stats *t, u64 *data);

#endif /* _NVS_STATS_H */
