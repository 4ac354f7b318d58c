/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where properties get their values from, and what they do with them. For CBMC
 * a value is any value at all, and a claim is proved of all of them at once;
 * for the fuzzer it is the next bytes of its input, and a wrong claim ends it.
 */
#ifndef _PROOF_ANY_H
#define _PROOF_ANY_H

#include "core/vlan.h"

#ifdef __CPROVER__
#define assume(holds)		__CPROVER_assume(holds)
#define claim(holds, title)	__CPROVER_assert(holds, title)

/* What has no body returns anything. */
bool nondet_bool(void);
u16 nondet_u16(void);
u32 nondet_u32(void);
u64 nondet_u64(void);
struct nvs_private nondet_private(void);
struct nvs_vlans nondet_vlans(void);
#else
#define assume(holds)		any_assume(holds)
#define claim(holds, title)	any_claim(holds, title)

void any_assume(bool holds);
void any_claim(bool holds, const char *title);
#endif

bool any_bool(void);
u16 any_u16(void);
u32 any_u32(void);
u64 any_u64(void);
u32 any_below(u32 n);

/* Milliseconds since boot: 34 years of them; and those of this moment. */
u64 any_time(void);
u64 any_now(void);

/* Any private VLANs that a switch can have, or NULL for none. */
const struct nvs_private *any_private(void);
/* The same, but never NULL. */
const struct nvs_private *any_some_private(void);

/* The VLANs that any mode of a guest port comes to. */
void any_vlans(struct nvs_vlans *vlans, const struct nvs_private *private);

#endif /* _PROOF_ANY_H */
