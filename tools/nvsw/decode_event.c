// SPDX-License-Identifier: GPL-2.0-only
/* Events, from the kernel's messages. */
#include <assert.h>
#include <linux/genetlink.h>
#include <string.h>

#include "decode.h"
#include "event.h"

static void decode_ports(const struct nlattr **table, struct nvsw_event *event)
{
	event->ifindex = attr_u32(table[NVSWITCH_A_SWITCH], 0);
	event->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	event->old_port = attr_u32(table[NVSWITCH_A_OLD_PORT], 0);
	event->other_port = attr_u32(table[NVSWITCH_A_OTHER_PORT], 0);
	attr_string(table[NVSWITCH_A_PORT_NAME], event->port_name,
		    sizeof(event->port_name));
	attr_string(table[NVSWITCH_A_GROUP], event->group,
		    sizeof(event->group));
}

static void decode_macs(const struct nlattr **table, struct nvsw_event *event)
{
	attr_mac(table[NVSWITCH_A_SRC], event->src);
	attr_mac(table[NVSWITCH_A_DST], event->dst);
	attr_mac(table[NVSWITCH_A_MAC], event->mac);
	event->vid = attr_u16(table[NVSWITCH_A_VID], 0);
	event->kind = attr_u8(table[NVSWITCH_A_KIND], 0);
	event->old_kind = attr_u8(table[NVSWITCH_A_OLD_KIND], 0);
}

static bool is_event(const struct nlmsghdr *n)
{
	const struct genlmsghdr *header = (const void *)((const char *)n +
							 NLMSG_HDRLEN);

	return n->nlmsg_len >= NLMSG_LENGTH(sizeof(*header)) &&
	       header->cmd == NVSWITCH_CMD_EVENT;
}

bool decode_event(const struct nlmsghdr *n, struct nvsw_event *event)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];
	unsigned int i;

	static_assert(NVSWITCH_A_MAX < 64, "an attribute is a bit");
	memset(event, 0, sizeof(*event));
	if (!is_event(n) || !genl_table(table, NVSWITCH_A_MAX, n))
		return false;
	for (i = 0; i <= NVSWITCH_A_MAX; i++)
		if (table[i])
			event->present |= 1ULL << i;
	event->event = attr_u8(table[NVSWITCH_A_EVENT], 0);
	event->reason = attr_u8(table[NVSWITCH_A_REASON], 0);
	event->refusal = attr_u8(table[NVSWITCH_A_REFUSAL], 0);
	event->action = attr_u8(table[NVSWITCH_A_ACTION], 0);
	event->suppressed = attr_u32(table[NVSWITCH_A_SUPPRESSED], 0);
	event->limit = attr_u32(table[NVSWITCH_A_LIMIT], 0);
	decode_ports(table, event);
	decode_macs(table, event);
	return event->event;
}

bool event_is_of_switch(const struct nvsw_event *event, __u8 action)
{
	return event->event == NVSWITCH_EVENT_CONFIG &&
	       event->action == action &&
	       !event_has(event, NVSWITCH_A_PORT) &&
	       !event_has(event, NVSWITCH_A_GROUP);
}
