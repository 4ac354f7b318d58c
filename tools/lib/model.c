// SPDX-License-Identifier: GPL-2.0-only
/* The VLANs of a trunk, as ranges. */
#include "model.h"

bool vlan_next_range(const struct nvsw_vlan *vlan, unsigned int from,
		     struct nvswitch_vlan_range *range)
{
	unsigned int first = from;
	unsigned int last;

	while (first <= NVSWITCH_VID_MAX && !vlan_carries(vlan, first))
		first++;
	if (first > NVSWITCH_VID_MAX)
		return false;
	last = first;
	while (last < NVSWITCH_VID_MAX && vlan_carries(vlan, last + 1))
		last++;
	range->first = first;
	range->last = last;
	return true;
}

bool vlan_is_all(const struct nvsw_vlan *vlan)
{
	struct nvswitch_vlan_range range;

	return vlan_next_range(vlan, 0, &range) && !range.first &&
	       range.last == NVSWITCH_VID_MAX;
}
