/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A switch that consists of module/core's decisions and a table as plain as
 * can be: what stands beside the model.
 */
#ifndef _UNIT_BESIDE_H
#define _UNIT_BESIDE_H

#include "core/admit.h"
#include "core/vlan.h"
#include "model.h"

struct beside_entry {
	u64 mac;
	u16 fid;
	u8 kind;
	u32 place;
	u64 seen;
	struct nvs_trial trial;
};

struct beside_list {
	struct nvs_allow allow;
	struct nvs_allowed entries[ALLOWED];
};

struct beside_groups {
	struct nvs_groups groups;
	u64 macs[WANTED];
};

struct beside {
	const struct model *config;
	struct nvs_private private;
	struct nvs_snapshot ports[PORTS + 1];
	struct beside_list lists[PORTS];
	struct beside_groups groups[PORTS];
	u64 adopted[PORTS];
	u64 now;
	unsigned int entries;
	struct beside_entry table[ENTRIES];
};

u64 beside_mac(__u64 mac);
u32 beside_place(const struct model *m, int place);

/* Take over a configuration; the reason why core would have none of it. */
const char *beside_configure(struct beside *b, const struct model *m);

/* What becomes of a frame. */
void beside_frame(struct beside *b, int port, const struct frame *f,
		  struct outcome *o);

#endif /* _UNIT_BESIDE_H */
