// SPDX-License-Identifier: GPL-2.0-only
/* The text of a MAC address. */
#include <ctype.h>
#include <stdlib.h>

#include "mac.h"

bool mac_read(const char *text, size_t length, __u8 *mac)
{
	unsigned int i;

	if (length != 3 * ETH_ALEN - 1)
		return false;
	for (i = 0; i < length; i++) {
		bool separator = i % 3 == 2;

		if (separator ? text[i] != ':' :
				!isxdigit((unsigned char)text[i]))
			return false;
	}
	for (i = 0; i < ETH_ALEN; i++)
		mac[i] = strtoul(text + 3 * i, NULL, 16);
	return true;
}

/* By hand, for there may be a million of them. */
char *mac_text(char *text, const __u8 *mac)
{
	static const char digits[] = "0123456789abcdef";
	unsigned int i;

	for (i = 0; i < ETH_ALEN; i++) {
		text[3 * i] = digits[mac[i] >> 4];
		text[3 * i + 1] = digits[mac[i] & 15];
		text[3 * i + 2] = i + 1 < ETH_ALEN ? ':' : 0;
	}
	return text;
}
