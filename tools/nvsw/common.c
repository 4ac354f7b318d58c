// SPDX-License-Identifier: GPL-2.0-only
/* What several commands show or ask for in the same way. */
#include <linux/if.h>

#include "links.h"
#include "out.h"
#include "show.h"

const struct arg switch_arg[] = {
	{
		.label = "SWITCH",
		.type = ARG_SWITCH,
		.flags = POSITIONAL | REQUIRED,
	},
	{ }
};

const struct arg any_switch_arg[] = {
	{
		.label = "SWITCH",
		.type = ARG_SWITCH,
		.flags = POSITIONAL,
	},
	{ }
};

const struct arg port_arg[] = {
	{
		.name = "dev",
		.type = ARG_PORT,
		.flags = POSITIONAL | REQUIRED,
	},
	{ }
};

static const char *port_state(const struct nvsw_port *port)
{
	if (port->blocked == NVSWITCH_ON)
		return "blocked";
	if (port->activated == NVSWITCH_OFF)
		return "not activated";
	return "up";
}

const char *link_state(const struct nvsw_link *link)
{
	if (!(link->flags & IFF_UP))
		return "down";
	if (!(link->flags & IFF_LOWER_UP))
		return "no carrier";
	return link->kind == LINK_PORT ? port_state(&link->port) : "up";
}

void show_link(const struct nvsw_link *link)
{
	const char *state = link_state(link);
	bool up = state[0] == 'u';
	char text[MAC_TEXT];

	out_color(COLOR_NAME, "%s", link->name);
	out_text(": ");
	out_color(up ? COLOR_GOOD : COLOR_BAD, "%s", state);
	if (link->kind == LINK_SWITCH && link->has_mac) {
		out_text(", ");
		out_color(COLOR_MAC, "%s", mac_text(text, link->mac));
	}
}

void json_link(const struct nvsw_link *link)
{
	out_string("ifname", link->name);
	out_number("ifindex", link->ifindex);
	if (link->kind == LINK_PORT)
		out_string("switch", link_name(link->master));
	if (link->has_mac)
		out_mac("address", link->mac);
	out_bool("up", link->flags & IFF_UP);
	out_bool("carrier", link->flags & IFF_LOWER_UP);
	out_number("mtu", link->mtu);
}

const char *place_name(int sw, int port)
{
	if (!port)
		return "uplinks";
	return port == sw ? "host" : link_name(port);
}
