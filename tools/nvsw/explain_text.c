// SPDX-License-Identifier: GPL-2.0-only
/* What a frame meets, rule by rule, as text. */
#include <ctype.h>
#include <linux/if.h>
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "incident.h"
#include "links.h"
#include "out.h"
#include "remedies.h"
#include "show.h"

static void text_mac(const __u8 *mac)
{
	char text[MAC_TEXT];

	out_color(COLOR_MAC, "%s", mac_text(text, mac));
}

static void text_name(const struct nvsw_link *link)
{
	out_color(COLOR_NAME, "%s", link->kind == LINK_SWITCH ? "host" :
								link->name);
}

static void text_place(const struct incident *i, int port)
{
	out_color(COLOR_NAME, "%s", place_name(i->sw->ifindex, port));
}

static void text_tags(const struct frame *frame)
{
	if (frame->vid > 0)
		out_text("VLAN %d", frame->vid);
	else if (!frame->vid)
		out_text("priority-tagged");
	else if (!frame->tag2)
		out_text("untagged");
	if (!frame->tag2)
		return;
	out_text("%s0x%04x tag", frame->vid < 0 ? "" : " and a second, ",
		 frame->tag2);
}

static void text_outcome(const struct nvsw_explanation *x)
{
	bool bad = x->verdict == NVSWITCH_VERDICT_DROPPED;
	char word[32];
	char *letter;

	snprintf(word, sizeof(word), "%s",
		 word_or_number(&verdict_words, x->verdict));
	for (letter = word; *letter; letter++)
		*letter = toupper(*letter);
	out_color(bad ? COLOR_BAD : COLOR_GOOD, "%s", word);
	if (x->reason)
		out_color(COLOR_BAD, " %s",
			  word_or_number(&reason_words, x->reason));
	out_text("\n");
}

static void text_verdict(const struct incident *i)
{
	out_color(COLOR_NAME, "%s", i->sw->name);
	out_text(": ");
	text_name(i->in);
	out_text(" -> ");
	text_mac(i->frame->src);
	out_text(" -> ");
	text_mac(i->frame->dst);
	out_text(", ");
	text_tags(i->frame);
	if (i->frame->length != LENGTH_DEFAULT)
		out_text(", %u bytes", i->frame->length);
	out_text(": ");
	text_outcome(i->x);
}

/* Where a value in force comes from. */
static void text_level(const struct incident *i, __u32 level)
{
	switch (level) {
	case NVSWITCH_LEVEL_SWITCH:
		out_text(" (from switch %s)", i->sw->name);
		break;
	case NVSWITCH_LEVEL_GROUP:
		out_text(" (from group %s)", i->in->port.group);
		break;
	case NVSWITCH_LEVEL_PORT:
		out_text(" (set on %s)", i->in->name);
		break;
	}
}

static void text_field(const struct incident *i, unsigned int attr,
		       __u32 value, __u32 level)
{
	const struct arg *field;

	for (field = policy_fields; !arg_ends(field); field++) {
		if (field->attr != attr)
			continue;
		out_text("  ");
		print_named(field, value);
		text_level(i, level);
		out_text("\n");
	}
}

/* As the port has it; the kernel tells of the deciding field itself. */
static void text_port_field(const struct incident *i, unsigned int attr)
{
	const struct nvsw_port *port = &i->in->port;

	if (attr != i->x->field)
		text_field(i, attr, port->resolved.value[attr],
			   port->level.value[attr]);
}

static bool has_policy(const struct incident *i, unsigned int attr,
		       __u32 value)
{
	return i->in->port.resolved.value[attr] == value;
}

/* Whether a guest's frame has come as far as a rule, or past it. */
static bool meets(const struct incident *i, unsigned int rule)
{
	return i->x->rule >= rule;
}

static bool passes(const struct incident *i, unsigned int rule)
{
	return i->x->rule > rule;
}

static void rule_vlan(const struct incident *i)
{
	const struct nvsw_port *port = &i->in->port;

	if (!meets(i, NVSWITCH_RULE_VLAN) ||
	    port->vlan_resolved.mode == NVSWITCH_VLAN_NONE)
		return;
	out_text("  ");
	if (passes(i, NVSWITCH_RULE_VLAN) && i->x->travels >= 0)
		out_text("VLAN %d: ", i->x->travels);
	out_text("%s has vlan ", i->in->name);
	print_vlan("vlan", &port->vlan_resolved);
	text_level(i, port->vlan_level);
	out_text("\n");
}

/* A frame that meets delivery alone has been admitted by an earlier rule. */
static bool is_own(const struct incident *i)
{
	return i->x->has_effective &&
	       !memcmp(i->x->effective, i->frame->src, ETH_ALEN);
}

static void rule_effective(const struct incident *i)
{
	bool listed = i->allow || !passes(i, NVSWITCH_RULE_ALLOW);
	const struct nvsw_port *port = &i->in->port;

	if (!meets(i, NVSWITCH_RULE_EFFECTIVE) ||
	    i->x->reason == NVSWITCH_DROP_NO_MAC)
		return;
	if (is_own(i)) {
		out_text("  source is %s's effective MAC\n", i->in->name);
		return;
	}
	out_text("  ");
	if (i->x->has_effective) {
		out_text("source is not %s's effective MAC ", i->in->name);
		text_mac(i->x->effective);
		out_text("%s\n", listed ? "" : ", not in its allow list");
		return;
	}
	out_text("%s has no initial MAC", i->in->name);
	if (has_attr(port->present, IFLA_NVSWITCH_PORT_ADOPTED_MAC)) {
		out_text(", and has adopted ");
		text_mac(port->adopted_mac);
	}
	out_text("%s\n", listed ? "" : "; source is not in its allow list");
}

static void rule_allow(const struct incident *i)
{
	if (!i->allow || !meets(i, NVSWITCH_RULE_ALLOW))
		return;
	out_text("  source is in %s's allow list: ", i->in->name);
	text_mac(i->allow->mac);
	if (i->allow->bits != NVSWITCH_ALLOW_BITS_MAX)
		out_text("/%u", i->allow->bits);
	out_text("\n");
}

static bool is_static_here(const struct incident *i)
{
	return is_source_static(i) && i->x->source.port == i->in->ifindex;
}

/* Between the allow list and what asks the table. */
static bool is_judged_by_policy(const struct incident *i)
{
	return !i->allow && !is_own(i) && !is_static_here(i);
}

static void rule_binding(const struct incident *i)
{
	bool known = i->x->source.kind == NVSWITCH_FDB_ADOPTED &&
		     i->x->source.port == i->in->ifindex;

	if (!meets(i, NVSWITCH_RULE_BINDING) || !is_judged_by_policy(i) ||
	    i->x->has_effective ||
	    i->x->reason == NVSWITCH_DROP_FORGED_TRANSMIT ||
	    i->x->reason == NVSWITCH_DROP_NO_MAC ||
	    has_policy(i, NVSWITCH_POLICY_FORGED_TRANSMITS, NVSWITCH_ACCEPT))
		return;
	out_text("  source %s\n", known ? "is the MAC that it has adopted" :
					  "is adopted as its MAC");
}

static void rule_forged(const struct incident *i)
{
	if (passes(i, NVSWITCH_RULE_FORGED) && is_judged_by_policy(i) &&
	    has_policy(i, NVSWITCH_POLICY_FORGED_TRANSMITS, NVSWITCH_ACCEPT))
		text_port_field(i, NVSWITCH_POLICY_FORGED_TRANSMITS);
}

static bool is_elsewhere(const struct incident *i)
{
	const struct nvsw_known *source = &i->x->source;

	return source->present && source->kind >= NVSWITCH_FDB_ADOPTED &&
	       source->port != i->in->ifindex;
}

static void rule_move(const struct incident *i)
{
	const struct nvsw_known *source = &i->x->source;

	if (!passes(i, NVSWITCH_RULE_FORGED) || is_own(i) || !is_elsewhere(i))
		return;
	out_text("  source is %s on ",
		 word_or_number(&kind_words, source->kind));
	text_place(i, source->port);
	if (source->age >= 0)
		out_text(", seen %lld.%03lld s ago", source->age / 1000,
			 source->age % 1000);
	out_text("; move_hold is %u ms\n", i->sw->sw.move_hold);
}

static void guest_rules(const struct incident *i)
{
	rule_vlan(i);
	rule_effective(i);
	if (is_static_here(i))
		out_text("  source is static on %s\n", i->in->name);
	rule_allow(i);
	rule_binding(i);
	rule_forged(i);
	rule_move(i);
}

static void uplink_rules(const struct incident *i)
{
	const struct nvsw_link *in = i->in;
	const char *standby = "stands by, but the destination is held here";

	if (i->x->verdict == NVSWITCH_VERDICT_PASSED) {
		out_text("  01:80:c2:00:00:00 to 0f are left to %s's own stack\n",
			 in->name);
		return;
	}
	if (!passes(i, NVSWITCH_RULE_STANDBY))
		return;
	out_text("  %s %s\n", in->name,
		 in->port.active ? "is the active uplink" : standby);
}

static void text_rules(const struct incident *i)
{
	if (i->in->kind == LINK_SWITCH)
		out_text("  the host is trusted, and a trunk of all VLANs\n");
	else if (is_guest(i->in))
		guest_rules(i);
	else
		uplink_rules(i);
	/* The allow list has decided already what is learned. */
	if (i->x->field && !(i->allow &&
			     i->x->field == NVSWITCH_POLICY_LEARNING))
		text_field(i, i->x->field, i->x->value, i->x->level);
	if (i->x->has_limit && i->x->verdict == NVSWITCH_VERDICT_FORWARDED)
		out_text("  the limit of %u is reached\n", i->x->limit);
}

static void text_learned(const struct incident *i)
{
	static const char *const texts[] = {
		[NVSWITCH_LEARN_NOTHING] = "nothing is learned",
		[NVSWITCH_LEARN_REFRESH] = "source is known here: refreshed",
		[NVSWITCH_LEARN_ENTER] = "source is new: entered",
		[NVSWITCH_LEARN_MOVE] = "source moves here",
	};

	if (i->x->learn < ARRAY_SIZE(texts))
		out_text("  %s\n", texts[i->x->learn]);
}

static void text_why(const struct incident *i, __u8 why)
{
	switch (why) {
	case NVSWITCH_WHY_HOLDS:
		out_text("holds the destination");
		break;
	case NVSWITCH_WHY_MEMBER:
		out_text("in VLAN %d (%s)", i->x->table_vid,
			 word_or_number(&cast_words, i->x->cast));
		break;
	case NVSWITCH_WHY_FLOOD:
		out_text("learning, unknown unicast is flooded");
		break;
	case NVSWITCH_WHY_PROMISCUOUS:
		out_text("promiscuous accept");
		break;
	case NVSWITCH_WHY_BPDU:
		out_text("bpdu pass");
		break;
	case NVSWITCH_WHY_UPLINK:
		out_text("active uplink");
		break;
	default:
		out_text("%s", word_or_number(&why_words, why));
		break;
	}
}

static void text_refusal(const struct incident *i,
			 const struct nvsw_receiver *receiver)
{
	const struct nvsw_link *at = link_by_index(receiver->port);
	struct incident refusal = *i;
	const struct advice *advice;
	char cause[CAUSE_TEXT];

	out_color(COLOR_BAD, "%s",
		  word_or_number(&reason_words, receiver->refusal));
	if (!at || at->kind == LINK_OTHER)
		return;
	refusal.at = at;
	advice = find_refusal_advice(receiver->refusal, &refusal);
	if (advice)
		out_text(": %s",
			 fill_cause(cause, sizeof(cause), advice, &refusal));
}

static void text_receiver(const struct incident *i,
			  const struct nvsw_receiver *receiver)
{
	out_text(receiver->refusal ? "  not to " : "  to ");
	text_place(i, receiver->port);
	if (receiver->refusal) {
		out_text(", ");
		text_why(i, receiver->why);
		out_text(": ");
		text_refusal(i, receiver);
	} else {
		if (receiver->vid)
			out_text(", tagged %u", receiver->vid);
		out_text(": ");
		if (receiver->why == NVSWITCH_WHY_PROMISCUOUS &&
		    receiver->port == i->sw->ifindex)
			out_text("the host listens to all");
		else
			text_why(i, receiver->why);
	}
	out_text("\n");
}

static void text_receivers(const struct incident *i)
{
	unsigned int n;

	for (n = 0; n < i->x->listed; n++)
		text_receiver(i, &i->x->receiver[n]);
	if (i->x->count > i->x->listed)
		out_text("  and to, or not to, %u more\n",
			 i->x->count - i->x->listed);
}

/* What stands before the first of the commands; "or:" before the others. */
static const char *const labels[] = {
	[ADVICE_FIX] = "to let it pass: ",
	[ADVICE_NEVER] = "what helps: ",
	[ADVICE_NORMAL] = "to change that: ",
};

static const char *const causes[] = {
	[ADVICE_FIX] = "",
	[ADVICE_NEVER] = "nothing lets it pass: ",
	[ADVICE_NORMAL] = "this is normal: ",
};

static int note_column(const struct advice_line *lines, unsigned int count)
{
	size_t column = 0, length;
	unsigned int n;

	for (n = 0; n < count; n++) {
		length = strlen(lines[n].text);
		if (lines[n].note[0] && length > column && length < 60)
			column = length;
	}
	return column;
}

static void text_remedies(const struct advice *advice, const struct incident *i)
{
	static struct advice_line lines[ADVICE_LINES];
	unsigned int count = advise(advice, i, lines), n;
	int column = note_column(lines, count);
	const char *label = labels[advice->kind];
	int width = strlen(label);

	for (n = 0; n < count; n++) {
		out_text("  %*s", width, n ? "or: " : label);
		if (lines[n].note[0])
			out_text("%-*s  (%s)\n", column, lines[n].text,
				 lines[n].note);
		else
			out_text("%s\n", lines[n].text);
	}
}

static void text_advice(const struct advice *advice, const struct incident *i)
{
	char cause[CAUSE_TEXT];

	/* What refuses the copies has been said with them. */
	if (!advice->told && i->x->reason != NVSWITCH_DROP_ALL_REFUSED)
		out_text("  %s%s\n", causes[advice->kind],
			 fill_cause(cause, sizeof(cause), advice, i));
	text_remedies(advice, i);
}

void text_incident(const struct incident *i, const struct advice *advice)
{
	text_verdict(i);
	text_rules(i);
	if (i->x->verdict == NVSWITCH_VERDICT_FORWARDED)
		text_learned(i);
	text_receivers(i);
	if (advice)
		text_advice(advice, i);
}
