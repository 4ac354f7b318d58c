// SPDX-License-Identifier: GPL-2.0-only
/* Which ports have to be attached anew. Pure. */
#include <string.h>

#include "plan.h"

static bool is_uplink(const struct config_port *port)
{
	return port->is.role == NVSWITCH_ROLE_UPLINK;
}

/* Whoever becomes an uplink, or ceases to be one, loses all it has anyway. */
static void mark_roles(const struct config_switch *from,
		       struct config_switch *to)
{
	size_t i;

	for (i = 0; i < to->port_count; i++) {
		struct config_port *port = &to->port[i];
		const struct config_port *old =
			config_find_port(from, port->name);

		port->again = old && is_uplink(old) != is_uplink(port);
	}
}

/*
 * New uplinks come last. So those that stay must be the first ones, in the
 * order in which they are already.
 */
static void mark_uplinks(const struct config_switch *from,
			 struct config_switch *to)
{
	struct config_port *next = config_next_uplink(to, NULL);
	const struct config_port *old = NULL;

	while (next && (old = config_next_uplink(from, old)))
		if (!strcmp(old->name, next->name))
			next = config_next_uplink(to, next);
	for (; next; next = config_next_uplink(to, next))
		if (config_find_port(from, next->name))
			next->again = true;
}

/* The port that has the address which @port shall have. */
static struct config_port *holder(const struct config_switch *from,
				  struct config_switch *to,
				  const struct config_port *port)
{
	size_t i;

	if (!config_has_mac(&port->is))
		return NULL;
	for (i = 0; i < from->port_count; i++) {
		const struct config_port *old = &from->port[i];

		if (!memcmp(old->is.initial_mac, port->is.initial_mac,
			    ETH_ALEN))
			return config_find_port(to, old->name);
	}
	return NULL;
}

/*
 * Guests that swap their addresses: nobody can have his first. One of each such
 * round gives his back before.
 */
static bool is_in_round(const struct config_switch *from,
			struct config_switch *to, struct config_port *port)
{
	struct config_port *next = port;
	size_t i;

	for (i = 0; i < to->port_count; i++) {
		const struct config_port *last = next;

		next = holder(from, to, next);
		if (!next || next->again || next == last)
			return false;
		if (next == port)
			return true;
	}
	return false;
}

static void mark_rounds(const struct config_switch *from,
			struct config_switch *to)
{
	size_t i;

	for (i = 0; i < to->port_count; i++) {
		struct config_port *port = &to->port[i];
		const struct config_port *old =
			config_find_port(from, port->name);

		if (old && !port->again && config_has_mac(&port->is) &&
		    memcmp(old->is.initial_mac, port->is.initial_mac,
			   ETH_ALEN) &&
		    is_in_round(from, to, port))
			port->again = true;
	}
}

void plan_mark(struct config_switch *from, struct config_switch *to)
{
	size_t i;

	for (i = 0; i < from->port_count; i++)
		from->port[i].again = false;
	mark_roles(from, to);
	mark_uplinks(from, to);
	mark_rounds(from, to);
	for (i = 0; i < from->port_count; i++) {
		const struct config_port *port =
			config_find_port(to, from->port[i].name);

		from->port[i].again = port && port->again;
	}
}
