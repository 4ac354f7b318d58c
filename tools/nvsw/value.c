// SPDX-License-Identifier: GPL-2.0-only
/* The value of one argument: read it, and say what it may be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "parse.h"

#define SECONDS_MAX	86400

static bool fail_choices(const struct arg *arg, bool inherit, const char *word,
			 struct parse_error *error)
{
	char text[200];

	describe_value(arg, inherit, text, sizeof(text));
	return parse_fail(error, "'%.32s' is none of %s", word, text);
}

static bool parse_word(const struct arg *arg, bool inherit, const char *word,
		       struct value *value, struct parse_error *error)
{
	int number = value_of(arg->words, word);

	if (inherit && !strcmp(word, "inherit"))
		number = NVSWITCH_INHERIT;
	if (number < 0)
		return fail_choices(arg, inherit, word, error);
	value->number = number;
	return true;
}

static bool parse_limit(const struct arg *arg, bool inherit, const char *word,
			struct value *value, struct parse_error *error)
{
	char what[48];

	if (inherit && !strcmp(word, "inherit")) {
		value->number = NVSWITCH_LEARN_LIMIT_INHERIT;
		return true;
	}
	snprintf(what, sizeof(what), "number%s%s", arg->unit ? " of " : "",
		 arg->unit ? arg->unit : "");
	return parse_number(word, what, arg->min, arg->max, arg->zero,
			    &value->number, error);
}

static bool parse_seconds(const char *word, struct value *value,
			  struct parse_error *error)
{
	double seconds;
	char *end;

	if (word[strspn(word, "0123456789.")] || !*word)
		return parse_fail(error, "'%.32s' is no number of seconds: it takes 0.1..%u",
				  word, SECONDS_MAX);
	seconds = strtod(word, &end);
	if (*end || seconds < 0.1 || seconds > SECONDS_MAX)
		return parse_fail(error, "'%.32s' is out of range: it takes 0.1..%u seconds",
				  word, SECONDS_MAX);
	value->number = seconds * 1000 + 0.5;
	return true;
}

static bool parse_vid_of(const struct arg *arg, const char *word,
			 struct value *value, struct parse_error *error)
{
	if (!parse_number(word, "VLAN", arg->min, NVSWITCH_VID_MAX, false,
			  &value->number, error))
		return false;
	value->vid = value->number;
	return true;
}

static bool parse_station_or_zero(const char *word, struct value *value,
				  struct parse_error *error)
{
	if (!strcmp(word, "00:00:00:00:00:00"))
		return true;
	return parse_station(word, value->mac, error);
}

bool parse_value(const struct arg *arg, bool inherit, int argc, char **argv,
		 int *used, struct value *value, struct parse_error *error)
{
	const char *word = argv[0];

	*used = 1;
	inherit = inherit && arg_may_inherit(arg);
	switch (arg->type) {
	case ARG_WORD:
	case ARG_ONOFF:
		return parse_word(arg, inherit, word, value, error);
	case ARG_NUMBER:
		return parse_limit(arg, inherit, word, value, error);
	case ARG_SECONDS:
		return parse_seconds(word, value, error);
	case ARG_VID:
		return parse_vid_of(arg, word, value, error);
	case ARG_STATION:
		return parse_station(word, value->mac, error);
	case ARG_STATION_OR_ZERO:
		return parse_station_or_zero(word, value, error);
	case ARG_MAC:
		return parse_mac(word, value->mac, error);
	case ARG_PREFIX:
		return parse_prefix(word, value->mac, &value->bits, error);
	case ARG_VLAN:
		return parse_vlan(argc, argv, used, &value->vlan, error);
	case ARG_GROUP:
		return parse_group(word, error);
	case ARG_MULTICAST:
		return parse_multicast(word, &value->multicast, error);
	case ARG_SWITCH:
	case ARG_PORT:
	case ARG_PORT_OR_SWITCH:
	case ARG_PORT_OR_HOST:
	case ARG_DEVICE:
	case ARG_NEW_DEVICE:
		return parse_device(word, error);
	default:
		return true;
	}
}

static const char *const usual[] = {
	[ARG_SECONDS] = "SECONDS",
	[ARG_VID] = "VLAN",
	[ARG_STATION] = "LLADDR",
	[ARG_STATION_OR_ZERO] = "LLADDR",
	[ARG_MAC] = "LLADDR",
	[ARG_PREFIX] = "LLADDR[/BITS]",
	[ARG_GROUP] = "NAME",
	[ARG_MULTICAST] = "{ all | none | LLADDR,... }",
	[ARG_SWITCH] = "SWITCH",
	[ARG_PORT] = "DEV",
	[ARG_PORT_OR_SWITCH] = "DEV",
	[ARG_PORT_OR_HOST] = "{ DEV | host }",
	[ARG_DEVICE] = "DEV",
	[ARG_NEW_DEVICE] = "NAME",
	[ARG_FILE] = "FILE",
	[ARG_TEXT] = "TEXT",
};

static void describe_words(const struct arg *arg, bool inherit, char *text,
			   size_t size)
{
	size_t used = 0;
	unsigned int i;

	used = snprintf(text, size, "{ ");
	for (i = 0; i < WORDS_MAX && used < size; i++) {
		if (!arg->words->word[i])
			continue;
		used += snprintf(text + used, size - used, "%s%s",
				 used > 2 ? " | " : "", arg->words->word[i]);
	}
	if (used < size)
		snprintf(text + used, size - used, "%s }",
			 inherit ? " | inherit" : "");
}

static void describe_number(const struct arg *arg, bool inherit, char *text,
			    size_t size)
{
	char range[96];

	snprintf(range, sizeof(range), "%s%u..%u%s%s",
		 arg->zero && arg->min ? "0 | " : "", arg->min, arg->max,
		 arg->unit ? " " : "", arg->unit ? arg->unit : "");
	if (inherit)
		snprintf(text, size, "{ %s | inherit }", range);
	else if (arg->zero && arg->min)
		snprintf(text, size, "{ %s }", range);
	else
		snprintf(text, size, "%s", range);
}

void describe_value(const struct arg *arg, bool inherit, char *text,
		    size_t size)
{
	*text = 0;
	if (arg->label && arg->type != ARG_CHOICE) {
		snprintf(text, size, "%s", arg->label);
		return;
	}
	/* Of all fields those of a policy alone may be inherited. */
	inherit = inherit && arg_may_inherit(arg);
	switch (arg->type) {
	case ARG_FLAG:
		break;
	case ARG_CHOICE:
	case ARG_WORD:
	case ARG_ONOFF:
		describe_words(arg, inherit, text, size);
		break;
	case ARG_NUMBER:
		describe_number(arg, inherit, text, size);
		break;
	case ARG_VLAN:
		snprintf(text, size, "MODE");
		break;
	default:
		snprintf(text, size, "%s", usual[arg->type]);
		break;
	}
}
