/* SPDX-License-Identifier: GPL-2.0-only */
/* Ports: attaching, detaching, and what a port is configured to be. */
#ifndef _NVS_PORT_H
#define _NVS_PORT_H

#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include "agent.h"
#include "core/types.h"
#include "fdb.h"
#include "group.h"
#include "stats.h"
#include "vlan.h"

/* Notifications that the frames of one port may cause each second. */
#define NVS_TOKENS	100

/**
 * struct nvs_limit - how many events of a kind there may be
 * @since: when the second began
 * @sent: how many were sent in it
 * @suppressed: how many were not, since one was
 */
struct nvs_limit {
	unsigned long since;
	u32 sent;
	u32 suppressed;
};

/**
 * struct nvs_port_events - limits of the events that a port's frames cause
 * @lock: for all of it
 * @drops: dropped frames, by reason
 * @table: changes to the MAC table
 * @full: new sources without room
 */
struct nvs_port_events {
	spinlock_t lock; /* held with softirqs off */
	struct nvs_limit drops[__NVSWITCH_DROP_MAX];
	struct nvs_limit table;
	struct nvs_limit full;
};

/**
 * struct nvs_port_mac - the addresses of a guest port
 * @initial: initial MAC, 0 if none
 * @requested: requested MAC, 0 if none
 * @effective: effective MAC, 0 if none
 * @leaving: an initial MAC that the setter under way replaces; 0 if none
 * @told: the requested MAC of which user space knows @state
 * @request: number of the last request; the oldest is retried first
 * @window: when the second began in which @judged requests were judged
 * @judged: how many were
 * @source: enum nvswitch_initial_source
 * @state: enum nvswitch_mac_state
 * @by_peer: the request is the peer's address
 * @deferred: the request waits for the next second
 * @settled: the port has had carrier: its peer is no longer being set up
 *
 * @initial and @effective have a fixed entry in the MAC table. Under RTNL.
 */
struct nvs_port_mac {
	u64 initial;
	u64 requested;
	u64 effective;
	u64 leaving;
	u64 told;
	u64 request;
	unsigned long window;
	u8 judged;
	u8 source;
	u8 state;
	bool by_peer;
	bool deferred;
	bool settled;
};

/**
 * struct nvs_settings - what a message makes of a port
 * @role: enum nvs_role
 * @policy: its own policy
 * @group: its port group, or NULL
 * @vlan: its own VLAN mode
 * @initial: initial MAC, or 0 for its peer's, with @has_initial
 * @requested: requested MAC, or 0 to take that back, with @has_requested
 * @groups: the multicast groups its guest wants, or NULL for all, with
 *	@has_groups; once applied, what the port had before
 * @allow: once applied, an allow list that the port had before
 * @activation: enum nvswitch_activation
 * @activate: enum nvswitch_value: on or off, or INHERIT to leave it
 * @rx_promisc: enum nvswitch_value, with @has_promisc if it is told
 * @agent: who tells the requested MAC, @rx_promisc and @groups, if that holds
 *	only while it is open; or NULL
 * @bpdu_pass: spanning tree frames pass
 * @blocked: administratively blocked
 * @has_initial: it sets the initial MAC
 * @has_requested: it sets the requested MAC
 * @has_promisc: it sets @rx_promisc
 * @has_groups: it sets @groups
 */
struct nvs_settings {
	u8 role;
	struct nvs_policy policy;
	struct nvs_group *group;
	struct nvs_vlan vlan;
	u64 initial;
	u64 requested;
	struct nvs_groups *groups;
	struct nvs_allow *allow;
	u8 activation;
	u8 activate;
	u8 rx_promisc;
	struct nvs_agent *agent;
	bool bpdu_pass;
	bool blocked;
	bool has_initial;
	bool has_requested;
	bool has_promisc;
	bool has_groups;
};

/**
 * struct nvs_port - a device that is attached to a switch, or the host port
 * @snap: the snapshot in force; read under RCU, written by nvs_commit()
 * @dev: the device; of the host port the switch device
 * @sw: the switch, for life
 * @stats: per-CPU counters
 * @adopted: adopted MAC, 0 if none; under nvs_fdb.lock, read without
 * @id: number of the port, never used twice; its place if it is a guest's
 * @learned: LEARNED entries; under nvs_fdb.lock, read without
 * @tokens: notifications that traffic may still cause; under nvs_fdb.lock
 * @refilled: when @tokens was last filled; under nvs_fdb.lock
 * @announced: its guest has announced itself; the next commit activates it
 * @learned_entries: its LEARNED entries; under nvs_fdb.lock
 * @adopted_entries: its ADOPTED entries, one for each VLAN; under nvs_fdb.lock
 * @fixed: its LOCAL, OWNED, RESERVED and STATIC entries; under nvs_fdb.lock
 * @events: limits of its events
 * @node: in nvs_switch.ports
 * @members: its places in nvs_switch.vlans, or NULL
 * @wide_node: in nvs_switch.vlans if it is in too many VLANs for @members
 * @in_wide: whether it is there
 * @next_members: what @members is to be in the commit to come, or NULL
 * @flood_node: in nvs_switch.flood_ports if it gets unknown unicast
 * @promisc_node: in nvs_switch.promisc_ports if it gets others' unicast
 * @in_flood: whether it is in nvs_switch.flood_ports
 * @in_promisc: whether it is in nvs_switch.promisc_ports
 * @up: it was up and had carrier at the last commit
 * @notify: user space shall hear of a change
 * @republished: it has got a new snapshot in the commit under way
 * @claims: it has got an address that is its own from the next commit on
 * @moved: what it owns is in another VLAN, which user space does not know yet
 * @told_vid: the VLAN in which user space knows what it owns; 0 for a trunk
 * @role: enum nvs_role
 * @blocked: administratively blocked
 * @bpdu_pass: spanning tree frames pass
 * @up_since: when @up became true
 * @activated: it is, or would be, with activation announce
 * @awaited: its guest's announcement activates it
 * @activation: enum nvswitch_activation
 * @info_size: room that its attributes need; RTNL, read without
 * @rx_promisc: enum nvswitch_value: whether the guest wants promiscuous copies
 * @policy: the port's own settings
 * @group: its port group, or NULL
 * @vlan: its own VLAN mode
 * @vlans: what follows from that and from its group's
 * @allow: its allow list, or NULL
 * @groups: the multicast groups that its guest wants, or NULL for all
 * @import: addresses that are entered when it is activated, or NULL
 * @mac: its addresses
 * @statements: which of these agents have told, and so may lapse
 * @snaps: @snap and the one before it, which is free for the next commit: one
 *	that has published a snapshot waits for a grace period. So none can fail
 *	for lack of memory
 * @tracker: for the reference to @dev
 * @rcu: for freeing
 *
 * From @in_flood on under RTNL.
 */
struct nvs_port {
	struct nvs_snapshot __rcu *snap;
	struct net_device *dev;
	struct nvs_switch *sw;
	struct nvs_stats __percpu *stats;
	u64 adopted;
	u32 id;

	/* What learning writes keeps off the line that every frame reads. */
	u32 learned ____cacheline_aligned_in_smp;
	u32 tokens;
	unsigned long refilled;
	bool announced;
	struct list_head learned_entries;
	struct list_head adopted_entries;
	struct list_head fixed;
	struct nvs_port_events events;

	struct list_head node;
	struct list_head flood_node;
	struct list_head promisc_node;
	struct nvs_members *members;
	struct list_head wide_node;
	bool in_wide;
	struct nvs_members *next_members;

	bool in_flood;
	bool in_promisc;
	bool up;
	bool notify;
	bool republished;
	bool claims;
	bool moved;
	u16 told_vid;
	u8 role;
	bool blocked;
	bool bpdu_pass;
	bool activated;
	bool awaited;
	u8 activation;
	u8 rx_promisc;
	u32 info_size;
	unsigned long up_since;
	struct nvs_policy policy;
	struct nvs_group *group;
	struct nvs_vlan vlan;
	struct nvs_vlans vlans;
	struct nvs_allow *allow;
	struct nvs_groups *groups;
	struct nvs_import *import;
	struct nvs_port_mac mac;
	struct nvs_statement statements[NVS_SUBJECTS];
	struct nvs_snapshot snaps[2];
	netdevice_tracker tracker;
	struct rcu_head rcu;
};

static inline const struct nvs_snapshot *
nvs_port_snap_rcu(const struct nvs_port *port)
{
	return rcu_dereference(port->snap);
}

int nvs_port_init(struct nvs_port *port, struct nvs_switch *sw,
		  struct net_device *dev, u8 role, u32 id);
void nvs_port_uninit(struct nvs_port *port);
int nvs_port_attach(struct nvs_switch *sw, struct net_device *dev,
		    struct nvs_settings *settings,
		    struct netlink_ext_ack *extack);
void nvs_port_detach(struct nvs_port *port);
struct nvs_port *nvs_port_get_rtnl(const struct net_device *dev);
int nvs_port_apply(struct nvs_port *port, struct nvs_settings *settings,
		   struct netlink_ext_ack *extack);
void nvs_settings_free(struct nvs_settings *s);
void nvs_port_set_group(struct nvs_port *port, struct nvs_group *group);
struct nvs_policy nvs_port_policy(const struct nvs_port *port);
void nvs_port_set_allow(struct nvs_port *port, struct nvs_allow *allow);
void nvs_port_update_link(struct nvs_port *port);
bool nvs_port_publish(struct nvs_port *port);
int nvs_port_module_init(void);
void nvs_port_module_exit(void);

int nvs_mac_set_initial(struct nvs_port *port, u64 mac,
			struct netlink_ext_ack *extack);
u64 nvs_mac_of_peer(const struct net_device *dev);
void nvs_mac_drop(struct nvs_port *port);
void nvs_mac_request(struct nvs_port *port, u64 mac, bool by_peer);
void nvs_mac_retract(struct nvs_port *port);
void nvs_mac_lose_carrier(struct nvs_port *port);
struct nvs_port *nvs_mac_peer_changed(struct net_device *peer);
bool nvs_mac_settle(struct nvs_switch *sw);

#endif /* _NVS_PORT_H */
