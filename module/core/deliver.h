/* SPDX-License-Identifier: GPL-2.0-only */
/* Delivery: who wants a frame, and who may not have it. */
#ifndef _NVS_CORE_DELIVER_H
#define _NVS_CORE_DELIVER_H

#include "types.h"

/**
 * enum nvs_cast - how far a frame reaches
 * @NVS_CAST_KNOWN: unicast, and the table knows where
 * @NVS_CAST_UNKNOWN: unicast, and the table does not
 * @NVS_CAST_MULTI: multicast
 * @NVS_CAST_BROAD: broadcast
 * @NVS_CAST_BPDU: spanning tree
 */
enum nvs_cast {
	NVS_CAST_KNOWN,
	NVS_CAST_UNKNOWN,
	NVS_CAST_MULTI,
	NVS_CAST_BROAD,
	NVS_CAST_BPDU,
};

/**
 * nvs_refusal() - may a receiver have its copy?
 * @to: the receiver
 * @f: the frame
 * @up: the receiver's device is up and has carrier
 * @mtu: its MTU, bytes
 *
 * QEMU's own receive filter is bypassed by vhost-net: this is the only place
 * that enforces what a guest may receive.
 *
 * Return: why not, or NVSWITCH_DROP_UNSPEC if it may.
 */
static inline enum nvswitch_drop_reason
nvs_refusal(const struct nvs_snapshot *to, const struct nvs_frame *f, bool up,
	    u32 mtu)
{
	if (to->closed)
		return to->closed;
	if (!up)
		return NVSWITCH_DROP_PORT_DOWN;
	if (f->payload > mtu)
		return NVSWITCH_DROP_MTU;
	return NVSWITCH_DROP_UNSPEC;
}

enum nvswitch_drop_reason nvs_closed(const struct nvs_snapshot *to);
bool nvs_wants(const struct nvs_snapshot *to, enum nvs_cast cast);

#endif /* _NVS_CORE_DELIVER_H */
