/* SPDX-License-Identifier: GPL-2.0-only */
/* GSO frames: whether to believe them, and how large they will be. */
#ifndef _NVS_GSO_H
#define _NVS_GSO_H

#include <linux/skbuff.h>

bool nvs_gso_is_valid(struct sk_buff *skb);
u32 nvs_gso_payload(struct sk_buff *skb);

#endif /* _NVS_GSO_H */
