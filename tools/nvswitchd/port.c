// SPDX-License-Identifier: GPL-2.0-only
/* The ports that guests speak for, and what the switch has been told of them. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "arrivals.h"
#include "decode.h"
#include "encode.h"
#include "log.h"
#include "netlink.h"
#include "port.h"
#include "status.h"

/* As long as the switch would wait for an agent that restarts. */
#define FORGET_USEC	(10 * 1000000ULL)

static struct port *all;
static sd_event *loop;
static struct request request;

static void begin_port(int ifindex)
{
	genl_begin(&request, NVSWITCH_CMD_PORT_SET);
	put_u32(&request, NVSWITCH_A_PORT, ifindex);
}

static int set_port(void (*put)(const void *arg), const void *arg)
{
	struct nlattr *nest = put_nest(&request, NVSWITCH_A_SETTINGS);

	put(arg);
	end_nest(&request, nest);
	return genl_ask(&request, NULL, NULL);
}

static int set_for_good(int ifindex, void (*put)(const void *arg),
			const void *arg)
{
	begin_port(ifindex);
	return set_port(put, arg);
}

static void put_wish(const void *arg)
{
	const struct wish *wish = arg;

	put_u8(&request, IFLA_NVSWITCH_PORT_RX_PROMISC,
	       wish->promiscuous ? NVSWITCH_ON : NVSWITCH_OFF);
	put_multicast(&request, &wish->multicast);
	if (wish->has_mac)
		put_attr(&request, IFLA_NVSWITCH_PORT_REQUESTED_MAC, wish->mac,
			 ETH_ALEN);
}

static void put_no_reception(const void *arg)
{
	(void)arg;
	put_u8(&request, IFLA_NVSWITCH_PORT_RX_PROMISC, NVSWITCH_INHERIT);
	put_u8(&request, IFLA_NVSWITCH_PORT_RX_MULTICAST,
	       NVSWITCH_RX_MULTICAST_ALL);
}

static void put_no_mac(const void *arg)
{
	static const __u8 zero[ETH_ALEN];

	(void)arg;
	put_attr(&request, IFLA_NVSWITCH_PORT_REQUESTED_MAC, zero, ETH_ALEN);
}

static void put_activated(const void *arg)
{
	put_u8(&request, IFLA_NVSWITCH_PORT_ACTIVATED, *(const __u8 *)arg);
}

/* Said once, not each time that the guest tries again. */
static void report(struct port *port, int error)
{
	if (error && error != -ENODEV && !port->refused)
		warn("%s: the switch refuses what its guest has programmed: %s",
		     port->name, nl_reason());
	port->refused = error;
}

static void tell(struct port *port)
{
	__u8 off = NVSWITCH_OFF;
	int error;

	if (!port->ready || !port->owner)
		return;
	if (port->asleep)
		set_for_good(port->ifindex, put_activated, &off);
	if (!port->spoken)
		return;
	/* Nothing of that outlives this program: the switch sees to it. */
	begin_port(port->ifindex);
	put_flag(&request, NVSWITCH_A_WHILE_OPEN);
	error = set_port(put_wish, &port->wish);
	report(port, error);
	port->told = !error;
}

void port_tell(struct port *port, const struct wish *wish)
{
	port->forgetting = sd_event_source_disable_unref(port->forgetting);
	if (port->told && !memcmp(&port->wish, wish, sizeof(*wish)))
		return;
	port->wish = *wish;
	port->spoken = true;
	port->told = false;
	tell(port);
}

void port_set_asleep(struct port *port, bool asleep)
{
	__u8 value = asleep ? NVSWITCH_OFF : NVSWITCH_ON;

	if (port->asleep == asleep)
		return;
	port->asleep = asleep;
	say("%s: %s", port->name,
	    asleep ? "its guest has migrated away: deactivated" :
		     "its guest goes on here: activated");
	if (port->ready)
		set_for_good(port->ifindex, put_activated, &value);
}

static void destroy(struct port *port)
{
	struct port **at;

	for (at = &all; *at != port; at = &(*at)->next)
		;
	*at = port->next;
	sd_event_source_disable_unref(port->forgetting);
	free(port);
}

static int forget(sd_event_source *source, uint64_t when, void *arg)
{
	struct port *port = arg;

	(void)source;
	(void)when;
	if (port->ready)
		set_for_good(port->ifindex, put_no_mac, NULL);
	destroy(port);
	return 0;
}

void port_unspeak(struct port *port)
{
	if (port->spoken && port->ready)
		set_for_good(port->ifindex, put_no_reception, NULL);
	port->spoken = false;
	port->told = false;
}

void port_release(struct port *port)
{
	bool spoken = port->spoken;

	if (!port->owner)
		return;
	port_unspeak(port);
	port->owner = NULL;
	port->asleep = false;
	if (!spoken ||
	    sd_event_add_time_relative(loop, &port->forgetting, CLOCK_MONOTONIC,
				       FORGET_USEC, 0, forget, port) < 0)
		destroy(port);
}

/* The devices */

static void set_ready(struct port *port, int ifindex, bool ready)
{
	bool new = ready && (!port->ready || port->ifindex != ifindex);

	if (port->ready != ready)
		status_changed();
	port->ifindex = ifindex;
	port->ready = ready;
	if (new)
		tell(port);
}

static bool is_ready(const struct nvsw_link *link)
{
	return link->kind == LINK_PORT && (link->flags & IFF_LOWER_UP);
}

static void take_gone(int ifindex)
{
	struct port *port;

	arrivals_forget(ifindex);
	for (port = all; port; port = port->next)
		if (port->ifindex == ifindex)
			set_ready(port, 0, false);
}

static bool take_link(const struct nlmsghdr *n, void *arg)
{
	static struct nvsw_link link;
	struct port *port;

	(void)arg;
	if (n->nlmsg_type == RTM_DELLINK &&
	    n->nlmsg_len >= NLMSG_LENGTH(sizeof(struct ifinfomsg))) {
		const struct ifinfomsg *info = mnl_nlmsg_get_payload(n);

		if (info->ifi_family == AF_UNSPEC)
			take_gone(info->ifi_index);
		return true;
	}
	if (!decode_link(n, &link))
		return true;
	arrivals_take(&link);
	for (port = all; port; port = port->next) {
		if (!strcmp(port->name, link.name))
			set_ready(port, link.ifindex, is_ready(&link));
		else if (port->ifindex == link.ifindex)
			set_ready(port, 0, false);
	}
	return true;
}

/* if_nametoindex() would have the kernel look for a module of that name. */
static int ask_device(const char *name, nl_reply_t reply, void *arg)
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC };

	rtnl_begin(&request, RTM_GETLINK, 0, &info, sizeof(info));
	put_text(&request, IFLA_IFNAME, name);
	put_u32(&request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	return rtnl_ask(&request, reply, arg);
}

/* What has changed is not known: ask. */
static void look(struct port *port)
{
	if (ask_device(port->name, take_link, NULL))
		set_ready(port, 0, false);
}

static int receive(sd_event_source *source, int fd, uint32_t events, void *arg)
{
	struct port *port;

	(void)source;
	(void)fd;
	(void)events;
	(void)arg;
	if (rtnl_receive(take_link, NULL) != -ENOBUFS)
		return 0;
	for (port = all; port; port = port->next)
		look(port);
	arrivals_look();
	return 0;
}

int ports_begin(sd_event *event)
{
	int fd = rtnl_listen(RTNLGRP_LINK), error;

	loop = event;
	if (fd < 0)
		return fd;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	error = arrivals_look();
	if (error)
		return error;
	return sd_event_add_io(event, NULL, fd, EPOLLIN, receive, NULL);
}

struct port *port_claim(const char *name, const void *owner)
{
	struct port *port;

	for (port = all; port; port = port->next)
		if (!strcmp(port->name, name))
			break;
	if (port && port->owner && port->owner != owner)
		return NULL;
	if (!port) {
		port = allocate(sizeof(*port));
		strncpy(port->name, name, IFNAMSIZ - 1);
		port->next = all;
		all = port;
	}
	port->owner = owner;
	port->forgetting = sd_event_source_disable_unref(port->forgetting);
	look(port);
	return port;
}
