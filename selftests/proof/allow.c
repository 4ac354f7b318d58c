// SPDX-License-Identifier: GPL-2.0-only
/* What an allow list of any length matches. */

#include "any.h"
#include "core/admit.h"

#ifndef ENTRIES
#define ENTRIES	NVSWITCH_ALLOW_MAX
#endif

static struct {
	u32 count;
	struct nvs_allowed entries[ENTRIES];
} list;

/* No bit is beside the mask: genl_port.c sees to that. */
static void any_entry(struct nvs_allowed *e)
{
	e->mask = any_u64() & NVS_MAC_MASK;
	e->mac = any_u64() & e->mask;
}

/* Exact entries come first: nvs_allow_cmp() in genl_port.c. */
static void any_list(void)
{
	u32 i, exact = any_below(ENTRIES + 1);

	list.count = any_below(ENTRIES + 1);
	for (i = 0; i < ENTRIES; i++) {
		any_entry(&list.entries[i]);
		if (i < exact) {
			list.entries[i].mac = any_u64() & NVS_MAC_MASK;
			list.entries[i].mask = NVS_MAC_MASK;
		}
		assume(i < exact || list.entries[i].mask != NVS_MAC_MASK);
	}
}

static bool agrees(const struct nvs_allowed *e, u64 mac)
{
	return (mac & e->mask) == e->mac;
}

void allow_list(void)
{
	struct nvs_snapshot port = {
		.allow = (const struct nvs_allow *)&list,
	};
	u64 mac = any_u64() & NVS_MAC_MASK;
	bool found = false, exact = false;
	enum nvs_allow_match match;
	u32 i;

	any_list();
	match = nvs_allow_match(&port, mac);
	for (i = 0; i < ENTRIES; i++) {
		if (i >= list.count || !agrees(&list.entries[i], mac))
			continue;
		found = true;
		exact |= list.entries[i].mask == NVS_MAC_MASK;
	}
	claim(found || match == NVS_ALLOW_NONE,
	      "an allow list matches nothing that agrees with no entry where its mask is set");
	claim(!found || match != NVS_ALLOW_NONE,
	      "an allow list matches what agrees with any of its entries");
	claim(!exact || match == NVS_ALLOW_EXACT,
	      "an exact entry decides before any masked one");
	claim(exact || match != NVS_ALLOW_EXACT,
	      "nothing is an exact match by a masked entry");
	port.allow = NULL;
	claim(nvs_allow_match(&port, mac) == NVS_ALLOW_NONE,
	      "no allow list matches nothing");
}
