// SPDX-License-Identifier: GPL-2.0-only
/* Random frames: every kind that a guest may send, and some that it may not. */

#include <arpa/inet.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <string.h>

#include "torture.h"

/* The kernel's core takes a tag out together with the next protocol. */
#define SHORTEST_TAGGED	(ETH_HLEN + 6)

static void append(struct frame *f, const void *data, unsigned int size)
{
	memcpy(f->data + f->length, data, size);
	f->length += size;
}

static void append_u16(struct frame *f, __u16 value)
{
	value = htons(value);
	append(f, &value, sizeof(value));
}

static void append_tag(struct frame *f, struct dice *d, __u16 tpid)
{
	append_u16(f, tpid);
	append_u16(f, dice_vid(d) | dice_below(d, 8) << 13);
}

/* One that nobody has seen yet. */
static void fresh_station(struct dice *d, __u8 *mac)
{
	__u64 bits = dice_draw(d);

	memcpy(mac, &bits, ETH_ALEN);
	mac[0] = 2;
}

static void append_addresses(struct frame *f, struct dice *d,
			     unsigned int number, bool storm)
{
	__u8 mac[ETH_ALEN];

	if (dice_one_in(d, 3))
		dice_group(d, mac);
	else
		dice_station(d, mac);
	append(f, mac, sizeof(mac));
	switch (dice_below(d, 16)) {
	case 0:
		dice_group(d, mac);
		break;
	case 1 ... 7:
		dice_station(d, mac);
		break;
	default:
		if (storm)
			fresh_station(d, mac);
		else
			station(mac, number);
		break;
	}
	append(f, mac, sizeof(mac));
}

static void append_tags(struct frame *f, struct dice *d)
{
	switch (dice_below(d, 16)) {
	case 0:
		append_tag(f, d, ETH_P_8021AD);
		break;
	case 1:
		append_tag(f, d, ETH_P_8021AD);
		append_tag(f, d, ETH_P_8021Q);
		break;
	case 2:
		append_tag(f, d, ETH_P_8021Q);
		append_tag(f, d, ETH_P_8021Q);
		break;
	case 3 ... 6:
		append_tag(f, d, ETH_P_8021Q);
		break;
	}
}

static void append_payload(struct frame *f, struct dice *d)
{
	static const __u16 sizes[] = { 46, 46, 46, 120, 600, 1486, 1500 };
	unsigned int size = sizes[dice_below(d, sizeof(sizes) / 2)];

	append_u16(f, 0x88b5);
	memset(f->data + f->length, 0x5a, size);
	f->length += size;
}

/* Gratuitous ARP, or RARP: some ports are activated by it. */
static void append_announcement(struct frame *f, struct dice *d)
{
	const __u8 *source = f->data + ETH_ALEN;
	bool rarp = dice_one_in(d, 2);
	__u8 address[4] = { 10, 0, 0, 1 };
	struct arphdr arp = {
		.ar_hrd = htons(ARPHRD_ETHER),
		.ar_pro = htons(ETH_P_IP),
		.ar_hln = ETH_ALEN,
		.ar_pln = sizeof(address),
		.ar_op = htons(rarp ? ARPOP_RREQUEST : ARPOP_REQUEST),
	};

	append_u16(f, rarp ? ETH_P_RARP : ETH_P_ARP);
	append(f, &arp, sizeof(arp));
	append(f, source, ETH_ALEN);
	append(f, address, sizeof(address));
	append(f, source, ETH_ALEN);
	append(f, address, sizeof(address));
	memset(f->data + f->length, 0, 18);
	f->length += 18;
}

static void append_network(struct frame *f, struct dice *d, __u8 protocol)
{
	struct iphdr ip = {
		.version = 4,
		.ihl = 5,
		.ttl = 64,
		.protocol = protocol,
	};
	struct ip6_hdr ip6 = { .ip6_nxt = protocol };

	if (dice_one_in(d, 2)) {
		append_u16(f, ETH_P_IP);
		append(f, &ip, sizeof(ip));
	} else {
		ip6.ip6_flow = htonl(6u << 28);
		append_u16(f, ETH_P_IPV6);
		append(f, &ip6, sizeof(ip6));
	}
}

/* What a tap's guest says of a frame is as random as the frame. */
static void append_segments(struct frame *f, struct dice *d)
{
	static const __u8 types[] = {
		VIRTIO_NET_HDR_GSO_TCPV4, VIRTIO_NET_HDR_GSO_TCPV6,
		VIRTIO_NET_HDR_GSO_TCPV4 | VIRTIO_NET_HDR_GSO_ECN,
		VIRTIO_NET_HDR_GSO_UDP, 5, VIRTIO_NET_HDR_GSO_NONE,
	};
	struct virtio_net_hdr *header = (void *)f->header;
	struct tcphdr tcp = { .doff = 5 };
	bool udp = dice_one_in(d, 4);
	unsigned int start;

	append_network(f, d, udp ? IPPROTO_UDP : IPPROTO_TCP);
	start = f->length;
	append(f, &tcp, sizeof(tcp));
	memset(f->data + f->length, 0, 3000);
	*header = (struct virtio_net_hdr){
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
		.gso_type = types[dice_below(d, sizeof(types))],
		.hdr_len = f->length,
		.gso_size = dice_one_in(d, 8) ? dice_below(d, 9000) : 1000,
		.csum_start = start,
		.csum_offset = udp ? 6 : 16,
	};
	if (header->gso_type != VIRTIO_NET_HDR_GSO_NONE)
		f->length += dice_below(d, 3000);
}

/**
 * frame_make() - make a frame
 * @f: the frame
 * @d: where its kind comes from
 * @number: of the station that sends it
 * @large: it may be a GSO frame
 * @storm: it rather comes from somebody new
 */
void frame_make(struct frame *f, struct dice *d, unsigned int number,
		bool large, bool storm)
{
	__u16 proto;

	memset(f->header, 0, sizeof(f->header));
	f->length = 0;
	append_addresses(f, d, number, storm);
	append_tags(f, d);
	if (large && dice_one_in(d, 4))
		append_segments(f, d);
	else if (dice_one_in(d, 12))
		append_announcement(f, d);
	else
		append_payload(f, d);
	if (dice_one_in(d, 24))
		f->length = ETH_HLEN + dice_below(d, 12);
	memcpy(&proto, f->data + 2 * ETH_ALEN, sizeof(proto));
	proto = ntohs(proto);
	f->broken = (proto == ETH_P_8021Q || proto == ETH_P_8021AD) &&
		    f->length < SHORTEST_TAGGED;
}
