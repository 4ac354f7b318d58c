/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the plug-in share. What can be said about a switch or a
 * port stands in tables of fields: each field is parsed, printed and explained
 * from its one entry.
 */
#ifndef _PLUGIN_H
#define _PLUGIN_H

#include <linux/nvswitch.h>

#include "link_util.h"

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* The plug-in is built with everything hidden but what ip looks for. */
#define PLUGIN_SYMBOL		__attribute__((visibility("default")))

/**
 * enum field_type - how a field's value is written, sent and printed
 * @FIELD_WORD: one of its words; u8
 * @FIELD_ONOFF: the same, the words being "on" and "off"; a boolean in JSON
 * @FIELD_NUMBER: u32
 * @FIELD_MAC: an Ethernet address
 * @FIELD_DEVICE: the name of a device; u32, its ifindex
 * @FIELD_NAME: the name of a port group; a string
 * @FIELD_VLAN: a VLAN mode, of several words; a nest
 * @FIELD_FLAG: no value, there or not; write-only
 * @FIELD_NOGROUP: no value; the empty name of a port group; write-only
 */
enum field_type {
	FIELD_WORD,
	FIELD_ONOFF,
	FIELD_NUMBER,
	FIELD_MAC,
	FIELD_DEVICE,
	FIELD_NAME,
	FIELD_VLAN,
	FIELD_FLAG,
	FIELD_NOGROUP,
};

/**
 * struct field - one attribute, as a user meets it
 * @name: its name; a table ends with a field that has none
 * @attr: its attribute
 * @type: what its value is
 * @readonly: it is printed, and cannot be set
 * @quiet: it is printed only if it is not 0, its default
 * @words: its words, each at its value
 * @min: its smallest number
 * @max: its largest number
 * @zero: it may also be 0, below @min
 * @unit: what it is a number of, with a space in front
 */
struct field {
	const char *name;
	unsigned short attr;
	enum field_type type;
	bool readonly;
	bool quiet;
	const char *words[4];
	__u32 min;
	__u32 max;
	bool zero;
	const char *unit;
};

/**
 * struct kind - one kind of link, as its command line sees it
 * @name: its name
 * @fields: what it has beside a policy
 * @policy: the attribute that holds its policy
 * @inherit: whether a field of its policy may be set to "inherit"
 */
struct kind {
	const char *name;
	const struct field *fields;
	unsigned short policy;
	bool inherit;
};

/* policy.c */
extern const struct field policy_fields[];

/* field.c */
int parse_kind(const struct kind *kind, int argc, char **argv,
	       struct nlmsghdr *n);
void print_usage(const struct kind *kind, FILE *fp);

void print_text(const char *fmt, const char *value);
void print_mac(const char *key, const __u8 *mac);
void print_value(const struct field *field, const char *key,
		 const struct rtattr *rta);
void print_field(const struct field *field, struct rtattr *tb[]);
void print_fields(const struct field *fields, struct rtattr *tb[]);
void parse_nested(struct rtattr *tb[], int max, const struct rtattr *nest);

/* vlan.c */
int parse_vlan(struct nlmsghdr *n, unsigned short attr, int argc, char **argv);
void print_vlan(const char *key, const struct rtattr *nest);

/* stats.c */
int parse_xstats(struct link_util *lu, int argc, char **argv);
int print_xstats(struct nlmsghdr *n, void *arg);

#endif /* _PLUGIN_H */
