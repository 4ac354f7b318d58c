// SPDX-License-Identifier: GPL-2.0-only
/* What a port is configured to be, put into force as a whole. */

#include <linux/slab.h>

#include "attr.h"
#include "core/policy.h"
#include "events.h"
#include "switch.h"

/**
 * nvs_port_set_group() - put a port into a group
 * @port: the port
 * @group: the group, or NULL for none
 *
 * Context: RTNL. The caller tries the VLANs and commits.
 */
void nvs_port_set_group(struct nvs_port *port, struct nvs_group *group)
{
	if (port->group)
		port->group->ports--;
	if (group)
		group->ports++;
	port->group = group;
}

/* What decides which VLANs a port is in. */
struct nvs_placing {
	u8 role;
	struct nvs_group *group;
	struct nvs_vlan vlan;
};

static void nvs_port_place(struct nvs_port *port, const struct nvs_placing *p)
{
	port->role = p->role;
	port->vlan = p->vlan;
	nvs_port_set_group(port, p->group);
}

static bool nvs_port_is_placed(const struct nvs_port *port,
			       const struct nvs_placing *p)
{
	return port->members && port->role == p->role &&
	       port->group == p->group &&
	       !memcmp(&port->vlan, &p->vlan, sizeof(p->vlan));
}

/* The initial MAC of a port that is, or becomes, a guest's. */
static int nvs_port_apply_mac(struct nvs_port *port, u8 old_role,
			      const struct nvs_settings *s,
			      struct netlink_ext_ack *extack)
{
	bool anew = old_role != NVS_GUEST || !port->members;
	u64 initial = port->mac.initial;

	if (port->role != NVS_GUEST)
		return 0;
	if (anew || s->has_initial)
		initial = s->initial ?: nvs_mac_of_peer(port->dev);
	if (initial || s->activation != NVSWITCH_ACTIVATION_ANNOUNCE)
		return anew || s->has_initial ?
		       nvs_mac_set_initial(port, s->initial, extack) : 0;
	NL_SET_ERR_MSG(extack, "A port without an initial MAC cannot wait for its guest's announcement: set initial_mac first");
	return -EINVAL;
}

/* The initial MAC that will be the port's no more, or 0. */
static u64 nvs_port_replaced_mac(const struct nvs_port *port,
				 const struct nvs_settings *s)
{
	u64 old = port->mac.initial;

	if (!s->has_initial)
		return 0;
	return (s->initial ?: nvs_mac_of_peer(port->dev)) != old ? old : 0;
}

static void nvs_port_activate(struct nvs_port *port,
			      const struct nvs_settings *s)
{
	bool active = port->activated;

	if (s->activation != port->activation) {
		active = s->activation == NVSWITCH_ACTIVATION_IMMEDIATE;
		port->awaited = !active;
	}
	/* What the administrator says holds until he says something else. */
	if (s->activate != NVSWITCH_INHERIT) {
		active = s->activate == NVSWITCH_ON;
		port->awaited = false;
	}
	port->activation = s->activation;
	if (active != port->activated || s->activate != NVSWITCH_INHERIT)
		WRITE_ONCE(port->announced, false);
	if (active && !port->activated)
		nvs_event_port(port->sw, port, NVSWITCH_EVENT_ACTIVATED);
	port->activated = active;
}

/* What a guest port has of its own, and an uplink has not. */
static void nvs_port_apply_rest(struct nvs_port *port, struct nvs_settings *s)
{
	port->policy = s->policy;
	port->bpdu_pass = s->bpdu_pass;
	port->blocked = s->blocked;
	port->rx_promisc = s->rx_promisc;
	if (s->has_promisc)
		nvs_port_told(port, NVS_SUBJECT_PROMISC, s->agent);
	if (s->has_groups) {
		swap(port->groups, s->groups);
		nvs_port_told(port, NVS_SUBJECT_MULTICAST, s->agent);
	}
	nvs_port_activate(port, s);
	if (s->has_requested) {
		nvs_mac_request(port, s->requested, false);
		nvs_port_told(port, NVS_SUBJECT_REQUESTED, s->agent);
	}
}

static void nvs_port_become_uplink(struct nvs_port *port,
				   struct nvs_settings *s)
{
	nvs_mac_drop(port);
	nvs_statements_end(port);
	*s = (struct nvs_settings){ .policy = nvs_policy_inherit,
				    .activate = NVSWITCH_ON,
				    .has_groups = true };
	nvs_port_apply_rest(port, s);
	swap(port->allow, s->allow);
	port->sw->changes++;
	nvs_fdb_import_forget(port, NVS_VID_ANY);
}

/**
 * nvs_port_apply() - make a port what it shall be
 * @port: the port
 * @s: what it shall be, with all that stays as it is; nvs_settings_free()
 *	frees after the commit what the port had before
 * @extack: for a refusal
 *
 * An uplink has neither policy nor MAC, group, VLAN mode or allow list: what a
 * port had of these when it becomes one is reset.
 *
 * Context: RTNL. The caller commits, also on failure.
 * Return: 0, or -errno with nothing changed: see nvs_vlans_try() and
 * nvs_mac_set_initial(); -EINVAL.
 */
int nvs_port_apply(struct nvs_port *port, struct nvs_settings *s,
		   struct netlink_ext_ack *extack)
{
	struct nvs_placing old = { port->role, port->group, port->vlan };
	struct nvs_placing new = { s->role, s->group, s->vlan };
	u64 initial = port->mac.initial;
	bool placed;
	int err = 0;

	if (s->role != NVS_GUEST)
		new = (struct nvs_placing){ .role = s->role };
	placed = nvs_port_is_placed(port, &new);
	if (!placed) {
		nvs_port_place(port, &new);
		port->mac.leaving = nvs_port_replaced_mac(port, s);
		err = nvs_vlans_try(port->sw, extack);
		port->mac.leaving = 0;
	}
	if (!err)
		err = nvs_port_apply_mac(port, old.role, s, extack);
	if (err) {
		if (!placed) {
			nvs_port_place(port, &old);
			nvs_vlans_revert(port->sw);
		}
		return err;
	}
	if (port->role == NVS_GUEST)
		nvs_port_apply_rest(port, s);
	else if (old.role != port->role)
		nvs_port_become_uplink(port, s);
	/* It is another guest's port now. */
	if (port->mac.initial != initial)
		nvs_fdb_import_forget(port, NVS_VID_ANY);
	nvs_attr_measure_port(port);
	return 0;
}

/**
 * nvs_settings_free() - free what settings hold
 * @s: settings, whether or not they were applied
 *
 * Context: RTNL, after a commit if they were.
 */
void nvs_settings_free(struct nvs_settings *s)
{
	kfree(s->groups);
	kfree(s->allow);
	nvs_agent_put(s->agent);
	s->groups = NULL;
	s->allow = NULL;
	s->agent = NULL;
}

/**
 * nvs_port_set_allow() - give a port another allow list
 * @port: guest port
 * @allow: the list, which is the port's now, or NULL
 *
 * Context: RTNL; sleeps.
 */
void nvs_port_set_allow(struct nvs_port *port, struct nvs_allow *allow)
{
	struct nvs_allow *old = port->allow;

	port->allow = allow;
	port->sw->changes++;
	nvs_commit(port->sw);
	kfree(old);
}
