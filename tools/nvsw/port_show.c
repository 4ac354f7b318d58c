// SPDX-License-Identifier: GPL-2.0-only
/* A port, as text. */
#include <string.h>

#include "fields.h"
#include "links.h"
#include "out.h"
#include "port.h"
#include "show.h"

static void text_mac(const __u8 *mac)
{
	char text[MAC_TEXT];

	out_color(COLOR_MAC, "%s", mac_text(text, mac));
}

static void text_multicast(const struct nvsw_multicast *multicast)
{
	char text[MAC_TEXT];
	unsigned int i;

	if (multicast->mode == NVSWITCH_RX_MULTICAST_ALL)
		out_text("all");
	else if (!multicast->count)
		out_text("none");
	for (i = 0; i < multicast->count; i++)
		out_text("%s%s", i ? "," : "",
			 mac_text(text, multicast->group[i]));
}

static void text_field(const struct arg *field, const struct nvsw_port *port)
{
	const void *at = (const char *)port + field->offset;
	bool bad = field->attr == IFLA_NVSWITCH_PORT_MAC_STATE &&
		   port->mac_state != NVSWITCH_MAC_OK;

	out_text(" %s ", field->name);
	switch (field->type) {
	case ARG_STATION:
	case ARG_STATION_OR_ZERO:
		text_mac(at);
		break;
	case ARG_GROUP:
		out_name(at);
		break;
	case ARG_MULTICAST:
		text_multicast(&port->rx_multicast);
		break;
	default:
		if (bad)
			out_color(COLOR_BAD, "%s",
				  word_or_number(field->words,
						 port->mac_state));
		else
			print_field(field, field->name,
				    field_number(field, port));
		break;
	}
}

static void text_level(__u32 level)
{
	out_color(COLOR_DIM, " (%s)", word_or_number(&level_words, level));
}

static void text_resolved(const struct arg *field,
			  const struct nvsw_port *port)
{
	out_text(" ");
	print_named(field, port->resolved.value[field->attr]);
	if (has_attr(port->level.present, field->attr))
		text_level(port->level.value[field->attr]);
}

static void text_vlan(const struct nvsw_port *port)
{
	out_text(" vlan ");
	print_vlan("vlan", &port->vlan_resolved);
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_VLAN_LEVEL))
		text_level(port->vlan_level);
}

void text_port(const struct nvsw_link *link)
{
	const struct nvsw_port *port = &link->port;
	const struct arg *field;

	show_link(link);
	out_text(", port of ");
	out_color(COLOR_NAME, "%s", link_name(link->master));
	out_text("\n   ");
	for (field = port_fields; !arg_ends(field); field++)
		if (has_attr(port->present, field->attr))
			text_field(field, port);
	out_text("\n");
	if (!port->resolved.present)
		return;
	out_text("   ");
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_VLAN_RESOLVED))
		text_vlan(port);
	for (field = policy_fields; !arg_ends(field); field++) {
		if (!has_attr(port->resolved.present, field->attr))
			continue;
		text_resolved(field, port);
		if (field->attr == NVSWITCH_POLICY_LEARN_LIMIT)
			out_text(" learned %u", port->learned);
	}
	out_text("\n");
}

static void brief_macs(const struct nvsw_port *port)
{
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_EFFECTIVE_MAC)) {
		out_text(", ");
		text_mac(port->effective_mac);
	} else if (has_attr(port->present, IFLA_NVSWITCH_PORT_ADOPTED_MAC)) {
		out_text(", adopted ");
		text_mac(port->adopted_mac);
	} else if (port->role == NVSWITCH_ROLE_GUEST) {
		out_text(", no MAC");
	}
	if (port->mac_state == NVSWITCH_MAC_OK)
		return;
	out_text(", ");
	out_color(COLOR_BAD, "%s",
		  word_or_number(&mac_state_words, port->mac_state));
	if (!has_attr(port->present, IFLA_NVSWITCH_PORT_REQUESTED_MAC))
		return;
	out_text(": requested ");
	text_mac(port->requested_mac);
}

static void brief_role(const struct nvsw_port *port)
{
	if (port->role != NVSWITCH_ROLE_UPLINK)
		return;
	out_text(", uplink, ");
	out_color(port->active ? COLOR_GOOD : COLOR_NONE, "%s",
		  port->active ? "active" : "standby");
}

/* What differs from the default of a switch. */
static void brief_policy(const struct nvsw_port *port)
{
	const struct arg *field;

	if (port->vlan_resolved.mode != NVSWITCH_VLAN_NONE &&
	    has_attr(port->present, IFLA_NVSWITCH_PORT_VLAN_RESOLVED)) {
		out_text(",");
		text_vlan(port);
	}
	for (field = policy_fields; !arg_ends(field); field++) {
		__u32 value = port->resolved.value[field->attr];

		if (!has_attr(port->resolved.present, field->attr) ||
		    value == policy_default(field->attr))
			continue;
		out_text(",");
		text_resolved(field, port);
	}
}

static void brief_rest(const struct nvsw_port *port)
{
	if (port->bpdu == NVSWITCH_ACCEPT)
		out_text(", bpdu pass");
	if (port->activation == NVSWITCH_ACTIVATION_ANNOUNCE)
		out_text(", activation announce");
	if (port->allowed)
		out_text(", %u allowed", port->allowed);
}

void text_port_brief(const struct nvsw_link *link)
{
	show_link(link);
	brief_role(&link->port);
	brief_macs(&link->port);
	brief_policy(&link->port);
	brief_rest(&link->port);
	out_text("\n");
}
