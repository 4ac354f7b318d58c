// SPDX-License-Identifier: GPL-2.0-only
/* Those who only look: dumps, counters, explain, listeners, and the tools. */

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/genetlink.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/nvswitch.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "torture.h"

/* More than the module has counters. */
#define COUNTERS	128

static atomic_ulong questions;
static atomic_bool shrunk;

/* The sum of a switch's counters. */
struct total {
	int owner;
	__u64 value[NVSWITCH_STATS_COPIES_REFUSED + 1];
};

struct asker {
	struct nl rtnl;
	struct nl genl;
	struct dice dice;
	int ioctls;
	struct total last;
};

static int any_switch(struct asker *a)
{
	return switches[dice_below(&a->dice, SWITCHES)];
}

static int any_port(struct asker *a)
{
	return slots[dice_below(&a->dice, SLOTS)].ifindex;
}

static void genl_dump(struct asker *a, struct nl *nl)
{
	static const __u8 dumps[] = {
		NVSWITCH_CMD_GROUP_GET, NVSWITCH_CMD_ALLOW_GET,
		NVSWITCH_CMD_FDB_GET, NVSWITCH_CMD_FDB_GET,
		NVSWITCH_CMD_STATS_GET,
	};
	struct msg m;

	genl_begin(&m, dumps[dice_below(&a->dice, sizeof(dumps))], NLM_F_DUMP);
	if (dice_one_in(&a->dice, 2))
		nl_put_u32(&m, NVSWITCH_A_SWITCH, any_switch(a));
	if (nl == &a->genl)
		nl_talk(nl, &m, NULL, NULL);
	else
		nl_send(nl, &m);
}

static void ask_genl_dump(struct asker *a)
{
	genl_dump(a, &a->genl);
}

/* Nobody waits for its end. */
static void ask_and_leave(struct asker *a)
{
	struct nl nl;

	nl_open(&nl, NETLINK_GENERIC);
	genl_dump(a, &nl);
	nl_close(&nl);
}

static void ask_fdb_dump(struct asker *a)
{
	struct ndmsg *ndm;
	struct msg m;

	ndm = nl_begin(&m, RTM_GETNEIGH, NLM_F_DUMP, sizeof(*ndm));
	ndm->ndm_family = AF_BRIDGE;
	nl_talk(&a->rtnl, &m, NULL, NULL);
}

static void ask_fdb_get(struct asker *a)
{
	struct ndmsg *ndm;
	__u8 mac[6];
	struct msg m;

	ndm = nl_begin(&m, RTM_GETNEIGH, 0, sizeof(*ndm));
	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_ifindex = any_switch(a);
	ndm->ndm_flags = NTF_SELF;
	dice_station(&a->dice, mac);
	nl_put(&m, NDA_LLADDR, mac, sizeof(mac));
	nl_talk(&a->rtnl, &m, NULL, NULL);
}

static void ask_links(struct asker *a)
{
	struct msg m;

	nl_begin(&m, RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
	nl_talk(&a->rtnl, &m, NULL, NULL);
}

static void ask_xstats(struct asker *a)
{
	struct if_stats_msg *stats;
	struct msg m;

	stats = nl_begin(&m, RTM_GETSTATS, NLM_F_DUMP, sizeof(*stats));
	stats->filter_mask =
		IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS) |
		IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS_SLAVE);
	nl_talk(&a->rtnl, &m, NULL, NULL);
}

static void ask_stats(struct asker *a)
{
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_STATS_GET, 0);
	if (dice_one_in(&a->dice, 2))
		nl_put_u32(&m, NVSWITCH_A_SWITCH, any_switch(a));
	else
		nl_put_u32(&m, NVSWITCH_A_PORT, any_port(a));
	nl_talk(&a->genl, &m, NULL, NULL);
}

static void take_total(const struct nlmsghdr *nlh, void *arg)
{
	const size_t header = sizeof(struct genlmsghdr);
	const struct nlattr *stats = nl_attr(nlh, header, NVSWITCH_A_STATS);
	struct total *t = arg;
	int i;

	t->owner = nl_number(nl_attr(nlh, header, NVSWITCH_A_SWITCH));
	for (i = 1; i <= NVSWITCH_STATS_COPIES_REFUSED; i++)
		t->value[i] = nl_number(nl_inside(stats, i));
}

/* What ports have counted that are gone stays in the sum. */
static void ask_sum(struct asker *a)
{
	struct total now = {};
	struct msg m;
	int i;

	genl_begin(&m, NVSWITCH_CMD_STATS_GET, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, any_switch(a));
	if (nl_talk(&a->genl, &m, take_total, &now))
		return;
	for (i = 1; i <= NVSWITCH_STATS_COPIES_REFUSED; i++)
		if (now.owner == a->last.owner &&
		    now.value[i] < a->last.value[i])
			shrunk = true;
	a->last = now;
}

static void ask_why(struct asker *a)
{
	__u8 mac[6];
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_EXPLAIN, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, any_switch(a));
	if (!dice_one_in(&a->dice, 8))
		nl_put_u32(&m, NVSWITCH_A_PORT, any_port(a));
	dice_station(&a->dice, mac);
	nl_put(&m, NVSWITCH_A_SRC, mac, sizeof(mac));
	if (dice_one_in(&a->dice, 2))
		dice_group(&a->dice, mac);
	else
		dice_station(&a->dice, mac);
	nl_put(&m, NVSWITCH_A_DST, mac, sizeof(mac));
	if (dice_one_in(&a->dice, 2))
		nl_put_u16(&m, NVSWITCH_A_VID, dice_vid(&a->dice));
	nl_talk(&a->genl, &m, NULL, NULL);
}

static void ask_ethtool(struct asker *a)
{
	struct {
		struct ethtool_stats header;
		__u64 values[COUNTERS];
	} stats = { .header = { .cmd = ETHTOOL_GSTATS, .n_stats = COUNTERS } };
	struct ifreq ifr = { .ifr_data = (void *)&stats };

	strcpy(ifr.ifr_name, switch_names[dice_below(&a->dice, SWITCHES)]);
	ioctl(a->ioctls, SIOCETHTOOL, &ifr);
}

static void (*const questions_known[])(struct asker *a) = {
	ask_genl_dump, ask_and_leave, ask_fdb_dump, ask_fdb_get, ask_links,
	ask_xstats, ask_stats, ask_sum, ask_sum, ask_why, ask_why, ask_ethtool,
};

#define QUESTIONS	(sizeof(questions_known) / sizeof(*questions_known))

void *asker(void *seed)
{
	struct asker a = {};

	dice_seed(&a.dice, (unsigned long)seed, 2);
	nl_open(&a.rtnl, NETLINK_ROUTE);
	nl_open(&a.genl, NETLINK_GENERIC);
	a.ioctls = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	while (mayhem) {
		questions_known[dice_below(&a.dice, QUESTIONS)](&a);
		questions++;
		/* Those who change shall have their turn at the lock. */
		usleep(2000);
	}
	close(a.ioctls);
	nl_close(&a.rtnl);
	nl_close(&a.genl);
	return NULL;
}

bool sums_have_grown(void)
{
	return !shrunk;
}

unsigned long questions_asked(void)
{
	return questions;
}

static void join(struct nl *nl, int group)
{
	/* Soon full, so that the kernel meets that as well. */
	int room = 8192;

	setsockopt(nl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		   sizeof(group));
	setsockopt(nl->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
}

static void hear(struct dice *d)
{
	unsigned int i, rounds = 20 + dice_below(d, 500);
	char buffer[16384];
	struct nl genl, rtnl;

	nl_open(&genl, NETLINK_GENERIC);
	nl_open(&rtnl, NETLINK_ROUTE);
	join(&genl, genl_events());
	join(&rtnl, RTNLGRP_LINK);
	join(&rtnl, RTNLGRP_NEIGH);
	for (i = 0; i < rounds && mayhem; i++) {
		while (recv(genl.fd, buffer, sizeof(buffer), MSG_DONTWAIT) > 0)
			;
		while (recv(rtnl.fd, buffer, sizeof(buffer), MSG_DONTWAIT) > 0)
			;
		usleep(3000);
	}
	nl_close(&genl);
	nl_close(&rtnl);
}

/* One who hears events, goes away, and comes again. */
void *listener(void *seed)
{
	struct dice d;

	dice_seed(&d, (unsigned long)seed, 3);
	while (mayhem)
		hear(&d);
	return NULL;
}

static const char *const commands[] = {
	"timeout 1 nvsw monitor",
	"nvsw show nvs0",
	"nvsw stats nvs0",
	"nvsw fdb export dev p0 | nvsw fdb import - dev p1",
	"ip -d -s link show",
	"ip -j -d link show master nvs0",
	"bridge fdb show br nvs0",
	"ethtool -S nvs0",
	"timeout 1 bridge monitor fdb",
	"timeout 1 ip monitor link",
};

#define COMMANDS	(sizeof(commands) / sizeof(*commands))

static void run_command(const char *command)
{
	pid_t child = fork();

	if (!child) {
		if (!freopen("/dev/null", "w", stdout) ||
		    !freopen("/dev/null", "w", stderr))
			_exit(1);
		execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(1);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
}

/* The tools that people use, one after another. */
void *sheller(void *seed)
{
	struct dice d;

	dice_seed(&d, (unsigned long)seed, 4);
	while (mayhem) {
		run_command(commands[dice_below(&d, COMMANDS)]);
		usleep(300000);
	}
	return NULL;
}
