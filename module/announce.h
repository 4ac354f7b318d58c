/* SPDX-License-Identifier: GPL-2.0-only */
/* Announcements: a guest's own, and those made on its behalf. */
#ifndef _NVS_ANNOUNCE_H
#define _NVS_ANNOUNCE_H

#include "switch.h"

bool nvs_announces(struct nvs_port *port, const struct nvs_snapshot *snap,
		   const struct sk_buff *skb, const struct nvs_frame *f);
void nvs_port_hear(struct nvs_port *port);
void nvs_rarp_init(struct nvs_switch *sw);
void nvs_rarp_start(struct nvs_switch *sw, const struct nvs_port *port);
void nvs_rarp_stop(struct nvs_switch *sw);

#endif /* _NVS_ANNOUNCE_H */
