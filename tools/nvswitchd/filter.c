// SPDX-License-Identifier: GPL-2.0-only
/* What a guest has programmed into a NIC, from the answer to query-rx-filter. */
#include <string.h>

#include "filter.h"
#include "mac.h"

static bool is_group(const __u8 *mac)
{
	return mac[0] & 1;
}

static bool is_station(const __u8 *mac)
{
	static const __u8 zero[ETH_ALEN];

	return !is_group(mac) && memcmp(mac, zero, sizeof(zero));
}

static bool read_mac(const json_t *value, __u8 *mac)
{
	return json_is_string(value) &&
	       mac_read(json_string_value(value), json_string_length(value),
			mac);
}

static bool says(const json_t *nic, const char *key, const char *word)
{
	const char *said = json_string_value(json_object_get(nic, key));

	return said && !strcmp(said, word);
}

void wish_unknown(struct wish *wish)
{
	memset(wish, 0, sizeof(*wish));
	wish->promiscuous = true;
	wish->multicast.mode = NVSWITCH_RX_MULTICAST_ALL;
}

/* False if there is anything in the table that cannot be told as it is. */
static bool read_groups(const json_t *table, struct nvsw_multicast *multicast)
{
	size_t i;

	if (!json_is_array(table) ||
	    json_array_size(table) > NVSWITCH_RX_GROUPS_MAX)
		return false;
	for (i = 0; i < json_array_size(table); i++) {
		__u8 *group = multicast->group[i];

		if (!read_mac(json_array_get(table, i), group) ||
		    !is_group(group))
			return false;
	}
	multicast->count = json_array_size(table);
	return true;
}

/* A guest that wants everything wants every group. */
static void read_multicast(const json_t *nic, struct wish *wish)
{
	struct nvsw_multicast multicast = {
		.mode = NVSWITCH_RX_MULTICAST_LIST,
	};

	if (wish->promiscuous ||
	    json_is_true(json_object_get(nic, "multicast-overflow")))
		return;
	if (says(nic, "multicast", "normal") &&
	    !read_groups(json_object_get(nic, "multicast-table"), &multicast))
		return;
	if (says(nic, "multicast", "normal") || says(nic, "multicast", "none"))
		wish->multicast = multicast;
}

bool filter_read(const json_t *nic, char *name, struct wish *wish)
{
	const char *said = json_string_value(json_object_get(nic, "name"));

	wish_unknown(wish);
	if (!said || !*said || strlen(said) > NIC_NAME_MAX)
		return false;
	strcpy(name, said);
	wish->has_mac = read_mac(json_object_get(nic, "main-mac"), wish->mac) &&
			is_station(wish->mac);
	wish->promiscuous = !json_is_false(json_object_get(nic, "promiscuous"));
	wish->unicast = json_array_size(json_object_get(nic, "unicast-table"));
	read_multicast(nic, wish);
	return true;
}
