// SPDX-License-Identifier: GPL-2.0-only
/* The walk of a frame: in through a port, judged, and handed to delivery. */

#include <linux/if_vlan.h>

#include "announce.h"
#include "core/admit.h"
#include "core/frame.h"
#include "deliver.h"
#include "gso.h"
#include "lookup.h"
#include "trace.h"

/**
 * DOC: Locking
 *
 * A frame walks in softirq context or with softirqs off, inside one RCU
 * read-side critical section from its ingress device's handler to the last
 * copy. It takes no lock unless the table learns something new. What is decided
 * of a port comes from one snapshot of that port; a commit waits for a grace
 * period, so that no frame is judged by what was configured before it.
 *
 * Steps: copy what decisions need into a struct nvs_frame by value; look the
 * destination up; admit; deliver, or drop with a reason. After the first step
 * nobody reads the skb's headers again.
 */

/* What is known of a frame that could not be looked at. */
static const struct nvs_frame nvs_no_frame;

/* Copy what decisions need. Tags have been moved out of the frame by now. */
static inline void nvs_classify(const struct sk_buff *skb,
				const struct nvs_port *port,
				const struct nvs_snapshot *snap,
				struct nvs_frame *f)
{
	const struct ethhdr *eth = eth_hdr(skb);
	const struct nvs_private_rcu *p;

	*f = (struct nvs_frame){
		.dst = nvs_mac_get_header(eth->h_dest),
		.src = nvs_mac_get_header(eth->h_source),
		.payload = skb->len,
	};
	f->class = nvs_class_of(f->dst);
	if (skb_vlan_tag_present(skb))
		nvs_frame_set_tags(f, ntohs(skb->vlan_proto),
				   skb_vlan_tag_get(skb), ntohs(eth->h_proto));
	p = rcu_dereference(port->sw->vlans.private);
	nvs_vlan_classify(snap, p ? &p->private : NULL, f);
}

/* A GSO frame counts as its largest segment, if it is what it claims to be. */
static bool nvs_classify_gso(struct sk_buff *skb, struct nvs_frame *f)
{
	u32 payload = nvs_gso_payload(skb);

	if (!payload)
		return false;
	f->payload = payload;
	return true;
}

/*
 * Where a checksum is to be filled in is what a guest says. In the Ethernet header
 * it would change addresses and type after they have been judged; and the kernel
 * looks for it in the frame's linear part only.
 */
static inline bool nvs_checksum_is_inside(const struct sk_buff *skb)
{
	int start, end;

	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return true;
	start = skb_checksum_start_offset(skb);
	end = start + skb->csum_offset + sizeof(__sum16);
	return start >= 0 && end <= (int)skb_headlen(skb);
}

/* Where a checksum is filled in, or a frame is cut, is found behind all tags. */
static bool nvs_find_network(struct sk_buff *skb)
{
	bool found;
	int depth;

	if ((skb->ip_summed != CHECKSUM_PARTIAL && !skb_is_gso(skb)) ||
	    likely(!eth_type_vlan(skb->protocol)))
		return true;
	__skb_push(skb, ETH_HLEN);
	found = vlan_get_protocol_and_depth(skb, skb->protocol, &depth);
	if (found)
		skb_set_network_header(skb, depth);
	__skb_pull(skb, ETH_HLEN);
	return found;
}

/* Return: whether the frame is left to the stack of the port's device. */
static bool nvs_walk(struct nvs_port *port, struct sk_buff *skb)
{
	const struct nvs_snapshot *snap = nvs_port_snap_rcu(port);
	struct nvs_admission a;
	bool announces = false;
	struct nvs_ingress in;
	struct nvs_dest dest;
	struct nvs_frame f;

	nvs_classify(skb, port, snap, &f);
	if (unlikely(snap->waiting))
		announces = nvs_announces(port, snap, skb, &f);
	dest = nvs_fdb_dest(port->sw, &f);
	in = nvs_ingress_at(port, snap, &dest, announces);
	a = nvs_fdb_admit(port, &in, &f);
	switch (a.verdict) {
	case NVS_PASS:
		nvs_count(port, passed);
		trace_nvs_pass(port, &f, 0, 0);
		return true;
	case NVS_DROP:
		nvs_drop(port, skb, &f, a.reason);
		return false;
	}
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb)) {
		nvs_drop(port, NULL, &f, NVSWITCH_DROP_NO_MEMORY);
		return false;
	}
	if (!nvs_checksum_is_inside(skb) || !nvs_find_network(skb)) {
		nvs_drop(port, skb, &f, NVSWITCH_DROP_MALFORMED);
		return false;
	}
	if (skb_is_gso(skb) && !nvs_classify_gso(skb, &f)) {
		nvs_drop(port, skb, &f, NVSWITCH_DROP_INVALID_GSO);
		return false;
	}
	nvs_deliver(port, a.role, skb, &f, &dest);
	return false;
}

/*
 * The one port that gets a guest's known unicast, if it is as simple as that,
 * and the frame leaves untagged.
 */
static __always_inline struct nvs_port *
nvs_sole_receiver(struct nvs_port *port, const struct nvs_frame *f, u32 pair)
{
	struct nvs_switch *sw = port->sw;
	const struct nvs_snapshot *snap;
	unsigned long place;
	struct nvs_port *to;
	u32 takes;

	if (!list_empty(&sw->promisc_ports) ||
	    unlikely(READ_ONCE(sw->dev->flags) & IFF_PROMISC))
		return NULL;
	place = nvs_fdb_where(&sw->fdb, f->dst, pair >> 16, &snap);
	to = nvs_place_port(place);
	if (to) {
		takes = snap->takes;
	} else {
		to = rcu_dereference(sw->active);
		if (!place || !to)
			return NULL;
		takes = nvs_port_snap_rcu(to)->vlans.out;
	}
	if (unlikely(to == port || takes != pair))
		return NULL;
	if (nvs_refusal_of_device(f, nvs_is_up(to), READ_ONCE(to->dev->mtu)))
		return NULL;
	return to;
}

/*
 * The shortest way for most frames: known unicast that comes and leaves untagged,
 * from a source about which nothing is left to decide or to learn, to one real
 * port. The decisions are those of nvs_walk(), which gets whatever is not as
 * simple.
 */
static __always_inline bool nvs_shortcut(struct nvs_port *port,
					 struct sk_buff *skb)
{
	const struct nvs_snapshot *snap = nvs_port_snap_rcu(port);
	const struct ethhdr *eth = eth_hdr(skb);
	struct nvs_frame f = {
		.dst = nvs_mac_get_header(eth->h_dest),
		.src = nvs_mac_get_header(eth->h_source),
		.payload = skb->len,
		.vid = (u16)snap->vlans.in,
		.fid = snap->vlans.in >> 16,
		.class = NVS_UNICAST,
	};
	struct nvs_port *to;

	if (nvs_mac_is_group(f.dst) || skb_vlan_tag_present(skb) ||
	    trace_nvs_forward_enabled() || !nvs_checksum_is_inside(skb) ||
	    !nvs_fdb_admits(port, &port->sw->fdb, snap, &f, nvs_now()))
		return false;
	/* Headers may be pulled only where nobody else reads them. */
	if (skb_is_gso(skb) &&
	    (skb_shared(skb) || nvs_gso_moves_headers(skb) ||
	     !nvs_classify_gso(skb, &f)))
		return false;
	to = nvs_sole_receiver(port, &f, snap->vlans.in);
	if (!to)
		return false;
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb)) {
		nvs_drop(port, NULL, &f, NVSWITCH_DROP_NO_MEMORY);
		return true;
	}
	nvs_count(port, forwarded);
	nvs_count_sent(to);
	__skb_push(skb, ETH_HLEN);
	nvs_transmit(to, skb);
	return true;
}

/* Is the data right behind the Ethernet header, and no tag in it that might be beside? */
static __always_inline bool nvs_is_tidy(const struct sk_buff *skb)
{
	return likely(skb_mac_offset(skb) == -ETH_HLEN) &&
	       (likely(!eth_type_vlan(eth_hdr(skb)->h_proto)) ||
		skb_vlan_tag_present(skb));
}

/*
 * A VLAN device that does not reorder headers has left its tag between them and the
 * data, though it has been obeyed.
 */
static bool nvs_close_gap(struct sk_buff *skb)
{
	if (unlikely(skb_cow_head(skb, 0)))
		return false;
	memmove(skb_mac_header(skb) + VLAN_HLEN, skb_mac_header(skb),
		2 * ETH_ALEN);
	skb->mac_header += VLAN_HLEN;
	return true;
}

/* A tag that tc has put in front of another one: that one is in the frame again. */
static void nvs_give_tag_back(struct sk_buff *skb)
{
	skb->protocol = eth_hdr(skb)->h_proto;
	skb_push(skb, VLAN_HLEN);
	skb_postpush_rcsum(skb, skb->data, VLAN_HLEN);
	skb_reset_network_header(skb);
}

static bool nvs_has_tag_before_data(const struct sk_buff *skb)
{
	return skb_mac_offset(skb) == -VLAN_ETH_HLEN &&
	       eth_type_vlan(eth_hdr(skb)->h_proto);
}

/*
 * Bring a frame into the form that the kernel gives to nearly all: the data
 * begins ETH_HLEN behind the MAC header, and the outermost tag is beside it.
 * netkit takes the sender's word for what type a frame has, and leaves the tag
 * where it is. What is shorter than its header has none in front of the data.
 *
 * *pskb: the frame, which may be another afterwards; NULL if it is gone.
 * Return: why it must be dropped, or NVSWITCH_DROP_UNSPEC.
 */
static enum nvswitch_drop_reason nvs_tidy(struct sk_buff **pskb)
{
	struct sk_buff *skb = skb_share_check(*pskb, GFP_ATOMIC);

	*pskb = skb;
	if (unlikely(!skb))
		return NVSWITCH_DROP_NO_MEMORY;
	if (nvs_has_tag_before_data(skb)) {
		if (!nvs_compat_reorders_headers(skb->dev)) {
			if (!nvs_close_gap(skb))
				return NVSWITCH_DROP_NO_MEMORY;
		} else if (skb_vlan_tag_present(skb)) {
			nvs_give_tag_back(skb);
		}
	}
	if (skb_mac_offset(skb) != -ETH_HLEN)
		return NVSWITCH_DROP_MALFORMED;
	skb->mac_len = ETH_HLEN;
	if (skb_vlan_tag_present(skb) ||
	    !eth_type_vlan(eth_hdr(skb)->h_proto))
		return NVSWITCH_DROP_UNSPEC;
	skb->protocol = eth_hdr(skb)->h_proto;
	if (!pskb_may_pull(skb, VLAN_HLEN + sizeof(__be16)))
		return NVSWITCH_DROP_MALFORMED;
	*pskb = skb_vlan_untag(skb);
	return *pskb ? NVSWITCH_DROP_UNSPEC : NVSWITCH_DROP_NO_MEMORY;
}

/**
 * nvs_rx_handler() - take a frame that a port's device has received
 * @pskb: the frame, data behind the Ethernet header; on RX_HANDLER_PASS the
 *	frame that goes on
 *
 * Context: softirq, RCU.
 * Return: RX_HANDLER_CONSUMED, or RX_HANDLER_PASS for what is not ours.
 */
rx_handler_result_t nvs_rx_handler(struct sk_buff **pskb)
{
	enum nvswitch_drop_reason why;
	struct sk_buff *skb = *pskb;
	struct nvs_port *port;

	port = rcu_dereference(skb->dev->rx_handler_data);
	/* The device's own stack talks to itself: nothing came in. */
	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;

	nvs_count(port, received);
	if (unlikely(!nvs_is_tidy(skb))) {
		why = nvs_tidy(&skb);
		if (why) {
			nvs_drop(port, skb, &nvs_no_frame, why);
			return RX_HANDLER_CONSUMED;
		}
		*pskb = skb;
	}
	return nvs_shortcut(port, skb) || !nvs_walk(port, skb) ?
	       RX_HANDLER_CONSUMED : RX_HANDLER_PASS;
}

/**
 * nvs_xmit() - take a frame that the host's stack sends
 * @skb: the frame, from the Ethernet header on; consumed
 * @dev: the switch device
 *
 * Context: softirqs off.
 * Return: NETDEV_TX_OK.
 */
netdev_tx_t nvs_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct nvs_switch *sw = netdev_priv(dev);
	enum nvswitch_drop_reason why;

	rcu_read_lock();
	nvs_count(&sw->host, received);
	if (unlikely(!pskb_may_pull(skb, ETH_HLEN))) {
		nvs_drop(&sw->host, skb, &nvs_no_frame,
			 NVSWITCH_DROP_MALFORMED);
		goto unlock;
	}
	dev_sw_netstats_tx_add(dev, 1, skb->len);
	skb_reset_mac_header(skb);
	skb_pull(skb, ETH_HLEN);
	skb->mac_len = ETH_HLEN;
	if (unlikely(!nvs_is_tidy(skb))) {
		why = nvs_tidy(&skb);
		if (why) {
			nvs_drop(&sw->host, skb, &nvs_no_frame, why);
			goto unlock;
		}
	}
	nvs_walk(&sw->host, skb);
unlock:
	rcu_read_unlock();
	return NETDEV_TX_OK;
}
