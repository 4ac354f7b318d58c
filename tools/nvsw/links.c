// SPDX-License-Identifier: GPL-2.0-only
/* The network devices of this namespace. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "links.h"
#include "netlink.h"

/* Each on its own, for most are no port and need not the room of one. */
static struct {
	struct nvsw_link **link;
	size_t count;
	size_t room;
	bool loaded;
} cache;

static void forget(void *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; i < cache.count; i++)
		free(cache.link[i]);
	cache.count = 0;
	cache.loaded = false;
}

void links_forget(void)
{
	forget(NULL);
}

static bool take_link(const struct nlmsghdr *n, void *arg)
{
	static struct nvsw_link link;
	size_t size = sizeof(link);
	struct nvsw_link *copy;

	(void)arg;
	if (!decode_link(n, &link))
		return true;
	if (link.kind == LINK_OTHER)
		size = offsetof(struct nvsw_link, sw);
	copy = allocate(size);
	memcpy(copy, &link, size);
	if (cache.count == cache.room) {
		cache.room = cache.room ? 2 * cache.room : 64;
		cache.link = reallocate(cache.link,
					cache.room * sizeof(*cache.link));
	}
	cache.link[cache.count++] = copy;
	return true;
}

static int by_index(const void *a, const void *b)
{
	const struct nvsw_link *const *first = a;
	const struct nvsw_link *const *second = b;

	return ((*first)->ifindex > (*second)->ifindex) -
	       ((*first)->ifindex < (*second)->ifindex);
}

int links_load(void)
{
	static struct request request;
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	int error;

	if (cache.loaded)
		return 0;
	rtnl_begin(&request, RTM_GETLINK, 0, &info, sizeof(info));
	put_u32(&request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	error = rtnl_dump(&request, take_link, NULL, forget);
	if (error)
		return error;
	qsort(cache.link, cache.count, sizeof(*cache.link), by_index);
	cache.loaded = true;
	return 0;
}

/* Where @ifindex is, or would be. */
static size_t find_place(int ifindex)
{
	size_t low = 0, high = cache.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (cache.link[middle]->ifindex < ifindex)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct nvsw_link *link_by_index(int ifindex)
{
	size_t place;

	if (links_load())
		return NULL;
	place = find_place(ifindex);
	if (place == cache.count || cache.link[place]->ifindex != ifindex)
		return NULL;
	return cache.link[place];
}

const struct nvsw_link *link_by_name(const char *name)
{
	size_t i;

	if (links_load())
		return NULL;
	for (i = 0; i < cache.count; i++)
		if (!strcmp(cache.link[i]->name, name))
			return cache.link[i];
	return NULL;
}

const struct nvsw_link *link_next(const struct nvsw_link *previous)
{
	size_t place;

	if (links_load())
		return NULL;
	place = previous ? find_place(previous->ifindex + 1) : 0;
	return place < cache.count ? cache.link[place] : NULL;
}

const struct nvsw_link *link_next_switch(const struct nvsw_link *previous)
{
	const struct nvsw_link *link = previous;

	do
		link = link_next(link);
	while (link && link->kind != LINK_SWITCH);
	return link;
}

const struct nvsw_link *link_next_port(const struct nvsw_link *previous,
				       const struct nvsw_link *sw)
{
	const struct nvsw_link *link = previous;

	do
		link = link_next(link);
	while (link && (link->kind != LINK_PORT ||
			(sw && link->master != sw->ifindex)));
	return link;
}

const char *link_name(int ifindex)
{
	const struct nvsw_link *link = link_by_index(ifindex);
	static char name[IFNAMSIZ];

	if (link)
		return link->name;
	snprintf(name, sizeof(name), "if%d", ifindex);
	return name;
}
