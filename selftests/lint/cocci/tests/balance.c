// SPDX-License-Identifier: GPL-2.0-only

int find(struct nvs_fdb *fdb)
{
	rcu_read_lock();
	if (!nvs_fdb_find(fdb, 1, 0))
		return -ENOENT;				/* reported */
	rcu_read_unlock();
	return 0;
}

int find_well(struct nvs_fdb *fdb)
{
	int err = 0;

	rcu_read_lock();
	if (!nvs_fdb_find(fdb, 1, 0))
		err = -ENOENT;
	rcu_read_unlock();
	return err;
}

int run(struct genl_info *info)
{
	rtnl_lock();
	if (!info->attrs)
		return -EINVAL;				/* reported */
	rtnl_unlock();
	return 0;
}

int judge(struct nvs_fdb *fdb)
{
	spin_lock_bh(&fdb->lock);
	if (fdb->dirty)
		return 1;				/* reported */
	spin_unlock_bh(&fdb->lock);
	return 0;
}

int look_up(struct net *net)
{
	struct net_device *dev;

	dev = dev_get_by_index(net, 1);
	if (!dev)
		return -ENODEV;
	if (!nvs_is_switch(dev))
		return -EINVAL;				/* reported */
	dev_put(dev);
	return 0;
}

int look_up_at_once(struct net *net)
{
	struct net_device *dev = dev_get_by_index(net, 1);

	if (!dev)
		return -ENODEV;
	return 0;					/* reported */
}
