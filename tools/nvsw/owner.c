// SPDX-License-Identifier: GPL-2.0-only
/* Who has an address that somebody else may not have. */
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"

struct search {
	const __u8 *mac;
	const struct nvsw_link *sw;
	int not_port;
	struct nvsw_fdb found;
};

static bool take_entry(const struct nlmsghdr *n, void *arg)
{
	struct search *search = arg;
	struct nvsw_fdb fdb;

	if (!decode_fdb(n, &fdb) || fdb.port == search->not_port ||
	    memcmp(fdb.mac, search->mac, ETH_ALEN))
		return true;
	search->found = fdb;
	return false;
}

/* Only these kinds keep anybody from having an address. */
static bool find_owner(struct search *search)
{
	static const __u8 kinds[] = {
		NVSWITCH_FDB_OWNED, NVSWITCH_FDB_RESERVED, NVSWITCH_FDB_LOCAL,
		NVSWITCH_FDB_STATIC,
	};
	static struct request request;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds) && !search->found.kind; i++) {
		genl_begin(&request, NVSWITCH_CMD_FDB_GET);
		put_u32(&request, NVSWITCH_A_SWITCH, search->sw->ifindex);
		put_u8(&request, NVSWITCH_A_KIND, kinds[i]);
		if (genl_dump(&request, take_entry, search, NULL))
			return false;
	}
	return search->found.kind;
}

/* A port's name may be a word of any sentence: "a", or "host" for the host. */
static bool names_owner(const char *sentence, const char *owner)
{
	char text[sizeof(" port  ") + IFNAMSIZ];

	if (strstr(sentence, "the host's own"))
		return true;
	snprintf(text, sizeof(text), " port %s ", owner);
	return strstr(sentence, text);
}

int refused_mac(const char *sentence, const struct nvsw_link *sw, int not_port,
		const __u8 *mac)
{
	struct search search = { .mac = mac, .sw = sw, .not_port = not_port };
	const char *owner = NULL;
	char text[MAC_TEXT];

	if (mac && find_owner(&search))
		owner = place_name(sw->ifindex, search.found.port);
	if (!owner || names_owner(sentence, owner))
		fprintf(stderr, "%s\n", sentence);
	else
		fprintf(stderr, "%s (%s is %s's)\n", sentence,
			mac_text(text, mac), owner);
	return NVSW_REFUSED;
}

struct peer {
	int ifindex;
	int netnsid;
	bool elsewhere;
	__u8 *mac;
	bool found;
};

static bool take_link(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *table[IFLA_MAX + 1];
	struct peer *peer = arg;

	attr_table(table, IFLA_MAX,
		   (const char *)n + NLMSG_SPACE(sizeof(struct ifinfomsg)),
		   n->nlmsg_len - NLMSG_SPACE(sizeof(struct ifinfomsg)));
	peer->ifindex = attr_u32(table[IFLA_LINK], 0);
	peer->elsewhere = table[IFLA_LINK_NETNSID];
	peer->netnsid = attr_u32(table[IFLA_LINK_NETNSID], 0);
	peer->found = attr_mac(table[IFLA_ADDRESS], peer->mac);
	return true;
}

static bool ask_link(struct peer *peer)
{
	struct ifinfomsg info = { .ifi_index = peer->ifindex };
	static struct request request;

	peer->found = false;
	rtnl_begin(&request, RTM_GETLINK, 0, &info, sizeof(info));
	if (peer->elsewhere)
		put_u32(&request, IFLA_TARGET_NETNSID, peer->netnsid);
	return !rtnl_ask(&request, take_link, peer) && peer->found;
}

bool peer_mac(const struct nvsw_link *link, __u8 *mac)
{
	struct peer peer = { .ifindex = link->ifindex, .mac = mac };

	/* The first answer tells where the other end is. */
	return ask_link(&peer) && peer.ifindex && ask_link(&peer);
}
