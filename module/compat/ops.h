/* SPDX-License-Identifier: GPL-2.0-only */
/* Operations whose parameters depend on the kernel, in terms of ours. */
#ifndef _NVS_COMPAT_OPS_H
#define _NVS_COMPAT_OPS_H

#include <net/rtnetlink.h>

#include "switch.h"

#ifdef NVS_HAS_NEWLINK_PARAMS
static inline int nvs_compat_newlink(struct net_device *dev,
				     struct rtnl_newlink_params *params,
				     struct netlink_ext_ack *extack)
{
	return nvs_newlink(dev, params->tb, params->data, extack);
}
#else
static inline int nvs_compat_newlink(struct net *src_net,
				     struct net_device *dev,
				     struct nlattr *tb[], struct nlattr *data[],
				     struct netlink_ext_ack *extack)
{
	return nvs_newlink(dev, tb, data, extack);
}
#endif

/* Where the core would be told so, that user space has been notified. */
#ifdef NVS_HAS_FDB_NOTIFIED
static inline int nvs_compat_fdb_add(struct ndmsg *ndm, struct nlattr *tb[],
				     struct net_device *dev,
				     const unsigned char *addr, u16 vid,
				     u16 flags, bool *notified,
				     struct netlink_ext_ack *extack)
{
	*notified = true;
	return nvs_neigh_add(ndm, tb, dev, addr, vid, flags, extack);
}

static inline int nvs_compat_fdb_del(struct ndmsg *ndm, struct nlattr *tb[],
				     struct net_device *dev,
				     const unsigned char *addr, u16 vid,
				     bool *notified,
				     struct netlink_ext_ack *extack)
{
	*notified = true;
	return nvs_neigh_del(ndm, tb, dev, addr, vid, extack);
}
#else
#define nvs_compat_fdb_add	nvs_neigh_add
#define nvs_compat_fdb_del	nvs_neigh_del
#endif

#endif /* _NVS_COMPAT_OPS_H */
