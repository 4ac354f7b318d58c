// SPDX-License-Identifier: GPL-2.0-only
/* The commands, each of which is in a file of its own. */
#include "args.h"

const struct command *const commands[] = {
	&show_command,
	&switch_command,
	&group_command,
	&port_command,
	&allow_command,
	&fdb_command,
	&explain_command,
	&stats_command,
	&monitor_command,
	&top_command,
	&save_command,
	&apply_command,
	&graph_command,
	&metrics_command,
	&completion_command,
	NULL,
};
