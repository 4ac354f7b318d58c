// SPDX-License-Identifier: GPL-2.0-only
/* nvsw explain: what would become of a frame, and what to do about it. */
#include <linux/if_ether.h>
#include <string.h>

#include "args.h"
#include "decode.h"
#include "fields.h"
#include "incident.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "parse.h"
#include "remedies.h"
#include "show.h"

static struct request request;

/* What stands behind the first tag, or alone. */
static const struct words tag2_words = { {
	[1] = "0x8100",
	[2] = "0x88a8",
} };

static const __u16 tag2_values[] = { 0, ETH_P_8021Q, ETH_P_8021AD };

static bool read_frame(const struct args *args, struct frame *frame)
{
	const struct value *length = arg_get(args, "len");
	const struct value *tag2 = arg_get(args, "tag2");
	const struct value *vlan = arg_get(args, "vlan");
	const char *dst = arg_get(args, "dst")->text;
	struct parse_error error;

	memcpy(frame->src, arg_get(args, "src")->mac, ETH_ALEN);
	frame->vid = vlan ? vlan->vid : -1;
	frame->tag2 = tag2 ? tag2_values[tag2->number] : 0;
	frame->length = length ? length->number : LENGTH_DEFAULT;
	memset(frame->dst, 0xff, ETH_ALEN);
	if (!strcmp(dst, "broadcast") || parse_mac(dst, frame->dst, &error))
		return true;
	misuse("dst: %s, or broadcast", error.text);
	return false;
}

static bool take_answer(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_explanation *x = arg;

	return !decode_explanation(n, x);
}

static int ask(const struct nvsw_link *sw, const struct nvsw_link *from,
	       const struct frame *frame, struct nvsw_explanation *x)
{
	genl_begin(&request, NVSWITCH_CMD_EXPLAIN);
	put_u32(&request, NVSWITCH_A_SWITCH, sw->ifindex);
	if (from)
		put_u32(&request, NVSWITCH_A_PORT, from->ifindex);
	put_attr(&request, NVSWITCH_A_SRC, frame->src, ETH_ALEN);
	put_attr(&request, NVSWITCH_A_DST, frame->dst, ETH_ALEN);
	if (frame->vid >= 0)
		put_u16(&request, NVSWITCH_A_VID, frame->vid);
	if (frame->tag2)
		put_u16(&request, NVSWITCH_A_TAG2, frame->tag2);
	put_u32(&request, NVSWITCH_A_LENGTH, frame->length);
	return genl_ask(&request, take_answer, x);
}

/* The longest entry of an allow list that the source is in. */
struct allow_search {
	const __u8 *mac;
	int port;
	bool found;
	struct nvsw_allow entry;
};

static bool is_in(const __u8 *mac, const struct nvsw_allow *entry)
{
	unsigned int i;

	for (i = 0; i < entry->bits && i < 8 * ETH_ALEN; i++)
		if ((mac[i / 8] ^ entry->mac[i / 8]) & (0x80 >> i % 8))
			return false;
	return true;
}

static bool take_allow(const struct nlmsghdr *n, void *arg)
{
	struct allow_search *search = arg;
	struct nvsw_allow entry;

	if (!decode_allow(n, &entry) || entry.port != search->port ||
	    !is_in(search->mac, &entry) ||
	    (search->found && entry.bits <= search->entry.bits))
		return true;
	search->entry = entry;
	search->found = true;
	return true;
}

static void restart_search(void *arg)
{
	struct allow_search *search = arg;

	search->found = false;
}

static int find_allow(const struct nvsw_link *from, const struct frame *frame,
		      struct allow_search *search)
{
	search->found = false;
	if (!from || !is_guest(from) || !from->port.allowed)
		return 0;
	search->mac = frame->src;
	search->port = from->ifindex;
	genl_begin(&request, NVSWITCH_CMD_ALLOW_GET);
	put_u32(&request, NVSWITCH_A_PORT, from->ifindex);
	return genl_dump(&request, take_allow, search, restart_search);
}

static const struct nvsw_link *port_by_index(int ifindex)
{
	const struct nvsw_link *link = ifindex ? link_by_index(ifindex) : NULL;

	return link && link->kind != LINK_OTHER ? link : NULL;
}

/* The guest port besides @known that has an address, in whatever VLAN. */
static const struct nvsw_link *find_owner(const struct nvsw_link *sw,
					  const struct nvsw_link *known,
					  const __u8 *mac)
{
	const struct nvsw_link *link = NULL;

	while ((link = link_next_port(link, sw))) {
		const struct nvsw_port *port = &link->port;

		if (link == known || !is_guest(link))
			continue;
		if ((has_attr(port->present,
			      IFLA_NVSWITCH_PORT_EFFECTIVE_MAC) &&
		     !memcmp(port->effective_mac, mac, ETH_ALEN)) ||
		    (has_attr(port->present, IFLA_NVSWITCH_PORT_INITIAL_MAC) &&
		     !memcmp(port->initial_mac, mac, ETH_ALEN)))
			return link;
	}
	return NULL;
}

static const struct nvsw_link *find_fullest(const struct nvsw_link *sw)
{
	const struct nvsw_link *link = NULL, *fullest = NULL;

	while ((link = link_next_port(link, sw)))
		if (is_guest(link) && link->port.learned &&
		    (!fullest || link->port.learned > fullest->port.learned))
			fullest = link;
	return fullest;
}

/* The first that refuses, whom all_refused is about. */
static const struct nvsw_link *find_refuser(const struct nvsw_explanation *x)
{
	unsigned int i;

	for (i = 0; i < x->listed; i++)
		if (x->receiver[i].refusal)
			return port_by_index(x->receiver[i].port);
	return NULL;
}

static const struct nvsw_link *find_other(const struct incident *i)
{
	switch (i->x->reason) {
	case NVSWITCH_DROP_NO_DESTINATION:
		if (i->x->destination.present)
			return port_by_index(i->x->destination.port);
		return find_owner(i->sw, i->in, i->frame->dst);
	case NVSWITCH_DROP_LEARN_LIMIT:
		return find_fullest(i->sw);
	case NVSWITCH_DROP_ALL_REFUSED:
		if (!is_guest(i->at))
			return NULL;
		return find_owner(i->sw, i->at, i->at->port.requested_mac);
	default:
		if (i->x->source.present)
			return port_by_index(i->x->source.port);
		return NULL;
	}
}

static const struct advice *seek_advice(struct incident *i)
{
	const struct nvsw_link *refuser = find_refuser(i->x);
	bool refused = i->x->reason == NVSWITCH_DROP_ALL_REFUSED && refuser;

	if (refused)
		i->at = refuser;
	i->other = find_other(i);
	if (refused)
		return find_refusal_advice(i->x->refusal, i);
	return i->x->reason ? find_drop_advice(i->x->reason, i) : NULL;
}

static void json_question(const struct incident *i)
{
	const struct frame *frame = i->frame;

	out_string("switch", i->sw->name);
	out_string("port", place_name(i->sw->ifindex, i->in->ifindex));
	out_mac("src", frame->src);
	out_mac("dst", frame->dst);
	if (frame->vid >= 0)
		out_number("vlan", frame->vid);
	if (frame->tag2)
		out_string("tag2", frame->tag2 == ETH_P_8021AD ? "0x88a8" :
								 "0x8100");
	out_number("length", frame->length);
}

static void json_field(const struct nvsw_explanation *x)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		if (field->attr != x->field)
			continue;
		out_string("field", field->name);
		print_field(field, "value", x->value);
		out_string("level", word_or_number(&level_words, x->level));
	}
	if (x->group[0])
		out_string("group", x->group);
	if (x->has_limit)
		out_number("limit", x->limit);
}

static void json_known(const char *key, const struct incident *i,
		       const struct nvsw_known *known)
{
	if (!known->present)
		return;
	out_open_object(key);
	out_string("port", place_name(i->sw->ifindex, known->port));
	out_string("kind", word_or_number(&kind_words, known->kind));
	out_bool("trial", known->trial);
	if (known->age >= 0)
		out_real("age", known->age / 1000.0);
	out_close_object();
}

static void json_decision(const struct incident *i)
{
	const struct nvsw_explanation *x = i->x;

	out_string("verdict", word_or_number(&verdict_words, x->verdict));
	if (x->reason)
		out_string("reason", word_or_number(&reason_words, x->reason));
	if (x->refusal)
		out_string("refusal",
			   word_or_number(&reason_words, x->refusal));
	out_string("rule", word_or_number(&rule_words, x->rule));
	json_field(x);
	if (x->has_effective)
		out_mac("effective_mac", x->effective);
	json_known("source", i, &x->source);
	json_known("destination", i, &x->destination);
	out_string("learn", word_or_number(&learn_words, x->learn));
	out_string("cast", word_or_number(&cast_words, x->cast));
	if (x->travels >= 0)
		out_number("travels", x->travels);
	if (x->table_vid >= 0)
		out_number("table_vlan", x->table_vid);
}

static void json_receivers(const struct incident *i)
{
	unsigned int n;

	out_number("count", i->x->count);
	out_open_array("receivers");
	for (n = 0; n < i->x->listed; n++) {
		const struct nvsw_receiver *receiver = &i->x->receiver[n];

		out_open_object(NULL);
		out_string("port", place_name(i->sw->ifindex, receiver->port));
		out_string("why", word_or_number(&why_words, receiver->why));
		if (receiver->refusal)
			out_string("refusal",
				   word_or_number(&reason_words,
						  receiver->refusal));
		if (receiver->vid)
			out_number("vlan", receiver->vid);
		out_close_object();
	}
	out_close_array();
}

static void json_lines(const char *key, bool typed,
		       const struct advice_line *lines, unsigned int count)
{
	unsigned int i;

	out_open_array(key);
	for (i = 0; i < count; i++)
		if (lines[i].is_command == typed)
			out_string(NULL, lines[i].text);
	out_close_array();
}

static void json_advice(const struct advice *advice, const struct incident *i)
{
	static const char *const kinds[] = {
		[ADVICE_FIX] = "fix",
		[ADVICE_NEVER] = "never",
		[ADVICE_NORMAL] = "normal",
	};
	static struct advice_line lines[ADVICE_LINES];
	unsigned int count = 0;
	char cause[CAUSE_TEXT];

	if (advice) {
		out_string("advice", kinds[advice->kind]);
		out_string("cause",
			   fill_cause(cause, sizeof(cause), advice, i));
		count = advise(advice, i, lines);
	}
	json_lines("remedies", true, lines, count);
	json_lines("hints", false, lines, count);
}

static void json_incident(const struct incident *i, const struct advice *advice)
{
	out_open_object(NULL);
	json_question(i);
	json_decision(i);
	json_receivers(i);
	json_advice(advice, i);
	out_close_object();
}

static int run(const struct args *args)
{
	const struct nvsw_link *from = arg_link(args, "from");
	const struct nvsw_link *sw = arg_link(args, "SWITCH");
	static struct nvsw_explanation x;
	struct allow_search search;
	const struct advice *advice;
	struct frame frame;
	struct incident i = {
		.frame = &frame,
		.x = &x,
		.sw = sw,
		.in = from ? from : sw,
		.at = from ? from : sw,
	};
	int error;

	if (!read_frame(args, &frame))
		return NVSW_USAGE;
	error = ask(sw, from, &frame, &x);
	if (!error)
		error = find_allow(from, &frame, &search);
	if (error)
		return nl_refused(error);
	if (search.found)
		i.allow = &search.entry;
	advice = seek_advice(&i);
	if (out_is_json())
		json_incident(&i, advice);
	else
		text_incident(&i, advice);
	return NVSW_DONE;
}

static const struct arg explain_args[] = {
	{
		.label = "SWITCH",
		.type = ARG_SWITCH,
		.flags = POSITIONAL | REQUIRED,
	}, {
		.name = "from",
		.type = ARG_PORT_OR_HOST,
		.flags = REQUIRED,
	}, {
		.name = "src",
		.type = ARG_MAC,
		.flags = REQUIRED,
	}, {
		.name = "dst",
		.label = "{ LLADDR | broadcast }",
		.type = ARG_TEXT,
		.flags = REQUIRED,
	}, {
		.name = "vlan",
		.type = ARG_VID,
	}, {
		.name = "tag2",
		.type = ARG_WORD,
		.words = &tag2_words,
	}, {
		.name = "len",
		.type = ARG_NUMBER,
		.min = ETH_HLEN,
		.max = 0xffff,
		.unit = "bytes",
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.summary = "Say what would become of a frame, by which rule, and what would change that",
		.args = { explain_args },
		.run = run,
	},
	{ }
};

const struct command explain_command = {
	.name = "explain",
	.summary = "what would become of a frame, and why",
	.verbs = verbs,
};
