// SPDX-License-Identifier: GPL-2.0-only
/* Messages of the kernel, into structures. */
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "decode.h"

void attr_table(const struct nlattr **table, unsigned int max,
		const void *start, size_t length)
{
	memset(table, 0, (max + 1) * sizeof(*table));
	while (length >= sizeof(struct nlattr)) {
		const struct nlattr *attr = start;
		unsigned int type = attr->nla_type & NLA_TYPE_MASK;
		size_t step;

		if (attr->nla_len < sizeof(*attr) || attr->nla_len > length)
			return;
		if (type <= max)
			table[type] = attr;
		step = NLA_ALIGN(attr->nla_len);
		if (step > length)
			return;
		start = (const char *)start + step;
		length -= step;
	}
}

static size_t attr_size(const struct nlattr *attr)
{
	return attr->nla_len - NLA_HDRLEN;
}

static const void *attr_data(const struct nlattr *attr)
{
	return (const char *)attr + NLA_HDRLEN;
}

void attr_nest(const struct nlattr **table, unsigned int max,
	       const struct nlattr *nest)
{
	attr_table(table, max, nest ? attr_data(nest) : NULL,
		   nest ? attr_size(nest) : 0);
}

/* Copies, for what is in a message is aligned to 4 bytes at best. */
static bool copy_attr(const struct nlattr *attr, void *value, size_t size)
{
	if (!attr || attr_size(attr) < size)
		return false;
	memcpy(value, attr_data(attr), size);
	return true;
}

__u8 attr_u8(const struct nlattr *attr, __u8 missing)
{
	__u8 value;

	return copy_attr(attr, &value, sizeof(value)) ? value : missing;
}

__u16 attr_u16(const struct nlattr *attr, __u16 missing)
{
	__u16 value;

	return copy_attr(attr, &value, sizeof(value)) ? value : missing;
}

__u32 attr_u32(const struct nlattr *attr, __u32 missing)
{
	__u32 value;

	return copy_attr(attr, &value, sizeof(value)) ? value : missing;
}

__u64 attr_u64(const struct nlattr *attr, __u64 missing)
{
	__u64 value;

	return copy_attr(attr, &value, sizeof(value)) ? value : missing;
}

bool attr_mac(const struct nlattr *attr, __u8 *mac)
{
	return copy_attr(attr, mac, ETH_ALEN);
}

bool attr_string(const struct nlattr *attr, char *text, size_t size)
{
	size_t length;

	text[0] = 0;
	if (!attr)
		return false;
	length = strnlen(attr_data(attr), attr_size(attr));
	if (length >= size)
		length = size - 1;
	memcpy(text, attr_data(attr), length);
	text[length] = 0;
	return true;
}

/* The attributes behind @header bytes of a message's payload. */
static bool message_table(const struct nlattr **table, unsigned int max,
			  const struct nlmsghdr *n, size_t header)
{
	size_t before = NLMSG_HDRLEN + NLMSG_ALIGN(header);

	if (n->nlmsg_len < before)
		return false;
	attr_table(table, max, (const char *)n + before, n->nlmsg_len - before);
	return true;
}

bool genl_table(const struct nlattr **table, unsigned int max,
		const struct nlmsghdr *n)
{
	return message_table(table, max, n, sizeof(struct genlmsghdr));
}

/* A number of one byte or of four. */
static bool read_number(const struct nlattr *attr, __u32 *value)
{
	if (!attr || !attr_size(attr))
		return false;
	if (attr_size(attr) < sizeof(*value))
		*value = attr_u8(attr, 0);
	else
		*value = attr_u32(attr, 0);
	return true;
}

void decode_policy(const struct nlattr *nest, struct nvsw_policy *policy)
{
	const struct nlattr *table[NVSWITCH_POLICY_MAX + 1];
	unsigned int i;

	memset(policy, 0, sizeof(*policy));
	attr_nest(table, NVSWITCH_POLICY_MAX, nest);
	for (i = 1; i <= NVSWITCH_POLICY_MAX; i++)
		if (read_number(table[i], &policy->value[i]))
			policy->present |= 1U << i;
}

static void decode_ranges(const struct nlattr *attr, struct nvsw_vlan *vlan)
{
	struct nvswitch_vlan_range range;
	size_t at;

	for (at = 0; attr && at + sizeof(range) <= attr_size(attr);
	     at += sizeof(range)) {
		unsigned int vid;

		memcpy(&range, (const char *)attr_data(attr) + at,
		       sizeof(range));
		for (vid = range.first;
		     vid <= range.last && vid <= NVSWITCH_VID_MAX; vid++)
			vlan->trunk[vid / 64] |= 1ULL << (vid % 64);
	}
}

void decode_vlan(const struct nlattr *nest, struct nvsw_vlan *vlan)
{
	const struct nlattr *table[NVSWITCH_VLAN_A_MAX + 1];

	memset(vlan, 0, sizeof(*vlan));
	attr_nest(table, NVSWITCH_VLAN_A_MAX, nest);
	vlan->mode = attr_u8(table[NVSWITCH_VLAN_A_MODE], 0);
	vlan->type = attr_u8(table[NVSWITCH_VLAN_A_TYPE], 0);
	vlan->vid = attr_u16(table[NVSWITCH_VLAN_A_VID], 0);
	vlan->secondary = attr_u16(table[NVSWITCH_VLAN_A_SECONDARY], 0);
	vlan->native = attr_u16(table[NVSWITCH_VLAN_A_NATIVE], 0);
	decode_ranges(table[NVSWITCH_VLAN_A_RANGES], vlan);
}

static __u32 present_of(const struct nlattr **table, unsigned int max)
{
	__u32 present = 0;
	unsigned int i;

	for (i = 0; i <= max; i++)
		if (table[i])
			present |= 1U << i;
	return present;
}

static void decode_switch(const struct nlattr *nest, struct nvsw_switch *sw)
{
	const struct nlattr *table[IFLA_NVSWITCH_MAX + 1];

	attr_nest(table, IFLA_NVSWITCH_MAX, nest);
	sw->present = present_of(table, IFLA_NVSWITCH_MAX);
	decode_policy(table[IFLA_NVSWITCH_POLICY], &sw->policy);
	sw->ageing = attr_u32(table[IFLA_NVSWITCH_AGEING], 0);
	sw->move_hold = attr_u32(table[IFLA_NVSWITCH_MOVE_HOLD], 0);
	sw->table_limit = attr_u32(table[IFLA_NVSWITCH_TABLE_LIMIT], 0);
	sw->remote_limit = attr_u32(table[IFLA_NVSWITCH_REMOTE_LIMIT], 0);
	sw->mac_binding = attr_u8(table[IFLA_NVSWITCH_MAC_BINDING], 0);
	sw->learned = attr_u32(table[IFLA_NVSWITCH_LEARNED], 0);
	sw->remote = attr_u32(table[IFLA_NVSWITCH_REMOTE], 0);
	sw->active_uplink = attr_u32(table[IFLA_NVSWITCH_ACTIVE_UPLINK], 0);
}

static void decode_multicast(const struct nlattr **table,
			     struct nvsw_multicast *multicast)
{
	const struct nlattr *groups = table[IFLA_NVSWITCH_PORT_RX_GROUPS];
	size_t count = groups ? attr_size(groups) / ETH_ALEN : 0;

	if (count > NVSWITCH_RX_GROUPS_MAX)
		count = NVSWITCH_RX_GROUPS_MAX;
	multicast->mode = attr_u8(table[IFLA_NVSWITCH_PORT_RX_MULTICAST], 0);
	multicast->count = count;
	if (count)
		memcpy(multicast->group, attr_data(groups), count * ETH_ALEN);
}

static void decode_port_macs(const struct nlattr **table,
			     struct nvsw_port *port)
{
	attr_mac(table[IFLA_NVSWITCH_PORT_INITIAL_MAC], port->initial_mac);
	attr_mac(table[IFLA_NVSWITCH_PORT_REQUESTED_MAC], port->requested_mac);
	attr_mac(table[IFLA_NVSWITCH_PORT_EFFECTIVE_MAC], port->effective_mac);
	attr_mac(table[IFLA_NVSWITCH_PORT_ADOPTED_MAC], port->adopted_mac);
}

static void decode_port(const struct nlattr *nest, struct nvsw_port *port)
{
	const struct nlattr *table[IFLA_NVSWITCH_PORT_MAX + 1];

	attr_nest(table, IFLA_NVSWITCH_PORT_MAX, nest);
	port->present = present_of(table, IFLA_NVSWITCH_PORT_MAX);
	port->role = attr_u8(table[IFLA_NVSWITCH_PORT_ROLE], 0);
	port->bpdu = attr_u8(table[IFLA_NVSWITCH_PORT_BPDU], 0);
	port->blocked = attr_u8(table[IFLA_NVSWITCH_PORT_BLOCKED], 0);
	port->mac_state = attr_u8(table[IFLA_NVSWITCH_PORT_MAC_STATE], 0);
	port->learned = attr_u32(table[IFLA_NVSWITCH_PORT_LEARNED], 0);
	port->active = attr_u8(table[IFLA_NVSWITCH_PORT_ACTIVE], 0);
	port->initial_mac_source =
		attr_u8(table[IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE], 0);
	port->vlan_level = attr_u8(table[IFLA_NVSWITCH_PORT_VLAN_LEVEL], 0);
	port->activation = attr_u8(table[IFLA_NVSWITCH_PORT_ACTIVATION], 0);
	port->activated = attr_u8(table[IFLA_NVSWITCH_PORT_ACTIVATED], 0);
	port->rx_promisc = attr_u8(table[IFLA_NVSWITCH_PORT_RX_PROMISC], 0);
	port->allowed = attr_u32(table[IFLA_NVSWITCH_PORT_ALLOWED], 0);
	attr_string(table[IFLA_NVSWITCH_PORT_GROUP], port->group,
		    sizeof(port->group));
	decode_policy(table[IFLA_NVSWITCH_PORT_POLICY], &port->policy);
	decode_policy(table[IFLA_NVSWITCH_PORT_RESOLVED], &port->resolved);
	decode_policy(table[IFLA_NVSWITCH_PORT_LEVEL], &port->level);
	decode_vlan(table[IFLA_NVSWITCH_PORT_VLAN], &port->vlan);
	decode_vlan(table[IFLA_NVSWITCH_PORT_VLAN_RESOLVED],
		    &port->vlan_resolved);
	decode_multicast(table, &port->rx_multicast);
	decode_port_macs(table, port);
}

static bool is_string(const struct nlattr *attr, const char *wanted)
{
	char text[IFNAMSIZ];

	return attr_string(attr, text, sizeof(text)) && !strcmp(text, wanted);
}

static void decode_kind(const struct nlattr *linkinfo, struct nvsw_link *link)
{
	const struct nlattr *table[IFLA_INFO_MAX + 1];

	attr_nest(table, IFLA_INFO_MAX, linkinfo);
	attr_string(table[IFLA_INFO_KIND], link->device_kind,
		    sizeof(link->device_kind));
	if (is_string(table[IFLA_INFO_KIND], "nvswitch")) {
		link->kind = LINK_SWITCH;
		decode_switch(table[IFLA_INFO_DATA], &link->sw);
	} else if (is_string(table[IFLA_INFO_SLAVE_KIND], "nvswitch")) {
		link->kind = LINK_PORT;
		decode_port(table[IFLA_INFO_SLAVE_DATA], &link->port);
	}
}

bool decode_link(const struct nlmsghdr *n, struct nvsw_link *link)
{
	const struct nlattr *table[IFLA_MAX + 1];
	struct ifinfomsg info;

	memset(link, 0, sizeof(*link));
	if (n->nlmsg_type != RTM_NEWLINK ||
	    !message_table(table, IFLA_MAX, n, sizeof(info)))
		return false;
	memcpy(&info, (const char *)n + NLMSG_HDRLEN, sizeof(info));
	link->ifindex = info.ifi_index;
	link->flags = info.ifi_flags;
	link->master = attr_u32(table[IFLA_MASTER], 0);
	link->operstate = attr_u8(table[IFLA_OPERSTATE], 0);
	link->mtu = attr_u32(table[IFLA_MTU], 0);
	link->has_mac = attr_mac(table[IFLA_ADDRESS], link->mac);
	attr_string(table[IFLA_IFNAME], link->name, sizeof(link->name));
	decode_kind(table[IFLA_LINKINFO], link);
	return link->ifindex > 0;
}

bool decode_group(const struct nlmsghdr *n, struct nvsw_group *group)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];

	memset(group, 0, sizeof(*group));
	if (!genl_table(table, NVSWITCH_A_MAX, n))
		return false;
	group->ifindex = attr_u32(table[NVSWITCH_A_SWITCH], 0);
	group->ports = attr_u32(table[NVSWITCH_A_PORTS], 0);
	attr_string(table[NVSWITCH_A_GROUP], group->name, sizeof(group->name));
	decode_policy(table[NVSWITCH_A_POLICY], &group->policy);
	decode_vlan(table[NVSWITCH_A_VLAN], &group->vlan);
	return group->name[0];
}

bool decode_fdb(const struct nlmsghdr *n, struct nvsw_fdb *fdb)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];

	memset(fdb, 0, sizeof(*fdb));
	if (!genl_table(table, NVSWITCH_A_MAX, n))
		return false;
	fdb->ifindex = attr_u32(table[NVSWITCH_A_SWITCH], 0);
	fdb->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	fdb->vid = -1;
	if (table[NVSWITCH_A_VID])
		fdb->vid = attr_u16(table[NVSWITCH_A_VID], 0);
	fdb->kind = attr_u8(table[NVSWITCH_A_KIND], 0);
	fdb->trial = table[NVSWITCH_A_TRIAL];
	fdb->age = -1;
	if (table[NVSWITCH_A_AGE])
		fdb->age = attr_u64(table[NVSWITCH_A_AGE], 0);
	return attr_mac(table[NVSWITCH_A_MAC], fdb->mac);
}

bool decode_allow(const struct nlmsghdr *n, struct nvsw_allow *allow)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];

	memset(allow, 0, sizeof(*allow));
	if (!genl_table(table, NVSWITCH_A_MAX, n))
		return false;
	allow->ifindex = attr_u32(table[NVSWITCH_A_SWITCH], 0);
	allow->port = attr_u32(table[NVSWITCH_A_PORT], 0);
	allow->bits = attr_u8(table[NVSWITCH_A_BITS], NVSWITCH_ALLOW_BITS_MAX);
	return attr_mac(table[NVSWITCH_A_MAC], allow->mac);
}
