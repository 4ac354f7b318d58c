// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way from one configuration to another. The input is a stream of choices
 * by which both are made up, from few names, addresses and VLANs, so that what
 * the one has stands in the way of the other.
 */
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "fuzz.h"
#include "kernel.h"

#define SWITCHES	2
#define GROUPS		3
#define PORTS		6

static const unsigned char *choices;
static size_t left;

/* 0 to @count - 1; an exhausted input chooses the first. */
static unsigned int choose(unsigned int count)
{
	if (!left)
		return 0;
	left--;
	return *choices++ % count;
}

/* A few fields, each set, or left to the level above. */
static void make_policy(struct nvsw_policy *policy, bool all)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		unsigned int choice = choose(all ? 2 : 4);

		if (choice > 1)
			continue;
		policy->present |= 1U << field->attr;
		policy->value[field->attr] =
			field->type == ARG_NUMBER ? 5 * choice : 1 + choice;
	}
}

static void make_vlan(struct nvsw_vlan *vlan)
{
	switch (choose(6)) {
	case 0:
		vlan->mode = NVSWITCH_VLAN_NONE;
		break;
	case 1:
		vlan->mode = NVSWITCH_VLAN_ACCESS;
		vlan->vid = 1 + choose(3);
		break;
	case 2:
		vlan->mode = NVSWITCH_VLAN_TRUNK;
		vlan->trunk[0] = 1 + choose(7);
		vlan->native = choose(3);
		break;
	case 3:
		vlan->mode = NVSWITCH_VLAN_PRIVATE;
		vlan->vid = 1 + choose(2);
		vlan->type = choose(3);
		vlan->secondary = vlan->type ? 3 + choose(2) : 0;
		break;
	default:
		break;
	}
}

static void make_groups(struct config_switch *sw)
{
	unsigned int i;

	sw->group = allocate(GROUPS * sizeof(*sw->group));
	for (i = 0; i < GROUPS; i++) {
		struct config_group *group = &sw->group[sw->group_count];

		if (!choose(3))
			continue;
		snprintf(group->is.name, sizeof(group->is.name), "g%u", i);
		make_policy(&group->is.policy, false);
		make_vlan(&group->is.vlan);
		sw->group_count++;
	}
}

static void make_guest(const struct config_switch *sw,
		       struct config_port *port)
{
	unsigned int group = choose(GROUPS + 1);

	if (group < sw->group_count)
		memcpy(port->is.group, sw->group[group].is.name,
		       sizeof(port->is.group));
	port->is.initial_mac[5] = choose(PORTS);
	port->is.blocked = NVSWITCH_OFF + choose(2);
	make_policy(&port->is.policy, false);
	make_vlan(&port->is.vlan);
	port->allow = allocate(sizeof(*port->allow));
	port->allow->bits = NVSWITCH_ALLOW_BITS_MIN + choose(2);
	port->allow_count = choose(2);
}

static void make_port(const struct config_switch *sw, struct config_port *port,
		      unsigned int number)
{
	snprintf(port->name, sizeof(port->name), "p%u", number);
	config_default_port(&port->is);
	if (choose(3))
		make_guest(sw, port);
	else
		port->is.role = NVSWITCH_ROLE_UPLINK;
	port->fdb = allocate(sizeof(*port->fdb));
	port->fdb->mac[5] = 1 + choose(2);
	port->fdb_count = choose(2);
}

/* Devices that no switch before has; uplinks in any order. */
static void make_ports(struct config_switch *sw, bool *taken)
{
	unsigned int first = choose(PORTS), i;

	sw->port = allocate(PORTS * sizeof(*sw->port));
	for (i = 0; i < PORTS; i++) {
		unsigned int number = (first + 5 * i) % PORTS;

		if (taken[number] || !choose(3))
			continue;
		taken[number] = true;
		sw->port[sw->port_count].index = sw->port_count;
		make_port(sw, &sw->port[sw->port_count++], number);
	}
}

static void make_config(struct config *config)
{
	bool taken[PORTS] = { };
	unsigned int i;

	config->sw = allocate(SWITCHES * sizeof(*config->sw));
	config->count = SWITCHES;
	for (i = 0; i < SWITCHES; i++) {
		struct config_switch *sw = &config->sw[i];

		snprintf(sw->name, sizeof(sw->name), "s%u", i);
		config_default_switch(&sw->is);
		sw->absent = !choose(8);
		if (sw->absent)
			continue;
		make_policy(&sw->is.policy, true);
		sw->is.ageing = choose(2);
		make_groups(sw);
		make_ports(sw, taken);
		config_sort(sw);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct config from = { }, to = { };

	choices = data;
	left = size;
	make_config(&from);
	make_config(&to);
	kernel_follow(&from, &to);
	config_free(&from);
	config_free(&to);
	return 0;
}
