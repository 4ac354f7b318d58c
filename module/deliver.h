/* SPDX-License-Identifier: GPL-2.0-only */
/* Delivery: for real, and on paper. */
#ifndef _NVS_DELIVER_H
#define _NVS_DELIVER_H

#include "switch.h"

/**
 * struct nvs_receiver - who is offered a copy of a frame
 * @ifindex: its device
 * @tag: VLAN of the tag that the copy leaves with, 0 for none
 * @why: enum nvswitch_why
 * @refusal: enum nvswitch_drop_reason if it refuses it
 */
struct nvs_receiver {
	int ifindex;
	u16 tag;
	u8 why;
	u8 refusal;
};

/**
 * struct nvs_plan - what delivery would do
 * @count: how many would be offered a copy
 * @room: how many @receivers has room for
 * @refusal: why the first copy would be refused
 * @receivers: the first of them
 */
struct nvs_plan {
	u32 count;
	u32 room;
	u8 refusal;
	struct nvs_receiver receivers[];
};

enum nvswitch_drop_reason nvs_plan_delivery(struct nvs_port *in, u8 role,
					    const struct nvs_frame *f,
					    const struct nvs_dest *dest,
					    struct nvs_plan *plan);

/* Hand @skb, data at the Ethernet header, to the device of a real port. */
static __always_inline void nvs_transmit(struct nvs_port *to,
					 struct sk_buff *skb)
{
	skb->dev = to->dev;
	skb_clear_tstamp(skb);
	skb_forward_csum(skb);
	dev_queue_xmit(skb);
}

#endif /* _NVS_DELIVER_H */
