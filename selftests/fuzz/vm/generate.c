// SPDX-License-Identifier: GPL-2.0-only
/* Random frames with a structure: right headers, nearly right ones, pieces. */

#include <string.h>

#include "blast.h"

/*
 * Numbers that the kernel's headers have under different names in different
 * places; here they are random material.
 */
enum {
	TYPE_IP = 0x0800, TYPE_ARP = 0x0806, TYPE_RARP = 0x8035,
	TYPE_TAG = 0x8100, TYPE_IPV6 = 0x86dd, TYPE_SERVICE = 0x88a8,
	TYPE_LOCAL = 0x88b5,
	PROTO_HOPOPTS = 0, PROTO_ICMP = 1, PROTO_TCP = 6, PROTO_UDP = 17,
	PROTO_ROUTING = 43, PROTO_FRAGMENT = 44, PROTO_GRE = 47,
	PROTO_AH = 51, PROTO_ICMPV6 = 58, PROTO_DSTOPTS = 60,
	PROTO_SCTP = 132,
};

/* Where in a frame its parts begin, 0 for those that it has not. */
struct writer {
	struct sample *s;
	struct random *r;
	const struct blast *b;
	const struct end *from;
	unsigned int network;
	unsigned int transport;
	unsigned int payload;
	unsigned int total;
	__u8 proto;
	bool ipv6;
};

static void put(struct writer *w, const void *data, size_t length)
{
	if (w->s->length + length > FRAME_MAX)
		length = FRAME_MAX - w->s->length;
	memcpy(w->s->data + w->s->length, data, length);
	w->s->length += length;
}

static void put8(struct writer *w, __u8 value)
{
	put(w, &value, sizeof(value));
}

static void put16(struct writer *w, __u16 value)
{
	put8(w, value >> 8);
	put8(w, value);
}

static void put32(struct writer *w, __u32 value)
{
	put16(w, value >> 16);
	put16(w, value);
}

static void put_random(struct writer *w, size_t length)
{
	while (length--)
		put8(w, random_next(w->r));
}

/* Mostly @right; else it is off by a little, or anything. */
static __u32 nearly(struct random *r, __u32 right)
{
	if (random_percent(r, 80))
		return right;
	switch (random_below(r, 4)) {
	case 0:
		return right + random_below(r, 9) - 4;
	case 1:
		return 0;
	case 2:
		return ~0U;
	default:
		return random_next(r);
	}
}

/* Ethernet */

static void put_station(struct writer *w)
{
	put(w, w->b->stations[random_below(w->r, w->b->station_count)],
	    MAC_LEN);
}

static void put_destination(struct writer *w)
{
	static const unsigned char groups[][MAC_LEN] = {
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0x01, 0x00, 0x5e, 0x00, 0x00, 0x05 },
		{ 0x33, 0x33, 0x00, 0x00, 0x00, 0x01 },
		{ 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 },
		{ 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e },
		{ 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd },
		{ 0 },
	};

	if (random_percent(w->r, 60)) {
		put_station(w);
	} else if (random_percent(w->r, 95)) {
		unsigned int i = random_below(w->r, ARRAY_SIZE(groups));

		put(w, groups[i], MAC_LEN);
		if (groups[i][1] == 0x80 && random_percent(w->r, 50))
			w->s->data[MAC_LEN - 1] = random_below(w->r, 33);
	} else {
		put_random(w, MAC_LEN);
	}
}

static void put_source(struct writer *w)
{
	if (random_percent(w->r, 60))
		put(w, w->from->address, MAC_LEN);
	else if (random_percent(w->r, 90))
		put_station(w);
	else
		put_random(w, MAC_LEN);
}

static void put_tag(struct writer *w)
{
	static const __u16 types[] = { TYPE_TAG, TYPE_TAG, TYPE_TAG,
				       TYPE_SERVICE, 0x9100 };
	__u16 vid = w->b->vids[random_below(w->r, w->b->vid_count)];

	put16(w, types[random_below(w->r, 5)]);
	if (random_percent(w->r, 10))
		vid = random_percent(w->r, 50) ? 0xfff : random_next(w->r);
	if (random_percent(w->r, 30))
		vid |= random_below(w->r, 16) << 12;
	put16(w, vid);
}

static void put_tags(struct writer *w)
{
	unsigned int dice = random_below(w->r, 100);
	unsigned int count = dice < 50 ? 0 : dice < 85 ? 1 : dice < 95 ? 2 : 3;

	while (count--)
		put_tag(w);
}

/* Fills up to the length that the frame shall have. */
static void put_payload(struct writer *w)
{
	static unsigned char filler[FRAME_MAX];
	unsigned char port = w->from->port;

	w->payload = w->s->length;
	put(w, SIGNATURE, sizeof(SIGNATURE) - 1);
	put8(w, port);
	put8(w, ~port);
	if (w->s->length < w->total)
		put(w, filler, w->total - w->s->length);
}

/* Transport */

static void put_tcp(struct writer *w)
{
	unsigned int options = random_percent(w->r, 30) ?
		random_below(w->r, 11) : 0;

	put32(w, random_next(w->r));
	put32(w, random_next(w->r));
	put32(w, random_next(w->r));
	put8(w, nearly(w->r, 5 + options) << 4);
	put8(w, random_percent(w->r, 70) ? 0x10 : random_next(w->r));
	put32(w, random_next(w->r));
	put16(w, 0);
	put_random(w, options * 4);
}

static void put_udp(struct writer *w)
{
	unsigned int at = w->s->length;

	put32(w, random_next(w->r));
	put16(w, nearly(w->r, w->total > at ? w->total - at : 8));
	put16(w, random_percent(w->r, 50) ? 0 : random_next(w->r));
}

/* An unsolicited neighbour advertisement, or nearly one. */
static void put_advertisement(struct writer *w)
{
	put8(w, random_percent(w->r, 80) ? 136 : 135);
	put8(w, 0);
	put16(w, random_next(w->r));
	put32(w, random_percent(w->r, 70) ? 0x20000000 : random_next(w->r));
	put_random(w, 16);
	put8(w, 2);
	put8(w, nearly(w->r, 1));
	put(w, w->from->address, MAC_LEN);
}

static void put_transport(struct writer *w)
{
	w->transport = w->s->length;
	switch (w->proto) {
	case PROTO_TCP:
		put_tcp(w);
		break;
	case PROTO_UDP:
		put_udp(w);
		break;
	case PROTO_ICMPV6:
		put_advertisement(w);
		break;
	default:
		put_random(w, random_below(w->r, 40));
		break;
	}
	put_payload(w);
}

static __u8 transport_proto(struct random *r)
{
	static const __u8 some[] = {
		PROTO_TCP, PROTO_TCP, PROTO_TCP, PROTO_TCP, PROTO_UDP,
		PROTO_UDP, PROTO_UDP, PROTO_ICMP, PROTO_ICMPV6, PROTO_SCTP,
		PROTO_GRE, 4, 41, 50,
	};

	if (random_percent(r, 3))
		return random_next(r);
	return some[random_below(r, sizeof(some))];
}

/* Network */

static void put_ipv4(struct writer *w)
{
	unsigned int options = random_percent(w->r, 20) ?
		random_below(w->r, 11) : 0;

	w->network = w->s->length;
	w->proto = transport_proto(w->r);
	put8(w, random_percent(w->r, 95) ?
	     0x40 | (nearly(w->r, 5 + options) & 15) : random_next(w->r));
	put8(w, random_next(w->r));
	put16(w, nearly(w->r, w->total > w->network ?
			w->total - w->network : 20));
	put16(w, random_next(w->r));
	put16(w, random_percent(w->r, 85) ? 0x4000 : random_next(w->r));
	put8(w, 64);
	put8(w, w->proto);
	put16(w, random_next(w->r));
	put32(w, 0xc0000200 + random_below(w->r, 256));
	put32(w, random_percent(w->r, 80) ?
	      0xc0000200 + random_below(w->r, 256) : random_next(w->r));
	put_random(w, options * 4);
	put_transport(w);
}

/* One extension header; @next follows it. */
static void put_extension(struct writer *w, __u8 kind, __u8 next)
{
	unsigned int length = random_below(w->r, 4);

	put8(w, next);
	if (kind == PROTO_FRAGMENT) {
		put8(w, 0);
		put16(w, random_percent(w->r, 50) ? 0 : random_next(w->r));
		put_random(w, 4);
		return;
	}
	put8(w, nearly(w->r, length));
	put_random(w, 6 + length * 8);
}

static void put_ipv6(struct writer *w)
{
	static const __u8 kinds[] = { PROTO_HOPOPTS, PROTO_ROUTING,
				      PROTO_FRAGMENT, PROTO_DSTOPTS, PROTO_AH };
	unsigned int count = random_percent(w->r, 30) ?
		1 + random_below(w->r, 4) : 0;
	__u8 kind, next;

	w->ipv6 = true;
	w->network = w->s->length;
	w->proto = transport_proto(w->r);
	if (random_percent(w->r, 15))
		w->proto = PROTO_ICMPV6;
	kind = count ? kinds[random_below(w->r, 5)] : w->proto;
	put32(w, random_percent(w->r, 95) ? 0x60000000 : random_next(w->r));
	put16(w, nearly(w->r, w->total > w->network + 40 ?
			w->total - w->network - 40 : 0));
	put8(w, kind);
	put8(w, random_percent(w->r, 80) ? 255 : 64);
	put32(w, 0xfe800000);
	put_random(w, 12);
	put32(w, random_percent(w->r, 50) ? 0xff020000 : 0xfe800000);
	put_random(w, 12);
	while (count--) {
		next = count ? kinds[random_below(w->r, 5)] : w->proto;
		put_extension(w, kind, next);
		kind = next;
	}
	put_transport(w);
}

/* An announcement by RARP or ARP, or nearly one. */
static void put_arp(struct writer *w, bool reverse)
{
	__u32 address = random_next(w->r);

	put16(w, nearly(w->r, 1));
	put16(w, nearly(w->r, TYPE_IP));
	put8(w, nearly(w->r, 6));
	put8(w, nearly(w->r, 4));
	put16(w, nearly(w->r, reverse ? 3 : 1 + random_below(w->r, 2)));
	put(w, w->from->address, MAC_LEN);
	put32(w, address);
	put(w, w->from->address, MAC_LEN);
	put32(w, nearly(w->r, address));
	put_payload(w);
}

/* IEEE 802.3: spanning tree, or Cisco's of one VLAN. */
static void put_llc(struct writer *w)
{
	put16(w, nearly(w->r, 38));
	if (random_percent(w->r, 50)) {
		put(w, "\x42\x42\x03", 3);
		put_random(w, 35);
	} else {
		put(w, "\xaa\xaa\x03\0\0\x0c\x01\x0b", 8);
		put_random(w, 42);
	}
	put_payload(w);
}

static void put_rest(struct writer *w)
{
	unsigned int dice = random_below(w->r, 100);

	if (dice < 35) {
		put16(w, nearly(w->r, TYPE_IP));
		put_ipv4(w);
	} else if (dice < 60) {
		put16(w, nearly(w->r, TYPE_IPV6));
		put_ipv6(w);
	} else if (dice < 70) {
		put16(w, TYPE_RARP);
		put_arp(w, true);
	} else if (dice < 78) {
		put16(w, TYPE_ARP);
		put_arp(w, false);
	} else if (dice < 86) {
		put_llc(w);
	} else if (dice < 96) {
		put16(w, TYPE_LOCAL);
		put_payload(w);
	} else {
		put16(w, random_next(w->r));
		put_payload(w);
	}
}

/* Small, or near a boundary, or long. */
static unsigned int total_length(struct random *r)
{
	static const unsigned int edges[] = { 60, 64, 1014, 1018, 1514, 1518,
					      1522, 9014, 9018, 4096, 16384,
					      65535, 65549 };
	unsigned int dice = random_below(r, 100);

	if (dice < 60)
		return 60 + random_below(r, 100);
	if (dice < 85)
		return edges[random_below(r, 13)] + random_below(r, 9) - 4;
	if (dice < 97)
		return random_below(r, 9100);
	return random_below(r, FRAME_MAX);
}

/* What is said about it */

static __u8 right_gso_type(const struct writer *w)
{
	if (w->proto == PROTO_TCP)
		return w->ipv6 ? VIRTIO_NET_HDR_GSO_TCPV6 :
				 VIRTIO_NET_HDR_GSO_TCPV4;
	return random_percent(w->r, 50) ? VIRTIO_NET_HDR_GSO_UDP : 5;
}

static void say_gso(struct writer *w)
{
	static const __u16 sizes[] = { 1,    8,	   100,	 536,  946,  1000,
				       1400, 1440, 1460, 1480, 9000, 65535 };
	struct virtio_net_hdr *v = &w->s->vnet;

	v->gso_type = right_gso_type(w);
	if (random_percent(w->r, 20))
		v->gso_type = random_below(w->r, 6);
	if (random_percent(w->r, 8))
		v->gso_type |= VIRTIO_NET_HDR_GSO_ECN;
	if (random_percent(w->r, 2))
		v->gso_type = random_next(w->r);
	v->gso_size = random_percent(w->r, 90) ?
		sizes[random_below(w->r, 12)] : random_next(w->r);
	v->hdr_len = nearly(w->r, w->payload);
}

static void say(struct writer *w)
{
	struct virtio_net_hdr *v = &w->s->vnet;
	__u16 offset = w->proto == PROTO_TCP ? 16 :
			  w->proto == PROTO_UDP ? 6 : 2;
	unsigned int dice = random_below(w->r, 100);

	if (dice < 40)
		return;
	if (dice < 43) {
		unsigned char *bytes = (unsigned char *)v;
		unsigned int i;

		for (i = 0; i < sizeof(*v); i++)
			bytes[i] = random_next(w->r);
		v->flags &= random_percent(w->r, 50) ? 7 : 0xff;
		return;
	}
	v->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	if (random_percent(w->r, 5))
		v->flags = random_below(w->r, 8);
	v->csum_start = nearly(w->r, w->transport);
	v->csum_offset = nearly(w->r, offset);
	if (random_percent(w->r, 5))
		v->csum_start = random_below(w->r, w->s->length + 2);
	if (random_percent(w->r, 5))
		v->hdr_len = random_below(w->r, w->s->length + 2);
	if (random_percent(w->r, 60))
		say_gso(w);
}

/* Cut it short, or change bytes of its headers. */
static void damage(struct writer *w)
{
	struct sample *s = w->s;
	unsigned int count;

	if (random_percent(w->r, 8))
		s->length = random_below(w->r, 65);
	else if (random_percent(w->r, 5) && s->length)
		s->length = random_below(w->r, s->length);
	if (!s->length || !random_percent(w->r, 10))
		return;
	for (count = 1 + random_below(w->r, 4); count; count--) {
		unsigned int reach = s->length < 128 ? s->length : 128;

		s->data[random_below(w->r, reach)] = random_next(w->r);
	}
}

/* One frame that @from sends. */
void generate(const struct blast *b, const struct end *from, struct random *r,
	      struct sample *s)
{
	struct writer w = { .s = s, .r = r, .b = b, .from = from };

	memset(&s->vnet, 0, sizeof(s->vnet));
	s->length = 0;
	w.total = total_length(r);
	put_destination(&w);
	put_source(&w);
	put_tags(&w);
	put_rest(&w);
	say(&w);
	damage(&w);
}
