// SPDX-License-Identifier: GPL-2.0-only
/*
 * mayhem SECONDS SEED: torture the module, in rounds. Each ends with a verdict
 * at rest, and with the module being unloaded under the senders' fire.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "judge.h"

#define ROUND_SECONDS	8
#define UNLOAD_TRIES	3000

enum check { BALANCE, DEVICES, TABLE, ENTRIES, UNLOAD, RELEASED, MEMORY,
	     VARIETY, CHECKS };

static const char *const titles[CHECKS] = {
	[BALANCE] = "every frame and every copy has one end, and is counted once",
	[DEVICES] = "ports have received what was sent, and sent what they say",
	[TABLE] = "the table's counts are those of its entries",
	[ENTRIES] = "no entry outlives its table",
	[UNLOAD] = "the module can be unloaded under traffic",
	[RELEASED] = "it leaves devices as they were",
	[MEMORY] = "no memory is kept",
	[VARIETY] = "every kind of change has succeeded",
};

static bool passed[CHECKS];

static void *(*const bodies[])(void *seed) = {
	changer, changer, asker, listener, sheller, perisher,
};

#define BODIES	(sizeof(bodies) / sizeof(*bodies))

/**
 * struct world - what the main thread has
 * @rtnl: beside the switches
 * @genl: the same
 * @guests: among the guests
 * @dice: for the rounds
 * @threads: those that make mayhem
 * @round: number of the round
 */
struct world {
	struct nl rtnl;
	struct nl genl;
	struct nl guests;
	struct dice dice;
	pthread_t threads[BODIES];
	unsigned int round;
};

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void load(struct world *w)
{
	if (system("modprobe nvswitch"))
		die("modprobe");
	genl_resolve(&w->genl);
}

/* Whoever still holds it lets it go soon. */
static bool unload(void)
{
	int i;

	for (i = 0; i < UNLOAD_TRIES; i++) {
		if (!syscall(SYS_delete_module, "nvswitch", O_NONBLOCK))
			return true;
		if (errno != EAGAIN)
			break;
		usleep(10000);
	}
	return complain("the module cannot be unloaded: %s", strerror(errno));
}

static void create(struct world *w, struct slot *slot)
{
	errno = -slot_create(&w->rtnl, &w->guests, slot);
	if (errno)
		die("create");
}

/* Its guest may have taken another one's address in the round before. */
static void attach_anchor(struct world *w, int i)
{
	__u8 mac[6];
	int err;

	station(mac, i);
	if (slots[i].kind == VETH)
		link_set_address(&w->guests, slots[i].other, mac);
	err = link_set_master(&w->rtnl, slots[i].ifindex, switches[0]);

	if (!err && i >= FIRST_WIRE)
		err = port_make_uplink(&w->genl, slots[i].ifindex);
	if (!err && i >= FIRST_WIRE)
		err = link_set_up(&w->guests, slots[i].other, true);
	errno = -err;
	if (err)
		die(slots[i].name);
}

/* The senders are held. */
static void prepare(struct world *w)
{
	int i;

	load(w);
	for (i = 0; i < SWITCHES; i++)
		if (switch_create(&w->rtnl, &w->dice, i))
			die("switch");
	for (i = 0; i < SLOTS; i++)
		if (!slots[i].ifindex && slots[i].kind != FOREIGN)
			create(w, &slots[i]);
	wait_for_backlog();
	for (i = 0; i < ANCHORS; i++)
		attach_anchor(w, i);
	judge_begin(&w->rtnl);
}

static void begin_mayhem(struct world *w)
{
	unsigned int i;

	mayhem = true;
	for (i = 0; i < BODIES; i++)
		if (pthread_create(&w->threads[i], NULL, bodies[i],
				   (void *)(unsigned long)dice_draw(&w->dice)))
			die("thread");
}

static void end_mayhem(struct world *w)
{
	unsigned int i;

	mayhem = false;
	for (i = 0; i < BODIES; i++)
		pthread_join(w->threads[i], NULL);
}

/* While everybody goes on: whoever creates a switch then loads it again. */
static void unload_amidst(struct world *w)
{
	passed[UNLOAD] &= unload();
	load(w);
	switch_create(&w->rtnl, &w->dice, 0);
	switch_create(&w->rtnl, &w->dice, 1);
}

static void judge(struct world *w, bool whole)
{
	passed[BALANCE] &= wait_for_rest(&w->genl);
	passed[BALANCE] &= judge_balance(&w->genl);
	passed[BALANCE] &= sums_have_grown() ||
			   complain("the sum of a switch has become less");
	if (whole)
		passed[DEVICES] &= judge_devices(&w->rtnl, &w->genl);
	passed[TABLE] &= judge_table(&w->rtnl, &w->genl);
}

static void delete_switches(struct world *w)
{
	int i;

	for (i = 0; i < SWITCHES; i++)
		link_delete(&w->rtnl, switches[i]);
	passed[ENTRIES] &= judge_entries();
}

/* With the switches gone before it, or with it. */
static void end_module(struct world *w)
{
	int i;

	if (w->round % 4)
		delete_switches(w);
	passed[UNLOAD] &= unload();
	for (i = 0; i < SWITCHES; i++)
		switches[i] = 0;
	passed[RELEASED] &= judge_released(&w->rtnl);
	passed[MEMORY] &= judge_memory(w->round == 1);
}

static void one_round(struct world *w)
{
	bool whole = ++w->round % 3;

	gso = w->round % 2;
	prepare(w);
	senders_release();
	begin_mayhem(w);
	usleep(ROUND_SECONDS * 1000000 / 2);
	if (!whole)
		unload_amidst(w);
	usleep(ROUND_SECONDS * 1000000 / 2);
	end_mayhem(w);
	senders_hold();
	judge(w, whole);
	senders_release();
	end_module(w);
	senders_hold();
	printf("# round %u: %lu frames, %lu changes, %lu questions, %lu dead namespaces so far\n",
	       w->round, frames_sent(), changes_made(), questions_asked(),
	       namespaces_died());
	fflush(stdout);
}

/* Each sort of round at least, and on a slow machine until all has been tried. */
static bool is_enough(const struct world *w, double seconds, double gone)
{
	if (gone < seconds - ROUND_SECONDS / 2 || w->round < 3)
		return false;
	return everything_happened() || gone > 4 * seconds;
}

static void make_rounds(struct world *w, double seconds)
{
	double begin = now();

	while (!is_enough(w, seconds, now() - begin))
		one_round(w);
	seconds = now() - begin;
	printf("# %u rounds in %.0f s: %.0f frames/s, %.0f changes/min, %.0f questions/min\n",
	       w->round, seconds, frames_sent() / seconds,
	       changes_made() / seconds * 60, questions_asked() / seconds * 60);
}

static int report(void)
{
	int failed = 0;
	int i;

	for (i = 0; i < CHECKS; i++) {
		printf("%sok %d - %s\n", passed[i] ? "" : "not ", i + 1,
		       titles[i]);
		failed += !passed[i];
	}
	return failed ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct world w = {};
	__u64 seed;
	int i;

	if (argc != 3)
		return 2;
	seed = strtoull(argv[2], NULL, 0);
	dice_seed(&w.dice, seed, 0);
	for (i = 0; i < CHECKS; i++)
		passed[i] = true;
	world_init();
	nl_open(&w.rtnl, NETLINK_ROUTE);
	nl_open(&w.genl, NETLINK_GENERIC);
	guests_open(&w.guests);
	senders_start(seed);
	make_rounds(&w, atof(argv[1]));
	senders_release();
	senders_stop();
	for (i = 0; i < SLOTS; i++)
		slot_destroy(&w.rtnl, &w.guests, &slots[i], false);
	changes_report();
	passed[VARIETY] = everything_happened();
	return report();
}
