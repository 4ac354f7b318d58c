// SPDX-License-Identifier: GPL-2.0-only
/* ip link xstats type { nvswitch | nvswitch_slave }: the counters. */
#include <linux/if_link.h>
#include <string.h>

#include "plugin.h"

/* Where a reason counts, in the words of NVSWITCH_DROP_REASONS. */
enum side {
	INGRESS = 1,
	EGRESS = 2,
	BOTH = INGRESS | EGRESS,
};

static const struct {
	const char *name;
	enum side side;
} reasons[] = {
#define REASON(NAME, name, where) \
	[NVSWITCH_DROP_##NAME] = { #name, where },
	NVSWITCH_DROP_REASONS(REASON)
#undef REASON
};

static const char *const totals[] = {
	[NVSWITCH_STATS_RECEIVED] = "received",
	[NVSWITCH_STATS_FORWARDED] = "forwarded",
	[NVSWITCH_STATS_PASSED] = "passed",
	[NVSWITCH_STATS_DROPPED] = "dropped",
	[NVSWITCH_STATS_COPIES_OFFERED] = "copies_offered",
	[NVSWITCH_STATS_COPIES_TRANSMITTED] = "copies_transmitted",
	[NVSWITCH_STATS_COPIES_REFUSED] = "copies_refused",
};

/* The device asked for; 0 is all of them. */
static unsigned int wanted;

int parse_xstats(struct link_util *lu, int argc, char **argv)
{
	wanted = 0;
	for (; argc > 0; argc--, argv++) {
		if (strcmp(*argv, "dev")) {
			fprintf(stderr, "Usage: ... %s [ dev DEVICE ]\n",
				lu->id);
			return -1;
		}
		if (argc == 1)
			incomplete_command();
		argc--;
		argv++;
		if (wanted)
			duparg("dev", *argv);
		wanted = ll_name_to_index(*argv);
		if (!wanted)
			return nodev(*argv);
	}
	return 0;
}

/* 0 if there is no such counter: then it has counted nothing. */
static __u64 count_of(const struct rtattr *rta)
{
	__u64 count = 0;

	/* It need not be aligned, and what is shorter is padding. */
	if (rta && RTA_PAYLOAD(rta) >= sizeof(count))
		memcpy(&count, RTA_DATA(rta), sizeof(count));
	return count;
}

static void print_count(const char *name, __u64 count)
{
	print_text("%s    ", _SL_);
	print_text("%-20s ", name);
	print_color_u64(PRINT_ANY, COLOR_NONE, name, "%llu", count);
}

static void print_reason(const char *prefix, const char *name, __u64 count)
{
	char full[64];

	/* Few reasons ever happen: show a reader those, a program all. */
	if (!count && !show_stats && !show_details && !is_json_context())
		return;
	snprintf(full, sizeof(full), "%s%s", prefix, name);
	print_count(full, count);
}

/* The reasons of a newer kernel, which have no name here. */
static void print_unnamed(struct rtattr *nest, const char *prefix)
{
	const struct rtattr *rta = RTA_DATA(nest);
	int len = RTA_PAYLOAD(nest);
	char name[32];

	for (; RTA_OK(rta, len); rta = RTA_NEXT(rta, len)) {
		if (rta->rta_type <= NVSWITCH_DROP_MAX)
			continue;
		snprintf(name, sizeof(name), "reason_%u", rta->rta_type);
		print_reason(prefix, name, count_of(rta));
	}
}

static void print_reasons(struct rtattr *nest, enum side side,
			  const char *prefix)
{
	struct rtattr *tb[NVSWITCH_DROP_MAX + 1] = { };
	unsigned int i;

	if (nest)
		parse_nested(tb, NVSWITCH_DROP_MAX, nest);
	for (i = NVSWITCH_DROP_UNSPEC + 1; i <= NVSWITCH_DROP_MAX; i++)
		if ((reasons[i].side & side) || count_of(tb[i]))
			print_reason(prefix, reasons[i].name, count_of(tb[i]));
	if (nest)
		print_unnamed(nest, prefix);
}

static void print_counters(unsigned int ifindex, struct rtattr *nest)
{
	struct rtattr *tb[NVSWITCH_STATS_MAX + 1];
	unsigned int i;

	parse_nested(tb, NVSWITCH_STATS_MAX, nest);
	open_json_object(NULL);
	print_color_string(PRINT_ANY, COLOR_IFNAME, "ifname", "%s",
			   ll_index_to_name(ifindex));
	for (i = 0; i < ARRAY_SIZE(totals); i++)
		if (totals[i])
			print_count(totals[i], count_of(tb[i]));
	print_reasons(tb[NVSWITCH_STATS_DROPS], INGRESS, "");
	print_reasons(tb[NVSWITCH_STATS_REFUSALS], EGRESS, "egress_");
	close_json_object();
	print_text("%s", "\n");
}

/* Other switches' counters are told from ours by the type of their nest. */
static void print_ours(unsigned int ifindex, struct rtattr *xstats)
{
	struct rtattr *rta = RTA_DATA(xstats);
	int len = RTA_PAYLOAD(xstats);

	for (; RTA_OK(rta, len); rta = RTA_NEXT(rta, len))
		if ((rta->rta_type & NLA_TYPE_MASK) == LINK_XSTATS_TYPE_NVSWITCH)
			print_counters(ifindex, rta);
}

int print_xstats(struct nlmsghdr *n, void *arg)
{
	struct if_stats_msg *message = NLMSG_DATA(n);
	struct rtattr *tb[IFLA_STATS_MAX + 1];
	int len = n->nlmsg_len - NLMSG_LENGTH(sizeof(*message));

	(void)arg;
	if (len < 0)
		return -1;
	if (wanted && wanted != message->ifindex)
		return 0;
	parse_rtattr_flags(tb, IFLA_STATS_MAX,
			   (void *)message + NLMSG_ALIGN(sizeof(*message)), len,
			   NLA_F_NESTED);
	if (tb[IFLA_STATS_LINK_XSTATS])
		print_ours(message->ifindex, tb[IFLA_STATS_LINK_XSTATS]);
	if (tb[IFLA_STATS_LINK_XSTATS_SLAVE])
		print_ours(message->ifindex, tb[IFLA_STATS_LINK_XSTATS_SLAVE]);
	return 0;
}
