// SPDX-License-Identifier: GPL-2.0-only
/* Which destinations are special, and what tags mean. */

#include "core/frame.h"
#include "tap.h"

static const struct {
	const char *name;
	u64 dst;
	enum nvs_class want;
} classes[] = {
	{ "a station", STATION(1), NVS_UNICAST },
	{ "a BPDU's address without its group bit",
	  MAC(0x00, 0x80, 0xc2, 0x00, 0x00, 0x00), NVS_UNICAST },
	{ "broadcast", MAC(0xff, 0xff, 0xff, 0xff, 0xff, 0xff), NVS_BROADCAST },
	{ "nearly broadcast", MAC(0xff, 0xff, 0xff, 0xff, 0xff, 0xfe),
	  NVS_MULTICAST },
	{ "IPv6 multicast", MAC(0x33, 0x33, 0x00, 0x00, 0x00, 0x01),
	  NVS_MULTICAST },
	{ "802.1D BPDU", MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x00), NVS_BPDU },
	{ "Cisco's per-VLAN BPDU", MAC(0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd),
	  NVS_BPDU },
	{ "Cisco's discovery is not its spanning tree",
	  MAC(0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc), NVS_MULTICAST },
	{ "first link-local", MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x01),
	  NVS_LINK_LOCAL },
	{ "LLDP", MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e), NVS_LINK_LOCAL },
	{ "last link-local", MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x0f),
	  NVS_LINK_LOCAL },
	{ "behind the last link-local",
	  MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x10), NVS_MULTICAST },
	{ "802.1D GMRP", MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x20),
	  NVS_MULTICAST },
	{ "link-local but for its fifth byte",
	  MAC(0x01, 0x80, 0xc2, 0x00, 0x01, 0x00), NVS_MULTICAST },
};

/* 01:80:c2:00:00:00 to 01:80:c2:00:00:0f. */
static void test_reserved(void)
{
	u64 first = MAC(0x01, 0x80, 0xc2, 0x00, 0x00, 0x00);
	unsigned int bit, n, inside = 0, outside = 0;

	for (n = 0; n < 16; n++)
		inside += nvs_is_reserved(first | (u64)n << 40);
	tap_ok(inside == 16, "frame: reserved: whatever its last four bits");
	for (bit = 0; bit < 48; bit++)
		if (bit < 40 || bit > 43)
			outside += nvs_is_reserved(first ^ 1ULL << bit);
	tap_ok(!outside, "frame: reserved: not with any other bit changed");
	tap_ok(!nvs_is_reserved(MAC(0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd)),
	       "frame: reserved: not Cisco's per-VLAN BPDU");
}

static const struct {
	const char *name;
	u16 tpid;
	u16 tci;
	u16 next;
	struct nvs_frame want;
} tags[] = {
	{ "untagged", 0x0800, 0x4500, 0x0054, { .vid = 0 } },
	/* The payload of an untagged frame may look like anything. */
	{ "untagged, with a payload like a tag", 0x0800, 0x8100, 0x8100,
	  { .vid = 0 } },
	{ "VLAN 5", 0x8100, 5, 0x0800, { TAG(5) } },
	{ "VLAN 4094, priority 7 and drop eligible", 0x8100, 0xfffe, 0x0800,
	  { TAG(4094) } },
	{ "priority tag", 0x8100, 0xe000, 0x0800, { PRIORITY } },
	{ "VLAN 5 over VLAN 6", 0x8100, 5, 0x8100,
	  { TAG(5), STACKED } },
	{ "VLAN 5 over 802.1ad", 0x8100, 5, 0x88a8,
	  { TAG(5), STACKED } },
	{ "priority tag over VLAN 6", 0x8100, 0, 0x8100,
	  { PRIORITY, STACKED } },
	{ "VLAN 4095 is named, though none", 0x8100, 4095, 0x0800,
	  { TAG(4095) } },
	{ "802.1ad alone names no VLAN here", 0x88a8, 5, 0x0800,
	  { .vid = 0, .service = 1 } },
	{ "802.1ad over VLAN 6 neither", 0x88a8, 5, 0x8100,
	  { .vid = 0, .service = 1 } },
};

static bool tags_match(unsigned int i)
{
	const struct nvs_frame *want = &tags[i].want;
	struct nvs_frame f = {
		/* What an earlier frame has left behind. */
		.vid = 99,
		.tagged = !want->tagged,
		.named = !want->named,
		.stacked = !want->stacked,
		.service = !want->service,
	};

	nvs_frame_set_tags(&f, tags[i].tpid, tags[i].tci, tags[i].next);
	return f.vid == want->vid && f.tagged == want->tagged &&
	       f.named == want->named && f.stacked == want->stacked &&
	       f.service == want->service;
}

void test_frame(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(classes); i++)
		tap_ok(nvs_class_of(classes[i].dst) == classes[i].want,
		       "frame: class: %s", classes[i].name);
	test_reserved();
	for (i = 0; i < ARRAY_SIZE(tags); i++)
		tap_ok(tags_match(i), "frame: tags: %s", tags[i].name);
}
