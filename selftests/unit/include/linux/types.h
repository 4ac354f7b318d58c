/* SPDX-License-Identifier: GPL-2.0-only */
/* What module/core takes from the kernel's <linux/types.h>, in user space. */
#ifndef _UNIT_LINUX_TYPES_H
#define _UNIT_LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

/* As the ABI's headers spell it. */
typedef u16 __u16;
typedef u64 __u64;

#endif /* _UNIT_LINUX_TYPES_H */
