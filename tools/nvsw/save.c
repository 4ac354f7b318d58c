// SPDX-License-Identifier: GPL-2.0-only
/* nvsw save: the configuration of switches, as a file that apply takes. */
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "show.h"

static int by_name(const void *a, const void *b)
{
	const struct config_switch *first = a, *second = b;

	return strcmp(first->name, second->name);
}

/* One switch, or all of them as an array. */
static int load(const struct nvsw_link *wanted, struct config *config)
{
	const struct nvsw_link *sw = NULL;
	int error = links_load();
	size_t room;

	config->list = !wanted;
	while (!error && (sw = link_next_switch(sw))) {
		if (wanted && sw != wanted)
			continue;
		room = (config->count + 1) * sizeof(*config->sw);
		config->sw = reallocate(config->sw, room);
		error = config_load(sw, &config->sw[config->count++]);
	}
	if (config->count)
		qsort(config->sw, config->count, sizeof(*config->sw), by_name);
	return error;
}

static int run(const struct args *args)
{
	struct config config = { };
	int error = load(arg_link(args, "SWITCH"), &config);

	if (!error) {
		out_begin(true, true, COLOR_NEVER);
		config_write(&config);
	}
	config_free(&config);
	return error ? nl_refused(error) : NVSW_DONE;
}

static const struct verb verbs[] = {
	{
		.summary = "Print the configuration of a switch, or of all, as JSON",
		.args = { any_switch_arg },
		.run = run,
	},
	{ }
};

const struct command save_command = {
	.name = "save",
	.summary = "the configuration, as a file",
	.verbs = verbs,
};
