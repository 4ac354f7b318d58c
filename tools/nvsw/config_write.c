// SPDX-License-Identifier: GPL-2.0-only
/*
 * The configuration of switches, as JSON. Equal ones are written alike, byte
 * by byte.
 */
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "fields.h"
#include "out.h"

static const void *at(const struct arg *field, const struct nvsw_port *port)
{
	return (const char *)port + field->offset;
}

/* "key value" in text, a member in JSON. */
static void put_key(const char *key)
{
	out_text(" %s ", key);
}

void config_put_field(const char *key, const struct arg *field,
		      const struct nvsw_port *port)
{
	switch (field->type) {
	case ARG_GROUP:
		out_string(key, at(field, port));
		out_name(at(field, port));
		break;
	case ARG_STATION_OR_ZERO:
		put_mac(key, at(field, port));
		break;
	default:
		print_field(field, key, field_number(field, port));
		break;
	}
}

void config_put_policy(const char *key, const struct arg *field,
		       const struct nvsw_policy *policy)
{
	print_field(field, key, config_policy_value(policy, field->attr));
}

void config_put_vlan(const char *key, const struct nvsw_vlan *vlan)
{
	static char text[TRUNK_TEXT];

	if (!out_is_json() || vlan->mode != NVSWITCH_VLAN_TRUNK) {
		print_vlan(key, vlan);
		return;
	}
	out_open_object(key);
	out_string("mode", "trunk");
	out_string("trunk", trunk_text(text, vlan));
	if (vlan->native)
		out_number("native", vlan->native);
	out_close_object();
}

void config_put_allow(const char *key, const struct nvsw_allow *allow)
{
	char text[MAC_TEXT + 4];

	mac_text(text, allow->mac);
	if (allow->bits < NVSWITCH_ALLOW_BITS_MAX)
		snprintf(text + strlen(text), 4, "/%u", allow->bits);
	put_string(key, COLOR_MAC, text);
}

void config_put_fdb(const char *key, const struct nvsw_fdb *fdb)
{
	out_open_object(key);
	put_mac("mac", fdb->mac);
	if (fdb->vid) {
		put_key("vlan");
		put_number("vlan", fdb->vid);
	}
	out_close_object();
}

static void words_of_policy(const struct nvsw_policy *policy)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		if (!has_attr(policy->present, field->attr))
			continue;
		put_key(field->name);
		config_put_policy(field->name, field, policy);
	}
}

static void words_of_vlan(const struct nvsw_vlan *vlan)
{
	if (vlan->mode == NVSWITCH_VLAN_INHERIT)
		return;
	put_key("vlan");
	config_put_vlan("vlan", vlan);
}

static void words_of_group(const struct config_group *group)
{
	words_of_vlan(&group->is.vlan);
	words_of_policy(&group->is.policy);
}

/* What differs from a port that nobody has set anything of. */
static void words_of_port(const struct config_port *port)
{
	static struct nvsw_port plain;
	const struct arg *field;

	config_default_port(&plain);
	for (field = port_fields; !arg_ends(field); field++) {
		if (!config_is_field(field) ||
		    config_field_equals(field, &port->is, &plain))
			continue;
		put_key(field->name);
		config_put_field(field->name, field, &port->is);
	}
	words_of_vlan(&port->is.vlan);
	words_of_policy(&port->is.policy);
}

static void words_of_switch(const struct config_switch *sw)
{
	const struct arg *field;

	words_of_policy(&sw->is.policy);
	for (field = switch_fields; !arg_ends(field); field++) {
		if (field->flags & READONLY)
			continue;
		put_key(field->name);
		print_field(field, field->name, field_number(field, &sw->is));
	}
}

void config_put_group(const char *key, const struct config_group *group)
{
	out_open_object(key);
	out_string("group", group->is.name);
	words_of_group(group);
	out_close_object();
}

void config_put_port(const char *key, const struct config_port *port)
{
	out_open_object(key);
	out_string("port", port->name);
	words_of_port(port);
	out_close_object();
}

void config_put_switch(const char *key, const struct config_switch *sw)
{
	out_open_object(key);
	out_string("switch", sw->name);
	words_of_switch(sw);
	out_close_object();
}

static void write_lists(const struct config_port *port)
{
	size_t i;

	if (port->allow_count) {
		out_open_array("allow");
		for (i = 0; i < port->allow_count; i++)
			config_put_allow(NULL, &port->allow[i]);
		out_close_array();
	}
	if (port->fdb_count) {
		out_open_array("static");
		for (i = 0; i < port->fdb_count; i++)
			config_put_fdb(NULL, &port->fdb[i]);
		out_close_array();
	}
}

static void write_port(const struct config_port *port)
{
	out_open_object(NULL);
	out_string("port", port->name);
	words_of_port(port);
	write_lists(port);
	out_close_object();
}

/* Uplinks come first, in the order that counts. */
static void write_ports(const struct config_switch *sw)
{
	const struct config_port *port = NULL;
	size_t i;

	out_open_array("ports");
	while ((port = config_next_uplink(sw, port)))
		write_port(port);
	for (i = 0; i < sw->port_count; i++)
		if (sw->port[i].is.role != NVSWITCH_ROLE_UPLINK)
			write_port(&sw->port[i]);
	out_close_array();
}

static void write_switch(const struct config_switch *sw)
{
	size_t i;

	out_open_object(NULL);
	out_number("version", CONFIG_VERSION);
	out_string("switch", sw->name);
	words_of_switch(sw);
	out_open_array("groups");
	for (i = 0; i < sw->group_count; i++)
		config_put_group(NULL, &sw->group[i]);
	out_close_array();
	write_ports(sw);
	out_close_object();
}

void config_write(const struct config *config)
{
	size_t i;

	if (config->list)
		out_open_array(NULL);
	for (i = 0; i < config->count; i++)
		write_switch(&config->sw[i]);
	if (config->list)
		out_close_array();
}
