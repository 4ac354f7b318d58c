// SPDX-License-Identifier: GPL-2.0-only
/* Every way in which a frame ends: copies to ports, or a drop. */

#include "deliver.h"

#include <linux/if_vlan.h>
#include <linux/rculist.h>

#include "core/deliver.h"
#include "core/vlan.h"
#include "events.h"
#include "gso.h"
#include "trace.h"

/**
 * struct nvs_delivery - a frame on its way out
 * @in: ingress port
 * @skb: the frame; the last receiver gets it, the others get clones
 * @f: what it is
 * @next: the last port so far that may have it
 * @tag: VLAN of the tag that it gets it with, 0 for none; from the same
 *	snapshot that let it have it
 * @plan: where to write down what would happen, instead; or NULL
 * @refusal: why the first copy was refused
 * @offered: somebody was offered a copy
 */
struct nvs_delivery {
	struct nvs_port *in;
	struct sk_buff *skb;
	const struct nvs_frame *f;
	struct nvs_port *next;
	struct nvs_plan *plan;
	u16 tag;
	u8 refusal;
	bool offered;
};

static void nvs_end(struct nvs_port *in, struct sk_buff *skb,
		    const struct nvs_frame *f, u8 reason, u8 refusal)
{
	nvs_count(in, dropped[reason]);
	trace_nvs_drop(in, f, reason, refusal);
	nvs_event_drop(in, f, reason, refusal);
	kfree_skb(skb);
}

/**
 * nvs_drop() - end a frame that nobody gets
 * @in: ingress port, on which it is counted
 * @skb: the frame, freed; or NULL if it is gone already
 * @f: what it is
 * @reason: why
 *
 * Context: softirqs off, RCU.
 */
void nvs_drop(struct nvs_port *in, struct sk_buff *skb,
	      const struct nvs_frame *f, enum nvswitch_drop_reason reason)
{
	nvs_end(in, skb, f, reason, NVSWITCH_DROP_UNSPEC);
}

static void nvs_refuse(struct nvs_port *to, const struct nvs_frame *f,
		       enum nvswitch_drop_reason reason)
{
	nvs_count(to, refused[reason]);
	trace_nvs_refuse(to, f, reason, reason);
}

/* The host's stack gets @skb, as if its own device had received it. */
static void nvs_pass_up(struct net_device *dev, struct sk_buff *skb,
			const struct nvs_frame *f)
{
	dev_sw_netstats_rx_add(dev, skb->len);
	skb->dev = dev;
	if (f->class == NVS_BROADCAST)
		skb->pkt_type = PACKET_BROADCAST;
	else if (nvs_mac_is_group(f->dst))
		skb->pkt_type = PACKET_MULTICAST;
	else if (f->dst == nvs_mac_get(dev->dev_addr))
		skb->pkt_type = PACKET_HOST;
	else
		skb->pkt_type = PACKET_OTHERHOST;
	netif_receive_skb(skb);
}

/* What tag came with the frame keeps its priority. */
static void nvs_set_tag(struct sk_buff *skb, const struct nvs_frame *f, u16 vid)
{
	u16 tci = f->tagged ? skb_vlan_tag_get(skb) & ~VLAN_VID_MASK : 0;

	if (f->service || (!vid && !f->tagged))
		return;
	if (vid)
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), tci | vid);
	else
		__vlan_hwaccel_clear_tag(skb);
}

static void nvs_send(struct nvs_port *to, struct sk_buff *skb,
		     const struct nvs_frame *f, u16 tag)
{
	if (unlikely(nvs_gso_moves_headers(skb)) && skb_cow_head(skb, 0)) {
		nvs_refuse(to, f, NVSWITCH_DROP_NO_MEMORY);
		kfree_skb(skb);
		return;
	}
	nvs_count(to, transmitted);
	nvs_set_tag(skb, f, tag);
	if (to == &to->sw->host) {
		nvs_pass_up(to->dev, skb, f);
		return;
	}
	__skb_push(skb, ETH_HLEN);
	nvs_transmit(to, skb);
}

/* d->next gets a clone, since another port comes after it. */
static void nvs_send_clone(struct nvs_delivery *d)
{
	struct sk_buff *clone = skb_clone(d->skb, GFP_ATOMIC);

	if (likely(clone))
		nvs_send(d->next, clone, d->f, d->tag);
	else
		nvs_refuse(d->next, d->f, NVSWITCH_DROP_NO_MEMORY);
}

static void nvs_plan_offer(struct nvs_delivery *d, struct nvs_port *to,
			   const struct nvs_snapshot *snap, u8 why, u8 refusal)
{
	struct nvs_plan *plan = d->plan;

	if (!refusal)
		d->next = to;
	if (plan->count++ < plan->room)
		plan->receivers[plan->count - 1] = (struct nvs_receiver){
			.ifindex = to->dev->ifindex,
			.tag = refusal ? 0 : nvs_vlan_tag(snap, d->f),
			.why = why,
			.refusal = refusal,
		};
}

/* A receiver gets its copy, or refuses it; the frame stays with @d. */
static void nvs_offer(struct nvs_delivery *d, struct nvs_port *to,
		      const struct nvs_snapshot *snap, u8 why)
{
	enum nvswitch_drop_reason reason;

	d->offered = true;
	reason = nvs_refusal(snap, d->f, nvs_is_up(to),
			     READ_ONCE(to->dev->mtu));
	if (unlikely(reason) && !d->refusal)
		d->refusal = reason;
	if (unlikely(d->plan)) {
		nvs_plan_offer(d, to, snap, why, reason);
		return;
	}
	nvs_count(to, offered);
	if (unlikely(reason)) {
		nvs_refuse(to, d->f, reason);
		return;
	}
	if (d->next)
		nvs_send_clone(d);
	d->next = to;
	d->tag = nvs_vlan_tag(snap, d->f);
}

static u8 nvs_why(const struct nvs_snapshot *snap, const struct nvs_frame *f,
		  const struct nvs_dest *dest)
{
	if (!nvs_is_addressed(snap, f, dest->cast))
		return NVSWITCH_WHY_PROMISCUOUS;
	switch (dest->cast) {
	case NVS_CAST_UNKNOWN:
		return NVSWITCH_WHY_FLOOD;
	case NVS_CAST_BPDU:
		return NVSWITCH_WHY_BPDU;
	default:
		return NVSWITCH_WHY_MEMBER;
	}
}

/* Offer the frame to those of a list who want it, and do not have it yet. */
static void nvs_offer_guest(struct nvs_delivery *d, struct nvs_port *to,
			    const struct nvs_dest *dest)
{
	const struct nvs_snapshot *snap = nvs_port_snap_rcu(to);

	if (!nvs_receives(snap, d->f, dest->cast, to == d->in,
			  to == dest->port))
		return;
	nvs_offer(d, to, snap,
		  unlikely(d->plan) ? nvs_why(snap, d->f, dest) : 0);
}

/* All in the VLAN: those that are listed there, and those in many VLANs. */
static void nvs_offer_members(struct nvs_delivery *d, struct nvs_switch *sw,
			      const struct nvs_dest *dest)
{
	struct list_head *members = &sw->vlans.members[d->f->fid];
	struct nvs_member *member;
	struct nvs_port *to;

	list_for_each_entry_rcu(member, members, node)
		nvs_offer_guest(d, member->port, dest);
	list_for_each_entry_rcu(to, &sw->vlans.wide, wide_node)
		nvs_offer_guest(d, to, dest);
}

static void nvs_offer_guests(struct nvs_delivery *d, struct nvs_switch *sw,
			     const struct nvs_dest *dest)
{
	struct nvs_port *to;

	switch (dest->cast) {
	case NVS_CAST_KNOWN:
		list_for_each_entry_rcu(to, &sw->promisc_ports, promisc_node)
			nvs_offer_guest(d, to, dest);
		break;
	case NVS_CAST_UNKNOWN:
		list_for_each_entry_rcu(to, &sw->flood_ports, flood_node)
			nvs_offer_guest(d, to, dest);
		break;
	default:
		nvs_offer_members(d, sw, dest);
		break;
	}
}

static void nvs_offer_uplink(struct nvs_delivery *d, struct nvs_port *to,
			     u8 role, const struct nvs_dest *dest)
{
	const struct nvs_snapshot *snap = nvs_port_snap_rcu(to);

	if (nvs_uplink_receives(snap, dest->cast, to == d->in, role))
		nvs_offer(d, to, snap, NVSWITCH_WHY_UPLINK);
}

/* Those who get a frame besides the port that holds its destination. */
static void nvs_offer_others(struct nvs_delivery *d, u8 role,
			     const struct nvs_dest *dest)
{
	struct nvs_switch *sw = d->in->sw;
	struct nvs_port *to;

	nvs_offer_guests(d, sw, dest);
	to = rcu_dereference(sw->active);
	if (to)
		nvs_offer_uplink(d, to, role, dest);
	to = &sw->host;
	if (nvs_host_receives(dest->cast, d->in == to, dest->port == to,
			      READ_ONCE(sw->dev->flags) & IFF_PROMISC))
		nvs_offer(d, to, nvs_port_snap_rcu(to),
			  dest->cast == NVS_CAST_BROAD ||
			  dest->cast == NVS_CAST_MULTI ?
			  NVSWITCH_WHY_MEMBER : NVSWITCH_WHY_PROMISCUOUS);
}

/* Return: why nobody gets it, or NVSWITCH_DROP_UNSPEC if d->next does. */
static enum nvswitch_drop_reason nvs_offer_all(struct nvs_delivery *d, u8 role,
					       const struct nvs_dest *dest)
{
	bool same = nvs_goes_back(role, dest->port == d->in, dest->uplinks);

	if (dest->port && !same)
		nvs_offer(d, dest->port, dest->snap, NVSWITCH_WHY_HOLDS);
	nvs_offer_others(d, role, dest);
	if (likely(d->next))
		return NVSWITCH_DROP_UNSPEC;
	if (d->offered)
		return NVSWITCH_DROP_ALL_REFUSED;
	return same ? NVSWITCH_DROP_SAME_PORT : NVSWITCH_DROP_NO_DESTINATION;
}

/**
 * nvs_deliver() - give an admitted frame to those who get it
 * @in: ingress port
 * @role: its role
 * @skb: the frame, data behind the Ethernet header; consumed
 * @f: what it is
 * @dest: where it goes
 *
 * Never back to @in, never from uplink to uplink, at most one copy a port. A
 * frame that nobody gets is dropped.
 *
 * Context: softirqs off, RCU.
 */
void nvs_deliver(struct nvs_port *in, u8 role, struct sk_buff *skb,
		 const struct nvs_frame *f, const struct nvs_dest *dest)
{
	struct nvs_delivery d = { .in = in, .skb = skb, .f = f };
	enum nvswitch_drop_reason reason = nvs_offer_all(&d, role, dest);

	if (unlikely(reason)) {
		nvs_end(in, skb, f, reason, d.refusal);
		return;
	}
	nvs_count(in, forwarded);
	trace_nvs_forward(in, f, 0, d.refusal);
	nvs_send(d.next, skb, f, d.tag);
}

/**
 * nvs_plan_delivery() - find out who would get an admitted frame
 * @in: ingress port
 * @role: its role
 * @f: what it is
 * @dest: where it goes
 * @plan: the receivers; written
 *
 * Context: RCU.
 * Return: why nobody would, or NVSWITCH_DROP_UNSPEC.
 */
enum nvswitch_drop_reason nvs_plan_delivery(struct nvs_port *in, u8 role,
					    const struct nvs_frame *f,
					    const struct nvs_dest *dest,
					    struct nvs_plan *plan)
{
	struct nvs_delivery d = { .in = in, .f = f, .plan = plan };
	enum nvswitch_drop_reason reason = nvs_offer_all(&d, role, dest);

	plan->refusal = d.refusal;
	return reason;
}
