// SPDX-License-Identifier: GPL-2.0-only
/* nvsw completion: the script that lets a shell complete its command lines. */
#include "args.h"
#include "out.h"

/* completion.bash, as "script". */
#include "completion.inc"

static int bash(const struct args *args)
{
	(void)args;
	out_text("%s", script);
	return NVSW_DONE;
}

static const struct verb verbs[] = {
	{
		.name = "bash",
		.summary = "Print a script: eval \"$(nvsw completion bash)\"",
		.run = bash,
	},
	{ }
};

const struct command completion_command = {
	.name = "completion",
	.summary = "completion of command lines by a shell",
	.verbs = verbs,
};
