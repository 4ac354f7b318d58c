// SPDX-License-Identifier: GPL-2.0-only
/* rtnetlink: attributes of the switch and of its ports. */

#include <linux/if_link.h>
#include <net/netlink.h>
#include <net/rtnetlink.h>

#include "attr.h"
#include "compat/ops.h"
#include "events.h"

#define NVS_READ_ONLY	{ .type = NLA_REJECT, \
			  .reject_message = "The attribute is read-only" }

/* 0 is a value of its own, below the range: see nvs_rtnl_parse_switch(). */
static struct netlink_range_validation nvs_ageing_range = {
	.max = NVSWITCH_AGEING_MAX,
};

static struct netlink_range_validation nvs_table_limit_range = {
	.min = 1,
	.max = NVSWITCH_TABLE_LIMIT_MAX,
};

static struct netlink_range_validation nvs_remote_limit_range = {
	.max = NVSWITCH_REMOTE_LIMIT_MAX,
};

static struct netlink_range_validation nvs_move_hold_range = {
	.max = NVSWITCH_MOVE_HOLD_MAX,
};

static const struct nla_policy nvs_switch_attrs[IFLA_NVSWITCH_MAX + 1] = {
	[IFLA_NVSWITCH_UNSPEC] = { .strict_start_type = IFLA_NVSWITCH_POLICY },
	[IFLA_NVSWITCH_POLICY] = NLA_POLICY_NESTED(nvs_attr_policy),
	[IFLA_NVSWITCH_AGEING] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &nvs_ageing_range),
	[IFLA_NVSWITCH_MOVE_HOLD] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &nvs_move_hold_range),
	[IFLA_NVSWITCH_TABLE_LIMIT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &nvs_table_limit_range),
	[IFLA_NVSWITCH_REMOTE_LIMIT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &nvs_remote_limit_range),
	[IFLA_NVSWITCH_MAC_BINDING] =
		NLA_POLICY_MAX(NLA_U8, NVSWITCH_MAC_BINDING_EXPLICIT),
	[IFLA_NVSWITCH_LEARNED] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_REMOTE] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_ACTIVE_UPLINK] = NVS_READ_ONLY,
};

/*
 * The core parses IFLA_INFO_DATA liberally, which lets unknown attributes
 * pass: look at it again, strictly.
 */
static int nvs_rtnl_validate(struct nlattr *tb[], int type, int maxtype,
			     const struct nla_policy *policy,
			     struct netlink_ext_ack *extack)
{
	struct nlattr *attr;
	int rem, err = 0;

	if (!tb[IFLA_LINKINFO])
		return 0;
	/* Of several the core takes the last one. */
	nla_for_each_nested(attr, tb[IFLA_LINKINFO], rem)
		if (!err && nla_type(attr) == type)
			err = __nla_validate(nla_data(attr), nla_len(attr),
					     maxtype, policy,
					     NL_VALIDATE_STRICT, extack);
	return err;
}

/**
 * struct nvs_switch_settings - what a message makes of a switch
 * @policy: its policy
 * @ageing: milliseconds
 * @move_hold: milliseconds
 * @table_limit: learned entries
 * @remote_limit: remote entries
 * @mac_binding: enum nvswitch_mac_binding
 */
struct nvs_switch_settings {
	struct nvs_policy policy;
	u32 ageing;
	u32 move_hold;
	u32 table_limit;
	u32 remote_limit;
	u8 mac_binding;
};

static int nvs_rtnl_parse_switch(const struct nvs_switch *sw,
				 struct nlattr *tb[], struct nlattr *data[],
				 struct nvs_switch_settings *s,
				 struct netlink_ext_ack *extack)
{
	int err;

	*s = (struct nvs_switch_settings){
		.policy = sw->policy,
		.ageing = sw->fdb.ageing,
		.move_hold = sw->move_hold,
		.table_limit = sw->fdb.table_limit,
		.remote_limit = sw->fdb.remote_limit,
		.mac_binding = sw->mac_binding,
	};
	if (!data)
		return 0;
	err = nvs_rtnl_validate(tb, IFLA_INFO_DATA, IFLA_NVSWITCH_MAX,
				nvs_switch_attrs, extack);
	if (!err && data[IFLA_NVSWITCH_POLICY])
		err = nvs_attr_parse_policy(data[IFLA_NVSWITCH_POLICY], false,
					    &s->policy, extack);
	if (err)
		return err;
	if (data[IFLA_NVSWITCH_AGEING]) {
		u32 ageing = nla_get_u32(data[IFLA_NVSWITCH_AGEING]);

		if (ageing && ageing < NVSWITCH_AGEING_MIN) {
			NL_SET_ERR_MSG_ATTR(extack, data[IFLA_NVSWITCH_AGEING],
					    "ageing is 10..1000000 seconds, or 0 for never");
			return -ERANGE;
		}
		s->ageing = ageing * MSEC_PER_SEC;
	}
	if (data[IFLA_NVSWITCH_MOVE_HOLD])
		s->move_hold = nla_get_u32(data[IFLA_NVSWITCH_MOVE_HOLD]);
	if (data[IFLA_NVSWITCH_TABLE_LIMIT])
		s->table_limit = nla_get_u32(data[IFLA_NVSWITCH_TABLE_LIMIT]);
	if (data[IFLA_NVSWITCH_REMOTE_LIMIT])
		s->remote_limit = nla_get_u32(data[IFLA_NVSWITCH_REMOTE_LIMIT]);
	if (data[IFLA_NVSWITCH_MAC_BINDING])
		s->mac_binding = nla_get_u8(data[IFLA_NVSWITCH_MAC_BINDING]);
	return 0;
}

/* Unswappable memory that its creator could not have otherwise is bounded. */
static int nvs_rtnl_check_switch(const struct nvs_switch *sw,
				 const struct nvs_switch_settings *s,
				 struct netlink_ext_ack *extack)
{
	if (sw->privileged || (s->table_limit <= NVS_FDB_UNPRIVILEGED &&
			       s->remote_limit <= NVS_FDB_UNPRIVILEGED))
		return 0;
	NL_SET_ERR_MSG(extack, "A switch created without CAP_NET_ADMIN in the initial user namespace has at most 65536 entries of each kind: lower table_limit or remote_limit");
	return -EPERM;
}

static void nvs_rtnl_apply_switch(struct nvs_switch *sw,
				  const struct nvs_switch_settings *s)
{
	sw->policy = s->policy;
	sw->move_hold = s->move_hold;
	sw->mac_binding = s->mac_binding;
}

static int nvs_validate(struct nlattr *tb[], struct nlattr *data[],
			struct netlink_ext_ack *extack)
{
	struct nlattr *addr = tb[IFLA_ADDRESS];

	if (!addr || (nla_len(addr) == ETH_ALEN &&
		      is_valid_ether_addr(nla_data(addr))))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, addr,
			    "Not the address of a station: give a unicast address of 6 bytes that is not zero");
	return -EADDRNOTAVAIL;
}

/**
 * nvs_newlink() - register a new switch
 * @dev: device that nvs_setup() has made a switch
 * @tb: IFLA_*
 * @data: IFLA_NVSWITCH_*, or NULL
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_newlink(struct net_device *dev, struct nlattr *tb[],
		struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_switch_settings s;
	int err;

	sw->privileged = capable(CAP_NET_ADMIN);
	err = nvs_rtnl_parse_switch(sw, tb, data, &s, extack);
	if (!err)
		err = nvs_rtnl_check_switch(sw, &s, extack);
	if (err)
		return err;
	nvs_rtnl_apply_switch(sw, &s);
	/* The table does not exist before the device is registered. */
	sw->fdb.ageing = s.ageing;
	sw->fdb.table_limit = s.table_limit;
	sw->fdb.remote_limit = s.remote_limit;
	if (tb[IFLA_MTU])
		sw->mtu_set = true;
	err = register_netdevice(dev);
	if (err)
		return err;
	netif_carrier_off(dev);
	nvs_fdb_start_ageing(sw);
	nvs_event_config(sw, NULL, NULL, NVSWITCH_ACTION_ADD);
	return 0;
}

static int nvs_changelink(struct net_device *dev, struct nlattr *tb[],
			  struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_switch_settings s;
	int err;

	err = nvs_rtnl_parse_switch(sw, tb, data, &s, extack);
	if (!err)
		err = nvs_rtnl_check_switch(sw, &s, extack);
	if (err)
		return err;
	nvs_fdb_set_limits(sw, s.ageing, s.table_limit, s.remote_limit);
	nvs_rtnl_apply_switch(sw, &s);
	nvs_commit(sw);
	nvs_fdb_start_ageing(sw);
	nvs_event_config(sw, NULL, NULL, NVSWITCH_ACTION_SET);
	return 0;
}

static void nvs_dellink(struct net_device *dev, struct list_head *head)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_port *port, *next;

	list_for_each_entry_safe(port, next, &sw->ports, node)
		nvs_port_detach(port);
	nvs_event_config(sw, NULL, NULL, NVSWITCH_ACTION_DEL);
	unregister_netdevice_queue(dev, head);
}

static size_t nvs_get_size(const struct net_device *dev)
{
	return nvs_attr_policy_size() +
	       nla_total_size(sizeof(u32)) +	/* IFLA_NVSWITCH_AGEING */
	       nla_total_size(sizeof(u32)) +	/* IFLA_NVSWITCH_MOVE_HOLD */
	       nla_total_size(sizeof(u32)) +	/* IFLA_NVSWITCH_TABLE_LIMIT */
	       nla_total_size(sizeof(u32)) +	/* IFLA_NVSWITCH_REMOTE_LIMIT */
	       nla_total_size(sizeof(u8)) +	/* IFLA_NVSWITCH_MAC_BINDING */
	       nla_total_size(sizeof(u32)) +	/* IFLA_NVSWITCH_LEARNED */
	       nla_total_size(sizeof(u32)) +	/* IFLA_NVSWITCH_REMOTE */
	       nla_total_size(sizeof(u32));	/* ..._ACTIVE_UPLINK */
}

static int nvs_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_port *active = rtnl_dereference(sw->active);

	if (nvs_attr_put_policy(skb, IFLA_NVSWITCH_POLICY, sw->policy) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_AGEING,
			fdb->ageing / MSEC_PER_SEC) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_MOVE_HOLD, sw->move_hold) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_TABLE_LIMIT, fdb->table_limit) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_REMOTE_LIMIT, fdb->remote_limit) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_MAC_BINDING, sw->mac_binding) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_LEARNED,
			READ_ONCE(fdb->learned)) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_REMOTE, READ_ONCE(fdb->remote)) ||
	    (active && nla_put_u32(skb, IFLA_NVSWITCH_ACTIVE_UPLINK,
				   active->dev->ifindex)))
		return -EMSGSIZE;
	return 0;
}

static int nvs_slave_changelink(struct net_device *dev,
				struct net_device *slave, struct nlattr *tb[],
				struct nlattr *data[],
				struct netlink_ext_ack *extack)
{
	struct nvs_port *port = nvs_port_get_rtnl(slave);
	struct nvs_settings s;
	int err;

	if (!data)
		return 0;
	err = nvs_rtnl_validate(tb, IFLA_INFO_SLAVE_DATA,
				IFLA_NVSWITCH_PORT_MAX, nvs_attr_port, extack);
	if (err)
		return err;
	err = nvs_attr_parse_settings(port->sw, port, data, &s, extack);
	if (!err) {
		err = nvs_port_apply(port, &s, extack);
		nvs_commit(port->sw);
	}
	nvs_settings_free(&s);
	if (!err)
		nvs_event_config(port->sw, port, NULL, NVSWITCH_ACTION_SET);
	return err;
}

static size_t nvs_get_slave_size(const struct net_device *dev,
				 const struct net_device *slave)
{
	const struct nvs_port *port;
	size_t size = 0;

	/* For a dump it is asked without RTNL. */
	rcu_read_lock();
	if (rcu_access_pointer(slave->rx_handler) == nvs_rx_handler) {
		port = rcu_dereference(slave->rx_handler_data);
		size = port ? READ_ONCE(port->info_size) : 0;
	}
	rcu_read_unlock();
	return size;
}

static int nvs_fill_slave_info(struct sk_buff *skb,
			       const struct net_device *dev,
			       const struct net_device *slave)
{
	struct nvs_port *port = nvs_port_get_rtnl(slave);

	/* Seen between the last steps of attaching, or the first of detaching. */
	if (!port)
		return 0;
	if (nla_put_u8(skb, IFLA_NVSWITCH_PORT_ROLE, port->role))
		return -EMSGSIZE;
	if (port->role == NVS_GUEST)
		return nvs_attr_put_port(skb, port);
	return nla_put_u8(skb, IFLA_NVSWITCH_PORT_ACTIVE,
			  rtnl_dereference(port->sw->active) == port);
}

static size_t nvs_get_linkxstats_size(const struct net_device *dev, int attr)
{
	return nvs_stats_size();
}

static int nvs_fill_linkxstats(struct sk_buff *skb,
			       const struct net_device *dev, int *prividx,
			       int attr)
{
	struct nvs_stats t = {};
	struct nvs_port *port;

	if (attr == IFLA_STATS_LINK_XSTATS) {
		nvs_stats_sum(netdev_priv(dev), &t);
	} else {
		port = nvs_port_get_rtnl(dev);
		if (!port)
			return 0;
		nvs_stats_add(&t, port->stats);
	}
	return nvs_stats_fill(skb, LINK_XSTATS_TYPE_NVSWITCH, &t);
}

struct rtnl_link_ops nvs_link_ops = {
	.kind			= NVS_NAME,
	.priv_size		= sizeof(struct nvs_switch),
	.setup			= nvs_setup,
	.maxtype		= IFLA_NVSWITCH_MAX,
	.policy			= nvs_switch_attrs,
	.validate		= nvs_validate,
	.newlink		= nvs_compat_newlink,
	.changelink		= nvs_changelink,
	.dellink		= nvs_dellink,
	.get_size		= nvs_get_size,
	.fill_info		= nvs_fill_info,
	.slave_maxtype		= IFLA_NVSWITCH_PORT_MAX,
	.slave_policy		= nvs_attr_port,
	.slave_changelink	= nvs_slave_changelink,
	.get_slave_size		= nvs_get_slave_size,
	.fill_slave_info	= nvs_fill_slave_info,
	.get_linkxstats_size	= nvs_get_linkxstats_size,
	.fill_linkxstats	= nvs_fill_linkxstats,
};
