// SPDX-License-Identifier: GPL-2.0-only
/* What a plan changes: a line each, as text or as JSON. */
#include <stdio.h>

#include "fields.h"
#include "out.h"
#include "plan.h"

/**
 * struct form - how a step is told
 * @sign: in text
 * @op: in JSON
 * @object: what it is about
 * @fails: what is said when it is refused
 */
static const struct form {
	char sign;
	enum color color;
	const char *op;
	const char *object;
	const char *fails;
} forms[] = {
	[STEP_SWITCH_NEW] = { '+', COLOR_GOOD, "add", "switch",
			      "cannot be created" },
	[STEP_SWITCH_SET] = { '~', COLOR_NAME, "set", "switch",
			      "cannot be changed" },
	[STEP_SWITCH_DEL] = { '-', COLOR_BAD, "del", "switch",
			      "cannot be deleted" },
	[STEP_GROUP_NEW] = { '+', COLOR_GOOD, "add", "group",
			     "cannot be created" },
	[STEP_GROUP_SET] = { '~', COLOR_NAME, "set", "group",
			     "cannot be changed" },
	[STEP_GROUP_DEL] = { '-', COLOR_BAD, "del", "group",
			     "cannot be deleted" },
	[STEP_PORT_ATTACH] = { '+', COLOR_GOOD, "add", "port",
			       "cannot be attached" },
	[STEP_PORT_SET] = { '~', COLOR_NAME, "set", "port",
			    "cannot be changed" },
	[STEP_PORT_DETACH] = { '-', COLOR_BAD, "del", "port",
			       "cannot be detached" },
	[STEP_ALLOW_ADD] = { '+', COLOR_GOOD, "add", "port",
			     "cannot be allowed an address" },
	[STEP_ALLOW_DEL] = { '-', COLOR_BAD, "del", "port",
			     "cannot be denied an address" },
	[STEP_FDB_ADD] = { '+', COLOR_GOOD, "add", "port",
			   "cannot have a static entry" },
	[STEP_FDB_DEL] = { '-', COLOR_BAD, "del", "port",
			   "cannot lose a static entry" },
};

static const char *name_of(const struct step *step)
{
	if (step->port)
		return step->port->name;
	return step->group ? step->group->is.name : step->sw->name;
}

char *step_text(const struct step *step, char *text)
{
	const struct form *form = &forms[step->kind];
	bool own = !step->port && !step->group;

	snprintf(text, STEP_TEXT, "%s %s%s%s %s", form->object, name_of(step),
		 own ? "" : " of ", own ? "" : step->sw->name, form->fails);
	return text;
}

static void begin_line(const struct step *step, const char *key)
{
	const struct form *form = &forms[step->kind];

	out_open_object(NULL);
	out_string("op", form->op);
	out_string("switch", step->sw->name);
	out_string("object", form->object);
	out_string("name", name_of(step));
	if (key)
		out_string("key", key);
	out_color(form->color, "%c", form->sign);
	out_text(" %s", step->sw->name);
	if (step->port || step->group) {
		out_text(" %s ", form->object);
		out_name(name_of(step));
	}
	if (key)
		out_text(" %s", key);
}

static void end_line(void)
{
	out_text("\n");
	out_close_object();
}

static void print_vlans(const struct step *step, const struct nvsw_vlan *old,
			const struct nvsw_vlan *new)
{
	if (config_vlan_equals(old, new))
		return;
	begin_line(step, "vlan");
	out_text(": ");
	config_put_vlan("old", old);
	out_text(" -> ");
	config_put_vlan("new", new);
	end_line();
}

static void print_policies(const struct step *step,
			   const struct nvsw_policy *old,
			   const struct nvsw_policy *new)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		if (config_policy_value(old, field->attr) ==
		    config_policy_value(new, field->attr))
			continue;
		begin_line(step, field->name);
		out_text(": ");
		config_put_policy("old", field, old);
		out_text(" -> ");
		config_put_policy("new", field, new);
		end_line();
	}
}

/* Of a port, what need not be there: its group and its MAC. */
static bool is_there(const struct arg *field, const struct nvsw_port *port)
{
	if (field->attr == IFLA_NVSWITCH_PORT_GROUP)
		return *port->group;
	if (field->attr == IFLA_NVSWITCH_PORT_INITIAL_MAC)
		return config_has_mac(port);
	return true;
}

static void put_or_none(const char *key, const struct arg *field,
			const struct nvsw_port *port)
{
	if (is_there(field, port))
		config_put_field(key, field, port);
	else
		out_text("none");
}

static void print_port_set(const struct step *step)
{
	const struct nvsw_port *old = &step->old_port->is;
	const struct nvsw_port *new = &step->port->is;
	const struct arg *field;

	for (field = port_fields; !arg_ends(field); field++) {
		if (!config_is_field(field) ||
		    config_field_equals(field, old, new))
			continue;
		begin_line(step, field->name);
		out_text(": ");
		put_or_none("old", field, old);
		out_text(" -> ");
		put_or_none("new", field, new);
		end_line();
	}
	print_vlans(step, &old->vlan, &new->vlan);
	print_policies(step, &old->policy, &new->policy);
}

static void print_switch_set(const struct step *step)
{
	const struct nvsw_switch *old = &step->old_sw->is;
	const struct nvsw_switch *new = &step->sw->is;
	const struct arg *field;

	print_policies(step, &old->policy, &new->policy);
	for (field = switch_fields; !arg_ends(field); field++) {
		if (field->flags & READONLY ||
		    field_number(field, old) == field_number(field, new))
			continue;
		begin_line(step, field->name);
		out_text(": ");
		print_field(field, "old", field_number(field, old));
		out_text(" -> ");
		print_field(field, "new", field_number(field, new));
		end_line();
	}
}

static void print_group_set(const struct step *step)
{
	print_vlans(step, &step->old_group->is.vlan, &step->group->is.vlan);
	print_policies(step, &step->old_group->is.policy,
		       &step->group->is.policy);
}

/* Something that comes or goes as a whole. */
static void print_whole(const struct step *step)
{
	const char *key = forms[step->kind].sign == '+' ? "new" : "old";
	const char *list = NULL;

	if (step->allow || step->fdb)
		list = step->allow ? "allow" : "static";
	begin_line(step, list);
	if (list)
		out_text(" ");
	if (step->allow)
		config_put_allow(key, step->allow);
	else if (step->fdb)
		config_put_fdb(key, step->fdb);
	else if (step->port)
		config_put_port(key, step->port);
	else if (step->group)
		config_put_group(key, step->group);
	else
		config_put_switch(key, step->sw);
	end_line();
}

static void print_step(const struct step *step)
{
	switch (step->kind) {
	case STEP_SWITCH_SET:
		print_switch_set(step);
		break;
	case STEP_GROUP_SET:
		print_group_set(step);
		break;
	case STEP_PORT_SET:
		print_port_set(step);
		break;
	default:
		print_whole(step);
		break;
	}
}

void plan_print(const struct plan *plan)
{
	size_t i;

	out_open_array(NULL);
	for (i = 0; i < plan->count; i++)
		print_step(&plan->step[i]);
	out_close_array();
	if (!plan->count)
		out_text("nothing to change\n");
}
