// SPDX-License-Identifier: GPL-2.0-only
/* Generic netlink: ports, their allow lists and counters. */

#include <linux/slab.h>
#include <linux/sort.h>

#include "attr.h"
#include "compat/compat.h"
#include "core/policy.h"
#include "events.h"
#include "genl.h"

static int nvs_genl_settings(struct genl_info *info, struct nvs_switch *sw,
			     const struct nvs_port *port,
			     struct nvs_settings *s)
{
	struct nlattr *data[IFLA_NVSWITCH_PORT_MAX + 1] = {};
	struct nlattr *nest = info->attrs[NVSWITCH_A_SETTINGS];
	int err = 0;

	*s = (struct nvs_settings){};
	if (nest)
		err = nla_parse_nested(data, IFLA_NVSWITCH_PORT_MAX, nest,
				       nvs_attr_port, info->extack);
	return err ?: nvs_attr_parse_settings(sw, port, data, s, info->extack);
}

/**
 * nvs_genl_port_attach() - NVSWITCH_CMD_PORT_ATTACH
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_port_attach(struct genl_info *info)
{
	struct nlattr *attr = info->attrs[NVSWITCH_A_PORT];
	struct net *net = genl_info_net(info);
	struct net_device *dev;
	struct nvs_settings s;
	struct nvs_switch *sw;
	int err;

	sw = nvs_genl_switch(net, info->attrs[NVSWITCH_A_SWITCH],
			     info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	dev = __dev_get_by_index(net, nla_get_u32(attr));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "There is no such device: ip link show lists them");
		return -ENODEV;
	}
	err = nvs_genl_settings(info, sw, NULL, &s);
	if (!err)
		err = nvs_port_attach(sw, dev, &s, info->extack);
	nvs_settings_free(&s);
	return err;
}

/* A port as @info names it, but not the host port. */
static struct nvs_port *nvs_genl_real_port(struct genl_info *info)
{
	struct nlattr *attr = info->attrs[NVSWITCH_A_PORT];
	struct nvs_port *port;

	port = nvs_genl_port(genl_info_net(info), attr, info->extack);
	if (IS_ERR(port) || port->role != NVS_HOST)
		return port;
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "The device is the switch itself: name one of its ports");
	return ERR_PTR(-EINVAL);
}

/* Let what @s tells of a guest hold while the socket of @info is open. */
static int nvs_genl_while_open(struct genl_info *info, struct nvs_settings *s)
{
	if (!info->attrs[NVSWITCH_A_WHILE_OPEN])
		return 0;
	if (!s->has_requested && !s->has_promisc && !s->has_groups) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[NVSWITCH_A_WHILE_OPEN],
				    "Only requested_mac, rx_promisc and rx_multicast can hold while a socket is open: tell one of them");
		return -EINVAL;
	}
	s->agent = nvs_agent_get(nvs_genl_sender(info), info->snd_portid);
	return s->agent ? 0 : -ENOMEM;
}

/**
 * nvs_genl_port_set() - NVSWITCH_CMD_PORT_SET
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_port_set(struct genl_info *info)
{
	struct nvs_port *port = nvs_genl_real_port(info);
	struct nvs_settings s;
	int err;

	if (IS_ERR(port))
		return PTR_ERR(port);
	err = nvs_genl_settings(info, port->sw, port, &s);
	if (!err)
		err = nvs_genl_while_open(info, &s);
	if (!err) {
		err = nvs_port_apply(port, &s, info->extack);
		nvs_commit(port->sw);
	}
	nvs_settings_free(&s);
	if (err)
		return err;
	nvs_event_config(port->sw, port, NULL, NVSWITCH_ACTION_SET);
	call_netdevice_notifiers(NETDEV_CHANGEINFODATA, port->dev);
	return 0;
}

static struct nvs_port *nvs_genl_allow_port(struct genl_info *info,
					    struct nvs_allowed *entry)
{
	struct nvs_port *port = nvs_genl_real_port(info);
	u8 bits = NVSWITCH_ALLOW_BITS_MAX;
	u8 addr[ETH_ALEN] = {};
	int i;

	if (IS_ERR(port))
		return port;
	if (port->role != NVS_GUEST) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[NVSWITCH_A_PORT],
				    "An uplink has no allow list: it takes every source that is not one of ours");
		return ERR_PTR(-EOPNOTSUPP);
	}
	if (info->attrs[NVSWITCH_A_BITS])
		bits = nla_get_u8(info->attrs[NVSWITCH_A_BITS]);
	for (i = 0; i < bits; i++)
		addr[i / 8] |= 0x80 >> i % 8;
	entry->mask = nvs_mac_get(addr);
	entry->mac = nvs_mac_get(nla_data(info->attrs[NVSWITCH_A_MAC]));
	if (nvs_mac_is_station(entry->mac) && !(entry->mac & ~entry->mask))
		return port;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[NVSWITCH_A_MAC],
			    "An allow list holds unicast addresses, of which the bits outside the mask are zero");
	return ERR_PTR(-EINVAL);
}

/* An exact entry decides before a masked one. */
static int nvs_allow_cmp(const void *a, const void *b)
{
	const struct nvs_allowed *x = a, *y = b;

	if (x->mask != y->mask)
		return x->mask > y->mask ? -1 : 1;
	return x->mac < y->mac ? -1 : x->mac > y->mac;
}

static int nvs_allow_index(const struct nvs_allow *allow,
			   const struct nvs_allowed *entry)
{
	int i;

	for (i = 0; allow && i < allow->count; i++)
		if (allow->entries[i].mac == entry->mac &&
		    allow->entries[i].mask == entry->mask)
			return i;
	return -1;
}

/**
 * nvs_genl_allow_add() - NVSWITCH_CMD_ALLOW_ADD
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_allow_add(struct genl_info *info)
{
	struct nvs_allowed entry;
	struct nvs_allow *new;
	struct nvs_port *port;
	u32 count;

	port = nvs_genl_allow_port(info, &entry);
	if (IS_ERR(port))
		return PTR_ERR(port);
	if (nvs_allow_index(port->allow, &entry) >= 0) {
		NL_SET_ERR_MSG(info->extack, "The allow list has this entry already");
		return -EEXIST;
	}
	count = port->allow ? port->allow->count : 0;
	if (count >= NVSWITCH_ALLOW_MAX) {
		NL_SET_ERR_MSG(info->extack, "The allow list has 64 entries already: delete one first, or use a mask");
		return -ENOSPC;
	}
	new = kzalloc(struct_size(new, entries, count + 1),
		      GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;
	if (count)
		memcpy(new->entries, port->allow->entries,
		       count * sizeof(entry));
	new->entries[count] = entry;
	new->count = count + 1;
	sort(new->entries, new->count, sizeof(entry), nvs_allow_cmp, NULL);
	nvs_port_set_allow(port, new);
	nvs_event_config(port->sw, port, NULL, NVSWITCH_ACTION_SET);
	return 0;
}

/**
 * nvs_genl_allow_del() - NVSWITCH_CMD_ALLOW_DEL
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_allow_del(struct genl_info *info)
{
	struct nvs_allow *new = NULL;
	struct nvs_allowed entry;
	struct nvs_port *port;
	int index;

	port = nvs_genl_allow_port(info, &entry);
	if (IS_ERR(port))
		return PTR_ERR(port);
	index = nvs_allow_index(port->allow, &entry);
	if (index < 0) {
		NL_SET_ERR_MSG(info->extack, "The allow list has no such entry: nvsw allow show dev PORT lists them");
		return -ENOENT;
	}
	if (port->allow->count > 1) {
		new = kmemdup(port->allow,
			      struct_size(new, entries, port->allow->count),
			      GFP_KERNEL_ACCOUNT);
		if (!new)
			return -ENOMEM;
		new->count--;
		memmove(&new->entries[index], &new->entries[index + 1],
			(new->count - index) * sizeof(entry));
	}
	nvs_port_set_allow(port, new);
	nvs_event_config(port->sw, port, NULL, NVSWITCH_ACTION_SET);
	return 0;
}

static int nvs_genl_put_allowed(struct sk_buff *skb,
				struct netlink_callback *cb,
				const struct nvs_port *port,
				const struct nvs_allowed *entry)
{
	void *head = nvs_genl_put(skb, cb, NVSWITCH_CMD_ALLOW_GET);

	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(skb, NVSWITCH_A_SWITCH, port->sw->dev->ifindex) ||
	    nla_put_u32(skb, NVSWITCH_A_PORT, port->dev->ifindex) ||
	    nvs_attr_put_mac(skb, NVSWITCH_A_MAC, entry->mac) ||
	    nla_put_u8(skb, NVSWITCH_A_BITS, hweight64(entry->mask))) {
		genlmsg_cancel(skb, head);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return 0;
}

/* Is a dump about this port? */
static bool nvs_genl_selects(struct netlink_callback *cb,
			     const struct nvs_port *port)
{
	struct nlattr *attr = nvs_compat_dump_attrs(cb)[NVSWITCH_A_PORT];

	return !attr || nla_get_u32(attr) == port->dev->ifindex;
}

static int nvs_genl_fill_allow(struct sk_buff *skb,
			       struct netlink_callback *cb,
			       struct nvs_switch *sw, long *pos)
{
	struct nvs_port *port;
	long index = 0;
	int i;

	list_for_each_entry(port, &sw->ports, node) {
		if (!port->allow || !nvs_genl_selects(cb, port))
			continue;
		for (i = 0; i < port->allow->count; i++) {
			if (index++ < *pos)
				continue;
			if (nvs_genl_put_allowed(skb, cb, port,
						 &port->allow->entries[i]))
				return -EMSGSIZE;
			*pos = index;
		}
	}
	return 0;
}

/**
 * nvs_genl_allow_dump() - NVSWITCH_CMD_ALLOW_GET
 * @skb: message
 * @cb: the dump
 *
 * Context: process.
 * Return: as a dumpit callback.
 */
int nvs_genl_allow_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	return nvs_genl_dump(skb, cb, nvs_genl_fill_allow);
}

static int nvs_genl_put_stats(struct sk_buff *skb, const struct nvs_port *port,
			      const struct nvs_stats *t)
{
	struct rtnl_link_stats64 bytes;

	dev_get_stats(port->dev, &bytes);
	if (nla_put_u32(skb, NVSWITCH_A_SWITCH, port->sw->dev->ifindex) ||
	    nla_put_u32(skb, NVSWITCH_A_PORT, port->dev->ifindex) ||
	    nvs_stats_fill(skb, NVSWITCH_A_STATS, t) ||
	    nla_put_u64_64bit(skb, NVSWITCH_A_RX_BYTES, bytes.rx_bytes,
			      NVSWITCH_A_PAD) ||
	    nla_put_u64_64bit(skb, NVSWITCH_A_TX_BYTES, bytes.tx_bytes,
			      NVSWITCH_A_PAD))
		return -EMSGSIZE;
	return 0;
}

/**
 * nvs_genl_stats_get() - NVSWITCH_CMD_STATS_GET
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_stats_get(struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct net *net = genl_info_net(info);
	struct nvs_stats t = {};
	struct nvs_port *port;
	struct nvs_switch *sw;
	struct sk_buff *skb;
	void *head;

	if (!attrs[NVSWITCH_A_PORT] == !attrs[NVSWITCH_A_SWITCH]) {
		NL_SET_ERR_MSG(info->extack, "Name either a port or a switch");
		return -EINVAL;
	}
	if (attrs[NVSWITCH_A_PORT]) {
		port = nvs_genl_port(net, attrs[NVSWITCH_A_PORT],
				     info->extack);
		if (IS_ERR(port))
			return PTR_ERR(port);
		nvs_stats_add(&t, port->stats);
	} else {
		sw = nvs_genl_switch(net, attrs[NVSWITCH_A_SWITCH],
				     info->extack);
		if (IS_ERR(sw))
			return PTR_ERR(sw);
		port = &sw->host;
		nvs_stats_sum(sw, &t);
	}
	skb = genlmsg_new(NVS_GENL_REPLY + nvs_stats_size(), GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	head = genlmsg_put_reply(skb, info, &nvs_genl_family, 0,
				 NVSWITCH_CMD_STATS_GET);
	if (!head || nvs_genl_put_stats(skb, port, &t)) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return genlmsg_reply(skb, info);
}

static int nvs_genl_put_port_stats(struct sk_buff *skb,
				   struct netlink_callback *cb,
				   const struct nvs_port *port)
{
	struct nvs_stats t = {};
	void *head;

	head = nvs_genl_put(skb, cb, NVSWITCH_CMD_STATS_GET);
	if (!head)
		return -EMSGSIZE;
	nvs_stats_add(&t, port->stats);
	if (nvs_genl_put_stats(skb, port, &t)) {
		genlmsg_cancel(skb, head);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return 0;
}

static int nvs_genl_fill_stats(struct sk_buff *skb,
			       struct netlink_callback *cb,
			       struct nvs_switch *sw, long *pos)
{
	struct nvs_port *port;
	long index = 1;

	if (!*pos && nvs_genl_selects(cb, &sw->host) &&
	    nvs_genl_put_port_stats(skb, cb, &sw->host))
		return -EMSGSIZE;
	*pos = max(*pos, 1L);
	list_for_each_entry(port, &sw->ports, node) {
		if (index++ < *pos || !nvs_genl_selects(cb, port))
			continue;
		if (nvs_genl_put_port_stats(skb, cb, port))
			return -EMSGSIZE;
		*pos = index;
	}
	return 0;
}

/**
 * nvs_genl_stats_dump() - NVSWITCH_CMD_STATS_GET, dump
 * @skb: message
 * @cb: the dump
 *
 * Context: process.
 * Return: as a dumpit callback.
 */
int nvs_genl_stats_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	return nvs_genl_dump(skb, cb, nvs_genl_fill_stats);
}
