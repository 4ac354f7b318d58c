/* SPDX-License-Identifier: GPL-2.0-only */
/* Which VLANs a port carries, and in which shape. */
#ifndef _NVS_CORE_VLAN_H
#define _NVS_CORE_VLAN_H

#include "types.h"

/**
 * nvs_vlan_carries() - is a port a member of a VLAN?
 * @port: the port; a guest's is a member of VLAN 0 alone, the host port and
 *	uplinks are trunks of all VLANs
 * @vid: the VLAN
 *
 * Return: whether it is.
 */
static inline bool nvs_vlan_carries(const struct nvs_snapshot *port, u16 vid)
{
	return vid == 0 || (port->role != NVS_GUEST && vid != NVS_VID_ANY);
}

/**
 * nvs_vlan_admits() - may a frame with such tags enter through a port?
 * @port: the port
 * @f: the frame
 *
 * Where the switch strips a tag, the one behind it would become the outer one:
 * the frame would hop into a VLAN that its sender is not in. A priority tag is
 * stripped everywhere, since VLAN 0 leaves untagged.
 *
 * Return: whether it may.
 */
static inline bool nvs_vlan_admits(const struct nvs_snapshot *port,
				   const struct nvs_frame *f)
{
	if (!nvs_vlan_carries(port, f->vid))
		return false;
	if (f->stacked && f->vid == 0)
		return false;
	return !f->service || port->role != NVS_GUEST;
}

#endif /* _NVS_CORE_VLAN_H */
