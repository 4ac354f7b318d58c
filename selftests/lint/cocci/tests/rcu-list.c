// SPDX-License-Identifier: GPL-2.0-only

void attach(struct nvs_switch *sw, struct nvs_port *port)
{
	list_add_tail_rcu(&port->node, &sw->ports);
	list_add_tail(&port->node, &sw->ports);		/* reported */
	list_add(&port->wide_node, &sw->vlans.wide);	/* reported */
}

void detach(struct nvs_port *port, struct list_head *node)
{
	list_del_rcu(&port->node);
	list_del(&port->flood_node);			/* reported */
	list_del_init(node);				/* reported */
}

void shown(struct nvs_fdb_entry *e, struct nvs_port *port)
{
	list_add_tail(&e->dynamic_node, &port->dynamic);
	list_move_tail(&e->fixed_node, &port->fixed);
	list_del(&e->dynamic_node);
}

void dissolve(struct nvs_group *group)
{
	list_del(&group->node);
}

void leave(struct nvs_member *member)
{
	list_del(&member->node);			/* reported */
}

void insert(struct nvs_table *t, struct nvs_element *e)
{
	hlist_add_head_rcu(&e->node[t->version], nvs_table_bucket(t, e->key));
	hlist_add_head(&e->node[t->version], bucket);	/* reported */
	hlist_del(&e->node[t->version]);		/* reported */
}
