// SPDX-License-Identifier: GPL-2.0-only
/* Find out what the command line asks for, and do it. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "links.h"
#include "netlink.h"
#include "parse.h"

/* A list of words for a sentence: "a, b or c". */
struct list {
	char text[1024];
	unsigned int count;
	const char *last;
};

static void add_text(struct list *list, const char *separator,
		     const char *word)
{
	size_t used = strlen(list->text);

	snprintf(list->text + used, sizeof(list->text) - used, "%s%s",
		 separator, word);
}

static void add_word(struct list *list, const char *word)
{
	if (list->last)
		add_text(list, list->count > 1 ? ", " : "", list->last);
	list->last = word;
	list->count++;
}

static const char *end_list(struct list *list)
{
	if (list->last)
		add_text(list, list->count > 1 ? " or " : "", list->last);
	list->last = NULL;
	return list->text;
}

bool arg_ends(const struct arg *arg)
{
	return !arg->name && !arg->label && !arg->words;
}

bool arg_is(const struct arg *arg, const char *word)
{
	if (arg->flags & READONLY)
		return false;
	return (arg->name && !strcmp(arg->name, word)) ||
	       (arg->alias && !strcmp(arg->alias, word));
}

const struct value *arg_get(const struct args *args, const char *name)
{
	unsigned int i;

	for (i = 0; i < args->count; i++) {
		const struct arg *arg = args->value[i].arg;

		if ((arg->name && !strcmp(arg->name, name)) ||
		    (arg->label && !strcmp(arg->label, name)))
			return &args->value[i];
	}
	return NULL;
}

const struct nvsw_link *arg_link(const struct args *args, const char *name)
{
	const struct value *value = arg_get(args, name);

	return value ? value->link : NULL;
}

bool has_arg(const struct args *args, const struct arg *arg)
{
	unsigned int i;

	for (i = 0; i < args->count; i++)
		if (args->value[i].arg == arg)
			return true;
	return false;
}

const struct arg *next_arg(const struct verb *verb, struct arg_place *place)
{
	while (place->table < TABLES_MAX && verb->args[place->table]) {
		const struct arg *arg =
			&verb->args[place->table][place->index++];

		if (!arg_ends(arg))
			return arg;
		place->table++;
		place->index = 0;
	}
	return NULL;
}

const struct arg *next_positional(const struct verb *verb,
				  const struct args *args)
{
	struct arg_place place = { };
	const struct arg *arg;

	while ((arg = next_arg(verb, &place)))
		if (arg->flags & POSITIONAL && !has_arg(args, arg))
			return arg;
	return NULL;
}

static bool begins(const char *word, const char *with)
{
	return word && !strncmp(word, with, strlen(with));
}

/* Which of an argument's words it is, or with @prefix begins; none: -1. */
static int choice_of(const struct arg *arg, const char *word, bool prefix)
{
	int i;

	for (i = 0; i < WORDS_MAX; i++)
		if (arg->words->word[i] &&
		    (prefix ? begins(arg->words->word[i], word) :
			      !strcmp(arg->words->word[i], word)))
			return i;
	return -1;
}

static bool matches(const struct arg *arg, const char *word, bool prefix)
{
	if (arg->type == ARG_CHOICE)
		return choice_of(arg, word, prefix) >= 0;
	if (!prefix)
		return arg_is(arg, word);
	return !(arg->flags & READONLY) && begins(arg->name, word);
}

/* The argument that a keyword names; @count says how many it could mean. */
static const struct arg *find_keyword(const struct verb *verb,
				      const char *word, bool prefix,
				      unsigned int *count)
{
	const struct arg *found = NULL, *arg;
	struct arg_place place = { };

	*count = 0;
	while ((arg = next_arg(verb, &place))) {
		if (!matches(arg, word, prefix))
			continue;
		found = arg;
		++*count;
	}
	return found;
}

/* What is read, and where. */
struct reader {
	const struct command *command;
	const struct verb *verb;
	int argc;
	char **argv;
	struct args *args;
};

static const char *called(const struct reader *reader)
{
	static char text[64];

	snprintf(text, sizeof(text), "%s%s%s", reader->command->name,
		 reader->verb->name ? " " : "",
		 reader->verb->name ? reader->verb->name : "");
	return text;
}

static bool say_unknown(const struct reader *reader, const char *word,
			bool ambiguous)
{
	struct arg_place place = { };
	struct list list = { };
	const struct arg *arg;

	while ((arg = next_arg(reader->verb, &place))) {
		int i;

		if (arg->type == ARG_CHOICE) {
			for (i = 0; i < WORDS_MAX; i++)
				if (arg->words->word[i] &&
				    (!ambiguous ||
				     begins(arg->words->word[i], word)))
					add_word(&list, arg->words->word[i]);
		} else if (arg->name && !(arg->flags & READONLY) &&
			   (!ambiguous || begins(arg->name, word))) {
			add_word(&list, arg->name);
		}
	}
	if (ambiguous)
		misuse("'%s' could be %s", word, end_list(&list));
	else if (list.count)
		misuse("'%s' is unknown to %s: it takes %s", word,
		       called(reader), end_list(&list));
	else
		misuse("'%s' is too much: %s takes no more", word,
		       called(reader));
	return false;
}

bool takes_any_word(const struct arg *positional)
{
	if (!positional || !(positional->flags & REQUIRED))
		return false;
	switch (positional->type) {
	case ARG_SWITCH:
	case ARG_PORT:
	case ARG_PORT_OR_SWITCH:
	case ARG_PORT_OR_HOST:
	case ARG_DEVICE:
	case ARG_NEW_DEVICE:
	case ARG_GROUP:
	case ARG_FILE:
	case ARG_TEXT:
		return true;
	default:
		return false;
	}
}

const struct arg *identify(const struct verb *verb, const struct args *args,
			   const char *word, bool *is_keyword,
			   unsigned int *count)
{
	const struct arg *positional, *keyword;

	*is_keyword = true;
	positional = next_positional(verb, args);
	keyword = find_keyword(verb, word, false, count);
	if (keyword && (keyword == positional || keyword->flags & REQUIRED ||
			!takes_any_word(positional)))
		return keyword;
	*is_keyword = false;
	if (positional)
		return positional;
	*is_keyword = true;
	keyword = find_keyword(verb, word, true, count);
	return *count == 1 ? keyword : NULL;
}

static void advance(struct reader *reader, int count)
{
	reader->argc -= count;
	reader->argv += count;
}

static bool read_choice(struct reader *reader, const struct arg *arg,
			struct value *value)
{
	int choice = choice_of(arg, reader->argv[0], false);

	if (choice < 0)
		choice = choice_of(arg, reader->argv[0], true);
	value->number = choice;
	value->text = arg->words->word[choice];
	advance(reader, 1);
	return true;
}

/* Whether the next word is a value that a bare keyword may have. */
static bool is_bare(const struct reader *reader, const struct arg *arg)
{
	struct parse_error error;
	struct value value;
	int used;

	return arg->flags & BARE &&
	       (!reader->argc ||
		!parse_value(arg, reader->verb->inherit, reader->argc,
			     reader->argv, &used, &value, &error));
}

static bool say_missing(const struct reader *reader, const struct arg *arg)
{
	char text[512];

	describe_value(arg, reader->verb->inherit, text, sizeof(text));
	misuse("%s %s what? It takes %s", called(reader),
	       arg->name ? arg->name : "", text);
	return false;
}

static bool read_value(struct reader *reader, const struct arg *arg,
		       struct value *value)
{
	struct parse_error error;
	int used;

	value->text = reader->argc ? reader->argv[0] : "";
	if (arg->type == ARG_FLAG || is_bare(reader, arg))
		return true;
	if (!reader->argc)
		return say_missing(reader, arg);
	if (!parse_value(arg, reader->verb->inherit, reader->argc,
			 reader->argv, &used, value, &error)) {
		misuse("%s%s%s", arg->name ? arg->name : "",
		       arg->name ? ": " : "", error.text);
		return false;
	}
	advance(reader, used);
	return true;
}

/* What is a name may well begin with a dash. */
static bool is_option(const char *word, const struct arg *arg)
{
	return word[0] == '-' && word[1] && arg->type != ARG_GROUP &&
	       arg->type != ARG_FILE && arg->type != ARG_TEXT;
}

static bool read_arg(struct reader *reader)
{
	struct args *args = reader->args;
	const struct arg *arg;
	struct value *value;
	unsigned int count;
	bool is_keyword;

	arg = identify(reader->verb, args, reader->argv[0], &is_keyword,
		       &count);
	if (!arg)
		return say_unknown(reader, reader->argv[0], count > 1);
	if (is_option(reader->argv[0], arg)) {
		misuse("'%s' is too late: options stand before the command",
		       reader->argv[0]);
		return false;
	}
	if (has_arg(args, arg)) {
		misuse("'%s' is there twice", reader->argv[0]);
		return false;
	}
	if (args->count == ARGS_MAX)
		return say_unknown(reader, reader->argv[0], false);
	value = &args->value[args->count];
	memset(value, 0, sizeof(*value));
	value->arg = arg;
	if (arg->type == ARG_CHOICE) {
		if (!read_choice(reader, arg, value))
			return false;
	} else {
		if (is_keyword)
			advance(reader, 1);
		if (!read_value(reader, arg, value))
			return false;
	}
	args->count++;
	return true;
}

static bool check_required(const struct reader *reader)
{
	struct arg_place place = { };
	const struct arg *arg;
	char text[512];

	while ((arg = next_arg(reader->verb, &place))) {
		if (!(arg->flags & REQUIRED) || has_arg(reader->args, arg))
			continue;
		describe_value(arg, reader->verb->inherit, text, sizeof(text));
		misuse("%s needs %s%s%s", called(reader),
		       arg->name ? arg->name : "", arg->name ? " " : "", text);
		return false;
	}
	return true;
}

/* The device that a value names, if it is of the kind that is wanted. */
static int resolve(struct value *value)
{
	const struct nvsw_link *link = link_by_name(value->text);
	enum arg_type type = value->arg->type;

	if (links_load())
		return nl_refused(0);
	if (!link)
		return refuse("There is no device '%s': ip link lists them",
			      value->text);
	value->link = link;
	if (type == ARG_DEVICE || (type == ARG_PORT_OR_SWITCH &&
				   link->kind == LINK_SWITCH))
		return NVSW_DONE;
	if (type == ARG_SWITCH && link->kind == LINK_SWITCH)
		return NVSW_DONE;
	if (type == ARG_SWITCH)
		return refuse("%s is no nvswitch: nvsw switch show lists them",
			      value->text);
	if (link->kind != LINK_PORT)
		return refuse("%s is no port of an nvswitch: nvsw port show lists them",
			      value->text);
	return NVSW_DONE;
}

static int resolve_links(struct args *args)
{
	unsigned int i;

	for (i = 0; i < args->count; i++) {
		struct value *value = &args->value[i];
		int status;

		switch (value->arg->type) {
		case ARG_PORT_OR_HOST:
			if (!strcmp(value->text, "host"))
				continue;
			break;
		case ARG_SWITCH:
		case ARG_PORT:
		case ARG_PORT_OR_SWITCH:
		case ARG_DEVICE:
			break;
		default:
			continue;
		}
		status = resolve(value);
		if (status != NVSW_DONE)
			return status;
	}
	return NVSW_DONE;
}

static bool is_help(const char *word)
{
	return !strcmp(word, "help") || !strcmp(word, "-h") ||
	       !strcmp(word, "-help") || !strcmp(word, "--help");
}

static int run_verb(const struct command *command, const struct verb *verb,
		    int argc, char **argv)
{
	static struct args args;
	struct reader reader = {
		.command = command,
		.verb = verb,
		.argc = argc,
		.argv = argv,
		.args = &args,
	};
	int status;

	if (argc && is_help(argv[0])) {
		print_usage(command, verb);
		return NVSW_DONE;
	}
	while (reader.argc)
		if (!read_arg(&reader))
			return NVSW_USAGE;
	if (!check_required(&reader))
		return NVSW_USAGE;
	status = resolve_links(&args);
	if (status != NVSW_DONE)
		return status;
	return verb->run(&args);
}

/* The verb that a word means; NULL: @list says what there is. */
const struct verb *find_verb(const struct command *command, const char *word)
{
	const struct verb *verb, *found = NULL;
	unsigned int count = 0;

	for (verb = command->verbs; verb->run; verb++) {
		if (verb->name && !strcmp(verb->name, word))
			return verb;
		if (begins(verb->name, word)) {
			found = verb;
			count++;
		}
	}
	return count == 1 ? found : NULL;
}

static int say_no_verb(const struct command *command, const char *word)
{
	struct list list = { };
	const struct verb *verb;

	for (verb = command->verbs; verb->run; verb++)
		add_word(&list, verb->name);
	return misuse("'%s' is unknown to %s: it takes %s", word,
		      command->name, end_list(&list));
}

static int run_command(const struct command *command, int argc, char **argv)
{
	const struct verb *verb = command->verbs;

	if (argc && is_help(argv[0])) {
		print_usage(command, NULL);
		return NVSW_DONE;
	}
	if (!verb->name)
		return run_verb(command, verb, argc, argv);
	verb = find_verb(command, argc ? argv[0] : "show");
	if (!verb)
		return say_no_verb(command, argc ? argv[0] : "");
	return run_verb(command, verb, argc ? argc - 1 : 0, argv + !!argc);
}

const struct command *find_command(const char *word, unsigned int *count)
{
	const struct command *const *at, *found = NULL;

	*count = 0;
	for (at = commands; *at; at++) {
		if (!strcmp((*at)->name, word)) {
			*count = 1;
			return *at;
		}
		if (begins((*at)->name, word)) {
			found = *at;
			++*count;
		}
	}
	return *count == 1 ? found : NULL;
}

static int say_no_command(const char *word, bool ambiguous)
{
	const struct command *const *at;
	struct list list = { };

	for (at = commands; *at; at++)
		if (!ambiguous || begins((*at)->name, word))
			add_word(&list, (*at)->name);
	if (ambiguous)
		return misuse("'%s' could be %s", word, end_list(&list));
	return misuse("'%s' is no command: there are %s", word,
		      end_list(&list));
}

int run_command_line(int argc, char **argv)
{
	const struct command *command;
	unsigned int count;

	if (!argc)
		return run_command(commands[0], 0, NULL);
	if (is_help(argv[0])) {
		if (argc == 1) {
			print_commands();
			return NVSW_DONE;
		}
		argc--;
		argv++;
		command = find_command(argv[0], &count);
		if (!command)
			return say_no_command(argv[0], count > 1);
		print_usage(command, argc > 1 ? find_verb(command, argv[1]) :
						NULL);
		return NVSW_DONE;
	}
	command = find_command(argv[0], &count);
	if (!command)
		return say_no_command(argv[0], count > 1);
	return run_command(command, argc - 1, argv + 1);
}
