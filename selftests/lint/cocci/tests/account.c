// SPDX-License-Identifier: GPL-2.0-only

int make(struct nvs_port *port)
{
	port->group = kzalloc(sizeof(*port->group), GFP_KERNEL);	/* reported */
	port->group = kzalloc(sizeof(*port->group), GFP_KERNEL_ACCOUNT);
	port->group = kzalloc(sizeof(*port->group), GFP_ATOMIC);
	if (nvs_fdb_own(port, 1, 1, GFP_KERNEL))			/* reported */
		return -ENOMEM;
	return !genlmsg_new(1, GFP_KERNEL);
}
