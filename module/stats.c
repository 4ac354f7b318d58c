// SPDX-License-Identifier: GPL-2.0-only
/* Counters of a port, and their sums. */

#include "stats.h"

#include <net/netlink.h>

#include "switch.h"

/* Where a reason is met: on the ingress port, on a receiver, or on both. */
enum nvs_where {
	NVS_INGRESS = 1,
	NVS_EGRESS = 2,
	NVS_BOTH = NVS_INGRESS | NVS_EGRESS,
};

static const struct {
	const char *name;
	u8 where;
} nvs_reasons[__NVSWITCH_DROP_MAX] = {
#define NVS_REASON(NAME, name, where) \
	[NVSWITCH_DROP_##NAME] = { #name, NVS_##where },
	NVSWITCH_DROP_REASONS(NVS_REASON)
#undef NVS_REASON
};

static const char nvs_plain_names[][ETH_GSTRING_LEN] = {
	"received", "forwarded", "passed", "dropped",
	"copies_offered", "copies_transmitted", "copies_refused",
};

/**
 * nvs_stats_add() - add a port's counters to a sum
 * @t: the sum
 * @s: the counters
 *
 * Context: any. A snapshot of moving counters: exact at rest.
 */
void nvs_stats_add(struct nvs_stats *t, const struct nvs_stats __percpu *s)
{
	int cpu, i;

	for_each_possible_cpu(cpu) {
		const struct nvs_stats *c = per_cpu_ptr(s, cpu);

		t->received += READ_ONCE(c->received);
		t->forwarded += READ_ONCE(c->forwarded);
		t->passed += READ_ONCE(c->passed);
		t->offered += READ_ONCE(c->offered);
		t->transmitted += READ_ONCE(c->transmitted);
		for (i = 0; i < __NVSWITCH_DROP_MAX; i++) {
			t->dropped[i] += READ_ONCE(c->dropped[i]);
			t->refused[i] += READ_ONCE(c->refused[i]);
		}
	}
}

/**
 * nvs_stats_sum() - the counters of a whole switch
 * @sw: switch
 * @t: zeroed; all ports, those detached since, and the host port
 *
 * Context: RTNL.
 */
void nvs_stats_sum(struct nvs_switch *sw, struct nvs_stats *t)
{
	struct nvs_port *port;

	*t = sw->retired;
	nvs_stats_add(t, sw->host.stats);
	list_for_each_entry(port, &sw->ports, node)
		nvs_stats_add(t, port->stats);
}

static u64 nvs_sum_reasons(const u64 *by_reason)
{
	u64 sum = 0;
	int i;

	for (i = 0; i < __NVSWITCH_DROP_MAX; i++)
		sum += by_reason[i];
	return sum;
}

/* In the order of nvs_plain_names and of enum nvswitch_stats_attr. */
static void nvs_plain_values(const struct nvs_stats *t, u64 *v)
{
	v[0] = t->received;
	v[1] = t->forwarded;
	v[2] = t->passed;
	v[3] = nvs_sum_reasons(t->dropped);
	v[4] = t->offered;
	v[5] = t->transmitted;
	v[6] = nvs_sum_reasons(t->refused);
}

/**
 * nvs_stats_strings() - names of the counters, for ethtool
 * @data: room for the names, or NULL
 *
 * Context: any.
 * Return: how many there are.
 */
int nvs_stats_strings(u8 *data)
{
	int count = ARRAY_SIZE(nvs_plain_names);
	int i;

	if (data) {
		memcpy(data, nvs_plain_names, sizeof(nvs_plain_names));
		data += sizeof(nvs_plain_names);
	}
	for (i = 1; i < __NVSWITCH_DROP_MAX; i++)
		if (nvs_reasons[i].where & NVS_INGRESS) {
			count++;
			if (data)
				ethtool_sprintf(&data, "%s",
						nvs_reasons[i].name);
		}
	for (i = 1; i < __NVSWITCH_DROP_MAX; i++)
		if (nvs_reasons[i].where & NVS_EGRESS) {
			count++;
			if (data)
				ethtool_sprintf(&data, "egress_%s",
						nvs_reasons[i].name);
		}
	return count;
}

/**
 * nvs_stats_values() - values of the counters, for ethtool
 * @t: the counters
 * @data: room for as many as nvs_stats_strings() returns
 *
 * Context: any.
 */
void nvs_stats_values(const struct nvs_stats *t, u64 *data)
{
	int i;

	nvs_plain_values(t, data);
	data += ARRAY_SIZE(nvs_plain_names);
	for (i = 1; i < __NVSWITCH_DROP_MAX; i++)
		if (nvs_reasons[i].where & NVS_INGRESS)
			*data++ = t->dropped[i];
	for (i = 1; i < __NVSWITCH_DROP_MAX; i++)
		if (nvs_reasons[i].where & NVS_EGRESS)
			*data++ = t->refused[i];
}

/**
 * nvs_stats_size() - room that nvs_stats_fill() needs
 *
 * Context: any.
 * Return: bytes.
 */
size_t nvs_stats_size(void)
{
	return 3 * nla_total_size(0) +
	       nvs_stats_strings(NULL) * nla_total_size_64bit(sizeof(u64));
}

static int nvs_stats_fill_reasons(struct sk_buff *skb, int type, int where,
				  const u64 *by_reason)
{
	struct nlattr *nest = nla_nest_start(skb, type);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 1; i < __NVSWITCH_DROP_MAX; i++)
		if ((nvs_reasons[i].where & where) &&
		    nla_put_u64_64bit(skb, i, by_reason[i],
				      NVSWITCH_DROP_UNSPEC))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nvs_stats_fill() - put counters into a message
 * @skb: message
 * @type: attribute for the nest
 * @t: the counters
 *
 * Context: any.
 * Return: 0, or -EMSGSIZE with nothing put.
 */
int nvs_stats_fill(struct sk_buff *skb, int type, const struct nvs_stats *t)
{
	u64 values[ARRAY_SIZE(nvs_plain_names)];
	struct nlattr *nest;
	int i;

	nest = nla_nest_start(skb, type);
	if (!nest)
		return -EMSGSIZE;
	nvs_plain_values(t, values);
	for (i = 0; i < ARRAY_SIZE(values); i++)
		if (nla_put_u64_64bit(skb, NVSWITCH_STATS_RECEIVED + i,
				      values[i], NVSWITCH_STATS_PAD))
			goto cancel;
	if (nvs_stats_fill_reasons(skb, NVSWITCH_STATS_DROPS, NVS_INGRESS,
				   t->dropped) ||
	    nvs_stats_fill_reasons(skb, NVSWITCH_STATS_REFUSALS, NVS_EGRESS,
				   t->refused))
		goto cancel;
	nla_nest_end(skb, nest);
	return 0;

cancel:
	nla_nest_cancel(skb, nest);
	return -EMSGSIZE;
}
