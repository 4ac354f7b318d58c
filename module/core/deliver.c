// SPDX-License-Identifier: GPL-2.0-only
/* Delivery: who wants a frame, and who may not have it. */

#include "deliver.h"

/**
 * nvs_wants() - is a guest port among the receivers of a frame?
 * @to: the port; a member of the frame's VLAN, not its ingress port and not
 *	the place that holds its destination
 * @cast: how far the frame reaches
 *
 * A port that is neither learning nor promiscuous gets no unicast but its own:
 * the switch is no hub for anyone's sake.
 *
 * Return: whether it is.
 */
bool nvs_wants(const struct nvs_snapshot *to, enum nvs_cast cast)
{
	if (to->policy.promiscuous == NVSWITCH_ACCEPT)
		return true;
	switch (cast) {
	case NVS_CAST_BROAD:
	case NVS_CAST_MULTI:
		return true;
	case NVS_CAST_UNKNOWN:
		return to->policy.learning == NVSWITCH_ON &&
		       to->policy.unicast_flood == NVSWITCH_ON;
	case NVS_CAST_BPDU:
		return to->bpdu_pass;
	case NVS_CAST_KNOWN:
		break;
	}
	return false;
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
	if (to->mac_state == NVSWITCH_MAC_CHANGE)
		return NVSWITCH_DROP_MAC_CHANGE;
	if (to->mac_state == NVSWITCH_MAC_CONFLICT)
		return NVSWITCH_DROP_MAC_CONFLICT;
	return NVSWITCH_DROP_UNSPEC;
}
