// SPDX-License-Identifier: GPL-2.0-only
/* For the linter "context": the functions that are "reported" are, no other. */

/**
 * a() - reported
 * @port: the port
 *
 * Context: RTNL.
 */
void a(struct nvs_port *port)
{
	use(rcu_dereference(port->snap));
}

/**
 * b() - says so
 * @port: the port
 *
 * Context: RCU read-side critical section.
 */
void b(struct nvs_port *port)
{
	use(rcu_dereference(port->snap));
}

/**
 * c() - sees to it
 * @port: the port
 *
 * Context: any.
 */
void c(struct nvs_port *port)
{
	rcu_read_lock();
	use(rcu_dereference(port->snap));
	rcu_read_unlock();
}

/**
 * d() - reported
 * @sw: switch
 *
 * Context: any.
 * Return: 0.
 */
int d(struct nvs_switch *sw)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		port->notify = true;
	return 0;
}

/**
 * e() - reported
 * @fdb: table
 * @e: entry
 *
 * Context: RCU.
 */
void e(struct nvs_fdb *fdb, struct nvs_fdb_entry *e)
{
	nvs_fdb_put(fdb, e);
}

/**
 * f() - reported
 * @sw: switch
 *
 * Context: RTNL, nvs_fdb.lock.
 */
void f(struct nvs_switch *sw)
{
	synchronize_net();
}
