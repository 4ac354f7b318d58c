// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lets a device receive one frame as only a driver, or a stack, can have made it:
 * TCP whose data lies where one says, or a frame that somebody else has as well.
 * Loading is sending, or what has it sent later; crafted.sh says how.
 */

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/tcp.h>
#include <net/ip.h>

#define MAX_PACKETS	16
#define HEADERS		(sizeof(struct iphdr) + sizeof(struct tcphdr))

static char *device;
module_param(device, charp, 0);
MODULE_PARM_DESC(device, "What receives it, in the loader's network namespace");

static char *to, *from;
module_param(to, charp, 0);
module_param(from, charp, 0);
static u8 dst[ETH_ALEN], src[ETH_ALEN];

static char *packets[MAX_PACKETS];
static int npackets;
module_param_array(packets, charp, &npackets, 0);
MODULE_PARM_DESC(packets, "Bytes of data as LINEAR+PAGED, of the frame itself and of each packet in its list");

static ushort size;
module_param(size, ushort, 0);
MODULE_PARM_DESC(size, "Bytes of data in a segment; 0: it is not to be cut");

static ushort tag;
module_param(tag, ushort, 0);
MODULE_PARM_DESC(tag, "VID of a tag that is still in the frame; 0: none");

static char *before;
module_param(before, charp, 0);
MODULE_PARM_DESC(before, "Each time that the device of this name gets a master, it is received just before; at once if not given");

static bool shared;
module_param(shared, bool, 0);
MODULE_PARM_DESC(shared, "Somebody else has it too; it must not change");

/* What is at a place of the data, so that the receiver can tell; see segments. */
static u8 data_at(unsigned int place)
{
	return place * 31 + (place >> 8);
}

/* Data from *@place on, of which @linear bytes are not in a page of their own. */
static struct sk_buff *packet(unsigned int headers, unsigned int linear,
			      unsigned int paged, unsigned int *place)
{
	struct sk_buff *skb = alloc_skb(NET_SKB_PAD + headers + linear,
					GFP_KERNEL);
	struct page *page;
	unsigned int i;
	u8 *data;

	if (!skb)
		return NULL;
	skb_reserve(skb, NET_SKB_PAD);
	skb_put_zero(skb, headers);
	for (data = skb_put(skb, linear), i = 0; i < linear; i++)
		data[i] = data_at((*place)++);
	if (!paged)
		return skb;
	page = alloc_page(GFP_KERNEL);
	if (!page) {
		kfree_skb(skb);
		return NULL;
	}
	for (data = page_address(page), i = 0; i < paged; i++)
		data[i] = data_at((*place)++);
	skb_add_rx_frag(skb, 0, page, 0, paged, PAGE_SIZE);
	return skb;
}

static void fill_headers(struct sk_buff *skb)
{
	struct tcphdr *tcp;
	struct ethhdr *eth;
	struct iphdr *ip;

	skb_reset_mac_header(skb);
	eth = eth_hdr(skb);
	ether_addr_copy(eth->h_dest, dst);
	ether_addr_copy(eth->h_source, src);
	eth->h_proto = htons(ETH_P_IP);
	skb_set_network_header(skb, ETH_HLEN);
	if (tag) {
		struct vlan_ethhdr *tagged = (struct vlan_ethhdr *)eth;

		eth->h_proto = htons(ETH_P_8021Q);
		tagged->h_vlan_TCI = htons(tag);
		tagged->h_vlan_encapsulated_proto = htons(ETH_P_IP);
		skb_set_network_header(skb, VLAN_ETH_HLEN);
	}
	ip = ip_hdr(skb);
	*ip = (struct iphdr){
		.version = 4,
		.ihl = 5,
		.tot_len = htons(skb->len - skb_network_offset(skb)),
		.ttl = 64,
		.protocol = IPPROTO_TCP,
		.saddr = htonl(0xc0000201),
		.daddr = htonl(0xc0000202),
	};
	ip_send_check(ip);
	skb_set_transport_header(skb, skb_network_offset(skb) + sizeof(*ip));
	tcp = tcp_hdr(skb);
	*tcp = (struct tcphdr){
		.source = htons(5000),
		.dest = htons(5000),
		.doff = sizeof(*tcp) / 4,
		.ack = 1,
	};
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_transport_header(skb) - skb->head;
	skb->csum_offset = offsetof(struct tcphdr, check);
}

static struct sk_buff *frame(unsigned int headers)
{
	struct sk_buff *skb = NULL, **next = NULL;
	unsigned int place = 0;
	int i;

	for (i = 0; i < npackets; i++) {
		unsigned int linear, paged;
		struct sk_buff *one = NULL;

		if (sscanf(packets[i], "%u+%u", &linear, &paged) == 2 &&
		    linear <= PAGE_SIZE && paged <= PAGE_SIZE)
			one = packet(i ? 0 : headers, linear, paged, &place);
		if (!one) {
			kfree_skb(skb);
			return NULL;
		}
		if (!skb) {
			skb = one;
			next = &skb_shinfo(skb)->frag_list;
			continue;
		}
		*next = one;
		next = &one->next;
		skb->len += one->len;
		skb->data_len += one->len;
		skb->truesize += one->truesize;
	}
	return skb;
}

static void cut_later(struct sk_buff *skb, unsigned int headers)
{
	skb_shinfo(skb)->gso_size = size;
	skb_shinfo(skb)->gso_type = SKB_GSO_TCPV4;
	skb_shinfo(skb)->gso_segs = DIV_ROUND_UP(skb->len - headers, size);
}

/* The frame belongs to the stack afterwards, unless it is shared. */
static void receive(struct sk_buff *skb)
{
	local_bh_disable();
	netif_receive_skb(skb);
	local_bh_enable();
}

/* Whoever has it too sees it as it was. */
static int receive_shared(struct sk_buff *skb, unsigned int headers)
{
	struct sk_buff *copy = skb_copy(skb, GFP_KERNEL);
	unsigned int linear = skb_headlen(skb);
	int err = 0;

	if (!copy) {
		kfree_skb(skb);
		return -ENOMEM;
	}
	receive(skb_get(skb));
	if (skb->len != copy->len || skb_headlen(skb) != linear ||
	    skb_mac_offset(skb) != skb_mac_offset(copy) ||
	    skb->protocol != copy->protocol || skb_vlan_tag_present(skb) ||
	    memcmp(skb_mac_header(skb), skb_mac_header(copy), headers))
		err = -EUCLEAN;
	kfree_skb(copy);
	kfree_skb(skb);
	return err;
}

static int send(struct net_device *dev)
{
	unsigned int headers = (tag ? VLAN_ETH_HLEN : ETH_HLEN) + HEADERS;
	struct sk_buff *skb = frame(headers);

	if (!skb)
		return -EINVAL;
	fill_headers(skb);
	if (size)
		cut_later(skb, headers);
	skb->dev = dev;
	/* As netkit says what its sender has said. */
	skb->protocol = htons(ETH_P_IP);
	__skb_pull(skb, ETH_HLEN);
	skb_reset_mac_len(skb);
	if (shared)
		return receive_shared(skb, headers);
	receive(skb);
	return 0;
}

/* By hand: where mac_pton() is declared has changed. */
static bool parse(const char *text, u8 *mac)
{
	return text && sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx",
			      &mac[0], &mac[1], &mac[2], &mac[3], &mac[4],
			      &mac[5]) == ETH_ALEN;
}

static int send_before(struct notifier_block *nb, unsigned long event,
		       void *ptr)
{
	struct net_device *upcoming = netdev_notifier_info_to_dev(ptr);
	struct netdev_notifier_changeupper_info *info = ptr;
	struct net_device *dev;

	if (event != NETDEV_PRECHANGEUPPER || !info->linking ||
	    strcmp(upcoming->name, before))
		return NOTIFY_DONE;
	dev = __dev_get_by_name(dev_net(upcoming), device);
	return notifier_from_errno(dev ? send(dev) : -ENODEV);
}

static struct notifier_block notifier = { .notifier_call = send_before };

static int __init crafted_init(void)
{
	struct net_device *dev;
	int err;

	if (!device || !parse(to, dst) || !parse(from, src))
		return -EINVAL;
	if (before)
		return register_netdevice_notifier(&notifier);
	dev = dev_get_by_name(current->nsproxy->net_ns, device);
	if (!dev)
		return -ENODEV;
	err = send(dev);
	dev_put(dev);
	return err;
}

static void __exit crafted_exit(void)
{
	if (before)
		unregister_netdevice_notifier(&notifier);
}

module_init(crafted_init);
module_exit(crafted_exit);
MODULE_DESCRIPTION("Frames as only drivers make them, for the tests of nvswitch");
MODULE_LICENSE("GPL");
