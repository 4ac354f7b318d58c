/* SPDX-License-Identifier: GPL-2.0-only */
/* GSO frames: whether to believe them, and how large they will be. */
#ifndef _NVS_GSO_H
#define _NVS_GSO_H

#include <linux/skbuff.h>

u32 nvs_gso_payload(struct sk_buff *skb);

/*
 * Where the kernel cuts UDP over IPv6 into fragments, it moves the headers to make
 * room, though clones may have the same ones.
 */
static inline bool nvs_gso_moves_headers(const struct sk_buff *skb)
{
	return skb_is_gso(skb) && skb_shinfo(skb)->gso_type & SKB_GSO_UDP;
}

#endif /* _NVS_GSO_H */
