/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way from one configuration to another, as steps that the kernel takes one
 * by one, in an order in which as little as possible stands in their way.
 */
#ifndef _NVSW_PLAN_H
#define _NVSW_PLAN_H

#include "config.h"

/* In their order. */
enum step_kind {
	STEP_SWITCH_DEL,
	STEP_FDB_DEL,
	STEP_PORT_DETACH,
	STEP_SWITCH_NEW,
	STEP_SWITCH_SET,
	STEP_GROUP_NEW,
	STEP_GROUP_SET,
	STEP_PORT_ATTACH,
	STEP_PORT_SET,
	STEP_ALLOW_DEL,
	STEP_ALLOW_ADD,
	STEP_FDB_ADD,
	STEP_GROUP_DEL,
	STEP_KINDS,
};

/**
 * struct step - one thing to do
 * @sw: its switch, as it shall be or, if it is to go, as it is
 * @old_sw: of STEP_SWITCH_SET: as it is
 * @group: the group, of the group steps
 * @old_group: of STEP_GROUP_SET: as it is
 * @port: the port, of the others, as @sw
 * @old_port: of STEP_PORT_SET: as it is
 * @allow: of the allow steps
 * @fdb: of the fdb steps
 * @done: it is
 */
struct step {
	enum step_kind kind;
	const struct config_switch *sw;
	const struct config_switch *old_sw;
	const struct config_group *group;
	const struct config_group *old_group;
	const struct config_port *port;
	const struct config_port *old_port;
	const struct nvsw_allow *allow;
	const struct nvsw_fdb *fdb;
	bool done;
};

struct plan {
	struct step *step;
	size_t count;
};

/*
 * Both have the same switches in the same order, some of which may be absent.
 * They are pointed to, and what is attached anew is marked in them.
 */
void plan_make(struct plan *plan, struct config *from, struct config *to);
void plan_free(struct plan *plan);

/*
 * plan_again.c: mark the ports that cannot become what they shall be while they
 * are attached: they are detached first, and attached again.
 */
void plan_mark(struct config_switch *from, struct config_switch *to);

/*
 * plan_pin.c: an intermediate configuration. What is in force for a port while
 * several levels change one after the other must not be laxer than both before
 * and after: its own setting decides meanwhile. Ends with plan_unpin().
 */
void plan_pin(const struct config *from, const struct config *to,
	      struct config *pinned);
void plan_unpin(struct config *pinned);

/* plan_print.c: a line for each change. */
void plan_print(const struct plan *plan);
/* "port vnet1 of nvs0 cannot be attached" */
#define STEP_TEXT	192
char *step_text(const struct step *step, char *text);

/* plan_step.c: do one step; 0 or an error of netlink.h. */
int step_run(const struct step *step);

/**
 * struct refusal - a step that the kernel has refused
 * @error: with what
 * @sentence: why
 */
struct refusal {
	const struct step *step;
	int error;
	char sentence[512];
};

/*
 * plan_run.c: do all of them; those that something stands in the way of again,
 * when that may have gone. False if one is refused for good.
 */
bool plan_run(struct plan *plan, struct refusal *refusal);
/* The same, leaving out what is refused; @say: but saying so. */
void plan_force(struct plan *plan, bool say);
/* Say what was refused, and who has the address that it is about. */
void refusal_say(const struct refusal *refusal);

#endif /* _NVSW_PLAN_H */
