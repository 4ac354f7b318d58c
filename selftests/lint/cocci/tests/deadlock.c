// SPDX-License-Identifier: GPL-2.0-only

int settle(struct nvs_port *port, u64 mac)
{
	struct nvs_fdb *fdb = &port->sw->fdb;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	if (port->adopted)
		err = nvs_fdb_own(port, mac, 1, GFP_ATOMIC);	/* reported */
	spin_unlock_bh(&fdb->lock);
	if (!err)
		err = nvs_fdb_own(port, mac, 1, GFP_ATOMIC);
	return err;
}

void refresh(struct nvs_fdb *fdb, struct nvs_port *port)
{
	spin_lock_bh(&fdb->lock);
	spin_lock_bh(&fdb->lock);			/* reported */
	nvs_fdb_drop_adopted(port);
	spin_unlock_bh(&fdb->lock);
}
