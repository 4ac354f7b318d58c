/* SPDX-License-Identifier: GPL-2.0-only */
/* What the switches tell their listeners. */
#ifndef _NVSW_EVENT_H
#define _NVSW_EVENT_H

#include <libmnl/libmnl.h>

#include "model.h"

/**
 * struct nvsw_event - something has happened
 * @present: bit N: attribute NVSWITCH_A_N is there
 *
 * The others are as the attributes of the same name.
 */
struct nvsw_event {
	__u64 present;
	__u8 event;
	__u8 reason;
	__u8 refusal;
	__u8 action;
	__u8 kind;
	__u8 old_kind;
	__u16 vid;
	int ifindex;
	int port;
	int old_port;
	int other_port;
	__u32 suppressed;
	__u32 limit;
	__u8 src[ETH_ALEN];
	__u8 dst[ETH_ALEN];
	__u8 mac[ETH_ALEN];
	char port_name[IFNAMSIZ];
	char group[NVSWITCH_GROUP_NAME_MAX + 1];
};

static inline bool event_has(const struct nvsw_event *event, unsigned int attr)
{
	return event->present >> attr & 1;
}

/* Whether a whole switch, no port or group of it, was created or deleted. */
bool event_is_of_switch(const struct nvsw_event *event, __u8 action);

/* Pure; false if the message is no event. */
bool decode_event(const struct nlmsghdr *n, struct nvsw_event *event);

#endif /* _NVSW_EVENT_H */
