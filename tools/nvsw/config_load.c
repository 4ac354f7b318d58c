// SPDX-License-Identifier: GPL-2.0-only
/* The configuration of a switch, from the kernel. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "counters.h"
#include "decode.h"
#include "groups.h"
#include "links.h"
#include "netlink.h"

static struct request request;

/* A switch that is being loaded, its ports in the order of their ifindex. */
struct load {
	struct config_switch *sw;
	int *ifindex;
};

static void take_groups(struct config_switch *sw,
			const struct group_list *list)
{
	size_t i;

	sw->group = allocate(list->count * sizeof(*sw->group) + 1);
	sw->group_count = list->count;
	for (i = 0; i < list->count; i++) {
		sw->group[i].is = list->group[i];
		config_policy_trim(&sw->group[i].is.policy);
	}
}

static int load_groups(const struct nvsw_link *link, struct config_switch *sw)
{
	struct group_list list = { };
	int error = groups_load(link, &list);

	if (!error)
		take_groups(sw, &list);
	free(list.group);
	return error;
}

/* What an administrator has set, of all that the kernel says. */
static void take_port(struct config_port *port, const struct nvsw_link *link)
{
	const struct nvsw_port *is = &link->port;

	snprintf(port->name, sizeof(port->name), "%s", link->name);
	config_default_port(&port->is);
	port->is.role = is->role;
	if (is->role == NVSWITCH_ROLE_UPLINK)
		return;
	port->is.bpdu = is->bpdu;
	port->is.blocked = is->blocked;
	port->is.activation = is->activation;
	port->is.activated = is->activated;
	port->is.vlan = is->vlan;
	port->is.policy = is->policy;
	config_policy_trim(&port->is.policy);
	memcpy(port->is.group, is->group, sizeof(port->is.group));
	if (is->initial_mac_source == NVSWITCH_INITIAL_ADMIN)
		memcpy(port->is.initial_mac, is->initial_mac, ETH_ALEN);
}

static void load_ports(const struct nvsw_link *link, struct load *load)
{
	const struct nvsw_link *port = NULL;
	struct config_switch *sw = load->sw;
	size_t count = 0;

	while ((port = link_next_port(port, link)))
		count++;
	sw->port = allocate(count * sizeof(*sw->port) + 1);
	load->ifindex = allocate(count * sizeof(*load->ifindex) + 1);
	while ((port = link_next_port(port, link))) {
		load->ifindex[sw->port_count] = port->ifindex;
		take_port(&sw->port[sw->port_count++], port);
	}
}

static struct config_port *port_of(const struct load *load, int ifindex)
{
	size_t low = 0, high = load->sw->port_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (load->ifindex[middle] == ifindex)
			return &load->sw->port[middle];
		if (load->ifindex[middle] < ifindex)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Room for one more element of an array that doubles whenever it is full. */
static void *grow(void *array, size_t count, size_t size)
{
	if (count & (count + 1))
		return array;
	return reallocate(array, (2 * count + 2) * size);
}

static bool take_allow(const struct nlmsghdr *n, void *arg)
{
	struct config_port *port;
	struct nvsw_allow allow;

	if (!decode_allow(n, &allow))
		return true;
	port = port_of(arg, allow.port);
	if (!port)
		return true;
	port->allow = grow(port->allow, port->allow_count, sizeof(allow));
	port->allow[port->allow_count++] = allow;
	return true;
}

static void forget_allow(void *arg)
{
	struct load *load = arg;
	size_t i;

	for (i = 0; i < load->sw->port_count; i++)
		load->sw->port[i].allow_count = 0;
}

static bool take_fdb(const struct nlmsghdr *n, void *arg)
{
	struct config_port *port;
	struct nvsw_fdb fdb;

	if (!decode_fdb(n, &fdb) || fdb.kind != NVSWITCH_FDB_STATIC)
		return true;
	port = port_of(arg, fdb.port);
	if (!port)
		return true;
	port->fdb = grow(port->fdb, port->fdb_count, sizeof(fdb));
	port->fdb[port->fdb_count++] = fdb;
	return true;
}

static void forget_fdb(void *arg)
{
	struct load *load = arg;
	size_t i;

	for (i = 0; i < load->sw->port_count; i++)
		load->sw->port[i].fdb_count = 0;
}

static int load_lists(const struct nvsw_link *link, struct load *load)
{
	int error;

	genl_begin(&request, NVSWITCH_CMD_ALLOW_GET);
	put_u32(&request, NVSWITCH_A_SWITCH, link->ifindex);
	error = genl_dump(&request, take_allow, load, forget_allow);
	if (error)
		return error;
	genl_begin(&request, NVSWITCH_CMD_FDB_GET);
	put_u32(&request, NVSWITCH_A_SWITCH, link->ifindex);
	put_u8(&request, NVSWITCH_A_KIND, NVSWITCH_FDB_STATIC);
	return genl_dump(&request, take_fdb, load, forget_fdb);
}

static bool has_uplinks_to_order(const struct config_switch *sw)
{
	size_t i, count = 0;

	for (i = 0; i < sw->port_count; i++)
		count += sw->port[i].is.role == NVSWITCH_ROLE_UPLINK;
	return count > 1;
}

/*
 * The order of uplinks decides which one is active. Statistics are listed in
 * the order of attachment.
 */
static int load_order(const struct nvsw_link *link, struct load *load)
{
	struct counter_list list = { };
	size_t i;
	int error;

	if (!has_uplinks_to_order(load->sw))
		return 0;
	error = counters_of_ports(link->ifindex, &list);
	for (i = 0; !error && i < list.count; i++) {
		struct config_port *port = port_of(load, list.at[i].port);

		if (port)
			port->index = i;
	}
	free(list.at);
	return error;
}

int config_load(const struct nvsw_link *link, struct config_switch *sw)
{
	struct load load = { .sw = sw };
	int error;

	memset(sw, 0, sizeof(*sw));
	snprintf(sw->name, sizeof(sw->name), "%s", link->name);
	sw->is = link->sw;
	load_ports(link, &load);
	error = load_groups(link, sw);
	if (!error)
		error = load_lists(link, &load);
	if (!error)
		error = load_order(link, &load);
	free(load.ifindex);
	config_sort(sw);
	return error;
}
