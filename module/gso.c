// SPDX-License-Identifier: GPL-2.0-only
/* GSO frames: whether to believe them, and how large they will be. */

#include "compat/compat.h"
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

/* Where a header starts at most: more than any sender has in front of it. */
#define NVS_GSO_MAX_OFFSET	4096

/* As many as TCP makes of 64 KiB, whose segments are never of less than 8 bytes. */
#define NVS_GSO_MAX_SEGMENTS	(65536 / 8)

/* What is behind the tags at @offset, which is moved behind them; or 0. */
static __be16 nvs_gso_skip_tags(struct sk_buff *skb, __be16 proto,
				unsigned int *offset)
{
	int tags;

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

/* The network protocol, and where its header starts; or 0. */
static __be16 nvs_gso_outer_network(struct sk_buff *skb, unsigned int *offset)
{
	*offset = 0;
	return nvs_gso_skip_tags(skb, skb->protocol, offset);
}

/* The same of the packet in a tunnel; where that is has said who made the tunnel. */
static __be16 nvs_gso_inner_network(struct sk_buff *skb, unsigned int *offset)
{
	bool by_ip = skb->inner_protocol_type == ENCAP_TYPE_IPPROTO;
	bool ethernet = !by_ip && skb->inner_protocol == htons(ETH_P_TEB);
	int start = ethernet ? skb_inner_mac_header(skb) - skb->data :
			       skb_inner_network_offset(skb);

	if (start <= 0 || start > NVS_GSO_MAX_OFFSET)
		return 0;
	*offset = start;
	if (by_ip)
		return skb->inner_ipproto == IPPROTO_IPIP ? htons(ETH_P_IP) :
		       skb->inner_ipproto == IPPROTO_IPV6 ? htons(ETH_P_IPV6) :
							    0;
	if (!ethernet)
		return skb->inner_protocol;
	if (!pskb_may_pull(skb, start + ETH_HLEN))
		return 0;
	*offset += ETH_HLEN;
	return nvs_gso_skip_tags(skb,
				 ((struct ethhdr *)(skb->data + start))->h_proto,
				 offset);
}

/* Not if BPF has taken the tunnel away, which leaves what was said of it. */
static bool nvs_gso_is_tunnel(const struct sk_buff *skb)
{
	return skb->encapsulation && skb_inner_network_offset(skb);
}

static __be16 nvs_gso_network(struct sk_buff *skb, unsigned int *offset)
{
	return nvs_gso_is_tunnel(skb) ? nvs_gso_inner_network(skb, offset) :
					nvs_gso_outer_network(skb, offset);
}

/* What is behind the headers of IPv6 that the kernel cuts behind, and where. */
static int nvs_gso_ipv6_transport(struct sk_buff *skb, unsigned int *offset)
{
	const struct ipv6_opt_hdr *ext;
	const struct ipv6hdr *ip;
	u8 next;

	if (!pskb_may_pull(skb, *offset + sizeof(*ip)))
		return -EINVAL;
	ip = (struct ipv6hdr *)(skb->data + *offset);
	if (ip->version != 6)
		return -ENOENT;
	next = ip->nexthdr;
	*offset += sizeof(*ip);
	while (next == NEXTHDR_HOP || next == NEXTHDR_ROUTING ||
	       next == NEXTHDR_DEST) {
		/* What is not pulled, its guest may still change (zero-copy). */
		if (*offset > NVS_GSO_MAX_OFFSET ||
		    !pskb_may_pull(skb, *offset + sizeof(*ext)))
			return -EINVAL;
		ext = (struct ipv6_opt_hdr *)(skb->data + *offset);
		next = ext->nexthdr;
		*offset += ipv6_optlen(ext);
	}
	return *offset > NVS_GSO_MAX_OFFSET ? -EINVAL : next;
}

/*
 * The transport protocol, and where its header starts. -ENOENT if the packet is
 * not of IP, -EINVAL if it is not what it says.
 */
static int nvs_gso_transport(struct sk_buff *skb, __be16 network,
			     unsigned int *offset)
{
	const struct iphdr *ip;

	if (network == htons(ETH_P_IPV6))
		return nvs_gso_ipv6_transport(skb, offset);
	if (network != htons(ETH_P_IP))
		return -ENOENT;
	if (!pskb_may_pull(skb, *offset + sizeof(*ip)))
		return -EINVAL;
	ip = (struct iphdr *)(skb->data + *offset);
	if (ip->version != 4)
		return -ENOENT;
	if (ip->ihl < 5)
		return -EINVAL;
	*offset += ip->ihl * 4;
	return ip->protocol;
}

/*
 * What carries a tunnel is not cut itself, and ends in front of what is in it. An
 * SCTP packet in UDP has no network header of its own.
 */
static bool nvs_gso_carrier_is_valid(struct sk_buff *skb)
{
	int inner = skb_inner_network_offset(skb);
	unsigned int offset;
	int proto;

	if (inner <= 0)
		inner = skb_inner_transport_offset(skb);
	proto = nvs_gso_transport(skb, nvs_gso_outer_network(skb, &offset),
				  &offset);
	return proto == -ENOENT ||
	       (proto >= 0 && proto != IPPROTO_TCP && proto != IPPROTO_SCTP &&
		(int)offset <= inner);
}

/* Does the type of the frame mean segments with a header of that protocol? */
static bool nvs_gso_is_of(unsigned int type, __be16 network, int proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return type & (network == htons(ETH_P_IP) ? SKB_GSO_TCPV4 :
							    SKB_GSO_TCPV6);
	case IPPROTO_UDP:
		return type & (SKB_GSO_UDP | SKB_GSO_UDP_L4);
	case IPPROTO_SCTP:
		return type & SKB_GSO_SCTP;
	}
	return false;
}

/* The kernel, and a device, cut where the checksum is to be filled in. */
static bool nvs_gso_checksum_is_valid(const struct sk_buff *skb, int proto,
				      unsigned int offset)
{
	unsigned int field = offsetof(struct tcphdr, check);

	if (proto == IPPROTO_UDP)
		field = offsetof(struct udphdr, check);
	else if (proto == IPPROTO_SCTP)
		field = offsetof(struct sctphdr, checksum);
	return skb->ip_summed != CHECKSUM_PARTIAL ||
	       (skb_checksum_start_offset(skb) == offset &&
		skb->csum_offset == field);
}

/* How much of the transport header each segment has, or -EINVAL. */
static int nvs_gso_transport_headers(struct sk_buff *skb, __be16 network,
				     int proto, unsigned int offset)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	unsigned int length;

	if (proto == IPPROTO_TCP) {
		if (!pskb_may_pull(skb, offset + sizeof(struct tcphdr)))
			return -EINVAL;
		length = ((struct tcphdr *)(skb->data + offset))->doff * 4;
		return length >= sizeof(struct tcphdr) &&
		       pskb_may_pull(skb, offset + length) ? length : -EINVAL;
	}
	length = proto == IPPROTO_SCTP ? sizeof(struct sctphdr) :
					 sizeof(struct udphdr);
	if (!pskb_may_pull(skb, offset + length))
		return -EINVAL;
	if (!(type & SKB_GSO_UDP))
		return length;
	/* Its segments are fragments; IPv6 has a header for that. */
	return network == htons(ETH_P_IPV6) ? sizeof(struct frag_hdr) : 0;
}

/*
 * What a segment has in front of the data that it takes from the frame. -ENOENT
 * if the headers are not those of the frame's type, -EINVAL if they are wrong.
 */
static int nvs_gso_headers(struct sk_buff *skb)
{
	unsigned int offset;
	__be16 network;
	int headers;
	int proto;

	network = nvs_gso_network(skb, &offset);
	proto = nvs_gso_transport(skb, network, &offset);
	if (proto < 0)
		return proto;
	if (!nvs_gso_is_of(skb_shinfo(skb)->gso_type, network, proto))
		return -ENOENT;
	headers = nvs_gso_transport_headers(skb, network, proto, offset);
	if (headers < 0 || !nvs_gso_checksum_is_valid(skb, proto, offset))
		return -EINVAL;
	return offset + headers - nvs_compat_jumbo_len(skb);
}

/* The same by what a stack of this kernel's has said of where its headers are. */
static int nvs_gso_stack_headers(const struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	bool inner = nvs_gso_is_tunnel(skb);
	int headers;

	if (!inner && !skb_transport_header_was_set(skb))
		return 0;
	headers = inner ? skb_inner_transport_offset(skb) :
			  skb_transport_offset(skb);
	if (headers < 0)
		return -EINVAL;
	if (type & SKB_GSO_SCTP)
		return headers + sizeof(struct sctphdr);
	if (type & SKB_GSO_UDP_L4)
		return headers + sizeof(struct udphdr);
	if (!(type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)))
		return headers;
	if (headers + sizeof(struct tcphdr) > skb_headlen(skb))
		return -EINVAL;
	return headers + (inner ? inner_tcp_hdrlen(skb) : tcp_hdrlen(skb));
}

/* The largest segment of SCTP, each of which is a packet of a list; or 0. */
static u32 nvs_gso_listed_payload(const struct sk_buff *skb, int headers)
{
	int start = skb_checksum_start_offset(skb);
	const struct sk_buff *segment;
	u32 largest = 0;

	/* The list has all data, and is not empty: else the kernel stumbles. */
	if (!skb_has_frag_list(skb) || skb_shinfo(skb)->nr_frags ||
	    skb->ip_summed != CHECKSUM_PARTIAL ||
	    skb_headlen(skb) != start + sizeof(struct sctphdr))
		return 0;
	skb_walk_frags(skb, segment)
		largest = max(largest, segment->len);
	return headers + largest;
}

/*
 * Can the kernel make segments of what a stack has joined to a list? A packet that
 * begins with data outside of pages becomes a segment as it is, where a segment
 * begins with it, or where the last one is as long as that data; and the kernel gives
 * up for good where the packet is none: because headers were changed, or data was
 * pulled, after it was joined. Fragments of UDP begin elsewhere.
 */
static bool nvs_gso_list_is_even(const struct sk_buff *skb, int headers)
{
	u32 data = skb->len - headers - nvs_compat_jumbo_len(skb);
	u32 left = skb->len - skb_pagelen(skb);
	u32 size = skb_shinfo(skb)->gso_size;
	u32 last = data % size ?: size;
	const struct sk_buff *packet;

	if (skb_shinfo(skb)->gso_type & SKB_GSO_UDP)
		return !skb_has_frag_list(skb);
	skb_walk_frags(skb, packet) {
		u32 linear = skb_headlen(packet);
		u32 segment = min(left, size);

		if (!packet->len || skb_has_frag_list(packet))
			return false;
		if (linear && ((data - left) % size || linear > segment ||
			       packet->len < segment ||
			       (linear == last && linear != segment)))
			return false;
		left -= packet->len;
	}
	return true;
}

/**
 * nvs_gso_payload() - how large the largest segment of a GSO frame will be
 * @skb: GSO frame, data behind the Ethernet header; its headers are pulled
 *
 * The type of a frame from a tap is what the guest says (SKB_GSO_DODGY). It is
 * believed only where the headers bear it out, and only if the kernel can cut it
 * without trouble: its checksum is the one of each segment, and the segments are
 * no more than TCP makes. What a stack of this kernel has made may have been
 * changed before it came here, by the root of a container: it is measured in the
 * same way. Only where it is of something else than IP, as MPLS, what the stack
 * has said is taken. What it has joined in a way that the kernel cannot cut becomes
 * one piece.
 *
 * Context: softirq; the caller owns @skb.
 * Return: bytes behind the Ethernet header; 0 if it is not to be believed, or if
 * there is no memory to make it one piece.
 */
u32 nvs_gso_payload(struct sk_buff *skb)
{
	unsigned int size = skb_shinfo(skb)->gso_size;
	int headers;

	if (nvs_gso_is_tunnel(skb) && !nvs_gso_carrier_is_valid(skb))
		return 0;
	headers = nvs_gso_headers(skb);
	if (headers == -ENOENT && !(skb_shinfo(skb)->gso_type & SKB_GSO_DODGY))
		headers = nvs_gso_stack_headers(skb);
	if (headers < 0 || headers >= skb->len)
		return 0;
	if (size == GSO_BY_FRAGS)
		return nvs_gso_listed_payload(skb, headers);
	if (!nvs_gso_list_is_even(skb, headers) && skb_linearize(skb))
		return 0;
	return skb->len / size > NVS_GSO_MAX_SEGMENTS ? 0 : headers + size;
}
