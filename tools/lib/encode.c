// SPDX-License-Identifier: GPL-2.0-only
/* Structures, into attributes of requests. */
#include "encode.h"

void put_multicast(struct request *request,
		   const struct nvsw_multicast *multicast)
{
	put_u8(request, IFLA_NVSWITCH_PORT_RX_MULTICAST, multicast->mode);
	if (multicast->mode == NVSWITCH_RX_MULTICAST_LIST && multicast->count)
		put_attr(request, IFLA_NVSWITCH_PORT_RX_GROUPS,
			 multicast->group, ETH_ALEN * multicast->count);
}

static void put_ranges(struct request *request, const struct nvsw_vlan *vlan)
{
	struct nvswitch_vlan_range range[VLAN_COUNT / 2 + 1];
	unsigned int count = 0, from = 0;

	while (vlan_next_range(vlan, from, &range[count]))
		from = range[count++].last + 1;
	put_attr(request, NVSWITCH_VLAN_A_RANGES, range,
		 count * sizeof(range[0]));
}

void put_vlan(struct request *request, int attr, const struct nvsw_vlan *vlan)
{
	struct nlattr *nest = put_nest(request, attr);

	put_u8(request, NVSWITCH_VLAN_A_MODE, vlan->mode);
	if (vlan->vid)
		put_u16(request, NVSWITCH_VLAN_A_VID, vlan->vid);
	if (vlan->mode == NVSWITCH_VLAN_TRUNK)
		put_ranges(request, vlan);
	if (vlan->native)
		put_u16(request, NVSWITCH_VLAN_A_NATIVE, vlan->native);
	if (vlan->mode == NVSWITCH_VLAN_PRIVATE)
		put_u8(request, NVSWITCH_VLAN_A_TYPE, vlan->type);
	if (vlan->secondary)
		put_u16(request, NVSWITCH_VLAN_A_SECONDARY, vlan->secondary);
	end_nest(request, nest);
}
