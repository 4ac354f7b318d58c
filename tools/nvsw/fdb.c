// SPDX-License-Identifier: GPL-2.0-only
/* nvsw fdb: the MAC table. */
#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "fdb.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"

static struct request request;

/* What selects entries: the switch that was named, or the port's. */
static int select_entries(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	const struct nvsw_link *port = arg_link(args, "dev");
	const struct value *vlan = arg_get(args, "vlan");
	const struct value *kind = arg_get(args, "KIND");
	int ifindex = sw ? sw->ifindex : 0;

	if (port && !sw)
		ifindex = port->kind == LINK_PORT ? port->master :
						    port->ifindex;
	if (ifindex)
		put_u32(&request, NVSWITCH_A_SWITCH, ifindex);
	if (port)
		put_u32(&request, NVSWITCH_A_PORT, port->ifindex);
	if (vlan)
		put_u16(&request, NVSWITCH_A_VID, vlan->vid);
	if (kind)
		put_u8(&request, NVSWITCH_A_KIND, kind->number);
	return ifindex;
}

static void text_entry(const struct nvsw_fdb *fdb)
{
	char text[MAC_TEXT];

	out_color(COLOR_MAC, "%s", mac_text(text, fdb->mac));
	out_text(" switch %s dev ", link_name(fdb->ifindex));
	out_color(COLOR_NAME, "%s", place_name(fdb->ifindex, fdb->port));
	if (fdb->vid >= 0)
		out_text(" vlan %d", fdb->vid);
	out_text(" %s", word_or_number(&kind_words, fdb->kind));
	if (fdb->trial)
		out_text(" trial");
	if (fdb->age >= 0)
		out_text(" age %lld.%03llds", fdb->age / 1000,
			 fdb->age % 1000);
	out_text("\n");
}

void json_entry(const struct nvsw_fdb *fdb)
{
	out_mac("mac", fdb->mac);
	if (fdb->vid >= 0)
		out_number("vlan", fdb->vid);
	out_string("kind", word_or_number(&kind_words, fdb->kind));
	out_bool("trial", fdb->trial);
	if (fdb->age >= 0)
		out_real("age", fdb->age / 1000.0);
}

static bool show_entry(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_fdb fdb;

	(void)arg;
	if (!decode_fdb(n, &fdb))
		return true;
	if (!out_is_json()) {
		text_entry(&fdb);
		return true;
	}
	out_open_object(NULL);
	out_string("switch", link_name(fdb.ifindex));
	out_string("port", place_name(fdb.ifindex, fdb.port));
	json_entry(&fdb);
	out_close_object();
	return true;
}

static int show(const struct args *args)
{
	int error = links_load();

	if (error)
		return nl_refused(error);
	genl_begin(&request, NVSWITCH_CMD_FDB_GET);
	select_entries(args);
	out_open_array(NULL);
	error = genl_dump(&request, show_entry, NULL, NULL);
	out_close_array();
	return error ? nl_refused(error) : NVSW_DONE;
}

void fdb_begin_neighbour(struct request *to, int type,
			 const struct nvsw_link *device,
			 const struct nvsw_fdb *fdb)
{
	bool is_port = device->kind == LINK_PORT;
	bool learned = fdb->kind == NVSWITCH_FDB_LEARNED;
	struct ndmsg neighbour = {
		.ndm_family = AF_BRIDGE,
		.ndm_ifindex = is_port ? device->master : device->ifindex,
		.ndm_flags = NTF_SELF,
		.ndm_state = learned ? NUD_REACHABLE : NUD_NOARP,
	};

	rtnl_begin(to, type, 0, &neighbour, sizeof(neighbour));
	put_attr(to, NDA_LLADDR, fdb->mac, ETH_ALEN);
	if (fdb->vid)
		put_u16(to, NDA_VLAN, fdb->vid);
	if (is_port)
		put_u32(to, NDA_IFINDEX, device->ifindex);
}

/* The entry that is meant. */
static struct nvsw_fdb named_entry(const struct args *args)
{
	const struct value *vlan = arg_get(args, "vlan");
	const struct value *kind = arg_get(args, "KIND");
	struct nvsw_fdb fdb = {
		.vid = vlan ? vlan->vid : 0,
		.kind = kind ? kind->number : NVSWITCH_FDB_STATIC,
	};

	memcpy(fdb.mac, arg_get(args, "LLADDR")->mac, ETH_ALEN);
	return fdb;
}

static int add(const struct args *args)
{
	const struct nvsw_link *port = arg_link(args, "dev");
	struct nvsw_fdb fdb = named_entry(args);
	char sentence[512];
	int error;

	fdb_begin_neighbour(&request, RTM_NEWNEIGH, port, &fdb);
	request.n.nlmsg_flags |= NLM_F_CREATE | NLM_F_EXCL;
	error = rtnl_ask(&request, NULL, NULL);
	if (!error)
		return NVSW_DONE;
	if (error != -EEXIST)
		return nl_refused(error);
	snprintf(sentence, sizeof(sentence), "%s", nl_reason());
	return refused_mac(sentence, link_by_index(port->master), 0, fdb.mac);
}

static int del(const struct args *args)
{
	const struct nvsw_link *device = arg_link(args, "dev");
	struct nvsw_fdb fdb = named_entry(args);
	int error;

	if (!device)
		device = arg_link(args, "SWITCH");
	if (!device)
		return misuse("Where? It takes dev DEV, or SWITCH for wherever the address is");
	fdb_begin_neighbour(&request, RTM_DELNEIGH, device, &fdb);
	error = rtnl_ask(&request, NULL, NULL);
	return error ? nl_refused(error) : NVSW_DONE;
}

static bool take_count(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *table[NVSWITCH_A_MAX + 1];
	unsigned int *count = arg;

	if (genl_table(table, NVSWITCH_A_MAX, n))
		*count = attr_u32(table[NVSWITCH_A_COUNT], 0);
	return true;
}

/* With one switch there is nothing to choose. */
static int only_switch(void)
{
	const struct nvsw_link *sw = link_next_switch(NULL);

	return sw && !link_next_switch(sw) ? sw->ifindex : 0;
}

static int select_switch(const struct args *args, const char *verb)
{
	int ifindex = select_entries(args);

	if (ifindex)
		return NVSW_DONE;
	ifindex = only_switch();
	if (!ifindex)
		return misuse("fdb %s needs SWITCH or dev DEV: there is more than one switch, or none",
			      verb);
	put_u32(&request, NVSWITCH_A_SWITCH, ifindex);
	return NVSW_DONE;
}

static int flush(const struct args *args)
{
	unsigned int count = 0;
	int status, error;

	genl_begin(&request, NVSWITCH_CMD_FDB_FLUSH);
	status = select_switch(args, "flush");
	if (status != NVSW_DONE)
		return status;
	error = genl_ask(&request, take_count, &count);
	if (error)
		return nl_refused(error);
	out_open_object(NULL);
	put_number("count", count);
	out_text(" removed\n");
	out_close_object();
	return NVSW_DONE;
}

static int announce(const struct args *args)
{
	int status, error;

	genl_begin(&request, NVSWITCH_CMD_FDB_ANNOUNCE);
	status = select_switch(args, "announce");
	if (status != NVSW_DONE)
		return status;
	error = genl_ask(&request, NULL, NULL);
	return error ? nl_refused(error) : NVSW_DONE;
}

static const struct words add_words = { {
	[NVSWITCH_FDB_STATIC] = "static",
	[NVSWITCH_FDB_LEARNED] = "learned",
} };

static const struct arg dev_arg[] = {
	{
		.name = "dev",
		.type = ARG_PORT_OR_SWITCH,
	},
	{ }
};

static const struct arg needed_port_arg[] = {
	{
		.name = "dev",
		.type = ARG_PORT,
		.flags = REQUIRED,
	},
	{ }
};

static const struct arg lladdr_arg[] = {
	{
		.label = "LLADDR",
		.type = ARG_STATION,
		.flags = REQUIRED | POSITIONAL,
	},
	{ }
};

static const struct arg file_arg[] = {
	{
		.label = "FILE",
		.type = ARG_FILE,
		.flags = REQUIRED | POSITIONAL,
	},
	{ }
};

static const struct arg vlan_arg[] = {
	{
		.name = "vlan",
		.type = ARG_VID,
	},
	{ }
};

static const struct arg kind_arg[] = {
	{
		.label = "KIND",
		.type = ARG_CHOICE,
		.words = &kind_words,
	},
	{ }
};

static const struct arg add_kind_arg[] = {
	{
		.label = "KIND",
		.type = ARG_CHOICE,
		.words = &add_words,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.name = "show",
		.summary = "List entries of every kind",
		.args = { any_switch_arg, dev_arg, vlan_arg, kind_arg },
		.run = show,
	}, {
		.name = "add",
		.summary = "Enter an address, static unless it says learned",
		.args = { lladdr_arg, needed_port_arg, vlan_arg, add_kind_arg },
		.run = add,
	}, {
		.name = "del",
		.summary = "Remove an address from a port, or wherever it is on a switch",
		.args = { lladdr_arg, any_switch_arg, dev_arg, vlan_arg },
		.run = del,
	}, {
		.name = "flush",
		.summary = "Remove what traffic has shown; static entries only if it says static",
		.args = { any_switch_arg, dev_arg, vlan_arg, kind_arg },
		.run = flush,
	}, {
		.name = "export",
		.summary = "Print a port's learned addresses as JSON",
		.args = { port_arg },
		.run = fdb_export,
	}, {
		.name = "import",
		.summary = "Enter such addresses from a file, or - for standard input: all or none",
		.args = { file_arg, needed_port_arg },
		.run = fdb_import,
	}, {
		.name = "announce",
		.summary = "Tell the physical network where guests' addresses are",
		.args = { any_switch_arg, dev_arg },
		.run = announce,
	},
	{ }
};

const struct command fdb_command = {
	.name = "fdb",
	.summary = "the MAC table",
	.verbs = verbs,
};
