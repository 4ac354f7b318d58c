// SPDX-License-Identifier: GPL-2.0-only
/* What there is to be said, from the tables by which it is understood. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "out.h"

#define WIDTH	79
#define INDENT	8

/* A paragraph of words that are not to be broken. */
static void add_item(unsigned int *column, const char *item)
{
	unsigned int length = strlen(item);

	if (*column + 1 + length > WIDTH && *column > INDENT) {
		out_text("\n%*s", INDENT, "");
		*column = INDENT;
	}
	out_text(" %s", item);
	*column += 1 + length;
}

static void usage_arg(const struct verb *verb, const struct arg *arg,
		      unsigned int *column)
{
	bool optional = !(arg->flags & REQUIRED);
	char value[256], bare[272], item[640];

	if (arg->flags & READONLY)
		return;
	describe_value(arg, verb->inherit, value, sizeof(value));
	if (arg->flags & BARE)
		snprintf(bare, sizeof(bare), "[ %s ]", value);
	else
		snprintf(bare, sizeof(bare), "%s", value);
	snprintf(item, sizeof(item), "%s%s%s%s%s", optional ? "[ " : "",
		 arg->name ? arg->name : "", arg->name && *bare ? " " : "",
		 bare, optional ? " ]" : "");
	add_item(column, item);
}

static void usage_verb(const struct command *command, const struct verb *verb)
{
	unsigned int column = strlen("nvsw ") + strlen(command->name);
	struct arg_place place = { };
	const struct arg *arg;

	out_text("nvsw ");
	out_color(COLOR_NAME, "%s", command->name);
	if (verb->name) {
		out_color(COLOR_NAME, " %s", verb->name);
		column += 1 + strlen(verb->name);
	}
	while ((arg = next_arg(verb, &place)))
		usage_arg(verb, arg, &column);
	out_text("\n");
	if (verb->summary)
		out_text("%*s%s\n", INDENT, "", verb->summary);
}

static bool takes_vlan(const struct verb *verb)
{
	struct arg_place place = { };
	const struct arg *arg;

	while ((arg = next_arg(verb, &place)))
		if (arg->type == ARG_VLAN)
			return true;
	return false;
}

static void usage_vlan(void)
{
	out_text("MODE := { inherit | none | access VLAN | trunk LIST [ native VLAN ] |\n"
		 "          private VLAN { promiscuous | isolated VLAN | community VLAN } }\n"
		 "LIST := { all | VLAN[-VLAN],... }\n");
}

void print_usage(const struct command *command, const struct verb *verb)
{
	bool vlan = verb && takes_vlan(verb);

	if (verb)
		usage_verb(command, verb);
	for (verb = verb ? NULL : command->verbs; verb && verb->run; verb++) {
		usage_verb(command, verb);
		vlan |= takes_vlan(verb);
	}
	if (vlan)
		usage_vlan();
}

static void list_verbs(const struct command *command)
{
	const struct verb *verb;

	for (verb = command->verbs; verb->run && verb->name; verb++)
		out_text("%s%s", verb == command->verbs ? ": " : ", ",
			 verb->name);
}

void print_commands(void)
{
	const struct command *const *at;

	out_text("Usage: nvsw [ -j[son] ] [ -p[retty] ] [ -c[olor][={auto|always|never}] ]\n"
		 "            [ -n[etns] NETNS ] [ -V[ersion] ] [ -h[elp] ] [ COMMAND ]\n\n");
	for (at = commands; *at; at++) {
		out_color(COLOR_NAME, "  %-11s", (*at)->name);
		out_text("%s", (*at)->summary);
		list_verbs(*at);
		out_text("\n");
	}
	out_text("\nnvsw COMMAND help says more. Without a command: nvsw %s.\n",
		 commands[0]->name);
}
