// SPDX-License-Identifier: GPL-2.0-only
/* rtnetlink: attributes of the switch and of its ports. */

#include <linux/if_link.h>
#include <net/netlink.h>
#include <net/rtnetlink.h>

#include "core/policy.h"
#include "switch.h"

#define NVS_VALUE	NLA_POLICY_RANGE(NLA_U8, NVSWITCH_INHERIT, \
					 NVSWITCH_ACCEPT)
#define NVS_TWO_WAY	NLA_POLICY_RANGE(NLA_U8, NVSWITCH_REJECT, \
					 NVSWITCH_ACCEPT)
#define NVS_READ_ONLY	{ .type = NLA_REJECT, \
			  .reject_message = "The attribute is read-only" }

static const struct nla_policy nvs_policy_attrs[NVSWITCH_POLICY_MAX + 1] = {
	[NVSWITCH_POLICY_UNSPEC] = {
		.strict_start_type = NVSWITCH_POLICY_PROMISCUOUS },
	[NVSWITCH_POLICY_PROMISCUOUS] = NVS_VALUE,
	[NVSWITCH_POLICY_MAC_CHANGES] = NVS_VALUE,
	[NVSWITCH_POLICY_FORGED_TRANSMITS] = NVS_VALUE,
	[NVSWITCH_POLICY_LEARNING] = NVS_VALUE,
	[NVSWITCH_POLICY_UNICAST_FLOOD] = NVS_VALUE,
	[NVSWITCH_POLICY_LEARN_LIMIT] = { .type = NLA_U32 },
	[NVSWITCH_POLICY_LIMIT_POLICY] = NVS_VALUE,
	[NVSWITCH_POLICY_LEARN_MOVE] = NVS_VALUE,
};

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
	[IFLA_NVSWITCH_POLICY] = NLA_POLICY_NESTED(nvs_policy_attrs),
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

static const struct nla_policy nvs_port_attrs[IFLA_NVSWITCH_PORT_MAX + 1] = {
	[IFLA_NVSWITCH_PORT_UNSPEC] = {
		.strict_start_type = IFLA_NVSWITCH_PORT_ROLE },
	[IFLA_NVSWITCH_PORT_ROLE] =
		NLA_POLICY_MAX(NLA_U8, NVSWITCH_ROLE_UPLINK),
	[IFLA_NVSWITCH_PORT_POLICY] = NLA_POLICY_NESTED(nvs_policy_attrs),
	[IFLA_NVSWITCH_PORT_NESTED] = { .type = NLA_FLAG },
	[IFLA_NVSWITCH_PORT_INITIAL_MAC] = NLA_POLICY_EXACT_LEN(ETH_ALEN),
	[IFLA_NVSWITCH_PORT_REQUESTED_MAC] = NLA_POLICY_EXACT_LEN(ETH_ALEN),
	[IFLA_NVSWITCH_PORT_BPDU] = NVS_TWO_WAY,
	[IFLA_NVSWITCH_PORT_BLOCKED] = NVS_TWO_WAY,
	[IFLA_NVSWITCH_PORT_RESOLVED] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_LEVEL] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_EFFECTIVE_MAC] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_ADOPTED_MAC] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_MAC_STATE] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_LEARNED] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_ACTIVE] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE] = NVS_READ_ONLY,
};

/* Two-way fields: their attribute, and where struct nvs_policy has them. */
static const struct {
	u8 attr;
	u8 offset;
} nvs_fields[] = {
	{ NVSWITCH_POLICY_PROMISCUOUS,
	  offsetof(struct nvs_policy, promiscuous) },
	{ NVSWITCH_POLICY_MAC_CHANGES,
	  offsetof(struct nvs_policy, mac_changes) },
	{ NVSWITCH_POLICY_FORGED_TRANSMITS,
	  offsetof(struct nvs_policy, forged_transmits) },
	{ NVSWITCH_POLICY_LEARNING,
	  offsetof(struct nvs_policy, learning) },
	{ NVSWITCH_POLICY_UNICAST_FLOOD,
	  offsetof(struct nvs_policy, unicast_flood) },
	{ NVSWITCH_POLICY_LIMIT_POLICY,
	  offsetof(struct nvs_policy, limit_policy) },
	{ NVSWITCH_POLICY_LEARN_MOVE,
	  offsetof(struct nvs_policy, learn_move) },
};

static u8 *nvs_field(struct nvs_policy *p, int i)
{
	return (u8 *)p + nvs_fields[i].offset;
}

/*
 * The core parses IFLA_INFO_DATA liberally, which lets unknown attributes
 * pass: look at it again, strictly.
 */
static int nvs_rtnl_validate(struct nlattr *tb[], int type, int maxtype,
			     const struct nla_policy *policy,
			     struct netlink_ext_ack *extack)
{
	struct nlattr *attr;
	int rem;

	if (!tb[IFLA_LINKINFO])
		return 0;
	nla_for_each_nested(attr, tb[IFLA_LINKINFO], rem)
		if (nla_type(attr) == type)
			return __nla_validate(nla_data(attr), nla_len(attr),
					      maxtype, policy,
					      NL_VALIDATE_STRICT, extack);
	return 0;
}

/* @inherit: the level has one above it. *policy is written as a whole. */
static int nvs_rtnl_parse_policy(struct nlattr *nest, bool inherit,
				 struct nvs_policy *policy,
				 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NVSWITCH_POLICY_MAX + 1];
	struct nvs_policy p = *policy;
	struct nlattr *attr;
	int i, err;

	err = nla_parse_nested(tb, NVSWITCH_POLICY_MAX, nest,
			       nvs_policy_attrs, extack);
	if (err)
		return err;
	for (i = 0; i < ARRAY_SIZE(nvs_fields); i++) {
		attr = tb[nvs_fields[i].attr];
		if (!attr)
			continue;
		if (!inherit && nla_get_u8(attr) == NVSWITCH_INHERIT)
			goto no_level_above;
		*nvs_field(&p, i) = nla_get_u8(attr);
	}
	attr = tb[NVSWITCH_POLICY_LEARN_LIMIT];
	if (attr) {
		p.learn_limit = nla_get_u32(attr);
		if (p.learn_limit == NVSWITCH_LEARN_LIMIT_INHERIT) {
			if (!inherit)
				goto no_level_above;
		} else if (p.learn_limit > NVSWITCH_LEARN_LIMIT_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "learn_limit is 0..1048576; 0 is no limit");
			return -ERANGE;
		}
	}
	*policy = p;
	return 0;

no_level_above:
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "A switch has no level above it to inherit from: give a value");
	return -EINVAL;
}

/* Entries of each kind in a switch that an unprivileged user has made. */
#define NVS_UNPRIVILEGED_LIMIT	65536

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
		err = nvs_rtnl_parse_policy(data[IFLA_NVSWITCH_POLICY], false,
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
	if (sw->privileged || (s->table_limit <= NVS_UNPRIVILEGED_LIMIT &&
			       s->remote_limit <= NVS_UNPRIVILEGED_LIMIT))
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

static int nvs_newlink(struct net *src_net, struct net_device *dev,
		       struct nlattr *tb[], struct nlattr *data[],
		       struct netlink_ext_ack *extack)
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
	return 0;
}

static void nvs_dellink(struct net_device *dev, struct list_head *head)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_port *port, *next;

	list_for_each_entry_safe(port, next, &sw->ports, node)
		nvs_port_detach(port);
	unregister_netdevice_queue(dev, head);
}

static size_t nvs_policy_size(void)
{
	return nla_total_size(0) +
	       ARRAY_SIZE(nvs_fields) * nla_total_size(sizeof(u8)) +
	       nla_total_size(sizeof(u32));
}

static int nvs_rtnl_fill_policy(struct sk_buff *skb, int type,
				struct nvs_policy p)
{
	struct nlattr *nest = nla_nest_start(skb, type);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(nvs_fields); i++)
		if (nla_put_u8(skb, nvs_fields[i].attr, *nvs_field(&p, i)))
			return -EMSGSIZE;
	if (nla_put_u32(skb, NVSWITCH_POLICY_LEARN_LIMIT, p.learn_limit))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* The level that decides each field of a port with the settings @p. */
static int nvs_rtnl_fill_levels(struct sk_buff *skb, struct nvs_policy p)
{
	struct nlattr *nest = nla_nest_start(skb, IFLA_NVSWITCH_PORT_LEVEL);
	u8 level;
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(nvs_fields); i++) {
		level = *nvs_field(&p, i) == NVSWITCH_INHERIT ?
			NVSWITCH_LEVEL_SWITCH : NVSWITCH_LEVEL_PORT;
		if (nla_put_u8(skb, nvs_fields[i].attr, level))
			return -EMSGSIZE;
	}
	level = p.learn_limit == NVSWITCH_LEARN_LIMIT_INHERIT ?
		NVSWITCH_LEVEL_SWITCH : NVSWITCH_LEVEL_PORT;
	if (nla_put_u8(skb, NVSWITCH_POLICY_LEARN_LIMIT, level))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static size_t nvs_get_size(const struct net_device *dev)
{
	return nvs_policy_size() +
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

	if (nvs_rtnl_fill_policy(skb, IFLA_NVSWITCH_POLICY, sw->policy) ||
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

/* Attributes that an uplink does not take, each with its name. */
static const struct {
	u8 attr;
	const char *refusal;
} nvs_guest_attrs[] = {
	{ IFLA_NVSWITCH_PORT_POLICY,
	  "An uplink takes no policy: set it on guest ports, or use role guest" },
	{ IFLA_NVSWITCH_PORT_NESTED,
	  "An uplink cannot be nested: set it on guest ports, or use role guest" },
	{ IFLA_NVSWITCH_PORT_INITIAL_MAC,
	  "An uplink has no initial_mac: use role guest first" },
	{ IFLA_NVSWITCH_PORT_REQUESTED_MAC,
	  "An uplink has no requested_mac: use role guest first" },
	{ IFLA_NVSWITCH_PORT_BPDU,
	  "An uplink takes no bpdu: set it on guest ports, or use role guest" },
	{ IFLA_NVSWITCH_PORT_BLOCKED,
	  "An uplink cannot be blocked: take its device down instead" },
};

static int nvs_rtnl_parse_mac(struct nlattr *attr, u64 *mac,
			      struct netlink_ext_ack *extack)
{
	*mac = nvs_mac_get(nla_data(attr));
	if (!nvs_mac_is_group(*mac))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "A group address cannot be a port's MAC: give a unicast address, or all zero for none");
	return -EINVAL;
}

static int nvs_rtnl_check_port(struct nlattr *data[], u8 role,
			       struct netlink_ext_ack *extack)
{
	int i;

	if (role != NVS_UPLINK)
		return 0;
	for (i = 0; i < ARRAY_SIZE(nvs_guest_attrs); i++) {
		struct nlattr *attr = data[nvs_guest_attrs[i].attr];

		if (!attr)
			continue;
		NL_SET_BAD_ATTR(extack, attr);
		if (extack)
			extack->_msg = nvs_guest_attrs[i].refusal;
		return -EOPNOTSUPP;
	}
	return 0;
}

static int nvs_slave_changelink(struct net_device *dev,
				struct net_device *slave, struct nlattr *tb[],
				struct nlattr *data[],
				struct netlink_ext_ack *extack)
{
	struct nvs_port *port = nvs_port_get_rtnl(slave);
	struct nvs_policy policy = port->policy;
	u64 initial = 0, requested = 0;
	u8 role = port->role;
	int err;

	if (!data)
		return 0;
	err = nvs_rtnl_validate(tb, IFLA_INFO_SLAVE_DATA,
				IFLA_NVSWITCH_PORT_MAX, nvs_port_attrs, extack);
	if (err)
		return err;
	if (data[IFLA_NVSWITCH_PORT_ROLE])
		role = nla_get_u8(data[IFLA_NVSWITCH_PORT_ROLE]);
	err = nvs_rtnl_check_port(data, role, extack);
	if (err)
		return err;
	if (data[IFLA_NVSWITCH_PORT_NESTED])
		policy = nvs_policy_preset_nested(policy);
	if (data[IFLA_NVSWITCH_PORT_POLICY])
		err = nvs_rtnl_parse_policy(data[IFLA_NVSWITCH_PORT_POLICY],
					    true, &policy, extack);
	if (!err && data[IFLA_NVSWITCH_PORT_INITIAL_MAC])
		err = nvs_rtnl_parse_mac(data[IFLA_NVSWITCH_PORT_INITIAL_MAC],
					 &initial, extack);
	if (!err && data[IFLA_NVSWITCH_PORT_REQUESTED_MAC])
		err = nvs_rtnl_parse_mac(data[IFLA_NVSWITCH_PORT_REQUESTED_MAC],
					 &requested, extack);
	if (err)
		return err;

	/* What can fail comes first. */
	if (role != port->role)
		err = nvs_port_set_role(port, role, initial, extack);
	else if (data[IFLA_NVSWITCH_PORT_INITIAL_MAC])
		err = nvs_mac_set_initial(port, initial, extack);
	if (err)
		return err;
	if (role == NVS_GUEST)
		port->policy = policy;
	if (data[IFLA_NVSWITCH_PORT_BPDU])
		port->bpdu_pass = nla_get_u8(data[IFLA_NVSWITCH_PORT_BPDU]) ==
				  NVSWITCH_ACCEPT;
	if (data[IFLA_NVSWITCH_PORT_BLOCKED])
		port->blocked = nla_get_u8(data[IFLA_NVSWITCH_PORT_BLOCKED]) ==
				NVSWITCH_ON;
	if (data[IFLA_NVSWITCH_PORT_REQUESTED_MAC])
		nvs_mac_request(port, requested, false);
	nvs_commit(port->sw);
	return 0;
}

static size_t nvs_get_slave_size(const struct net_device *dev,
				 const struct net_device *slave)
{
	return nla_total_size(sizeof(u8)) +	/* IFLA_NVSWITCH_PORT_ROLE */
	       3 * nvs_policy_size() +	/* _POLICY, _RESOLVED, _LEVEL */
	       4 * nla_total_size(ETH_ALEN) +	/* ..._MAC */
	       nla_total_size(sizeof(u8)) +	/* ..._INITIAL_MAC_SOURCE */
	       nla_total_size(sizeof(u8)) +	/* ..._MAC_STATE */
	       nla_total_size(sizeof(u8)) +	/* ..._BPDU */
	       nla_total_size(sizeof(u8)) +	/* ..._BLOCKED */
	       nla_total_size(sizeof(u32)) +	/* ..._LEARNED */
	       nla_total_size(sizeof(u8));	/* ..._ACTIVE */
}

static int nvs_rtnl_fill_mac(struct sk_buff *skb, int type, u64 mac)
{
	u8 addr[ETH_ALEN];

	if (!mac)
		return 0;
	nvs_mac_put(mac, addr);
	return nla_put(skb, type, ETH_ALEN, addr);
}

static int nvs_rtnl_fill_guest(struct sk_buff *skb, const struct nvs_port *port)
{
	const struct nvs_port_mac *m = &port->mac;
	struct nvs_policy resolved = nvs_policy_over(&port->policy,
						     &port->sw->policy);

	if (nvs_rtnl_fill_policy(skb, IFLA_NVSWITCH_PORT_POLICY,
				 port->policy) ||
	    nvs_rtnl_fill_policy(skb, IFLA_NVSWITCH_PORT_RESOLVED, resolved) ||
	    nvs_rtnl_fill_levels(skb, port->policy) ||
	    nvs_rtnl_fill_mac(skb, IFLA_NVSWITCH_PORT_INITIAL_MAC,
			      m->initial) ||
	    nvs_rtnl_fill_mac(skb, IFLA_NVSWITCH_PORT_REQUESTED_MAC,
			      m->requested) ||
	    nvs_rtnl_fill_mac(skb, IFLA_NVSWITCH_PORT_EFFECTIVE_MAC,
			      m->effective) ||
	    nvs_rtnl_fill_mac(skb, IFLA_NVSWITCH_PORT_ADOPTED_MAC,
			      READ_ONCE(port->adopted)) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE, m->source) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_MAC_STATE, m->state) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_BPDU,
		       port->bpdu_pass ? NVSWITCH_ACCEPT : NVSWITCH_DROP) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_BLOCKED,
		       port->blocked ? NVSWITCH_ON : NVSWITCH_OFF) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_PORT_LEARNED,
			READ_ONCE(port->learned)))
		return -EMSGSIZE;
	return 0;
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
		return nvs_rtnl_fill_guest(skb, port);
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
	return nvs_stats_fill(skb, &t);
}

struct rtnl_link_ops nvs_link_ops = {
	.kind			= NVS_NAME,
	.priv_size		= sizeof(struct nvs_switch),
	.setup			= nvs_setup,
	.maxtype		= IFLA_NVSWITCH_MAX,
	.policy			= nvs_switch_attrs,
	.validate		= nvs_validate,
	.newlink		= nvs_newlink,
	.changelink		= nvs_changelink,
	.dellink		= nvs_dellink,
	.get_size		= nvs_get_size,
	.fill_info		= nvs_fill_info,
	.slave_maxtype		= IFLA_NVSWITCH_PORT_MAX,
	.slave_policy		= nvs_port_attrs,
	.slave_changelink	= nvs_slave_changelink,
	.get_slave_size		= nvs_get_slave_size,
	.fill_slave_info	= nvs_fill_slave_info,
	.get_linkxstats_size	= nvs_get_linkxstats_size,
	.fill_linkxstats	= nvs_fill_linkxstats,
};
