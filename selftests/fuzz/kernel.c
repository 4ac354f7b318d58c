// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kernel that refuses nothing that makes sense: what a plan's steps make of
 * switches, and what must hold after each of them.
 */
#include <string.h>

#include "fields.h"
#include "fuzz.h"
#include "kernel.h"

static struct config_switch *switch_of(struct config *now,
				       const struct step *step)
{
	struct config_switch *sw = config_find_switch(now, step->sw->name);

	must(sw);
	return sw;
}

static struct config_port *port_of(struct config_switch *sw,
				   const struct step *step)
{
	struct config_port *port = config_find_port(sw, step->port->name);

	must(port);
	return port;
}

static void *grow(void *array, size_t count, size_t size)
{
	array = realloc(array, (count + 1) * size);
	must(array);
	return array;
}

/* Take an element out of an array. */
static void cut(void *array, size_t *count, size_t size, void *element)
{
	char *at = element, *end = (char *)array + --*count * size;

	memmove(at, at + size, end - at);
}

static void detach(struct config_switch *sw, struct config_port *port)
{
	free(port->allow);
	free(port->fdb);
	cut(sw->port, &sw->port_count, sizeof(*port), port);
}

static void check_group(const struct config_switch *sw,
			const struct config_port *port)
{
	must(!*port->is.group || config_find_group(sw, port->is.group));
}

static void attach(struct config *now, struct config_switch *sw,
		   const struct config_port *port)
{
	struct config_port *new;
	size_t i;

	for (i = 0; i < now->count; i++)
		must(!config_find_port(&now->sw[i], port->name));
	check_group(sw, port);
	sw->port = grow(sw->port, sw->port_count, sizeof(*new));
	new = &sw->port[sw->port_count];
	memset(new, 0, sizeof(*new));
	memcpy(new->name, port->name, sizeof(new->name));
	new->is = port->is;
	for (i = 0; i < sw->port_count; i++)
		if (sw->port[i].index >= new->index)
			new->index = sw->port[i].index + 1;
	sw->port_count++;
	config_sort(sw);
}

static void do_port(struct config *now, const struct step *step)
{
	struct config_switch *sw = switch_of(now, step);

	if (step->kind == STEP_PORT_ATTACH) {
		attach(now, sw, step->port);
	} else if (step->kind == STEP_PORT_DETACH) {
		detach(sw, port_of(sw, step));
	} else {
		check_group(sw, step->port);
		port_of(sw, step)->is = step->port->is;
	}
}

static void do_allow(struct config *now, const struct step *step)
{
	struct config_port *port = port_of(switch_of(now, step), step);
	struct nvsw_allow *found = NULL;

	if (port->allow_count)
		found = bsearch(step->allow, port->allow, port->allow_count,
				sizeof(*found), config_allow_compare);
	must(!found == (step->kind == STEP_ALLOW_ADD));
	if (found) {
		cut(port->allow, &port->allow_count, sizeof(*found), found);
		return;
	}
	must(port->allow_count < NVSWITCH_ALLOW_MAX);
	port->allow = grow(port->allow, port->allow_count, sizeof(*found));
	port->allow[port->allow_count++] = *step->allow;
	config_sort(switch_of(now, step));
}

static void do_fdb(struct config *now, const struct step *step)
{
	struct config_port *port = port_of(switch_of(now, step), step);
	struct nvsw_fdb *found = NULL;

	if (port->fdb_count)
		found = bsearch(step->fdb, port->fdb, port->fdb_count,
				sizeof(*found), config_fdb_compare);
	must(!found == (step->kind == STEP_FDB_ADD));
	if (found) {
		cut(port->fdb, &port->fdb_count, sizeof(*found), found);
		return;
	}
	port->fdb = grow(port->fdb, port->fdb_count, sizeof(*found));
	port->fdb[port->fdb_count++] = *step->fdb;
	config_sort(switch_of(now, step));
}

static void do_group(struct config *now, const struct step *step)
{
	struct config_switch *sw = switch_of(now, step);
	struct config_group *group =
		config_find_group(sw, step->group->is.name);
	size_t i;

	must(!group == (step->kind == STEP_GROUP_NEW));
	if (step->kind == STEP_GROUP_SET) {
		group->is = step->group->is;
	} else if (step->kind == STEP_GROUP_DEL) {
		for (i = 0; i < sw->port_count; i++)
			must(strcmp(sw->port[i].is.group, group->is.name));
		cut(sw->group, &sw->group_count, sizeof(*group), group);
	} else {
		sw->group = grow(sw->group, sw->group_count, sizeof(*group));
		sw->group[sw->group_count++] = *step->group;
		config_sort(sw);
	}
}

static void do_switch(struct config *now, const struct step *step)
{
	struct config_switch *sw = switch_of(now, step);

	must(sw->absent == (step->kind == STEP_SWITCH_NEW));
	if (step->kind == STEP_SWITCH_DEL) {
		config_switch_free(sw);
		memcpy(sw->name, step->sw->name, sizeof(sw->name));
	} else {
		sw->is = step->sw->is;
	}
	sw->absent = step->kind == STEP_SWITCH_DEL;
}

static void do_step(struct config *now, const struct step *step)
{
	if (step->fdb)
		do_fdb(now, step);
	else if (step->allow)
		do_allow(now, step);
	else if (step->port)
		do_port(now, step);
	else if (step->group)
		do_group(now, step);
	else
		do_switch(now, step);
}

static __u32 laxness(unsigned int attr, __u32 value)
{
	if (attr == NVSWITCH_POLICY_LEARN_LIMIT && !value)
		return NVSWITCH_LEARN_LIMIT_INHERIT;
	return value;
}

static void check_policy(const struct config_switch *sw[3],
			 const struct config_port *port[3])
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		__u32 is[3];
		int i;

		for (i = 0; i < 3; i++)
			is[i] = laxness(field->attr,
					config_policy_of(sw[i], port[i],
							 field->attr));
		must(is[1] <= is[0] || is[1] <= is[2]);
	}
}

/* Before, now, and after. */
static void check_port(const struct config_switch *sw[3], const char *name)
{
	const struct config_port *port[3];
	const struct nvsw_vlan *vlan[3];
	int i;

	for (i = 0; i < 3; i++) {
		port[i] = config_find_port(sw[i], name);
		if (!port[i] || port[i]->is.role == NVSWITCH_ROLE_UPLINK)
			return;
		vlan[i] = config_vlan_of(sw[i], port[i]);
	}
	check_policy(sw, port);
	must(config_vlan_equals(vlan[1], vlan[0]) ||
	     config_vlan_equals(vlan[1], vlan[2]));
}

static void check(const struct config *before, const struct config *now,
		  const struct config *after)
{
	size_t i, j;

	for (i = 0; i < now->count; i++) {
		const struct config_switch *sw[3] = {
			&before->sw[i], &now->sw[i], &after->sw[i],
		};

		for (j = 0; j < sw[1]->port_count; j++)
			check_port(sw, sw[1]->port[j].name);
	}
}

static void *copy_of(const void *array, size_t size)
{
	void *copy = malloc(size + 1);

	must(copy);
	if (size)
		memcpy(copy, array, size);
	return copy;
}

static void copy_switch(struct config_switch *to,
			const struct config_switch *from)
{
	size_t size, i;

	*to = *from;
	to->group = copy_of(from->group,
			    from->group_count * sizeof(*to->group));
	to->port = copy_of(from->port, from->port_count * sizeof(*to->port));
	for (i = 0; i < to->port_count; i++) {
		struct config_port *port = &to->port[i];

		size = port->allow_count * sizeof(*port->allow);
		port->allow = copy_of(port->allow, size);
		size = port->fdb_count * sizeof(*port->fdb);
		port->fdb = copy_of(port->fdb, size);
	}
}

static void begin(struct config *now, const struct config *from)
{
	size_t i;

	*now = *from;
	now->document = NULL;
	now->sw = copy_of(from->sw, from->count * sizeof(*now->sw));
	for (i = 0; i < from->count; i++)
		copy_switch(&now->sw[i], &from->sw[i]);
}

static void print(const struct plan *plan, bool json)
{
	size_t length;

	capture_begin(json, false);
	plan_print(plan);
	free(capture_end(&length));
}

/* Do a plan's steps, of which each can be described. */
static void follow(const struct plan *plan, const struct config *from,
		   struct config *now, const struct config *to)
{
	char text[STEP_TEXT];
	size_t i;

	for (i = 0; i < plan->count; i++) {
		must(*step_text(&plan->step[i], text));
		do_step(now, &plan->step[i]);
		check(from, now, to);
	}
	print(plan, false);
	print(plan, true);
}

void kernel_follow(struct config *from, struct config *to)
{
	struct config pinned, now;
	struct plan plan;
	size_t i;

	begin(&now, from);
	plan_pin(from, to, &pinned);
	plan_make(&plan, from, &pinned);
	for (i = 0; i < plan.count; i++)
		must(plan.step[i].kind == STEP_PORT_SET);
	follow(&plan, from, &now, to);
	plan_free(&plan);
	plan_make(&plan, &pinned, to);
	follow(&plan, from, &now, to);
	plan_free(&plan);
	plan_make(&plan, &now, to);
	must(!plan.count);
	plan_free(&plan);
	plan_unpin(&pinned);
	config_free(&now);
}
