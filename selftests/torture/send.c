// SPDX-License-Identifier: GPL-2.0-only
/* Those who send: as guests, from the wire, and as the host. */

#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "torture.h"

#define SENDERS	2
#define BATCH	32

/* Or main would wait for ever until the senders pause. */
#define PREFER_WRITER	PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP

/**
 * struct sender - a thread that sends
 * @host: a packet socket beside the switches
 * @guests: one among the guests
 */
struct sender {
	pthread_t thread;
	struct dice dice;
	int host;
	int guests;
	struct frame frames[BATCH];
};

static struct sender senders[SENDERS];
static pthread_rwlock_t traffic;
static atomic_bool stop;
static atomic_ulong sent;

static int packet_socket(void)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0)
		die("packet socket");
	return fd;
}

/* As many of the batch as the device takes. Return: how many. */
static int send_packets(struct sender *s, int fd, int ifindex)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = ifindex,
		.sll_halen = ETH_ALEN,
	};
	struct mmsghdr messages[BATCH] = {};
	struct iovec iov[BATCH];
	int i;

	for (i = 0; i < BATCH; i++) {
		iov[i].iov_base = s->frames[i].data;
		iov[i].iov_len = s->frames[i].length;
		messages[i].msg_hdr.msg_name = &to;
		messages[i].msg_hdr.msg_namelen = sizeof(to);
		messages[i].msg_hdr.msg_iov = &iov[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	i = sendmmsg(fd, messages, BATCH, 0);
	return i < 0 ? 0 : i;
}

static void drain_tap(int fd)
{
	char data[FRAME_MAX];
	int i;

	for (i = 0; i < BATCH / 2 && read(fd, data, sizeof(data)) > 0; i++)
		;
}

static int write_tap(struct sender *s, struct slot *slot)
{
	int count = 0;
	int i;

	for (i = 0; i < BATCH; i++) {
		struct frame *f = &s->frames[i];
		struct iovec iov[2] = {
			{ f->header, sizeof(f->header) },
			{ f->data, f->length },
		};

		if (writev(slot->fd, iov, 2) < 0)
			continue;
		count++;
		if (f->broken)
			slot->broken++;
	}
	drain_tap(slot->fd);
	return count;
}

static void send_from_tap(struct sender *s, struct slot *slot)
{
	if (pthread_mutex_trylock(&slot->lock))
		return;
	if (slot->fd >= 0)
		sent += write_tap(s, slot);
	pthread_mutex_unlock(&slot->lock);
}

static void send_from_peer(struct sender *s, struct slot *slot)
{
	sent += send_packets(s, s->guests, slot->other);
}

/*
 * Whether a veth has lost a frame before or behind the counter of its port is
 * not to be seen; a tap takes all that it does not refuse.
 */
static bool may_break(unsigned int number)
{
	return number >= ANCHORS || slots[number].kind == TAP;
}

static void send_batch(struct sender *s)
{
	unsigned int number = dice_below(&s->dice, SLOTS + 2);
	struct slot *slot = &slots[number];
	bool storm = dice_one_in(&s->dice, 6);
	bool large = number < SLOTS && slot->kind == TAP && gso;
	int i;

	for (i = 0; i < BATCH; i++)
		do
			frame_make(&s->frames[i], &s->dice, number, large,
				   storm);
		while (s->frames[i].broken && !may_break(number));
	if (number >= SLOTS)
		sent += send_packets(s, s->host, switches[number - SLOTS]);
	else if (slot->kind == TAP)
		send_from_tap(s, slot);
	else if (slot->kind == VETH || slot->kind == FOREIGN)
		send_from_peer(s, slot);
}

static void *sender_body(void *arg)
{
	struct sender *s = arg;

	s->host = packet_socket();
	go_to_guests();
	s->guests = packet_socket();
	/* There is always something to send: let others have their turn. */
	setpriority(PRIO_PROCESS, gettid(), 5);
	while (!stop) {
		pthread_rwlock_rdlock(&traffic);
		send_batch(s);
		pthread_rwlock_unlock(&traffic);
	}
	close(s->host);
	close(s->guests);
	return NULL;
}

/* Nobody sends before senders_release(). */
void senders_start(__u64 seed)
{
	pthread_rwlockattr_t attr;
	int i;

	pthread_rwlockattr_init(&attr);
	pthread_rwlockattr_setkind_np(&attr, PREFER_WRITER);
	pthread_rwlock_init(&traffic, &attr);
	senders_hold();
	for (i = 0; i < SENDERS; i++) {
		dice_seed(&senders[i].dice, seed, 100 + i);
		if (pthread_create(&senders[i].thread, NULL, sender_body,
				   &senders[i]))
			die("thread");
	}
}

void senders_hold(void)
{
	pthread_rwlock_wrlock(&traffic);
}

void senders_release(void)
{
	pthread_rwlock_unlock(&traffic);
}

void senders_stop(void)
{
	int i;

	stop = true;
	for (i = 0; i < SENDERS; i++)
		pthread_join(senders[i].thread, NULL);
}

unsigned long frames_sent(void)
{
	return sent;
}
