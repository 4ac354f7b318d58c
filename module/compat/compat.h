/* SPDX-License-Identifier: GPL-2.0-only */
/* All that depends on the kernel's version, and nothing else. */
#ifndef _NVS_COMPAT_H
#define _NVS_COMPAT_H

#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "nvswitch needs Linux 6.1 or later"
#endif

/* Transmit without the core's lock; never move to another namespace. */
static inline void nvs_compat_set_flags(struct net_device *dev)
{
	dev->features |= NETIF_F_LLTX | NETIF_F_NETNS_LOCAL;
}

/* A refusal that names a device, where extack can format (since 6.2). */
#ifdef NL_SET_ERR_MSG_FMT
#define nvs_compat_set_msg_dev(extack, before, dev, after) \
	NL_SET_ERR_MSG_FMT(extack, before " %s" after, (dev)->name)
#else
#define nvs_compat_set_msg_dev(extack, before, dev, after) \
	NL_SET_ERR_MSG(extack, before after)
#endif

/* The attributes of the request that a generic netlink dump answers. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#define nvs_compat_dump_attrs(cb)	(genl_info_dump(cb)->attrs)
#else
#define nvs_compat_dump_attrs(cb)	(genl_dumpit_info(cb)->attrs)
#endif

/* What *idx was when the message before in an FDB dump was full. */
static inline int nvs_compat_fdb_dump_start(const struct netlink_callback *cb)
{
	return cb->args[2];
}

/* A word of its state that the core leaves alone in an FDB dump. */
static inline long *nvs_compat_fdb_dump_row(struct netlink_callback *cb)
{
	return &cb->args[5];
}

#endif /* _NVS_COMPAT_H */
