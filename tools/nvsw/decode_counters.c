// SPDX-License-Identifier: GPL-2.0-only
/* Counters, from the kernel's messages. */
#include <stdio.h>
#include <string.h>

#include "counters.h"
#include "decode.h"
#include "names.h"

enum {
	INGRESS = 1,
	EGRESS = 2,
	BOTH = INGRESS | EGRESS,
};

static const unsigned char where[NVSWITCH_DROP_MAX + 1] = {
#define REASON(NAME, name, met) \
	[NVSWITCH_DROP_##NAME] = met,
	NVSWITCH_DROP_REASONS(REASON)
#undef REASON
};

const char *const counter_names[COUNTER_COUNT] = {
	[COUNTER_RECEIVED] = "received",
	[COUNTER_FORWARDED] = "forwarded",
	[COUNTER_PASSED] = "passed",
	[COUNTER_DROPPED] = "dropped",
	[COUNTER_COPIES_OFFERED] = "copies_offered",
	[COUNTER_COPIES_TRANSMITTED] = "copies_transmitted",
	[COUNTER_COPIES_REFUSED] = "copies_refused",
	[COUNTER_RX_BYTES] = "rx_bytes",
	[COUNTER_TX_BYTES] = "tx_bytes",
};

static const unsigned char stats_attrs[] = {
	[COUNTER_RECEIVED] = NVSWITCH_STATS_RECEIVED,
	[COUNTER_FORWARDED] = NVSWITCH_STATS_FORWARDED,
	[COUNTER_PASSED] = NVSWITCH_STATS_PASSED,
	[COUNTER_DROPPED] = NVSWITCH_STATS_DROPPED,
	[COUNTER_COPIES_OFFERED] = NVSWITCH_STATS_COPIES_OFFERED,
	[COUNTER_COPIES_TRANSMITTED] = NVSWITCH_STATS_COPIES_TRANSMITTED,
	[COUNTER_COPIES_REFUSED] = NVSWITCH_STATS_COPIES_REFUSED,
};

bool reason_drops(unsigned int reason)
{
	return reason <= NVSWITCH_DROP_MAX && where[reason] & INGRESS;
}

bool reason_refuses(unsigned int reason)
{
	return reason <= NVSWITCH_DROP_MAX && where[reason] & EGRESS;
}

char *refusal_name(char *name, unsigned int reason)
{
	snprintf(name, REFUSAL_NAME, "egress_%s",
		 word_or_number(&reason_words, reason));
	return name;
}

static void decode_reasons(const struct nlattr *nest, __u64 *value)
{
	const struct nlattr *table[NVSWITCH_DROP_MAX + 1];
	unsigned int i;

	attr_nest(table, NVSWITCH_DROP_MAX, nest);
	for (i = 1; i <= NVSWITCH_DROP_MAX; i++)
		value[i] = attr_u64(table[i], 0);
}

bool decode_counters(const struct nlmsghdr *n, struct nvsw_counters *counters)
{
	const struct nlattr *stats[NVSWITCH_STATS_MAX + 1];
	const struct nlattr *table[NVSWITCH_A_MAX + 1];
	unsigned int i;

	memset(counters, 0, sizeof(*counters));
	if (!genl_table(table, NVSWITCH_A_MAX, n) || !table[NVSWITCH_A_STATS])
		return false;
	counters->ifindex = attr_u32(table[NVSWITCH_A_SWITCH], 0);
	counters->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	attr_nest(stats, NVSWITCH_STATS_MAX, table[NVSWITCH_A_STATS]);
	for (i = 0; i < ARRAY_SIZE(stats_attrs); i++)
		counters->plain[i] = attr_u64(stats[stats_attrs[i]], 0);
	counters->plain[COUNTER_RX_BYTES] =
		attr_u64(table[NVSWITCH_A_RX_BYTES], 0);
	counters->plain[COUNTER_TX_BYTES] =
		attr_u64(table[NVSWITCH_A_TX_BYTES], 0);
	decode_reasons(stats[NVSWITCH_STATS_DROPS], counters->dropped);
	decode_reasons(stats[NVSWITCH_STATS_REFUSALS], counters->refused);
	return true;
}
