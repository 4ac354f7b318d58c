/* SPDX-License-Identifier: GPL-2.0-only */
/* The counters of ports and switches. */
#ifndef _NVSW_COUNTERS_H
#define _NVSW_COUNTERS_H

#include <libmnl/libmnl.h>

#include "model.h"

/* Those that stand for themselves, in the order in which they are shown. */
enum counter {
	COUNTER_RECEIVED,
	COUNTER_FORWARDED,
	COUNTER_PASSED,
	COUNTER_DROPPED,
	COUNTER_COPIES_OFFERED,
	COUNTER_COPIES_TRANSMITTED,
	COUNTER_COPIES_REFUSED,
	COUNTER_RX_BYTES,
	COUNTER_TX_BYTES,
	COUNTER_COUNT,
};

/**
 * struct nvsw_counters - what a port, or a switch in sum, has counted
 * @ifindex: of the switch
 * @port: ifindex; the switch's for its host port, and for its sum
 * @plain: each at its enum counter; bytes are those of the port's device
 * @dropped: each at its enum nvswitch_drop_reason
 * @refused: the same, of copies
 */
struct nvsw_counters {
	int ifindex;
	int port;
	__u64 plain[COUNTER_COUNT];
	__u64 dropped[NVSWITCH_DROP_MAX + 1];
	__u64 refused[NVSWITCH_DROP_MAX + 1];
};

extern const char *const counter_names[COUNTER_COUNT];

/* Whether frames are dropped, or copies refused, for a reason. */
bool reason_drops(unsigned int reason);
bool reason_refuses(unsigned int reason);
/* The name of a refused copy's counter, in a buffer of that size. */
#define REFUSAL_NAME	48
char *refusal_name(char *name, unsigned int reason);

/* Pure; false if the message is no answer with counters. */
bool decode_counters(const struct nlmsghdr *n, struct nvsw_counters *counters);

/*
 * What crosses a port: from it into the switch, and out of the switch to it.
 * The host's device is on the other side of its port: what it receives is what
 * the switch has sent.
 */
__u64 bytes_from(const struct nvsw_counters *counters);
__u64 bytes_to(const struct nvsw_counters *counters);

struct counter_list {
	struct nvsw_counters *at;
	size_t count;
	size_t room;
};

/* The host port and each port, of one switch or (0) of all. */
int counters_of_ports(int ifindex, struct counter_list *list);
/* One port or host port; with @sum the whole switch. */
int counters_of_one(int ifindex, bool sum, struct nvsw_counters *counters);
/* That of a port, most likely the one at @index; or NULL. */
const struct nvsw_counters *counters_find(const struct counter_list *list,
					  int port, size_t index);

#endif /* _NVSW_COUNTERS_H */
