/* SPDX-License-Identifier: GPL-2.0-only */
/* The last step of a copy: to its device. */
#ifndef _NVS_DELIVER_H
#define _NVS_DELIVER_H

#include "switch.h"

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
