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

/* Some entry: what is claimed of it is claimed of each. */
static const struct nvs_allowed *some_entry(void)
{
	u32 i = any_below(ENTRIES);

	assume(i < list.count);
	return &list.entries[i];
}

void allow_list(void)
{
	struct nvs_snapshot port = {
		.allow = (const struct nvs_allow *)&list,
	};
	u64 mac = any_u64() & NVS_MAC_MASK;
	const struct nvs_allowed *e;
	enum nvs_allow_match match;
	bool found = false;
	u32 i;

	any_list();
	match = nvs_allow_match(&port, mac);
	for (i = 0; i < ENTRIES; i++)
		found |= i < list.count && !((list.entries[i].mac ^ mac) &
					     list.entries[i].mask);
	claim(found == (match != NVS_ALLOW_NONE),
	      "an allow list matches what agrees with an entry where its mask is set, and nothing else");
	port.allow = NULL;
	claim(nvs_allow_match(&port, mac) == NVS_ALLOW_NONE,
	      "no allow list matches nothing");
	if (!list.count)
		return;
	e = some_entry();
	claim(mac != e->mac || e->mask != NVS_MAC_MASK ||
	      match == NVS_ALLOW_EXACT,
	      "an exact entry decides before any masked one");
	claim(match != NVS_ALLOW_EXACT || e->mac != mac ||
	      e->mask == NVS_MAC_MASK || found,
	      "nothing is an exact match by a masked entry");
}
