// SPDX-License-Identifier: GPL-2.0-only
/*
 * send-frames [-u] [-r RATE] INTERFACE SOURCE DESTINATION COUNT: send COUNT
 * Ethernet frames with whatever source address one likes. Runs in the guests,
 * for the one that lies about its address.
 *
 *	-u	count the source address up with every frame
 *	-r	frames per second
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ether.h>
#include <netpacket/packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* For experiments on a local network (IEEE 802): nobody answers. */
#define ETHERTYPE_EXPERIMENT 0x88b5

struct frame {
	struct ether_header header;
	char payload[ETH_ZLEN - sizeof(struct ether_header)];
};

static void parse_mac(const char *text, unsigned char *mac)
{
	struct ether_addr *address = ether_aton(text);

	if (!address)
		errx(2, "'%s' is not a MAC address", text);
	memcpy(mac, address, ETH_ALEN);
}

static void count_up(unsigned char *mac)
{
	int i = ETH_ALEN - 1;

	while (++mac[i] == 0 && i > 0)
		i--;
}

static int open_interface(const char *name)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_ifindex = if_nametoindex(name),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	int on = 1;

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		err(1, "%s", name);
	/* A queueing discipline could drop frames and not say so. */
	if (setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)))
		err(1, "PACKET_QDISC_BYPASS");
	return fd;
}

static void send_frame(int fd, const struct frame *frame)
{
	while (send(fd, frame, sizeof(*frame), 0) < 0) {
		/* The device's queue is full. */
		if (errno != ENOBUFS)
			err(1, "send");
		usleep(1000);
	}
}

static void sleep_until(const struct timespec *start, long milliseconds)
{
	struct timespec until = *start;

	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += milliseconds % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

int main(int argc, char **argv)
{
	struct frame frame = {
		.header.ether_type = htons(ETHERTYPE_EXPERIMENT),
	};
	int option, fd, different = 0;
	long i, count, burst = 0, rate = 0;
	struct timespec start;

	while ((option = getopt(argc, argv, "ur:")) != -1) {
		if (option == 'u')
			different = 1;
		else if (option == 'r')
			rate = atol(optarg);
		else
			return 2;
	}
	if (argc - optind != 4)
		errx(2, "usage: send-frames [-u] [-r RATE] INTERFACE SOURCE DESTINATION COUNT");
	fd = open_interface(argv[optind]);
	parse_mac(argv[optind + 1], frame.header.ether_shost);
	parse_mac(argv[optind + 2], frame.header.ether_dhost);
	count = atol(argv[optind + 3]);

	/* An emulated guest cannot sleep more than 50 times a second. */
	if (rate > 0)
		burst = rate > 50 ? rate / 50 : 1;
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (i = 0; i < count; i++) {
		if (burst && i % burst == 0)
			sleep_until(&start, i * 1000 / rate);
		send_frame(fd, &frame);
		if (different)
			count_up(frame.header.ether_shost);
	}
	return 0;
}
