// SPDX-License-Identifier: GPL-2.0-only
/* The fields of a policy, which switches and ports have in common. */
#include "plugin.h"

#define WORDS(restrictive, permissive) {		\
	[NVSWITCH_REJECT] = restrictive,		\
	[NVSWITCH_ACCEPT] = permissive,			\
}

const struct field policy_fields[] = {
	{
		.name = "promiscuous",
		.attr = NVSWITCH_POLICY_PROMISCUOUS,
		.type = FIELD_WORD,
		.words = WORDS("reject", "accept"),
	}, {
		.name = "mac_changes",
		.attr = NVSWITCH_POLICY_MAC_CHANGES,
		.type = FIELD_WORD,
		.words = WORDS("reject", "accept"),
	}, {
		.name = "forged_transmits",
		.attr = NVSWITCH_POLICY_FORGED_TRANSMITS,
		.type = FIELD_WORD,
		.words = WORDS("reject", "accept"),
	}, {
		.name = "learning",
		.attr = NVSWITCH_POLICY_LEARNING,
		.type = FIELD_ONOFF,
		.words = WORDS("off", "on"),
	}, {
		.name = "unicast_flood",
		.attr = NVSWITCH_POLICY_UNICAST_FLOOD,
		.type = FIELD_ONOFF,
		.words = WORDS("off", "on"),
	}, {
		.name = "learn_limit",
		.attr = NVSWITCH_POLICY_LEARN_LIMIT,
		.type = FIELD_NUMBER,
		.max = NVSWITCH_LEARN_LIMIT_MAX,
	}, {
		.name = "limit_policy",
		.attr = NVSWITCH_POLICY_LIMIT_POLICY,
		.type = FIELD_WORD,
		.words = WORDS("drop", "allow"),
	}, {
		.name = "learn_move",
		.attr = NVSWITCH_POLICY_LEARN_MOVE,
		.type = FIELD_WORD,
		.words = WORDS("deny", "allow"),
	},
	{ }
};
