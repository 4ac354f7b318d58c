// SPDX-License-Identifier: GPL-2.0-only
/* The verdict on a round, at rest: do all counters add up? */

#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/nvswitch.h>
#include <linux/rtnetlink.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "judge.h"

#define MAX_PORTS	64

/* So often nothing may move before it counts as rest, and be looked. */
#define STILL		5
#define LOOKS		3000

/* Of a port, or of a switch. */
struct counters {
	int ifindex;
	__u64 value[NVSWITCH_STATS_COPIES_REFUSED + 1];
	__u64 dropped;
	__u64 refused;
};

/* Of all ports of a switch, the host port first, or its sum alone. */
struct picture {
	int count;
	struct counters ports[MAX_PORTS];
};

/* What devices count, and had counted when the round began. */
struct device {
	__u64 received;
	__u64 sent;
	__u64 lost;
	__u64 promiscuity;
};

static struct device before[ANCHORS];
static unsigned long broken_before[ANCHORS];

bool complain(const char *format, ...)
{
	va_list args;

	printf("# wrong: ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	return false;
}

static __u64 sum_of(const struct nlattr *nest)
{
	__u64 sum = 0;
	__u16 type;

	for (type = 1; type < __NVSWITCH_DROP_MAX; type++)
		sum += nl_number(nl_inside(nest, type));
	return sum;
}

static void take_counters(const struct nlmsghdr *nlh, void *arg)
{
	const size_t header = 4;
	const struct nlattr *stats = nl_attr(nlh, header, NVSWITCH_A_STATS);
	struct picture *p = arg;
	struct counters *c;
	__u16 type;

	if (p->count == MAX_PORTS)
		die("too many ports");
	c = &p->ports[p->count++];
	c->ifindex = nl_number(nl_attr(nlh, header, NVSWITCH_A_PORT));
	for (type = 1; type <= NVSWITCH_STATS_COPIES_REFUSED; type++)
		c->value[type] = nl_number(nl_inside(stats, type));
	c->dropped = sum_of(nl_inside(stats, NVSWITCH_STATS_DROPS));
	c->refused = sum_of(nl_inside(stats, NVSWITCH_STATS_REFUSALS));
}

static void look(struct nl *genl, int owner, __u16 flags,
		 struct picture *p)
{
	struct msg m;

	p->count = 0;
	genl_begin(&m, NVSWITCH_CMD_STATS_GET, flags);
	nl_put_u32(&m, NVSWITCH_A_SWITCH, owner);
	if (nl_talk(genl, &m, take_counters, p))
		complain("counters cannot be read");
}

static __u64 motion(struct nl *genl)
{
	struct picture p;
	__u64 sum = 0;
	int i;

	for (i = 0; i < SWITCHES; i++) {
		look(genl, switches[i], 0, &p);
		sum += p.ports[0].value[NVSWITCH_STATS_RECEIVED] +
		       p.ports[0].value[NVSWITCH_STATS_COPIES_OFFERED];
	}
	return sum;
}

/* Frames between a device and the stack. */
static bool backlog_is_empty(void)
{
	FILE *file = fopen("/proc/net/softnet_stat", "re");
	unsigned int length;
	bool empty = true;

	if (!file)
		die("softnet_stat");
	while (fscanf(file, "%*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %x%*[^\n]",
		      &length) == 1)
		empty &= !length;
	fclose(file);
	return empty;
}

void wait_for_backlog(void)
{
	int still = 0;

	while (still < STILL) {
		usleep(20000);
		still = backlog_is_empty() ? still + 1 : 0;
	}
}

/* RARPs on behalf of guests may take a while. */
bool wait_for_rest(struct nl *genl)
{
	__u64 last = 0, now;
	int i, still = 0;

	wait_for_backlog();
	for (i = 0; i < LOOKS && still < STILL; i++) {
		usleep(50000);
		now = motion(genl);
		still = now == last ? still + 1 : 0;
		last = now;
	}
	return still == STILL || complain("no rest after %d looks", LOOKS);
}

static void take_device(const struct nlmsghdr *nlh, void *arg)
{
	const size_t header = sizeof(struct ifinfomsg);
	const struct nlattr *stats = nl_attr(nlh, header, IFLA_STATS64);
	const struct rtnl_link_stats64 *s = (const void *)(stats + 1);
	struct device *d = arg;

	if (!stats)
		return;
	d->received = s->rx_packets;
	d->sent = s->tx_packets;
	d->lost = s->tx_dropped;
	d->promiscuity = nl_number(nl_attr(nlh, header, IFLA_PROMISCUITY));
}

static struct device device_of(struct nl *rtnl, int ifindex)
{
	struct device d = {};
	struct ifinfomsg *ifi;
	struct msg m;

	ifi = nl_begin(&m, RTM_GETLINK, 0, sizeof(*ifi));
	ifi->ifi_index = ifindex;
	nl_talk(rtnl, &m, take_device, &d);
	return d;
}

/* At rest, when the anchors have just been attached. */
void judge_begin(struct nl *rtnl)
{
	int i;

	for (i = 0; i < ANCHORS; i++) {
		before[i] = device_of(rtnl, slots[i].ifindex);
		broken_before[i] = slots[i].broken;
	}
}

static bool adds_up(const struct counters *c, const char *what, int number)
{
	const __u64 *v = c->value;
	bool right = true;
	__u64 sum;

	sum = v[NVSWITCH_STATS_FORWARDED] + v[NVSWITCH_STATS_PASSED] +
	      v[NVSWITCH_STATS_DROPPED];
	if (v[NVSWITCH_STATS_RECEIVED] != sum)
		right = complain("%s %d: received %llu, forwarded %llu, passed %llu, dropped %llu",
				 what, number, v[NVSWITCH_STATS_RECEIVED],
				 v[NVSWITCH_STATS_FORWARDED],
				 v[NVSWITCH_STATS_PASSED],
				 v[NVSWITCH_STATS_DROPPED]);
	sum = v[NVSWITCH_STATS_COPIES_TRANSMITTED] +
	      v[NVSWITCH_STATS_COPIES_REFUSED];
	if (v[NVSWITCH_STATS_COPIES_OFFERED] != sum)
		right = complain("%s %d: offered %llu, transmitted %llu, refused %llu",
				 what, number, v[NVSWITCH_STATS_COPIES_OFFERED],
				 v[NVSWITCH_STATS_COPIES_TRANSMITTED],
				 v[NVSWITCH_STATS_COPIES_REFUSED]);
	if (v[NVSWITCH_STATS_DROPPED] != c->dropped ||
	    v[NVSWITCH_STATS_COPIES_REFUSED] != c->refused)
		right = complain("%s %d: some have no reason", what, number);
	return right;
}

static bool judge_switch(struct nl *genl, int number)
{
	struct picture ports, whole;
	__u64 received = 0;
	bool right;
	int i;

	look(genl, switches[number], NLM_F_DUMP, &ports);
	look(genl, switches[number], 0, &whole);
	if (!ports.count || whole.count != 1)
		return complain("switch %d has no counters", number);
	right = adds_up(&whole.ports[0], "switch", number);
	for (i = 0; i < ports.count; i++) {
		received += ports.ports[i].value[NVSWITCH_STATS_RECEIVED];
		right &= adds_up(&ports.ports[i], "port with index",
				 ports.ports[i].ifindex);
	}
	/* Those of ports that have left are in the sum alone. */
	if (received > whole.ports[0].value[NVSWITCH_STATS_RECEIVED])
		right = complain("switch %d has received less than its ports",
				 number);
	if (whole.ports[0].value[NVSWITCH_STATS_COPIES_TRANSMITTED] <
	    whole.ports[0].value[NVSWITCH_STATS_FORWARDED])
		right = complain("switch %d has transmitted less than forwarded",
				 number);
	return right;
}

static const struct counters *port_in(const struct picture *p, int ifindex)
{
	int i;

	for (i = 0; i < p->count; i++)
		if (p->ports[i].ifindex == ifindex)
			return &p->ports[i];
	return NULL;
}

static bool agree(const char *what, const char *name, __u64 counted,
		  __u64 known)
{
	return counted == known || complain("%s %s %llu, its device knows of %llu",
					    name, what, counted, known);
}

/*
 * A tap's device counts what its guest reads; the kernel may have to make
 * segments for a device, which are more than the frames that it was handed; and
 * announcements on behalf of guests, which leave by the wires, are nobody's
 * copies.
 */
static bool judge_anchor(struct nl *rtnl, const struct picture *p, int number)
{
	const struct slot *slot = &slots[number];
	const struct counters *c = port_in(p, slot->ifindex);
	struct device now = device_of(rtnl, slot->ifindex);
	struct device *then = &before[number];
	__u64 broken = slot->broken - broken_before[number];
	bool right;

	if (!c)
		return complain("%s is no port any more", slot->name);
	right = agree("received", slot->name, c->value[NVSWITCH_STATS_RECEIVED],
		      now.received - then->received - broken);
	if (slot->kind != TAP && number < FIRST_WIRE && !gso)
		right &= agree("transmitted", slot->name,
			       c->value[NVSWITCH_STATS_COPIES_TRANSMITTED],
			       now.sent + now.lost - then->sent - then->lost);
	return right;
}

static bool judge_host(struct nl *rtnl, const struct picture *p)
{
	const struct counters *c = port_in(p, switches[0]);
	struct device d = device_of(rtnl, switches[0]);
	bool right;

	if (!c)
		return complain("the host port has no counters");
	right = agree("received", "the host", c->value[NVSWITCH_STATS_RECEIVED],
		      d.sent);
	right &= agree("transmitted", "the host",
		       c->value[NVSWITCH_STATS_COPIES_TRANSMITTED], d.received);
	return right;
}

bool judge_balance(struct nl *genl)
{
	bool right = true;
	int i;

	for (i = 0; i < SWITCHES; i++)
		if (switches[i])
			right &= judge_switch(genl, i);
	return right;
}

/* Of what lived throughout the round. */
bool judge_devices(struct nl *rtnl, struct nl *genl)
{
	struct picture p;
	bool right;
	int i;

	look(genl, switches[0], NLM_F_DUMP, &p);
	right = judge_host(rtnl, &p);
	for (i = 0; i < ANCHORS; i++)
		right &= judge_anchor(rtnl, &p, i);
	return right;
}

/* When there is not even the module. */
bool judge_released(struct nl *rtnl)
{
	bool right = true;
	int i;

	for (i = 0; i < ANCHORS; i++)
		if (device_of(rtnl, slots[i].ifindex).promiscuity)
			right = complain("%s is left promiscuous",
					 slots[i].name);
	return right;
}
