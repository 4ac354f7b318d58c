/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What users type, into values. Pure: these take a string, and fill in a value
 * or say in a sentence what is wrong with the string and what would be right.
 */
#ifndef _NVSW_PARSE_H
#define _NVSW_PARSE_H

#include "model.h"

struct parse_error {
	char text[256];
};

/* Fill in the sentence; returns false. */
bool parse_fail(struct parse_error *error, const char *format, ...)
	NVSW_PRINTF(2, 3);

/* min..max, decimal or 0x; with @zero also 0. @what names it in the sentence. */
bool parse_number(const char *text, const char *what, __u32 min, __u32 max,
		  bool zero, __u32 *value, struct parse_error *error);
/* Six pairs of hexadecimal digits with colons between; any address. */
bool parse_mac(const char *text, __u8 *mac, struct parse_error *error);
/* One station's address, neither a group's nor zero. */
bool parse_station(const char *text, __u8 *mac, struct parse_error *error);
/* LLADDR[/BITS], for an allow list. */
bool parse_prefix(const char *text, __u8 *mac, __u8 *bits,
		  struct parse_error *error);
/* A VLAN that is a guest's own: 1..4094. */
bool parse_vid(const char *text, __u16 *vid, struct parse_error *error);
/* "0,10,20-30", "all" or "4095": the VLANs of a trunk. */
bool parse_trunk(const char *text, struct nvsw_vlan *vlan,
		 struct parse_error *error);
/*
 * A VLAN mode, from the words at @argv; @used says how many of them are its.
 * Words that could only begin something else end it.
 */
bool parse_vlan(int argc, char **argv, int *used, struct nvsw_vlan *vlan,
		struct parse_error *error);
/* A port group's name. */
bool parse_group(const char *text, struct parse_error *error);
/* The name of a network device. */
bool parse_device(const char *text, struct parse_error *error);
/* "all", "none", or groups with commas between. */
bool parse_multicast(const char *text, struct nvsw_multicast *multicast,
		     struct parse_error *error);

#endif /* _NVSW_PARSE_H */
