/* SPDX-License-Identifier: GPL-2.0-only */
/* What a frame's addresses and tags mean. */
#ifndef _NVS_CORE_FRAME_H
#define _NVS_CORE_FRAME_H

#include "types.h"

/* EtherTypes of the two kinds of tags, host byte order. */
#define NVS_TPID_CTAG	0x8100
#define NVS_TPID_STAG	0x88a8

enum nvs_class nvs_group_class(u64 dst);
void nvs_frame_set_tags(struct nvs_frame *f, u16 tpid, u16 tci, u16 next);

/**
 * nvs_class_of() - what kind of destination an address is
 * @dst: destination MAC
 *
 * Return: its class.
 */
static inline enum nvs_class nvs_class_of(u64 dst)
{
	return nvs_mac_is_group(dst) ? nvs_group_class(dst) : NVS_UNICAST;
}

/* 01:80:c2:00:00:0x: a bridge never forwards it (802.1Q table 8-1). */
static inline bool nvs_is_reserved(u64 dst)
{
	return (dst & 0xf0ffffffffffULL) == 0x000000c28001ULL;
}

static inline bool nvs_is_tpid(u16 ethertype)
{
	return ethertype == NVS_TPID_CTAG || ethertype == NVS_TPID_STAG;
}

#endif /* _NVS_CORE_FRAME_H */
