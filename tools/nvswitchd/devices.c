// SPDX-License-Identifier: GPL-2.0-only
/* Which of a guest's NICs is which port. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "devices.h"

bool is_device_name(const char *name)
{
	const char *at;

	for (at = name; *at; at++)
		if (*at == '/' || *at == ':' || !isgraph((unsigned char)*at))
			return false;
	return *name && at - name < IFNAMSIZ;
}

static bool has_port(const struct devices *devices, const char *port)
{
	unsigned int i;

	for (i = 0; i < devices->count; i++)
		if (!strcmp(devices->device[i].port, port))
			return true;
	return false;
}

static bool add(struct devices *devices, const char *nic, const json_t *value)
{
	const char *port = json_string_value(value);
	unsigned int i = devices->count;

	if (!port || !is_device_name(port) || has_port(devices, port) ||
	    strlen(nic) > NIC_NAME_MAX || i == DEVICES_MAX)
		return false;
	strcpy(devices->device[i].nic, nic);
	strcpy(devices->device[i].port, port);
	devices->count++;
	return true;
}

bool devices_read(const char *path, struct devices *devices, char *why,
		  size_t size)
{
	FILE *file = fopen(path, "re");
	json_error_t error = { .line = -1 };
	json_t *root, *value;
	const char *nic;

	memset(devices, 0, sizeof(*devices));
	if (!file && errno == ENOENT)
		return true;
	devices->told = true;
	root = file ? json_loadf(file, JSON_REJECT_DUPLICATES, &error) : NULL;
	if (!root)
		snprintf(why, size, "%s: %s", path,
			 file ? error.text : strerror(errno));
	if (file)
		fclose(file);
	json_object_foreach(root, nic, value)
		if (!add(devices, nic, value))
			snprintf(why, size, "%s: '%s' is not given a port of its own",
				 path, nic);
	if (root && !json_is_object(root))
		snprintf(why, size, "%s: it takes { \"NIC\": \"PORT\", ... }",
			 path);
	json_decref(root);
	return !*why;
}
