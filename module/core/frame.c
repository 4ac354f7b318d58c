// SPDX-License-Identifier: GPL-2.0-only
/* What a frame's addresses and tags mean. */

#include "frame.h"

/* 01:80:c2:00:00:00 and 01:00:0c:cc:cc:cd. */
#define NVS_MAC_STP		0x000000c28001ULL
#define NVS_MAC_PVST		0xcdcccc0c0001ULL

/**
 * nvs_group_class() - what kind of group an address names
 * @dst: a group address
 *
 * The reserved addresses are those of 802.1Q table 8-1; Cisco's per-VLAN
 * spanning tree is treated as VMware's BlockGuestBPDU treats it.
 *
 * Return: its class, never NVS_UNICAST.
 */
enum nvs_class nvs_group_class(u64 dst)
{
	if (dst == NVS_MAC_BROADCAST)
		return NVS_BROADCAST;
	if (dst == NVS_MAC_STP || dst == NVS_MAC_PVST)
		return NVS_BPDU;
	if (nvs_is_reserved(dst))
		return NVS_LINK_LOCAL;
	return NVS_MULTICAST;
}

/**
 * nvs_frame_set_tags() - read a frame's tags
 * @f: the frame; @f->vid, @f->tagged, @f->named, @f->stacked and @f->service
 *	are set
 * @tpid: EtherType that follows the addresses
 * @tci: tag control information behind it, if it is a tag's
 * @next: EtherType behind that tag
 *
 * Only a C-tag (802.1Q clause 9.6) names a VLAN of this switch.
 */
void nvs_frame_set_tags(struct nvs_frame *f, u16 tpid, u16 tci, u16 next)
{
	f->tagged = tpid == NVS_TPID_CTAG;
	f->vid = f->tagged ? tci & NVS_VID_MASK : 0;
	f->named = f->vid != 0;
	f->stacked = f->tagged && nvs_is_tpid(next);
	f->service = tpid == NVS_TPID_STAG;
}
