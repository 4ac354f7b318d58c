// SPDX-License-Identifier: GPL-2.0-only
/* The MAC table in rtnetlink's terms: bridge fdb, bridge monitor fdb. */

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/netlink.h>

#include "compat/compat.h"
#include "core/vlan.h"
#include "lookup.h"

/* What a request may say: permanent and static are one, dynamic the other. */
#define NVS_NEIGH_STATES	(NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE)

static u16 nvs_neigh_state(u8 kind, bool trial)
{
	switch (kind) {
	case NVSWITCH_FDB_LOCAL:
	case NVSWITCH_FDB_OWNED:
	case NVSWITCH_FDB_RESERVED:
		return NUD_PERMANENT;
	case NVSWITCH_FDB_STATIC:
		return NUD_NOARP;
	default:
		return trial ? NUD_STALE : NUD_REACHABLE;
	}
}

static u8 nvs_neigh_flags(u8 kind)
{
	switch (kind) {
	case NVSWITCH_FDB_RESERVED:
		return NTF_SELF | NTF_OFFLOADED;
	case NVSWITCH_FDB_ADOPTED:
		return NTF_SELF | NTF_STICKY;
	case NVSWITCH_FDB_REMOTE:
		return NTF_SELF | NTF_EXT_LEARNED;
	default:
		return NTF_SELF;
	}
}

/* The device behind which a place is, or NULL for the host. */
static struct net_device *nvs_neigh_via(struct nvs_switch *sw,
					unsigned long place)
{
	struct nvs_port *port = nvs_place_port(place);

	if (port == &sw->host)
		return NULL;
	if (!port)
		port = rcu_dereference(sw->active);
	return port ? port->dev : NULL;
}

static size_t nvs_neigh_size(void)
{
	return NLMSG_ALIGN(sizeof(struct ndmsg)) +
	       nla_total_size(ETH_ALEN) +		/* NDA_LLADDR */
	       nla_total_size(sizeof(u16)) +		/* NDA_VLAN */
	       nla_total_size(sizeof(u32)) +		/* NDA_IFINDEX */
	       nla_total_size(sizeof(u32)) +		/* NDA_FLAGS_EXT */
	       nla_total_size(sizeof(struct nda_cacheinfo));
}

/* An owner of a trunk, like the host, has its address in all its VLANs. */
static u16 nvs_neigh_vid(const struct nvs_fdb_entry *e, unsigned long place)
{
	if (nvs_fdb_vid(e) != NVS_VID_ANY)
		return nvs_fdb_vid(e);
	return nvs_place_port(place)->told_vid;
}

/* The unit of nda_cacheinfo is the clock tick that user space knows. */
static u32 nvs_neigh_ticks(u64 ms)
{
	return jiffies_to_clock_t(msecs_to_jiffies(ms));
}

/* Under RCU; of an entry's moves only under nvs_fdb.lock. */
static int nvs_neigh_fill(struct sk_buff *skb, struct nvs_switch *sw,
			  const struct nvs_fdb_entry *e, unsigned long place,
			  u32 portid, u32 seq, int type, int flags)
{
	struct net_device *via = nvs_neigh_via(sw, place);
	u8 kind = nvs_place_kind(place);
	bool dynamic = place == READ_ONCE(e->dynamic);
	bool trial = dynamic && nvs_trial_runs(e->trial, nvs_now());
	u32 ext = kind << NVSWITCH_FDB_EXT_KIND_SHIFT |
		  (trial ? NVSWITCH_FDB_EXT_TRIAL : 0);
	struct nda_cacheinfo ci = {};
	struct nlmsghdr *nlh;
	struct ndmsg *ndm;
	u8 mac[ETH_ALEN];
	u16 vid = nvs_neigh_vid(e, place);

	nlh = nlmsg_put(skb, portid, seq, type, sizeof(*ndm), flags);
	if (!nlh)
		return -EMSGSIZE;
	ndm = nlmsg_data(nlh);
	*ndm = (struct ndmsg){
		.ndm_family = AF_BRIDGE,
		.ndm_ifindex = sw->dev->ifindex,
		.ndm_flags = nvs_neigh_flags(kind),
		.ndm_state = nvs_neigh_state(kind, trial),
	};
	nvs_mac_put(nvs_fdb_mac(e), mac);
	if (dynamic)
		ci.ndm_used = nvs_neigh_ticks(nvs_age(READ_ONCE(e->seen),
						      nvs_now()));
	if (nla_put(skb, NDA_LLADDR, ETH_ALEN, mac) ||
	    (vid && nla_put_u16(skb, NDA_VLAN, vid)) ||
	    (via && nla_put_u32(skb, NDA_IFINDEX, via->ifindex)) ||
	    nla_put_u32(skb, NDA_FLAGS_EXT, ext) ||
	    nla_put(skb, NDA_CACHEINFO, sizeof(ci), &ci)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/* What a guest's frames cause must not become a load on those who listen. */
static bool nvs_neigh_may_notify(struct nvs_port *port)
{
	if (time_after_eq(jiffies, port->refilled + HZ)) {
		port->refilled = jiffies;
		port->tokens = NVS_TOKENS;
	}
	if (!port->tokens)
		return false;
	port->tokens--;
	return true;
}

/**
 * nvs_neigh_notify() - tell user space of a change in the table
 * @sw: switch
 * @e: entry
 * @place: @e->fixed or @e->dynamic, whichever has come or goes
 * @type: RTM_NEWNEIGH or RTM_DELNEIGH
 *
 * What traffic causes is rate-limited per port.
 *
 * Context: nvs_fdb.lock.
 */
void nvs_neigh_notify(struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		      unsigned long place, int type)
{
	struct net *net = dev_net(sw->dev);
	struct sk_buff *skb;
	int err;

	/* A device that is being registered has no number yet. */
	if (!rtnl_has_listeners(net, RTNLGRP_NEIGH) || !sw->dev->ifindex)
		return;
	if (nvs_place_kind(place) >= NVSWITCH_FDB_ADOPTED &&
	    !nvs_neigh_may_notify(nvs_place_port(place) ?: &sw->host))
		return;
	skb = nlmsg_new(nvs_neigh_size(), GFP_ATOMIC);
	if (!skb) {
		rtnl_set_sk_err(net, RTNLGRP_NEIGH, -ENOBUFS);
		return;
	}
	rcu_read_lock();
	err = nvs_neigh_fill(skb, sw, e, place, 0, 0, type, 0);
	rcu_read_unlock();
	if (WARN_ON_ONCE(err)) {
		kfree_skb(skb);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_NEIGH, NULL, GFP_ATOMIC);
}

/* The port that "via" names; NULL with *err 0 if the request names none. */
static struct nvs_port *nvs_neigh_port(struct nvs_switch *sw,
				       struct nlattr *tb[],
				       struct netlink_ext_ack *extack,
				       int *err)
{
	struct net_device *dev;
	struct nvs_port *port;

	*err = 0;
	if (!tb[NDA_IFINDEX])
		return NULL;
	*err = -EINVAL;
	if (nla_len(tb[NDA_IFINDEX]) != sizeof(u32)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NDA_IFINDEX],
				    "The port's ifindex has a wrong size");
		return NULL;
	}
	dev = __dev_get_by_index(dev_net(sw->dev),
				 nla_get_u32(tb[NDA_IFINDEX]));
	port = dev ? nvs_port_get_rtnl(dev) : NULL;
	if (!port || port->sw != sw) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NDA_IFINDEX],
				    "The device after \"via\" is not a port of this switch: see ip link show master SWITCH");
		return NULL;
	}
	*err = 0;
	return port;
}

static int nvs_neigh_check(struct nlattr *tb[], const unsigned char *addr,
			   struct netlink_ext_ack *extack)
{
	static const u8 foreign[] = { NDA_DST, NDA_PORT, NDA_VNI, NDA_SRC_VNI,
				      NDA_NH_ID };
	int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++)
		if (tb[foreign[i]]) {
			NL_SET_ERR_MSG_ATTR(extack, tb[foreign[i]],
					    "Only an address, \"via PORT\" and \"vlan\" make an entry of an nvswitch");
			return -EINVAL;
		}
	if (!is_valid_ether_addr(addr)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NDA_LLADDR],
				    "Not the address of a station: give a unicast address that is not zero");
		return -EINVAL;
	}
	return 0;
}

static int nvs_neigh_add_static(struct nvs_port *port, u64 mac, u16 vid,
				u16 flags, struct netlink_ext_ack *extack)
{
	unsigned long place = nvs_fdb_holder(port->sw, mac, vid);
	struct nvs_port *holder = nvs_place_port(place);
	int err;

	err = nvs_fdb_hold_static(port, mac, vid, GFP_KERNEL_ACCOUNT);
	if (!err && place == nvs_place(port, NVSWITCH_FDB_STATIC) &&
	    (flags & NLM_F_EXCL)) {
		NL_SET_ERR_MSG(extack, "The entry exists already");
		return -EEXIST;
	}
	if (err == -ENOSPC)
		NL_SET_ERR_MSG(extack, "The switch has 65536 static entries already: delete one first");
	if (err != -EEXIST)
		return err;
	if (nvs_place_kind(place) == NVSWITCH_FDB_STATIC && holder != port) {
		if (flags & NLM_F_REPLACE) {
			nvs_fdb_move_static(holder, port, mac, vid);
			return 0;
		}
		NL_SET_ERR_MSG(extack, "The address is static on another port: use \"bridge fdb replace\" to move it");
		return err;
	}
	NL_SET_ERR_MSG(extack, "The address belongs to a guest or to the host: \"bridge fdb get\" says to whom");
	return err;
}

static int nvs_neigh_add_dynamic(struct nvs_port *port, u64 mac, u16 vid,
				 struct netlink_ext_ack *extack)
{
	int err = nvs_fdb_add_learned(port, mac, vid);

	switch (err) {
	case -EEXIST:
		NL_SET_ERR_MSG(extack, "The address is static or belongs to somebody: \"bridge fdb get\" says to whom");
		break;
	case -EPERM:
		NL_SET_ERR_MSG(extack, "The port does not learn: make it nested and see that it has carrier, or use \"static\"");
		break;
	case -ENOSPC:
		nvs_fdb_explain_limit(port->sw, extack);
		break;
	}
	return err;
}

/**
 * nvs_neigh_add() - ndo_fdb_add
 * @ndm: message
 * @tb: its attributes; NDA_IFINDEX is the port
 * @dev: the switch device
 * @addr: address
 * @vid: VLAN, 0 for untagged
 * @flags: NLM_F_*
 * @extack: for a refusal
 *
 * NUD_NOARP and NUD_PERMANENT enter a static entry, NUD_REACHABLE alone a
 * learned one.
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_neigh_add(struct ndmsg *ndm, struct nlattr *tb[],
		  struct net_device *dev, const unsigned char *addr, u16 vid,
		  u16 flags, struct netlink_ext_ack *extack)
{
	struct nvs_switch *sw = netdev_priv(dev);
	u64 mac = nvs_mac_get(addr);
	struct nvs_port *port;
	int err;

	err = nvs_neigh_check(tb, addr, extack);
	if (err)
		return err;
	if ((ndm->ndm_flags & ~NTF_SELF) || tb[NDA_FLAGS_EXT] ||
	    (ndm->ndm_state & ~NVS_NEIGH_STATES) || !ndm->ndm_state) {
		NL_SET_ERR_MSG(extack, "An entry is \"static\" or \"dynamic\" and takes no other flag than \"self\"");
		return -EINVAL;
	}
	port = nvs_neigh_port(sw, tb, extack, &err);
	if (err)
		return err;
	if (!port) {
		NL_SET_ERR_MSG(extack, "Name the port: bridge fdb add LLADDR dev SWITCH self via PORT");
		return -EINVAL;
	}
	if (!nvs_vlan_keeps(rtnl_dereference(port->snap), vid) ||
	    nvs_vlan_fid(nvs_vlans_private_rtnl(sw), vid) != vid) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NDA_VLAN],
				    "The port has no addresses in this VLAN: name one that it carries, of a private VLAN the primary one");
		return -EINVAL;
	}
	if (ndm->ndm_state & (NUD_NOARP | NUD_PERMANENT))
		err = nvs_neigh_add_static(port, mac, vid, flags, extack);
	else
		err = nvs_neigh_add_dynamic(port, mac, vid, extack);
	if (!err)
		nvs_commit(sw);
	return err;
}

/**
 * nvs_neigh_del() - ndo_fdb_del
 * @ndm: message
 * @tb: its attributes; NDA_IFINDEX, if there, is the port it must be on
 * @dev: the switch device
 * @addr: address
 * @vid: VLAN, 0 for untagged
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_neigh_del(struct ndmsg *ndm, struct nlattr *tb[],
		  struct net_device *dev, const unsigned char *addr, u16 vid,
		  struct netlink_ext_ack *extack)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_port *port;
	int err;

	err = nvs_neigh_check(tb, addr, extack);
	if (err)
		return err;
	port = nvs_neigh_port(sw, tb, extack, &err);
	if (err)
		return err;
	vid = nvs_vlan_fid(nvs_vlans_private_rtnl(sw), vid);
	err = nvs_fdb_del(sw, port, nvs_mac_get(addr), vid);
	if (err == -ENOENT)
		NL_SET_ERR_MSG(extack, "There is no such entry: see bridge fdb show dev SWITCH");
	else if (err == -EPERM)
		NL_SET_ERR_MSG(extack, "The address belongs to a guest or to the host: change initial_mac, or the host's address");
	if (!err)
		nvs_commit(sw);
	return err;
}

/* Rows of one entry: what is fixed of it, and where traffic shows it. */
static int nvs_neigh_dump_entry(struct sk_buff *skb,
				struct netlink_callback *cb,
				struct nvs_switch *sw,
				const struct nvs_fdb_entry *e, int flags)
{
	unsigned long places[] = { e->fixed, e->dynamic };
	int i, err;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		if (!places[i] ||
		    (places[i] == e->dynamic &&
		     nvs_fdb_expired(&sw->fdb, e, nvs_now())))
			continue;
		err = nvs_neigh_fill(skb, sw, e, places[i],
				     NETLINK_CB(cb->skb).portid,
				     cb->nlh->nlmsg_seq, RTM_NEWNEIGH, flags);
		if (err)
			return err;
	}
	return 0;
}

/* What is left of a bucket: a MAC that many ports own is one long chain. */
static int nvs_neigh_dump_bucket(struct sk_buff *skb,
				 struct netlink_callback *cb,
				 struct nvs_switch *sw, u32 bucket, int flags,
				 bool *more)
{
	struct nvs_table *t = rcu_dereference(sw->fdb.table);
	long *row = nvs_compat_fdb_dump_row(cb);
	struct nvs_fdb_entry *e;
	unsigned int before;
	struct hlist_node *n;
	long index = 0;
	int err;

	lockdep_assert_held(&sw->fdb.lock);
	*more = bucket < t->mask;
	if (bucket > t->mask)
		return 0;
	hlist_for_each(n, &t->buckets[bucket]) {
		e = (struct nvs_fdb_entry *)nvs_table_element(t, n);
		if (index++ < *row)
			continue;
		before = skb->len;
		err = nvs_neigh_dump_entry(skb, cb, sw, e, flags);
		if (err) {
			nlmsg_trim(skb, skb->data + before);
			return err;
		}
		*row = index;
	}
	*row = 0;
	return 0;
}

/**
 * nvs_neigh_dump() - ndo_fdb_dump
 * @skb: message to fill
 * @cb: state of the dump
 * @dev: the switch device
 * @filter_dev: not used
 * @idx: the bucket that comes next
 *
 * A dump during which the table was replaced by a larger one is marked with
 * NLM_F_DUMP_INTR: it may lack entries.
 *
 * Context: RTNL.
 * Return: 0, or -EMSGSIZE if there is more.
 */
int nvs_neigh_dump(struct sk_buff *skb, struct netlink_callback *cb,
		   struct net_device *dev, struct net_device *filter_dev,
		   int *idx)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_fdb *fdb = &sw->fdb;
	int flags = NLM_F_MULTI;
	bool more = true;
	int err = 0;

	if (!netlink_ns_capable(cb->skb, dev_net(dev)->user_ns, CAP_NET_ADMIN))
		return 0;
	*idx = nvs_compat_fdb_dump_start(cb);
	cb->seq = READ_ONCE(fdb->generation) + 1;
	if (*idx && cb->seq != cb->prev_seq)
		flags |= NLM_F_DUMP_INTR;
	cb->prev_seq = cb->seq;
	rcu_read_lock();
	while (more) {
		spin_lock_bh(&fdb->lock);
		err = nvs_neigh_dump_bucket(skb, cb, sw, *idx, flags, &more);
		spin_unlock_bh(&fdb->lock);
		if (err)
			break;
		++*idx;
	}
	rcu_read_unlock();
	/* Then the end of the dump says so. */
	cb->seq = READ_ONCE(fdb->generation) + 1;
	return err;
}

/**
 * nvs_neigh_get() - ndo_fdb_get
 * @skb: message to fill
 * @tb: attributes of the request
 * @dev: the switch device
 * @addr: address
 * @vid: VLAN, 0 for untagged
 * @portid: who asks
 * @seq: the request's number
 * @extack: for a refusal
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_neigh_get(struct sk_buff *skb, struct nlattr *tb[],
		  struct net_device *dev, const unsigned char *addr, u16 vid,
		  u32 portid, u32 seq, struct netlink_ext_ack *extack)
{
	struct nvs_switch *sw = netdev_priv(dev);
	struct nvs_fdb *fdb = &sw->fdb;
	u64 mac = nvs_mac_get(addr);
	const struct nvs_snapshot *snap;
	struct nvs_fdb_entry *e;
	unsigned long place;
	int err = -ENOENT;

	if (!ns_capable(dev_net(dev)->user_ns, CAP_NET_ADMIN)) {
		NL_SET_ERR_MSG(extack, "Reading the MAC table needs CAP_NET_ADMIN");
		return -EPERM;
	}
	rcu_read_lock();
	spin_lock_bh(&fdb->lock);
	vid = nvs_vlan_fid(nvs_vlans_private_rtnl(sw), vid);
	e = nvs_fdb_find_owner(fdb, mac, vid, &place, &snap);
	if (!e)
		e = nvs_fdb_find(fdb, mac, vid);
	place = e ? e->fixed ?: e->dynamic : 0;
	if (place && (e->fixed || !nvs_fdb_expired(fdb, e, nvs_now())))
		err = nvs_neigh_fill(skb, sw, e, place, portid, seq,
				     RTM_NEWNEIGH, 0);
	spin_unlock_bh(&fdb->lock);
	rcu_read_unlock();
	if (err == -ENOENT)
		NL_SET_ERR_MSG(extack, "Nobody has this address");
	return err;
}
