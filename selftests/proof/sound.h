/* SPDX-License-Identifier: GPL-2.0-only */
/* What always holds of VLANs: assumed of ports, proved of what makes them. */
#ifndef _PROOF_SOUND_H
#define _PROOF_SOUND_H

#include "core/vlan.h"

bool sound_private(const struct nvs_private *private, u16 vid);
bool sound_vlans(const struct nvs_vlans *vlans,
		 const struct nvs_private *private);
bool sound_trunk(const struct nvs_vlans *vlans,
		 const struct nvs_private *private, u16 vid);

#endif /* _PROOF_SOUND_H */
