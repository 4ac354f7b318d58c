// SPDX-License-Identifier: GPL-2.0-only
/* nvsw port: the ports of switches. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>

#include "fields.h"
#include "links.h"
#include "out.h"
#include "port.h"
#include "show.h"

static struct request request;

static void put_settings(const struct args *args)
{
	struct nlattr *nest = put_nest(&request, NVSWITCH_A_SETTINGS);

	put_fields(&request, args, port_fields);
	put_fields(&request, args, vlan_field);
	put_fields(&request, args, nested_field);
	if (arg_given(args, "nogroup"))
		put_text(&request, IFLA_NVSWITCH_PORT_GROUP, "");
	put_policy(&request, args, IFLA_NVSWITCH_PORT_POLICY);
	end_nest(&request, nest);
}

/* The address that is in somebody's way, as far as it can be told. */
static const __u8 *mac_of(const struct args *args,
			  const struct nvsw_link *link)
{
	const struct value *initial = arg_get(args, "initial_mac");
	const struct value *requested = arg_get(args, "requested_mac");
	static __u8 mac[ETH_ALEN];

	if (initial)
		return initial->mac;
	if (requested)
		return requested->mac;
	if (link->kind == LINK_PORT &&
	    has_attr(link->port.present, IFLA_NVSWITCH_PORT_INITIAL_MAC))
		return link->port.initial_mac;
	return peer_mac(link, mac) ? mac : NULL;
}

static int finish(const struct args *args, const struct nvsw_link *sw,
		  const struct nvsw_link *port)
{
	int error = genl_ask(&request, NULL, NULL);
	char sentence[512];

	if (!error)
		return NVSW_DONE;
	if (error != -EEXIST || !sw)
		return nl_refused(error);
	snprintf(sentence, sizeof(sentence), "%s", nl_reason());
	return refused_mac(sentence, sw, port->ifindex, mac_of(args, port));
}

static int attach(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	const struct nvsw_link *port = arg_link(args, "dev");

	genl_begin(&request, NVSWITCH_CMD_PORT_ATTACH);
	put_u32(&request, NVSWITCH_A_SWITCH, sw->ifindex);
	put_u32(&request, NVSWITCH_A_PORT, port->ifindex);
	put_settings(args);
	return finish(args, sw, port);
}

static int set(const struct args *args)
{
	const struct nvsw_link *port = arg_link(args, "dev");

	if (arg_given(args, "group") && arg_given(args, "nogroup"))
		return misuse("group and nogroup exclude each other: say one");
	genl_begin(&request, NVSWITCH_CMD_PORT_SET);
	put_u32(&request, NVSWITCH_A_PORT, port->ifindex);
	put_settings(args);
	return finish(args, link_by_index(port->master), port);
}

static int set_activated(const struct args *args, int value)
{
	const struct nvsw_link *port = arg_link(args, "dev");
	struct nlattr *nest;

	genl_begin(&request, NVSWITCH_CMD_PORT_SET);
	put_u32(&request, NVSWITCH_A_PORT, port->ifindex);
	nest = put_nest(&request, NVSWITCH_A_SETTINGS);
	put_u8(&request, IFLA_NVSWITCH_PORT_ACTIVATED, value);
	end_nest(&request, nest);
	return finish(args, link_by_index(port->master), port);
}

static int activate(const struct args *args)
{
	return set_activated(args, NVSWITCH_ON);
}

static int deactivate(const struct args *args)
{
	return set_activated(args, NVSWITCH_OFF);
}

static int detach(const struct args *args)
{
	struct ifinfomsg info = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = arg_link(args, "dev")->ifindex,
	};
	int error;

	rtnl_begin(&request, RTM_NEWLINK, 0, &info, sizeof(info));
	put_u32(&request, IFLA_MASTER, 0);
	error = rtnl_ask(&request, NULL, NULL);
	return error ? nl_refused(error) : NVSW_DONE;
}

static void show_port(const struct nvsw_link *port)
{
	if (!out_is_json()) {
		text_port(port);
		return;
	}
	out_open_object(NULL);
	json_link(port);
	json_port(&port->port);
	out_close_object();
}

static int show(const struct args *args)
{
	const struct nvsw_link *wanted = arg_link(args, "dev");
	const struct nvsw_link *port = NULL;
	int error = links_load();

	if (error)
		return nl_refused(error);
	out_open_array(NULL);
	if (wanted && wanted->kind == LINK_PORT) {
		show_port(wanted);
	} else {
		while ((port = link_next_port(port, wanted)))
			show_port(port);
	}
	out_close_array();
	return NVSW_DONE;
}

static const struct arg device_arg[] = {
	{
		.name = "dev",
		.type = ARG_DEVICE,
		.flags = POSITIONAL | REQUIRED,
	},
	{ }
};

static const struct arg show_args[] = {
	{
		.name = "dev",
		.label = "DEV|SWITCH",
		.type = ARG_PORT_OR_SWITCH,
		.flags = POSITIONAL,
	},
	{ }
};

static const struct arg nogroup_arg[] = {
	{
		.name = "nogroup",
		.type = ARG_FLAG,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.name = "attach",
		.summary = "Make a device a port, with its settings from the first frame on",
		.inherit = true,
		.args = { switch_arg, device_arg, port_fields, vlan_field,
			  nested_field, policy_fields },
		.run = attach,
	}, {
		.name = "set",
		.summary = "Change a port; what is not named stays as it is",
		.inherit = true,
		.args = { port_arg, nogroup_arg, port_fields, vlan_field,
			  nested_field, policy_fields },
		.run = set,
	}, {
		.name = "detach",
		.summary = "Make a port an ordinary device again",
		.args = { port_arg },
		.run = detach,
	}, {
		.name = "activate",
		.summary = "Let a port's addresses take effect",
		.args = { port_arg },
		.run = activate,
	}, {
		.name = "deactivate",
		.summary = "Make a port dormant, as after its guest has migrated away",
		.args = { port_arg },
		.run = deactivate,
	}, {
		.name = "show",
		.summary = "List ports with all that is in force, and the level that decided it",
		.args = { show_args },
		.run = show,
	},
	{ }
};

const struct command port_command = {
	.name = "port",
	.summary = "ports",
	.verbs = verbs,
};
