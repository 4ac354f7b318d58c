// SPDX-License-Identifier: GPL-2.0-only
/* nvsw monitor: events, as they come. */
#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "event.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"
#include "stop.h"

/**
 * struct monitor - who listens to what
 * @wanted: ifindex of the switch, 0 for all
 * @stamped: each event says when it came
 * @gone: the switch that was asked for is no more
 */
struct monitor {
	int wanted;
	bool stamped;
	bool gone;
};

/* What has been created since the links were read has no name yet. */
static const char *name_of(int ifindex)
{
	if (ifindex && !link_by_index(ifindex))
		links_forget();
	return link_name(ifindex);
}

static const char *port_of(const struct nvsw_event *event)
{
	if (!event_has(event, NVSWITCH_A_PORT))
		return NULL;
	if (event->port == event->ifindex)
		return "host";
	return event->port_name[0] ? event->port_name : name_of(event->port);
}

static const char *other_of(const struct nvsw_event *event, int port)
{
	return port == event->ifindex ? "host" : name_of(port);
}

static void print_time(void)
{
	struct timespec now;
	char text[32];
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	if (out_is_json()) {
		out_real("time", now.tv_sec + now.tv_nsec / 1000000 / 1000.0);
		return;
	}
	out_color(COLOR_DIM, "%s.%06ld ", text, now.tv_nsec / 1000);
}

static void print_word(const struct nvsw_event *event, unsigned int attr,
		       const char *key, enum color color,
		       const struct words *words, unsigned int value)
{
	if (!event_has(event, attr))
		return;
	out_text(" ");
	put_string(key, color, word_or_number(words, value));
}

static void print_mac(const struct nvsw_event *event, unsigned int attr,
		      const char *before, const char *key, const __u8 *mac)
{
	if (!event_has(event, attr))
		return;
	out_text("%s", before);
	put_mac(key, mac);
}

static void print_vlan_of(const struct nvsw_event *event)
{
	if (!event_has(event, NVSWITCH_A_VID))
		return;
	out_text(" vlan ");
	put_number("vlan", event->vid);
}

static void print_port(const struct nvsw_event *event)
{
	const char *port = port_of(event);

	if (!port)
		return;
	out_text(" ");
	put_string("port", COLOR_NAME, port);
}

static void print_other(const struct nvsw_event *event, unsigned int attr,
			const char *before, const char *key, int port)
{
	if (!event_has(event, attr))
		return;
	out_text("%s", before);
	put_string(key, COLOR_NAME, other_of(event, port));
}

static void print_addresses(const struct nvsw_event *event)
{
	print_mac(event, NVSWITCH_A_SRC, " ", "src", event->src);
	print_mac(event, NVSWITCH_A_DST, " -> ", "dst", event->dst);
	print_mac(event, NVSWITCH_A_MAC, " ", "mac", event->mac);
	print_vlan_of(event);
}

/* Where an address was, and what it was there. */
static void print_old(const struct nvsw_event *event)
{
	bool told = event_has(event, NVSWITCH_A_OLD_PORT);

	print_other(event, NVSWITCH_A_OLD_PORT, " from ", "old_port",
		    event->old_port);
	if (event_has(event, NVSWITCH_A_OLD_KIND))
		out_text(told ? "" : " from");
	print_word(event, NVSWITCH_A_OLD_KIND, "old_kind", COLOR_NONE,
		   &kind_words, event->old_kind);
	if (event_has(event, NVSWITCH_A_TRIAL)) {
		out_bool("trial", true);
		out_text(", on trial");
	}
}

static void print_subject(const struct nvsw_event *event)
{
	print_word(event, NVSWITCH_A_ACTION, "action", COLOR_NONE,
		   &action_words, event->action);
	if (event_has(event, NVSWITCH_A_GROUP)) {
		out_string("group", event->group);
		out_text(" group ");
		out_name(event->group);
	}
	if (event_has(event, NVSWITCH_A_PORT) &&
	    event->event == NVSWITCH_EVENT_CONFIG)
		out_text(" port");
	else if (event->event == NVSWITCH_EVENT_CONFIG &&
		 !event_has(event, NVSWITCH_A_GROUP))
		out_text(" switch");
	else if (event->event == NVSWITCH_EVENT_UPLINK && !port_of(event))
		out_text(" none");
	print_port(event);
}

static void print_suppressed(const struct nvsw_event *event)
{
	if (!event_has(event, NVSWITCH_A_SUPPRESSED))
		return;
	out_text(" (");
	put_number("suppressed", event->suppressed);
	out_text(" more before it)");
}

static void print_event(const struct nvsw_event *event)
{
	bool bad = event->event == NVSWITCH_EVENT_DROP;

	put_string("switch", COLOR_NAME, name_of(event->ifindex));
	out_text(": ");
	put_string("event", bad ? COLOR_BAD : COLOR_NONE,
		   word_or_number(&event_words, event->event));
	print_word(event, NVSWITCH_A_REASON, "reason", COLOR_BAD,
		   &reason_words, event->reason);
	print_word(event, NVSWITCH_A_REFUSAL, "refusal", COLOR_BAD,
		   &reason_words, event->refusal);
	print_subject(event);
	print_addresses(event);
	print_word(event, NVSWITCH_A_KIND, "kind", COLOR_NONE, &kind_words,
		   event->kind);
	print_old(event);
	print_other(event, NVSWITCH_A_OTHER_PORT, ", it is that of ",
		    "other_port", event->other_port);
	if (event_has(event, NVSWITCH_A_LIMIT)) {
		out_text(" limit ");
		put_number("limit", event->limit);
	}
	print_suppressed(event);
}

static void begin_line(const struct monitor *monitor)
{
	out_open_object(NULL);
	if (monitor->stamped)
		print_time();
}

/* A line is of use when it comes, not when there are many. */
static void end_line(void)
{
	out_close_object();
	out_text("\n");
	out_flush();
}

static bool take_event(const struct nlmsghdr *n, void *arg)
{
	struct monitor *monitor = arg;
	struct nvsw_event event;

	if (!decode_event(n, &event) ||
	    (monitor->wanted && event.ifindex != monitor->wanted))
		return true;
	begin_line(monitor);
	print_event(&event);
	end_line();
	if (event_is_of_switch(&event, NVSWITCH_ACTION_ADD))
		name_of(event.ifindex);
	if (event_is_of_switch(&event, NVSWITCH_ACTION_DEL) && monitor->wanted)
		monitor->gone = true;
	return !monitor->gone;
}

static void say_lost(const struct monitor *monitor)
{
	begin_line(monitor);
	out_string("event", "lost");
	out_color(COLOR_BAD, "events were lost (listener too slow)");
	end_line();
}

/* Returns false when there is nobody left to tell. */
static bool wait_for_event(int fd)
{
	struct pollfd polls[] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = STDOUT_FILENO },
	};

	while (poll(polls, ARRAY_SIZE(polls), -1) < 0)
		if (errno != EINTR)
			return false;
	return !(polls[1].revents & (POLLERR | POLLHUP | POLLNVAL));
}

static int listen_to(int fd, struct monitor *monitor)
{
	int error;

	while (wait_for_event(fd)) {
		error = genl_receive(take_event, monitor);
		if (error == -ENOBUFS)
			say_lost(monitor);
		else if (error)
			return nl_refused(error);
		if (monitor->gone) {
			warn("%s is gone", name_of(monitor->wanted));
			return NVSW_DONE;
		}
	}
	return NVSW_DONE;
}

static int run(const struct args *args)
{
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	struct monitor monitor = {
		.wanted = sw ? sw->ifindex : 0,
		.stamped = arg_given(args, "timestamp"),
	};
	int error, fd;

	end_on_signals();
	fd = genl_listen();
	if (fd < 0)
		return nl_refused(fd);
	/* The names of what may be gone when it is spoken of. */
	error = links_load();
	return error ? nl_refused(error) : listen_to(fd, &monitor);
}

static const struct arg monitor_args[] = {
	{
		.name = "timestamp",
		.type = ARG_FLAG,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.summary = "Print events, one a line, until it is interrupted",
		.args = { any_switch_arg, monitor_args },
		.run = run,
	},
	{ }
};

const struct command monitor_command = {
	.name = "monitor",
	.summary = "events, one a line",
	.verbs = verbs,
};
