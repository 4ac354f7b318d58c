// SPDX-License-Identifier: GPL-2.0-only
/* Ways in which a frame gets into a device. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "blast.h"

#define ALL_PROTOCOLS	3
#define PIECES_MAX	16
#define SLOTS		16

#define SLOT_SIZE	(RING_SIZE / SLOTS)
#define SLOT_DATA	(TPACKET2_HDRLEN - sizeof(struct sockaddr_ll))

static void end_init(struct end *e)
{
	unsigned int way;

	for (way = 0; way < WAYS; way++)
		e->fd[way] = -1;
	e->input = -1;
}

/* @fd belongs to a tap, with @header bytes before each frame. */
bool end_open_tap(struct end *e, int fd, unsigned int header)
{
	end_init(e);
	e->fd[WAY_WRITE] = fd;
	e->fd[WAY_WRITEV] = fd;
	e->input = fd;
	e->header = header;
	return fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

static int open_socket(unsigned int index, int protocol, bool vnet, bool bypass)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0);
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = index,
	};
	int yes = 1;

	if (fd < 0)
		return -1;
	if ((vnet && setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &yes,
				sizeof(yes))) ||
	    (bypass && setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &yes,
				  sizeof(yes))) ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool end_open_ring(struct end *e, unsigned int index)
{
	int fd = open_socket(index, 0, true, false);
	struct tpacket_req request = {
		.tp_block_size = RING_SIZE,
		.tp_block_nr = 1,
		.tp_frame_size = SLOT_SIZE,
		.tp_frame_nr = SLOTS,
	};
	int version = TPACKET_V2, loss = 1;

	e->fd[WAY_RING] = fd;
	if (fd < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version,
		       sizeof(version)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_LOSS, &loss, sizeof(loss)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_TX_RING, &request,
		       sizeof(request)))
		return false;
	e->ring = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE,
		       MAP_SHARED, fd, 0);
	return e->ring != MAP_FAILED;
}

static bool end_open_input(struct end *e, unsigned int index)
{
	int yes = 1, room = 8 << 20;

	e->input = open_socket(index, ALL_PROTOCOLS, true, false);
	e->header = sizeof(struct virtio_net_hdr);
	return e->input >= 0 &&
	       !setsockopt(e->input, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes,
			   sizeof(yes)) &&
	       !setsockopt(e->input, SOL_PACKET, PACKET_AUXDATA, &yes,
			   sizeof(yes)) &&
	       !setsockopt(e->input, SOL_SOCKET, SO_RCVBUFFORCE, &room,
			   sizeof(room));
}

/* Packet sockets on @device, of the namespace that this thread is in. */
bool end_open_packet(struct end *e, const char *device, bool receives)
{
	unsigned int index = if_nametoindex(device);

	end_init(e);
	e->fd[WAY_PLAIN] = open_socket(index, 0, false, false);
	e->fd[WAY_BYPASS] = open_socket(index, 0, false, true);
	e->fd[WAY_VNET] = open_socket(index, 0, true, false);
	e->fd[WAY_VNET_BYPASS] = open_socket(index, 0, true, true);
	return index && e->fd[WAY_PLAIN] >= 0 && e->fd[WAY_BYPASS] >= 0 &&
	       e->fd[WAY_VNET] >= 0 && e->fd[WAY_VNET_BYPASS] >= 0 &&
	       end_open_ring(e, index) &&
	       (!receives || end_open_input(e, index));
}

/* What is said about the frame, and the frame, in pieces. */
static int split(const struct sample *s, struct random *r, struct iovec *pieces,
		 unsigned int most)
{
	unsigned char *data = (unsigned char *)s->data;
	unsigned int left = s->length, length;
	int count = 0;

	while (left) {
		length = count + 1 == (int)most ?
			left : 1 + random_below(r, left);
		if (random_percent(r, 50) && length > 64)
			length = 1 + random_below(r, 64);
		if (count + 1 == (int)most)
			length = left;
		pieces[count++] = (struct iovec){ data, length };
		data += length;
		left -= length;
	}
	return count;
}

static bool send_tap(struct end *e, enum send_way way, const struct sample *s,
		     struct random *r)
{
	unsigned char header[64] = { 0 };
	struct iovec pieces[PIECES_MAX + 1];
	unsigned int most = way == WAY_WRITE ?
		1 : 1 + random_below(r, PIECES_MAX);
	int count;

	memcpy(header, &s->vnet, sizeof(s->vnet));
	pieces[0] = (struct iovec){ header, e->header };
	count = split(s, r, pieces + 1, most);
	return writev(e->fd[way], pieces, count + 1) >= 0;
}

static bool send_packet(struct end *e, enum send_way way, const struct sample *s,
			bool vnet)
{
	struct iovec pieces[] = {
		{ (void *)&s->vnet, sizeof(s->vnet) },
		{ (void *)s->data, s->length },
	};

	if (!vnet)
		return write(e->fd[way], s->data, s->length) >= 0;
	return writev(e->fd[way], pieces, 2) >= 0;
}

static bool send_ring(struct end *e, const struct sample *s)
{
	unsigned char *slot = e->ring + e->slot * SLOT_SIZE;
	struct tpacket2_hdr *header = (struct tpacket2_hdr *)slot;
	unsigned int length = sizeof(s->vnet) + s->length;

	if (length > SLOT_SIZE - SLOT_DATA)
		return false;
	if (__atomic_load_n(&header->tp_status, __ATOMIC_ACQUIRE) !=
	    TP_STATUS_AVAILABLE)
		return false;
	memcpy(slot + SLOT_DATA, &s->vnet, sizeof(s->vnet));
	memcpy(slot + SLOT_DATA + sizeof(s->vnet), s->data, s->length);
	header->tp_len = length;
	__atomic_store_n(&header->tp_status, TP_STATUS_SEND_REQUEST,
			 __ATOMIC_RELEASE);
	e->slot = (e->slot + 1) % SLOTS;
	return send(e->fd[WAY_RING], NULL, 0, 0) >= 0;
}

/* Return: whether the kernel has taken it. */
bool end_send(struct end *e, enum send_way way, const struct sample *s,
	      struct random *r)
{
	switch (way) {
	case WAY_WRITE:
	case WAY_WRITEV:
		return send_tap(e, way, s, r);
	case WAY_PLAIN:
	case WAY_BYPASS:
		return send_packet(e, way, s, false);
	case WAY_VNET:
	case WAY_VNET_BYPASS:
		return send_packet(e, way, s, true);
	case WAY_RING:
		return send_ring(e, s);
	default:
		return false;
	}
}
