// SPDX-License-Identifier: GPL-2.0-only
/* Delivery: who wants a frame, and who may not have it. */

#include "deliver.h"

static bool nvs_listens(const struct nvs_groups *groups, u64 dst)
{
	u32 i;

	for (i = 0; i < groups->count; i++)
		if (groups->macs[i] == dst)
			return true;
	return false;
}

/**
 * nvs_is_addressed() - is a frame meant for a guest port, among others?
 * @to: the port, as for nvs_wants()
 * @f: the frame
 * @cast: how far it reaches
 *
 * A port that is neither learning nor promiscuous gets no unicast but its own:
 * the switch is no hub for anyone's sake.
 *
 * Return: whether it is.
 */
bool nvs_is_addressed(const struct nvs_snapshot *to, const struct nvs_frame *f,
		      enum nvs_cast cast)
{
	bool learning = to->policy.learning == NVSWITCH_ON;

	switch (cast) {
	case NVS_CAST_BROAD:
		return true;
	case NVS_CAST_MULTI:
		return learning || !to->groups ||
		       nvs_listens(to->groups, f->dst);
	case NVS_CAST_UNKNOWN:
		return learning && to->policy.unicast_flood == NVSWITCH_ON;
	case NVS_CAST_BPDU:
		return to->bpdu_pass;
	case NVS_CAST_KNOWN:
		break;
	}
	return false;
}

/**
 * nvs_spies() - does a port get copies of others' unicast?
 * @policy: its resolved policy
 * @rx_promisc: enum nvswitch_value: whether the guest wants them
 *
 * Return: whether it does.
 */
bool nvs_spies(const struct nvs_policy *policy, u8 rx_promisc)
{
	return policy->promiscuous == NVSWITCH_ACCEPT &&
	       rx_promisc != NVSWITCH_OFF;
}

/**
 * nvs_closed() - may a port have any copy at all?
 * @to: a snapshot that is complete but for this
 *
 * Return: why not, or NVSWITCH_DROP_UNSPEC if it may.
 */
enum nvswitch_drop_reason nvs_closed(const struct nvs_snapshot *to)
{
	if (to->blocked)
		return NVSWITCH_DROP_PORT_BLOCKED;
	if (to->waiting)
		return NVSWITCH_DROP_NOT_ACTIVATED;
	if (to->mac_state == NVSWITCH_MAC_CHANGE)
		return NVSWITCH_DROP_MAC_CHANGE;
	if (to->mac_state == NVSWITCH_MAC_CONFLICT)
		return NVSWITCH_DROP_MAC_CONFLICT;
	return NVSWITCH_DROP_UNSPEC;
}

/**
 * nvs_takes() - which frames need no look at a guest port's settings?
 * @to: a snapshot that is complete but for this
 *
 * A frame without inner tag, addressed to the port, that is in the VLAN of its
 * untagged frames: nvs_refusal() has nothing to object but for the device.
 *
 * Return: their pair, see nvs_vlan_pair(), or NVS_VLAN_NEVER.
 */
u32 nvs_takes(const struct nvs_snapshot *to)
{
	return to->role == NVS_GUEST && !to->closed ? to->vlans.out :
						      NVS_VLAN_NEVER;
}
