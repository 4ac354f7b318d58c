// SPDX-License-Identifier: GPL-2.0-only
/* Switches and devices: making them, and making away with them. */

#include "torture.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/nvswitch.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct slot slots[SLOTS];
const char *const switch_names[SWITCHES] = { "nvs0", "nvs1" };
atomic_int switches[SWITCHES];
static int among_guests, among_switches;
atomic_bool mayhem;
atomic_bool gso;

/* The slots, anchors first: the last two anchors are uplinks. */
static const enum kind kinds[SLOTS] = {
	VETH, TAP, SINK, TAP, VETH, VETH,
	VETH, TAP, SINK, VETH, TAP, VETH, VETH, TAP, VETH, TAP,
	LINK, FOREIGN, FOREIGN, FOREIGN,
};

void die(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	fflush(stdout);
	_exit(2);
}

/* This thread, from now on. */
void go_to_guests(void)
{
	if (setns(among_guests, CLONE_NEWNET))
		die("the guests' namespace");
}

/* What the kernel sends by itself is in nobody's books. */
static void silence_ipv6(void)
{
	static const char path[] = "/proc/sys/net/ipv6/conf/default/disable_ipv6";
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "1", 1) != 1)
		die(path);
	close(fd);
}

static int namespace_new(void)
{
	int fd;

	if (unshare(CLONE_NEWNET))
		die("namespace");
	silence_ipv6();
	fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die("namespace");
	return fd;
}

/* Of the main thread, before there is another. */
void world_init(void)
{
	int i;

	among_guests = namespace_new();
	among_switches = namespace_new();
	for (i = 0; i < SLOTS; i++) {
		struct slot *slot = &slots[i];

		pthread_mutex_init(&slot->lock, NULL);
		snprintf(slot->name, sizeof(slot->name), "p%d", i);
		snprintf(slot->peer, sizeof(slot->peer), "g%d", i);
		slot->kind = kinds[i];
		slot->number = i;
		slot->fd = -1;
	}
}

void guests_open(struct nl *nl)
{
	go_to_guests();
	nl_open(nl, NETLINK_ROUTE);
	if (setns(among_switches, CLONE_NEWNET))
		die("the switches' namespace");
}

static struct ifinfomsg *link_begin(struct msg *m, __u16 type,
				    __u16 flags, int ifindex)
{
	struct ifinfomsg *ifi;

	ifi = nl_begin(m, type, flags, sizeof(*ifi));
	ifi->ifi_index = ifindex;
	return ifi;
}

static void index_take(const struct nlmsghdr *nlh, void *arg)
{
	const struct ifinfomsg *ifi = NLMSG_DATA(nlh);

	*(int *)arg = ifi->ifi_index;
}

/* Return: 0 if there is none. */
int link_index(struct nl *rtnl, const char *name)
{
	struct msg m;
	int ifindex = 0;

	link_begin(&m, RTM_GETLINK, 0, 0);
	nl_put_string(&m, IFLA_IFNAME, name);
	nl_talk(rtnl, &m, index_take, &ifindex);
	return ifindex;
}

int link_delete(struct nl *rtnl, int ifindex)
{
	struct msg m;

	if (!ifindex)
		return -ENODEV;
	link_begin(&m, RTM_DELLINK, 0, ifindex);
	return nl_talk(rtnl, &m, NULL, NULL);
}

int link_set_up(struct nl *rtnl, int ifindex, bool up)
{
	struct ifinfomsg *ifi;
	struct msg m;

	if (!ifindex)
		return -ENODEV;
	ifi = link_begin(&m, RTM_NEWLINK, 0, ifindex);
	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = up ? IFF_UP : 0;
	return nl_talk(rtnl, &m, NULL, NULL);
}

/* Return: its index. */
int link_open(struct nl *rtnl, const char *name)
{
	int ifindex = link_index(rtnl, name);

	link_set_up(rtnl, ifindex, true);
	return ifindex;
}

int link_set_address(struct nl *rtnl, int ifindex, const __u8 *mac)
{
	struct msg m;

	if (!ifindex)
		return -ENODEV;
	link_begin(&m, RTM_NEWLINK, 0, ifindex);
	nl_put(&m, IFLA_ADDRESS, mac, 6);
	return nl_talk(rtnl, &m, NULL, NULL);
}

int link_set_master(struct nl *rtnl, int ifindex, int master)
{
	struct msg m;

	if (!ifindex)
		return -ENODEV;
	link_begin(&m, RTM_NEWLINK, 0, ifindex);
	nl_put_u32(&m, IFLA_MASTER, master);
	return nl_talk(rtnl, &m, NULL, NULL);
}

int port_make_uplink(struct nl *genl, int ifindex)
{
	struct nlattr *nest;
	struct msg m;

	genl_begin(&m, NVSWITCH_CMD_PORT_SET, 0);
	nl_put_u32(&m, NVSWITCH_A_PORT, ifindex);
	nest = nl_nest(&m, NVSWITCH_A_SETTINGS);
	nl_put_u8(&m, IFLA_NVSWITCH_PORT_ROLE, NVSWITCH_ROLE_UPLINK);
	nl_nest_end(&m, nest);
	return nl_talk(genl, &m, NULL, NULL);
}

/* A new link, up: its name, and what is to follow in @m. */
static struct nlattr *link_new(struct msg *m, const char *name,
			       const char *kind)
{
	struct ifinfomsg *ifi;
	struct nlattr *info;

	ifi = link_begin(m, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = IFF_UP;
	nl_put_string(m, IFLA_IFNAME, name);
	info = nl_nest(m, IFLA_LINKINFO);
	nl_put_string(m, IFLA_INFO_KIND, kind);
	return info;
}

int switch_new(struct nl *rtnl, struct dice *d, const char *name)
{
	struct nlattr *info, *data, *policy;
	struct msg m;

	info = link_new(&m, name, "nvswitch");
	data = nl_nest(&m, IFLA_INFO_DATA);
	nl_put_u32(&m, IFLA_NVSWITCH_MOVE_HOLD, dice_below(d, 300));
	policy = nl_nest(&m, IFLA_NVSWITCH_POLICY);
	nl_put_u8(&m, NVSWITCH_POLICY_FORGED_TRANSMITS, NVSWITCH_ACCEPT);
	nl_put_u8(&m, NVSWITCH_POLICY_LEARNING, NVSWITCH_ON);
	nl_nest_end(&m, policy);
	nl_nest_end(&m, data);
	nl_nest_end(&m, info);
	return nl_talk(rtnl, &m, NULL, NULL);
}

int switch_create(struct nl *rtnl, struct dice *d, int number)
{
	int err = switch_new(rtnl, d, switch_names[number]);

	switches[number] = link_index(rtnl, switch_names[number]);
	return err;
}

/* @mac is the peer's, which may go to the guests. */
int veth_create(struct nl *rtnl, const char *name, const char *peer,
		const __u8 *mac, bool to_guests)
{
	struct nlattr *info, *data, *end;
	struct ifinfomsg ifi = {};
	struct msg m;

	info = link_new(&m, name, "veth");
	data = nl_nest(&m, IFLA_INFO_DATA);
	end = nl_put(&m, VETH_INFO_PEER | NLA_F_NESTED, &ifi, sizeof(ifi));
	nl_put_string(&m, IFLA_IFNAME, peer);
	nl_put(&m, IFLA_ADDRESS, mac, 6);
	if (to_guests)
		nl_put_u32(&m, IFLA_NET_NS_FD, among_guests);
	nl_nest_end(&m, end);
	nl_nest_end(&m, data);
	nl_nest_end(&m, info);
	return nl_talk(rtnl, &m, NULL, NULL);
}

static int sink_create(struct nl *rtnl, const char *name)
{
	struct nlattr *info;
	struct msg m;

	info = link_new(&m, name, "dummy");
	nl_nest_end(&m, info);
	return nl_talk(rtnl, &m, NULL, NULL);
}

static int tap_create(struct nl *rtnl, struct slot *slot)
{
	struct ifreq ifr = {
		.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR,
	};
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		die("/dev/net/tun");
	memcpy(ifr.ifr_name, slot->name, sizeof(slot->name));
	if (ioctl(fd, TUNSETIFF, &ifr)) {
		close(fd);
		return -errno;
	}
	ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6);
	slot->fd = fd;
	slot->carrier = true;
	return link_open(rtnl, slot->name) ? 0 : -ENODEV;
}

static int slot_create_locked(struct nl *rtnl, struct nl *guests,
			      struct slot *slot)
{
	__u8 mac[6];
	int err;

	station(mac, slot->number);
	switch (slot->kind) {
	case VETH:
		err = veth_create(rtnl, slot->name, slot->peer, mac, true);
		if (!err)
			slot->other = link_open(guests, slot->peer);
		break;
	case LINK:
		err = veth_create(rtnl, slot->name, slot->peer, mac, false);
		if (!err)
			slot->other = link_open(rtnl, slot->peer);
		break;
	case TAP:
		err = slot->fd >= 0 ? -EEXIST : tap_create(rtnl, slot);
		break;
	case SINK:
		err = sink_create(rtnl, slot->name);
		break;
	default:
		return -EOPNOTSUPP;
	}
	if (!err)
		slot->ifindex = link_index(rtnl, slot->name);
	/* Of one whose end went wrong there may be a rest. */
	if (err == -EEXIST && !slot->ifindex)
		link_delete(rtnl, link_index(rtnl, slot->name));
	return err;
}

/* @guests is a socket among the guests. */
int slot_create(struct nl *rtnl, struct nl *guests, struct slot *slot)
{
	int err;

	pthread_mutex_lock(&slot->lock);
	err = slot_create_locked(rtnl, guests, slot);
	pthread_mutex_unlock(&slot->lock);
	return err;
}

static void slot_forget(struct slot *slot)
{
	if (slot->fd >= 0)
		close(slot->fd);
	slot->fd = -1;
	slot->ifindex = 0;
	slot->other = 0;
}

/* Its device goes to the guests, and vanishes there. */
int slot_move(struct nl *rtnl, struct nl *guests, struct slot *slot)
{
	struct msg m;
	int err;

	pthread_mutex_lock(&slot->lock);
	link_begin(&m, RTM_NEWLINK, 0, slot->ifindex);
	nl_put_u32(&m, IFLA_NET_NS_FD, among_guests);
	err = slot->ifindex ? nl_talk(rtnl, &m, NULL, NULL) : -ENODEV;
	if (!err) {
		link_delete(guests, link_index(guests, slot->name));
		slot_forget(slot);
	}
	pthread_mutex_unlock(&slot->lock);
	return err;
}

/* By deleting it, or the other end: the peer, or the open tap. */
int slot_destroy(struct nl *rtnl, struct nl *guests, struct slot *slot,
		 bool other_end)
{
	int err;

	pthread_mutex_lock(&slot->lock);
	if (slot->kind == TAP && slot->fd < 0)
		err = -ENODEV;
	else if (other_end && slot->kind == TAP)
		err = 0;
	else if (other_end && slot->kind == VETH)
		err = link_delete(guests, slot->other);
	else
		err = link_delete(rtnl, slot->ifindex);
	slot_forget(slot);
	pthread_mutex_unlock(&slot->lock);
	return err;
}
