// SPDX-License-Identifier: GPL-2.0-only
/* Namespaces that are born with switches and ports in them, and die. */

#include <linux/nvswitch.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#include "settings.h"

/* FOREIGN ones are last. */
#define FIRST_FOREIGN	(SLOTS - 3)

static unsigned long born, died;

static void populate_port(struct nl *rtnl, struct nl *genl, struct nl *guests,
			  struct dice *d, struct slot *slot, int owner)
{
	__u8 mac[6];
	struct msg m;

	/* The last one's peer may still be on its way out. */
	snprintf(slot->peer, sizeof(slot->peer), "f%lu", ++born);
	station(mac, slot->number);
	if (veth_create(rtnl, slot->name, slot->peer, mac, true))
		return;
	genl_begin(&m, NVSWITCH_CMD_PORT_ATTACH, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, owner);
	nl_put_u32(&m, NVSWITCH_A_PORT, link_index(rtnl, slot->name));
	put_settings(&m, d, NVSWITCH_A_SETTINGS, true);
	if (nl_talk(genl, &m, NULL, NULL))
		link_set_master(rtnl, link_index(rtnl, slot->name), owner);
	slot->other = link_open(guests, slot->peer);
}

static void live_and_die(struct nl *guests, struct dice *d)
{
	struct nl rtnl, genl;
	int owner, i;

	if (unshare(CLONE_NEWNET))
		die("namespace");
	nl_open(&rtnl, NETLINK_ROUTE);
	nl_open(&genl, NETLINK_GENERIC);
	switch_new(&rtnl, d, "perishing");
	owner = link_index(&rtnl, "perishing");
	for (i = FIRST_FOREIGN; i < SLOTS; i++)
		populate_port(&rtnl, &genl, guests, d, &slots[i], owner);
	usleep(20000 + dice_below(d, 200000));
	nl_close(&rtnl);
	nl_close(&genl);
}

unsigned long namespaces_died(void)
{
	return died;
}

/* This thread's namespace dies when it goes to the next, or ends. */
void *perisher(void *seed)
{
	struct nl guests;
	struct dice d;
	int i;

	dice_seed(&d, (unsigned long)seed, 5);
	guests_open(&guests);
	for (; mayhem; died++)
		live_and_die(&guests, &d);
	for (i = FIRST_FOREIGN; i < SLOTS; i++)
		slots[i].other = 0;
	nl_close(&guests);
	return NULL;
}
