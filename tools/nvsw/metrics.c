// SPDX-License-Identifier: GPL-2.0-only
/* nvsw metrics: all that counts, as OpenMetrics text. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "counters.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"

static struct counter_list counters;

/*
 * A family of samples, which must stand together: its name, and what it is. A
 * counter's samples end in _total; a unit is the end of a name.
 */
static void print_family(const char *name, const char *type, const char *unit,
			 const char *help)
{
	out_text("# HELP nvswitch_%s %s\n", name, help);
	out_text("# TYPE nvswitch_%s %s\n", name, type);
	if (unit)
		out_text("# UNIT nvswitch_%s %s\n", name, unit);
}

static void print_label(const char *name, const char *value)
{
	out_text("%s=\"", name);
	while (*value) {
		size_t length = strcspn(value, "\\\"\n");

		out_text("%.*s", (int)length, value);
		value += length;
		if (*value)
			out_text("\\%c", *value == '\n' ? 'n' : *value);
		value += *value != 0;
	}
	out_text("\"");
}

static void begin_sample(const char *name, const char *suffix, int sw, int port)
{
	out_text("nvswitch_%s%s{", name, suffix);
	print_label("switch", link_name(sw));
	if (!port)
		return;
	out_text(",");
	print_label("port", place_name(sw, port));
}

static void end_sample(__u64 value)
{
	out_text("} %" PRIu64 "\n", (uint64_t)value);
}

static void print_counter(enum counter counter, const char *name,
			  const char *unit, const char *help)
{
	size_t i;

	print_family(name, "counter", unit, help);
	for (i = 0; i < counters.count; i++) {
		const struct nvsw_counters *of = &counters.at[i];

		begin_sample(name, "_total", of->ifindex, of->port);
		end_sample(of->plain[counter]);
	}
}

static void print_bytes(const char *name, const char *help,
			__u64 (*value)(const struct nvsw_counters *of))
{
	size_t i;

	print_family(name, "counter", "bytes", help);
	for (i = 0; i < counters.count; i++) {
		const struct nvsw_counters *of = &counters.at[i];

		begin_sample(name, "_total", of->ifindex, of->port);
		end_sample(value(of));
	}
}

static void print_reason(const char *name, const struct nvsw_counters *of,
			 unsigned int reason, __u64 value)
{
	begin_sample(name, "_total", of->ifindex, of->port);
	out_text(",");
	print_label("reason", word_or_number(&reason_words, reason));
	end_sample(value);
}

static void print_drops(void)
{
	unsigned int reason;
	size_t i;

	print_family("dropped", "counter", NULL,
		     "Frames that nobody got, at the port they came from.");
	for (i = 0; i < counters.count; i++)
		for (reason = 1; reason <= NVSWITCH_DROP_MAX; reason++)
			if (reason_drops(reason))
				print_reason("dropped", &counters.at[i], reason,
					     counters.at[i].dropped[reason]);
}

static void print_refusals(void)
{
	unsigned int reason;
	size_t i;

	print_family("refused", "counter", NULL,
		     "Copies that a port offered them did not get.");
	for (i = 0; i < counters.count; i++)
		for (reason = 1; reason <= NVSWITCH_DROP_MAX; reason++)
			if (reason_refuses(reason))
				print_reason("refused", &counters.at[i], reason,
					     counters.at[i].refused[reason]);
}

static void print_counters(void)
{
	print_counter(COUNTER_RECEIVED, "received", NULL,
		      "Frames that entered the switch through the port.");
	print_counter(COUNTER_FORWARDED, "forwarded", NULL,
		      "Frames from the port that somebody got.");
	print_counter(COUNTER_PASSED, "passed", NULL,
		      "Frames that were left to the uplink's own stack.");
	print_drops();
	print_counter(COUNTER_COPIES_OFFERED, "copies_offered", NULL,
		      "Copies that were offered to the port.");
	print_counter(COUNTER_COPIES_TRANSMITTED, "copies_transmitted", NULL,
		      "Copies that were handed to the port's device.");
	print_refusals();
	print_bytes("from_port_bytes", "Bytes that came from the port.",
		    bytes_from);
	print_bytes("to_port_bytes", "Bytes that went to the port.", bytes_to);
}

/* What a switch or a port says of itself; false: it says nothing of that. */
typedef bool (*gauge_t)(const struct nvsw_link *link, double *value);

static bool switch_number(const struct nvsw_switch *sw, unsigned int attr,
			  __u32 number, double *value)
{
	*value = number;
	return has_attr(sw->present, attr);
}

static bool learned(const struct nvsw_link *link, double *value)
{
	return switch_number(&link->sw, IFLA_NVSWITCH_LEARNED,
			     link->sw.learned, value);
}

static bool table_limit(const struct nvsw_link *link, double *value)
{
	return switch_number(&link->sw, IFLA_NVSWITCH_TABLE_LIMIT,
			     link->sw.table_limit, value);
}

static bool remote(const struct nvsw_link *link, double *value)
{
	return switch_number(&link->sw, IFLA_NVSWITCH_REMOTE, link->sw.remote,
			     value);
}

static bool remote_limit(const struct nvsw_link *link, double *value)
{
	return switch_number(&link->sw, IFLA_NVSWITCH_REMOTE_LIMIT,
			     link->sw.remote_limit, value);
}

static bool ports(const struct nvsw_link *link, double *value)
{
	const struct nvsw_link *port = NULL;

	*value = 0;
	while ((port = link_next_port(port, link)))
		++*value;
	return true;
}

static bool ports_up(const struct nvsw_link *link, double *value)
{
	const struct nvsw_link *port = NULL;

	*value = 0;
	while ((port = link_next_port(port, link)))
		*value += link_state(port)[0] == 'u';
	return true;
}

static bool port_up(const struct nvsw_link *link, double *value)
{
	*value = link_state(link)[0] == 'u';
	return true;
}

static bool port_learned(const struct nvsw_link *link, double *value)
{
	*value = link->port.learned;
	return has_attr(link->port.present, IFLA_NVSWITCH_PORT_LEARNED);
}

static bool port_limit(const struct nvsw_link *link, double *value)
{
	*value = link->port.resolved.value[NVSWITCH_POLICY_LEARN_LIMIT];
	return has_attr(link->port.resolved.present,
			NVSWITCH_POLICY_LEARN_LIMIT);
}

static bool mac_refused(const struct nvsw_link *link, double *value)
{
	*value = link->port.mac_state != NVSWITCH_MAC_OK;
	return has_attr(link->port.present, IFLA_NVSWITCH_PORT_MAC_STATE);
}

static bool uplink_active(const struct nvsw_link *link, double *value)
{
	*value = link->port.active;
	return has_attr(link->port.present, IFLA_NVSWITCH_PORT_ACTIVE);
}

static const struct {
	const char *name;
	const char *help;
	gauge_t of_switch;
	gauge_t of_port;
} gauges[] = {
	{ "ports", "Ports that are attached.", ports, NULL },
	{ "ports_up", "Ports that are in service.", ports_up, NULL },
	{ "learned_entries", "Entries that count against table_limit.",
	  learned, NULL },
	{ "table_limit", "Learned entries that there may be.", table_limit,
	  NULL },
	{ "remote_entries", "Addresses seen behind the uplinks.", remote,
	  NULL },
	{ "remote_limit", "Remote entries that there may be.", remote_limit,
	  NULL },
	{ "port_up", "Whether the port is in service.", NULL, port_up },
	{ "port_learned_entries", "Entries that count against learn_limit.",
	  NULL, port_learned },
	{ "port_learn_limit", "Learned entries that it may have, 0: any.",
	  NULL, port_limit },
	{ "port_mac_refused", "Whether its requested MAC is refused.", NULL,
	  mac_refused },
	{ "uplink_active", "Whether the uplink is the active one.", NULL,
	  uplink_active },
};

static void print_gauge(const char *name, const struct nvsw_link *sw,
			const struct nvsw_link *port, gauge_t gauge)
{
	double value;

	if (!gauge(port ? port : sw, &value))
		return;
	begin_sample(name, "", sw->ifindex, port ? port->ifindex : 0);
	end_sample(value);
}

static void print_gauges(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(gauges); i++) {
		const struct nvsw_link *sw = NULL;

		print_family(gauges[i].name, "gauge", NULL, gauges[i].help);
		while ((sw = link_next_switch(sw))) {
			const struct nvsw_link *port = NULL;

			if (gauges[i].of_switch)
				print_gauge(gauges[i].name, sw, NULL,
					    gauges[i].of_switch);
			while (gauges[i].of_port &&
			       (port = link_next_port(port, sw)))
				print_gauge(gauges[i].name, sw, port,
					    gauges[i].of_port);
		}
	}
}

static int run(const struct args *args)
{
	int error;

	(void)args;
	if (out_is_json())
		return misuse("metrics has a format of its own: nvsw -j stats says the same as JSON");
	error = counters_of_ports(0, &counters);
	if (!error)
		error = links_load();
	if (error)
		return nl_refused(error);
	print_counters();
	print_gauges();
	out_text("# EOF\n");
	return NVSW_DONE;
}

static const struct verb verbs[] = {
	{
		.summary = "Print counters and gauges of all switches, for node_exporter's textfile collector",
		.run = run,
	},
	{ }
};

const struct command metrics_command = {
	.name = "metrics",
	.summary = "OpenMetrics text",
	.verbs = verbs,
};
