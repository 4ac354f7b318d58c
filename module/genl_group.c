// SPDX-License-Identifier: GPL-2.0-only
/* Generic netlink: port groups. */

#include "attr.h"
#include "compat/compat.h"
#include "core/policy.h"
#include "genl.h"

static int nvs_genl_parse_group(struct genl_info *info,
				struct nvs_group_settings *s)
{
	struct nlattr **attrs = info->attrs;
	int err = 0;

	if (attrs[NVSWITCH_A_NESTED])
		s->policy = nvs_policy_preset_nested(s->policy);
	if (attrs[NVSWITCH_A_POLICY])
		err = nvs_attr_parse_policy(attrs[NVSWITCH_A_POLICY], true,
					    &s->policy, info->extack);
	if (!err && attrs[NVSWITCH_A_VLAN])
		err = nvs_attr_parse_vlan(attrs[NVSWITCH_A_VLAN], &s->vlan,
					  info->extack);
	return err;
}

/**
 * nvs_genl_group_new() - NVSWITCH_CMD_GROUP_NEW
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_group_new(struct genl_info *info)
{
	struct nvs_group_settings s = { .policy = nvs_policy_inherit };
	struct nvs_switch *sw;
	int err;

	sw = nvs_genl_switch(genl_info_net(info),
			     info->attrs[NVSWITCH_A_SWITCH], info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	s.name = nla_data(info->attrs[NVSWITCH_A_GROUP]);
	err = nvs_genl_parse_group(info, &s);
	return err ?: nvs_group_create(sw, &s, info->extack);
}

static struct nvs_group *nvs_genl_group(struct genl_info *info,
					struct nvs_switch **sw)
{
	struct nlattr *attr = info->attrs[NVSWITCH_A_GROUP];
	struct nvs_group *group;

	*sw = nvs_genl_switch(genl_info_net(info),
			      info->attrs[NVSWITCH_A_SWITCH], info->extack);
	if (IS_ERR(*sw))
		return ERR_CAST(*sw);
	group = nvs_group_find(*sw, nla_data(attr));
	if (group)
		return group;
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "The switch has no port group of that name: nvsw group show SWITCH lists them");
	return ERR_PTR(-ENOENT);
}

/**
 * nvs_genl_group_set() - NVSWITCH_CMD_GROUP_SET
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_group_set(struct genl_info *info)
{
	struct nvs_group_settings s;
	struct nvs_group *group;
	struct nvs_switch *sw;
	int err;

	group = nvs_genl_group(info, &sw);
	if (IS_ERR(group))
		return PTR_ERR(group);
	s = (struct nvs_group_settings){
		.name = group->name,
		.policy = group->policy,
		.vlan = group->vlan,
	};
	if (info->attrs[NVSWITCH_A_NEW_NAME])
		s.name = nla_data(info->attrs[NVSWITCH_A_NEW_NAME]);
	err = nvs_genl_parse_group(info, &s);
	return err ?: nvs_group_set(sw, group, &s, info->extack);
}

/**
 * nvs_genl_group_del() - NVSWITCH_CMD_GROUP_DEL
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_group_del(struct genl_info *info)
{
	struct nvs_group *group;
	struct nvs_switch *sw;

	group = nvs_genl_group(info, &sw);
	if (IS_ERR(group))
		return PTR_ERR(group);
	return nvs_group_delete(sw, group, info->attrs[NVSWITCH_A_FORCE],
				info->extack);
}

static int nvs_genl_put_group(struct sk_buff *skb, const struct nvs_switch *sw,
			      const struct nvs_group *group)
{
	if (nla_put_u32(skb, NVSWITCH_A_SWITCH, sw->dev->ifindex) ||
	    nla_put_string(skb, NVSWITCH_A_GROUP, group->name) ||
	    nvs_attr_put_policy(skb, NVSWITCH_A_POLICY, group->policy) ||
	    nvs_attr_put_vlan(skb, NVSWITCH_A_VLAN, &group->vlan) ||
	    nla_put_u32(skb, NVSWITCH_A_PORTS, group->ports))
		return -EMSGSIZE;
	return 0;
}

/**
 * nvs_genl_group_get() - NVSWITCH_CMD_GROUP_GET
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_group_get(struct genl_info *info)
{
	struct nvs_group *group;
	struct nvs_switch *sw;
	struct sk_buff *skb;
	void *head;

	group = nvs_genl_group(info, &sw);
	if (IS_ERR(group))
		return PTR_ERR(group);
	skb = genlmsg_new(NVS_GENL_REPLY + nvs_attr_vlan_size(&group->vlan),
			  GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	head = genlmsg_put_reply(skb, info, &nvs_genl_family, 0,
				 NVSWITCH_CMD_GROUP_GET);
	if (!head || nvs_genl_put_group(skb, sw, group)) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return genlmsg_reply(skb, info);
}

static int nvs_genl_fill_groups(struct sk_buff *skb,
				struct netlink_callback *cb,
				struct nvs_switch *sw, long *pos)
{
	struct nvs_group *group;
	long index = 0;
	void *head;

	list_for_each_entry(group, &sw->groups, node) {
		if (index++ < *pos)
			continue;
		head = nvs_genl_put(skb, cb, NVSWITCH_CMD_GROUP_GET);
		if (!head)
			return -EMSGSIZE;
		if (nvs_genl_put_group(skb, sw, group)) {
			genlmsg_cancel(skb, head);
			return -EMSGSIZE;
		}
		genlmsg_end(skb, head);
		*pos = index;
	}
	return 0;
}

/**
 * nvs_genl_group_dump() - NVSWITCH_CMD_GROUP_GET, dump
 * @skb: message
 * @cb: the dump
 *
 * Context: process.
 * Return: as a dumpit callback.
 */
int nvs_genl_group_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *name = nvs_compat_dump_attrs(cb)[NVSWITCH_A_GROUP];

	if (name) {
		NL_SET_ERR_MSG_ATTR(cb->extack, name,
				    "A dump is about all port groups: ask for one of them without dumping");
		return -EINVAL;
	}
	return nvs_genl_dump(skb, cb, nvs_genl_fill_groups);
}
