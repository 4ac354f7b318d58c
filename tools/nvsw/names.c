// SPDX-License-Identifier: GPL-2.0-only
/* The words for the values of the kernel's enumerations. */
#include <linux/nvswitch.h>
#include <stdio.h>
#include <string.h>

#include "names.h"

const struct words accept_words = { {
	[NVSWITCH_REJECT] = "reject",
	[NVSWITCH_ACCEPT] = "accept",
} };

const struct words onoff_words = { {
	[NVSWITCH_OFF] = "off",
	[NVSWITCH_ON] = "on",
} };

const struct words boolean_words = { { "off", "on" } };

const struct words promisc_words = { {
	[NVSWITCH_INHERIT] = "unknown",
	[NVSWITCH_OFF] = "off",
	[NVSWITCH_ON] = "on",
} };

const struct words allow_words = { {
	[NVSWITCH_DROP] = "drop",
	[NVSWITCH_ALLOW] = "allow",
} };

const struct words move_words = { {
	[NVSWITCH_DENY] = "deny",
	[NVSWITCH_ALLOW] = "allow",
} };

const struct words pass_words = { {
	[NVSWITCH_REJECT] = "drop",
	[NVSWITCH_ACCEPT] = "pass",
} };

const struct words level_words = { {
	[NVSWITCH_LEVEL_SWITCH] = "switch",
	[NVSWITCH_LEVEL_GROUP] = "group",
	[NVSWITCH_LEVEL_PORT] = "port",
} };

const struct words vlan_mode_words = { {
	[NVSWITCH_VLAN_INHERIT] = "inherit",
	[NVSWITCH_VLAN_NONE] = "none",
	[NVSWITCH_VLAN_ACCESS] = "access",
	[NVSWITCH_VLAN_TRUNK] = "trunk",
	[NVSWITCH_VLAN_PRIVATE] = "private",
} };

const struct words private_words = { {
	[NVSWITCH_PRIVATE_PROMISCUOUS] = "promiscuous",
	[NVSWITCH_PRIVATE_ISOLATED] = "isolated",
	[NVSWITCH_PRIVATE_COMMUNITY] = "community",
} };

const struct words activation_words = { {
	[NVSWITCH_ACTIVATION_IMMEDIATE] = "immediate",
	[NVSWITCH_ACTIVATION_ANNOUNCE] = "announce",
} };

const struct words binding_words = { {
	[NVSWITCH_MAC_BINDING_AUTO] = "auto",
	[NVSWITCH_MAC_BINDING_EXPLICIT] = "explicit",
} };

const struct words role_words = { {
	[NVSWITCH_ROLE_GUEST] = "guest",
	[NVSWITCH_ROLE_UPLINK] = "uplink",
} };

const struct words mac_state_words = { {
	[NVSWITCH_MAC_OK] = "ok",
	[NVSWITCH_MAC_CHANGE] = "mac_change",
	[NVSWITCH_MAC_CONFLICT] = "mac_conflict",
} };

const struct words source_words = { {
	[NVSWITCH_INITIAL_NONE] = "none",
	[NVSWITCH_INITIAL_ADMIN] = "admin",
	[NVSWITCH_INITIAL_PEER] = "peer",
} };

const struct words kind_words = { {
	[NVSWITCH_FDB_LOCAL] = "local",
	[NVSWITCH_FDB_OWNED] = "owned",
	[NVSWITCH_FDB_RESERVED] = "reserved",
	[NVSWITCH_FDB_STATIC] = "static",
	[NVSWITCH_FDB_ADOPTED] = "adopted",
	[NVSWITCH_FDB_LEARNED] = "learned",
	[NVSWITCH_FDB_REMOTE] = "remote",
} };

const struct words reason_words = { {
#define REASON(NAME, name, where) \
	[NVSWITCH_DROP_##NAME] = #name,
	NVSWITCH_DROP_REASONS(REASON)
#undef REASON
} };

const struct words verdict_words = { {
	[NVSWITCH_VERDICT_FORWARDED] = "forwarded",
	[NVSWITCH_VERDICT_DROPPED] = "dropped",
	[NVSWITCH_VERDICT_PASSED] = "passed",
} };

const struct words rule_words = { {
	[NVSWITCH_RULE_OPEN] = "open",
	[NVSWITCH_RULE_SOURCE] = "source",
	[NVSWITCH_RULE_RESERVED] = "reserved",
	[NVSWITCH_RULE_VLAN] = "vlan",
	[NVSWITCH_RULE_EFFECTIVE] = "effective",
	[NVSWITCH_RULE_OWNER] = "owner",
	[NVSWITCH_RULE_STATIC] = "static",
	[NVSWITCH_RULE_ALLOW] = "allow",
	[NVSWITCH_RULE_BINDING] = "binding",
	[NVSWITCH_RULE_FORGED] = "forged",
	[NVSWITCH_RULE_MOVE] = "move",
	[NVSWITCH_RULE_LEARN] = "learn",
	[NVSWITCH_RULE_STANDBY] = "standby",
	[NVSWITCH_RULE_REFLECTED] = "reflected",
	[NVSWITCH_RULE_REMOTE] = "remote",
	[NVSWITCH_RULE_TRUSTED] = "trusted",
	[NVSWITCH_RULE_DELIVERY] = "delivery",
} };

const struct words learn_words = { {
	[NVSWITCH_LEARN_NOTHING] = "nothing",
	[NVSWITCH_LEARN_REFRESH] = "refresh",
	[NVSWITCH_LEARN_ENTER] = "enter",
	[NVSWITCH_LEARN_MOVE] = "move",
} };

const struct words cast_words = { {
	[NVSWITCH_CAST_KNOWN] = "known",
	[NVSWITCH_CAST_UNKNOWN] = "unknown",
	[NVSWITCH_CAST_MULTI] = "multicast",
	[NVSWITCH_CAST_BROAD] = "broadcast",
	[NVSWITCH_CAST_BPDU] = "bpdu",
} };

const struct words why_words = { {
	[NVSWITCH_WHY_HOLDS] = "holds",
	[NVSWITCH_WHY_MEMBER] = "member",
	[NVSWITCH_WHY_FLOOD] = "flood",
	[NVSWITCH_WHY_PROMISCUOUS] = "promiscuous",
	[NVSWITCH_WHY_BPDU] = "bpdu",
	[NVSWITCH_WHY_UPLINK] = "uplink",
} };

const struct words event_words = { {
	[NVSWITCH_EVENT_DROP] = "drop",
	[NVSWITCH_EVENT_LEARN] = "learn",
	[NVSWITCH_EVENT_MOVE] = "move",
	[NVSWITCH_EVENT_AGE] = "age",
	[NVSWITCH_EVENT_ADOPTED] = "adopted",
	[NVSWITCH_EVENT_LIMIT] = "limit",
	[NVSWITCH_EVENT_MAC_CHANGE] = "mac_change",
	[NVSWITCH_EVENT_MAC_CONFLICT] = "mac_conflict",
	[NVSWITCH_EVENT_MAC_OK] = "mac_ok",
	[NVSWITCH_EVENT_UPLINK] = "uplink",
	[NVSWITCH_EVENT_ACTIVATED] = "activated",
	[NVSWITCH_EVENT_CONFIG] = "config",
} };

const struct words action_words = { {
	[NVSWITCH_ACTION_ADD] = "add",
	[NVSWITCH_ACTION_SET] = "set",
	[NVSWITCH_ACTION_DEL] = "del",
} };

const char *word_of(const struct words *words, unsigned int value)
{
	return value < WORDS_MAX ? words->word[value] : NULL;
}

const char *word_or_number(const struct words *words, unsigned int value)
{
	const char *word = word_of(words, value);
	static char number[16];

	if (word)
		return word;
	snprintf(number, sizeof(number), "%u", value);
	return number;
}

int value_of(const struct words *words, const char *word)
{
	int i;

	for (i = 0; i < WORDS_MAX; i++)
		if (words->word[i] && !strcmp(words->word[i], word))
			return i;
	return -1;
}
