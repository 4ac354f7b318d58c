// SPDX-License-Identifier: GPL-2.0-only
/* nvsw stats: counters, or with "watch" how fast they go. */
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "counters.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"
#include "stop.h"

#define WATCH_DEFAULT	1000
#define LINE_WIDTH	79

/**
 * struct row - the counters of one port, host port, or switch
 * @sum: of a whole switch: the bytes are none of its own
 * @interval: milliseconds in which they have gone so far; 0: from the start
 */
struct row {
	struct nvsw_counters counters;
	bool sum;
	long long interval;
};

struct row_list {
	struct row *at;
	size_t count;
	size_t room;
};

/* What is asked for, by ifindex. */
static int only_switch, only_port;

/* Text: where on the screen we are. */
static struct {
	int column;
	int lines;
	int indent;
} place;

static void end_line(bool clear)
{
	out_text("%s\n", clear ? "\033[K" : "");
	place.lines++;
	place.column = 0;
}

static bool in_place(void)
{
	return !out_is_json() && isatty(STDOUT_FILENO);
}

/* A name and a value, on a line where both have room. */
static void text_value(const struct row *row, const char *name, double value)
{
	char text[96];
	int length;

	if (row->interval)
		length = snprintf(text, sizeof(text), " %s %.*f/s", name,
				  value < 1000, value);
	else
		length = snprintf(text, sizeof(text), " %s %.0f", name, value);
	if (place.column + length > LINE_WIDTH) {
		end_line(row->interval && in_place());
		/* The text begins with a blank. */
		place.column = place.indent - 1;
		out_text("%*s", place.column, "");
	}
	out_text("%s", text);
	place.column += length;
}

/* With @always also if it is zero. */
static void print_value(const struct row *row, const char *name, __u64 value,
			bool always)
{
	double rate = row->interval ? 1000.0 * value / row->interval : 0;

	if (!out_is_json()) {
		if (value || (always && !row->interval))
			text_value(row, name, row->interval ? rate : value);
		return;
	}
	if (row->interval)
		out_real(name, rate);
	else
		out_number(name, value);
}

static void print_reasons(const struct row *row)
{
	char name[REFUSAL_NAME];
	unsigned int reason;

	for (reason = 1; reason <= NVSWITCH_DROP_MAX; reason++)
		if (reason_drops(reason))
			print_value(row, word_or_number(&reason_words, reason),
				    row->counters.dropped[reason], false);
	for (reason = 1; reason <= NVSWITCH_DROP_MAX; reason++)
		if (reason_refuses(reason))
			print_value(row, refusal_name(name, reason),
				    row->counters.refused[reason], false);
}

static void text_head(const struct row *row, const char *name)
{
	place.indent = row->sum ? 4 : 6;
	place.column = place.indent - 4 + strlen(name) + 1;
	out_text("%*s", place.indent - 4, "");
	out_color(COLOR_NAME, "%s", name);
	out_text(":");
}

static void json_time(const struct row *row)
{
	struct timespec now;

	if (!row->interval)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	out_real("time", now.tv_sec + now.tv_nsec / 1000000 / 1000.0);
	out_real("seconds", row->interval / 1000.0);
}

static void print_row(const struct row *row)
{
	const struct nvsw_counters *counters = &row->counters;
	const char *port = place_name(counters->ifindex, counters->port);
	int start;
	unsigned int i;

	out_open_object(NULL);
	json_time(row);
	text_head(row, row->sum ? link_name(counters->ifindex) : port);
	start = place.column;
	out_string("switch", link_name(counters->ifindex));
	if (!row->sum)
		out_string("port", port);
	for (i = 0; i < COUNTER_COUNT; i++)
		if (!row->sum ||
		    (i != COUNTER_RX_BYTES && i != COUNTER_TX_BYTES))
			print_value(row, counter_names[i], counters->plain[i],
				    true);
	print_reasons(row);
	if (row->interval && place.column == start)
		out_text(" quiet");
	end_line(row->interval && in_place());
	out_close_object();
}

static void add_row(struct row_list *list, const struct nvsw_counters *counters,
		    bool sum)
{
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		list->at = reallocate(list->at,
				      list->room * sizeof(*list->at));
	}
	list->at[list->count].counters = *counters;
	list->at[list->count].sum = sum;
	list->at[list->count++].interval = 0;
}

static int collect_switch(int ifindex, struct row_list *list)
{
	static struct counter_list ports;
	struct nvsw_counters sum;
	size_t i;
	int error;

	error = counters_of_one(ifindex, true, &sum);
	if (!error)
		error = counters_of_ports(ifindex, &ports);
	if (error)
		return error;
	add_row(list, &sum, true);
	for (i = 0; i < ports.count; i++)
		add_row(list, &ports.at[i], false);
	return 0;
}

static int collect_port(int ifindex, struct row_list *list)
{
	struct nvsw_counters counters;
	int error = counters_of_one(ifindex, false, &counters);

	if (!error)
		add_row(list, &counters, false);
	return error;
}

static int collect(struct row_list *list)
{
	const struct nvsw_link *sw = NULL;
	int error = links_load();

	list->count = 0;
	if (error)
		return error;
	if (only_port)
		return collect_port(only_port, list);
	if (only_switch)
		return collect_switch(only_switch, list);
	while ((sw = link_next_switch(sw))) {
		error = collect_switch(sw->ifindex, list);
		if (error)
			return error;
	}
	return 0;
}

static bool is_same(const struct row *a, const struct row *b)
{
	return a->sum == b->sum && a->counters.port == b->counters.port &&
	       a->counters.ifindex == b->counters.ifindex;
}

static const struct row *find_row(const struct row_list *list,
				  const struct row *like, size_t index)
{
	size_t i;

	if (index < list->count && is_same(&list->at[index], like))
		return &list->at[index];
	for (i = 0; i < list->count; i++)
		if (is_same(&list->at[i], like))
			return &list->at[i];
	return NULL;
}

/* Nothing, if it has been attached anew: then it counts from zero. */
static __u64 gone_since(__u64 now, __u64 before)
{
	return now > before ? now - before : 0;
}

static struct row difference(const struct row *now, const struct row *before,
			     long long interval)
{
	struct row row = *now;
	unsigned int i;

	row.interval = interval;
	for (i = 0; i < COUNTER_COUNT; i++)
		row.counters.plain[i] =
			gone_since(now->counters.plain[i],
				   before->counters.plain[i]);
	for (i = 0; i <= NVSWITCH_DROP_MAX; i++) {
		row.counters.dropped[i] =
			gone_since(now->counters.dropped[i],
				   before->counters.dropped[i]);
		row.counters.refused[i] =
			gone_since(now->counters.refused[i],
				   before->counters.refused[i]);
	}
	return row;
}

/* Lines of the screen; without one as many as it takes. */
static int screen_lines(void)
{
	struct winsize size;

	if (!in_place() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ||
	    !size.ws_row)
		return 0;
	return size.ws_row;
}

static void print_rates(const struct row_list *now,
			const struct row_list *before, long long interval)
{
	int lines = screen_lines();
	size_t i, left = 0;

	place.lines = 0;
	if (lines)
		out_text("\033[H");
	for (i = 0; i < now->count; i++) {
		const struct row *old = find_row(before, &now->at[i], i);
		struct row row;

		if (!old)
			continue;
		row = difference(&now->at[i], old, interval);
		/* A row may take three lines, and one says what is left out. */
		if (lines && place.lines + 4 > lines)
			left++;
		else
			print_row(&row);
	}
	if (left)
		out_text("%zu more are out of sight: nvsw top\033[K", left);
	out_text(lines ? "\033[J" : "\n");
	out_flush();
}

static int watch(unsigned int milliseconds)
{
	struct row_list lists[2] = { };
	unsigned int turn = 0;
	long long then, now;
	int error;

	end_on_signals();
	error = collect(&lists[turn]);
	then = stop_clock();
	if (!error && in_place()) {
		out_text("\033[2J");
		out_flush();
	}
	while (!error) {
		stop_poll(NULL, 0, milliseconds);
		/* Ports may have come, gone or got another name. */
		links_forget();
		turn = !turn;
		error = collect(&lists[turn]);
		now = stop_clock();
		if (!error && now > then)
			print_rates(&lists[turn], &lists[!turn], now - then);
		then = now;
	}
	return nl_refused(error);
}

static int show(void)
{
	struct row_list list = { };
	int error = collect(&list);
	size_t i;

	if (error)
		return nl_refused(error);
	out_open_array(NULL);
	for (i = 0; i < list.count; i++)
		print_row(&list.at[i]);
	out_close_array();
	return NVSW_DONE;
}

static int run(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	const struct nvsw_link *port = arg_link(args, "dev");
	const struct value *value = arg_get(args, "watch");

	if (sw && port)
		return misuse("stats takes either SWITCH or dev DEV");
	only_switch = sw ? sw->ifindex : 0;
	only_port = port ? port->ifindex : 0;
	if (!value)
		return show();
	return watch(value->number ? value->number : WATCH_DEFAULT);
}

static const struct arg stats_args[] = {
	{
		.name = "dev",
		.type = ARG_PORT_OR_SWITCH,
	}, {
		.name = "watch",
		.type = ARG_SECONDS,
		.flags = BARE,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.summary = "Show counters of switches and ports, or what they count in a second",
		.args = { any_switch_arg, stats_args },
		.run = run,
	},
	{ }
};

const struct command stats_command = {
	.name = "stats",
	.summary = "counters, or with watch their rates",
	.verbs = verbs,
};
