/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The grammar of the command line, as tables: parsing, usage and completion
 * all come from them.
 *
 * A command has verbs, or one verb without a name. A verb has tables of
 * arguments. Those that are POSITIONAL come in their order and need no keyword
 * (if they have a name, it may be given all the same). The others may stand
 * anywhere, each once; but where a name is REQUIRED, a word is that name even
 * if it is also a keyword, unless that keyword is REQUIRED too.
 */
#ifndef _NVSW_ARGS_H
#define _NVSW_ARGS_H

#include "model.h"
#include "names.h"

/**
 * enum arg_type - what an argument's value is
 * @ARG_FLAG: nothing, the keyword says it
 * @ARG_CHOICE: one of @words, without a keyword
 * @ARG_WORD: one of @words; u8
 * @ARG_ONOFF: the same, the words being "off" and "on"; a boolean in JSON
 * @ARG_NUMBER: u32, @min..@max, with @zero also 0
 * @ARG_SECONDS: seconds, 0.1 to 86400; in @number as milliseconds
 * @ARG_VID: u16, @min..NVSWITCH_VID_MAX
 * @ARG_STATION: an address of one station
 * @ARG_STATION_OR_ZERO: the same, or zero, which takes it back
 * @ARG_MAC: any address
 * @ARG_PREFIX: LLADDR[/BITS]
 * @ARG_VLAN: a VLAN mode
 * @ARG_GROUP: a port group's name
 * @ARG_MULTICAST: all, none or a list of groups
 * @ARG_SWITCH: a switch that there is
 * @ARG_PORT: a port that there is
 * @ARG_PORT_OR_SWITCH: the same, or a switch for its host port
 * @ARG_PORT_OR_HOST: a port, or "host": then without a link
 * @ARG_DEVICE: a network device that there is
 * @ARG_NEW_DEVICE: the name of one to be
 * @ARG_FILE: the name of a file
 * @ARG_TEXT: any word
 */
enum arg_type {
	ARG_FLAG,
	ARG_CHOICE,
	ARG_WORD,
	ARG_ONOFF,
	ARG_NUMBER,
	ARG_SECONDS,
	ARG_VID,
	ARG_STATION,
	ARG_STATION_OR_ZERO,
	ARG_MAC,
	ARG_PREFIX,
	ARG_VLAN,
	ARG_GROUP,
	ARG_MULTICAST,
	ARG_SWITCH,
	ARG_PORT,
	ARG_PORT_OR_SWITCH,
	ARG_PORT_OR_HOST,
	ARG_DEVICE,
	ARG_NEW_DEVICE,
	ARG_FILE,
	ARG_TEXT,
};

enum {
	POSITIONAL = 1,
	REQUIRED = 2,
	/* The keyword may stand without a value. */
	BARE = 4,
	/* Printed, and never typed. */
	READONLY = 8,
};

/**
 * struct arg - one argument
 * @name: its keyword; a table ends with an argument that has no type and none
 * @label: what usage calls its value; without one, the type's usual word
 * @alias: another keyword for the same
 * @type: what its value is
 * @flags: POSITIONAL and so on
 * @attr: the attribute that carries it; for its command to use
 * @offset: where in the structure of model.h it is, for its command to use
 * @words: of ARG_WORD, ARG_ONOFF and ARG_CHOICE
 */
struct arg {
	const char *name;
	const char *label;
	const char *alias;
	enum arg_type type;
	unsigned int flags;
	unsigned short attr;
	size_t offset;
	const struct words *words;
	__u32 min;
	__u32 max;
	bool zero;
	const char *unit;
};

/* The value of an argument that was given. */
struct value {
	const struct arg *arg;
	const char *text;
	__u32 number;
	__u16 vid;
	__u8 bits;
	__u8 mac[ETH_ALEN];
	const struct nvsw_link *link;
	union {
		struct nvsw_vlan vlan;
		struct nvsw_multicast multicast;
	};
};

#define ARGS_MAX	64
#define TABLES_MAX	6

struct args {
	unsigned int count;
	struct value value[ARGS_MAX];
};

/**
 * struct verb - one thing that a command does
 * @name: its name; NULL if it is all that the command does
 * @summary: what it does, for the list of commands
 * @inherit: policy fields may be set to "inherit"
 * @args: its tables of arguments
 * @run: do it; returns the exit status
 */
struct verb {
	const char *name;
	const char *summary;
	bool inherit;
	const struct arg *args[TABLES_MAX];
	int (*run)(const struct args *args);
};

/* @verbs ends with one that does nothing. */
struct command {
	const char *name;
	const char *summary;
	const struct verb *verbs;
};

/* The commands, each in a file of its own. */
extern const struct command show_command;
extern const struct command switch_command;
extern const struct command group_command;
extern const struct command port_command;
extern const struct command allow_command;
extern const struct command fdb_command;
extern const struct command explain_command;
extern const struct command stats_command;
extern const struct command monitor_command;
extern const struct command top_command;
extern const struct command save_command;
extern const struct command apply_command;
extern const struct command graph_command;
extern const struct command metrics_command;
extern const struct command completion_command;

/* All of them, in the order of usage; ends with NULL. commands.c */
extern const struct command *const commands[];

/* The value of an argument; NULL if it was not given. */
const struct value *arg_get(const struct args *args, const char *name);

static inline bool arg_given(const struct args *args, const char *name)
{
	return arg_get(args, name);
}

/* The device it says; NULL if it was not given. */
const struct nvsw_link *arg_link(const struct args *args, const char *name);

/* Whether "inherit" is a value of it, in a verb that takes that word. */
bool arg_may_inherit(const struct arg *arg);

/* A table's argument of that name that may be typed, or whose alias it is. */
bool arg_is(const struct arg *arg, const char *word);
bool arg_ends(const struct arg *arg);

/* The arguments of a verb, one after the other; NULL after the last. */
struct arg_place {
	unsigned int table;
	unsigned int index;
};

const struct arg *next_arg(const struct verb *verb, struct arg_place *place);

/*
 * What a word is, after the arguments that there are: an argument's keyword,
 * or a value without one. NULL if it is neither; @count says how many keywords
 * it could be short for.
 */
const struct arg *identify(const struct verb *verb, const struct args *args,
			   const char *word, bool *is_keyword,
			   unsigned int *count);
/* Whether a keyword where it must stand would be a name all the same. */
bool takes_any_word(const struct arg *positional);
const struct arg *next_positional(const struct verb *verb,
				  const struct args *args);
bool has_arg(const struct args *args, const struct arg *arg);

/* What a word means, exactly or as a prefix of one; NULL if that is not one. */
const struct verb *find_verb(const struct command *command, const char *word);
const struct command *find_command(const char *word, unsigned int *count);

/* args.c: find out what is to be done, and do it. Returns the exit status. */
int run_command_line(int argc, char **argv);

/* value.c: one value from the words at @argv; @used says how many are its. */
struct parse_error;
bool parse_value(const struct arg *arg, bool inherit, int argc, char **argv,
		 int *used, struct value *value, struct parse_error *error);
/* The values of an argument, as usage prints them. */
void describe_value(const struct arg *arg, bool inherit, char *text,
		    size_t size);

/* usage.c */
void print_usage(const struct command *command, const struct verb *verb);
void print_commands(void);

/* complete.c: the candidates for the last of the words, one a line. */
int complete(int argc, char **argv);

#endif /* _NVSW_ARGS_H */
