/* SPDX-License-Identifier: GPL-2.0-only */
/* All that depends on the kernel's version: see features.mk. */
#ifndef _NVS_COMPAT_H
#define _NVS_COMPAT_H

#include <linux/build_bug.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/version.h>
#include <net/genetlink.h>
#include <net/ipv6.h>

#ifdef NVS_HAS_LINUX_UNALIGNED_H
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "nvswitch needs Linux 6.1 or later"
#endif

/* Transmit without the core's lock. */
static inline void nvs_compat_set_lltx(struct net_device *dev)
{
#ifdef NVS_HAS_DEV_LLTX
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}

/* Never move to another namespace. */
static inline void nvs_compat_set_netns_local(struct net_device *dev)
{
#if defined(NVS_HAS_DEV_NETNS_IMMUTABLE)
	dev->netns_immutable = true;
#elif defined(NVS_HAS_DEV_NETNS_LOCAL)
	dev->netns_local = true;
#else
	dev->features |= NETIF_F_NETNS_LOCAL;
#endif
}

/*
 * A refusal that names a device, where extack can format (since 6.2): into 79
 * characters, 15 of which may be the name. Elsewhere the other sentence.
 */
#ifdef NL_SET_ERR_MSG_FMT
#define nvs_compat_set_msg_dev(extack, format, dev, other) \
	NL_SET_ERR_MSG_FMT(extack, format, (dev)->name)
#else
#define nvs_compat_set_msg_dev(extack, format, dev, other) \
	NL_SET_ERR_MSG(extack, other)
#endif

/* A VLAN device that does not leaves its tag between addresses and type. */
static inline bool nvs_compat_reorders_headers(const struct net_device *dev)
{
#if IS_ENABLED(CONFIG_VLAN_8021Q)
	return !is_vlan_dev(dev) ||
	       vlan_dev_priv(dev)->flags & VLAN_FLAG_REORDER_HDR;
#else
	return true;
#endif
}

/* The attributes of the request that a generic netlink dump answers. */
static inline struct nlattr **
nvs_compat_dump_attrs(struct netlink_callback *cb)
{
#ifdef NVS_HAS_GENL_INFO_DUMP
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

/* What *idx was when the message before in an FDB dump was full. */
static inline int nvs_compat_fdb_dump_start(struct netlink_callback *cb)
{
#ifdef NVS_HAS_FDB_DUMP_CONTEXT
	return ((struct ndo_fdb_dump_context *)cb->ctx)->fdb_idx;
#else
	return cb->args[2];
#endif
}

/* A word of its state that the core leaves alone in an FDB dump. */
static inline long *nvs_compat_fdb_dump_row(struct netlink_callback *cb)
{
#ifdef NVS_HAS_FDB_DUMP_CONTEXT
	BUILD_BUG_ON(sizeof(struct ndo_fdb_dump_context) > 5 * sizeof(long));
#endif
	return &cb->args[5];
}

/* A trace event's string: the kernel may know from __string() what it is. */
#ifdef NVS_HAS_ASSIGN_STR_SRC
#define nvs_compat_assign_str(dst, src)	__assign_str(dst, src)
#else
#define nvs_compat_assign_str(dst, src)	__assign_str(dst)
#endif

/* The header by which BIG TCP is known, and which is gone before it is cut. */
static inline unsigned int nvs_compat_jumbo_len(const struct sk_buff *skb)
{
#ifdef NVS_HAS_IPV6_HOPOPT_JUMBO
	return ipv6_has_hopopt_jumbo(skb) ? sizeof(struct hop_jumbo_hdr) : 0;
#else
	return 0;
#endif
}

#endif /* _NVS_COMPAT_H */
