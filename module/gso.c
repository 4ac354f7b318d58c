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

/* More than any sender has in front of TCP or UDP; an skb has 16 bits for it. */
#define NVS_GSO_MAX_OFFSET	4096

/* As many as TCP makes at most, whose segments are never of less than 8 bytes. */
#define NVS_GSO_MAX_SEGMENTS	(65536 / 8)

/* The network protocol of a packet in a tunnel, and where its header starts. */
static __be16 nvs_gso_inner_network(struct sk_buff *skb, unsigned int *offset)
{
	int start = skb_inner_network_offset(skb);

	if (start <= 0 || !pskb_may_pull(skb, start + 1))
		return 0;
	*offset = start;
	switch (skb->data[start] >> 4) {
	case 4:
		return htons(ETH_P_IP);
	case 6:
		return htons(ETH_P_IPV6);
	}
	return 0;
}

/* The same for any frame: in a tunnel, behind tags, or neither. */
static __be16 nvs_gso_network(struct sk_buff *skb, unsigned int *offset)
{
	__be16 proto = skb->protocol;
	int tags;

	if (skb->encapsulation)
		return nvs_gso_inner_network(skb, offset);
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

/* What is behind the headers of IPv6 that the kernel cuts behind, and where. */
static int nvs_gso_transport_ipv6(struct sk_buff *skb, unsigned int *offset)
{
	const struct ipv6_opt_hdr *ext;
	const struct ipv6hdr *ip;
	u8 next;

	if (!pskb_may_pull(skb, *offset + sizeof(*ip)))
		return -1;
	ip = (struct ipv6hdr *)(skb->data + *offset);
	if (ip->version != 6)
		return -1;
	next = ip->nexthdr;
	*offset += sizeof(*ip);
	while (next == NEXTHDR_HOP || next == NEXTHDR_ROUTING ||
	       next == NEXTHDR_DEST) {
		/* What is not pulled, its guest may still change (zero-copy). */
		if (*offset > NVS_GSO_MAX_OFFSET ||
		    !pskb_may_pull(skb, *offset + sizeof(*ext)))
			return -1;
		ext = (struct ipv6_opt_hdr *)(skb->data + *offset);
		next = ext->nexthdr;
		*offset += ipv6_optlen(ext);
	}
	return next;
}

/* The transport protocol, and where its header starts; -1 if there is none. */
static int nvs_gso_transport(struct sk_buff *skb, __be16 network,
			     unsigned int *offset)
{
	const struct iphdr *ip;

	if (network == htons(ETH_P_IPV6))
		return nvs_gso_transport_ipv6(skb, offset);
	if (network != htons(ETH_P_IP) ||
	    !pskb_may_pull(skb, *offset + sizeof(*ip)))
		return -1;
	ip = (struct iphdr *)(skb->data + *offset);
	if (ip->version != 4 || ip->ihl < 5)
		return -1;
	*offset += ip->ihl * 4;
	return ip->protocol;
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

/* Is a checksum to be filled in that of the header at @offset, at @field? */
static bool nvs_gso_checksum_is_valid(const struct sk_buff *skb,
				      unsigned int offset, unsigned int field)
{
	return skb->ip_summed != CHECKSUM_PARTIAL ||
	       (skb_checksum_start_offset(skb) == offset &&
		skb->csum_offset == field);
}

/**
 * nvs_gso_is_valid() - do the headers of a guest's GSO frame fit its type?
 * @skb: GSO frame, data behind the Ethernet header; its headers are pulled
 *
 * The type of a frame from a tap is what the guest says. It is believed only
 * where the headers bear it out, since the length of a segment is computed
 * from them, and only if the kernel can cut it without trouble: its checksum is
 * the one of each segment, and the segments are no more than TCP makes. What a
 * stack of this kernel has made is not marked SKB_GSO_DODGY and passes unseen;
 * in a tunnel of this kernel's, what is marked is looked at there.
 *
 * Context: softirq; the caller owns @skb.
 * Return: whether they do.
 */
bool nvs_gso_is_valid(struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	unsigned int size = skb_shinfo(skb)->gso_size;
	unsigned int offset, field;
	__be16 network;
	int proto;

	if (!(type & SKB_GSO_DODGY))
		return true;
	network = nvs_gso_network(skb, &offset);
	proto = nvs_gso_transport(skb, network, &offset);
	if (proto < 0 || offset > NVS_GSO_MAX_OFFSET)
		return false;
	if (type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) {
		if (proto != IPPROTO_TCP || !nvs_gso_tcp_is_valid(skb, offset) ||
		    network != (type & SKB_GSO_TCPV4 ? htons(ETH_P_IP) :
						       htons(ETH_P_IPV6)))
			return false;
		field = offsetof(struct tcphdr, check);
	} else if (type & (SKB_GSO_UDP | SKB_GSO_UDP_L4)) {
		if (proto != IPPROTO_UDP ||
		    !pskb_may_pull(skb, offset + sizeof(struct udphdr)))
			return false;
		field = offsetof(struct udphdr, check);
	} else {
		return false;
	}
	if (!nvs_gso_checksum_is_valid(skb, offset, field) ||
	    DIV_ROUND_UP(skb->len - offset, size) > NVS_GSO_MAX_SEGMENTS)
		return false;
	if (skb->encapsulation)
		skb_set_inner_transport_header(skb, offset);
	else
		skb_set_transport_header(skb, offset);
	return true;
}

/* What a segment has in front of the data that it takes from the frame. */
static u32 nvs_gso_headers(struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	bool inner = skb->encapsulation;
	unsigned int network;
	u32 headers;

	headers = inner ? skb_inner_transport_offset(skb) :
			  skb_transport_offset(skb);
	if (type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6))
		return headers + (inner ? inner_tcp_hdrlen(skb) :
					  tcp_hdrlen(skb));
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
	unsigned int size = skb_shinfo(skb)->gso_size;
	const struct sk_buff *segment;
	u32 headers, largest = 0;

	if (!skb->encapsulation && !skb_transport_header_was_set(skb))
		return size;
	headers = nvs_gso_headers(skb);
	if (size != GSO_BY_FRAGS)
		return headers + size;
	skb_walk_frags(skb, segment)
		largest = max(largest, skb_headlen(segment));
	return headers + largest;
}
