// SPDX-License-Identifier: GPL-2.0-only
/*
 * module/core: the properties that selftests/proof proves, tried on what the
 * bytes make of ports, frames and the table. The first byte chooses the
 * property. Here VLANs have all their bits, private ones are made as the module
 * makes them, and the sanitizers watch what a compiler really built.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "core/frame.h"
#include "fuzz.h"
#include "groups.h"
#include "world.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

static const unsigned char *next;
static size_t left;
static jmp_buf pointless;

/* An input that ends is as if it went on with zeros. */
static u64 take(size_t size)
{
	u64 value = 0;

	if (size > left)
		size = left;
	memcpy(&value, next, size);
	next += size;
	left -= size;
	return value;
}

/* The input is none of those that the property is about. */
void any_assume(bool holds)
{
	if (!holds)
		longjmp(pointless, 1);
}

void any_claim(bool holds, const char *title)
{
	if (holds)
		return;
	fprintf(stderr, "wrong: %s\n", title);
	abort();
}

bool any_bool(void)
{
	return take(1) & 1;
}

/* Mostly of few values, so that they meet. */
u64 any_u64(void)
{
	static const u64 addresses[] = {
		NVS_MAC_BROADCAST, 0x000000c28001ULL, 0x0e0000c28001ULL,
		0xcdcccc0c0001ULL, 0x0100005e0001ULL, 0x010000005452ULL,
		0x0000feffffffULL, 0x00ffffffULL,
	};
	u8 choice = take(1);

	if (choice < 0xf0)
		return choice;
	if (choice < 0xf8)
		return addresses[choice - 0xf0];
	return take(8);
}

u32 any_u32(void)
{
	u8 choice = take(1);

	return choice < 0xf0 ? choice : take(4);
}

u16 any_u16(void)
{
	u8 choice = take(1);

	return choice < 0xf0 ? choice : take(2);
}

u64 any_time(void)
{
	return any_u64() & ((1ULL << 40) - 1);
}

u64 any_now(void)
{
	return any_time();
}

u32 any_below(u32 n)
{
	return any_u16() % n;
}

/* What clashes with the others is refused, and then there is less. */
const struct nvs_private *any_some_private(void)
{
	static struct nvs_private private;
	struct nvs_vlan vlan;
	u32 i, n = any_below(6);

	nvs_private_init(&private);
	for (i = 0; i < n; i++) {
		vlan = any_mode(NVSWITCH_VLAN_PRIVATE);
		nvs_private_add(&private, &vlan);
	}
	return &private;
}

const struct nvs_private *any_private(void)
{
	return any_bool() ? any_some_private() : NULL;
}

/* A member of one of the private VLANs that there are. */
static struct nvs_vlan some_member(const struct nvs_private *private)
{
	struct nvs_vlan vlan = { .mode = NVSWITCH_VLAN_PRIVATE };
	u16 vid = 1 + any_below(NVS_VID_ANY - 1);

	any_assume(private && private->use[vid]);
	vlan.vid = private->primary[vid];
	if (private->use[vid] == NVS_VLAN_PRIMARY)
		return vlan;
	vlan.secondary = vid;
	vlan.type = private->use[vid] == NVS_VLAN_ISOLATED ?
		    NVSWITCH_PRIVATE_ISOLATED : NVSWITCH_PRIVATE_COMMUNITY;
	return vlan;
}

void any_vlans(struct nvs_vlans *vlans, const struct nvs_private *private)
{
	u8 mode = any_below(NVSWITCH_VLAN_PRIVATE + 1);
	struct nvs_vlan vlan = mode == NVSWITCH_VLAN_PRIVATE ?
			       some_member(private) : any_mode(mode);

	any_assume(!private || vlan.mode == NVSWITCH_VLAN_PRIVATE ||
		   !nvs_private_check(private, &vlan));
	nvs_vlan_resolve(vlans, &vlan, private);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	next = data;
	left = size;
	if (!setjmp(pointless))
		groups[take(1) % ARRAY_SIZE(groups)]();
	return 0;
}
