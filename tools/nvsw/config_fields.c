// SPDX-License-Identifier: GPL-2.0-only
/* The fields of a configuration: which there are, and when they are equal. */
#include <string.h>

#include "config.h"
#include "fields.h"

#define TABLE_LIMIT_DEFAULT	65536
#define REMOTE_LIMIT_DEFAULT	65536

bool config_is_field(const struct arg *field)
{
	switch (field->attr) {
	case IFLA_NVSWITCH_PORT_ROLE:
	case IFLA_NVSWITCH_PORT_GROUP:
	case IFLA_NVSWITCH_PORT_INITIAL_MAC:
	case IFLA_NVSWITCH_PORT_BPDU:
	case IFLA_NVSWITCH_PORT_BLOCKED:
	case IFLA_NVSWITCH_PORT_ACTIVATION:
		return true;
	default:
		return false;
	}
}

static const void *at(const struct arg *field, const struct nvsw_port *port)
{
	return (const char *)port + field->offset;
}

bool config_field_equals(const struct arg *field, const struct nvsw_port *a,
			 const struct nvsw_port *b)
{
	switch (field->type) {
	case ARG_GROUP:
		return !strcmp(at(field, a), at(field, b));
	case ARG_STATION_OR_ZERO:
		return !memcmp(at(field, a), at(field, b), ETH_ALEN);
	default:
		return field_number(field, a) == field_number(field, b);
	}
}

bool config_vlan_equals(const struct nvsw_vlan *a, const struct nvsw_vlan *b)
{
	return a->mode == b->mode && a->type == b->type && a->vid == b->vid &&
	       a->secondary == b->secondary && a->native == b->native &&
	       !memcmp(a->trunk, b->trunk, sizeof(a->trunk));
}

__u32 config_policy_value(const struct nvsw_policy *policy, unsigned int attr)
{
	if (has_attr(policy->present, attr))
		return policy->value[attr];
	return attr == NVSWITCH_POLICY_LEARN_LIMIT ?
		       NVSWITCH_LEARN_LIMIT_INHERIT : NVSWITCH_INHERIT;
}

bool config_policy_equals(const struct nvsw_policy *a,
			  const struct nvsw_policy *b)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++)
		if (config_policy_value(a, field->attr) !=
		    config_policy_value(b, field->attr))
			return false;
	return true;
}

void config_policy_trim(struct nvsw_policy *policy)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++)
		if (policy_inherits(policy, field->attr))
			policy->present &= ~(1U << field->attr);
}

bool config_has_mac(const struct nvsw_port *port)
{
	static const __u8 none[ETH_ALEN];

	return memcmp(port->initial_mac, none, sizeof(none));
}

void config_default_switch(struct nvsw_switch *sw)
{
	const struct arg *field;

	memset(sw, 0, sizeof(*sw));
	for (field = policy_fields; !arg_ends(field); field++) {
		sw->policy.present |= 1U << field->attr;
		sw->policy.value[field->attr] = policy_default(field->attr);
	}
	sw->ageing = AGEING_DEFAULT;
	sw->move_hold = MOVE_HOLD_DEFAULT;
	sw->table_limit = TABLE_LIMIT_DEFAULT;
	sw->remote_limit = REMOTE_LIMIT_DEFAULT;
}

void config_default_port(struct nvsw_port *port)
{
	memset(port, 0, sizeof(*port));
	port->bpdu = NVSWITCH_DROP;
	port->blocked = NVSWITCH_OFF;
}
