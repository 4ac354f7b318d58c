/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a plug-in of ip(8) shares with it. iproute2 installs no header for this;
 * the layout and these functions are the same in all versions from 5.10 on.
 * Nothing that is younger, or gone again, may be added here.
 */
#ifndef _LINK_UTIL_H
#define _LINK_UTIL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdnoreturn.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

/*
 * One kind of link. ip finds it in the file link_KIND.so, as KIND_link_util,
 * and chains it by @next. print_opt() gets the attributes up to @maxattr, or
 * NULL if the kernel sent none.
 */
struct link_util {
	struct link_util *next;
	const char *id;
	int maxattr;
	int (*parse_opt)(struct link_util *lu, int argc, char **argv,
			 struct nlmsghdr *n);
	void (*print_opt)(struct link_util *lu, FILE *fp, struct rtattr *tb[]);
	void (*print_xstats)(struct link_util *lu, FILE *fp,
			     struct rtattr *xstats);
	void (*print_help)(struct link_util *lu, int argc, char **argv,
			   FILE *fp);
	int (*parse_ifla_xstats)(struct link_util *lu, int argc, char **argv);
	int (*print_ifla_xstats)(struct nlmsghdr *n, void *arg);
};

/* A request may grow to this size: ip's buffer for it is hardly larger. */
#define LINK_REQUEST_MAX	1024

enum output_type {
	PRINT_FP = 1,
	PRINT_JSON = 2,
	PRINT_ANY = 4,
};

enum color_attr {
	COLOR_IFNAME = 0,
	COLOR_MAC = 1,
	COLOR_NONE = 6,
};

/* How often -s and -d were given, and what ends a line (-o changes it). */
extern int show_stats;
extern int show_details;
extern const char *_SL_;

bool is_json_context(void);
void open_json_object(const char *key);
void close_json_object(void);
void open_json_array(enum output_type type, const char *key);
void close_json_array(enum output_type type, const char *after);
int print_color_string(enum output_type type, enum color_attr color,
		       const char *key, const char *fmt, const char *value);
int print_color_bool(enum output_type type, enum color_attr color,
		     const char *key, const char *fmt, bool value);
int print_color_u64(enum output_type type, enum color_attr color,
		    const char *key, const char *fmt, uint64_t value);

int addattr_l(struct nlmsghdr *n, int maxlen, int type, const void *data,
	      int len);
struct rtattr *addattr_nest(struct nlmsghdr *n, int maxlen, int type);
int addattr_nest_end(struct nlmsghdr *n, struct rtattr *nest);
int parse_rtattr_flags(struct rtattr *tb[], int max, struct rtattr *rta,
		       int len, unsigned short flags);
int get_u32(__u32 *value, const char *arg, int base);

unsigned int ll_name_to_index(const char *name);
const char *ll_index_to_name(unsigned int index);
int nodev(const char *name);

/* These say what is wrong with the command line, and exit. */
noreturn void invarg(const char *message, const char *arg);
noreturn void duparg(const char *key, const char *arg);
noreturn void incomplete_command(void);

#endif /* _LINK_UTIL_H */
