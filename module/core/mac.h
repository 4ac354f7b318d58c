/* SPDX-License-Identifier: GPL-2.0-only */
/* Initial, requested and effective MAC. */
#ifndef _NVS_CORE_MAC_H
#define _NVS_CORE_MAC_H

#include "types.h"

/**
 * struct nvs_mac_choice - what becomes of a request
 * @effective: the effective MAC from now on
 * @state: enum nvswitch_mac_state
 */
struct nvs_mac_choice {
	u64 effective;
	u8 state;
};

struct nvs_mac_choice nvs_mac_choose(u64 initial, u64 requested, u64 effective,
				     u8 mac_changes, bool available);

#endif /* _NVS_CORE_MAC_H */
