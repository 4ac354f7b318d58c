// SPDX-License-Identifier: GPL-2.0-only

void publish(struct nvs_switch *sw, struct nvs_private_rcu *new)
{
	struct nvs_private_rcu *old = rtnl_dereference(sw->vlans.private);

	rcu_assign_pointer(sw->vlans.private, new);
	if (old)
		kvfree(old);				/* reported */
}

void publish_well(struct nvs_switch *sw, struct nvs_private_rcu *new)
{
	struct nvs_private_rcu *old = rtnl_dereference(sw->vlans.private);

	rcu_assign_pointer(sw->vlans.private, new);
	if (old)
		kvfree_rcu(old, rcu);
}

void detach(struct nvs_port *port)
{
	list_del_rcu(&port->node);
	kfree(port);					/* reported */
}

void detach_well(struct nvs_port *port)
{
	list_del_rcu(&port->node);
	synchronize_net();
	kfree(port);
}

void detach_and_commit(struct nvs_port *port)
{
	list_del_rcu(&port->node);
	nvs_commit(port->sw);
	kfree(port);
}

void put(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	nvs_table_remove(nvs_fdb_table(fdb), &e->element);
	kmem_cache_free(nvs_fdb_cache, e);		/* reported */
}

void put_well(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	nvs_table_remove(nvs_fdb_table(fdb), &e->element);
	call_rcu(&e->rcu, nvs_fdb_free_rcu);
}

void grow(struct nvs_fdb *fdb, struct nvs_table *old, struct nvs_table *new)
{
	rcu_assign_pointer(fdb->table, new);
	if (old->mask)
		synchronize_rcu();
	nvs_table_free(old);				/* reported */
}
