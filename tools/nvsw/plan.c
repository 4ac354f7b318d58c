// SPDX-License-Identifier: GPL-2.0-only
/* The way from one configuration to another: which steps it takes. Pure. */
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "plan.h"

static void add(struct plan *plan, const struct step *step)
{
	size_t room = 2 * plan->count + 2;

	/* It doubles whenever it is full. */
	if (!(plan->count & (plan->count + 1)))
		plan->step = reallocate(plan->step, room * sizeof(*step));
	plan->step[plan->count++] = *step;
}

/* A switch as it is, and as it shall be. */
struct pair {
	const struct config_switch *from;
	const struct config_switch *to;
};

/* What a port is that stays attached; NULL if it does not, or is not there. */
static const struct config_port *kept(const struct config_switch *to,
				      const struct config_port *port)
{
	const struct config_port *other = config_find_port(to, port->name);

	return other && !port->again && !other->again ? other : NULL;
}

static bool port_equals(const struct config_port *a,
			const struct config_port *b)
{
	const struct arg *field;

	for (field = port_fields; !arg_ends(field); field++)
		if (config_is_field(field) &&
		    !config_field_equals(field, &a->is, &b->is))
			return false;
	return config_vlan_equals(&a->is.vlan, &b->is.vlan) &&
	       config_policy_equals(&a->is.policy, &b->is.policy);
}

static bool group_equals(const struct config_group *a,
			 const struct config_group *b)
{
	return config_vlan_equals(&a->is.vlan, &b->is.vlan) &&
	       config_policy_equals(&a->is.policy, &b->is.policy);
}

static bool switch_equals(const struct config_switch *a,
			  const struct config_switch *b)
{
	const struct arg *field;

	for (field = switch_fields; !arg_ends(field); field++)
		if (!(field->flags & READONLY) &&
		    field_number(field, &a->is) != field_number(field, &b->is))
			return false;
	return config_policy_equals(&a->is.policy, &b->is.policy);
}

/* Entries of a port's static list that another one's has not. */
static void add_fdb(struct plan *plan, enum step_kind kind,
		    const struct config_switch *sw,
		    const struct config_port *port,
		    const struct config_port *other)
{
	struct step step = { .kind = kind, .sw = sw, .port = port };
	size_t i;

	for (i = 0; i < port->fdb_count; i++) {
		step.fdb = &port->fdb[i];
		if (!other || !other->fdb_count ||
		    !bsearch(step.fdb, other->fdb, other->fdb_count,
			     sizeof(*other->fdb), config_fdb_compare))
			add(plan, &step);
	}
}

static void add_allow(struct plan *plan, enum step_kind kind,
		      const struct config_switch *sw,
		      const struct config_port *port,
		      const struct config_port *other)
{
	struct step step = { .kind = kind, .sw = sw, .port = port };
	size_t i;

	for (i = 0; i < port->allow_count; i++) {
		step.allow = &port->allow[i];
		if (!other || !other->allow_count ||
		    !bsearch(step.allow, other->allow, other->allow_count,
			     sizeof(*other->allow), config_allow_compare))
			add(plan, &step);
	}
}

/* What goes with a port that is detached needs no step of its own. */
static void add_port_step(struct plan *plan, enum step_kind kind,
			  const struct pair *pair,
			  const struct config_port *port,
			  const struct config_port *other)
{
	struct step step = { .kind = kind, .sw = pair->to, .port = port };

	switch (kind) {
	case STEP_FDB_DEL:
		if (other)
			add_fdb(plan, kind, pair->from, port, other);
		break;
	case STEP_PORT_DETACH:
		step.sw = pair->from;
		if (!other)
			add(plan, &step);
		break;
	case STEP_ALLOW_DEL:
		if (other)
			add_allow(plan, kind, pair->from, port, other);
		break;
	case STEP_PORT_ATTACH:
		if (!other)
			add(plan, &step);
		break;
	case STEP_PORT_SET:
		step.old_port = other;
		if (other && !port_equals(port, other))
			add(plan, &step);
		break;
	case STEP_ALLOW_ADD:
		add_allow(plan, kind, pair->to, port, other);
		break;
	default:
		add_fdb(plan, kind, pair->to, port, other);
		break;
	}
}

static bool is_about_old(enum step_kind kind)
{
	return kind == STEP_FDB_DEL || kind == STEP_PORT_DETACH ||
	       kind == STEP_ALLOW_DEL;
}

/* Uplinks come first, in the order that counts. */
static void add_port_steps(struct plan *plan, enum step_kind kind,
			   const struct pair *pair)
{
	bool old = is_about_old(kind);
	const struct config_switch *here = old ? pair->from : pair->to;
	const struct config_switch *there = old ? pair->to : pair->from;
	const struct config_port *port = NULL;
	size_t i;

	/* What is in a switch that goes, goes with it. */
	if (here->absent || (old && there->absent))
		return;
	while ((port = config_next_uplink(here, port)))
		add_port_step(plan, kind, pair, port, kept(there, port));
	for (i = 0; i < here->port_count; i++) {
		port = &here->port[i];
		if (port->is.role != NVSWITCH_ROLE_UPLINK)
			add_port_step(plan, kind, pair, port,
				      kept(there, port));
	}
}

static void add_group_steps(struct plan *plan, enum step_kind kind,
			    const struct pair *pair)
{
	bool del = kind == STEP_GROUP_DEL, set = kind == STEP_GROUP_SET;
	const struct config_switch *here = del ? pair->from : pair->to;
	const struct config_switch *there = del ? pair->to : pair->from;
	struct step step = { .kind = kind, .sw = here };
	size_t i;

	if (here->absent || (del && there->absent))
		return;
	for (i = 0; i < here->group_count; i++) {
		step.group = &here->group[i];
		step.old_group = config_find_group(there, step.group->is.name);
		if (set == !step.old_group)
			continue;
		if (step.old_group && group_equals(step.old_group, step.group))
			continue;
		add(plan, &step);
	}
}

static void add_switch_steps(struct plan *plan, enum step_kind kind,
			     const struct pair *pair)
{
	const struct config_switch *from = pair->from, *to = pair->to;
	struct step step = { .kind = kind, .sw = to, .old_sw = from };
	bool wanted;

	switch (kind) {
	case STEP_SWITCH_NEW:
		wanted = from->absent && !to->absent;
		break;
	case STEP_SWITCH_SET:
		wanted = !from->absent && !to->absent &&
			 !switch_equals(from, to);
		break;
	default:
		step.sw = from;
		wanted = !from->absent && to->absent;
		break;
	}
	if (wanted)
		add(plan, &step);
}

static void add_steps(struct plan *plan, enum step_kind kind,
		      const struct pair *pair)
{
	switch (kind) {
	case STEP_SWITCH_NEW:
	case STEP_SWITCH_SET:
	case STEP_SWITCH_DEL:
		add_switch_steps(plan, kind, pair);
		break;
	case STEP_GROUP_NEW:
	case STEP_GROUP_SET:
	case STEP_GROUP_DEL:
		add_group_steps(plan, kind, pair);
		break;
	default:
		add_port_steps(plan, kind, pair);
		break;
	}
}

void plan_make(struct plan *plan, struct config *from, struct config *to)
{
	enum step_kind kind;
	size_t i;

	memset(plan, 0, sizeof(*plan));
	for (i = 0; i < to->count; i++)
		plan_mark(&from->sw[i], &to->sw[i]);
	for (kind = 0; kind < STEP_KINDS; kind++) {
		for (i = 0; i < to->count; i++) {
			struct pair pair = { &from->sw[i], &to->sw[i] };

			add_steps(plan, kind, &pair);
		}
	}
}

void plan_free(struct plan *plan)
{
	free(plan->step);
	memset(plan, 0, sizeof(*plan));
}
