// SPDX-License-Identifier: GPL-2.0-only
/* Fields of switches, groups and ports, as text and as JSON. */
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "links.h"
#include "out.h"

static bool is_inherited(const struct arg *field, __u32 value)
{
	if (field->attr == NVSWITCH_POLICY_LEARN_LIMIT &&
	    field->type == ARG_NUMBER)
		return value == NVSWITCH_LEARN_LIMIT_INHERIT;
	return field->type != ARG_NUMBER && field->words &&
	       value == NVSWITCH_INHERIT && !word_of(field->words, value);
}

void print_field(const struct arg *field, const char *key, __u32 value)
{
	const char *word = field->words ? word_of(field->words, value) : NULL;

	if (is_inherited(field, value))
		put_string(key, COLOR_NONE, "inherit");
	else if (field->type == ARG_DEVICE)
		put_string(key, COLOR_NAME, link_name(value));
	else if (!word)
		put_number(key, value);
	else if (field->type == ARG_ONOFF && out_is_json())
		out_bool(key, !strcmp(word, "on"));
	else
		put_string(key, COLOR_NONE, word);
}

void print_named(const struct arg *field, __u32 value)
{
	out_text("%s ", field->name);
	print_field(field, field->name, value);
}

void json_policy(const struct nvsw_policy *policy)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++)
		if (has_attr(policy->present, field->attr))
			print_field(field, field->name,
				    policy->value[field->attr]);
}

char *trunk_text(char *text, const struct nvsw_vlan *vlan)
{
	struct nvswitch_vlan_range range;
	unsigned int from = 0;
	size_t used = 0;

	if (vlan_is_all(vlan))
		return strcpy(text, "all");
	*text = 0;
	for (; vlan_next_range(vlan, from, &range); from = range.last + 1) {
		used += snprintf(text + used, TRUNK_TEXT - used, "%s%u",
				 used ? "," : "", range.first);
		if (range.last != range.first)
			used += snprintf(text + used, TRUNK_TEXT - used, "-%u",
					 range.last);
	}
	return text;
}

static void json_trunk(const struct nvsw_vlan *vlan)
{
	struct nvswitch_vlan_range range;
	unsigned int from = 0;

	out_open_array("trunk");
	for (; vlan_next_range(vlan, from, &range); from = range.last + 1) {
		out_open_array(NULL);
		out_number(NULL, range.first);
		out_number(NULL, range.last);
		out_close_array();
	}
	out_close_array();
	if (vlan->native)
		out_number("native", vlan->native);
}

/* The members of a VLAN mode's object. */
static void json_vlan(const struct nvsw_vlan *vlan)
{
	out_string("mode", word_or_number(&vlan_mode_words, vlan->mode));
	switch (vlan->mode) {
	case NVSWITCH_VLAN_ACCESS:
		out_number("vid", vlan->vid);
		break;
	case NVSWITCH_VLAN_TRUNK:
		json_trunk(vlan);
		break;
	case NVSWITCH_VLAN_PRIVATE:
		out_number("primary", vlan->vid);
		out_string("type", word_or_number(&private_words, vlan->type));
		if (vlan->secondary)
			out_number("secondary", vlan->secondary);
		break;
	default:
		break;
	}
}

static void text_vlan(const struct nvsw_vlan *vlan)
{
	static char text[TRUNK_TEXT];

	out_text("%s", word_or_number(&vlan_mode_words, vlan->mode));
	switch (vlan->mode) {
	case NVSWITCH_VLAN_ACCESS:
		out_text(" %u", vlan->vid);
		break;
	case NVSWITCH_VLAN_TRUNK:
		out_text(" %s", trunk_text(text, vlan));
		if (vlan->native)
			out_text(" native %u", vlan->native);
		break;
	case NVSWITCH_VLAN_PRIVATE:
		out_text(" %u %s", vlan->vid,
			 word_or_number(&private_words, vlan->type));
		if (vlan->secondary)
			out_text(" %u", vlan->secondary);
		break;
	default:
		break;
	}
}

void print_vlan(const char *key, const struct nvsw_vlan *vlan)
{
	if (!out_is_json()) {
		text_vlan(vlan);
		return;
	}
	out_open_object(key);
	json_vlan(vlan);
	out_close_object();
}

void json_switch(const struct nvsw_switch *sw)
{
	const struct arg *field;

	json_policy(&sw->policy);
	for (field = switch_fields; !arg_ends(field); field++)
		if (has_attr(sw->present, field->attr))
			print_field(field, field->name,
				    field_number(field, sw));
}

bool policy_inherits(const struct nvsw_policy *policy, unsigned int attr)
{
	if (!has_attr(policy->present, attr))
		return true;
	if (attr == NVSWITCH_POLICY_LEARN_LIMIT)
		return policy->value[attr] == NVSWITCH_LEARN_LIMIT_INHERIT;
	return policy->value[attr] == NVSWITCH_INHERIT;
}

void json_group(const struct nvsw_group *group)
{
	const struct arg *field;

	print_vlan("vlan", &group->vlan);
	for (field = policy_fields; !arg_ends(field); field++) {
		if (policy_inherits(&group->policy, field->attr))
			out_string(field->name, "inherit");
		else
			print_field(field, field->name,
				    group->policy.value[field->attr]);
	}
}

static void json_multicast(const struct nvsw_multicast *multicast)
{
	unsigned int i;

	if (multicast->mode == NVSWITCH_RX_MULTICAST_ALL) {
		out_string("rx_multicast", "all");
		return;
	}
	out_string("rx_multicast", multicast->count ? "list" : "none");
	if (!multicast->count)
		return;
	out_open_array("rx_groups");
	for (i = 0; i < multicast->count; i++)
		out_mac(NULL, multicast->group[i]);
	out_close_array();
}

/* Nobody has said: then there is nothing to say. */
static void json_promisc(__u32 value)
{
	if (value != NVSWITCH_INHERIT)
		out_bool("rx_promisc", value == NVSWITCH_ON);
}

static void json_port_field(const struct arg *field,
			    const struct nvsw_port *port)
{
	const void *at = (const char *)port + field->offset;

	if (field->attr == IFLA_NVSWITCH_PORT_RX_PROMISC) {
		json_promisc(port->rx_promisc);
		return;
	}
	switch (field->type) {
	case ARG_STATION:
	case ARG_STATION_OR_ZERO:
		out_mac(field->name, at);
		break;
	case ARG_GROUP:
		out_string(field->name, at);
		break;
	case ARG_MULTICAST:
		json_multicast(&port->rx_multicast);
		break;
	default:
		print_field(field, field->name, field_number(field, port));
		break;
	}
}

static void json_level(const char *key, __u32 level)
{
	out_string(key, word_or_number(&level_words, level));
}

/* The value in force, and whose it is. */
static void json_resolved(const struct arg *field,
			  const struct nvsw_port *port)
{
	if (!has_attr(port->resolved.present, field->attr))
		return;
	out_open_object(field->name);
	print_field(field, "value", port->resolved.value[field->attr]);
	if (has_attr(port->level.present, field->attr))
		json_level("level", port->level.value[field->attr]);
	out_close_object();
}

static void json_port_vlan(const struct nvsw_port *port)
{
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_VLAN))
		print_vlan("vlan", &port->vlan);
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_VLAN_RESOLVED))
		print_vlan("vlan_resolved", &port->vlan_resolved);
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_VLAN_LEVEL))
		json_level("vlan_level", port->vlan_level);
}

void json_port(const struct nvsw_port *port)
{
	const struct arg *field;

	for (field = port_fields; !arg_ends(field); field++)
		if (has_attr(port->present, field->attr))
			json_port_field(field, port);
	json_port_vlan(port);
	for (field = policy_fields; !arg_ends(field); field++) {
		json_resolved(field, port);
		if (field->attr == NVSWITCH_POLICY_LEARN_LIMIT &&
		    has_attr(port->present, IFLA_NVSWITCH_PORT_LEARNED))
			out_number("learned", port->learned);
	}
}
