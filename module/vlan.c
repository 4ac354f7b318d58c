// SPDX-License-Identifier: GPL-2.0-only
/* The VLANs of a switch: their members, and changes to who is one. */

#include "vlan.h"

#include <linux/slab.h>

#include "compat/compat.h"
#include "switch.h"

/**
 * DOC: Changes
 *
 * Which VLANs a port is in follows from its own setting, its group's and its
 * role; whether it may be in them depends on all others. So a setter writes the
 * new setting, asks nvs_vlans_try() what would follow from it, and either
 * commits, which cannot fail any more, or takes the setting back and calls
 * nvs_vlans_revert(). Frames do not see any of it before the commit.
 */

/**
 * nvs_vlan_of() - the VLAN mode of a guest port
 * @port: the port
 *
 * Context: RTNL.
 * Return: its own, its group's, or none.
 */
const struct nvs_vlan *nvs_vlan_of(const struct nvs_port *port)
{
	const struct nvs_group *group = port->group;

	if (port->vlan.mode != NVSWITCH_VLAN_INHERIT)
		return &port->vlan;
	if (group && !group->dissolved &&
	    group->vlan.mode != NVSWITCH_VLAN_INHERIT)
		return &group->vlan;
	return &nvs_vlan_none;
}

/**
 * nvs_vlans_private_rtnl() - the private VLANs of a switch
 * @sw: switch
 *
 * Context: RTNL.
 * Return: them, or NULL if there are none.
 */
const struct nvs_private *nvs_vlans_private_rtnl(const struct nvs_switch *sw)
{
	struct nvs_private_rcu *p = rtnl_dereference(sw->vlans.private);

	return p ? &p->private : NULL;
}

static int nvs_vlans_refuse(enum nvs_vlan_clash clash,
			    struct netlink_ext_ack *extack)
{
	switch (clash) {
	case NVS_VLAN_FITS:
		return 0;
	case NVS_VLAN_TWO_PRIMARIES:
		NL_SET_ERR_MSG(extack, "The secondary VLAN belongs to another primary VLAN already: use another one");
		break;
	case NVS_VLAN_TWO_TYPES:
		NL_SET_ERR_MSG(extack, "The secondary VLAN has the other type already: a VLAN is isolated or a community on the whole switch");
		break;
	case NVS_VLAN_TWO_USES:
		NL_SET_ERR_MSG(extack, "The VLAN would be primary and secondary at once: use another one");
		break;
	case NVS_VLAN_SECONDARY_USED:
		NL_SET_ERR_MSG(extack, "A secondary VLAN of a private VLAN cannot be an access or native VLAN: use another one");
		break;
	}
	return -EEXIST;
}

/* Do something for the VLAN mode of each group and each port. */
static enum nvs_vlan_clash
nvs_vlans_each(struct nvs_switch *sw, struct nvs_private *private,
	       enum nvs_vlan_clash (*f)(struct nvs_private *private,
					const struct nvs_vlan *vlan))
{
	enum nvs_vlan_clash clash;
	struct nvs_group *group;
	struct nvs_port *port;

	list_for_each_entry(group, &sw->groups, node) {
		clash = group->dissolved ? NVS_VLAN_FITS :
					   f(private, &group->vlan);
		if (clash)
			return clash;
	}
	list_for_each_entry(port, &sw->ports, node) {
		clash = f(private, &port->vlan);
		if (clash)
			return clash;
	}
	return NVS_VLAN_FITS;
}

static enum nvs_vlan_clash nvs_vlans_check_one(struct nvs_private *private,
					       const struct nvs_vlan *vlan)
{
	return nvs_private_check(private, vlan);
}

static bool nvs_vlans_have_private(struct nvs_switch *sw)
{
	struct nvs_group *group;
	struct nvs_port *port;

	list_for_each_entry(group, &sw->groups, node)
		if (group->vlan.mode == NVSWITCH_VLAN_PRIVATE &&
		    !group->dissolved)
			return true;
	list_for_each_entry(port, &sw->ports, node)
		if (port->vlan.mode == NVSWITCH_VLAN_PRIVATE)
			return true;
	return false;
}

/* Find out which VLANs are private. *@p may be NULL: none is. */
static int nvs_vlans_collect(struct nvs_switch *sw, struct nvs_private_rcu **p,
			     struct netlink_ext_ack *extack)
{
	struct nvs_private_rcu *new;
	enum nvs_vlan_clash clash;

	*p = NULL;
	if (!nvs_vlans_have_private(sw))
		return 0;
	new = kvzalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;
	nvs_private_init(&new->private);
	clash = nvs_vlans_each(sw, &new->private, nvs_private_add);
	if (!clash)
		clash = nvs_vlans_each(sw, &new->private, nvs_vlans_check_one);
	if (clash) {
		kvfree(new);
		return nvs_vlans_refuse(clash, extack);
	}
	*p = new;
	return 0;
}

static void nvs_vlans_forget(struct nvs_switch *sw)
{
	struct nvs_port *port;

	kvfree(sw->vlans.next_private);
	sw->vlans.next_private = NULL;
	sw->vlans.decided = false;
	list_for_each_entry(port, &sw->ports, node) {
		kfree(port->next_members);
		port->next_members = NULL;
	}
}

static void nvs_vlans_resolve(struct nvs_switch *sw,
			      const struct nvs_private *private)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		nvs_vlan_resolve(&port->vlans, port->role == NVS_GUEST ?
					       nvs_vlan_of(port) :
					       &nvs_vlan_all, private);
}

static bool nvs_vlans_are_new(const struct nvs_port *port)
{
	const struct nvs_snapshot *snap = rtnl_dereference(port->snap);

	return (port->role == NVS_GUEST && !port->members) ||
	       memcmp(&snap->vlans, &port->vlans, sizeof(port->vlans));
}

static int nvs_vlans_check(struct nvs_switch *sw,
			   struct netlink_ext_ack *extack)
{
	struct nvs_port *port, *unfit = NULL;
	unsigned long rival;

	list_for_each_entry(port, &sw->ports, node) {
		if (nvs_vlans_are_new(port))
			unfit = nvs_fdb_check(port, &rival);
		if (unfit)
			break;
	}
	if (!unfit)
		return 0;
	if (rival) {
		nvs_compat_set_msg_dev(extack, "A MAC would belong to two ports, one is %s: change a MAC or VLAN",
				       nvs_place_port(rival)->dev,
				       "A MAC would belong to two ports in one VLAN, to this one and to another port (bridge fdb show dev SWITCH lists them): give one of the two guests another MAC or another VLAN");
		return -EEXIST;
	}
	nvs_compat_set_msg_dev(extack, "A static entry would be outside the VLANs of %s: delete it first",
			       unfit->dev,
			       "A static entry would be outside the VLANs of its port (bridge fdb show dev SWITCH lists them): delete it first");
	return -EBUSY;
}

static u32 nvs_vlans_count(const struct nvs_vlans *vlans)
{
	u32 count = 0;
	u16 fid;

	for (fid = nvs_vlans_next(vlans, 0); fid != NVS_VID_ANY;
	     fid = nvs_vlans_next(vlans, fid + 1))
		count++;
	return count;
}

static int nvs_vlans_prepare(struct nvs_port *port)
{
	struct nvs_members *members;
	u32 i, count;
	u16 fid = 0;

	kfree(port->next_members);
	port->next_members = NULL;
	if (port->role != NVS_GUEST || !nvs_vlans_are_new(port))
		return 0;
	count = nvs_vlans_count(&port->vlans);
	if (count > NVS_MEMBERS_MAX)
		count = 0;
	members = kzalloc(struct_size(members, list, count),
			  GFP_KERNEL_ACCOUNT);
	if (!members)
		return -ENOMEM;
	members->count = count;
	for (i = 0; i < count; i++) {
		fid = nvs_vlans_next(&port->vlans, fid);
		members->list[i].port = port;
		members->list[i].fid = fid++;
	}
	port->next_members = members;
	return 0;
}

/**
 * nvs_vlans_try() - find out what new settings would mean
 * @sw: switch, whose groups and ports have the new settings
 * @extack: for a refusal
 *
 * Context: RTNL. On success the caller commits; on failure it restores the
 * settings and calls nvs_vlans_revert().
 * Return: 0; -EEXIST if a MAC would have two owners, or private VLANs
 * contradict each other, -EBUSY if a static entry would be outside its port's
 * VLANs, -ENOMEM.
 */
int nvs_vlans_try(struct nvs_switch *sw, struct netlink_ext_ack *extack)
{
	struct nvs_private_rcu *new;
	struct nvs_port *port;
	int err;

	nvs_vlans_forget(sw);
	err = nvs_vlans_collect(sw, &new, extack);
	if (err)
		return err;
	sw->vlans.next_private = new;
	nvs_vlans_resolve(sw, new ? &new->private : NULL);
	err = nvs_vlans_check(sw, extack);
	if (err)
		return err;
	list_for_each_entry(port, &sw->ports, node) {
		err = nvs_vlans_prepare(port);
		if (err)
			return err;
	}
	sw->vlans.decided = true;
	return 0;
}

/**
 * nvs_vlans_revert() - undo nvs_vlans_try(), whether or not it has failed
 * @sw: switch, whose groups and ports have their old settings again
 *
 * Context: RTNL.
 */
void nvs_vlans_revert(struct nvs_switch *sw)
{
	nvs_vlans_forget(sw);
	nvs_vlans_resolve(sw, nvs_vlans_private_rtnl(sw));
}

/**
 * nvs_vlans_rederive() - follow a change that cannot be refused
 * @sw: switch that has lost a port
 *
 * Private VLANs that only this port had are none any more. Without memory they
 * stay for now, and go with the next change.
 *
 * Context: RTNL. The caller commits.
 */
void nvs_vlans_rederive(struct nvs_switch *sw)
{
	struct nvs_port *port;
	int err;

	err = nvs_vlans_try(sw, NULL);
	if (err == -EBUSY) {
		list_for_each_entry(port, &sw->ports, node)
			nvs_fdb_drop_unfit(port);
		err = nvs_vlans_try(sw, NULL);
	}
	if (err)
		nvs_vlans_revert(sw);
}

/**
 * nvs_vlans_publish_private() - put the private VLANs into force
 * @sw: switch
 *
 * Context: RTNL, from nvs_commit(), which waits for a grace period.
 * Return: whether they are others than before.
 */
bool nvs_vlans_publish_private(struct nvs_switch *sw)
{
	struct nvs_private_rcu *old = rtnl_dereference(sw->vlans.private);
	struct nvs_private_rcu *new = sw->vlans.next_private;

	if (!sw->vlans.decided)
		return false;
	sw->vlans.decided = false;
	sw->vlans.next_private = NULL;
	if (old == new || (old && new && !memcmp(&old->private, &new->private,
						 sizeof(new->private)))) {
		kvfree(new);
		return false;
	}
	rcu_assign_pointer(sw->vlans.private, new);
	if (old)
		kvfree_rcu(old, rcu);
	sw->vlans.regrouped = true;
	return true;
}

/*
 * Both lists ascend. Who stays in a VLAN keeps his place there, so that a
 * broadcast under way meets him once.
 */
static void nvs_vlans_relink(struct nvs_port *port, struct nvs_members *new)
{
	struct nvs_members *old = port->members;
	u32 i = 0, j = 0, olds = old ? old->count : 0;
	u32 news = new ? new->count : 0;
	struct nvs_member *m;

	while (i < olds || j < news) {
		if (j == news || (i < olds &&
				  old->list[i].fid < new->list[j].fid)) {
			list_del_rcu(&old->list[i++].node);
			continue;
		}
		m = &new->list[j++];
		if (i < olds && old->list[i].fid == m->fid)
			list_replace_rcu(&old->list[i++].node, &m->node);
		else
			list_add_tail_rcu(&m->node,
					  &port->sw->vlans.members[m->fid]);
	}
	port->members = new;
	if (old)
		kfree_rcu(old, rcu);
}

/* A wide port that stays one stays where it is, for the sake of readers. */
static void nvs_vlans_set_wide(struct nvs_port *port, bool wide)
{
	if (wide && !port->in_wide)
		list_add_tail_rcu(&port->wide_node, &port->sw->vlans.wide);
	else if (!wide && port->in_wide)
		list_del_rcu(&port->wide_node);
	port->in_wide = wide;
}

/**
 * nvs_vlans_publish() - let a port be a member of its VLANs
 * @port: the port
 *
 * Context: RTNL, from nvs_commit(), which waits for a grace period.
 */
void nvs_vlans_publish(struct nvs_port *port)
{
	struct nvs_members *new = port->next_members;

	if (port->role != NVS_GUEST) {
		nvs_vlans_withdraw(port);
		return;
	}
	if (!new)
		return;
	nvs_vlans_relink(port, new);
	port->next_members = NULL;
	nvs_vlans_set_wide(port, !new->count);
}

/**
 * nvs_vlans_withdraw() - take a port out of its VLANs
 * @port: a port that is being detached, or is no guest's any more
 *
 * Context: RTNL. A grace period must pass before it is freed.
 */
void nvs_vlans_withdraw(struct nvs_port *port)
{
	nvs_vlans_relink(port, NULL);
	nvs_vlans_set_wide(port, false);
	kfree(port->next_members);
	port->next_members = NULL;
}

/**
 * nvs_vlans_init() - set the VLANs of a switch up
 * @sw: switch
 *
 * Context: RTNL.
 * Return: 0 or -ENOMEM.
 */
int nvs_vlans_init(struct nvs_switch *sw)
{
	struct nvs_switch_vlans *vlans = &sw->vlans;
	int vid;

	INIT_LIST_HEAD(&vlans->wide);
	vlans->members = kvcalloc(NVS_VIDS, sizeof(*vlans->members),
				  GFP_KERNEL_ACCOUNT);
	if (!vlans->members)
		return -ENOMEM;
	for (vid = 0; vid < NVS_VIDS; vid++)
		INIT_LIST_HEAD(&vlans->members[vid]);
	return 0;
}

/**
 * nvs_vlans_destroy() - undo nvs_vlans_init()
 * @sw: switch; it has no port any more
 *
 * Context: RTNL, when no frame is under way.
 */
void nvs_vlans_destroy(struct nvs_switch *sw)
{
	kvfree(rcu_dereference_protected(sw->vlans.private, true));
	kvfree(sw->vlans.members);
}
