// SPDX-License-Identifier: GPL-2.0-only
/* nvswitchd, the agent that tells the switch what guests ask of their NICs. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include "folder.h"
#include "guest.h"
#include "log.h"
#include "netlink.h"
#include "status.h"

static const char *const default_folders[] = {
	"/run/nvswitch/qmp",
	"/run/nvswitch/libvirt",
	NULL
};

struct options {
	const char *state;
	bool status;
	bool json;
};

static void print_usage(FILE *to)
{
	fprintf(to, "Usage: nvswitchd [--state DIRECTORY] [FOLDER]...\n"
		    "       nvswitchd [--state DIRECTORY] --status [--json]\n"
		    "       nvswitchd { --help | --version }\n");
}

/* The exit status if that is all, else -1. */
static int parse_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "state", required_argument, NULL, 's' },
		{ "status", no_argument, NULL, 'S' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ }
	};
	int option;

	while ((option = getopt_long(argc, argv, "hV", known, NULL)) != -1) {
		switch (option) {
		case 's':
			options->state = optarg;
			break;
		case 'S':
			options->status = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'h':
			print_usage(stdout);
			return NVSW_DONE;
		case 'V':
			printf("nvswitchd %s\n", NVSW_VERSION);
			return NVSW_DONE;
		default:
			print_usage(stderr);
			return NVSW_USAGE;
		}
	}
	return -1;
}

/* A guest is a descriptor. */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* SIGTERM and SIGINT end the loop, and nothing else. */
static int add_signals(sd_event *event)
{
	static const int numbers[] = { SIGTERM, SIGINT };
	sigset_t set;
	unsigned int i;
	int error = 0;

	sigemptyset(&set);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		sigaddset(&set, numbers[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (i = 0; i < ARRAY_SIZE(numbers) && error >= 0; i++)
		error = sd_event_add_signal(event, NULL, numbers[i], NULL,
					    NULL);
	return error;
}

static int begin(sd_event *event, const struct options *options,
		 const char *const *folders)
{
	int error = add_signals(event);

	if (error < 0)
		return error;
	error = ports_begin(event);
	if (error < 0)
		return error;
	error = guests_begin(event);
	if (error < 0)
		return error;
	status_begin(event, options->state);
	for (; *folders && error >= 0; folders++)
		error = folder_watch(event, *folders);
	return error;
}

static int run(const struct options *options, const char *const *folders)
{
	sd_event *event;
	int error = sd_event_default(&event);

	raise_limit();
	if (error >= 0)
		error = begin(event, options, folders);
	if (error >= 0)
		error = sd_event_set_watchdog(event, true);
	if (error < 0)
		return refuse("It cannot begin: %s", strerror(-error));
	sd_notify(0, "READY=1");
	error = sd_event_loop(event);
	sd_notify(0, "STOPPING=1");
	return error < 0 ? refuse("%s", strerror(-error)) : NVSW_DONE;
}

/* What systemd makes for the unit, or where that would be. */
static const char *state_directory(void)
{
	const char *given = getenv("RUNTIME_DIRECTORY");

	return given && *given ? given : "/run/nvswitchd";
}

int main(int argc, char **argv)
{
	struct options options = { .state = state_directory() };
	int status = parse_options(argc, argv, &options);

	if (status >= 0)
		return status;
	if (options.status)
		return status_print(options.state, options.json);
	if (argv[optind])
		return run(&options, (const char *const *)argv + optind);
	return run(&options, default_folders);
}
