// SPDX-License-Identifier: GPL-2.0-only
/* What users type, into values. */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mac.h"
#include "names.h"
#include "parse.h"

bool parse_fail(struct parse_error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	return false;
}

/* Digits alone: strtoul() would take signs and blanks. */
static bool read_number(const char *text, __u32 *value)
{
	unsigned long long number;
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	number = strtoull(text, &end, strncasecmp(text, "0x", 2) ? 10 : 16);
	if (*end || errno || number > 0xffffffffULL)
		return false;
	*value = number;
	return true;
}

bool parse_number(const char *text, const char *what, __u32 min, __u32 max,
		  bool zero, __u32 *value, struct parse_error *error)
{
	__u32 number;

	if (read_number(text, &number) &&
	    ((number >= min && number <= max) || (zero && !number))) {
		*value = number;
		return true;
	}
	return parse_fail(error, "'%.64s' is no %s: it takes %s%u..%u", text,
			  what, zero && min ? "0 or " : "", min, max);
}

bool parse_mac(const char *text, __u8 *mac, struct parse_error *error)
{
	if (mac_read(text, strlen(text), mac))
		return true;
	return parse_fail(error, "'%.64s' is no MAC address: it takes six pairs of hexadecimal digits, such as 52:54:00:12:34:56",
			  text);
}

static bool is_zero(const __u8 *mac)
{
	static const __u8 zero[ETH_ALEN];

	return !memcmp(mac, zero, sizeof(zero));
}

bool parse_station(const char *text, __u8 *mac, struct parse_error *error)
{
	if (!parse_mac(text, mac, error))
		return false;
	if (mac[0] & 1)
		return parse_fail(error, "%s is a group address: a station's address has an even first byte",
				  text);
	if (is_zero(mac))
		return parse_fail(error, "%s is no station's address: it takes one that is not all zero",
				  text);
	return true;
}

/* Whether all bits behind the first @bits are zero. */
static bool is_prefix(const __u8 *mac, unsigned int bits)
{
	unsigned int i;

	for (i = bits; i < 8 * ETH_ALEN; i++)
		if (mac[i / 8] >> (7 - i % 8) & 1)
			return false;
	return true;
}

bool parse_prefix(const char *text, __u8 *mac, __u8 *bits,
		  struct parse_error *error)
{
	const char *slash = strchr(text, '/');
	__u32 number = NVSWITCH_ALLOW_BITS_MAX;
	char address[3 * ETH_ALEN];
	size_t length = slash ? (size_t)(slash - text) : strlen(text);

	if (slash && !parse_number(slash + 1, "number of bits of a prefix",
				   NVSWITCH_ALLOW_BITS_MIN,
				   NVSWITCH_ALLOW_BITS_MAX, false, &number,
				   error))
		return false;
	if (length >= sizeof(address))
		return parse_mac(text, mac, error);
	memcpy(address, text, length);
	address[length] = 0;
	if (number == NVSWITCH_ALLOW_BITS_MAX) {
		if (!parse_station(address, mac, error))
			return false;
	} else if (!parse_mac(address, mac, error)) {
		return false;
	}
	if (mac[0] & 1)
		return parse_fail(error, "%s covers group addresses: a station's address has an even first byte",
				  text);
	if (!is_prefix(mac, number))
		return parse_fail(error, "%s is no prefix: the bits behind the first %u must be zero",
				  text, number);
	*bits = number;
	return true;
}

bool parse_vid(const char *text, __u16 *vid, struct parse_error *error)
{
	__u32 number = 0;

	if (!parse_number(text, "VLAN", 1, NVSWITCH_VID_MAX, false, &number,
			  error))
		return false;
	*vid = number;
	return true;
}

static bool add_range(struct nvsw_vlan *vlan, unsigned int first,
		      unsigned int last)
{
	unsigned int vid;

	for (vid = first; vid <= last; vid++)
		if (vlan_carries(vlan, vid))
			return false;
	for (vid = first; vid <= last; vid++)
		vlan->trunk[vid / 64] |= 1ULL << (vid % 64);
	return true;
}

/* One item of a trunk's list: "20" or "20-30". */
static bool parse_range(const char *text, struct nvsw_vlan *vlan,
			struct parse_error *error)
{
	char first_text[8];
	__u32 first, last;
	const char *dash;

	dash = strchr(text, '-');
	if (dash && (size_t)(dash - text) < sizeof(first_text)) {
		memcpy(first_text, text, dash - text);
		first_text[dash - text] = 0;
		if (!read_number(first_text, &first) ||
		    !read_number(dash + 1, &last))
			goto misshapen;
	} else if (!read_number(text, &first)) {
		goto misshapen;
	} else {
		last = first;
	}
	if (first > NVSWITCH_VID_MAX || last > NVSWITCH_VID_MAX)
		return parse_fail(error, "'%.32s' in a trunk's list is out of range: VLANs are 0..%u",
				  text, NVSWITCH_VID_MAX);
	if (first > last)
		return parse_fail(error, "'%.32s' in a trunk's list is reversed: it takes the smaller VLAN first",
				  text);
	if (!add_range(vlan, first, last))
		return parse_fail(error, "'%.32s' in a trunk's list overlaps what stands before it: it takes each VLAN once",
				  text);
	return true;
misshapen:
	return parse_fail(error, "'%.32s' in a trunk's list is no VLAN: it takes numbers and ranges, such as 0,10,20-30, or all",
			  text);
}

bool parse_trunk(const char *text, struct nvsw_vlan *vlan,
		 struct parse_error *error)
{
	const char *at = text;

	memset(vlan->trunk, 0, sizeof(vlan->trunk));
	if (!strcmp(text, "all") || !strcmp(text, "4095"))
		return add_range(vlan, 0, NVSWITCH_VID_MAX);
	for (;;) {
		size_t length = strcspn(at, ",");
		char item[32];

		if (length >= sizeof(item))
			length = sizeof(item) - 1;
		memcpy(item, at, length);
		item[length] = 0;
		if (!parse_range(item, vlan, error))
			return false;
		at += length;
		if (!*at)
			return true;
		if (*at != ',')
			return parse_fail(error, "'%.32s' in a trunk's list is no VLAN: it takes numbers and ranges, such as 0,10,20-30, or all",
					  item);
		at++;
	}
}

/* The words of a VLAN mode, and how many of them have been taken. */
struct cursor {
	int argc;
	char **argv;
	int used;
};

static const char *next_word(struct cursor *at)
{
	return at->used < at->argc ? at->argv[at->used++] : NULL;
}

static bool next_vid(struct cursor *at, const char *what, __u16 *vid,
		     struct parse_error *error)
{
	const char *word = next_word(at);

	if (!word)
		return parse_fail(error, "vlan %s needs a VLAN: 1..%u", what,
				  NVSWITCH_VID_MAX);
	return parse_vid(word, vid, error);
}

static bool parse_trunk_words(struct cursor *at, struct nvsw_vlan *vlan,
			      struct parse_error *error)
{
	const char *list = next_word(at);

	if (!list)
		return parse_fail(error, "vlan trunk needs a list of VLANs, such as 0,10,20-30, or all");
	if (!parse_trunk(list, vlan, error))
		return false;
	if (at->used == at->argc || strcmp(at->argv[at->used], "native"))
		return true;
	at->used++;
	return next_vid(at, "trunk LIST native", &vlan->native, error);
}

static bool parse_private_words(struct cursor *at, struct nvsw_vlan *vlan,
				struct parse_error *error)
{
	const char *word;
	int type;

	if (!next_vid(at, "private", &vlan->vid, error))
		return false;
	word = next_word(at);
	type = word ? value_of(&private_words, word) : -1;
	if (type < 0)
		return parse_fail(error, "vlan private %u takes promiscuous, isolated VLAN or community VLAN%s%.32s",
				  vlan->vid, word ? ", not " : "",
				  word ? word : "");
	vlan->type = type;
	if (type == NVSWITCH_PRIVATE_PROMISCUOUS)
		return true;
	return next_vid(at, word, &vlan->secondary, error);
}

bool parse_vlan(int argc, char **argv, int *used, struct nvsw_vlan *vlan,
		struct parse_error *error)
{
	struct cursor at = { .argc = argc, .argv = argv };
	const char *word = next_word(&at);
	bool good = true;
	int mode;

	memset(vlan, 0, sizeof(*vlan));
	mode = word ? value_of(&vlan_mode_words, word) : -1;
	if (mode < 0)
		return parse_fail(error, "'%.32s' is no VLAN mode: it takes inherit, none, access VLAN, trunk LIST or private VLAN TYPE",
				  word ? word : "");
	vlan->mode = mode;
	if (mode == NVSWITCH_VLAN_ACCESS)
		good = next_vid(&at, "access", &vlan->vid, error);
	else if (mode == NVSWITCH_VLAN_TRUNK)
		good = parse_trunk_words(&at, vlan, error);
	else if (mode == NVSWITCH_VLAN_PRIVATE)
		good = parse_private_words(&at, vlan, error);
	*used = at.used;
	return good;
}

bool parse_group(const char *text, struct parse_error *error)
{
	size_t length = strlen(text);
	size_t i;

	if (!length || length > NVSWITCH_GROUP_NAME_MAX)
		return parse_fail(error, "'%.64s' is no name of a group: it takes 1..%u characters",
				  text, NVSWITCH_GROUP_NAME_MAX);
	if (text[0] == ' ' || text[length - 1] == ' ')
		return parse_fail(error, "'%s' is no name of a group: it takes none with a space at an end",
				  text);
	for (i = 0; i < length; i++)
		if (text[i] < ' ' || text[i] > '~')
			return parse_fail(error, "Character %zu is not for the name of a group: it takes printable ASCII",
					  i + 1);
	return true;
}

bool parse_device(const char *text, struct parse_error *error)
{
	size_t length = strlen(text);
	size_t i;

	if (!length || length >= IFNAMSIZ || !strcmp(text, ".") ||
	    !strcmp(text, ".."))
		return parse_fail(error, "'%.64s' is no name of a device: it takes 1..%u characters",
				  text, IFNAMSIZ - 1);
	for (i = 0; i < length; i++)
		if (text[i] == '/' || text[i] == ':' ||
		    isspace((unsigned char)text[i]))
			return parse_fail(error, "'%s' is no name of a device: it takes none with '%c'",
					  text, text[i]);
	return true;
}

static bool add_group(struct nvsw_multicast *multicast, const char *text,
		      struct parse_error *error)
{
	__u8 *mac = multicast->group[multicast->count];

	if (multicast->count == NVSWITCH_RX_GROUPS_MAX)
		return parse_fail(error, "rx_multicast takes at most %u groups: say all",
				  NVSWITCH_RX_GROUPS_MAX);
	if (!parse_mac(text, mac, error))
		return false;
	if (!(mac[0] & 1))
		return parse_fail(error, "%s is a station's address: rx_multicast takes all, none or groups, such as 01:00:5e:00:00:fb",
				  text);
	multicast->count++;
	return true;
}

bool parse_multicast(const char *text, struct nvsw_multicast *multicast,
		     struct parse_error *error)
{
	memset(multicast, 0, sizeof(*multicast));
	multicast->mode = NVSWITCH_RX_MULTICAST_ALL;
	if (!strcmp(text, "all"))
		return true;
	multicast->mode = NVSWITCH_RX_MULTICAST_LIST;
	if (!strcmp(text, "none"))
		return true;
	for (;;) {
		size_t length = strcspn(text, ",");
		char item[32];

		snprintf(item, sizeof(item), "%.*s",
			 (int)(length < sizeof(item) ? length : sizeof(item)),
			 text);
		if (!add_group(multicast, item, error))
			return false;
		if (!text[length])
			return true;
		text += length + 1;
	}
}
