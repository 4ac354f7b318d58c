// SPDX-License-Identifier: GPL-2.0-only
/*
 * What ports have of their own while switch, groups and ports change one after
 * the other. Pure.
 */
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "plan.h"

/* A port as it is and as it shall be, each on its switch. */
struct both {
	const struct config_switch *from_switch;
	const struct config_switch *to_switch;
	const struct config_port *from;
	const struct config_port *to;
};

/* Its group as it is, and what becomes of that while the port is in it. */
static const struct config_group *group_before(const struct both *both)
{
	return *both->from->is.group ?
		       config_find_group(both->from_switch,
					 both->from->is.group) : NULL;
}

static const struct config_group *group_after(const struct both *both)
{
	return *both->from->is.group ?
		       config_find_group(both->to_switch,
					 both->from->is.group) : NULL;
}

static bool changes_group(const struct both *both)
{
	return strcmp(both->from->is.group, both->to->is.group);
}

static bool differs(const struct nvsw_policy *a, const struct nvsw_policy *b,
		    unsigned int attr)
{
	return config_policy_value(a, attr) != config_policy_value(b, attr);
}

/* Whether more than one step decides what becomes of a field. */
static bool needs_pin(const struct both *both, unsigned int attr)
{
	const struct config_group *before = group_before(both);
	const struct config_group *after = group_after(both);
	unsigned int steps;

	steps = differs(&both->from_switch->is.policy,
			&both->to_switch->is.policy, attr);
	if (before && after)
		steps += differs(&before->is.policy, &after->is.policy, attr);
	if (changes_group(both) ||
	    differs(&both->from->is.policy, &both->to->is.policy, attr))
		steps++;
	return steps > 1;
}

/* Of two values the one that lets less happen. */
static __u32 stricter(unsigned int attr, __u32 a, __u32 b)
{
	/* No limit is the laxest one. */
	if (attr == NVSWITCH_POLICY_LEARN_LIMIT && (!a || !b))
		return a > b ? a : b;
	return a < b ? a : b;
}

static void pin_policy(const struct both *both, struct nvsw_policy *policy)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		unsigned int attr = field->attr;
		__u32 old, new;

		if (!needs_pin(both, attr))
			continue;
		old = config_policy_of(both->from_switch, both->from, attr);
		new = config_policy_of(both->to_switch, both->to, attr);
		policy->present |= 1U << attr;
		policy->value[attr] = stricter(attr, old, new);
	}
}

/* It stays where it is until all of that is settled. */
static void pin_vlan(const struct both *both, struct nvsw_vlan *vlan)
{
	const struct config_group *before = group_before(both);
	const struct config_group *after = group_after(both);

	if (!before || !after ||
	    config_vlan_equals(&before->is.vlan, &after->is.vlan))
		return;
	if (changes_group(both) ||
	    !config_vlan_equals(&both->from->is.vlan, &both->to->is.vlan))
		*vlan = *config_vlan_of(both->from_switch, both->from);
}

static void pin_ports(const struct config_switch *from,
		      const struct config_switch *to,
		      struct config_switch *pinned)
{
	size_t i;

	for (i = 0; i < from->port_count; i++) {
		struct both both = {
			.from_switch = from,
			.to_switch = to,
			.from = &from->port[i],
			.to = config_find_port(to, from->port[i].name),
		};

		if (!both.to || both.from->is.role == NVSWITCH_ROLE_UPLINK ||
		    both.to->is.role == NVSWITCH_ROLE_UPLINK)
			continue;
		pin_policy(&both, &pinned->port[i].is.policy);
		pin_vlan(&both, &pinned->port[i].is.vlan);
	}
}

void plan_pin(const struct config *from, const struct config *to,
	      struct config *pinned)
{
	size_t i;

	*pinned = *from;
	pinned->sw = allocate(from->count * sizeof(*pinned->sw) + 1);
	for (i = 0; i < from->count; i++) {
		struct config_switch *sw = &pinned->sw[i];
		size_t size = from->sw[i].port_count * sizeof(*sw->port);

		*sw = from->sw[i];
		sw->port = allocate(size + 1);
		if (size)
			memcpy(sw->port, from->sw[i].port, size);
		if (!sw->absent && !to->sw[i].absent)
			pin_ports(&from->sw[i], &to->sw[i], sw);
	}
}

void plan_unpin(struct config *pinned)
{
	size_t i;

	for (i = 0; i < pinned->count; i++)
		free(pinned->sw[i].port);
	free(pinned->sw);
	memset(pinned, 0, sizeof(*pinned));
}
