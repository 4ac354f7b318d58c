// SPDX-License-Identifier: GPL-2.0-only
/* The configuration of switches, in memory. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

bool config_fail(struct config_error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->sentence, sizeof(error->sentence), format, arguments);
	va_end(arguments);
	return false;
}

void config_go_to(struct config_error *error, const struct config *config,
		  const struct config_switch *sw, const char *list,
		  size_t index, const char *key)
{
	struct json_path *path = &error->path;

	path->depth = 0;
	if (config->list)
		json_path_index(path, sw - config->sw);
	if (list) {
		json_path_key(path, list);
		json_path_index(path, index);
	}
	json_path_key(path, key);
}

/* A file may hold what would make a terminal do things. */
static void make_printable(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = '?';
}

void config_complain(const struct config_error *error, const char *file,
		     const char *text, size_t length)
{
	struct json_place place = error->place;
	char what[sizeof(error->sentence) + 264];
	char path[256];

	if (!place.line)
		place = json_path_place(&error->path, text, length);
	json_path_text(&error->path, path, sizeof(path));
	snprintf(what, sizeof(what), "%s%s%s", path, *path ? ": " : "",
		 error->sentence);
	make_printable(what);
	warn("%s:%u:%u: %s", file, place.line, place.column, what);
}

void config_switch_free(struct config_switch *sw)
{
	size_t i;

	for (i = 0; i < sw->port_count; i++) {
		free(sw->port[i].allow);
		free(sw->port[i].fdb);
	}
	free(sw->port);
	free(sw->group);
	memset(sw, 0, sizeof(*sw));
}

void config_free(struct config *config)
{
	size_t i;

	for (i = 0; i < config->count; i++)
		config_switch_free(&config->sw[i]);
	free(config->sw);
	json_decref(config->document);
	memset(config, 0, sizeof(*config));
}

static int by_group(const void *a, const void *b)
{
	const struct config_group *first = a, *second = b;

	return strcmp(first->is.name, second->is.name);
}

static int by_name(const void *a, const void *b)
{
	const struct config_port *first = a, *second = b;

	return strcmp(first->name, second->name);
}

int config_allow_compare(const void *a, const void *b)
{
	const struct nvsw_allow *first = a, *second = b;
	int order = memcmp(first->mac, second->mac, ETH_ALEN);

	return order ? order : (int)second->bits - (int)first->bits;
}

int config_fdb_compare(const void *a, const void *b)
{
	const struct nvsw_fdb *first = a, *second = b;
	int order = memcmp(first->mac, second->mac, ETH_ALEN);

	return order ? order : first->vid - second->vid;
}

static void sort(void *array, size_t count, size_t size,
		 int (*compare)(const void *a, const void *b))
{
	if (count)
		qsort(array, count, size, compare);
}

void config_sort(struct config_switch *sw)
{
	size_t i;

	sort(sw->group, sw->group_count, sizeof(*sw->group), by_group);
	sort(sw->port, sw->port_count, sizeof(*sw->port), by_name);
	for (i = 0; i < sw->port_count; i++) {
		struct config_port *port = &sw->port[i];

		sort(port->allow, port->allow_count, sizeof(*port->allow),
		     config_allow_compare);
		sort(port->fdb, port->fdb_count, sizeof(*port->fdb),
		     config_fdb_compare);
	}
}

struct config_switch *config_find_switch(const struct config *config,
					 const char *name)
{
	size_t i;

	for (i = 0; i < config->count; i++)
		if (!strcmp(config->sw[i].name, name))
			return &config->sw[i];
	return NULL;
}

struct config_group *config_find_group(const struct config_switch *sw,
				       const char *name)
{
	struct config_group key;

	if (!sw->group_count)
		return NULL;
	snprintf(key.is.name, sizeof(key.is.name), "%s", name);
	return bsearch(&key, sw->group, sw->group_count, sizeof(key),
		       by_group);
}

struct config_port *config_find_port(const struct config_switch *sw,
				     const char *name)
{
	struct config_port key;

	if (!sw->port_count)
		return NULL;
	snprintf(key.name, sizeof(key.name), "%s", name);
	return bsearch(&key, sw->port, sw->port_count, sizeof(key), by_name);
}

struct config_port *config_next_uplink(const struct config_switch *sw,
				       const struct config_port *previous)
{
	struct config_port *next = NULL;
	size_t i;

	for (i = 0; i < sw->port_count; i++) {
		struct config_port *port = &sw->port[i];

		if (port->is.role != NVSWITCH_ROLE_UPLINK ||
		    (previous && port->index <= previous->index))
			continue;
		if (!next || port->index < next->index)
			next = port;
	}
	return next;
}

const struct nvsw_vlan *config_vlan_of(const struct config_switch *sw,
				       const struct config_port *port)
{
	static const struct nvsw_vlan none = { .mode = NVSWITCH_VLAN_NONE };
	const struct config_group *group = NULL;

	if (port->is.vlan.mode != NVSWITCH_VLAN_INHERIT)
		return &port->is.vlan;
	if (*port->is.group)
		group = config_find_group(sw, port->is.group);
	if (group && group->is.vlan.mode != NVSWITCH_VLAN_INHERIT)
		return &group->is.vlan;
	return &none;
}

__u32 config_policy_of(const struct config_switch *sw,
		       const struct config_port *port, unsigned int attr)
{
	const struct config_group *group = NULL;

	if (has_attr(port->is.policy.present, attr))
		return port->is.policy.value[attr];
	if (*port->is.group)
		group = config_find_group(sw, port->is.group);
	if (group && has_attr(group->is.policy.present, attr))
		return group->is.policy.value[attr];
	return sw->is.policy.value[attr];
}
