// SPDX-License-Identifier: GPL-2.0-only
/* ip link ... type nvswitch: a switch. */
#include "plugin.h"

static const struct field switch_fields[] = {
	{
		.name = "ageing",
		.attr = IFLA_NVSWITCH_AGEING,
		.type = FIELD_NUMBER,
		.zero = true,
		.min = NVSWITCH_AGEING_MIN,
		.max = NVSWITCH_AGEING_MAX,
		.unit = " seconds",
	}, {
		.name = "move_hold",
		.attr = IFLA_NVSWITCH_MOVE_HOLD,
		.type = FIELD_NUMBER,
		.max = NVSWITCH_MOVE_HOLD_MAX,
		.unit = " milliseconds",
	}, {
		.name = "table_limit",
		.attr = IFLA_NVSWITCH_TABLE_LIMIT,
		.type = FIELD_NUMBER,
		.min = 1,
		.max = NVSWITCH_TABLE_LIMIT_MAX,
	}, {
		.name = "learned",
		.attr = IFLA_NVSWITCH_LEARNED,
		.type = FIELD_NUMBER,
		.readonly = true,
	}, {
		.name = "remote_limit",
		.attr = IFLA_NVSWITCH_REMOTE_LIMIT,
		.type = FIELD_NUMBER,
		.max = NVSWITCH_REMOTE_LIMIT_MAX,
	}, {
		.name = "remote",
		.attr = IFLA_NVSWITCH_REMOTE,
		.type = FIELD_NUMBER,
		.readonly = true,
	}, {
		.name = "mac_binding",
		.attr = IFLA_NVSWITCH_MAC_BINDING,
		.type = FIELD_WORD,
		.words = {
			[NVSWITCH_MAC_BINDING_AUTO] = "auto",
			[NVSWITCH_MAC_BINDING_EXPLICIT] = "explicit",
		},
	}, {
		.name = "active_uplink",
		.attr = IFLA_NVSWITCH_ACTIVE_UPLINK,
		.type = FIELD_DEVICE,
		.readonly = true,
	},
	{ }
};

static const struct kind switch_kind = {
	.name = "nvswitch",
	.fields = switch_fields,
	.policy = IFLA_NVSWITCH_POLICY,
};

static int switch_parse(struct link_util *lu, int argc, char **argv,
			struct nlmsghdr *n)
{
	(void)lu;
	return parse_kind(&switch_kind, argc, argv, n);
}

static void switch_print(struct link_util *lu, FILE *fp, struct rtattr *tb[])
{
	struct rtattr *policy[NVSWITCH_POLICY_MAX + 1];

	(void)lu;
	(void)fp;
	if (!tb)
		return;
	if (tb[IFLA_NVSWITCH_POLICY]) {
		parse_nested(policy, NVSWITCH_POLICY_MAX,
			     tb[IFLA_NVSWITCH_POLICY]);
		print_fields(policy_fields, policy);
	}
	print_fields(switch_fields, tb);
}

static void switch_help(struct link_util *lu, int argc, char **argv, FILE *fp)
{
	(void)lu;
	(void)argc;
	(void)argv;
	print_usage(&switch_kind, fp);
}

extern struct link_util nvswitch_link_util;

PLUGIN_SYMBOL struct link_util nvswitch_link_util = {
	.id = "nvswitch",
	.maxattr = IFLA_NVSWITCH_MAX,
	.parse_opt = switch_parse,
	.print_opt = switch_print,
	.print_help = switch_help,
	.parse_ifla_xstats = parse_xstats,
	.print_ifla_xstats = print_xstats,
};
