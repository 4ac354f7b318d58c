// SPDX-License-Identifier: GPL-2.0-only
/* The file in which addresses are exported and imported. Pure. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fdb.h"
#include "parse.h"

#define FILE_VERSION	1

/*
 * The line on which an element of "entries" begins. The text is good JSON, in
 * which only those are objects at the third level.
 */
static unsigned int line_of(const char *text, size_t length, size_t element)
{
	unsigned int line = 1, depth = 0;
	bool quoted = false;
	size_t seen = 0, i;

	for (i = 0; i < length; i++) {
		if (text[i] == '\n')
			line++;
		else if (text[i] == '\\' && quoted)
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (text[i] == '[' || text[i] == '{')
			depth++;
		else if (text[i] == ']' || text[i] == '}')
			depth--;
		else
			continue;
		if (!quoted && text[i] == '{' && depth == 3 &&
		    seen++ == element)
			return line;
	}
	return line;
}

static bool only_keys(const json_t *object, const char *const *keys,
		      const char **unknown)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		const char *const *known = keys;

		while (*known && strcmp(*known, key))
			known++;
		if (!*known) {
			*unknown = key;
			return false;
		}
	}
	return true;
}

static bool parse_entry(const json_t *entry, struct nvsw_fdb *fdb,
			struct parse_error *error)
{
	static const char *const keys[] = { "mac", "vlan", NULL };
	const json_t *mac, *vlan;
	const char *unknown;
	json_int_t vid;

	if (!json_is_object(entry))
		return parse_fail(error, "an entry is an object with mac and vlan");
	if (!only_keys(entry, keys, &unknown))
		return parse_fail(error, "%.64s: an entry has mac and vlan only",
				  unknown);
	mac = json_object_get(entry, "mac");
	vlan = json_object_get(entry, "vlan");
	if (!json_is_string(mac))
		return parse_fail(error, "mac: an entry needs one, a string");
	if (!parse_station(json_string_value(mac), fdb->mac, error))
		return false;
	vid = json_integer_value(vlan);
	if (!json_is_integer(vlan) || vid < 0 || vid > NVSWITCH_VID_MAX)
		return parse_fail(error, "vlan: an entry needs one, a number 0..%u",
				  NVSWITCH_VID_MAX);
	fdb->vid = vid;
	return true;
}

static bool parse_entries(const json_t *entries, const char *text,
			  size_t length, struct fdb_file *file,
			  struct parse_error *error)
{
	struct parse_error inner;
	size_t i;

	file->entry = allocate((json_array_size(entries) + 1) *
			       sizeof(*file->entry));
	for (i = 0; i < json_array_size(entries); i++)
		if (!parse_entry(json_array_get(entries, i), &file->entry[i],
				 &inner))
			return parse_fail(error, "line %u, entry %zu: %s",
					  line_of(text, length, i), i + 1,
					  inner.text);
	file->count = json_array_size(entries);
	return true;
}

static bool parse_root(const json_t *root, const char *text, size_t length,
		       struct fdb_file *file, struct parse_error *error)
{
	static const char *const keys[] = {
		"version", "port", "entries", NULL
	};
	const char *unknown;
	const json_t *value;

	if (!json_is_object(root))
		return parse_fail(error, "line 1: it takes an object with version, port and entries");
	if (!only_keys(root, keys, &unknown))
		return parse_fail(error, "%.64s: there are version, port and entries only",
				  unknown);
	value = json_object_get(root, "version");
	if (!json_is_integer(value) ||
	    json_integer_value(value) != FILE_VERSION)
		return parse_fail(error, "version: it takes %u", FILE_VERSION);
	value = json_object_get(root, "port");
	if (value && !json_is_string(value))
		return parse_fail(error, "port: it takes a name");
	value = json_object_get(root, "entries");
	if (!json_is_array(value))
		return parse_fail(error, "entries: it takes an array");
	return parse_entries(value, text, length, file, error);
}

bool fdb_file_parse(const char *text, size_t length, struct fdb_file *file,
		    struct parse_error *error)
{
	json_error_t where;
	json_t *root;
	bool good;

	memset(file, 0, sizeof(*file));
	root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &where);
	if (!root)
		return parse_fail(error, "line %d, column %d: %s", where.line,
				  where.column, where.text);
	good = parse_root(root, text, length, file, error);
	json_decref(root);
	if (!good)
		fdb_file_free(file);
	return good;
}

void fdb_file_free(struct fdb_file *file)
{
	free(file->entry);
	memset(file, 0, sizeof(*file));
}
