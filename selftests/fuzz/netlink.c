// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of the kernel. An input is one message; what its header says of its
 * length is put right, as the receiver's loop sees to that. Every decoder gets
 * it, and what they make of it is printed.
 */
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "counters.h"
#include "decode.h"
#include "event.h"
#include "explain.h"
#include "fields.h"
#include "fuzz.h"
#include "out.h"

static bool ends(const char *text, size_t size)
{
	return memchr(text, 0, size);
}

static void check_vlan(const struct nvsw_vlan *vlan)
{
	static char text[TRUNK_TEXT];

	must(strlen(trunk_text(text, vlan)) < sizeof(text));
}

static void try_link(const struct nlmsghdr *n)
{
	static struct nvsw_link link;

	if (!decode_link(n, &link))
		return;
	must(link.ifindex > 0 && ends(link.name, sizeof(link.name)));
	if (link.kind == LINK_PORT) {
		must(ends(link.port.group, sizeof(link.port.group)));
		must(link.port.rx_multicast.count <= NVSWITCH_RX_GROUPS_MAX);
		check_vlan(&link.port.vlan);
		check_vlan(&link.port.vlan_resolved);
		json_port(&link.port);
	} else if (link.kind == LINK_SWITCH) {
		/* To name a device means to ask the kernel. */
		link.sw.present &= ~(1U << IFLA_NVSWITCH_ACTIVE_UPLINK);
		json_switch(&link.sw);
	}
}

static void try_group(const struct nlmsghdr *n)
{
	static struct nvsw_group group;

	if (!decode_group(n, &group))
		return;
	must(group.name[0] && ends(group.name, sizeof(group.name)));
	check_vlan(&group.vlan);
	json_group(&group);
}

static void try_entries(const struct nlmsghdr *n)
{
	struct nvsw_allow allow;
	struct nvsw_fdb fdb;

	if (decode_fdb(n, &fdb))
		must(fdb.vid >= -1);
	decode_allow(n, &allow);
}

static void try_answers(const struct nlmsghdr *n)
{
	static struct nvsw_explanation explanation;
	static struct nvsw_counters counters;
	static struct nvsw_event event;

	decode_counters(n, &counters);
	if (decode_explanation(n, &explanation)) {
		must(explanation.listed <= RECEIVERS_MAX);
		must(ends(explanation.group, sizeof(explanation.group)));
	}
	if (decode_event(n, &event)) {
		must(ends(event.port_name, sizeof(event.port_name)));
		must(ends(event.group, sizeof(event.group)));
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct nlmsghdr *n;
	size_t length;

	if (size < sizeof(*n))
		return 0;
	n = malloc(size);
	must(n);
	memcpy(n, data, size);
	n->nlmsg_len = size;
	capture_begin(true, false);
	out_open_object(NULL);
	try_link(n);
	try_group(n);
	out_close_object();
	free(capture_end(&length));
	try_entries(n);
	try_answers(n);
	free(n);
	return 0;
}
