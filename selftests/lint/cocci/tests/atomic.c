// SPDX-License-Identifier: GPL-2.0-only

void own(struct nvs_fdb *fdb)
{
	struct nvs_fdb_entry *e;

	e = nvs_fdb_alloc(1, 0, GFP_KERNEL);
	spin_lock_bh(&fdb->lock);
	e->trial = kzalloc(sizeof(*e->trial), GFP_KERNEL);	/* reported */
	e->trial = kzalloc(sizeof(*e->trial), GFP_ATOMIC);
	spin_unlock_bh(&fdb->lock);
	e = nvs_fdb_alloc(1, 0, GFP_KERNEL_ACCOUNT);
}

int look(struct nvs_fdb *fdb)
{
	rcu_read_lock();
	if (nvs_fdb_find(fdb, 1, 0)) {
		rcu_read_unlock();
		synchronize_net();
		return 0;
	}
	cond_resched();						/* reported */
	rcu_read_unlock();
	cond_resched();
	return 1;
}

void fill(struct nvs_fdb *fdb)
{
	int i;

	for (i = 0; i < 64; i++) {
		spin_lock_bh(&fdb->lock);
		fdb->copied++;
		spin_unlock_bh(&fdb->lock);
		cond_resched();
	}
}

void sync(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	nvs_commit(netdev_priv(dev));				/* reported */
	netif_addr_unlock_bh(dev);
	nvs_commit(netdev_priv(dev));
}
