// SPDX-License-Identifier: GPL-2.0-only
/* Initial, requested and effective MAC. */

#include "mac.h"

/**
 * nvs_mac_choose() - decide on a requested MAC
 * @initial: initial MAC, 0 if the port has none
 * @requested: requested MAC
 * @effective: the effective MAC so far
 * @mac_changes: resolved policy, enum nvswitch_value
 * @available: nobody else has the requested MAC or has used it just now
 *
 * A refused request cuts the guest off without telling it, as VMware does
 * (vSphere Security, "MAC Address Changes"): nothing is delivered to a guest
 * that listens on an address which is not its own.
 *
 * Return: the effective MAC and the state of the request.
 */
struct nvs_mac_choice nvs_mac_choose(u64 initial, u64 requested, u64 effective,
				     u8 mac_changes, bool available)
{
	struct nvs_mac_choice c = { initial, NVSWITCH_MAC_OK };

	if (!initial || requested == initial)
		return c;
	if (mac_changes != NVSWITCH_ACCEPT) {
		c.state = NVSWITCH_MAC_CHANGE;
		return c;
	}
	if (available) {
		c.effective = requested;
		return c;
	}
	c.effective = effective;
	c.state = NVSWITCH_MAC_CONFLICT;
	return c;
}
