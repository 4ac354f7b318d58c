/* SPDX-License-Identifier: GPL-2.0-only */
/* Random frames, sent in many ways, and a look at all that arrives. */
#ifndef BLAST_H
#define BLAST_H

#include <linux/types.h>
#include <linux/virtio_net.h>
#include <stdbool.h>
#include <stddef.h>

#define ARRAY_SIZE(x)	(sizeof(x) / sizeof((x)[0]))

#define MAC_LEN		6
#define HEADER_LEN	14
#define TAG_LEN		4
#define FRAME_MAX	(65535 + HEADER_LEN + 4 * TAG_LEN)

/*
 * Marks a frame, and is followed by the number of the port that it is sent from,
 * twice, the second time inverted: a frame may be damaged.
 */
#define SIGNATURE	"nvsblast"
#define NO_PORT		0xff

struct random {
	__u64 state;
};

__u64 random_next(struct random *r);

/* 0..below - 1 */
static inline __u32 random_below(struct random *r, __u32 below)
{
	return random_next(r) % below;
}

/* With a chance of so many percent. */
static inline bool random_percent(struct random *r, __u32 percent)
{
	return random_below(r, 100) < percent;
}

/**
 * struct sample - a frame, as it is sent
 * @vnet: what is said about it
 * @length: its bytes
 * @data: the frame, without @vnet
 */
struct sample {
	struct virtio_net_hdr vnet;
	unsigned int length;
	unsigned char data[FRAME_MAX];
};

/**
 * enum send_way - how an end sends
 * @WAY_WRITE: a tap: at once
 * @WAY_WRITEV: a tap: from many pieces of memory
 * @WAY_PLAIN: a packet socket
 * @WAY_BYPASS: past the queueing discipline
 * @WAY_VNET: with what is said about the frame
 * @WAY_VNET_BYPASS: both
 * @WAY_RING: from pages of this process, as fragments
 * @WAYS: how many there are
 */
enum send_way {
	WAY_WRITE,
	WAY_WRITEV,
	WAY_PLAIN,
	WAY_BYPASS,
	WAY_VNET,
	WAY_VNET_BYPASS,
	WAY_RING,
	WAYS,
};

/**
 * struct rules - what must hold of a port
 * @untagged: nothing that is tagged leaves it
 * @silent: nothing enters or leaves it
 * @bound: only frames from @source enter it
 * @source: address
 * @mtu: of its device, 0 if nobody looks
 */
struct rules {
	bool untagged;
	bool silent;
	bool bound;
	unsigned char source[MAC_LEN];
	unsigned int mtu;
};

/**
 * struct end - whoever can send, and receive, on the far side of a port
 * @name: its name
 * @port: number of the port, or NO_PORT
 * @address: what it sends from, if it sends what it should
 * @fd: file or socket for each way, or -1
 * @input: where its frames arrive, or -1
 * @header: bytes before a frame that is read or written, of a tap
 * @ring: frames of WAY_RING
 * @slot: the next one of these
 */
struct end {
	char name[16];
	unsigned int port;
	unsigned char address[MAC_LEN];
	int fd[WAYS];
	int input;
	unsigned int header;
	unsigned char *ring;
	unsigned int slot;
};

/* Memory of WAY_RING. */
#define RING_SIZE	(256 << 10)

#define ENDS_MAX	24
#define STATIONS_MAX	64
#define VIDS_MAX	32

/**
 * struct blast - the whole
 * @ends: who takes part
 * @end_count: how many
 * @rules: by port
 * @stations: addresses that frames are sent from and to
 * @station_count: how many
 * @vids: VLANs
 * @vid_count: how many
 * @sent: frames that were sent
 * @refused: frames that a socket has refused
 * @received: frames that have arrived
 * @wrong: what is wrong, empty if nothing is
 */
struct blast {
	struct end ends[ENDS_MAX];
	unsigned int end_count;
	struct rules rules[ENDS_MAX];
	unsigned char stations[STATIONS_MAX][MAC_LEN];
	unsigned int station_count;
	__u16 vids[VIDS_MAX];
	unsigned int vid_count;
	unsigned long sent;
	unsigned long refused;
	unsigned long received;
	char wrong[1024];
};

/* generate.c */
void generate(const struct blast *b, const struct end *from, struct random *r,
	      struct sample *s);

/* send.c */
bool end_open_tap(struct end *e, int fd, unsigned int header);
bool end_open_packet(struct end *e, const char *device, bool receives);
bool end_send(struct end *e, enum send_way way, const struct sample *s,
	      struct random *r);

/* receive.c */
void receive_all(struct blast *b);

#endif
