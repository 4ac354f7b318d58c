// SPDX-License-Identifier: GPL-2.0-only
/* The VLAN mode of a port: how it is typed, sent and printed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

/* As many as leave room for the rest of a request. */
#define RANGES_MAX	128

/* A macro, so that the compiler sees format and values. */
#define REFUSE(arg, ...) do {					\
	char message[160];					\
								\
	snprintf(message, sizeof(message), __VA_ARGS__);	\
	invarg(message, arg);					\
} while (0)

/* The VLANs of one trunk. */
struct trunk {
	bool carries[NVSWITCH_VID_MAX + 1];
};

/* What is left of a command line. */
struct words {
	int argc;
	char **argv;
};

static const char *const modes[] = {
	[NVSWITCH_VLAN_INHERIT] = "inherit",
	[NVSWITCH_VLAN_NONE] = "none",
	[NVSWITCH_VLAN_ACCESS] = "access",
	[NVSWITCH_VLAN_TRUNK] = "trunk",
	[NVSWITCH_VLAN_PRIVATE] = "private",
};

static const char *const types[] = {
	[NVSWITCH_PRIVATE_PROMISCUOUS] = "promiscuous",
	[NVSWITCH_PRIVATE_ISOLATED] = "isolated",
	[NVSWITCH_PRIVATE_COMMUNITY] = "community",
};

static const char *next_word(struct words *words)
{
	if (!words->argc)
		incomplete_command();
	words->argc--;
	return *words->argv++;
}

/* The index of @word, or @count if it is none of @names. */
static unsigned int find_word(const char *word, const char *const *names,
			      unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!strcmp(word, names[i]))
			break;
	return i;
}

/* strtoul() alone would take signs, blanks and other bases. */
static bool read_vid(const char **at, __u16 *vid)
{
	unsigned long number;
	char *end;

	if (!isdigit((unsigned char)**at))
		return false;
	number = strtoul(*at, &end, 10);
	if (number > NVSWITCH_VID_MAX)
		return false;
	*vid = number;
	*at = end;
	return true;
}

/* A VLAN of its own, which has a tag: neither 0 nor, as in a trunk, 4095. */
static __u16 parse_vid(const char *what, const char *arg)
{
	const char *at = arg;
	__u16 vid;

	if (!read_vid(&at, &vid) || *at || !vid)
		REFUSE(arg, "%s takes 1 to %u; VLAN 0 is vlan none, every VLAN vlan trunk all",
		       what, NVSWITCH_VID_MAX);
	return vid;
}

static bool read_range(const char **at, struct nvswitch_vlan_range *range)
{
	if (!read_vid(at, &range->first))
		return false;
	range->last = range->first;
	if (**at != '-')
		return true;
	++*at;
	return read_vid(at, &range->last);
}

static void carry(struct trunk *trunk, const struct nvswitch_vlan_range *range,
		  const char *arg)
{
	unsigned int vid;

	if (range->first > range->last)
		REFUSE(arg, "the range %u-%u is reversed; write %u-%u",
		       range->first, range->last, range->last, range->first);
	for (vid = range->first; vid <= range->last; vid++) {
		if (trunk->carries[vid])
			REFUSE(arg, "VLAN %u is in the list twice; name it once",
			       vid);
		trunk->carries[vid] = true;
	}
}

static void parse_trunk(struct trunk *trunk, const char *arg)
{
	struct nvswitch_vlan_range all = { 0, NVSWITCH_VID_MAX };
	struct nvswitch_vlan_range range;
	const char *at = arg;

	if (!strcmp(arg, "all") || !strcmp(arg, "4095")) {
		carry(trunk, &all, arg);
		return;
	}
	do {
		if (!read_range(&at, &range) || (*at && *at != ','))
			REFUSE(arg, "trunk takes VLANs from 0 to %u, as in 0,10,20-29, or all",
			       NVSWITCH_VID_MAX);
		carry(trunk, &range, arg);
	} while (*at++);
}

/* The kernel wants them ascending, however they were typed. */
static unsigned int find_ranges(const struct trunk *trunk,
				struct nvswitch_vlan_range *ranges,
				const char *arg)
{
	unsigned int vid, count = 0;
	bool inside = false;

	for (vid = 0; vid <= NVSWITCH_VID_MAX; vid++) {
		if (trunk->carries[vid] && !inside) {
			if (count == RANGES_MAX)
				REFUSE(arg, "ip sends at most %u ranges; nvsw sends more",
				       RANGES_MAX);
			ranges[count++].first = vid;
		}
		inside = trunk->carries[vid];
		if (inside)
			ranges[count - 1].last = vid;
	}
	return count;
}

static void add_u8(struct nlmsghdr *n, int attr, __u8 value)
{
	addattr_l(n, LINK_REQUEST_MAX, attr, &value, sizeof(value));
}

static void add_vid(struct nlmsghdr *n, int attr, const char *what,
		    struct words *words)
{
	__u16 vid = parse_vid(what, next_word(words));

	addattr_l(n, LINK_REQUEST_MAX, attr, &vid, sizeof(vid));
}

static void add_trunk(struct nlmsghdr *n, struct words *words)
{
	struct nvswitch_vlan_range ranges[RANGES_MAX];
	const char *arg = next_word(words);
	struct trunk trunk = { };
	unsigned int count;

	parse_trunk(&trunk, arg);
	count = find_ranges(&trunk, ranges, arg);
	addattr_l(n, LINK_REQUEST_MAX, NVSWITCH_VLAN_A_RANGES, ranges,
		  count * sizeof(ranges[0]));
	if (words->argc && !strcmp(*words->argv, "native")) {
		next_word(words);
		add_vid(n, NVSWITCH_VLAN_A_NATIVE, "native", words);
	}
}

static void add_private(struct nlmsghdr *n, struct words *words)
{
	const char *arg;
	unsigned int type;

	add_vid(n, NVSWITCH_VLAN_A_VID, "private", words);
	arg = next_word(words);
	type = find_word(arg, types, ARRAY_SIZE(types));
	if (type == ARRAY_SIZE(types))
		REFUSE(arg, "private VID takes promiscuous, isolated VID or community VID");
	add_u8(n, NVSWITCH_VLAN_A_TYPE, type);
	if (type != NVSWITCH_PRIVATE_PROMISCUOUS)
		add_vid(n, NVSWITCH_VLAN_A_SECONDARY, types[type], words);
}

/* Add @attr with the VLAN mode that is typed, and return its words' number. */
int parse_vlan(struct nlmsghdr *n, unsigned short attr, int argc, char **argv)
{
	struct words words = { argc, argv };
	const char *arg = next_word(&words);
	unsigned int mode = find_word(arg, modes, ARRAY_SIZE(modes));
	struct rtattr *nest;

	if (mode == ARRAY_SIZE(modes))
		REFUSE(arg, "vlan takes inherit, none, access VID, trunk LIST or private VID TYPE");
	nest = addattr_nest(n, LINK_REQUEST_MAX, attr | NLA_F_NESTED);
	add_u8(n, NVSWITCH_VLAN_A_MODE, mode);
	if (mode == NVSWITCH_VLAN_ACCESS)
		add_vid(n, NVSWITCH_VLAN_A_VID, "access", &words);
	else if (mode == NVSWITCH_VLAN_TRUNK)
		add_trunk(n, &words);
	else if (mode == NVSWITCH_VLAN_PRIVATE)
		add_private(n, &words);
	addattr_nest_end(n, nest);
	return argc - words.argc;
}

static void print_name(const char *key, const char *const *names,
		       unsigned int count, __u8 value)
{
	/* A newer kernel says what we have no word for. */
	if (value >= count)
		print_color_u64(PRINT_ANY, COLOR_NONE, key, "%llu", value);
	else
		print_color_string(PRINT_ANY, COLOR_NONE, key, "%s",
				   names[value]);
}

static void print_vid(const char *before, const char *key,
		      const struct rtattr *rta)
{
	if (!rta)
		return;
	print_text("%s", before);
	print_color_u64(PRINT_ANY, COLOR_NONE, key, "%llu",
			*(const __u16 *)RTA_DATA(rta));
}

static void print_range(const struct nvswitch_vlan_range *range)
{
	open_json_array(PRINT_JSON, NULL);
	print_color_u64(PRINT_ANY, COLOR_NONE, NULL, "%llu", range->first);
	if (range->first != range->last)
		print_color_u64(PRINT_FP, COLOR_NONE, NULL, "-%llu",
				range->last);
	print_color_u64(PRINT_JSON, COLOR_NONE, NULL, NULL, range->last);
	close_json_array(PRINT_JSON, NULL);
}

static void print_ranges(const struct rtattr *rta)
{
	const struct nvswitch_vlan_range *range = RTA_DATA(rta);
	unsigned int count = RTA_PAYLOAD(rta) / sizeof(*range);
	unsigned int i;

	print_text("%s", " ");
	if (count == 1 && !range->first && range->last == NVSWITCH_VID_MAX &&
	    !is_json_context()) {
		print_text("%s", "all");
		return;
	}
	open_json_array(PRINT_JSON, "trunk");
	for (i = 0; i < count; i++) {
		print_text("%s", i ? "," : "");
		print_range(&range[i]);
	}
	close_json_array(PRINT_JSON, NULL);
}

/* Print a VLAN mode as it is typed, in JSON as an object under @key. */
void print_vlan(const char *key, const struct rtattr *nest)
{
	struct rtattr *tb[NVSWITCH_VLAN_A_MAX + 1];
	__u8 mode;

	parse_nested(tb, NVSWITCH_VLAN_A_MAX, nest);
	if (!tb[NVSWITCH_VLAN_A_MODE])
		return;
	mode = *(__u8 *)RTA_DATA(tb[NVSWITCH_VLAN_A_MODE]);
	open_json_object(key);
	print_name("mode", modes, ARRAY_SIZE(modes), mode);
	print_vid(" ", mode == NVSWITCH_VLAN_PRIVATE ? "primary" : "vid",
		  tb[NVSWITCH_VLAN_A_VID]);
	if (tb[NVSWITCH_VLAN_A_RANGES])
		print_ranges(tb[NVSWITCH_VLAN_A_RANGES]);
	print_vid(" native ", "native", tb[NVSWITCH_VLAN_A_NATIVE]);
	if (tb[NVSWITCH_VLAN_A_TYPE]) {
		print_text("%s", " ");
		print_name("type", types, ARRAY_SIZE(types),
			   *(__u8 *)RTA_DATA(tb[NVSWITCH_VLAN_A_TYPE]));
	}
	print_vid(" ", "secondary", tb[NVSWITCH_VLAN_A_SECONDARY]);
	close_json_object();
}
