// SPDX-License-Identifier: GPL-2.0-only
/* The verdict on the MAC table, at rest: are its counts those of its entries? */

#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/nvswitch.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "judge.h"

#define MAX_PORTS	64

/* What a dump of the table holds. */
struct census {
	unsigned int kinds[NVSWITCH_FDB_REMOTE + 1];
	int ports[MAX_PORTS];
	unsigned int learned[MAX_PORTS];
	int count;
};

/* What the switch, or a port, says itself. */
struct claim {
	unsigned int learned;
	unsigned int remote;
};

static void count_learned(struct census *c, int ifindex)
{
	int i;

	for (i = 0; i < c->count && c->ports[i] != ifindex; i++)
		;
	if (i == MAX_PORTS)
		die("too many ports");
	if (i == c->count) {
		c->ports[i] = ifindex;
		c->learned[i] = 0;
		c->count++;
	}
	c->learned[i]++;
}

static void take_entry(const struct nlmsghdr *nlh, void *arg)
{
	const size_t header = sizeof(struct genlmsghdr);
	struct census *c = arg;
	unsigned int kind;

	kind = nl_number(nl_attr(nlh, header, NVSWITCH_A_KIND));
	if (kind > NVSWITCH_FDB_REMOTE)
		die("an entry of an unknown kind");
	c->kinds[kind]++;
	if (kind == NVSWITCH_FDB_LEARNED)
		count_learned(c, nl_number(nl_attr(nlh, header,
						   NVSWITCH_A_PORT)));
}

static struct census census_of(struct nl *genl, int owner)
{
	struct census c = {};
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_FDB_GET, NLM_F_DUMP);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, owner);
	if (nl_talk(genl, &m, take_entry, &c))
		complain("the table cannot be read");
	return c;
}

static void take_claim(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *info, *data, *learned;
	struct claim *claim = arg;

	info = nl_attr(nlh, sizeof(struct ifinfomsg), IFLA_LINKINFO);
	data = nl_inside(info, IFLA_INFO_SLAVE_DATA);
	if (data) {
		learned = nl_inside(data, IFLA_NVSWITCH_PORT_LEARNED);
		claim->learned = nl_number(learned);
		return;
	}
	data = nl_inside(info, IFLA_INFO_DATA);
	claim->learned = nl_number(nl_inside(data, IFLA_NVSWITCH_LEARNED));
	claim->remote = nl_number(nl_inside(data, IFLA_NVSWITCH_REMOTE));
}

static struct claim claim_of(struct nl *rtnl, int ifindex)
{
	struct claim claim = {};
	struct ifinfomsg *ifi;
	struct msg m;

	ifi = nl_begin(&m, RTM_GETLINK, 0, sizeof(*ifi));
	ifi->ifi_index = ifindex;
	nl_talk(rtnl, &m, take_claim, &claim);
	return claim;
}

static int stop_ageing(struct nl *rtnl, int owner)
{
	struct nlattr *info, *data;
	struct ifinfomsg *ifi;
	struct msg m;

	ifi = nl_begin(&m, RTM_NEWLINK, 0, sizeof(*ifi));
	ifi->ifi_index = owner;
	info = nl_nest(&m, IFLA_LINKINFO);
	nl_put_string(&m, IFLA_INFO_KIND, "nvswitch");
	data = nl_nest(&m, IFLA_INFO_DATA);
	nl_put_u32(&m, IFLA_NVSWITCH_AGEING, 0);
	nl_nest_end(&m, data);
	nl_nest_end(&m, info);
	return nl_talk(rtnl, &m, NULL, NULL);
}

static int flush(struct nl *genl, int owner)
{
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_FDB_FLUSH, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, owner);
	return nl_talk(genl, &m, NULL, NULL);
}

/* Some learned entries stand against no limit. */
static bool judge_counts(struct nl *rtnl, struct nl *genl, int owner)
{
	struct census c = census_of(genl, owner);
	struct claim claim = claim_of(rtnl, owner);
	bool right = true;
	int i;

	if (claim.remote != c.kinds[NVSWITCH_FDB_REMOTE])
		right = complain("%u remote entries, and %u in the table",
				 claim.remote, c.kinds[NVSWITCH_FDB_REMOTE]);
	if (claim.learned > c.kinds[NVSWITCH_FDB_LEARNED])
		right = complain("%u learned entries, and %u in the table",
				 claim.learned, c.kinds[NVSWITCH_FDB_LEARNED]);
	for (i = 0; i < c.count; i++) {
		claim = claim_of(rtnl, c.ports[i]);
		if (claim.learned > c.learned[i])
			right = complain("port %d: %u learned entries, and %u in the table",
					 c.ports[i], claim.learned,
					 c.learned[i]);
	}
	return right;
}

/* What the ports of the last census say now. */
static bool judge_empty(struct nl *rtnl, struct nl *genl, int owner,
			const struct census *before)
{
	struct census c = census_of(genl, owner);
	struct claim claim = claim_of(rtnl, owner);
	bool right = true;
	unsigned int left;
	int i;

	if (claim.remote || claim.learned)
		right = complain("%u remote and %u learned entries after a flush",
				 claim.remote, claim.learned);
	for (i = NVSWITCH_FDB_ADOPTED; i <= NVSWITCH_FDB_REMOTE; i++)
		if (c.kinds[i])
			right = complain("%u entries of kind %d after a flush",
					 c.kinds[i], i);
	for (i = 0; i < before->count; i++) {
		left = claim_of(rtnl, before->ports[i]).learned;
		if (left)
			right = complain("port %d: %u learned after a flush",
					 before->ports[i], left);
	}
	return right;
}

bool judge_table(struct nl *rtnl, struct nl *genl)
{
	struct census before;
	bool right = true;
	int i;

	for (i = 0; i < SWITCHES; i++) {
		if (!switches[i])
			continue;
		/* Nothing is half gone then. */
		if (stop_ageing(rtnl, switches[i]))
			right = complain("ageing cannot be stopped");
		right &= judge_counts(rtnl, genl, switches[i]);
		before = census_of(genl, switches[i]);
		if (flush(genl, switches[i]))
			right = complain("the table cannot be flushed");
		right &= judge_empty(rtnl, genl, switches[i], &before);
	}
	return right;
}
