/* SPDX-License-Identifier: GPL-2.0-only */
/* Port groups. */
#ifndef _NVS_GROUP_H
#define _NVS_GROUP_H

#include <linux/list.h>
#include <linux/netlink.h>
#include "core/types.h"

struct nvs_switch;

/**
 * struct nvs_group - a named template on a switch
 * @node: in nvs_switch.groups
 * @name: its name
 * @policy: what it sets
 * @vlan: its VLAN mode
 * @ports: how many ports are in it
 * @dissolved: it is being deleted, and says nothing any more
 *
 * Under RTNL.
 */
struct nvs_group {
	struct list_head node;
	char name[NVSWITCH_GROUP_NAME_MAX + 1];
	struct nvs_policy policy;
	struct nvs_vlan vlan;
	u32 ports;
	bool dissolved;
};

/**
 * struct nvs_group_settings - what a message makes of a group
 * @name: its name
 * @policy: what it sets
 * @vlan: its VLAN mode
 */
struct nvs_group_settings {
	const char *name;
	struct nvs_policy policy;
	struct nvs_vlan vlan;
};

struct nvs_group *nvs_group_find(struct nvs_switch *sw, const char *name);
int nvs_group_create(struct nvs_switch *sw, const struct nvs_group_settings *s,
		     struct netlink_ext_ack *extack);
int nvs_group_set(struct nvs_switch *sw, struct nvs_group *group,
		  const struct nvs_group_settings *s,
		  struct netlink_ext_ack *extack);
int nvs_group_delete(struct nvs_switch *sw, struct nvs_group *group, bool force,
		     struct netlink_ext_ack *extack);
void nvs_group_destroy_all(struct nvs_switch *sw);

#endif /* _NVS_GROUP_H */
