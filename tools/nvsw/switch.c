// SPDX-License-Identifier: GPL-2.0-only
/* nvsw switch: as `ip link` with its plug-in does, for systems without that. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "fields.h"
#include "links.h"
#include "out.h"
#include "show.h"

static struct request request;

static void begin(int type, int flags, int ifindex)
{
	struct ifinfomsg info = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = ifindex,
	};

	rtnl_begin(&request, type, flags, &info, sizeof(info));
}

static void put_data(const struct args *args)
{
	struct nlattr *info = put_nest(&request, IFLA_LINKINFO);
	struct nlattr *data;

	put_text(&request, IFLA_INFO_KIND, "nvswitch");
	data = put_nest(&request, IFLA_INFO_DATA);
	put_policy(&request, args, IFLA_NVSWITCH_POLICY);
	put_fields(&request, args, switch_fields);
	end_nest(&request, data);
	end_nest(&request, info);
}

static int finish(void)
{
	int error = rtnl_ask(&request, NULL, NULL);

	return error ? nl_refused(error) : NVSW_DONE;
}

static int add(const struct args *args)
{
	const char *name = arg_get(args, "NAME")->text;
	int error;

	begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	put_text(&request, IFLA_IFNAME, name);
	put_data(args);
	error = rtnl_ask(&request, NULL, NULL);
	/* The kernel has no sentence for it. */
	if (error == -EEXIST)
		return refuse("There is a device '%s' already: choose another name, or delete it with ip link del",
			      name);
	return error ? nl_refused(error) : NVSW_DONE;
}

static int set(const struct args *args)
{
	begin(RTM_NEWLINK, 0, arg_link(args, "SWITCH")->ifindex);
	put_data(args);
	return finish();
}

static int del(const struct args *args)
{
	begin(RTM_DELLINK, 0, arg_link(args, "SWITCH")->ifindex);
	return finish();
}

static unsigned int count_ports(const struct nvsw_link *sw)
{
	const struct nvsw_link *port = NULL;
	unsigned int count = 0;

	while ((port = link_next_port(port, sw)))
		count++;
	return count;
}

static void text_switch(const struct nvsw_link *sw)
{
	const struct arg *field;
	unsigned int ports;

	show_link(sw);
	ports = count_ports(sw);
	out_text(", %u port%s\n   ", ports, ports == 1 ? "" : "s");
	for (field = policy_fields; !arg_ends(field); field++) {
		if (!has_attr(sw->sw.policy.present, field->attr))
			continue;
		out_text(" ");
		print_named(field, sw->sw.policy.value[field->attr]);
	}
	out_text("\n   ");
	for (field = switch_fields; !arg_ends(field); field++) {
		if (!has_attr(sw->sw.present, field->attr))
			continue;
		out_text(" ");
		print_named(field, field_number(field, &sw->sw));
	}
	out_text("\n");
}

static void show_switch(const struct nvsw_link *sw)
{
	if (!out_is_json()) {
		text_switch(sw);
		return;
	}
	out_open_object(NULL);
	json_link(sw);
	json_switch(&sw->sw);
	out_number("ports", count_ports(sw));
	out_close_object();
}

static int show(const struct args *args)
{
	const struct nvsw_link *wanted = arg_link(args, "SWITCH");
	const struct nvsw_link *sw = NULL;
	int error = links_load();

	if (error)
		return nl_refused(error);
	out_open_array(NULL);
	while ((sw = link_next_switch(sw)))
		if (!wanted || sw == wanted)
			show_switch(sw);
	out_close_array();
	return NVSW_DONE;
}

static const struct arg name_arg[] = {
	{
		.label = "NAME",
		.type = ARG_NEW_DEVICE,
		.flags = POSITIONAL | REQUIRED,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.name = "add",
		.summary = "Create a switch",
		.args = { name_arg, policy_fields, switch_fields },
		.run = add,
	}, {
		.name = "set",
		.summary = "Change a switch; what is not named stays as it is",
		.args = { switch_arg, policy_fields, switch_fields },
		.run = set,
	}, {
		.name = "del",
		.summary = "Delete a switch; its ports' devices stay",
		.args = { switch_arg },
		.run = del,
	}, {
		.name = "show",
		.summary = "List switches with all their settings",
		.args = { any_switch_arg },
		.run = show,
	},
	{ }
};

const struct command switch_command = {
	.name = "switch",
	.summary = "switches",
	.verbs = verbs,
};
