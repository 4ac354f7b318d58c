/* SPDX-License-Identifier: GPL-2.0-only */
/* Generic netlink: the family, and what its commands have in common. */
#ifndef _NVS_GENL_H
#define _NVS_GENL_H

#include <net/genetlink.h>
#include "switch.h"

/* Room for a reply without lists. */
#define NVS_GENL_REPLY		1024

extern struct genl_family nvs_genl_family;

/* One message of a dump; *pos says where in the switch it goes on. */
typedef int (*nvs_genl_fill_t)(struct sk_buff *skb,
			       struct netlink_callback *cb,
			       struct nvs_switch *sw, long *pos);

int nvs_genl_init(void);
void nvs_genl_exit(void);
struct nvs_switch *nvs_genl_switch(struct net *net, struct nlattr *attr,
				   struct netlink_ext_ack *extack);
struct sock *nvs_genl_sender(const struct genl_info *info);
struct nvs_port *nvs_genl_port(struct net *net, struct nlattr *attr,
			       struct netlink_ext_ack *extack);
void *nvs_genl_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd);
int nvs_genl_dump(struct sk_buff *skb, struct netlink_callback *cb,
		  nvs_genl_fill_t fill);

/* Under RTNL, like all that follow. */
int nvs_genl_group_new(struct genl_info *info);
int nvs_genl_group_set(struct genl_info *info);
int nvs_genl_group_del(struct genl_info *info);
int nvs_genl_group_get(struct genl_info *info);
int nvs_genl_port_attach(struct genl_info *info);
int nvs_genl_port_set(struct genl_info *info);
int nvs_genl_allow_add(struct genl_info *info);
int nvs_genl_allow_del(struct genl_info *info);
int nvs_genl_fdb_import(struct genl_info *info);
int nvs_genl_fdb_flush(struct genl_info *info);
int nvs_genl_fdb_announce(struct genl_info *info);
int nvs_genl_stats_get(struct genl_info *info);
int nvs_genl_explain(struct genl_info *info);

int nvs_genl_group_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nvs_genl_allow_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nvs_genl_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nvs_genl_stats_dump(struct sk_buff *skb, struct netlink_callback *cb);

#endif /* _NVS_GENL_H */
