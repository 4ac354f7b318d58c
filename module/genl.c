// SPDX-License-Identifier: GPL-2.0-only
/* Generic netlink: the family, and what its commands have in common. */

#include "genl.h"

#include <linux/jhash.h>
#include <linux/sizes.h>
#include <net/sock.h>

#include "attr.h"
#include "compat/compat.h"

/*
 * Every command has a policy of its own: what it has no use for is refused.
 * All of them need CAP_NET_ADMIN in the namespace, and hold RTNL.
 */

#define NVS_IFINDEX	NLA_POLICY_MIN(NLA_S32, 1)
#define NVS_STATION	NLA_POLICY_EXACT_LEN(ETH_ALEN)
#define NVS_NAME_ATTR	{ .type = NLA_NUL_STRING, \
			  .len = NVSWITCH_GROUP_NAME_MAX }
#define NVS_TABLE_VID	NLA_POLICY_MAX(NLA_U16, NVSWITCH_VID_MAX)
#define NVS_KIND	NLA_POLICY_RANGE(NLA_U8, NVSWITCH_FDB_LOCAL, \
					 NVSWITCH_FDB_REMOTE)

static struct netlink_range_validation nvs_length_range = {
	.min = ETH_HLEN,
	.max = U16_MAX,
};

static const struct nla_policy nvs_group_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_GROUP] = NVS_NAME_ATTR,
	[NVSWITCH_A_POLICY] = NLA_POLICY_NESTED(nvs_attr_policy),
	[NVSWITCH_A_NESTED] = { .type = NLA_FLAG },
	[NVSWITCH_A_VLAN] = NLA_POLICY_NESTED(nvs_attr_vlan),
};

static const struct nla_policy nvs_group_set_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_GROUP] = NVS_NAME_ATTR,
	[NVSWITCH_A_NEW_NAME] = NVS_NAME_ATTR,
	[NVSWITCH_A_POLICY] = NLA_POLICY_NESTED(nvs_attr_policy),
	[NVSWITCH_A_NESTED] = { .type = NLA_FLAG },
	[NVSWITCH_A_VLAN] = NLA_POLICY_NESTED(nvs_attr_vlan),
};

static const struct nla_policy nvs_group_del_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_GROUP] = NVS_NAME_ATTR,
	[NVSWITCH_A_FORCE] = { .type = NLA_FLAG },
};

static const struct nla_policy nvs_group_get_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_GROUP] = NVS_NAME_ATTR,
};

static const struct nla_policy nvs_port_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
	[NVSWITCH_A_SETTINGS] = NLA_POLICY_NESTED(nvs_attr_port),
};

static const struct nla_policy nvs_port_set_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
	[NVSWITCH_A_SETTINGS] = NLA_POLICY_NESTED(nvs_attr_port),
	[NVSWITCH_A_WHILE_OPEN] = { .type = NLA_FLAG },
};

static const struct nla_policy nvs_allow_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
	[NVSWITCH_A_MAC] = NVS_STATION,
	[NVSWITCH_A_BITS] = NLA_POLICY_RANGE(NLA_U8, NVSWITCH_ALLOW_BITS_MIN,
					     NVSWITCH_ALLOW_BITS_MAX),
};

static const struct nla_policy nvs_place_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
};

static const struct nla_policy nvs_select_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
	[NVSWITCH_A_VID] = NVS_TABLE_VID,
	[NVSWITCH_A_KIND] = NVS_KIND,
};

static const struct nla_policy nvs_entry_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_MAC] = NVS_STATION,
	[NVSWITCH_A_VID] = NVS_TABLE_VID,
};

static const struct nla_policy nvs_entries_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_ENTRY] = NLA_POLICY_NESTED(nvs_entry_attrs),
};

static const struct nla_policy nvs_import_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
	[NVSWITCH_A_ENTRIES] = NLA_POLICY_NESTED(nvs_entries_attrs),
};

static const struct nla_policy nvs_explain_attrs[NVSWITCH_A_MAX + 1] = {
	[NVSWITCH_A_SWITCH] = NVS_IFINDEX,
	[NVSWITCH_A_PORT] = NVS_IFINDEX,
	[NVSWITCH_A_VID] = NVS_TABLE_VID,
	[NVSWITCH_A_SRC] = NVS_STATION,
	[NVSWITCH_A_DST] = NVS_STATION,
	[NVSWITCH_A_TAG2] = { .type = NLA_U16 },
	[NVSWITCH_A_LENGTH] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &nvs_length_range),
};

/* What a command does, and the attributes that it cannot do without. */
static const struct {
	int (*run)(struct genl_info *info);
	u8 needs[4];
} nvs_genl_commands[] = {
	[NVSWITCH_CMD_GROUP_NEW] = {
		nvs_genl_group_new, { NVSWITCH_A_SWITCH, NVSWITCH_A_GROUP } },
	[NVSWITCH_CMD_GROUP_SET] = {
		nvs_genl_group_set, { NVSWITCH_A_SWITCH, NVSWITCH_A_GROUP } },
	[NVSWITCH_CMD_GROUP_DEL] = {
		nvs_genl_group_del, { NVSWITCH_A_SWITCH, NVSWITCH_A_GROUP } },
	[NVSWITCH_CMD_GROUP_GET] = {
		nvs_genl_group_get, { NVSWITCH_A_SWITCH, NVSWITCH_A_GROUP } },
	[NVSWITCH_CMD_PORT_ATTACH] = {
		nvs_genl_port_attach, { NVSWITCH_A_SWITCH, NVSWITCH_A_PORT } },
	[NVSWITCH_CMD_PORT_SET] = {
		nvs_genl_port_set, { NVSWITCH_A_PORT, NVSWITCH_A_SETTINGS } },
	[NVSWITCH_CMD_ALLOW_ADD] = {
		nvs_genl_allow_add, { NVSWITCH_A_PORT, NVSWITCH_A_MAC } },
	[NVSWITCH_CMD_ALLOW_DEL] = {
		nvs_genl_allow_del, { NVSWITCH_A_PORT, NVSWITCH_A_MAC } },
	[NVSWITCH_CMD_FDB_IMPORT] = {
		nvs_genl_fdb_import, { NVSWITCH_A_PORT, NVSWITCH_A_ENTRIES } },
	[NVSWITCH_CMD_FDB_FLUSH] = {
		nvs_genl_fdb_flush, { NVSWITCH_A_SWITCH } },
	[NVSWITCH_CMD_FDB_ANNOUNCE] = {
		nvs_genl_fdb_announce, { NVSWITCH_A_SWITCH } },
	[NVSWITCH_CMD_STATS_GET] = {
		nvs_genl_stats_get, { } },
	[NVSWITCH_CMD_EXPLAIN] = {
		nvs_genl_explain, { NVSWITCH_A_SWITCH, NVSWITCH_A_SRC,
				    NVSWITCH_A_DST } },
};

static int nvs_genl_doit(struct sk_buff *skb, struct genl_info *info)
{
	u8 cmd = info->genlhdr->cmd;
	const u8 *needs = nvs_genl_commands[cmd].needs;
	int i, err;

	for (i = 0; i < ARRAY_SIZE(nvs_genl_commands[cmd].needs); i++)
		if (needs[i] && GENL_REQ_ATTR_CHECK(info, needs[i])) {
			NL_SET_ERR_MSG(info->extack,
				       "An attribute that the command needs is missing");
			return -EINVAL;
		}
	info->user_ptr[0] = NETLINK_CB(skb).sk;
	rtnl_lock();
	err = nvs_genl_commands[cmd].run(info);
	rtnl_unlock();
	return err;
}

/* A group with every second VLAN is larger than most readers expect. */
static int nvs_genl_group_start(struct netlink_callback *cb)
{
	cb->min_dump_alloc = SZ_16K;
	return 0;
}

#define NVS_DO(_cmd, _policy)			\
	{					\
		.cmd = NVSWITCH_CMD_##_cmd,	\
		.flags = GENL_UNS_ADMIN_PERM,	\
		.doit = nvs_genl_doit,		\
		.policy = _policy,		\
		.maxattr = NVSWITCH_A_MAX,	\
	}

#define NVS_DUMP(_cmd, _policy, _doit, _start, _dumpit)	\
	{					\
		.cmd = NVSWITCH_CMD_##_cmd,	\
		.flags = GENL_UNS_ADMIN_PERM,	\
		.doit = _doit,			\
		.start = _start,		\
		.dumpit = _dumpit,		\
		.policy = _policy,		\
		.maxattr = NVSWITCH_A_MAX,	\
	}

static const struct genl_ops nvs_genl_ops[] = {
	NVS_DO(GROUP_NEW, nvs_group_attrs),
	NVS_DO(GROUP_SET, nvs_group_set_attrs),
	NVS_DO(GROUP_DEL, nvs_group_del_attrs),
	NVS_DUMP(GROUP_GET, nvs_group_get_attrs, nvs_genl_doit,
		 nvs_genl_group_start, nvs_genl_group_dump),
	NVS_DO(PORT_ATTACH, nvs_port_attrs),
	NVS_DO(PORT_SET, nvs_port_set_attrs),
	NVS_DO(ALLOW_ADD, nvs_allow_attrs),
	NVS_DO(ALLOW_DEL, nvs_allow_attrs),
	NVS_DUMP(ALLOW_GET, nvs_place_attrs, NULL, NULL, nvs_genl_allow_dump),
	NVS_DUMP(FDB_GET, nvs_select_attrs, NULL, NULL, nvs_genl_fdb_dump),
	NVS_DO(FDB_IMPORT, nvs_import_attrs),
	NVS_DO(FDB_FLUSH, nvs_select_attrs),
	NVS_DO(FDB_ANNOUNCE, nvs_place_attrs),
	NVS_DUMP(STATS_GET, nvs_place_attrs, nvs_genl_doit, NULL,
		 nvs_genl_stats_dump),
	NVS_DO(EXPLAIN, nvs_explain_attrs),
};

static const struct genl_multicast_group nvs_genl_groups[] = {
	{ .name = NVSWITCH_GENL_EVENTS, .flags = GENL_MCAST_CAP_NET_ADMIN },
};

struct genl_family nvs_genl_family __ro_after_init = {
	.name = NVSWITCH_GENL_NAME,
	.version = NVSWITCH_GENL_VERSION,
	.module = THIS_MODULE,
	.netnsok = true,
	.parallel_ops = true,
	.ops = nvs_genl_ops,
	.n_ops = ARRAY_SIZE(nvs_genl_ops),
	.resv_start_op = NVSWITCH_CMD_UNSPEC + 1,
	.mcgrps = nvs_genl_groups,
	.n_mcgrps = ARRAY_SIZE(nvs_genl_groups),
};

/**
 * nvs_genl_switch() - the switch that an attribute names
 * @net: namespace
 * @attr: its ifindex
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: the switch, or an ERR_PTR(-ENODEV).
 */
struct nvs_switch *nvs_genl_switch(struct net *net, struct nlattr *attr,
				   struct netlink_ext_ack *extack)
{
	struct net_device *dev = __dev_get_by_index(net, nla_get_u32(attr));

	if (dev && nvs_is_switch(dev))
		return netdev_priv(dev);
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "There is no such switch: ip link show type nvswitch lists them");
	return ERR_PTR(-ENODEV);
}

/**
 * nvs_genl_port() - the port that an attribute names
 * @net: namespace
 * @attr: its ifindex; a switch's is its host port
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: the port, or an ERR_PTR(-ENODEV).
 */
struct nvs_port *nvs_genl_port(struct net *net, struct nlattr *attr,
			       struct netlink_ext_ack *extack)
{
	struct net_device *dev = __dev_get_by_index(net, nla_get_u32(attr));
	struct nvs_port *port = dev ? nvs_port_get_rtnl(dev) : NULL;

	if (dev && nvs_is_switch(dev))
		port = &((struct nvs_switch *)netdev_priv(dev))->host;
	if (port)
		return port;
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "The device is not a port of an nvswitch: attach it first");
	return ERR_PTR(-ENODEV);
}

/**
 * nvs_genl_sender() - whose command it is
 * @info: command
 *
 * Context: any.
 * Return: the socket, open as long as the command runs.
 */
struct sock *nvs_genl_sender(const struct genl_info *info)
{
	return info->user_ptr[0];
}

/**
 * nvs_genl_put() - begin a message of a dump
 * @skb: message
 * @cb: the dump
 * @cmd: enum nvswitch_cmd
 *
 * Context: a dump.
 * Return: for genlmsg_end() or genlmsg_cancel(); NULL without room.
 */
void *nvs_genl_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	void *head;

	head = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			   &nvs_genl_family, NLM_F_MULTI, cmd);
	if (head)
		genl_dump_check_consistent(cb, head);
	return head;
}

/* The only switch that a dump is about; NULL: all of them. */
static struct nvs_switch *nvs_genl_only(struct netlink_callback *cb)
{
	struct nlattr **attrs = nvs_compat_dump_attrs(cb);
	struct net *net = sock_net(cb->skb->sk);
	struct nvs_switch *sw = NULL;
	struct nvs_port *port;

	if (attrs[NVSWITCH_A_SWITCH])
		sw = nvs_genl_switch(net, attrs[NVSWITCH_A_SWITCH],
				     cb->extack);
	if (IS_ERR(sw) || !attrs[NVSWITCH_A_PORT])
		return sw;
	port = nvs_genl_port(net, attrs[NVSWITCH_A_PORT], cb->extack);
	if (IS_ERR(port))
		return ERR_CAST(port);
	if (sw && port->sw != sw) {
		NL_SET_ERR_MSG_ATTR(cb->extack, attrs[NVSWITCH_A_PORT],
				    "The device is a port of another switch: name that one");
		return ERR_PTR(-EINVAL);
	}
	return port->sw;
}

static unsigned int nvs_genl_seq(struct netlink_callback *cb,
				 const struct nvs_switch *only)
{
	struct net *net = sock_net(cb->skb->sk);
	unsigned int seq = net->dev_base_seq;
	const struct nvs_switch *sw;
	struct net_device *dev;

	for_each_netdev(net, dev) {
		sw = netdev_priv(dev);
		if (nvs_is_switch(dev) && (!only || only == sw))
			seq = jhash_3words(seq, dev->ifindex, sw->changes,
					   READ_ONCE(sw->fdb.generation));
	}
	return seq ?: 1;
}

static int nvs_genl_dump_all(struct sk_buff *skb, struct netlink_callback *cb,
			     const struct nvs_switch *only,
			     nvs_genl_fill_t fill)
{
	struct net *net = sock_net(cb->skb->sk);
	struct net_device *dev;
	int err, index = 0;

	for_each_netdev(net, dev) {
		if (!nvs_is_switch(dev) || (only && only != netdev_priv(dev)) ||
		    index++ < cb->args[0])
			continue;
		err = fill(skb, cb, netdev_priv(dev), &cb->args[1]);
		if (err)
			return err;
		cb->args[0] = index;
		cb->args[1] = 0;
	}
	return 0;
}

/**
 * nvs_genl_dump() - dump what there is of one switch, or of all
 * @skb: message
 * @cb: the dump; its request may name a switch or a port
 * @fill: puts as much as there is room for, and returns -EMSGSIZE if there is
 *	more
 *
 * If what is dumped changes its order meanwhile, the dump is marked
 * NLM_F_DUMP_INTR.
 *
 * Context: process; takes RTNL.
 * Return: as a dumpit callback.
 */
int nvs_genl_dump(struct sk_buff *skb, struct netlink_callback *cb,
		  nvs_genl_fill_t fill)
{
	struct nvs_switch *only;
	int err;

	rtnl_lock();
	only = nvs_genl_only(cb);
	if (IS_ERR(only)) {
		err = PTR_ERR(only);
	} else {
		cb->seq = nvs_genl_seq(cb, only);
		/* Also if nothing of what has been looked at was put. */
		if (!cb->prev_seq)
			cb->prev_seq = cb->seq;
		err = nvs_genl_dump_all(skb, cb, only, fill);
		cb->seq = nvs_genl_seq(cb, only);
	}
	rtnl_unlock();
	if (err && !(err == -EMSGSIZE && skb->len))
		return err;
	return skb->len;
}

/**
 * nvs_genl_init() - register the family
 *
 * Context: module initialization.
 * Return: 0 or -errno.
 */
int __init nvs_genl_init(void)
{
	return genl_register_family(&nvs_genl_family);
}

/**
 * nvs_genl_exit() - unregister the family
 *
 * Context: module exit, when no switch is left that could send events.
 */
void nvs_genl_exit(void)
{
	genl_unregister_family(&nvs_genl_family);
}
