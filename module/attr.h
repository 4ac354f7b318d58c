/* SPDX-License-Identifier: GPL-2.0-only */
/* Netlink attributes that rtnetlink and generic netlink have in common. */
#ifndef _NVS_ATTR_H
#define _NVS_ATTR_H

#include <net/netlink.h>
#include "switch.h"

extern const struct nla_policy nvs_attr_policy[NVSWITCH_POLICY_MAX + 1];
extern const struct nla_policy nvs_attr_vlan[NVSWITCH_VLAN_A_MAX + 1];
extern const struct nla_policy nvs_attr_port[IFLA_NVSWITCH_PORT_MAX + 1];

int nvs_attr_parse_policy(struct nlattr *nest, bool inherit,
			  struct nvs_policy *policy,
			  struct netlink_ext_ack *extack);
int nvs_attr_parse_vlan(struct nlattr *nest, struct nvs_vlan *vlan,
			struct netlink_ext_ack *extack);
int nvs_attr_parse_settings(struct nvs_switch *sw, const struct nvs_port *port,
			    struct nlattr *data[], struct nvs_settings *s,
			    struct netlink_ext_ack *extack);

u32 nvs_attr_value(const struct nvs_policy *p, int attr);
u8 nvs_attr_level(const struct nvs_port *port, int attr);

size_t nvs_attr_policy_size(void);
size_t nvs_attr_vlan_size(const struct nvs_vlan *vlan);
int nvs_attr_put_policy(struct sk_buff *skb, int type, struct nvs_policy p);
int nvs_attr_put_levels(struct sk_buff *skb, int type,
			const struct nvs_port *port);
int nvs_attr_put_vlan(struct sk_buff *skb, int type,
		      const struct nvs_vlan *vlan);
int nvs_attr_put_mac(struct sk_buff *skb, int type, u64 mac);
void nvs_attr_measure_port(struct nvs_port *port);
int nvs_attr_put_port(struct sk_buff *skb, const struct nvs_port *port);

#endif /* _NVS_ATTR_H */
