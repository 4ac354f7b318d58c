/* SPDX-License-Identifier: GPL-2.0-only */
/* The text of a MAC address. */
#ifndef _NVSW_MAC_H
#define _NVSW_MAC_H

#include <linux/if_ether.h>
#include <stdbool.h>
#include <stddef.h>

/* "52:54:00:12:34:56", in a buffer of at least 18 bytes, which is returned. */
#define MAC_TEXT	18
char *mac_text(char *text, const __u8 *mac);
/* Six pairs of hexadecimal digits with colons between, and nothing else. */
bool mac_read(const char *text, size_t length, __u8 *mac);

#endif /* _NVSW_MAC_H */
