// SPDX-License-Identifier: GPL-2.0-only
/* Announcements: a guest's own, and those made on its behalf. */

#include "announce.h"

#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/ipv6.h>
#include <net/arp.h>
#include <net/ndisc.h>

#include "events.h"
#include "lookup.h"

/**
 * DOC: Pace
 *
 * RARPs teach the physical switches where our addresses are. The worker walks
 * the table bucket by bucket and sends one for each millisecond that has gone
 * by, a thousand a second. What it has missed because it came late it makes up
 * for, but not more than NVS_RARP_BURST at once. A table that is replaced
 * meanwhile is walked from its beginning. It runs under RCU alone.
 */

#define NVS_RARP_BURST		20

/* A trunk of more VLANs is announced in one, if it can be that of untagged frames. */
#define NVS_RARP_VIDS		64

/* Buckets that are looked at without a pause. */
#define NVS_RARP_BUCKETS	1024

/* Sender and target are the same address: nobody has asked. */
static bool nvs_is_gratuitous_arp(const struct sk_buff *skb)
{
	struct {
		struct arphdr head;
		u8 addresses[2 * (ETH_ALEN + 4)];
	} buffer;
	const struct arphdr *arp;
	const u8 *data;

	arp = skb_header_pointer(skb, 0, sizeof(buffer), &buffer);
	if (!arp)
		return false;
	data = (const u8 *)(arp + 1);
	return arp->ar_hrd == htons(ARPHRD_ETHER) &&
	       arp->ar_pro == htons(ETH_P_IP) && arp->ar_hln == ETH_ALEN &&
	       arp->ar_pln == 4 &&
	       !memcmp(data + ETH_ALEN, data + 2 * ETH_ALEN + 4, 4);
}

/* RFC 4861, section 7.2.6. */
static bool nvs_is_unsolicited_na(const struct sk_buff *skb)
{
	struct {
		struct ipv6hdr ip6;
		struct nd_msg msg;
	} buffer;
	const struct ipv6hdr *ip6;
	const struct nd_msg *msg;

	ip6 = skb_header_pointer(skb, 0, sizeof(buffer), &buffer);
	if (!ip6)
		return false;
	msg = (const struct nd_msg *)(ip6 + 1);
	return ip6->nexthdr == IPPROTO_ICMPV6 &&
	       msg->icmph.icmp6_type == NDISC_NEIGHBOUR_ADVERTISEMENT &&
	       !msg->icmph.icmp6_solicited;
}

/* Others may hold the frame as well: nothing of it is changed. */
static bool nvs_is_announcement(const struct sk_buff *skb)
{
	switch (skb->protocol) {
	case htons(ETH_P_RARP):
		return true;
	case htons(ETH_P_ARP):
		return nvs_is_gratuitous_arp(skb);
	case htons(ETH_P_IPV6):
		return nvs_is_unsolicited_na(skb);
	default:
		return false;
	}
}

/**
 * nvs_announces() - has the guest behind a waiting port announced itself?
 * @port: the port
 * @snap: its snapshot
 * @skb: a frame from it, data behind the Ethernet header
 * @f: what it is
 *
 * If so the next commit, which is asked for, activates the port; the frame, and
 * those that follow until then, are judged as if it had.
 *
 * Context: softirq, RCU.
 * Return: whether it has.
 */
bool nvs_announces(struct nvs_port *port, const struct nvs_snapshot *snap,
		   const struct sk_buff *skb, const struct nvs_frame *f)
{
	if (!snap->hears || snap->blocked)
		return false;
	if (READ_ONCE(port->announced))
		return true;
	if (!f->src ||
	    (f->src != snap->initial && f->src != snap->effective) ||
	    !nvs_is_announcement(skb))
		return false;
	WRITE_ONCE(port->announced, true);
	nvs_commit_soon(port->sw);
	return true;
}

/**
 * nvs_port_hear() - activate a port whose guest has announced itself
 * @port: the port
 *
 * If it has done so while it was being deactivated by hand, that is forgotten.
 *
 * Context: RTNL, from nvs_commit().
 */
void nvs_port_hear(struct nvs_port *port)
{
	if (port->activated || !READ_ONCE(port->announced))
		return;
	if (!port->awaited) {
		WRITE_ONCE(port->announced, false);
		return;
	}
	port->activated = true;
	port->notify = true;
	nvs_event_port(port->sw, port, NVSWITCH_EVENT_ACTIVATED);
}

static void nvs_rarp_send(struct net_device *dev, u64 mac, u16 vid)
{
	struct sk_buff *skb;
	u8 addr[ETH_ALEN];

	nvs_mac_put(mac, addr);
	skb = arp_create(ARPOP_RREQUEST, ETH_P_RARP, 0, dev, 0, NULL, addr,
			 addr);
	if (!skb)
		return;
	if (vid)
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), vid);
	dev_queue_xmit(skb);
}

/* In each VLAN of an owner's port. Return: how many were sent. */
static int nvs_rarp_send_owned(struct net_device *dev,
			       const struct nvs_snapshot *snap, u64 mac)
{
	const struct nvs_vlans *vlans = &snap->vlans;
	const unsigned long *vids = (const unsigned long *)vlans->vids;
	int vid, sent = 0;

	if (vlans->mode != NVSWITCH_VLAN_TRUNK ||
	    bitmap_weight(vids, NVS_VIDS) > NVS_RARP_VIDS) {
		vid = vlans->pvid;
		if (vid == NVS_VID_ANY)
			vid = find_first_bit(vids, NVS_VIDS);
		nvs_rarp_send(dev, mac, vid);
		return 1;
	}
	for (vid = 0; vid < NVS_VID_ANY; vid++)
		if (nvs_vids_have(vlans->vids, vid)) {
			nvs_rarp_send(dev, mac, vid);
			sent++;
		}
	return sent;
}

static int nvs_rarp_send_entry(struct nvs_switch *sw, struct net_device *dev,
			       const struct nvs_fdb_entry *e)
{
	unsigned long place = READ_ONCE(e->fixed) ?: READ_ONCE(e->dynamic);
	const struct nvs_snapshot *snap;
	struct nvs_port *port;

	port = nvs_place_port(place);
	if (!port || (sw->rarp.only && port->id != sw->rarp.only))
		return 0;
	snap = nvs_port_snap_rcu(port);
	if (snap->role != NVS_GUEST || snap->dormant)
		return 0;
	switch (nvs_place_kind(place)) {
	case NVSWITCH_FDB_OWNED:
		return nvs_rarp_send_owned(dev, snap, nvs_fdb_mac(e));
	case NVSWITCH_FDB_ADOPTED:
	case NVSWITCH_FDB_LEARNED:
		if (nvs_fdb_expired(&sw->fdb, e, nvs_now()))
			return 0;
		nvs_rarp_send(dev, nvs_fdb_mac(e),
			      snap->vlans.mode == NVSWITCH_VLAN_PRIVATE ?
			      snap->vlans.pvid : nvs_fdb_vid(e));
		return 1;
	default:
		return 0;
	}
}

static int nvs_rarp_send_bucket(struct nvs_switch *sw, struct net_device *dev,
				const struct nvs_table *t)
{
	const struct nvs_fdb_entry *e;
	struct hlist_node *n;
	int sent = 0;

	for (n = rcu_dereference_raw(t->buckets[sw->rarp.bucket].first); n;
	     n = rcu_dereference_raw(n->next)) {
		e = (const struct nvs_fdb_entry *)nvs_table_element(t, n);
		sent += nvs_rarp_send_entry(sw, dev, e);
	}
	sw->rarp.bucket++;
	return sent;
}

/* Return: whether there are more buckets. */
static bool nvs_rarp_send_some(struct nvs_switch *sw)
{
	struct nvs_port *active;
	u64 now = nvs_now();
	struct nvs_table *t;
	bool more;
	int i;

	if (nvs_age(sw->rarp.due, now) > NVS_RARP_BURST)
		sw->rarp.due = now - NVS_RARP_BURST;
	local_bh_disable();
	rcu_read_lock();
	t = rcu_dereference(sw->fdb.table);
	if (t != sw->rarp.table)
		sw->rarp.bucket = 0;
	sw->rarp.table = t;
	active = rcu_dereference(sw->active);
	for (i = 0; active && sw->rarp.bucket <= t->mask &&
	     i < NVS_RARP_BUCKETS && sw->rarp.due <= now; i++)
		sw->rarp.due += nvs_rarp_send_bucket(sw, active->dev, t);
	more = active && sw->rarp.bucket <= t->mask;
	rcu_read_unlock();
	local_bh_enable();
	return more;
}

static void nvs_rarp_work(struct work_struct *work)
{
	struct nvs_switch *sw = container_of(to_delayed_work(work),
					     struct nvs_switch, rarp.work);

	if (nvs_rarp_send_some(sw))
		queue_delayed_work(system_power_efficient_wq, &sw->rarp.work,
				   msecs_to_jiffies(nvs_age(nvs_now(),
							    sw->rarp.due)));
	else
		sw->rarp.busy = false;
}

/**
 * nvs_rarp_start() - announce addresses to the physical network
 * @sw: switch
 * @port: the port whose addresses these are, or NULL for all
 *
 * What is being announced already is announced anew besides.
 *
 * Context: RTNL; sleeps.
 */
void nvs_rarp_start(struct nvs_switch *sw, const struct nvs_port *port)
{
	u32 only = port ? port->id : 0;

	cancel_delayed_work_sync(&sw->rarp.work);
	if (sw->rarp.busy && sw->rarp.only != only)
		only = 0;
	sw->rarp.only = only;
	sw->rarp.bucket = 0;
	sw->rarp.due = nvs_now();
	sw->rarp.busy = true;
	queue_delayed_work(system_power_efficient_wq, &sw->rarp.work, 0);
}

/**
 * nvs_rarp_init() - set the announcing of a switch up
 * @sw: switch
 *
 * Context: before the switch is registered.
 */
void nvs_rarp_init(struct nvs_switch *sw)
{
	INIT_DELAYED_WORK(&sw->rarp.work, nvs_rarp_work);
}

/**
 * nvs_rarp_stop() - stop announcing
 * @sw: switch
 *
 * Context: RTNL; sleeps.
 */
void nvs_rarp_stop(struct nvs_switch *sw)
{
	cancel_delayed_work_sync(&sw->rarp.work);
}
