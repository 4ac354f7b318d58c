/* SPDX-License-Identifier: GPL-2.0-only */
/* The VLANs of a switch: their members, and changes to who is one. */
#ifndef _NVS_VLAN_H
#define _NVS_VLAN_H

#include <linux/list.h>
#include <linux/netlink.h>
#include "core/vlan.h"

struct nvs_port;
struct nvs_switch;

/* A trunk of more VLANs is not listed in each, but looked at for each. */
#define NVS_MEMBERS_MAX		64

/**
 * struct nvs_member - a guest port in one VLAN
 * @node: in nvs_switch_vlans.members
 * @port: the port
 * @fid: the VLAN
 */
struct nvs_member {
	struct list_head node;
	struct nvs_port *port;
	u16 fid;
};

/**
 * struct nvs_members - a guest port in its VLANs
 * @rcu: for freeing, when it is on no list any more
 * @count: how many there are
 * @list: one for each VLAN that addresses are kept in, ascending
 */
struct nvs_members {
	struct rcu_head rcu;
	u32 count;
	struct nvs_member list[];
};

/**
 * struct nvs_private_rcu - private VLANs, as frames see them
 * @rcu: for freeing
 * @private: the VLANs
 */
struct nvs_private_rcu {
	struct rcu_head rcu;
	struct nvs_private private;
};

/**
 * struct nvs_switch_vlans - the VLANs of a switch
 * @private: its private VLANs, or NULL without any; RCU, written under RTNL
 * @members: for each VLAN that addresses are kept in its guest ports but for
 *	the wide ones; RCU, written under RTNL
 * @wide: guest ports in more than NVS_MEMBERS_MAX VLANs; RCU, written under
 *	RTNL
 * @next_private: what @private is to be in the commit to come, or NULL
 * @decided: the commit to come puts @next_private into force
 * @regrouped: @private has changed, and the table has not followed yet; RTNL
 */
struct nvs_switch_vlans {
	struct nvs_private_rcu __rcu *private;
	struct list_head *members;
	struct list_head wide;
	struct nvs_private_rcu *next_private;
	bool decided;
	bool regrouped;
};

int nvs_vlans_init(struct nvs_switch *sw);
void nvs_vlans_destroy(struct nvs_switch *sw);
int nvs_vlans_try(struct nvs_switch *sw, struct netlink_ext_ack *extack);
void nvs_vlans_revert(struct nvs_switch *sw);
void nvs_vlans_rederive(struct nvs_switch *sw);
bool nvs_vlans_publish_private(struct nvs_switch *sw);
void nvs_vlans_publish(struct nvs_port *port);
void nvs_vlans_withdraw(struct nvs_port *port);
const struct nvs_private *nvs_vlans_private_rtnl(const struct nvs_switch *sw);
const struct nvs_vlan *nvs_vlan_of(const struct nvs_port *port);

#endif /* _NVS_VLAN_H */
