// SPDX-License-Identifier: GPL-2.0-only
/* A VLAN mode in a configuration file, from its JSON. Pure. */
#include <jansson.h>
#include <string.h>

#include "config.h"

/**
 * struct vlan_key - what a VLAN mode may have besides "mode"
 * @mode: the mode that has it
 * @required: it must be there
 */
struct vlan_key {
	const char *key;
	unsigned int mode;
	bool required;
	bool (*read)(const struct json_t *json, struct nvsw_vlan *vlan,
		     struct config_error *error);
};

static bool read_vid(const struct json_t *json, const char *what, __u16 *vid,
		     struct config_error *error)
{
	__u32 number = 0;

	if (!config_read_number(json, what, 1, NVSWITCH_VID_MAX, &number,
				error))
		return false;
	*vid = number;
	return true;
}

static bool read_access(const struct json_t *json, struct nvsw_vlan *vlan,
			struct config_error *error)
{
	return read_vid(json, "an access VLAN", &vlan->vid, error);
}

static bool read_native(const struct json_t *json, struct nvsw_vlan *vlan,
			struct config_error *error)
{
	return read_vid(json, "a native VLAN", &vlan->native, error);
}

static bool read_primary(const struct json_t *json, struct nvsw_vlan *vlan,
			 struct config_error *error)
{
	return read_vid(json, "a primary VLAN", &vlan->vid, error);
}

static bool read_secondary(const struct json_t *json, struct nvsw_vlan *vlan,
			   struct config_error *error)
{
	return read_vid(json, "a secondary VLAN", &vlan->secondary, error);
}

static bool read_type(const struct json_t *json, struct nvsw_vlan *vlan,
		      struct config_error *error)
{
	const char *word = json_string_value(json);
	int type = word ? value_of(&private_words, word) : -1;

	if (type < 0)
		return config_fail(error, "it takes \"promiscuous\", \"isolated\" or \"community\"");
	vlan->type = type;
	return true;
}

static bool add_range(struct nvsw_vlan *vlan, __u32 first, __u32 last,
		      struct config_error *error)
{
	__u32 vid;

	if (first > last)
		return config_fail(error, "%u-%u is reversed: it takes the smaller VLAN first",
				   first, last);
	for (vid = first; vid <= last; vid++) {
		if (vlan_carries(vlan, vid))
			return config_fail(error, "VLAN %u is in the list already: it takes each once",
					   vid);
		vlan->trunk[vid / 64] |= 1ULL << (vid % 64);
	}
	return true;
}

/* A VLAN, or [ FIRST, LAST ]. */
static bool read_range(const struct json_t *json, struct nvsw_vlan *vlan,
		       struct config_error *error)
{
	const struct json_t *first = json, *last = json;
	__u32 from = 0, to = 0;

	if (json_is_array(json)) {
		if (json_array_size(json) != 2)
			return config_fail(error, "a range is an array of two VLANs, the first and the last");
		first = json_array_get(json, 0);
		last = json_array_get(json, 1);
	}
	return config_read_number(first, "a VLAN", 0, NVSWITCH_VID_MAX, &from,
				  error) &&
	       config_read_number(last, "a VLAN", 0, NVSWITCH_VID_MAX, &to,
				  error) &&
	       add_range(vlan, from, to, error);
}

static bool read_ranges(const struct json_t *json, struct nvsw_vlan *vlan,
			struct config_error *error)
{
	size_t i;

	if (!json_array_size(json))
		return config_fail(error, "a trunk carries at least one VLAN");
	for (i = 0; i < json_array_size(json); i++) {
		json_path_index(&error->path, i);
		if (!read_range(json_array_get(json, i), vlan, error))
			return false;
		json_path_up(&error->path);
	}
	return true;
}

/* As it is typed, or as it is printed elsewhere. */
static bool read_trunk(const struct json_t *json, struct nvsw_vlan *vlan,
		       struct config_error *error)
{
	struct parse_error inner;

	if (json_is_array(json))
		return read_ranges(json, vlan, error);
	if (!json_is_string(json))
		return config_fail(error, "it takes the VLANs as a string, \"0,10,20-30\" or \"all\", or as an array of numbers and ranges");
	if (!parse_trunk(json_string_value(json), vlan, &inner))
		return config_fail(error, "%s", inner.text);
	return true;
}

static const struct vlan_key vlan_keys[] = {
	{ "vid", NVSWITCH_VLAN_ACCESS, true, read_access },
	{ "trunk", NVSWITCH_VLAN_TRUNK, true, read_trunk },
	{ "native", NVSWITCH_VLAN_TRUNK, false, read_native },
	{ "primary", NVSWITCH_VLAN_PRIVATE, true, read_primary },
	{ "type", NVSWITCH_VLAN_PRIVATE, true, read_type },
	{ "secondary", NVSWITCH_VLAN_PRIVATE, false, read_secondary },
};

static bool read_mode(const struct json_t *json, struct nvsw_vlan *vlan,
		      struct config_error *error)
{
	const char *word = json_string_value(json_object_get(json, "mode"));
	int mode = word ? value_of(&vlan_mode_words, word) : -1;

	if (mode >= 0) {
		vlan->mode = mode;
		return true;
	}
	if (json_object_get(json, "mode"))
		json_path_key(&error->path, "mode");
	return config_fail(error, "a VLAN mode is an object with \"mode\": \"inherit\", \"none\", \"access\", \"trunk\" or \"private\"");
}

static bool read_key(const char *key, const struct json_t *json,
		     struct nvsw_vlan *vlan, struct config_error *error)
{
	unsigned int i;

	if (!strcmp(key, "mode"))
		return true;
	for (i = 0; i < ARRAY_SIZE(vlan_keys); i++) {
		const struct vlan_key *known = &vlan_keys[i];

		if (!strcmp(known->key, key) && known->mode == vlan->mode)
			return known->read(json, vlan, error);
	}
	return config_fail(error, "VLAN mode %s has no such key: access has vid, trunk has trunk and native, private has primary, type and secondary",
			   word_or_number(&vlan_mode_words, vlan->mode));
}

static bool is_complete(const struct json_t *json,
			const struct nvsw_vlan *vlan,
			struct config_error *error)
{
	bool secondary = vlan->mode == NVSWITCH_VLAN_PRIVATE &&
			 vlan->type != NVSWITCH_PRIVATE_PROMISCUOUS;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vlan_keys); i++) {
		const struct vlan_key *known = &vlan_keys[i];

		if (known->mode == vlan->mode && known->required &&
		    !json_object_get(json, known->key))
			return config_fail(error, "VLAN mode %s needs %s",
					   word_or_number(&vlan_mode_words,
							  vlan->mode),
					   known->key);
	}
	if (secondary && !vlan->secondary)
		return config_fail(error, "private types isolated and community need secondary");
	if (!secondary && vlan->secondary)
		return config_fail(error, "private type promiscuous has no secondary: leave it out");
	return true;
}

bool config_read_vlan(const struct json_t *json, struct nvsw_vlan *vlan,
		      struct config_error *error)
{
	const char *key;
	json_t *value;

	memset(vlan, 0, sizeof(*vlan));
	if (!read_mode(json, vlan, error))
		return false;
	json_object_foreach((json_t *)json, key, value) {
		json_path_key(&error->path, key);
		if (!read_key(key, value, vlan, error))
			return false;
		json_path_up(&error->path);
	}
	return is_complete(json, vlan, error);
}
