// SPDX-License-Identifier: GPL-2.0-only
/*
 * nvsw graph: a switch as a picture for Graphviz. From left to right: what is
 * outside, the switch, outer guests by group, and their inner MACs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "fields.h"
#include "groups.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"

/* So many inner MACs of a port are drawn; a table may have a million. */
#define INNER_MAX	8
#define VLAN_TEXT	48

static struct group_list groups;
static struct request request;

/* The ports in the order of ifindex, and how many inner MACs each has. */
static struct {
	const struct nvsw_link **port;
	size_t *inner;
	size_t count;
} ports;

static const char preamble[] =
	"\trankdir=LR;\n"
	"\tranksep=0.9;\n"
	"\tnodesep=0.18;\n"
	"\tfontname=\"Helvetica\";\n"
	"\tfontsize=11;\n"
	"\tfontcolor=\"#455a64\";\n"
	"\tnode [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11, color=\"#90a4ae\", fillcolor=\"#eceff1\", fontcolor=\"#263238\"];\n"
	"\tedge [fontname=\"Helvetica\", fontsize=9, color=\"#90a4ae\", fontcolor=\"#607d8b\"];\n";

/* A name within a quoted string of DOT. */
static void put_name(const char *name)
{
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			out_text("\\");
		out_text("%c", (unsigned char)*name < ' ' ? '?' : *name);
	}
}

static void put_address(const __u8 *mac)
{
	char text[MAC_TEXT];

	out_text("%s", mac_text(text, mac));
}

/* The words of a VLAN mode, cut if they are many. */
static const char *vlan_label(const struct nvsw_vlan *vlan, char *text)
{
	static char list[TRUNK_TEXT];

	switch (vlan->mode) {
	case NVSWITCH_VLAN_ACCESS:
		snprintf(text, VLAN_TEXT, "VLAN %u", vlan->vid);
		break;
	case NVSWITCH_VLAN_TRUNK:
		trunk_text(list, vlan);
		snprintf(text, VLAN_TEXT, "trunk %.20s%s", list,
			 strlen(list) > 20 ? "..." : "");
		break;
	case NVSWITCH_VLAN_PRIVATE:
		snprintf(text, VLAN_TEXT, "private VLAN %u %s", vlan->vid,
			 word_or_number(&private_words, vlan->type));
		break;
	default:
		snprintf(text, VLAN_TEXT, "untagged");
		break;
	}
	return text;
}

static bool has(const struct nvsw_port *port, unsigned int attr)
{
	return has_attr(port->present, attr);
}

/* It may be a hypervisor: it speaks for others, and these are learned. */
static bool is_nested(const struct nvsw_port *port)
{
	const __u32 *value = port->resolved.value;

	return value[NVSWITCH_POLICY_FORGED_TRANSMITS] == NVSWITCH_ACCEPT &&
	       value[NVSWITCH_POLICY_LEARNING] == NVSWITCH_ON;
}

static bool is_up(const struct nvsw_link *link)
{
	return !strcmp(link_state(link), "up");
}

static void put_mac_line(const struct nvsw_port *port)
{
	out_text("\\n");
	if (has(port, IFLA_NVSWITCH_PORT_EFFECTIVE_MAC)) {
		put_address(port->effective_mac);
	} else if (has(port, IFLA_NVSWITCH_PORT_ADOPTED_MAC)) {
		put_address(port->adopted_mac);
		out_text(" (adopted)");
	} else {
		out_text("no MAC yet");
	}
}

static void put_guest_color(const struct nvsw_link *link)
{
	if (link->port.mac_state != NVSWITCH_MAC_OK ||
	    link->port.blocked == NVSWITCH_ON)
		out_text("color=\"#b0574c\", fillcolor=\"#f6e5e2\"");
	else if (!is_up(link))
		out_text("style=\"rounded,filled,dashed\", fillcolor=\"#fafafa\", fontcolor=\"#78909c\"");
	else if (is_nested(&link->port))
		out_text("color=\"#4a6fa5\", fillcolor=\"#e4ebf5\"");
	else
		out_text("color=\"#5b8c6a\", fillcolor=\"#e8f1ea\"");
}

static void put_guest(const struct nvsw_link *link, const char *indent)
{
	const struct nvsw_port *port = &link->port;

	out_text("%s\tport%d [label=\"", indent, link->ifindex);
	put_name(link->name);
	put_mac_line(port);
	out_text("\\n%s%s", link_state(link),
		 is_nested(port) ? ", nested" : "");
	if (port->mac_state != NVSWITCH_MAC_OK)
		out_text("\\n%s",
			 word_or_number(&mac_state_words, port->mac_state));
	out_text("\", ");
	put_guest_color(link);
	out_text("];\n");
}

static void put_guest_edge(const struct nvsw_link *sw,
			   const struct nvsw_link *link)
{
	const struct nvsw_port *port = &link->port;
	char text[VLAN_TEXT];

	out_text("\tswitch%d:e -- port%d:w", sw->ifindex, link->ifindex);
	if (port->vlan_level == NVSWITCH_LEVEL_PORT)
		out_text(" [label=\"%s\"]",
			 vlan_label(&port->vlan_resolved, text));
	out_text(";\n");
}

/* The guests of a group; NULL: those that are in none. */
static void put_guests(const struct nvsw_group *group)
{
	const char *name = group ? group->name : "";
	size_t i;

	for (i = 0; i < ports.count; i++)
		if (ports.port[i]->port.role == NVSWITCH_ROLE_GUEST &&
		    !strcmp(ports.port[i]->port.group, name))
			put_guest(ports.port[i], group ? "\t" : "");
}

static void put_group(const struct nvsw_group *group, size_t index)
{
	char text[VLAN_TEXT];

	if (!group->ports)
		return;
	out_text("\tsubgraph cluster%zu {\n", index);
	out_text("\t\tstyle=rounded;\n\t\tcolor=\"#b0bec5\";\n");
	out_text("\t\tlabel=\"");
	put_name(group->name);
	out_text("  (%s)\";\n", vlan_label(&group->vlan, text));
	put_guests(group);
	out_text("\t}\n");
}

static void put_uplink(const struct nvsw_link *sw,
		       const struct nvsw_link *link)
{
	bool active = link->port.active;

	out_text("\tport%d [label=\"", link->ifindex);
	put_name(link->name);
	out_text("\\nuplink, %s\", fillcolor=\"#cfd8dc\"%s];\n",
		 !is_up(link) ? link_state(link) :
		 active ? "active" : "standby",
		 active ? "" : ", style=\"rounded,filled,dashed\"");
	out_text("\tport%d:e -- switch%d:w [penwidth=%s];\n", link->ifindex,
		 sw->ifindex, active ? "2" : "1, style=dashed");
}

static void put_host(const struct nvsw_link *sw)
{
	out_text("\thost [label=\"host");
	if (sw->has_mac) {
		out_text("\\n");
		put_address(sw->mac);
	}
	out_text("\\n%s\"];\n", link_state(sw));
	out_text("\thost:e -- switch%d:w;\n", sw->ifindex);
}

static void put_switch(const struct nvsw_link *sw)
{
	out_text("\tswitch%d [label=\"", sw->ifindex);
	put_name(sw->name);
	out_text("\", fontsize=14, margin=\"0.25,0.35\", color=\"#37474f\", fillcolor=\"#455a64\", fontcolor=white];\n");
}

static size_t port_index(int ifindex)
{
	size_t low = 0, high = ports.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ports.port[middle]->ifindex < ifindex)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Drawn as it comes, for there may be many. */
static bool put_inner(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_fdb fdb;
	size_t index;

	(void)arg;
	if (!decode_fdb(n, &fdb))
		return true;
	index = port_index(fdb.port);
	if (index == ports.count || ports.port[index]->ifindex != fdb.port ||
	    ports.inner[index]++ >= INNER_MAX)
		return true;
	out_text("\tinner%d_%zu [label=\"", fdb.port, ports.inner[index]);
	put_address(fdb.mac);
	if (fdb.vid > 0)
		out_text("  VLAN %d", fdb.vid);
	out_text("\", fontsize=9, height=0.2, margin=\"0.08,0.02\"%s];\n",
		 fdb.trial ? ", style=\"rounded,filled,dashed\"" : "");
	out_text("\tport%d:e -- inner%d_%zu:w;\n", fdb.port, fdb.port,
		 ports.inner[index]);
	return true;
}

static void put_more(void)
{
	size_t i;

	for (i = 0; i < ports.count; i++) {
		int ifindex = ports.port[i]->ifindex;

		if (ports.inner[i] <= INNER_MAX)
			continue;
		out_text("\tmore%d [label=\"and %zu more\", shape=plaintext, style=\"\", fontsize=9, fontcolor=\"#607d8b\", height=0.2];\n",
			 ifindex, ports.inner[i] - INNER_MAX);
		out_text("\tport%d:e -- more%d:w [style=dotted];\n", ifindex,
			 ifindex);
	}
}

static int put_inners(const struct nvsw_link *sw)
{
	int error;

	genl_begin(&request, NVSWITCH_CMD_FDB_GET);
	put_u32(&request, NVSWITCH_A_SWITCH, sw->ifindex);
	put_u8(&request, NVSWITCH_A_KIND, NVSWITCH_FDB_LEARNED);
	error = genl_dump(&request, put_inner, NULL, NULL);
	put_more();
	return error;
}

static void find_ports(const struct nvsw_link *sw)
{
	const struct nvsw_link *port = NULL;
	size_t count = 0;

	while ((port = link_next_port(port, sw)))
		count++;
	ports.port = allocate((count + 1) * sizeof(*ports.port));
	ports.inner = allocate((count + 1) * sizeof(*ports.inner));
	while ((port = link_next_port(port, sw)))
		ports.port[ports.count++] = port;
}

static void put_ports(const struct nvsw_link *sw)
{
	size_t i;

	put_guests(NULL);
	for (i = 0; i < groups.count; i++)
		put_group(&groups.group[i], i);
	for (i = 0; i < ports.count; i++) {
		if (ports.port[i]->port.role == NVSWITCH_ROLE_UPLINK)
			put_uplink(sw, ports.port[i]);
		else
			put_guest_edge(sw, ports.port[i]);
	}
}

static int run(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	int error = groups_load(sw, &groups);

	if (error)
		return nl_refused(error);
	find_ports(sw);
	/* A picture is neither of the two that others print. */
	out_begin(false, false, COLOR_NEVER);
	out_text("graph \"");
	put_name(sw->name);
	out_text("\" {\n%s", preamble);
	put_switch(sw);
	put_host(sw);
	put_ports(sw);
	error = put_inners(sw);
	out_text("}\n");
	return error ? nl_refused(error) : NVSW_DONE;
}

static const struct verb verbs[] = {
	{
		.summary = "Print a switch and its guests as a picture: nvsw graph nvs0 | dot -Tsvg",
		.args = { switch_arg },
		.run = run,
	},
	{ }
};

const struct command graph_command = {
	.name = "graph",
	.summary = "a picture, for Graphviz",
	.verbs = verbs,
};
