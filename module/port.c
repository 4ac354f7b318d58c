// SPDX-License-Identifier: GPL-2.0-only
/* Ports: attaching, detaching, and what happens to their devices. */

#include "port.h"

#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <net/dsa.h>

#include "core/deliver.h"
#include "core/policy.h"
#include "events.h"
#include "switch.h"

/**
 * nvs_port_policy() - the policy of a guest port
 * @port: the port
 *
 * Context: RTNL.
 * Return: its own, with what that inherits from its group and the switch.
 */
struct nvs_policy nvs_port_policy(const struct nvs_port *port)
{
	struct nvs_policy p = port->policy;

	if (port->group)
		p = nvs_policy_over(&p, &port->group->policy);
	return nvs_policy_over(&p, &port->sw->policy);
}

static void nvs_port_resolve(const struct nvs_port *port,
			     struct nvs_snapshot *snap)
{
	const struct nvs_switch *sw = port->sw;

	/* Snapshots are compared whole, holes included. */
	memset(snap, 0, sizeof(*snap));
	snap->vlans = port->vlans;
	snap->role = port->role;
	snap->place = port->role == NVS_UPLINK ? NVS_PLACE_UPLINKS : port->id;
	snap->hold = sw->move_hold;
	snap->refresh = nvs_refresh_after(sw->move_hold);
	snap->trial = nvs_trial_length(sw->fdb.ageing);
	if (port->role == NVS_HOST)
		snap->effective = nvs_mac_get(port->dev->dev_addr);
	snap->takes = NVS_VLAN_NEVER;
	if (port->role != NVS_GUEST) {
		snap->plain = nvs_plain_source(snap);
		return;
	}
	snap->policy = nvs_port_policy(port);
	snap->effective = port->mac.effective;
	snap->initial = port->mac.initial;
	snap->mac_state = port->mac.state;
	snap->explicit = sw->mac_binding == NVSWITCH_MAC_BINDING_EXPLICIT;
	snap->blocked = port->blocked;
	snap->bpdu_pass = port->bpdu_pass;
	snap->waiting = !port->activated;
	snap->hears = snap->waiting && port->awaited;
	snap->dormant = !port->up || snap->waiting;
	snap->spies = nvs_spies(&snap->policy, port->rx_promisc);
	snap->allow = port->allow;
	snap->groups = port->groups;
	snap->plain = nvs_plain_source(snap);
	snap->learns = nvs_learns(snap);
	snap->closed = nvs_closed(snap);
	snap->takes = nvs_takes(snap);
}

static void nvs_port_list(struct list_head *node, bool *listed, bool want,
			  struct list_head *list)
{
	if (want == *listed)
		return;
	if (want)
		list_add_tail_rcu(node, list);
	else
		list_del_rcu(node);
	*listed = want;
}

/**
 * nvs_port_publish() - bring a port's snapshot up to date
 * @port: the port
 *
 * At most once in a grace period: the snapshot before the one in force is
 * written over.
 *
 * Context: RTNL, from nvs_commit(), which waits for the grace period.
 * Return: whether there is a new snapshot.
 */
bool nvs_port_publish(struct nvs_port *port)
{
	struct nvs_snapshot *old = rtnl_dereference(port->snap);
	struct nvs_snapshot *new = &port->snaps[old == &port->snaps[0]];
	static const struct nvs_frame any;
	struct nvs_switch *sw = port->sw;
	bool guest = port->role == NVS_GUEST;
	bool changed;

	nvs_vlans_publish(port);
	nvs_port_resolve(port, new);
	changed = memcmp(old, new, sizeof(*new));
	if (changed)
		rcu_assign_pointer(port->snap, new);
	/* Also if nothing is new since nvs_port_init(), which lists nobody. */
	nvs_port_list(&port->flood_node, &port->in_flood,
		      guest && nvs_wants(new, &any, NVS_CAST_UNKNOWN),
		      &sw->flood_ports);
	nvs_port_list(&port->promisc_node, &port->in_promisc,
		      guest && nvs_wants(new, &any, NVS_CAST_KNOWN),
		      &sw->promisc_ports);
	return changed;
}

/**
 * nvs_port_update_link() - notice that a port's device came up or went down
 * @port: the port
 *
 * Context: RTNL. The caller commits.
 */
void nvs_port_update_link(struct nvs_port *port)
{
	bool up = netif_running(port->dev) && netif_carrier_ok(port->dev);

	if (up == port->up)
		return;
	port->up = up;
	if (up) {
		port->up_since = jiffies;
		port->mac.settled = true;
	} else if (port->role == NVS_GUEST) {
		nvs_mac_lose_carrier(port);
	}
}

/**
 * nvs_port_init() - set a port up, the host port included
 * @port: zeroed
 * @sw: its switch
 * @dev: its device
 * @role: enum nvs_role
 * @id: its number
 *
 * Context: RTNL.
 * Return: 0 or -ENOMEM.
 */
int nvs_port_init(struct nvs_port *port, struct nvs_switch *sw,
		  struct net_device *dev, u8 role, u32 id)
{
	port->stats = alloc_percpu_gfp(struct nvs_stats, GFP_KERNEL_ACCOUNT);
	if (!port->stats)
		return -ENOMEM;
	port->sw = sw;
	port->dev = dev;
	port->role = role;
	port->id = id;
	port->policy = nvs_policy_inherit;
	port->activated = true;
	nvs_vlan_resolve(&port->vlans,
			 role == NVS_HOST ? &nvs_vlan_all : &nvs_vlan_none,
			 nvs_vlans_private_rtnl(sw));
	port->refilled = jiffies;
	port->tokens = NVS_TOKENS;
	port->mac.window = jiffies;
	spin_lock_init(&port->events.lock);
	INIT_LIST_HEAD(&port->learned_entries);
	INIT_LIST_HEAD(&port->adopted_entries);
	INIT_LIST_HEAD(&port->fixed);
	nvs_statements_init(port);
	nvs_port_resolve(port, &port->snaps[0]);
	RCU_INIT_POINTER(port->snap, &port->snaps[0]);
	return 0;
}

/**
 * nvs_port_uninit() - undo nvs_port_init()
 * @port: a port that nobody can reach any more
 *
 * Context: any.
 */
void nvs_port_uninit(struct nvs_port *port)
{
	kfree(port->allow);
	kfree(port->groups);
	kvfree(port->import);
	free_percpu(port->stats);
}

static void nvs_port_free_rcu(struct rcu_head *rcu)
{
	struct nvs_port *port = container_of(rcu, struct nvs_port, rcu);

	nvs_port_uninit(port);
	kfree(port);
}

/**
 * nvs_port_get_rtnl() - the port that a device is
 * @dev: any device
 *
 * Context: RTNL.
 * Return: the port, or NULL.
 */
struct nvs_port *nvs_port_get_rtnl(const struct net_device *dev)
{
	if (rcu_access_pointer(dev->rx_handler) != nvs_rx_handler)
		return NULL;
	return rtnl_dereference(dev->rx_handler_data);
}

static int nvs_is_switch_below(struct net_device *dev,
			       struct netdev_nested_priv *priv)
{
	return nvs_is_switch(dev);
}

static bool nvs_has_switch_below(struct net_device *dev)
{
	struct netdev_nested_priv priv = {};

	return nvs_is_switch(dev) ||
	       netdev_walk_all_lower_dev(dev, nvs_is_switch_below, &priv);
}

static int nvs_is_switch_above(struct net_device *dev,
			       struct netdev_nested_priv *priv)
{
	return nvs_is_switch(dev);
}

static bool nvs_has_switch_above(struct net_device *dev)
{
	struct netdev_nested_priv priv = {};
	bool has;

	rcu_read_lock();
	has = nvs_is_switch(dev) ||
	      netdev_walk_all_upper_dev_rcu(dev, nvs_is_switch_above, &priv);
	rcu_read_unlock();
	return has;
}

static int nvs_port_check(struct nvs_switch *sw, struct net_device *dev,
			  struct netlink_ext_ack *extack)
{
	if (dev->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(extack, "The loopback device cannot be a port: use a veth or tap device");
		return -EINVAL;
	}
	if (dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN ||
	    !is_valid_ether_addr(dev->dev_addr)) {
		NL_SET_ERR_MSG(extack, "Only an Ethernet device can be a port: use a tap (not tun), veth or NIC");
		return -EINVAL;
	}
	if (!net_eq(dev_net(dev), dev_net(sw->dev))) {
		NL_SET_ERR_MSG(extack, "The device is in another network namespace than the switch: move it there first");
		return -EINVAL;
	}
	if (nvs_has_switch_below(dev)) {
		NL_SET_ERR_MSG(extack, "An nvswitch, or a device on top of one, cannot be a port: join two switches with a veth pair");
		return -ELOOP;
	}
	if (netdev_uses_dsa(dev)) {
		NL_SET_ERR_MSG(extack, "The device carries the frames of a hardware switch (DSA), with tags of its own: attach that switch's ports");
		return -EINVAL;
	}
	if (netdev_master_upper_dev_get(dev)) {
		NL_SET_ERR_MSG(extack, "The device has a master already: ip link set DEV nomaster");
		return -EBUSY;
	}
	if (dev->priv_flags & IFF_DONT_BRIDGE) {
		NL_SET_ERR_MSG(extack, "The device does not allow to be part of a switch");
		return -EOPNOTSUPP;
	}
	if (vlan_uses_dev(dev)) {
		NL_SET_ERR_MSG(extack, "The device has VLAN devices on top, which would take their frames past the policy: delete them, or put them on the switch device");
		return -EBUSY;
	}
	if (dev->priv_flags & IFF_NO_RX_HANDLER) {
		NL_SET_ERR_MSG(extack, "The device does not let its frames be taken: use a veth pair between it and the switch");
		return -EOPNOTSUPP;
	}
	if (netdev_is_rx_handler_busy(dev)) {
		NL_SET_ERR_MSG(extack, "The device's frames are taken by another device on top of it (macvlan, ipvlan...): delete that first");
		return -EBUSY;
	}
	return 0;
}

static int nvs_port_link(struct nvs_port *port, struct netlink_ext_ack *extack)
{
	struct net_device *dev = port->dev;
	int err;

	err = dev_set_allmulti(dev, 1);
	if (err)
		return err;
	err = dev_set_promiscuity(dev, 1);
	if (err)
		goto unset_allmulti;
	err = netdev_master_upper_dev_link(dev, port->sw->dev, NULL, NULL,
					   extack);
	if (err)
		goto unset_promiscuity;
	return 0;

unset_promiscuity:
	dev_set_promiscuity(dev, -1);
unset_allmulti:
	dev_set_allmulti(dev, -1);
	return err;
}

static void nvs_port_unlink(struct nvs_port *port)
{
	struct net_device *dev = port->dev;

	/* Waits for the frames that are on their way through the handler. */
	netdev_rx_handler_unregister(dev);
	netdev_upper_dev_unlink(dev, port->sw->dev);
	dev_set_promiscuity(dev, -1);
	dev_set_allmulti(dev, -1);
}

static void nvs_port_update_switch(struct nvs_switch *sw)
{
	netdev_update_features(sw->dev);
	nvs_switch_update_headroom(sw);
	nvs_switch_update_mtu(sw);
	nvs_switch_update_gso(sw);
}

/**
 * nvs_port_attach() - make a device a port
 * @sw: switch
 * @dev: device
 * @settings: what it shall be, or NULL for a guest port with the switch's
 *	policy, whose address is that of its visible peer
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0 or -errno, and then nothing has changed.
 */
int nvs_port_attach(struct nvs_switch *sw, struct net_device *dev,
		    struct nvs_settings *settings,
		    struct netlink_ext_ack *extack)
{
	struct nvs_settings plain = { .policy = nvs_policy_inherit };
	struct nvs_port *port;
	int err;

	err = nvs_port_check(sw, dev, extack);
	if (err)
		return err;
	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port)
		return -ENOMEM;
	err = nvs_port_init(port, sw, dev, NVS_GUEST, sw->next_id++);
	if (err)
		goto free_port;
	err = xa_insert(&sw->by_id, port->id, port, GFP_KERNEL_ACCOUNT);
	if (err)
		goto uninit;
	netdev_hold(dev, &port->tracker, GFP_KERNEL);
	/* Frames do not see it before it is in a VLAN and in the table. */
	list_add_tail_rcu(&port->node, &sw->ports);
	sw->changes++;
	err = nvs_port_apply(port, settings ?: &plain, extack);
	if (err)
		goto delist;
	err = nvs_port_link(port, extack);
	if (err)
		goto unapply;

	dev_disable_lro(dev);
	nvs_port_update_switch(sw);
	nvs_commit(sw);
	/* Last: no frame comes in before there is a policy to judge it by. */
	err = netdev_rx_handler_register(dev, nvs_rx_handler, port);
	if (err) {
		nvs_port_detach(port);
		return err;
	}
	nvs_event_config(sw, port, NULL, NVSWITCH_ACTION_ADD);
	/* What was told of it before said nothing of what it is here. */
	call_netdevice_notifiers(NETDEV_CHANGEINFODATA, dev);
	return 0;

unapply:
	nvs_vlans_revert(sw);
	nvs_fdb_flush(port);
	nvs_port_set_group(port, NULL);
delist:
	xa_erase(&sw->by_id, port->id);
	list_del_rcu(&port->node);
	/* What others have lost to it in vain they get back. */
	nvs_commit(sw);
	netdev_put(dev, &port->tracker);
	/* Frames from elsewhere may have met its entry. */
	synchronize_net();
	nvs_vlans_withdraw(port);
uninit:
	nvs_port_uninit(port);
free_port:
	kfree(port);
	return err;
}

/**
 * nvs_port_detach() - let a port go
 * @port: the port; freed after a grace period
 *
 * Context: RTNL.
 */
void nvs_port_detach(struct nvs_port *port)
{
	struct nvs_switch *sw = port->sw;
	struct net_device *dev = port->dev;

	xa_erase(&sw->by_id, port->id);
	list_del_rcu(&port->node);
	sw->changes++;
	nvs_port_list(&port->flood_node, &port->in_flood, false, NULL);
	nvs_port_list(&port->promisc_node, &port->in_promisc, false, NULL);
	nvs_vlans_withdraw(port);
	nvs_port_set_group(port, NULL);
	nvs_statements_end(port);
	nvs_elect_uplink(sw);
	nvs_port_unlink(port);
	nvs_fdb_flush(port);
	/* Frames of others that met it in the table are the last to count. */
	synchronize_net();
	nvs_stats_add(&sw->retired, port->stats);

	netdev_reset_rx_headroom(dev);
	nvs_port_update_switch(sw);
	nvs_event_config(sw, port, NULL, NVSWITCH_ACTION_DEL);
	netdev_put(dev, &port->tracker);
	call_rcu(&port->rcu, nvs_port_free_rcu);
	nvs_vlans_rederive(sw);
	nvs_commit(sw);
}

/* Nothing may be put on top of a port that takes its frames first. */
static int nvs_port_check_upper(struct netdev_notifier_changeupper_info *info,
				const struct nvs_port *port)
{
	struct netlink_ext_ack *extack = info->info.extack;

	if (!info->linking || info->upper_dev == port->sw->dev)
		return NOTIFY_DONE;
	if (!is_vlan_dev(info->upper_dev) && !info->master)
		return NOTIFY_DONE;
	NL_SET_ERR_MSG(extack, "The device is a port of an nvswitch: put VLAN devices on the switch device");
	return notifier_from_errno(-EBUSY);
}

static int nvs_port_event(struct nvs_port *port, unsigned long event, void *ptr)
{
	struct nvs_switch *sw = port->sw;

	switch (event) {
	case NETDEV_CHANGEMTU:
		nvs_switch_update_mtu(sw);
		break;
	case NETDEV_FEAT_CHANGE:
		netdev_update_features(sw->dev);
		break;
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		nvs_commit(sw);
		break;
	case NETDEV_PRECHANGEUPPER:
		return nvs_port_check_upper(ptr, port);
	case NETDEV_UNREGISTER:
		nvs_port_detach(port);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return NOTIFY_BAD;
	}
	return NOTIFY_DONE;
}

/* Nor may a switch come to be below a port. */
static int nvs_check_upper(struct netdev_notifier_changeupper_info *info,
			   struct net_device *dev)
{
	if (!info->linking || !nvs_has_switch_above(info->upper_dev) ||
	    !nvs_has_switch_below(dev))
		return NOTIFY_DONE;
	NL_SET_ERR_MSG(info->info.extack, "An nvswitch cannot be below a port of an nvswitch: join two switches with a veth pair");
	return notifier_from_errno(-ELOOP);
}

static int nvs_netdev_event(struct notifier_block *nb, unsigned long event,
			    void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct nvs_port *port;
	int ret;

	if (event == NETDEV_PRECHANGEUPPER) {
		ret = nvs_check_upper(ptr, dev);
		if (ret != NOTIFY_DONE)
			return ret;
	}
	if (event == NETDEV_CHANGEADDR) {
		port = nvs_mac_peer_changed(dev);
		if (port)
			nvs_commit(port->sw);
	}
	port = nvs_port_get_rtnl(dev);
	return port ? nvs_port_event(port, event, ptr) : NOTIFY_DONE;
}

static struct notifier_block nvs_netdev_notifier = {
	.notifier_call = nvs_netdev_event,
};

/**
 * nvs_port_module_init() - begin to hear what happens to devices
 *
 * Context: module initialization.
 * Return: 0 or -errno.
 */
int nvs_port_module_init(void)
{
	return register_netdevice_notifier(&nvs_netdev_notifier);
}

/**
 * nvs_port_module_exit() - undo nvs_port_module_init()
 *
 * Context: module exit, when no switch is left.
 */
void nvs_port_module_exit(void)
{
	unregister_netdevice_notifier(&nvs_netdev_notifier);
	rcu_barrier();
}
