// SPDX-License-Identifier: GPL-2.0-only
/* The configuration of switches, from JSON. Pure. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "fields.h"

/**
 * struct shape - what an object of the file is
 * @what: its name in sentences
 * @name: the key of its name, which it must have
 * @keys: all keys, for whoever has used another one
 * @read: read one of them; into @into
 */
struct shape {
	const char *what;
	const char *name;
	const char *keys;
	bool (*read)(const char *key, const json_t *json, void *into,
		     struct config_error *error);
};

/* What a reader says that does not know a key. */
static bool unknown(const struct shape *shape, struct config_error *error)
{
	return config_fail(error, "there is no such key: %s has %s",
			   shape->what, shape->keys);
}

static bool read_object(const struct shape *shape, const json_t *json,
			void *into, struct config_error *error)
{
	const char *key;
	json_t *value;

	if (!json_is_object(json))
		return config_fail(error, "%s is an object with %s",
				   shape->what, shape->keys);
	json_object_foreach((json_t *)json, key, value) {
		json_path_key(&error->path, key);
		if (!shape->read(key, value, into, error))
			return false;
		json_path_up(&error->path);
	}
	if (json_object_get(json, shape->name))
		return true;
	return config_fail(error, "%s needs \"%s\", its name", shape->what,
			   shape->name);
}

static const struct arg *find_field(const struct arg *table, const char *key)
{
	for (; !arg_ends(table); table++)
		if (!(table->flags & READONLY) && !strcmp(table->name, key))
			return table;
	return NULL;
}

#define POLICY_KEYS	"promiscuous, mac_changes, forged_transmits, learning, unicast_flood, learn_limit, limit_policy, learn_move"

static bool read_group_key(const char *key, const json_t *json, void *into,
			   struct config_error *error);
static bool read_port_key(const char *key, const json_t *json, void *into,
			  struct config_error *error);
static bool read_switch_key(const char *key, const json_t *json, void *into,
			    struct config_error *error);

static const struct shape group_shape = {
	"a group", "group", "group, vlan, " POLICY_KEYS, read_group_key,
};

static const struct shape port_shape = {
	"a port", "port",
	"port, role, group, initial_mac, bpdu, blocked, activation, vlan, "
	POLICY_KEYS ", allow, static", read_port_key,
};

static const struct shape switch_shape = {
	"a switch", "switch",
	"version, switch, " POLICY_KEYS
	", ageing, move_hold, table_limit, remote_limit, mac_binding, groups, ports",
	read_switch_key,
};

static bool read_group_key(const char *key, const json_t *json, void *into,
			   struct config_error *error)
{
	const struct arg *field = find_field(policy_fields, key);
	struct config_group *group = into;
	const char *name;

	if (field)
		return config_read_policy(field, true, json, &group->is.policy,
					  error);
	if (!strcmp(key, "vlan"))
		return config_read_vlan(json, &group->is.vlan, error);
	if (strcmp(key, "group"))
		return unknown(&group_shape, error);
	if (!config_read_name(json, parse_group, &name, error))
		return false;
	snprintf(group->is.name, sizeof(group->is.name), "%s", name);
	return true;
}

/* Each element of an array, which the caller has made room for. */
static bool read_array(const json_t *json, size_t max, size_t size, void *into,
		       bool (*read)(const json_t *json, void *into,
				    struct config_error *error),
		       struct config_error *error)
{
	size_t i;

	if (json_array_size(json) > max)
		return config_fail(error, "there are %zu of them: it takes at most %zu",
				   json_array_size(json), max);
	for (i = 0; i < json_array_size(json); i++) {
		json_path_index(&error->path, i);
		if (!read(json_array_get(json, i), (char *)into + i * size,
			  error))
			return false;
		json_path_up(&error->path);
	}
	return true;
}

/* Room for an array's elements, zeroed; NULL if it is none. */
static void *room_for(const json_t *json, size_t size, size_t *count,
		      struct config_error *error)
{
	if (!json_is_array(json)) {
		config_fail(error, "it takes an array, even of one");
		return NULL;
	}
	*count = json_array_size(json);
	return allocate(*count * size + 1);
}

static bool read_allow(const json_t *json, void *into,
		       struct config_error *error)
{
	return config_read_allow(json, into, error);
}

static bool read_fdb(const json_t *json, void *into,
		     struct config_error *error)
{
	return config_read_fdb(json, into, error);
}

static bool read_lists(const char *key, const json_t *json,
		       struct config_port *port, struct config_error *error)
{
	if (!strcmp(key, "allow")) {
		port->allow = room_for(json, sizeof(*port->allow),
				       &port->allow_count, error);
		return port->allow &&
		       read_array(json, NVSWITCH_ALLOW_MAX,
				  sizeof(*port->allow), port->allow,
				  read_allow, error);
	}
	if (strcmp(key, "static"))
		return unknown(&port_shape, error);
	port->fdb = room_for(json, sizeof(*port->fdb), &port->fdb_count,
			     error);
	return port->fdb && read_array(json, SIZE_MAX, sizeof(*port->fdb),
				       port->fdb, read_fdb, error);
}

static bool read_port_field(const struct arg *field, const json_t *json,
			    struct nvsw_port *port, struct config_error *error)
{
	void *at = (char *)port + field->offset;
	struct value value;

	if (!config_read_field(field, false, json, &value, error))
		return false;
	switch (field->type) {
	case ARG_GROUP:
		snprintf(at, sizeof(port->group), "%s", value.text);
		break;
	case ARG_STATION_OR_ZERO:
		memcpy(at, value.mac, ETH_ALEN);
		break;
	default:
		*(__u32 *)at = value.number;
		break;
	}
	return true;
}

static bool read_port_key(const char *key, const json_t *json, void *into,
			  struct config_error *error)
{
	const struct arg *field = find_field(port_fields, key);
	struct config_port *port = into;
	const char *name;

	if (field && config_is_field(field))
		return read_port_field(field, json, &port->is, error);
	field = find_field(policy_fields, key);
	if (field)
		return config_read_policy(field, true, json, &port->is.policy,
					  error);
	if (!strcmp(key, "vlan"))
		return config_read_vlan(json, &port->is.vlan, error);
	if (strcmp(key, "port"))
		return read_lists(key, json, port, error);
	if (!config_read_name(json, parse_device, &name, error))
		return false;
	snprintf(port->name, sizeof(port->name), "%s", name);
	return true;
}

static bool read_group(const json_t *json, void *into,
		       struct config_error *error)
{
	struct config_group *group = into;

	if (!read_object(&group_shape, json, into, error))
		return false;
	config_policy_trim(&group->is.policy);
	return true;
}

/* Policy and all that goes with it are a guest's. */
static bool check_role(const json_t *json, const struct config_port *port,
		       struct config_error *error)
{
	const char *key;
	json_t *value;

	if (port->is.role != NVSWITCH_ROLE_UPLINK)
		return true;
	json_object_foreach((json_t *)json, key, value) {
		if (!strcmp(key, "port") || !strcmp(key, "role") ||
		    !strcmp(key, "static"))
			continue;
		json_path_key(&error->path, key);
		return config_fail(error, "an uplink has no %s: set it on guest ports",
				   key);
	}
	return true;
}

static bool read_port(const json_t *json, void *into,
		      struct config_error *error)
{
	struct config_port *port = into;

	config_default_port(&port->is);
	if (!read_object(&port_shape, json, into, error))
		return false;
	config_policy_trim(&port->is.policy);
	return check_role(json, port, error);
}

static bool read_groups(const json_t *json, struct config_switch *sw,
			struct config_error *error)
{
	size_t i;

	sw->group = room_for(json, sizeof(*sw->group), &sw->group_count,
			     error);
	for (i = 0; sw->group && i < sw->group_count; i++)
		sw->group[i].index = i;
	return sw->group &&
	       read_array(json, NVSWITCH_GROUPS_MAX, sizeof(*sw->group),
			  sw->group, read_group, error);
}

static bool read_ports(const json_t *json, struct config_switch *sw,
		       struct config_error *error)
{
	size_t i;

	sw->port = room_for(json, sizeof(*sw->port), &sw->port_count, error);
	for (i = 0; sw->port && i < sw->port_count; i++)
		sw->port[i].index = i;
	return sw->port && read_array(json, SIZE_MAX, sizeof(*sw->port),
				      sw->port, read_port, error);
}

static bool read_version(const json_t *json, struct config_error *error)
{
	if (json_is_integer(json) &&
	    json_integer_value(json) == CONFIG_VERSION)
		return true;
	return config_fail(error, "it takes %u, the version of this format",
			   CONFIG_VERSION);
}

static bool read_switch_field(const struct arg *field, const json_t *json,
			      struct nvsw_switch *sw,
			      struct config_error *error)
{
	struct value value;

	if (!config_read_field(field, false, json, &value, error))
		return false;
	*(__u32 *)((char *)sw + field->offset) = value.number;
	return true;
}

static bool read_switch_key(const char *key, const json_t *json, void *into,
			    struct config_error *error)
{
	const struct arg *field = find_field(policy_fields, key);
	struct config_switch *sw = into;
	const char *name;

	if (field)
		return config_read_policy(field, false, json, &sw->is.policy,
					  error);
	field = find_field(switch_fields, key);
	if (field)
		return read_switch_field(field, json, &sw->is, error);
	if (!strcmp(key, "version"))
		return read_version(json, error);
	if (!strcmp(key, "groups"))
		return read_groups(json, sw, error);
	if (!strcmp(key, "ports"))
		return read_ports(json, sw, error);
	if (strcmp(key, "switch"))
		return unknown(&switch_shape, error);
	if (!config_read_name(json, parse_device, &name, error))
		return false;
	snprintf(sw->name, sizeof(sw->name), "%s", name);
	return true;
}

static bool read_switch(const json_t *json, void *into,
			struct config_error *error)
{
	struct config_switch *sw = into;

	config_default_switch(&sw->is);
	if (!read_object(&switch_shape, json, into, error))
		return false;
	if (!json_object_get(json, "version"))
		return config_fail(error, "a switch needs \"version\": %u",
				   CONFIG_VERSION);
	config_sort(sw);
	return true;
}

static bool read_root(const json_t *json, struct config *config,
		      struct config_error *error)
{
	config->list = json_is_array(json);
	config->count = config->list ? json_array_size(json) : 1;
	config->sw = allocate(config->count * sizeof(*config->sw) + 1);
	if (config->list)
		return read_array(json, SIZE_MAX, sizeof(*config->sw),
				  config->sw, read_switch, error);
	return read_switch(json, config->sw, error);
}

bool config_read(const char *text, size_t length, struct config *config,
		 struct config_error *error)
{
	json_error_t where;

	memset(config, 0, sizeof(*config));
	memset(error, 0, sizeof(*error));
	config->document = json_loadb(text, length, JSON_REJECT_DUPLICATES,
				      &where);
	if (!config->document) {
		error->place.line = where.line > 0 ? where.line : 1;
		error->place.column = where.column > 0 ? where.column : 1;
		return config_fail(error, "%s", where.text);
	}
	return read_root(config->document, config, error) &&
	       config_check(config, error);
}
