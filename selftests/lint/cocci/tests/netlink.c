// SPDX-License-Identifier: GPL-2.0-only

int put(struct sk_buff *skb, struct netlink_callback *cb)
{
	void *head;

	head = nvs_genl_put(skb, cb, 1);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(skb, 1, 1))
		return -EMSGSIZE;			/* reported */
	genlmsg_end(skb, head);
	return 0;
}

int put_well(struct sk_buff *skb, struct netlink_callback *cb)
{
	void *head = nvs_genl_put(skb, cb, 1);

	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(skb, 1, 1)) {
		genlmsg_cancel(skb, head);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return 0;
}

int reply(struct sk_buff *skb, struct genl_info *info)
{
	void *head;

	head = genlmsg_put_reply(skb, info, &nvs_genl_family, 0, 1);
	if (!head || nla_put_u32(skb, 1, 1)) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return genlmsg_reply(skb, info);
}

int nest(struct sk_buff *skb)
{
	struct nlattr *n;

	n = nla_nest_start(skb, 1);
	if (!n || nla_put_u32(skb, 1, 1))
		return -EMSGSIZE;
	return 0;					/* reported */
}

int nest_well(struct sk_buff *skb)
{
	struct nlattr *n = nla_nest_start(skb, 1);

	if (!n || nla_put_u32(skb, 1, 1))
		return -EMSGSIZE;
	nla_nest_end(skb, n);
	return 0;
}

int put_at_once(struct sk_buff *skb, struct netlink_callback *cb)
{
	void *head = nvs_genl_put(skb, cb, 1);

	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(skb, 1, 1))
		return -EMSGSIZE;			/* reported */
	genlmsg_end(skb, head);
	return 0;
}

int nest_at_once(struct sk_buff *skb)
{
	struct nlattr *n = nla_nest_start(skb, 1);

	if (!n || nla_put_u32(skb, 1, 1))
		return -EMSGSIZE;
	return 0;					/* reported */
}
