// SPDX-License-Identifier: GPL-2.0-only

int check(struct net_device *dev, struct netlink_ext_ack *extack)
{
	if (dev->flags & IFF_LOOPBACK)
		return -EINVAL;				/* reported */
	if (!dev->ifindex) {
		NL_SET_ERR_MSG(extack, "The device has no number");
		return -EINVAL;
	}
	return 0;
}

int make(struct net_device *dev, struct netlink_ext_ack *extack)
{
	if (!kzalloc(1, GFP_KERNEL))
		return -ENOMEM;
	return check(dev, extack);
}

int run(struct genl_info *info)
{
	if (!info->attrs[1])
		return -EINVAL;				/* reported */
	if (!info->attrs[2]) {
		NL_SET_ERR_MSG(info->extack, "An attribute is missing");
		return -EINVAL;
	}
	return 0;
}
