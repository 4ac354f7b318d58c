// SPDX-License-Identifier: GPL-2.0-only
/* Port groups: named templates that ports inherit from. */

#include "group.h"

#include <linux/slab.h>

#include "attr.h"
#include "compat/compat.h"
#include "core/policy.h"
#include "events.h"
#include "switch.h"

/**
 * nvs_group_find() - find a group by its name
 * @sw: switch
 * @name: its name
 *
 * Context: RTNL.
 * Return: the group, or NULL.
 */
struct nvs_group *nvs_group_find(struct nvs_switch *sw, const char *name)
{
	struct nvs_group *group;

	list_for_each_entry(group, &sw->groups, node)
		if (!strcmp(group->name, name))
			return group;
	return NULL;
}

static int nvs_group_check_name(struct nvs_switch *sw, const char *name,
				struct netlink_ext_ack *extack)
{
	const char *c;

	for (c = name; *c; c++)
		if (*c < ' ' || *c > '~')
			goto bad;
	if (!*name || c - name > NVSWITCH_GROUP_NAME_MAX || *name == ' ' ||
	    c[-1] == ' ')
		goto bad;
	if (!nvs_group_find(sw, name))
		return 0;
	NL_SET_ERR_MSG(extack, "The switch has a port group of that name already: choose another name, or change that group");
	return -EEXIST;

bad:
	NL_SET_ERR_MSG(extack, "The name of a port group is 1 to 63 printable ASCII characters, without a space at either end");
	return -EINVAL;
}

/**
 * nvs_group_create() - create a port group
 * @sw: switch
 * @s: what it shall be
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0, -EEXIST if there is one of that name, -ENOSPC if there are too
 * many, -EINVAL, -ENOMEM.
 */
int nvs_group_create(struct nvs_switch *sw, const struct nvs_group_settings *s,
		     struct netlink_ext_ack *extack)
{
	struct nvs_group *group;
	int err;

	err = nvs_group_check_name(sw, s->name, extack);
	if (err)
		return err;
	if (sw->group_count >= NVSWITCH_GROUPS_MAX) {
		NL_SET_ERR_MSG(extack, "The switch has 4096 port groups already: delete one first");
		return -ENOSPC;
	}
	group = kzalloc(sizeof(*group), GFP_KERNEL_ACCOUNT);
	if (!group)
		return -ENOMEM;
	strscpy(group->name, s->name, sizeof(group->name));
	group->policy = s->policy;
	group->vlan = s->vlan;
	list_add_tail(&group->node, &sw->groups);
	sw->group_count++;
	sw->changes++;
	/* Without ports it still may say what a private VLAN is. */
	err = nvs_vlans_try(sw, extack);
	if (err) {
		list_del(&group->node);
		sw->group_count--;
		kfree(group);
		nvs_vlans_revert(sw);
		return err;
	}
	nvs_commit(sw);
	nvs_event_config(sw, NULL, group->name, NVSWITCH_ACTION_ADD);
	return 0;
}

static void nvs_group_measure(struct nvs_switch *sw, struct nvs_group *group)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		if (port->group == group)
			nvs_attr_measure_port(port);
}

static bool nvs_vlan_equals(const struct nvs_vlan *a, const struct nvs_vlan *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/**
 * nvs_group_set() - change a port group, and with it the ports in it
 * @sw: switch
 * @group: the group
 * @s: what it shall be
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0, or -errno with nothing changed: -EEXIST if the name or, in the
 * new VLANs, a port's MAC is taken, -EBUSY if a static entry is in the way,
 * -EINVAL, -ENOMEM.
 */
int nvs_group_set(struct nvs_switch *sw, struct nvs_group *group,
		  const struct nvs_group_settings *s,
		  struct netlink_ext_ack *extack)
{
	struct nvs_vlan old = group->vlan;
	int err = 0;

	if (strcmp(group->name, s->name))
		err = nvs_group_check_name(sw, s->name, extack);
	if (err)
		return err;
	if (!nvs_vlan_equals(&old, &s->vlan)) {
		group->vlan = s->vlan;
		err = nvs_vlans_try(sw, extack);
		if (err) {
			group->vlan = old;
			nvs_vlans_revert(sw);
			return err;
		}
		nvs_group_measure(sw, group);
	}
	group->policy = s->policy;
	if (s->name != group->name)
		strscpy(group->name, s->name, sizeof(group->name));
	nvs_commit(sw);
	nvs_event_config(sw, NULL, group->name, NVSWITCH_ACTION_SET);
	return 0;
}

static void nvs_group_empty(struct nvs_switch *sw, struct nvs_group *group)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		if (port->group == group)
			port->group = NULL;
}

/**
 * nvs_group_delete() - delete a port group
 * @sw: switch
 * @group: the group
 * @force: also if ports are in it, which then leave it
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0, or -errno with nothing changed: -EBUSY if it is in use, or as for
 * nvs_group_set() of the ports that leave it.
 */
int nvs_group_delete(struct nvs_switch *sw, struct nvs_group *group, bool force,
		     struct netlink_ext_ack *extack)
{
	int err;

	if (group->ports && !force) {
		NL_SET_ERR_MSG(extack, "The port group is in use: let its ports leave it, or delete it with force, which makes them leave it");
		return -EBUSY;
	}
	group->dissolved = true;
	err = nvs_vlans_try(sw, extack);
	if (err) {
		group->dissolved = false;
		nvs_vlans_revert(sw);
		return err;
	}
	nvs_group_empty(sw, group);
	list_del(&group->node);
	sw->group_count--;
	sw->changes++;
	nvs_commit(sw);
	nvs_event_config(sw, NULL, group->name, NVSWITCH_ACTION_DEL);
	kfree(group);
	return 0;
}

/**
 * nvs_group_destroy_all() - free the groups of a switch without ports
 * @sw: switch
 *
 * Context: RTNL.
 */
void nvs_group_destroy_all(struct nvs_switch *sw)
{
	struct nvs_group *group, *next;

	list_for_each_entry_safe(group, next, &sw->groups, node)
		kfree(group);
}
