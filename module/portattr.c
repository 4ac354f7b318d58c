// SPDX-License-Identifier: GPL-2.0-only
/* Netlink attributes of a port, read and written as a whole. */

#include <linux/slab.h>

#include "attr.h"
#include "core/policy.h"

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
	{ IFLA_NVSWITCH_PORT_GROUP,
	  "An uplink is in no port group: use role guest first" },
	{ IFLA_NVSWITCH_PORT_VLAN,
	  "An uplink carries all VLANs: set VLAN modes on guest ports" },
	{ IFLA_NVSWITCH_PORT_ACTIVATION,
	  "An uplink needs no activation: use role guest first" },
	{ IFLA_NVSWITCH_PORT_ACTIVATED,
	  "An uplink needs no activation: use role guest first" },
	{ IFLA_NVSWITCH_PORT_RX_PROMISC,
	  "An uplink has no guest that could ask for frames: use role guest first" },
	{ IFLA_NVSWITCH_PORT_RX_MULTICAST,
	  "An uplink has no guest that could ask for frames: use role guest first" },
	{ IFLA_NVSWITCH_PORT_RX_GROUPS,
	  "An uplink has no guest that could ask for frames: use role guest first" },
};

static int nvs_attr_parse_mac(struct nlattr *attr, u64 *mac,
			      struct netlink_ext_ack *extack)
{
	*mac = nvs_mac_get(nla_data(attr));
	if (!nvs_mac_is_group(*mac))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "A group address cannot be a port's MAC: give a unicast address, or all zero for none");
	return -EINVAL;
}

static int nvs_attr_check_role(struct nlattr *data[], u8 role,
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

static int nvs_attr_parse_group(struct nvs_switch *sw, struct nlattr *attr,
				struct nvs_group **group,
				struct netlink_ext_ack *extack)
{
	char name[NVSWITCH_GROUP_NAME_MAX + 1];

	*group = NULL;
	if (nla_strscpy(name, attr, sizeof(name)) <= 0)
		return 0;
	*group = nvs_group_find(sw, name);
	if (*group)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "The switch has no port group of that name: nvsw group show SWITCH lists them");
	return -ENOENT;
}

static int nvs_attr_refuse_groups(struct nlattr *data[],
				  struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG_ATTR(extack, data[IFLA_NVSWITCH_PORT_RX_GROUPS],
			    "rx_multicast is all, none, or a list of at most 64 group addresses");
	return -EINVAL;
}

static int nvs_attr_parse_groups(struct nlattr *data[], struct nvs_settings *s,
				 struct netlink_ext_ack *extack)
{
	struct nlattr *attr = data[IFLA_NVSWITCH_PORT_RX_GROUPS];
	u8 mode = nla_get_u8(data[IFLA_NVSWITCH_PORT_RX_MULTICAST]);
	u32 i, count = attr ? nla_len(attr) / ETH_ALEN : 0;

	s->has_groups = true;
	if (mode == NVSWITCH_RX_MULTICAST_ALL && !attr)
		return 0;
	if (mode == NVSWITCH_RX_MULTICAST_ALL ||
	    (attr && nla_len(attr) % ETH_ALEN))
		goto bad;
	s->groups = kzalloc(struct_size(s->groups, macs, count),
			    GFP_KERNEL_ACCOUNT);
	if (!s->groups)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		u64 mac = nvs_mac_get(nla_data(attr) + i * ETH_ALEN);

		if (!nvs_mac_is_group(mac))
			goto bad;
		s->groups->macs[i] = mac;
	}
	s->groups->count = count;
	return 0;

bad:
	return nvs_attr_refuse_groups(data, extack);
}

static void nvs_attr_get_settings(const struct nvs_port *port,
				  struct nvs_settings *s)
{
	*s = (struct nvs_settings){
		.role = port->role,
		.policy = port->policy,
		.group = port->group,
		.vlan = port->vlan,
		.activation = port->activation,
		.rx_promisc = port->rx_promisc,
		.bpdu_pass = port->bpdu_pass,
		.blocked = port->blocked,
	};
}

static int nvs_attr_parse_macs(struct nlattr *data[], struct nvs_settings *s,
			       struct netlink_ext_ack *extack)
{
	int err = 0;

	if (data[IFLA_NVSWITCH_PORT_INITIAL_MAC]) {
		s->has_initial = true;
		err = nvs_attr_parse_mac(data[IFLA_NVSWITCH_PORT_INITIAL_MAC],
					 &s->initial, extack);
	}
	if (!err && data[IFLA_NVSWITCH_PORT_REQUESTED_MAC]) {
		s->has_requested = true;
		err = nvs_attr_parse_mac(data[IFLA_NVSWITCH_PORT_REQUESTED_MAC],
					 &s->requested, extack);
	}
	return err;
}

static void nvs_attr_parse_flags(struct nlattr *data[], struct nvs_settings *s)
{
	if (data[IFLA_NVSWITCH_PORT_BPDU])
		s->bpdu_pass = nla_get_u8(data[IFLA_NVSWITCH_PORT_BPDU]) ==
			       NVSWITCH_ACCEPT;
	if (data[IFLA_NVSWITCH_PORT_BLOCKED])
		s->blocked = nla_get_u8(data[IFLA_NVSWITCH_PORT_BLOCKED]) ==
			     NVSWITCH_ON;
	if (data[IFLA_NVSWITCH_PORT_ACTIVATION])
		s->activation = nla_get_u8(data[IFLA_NVSWITCH_PORT_ACTIVATION]);
	if (data[IFLA_NVSWITCH_PORT_ACTIVATED])
		s->activate = nla_get_u8(data[IFLA_NVSWITCH_PORT_ACTIVATED]);
	if (data[IFLA_NVSWITCH_PORT_RX_PROMISC]) {
		s->has_promisc = true;
		s->rx_promisc = nla_get_u8(data[IFLA_NVSWITCH_PORT_RX_PROMISC]);
	}
}

/**
 * nvs_attr_parse_settings() - read attributes of a port
 * @sw: its switch
 * @port: the port, or NULL for one that is to be attached
 * @data: attributes, validated by nvs_attr_port
 * @s: what they make of the port; to be freed by nvs_settings_free(), also on
 *	failure
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_attr_parse_settings(struct nvs_switch *sw, const struct nvs_port *port,
			    struct nlattr *data[], struct nvs_settings *s,
			    struct netlink_ext_ack *extack)
{
	int err;

	if (port)
		nvs_attr_get_settings(port, s);
	else
		*s = (struct nvs_settings){ .policy = nvs_policy_inherit };
	if (data[IFLA_NVSWITCH_PORT_ROLE])
		s->role = nla_get_u8(data[IFLA_NVSWITCH_PORT_ROLE]);
	err = nvs_attr_check_role(data, s->role, extack);
	if (err)
		return err;
	if (data[IFLA_NVSWITCH_PORT_NESTED])
		s->policy = nvs_policy_preset_nested(s->policy);
	if (data[IFLA_NVSWITCH_PORT_POLICY])
		err = nvs_attr_parse_policy(data[IFLA_NVSWITCH_PORT_POLICY],
					    true, &s->policy, extack);
	if (!err && data[IFLA_NVSWITCH_PORT_GROUP])
		err = nvs_attr_parse_group(sw, data[IFLA_NVSWITCH_PORT_GROUP],
					   &s->group, extack);
	if (!err && data[IFLA_NVSWITCH_PORT_VLAN])
		err = nvs_attr_parse_vlan(data[IFLA_NVSWITCH_PORT_VLAN],
					  &s->vlan, extack);
	if (!err && data[IFLA_NVSWITCH_PORT_RX_MULTICAST])
		err = nvs_attr_parse_groups(data, s, extack);
	else if (!err && data[IFLA_NVSWITCH_PORT_RX_GROUPS])
		err = nvs_attr_refuse_groups(data, extack);
	if (!err)
		err = nvs_attr_parse_macs(data, s, extack);
	nvs_attr_parse_flags(data, s);
	return err;
}

/**
 * nvs_attr_measure_port() - find out what room nvs_attr_put_port() needs
 * @port: port that may need more than before; what it needs is written down,
 *	for rtnetlink asks while its settings and its group may vanish
 *
 * Context: RTNL.
 */
void nvs_attr_measure_port(struct nvs_port *port)
{
	u32 groups = port->groups ? port->groups->count : 0;
	u32 size;

	size = nla_total_size(sizeof(u8)) +	/* IFLA_NVSWITCH_PORT_ROLE */
	       3 * nvs_attr_policy_size() +	/* _POLICY, _RESOLVED, _LEVEL */
	       4 * nla_total_size(ETH_ALEN) +	/* ..._MAC */
	       10 * nla_total_size(sizeof(u8)) +
	       2 * nla_total_size(sizeof(u32)) +	/* _LEARNED, _ALLOWED */
	       nla_total_size(NVSWITCH_GROUP_NAME_MAX + 1) +
	       nvs_attr_vlan_size(&port->vlan) +
	       nvs_attr_vlan_size(nvs_vlan_of(port)) +
	       nla_total_size(groups * ETH_ALEN);
	WRITE_ONCE(port->info_size, size);
}

static u8 nvs_attr_vlan_level(const struct nvs_port *port)
{
	if (port->vlan.mode != NVSWITCH_VLAN_INHERIT)
		return NVSWITCH_LEVEL_PORT;
	return nvs_vlan_of(port) == &nvs_vlan_none ? NVSWITCH_LEVEL_SWITCH :
						     NVSWITCH_LEVEL_GROUP;
}

static int nvs_attr_put_groups(struct sk_buff *skb,
			       const struct nvs_groups *groups)
{
	struct nlattr *attr;
	u32 i;

	if (nla_put_u8(skb, IFLA_NVSWITCH_PORT_RX_MULTICAST,
		       groups ? NVSWITCH_RX_MULTICAST_LIST :
				NVSWITCH_RX_MULTICAST_ALL))
		return -EMSGSIZE;
	if (!groups || !groups->count)
		return 0;
	attr = nla_reserve(skb, IFLA_NVSWITCH_PORT_RX_GROUPS,
			   groups->count * ETH_ALEN);
	if (!attr)
		return -EMSGSIZE;
	for (i = 0; i < groups->count; i++)
		nvs_mac_put(groups->macs[i], nla_data(attr) + i * ETH_ALEN);
	return 0;
}

static int nvs_attr_put_policies(struct sk_buff *skb,
				 const struct nvs_port *port)
{
	if (nvs_attr_put_policy(skb, IFLA_NVSWITCH_PORT_POLICY,
				port->policy) ||
	    nvs_attr_put_policy(skb, IFLA_NVSWITCH_PORT_RESOLVED,
				nvs_port_policy(port)) ||
	    nvs_attr_put_levels(skb, IFLA_NVSWITCH_PORT_LEVEL, port) ||
	    (port->group && nla_put_string(skb, IFLA_NVSWITCH_PORT_GROUP,
					   port->group->name)) ||
	    nvs_attr_put_vlan(skb, IFLA_NVSWITCH_PORT_VLAN, &port->vlan) ||
	    nvs_attr_put_vlan(skb, IFLA_NVSWITCH_PORT_VLAN_RESOLVED,
			      nvs_vlan_of(port)) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_VLAN_LEVEL,
		       nvs_attr_vlan_level(port)))
		return -EMSGSIZE;
	return 0;
}

static int nvs_attr_put_macs(struct sk_buff *skb, const struct nvs_port *port)
{
	const struct nvs_port_mac *m = &port->mac;

	if (nvs_attr_put_mac(skb, IFLA_NVSWITCH_PORT_INITIAL_MAC,
			     m->initial) ||
	    nvs_attr_put_mac(skb, IFLA_NVSWITCH_PORT_REQUESTED_MAC,
			     m->requested) ||
	    nvs_attr_put_mac(skb, IFLA_NVSWITCH_PORT_EFFECTIVE_MAC,
			     m->effective) ||
	    nvs_attr_put_mac(skb, IFLA_NVSWITCH_PORT_ADOPTED_MAC,
			     READ_ONCE(port->adopted)) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE, m->source) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_MAC_STATE, m->state))
		return -EMSGSIZE;
	return 0;
}

/**
 * nvs_attr_put_port() - put all attributes of a guest port into a message
 * @skb: message
 * @port: the port
 *
 * Context: RTNL.
 * Return: 0 or -EMSGSIZE.
 */
int nvs_attr_put_port(struct sk_buff *skb, const struct nvs_port *port)
{
	if (nvs_attr_put_policies(skb, port) ||
	    nvs_attr_put_macs(skb, port) ||
	    nvs_attr_put_groups(skb, port->groups) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_BPDU,
		       port->bpdu_pass ? NVSWITCH_ACCEPT : NVSWITCH_DROP) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_BLOCKED,
		       port->blocked ? NVSWITCH_ON : NVSWITCH_OFF) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_ACTIVATION, port->activation) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_ACTIVATED,
		       port->activated ? NVSWITCH_ON : NVSWITCH_OFF) ||
	    nla_put_u8(skb, IFLA_NVSWITCH_PORT_RX_PROMISC, port->rx_promisc) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_PORT_ALLOWED,
			port->allow ? port->allow->count : 0) ||
	    nla_put_u32(skb, IFLA_NVSWITCH_PORT_LEARNED,
			READ_ONCE(port->learned)))
		return -EMSGSIZE;
	return 0;
}
