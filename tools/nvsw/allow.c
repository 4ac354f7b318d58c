// SPDX-License-Identifier: GPL-2.0-only
/* nvsw allow: the addresses that a port may use besides its own. */
#include "decode.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"

static struct request request;

static int change(const struct args *args, int cmd)
{
	const struct value *prefix = arg_get(args, "LLADDR[/BITS]");
	int error;

	genl_begin(&request, cmd);
	put_u32(&request, NVSWITCH_A_PORT, arg_link(args, "dev")->ifindex);
	put_attr(&request, NVSWITCH_A_MAC, prefix->mac, ETH_ALEN);
	put_u8(&request, NVSWITCH_A_BITS, prefix->bits);
	error = genl_ask(&request, NULL, NULL);
	return error ? nl_refused(error) : NVSW_DONE;
}

static int add(const struct args *args)
{
	return change(args, NVSWITCH_CMD_ALLOW_ADD);
}

static int del(const struct args *args)
{
	return change(args, NVSWITCH_CMD_ALLOW_DEL);
}

static bool show_entry(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_allow allow;

	(void)arg;
	if (!decode_allow(n, &allow))
		return true;
	out_open_object(NULL);
	out_string("switch", link_name(allow.ifindex));
	put_string("port", COLOR_NAME, link_name(allow.port));
	out_text(" ");
	put_mac("mac", allow.mac);
	out_number("bits", allow.bits);
	if (allow.bits < NVSWITCH_ALLOW_BITS_MAX)
		out_text("/%u", allow.bits);
	out_text("\n");
	out_close_object();
	return true;
}

static int show(const struct args *args)
{
	const struct nvsw_link *wanted = arg_link(args, "dev");
	int error = links_load();

	if (error)
		return nl_refused(error);
	genl_begin(&request, NVSWITCH_CMD_ALLOW_GET);
	if (wanted)
		put_u32(&request, wanted->kind == LINK_PORT ?
			NVSWITCH_A_PORT : NVSWITCH_A_SWITCH, wanted->ifindex);
	out_open_array(NULL);
	error = genl_dump(&request, show_entry, NULL, NULL);
	out_close_array();
	return error ? nl_refused(error) : NVSW_DONE;
}

static const struct arg entry_args[] = {
	{
		.name = "dev",
		.type = ARG_PORT,
		.flags = REQUIRED,
	}, {
		.label = "LLADDR[/BITS]",
		.type = ARG_PREFIX,
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

static const struct verb verbs[] = {
	{
		.name = "add",
		.summary = "Let a port use an address, or all that begin with 24..48 bits",
		.args = { entry_args },
		.run = add,
	}, {
		.name = "del",
		.summary = "Take that back",
		.args = { entry_args },
		.run = del,
	}, {
		.name = "show",
		.summary = "List the addresses that ports may use",
		.args = { show_args },
		.run = show,
	},
	{ }
};

const struct command allow_command = {
	.name = "allow",
	.summary = "allow lists of ports",
	.verbs = verbs,
};
