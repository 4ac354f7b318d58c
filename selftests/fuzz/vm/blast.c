// SPDX-License-Identifier: GPL-2.0-only
/*
 * blast: send random frames, and look at what arrives. A coprocess of `frames`,
 * which sets up what there is. Reads a command a line, and answers "ok" or "no",
 * and what there is to say:
 *
 *   tap NAME PORT MAC FD HEADER	an end: a tap
 *   packet NAME PORT MAC NAMESPACE DEVICE	one: the far side of a port
 *   upper NAME PORT MAC NAMESPACE DEVICE	one that only sends
 *   station MAC / vid N		what frames are made of
 *   clear				forget all ends
 *   rules PORT MTU MAC|- [untagged] [silent]	what must hold of a port
 *   run SEED COUNT			send random frames
 *   one SEED				send one, and say what it is
 *   send NAME WAY VNET FRAME		send this one, written as `one` does
 *   drain				look at what has arrived since
 *
 * "no" means that something has arrived that must not.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "blast.h"

/* What has arrived is looked at after so many frames. */
#define LOOK_EVERY	32

static struct blast blast;
static struct sample sample;
static char said[FRAME_MAX * 2 + 256];

/* Vigna's splitmix64. */
__u64 random_next(struct random *r)
{
	__u64 z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static unsigned int hex_decode(const char *text, void *data, unsigned int room)
{
	unsigned char *to = data;
	unsigned int length = 0;

	for (; text[0] && text[1] && length < room; text += 2)
		length += sscanf(text, "%2hhx", &to[length]) == 1;
	return length;
}

static unsigned int hex_encode(const void *data, unsigned int length, char *text)
{
	const unsigned char *from = data;
	unsigned int i;

	text[0] = '\0';
	for (i = 0; i < length; i++)
		sprintf(text + 2 * i, "%02x", from[i]);
	return 2 * length;
}

/* The ends */

static struct end *end_new(const char *name, const char *port, const char *mac)
{
	struct end *e = &blast.ends[blast.end_count];

	if (blast.end_count == ENDS_MAX)
		return NULL;
	*e = (struct end){ .port = atoi(port) };
	snprintf(e->name, sizeof(e->name), "%s", name);
	hex_decode(mac, e->address, MAC_LEN);
	return e;
}

static bool do_tap(char **words)
{
	struct end *e = end_new(words[1], words[2], words[3]);

	if (!e || !end_open_tap(e, atoi(words[4]), atoi(words[5])))
		return false;
	blast.end_count++;
	return true;
}

static bool do_packet(char **words)
{
	struct end *e = end_new(words[1], words[2], words[3]);

	if (!e || setns(atoi(words[4]), CLONE_NEWNET) ||
	    !end_open_packet(e, words[5], words[0][0] == 'p'))
		return false;
	blast.end_count++;
	return true;
}

static bool do_clear(char **words)
{
	unsigned int i, way;

	(void)words;
	for (i = 0; i < blast.end_count; i++) {
		struct end *e = &blast.ends[i];

		/* A tap belongs to whoever has made it. */
		if (e->fd[WAY_WRITE] >= 0)
			continue;
		for (way = 0; way < WAYS; way++)
			close(e->fd[way]);
		close(e->input);
		munmap(e->ring, RING_SIZE);
	}
	memset(&blast, 0, sizeof(blast));
	return true;
}

/* What frames are made of, and what must hold */

static bool do_station(char **words)
{
	if (blast.station_count == STATIONS_MAX)
		return false;
	hex_decode(words[1], blast.stations[blast.station_count++], MAC_LEN);
	return true;
}

static bool do_vid(char **words)
{
	if (blast.vid_count == VIDS_MAX)
		return false;
	blast.vids[blast.vid_count++] = atoi(words[1]);
	return true;
}

static bool do_rules(char **words)
{
	unsigned int port = atoi(words[1]);
	struct rules *rules;
	unsigned int i;

	if (port >= ENDS_MAX)
		return false;
	rules = &blast.rules[port];
	*rules = (struct rules){ .mtu = atoi(words[2]) };
	rules->bound = hex_decode(words[3], rules->source, MAC_LEN) == MAC_LEN;
	for (i = 4; words[i]; i++) {
		if (!strcmp(words[i], "untagged"))
			rules->untagged = true;
		else if (!strcmp(words[i], "silent"))
			rules->silent = true;
	}
	return true;
}

/* Frames */

static enum send_way random_way(const struct end *e, struct random *r)
{
	enum send_way way;

	do
		way = random_below(r, WAYS);
	while (e->fd[way] < 0);
	return way;
}

static void send_sample(struct end *e, enum send_way way, struct random *r)
{
	if (end_send(e, way, &sample, r))
		blast.sent++;
	else
		blast.refused++;
}

static struct end *random_frame(struct random *r, enum send_way *way)
{
	struct end *e = &blast.ends[random_below(r, blast.end_count)];

	generate(&blast, e, r, &sample);
	*way = random_way(e, r);
	return e;
}

static bool report(void)
{
	bool fine = !blast.wrong[0];

	snprintf(said, sizeof(said), "%lu %lu %lu %s",
		 blast.sent, blast.refused, blast.received, blast.wrong);
	blast.sent = 0;
	blast.refused = 0;
	blast.received = 0;
	blast.wrong[0] = '\0';
	return fine;
}

static bool do_run(char **words)
{
	struct random r = { strtoull(words[1], NULL, 0) };
	unsigned int count = atoi(words[2]), i;

	if (!blast.end_count || !blast.station_count || !blast.vid_count)
		return false;
	for (i = 1; i <= count; i++) {
		enum send_way way;
		struct end *e = random_frame(&r, &way);

		send_sample(e, way, &r);
		if (i % LOOK_EVERY == 0)
			receive_all(&blast);
	}
	receive_all(&blast);
	return report();
}

static bool do_one(char **words)
{
	struct random r = { strtoull(words[1], NULL, 0) };
	unsigned int at;
	struct end *e;
	enum send_way way;

	if (!blast.end_count || !blast.station_count || !blast.vid_count)
		return false;
	e = random_frame(&r, &way);
	send_sample(e, way, &r);
	at = sprintf(said, "%s %u ", e->name, way);
	at += hex_encode(&sample.vnet, sizeof(sample.vnet), said + at);
	said[at++] = ' ';
	hex_encode(sample.data, sample.length, said + at);
	return true;
}

static bool do_send(char **words)
{
	struct random r = { 1 };
	unsigned int i, way = atoi(words[2]);

	memset(&sample.vnet, 0, sizeof(sample.vnet));
	hex_decode(words[3], &sample.vnet, sizeof(sample.vnet));
	sample.length = words[4] ? hex_decode(words[4], sample.data, FRAME_MAX) :
				   0;
	for (i = 0; i < blast.end_count; i++) {
		struct end *e = &blast.ends[i];

		if (!strcmp(e->name, words[1]) && way < WAYS && e->fd[way] >= 0)
			send_sample(e, way, &r);
	}
	receive_all(&blast);
	return report();
}

static bool do_drain(char **words)
{
	(void)words;
	receive_all(&blast);
	return report();
}

static const struct {
	const char *name;
	int words;
	bool (*run)(char **words);
} commands[] = {
	{ "tap", 6, do_tap },
	{ "packet", 6, do_packet },
	{ "upper", 6, do_packet },
	{ "clear", 1, do_clear },
	{ "station", 2, do_station },
	{ "vid", 2, do_vid },
	{ "rules", 4, do_rules },
	{ "run", 3, do_run },
	{ "one", 2, do_one },
	{ "send", 4, do_send },
	{ "drain", 1, do_drain },
};

static bool command(char *line)
{
	static const char space[] = { ' ', '\n', '\0' };
	char *words[12] = { NULL };
	unsigned int i;
	int count = 0;

	for (words[0] = strtok(line, space); words[count] && count < 10;
	     words[count] = strtok(NULL, space))
		count++;
	said[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (count >= commands[i].words &&
		    !strcmp(words[0], commands[i].name))
			return commands[i].run(words);
	return false;
}

int main(void)
{
	static char line[FRAME_MAX * 2 + 256];

	while (fgets(line, sizeof(line), stdin)) {
		bool fine = command(line);

		printf("%s%s%s\n", fine ? "ok" : "no", said[0] ? " " : "", said);
		fflush(stdout);
	}
	return 0;
}
