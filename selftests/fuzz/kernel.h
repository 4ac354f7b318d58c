/* SPDX-License-Identifier: GPL-2.0-only */
/* Plans, followed by a model of the kernel. */
#ifndef _NVSW_FUZZ_KERNEL_H
#define _NVSW_FUZZ_KERNEL_H

#include "plan.h"

/*
 * Go from one configuration to another. Each step must make sense when its turn
 * comes, and the end be reached. On the way, what is in force for a guest that
 * stays attached is nowhere laxer than both before and after, and its VLANs are
 * those of before or those of after.
 */
void kernel_follow(struct config *from, struct config *to);

#endif /* _NVSW_FUZZ_KERNEL_H */
