// SPDX-License-Identifier: GPL-2.0-only
/* nvsw apply: make switches what a file says, or leave them as they are. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "links.h"
#include "netlink.h"
#include "out.h"
#include "plan.h"
#include "text_file.h"

/* How often the way back is tried, and microseconds between that. */
#define TRIES_MAX	3
#define PAUSE		100000

/* A file, and what it says. */
struct file {
	const char *name;
	char *text;
	size_t length;
	struct config config;
	struct config_error error;
};

static void complain(const struct file *file)
{
	config_complain(&file->error, file->name, file->text, file->length);
}

static bool check_switch(struct file *file, const struct config_switch *sw)
{
	const struct nvsw_link *link = link_by_name(sw->name);

	if (!link || link->kind == LINK_SWITCH)
		return true;
	config_go_to(&file->error, &file->config, sw, NULL, 0, "switch");
	return config_fail(&file->error, "device '%s' is no nvswitch: give the switch another name, or rename the device",
			   sw->name);
}

/* A device is there, and nobody's but a switch's whose ports we know. */
static bool check_port(struct file *file, const struct config_switch *sw,
		       const struct config_port *port)
{
	const struct nvsw_link *link = link_by_name(port->name);
	const char *master;

	config_go_to(&file->error, &file->config, sw, "ports", port->index,
		     "port");
	if (!link)
		return config_fail(&file->error, "there is no device '%s': ip link lists them",
				   port->name);
	if (!link->master)
		return true;
	master = link_name(link->master);
	if (link->kind == LINK_PORT &&
	    config_find_switch(&file->config, master))
		return true;
	return config_fail(&file->error, "device '%s' belongs to '%s': ip link set %s nomaster",
			   port->name, master, port->name);
}

/* What would be refused is found before anything is done. */
static bool check_devices(struct file *file)
{
	size_t i, j;

	for (i = 0; i < file->config.count; i++) {
		const struct config_switch *sw = &file->config.sw[i];

		if (!check_switch(file, sw))
			return false;
		for (j = 0; j < sw->port_count; j++)
			if (!check_port(file, sw, &sw->port[j]))
				return false;
	}
	return true;
}

/* The switches of @like as they are now. */
static int load(const struct config *like, struct config *now)
{
	size_t i;
	int error;

	memset(now, 0, sizeof(*now));
	links_forget();
	error = links_load();
	now->sw = allocate(like->count * sizeof(*now->sw) + 1);
	for (i = 0; i < like->count && !error; i++) {
		const char *name = like->sw[i].name;
		const struct nvsw_link *link = link_by_name(name);
		struct config_switch *sw = &now->sw[now->count++];

		if (link) {
			error = config_load(link, sw);
		} else {
			sw->absent = true;
			snprintf(sw->name, sizeof(sw->name), "%s", name);
		}
	}
	return error;
}

/* In two stages, between which nothing is laxer than at either end. */
static bool go(struct config *from, struct config *to)
{
	struct refusal refusal;
	struct plan first, second;
	struct config pinned;
	bool good;

	plan_pin(from, to, &pinned);
	plan_make(&first, from, &pinned);
	good = plan_run(&first, &refusal);
	plan_make(&second, &pinned, to);
	if (good)
		good = plan_run(&second, &refusal);
	if (!good)
		refusal_say(&refusal);
	plan_free(&first);
	plan_free(&second);
	plan_unpin(&pinned);
	return good;
}

/*
 * What is different from before, after so many tries of the way back: nothing,
 * something, or nobody knows (-1). The last try says what is refused.
 */
static int try_back(struct config *before, int tries)
{
	struct config now;
	struct plan plan;
	int different = -1;

	if (load(before, &now)) {
		refuse("What is there now cannot be read: %s", nl_reason());
	} else {
		plan_make(&plan, &now, before);
		different = plan.count > 0;
		if (tries < TRIES_MAX)
			plan_force(&plan, tries + 1 == TRIES_MAX);
		plan_free(&plan);
	}
	config_free(&now);
	return different;
}

/* Whether all is as before again. */
static bool undo(struct config *before)
{
	int different = 1, tries;

	for (tries = 0; different > 0 && tries <= TRIES_MAX; tries++) {
		if (tries > 1)
			usleep(PAUSE);
		different = try_back(before, tries);
	}
	return !different;
}

/* What is begun is ended: the signals that would not let it are put off. */
static void hold_signals(bool hold)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGQUIT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &signals, NULL);
}

static int change(struct config *from, struct config *to)
{
	int status = NVSW_DONE;

	/* If nobody can be told what changes, nothing does. */
	out_flush();
	hold_signals(true);
	if (!go(from, to)) {
		if (undo(from))
			status = refuse("All is as it was: what had been done is undone");
		else
			status = refuse("The way back was refused, too: what is said above is still different");
	}
	hold_signals(false);
	return status;
}

static int apply(struct file *file, bool dry_run)
{
	struct config before;
	int status = NVSW_DONE;
	struct plan plan;

	if (load(&file->config, &before)) {
		config_free(&before);
		return nl_refused(0);
	}
	plan_make(&plan, &before, &file->config);
	plan_print(&plan);
	if (plan.count && !dry_run)
		status = change(&before, &file->config);
	plan_free(&plan);
	config_free(&before);
	return status;
}

static int read_and_apply(const struct args *args)
{
	struct file file = { .name = arg_get(args, "FILE")->text };
	int status = NVSW_USAGE;

	file.text = text_file_read(file.name, &file.length);
	if (!file.text)
		return NVSW_REFUSED;
	if (!strcmp(file.name, "-"))
		file.name = "standard input";
	if (!config_read(file.text, file.length, &file.config, &file.error)) {
		complain(&file);
	} else if (links_load()) {
		status = nl_refused(0);
	} else if (!check_devices(&file)) {
		complain(&file);
		status = NVSW_REFUSED;
	} else {
		status = apply(&file, arg_given(args, "dry-run"));
	}
	config_free(&file.config);
	free(file.text);
	return status;
}

static const struct arg apply_args[] = {
	{
		.label = "FILE",
		.type = ARG_FILE,
		.flags = POSITIONAL | REQUIRED,
	}, {
		.name = "dry-run",
		.type = ARG_FLAG,
	},
	{ }
};

static const struct verb verbs[] = {
	{
		.summary = "Make switches what a file, or - for standard input, says; or leave them as they are",
		.args = { apply_args },
		.run = read_and_apply,
	},
	{ }
};

const struct command apply_command = {
	.name = "apply",
	.summary = "a configuration, from a file",
	.verbs = verbs,
};
