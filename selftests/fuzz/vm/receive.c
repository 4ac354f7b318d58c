// SPDX-License-Identifier: GPL-2.0-only
/* What must not arrive, whatever was sent. */

#include <linux/if_packet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "blast.h"

/* How far from its beginning a frame is searched for its signature. */
#define SEARCHED	256

/* IPv4 or IPv6, and TCP, in front of a segment, at least. */
#define TCP4_HEADERS	40
#define TCP6_HEADERS	60
#define UDP_HEADERS	28

static bool is_tag(const unsigned char *data, unsigned int length)
{
	unsigned int type;

	if (length < HEADER_LEN)
		return false;
	type = data[2 * MAC_LEN] << 8 | data[2 * MAC_LEN + 1];
	return type == 0x8100 || type == 0x88a8;
}

/* The port that a frame was sent from, or NO_PORT. */
static unsigned int port_of(const unsigned char *data, unsigned int length)
{
	const unsigned char *mark;
	unsigned char port, check;

	if (length <= HEADER_LEN)
		return NO_PORT;
	if (length > SEARCHED)
		length = SEARCHED;
	mark = memmem(data, length - 2, SIGNATURE, sizeof(SIGNATURE) - 1);
	if (!mark)
		return NO_PORT;
	port = mark[sizeof(SIGNATURE) - 1];
	check = ~mark[sizeof(SIGNATURE)];
	return port == check ? port : NO_PORT;
}

static void complain(struct blast *b, const struct end *e, const char *what,
		     const unsigned char *data, unsigned int length)
{
	unsigned int i, at;

	if (b->wrong[0])
		return;
	at = snprintf(b->wrong, sizeof(b->wrong),
		      "%s: %s, from port %u, %u bytes: ", e->name, what,
		      port_of(data, length), length);
	for (i = 0; i < length && i < SEARCHED && at < sizeof(b->wrong) - 3; i++)
		at += snprintf(b->wrong + at, sizeof(b->wrong) - at, "%02x",
			       data[i]);
}

static unsigned int segment_headers(const struct virtio_net_hdr *v)
{
	switch (v->gso_type & ~VIRTIO_NET_HDR_GSO_ECN) {
	case VIRTIO_NET_HDR_GSO_TCPV4:
		return TCP4_HEADERS;
	case VIRTIO_NET_HDR_GSO_TCPV6:
		return TCP6_HEADERS;
	default:
		return UDP_HEADERS;
	}
}

static bool is_too_long(const struct rules *rules,
			const struct virtio_net_hdr *v,
			const unsigned char *data, unsigned int length)
{
	if (!rules->mtu)
		return false;
	if (v->gso_type & ~VIRTIO_NET_HDR_GSO_ECN)
		return v->gso_size + segment_headers(v) > rules->mtu;
	if (is_tag(data, length))
		length -= TAG_LEN;
	return length > HEADER_LEN + rules->mtu;
}

static void check_source(struct blast *b, const struct end *e,
			 const unsigned char *data, unsigned int length)
{
	unsigned int port = port_of(data, length);
	const struct rules *rules;

	if (port >= ENDS_MAX)
		return;
	rules = &b->rules[port];
	if (port == e->port)
		complain(b, e, "its own frame came back", data, length);
	else if (rules->silent)
		complain(b, e, "a blocked port has sent", data, length);
	else if (rules->bound && memcmp(data + MAC_LEN, rules->source, MAC_LEN))
		complain(b, e, "a forged source", data, length);
}

static void check(struct blast *b, const struct end *e,
		  const struct virtio_net_hdr *v, bool tagged,
		  const unsigned char *data, unsigned int length)
{
	const struct rules *rules = &b->rules[e->port];

	b->received++;
	if (rules->silent)
		complain(b, e, "a blocked port has received", data, length);
	else if (rules->untagged && (tagged || is_tag(data, length)))
		complain(b, e, "a tag", data, length);
	else if (is_too_long(rules, v, data, length))
		complain(b, e, "longer than the MTU", data, length);
	else
		check_source(b, e, data, length);
}

static bool is_tagged(struct msghdr *message)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
		struct tpacket_auxdata aux;

		if (c->cmsg_level != SOL_PACKET ||
		    c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		return aux.tp_status & TP_STATUS_VLAN_VALID;
	}
	return false;
}

/* Return: how many bytes, or -1. */
static ssize_t receive_packet(int fd, unsigned char *room, size_t size,
			      bool *tagged)
{
	char control[256];
	struct iovec piece = { room, size };
	struct msghdr message = {
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t length = recvmsg(fd, &message, 0);

	if (length >= 0)
		*tagged = is_tagged(&message);
	return length;
}

static bool receive_one(struct blast *b, struct end *e)
{
	static unsigned char room[FRAME_MAX * 2];
	struct virtio_net_hdr v;
	bool tagged = false;
	ssize_t length;

	if (e->fd[WAY_WRITE] >= 0)
		length = read(e->input, room, sizeof(room));
	else
		length = receive_packet(e->input, room, sizeof(room), &tagged);
	if (length < (ssize_t)e->header)
		return false;
	memcpy(&v, room, sizeof(v));
	check(b, e, &v, tagged, room + e->header, length - e->header);
	return true;
}

/* Look at all that has arrived. */
void receive_all(struct blast *b)
{
	unsigned int i;

	for (i = 0; i < b->end_count; i++)
		while (b->ends[i].input >= 0 && receive_one(b, &b->ends[i]))
			;
}
