// SPDX-License-Identifier: GPL-2.0-only
/* ip link ... type nvswitch_slave: a port of a switch. */
#include <linux/if_ether.h>

#include "plugin.h"

/* Where a value in force comes from. */
#define LEVELS {				\
	[NVSWITCH_LEVEL_SWITCH] = "switch",	\
	[NVSWITCH_LEVEL_GROUP] = "group",	\
	[NVSWITCH_LEVEL_PORT] = "port",		\
}

static const struct field port_fields[] = {
	{
		.name = "nested",
		.attr = IFLA_NVSWITCH_PORT_NESTED,
		.type = FIELD_FLAG,
	}, {
		.name = "role",
		.attr = IFLA_NVSWITCH_PORT_ROLE,
		.type = FIELD_WORD,
		.words = {
			[NVSWITCH_ROLE_GUEST] = "guest",
			[NVSWITCH_ROLE_UPLINK] = "uplink",
		},
	}, {
		.name = "active",
		.attr = IFLA_NVSWITCH_PORT_ACTIVE,
		.type = FIELD_ONOFF,
		.readonly = true,
		.words = { "off", "on" },
	}, {
		.name = "group",
		.attr = IFLA_NVSWITCH_PORT_GROUP,
		.type = FIELD_NAME,
		.max = NVSWITCH_GROUP_NAME_MAX,
	}, {
		.name = "nogroup",
		.attr = IFLA_NVSWITCH_PORT_GROUP,
		.type = FIELD_NOGROUP,
	}, {
		.name = "initial_mac",
		.attr = IFLA_NVSWITCH_PORT_INITIAL_MAC,
		.type = FIELD_MAC,
	}, {
		.name = "initial_mac_source",
		.attr = IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE,
		.type = FIELD_WORD,
		.readonly = true,
		.words = {
			[NVSWITCH_INITIAL_NONE] = "none",
			[NVSWITCH_INITIAL_ADMIN] = "admin",
			[NVSWITCH_INITIAL_PEER] = "peer",
		},
	}, {
		.name = "requested_mac",
		.attr = IFLA_NVSWITCH_PORT_REQUESTED_MAC,
		.type = FIELD_MAC,
	}, {
		.name = "effective_mac",
		.attr = IFLA_NVSWITCH_PORT_EFFECTIVE_MAC,
		.type = FIELD_MAC,
		.readonly = true,
	}, {
		.name = "adopted_mac",
		.attr = IFLA_NVSWITCH_PORT_ADOPTED_MAC,
		.type = FIELD_MAC,
		.readonly = true,
	}, {
		.name = "mac_state",
		.attr = IFLA_NVSWITCH_PORT_MAC_STATE,
		.type = FIELD_WORD,
		.readonly = true,
		.words = {
			[NVSWITCH_MAC_OK] = "ok",
			[NVSWITCH_MAC_CHANGE] = "mac_change",
			[NVSWITCH_MAC_CONFLICT] = "mac_conflict",
		},
	}, {
		.name = "allowed",
		.attr = IFLA_NVSWITCH_PORT_ALLOWED,
		.type = FIELD_NUMBER,
		.readonly = true,
	}, {
		.name = "vlan",
		.attr = IFLA_NVSWITCH_PORT_VLAN,
		.type = FIELD_VLAN,
	}, {
		.name = "vlan_resolved",
		.attr = IFLA_NVSWITCH_PORT_VLAN_RESOLVED,
		.type = FIELD_VLAN,
		.readonly = true,
	}, {
		.name = "vlan_level",
		.attr = IFLA_NVSWITCH_PORT_VLAN_LEVEL,
		.type = FIELD_WORD,
		.readonly = true,
		.words = LEVELS,
	}, {
		.name = "bpdu",
		.attr = IFLA_NVSWITCH_PORT_BPDU,
		.type = FIELD_WORD,
		.words = {
			[NVSWITCH_REJECT] = "drop",
			[NVSWITCH_ACCEPT] = "pass",
		},
	}, {
		.name = "blocked",
		.attr = IFLA_NVSWITCH_PORT_BLOCKED,
		.type = FIELD_ONOFF,
		.words = {
			[NVSWITCH_OFF] = "off",
			[NVSWITCH_ON] = "on",
		},
	}, {
		.name = "activation",
		.attr = IFLA_NVSWITCH_PORT_ACTIVATION,
		.type = FIELD_WORD,
		.words = {
			[NVSWITCH_ACTIVATION_IMMEDIATE] = "immediate",
			[NVSWITCH_ACTIVATION_ANNOUNCE] = "announce",
		},
	}, {
		.name = "activated",
		.attr = IFLA_NVSWITCH_PORT_ACTIVATED,
		.type = FIELD_ONOFF,
		.readonly = true,
		.words = {
			[NVSWITCH_OFF] = "off",
			[NVSWITCH_ON] = "on",
		},
	}, {
		.name = "rx_promisc",
		.attr = IFLA_NVSWITCH_PORT_RX_PROMISC,
		.type = FIELD_ONOFF,
		.readonly = true,
		.quiet = true,
		.words = {
			[NVSWITCH_OFF] = "off",
			[NVSWITCH_ON] = "on",
		},
	},
	{ }
};

/* These two are printed beside fields of the policy. */
static const struct field learned = {
	.name = "learned",
	.attr = IFLA_NVSWITCH_PORT_LEARNED,
	.type = FIELD_NUMBER,
	.readonly = true,
};

static const struct field level = {
	.name = "level",
	.type = FIELD_WORD,
	.words = LEVELS,
};

static const struct kind port_kind = {
	.name = "nvswitch_slave",
	.fields = port_fields,
	.policy = IFLA_NVSWITCH_PORT_POLICY,
	.inherit = true,
};

static int port_parse(struct link_util *lu, int argc, char **argv,
		      struct nlmsghdr *n)
{
	(void)lu;
	return parse_kind(&port_kind, argc, argv, n);
}

/* The value in force, and whose it is: the port's own if the level is port. */
static void print_resolved(const struct field *field, const struct rtattr *value,
			   const struct rtattr *from)
{
	print_text("%s ", field->name);
	open_json_object(field->name);
	print_value(field, "value", value);
	if (from) {
		print_text("%s", " (");
		print_value(&level, level.name, from);
		print_text("%s", ")");
	}
	close_json_object();
	print_text("%s", " ");
}

static void print_policy(struct rtattr *tb[])
{
	struct rtattr *resolved[NVSWITCH_POLICY_MAX + 1];
	struct rtattr *levels[NVSWITCH_POLICY_MAX + 1] = { };
	const struct field *field;

	parse_nested(resolved, NVSWITCH_POLICY_MAX,
		     tb[IFLA_NVSWITCH_PORT_RESOLVED]);
	if (tb[IFLA_NVSWITCH_PORT_LEVEL])
		parse_nested(levels, NVSWITCH_POLICY_MAX,
			     tb[IFLA_NVSWITCH_PORT_LEVEL]);
	for (field = policy_fields; field->name; field++) {
		if (resolved[field->attr])
			print_resolved(field, resolved[field->attr],
				       levels[field->attr]);
		if (field->attr == NVSWITCH_POLICY_LEARN_LIMIT)
			print_field(&learned, tb);
	}
}

/*
 * What an agent has told; without groups the list is the word "none", and "all",
 * which is the default, is for programs only.
 */
static void print_multicast(struct rtattr *tb[])
{
	const struct rtattr *listed = tb[IFLA_NVSWITCH_PORT_RX_GROUPS];
	const struct rtattr *rta = tb[IFLA_NVSWITCH_PORT_RX_MULTICAST];
	const __u8 *group;
	unsigned int left;

	if (!rta)
		return;
	if (*(__u8 *)RTA_DATA(rta) != NVSWITCH_RX_MULTICAST_LIST) {
		print_color_string(PRINT_JSON, COLOR_NONE, "rx_multicast", NULL,
				   "all");
		return;
	}
	print_color_string(PRINT_ANY, COLOR_NONE, "rx_multicast",
			   "(rx_multicast %s", listed ? "list" : "none");
	if (listed) {
		group = RTA_DATA(listed);
		left = RTA_PAYLOAD(listed) / ETH_ALEN;
		open_json_array(PRINT_JSON, "rx_groups");
		for (; left; left--, group += ETH_ALEN) {
			print_text("%s", " ");
			print_mac(NULL, group);
		}
		close_json_array(PRINT_JSON, NULL);
	}
	print_text("%s", ") ");
}

static void port_print(struct link_util *lu, FILE *fp, struct rtattr *tb[])
{
	(void)lu;
	(void)fp;
	if (!tb)
		return;
	print_fields(port_fields, tb);
	print_multicast(tb);
	if (tb[IFLA_NVSWITCH_PORT_RESOLVED])
		print_policy(tb);
}

static void port_help(struct link_util *lu, int argc, char **argv, FILE *fp)
{
	(void)lu;
	(void)argc;
	(void)argv;
	print_usage(&port_kind, fp);
}

extern struct link_util nvswitch_slave_link_util;

PLUGIN_SYMBOL struct link_util nvswitch_slave_link_util = {
	.id = "nvswitch_slave",
	.maxattr = IFLA_NVSWITCH_PORT_MAX,
	.parse_opt = port_parse,
	.print_opt = port_print,
	.print_help = port_help,
	.parse_ifla_xstats = parse_xstats,
	.print_ifla_xstats = print_xstats,
};
