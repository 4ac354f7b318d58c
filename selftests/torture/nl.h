/* SPDX-License-Identifier: GPL-2.0-only */
/* Netlink by hand: requests are built in place, and answered at once. */
#ifndef NL_H
#define NL_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

/* A socket, and the number of its last request. */
struct nl {
	int fd;
	__u32 seq;
};

/* A request on its way. */
struct msg {
	union {
		struct nlmsghdr nlh;
		char data[8192];
	};
};

typedef void (*nl_answer)(const struct nlmsghdr *nlh, void *arg);

void nl_open(struct nl *nl, int protocol);
void nl_close(struct nl *nl);
void *nl_begin(struct msg *m, __u16 type, __u16 flags, size_t header);
void *nl_put(struct msg *m, __u16 type, const void *data, size_t size);
void nl_put_u8(struct msg *m, __u16 type, __u8 value);
void nl_put_u16(struct msg *m, __u16 type, __u16 value);
void nl_put_u32(struct msg *m, __u16 type, __u32 value);
void nl_put_string(struct msg *m, __u16 type, const char *value);
struct nlattr *nl_nest(struct msg *m, __u16 type);
void nl_nest_end(struct msg *m, struct nlattr *nest);
int nl_send(struct nl *nl, struct msg *m);
int nl_talk(struct nl *nl, struct msg *m, nl_answer answer, void *arg);
const struct nlattr *nl_find(const void *attrs, size_t size, __u16 type);
const struct nlattr *nl_attr(const struct nlmsghdr *nlh, size_t header,
			     __u16 type);
const struct nlattr *nl_inside(const struct nlattr *nest, __u16 type);
__u64 nl_number(const struct nlattr *attr);

/* The generic netlink family of the module. */
void genl_begin(struct msg *m, __u8 command, __u16 flags);
void genl_resolve(struct nl *nl);
int genl_events(void);

#endif
