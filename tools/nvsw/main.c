// SPDX-License-Identifier: GPL-2.0-only
/* nvsw, the command for virtual switches: its options, and how it ends. */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "netlink.h"
#include "out.h"

struct options {
	bool json;
	bool pretty;
	enum color_when color;
	const char *netns;
};

static void complain(const char *prefix, const char *format, va_list arguments)
{
	fprintf(stderr, "%s", prefix);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
}

int refuse(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain("nvsw: ", format, arguments);
	va_end(arguments);
	return NVSW_REFUSED;
}

int misuse(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain("nvsw: ", format, arguments);
	va_end(arguments);
	return NVSW_USAGE;
}

void warn(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain("nvsw: ", format, arguments);
	va_end(arguments);
}

void *reallocate(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory || !size)
		return memory;
	refuse("There is no memory for another %zu bytes", size);
	exit(NVSW_REFUSED);
}

void *allocate(size_t size)
{
	return memset(reallocate(NULL, size), 0, size);
}

static bool is_option(const char *word, const char *letter, const char *name)
{
	size_t length = strlen(word);

	if (*word++ != '-' || length < 2)
		return false;
	if (*word == '-')
		word++;
	if (!*word)
		return false;
	return !strcmp(word, letter) ||
	       (strlen(word) > 1 && !strncmp(word, name, strlen(word)));
}

/* -c, -color, -color=always. */
static bool is_color(const char *word, struct options *options, bool *good)
{
	static const char *const names[] = {
		[COLOR_AUTO] = "auto",
		[COLOR_ALWAYS] = "always",
		[COLOR_NEVER] = "never",
	};
	size_t length = strcspn(word, "=");
	char name[16];
	unsigned int i;

	snprintf(name, sizeof(name), "%.*s", (int)length, word);
	if (!is_option(name, "c", "color"))
		return false;
	*good = true;
	options->color = COLOR_ALWAYS;
	if (!word[length])
		return true;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(word + length + 1, names[i])) {
			options->color = i;
			return true;
		}
	}
	*good = false;
	return true;
}

/* An option that asks for nothing but an answer; -1 if it is another. */
static int answer_option(const char *word)
{
	if (is_option(word, "h", "help")) {
		print_commands();
		return NVSW_DONE;
	}
	if (is_option(word, "V", "Version") || !strcmp(word, "--version")) {
		out_text("nvsw %s\n", NVSW_VERSION);
		return NVSW_DONE;
	}
	return -1;
}

/*
 * How many words the options take; in @status what to exit with if they have
 * said it all, else -1.
 */
static int parse_options(int argc, char **argv, struct options *options,
			 int *status)
{
	bool good;
	int i;

	*status = -1;
	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (is_option(argv[i], "j", "json")) {
			options->json = true;
		} else if (is_option(argv[i], "p", "pretty")) {
			options->pretty = true;
		} else if (is_color(argv[i], options, &good)) {
			if (!good)
				*status = misuse("'%s': color is auto, always or never",
						 argv[i]);
		} else if (is_option(argv[i], "n", "netns")) {
			options->netns = argv[++i];
			if (i == argc)
				*status = misuse("%s needs the name of a network namespace",
						 argv[i - 1]);
		} else {
			*status = answer_option(argv[i]);
			if (*status < 0)
				*status = misuse("'%s' is no option: there are -json, -pretty, -color, -netns NAME, -Version and -help",
						 argv[i]);
		}
		if (*status >= 0)
			break;
	}
	return i;
}

static int run(int argc, char **argv)
{
	struct options options = { .color = COLOR_AUTO };
	int status, used;

	if (argc > 1 && !strcmp(argv[1], "--complete"))
		return complete(argc - 2, argv + 2);
	used = parse_options(argc, argv, &options, &status);
	if (status >= 0)
		return status;
	if (options.netns && !nl_enter_netns(options.netns))
		return NVSW_REFUSED;
	out_begin(options.json, options.pretty, options.color);
	return run_command_line(argc - used, argv + used);
}

/*
 * A socket must not become what the program prints to. Nothing can be written
 * to what is opened in place of a closed output, so that this is noticed.
 */
static bool fill_descriptors(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int main(int argc, char **argv)
{
	int status;

	if (!fill_descriptors())
		return NVSW_REFUSED;
	/* Writing to a reader that has gone is an error like others. */
	signal(SIGPIPE, SIG_IGN);
	status = run(argc, argv);
	if (!out_end() && status == NVSW_DONE)
		status = NVSW_REFUSED;
	return status;
}
