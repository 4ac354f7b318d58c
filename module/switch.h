/* SPDX-License-Identifier: GPL-2.0-only */
/* The switch device. */
#ifndef _NVS_SWITCH_H
#define _NVS_SWITCH_H

#include <linux/etherdevice.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/xarray.h>
#include "compat/compat.h"
#include "fdb.h"
#include "group.h"
#include "port.h"
#include "vlan.h"

#define NVS_NAME	"nvswitch"
#define NVS_VERSION	"0.1"

/* A returning uplink takes over again after so much carrier. */
#define NVS_FAILBACK	(5 * HZ)

/**
 * struct nvs_rarp - announcing of addresses to the physical network
 * @work: sends some, and comes again
 * @table: the table that is walked; to be compared only
 * @bucket: where the walk is
 * @due: when the next one may be sent
 * @only: number of the port whose addresses are announced, 0 for all
 * @busy: the walk has not come to its end
 *
 * All but @work is the worker's, and nvs_rarp_start()'s while it is idle.
 */
struct nvs_rarp {
	struct delayed_work work;
	const void *table;
	u32 bucket;
	u64 due;
	u32 only;
	bool busy;
};

/**
 * struct nvs_switch - private part of the switch device
 * @dev: the switch device
 * @host: the host port
 * @active: the active uplink, or NULL; RCU, written under RTNL
 * @ports: all attached ports in order of attachment; RCU, written under RTNL
 * @flood_ports: those that get unknown unicast; RCU, written under RTNL
 * @promisc_ports: those that get others' unicast; RCU, written under RTNL
 * @bpdu_wanted: some port has bpdu pass; written under RTNL, read without
 * @fdb: MAC table
 * @vlans: its VLANs
 * @changes: how often its groups, ports and allow lists have come to another
 *	order; RTNL
 * @groups: port groups in order of creation; RTNL
 * @group_count: how many; RTNL
 * @policy: the default for every port; RTNL
 * @move_hold: milliseconds; RTNL
 * @mac_binding: enum nvswitch_mac_binding; RTNL
 * @mtu_set: the MTU was set by the administrator and follows no port; RTNL
 * @next_id: for the next port; RTNL
 * @by_id: the ports, by their numbers; changes under RTNL
 * @next_request: for the next requested MAC; RTNL
 * @privileged: created with CAP_NET_ADMIN in the initial user namespace;
 *	constant
 * @retired: counters of ports that were detached; RTNL
 * @tick: commits again when something waits for time to pass
 * @soon: commits as soon as it can, for what frames or the stack have changed;
 *	apart from @tick, which each commit puts off
 * @last_active: number of the last active uplink, 0 if there was none; RTNL
 * @unheld: an address of the host that a guest owns, as told in an event; 0 if
 *	there is none; under the switch device's address list lock
 * @unheard: the tick in which nobody listened to events
 * @starved: something was left undone for want of memory, and is to be tried
 *	again by a commit
 * @rarp: the announcing of addresses to the physical network
 */
struct nvs_switch {
	struct net_device *dev;
	struct nvs_port host;
	struct nvs_port __rcu *active;
	struct list_head ports;
	struct list_head flood_ports;
	struct list_head promisc_ports;
	bool bpdu_wanted;
	struct nvs_fdb fdb;
	struct nvs_switch_vlans vlans;

	u32 changes;
	struct list_head groups;
	u32 group_count;
	struct nvs_policy policy;
	u32 move_hold;
	u8 mac_binding;
	bool mtu_set;
	bool privileged;
	u32 next_id;
	struct xarray by_id;
	u64 next_request;
	struct nvs_stats retired;
	struct delayed_work tick;
	struct delayed_work soon;
	u32 last_active;
	u64 unheld;
	unsigned long unheard;
	bool starved;
	struct nvs_rarp rarp;
};

extern struct rtnl_link_ops nvs_link_ops;
extern const struct net_device_ops nvs_netdev_ops;

static inline bool nvs_is_switch(const struct net_device *dev)
{
	return dev->netdev_ops == &nvs_netdev_ops;
}

/* The clock of the core. */
static inline u64 nvs_now(void)
{
	if (MSEC_PER_SEC % HZ == 0)
		return get_jiffies_64() * (MSEC_PER_SEC / HZ);
	return jiffies64_to_msecs(get_jiffies_64());
}

/* For an address in an Ethernet header: two more bytes can be read. */
static inline u64 nvs_mac_get_header(const u8 *addr)
{
	return get_unaligned_le64(addr) & NVS_MAC_MASK;
}

static inline u64 nvs_mac_get(const u8 *addr)
{
	return get_unaligned_le32(addr) |
	       (u64)get_unaligned_le16(addr + 4) << 32;
}

static inline void nvs_mac_put(u64 mac, u8 *addr)
{
	put_unaligned_le32(mac, addr);
	put_unaligned_le16(mac >> 32, addr + 4);
}

/* Is @port's device up? The host port needs no carrier. */
static __always_inline bool nvs_is_up(const struct nvs_port *port)
{
	return netif_running(port->dev) &&
	       (netif_carrier_ok(port->dev) || port == &port->sw->host);
}

void nvs_setup(struct net_device *dev);
int nvs_newlink(struct net_device *dev, struct nlattr *tb[],
		struct nlattr *data[], struct netlink_ext_ack *extack);
void nvs_commit(struct nvs_switch *sw);
void nvs_commit_soon(struct nvs_switch *sw);
void nvs_sync_host(struct nvs_switch *sw);
unsigned long nvs_elect_uplink(struct nvs_switch *sw);
void nvs_switch_update_mtu(struct nvs_switch *sw);
void nvs_switch_update_headroom(struct nvs_switch *sw);
void nvs_switch_update_gso(struct nvs_switch *sw);

rx_handler_result_t nvs_rx_handler(struct sk_buff **pskb);
netdev_tx_t nvs_xmit(struct sk_buff *skb, struct net_device *dev);
void nvs_deliver(struct nvs_port *in, u8 role, struct sk_buff *skb,
		 const struct nvs_frame *f, const struct nvs_dest *dest);
void nvs_drop(struct nvs_port *in, struct sk_buff *skb,
	      const struct nvs_frame *f, enum nvswitch_drop_reason reason);

int nvs_neigh_add(struct ndmsg *ndm, struct nlattr *tb[],
		  struct net_device *dev, const unsigned char *addr, u16 vid,
		  u16 flags, struct netlink_ext_ack *extack);
int nvs_neigh_del(struct ndmsg *ndm, struct nlattr *tb[],
		  struct net_device *dev, const unsigned char *addr, u16 vid,
		  struct netlink_ext_ack *extack);
int nvs_neigh_dump(struct sk_buff *skb, struct netlink_callback *cb,
		   struct net_device *dev, struct net_device *filter_dev,
		   int *idx);
int nvs_neigh_get(struct sk_buff *skb, struct nlattr *tb[],
		  struct net_device *dev, const unsigned char *addr, u16 vid,
		  u32 portid, u32 seq, struct netlink_ext_ack *extack);
void nvs_neigh_notify(struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		      unsigned long place, int type);

#endif /* _NVS_SWITCH_H */
