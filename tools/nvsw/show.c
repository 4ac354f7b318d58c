// SPDX-License-Identifier: GPL-2.0-only
/* nvsw show: switches, their groups and ports, and what is behind these. */
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "fdb.h"
#include "fields.h"
#include "groups.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "port.h"
#include "show.h"

/* So many inner MACs of a port are shown; a table may have a million. */
#define INNER_MAX	16

/**
 * struct inner - the addresses that a port's frames have shown
 * @port: the port's ifindex
 * @count: how many there are
 * @fdb: the first of them
 */
struct inner {
	int port;
	size_t count;
	struct nvsw_fdb fdb[INNER_MAX];
};

static struct {
	struct inner *port;
	size_t count;
} inners;

static struct group_list groups;
static struct request request;

static int by_port(const void *a, const void *b)
{
	const struct inner *first = a, *second = b;

	return (first->port > second->port) - (first->port < second->port);
}

static struct inner *inner_of(int port)
{
	struct inner key = { .port = port };

	return bsearch(&key, inners.port, inners.count, sizeof(key), by_port);
}

/* Room for each port; link_next_port() goes in the order of by_port(). */
static void prepare_inners(const struct nvsw_link *sw)
{
	const struct nvsw_link *port = NULL;
	size_t count = 0;

	while ((port = link_next_port(port, sw)))
		count++;
	inners.port = allocate((count + 1) * sizeof(*inners.port));
	while ((port = link_next_port(port, sw)))
		inners.port[inners.count++].port = port->ifindex;
}

static bool take_inner(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_fdb fdb;
	struct inner *inner;

	(void)arg;
	if (!decode_fdb(n, &fdb))
		return true;
	inner = inner_of(fdb.port);
	if (!inner)
		return true;
	if (inner->count < INNER_MAX)
		inner->fdb[inner->count] = fdb;
	inner->count++;
	return true;
}

static void restart_inners(void *arg)
{
	const __u32 *kind = arg;
	size_t i, j, kept;

	for (i = 0; i < inners.count; i++) {
		struct inner *inner = &inners.port[i];

		kept = 0;
		for (j = 0; j < inner->count && j < INNER_MAX; j++)
			if (inner->fdb[j].kind != *kind)
				inner->fdb[kept++] = inner->fdb[j];
		inner->count = kept;
	}
}

static int load_inners(const struct nvsw_link *sw)
{
	static const __u8 kinds[] = {
		NVSWITCH_FDB_ADOPTED, NVSWITCH_FDB_LEARNED
	};
	unsigned int i;

	prepare_inners(sw);
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		__u32 kind = kinds[i];
		int error;

		genl_begin(&request, NVSWITCH_CMD_FDB_GET);
		if (sw)
			put_u32(&request, NVSWITCH_A_SWITCH, sw->ifindex);
		put_u8(&request, NVSWITCH_A_KIND, kind);
		error = genl_dump(&request, take_inner, &kind, restart_inners);
		if (error)
			return error;
	}
	return 0;
}

static void text_inner(const struct nvsw_link *port, const char *indent)
{
	const struct inner *inner = inner_of(port->ifindex);
	char text[MAC_TEXT];
	size_t i;

	for (i = 0; i < inner->count && i < INNER_MAX; i++) {
		const struct nvsw_fdb *fdb = &inner->fdb[i];

		out_text("%s    ", indent);
		out_color(COLOR_MAC, "%s", mac_text(text, fdb->mac));
		if (fdb->vid > 0)
			out_text(" vlan %d", fdb->vid);
		out_text(" %s%s", word_or_number(&kind_words, fdb->kind),
			 fdb->trial ? " trial" : "");
		if (fdb->age >= 0)
			out_text(" age %lld.%03llds", fdb->age / 1000,
				 fdb->age % 1000);
		out_text("\n");
	}
	if (inner->count > INNER_MAX)
		out_text("%s    ... and %zu more: nvsw fdb show dev %s\n",
			 indent, inner->count - INNER_MAX, port->name);
}

static bool in_group(const struct nvsw_link *port,
		     const struct nvsw_group *group)
{
	return !strcmp(port->port.group, group ? group->name : "");
}

/* The ports of a group; NULL: those that are in none. */
static void text_ports(const struct nvsw_link *sw,
		       const struct nvsw_group *group)
{
	const char *indent = group ? "        " : "    ";
	const struct nvsw_link *port = NULL;

	while ((port = link_next_port(port, sw))) {
		if (!in_group(port, group))
			continue;
		out_text("%s", indent);
		text_port_brief(port);
		text_inner(port, indent);
	}
}

/* What differs from the defaults, and how much of the limits is used. */
static void text_policy(const struct nvsw_switch *sw)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		__u32 value = sw->policy.value[field->attr];

		if (!has_attr(sw->policy.present, field->attr) ||
		    value == policy_default(field->attr))
			continue;
		out_text(", ");
		print_named(field, value);
	}
	if (sw->ageing != AGEING_DEFAULT)
		out_text(", ageing %us", sw->ageing);
	if (sw->move_hold != MOVE_HOLD_DEFAULT)
		out_text(", move_hold %ums", sw->move_hold);
	if (sw->mac_binding)
		out_text(", mac_binding %s",
			 word_or_number(&binding_words, sw->mac_binding));
	out_text(", learned %u/%u, remote %u/%u", sw->learned,
		 sw->table_limit, sw->remote, sw->remote_limit);
}

static void text_switch(const struct nvsw_link *sw)
{
	size_t i;

	show_link(sw);
	text_policy(&sw->sw);
	out_text("\n");
	text_ports(sw, NULL);
	for (i = 0; i < groups.count; i++) {
		const struct nvsw_group *group = &groups.group[i];

		if (group->ifindex != sw->ifindex)
			continue;
		out_text("    group ");
		out_name(group->name);
		out_text(": ");
		text_group(group);
		out_text("\n");
		text_ports(sw, group);
	}
}

static void json_groups(const struct nvsw_link *sw)
{
	size_t i;

	out_open_array("groups");
	for (i = 0; i < groups.count; i++) {
		if (groups.group[i].ifindex != sw->ifindex)
			continue;
		out_open_object(NULL);
		out_string("group", groups.group[i].name);
		out_number("ports", groups.group[i].ports);
		json_group(&groups.group[i]);
		out_close_object();
	}
	out_close_array();
}

static void json_inner(const struct inner *inner)
{
	size_t i;

	out_number("inner_count", inner->count);
	out_open_array("inner");
	for (i = 0; i < inner->count && i < INNER_MAX; i++) {
		out_open_object(NULL);
		json_entry(&inner->fdb[i]);
		out_close_object();
	}
	out_close_array();
}

static void json_tree(const struct nvsw_link *sw)
{
	const struct nvsw_link *port = NULL;

	out_open_object(NULL);
	json_link(sw);
	json_switch(&sw->sw);
	json_groups(sw);
	out_open_array("ports");
	while ((port = link_next_port(port, sw))) {
		out_open_object(NULL);
		json_link(port);
		json_port(&port->port);
		json_inner(inner_of(port->ifindex));
		out_close_object();
	}
	out_close_array();
	out_close_object();
}

static int show(const struct args *args)
{
	const struct nvsw_link *wanted = arg_link(args, "SWITCH");
	const struct nvsw_link *sw = NULL;
	int error = links_load();

	if (!error)
		error = groups_load(wanted, &groups);
	if (!error)
		error = load_inners(wanted);
	if (error)
		return nl_refused(error);
	out_open_array(NULL);
	while ((sw = link_next_switch(sw))) {
		if (wanted && sw != wanted)
			continue;
		if (out_is_json())
			json_tree(sw);
		else
			text_switch(sw);
	}
	out_close_array();
	return NVSW_DONE;
}

static const struct verb verbs[] = {
	{
		.summary = "Show switches with their groups, ports, and the inner MACs behind these",
		.args = { any_switch_arg },
		.run = show,
	},
	{ }
};

const struct command show_command = {
	.name = "show",
	.summary = "the tree of all that there is",
	.verbs = verbs,
};
