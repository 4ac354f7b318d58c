// SPDX-License-Identifier: GPL-2.0-only
/* Any value at all, as CBMC has it: what a function without a body returns. */

#include "any.h"
#include "sound.h"

bool any_bool(void)
{
	return nondet_bool();
}

u16 any_u16(void)
{
	return nondet_u16();
}

u32 any_u32(void)
{
	return nondet_u32();
}

u64 any_u64(void)
{
	return nondet_u64();
}

u64 any_time(void)
{
	return nondet_u64() & ((1ULL << 40) - 1);
}

/*
 * Nothing asks more of times than how far they are apart, and which is first:
 * one moment in the middle of all is as good as any, and much faster.
 */
u64 any_now(void)
{
#ifdef NOW
	return NOW;
#else
	return any_time();
#endif
}

u32 any_below(u32 n)
{
	u32 value = nondet_u32();

	assume(value < n);
	return value;
}

const struct nvs_private *any_some_private(void)
{
	static struct nvs_private private;

	private = nondet_private();
	return &private;
}

const struct nvs_private *any_private(void)
{
	return any_bool() ? any_some_private() : NULL;
}

void any_vlans(struct nvs_vlans *vlans, const struct nvs_private *private)
{
	*vlans = nondet_vlans();
	assume(sound_vlans(vlans, private));
}
