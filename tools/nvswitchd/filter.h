/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a guest has programmed into a NIC, from the answer to query-rx-filter.
 * Pure, and safe with anything that is JSON.
 */
#ifndef _NVSWITCHD_FILTER_H
#define _NVSWITCHD_FILTER_H

#include <jansson.h>

#include "model.h"

#define NIC_NAME_MAX	63

/**
 * struct wish - what a guest wants of its NIC
 * @has_mac: it has programmed @mac, which is one station's address
 * @promiscuous: it wants to get everything
 * @multicast: which groups it wants
 * @unicast: how many more addresses it wants to be reached under. Of no
 *	consequence: what they may be is a matter of policy, and where they are
 *	the switch learns from traffic
 */
struct wish {
	bool has_mac;
	bool promiscuous;
	unsigned int unicast;
	__u8 mac[ETH_ALEN];
	struct nvsw_multicast multicast;
};

/* What a guest wants of which nobody knows: all that its port's policy grants. */
void wish_unknown(struct wish *wish);
/*
 * One element of the answer: its name and what it says. What is missing or makes
 * no sense is as if nobody knew. False if it has no name of at most NIC_NAME_MAX.
 */
bool filter_read(const json_t *nic, char *name, struct wish *wish);

#endif /* _NVSWITCHD_FILTER_H */
