/* SPDX-License-Identifier: GPL-2.0-only */
/* Delivery: who wants a frame, and who may not have it. */
#ifndef _NVS_CORE_DELIVER_H
#define _NVS_CORE_DELIVER_H

#include "types.h"
#include "vlan.h"

/**
 * enum nvs_cast - how far a frame reaches
 * @NVS_CAST_KNOWN: unicast, and the table knows where
 * @NVS_CAST_UNKNOWN: unicast, and the table does not
 * @NVS_CAST_MULTI: multicast
 * @NVS_CAST_BROAD: broadcast
 * @NVS_CAST_BPDU: spanning tree
 */
enum nvs_cast {
	NVS_CAST_KNOWN = NVSWITCH_CAST_KNOWN,
	NVS_CAST_UNKNOWN = NVSWITCH_CAST_UNKNOWN,
	NVS_CAST_MULTI = NVSWITCH_CAST_MULTI,
	NVS_CAST_BROAD = NVSWITCH_CAST_BROAD,
	NVS_CAST_BPDU = NVSWITCH_CAST_BPDU,
};

/**
 * nvs_refusal_of_device() - may a receiver's device have a copy?
 * @f: the frame
 * @up: the device is up and has carrier
 * @mtu: its MTU, bytes
 *
 * Return: why not, or NVSWITCH_DROP_UNSPEC if it may.
 */
static inline enum nvswitch_drop_reason
nvs_refusal_of_device(const struct nvs_frame *f, bool up, u32 mtu)
{
	if (!up)
		return NVSWITCH_DROP_PORT_DOWN;
	if (f->payload > mtu)
		return NVSWITCH_DROP_MTU;
	return NVSWITCH_DROP_UNSPEC;
}

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
	u8 vlan = nvs_vlan_refusal(to, f);

	if (to->closed)
		return to->closed;
	return vlan ?: nvs_refusal_of_device(f, up, mtu);
}

u32 nvs_takes(const struct nvs_snapshot *to);
enum nvswitch_drop_reason nvs_closed(const struct nvs_snapshot *to);
bool nvs_is_addressed(const struct nvs_snapshot *to, const struct nvs_frame *f,
		      enum nvs_cast cast);
bool nvs_spies(const struct nvs_policy *policy, u8 rx_promisc);

/**
 * nvs_wants() - is a guest port among the receivers of a frame?
 * @to: the port; a member of the frame's VLAN, not its ingress port and not
 *	the place that holds its destination
 * @f: the frame
 * @cast: how far it reaches
 *
 * Return: whether it is.
 */
static inline bool nvs_wants(const struct nvs_snapshot *to,
			     const struct nvs_frame *f, enum nvs_cast cast)
{
	return to->spies || nvs_is_addressed(to, f, cast);
}

/**
 * nvs_receives() - is a port of a list offered a frame?
 * @to: the port
 * @f: the frame
 * @cast: how far it reaches
 * @ingress: it came in through this port
 * @holds: this port holds its destination, and is offered it for that
 *
 * Return: whether it is.
 */
static inline bool nvs_receives(const struct nvs_snapshot *to,
				const struct nvs_frame *f, enum nvs_cast cast,
				bool ingress, bool holds)
{
	return !ingress && !holds && to->role == NVS_GUEST &&
	       nvs_vlan_carries(to, f) && nvs_wants(to, f, cast);
}

/**
 * nvs_goes_back() - is a frame's destination where it came from?
 * @role: role of its ingress port
 * @ingress: that is the port that holds its destination
 * @uplinks: its destination is behind the uplinks
 *
 * All uplinks are one place: there is no way from one to another.
 *
 * Return: whether it is.
 */
static inline bool nvs_goes_back(u8 role, bool ingress, bool uplinks)
{
	return ingress || (uplinks && role == NVS_UPLINK);
}

/**
 * nvs_uplink_receives() - is the active uplink offered a frame as one of many?
 * @to: its port, which may be a guest's still
 * @cast: how far it reaches
 * @ingress: it came in through this port
 * @role: role that the frame's ingress port had when it was admitted
 *
 * Return: whether it is.
 */
static inline bool nvs_uplink_receives(const struct nvs_snapshot *to,
				       enum nvs_cast cast, bool ingress,
				       u8 role)
{
	return !ingress && to->role == NVS_UPLINK && role != NVS_UPLINK &&
	       cast != NVS_CAST_KNOWN;
}

/**
 * nvs_host_receives() - is the host port offered a frame as one of many?
 * @cast: how far it reaches
 * @ingress: it came in through the host port
 * @holds: the host holds its destination, and is offered it for that
 * @promiscuous: the switch device is in promiscuous mode
 *
 * Return: whether it is.
 */
static inline bool nvs_host_receives(enum nvs_cast cast, bool ingress,
				     bool holds, bool promiscuous)
{
	return !ingress && !holds &&
	       (cast == NVS_CAST_BROAD || cast == NVS_CAST_MULTI ||
		promiscuous);
}

#endif /* _NVS_CORE_DELIVER_H */
