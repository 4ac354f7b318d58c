// SPDX-License-Identifier: GPL-2.0-only
/* Doing what a plan says. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "links.h"
#include "netlink.h"
#include "plan.h"
#include "show.h"

/**
 * struct pass - once through a plan
 * @force: what is refused is left out, whatever the reason
 * @skip: so many of the first steps are done
 * @progress: a step was done
 * @refused: a step was refused
 * @refusal: the first of them, or the one after which nothing helps
 */
struct pass {
	bool force;
	size_t skip;
	bool progress;
	bool refused;
	struct refusal refusal;
};

/* Refused for what is there, or is not there yet: that may change. */
static bool may_pass(int error)
{
	return error == -EEXIST || error == -EBUSY || error == -ENOENT ||
	       error == -ENOSPC;
}

static bool is_same(const char *a, const char *b)
{
	return !strcmp(a, b);
}

/* Whether a step makes no sense before an earlier one has been done. */
static bool needs(const struct step *step, const struct step *earlier)
{
	if (!earlier->port && !is_same(step->sw->name, earlier->sw->name))
		return false;
	if (earlier->port)
		return step->port &&
		       is_same(step->port->name, earlier->port->name);
	if (earlier->group)
		return step->port &&
		       is_same(step->port->is.group, earlier->group->is.name);
	return true;
}

static bool must_wait(const struct plan *plan, const struct step *step,
		      const struct pass *pass)
{
	const struct step *earlier;

	for (earlier = plan->step + pass->skip; earlier < step; earlier++)
		if (!earlier->done && earlier->kind < step->kind &&
		    needs(step, earlier))
			return true;
	return false;
}

static int try_step(const struct step *step, struct refusal *refusal)
{
	int error = -ENODEV;

	refusal->step = step;
	if (step->port && !link_by_name(step->port->name)) {
		snprintf(refusal->sentence, sizeof(refusal->sentence),
			 "The device has gone meanwhile");
	} else {
		error = step_run(step);
		snprintf(refusal->sentence, sizeof(refusal->sentence), "%s",
			 nl_reason());
	}
	refusal->error = error;
	return error;
}

/* Returns whether others are worth trying. */
static bool run_step(struct plan *plan, struct step *step, struct pass *pass)
{
	struct refusal refusal;
	bool final;

	if (step->done || must_wait(plan, step, pass))
		return true;
	if (!try_step(step, &refusal)) {
		step->done = true;
		pass->progress = true;
		return true;
	}
	final = !pass->force && !may_pass(refusal.error);
	if (!pass->refused || final)
		pass->refusal = refusal;
	pass->refused = true;
	return !final;
}

static bool run_pass(struct plan *plan, struct pass *pass)
{
	bool good = true;
	size_t i;

	pass->progress = false;
	pass->refused = false;
	for (i = pass->skip; good && i < plan->count; i++) {
		good = run_step(plan, &plan->step[i], pass);
		if (pass->skip == i && plan->step[i].done)
			pass->skip++;
	}
	return good;
}

bool plan_run(struct plan *plan, struct refusal *refusal)
{
	struct pass pass = { };

	do {
		if (!run_pass(plan, &pass))
			break;
	} while (pass.refused && pass.progress);
	*refusal = pass.refusal;
	return !pass.refused;
}

/* The address that is in somebody's way, as far as it can be told. */
static const __u8 *mac_of(const struct step *step)
{
	if (step->fdb)
		return step->fdb->mac;
	if (step->port && !step->allow && config_has_mac(&step->port->is))
		return step->port->is.initial_mac;
	return NULL;
}

void refusal_say(const struct refusal *refusal)
{
	const struct step *step = refusal->step;
	const struct nvsw_link *port = NULL, *sw;
	char sentence[STEP_TEXT + sizeof(refusal->sentence)];
	char text[STEP_TEXT];

	snprintf(sentence, sizeof(sentence), "%s: %s", step_text(step, text),
		 refusal->sentence);
	sw = link_by_name(step->sw->name);
	if (step->port && !step->fdb)
		port = link_by_name(step->port->name);
	if (refusal->error == -EEXIST && sw)
		refused_mac(sentence, sw, port ? port->ifindex : 0,
			    mac_of(step));
	else
		fprintf(stderr, "%s\n", sentence);
}

void plan_force(struct plan *plan, bool say)
{
	struct pass pass = { .force = true };
	struct refusal refusal;
	size_t i;

	do
		run_pass(plan, &pass);
	while (pass.refused && pass.progress);
	for (i = pass.skip; say && i < plan->count; i++)
		if (!plan->step[i].done && try_step(&plan->step[i], &refusal))
			refusal_say(&refusal);
}
