// SPDX-License-Identifier: GPL-2.0-only
/* GSO frames: whether to believe them, and how large they will be. */

#include "gso.h"

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ipv6.h>

/* Tags in a GSO frame, besides one that has been moved out of it. */
#define NVS_GSO_MAX_TAGS	2

/* The network protocol behind the tags, and where its header starts. */
static __be16 nvs_gso_network(struct sk_buff *skb, unsigned int *offset)
{
	__be16 proto = skb->protocol;
	int tags;

	*offset = 0;
	for (tags = 0; eth_type_vlan(proto); tags++) {
		struct vlan_hdr *tag;

		if (tags == NVS_GSO_MAX_TAGS ||
		    !pskb_may_pull(skb, *offset + VLAN_HLEN))
			return 0;
		tag = (struct vlan_hdr *)(skb->data + *offset);
		proto = tag->h_vlan_encapsulated_proto;
		*offset += VLAN_HLEN;
	}
	return proto;
}

/* The transport protocol, and where its header starts; -1 if there is none. */
static int nvs_gso_transport(struct sk_buff *skb, unsigned int *offset)
{
	__be16 proto = nvs_gso_network(skb, offset);
	__be16 frag_off = 0;
	struct iphdr *ip;
	u8 nexthdr;
	int start;

	if (proto == htons(ETH_P_IP)) {
		if (!pskb_may_pull(skb, *offset + sizeof(*ip)))
			return -1;
		ip = (struct iphdr *)(skb->data + *offset);
		if (ip->version != 4 || ip->ihl < 5)
			return -1;
		*offset += ip->ihl * 4;
		return ip->protocol;
	}
	if (proto != htons(ETH_P_IPV6) ||
	    !pskb_may_pull(skb, *offset + sizeof(struct ipv6hdr)))
		return -1;
	nexthdr = ((struct ipv6hdr *)(skb->data + *offset))->nexthdr;
	start = ipv6_skip_exthdr(skb, *offset + sizeof(struct ipv6hdr),
				 &nexthdr, &frag_off);
	if (start < 0)
		return -1;
	*offset = start;
	return nexthdr;
}

static bool nvs_gso_tcp_is_valid(struct sk_buff *skb, unsigned int offset)
{
	unsigned int length;

	if (!pskb_may_pull(skb, offset + sizeof(struct tcphdr)))
		return false;
	length = ((struct tcphdr *)(skb->data + offset))->doff * 4;
	return length >= sizeof(struct tcphdr) &&
	       pskb_may_pull(skb, offset + length);
}

/**
 * nvs_gso_is_valid() - do the headers of a guest's GSO frame fit its type?
 * @skb: GSO frame, data behind the Ethernet header; its headers are pulled
 *
 * The type of a frame from a tap is what the guest says. It is believed only
 * where the headers bear it out, since the length of a segment is computed
 * from them. What a stack of this kernel has made is not marked SKB_GSO_DODGY
 * and passes unseen.
 *
 * Context: softirq; the caller owns @skb.
 * Return: whether they do.
 */
bool nvs_gso_is_valid(struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	unsigned int offset;
	int proto;

	if (!(type & SKB_GSO_DODGY))
		return true;
	if (skb->encapsulation)
		return false;
	proto = nvs_gso_transport(skb, &offset);
	if (proto < 0)
		return false;
	if (type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) {
		__be16 family = type & SKB_GSO_TCPV4 ? htons(ETH_P_IP) :
						       htons(ETH_P_IPV6);
		unsigned int network;

		if (proto != IPPROTO_TCP ||
		    nvs_gso_network(skb, &network) != family ||
		    !nvs_gso_tcp_is_valid(skb, offset))
			return false;
	} else if (type & (SKB_GSO_UDP | SKB_GSO_UDP_L4)) {
		if (proto != IPPROTO_UDP ||
		    !pskb_may_pull(skb, offset + sizeof(struct udphdr)))
			return false;
	} else {
		return false;
	}
	skb_set_transport_header(skb, offset);
	return true;
}

/* What a segment has in front of the data that it takes from the frame. */
static u32 nvs_gso_headers(struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	u32 headers = skb_transport_offset(skb);
	unsigned int network;

	if (type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6))
		return headers + tcp_hdrlen(skb);
	if (type & SKB_GSO_SCTP)
		return headers + sizeof(struct sctphdr);
	if (type & SKB_GSO_UDP_L4)
		return headers + sizeof(struct udphdr);
	/* Its segments are fragments; IPv6 has a header for that. */
	if (type & SKB_GSO_UDP &&
	    nvs_gso_network(skb, &network) == htons(ETH_P_IPV6))
		return headers + sizeof(struct frag_hdr);
	return headers;
}

/**
 * nvs_gso_payload() - how large the largest segment of a GSO frame will be
 * @skb: GSO frame, data behind the Ethernet header; nvs_gso_is_valid()
 *
 * Context: any.
 * Return: bytes behind the Ethernet header.
 */
u32 nvs_gso_payload(struct sk_buff *skb)
{
	const struct skb_shared_info *info = skb_shinfo(skb);
	const struct sk_buff *segment;
	u32 headers, largest = 0;

	if (!skb_transport_header_was_set(skb))
		return info->gso_size;
	if (skb->encapsulation) {
		headers = skb_inner_transport_offset(skb);
		if (info->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6))
			headers += inner_tcp_hdrlen(skb);
	} else {
		headers = nvs_gso_headers(skb);
	}
	if (info->gso_size != GSO_BY_FRAGS)
		return headers + info->gso_size;
	skb_walk_frags(skb, segment)
		largest = max(largest, skb_headlen(segment));
	return headers + largest;
}
