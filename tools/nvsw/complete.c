// SPDX-License-Identifier: GPL-2.0-only
/* What may stand where the cursor is: by the tables that will understand it. */
#include <dirent.h>
#include <linux/if.h>
#include <string.h>

#include "args.h"
#include "groups.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "parse.h"

/* The word at the cursor, as far as it is typed. */
static const char *partial;

static void offer(const char *word)
{
	if (word && !strncmp(word, partial, strlen(partial)))
		out_text("%s\n", word);
}

static void offer_words(const struct words *words)
{
	unsigned int i;

	for (i = 0; i < WORDS_MAX; i++)
		offer(words->word[i]);
}

static void offer_links(enum arg_type type)
{
	const struct nvsw_link *link = NULL;

	while ((link = link_next(link))) {
		bool good = link->kind == LINK_PORT;

		if (type == ARG_SWITCH)
			good = link->kind == LINK_SWITCH;
		else if (type == ARG_PORT_OR_SWITCH)
			good = link->kind != LINK_OTHER;
		else if (type == ARG_DEVICE)
			good = !link->master && link->kind == LINK_OTHER &&
			       !(link->flags & IFF_LOOPBACK);
		if (good)
			offer(link->name);
	}
}

/* The switch that the words before have named, by itself or by its port. */
static const struct nvsw_link *switch_of(const struct args *args)
{
	const struct value *value = arg_get(args, "SWITCH");
	const struct nvsw_link *link;

	if (value)
		return link_by_name(value->text);
	value = arg_get(args, "dev");
	link = value ? link_by_name(value->text) : NULL;
	return link ? link_by_index(link->master) : NULL;
}

static void offer_groups(const struct args *args)
{
	const struct nvsw_link *sw = switch_of(args);
	struct group_list list = { };
	size_t i;

	if (groups_load(sw, &list))
		return;
	for (i = 0; i < list.count; i++)
		offer(list.group[i].name);
}

static void offer_values(const struct verb *verb, const struct arg *arg,
			 const struct args *args)
{
	switch (arg->type) {
	case ARG_CHOICE:
	case ARG_WORD:
	case ARG_ONOFF:
		offer_words(arg->words);
		break;
	case ARG_VLAN:
		offer_words(&vlan_mode_words);
		break;
	case ARG_GROUP:
		offer_groups(args);
		break;
	case ARG_MULTICAST:
		offer("all");
		offer("none");
		break;
	case ARG_PORT_OR_HOST:
		offer("host");
		offer_links(ARG_PORT);
		break;
	case ARG_SWITCH:
	case ARG_PORT:
	case ARG_PORT_OR_SWITCH:
	case ARG_DEVICE:
		offer_links(arg->type);
		break;
	default:
		break;
	}
	if (verb->inherit && arg_may_inherit(arg))
		offer("inherit");
}

static void offer_keywords(const struct verb *verb, const struct args *args)
{
	const struct arg *positional = next_positional(verb, args);
	struct arg_place place = { };
	const struct arg *arg;
	bool any = false;

	if (positional) {
		offer_values(verb, positional, args);
		any = takes_any_word(positional);
	}
	while ((arg = next_arg(verb, &place))) {
		if (arg->flags & READONLY || has_arg(args, arg) ||
		    (any && arg != positional && !(arg->flags & REQUIRED)))
			continue;
		if (arg->type == ARG_CHOICE)
			offer_words(arg->words);
		else
			offer(arg->name);
	}
}

/* Within a VLAN mode: the words of it that are there, and the next. */
static void offer_vlan(int argc, char **argv)
{
	if (!argc)
		offer_words(&vlan_mode_words);
	else if (argc == 1 && !strcmp(argv[0], "trunk"))
		offer("all");
	else if (argc == 2 && !strcmp(argv[0], "private"))
		offer_words(&private_words);
}

/* The words of a VLAN mode; 0 if the cursor is among them. */
static int skip_vlan(int argc, char **argv)
{
	struct parse_error error;
	struct nvsw_vlan vlan;
	int used;

	if (!parse_vlan(argc - 1, argv, &used, &vlan, &error)) {
		offer_vlan(argc - 1, argv);
		return 0;
	}
	if (vlan.mode == NVSWITCH_VLAN_TRUNK && used == 2 && argc == 3)
		offer("native");
	return used;
}

/*
 * Take one argument from the words; returns how many they are, or 0 if the
 * cursor is in it, or it makes no sense: then there is nothing more to offer.
 */
static int skip_arg(const struct verb *verb, int argc, char **argv,
		    struct args *args)
{
	unsigned int count;
	struct value *value;
	bool is_keyword;
	const struct arg *arg;
	int used;

	arg = identify(verb, args, argv[0], &is_keyword, &count);
	if (!arg || args->count == ARGS_MAX)
		return 0;
	value = &args->value[args->count++];
	memset(value, 0, sizeof(*value));
	value->arg = arg;
	used = is_keyword;
	if (arg->type == ARG_FLAG || arg->type == ARG_CHOICE)
		return 1;
	value->text = argv[used];
	if (arg->type == ARG_VLAN && argc > used) {
		count = skip_vlan(argc - used, argv + used);
		return count ? used + count : 0;
	}
	if (argc - used > 1)
		return used + 1;
	offer_values(verb, arg, args);
	if (arg->flags & BARE)
		offer_keywords(verb, args);
	return 0;
}

/* @argv ends with the word at the cursor. */
static void complete_verb(const struct verb *verb, int argc, char **argv)
{
	static struct args args;

	while (argc > 1) {
		int used = skip_arg(verb, argc, argv, &args);

		if (!used)
			return;
		argc -= used;
		argv += used;
	}
	offer_keywords(verb, &args);
}

static void complete_command(const struct command *command, int argc,
			     char **argv)
{
	const struct verb *verb = command->verbs;

	if (!verb->name) {
		complete_verb(verb, argc, argv);
		return;
	}
	if (argc > 1) {
		verb = find_verb(command, argv[0]);
		if (verb)
			complete_verb(verb, argc - 1, argv + 1);
		return;
	}
	for (; verb->run; verb++)
		offer(verb->name);
}

static void offer_commands(void)
{
	static const char *const options[] = {
		"-json", "-pretty", "-color", "-netns", "-Version", "-help",
	};
	const struct command *const *at;
	unsigned int i;

	for (at = commands; *at; at++)
		offer((*at)->name);
	offer("help");
	for (i = 0; *partial == '-' && i < ARRAY_SIZE(options); i++)
		offer(options[i]);
}

static void offer_namespaces(void)
{
	DIR *directory = opendir("/run/netns");
	const struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (entry->d_name[0] != '.')
			offer(entry->d_name);
	if (directory)
		closedir(directory);
}

/* How many words the options before the command take; -1 if that fails. */
static int skip_options(int argc, char **argv)
{
	int i;

	for (i = 0; i < argc - 1 && argv[i][0] == '-'; i++) {
		if (argv[i][1] != 'n')
			continue;
		if (++i == argc - 1)
			offer_namespaces();
		if (i == argc - 1 || !nl_enter_netns(argv[i]))
			return -1;
	}
	return i;
}

int complete(int argc, char **argv)
{
	const struct command *command;
	unsigned int count;
	int skipped;

	if (!argc)
		return NVSW_USAGE;
	out_begin(false, false, COLOR_NEVER);
	partial = argv[argc - 1];
	skipped = skip_options(argc, argv);
	if (skipped < 0)
		return NVSW_DONE;
	argc -= skipped;
	argv += skipped;
	if (argc > 1 && !strcmp(argv[0], "help")) {
		argc--;
		argv++;
	}
	if (argc == 1) {
		offer_commands();
		return NVSW_DONE;
	}
	command = find_command(argv[0], &count);
	if (command)
		complete_command(command, argc - 1, argv + 1);
	return NVSW_DONE;
}
