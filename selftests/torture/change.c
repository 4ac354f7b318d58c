// SPDX-License-Identifier: GPL-2.0-only
/* Those who change the configuration, at random and without a pause. */

#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/neighbour.h>
#include <linux/nvswitch.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "settings.h"

/**
 * struct changer - one who changes
 * @rtnl: beside the switches
 * @genl: the same
 * @guests: rtnetlink among the guests
 */
struct changer {
	struct nl rtnl;
	struct nl genl;
	struct nl guests;
	struct dice dice;
};

/* Rather one that is there. */
static struct slot *any_slot(struct changer *c)
{
	struct slot *slot = &slots[dice_below(&c->dice, SLOTS)];

	return slot->ifindex && !dice_one_in(&c->dice, 3) ?
		       slot : &slots[dice_below(&c->dice, FIRST_WIRE)];
}

static struct slot *fleeting_slot(struct changer *c)
{
	return &slots[ANCHORS + dice_below(&c->dice, SLOTS - ANCHORS)];
}

/* One that is to be made anew, or NULL. */
static struct slot *missing_slot(struct changer *c)
{
	int i;

	for (i = ANCHORS; i < SLOTS; i++) {
		struct slot *slot = fleeting_slot(c);

		if (!slot->ifindex && slot->kind != FOREIGN)
			return slot;
	}
	return NULL;
}

/* Of a link between the switches either end is a port. */
static int port_of(struct changer *c, struct slot *slot)
{
	return slot->kind == LINK && dice_one_in(&c->dice, 2) ? slot->other :
								slot->ifindex;
}

static int any_port(struct changer *c)
{
	return port_of(c, any_slot(c));
}

static int any_switch(struct changer *c)
{
	return switches[dice_below(&c->dice, SWITCHES)];
}

static struct ifinfomsg *link_change(struct msg *m, int ifindex)
{
	struct ifinfomsg *ifi;

	ifi = nl_begin(m, RTM_NEWLINK, 0, sizeof(*ifi));
	ifi->ifi_index = ifindex;
	return ifi;
}

/* What announces on behalf of guests sends more than its counters say. */
static int change_port(struct changer *c)
{
	struct slot *slot = any_slot(c);
	int port = port_of(c, slot);
	bool role = !is_anchor(slot);
	struct nlattr *info;
	struct msg m;

	if (!port)
		return -ENODEV;
	if (dice_one_in(&c->dice, 2)) {
		genl_begin(&m, NVSWITCH_CMD_PORT_SET, 0);
		nl_put_u32(&m, NVSWITCH_A_PORT, port);
		put_settings(&m, &c->dice, NVSWITCH_A_SETTINGS, role);
		return nl_talk(&c->genl, &m, NULL, NULL);
	}
	link_change(&m, port);
	info = nl_nest(&m, IFLA_LINKINFO);
	nl_put_string(&m, IFLA_INFO_SLAVE_KIND, "nvswitch_slave");
	put_settings(&m, &c->dice, IFLA_INFO_SLAVE_DATA, role);
	nl_nest_end(&m, info);
	return nl_talk(&c->rtnl, &m, NULL, NULL);
}

static int change_switch(struct changer *c)
{
	struct nlattr *info;
	struct msg m;

	link_change(&m, any_switch(c));
	info = nl_nest(&m, IFLA_LINKINFO);
	nl_put_string(&m, IFLA_INFO_KIND, "nvswitch");
	put_switch_settings(&m, &c->dice, IFLA_INFO_DATA);
	nl_nest_end(&m, info);
	return nl_talk(&c->rtnl, &m, NULL, NULL);
}

static int attach_to(struct changer *c, int port, int to)
{
	struct msg m;

	if (!port || !to)
		return -ENODEV;
	if (dice_one_in(&c->dice, 2))
		return link_set_master(&c->rtnl, port, to);
	genl_begin(&m, NVSWITCH_CMD_PORT_ATTACH, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, to);
	nl_put_u32(&m, NVSWITCH_A_PORT, port);
	put_settings(&m, &c->dice, NVSWITCH_A_SETTINGS, true);
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int attach(struct changer *c)
{
	struct slot *slot = fleeting_slot(c);

	/* The ends of a link in different switches, or frames go round. */
	if (slot->kind == LINK && dice_one_in(&c->dice, 2))
		return attach_to(c, slot->other, switches[1]);
	if (slot->kind == LINK)
		return attach_to(c, slot->ifindex, switches[0]);
	return attach_to(c, slot->ifindex, any_switch(c));
}

static int detach(struct changer *c)
{
	return link_set_master(&c->rtnl, port_of(c, fleeting_slot(c)), 0);
}

static int create(struct changer *c)
{
	struct slot *slot = missing_slot(c);
	int err = slot ? slot_create(&c->rtnl, &c->guests, slot) : -EEXIST;

	if (!err && slot->kind != LINK && !dice_one_in(&c->dice, 4))
		attach_to(c, slot->ifindex, any_switch(c));
	return err;
}

static int destroy(struct changer *c)
{
	return slot_destroy(&c->rtnl, &c->guests, fleeting_slot(c),
			    dice_one_in(&c->dice, 2));
}

static int move(struct changer *c)
{
	return slot_move(&c->rtnl, &c->guests, fleeting_slot(c));
}

static int plug_tap(struct changer *c, struct slot *slot)
{
	int carrier, err = -ENODEV;

	pthread_mutex_lock(&slot->lock);
	slot->carrier = !slot->carrier;
	carrier = slot->carrier;
	if (slot->fd >= 0)
		err = ioctl(slot->fd, TUNSETCARRIER, &carrier) ? -errno : 0;
	pthread_mutex_unlock(&slot->lock);
	return err;
}

static int flap(struct changer *c)
{
	struct slot *slot = fleeting_slot(c);
	bool up = !dice_one_in(&c->dice, 3);

	if (slot->kind == TAP && dice_one_in(&c->dice, 2))
		return plug_tap(c, slot);
	if (slot->kind == VETH && dice_one_in(&c->dice, 2))
		return link_set_up(&c->guests, slot->other, up);
	return link_set_up(&c->rtnl, port_of(c, slot), up);
}

/* The other uplink takes over, and this one again after a while. */
static int flap_wire(struct changer *c)
{
	struct slot *wire = &slots[FIRST_WIRE + dice_below(&c->dice, 2)];

	return link_set_up(&c->guests, wire->other, !dice_one_in(&c->dice, 3));
}

/* The host port's device down is no reason for senders to wait long. */
static int flap_switch(struct changer *c)
{
	int ifindex = any_switch(c);

	link_set_up(&c->rtnl, ifindex, false);
	return link_set_up(&c->rtnl, ifindex, true);
}

static int change_mtu(struct changer *c)
{
	static const __u32 mtus[] = { 576, 1400, 1500, 1500, 1500, 9000 };
	struct msg m;

	link_change(&m, dice_one_in(&c->dice, 4) ? any_switch(c) : any_port(c));
	nl_put_u32(&m, IFLA_MTU, mtus[dice_below(&c->dice, 6)]);
	return nl_talk(&c->rtnl, &m, NULL, NULL);
}

/* Of the switch, of a port, or of its peer. */
static int change_address(struct changer *c)
{
	struct nl *nl = &c->rtnl;
	__u8 mac[6];
	int ifindex;

	switch (dice_below(&c->dice, 4)) {
	case 0:
		ifindex = any_switch(c);
		break;
	case 1:
		ifindex = any_port(c);
		break;
	default:
		nl = &c->guests;
		ifindex = any_slot(c)->other;
		break;
	}
	dice_station(&c->dice, mac);
	return link_set_address(nl, ifindex, mac);
}

static int spy(struct changer *c)
{
	struct ifinfomsg *ifi;
	struct msg m;

	ifi = link_change(&m, any_switch(c));
	ifi->ifi_change = IFF_PROMISC;
	ifi->ifi_flags = dice_one_in(&c->dice, 4) ? IFF_PROMISC : 0;
	return nl_talk(&c->rtnl, &m, NULL, NULL);
}

static void put_group(struct changer *c, struct msg *m)
{
	char name[16];

	nl_put_u32(m, NVSWITCH_A_SWITCH, any_switch(c));
	group_name(&c->dice, name);
	nl_put_string(m, NVSWITCH_A_GROUP, name);
}

static int create_group(struct changer *c)
{
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_GROUP_NEW, 0);
	put_group(c, &m);
	put_policy(&m, &c->dice, NVSWITCH_A_POLICY, true);
	if (dice_one_in(&c->dice, 2))
		put_vlan(&m, &c->dice, NVSWITCH_A_VLAN);
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int change_group(struct changer *c)
{
	char name[16];
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_GROUP_SET, 0);
	put_group(c, &m);
	if (dice_one_in(&c->dice, 8)) {
		group_name(&c->dice, name);
		nl_put_string(&m, NVSWITCH_A_NEW_NAME, name);
	}
	if (dice_one_in(&c->dice, 2))
		put_policy(&m, &c->dice, NVSWITCH_A_POLICY, true);
	else
		put_vlan(&m, &c->dice, NVSWITCH_A_VLAN);
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int delete_group(struct changer *c)
{
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_GROUP_DEL, 0);
	put_group(c, &m);
	if (dice_one_in(&c->dice, 2))
		nl_put(&m, NVSWITCH_A_FORCE, NULL, 0);
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int change_allow_list(struct changer *c)
{
	__u8 mac[6];
	struct msg m;

	genl_begin(&m, dice_one_in(&c->dice, 2) ? NVSWITCH_CMD_ALLOW_ADD :
						  NVSWITCH_CMD_ALLOW_DEL, 0);
	nl_put_u32(&m, NVSWITCH_A_PORT, any_port(c));
	dice_station(&c->dice, mac);
	if (dice_one_in(&c->dice, 3)) {
		mac[5] &= 0xf0;
		nl_put_u8(&m, NVSWITCH_A_BITS, 44);
	}
	nl_put(&m, NVSWITCH_A_MAC, mac, sizeof(mac));
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int change_static(struct changer *c)
{
	bool add = dice_one_in(&c->dice, 2);
	__u16 vid = dice_vid(&c->dice);
	struct ndmsg *ndm;
	__u8 mac[6];
	struct msg m;

	ndm = nl_begin(&m, add ? RTM_NEWNEIGH : RTM_DELNEIGH,
		       add ? NLM_F_CREATE | NLM_F_REPLACE : 0, sizeof(*ndm));
	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_ifindex = any_switch(c);
	ndm->ndm_flags = NTF_SELF;
	ndm->ndm_state = NUD_NOARP;
	dice_station(&c->dice, mac);
	nl_put(&m, NDA_LLADDR, mac, sizeof(mac));
	if (vid && dice_one_in(&c->dice, 2))
		nl_put_u16(&m, NDA_VLAN, vid);
	if (add)
		nl_put_u32(&m, NDA_IFINDEX, any_port(c));
	return nl_talk(&c->rtnl, &m, NULL, NULL);
}

static int flush(struct changer *c)
{
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_FDB_FLUSH, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, any_switch(c));
	if (dice_one_in(&c->dice, 3))
		nl_put_u32(&m, NVSWITCH_A_PORT, any_port(c));
	if (dice_one_in(&c->dice, 3))
		nl_put_u16(&m, NVSWITCH_A_VID, dice_vid(&c->dice));
	if (dice_one_in(&c->dice, 3))
		nl_put_u8(&m, NVSWITCH_A_KIND,
			  NVSWITCH_FDB_STATIC + dice_below(&c->dice, 4));
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int import(struct changer *c)
{
	struct nlattr *nest, *entry;
	__u8 mac[6];
	struct msg m;
	unsigned int i;

	genl_begin(&m, NVSWITCH_CMD_FDB_IMPORT, 0);
	nl_put_u32(&m, NVSWITCH_A_PORT, any_port(c));
	nest = nl_nest(&m, NVSWITCH_A_ENTRIES);
	for (i = 0; i < 1 + dice_below(&c->dice, 100); i++) {
		entry = nl_nest(&m, NVSWITCH_A_ENTRY);
		station(mac, 0x1000 + dice_below(&c->dice, 0x1000));
		nl_put(&m, NVSWITCH_A_MAC, mac, sizeof(mac));
		nl_nest_end(&m, entry);
	}
	nl_nest_end(&m, nest);
	return nl_talk(&c->genl, &m, NULL, NULL);
}

static int announce(struct changer *c)
{
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_FDB_ANNOUNCE, 0);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, switches[dice_one_in(&c->dice, 4)]);
	if (dice_one_in(&c->dice, 2))
		nl_put_u32(&m, NVSWITCH_A_PORT, any_port(c));
	return nl_talk(&c->genl, &m, NULL, NULL);
}

/* Only the second switch may vanish, with all its ports. */
static int replace_switch(struct changer *c)
{
	link_delete(&c->rtnl, switches[1]);
	return switch_create(&c->rtnl, &c->dice, 1);
}

/* A device on top of a switch: addresses that its host port listens on. */
static int put_on_top(struct changer *c)
{
	int ifindex = link_index(&c->rtnl, "upper");
	struct nlattr *info, *data;
	struct ifinfomsg *ifi;
	struct msg m;

	if (ifindex)
		return link_delete(&c->rtnl, ifindex);
	ifi = nl_begin(&m, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL,
		       sizeof(*ifi));
	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = IFF_UP;
	nl_put_string(&m, IFLA_IFNAME, "upper");
	nl_put_u32(&m, IFLA_LINK, any_switch(c));
	info = nl_nest(&m, IFLA_LINKINFO);
	if (dice_one_in(&c->dice, 2)) {
		nl_put_string(&m, IFLA_INFO_KIND, "macvlan");
	} else {
		nl_put_string(&m, IFLA_INFO_KIND, "vlan");
		data = nl_nest(&m, IFLA_INFO_DATA);
		nl_put_u16(&m, IFLA_VLAN_ID, 5);
		nl_nest_end(&m, data);
	}
	nl_nest_end(&m, info);
	return nl_talk(&c->rtnl, &m, NULL, NULL);
}

/* What may be done, and how often it is among the others. */
static struct {
	const char *name;
	int (*change)(struct changer *c);
	unsigned int weight;
	atomic_ulong done;
	atomic_ulong refused;
} changes[] = {
	{ "port settings", change_port, 40, 0, 0 },
	{ "switch settings", change_switch, 8, 0, 0 },
	{ "attach", attach, 24, 0, 0 },
	{ "detach", detach, 6, 0, 0 },
	{ "create device", create, 12, 0, 0 },
	{ "delete device", destroy, 6, 0, 0 },
	{ "move device", move, 3, 0, 0 },
	{ "carrier", flap, 6, 0, 0 },
	{ "uplink carrier", flap_wire, 3, 0, 0 },
	{ "host carrier", flap_switch, 1, 0, 0 },
	{ "MTU", change_mtu, 2, 0, 0 },
	{ "address", change_address, 6, 0, 0 },
	{ "promiscuous host", spy, 2, 0, 0 },
	{ "group new", create_group, 4, 0, 0 },
	{ "group set", change_group, 8, 0, 0 },
	{ "group del", delete_group, 4, 0, 0 },
	{ "allow list", change_allow_list, 8, 0, 0 },
	{ "static entry", change_static, 8, 0, 0 },
	{ "flush", flush, 3, 0, 0 },
	{ "import", import, 3, 0, 0 },
	{ "announce", announce, 4, 0, 0 },
	{ "switch", replace_switch, 1, 0, 0 },
	{ "upper device", put_on_top, 2, 0, 0 },
};

#define CHANGES	(sizeof(changes) / sizeof(*changes))

static void change_once(struct changer *c)
{
	unsigned int i, sum = 0;
	__u32 at;

	for (i = 0; i < CHANGES; i++)
		sum += changes[i].weight;
	at = dice_below(&c->dice, sum);
	for (i = 0; at >= changes[i].weight; i++)
		at -= changes[i].weight;
	if (changes[i].change(c))
		changes[i].refused++;
	else
		changes[i].done++;
}

void *changer(void *seed)
{
	struct changer c;

	dice_seed(&c.dice, (unsigned long)seed, 1);
	nl_open(&c.rtnl, NETLINK_ROUTE);
	nl_open(&c.genl, NETLINK_GENERIC);
	guests_open(&c.guests);
	while (mayhem)
		change_once(&c);
	nl_close(&c.rtnl);
	nl_close(&c.genl);
	nl_close(&c.guests);
	return NULL;
}

unsigned long changes_made(void)
{
	unsigned long sum = 0;
	unsigned int i;

	for (i = 0; i < CHANGES; i++)
		sum += changes[i].done;
	return sum;
}

/* What is always refused tests nothing. */
bool everything_happened(void)
{
	unsigned int i;

	for (i = 0; i < CHANGES && changes[i].done; i++)
		;
	return i == CHANGES;
}

void changes_report(void)
{
	unsigned int i;

	for (i = 0; i < CHANGES; i++)
		printf("# %s: %lu, refused %lu\n", changes[i].name,
		       changes[i].done, changes[i].refused);
}
