/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Talking to the kernel. A function that asks returns 0 or a negative errno;
 * after an error nl_reason() is the sentence that the kernel gave for it.
 */
#ifndef _NVSW_NETLINK_H
#define _NVSW_NETLINK_H

#include <libmnl/libmnl.h>
#include <linux/nvswitch.h>

#include "nvsw.h"

#define REQUEST_MAX	(80 * 1024)

struct request {
	union {
		struct nlmsghdr n;
		char buffer[REQUEST_MAX];
	};
};

/* A message of the answer. Returns false when it wants no more of them. */
typedef bool (*nl_reply_t)(const struct nlmsghdr *n, void *arg);
/* A dump starts again, for the table has changed: forget what it said. */
typedef void (*nl_restart_t)(void *arg);

/* Go to a network namespace: a name as of `ip netns`, or a path. */
bool nl_enter_netns(const char *name);

/* rtnetlink: @header is the message's, such as struct ifinfomsg. */
void rtnl_begin(struct request *request, int type, int flags,
		const void *header, size_t length);
int rtnl_ask(struct request *request, nl_reply_t reply, void *arg);
int rtnl_dump(struct request *request, nl_reply_t reply, void *arg,
	      nl_restart_t restart);

/* Generic netlink, of the switch's own family. */
void genl_begin(struct request *request, enum nvswitch_cmd cmd);
int genl_ask(struct request *request, nl_reply_t reply, void *arg);
/*
 * Without @restart an interrupted dump is not repeated, but warned about: it
 * has been printed already.
 */
int genl_dump(struct request *request, nl_reply_t reply, void *arg,
	      nl_restart_t restart);

/*
 * Events. The file descriptor of a socket that hears them, or -errno; wait for
 * it with poll(), then receive: 0, or -ENOBUFS if some were lost.
 */
int genl_listen(void);
int genl_receive(nl_reply_t reply, void *arg);
/* The same with rtnetlink's, of a group such as RTNLGRP_LINK. */
int rtnl_listen(unsigned int group);
int rtnl_receive(nl_reply_t reply, void *arg);

const char *nl_reason(void);
/* Where in the request the attribute is that it is about; 0 if not said. */
unsigned int nl_culprit(void);
/* Say that sentence; returns the exit status. */
int nl_refused(int error);

/* Attributes, whatever their number: a request has room for all of them. */
void put_attr(struct request *request, int attr, const void *data, size_t size);
void put_flag(struct request *request, int attr);
void put_u8(struct request *request, int attr, __u8 value);
void put_u16(struct request *request, int attr, __u16 value);
void put_u32(struct request *request, int attr, __u32 value);
void put_text(struct request *request, int attr, const char *text);
struct nlattr *put_nest(struct request *request, int attr);
void end_nest(struct request *request, struct nlattr *nest);

#endif /* _NVSW_NETLINK_H */
