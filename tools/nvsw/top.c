// SPDX-License-Identifier: GPL-2.0-only
/* nvsw top: which ports are busy, and who is refused, live. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "event.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"
#include "stop.h"
#include "top.h"

#define INTERVAL	1000

static struct top top;
static int only_switch;
/* The configuration has changed: names may have. */
static bool is_stale;

static double per_second(__u64 now, __u64 before, long long interval)
{
	return now > before ? (now - before) * 1000.0 / interval : 0;
}

static struct top_row *add_row(const struct nvsw_counters *counters)
{
	struct top_row *row;

	if (top.count == top.room) {
		top.room = top.room ? 2 * top.room : 64;
		top.row = reallocate(top.row, top.room * sizeof(*top.row));
	}
	row = &top.row[top.count++];
	memset(row, 0, sizeof(*row));
	snprintf(row->name, sizeof(row->name), "%s",
		 place_name(counters->ifindex, counters->port));
	snprintf(row->sw, sizeof(row->sw), "%s", link_name(counters->ifindex));
	return row;
}

/* A counter whose rate is one of the columns. */
static const struct {
	enum top_column column;
	enum counter counter;
} counted[] = {
	{ TOP_FROM_PACKETS, COUNTER_RECEIVED },
	{ TOP_TO_PACKETS, COUNTER_COPIES_TRANSMITTED },
	{ TOP_DROPS, COUNTER_DROPPED },
	{ TOP_REFUSED, COUNTER_COPIES_REFUSED },
};

static double megabits(__u64 now, __u64 before, long long interval)
{
	return per_second(now, before, interval) * 8 / 1000000;
}

static void compare(const struct nvsw_counters *now,
		    const struct nvsw_counters *before, long long interval)
{
	double *rate = add_row(now)->rate;
	unsigned int i;

	if (!before || interval <= 0)
		return;
	for (i = 0; i < ARRAY_SIZE(counted); i++) {
		enum counter counter = counted[i].counter;

		rate[counted[i].column] = per_second(now->plain[counter],
						     before->plain[counter],
						     interval);
	}
	rate[TOP_FROM_BITS] = megabits(bytes_from(now), bytes_from(before),
				       interval);
	rate[TOP_TO_BITS] = megabits(bytes_to(now), bytes_to(before), interval);
	for (i = 0; i < TOP_COLUMNS; i++)
		top.total[i] += rate[i];
	for (i = 0; i <= NVSWITCH_DROP_MAX; i++) {
		top.dropped[i] += per_second(now->dropped[i],
					     before->dropped[i], interval);
		top.refused[i] += per_second(now->refused[i],
					     before->refused[i], interval);
	}
}

static double rank(const struct top_row *row)
{
	switch (top.order) {
	case TOP_BY_BITS:
		return row->rate[TOP_FROM_BITS] + row->rate[TOP_TO_BITS];
	case TOP_BY_DROPS:
		return row->rate[TOP_DROPS];
	case TOP_BY_REFUSED:
		return row->rate[TOP_REFUSED];
	case TOP_BY_NAME:
		return 0;
	default:
		return row->rate[TOP_FROM_PACKETS] +
		       row->rate[TOP_TO_PACKETS];
	}
}

/* The busiest first; of equals, by name as people count: vnet2, vnet10. */
static int by_order(const void *a, const void *b)
{
	const struct top_row *first = a, *second = b;
	double x = rank(first), y = rank(second);
	int names;

	if (x != y)
		return x < y ? 1 : -1;
	names = strverscmp(first->name, second->name);
	return names ? names : strverscmp(first->sw, second->sw);
}

static void sort_rows(void)
{
	qsort(top.row, top.count, sizeof(*top.row), by_order);
}

static void set_title(void)
{
	const struct nvsw_link *sw = link_next_switch(NULL);

	top.many = !only_switch && sw && link_next_switch(sw);
	if (only_switch)
		snprintf(top.title, sizeof(top.title), "%s",
			 link_name(only_switch));
	else
		snprintf(top.title, sizeof(top.title), "%s",
			 top.many ? "all switches" : sw ? sw->name :
							  "no switch");
}

/* What has changed since the last sample. */
static int sample(void)
{
	static struct counter_list lists[2];
	static unsigned int turn;
	static long long then;
	long long now;
	int error;
	size_t i;

	if (is_stale)
		links_forget();
	is_stale = false;
	turn = !turn;
	error = links_load();
	if (!error)
		error = counters_of_ports(only_switch, &lists[turn]);
	if (error)
		return error;
	now = stop_clock();
	top.count = 0;
	memset(top.total, 0, sizeof(top.total));
	memset(top.dropped, 0, sizeof(top.dropped));
	memset(top.refused, 0, sizeof(top.refused));
	for (i = 0; i < lists[turn].count; i++) {
		const struct nvsw_counters *counters = &lists[turn].at[i];

		if (!link_by_index(counters->port))
			is_stale = true;
		compare(counters, counters_find(&lists[!turn], counters->port,
						i), now - then);
	}
	then = now;
	set_title();
	sort_rows();
	return 0;
}

/* What is said of a drop: like ones are told by it. */
static void describe_drop(char *text, size_t size,
			  const struct nvsw_event *event)
{
	bool host = event->port == event->ifindex;
	char src[MAC_TEXT], dst[MAC_TEXT];
	char vlan[16] = "";

	if (event->vid)
		snprintf(vlan, sizeof(vlan), " vlan %u", event->vid);
	snprintf(text, size, "%s %s %s -> %s%s",
		 host ? "host" : event->port_name,
		 word_or_number(&reason_words, event->reason),
		 mac_text(src, event->src), mac_text(dst, event->dst), vlan);
}

static void see_drop(const struct nvsw_event *event)
{
	struct top_seen seen = { };
	time_t now = time(NULL);
	unsigned int i;
	struct tm tm;

	describe_drop(seen.text, sizeof(seen.text), event);
	localtime_r(&now, &tm);
	strftime(seen.time, sizeof(seen.time), "%H:%M:%S", &tm);
	for (i = 0; i < TOP_SEEN - 1; i++)
		if (!strcmp(top.seen[i].text, seen.text))
			break;
	if (!strcmp(top.seen[i].text, seen.text))
		seen.times = top.seen[i].times;
	seen.times += 1 + event->suppressed;
	memmove(&top.seen[1], &top.seen[0], i * sizeof(seen));
	top.seen[0] = seen;
}

static bool take_event(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_event event;

	(void)arg;
	if (!decode_event(n, &event) ||
	    (only_switch && event.ifindex != only_switch))
		return true;
	if (event.event == NVSWITCH_EVENT_CONFIG)
		is_stale = true;
	if (event.event == NVSWITCH_EVENT_DROP)
		see_drop(&event);
	return true;
}

static int take_events(void)
{
	int error = genl_receive(take_event, NULL);

	if (error != -ENOBUFS)
		return error;
	top.lost = true;
	return 0;
}

/* Returns false when it is to end. */
static bool take_keys(void)
{
	enum top_key key;

	while ((key = screen_key(&top)) != TOP_KEY_NONE) {
		if (key == TOP_KEY_QUIT)
			return false;
		sort_rows();
		screen_draw(&top);
	}
	return true;
}

/* One interval: keys and events as they come. */
static int wait_for_sample(int events, bool *end)
{
	long long until = stop_clock() + INTERVAL;
	struct pollfd polls[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = events, .events = POLLIN },
	};

	while (!*end) {
		long long left = until - stop_clock();
		int error;

		if (left <= 0)
			return 0;
		if (stop_poll(polls, ARRAY_SIZE(polls), left) < 0)
			return -errno;
		error = polls[1].revents ? take_events() : 0;
		if (error)
			return error;
		*end = stop_asked() || !take_keys() ||
		       polls[0].revents & (POLLHUP | POLLERR | POLLNVAL);
	}
	return 0;
}

static int show(int events)
{
	bool end = false;
	int error = sample();

	while (!error && !end) {
		screen_draw(&top);
		error = wait_for_sample(events, &end);
		if (!error && !end)
			error = sample();
	}
	return error;
}

static int run(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	int events, error;

	only_switch = sw ? sw->ifindex : 0;
	if (out_is_json())
		return misuse("top is for people: nvsw -j stats watch is for programs");
	events = genl_listen();
	if (events < 0)
		return nl_refused(events);
	if (!screen_open())
		return NVSW_USAGE;
	stop_on_signals();
	error = show(events);
	screen_close();
	return error ? nl_refused(error) : NVSW_DONE;
}

static const struct verb verbs[] = {
	{
		.summary = "Show live which ports are busy, what is dropped, and who was refused",
		.args = { any_switch_arg },
		.run = run,
	},
	{ }
};

const struct command top_command = {
	.name = "top",
	.summary = "live: ports by rate, drops by reason",
	.verbs = verbs,
};
