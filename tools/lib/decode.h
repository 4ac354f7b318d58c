/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages of the kernel, into structures. Pure, and safe with any bytes: what
 * is truncated, misshapen or unknown is left out. A decoder returns false if
 * the message is none of its kind.
 */
#ifndef _NVSW_DECODE_H
#define _NVSW_DECODE_H

#include <libmnl/libmnl.h>

#include "model.h"

/* The attributes of one level, each at its type; NULL if absent. */
void attr_table(const struct nlattr **table, unsigned int max,
		const void *start, size_t length);
void attr_nest(const struct nlattr **table, unsigned int max,
	       const struct nlattr *nest);
/* NULL, or too short: @missing. */
__u8 attr_u8(const struct nlattr *attr, __u8 missing);
__u16 attr_u16(const struct nlattr *attr, __u16 missing);
__u32 attr_u32(const struct nlattr *attr, __u32 missing);
__u64 attr_u64(const struct nlattr *attr, __u64 missing);
/* False, and @mac untouched, if there is none. */
bool attr_mac(const struct nlattr *attr, __u8 *mac);
/* Always terminated, cut if need be; empty if there is none. */
bool attr_string(const struct nlattr *attr, char *text, size_t size);

/* The attributes behind the headers of a generic netlink message. */
bool genl_table(const struct nlattr **table, unsigned int max,
		const struct nlmsghdr *n);

void decode_policy(const struct nlattr *nest, struct nvsw_policy *policy);
void decode_vlan(const struct nlattr *nest, struct nvsw_vlan *vlan);
bool decode_link(const struct nlmsghdr *n, struct nvsw_link *link);
bool decode_group(const struct nlmsghdr *n, struct nvsw_group *group);
bool decode_fdb(const struct nlmsghdr *n, struct nvsw_fdb *fdb);
bool decode_allow(const struct nlmsghdr *n, struct nvsw_allow *allow);

#endif /* _NVSW_DECODE_H */
