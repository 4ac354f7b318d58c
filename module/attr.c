// SPDX-License-Identifier: GPL-2.0-only
/* Netlink attributes that rtnetlink and generic netlink have in common. */

#include "attr.h"

#include <net/netlink.h>

#include "core/policy.h"
#include "switch.h"

#define NVS_VALUE	NLA_POLICY_RANGE(NLA_U8, NVSWITCH_INHERIT, \
					 NVSWITCH_ACCEPT)
#define NVS_TWO_WAY	NLA_POLICY_RANGE(NLA_U8, NVSWITCH_REJECT, \
					 NVSWITCH_ACCEPT)
#define NVS_READ_ONLY	{ .type = NLA_REJECT, \
			  .reject_message = "The attribute is read-only" }

const struct nla_policy nvs_attr_policy[NVSWITCH_POLICY_MAX + 1] = {
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

#define NVS_VID		NLA_POLICY_RANGE(NLA_U16, 1, NVSWITCH_VID_MAX)

const struct nla_policy nvs_attr_vlan[NVSWITCH_VLAN_A_MAX + 1] = {
	[NVSWITCH_VLAN_A_UNSPEC] = { .strict_start_type = NVSWITCH_VLAN_A_MODE },
	[NVSWITCH_VLAN_A_MODE] = NLA_POLICY_MAX(NLA_U8, NVSWITCH_VLAN_PRIVATE),
	[NVSWITCH_VLAN_A_VID] = NVS_VID,
	[NVSWITCH_VLAN_A_RANGES] = {
		.type = NLA_BINARY,
		.len = NVS_VIDS / 2 * sizeof(struct nvswitch_vlan_range) },
	[NVSWITCH_VLAN_A_NATIVE] = NVS_VID,
	[NVSWITCH_VLAN_A_TYPE] =
		NLA_POLICY_MAX(NLA_U8, NVSWITCH_PRIVATE_COMMUNITY),
	[NVSWITCH_VLAN_A_SECONDARY] = NVS_VID,
};

const struct nla_policy nvs_attr_port[IFLA_NVSWITCH_PORT_MAX + 1] = {
	[IFLA_NVSWITCH_PORT_UNSPEC] = {
		.strict_start_type = IFLA_NVSWITCH_PORT_ROLE },
	[IFLA_NVSWITCH_PORT_ROLE] =
		NLA_POLICY_MAX(NLA_U8, NVSWITCH_ROLE_UPLINK),
	[IFLA_NVSWITCH_PORT_POLICY] = NLA_POLICY_NESTED(nvs_attr_policy),
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
	[IFLA_NVSWITCH_PORT_GROUP] = { .type = NLA_NUL_STRING,
				       .len = NVSWITCH_GROUP_NAME_MAX },
	[IFLA_NVSWITCH_PORT_VLAN] = NLA_POLICY_NESTED(nvs_attr_vlan),
	[IFLA_NVSWITCH_PORT_VLAN_RESOLVED] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_VLAN_LEVEL] = NVS_READ_ONLY,
	[IFLA_NVSWITCH_PORT_ACTIVATION] =
		NLA_POLICY_MAX(NLA_U8, NVSWITCH_ACTIVATION_ANNOUNCE),
	[IFLA_NVSWITCH_PORT_ACTIVATED] = NVS_TWO_WAY,
	[IFLA_NVSWITCH_PORT_RX_PROMISC] = NVS_VALUE,
	[IFLA_NVSWITCH_PORT_RX_MULTICAST] =
		NLA_POLICY_MAX(NLA_U8, NVSWITCH_RX_MULTICAST_LIST),
	[IFLA_NVSWITCH_PORT_RX_GROUPS] = {
		.type = NLA_BINARY, .len = NVSWITCH_RX_GROUPS_MAX * ETH_ALEN },
	[IFLA_NVSWITCH_PORT_ALLOWED] = NVS_READ_ONLY,
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

/**
 * nvs_attr_parse_policy() - read a nest of enum nvswitch_policy_attr
 * @nest: the nest
 * @inherit: the level has one above it
 * @policy: what absent attributes leave as it is; written as a whole
 * @extack: for a refusal
 *
 * Context: any.
 * Return: 0 or -errno, then @policy is what it was.
 */
int nvs_attr_parse_policy(struct nlattr *nest, bool inherit,
			  struct nvs_policy *policy,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NVSWITCH_POLICY_MAX + 1];
	struct nvs_policy p = *policy;
	struct nlattr *attr;
	int i, err;

	err = nla_parse_nested(tb, NVSWITCH_POLICY_MAX, nest,
			       nvs_attr_policy, extack);
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

/**
 * nvs_attr_policy_size() - room that nvs_attr_put_policy() needs
 *
 * Context: any.
 * Return: bytes.
 */
size_t nvs_attr_policy_size(void)
{
	return nla_total_size(0) +
	       ARRAY_SIZE(nvs_fields) * nla_total_size(sizeof(u8)) +
	       nla_total_size(sizeof(u32));
}

/**
 * nvs_attr_put_policy() - put a policy into a message
 * @skb: message
 * @type: attribute for the nest
 * @p: the policy
 *
 * Context: any.
 * Return: 0 or -EMSGSIZE.
 */
int nvs_attr_put_policy(struct sk_buff *skb, int type, struct nvs_policy p)
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

/**
 * nvs_attr_put_levels() - say which level decides each field of a policy
 * @skb: message
 * @type: attribute for the nest
 * @port: guest port
 *
 * Context: RTNL.
 * Return: 0 or -EMSGSIZE.
 */
int nvs_attr_put_levels(struct sk_buff *skb, int type,
			const struct nvs_port *port)
{
	struct nlattr *nest = nla_nest_start(skb, type);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = NVSWITCH_POLICY_PROMISCUOUS; i <= NVSWITCH_POLICY_MAX; i++)
		if (nla_put_u8(skb, i, nvs_attr_level(port, i)))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nvs_attr_value() - the value of one field
 * @p: policy
 * @attr: enum nvswitch_policy_attr
 *
 * Context: any.
 * Return: the value, as in its attribute.
 */
u32 nvs_attr_value(const struct nvs_policy *p, int attr)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(nvs_fields); i++)
		if (nvs_fields[i].attr == attr)
			return *((u8 *)p + nvs_fields[i].offset);
	return p->learn_limit;
}

static bool nvs_attr_is_set(const struct nvs_policy *p, int attr)
{
	return nvs_attr_value(p, attr) !=
	       (attr == NVSWITCH_POLICY_LEARN_LIMIT ?
		NVSWITCH_LEARN_LIMIT_INHERIT : NVSWITCH_INHERIT);
}

/**
 * nvs_attr_level() - the level that decides a field of a port's policy
 * @port: guest port
 * @attr: enum nvswitch_policy_attr
 *
 * Context: RTNL.
 * Return: enum nvswitch_level.
 */
u8 nvs_attr_level(const struct nvs_port *port, int attr)
{
	if (nvs_attr_is_set(&port->policy, attr))
		return NVSWITCH_LEVEL_PORT;
	if (port->group && nvs_attr_is_set(&port->group->policy, attr))
		return NVSWITCH_LEVEL_GROUP;
	return NVSWITCH_LEVEL_SWITCH;
}

static int nvs_attr_parse_ranges(struct nlattr *attr, struct nvs_vlan *vlan,
				 struct netlink_ext_ack *extack)
{
	const struct nvswitch_vlan_range *r = nla_data(attr);
	int count = nla_len(attr) / sizeof(*r);
	int i, next = 0;
	u16 vid;

	if (!count || nla_len(attr) % sizeof(*r))
		goto bad;
	for (i = 0; i < count; i++) {
		if (r[i].first < next || r[i].last < r[i].first ||
		    r[i].last > NVSWITCH_VID_MAX)
			goto bad;
		next = r[i].last + 1;
		for (vid = r[i].first; vid <= r[i].last; vid++)
			nvs_vids_add(vlan->trunk, vid);
	}
	return 0;

bad:
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "The VLANs of a trunk are ascending ranges within 0..4094 that do not overlap");
	return -EINVAL;
}

/* The attributes that each VLAN mode needs, and those it may have. */
static const struct {
	u8 needs;
	u8 takes;
	const char *refusal;
} nvs_vlan_modes[] = {
	[NVSWITCH_VLAN_INHERIT] = {
		.refusal = "VLAN mode inherit takes no VLAN" },
	[NVSWITCH_VLAN_NONE] = {
		.refusal = "VLAN mode none takes no VLAN" },
	[NVSWITCH_VLAN_ACCESS] = {
		.needs = BIT(NVSWITCH_VLAN_A_VID),
		.refusal = "VLAN mode access takes one VLAN, 1..4094" },
	[NVSWITCH_VLAN_TRUNK] = {
		.needs = BIT(NVSWITCH_VLAN_A_RANGES),
		.takes = BIT(NVSWITCH_VLAN_A_NATIVE),
		.refusal = "VLAN mode trunk takes a list of VLANs, and may take a native one",
	},
	[NVSWITCH_VLAN_PRIVATE] = {
		.needs = BIT(NVSWITCH_VLAN_A_VID) | BIT(NVSWITCH_VLAN_A_TYPE),
		.takes = BIT(NVSWITCH_VLAN_A_SECONDARY),
		.refusal = "VLAN mode private takes a primary VLAN and a type, and a secondary VLAN unless promiscuous",
	},
};

static int nvs_attr_check_vlan(struct nlattr *nest, struct nlattr *tb[],
			       struct netlink_ext_ack *extack)
{
	u8 mode, needs, takes, has = 0;
	int i;

	if (!tb[NVSWITCH_VLAN_A_MODE]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "A VLAN mode is missing");
		return -EINVAL;
	}
	mode = nla_get_u8(tb[NVSWITCH_VLAN_A_MODE]);
	for (i = NVSWITCH_VLAN_A_VID; i <= NVSWITCH_VLAN_A_MAX; i++)
		has |= tb[i] ? BIT(i) : 0;
	needs = nvs_vlan_modes[mode].needs;
	takes = nvs_vlan_modes[mode].takes;
	if (mode == NVSWITCH_VLAN_PRIVATE && tb[NVSWITCH_VLAN_A_TYPE]) {
		takes = 0;
		if (nla_get_u8(tb[NVSWITCH_VLAN_A_TYPE]) !=
		    NVSWITCH_PRIVATE_PROMISCUOUS)
			needs |= BIT(NVSWITCH_VLAN_A_SECONDARY);
	}
	if ((has & needs) == needs && !(has & ~(needs | takes)))
		return 0;
	NL_SET_BAD_ATTR(extack, nest);
	if (extack)
		extack->_msg = nvs_vlan_modes[mode].refusal;
	return -EINVAL;
}

static u16 nvs_attr_get_vid(const struct nlattr *attr)
{
	return attr ? nla_get_u16(attr) : 0;
}

/**
 * nvs_attr_parse_vlan() - read a nest of enum nvswitch_vlan_attr
 * @nest: the nest
 * @vlan: written as a whole
 * @extack: for a refusal
 *
 * Context: any.
 * Return: 0 or -errno, then @vlan is what it was.
 */
int nvs_attr_parse_vlan(struct nlattr *nest, struct nvs_vlan *vlan,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NVSWITCH_VLAN_A_MAX + 1];
	struct nvs_vlan v = {};
	int err;

	err = nla_parse_nested(tb, NVSWITCH_VLAN_A_MAX, nest, nvs_attr_vlan,
			       extack);
	if (!err)
		err = nvs_attr_check_vlan(nest, tb, extack);
	if (err)
		return err;
	v.mode = nla_get_u8(tb[NVSWITCH_VLAN_A_MODE]);
	v.vid = nvs_attr_get_vid(tb[NVSWITCH_VLAN_A_VID]);
	v.native = nvs_attr_get_vid(tb[NVSWITCH_VLAN_A_NATIVE]);
	v.secondary = nvs_attr_get_vid(tb[NVSWITCH_VLAN_A_SECONDARY]);
	if (tb[NVSWITCH_VLAN_A_TYPE])
		v.type = nla_get_u8(tb[NVSWITCH_VLAN_A_TYPE]);
	if (tb[NVSWITCH_VLAN_A_RANGES])
		err = nvs_attr_parse_ranges(tb[NVSWITCH_VLAN_A_RANGES], &v,
					    extack);
	if (!err)
		*vlan = v;
	return err;
}

/* The first VLAN from @vid on that is in @vids, or is not. */
static int nvs_attr_seek_vid(const u64 *vids, int vid, bool in)
{
	while (vid <= NVSWITCH_VID_MAX && nvs_vids_have(vids, vid) != in)
		vid++;
	return vid;
}

static int nvs_attr_count_ranges(const u64 *vids)
{
	int vid, count = 0;

	for (vid = nvs_attr_seek_vid(vids, 0, true); vid <= NVSWITCH_VID_MAX;
	     vid = nvs_attr_seek_vid(vids, vid, true)) {
		vid = nvs_attr_seek_vid(vids, vid, false);
		count++;
	}
	return count;
}

static int nvs_attr_put_ranges(struct sk_buff *skb, const u64 *vids)
{
	int vid, count = nvs_attr_count_ranges(vids);
	struct nvswitch_vlan_range *r;
	struct nlattr *attr;

	attr = nla_reserve(skb, NVSWITCH_VLAN_A_RANGES, count * sizeof(*r));
	if (!attr)
		return -EMSGSIZE;
	r = nla_data(attr);
	for (vid = nvs_attr_seek_vid(vids, 0, true); vid <= NVSWITCH_VID_MAX;
	     vid = nvs_attr_seek_vid(vids, vid, true)) {
		r->first = vid;
		vid = nvs_attr_seek_vid(vids, vid, false);
		r->last = vid - 1;
		r++;
	}
	return 0;
}

/**
 * nvs_attr_vlan_size() - room that nvs_attr_put_vlan() needs
 * @vlan: the mode
 *
 * Context: any.
 * Return: bytes.
 */
size_t nvs_attr_vlan_size(const struct nvs_vlan *vlan)
{
	return nla_total_size(0) +
	       2 * nla_total_size(sizeof(u8)) +		/* ..._MODE, _TYPE */
	       3 * nla_total_size(sizeof(u16)) +	/* ..._VID, _NATIVE */
	       nla_total_size(nvs_attr_count_ranges(vlan->trunk) *
			      sizeof(struct nvswitch_vlan_range));
}

/**
 * nvs_attr_put_vlan() - put a VLAN mode into a message
 * @skb: message
 * @type: attribute for the nest
 * @vlan: the mode
 *
 * Context: any.
 * Return: 0 or -EMSGSIZE.
 */
int nvs_attr_put_vlan(struct sk_buff *skb, int type,
		      const struct nvs_vlan *vlan)
{
	struct nlattr *nest = nla_nest_start(skb, type);
	bool trunk = vlan->mode == NVSWITCH_VLAN_TRUNK;
	bool private = vlan->mode == NVSWITCH_VLAN_PRIVATE;

	if (!nest || nla_put_u8(skb, NVSWITCH_VLAN_A_MODE, vlan->mode) ||
	    (vlan->vid &&
	     nla_put_u16(skb, NVSWITCH_VLAN_A_VID, vlan->vid)) ||
	    (trunk && nvs_attr_put_ranges(skb, vlan->trunk)) ||
	    (vlan->native &&
	     nla_put_u16(skb, NVSWITCH_VLAN_A_NATIVE, vlan->native)) ||
	    (private && nla_put_u8(skb, NVSWITCH_VLAN_A_TYPE, vlan->type)) ||
	    (vlan->secondary &&
	     nla_put_u16(skb, NVSWITCH_VLAN_A_SECONDARY, vlan->secondary)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nvs_attr_put_mac() - put an address into a message, if there is one
 * @skb: message
 * @type: attribute
 * @mac: the address, or 0
 *
 * Context: any.
 * Return: 0 or -EMSGSIZE.
 */
int nvs_attr_put_mac(struct sk_buff *skb, int type, u64 mac)
{
	u8 addr[ETH_ALEN];

	if (!mac)
		return 0;
	nvs_mac_put(mac, addr);
	return nla_put(skb, type, ETH_ALEN, addr);
}
