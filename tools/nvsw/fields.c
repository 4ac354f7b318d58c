// SPDX-License-Identifier: GPL-2.0-only
/* What can be said about a switch, a group or a port. */
#include <string.h>

#include "fields.h"

#define POLICY_FIELD(field, words_of_it, type_of_it, attribute) {	\
	.name = #field,							\
	.type = type_of_it,						\
	.attr = NVSWITCH_POLICY_##attribute,				\
	.words = &(words_of_it),						\
}

const struct arg policy_fields[] = {
	POLICY_FIELD(promiscuous, accept_words, ARG_WORD, PROMISCUOUS),
	POLICY_FIELD(mac_changes, accept_words, ARG_WORD, MAC_CHANGES),
	POLICY_FIELD(forged_transmits, accept_words, ARG_WORD,
		     FORGED_TRANSMITS),
	POLICY_FIELD(learning, onoff_words, ARG_ONOFF, LEARNING),
	POLICY_FIELD(unicast_flood, onoff_words, ARG_ONOFF, UNICAST_FLOOD),
	{
		.name = "learn_limit",
		.type = ARG_NUMBER,
		.attr = NVSWITCH_POLICY_LEARN_LIMIT,
		.max = NVSWITCH_LEARN_LIMIT_MAX,
	},
	POLICY_FIELD(limit_policy, allow_words, ARG_WORD, LIMIT_POLICY),
	POLICY_FIELD(learn_move, move_words, ARG_WORD, LEARN_MOVE),
	{ }
};

#define SWITCH_FIELD(field, attribute)			\
	.name = #field,					\
	.attr = IFLA_NVSWITCH_##attribute,		\
	.offset = offsetof(struct nvsw_switch, field)

const struct arg switch_fields[] = {
	{
		SWITCH_FIELD(ageing, AGEING),
		.type = ARG_NUMBER,
		.zero = true,
		.min = NVSWITCH_AGEING_MIN,
		.max = NVSWITCH_AGEING_MAX,
		.unit = "seconds",
	}, {
		SWITCH_FIELD(move_hold, MOVE_HOLD),
		.type = ARG_NUMBER,
		.max = NVSWITCH_MOVE_HOLD_MAX,
		.unit = "milliseconds",
	}, {
		SWITCH_FIELD(table_limit, TABLE_LIMIT),
		.type = ARG_NUMBER,
		.min = 1,
		.max = NVSWITCH_TABLE_LIMIT_MAX,
	}, {
		SWITCH_FIELD(learned, LEARNED),
		.type = ARG_NUMBER,
		.flags = READONLY,
	}, {
		SWITCH_FIELD(remote_limit, REMOTE_LIMIT),
		.type = ARG_NUMBER,
		.max = NVSWITCH_REMOTE_LIMIT_MAX,
	}, {
		SWITCH_FIELD(remote, REMOTE),
		.type = ARG_NUMBER,
		.flags = READONLY,
	}, {
		SWITCH_FIELD(mac_binding, MAC_BINDING),
		.type = ARG_WORD,
		.words = &binding_words,
	}, {
		SWITCH_FIELD(active_uplink, ACTIVE_UPLINK),
		.type = ARG_DEVICE,
		.flags = READONLY,
	},
	{ }
};

#define PORT_FIELD(field, attribute)			\
	.name = #field,					\
	.attr = IFLA_NVSWITCH_PORT_##attribute,		\
	.offset = offsetof(struct nvsw_port, field)

const struct arg port_fields[] = {
	{
		PORT_FIELD(role, ROLE),
		.type = ARG_WORD,
		.words = &role_words,
	}, {
		PORT_FIELD(active, ACTIVE),
		.type = ARG_ONOFF,
		.flags = READONLY,
		.words = &boolean_words,
	}, {
		PORT_FIELD(group, GROUP),
		.type = ARG_GROUP,
	}, {
		PORT_FIELD(initial_mac, INITIAL_MAC),
		.alias = "mac",
		.type = ARG_STATION_OR_ZERO,
	}, {
		PORT_FIELD(initial_mac_source, INITIAL_MAC_SOURCE),
		.type = ARG_WORD,
		.flags = READONLY,
		.words = &source_words,
	}, {
		PORT_FIELD(requested_mac, REQUESTED_MAC),
		.type = ARG_STATION_OR_ZERO,
	}, {
		PORT_FIELD(effective_mac, EFFECTIVE_MAC),
		.type = ARG_STATION,
		.flags = READONLY,
	}, {
		PORT_FIELD(adopted_mac, ADOPTED_MAC),
		.type = ARG_STATION,
		.flags = READONLY,
	}, {
		PORT_FIELD(mac_state, MAC_STATE),
		.type = ARG_WORD,
		.flags = READONLY,
		.words = &mac_state_words,
	}, {
		PORT_FIELD(bpdu, BPDU),
		.type = ARG_WORD,
		.words = &pass_words,
	}, {
		PORT_FIELD(blocked, BLOCKED),
		.type = ARG_ONOFF,
		.words = &onoff_words,
	}, {
		PORT_FIELD(activation, ACTIVATION),
		.type = ARG_WORD,
		.words = &activation_words,
	}, {
		PORT_FIELD(activated, ACTIVATED),
		.type = ARG_ONOFF,
		.flags = READONLY,
		.words = &onoff_words,
	}, {
		PORT_FIELD(rx_promisc, RX_PROMISC),
		.type = ARG_WORD,
		.words = &promisc_words,
	}, {
		PORT_FIELD(rx_multicast, RX_MULTICAST),
		.type = ARG_MULTICAST,
	}, {
		PORT_FIELD(allowed, ALLOWED),
		.type = ARG_NUMBER,
		.flags = READONLY,
	},
	{ }
};

const struct arg vlan_field[] = {
	{
		.name = "vlan",
		.type = ARG_VLAN,
		.attr = IFLA_NVSWITCH_PORT_VLAN,
	},
	{ }
};

const struct arg nested_field[] = {
	{
		.name = "nested",
		.type = ARG_FLAG,
		.attr = IFLA_NVSWITCH_PORT_NESTED,
	},
	{ }
};

__u32 policy_default(unsigned int attr)
{
	static const __u32 defaults[] = {
		[NVSWITCH_POLICY_PROMISCUOUS] = NVSWITCH_REJECT,
		[NVSWITCH_POLICY_MAC_CHANGES] = NVSWITCH_REJECT,
		[NVSWITCH_POLICY_FORGED_TRANSMITS] = NVSWITCH_REJECT,
		[NVSWITCH_POLICY_LEARNING] = NVSWITCH_OFF,
		[NVSWITCH_POLICY_UNICAST_FLOOD] = NVSWITCH_ON,
		[NVSWITCH_POLICY_LEARN_LIMIT] = 4096,
		[NVSWITCH_POLICY_LIMIT_POLICY] = NVSWITCH_DROP,
		[NVSWITCH_POLICY_LEARN_MOVE] = NVSWITCH_ALLOW,
	};

	return attr < ARRAY_SIZE(defaults) ? defaults[attr] : 0;
}

static void put_value(struct request *request, const struct value *value)
{
	int attr = value->arg->attr;

	switch (value->arg->type) {
	case ARG_FLAG:
		put_flag(request, attr);
		break;
	case ARG_WORD:
	case ARG_ONOFF:
		put_u8(request, attr, value->number);
		break;
	case ARG_NUMBER:
		put_u32(request, attr, value->number);
		break;
	case ARG_STATION:
	case ARG_STATION_OR_ZERO:
	case ARG_MAC:
		put_attr(request, attr, value->mac, ETH_ALEN);
		break;
	case ARG_GROUP:
		put_text(request, attr, value->text);
		break;
	case ARG_VLAN:
		put_vlan(request, attr, &value->vlan);
		break;
	case ARG_MULTICAST:
		put_multicast(request, &value->multicast);
		break;
	default:
		break;
	}
}

static bool is_of(const struct arg *arg, const struct arg *table)
{
	for (; !arg_ends(table); table++)
		if (table == arg)
			return true;
	return false;
}

bool arg_may_inherit(const struct arg *arg)
{
	return is_of(arg, policy_fields);
}

void put_fields(struct request *request, const struct args *args,
		const struct arg *table)
{
	unsigned int i;

	for (i = 0; i < args->count; i++)
		if (is_of(args->value[i].arg, table))
			put_value(request, &args->value[i]);
}

/* Without a field there is no nest: some requests refuse even an empty one. */
void put_policy(struct request *request, const struct args *args, int attr)
{
	struct nlattr *nest = NULL;
	unsigned int i;

	for (i = 0; i < args->count; i++) {
		if (!is_of(args->value[i].arg, policy_fields))
			continue;
		if (!nest)
			nest = put_nest(request, attr);
		put_value(request, &args->value[i]);
	}
	if (nest)
		end_nest(request, nest);
}
