// SPDX-License-Identifier: GPL-2.0-only
/* nvsw group: port groups. */
#include <string.h>

#include "decode.h"
#include "fields.h"
#include "groups.h"
#include "links.h"
#include "out.h"
#include "show.h"

static struct request request;

static void begin(int cmd, const struct args *args)
{
	genl_begin(&request, cmd);
	put_u32(&request, NVSWITCH_A_SWITCH, arg_link(args, "SWITCH")->ifindex);
	put_text(&request, NVSWITCH_A_GROUP, arg_get(args, "GROUP")->text);
}

static void put_settings(const struct args *args)
{
	const struct value *vlan = arg_get(args, "vlan");

	if (arg_given(args, "nested"))
		put_flag(&request, NVSWITCH_A_NESTED);
	if (vlan)
		put_vlan(&request, NVSWITCH_A_VLAN, &vlan->vlan);
	put_policy(&request, args, NVSWITCH_A_POLICY);
}

static int finish(void)
{
	int error = genl_ask(&request, NULL, NULL);

	return error ? nl_refused(error) : NVSW_DONE;
}

static int add(const struct args *args)
{
	begin(NVSWITCH_CMD_GROUP_NEW, args);
	put_settings(args);
	return finish();
}

static int set(const struct args *args)
{
	const struct value *name = arg_get(args, "name");

	begin(NVSWITCH_CMD_GROUP_SET, args);
	if (name)
		put_text(&request, NVSWITCH_A_NEW_NAME, name->text);
	put_settings(args);
	return finish();
}

static int del(const struct args *args)
{
	begin(NVSWITCH_CMD_GROUP_DEL, args);
	if (arg_given(args, "force"))
		put_flag(&request, NVSWITCH_A_FORCE);
	return finish();
}

void text_group(const struct nvsw_group *group)
{
	const struct arg *field;

	out_text("vlan ");
	print_vlan("vlan", &group->vlan);
	for (field = policy_fields; !arg_ends(field); field++) {
		if (policy_inherits(&group->policy, field->attr))
			continue;
		out_text(" ");
		print_named(field, group->policy.value[field->attr]);
	}
}

static bool show_group(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_group group;

	(void)arg;
	if (!decode_group(n, &group))
		return true;
	out_open_object(NULL);
	put_string("switch", COLOR_NAME, link_name(group.ifindex));
	out_text(" group ");
	out_string("group", group.name);
	out_name(group.name);
	out_text(": ");
	out_number("ports", group.ports);
	if (out_is_json())
		json_group(&group);
	else
		text_group(&group);
	out_text(", %u port%s\n", group.ports, group.ports == 1 ? "" : "s");
	out_close_object();
	return true;
}

static int show(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	const struct value *name = arg_get(args, "GROUP");
	int error = links_load();

	if (error)
		return nl_refused(error);
	genl_begin(&request, NVSWITCH_CMD_GROUP_GET);
	if (sw)
		put_u32(&request, NVSWITCH_A_SWITCH, sw->ifindex);
	if (name)
		put_text(&request, NVSWITCH_A_GROUP, name->text);
	out_open_array(NULL);
	if (name)
		error = genl_ask(&request, show_group, NULL);
	else
		error = genl_dump(&request, show_group, NULL, NULL);
	out_close_array();
	return error ? nl_refused(error) : NVSW_DONE;
}

/* All groups of one switch, or of all. */
static bool take_group(const struct nlmsghdr *n, void *arg)
{
	struct group_list *list = arg;
	struct nvsw_group group;

	if (!decode_group(n, &group))
		return true;
	list->group = reallocate(list->group,
				 (list->count + 1) * sizeof(*list->group));
	list->group[list->count++] = group;
	return true;
}

static void forget_groups(void *arg)
{
	struct group_list *list = arg;

	list->count = 0;
}

int groups_load(const struct nvsw_link *sw, struct group_list *list)
{
	genl_begin(&request, NVSWITCH_CMD_GROUP_GET);
	if (sw)
		put_u32(&request, NVSWITCH_A_SWITCH, sw->ifindex);
	return genl_dump(&request, take_group, list, forget_groups);
}

static const struct arg name_arg[] = {
	{
		.label = "GROUP",
		.type = ARG_GROUP,
		.flags = POSITIONAL | REQUIRED,
	},
	{ }
};

static const struct arg rename_arg[] = {
	{
		.name = "name",
		.type = ARG_GROUP,
	},
	{ }
};

static const struct arg settings_args[] = {
	{
		.name = "vlan",
		.type = ARG_VLAN,
	}, {
		.name = "nested",
		.type = ARG_FLAG,
	},
	{ }
};

static const struct arg force_arg[] = {
	{
		.name = "force",
		.type = ARG_FLAG,
	},
	{ }
};

static const struct arg show_args[] = {
	{
		.label = "GROUP",
		.type = ARG_GROUP,
		.flags = POSITIONAL,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.name = "add",
		.summary = "Create a port group; what is not named is inherited",
		.inherit = true,
		.args = { switch_arg, name_arg, settings_args, policy_fields },
		.run = add,
	}, {
		.name = "set",
		.summary = "Change a group and all ports in it; name renames it",
		.inherit = true,
		.args = { switch_arg, name_arg, rename_arg, settings_args,
			  policy_fields },
		.run = set,
	}, {
		.name = "del",
		.summary = "Delete a group; force takes its ports out of it first",
		.args = { switch_arg, name_arg, force_arg },
		.run = del,
	}, {
		.name = "show",
		.summary = "List groups with what is their own",
		.args = { any_switch_arg, show_args },
		.run = show,
	},
	{ }
};

const struct command group_command = {
	.name = "group",
	.summary = "port groups",
	.verbs = verbs,
};
