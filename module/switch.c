// SPDX-License-Identifier: GPL-2.0-only
/* The switch device: its life, its place in the stack, and commits. */

#include "switch.h"

#include <linux/ethtool.h>
#include <linux/rtnetlink.h>

#include "announce.h"
#include "compat/ops.h"
#include "core/policy.h"
#include "events.h"

/**
 * DOC: Locking
 *
 * RTNL is the only lock of the configuration. A setter checks, changes the
 * configuration in nvs_switch and nvs_port, and calls nvs_commit(), which
 * derives everything else: links, the active uplink, effective MACs, snapshots,
 * lists. It waits for one grace period, however many ports have changed, and
 * then removes from the table what could not be entered any more. So when a
 * command returns, no frame is judged by what was before it.
 */

#define NVS_FEATURES	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | \
			 NETIF_F_GSO_MASK | NETIF_F_HW_CSUM)

/* While a request waits for time or memory, it is looked at so often. */
#define NVS_RETRY	HZ

static struct nvs_port *nvs_first_uplink(struct nvs_switch *sw,
					 struct nvs_port *active,
					 unsigned long *wait)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node) {
		unsigned long ripe = port->up_since + NVS_FAILBACK;

		if (port->role != NVS_UPLINK || !port->up)
			continue;
		/* One that returns must prove itself, if there is another. */
		if (!active || port == active || time_after_eq(jiffies, ripe))
			return port;
		*wait = min(*wait, ripe - jiffies);
	}
	return NULL;
}

static bool nvs_is_fit(struct nvs_switch *sw, const struct nvs_port *active)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		if (port == active)
			return port->up && port->role == NVS_UPLINK;
	return false;
}

/**
 * nvs_elect_uplink() - choose the active uplink
 * @sw: switch
 *
 * The first with carrier, in order of attachment.
 *
 * Context: RTNL. A grace period must pass before a former one is freed.
 * Return: after how many jiffies the choice may change by itself, or
 * MAX_JIFFY_OFFSET.
 */
unsigned long nvs_elect_uplink(struct nvs_switch *sw)
{
	struct nvs_port *old = rtnl_dereference(sw->active);
	unsigned long wait = MAX_JIFFY_OFFSET;
	struct nvs_port *new;

	new = nvs_first_uplink(sw, nvs_is_fit(sw, old) ? old : NULL, &wait);
	if (old == new)
		return wait;
	rcu_assign_pointer(sw->active, new);
	if (old)
		old->notify = true;
	if (new)
		new->notify = true;
	sw->host.notify = true;
	nvs_event_port(sw, new, NVSWITCH_EVENT_UPLINK);
	/* The physical switches have to learn the new way. */
	if (new && sw->last_active && sw->last_active != new->id)
		nvs_rarp_start(sw, NULL);
	if (new)
		sw->last_active = new->id;
	return wait;
}

static void nvs_update_carrier(struct nvs_switch *sw)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		if (port->up) {
			netif_carrier_on(sw->dev);
			return;
		}
	netif_carrier_off(sw->dev);
}

/**
 * nvs_sync_host() - notice which addresses the host's stack listens on
 * @sw: switch
 *
 * While the device is down nobody says when they change.
 *
 * Context: RTNL; sleeps.
 */
void nvs_sync_host(struct nvs_switch *sw)
{
	bool more = true;

	while (more) {
		netif_addr_lock_bh(sw->dev);
		more = nvs_fdb_sync_host(sw);
		netif_addr_unlock_bh(sw->dev);
		cond_resched();
	}
}

/* Derive what concerns the switch as a whole. Return: whether it changed. */
static bool nvs_derive(struct nvs_switch *sw, unsigned long *wait)
{
	struct nvs_port *active = rtnl_dereference(sw->active);
	struct nvs_port *port;
	bool bpdu = false;
	bool changed;

	list_for_each_entry(port, &sw->ports, node) {
		nvs_port_update_link(port);
		nvs_port_hear(port);
	}
	*wait = nvs_elect_uplink(sw);
	changed = active != rtnl_dereference(sw->active);
	if (nvs_mac_settle(sw))
		*wait = min(*wait, (unsigned long)NVS_RETRY);
	list_for_each_entry(port, &sw->ports, node)
		bpdu |= port->bpdu_pass;
	changed |= bpdu != sw->bpdu_wanted;
	WRITE_ONCE(sw->bpdu_wanted, bpdu);
	return changed;
}

static void nvs_purge(struct nvs_switch *sw)
{
	struct nvs_port *port;
	bool uplinks = false;

	list_for_each_entry(port, &sw->ports, node) {
		if (port->republished)
			nvs_fdb_purge(port);
		port->republished = false;
		nvs_fdb_import_pending(port);
		uplinks |= port->role == NVS_UPLINK;
	}
	if (!uplinks)
		nvs_fdb_flush_remote(sw);
	else if (sw->vlans.regrouped)
		nvs_fdb_purge_remote(sw);
	sw->vlans.regrouped = false;
}

/* rtnetlink tells user space of what has not come from there. */
static void nvs_notify(struct nvs_switch *sw)
{
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		if (port->notify) {
			port->notify = false;
			call_netdevice_notifiers(NETDEV_CHANGEINFODATA,
						 port->dev);
		}
	if (sw->host.notify) {
		sw->host.notify = false;
		call_netdevice_notifiers(NETDEV_CHANGEINFODATA, sw->dev);
	}
}

/**
 * nvs_commit() - put the configuration into force
 * @sw: switch
 *
 * Cannot fail. When it returns, no frame is judged by anything older.
 *
 * Context: RTNL; sleeps.
 */
void nvs_commit(struct nvs_switch *sw)
{
	struct nvs_port *port;
	unsigned long wait;
	bool changed;

	ASSERT_RTNL();
	WRITE_ONCE(sw->starved, false);
	nvs_sync_host(sw);
	changed = nvs_derive(sw, &wait);
	changed |= nvs_vlans_publish_private(sw);
	changed |= nvs_port_publish(&sw->host);
	list_for_each_entry(port, &sw->ports, node) {
		port->republished = nvs_port_publish(port);
		changed |= port->republished;
	}
	list_for_each_entry(port, &sw->ports, node)
		nvs_fdb_withdraw(port);
	list_for_each_entry(port, &sw->ports, node)
		nvs_fdb_confirm(port);
	if (changed)
		synchronize_net();
	nvs_purge(sw);
	/* What guests have given up may be the host's now. */
	nvs_sync_host(sw);
	if (nvs_fdb_settle(sw))
		synchronize_net();
	nvs_fdb_bury(&sw->fdb.dead);
	nvs_update_carrier(sw);
	if (READ_ONCE(sw->starved))
		wait = min(wait, (unsigned long)NVS_RETRY);
	if (wait != MAX_JIFFY_OFFSET)
		mod_delayed_work(system_power_efficient_wq, &sw->tick, wait);
	nvs_notify(sw);
}

/* Whoever deletes the switch waits for these works under RTNL. */
static bool nvs_try_commit(struct nvs_switch *sw)
{
	if (!rtnl_trylock())
		return false;
	nvs_commit(sw);
	rtnl_unlock();
	return true;
}

static void nvs_tick(struct work_struct *work)
{
	struct nvs_switch *sw = container_of(to_delayed_work(work),
					     struct nvs_switch, tick);

	if (!nvs_try_commit(sw))
		queue_delayed_work(system_power_efficient_wq, &sw->tick, 1);
}

static void nvs_soon(struct work_struct *work)
{
	struct nvs_switch *sw = container_of(to_delayed_work(work),
					     struct nvs_switch, soon);

	if (!nvs_try_commit(sw))
		queue_delayed_work(system_highpri_wq, &sw->soon, 1);
}

/**
 * nvs_commit_soon() - have a commit follow that sees all that is so now
 * @sw: switch
 *
 * Context: any.
 */
void nvs_commit_soon(struct nvs_switch *sw)
{
	queue_delayed_work(system_highpri_wq, &sw->soon, 0);
}

/**
 * nvs_switch_update_mtu() - let the switch's MTU follow that of its ports
 * @sw: switch
 *
 * Unless the administrator has set it.
 *
 * Context: RTNL.
 */
void nvs_switch_update_mtu(struct nvs_switch *sw)
{
	struct nvs_port *port;
	unsigned int mtu = 0;

	if (sw->mtu_set)
		return;
	list_for_each_entry(port, &sw->ports, node)
		if (!mtu || port->dev->mtu < mtu)
			mtu = port->dev->mtu;
	dev_set_mtu(sw->dev, mtu ?: ETH_DATA_LEN);
	sw->mtu_set = false;
}

/**
 * nvs_switch_update_headroom() - give every port the headroom any port needs
 * @sw: switch
 *
 * Context: RTNL.
 */
void nvs_switch_update_headroom(struct nvs_switch *sw)
{
	unsigned int headroom = 0;
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		headroom = max_t(unsigned int, headroom,
				 netdev_get_fwd_headroom(port->dev));
	list_for_each_entry(port, &sw->ports, node)
		netdev_set_rx_headroom(port->dev, headroom);
	sw->dev->needed_headroom = headroom;
}

/**
 * nvs_switch_update_gso() - send no larger GSO frames than every port takes
 * @sw: switch
 *
 * Context: RTNL.
 */
void nvs_switch_update_gso(struct nvs_switch *sw)
{
	unsigned int size = TSO_MAX_SIZE;
	u16 segments = TSO_MAX_SEGS;
	struct nvs_port *port;

	list_for_each_entry(port, &sw->ports, node) {
		size = min(size, port->dev->tso_max_size);
		segments = min(segments, port->dev->tso_max_segs);
	}
	netif_set_tso_max_size(sw->dev, size);
	netif_set_tso_max_segs(sw->dev, segments);
}

static int nvs_dev_init(struct net_device *dev)
{
	struct nvs_switch *sw = netdev_priv(dev);
	int err;

	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	if (!dev->tstats)
		return -ENOMEM;
	err = nvs_vlans_init(sw);
	if (err)
		goto free_tstats;
	err = nvs_port_init(&sw->host, sw, dev, NVS_HOST, NVS_PLACE_HOST);
	if (err)
		goto destroy_vlans;
	err = nvs_fdb_init(sw);
	if (err)
		goto uninit_host;
	err = nvs_fdb_own(&sw->host, nvs_mac_get(dev->dev_addr),
			  NVSWITCH_FDB_LOCAL, GFP_KERNEL_ACCOUNT);
	if (err)
		goto destroy_fdb;
	return 0;

destroy_fdb:
	nvs_fdb_destroy(sw);
uninit_host:
	nvs_port_uninit(&sw->host);
destroy_vlans:
	nvs_vlans_destroy(sw);
free_tstats:
	free_percpu(dev->tstats);
	return err;
}

static void nvs_dev_uninit(struct net_device *dev)
{
	struct nvs_switch *sw = netdev_priv(dev);

	cancel_delayed_work_sync(&sw->soon);
	cancel_delayed_work_sync(&sw->tick);
	nvs_rarp_stop(sw);
	nvs_fdb_flush(&sw->host);
	nvs_fdb_destroy(sw);
	xa_destroy(&sw->by_id);
	nvs_port_uninit(&sw->host);
	nvs_group_destroy_all(sw);
	nvs_vlans_destroy(sw);
	free_percpu(dev->tstats);
}

static int nvs_dev_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int nvs_dev_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void nvs_dev_set_rx_mode(struct net_device *dev)
{
	struct nvs_switch *sw = netdev_priv(dev);

	/* The next commit does the rest. */
	if (nvs_fdb_sync_host(sw) || READ_ONCE(sw->starved))
		nvs_commit_soon(sw);
}

static int nvs_dev_set_mac_address(struct net_device *dev, void *p)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct sockaddr *addr = p;
	int err;

	if (!is_valid_ether_addr(addr->sa_data))
		return -EADDRNOTAVAIL;
	/* In one, or nvs_fdb_sync_host() would find an address too many. */
	netif_addr_lock_bh(dev);
	err = nvs_fdb_own(&sw->host, nvs_mac_get(addr->sa_data),
			  NVSWITCH_FDB_LOCAL, GFP_ATOMIC);
	if (!err)
		eth_hw_addr_set(dev, addr->sa_data);
	netif_addr_unlock_bh(dev);
	if (!err)
		nvs_commit(sw);
	return err;
}

static int nvs_dev_change_mtu(struct net_device *dev, int mtu)
{
	struct nvs_switch *sw = netdev_priv(dev);

	dev->mtu = mtu;
	sw->mtu_set = true;
	return 0;
}

static netdev_features_t nvs_dev_fix_features(struct net_device *dev,
					      netdev_features_t features)
{
	struct nvs_switch *sw = netdev_priv(dev);
	netdev_features_t mask = features;
	struct nvs_port *port;

	if (list_empty(&sw->ports))
		return features;
	features &= ~NETIF_F_ONE_FOR_ALL;
	list_for_each_entry(port, &sw->ports, node)
		features = netdev_increment_features(features,
						     port->dev->features, mask);
	return netdev_add_tso_features(features, mask);
}

static int nvs_dev_add_slave(struct net_device *dev, struct net_device *port,
			     struct netlink_ext_ack *extack)
{
	return nvs_port_attach(netdev_priv(dev), port, NULL, extack);
}

static int nvs_dev_del_slave(struct net_device *dev, struct net_device *slave)
{
	struct nvs_port *port = nvs_port_get_rtnl(slave);

	if (!port || port->sw != netdev_priv(dev))
		return -EINVAL;
	nvs_port_detach(port);
	return 0;
}

const struct net_device_ops nvs_netdev_ops = {
	.ndo_init		= nvs_dev_init,
	.ndo_uninit		= nvs_dev_uninit,
	.ndo_open		= nvs_dev_open,
	.ndo_stop		= nvs_dev_stop,
	.ndo_start_xmit		= nvs_xmit,
	.ndo_get_stats64	= dev_get_tstats64,
	.ndo_set_rx_mode	= nvs_dev_set_rx_mode,
	.ndo_set_mac_address	= nvs_dev_set_mac_address,
	.ndo_change_mtu		= nvs_dev_change_mtu,
	.ndo_fix_features	= nvs_dev_fix_features,
	.ndo_features_check	= passthru_features_check,
	.ndo_add_slave		= nvs_dev_add_slave,
	.ndo_del_slave		= nvs_dev_del_slave,
	.ndo_fdb_add		= nvs_compat_fdb_add,
	.ndo_fdb_del		= nvs_compat_fdb_del,
	.ndo_fdb_dump		= nvs_neigh_dump,
	.ndo_fdb_get		= nvs_neigh_get,
};

static void nvs_get_drvinfo(struct net_device *dev,
			    struct ethtool_drvinfo *info)
{
	strscpy(info->driver, NVS_NAME, sizeof(info->driver));
	strscpy(info->version, NVS_VERSION, sizeof(info->version));
}

static int nvs_get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? nvs_stats_strings(NULL) : -EOPNOTSUPP;
}

static void nvs_get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	if (sset == ETH_SS_STATS)
		nvs_stats_strings(data);
}

static void nvs_get_ethtool_stats(struct net_device *dev,
				  struct ethtool_stats *stats, u64 *data)
{
	struct nvs_stats t;

	nvs_stats_sum(netdev_priv(dev), &t);
	nvs_stats_values(&t, data);
}

static const struct ethtool_ops nvs_ethtool_ops = {
	.get_drvinfo		= nvs_get_drvinfo,
	.get_link		= ethtool_op_get_link,
	.get_sset_count		= nvs_get_sset_count,
	.get_strings		= nvs_get_strings,
	.get_ethtool_stats	= nvs_get_ethtool_stats,
};

static struct device_type nvs_device_type = {
	.name = NVS_NAME,
};

/**
 * nvs_setup() - make a net_device a switch with default settings
 * @dev: device that is not registered yet
 *
 * Context: RTNL.
 */
void nvs_setup(struct net_device *dev)
{
	struct nvs_switch *sw = netdev_priv(dev);

	ether_setup(dev);
	eth_hw_addr_random(dev);
	dev->netdev_ops = &nvs_netdev_ops;
	dev->ethtool_ops = &nvs_ethtool_ops;
	dev->needs_free_netdev = true;
	SET_NETDEV_DEVTYPE(dev, &nvs_device_type);
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_DONT_BRIDGE | IFF_UNICAST_FLT |
			   IFF_DISABLE_NETPOLL | IFF_LIVE_ADDR_CHANGE;
	dev->features = NVS_FEATURES | NETIF_F_HW_VLAN_CTAG_TX |
			NETIF_F_HW_VLAN_STAG_TX;
	dev->hw_features = dev->features;
	dev->vlan_features = NVS_FEATURES;
	dev->max_mtu = ETH_MAX_MTU;
	nvs_compat_set_lltx(dev);
	nvs_compat_set_netns_local(dev);

	sw->dev = dev;
	INIT_LIST_HEAD(&sw->ports);
	INIT_LIST_HEAD(&sw->flood_ports);
	INIT_LIST_HEAD(&sw->promisc_ports);
	INIT_LIST_HEAD(&sw->groups);
	INIT_DELAYED_WORK(&sw->tick, nvs_tick);
	INIT_DELAYED_WORK(&sw->soon, nvs_soon);
	nvs_rarp_init(sw);
	sw->policy = nvs_policy_default;
	sw->move_hold = 200;
	sw->mac_binding = NVSWITCH_MAC_BINDING_AUTO;
	sw->fdb.ageing = 300 * MSEC_PER_SEC;
	sw->fdb.table_limit = 65536;
	sw->fdb.remote_limit = 65536;
	sw->next_id = NVS_PLACE_FIRST_PORT;
	xa_init(&sw->by_id);
}
