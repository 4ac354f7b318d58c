// SPDX-License-Identifier: GPL-2.0-only
/* What would become of a frame, from the kernel's message. */
#include <string.h>

#include "decode.h"
#include "explain.h"

static void decode_known(const struct nlattr *nest, struct nvsw_known *known)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];

	attr_nest(table, NVSWITCH_A_MAX, nest);
	known->present = table[NVSWITCH_A_KIND];
	known->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	known->kind = attr_u8(table[NVSWITCH_A_KIND], 0);
	known->trial = table[NVSWITCH_A_TRIAL];
	known->age = -1;
	if (table[NVSWITCH_A_AGE])
		known->age = attr_u64(table[NVSWITCH_A_AGE], 0);
}

static void decode_receiver(const struct nlattr *nest,
			    struct nvsw_receiver *receiver)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];

	attr_nest(table, NVSWITCH_A_MAX, nest);
	receiver->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	receiver->vid = attr_u16(table[NVSWITCH_A_VID], 0);
	receiver->why = attr_u8(table[NVSWITCH_A_WHY], 0);
	receiver->refusal = attr_u8(table[NVSWITCH_A_REFUSAL], 0);
}

/* They all have the same type, so they cannot be told by a table. */
static void decode_receivers(const struct nlattr *list,
			     struct nvsw_explanation *x)
{
	const char *at = (const char *)list + NLA_HDRLEN;
	size_t left = list->nla_len - NLA_HDRLEN;

	while (left >= sizeof(struct nlattr) && x->listed < RECEIVERS_MAX) {
		const struct nlattr *nest = (const void *)at;
		size_t step = NLA_ALIGN(nest->nla_len);

		if (nest->nla_len < sizeof(*nest) || nest->nla_len > left)
			return;
		if ((nest->nla_type & NLA_TYPE_MASK) == NVSWITCH_A_RECEIVER)
			decode_receiver(nest, &x->receiver[x->listed++]);
		if (step > left)
			return;
		at += step;
		left -= step;
	}
}

static int vid_or_none(const struct nlattr *attr)
{
	return attr ? attr_u16(attr, 0) : -1;
}

static void decode_decision(const struct nlattr **table,
			    struct nvsw_explanation *x)
{
	x->ifindex = attr_u32(table[NVSWITCH_A_SWITCH], 0);
	x->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	x->verdict = attr_u8(table[NVSWITCH_A_VERDICT], 0);
	x->reason = attr_u8(table[NVSWITCH_A_REASON], 0);
	x->refusal = attr_u8(table[NVSWITCH_A_REFUSAL], 0);
	x->rule = attr_u8(table[NVSWITCH_A_RULE], 0);
	x->field = attr_u8(table[NVSWITCH_A_FIELD], 0);
	x->level = attr_u8(table[NVSWITCH_A_LEVEL], 0);
	x->value = attr_u32(table[NVSWITCH_A_VALUE], 0);
	x->has_limit = table[NVSWITCH_A_LIMIT];
	x->limit = attr_u32(table[NVSWITCH_A_LIMIT], 0);
	x->learn = attr_u8(table[NVSWITCH_A_LEARN], 0);
	x->cast = attr_u8(table[NVSWITCH_A_CAST], 0);
	attr_string(table[NVSWITCH_A_GROUP], x->group, sizeof(x->group));
}

bool decode_explanation(const struct nlmsghdr *n, struct nvsw_explanation *x)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];

	memset(x, 0, sizeof(*x));
	if (!genl_table(table, NVSWITCH_A_MAX, n) || !table[NVSWITCH_A_VERDICT])
		return false;
	decode_decision(table, x);
	x->travels = vid_or_none(table[NVSWITCH_A_TRAVELS]);
	x->table_vid = vid_or_none(table[NVSWITCH_A_TABLE_VID]);
	x->has_effective =
		attr_mac(table[NVSWITCH_A_EFFECTIVE], x->effective);
	decode_known(table[NVSWITCH_A_SOURCE], &x->source);
	decode_known(table[NVSWITCH_A_DESTINATION], &x->destination);
	x->count = attr_u32(table[NVSWITCH_A_COUNT], 0);
	if (table[NVSWITCH_A_RECEIVERS])
		decode_receivers(table[NVSWITCH_A_RECEIVERS], x);
	return true;
}
