/* SPDX-License-Identifier: GPL-2.0-only */
/* Events: what listeners to the netlink multicast group are told. */
#ifndef _NVS_EVENTS_H
#define _NVS_EVENTS_H

#include "switch.h"

void nvs_event_drop(struct nvs_port *in, const struct nvs_frame *f, u8 reason,
		    u8 refusal);
void nvs_event_learn(struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		     unsigned long old);
void nvs_event_age(struct nvs_switch *sw, const struct nvs_fdb_entry *e);
void nvs_event_limit(struct nvs_port *port, const struct nvs_frame *f);
void nvs_event_mac(struct nvs_port *port, u8 event, u64 mac,
		   const struct nvs_port *other);
void nvs_event_port(struct nvs_switch *sw, const struct nvs_port *port,
		    u8 event);
void nvs_event_config(struct nvs_switch *sw, const struct nvs_port *port,
		      const char *group, u8 action);

#endif /* _NVS_EVENTS_H */
