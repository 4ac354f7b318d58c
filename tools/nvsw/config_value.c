// SPDX-License-Identifier: GPL-2.0-only
/* Values in a configuration file, each from its JSON. Pure. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "config.h"

/* The sentence of a parser is that of the file. */
static bool fail_as(struct config_error *error, const struct parse_error *inner)
{
	return config_fail(error, "%s", inner->text);
}

bool config_read_name(const struct json_t *json,
		      bool (*parse)(const char *text,
				    struct parse_error *error),
		      const char **name, struct config_error *error)
{
	struct parse_error inner;

	*name = json_string_value(json);
	if (!*name)
		return config_fail(error, "it takes a name, in quotes");
	return parse(*name, &inner) || fail_as(error, &inner);
}

bool config_read_number(const struct json_t *json, const char *what,
			unsigned int min, unsigned int max, __u32 *number,
			struct config_error *error)
{
	json_int_t value = json_integer_value(json);

	if (!json_is_integer(json))
		return config_fail(error, "it takes a number: %s, %u..%u", what,
				   min, max);
	if (value < min || value > max)
		return config_fail(error, "%lld is not %s: it takes %u..%u",
				   (long long)value, what, min, max);
	*number = value;
	return true;
}

static bool fail_type(const struct arg *field, bool inherit,
		      struct config_error *error)
{
	const char *or_inherit = "";
	char text[200];

	if (inherit && arg_may_inherit(field))
		or_inherit = ", or \"inherit\"";
	describe_value(field, false, text, sizeof(text));
	switch (field->type) {
	case ARG_ONOFF:
		return config_fail(error, "it takes true or false%s",
				   or_inherit);
	case ARG_NUMBER:
		return config_fail(error, "it takes a number, %s%s", text,
				   or_inherit);
	case ARG_WORD:
		return config_fail(error, "it takes a word, in quotes, of %s%s",
				   text, or_inherit);
	default:
		return config_fail(error, "it takes a string, %s%s", text,
				   or_inherit);
	}
}

/* The word that would be typed; NULL if the type is wrong. */
static const char *word_of_json(const struct arg *field, bool inherit,
				const struct json_t *json, char *buffer,
				size_t size)
{
	const char *string = json_string_value(json);
	bool inherits = inherit && string && !strcmp(string, "inherit") &&
			arg_may_inherit(field);

	switch (field->type) {
	case ARG_NUMBER:
		if (!json_is_integer(json))
			return inherits ? string : NULL;
		snprintf(buffer, size, "%lld",
			 (long long)json_integer_value(json));
		return buffer;
	case ARG_ONOFF:
		if (!json_is_boolean(json))
			return inherits ? string : NULL;
		return json_is_true(json) ? "on" : "off";
	default:
		return string;
	}
}

bool config_read_field(const struct arg *field, bool inherit,
		       const struct json_t *json, struct value *value,
		       struct config_error *error)
{
	struct parse_error inner;
	const char *word;
	char number[24];
	bool good;
	int used;

	memset(value, 0, sizeof(*value));
	word = word_of_json(field, inherit, json, number, sizeof(number));
	if (!word)
		return fail_type(field, inherit, error);
	value->text = json_string_value(json);
	/* A file leaves out what there is not. */
	if (field->type == ARG_STATION_OR_ZERO)
		good = parse_station(word, value->mac, &inner);
	else
		good = parse_value(field, inherit, 1, (char **)&word, &used,
				   value, &inner);
	return good || fail_as(error, &inner);
}

bool config_read_policy(const struct arg *field, bool inherit,
			const struct json_t *json, struct nvsw_policy *policy,
			struct config_error *error)
{
	struct value value;

	if (!config_read_field(field, inherit, json, &value, error))
		return false;
	policy->present |= 1U << field->attr;
	policy->value[field->attr] = value.number;
	return true;
}

bool config_read_allow(const struct json_t *json, struct nvsw_allow *allow,
		       struct config_error *error)
{
	const char *text = json_string_value(json);
	struct parse_error inner;
	__u8 bits;

	if (!text)
		return config_fail(error, "it takes a string, LLADDR or LLADDR/BITS");
	if (!parse_prefix(text, allow->mac, &bits, &inner))
		return fail_as(error, &inner);
	allow->bits = bits;
	return true;
}

static bool read_mac(const struct json_t *json, __u8 *mac,
		     struct config_error *error)
{
	const char *text = json_string_value(json);
	struct parse_error inner;

	if (!text)
		return config_fail(error, "it takes a MAC address, in quotes");
	return parse_station(text, mac, &inner) || fail_as(error, &inner);
}

static bool read_fdb_member(const char *key, const struct json_t *json,
			    struct nvsw_fdb *fdb, struct config_error *error)
{
	__u32 vid = 0;

	if (!strcmp(key, "mac"))
		return read_mac(json, fdb->mac, error);
	if (strcmp(key, "vlan"))
		return config_fail(error, "there is no such key: a static entry has mac and vlan");
	if (!config_read_number(json, "a VLAN", 0, NVSWITCH_VID_MAX, &vid,
				error))
		return false;
	fdb->vid = vid;
	return true;
}

bool config_read_fdb(const struct json_t *json, struct nvsw_fdb *fdb,
		     struct config_error *error)
{
	const char *key;
	json_t *value;

	if (!json_is_object(json))
		return config_fail(error, "a static entry is an object with mac and vlan");
	fdb->kind = NVSWITCH_FDB_STATIC;
	json_object_foreach((json_t *)json, key, value) {
		json_path_key(&error->path, key);
		if (!read_fdb_member(key, value, fdb, error))
			return false;
		json_path_up(&error->path);
	}
	if (json_object_get(json, "mac"))
		return true;
	return config_fail(error, "a static entry needs a mac");
}
