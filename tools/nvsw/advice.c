// SPDX-License-Identifier: GPL-2.0-only
/* What is said about an incident, with its names filled in. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "links.h"
#include "out.h"
#include "remedies.h"

/**
 * struct filler - a text that is being filled in
 * @text: where it goes
 * @size: of that
 * @used: bytes of it so far
 * @command: it is for a shell
 */
struct filler {
	char *text;
	size_t size;
	size_t used;
	bool command;
	const struct incident *incident;
};

static void add(struct filler *to, const char *format, ...) NVSW_PRINTF(2, 3);

static void add(struct filler *to, const char *format, ...)
{
	size_t room = to->size - to->used;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(to->text + to->used, room, format, arguments);
	va_end(arguments);
	if (length > 0)
		to->used += (size_t)length < room ? (size_t)length : room - 1;
}

/* As a shell takes it for one word. */
static void add_quoted(struct filler *to, const char *name)
{
	add(to, "'");
	for (; *name; name++)
		add(to, *name == '\'' ? "'\\''" : "%c", *name);
	add(to, "'");
}

static bool is_plain(const char *name)
{
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) &&
		    !strchr("_.:@%+=,/-", *name))
			return false;
	return true;
}

static void add_name(struct filler *to, const char *name)
{
	if (to->command && !is_plain(name))
		add_quoted(to, name);
	else
		add(to, "%s", name);
}

static void add_mac(struct filler *to, const __u8 *mac)
{
	char text[MAC_TEXT];

	add(to, "%s", mac_text(text, mac));
}

/* A number, or what stands for it if it is unknown. */
static void add_known(struct filler *to, int number, const char *unknown)
{
	if (number < 0)
		add(to, "%s", unknown);
	else
		add(to, "%d", number);
}

static void add_age(struct filler *to, long long age)
{
	add(to, "%lld.%03lld s", age / 1000, age % 1000);
}

/* What a trunk carries, if it is one, and one VLAN more. */
static void add_list(struct filler *to, int vid)
{
	const struct nvsw_link *at = to->incident->at;
	static char text[TRUNK_TEXT];
	struct nvsw_vlan wider = { };

	if (is_guest(at) && at->port.vlan_resolved.mode == NVSWITCH_VLAN_TRUNK)
		wider = at->port.vlan_resolved;
	if (vid >= 0 && vid <= NVSWITCH_VID_MAX)
		wider.trunk[vid / 64] |= 1ULL << (vid % 64);
	add(to, "%s", trunk_text(text, &wider));
}

static int vid_of(const struct incident *incident)
{
	if (incident->frame->vid > 0)
		return incident->frame->vid;
	return incident->x->travels;
}

static int native_of(const struct incident *incident)
{
	const struct nvsw_vlan *vlan = &incident->at->port.vlan_resolved;

	if (!is_guest(incident->at))
		return 0;
	return vlan->mode == NVSWITCH_VLAN_TRUNK ? vlan->native : vlan->vid;
}

static __u32 twice(__u32 limit, __u32 max)
{
	return limit < max / 2 ? 2 * limit : max;
}

static __u32 payload_of(const struct incident *incident)
{
	return incident->frame->length - ETH_HLEN;
}

static void fill_port(struct filler *to)
{
	add_name(to, to->incident->at->name);
}

static void fill_other(struct filler *to)
{
	const struct nvsw_link *other = to->incident->other;

	if (other)
		add_name(to, other->name);
	else
		add(to, "%s", to->command ? "OTHER" : "the uplinks");
}

static void fill_other_or_switch(struct filler *to)
{
	const struct nvsw_link *other = to->incident->other;

	if (other)
		add(to, "dev ");
	add_name(to, other ? other->name : to->incident->sw->name);
}

static void fill_other_mode(struct filler *to)
{
	const struct nvsw_link *other = to->incident->other;
	const struct nvsw_vlan *vlan;

	if (!other || !is_guest(other)) {
		add(to, "access N");
		return;
	}
	vlan = &other->port.vlan_resolved;
	if (vlan->mode == NVSWITCH_VLAN_ACCESS)
		add(to, "access %u", vlan->vid);
	else if (vlan->mode == NVSWITCH_VLAN_NONE)
		add(to, "none");
	else
		add(to, "access N");
}

static void fill_switch(struct filler *to)
{
	add_name(to, to->incident->sw->name);
}

static void fill_active(struct filler *to)
{
	__u32 active = to->incident->sw->sw.active_uplink;

	if (active)
		add_name(to, link_name(active));
	else
		add(to, "ACTIVE");
}

static void fill_src(struct filler *to)
{
	add_mac(to, to->incident->frame->src);
}

static void fill_dst(struct filler *to)
{
	add_mac(to, to->incident->frame->dst);
}

static void fill_requested(struct filler *to)
{
	const struct nvsw_port *port = &to->incident->at->port;

	if (is_guest(to->incident->at) &&
	    has_attr(port->present, IFLA_NVSWITCH_PORT_REQUESTED_MAC))
		add_mac(to, port->requested_mac);
	else
		add(to, to->command ? "MAC" : "a MAC");
}

static void fill_vid(struct filler *to)
{
	add_known(to, vid_of(to->incident), "VID");
}

static void fill_fid(struct filler *to)
{
	add_known(to, to->incident->x->table_vid, "VID");
}

static void fill_vlan(struct filler *to)
{
	if (to->incident->x->table_vid > 0)
		add(to, " vlan %d", to->incident->x->table_vid);
}

static void fill_travels(struct filler *to)
{
	add_known(to, to->incident->x->travels, "VID");
}

static void fill_native(struct filler *to)
{
	add(to, "%d", native_of(to->incident));
}

static void fill_keep_native(struct filler *to)
{
	if (native_of(to->incident))
		add(to, " native %d", native_of(to->incident));
}

static void fill_list(struct filler *to)
{
	add_list(to, -1);
}

static void fill_list_zero(struct filler *to)
{
	add_list(to, 0);
}

static void fill_list_vid(struct filler *to)
{
	add_list(to, vid_of(to->incident));
}

static void fill_list_native(struct filler *to)
{
	add_list(to, native_of(to->incident));
}

static void fill_limit(struct filler *to)
{
	add(to, "%u", to->incident->x->limit);
}

static void fill_twice_limit(struct filler *to)
{
	add(to, "%u", twice(to->incident->x->limit,
			    to->incident->x->value ==
			    to->incident->x->limit ?
			    NVSWITCH_LEARN_LIMIT_MAX :
			    NVSWITCH_TABLE_LIMIT_MAX));
}

static void fill_age(struct filler *to)
{
	long long age = to->incident->x->source.age;

	add_age(to, age < 0 ? 0 : age);
}

static void fill_hold(struct filler *to)
{
	add(to, "%u", to->incident->sw->sw.move_hold);
}

static void fill_payload(struct filler *to)
{
	add(to, "%u", payload_of(to->incident));
}

static void fill_mtu(struct filler *to)
{
	add(to, "%u", to->incident->at->mtu);
}

static const struct {
	const char *word;
	void (*fill)(struct filler *to);
} fillers[] = {
	{ "PORT", fill_port },
	{ "OTHER", fill_other },
	{ "OTHER-OR-SWITCH", fill_other_or_switch },
	{ "OTHER-MODE", fill_other_mode },
	{ "SWITCH", fill_switch },
	{ "ACTIVE", fill_active },
	{ "SRC", fill_src },
	{ "DST", fill_dst },
	{ "REQUESTED", fill_requested },
	{ "VID", fill_vid },
	{ "FID", fill_fid },
	{ "VLAN", fill_vlan },
	{ "TRAVELS", fill_travels },
	{ "NATIVE", fill_native },
	{ "KEEP-NATIVE", fill_keep_native },
	{ "LIST", fill_list },
	{ "LIST+0", fill_list_zero },
	{ "LIST+VID", fill_list_vid },
	{ "LIST+NATIVE", fill_list_native },
	{ "LIMIT", fill_limit },
	{ "TWICE-LIMIT", fill_twice_limit },
	{ "AGE", fill_age },
	{ "HOLD", fill_hold },
	{ "PAYLOAD", fill_payload },
	{ "MTU", fill_mtu },
};

static void fill_word(struct filler *to, const char *word, size_t length)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fillers); i++) {
		if (strlen(fillers[i].word) == length &&
		    !memcmp(fillers[i].word, word, length)) {
			fillers[i].fill(to);
			return;
		}
	}
}

static void fill(struct filler *to, const char *words)
{
	while (*words) {
		size_t length = strcspn(words, "{");

		add(to, "%.*s", (int)length, words);
		words += length;
		if (!*words)
			break;
		length = strcspn(words, "}");
		fill_word(to, words + 1, length - 1);
		words += length + 1;
	}
}

static void begin(struct filler *to, char *text, size_t size, bool command,
		  const struct incident *incident)
{
	*to = (struct filler){
		.text = text,
		.size = size,
		.command = command,
		.incident = incident,
	};
	*text = 0;
}

char *fill_cause(char *text, size_t size, const struct advice *advice,
		 const struct incident *incident)
{
	struct filler to;

	begin(&to, text, size, false, incident);
	fill(&to, advice->cause);
	return text;
}

/* Returns whether there is such a line. */
static bool fill_remedy(struct advice_line *line, const struct remedy *remedy,
			const struct incident *incident)
{
	const char *words = remedy->command ? remedy->command : remedy->hint;
	struct filler to;

	if (!words || (remedy->when && !remedy->when(incident)))
		return false;
	line->is_command = remedy->command;
	begin(&to, line->text, sizeof(line->text), line->is_command, incident);
	fill(&to, words);
	begin(&to, line->note, sizeof(line->note), true, incident);
	if (remedy->note)
		fill(&to, remedy->note);
	return true;
}

static __u32 level_of(const struct nvsw_port *port, unsigned int field)
{
	if (field == FIELD_VLAN)
		return port->vlan_level;
	return port->level.value[field];
}

/* The same for a whole port group, where that decides. */
static bool fill_group(struct advice_line *line, const struct remedy *remedy,
		       const struct incident *incident)
{
	static const char port_words[] = "nvsw port set {PORT} ";
	const struct nvsw_link *at = incident->at;
	struct filler to;

	if (!remedy->field || !is_guest(at) ||
	    level_of(&at->port, remedy->field) != NVSWITCH_LEVEL_GROUP)
		return false;
	line->is_command = true;
	begin(&to, line->text, sizeof(line->text), true, incident);
	add(&to, "nvsw group set ");
	add_name(&to, incident->sw->name);
	add(&to, " ");
	add_name(&to, at->port.group);
	add(&to, " ");
	fill(&to, remedy->command + strlen(port_words));
	begin(&to, line->note, sizeof(line->note), false, incident);
	add(&to, "all ports of %s", at->port.group);
	return true;
}

unsigned int advise(const struct advice *advice,
		    const struct incident *incident, struct advice_line *lines)
{
	unsigned int count = 0, i;

	for (i = 0; i < REMEDIES_MAX; i++)
		if (fill_remedy(&lines[count], &advice->remedy[i], incident))
			count++;
	for (i = 0; i < REMEDIES_MAX; i++) {
		if (fill_group(&lines[count], &advice->remedy[i], incident)) {
			count++;
			break;
		}
	}
	return count;
}
