/* SPDX-License-Identifier: GPL-2.0-only */
/* What would become of a frame: the question, the answer, and advice. */
#ifndef _NVSW_EXPLAIN_H
#define _NVSW_EXPLAIN_H

#include <libmnl/libmnl.h>

#include "model.h"

/* Receivers that the kernel lists. */
#define RECEIVERS_MAX	1024

/* The length that stands for a frame of which none is given. */
#define LENGTH_DEFAULT	60

/**
 * struct nvsw_known - what the MAC table says of an address
 * @present: it says something
 * @port: ifindex, the switch's if it is the host's; 0 if there is none
 * @kind: enum nvswitch_fdb_kind
 * @trial: it has moved, and is on trial
 * @age: milliseconds, or -1 if nothing is said of it
 */
struct nvsw_known {
	bool present;
	bool trial;
	int port;
	__u32 kind;
	long long age;
};

/**
 * struct nvsw_receiver - who is offered a copy
 * @port: ifindex, the switch's for its host port
 * @vid: VLAN of the tag that the copy leaves with, 0 for none
 * @why: enum nvswitch_why
 * @refusal: enum nvswitch_drop_reason, or 0
 */
struct nvsw_receiver {
	int port;
	__u16 vid;
	__u8 why;
	__u8 refusal;
};

/**
 * struct nvsw_explanation - the kernel's answer
 * @travels: VLAN, -1 if the port has none for such a frame
 * @table_vid: the same
 * @has_effective: the ingress port has an effective MAC
 * @has_limit: a limit is reached
 * @count: receivers, of which @listed are in @receiver
 *
 * The others are as the attributes of the same name.
 */
struct nvsw_explanation {
	int ifindex;
	int port;
	__u8 verdict;
	__u8 reason;
	__u8 refusal;
	__u8 rule;
	__u8 field;
	__u8 level;
	__u8 learn;
	__u8 cast;
	bool has_effective;
	bool has_limit;
	__u32 value;
	__u32 limit;
	int travels;
	int table_vid;
	__u8 effective[ETH_ALEN];
	char group[NVSWITCH_GROUP_NAME_MAX + 1];
	struct nvsw_known source;
	struct nvsw_known destination;
	__u32 count;
	unsigned int listed;
	struct nvsw_receiver receiver[RECEIVERS_MAX];
};

/* Pure; false if the message is no such answer. */
bool decode_explanation(const struct nlmsghdr *n,
			struct nvsw_explanation *explanation);

/**
 * struct frame - the frame that is asked about
 * @vid: VLAN of its tag, -1 if it is untagged
 * @tag2: TPID of the tag behind that one, or of the only one; or 0
 * @length: bytes, without tag and checksum
 */
struct frame {
	__u8 src[ETH_ALEN];
	__u8 dst[ETH_ALEN];
	int vid;
	__u16 tag2;
	__u32 length;
};

/**
 * struct incident - a frame, and what became of it
 * @frame: the frame
 * @x: what the kernel says
 * @sw: the switch
 * @in: ingress port; the switch for the host
 * @at: the port that drops the frame or refuses its copy
 * @other: the other one that it is about, or NULL
 * @allow: the entry of @in's allow list that the source is in, or NULL
 */
struct incident {
	const struct frame *frame;
	const struct nvsw_explanation *x;
	const struct nvsw_link *sw;
	const struct nvsw_link *in;
	const struct nvsw_link *at;
	const struct nvsw_link *other;
	const struct nvsw_allow *allow;
};

static inline bool is_guest(const struct nvsw_link *link)
{
	return link->kind == LINK_PORT &&
	       link->port.role == NVSWITCH_ROLE_GUEST;
}

/* What the frame meets, as text; with advice, if there is. explain_text.c */
struct advice;
void text_incident(const struct incident *incident,
		   const struct advice *advice);

#endif /* _NVSW_EXPLAIN_H */
