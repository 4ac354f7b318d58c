// SPDX-License-Identifier: GPL-2.0-only
/* Ports that wait for a guest to migrate in. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>

#include "arrivals.h"
#include "decode.h"
#include "log.h"
#include "netlink.h"

struct waiting {
	struct waiting *next;
	int ifindex;
};

static struct waiting *all;
static struct request request;

static struct waiting **find(int ifindex)
{
	struct waiting **at = &all;

	while (*at && (*at)->ifindex != ifindex)
		at = &(*at)->next;
	return at;
}

void arrivals_forget(int ifindex)
{
	struct waiting **at = find(ifindex), *gone = *at;

	if (!gone)
		return;
	*at = gone->next;
	free(gone);
}

static void expect(int ifindex)
{
	struct waiting *waiting;

	if (*find(ifindex))
		return;
	waiting = allocate(sizeof(*waiting));
	waiting->ifindex = ifindex;
	waiting->next = all;
	all = waiting;
}

static void announce(const struct nvsw_link *link)
{
	genl_begin(&request, NVSWITCH_CMD_FDB_ANNOUNCE);
	put_u32(&request, NVSWITCH_A_SWITCH, link->master);
	put_u32(&request, NVSWITCH_A_PORT, link->ifindex);
	if (genl_ask(&request, NULL, NULL))
		notice("%s: its guest has arrived, but its addresses are not announced: %s",
		       link->name, nl_reason());
	else
		say("%s: its guest has arrived: its addresses are announced",
		    link->name);
}

void arrivals_take(const struct nvsw_link *link)
{
	if (link->kind != LINK_PORT ||
	    link->port.activation != NVSWITCH_ACTIVATION_ANNOUNCE) {
		arrivals_forget(link->ifindex);
	} else if (link->port.activated == NVSWITCH_OFF) {
		expect(link->ifindex);
	} else if (*find(link->ifindex)) {
		arrivals_forget(link->ifindex);
		announce(link);
	}
}

static bool take_link(const struct nlmsghdr *n, void *arg)
{
	static struct nvsw_link link;

	(void)arg;
	if (decode_link(n, &link))
		arrivals_take(&link);
	return true;
}

/* Those that were seen stay so when the dump begins again. */
static void restart(void *arg)
{
	(void)arg;
}

int arrivals_look(void)
{
	static struct request dump;
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC };

	rtnl_begin(&dump, RTM_GETLINK, 0, &info, sizeof(info));
	put_u32(&dump, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	return rtnl_dump(&dump, take_link, NULL, restart);
}
