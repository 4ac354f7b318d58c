// SPDX-License-Identifier: GPL-2.0-only
/* The counters of ports and switches, asked for. */
#include "counters.h"
#include "netlink.h"

static struct request request;

static bool is_host(const struct nvsw_counters *counters)
{
	return counters->port == counters->ifindex;
}

__u64 bytes_from(const struct nvsw_counters *counters)
{
	return counters->plain[is_host(counters) ? COUNTER_TX_BYTES :
						   COUNTER_RX_BYTES];
}

__u64 bytes_to(const struct nvsw_counters *counters)
{
	return counters->plain[is_host(counters) ? COUNTER_RX_BYTES :
						   COUNTER_TX_BYTES];
}

static bool take(const struct nlmsghdr *n, void *arg)
{
	struct counter_list *list = arg;

	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		list->at = reallocate(list->at,
				      list->room * sizeof(*list->at));
	}
	if (decode_counters(n, &list->at[list->count]))
		list->count++;
	return true;
}

static void forget(void *arg)
{
	struct counter_list *list = arg;

	list->count = 0;
}

int counters_of_ports(int ifindex, struct counter_list *list)
{
	forget(list);
	genl_begin(&request, NVSWITCH_CMD_STATS_GET);
	if (ifindex)
		put_u32(&request, NVSWITCH_A_SWITCH, ifindex);
	return genl_dump(&request, take, list, forget);
}

static bool take_one(const struct nlmsghdr *n, void *arg)
{
	return !decode_counters(n, arg);
}

int counters_of_one(int ifindex, bool sum, struct nvsw_counters *counters)
{
	genl_begin(&request, NVSWITCH_CMD_STATS_GET);
	put_u32(&request, sum ? NVSWITCH_A_SWITCH : NVSWITCH_A_PORT, ifindex);
	return genl_ask(&request, take_one, counters);
}

const struct nvsw_counters *counters_find(const struct counter_list *list,
					  int port, size_t index)
{
	size_t i;

	if (index < list->count && list->at[index].port == port)
		return &list->at[index];
	for (i = 0; i < list->count; i++)
		if (list->at[i].port == port)
			return &list->at[i];
	return NULL;
}
