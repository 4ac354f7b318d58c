// SPDX-License-Identifier: GPL-2.0-only
/* Policies: their defaults, and how a port comes by its own. */

#include "policy.h"

/* A switch as it is created: secure by default, unlike a vSphere standard switch. */
const struct nvs_policy nvs_policy_default = {
	.promiscuous = NVSWITCH_REJECT,
	.mac_changes = NVSWITCH_REJECT,
	.forged_transmits = NVSWITCH_REJECT,
	.learning = NVSWITCH_OFF,
	.unicast_flood = NVSWITCH_ON,
	.learn_limit = 4096,
	.limit_policy = NVSWITCH_DROP,
	.learn_move = NVSWITCH_ALLOW,
};

/* A port or group that leaves everything to the level above it. */
const struct nvs_policy nvs_policy_inherit = {
	.learn_limit = NVSWITCH_LEARN_LIMIT_INHERIT,
};

static u8 nvs_value_over(u8 lower, u8 upper)
{
	return lower == NVSWITCH_INHERIT ? upper : lower;
}

/**
 * nvs_policy_over() - what one level makes of the level above it
 * @lower: the policy nearer to the port
 * @upper: the policy that it inherits from
 *
 * Return: @lower, with every inherited field taken from @upper.
 */
struct nvs_policy nvs_policy_over(const struct nvs_policy *lower,
				  const struct nvs_policy *upper)
{
	struct nvs_policy p = {};

	p.promiscuous = nvs_value_over(lower->promiscuous, upper->promiscuous);
	p.mac_changes = nvs_value_over(lower->mac_changes, upper->mac_changes);
	p.forged_transmits = nvs_value_over(lower->forged_transmits,
					    upper->forged_transmits);
	p.learning = nvs_value_over(lower->learning, upper->learning);
	p.unicast_flood = nvs_value_over(lower->unicast_flood,
					 upper->unicast_flood);
	p.limit_policy = nvs_value_over(lower->limit_policy,
					upper->limit_policy);
	p.learn_move = nvs_value_over(lower->learn_move, upper->learn_move);
	p.learn_limit = lower->learn_limit == NVSWITCH_LEARN_LIMIT_INHERIT ?
			upper->learn_limit : lower->learn_limit;
	return p;
}

/**
 * nvs_policy_preset_nested() - make a policy that of a VM which runs VMs
 * @p: the policy so far
 *
 * Return: @p with the fields of the preset set.
 */
struct nvs_policy nvs_policy_preset_nested(struct nvs_policy p)
{
	p.forged_transmits = NVSWITCH_ACCEPT;
	p.learning = NVSWITCH_ON;
	p.unicast_flood = NVSWITCH_ON;
	p.promiscuous = NVSWITCH_REJECT;
	p.mac_changes = NVSWITCH_REJECT;
	return p;
}

/**
 * nvs_policy_is_learned() - are inner MACs of such a port learned?
 * @p: a resolved policy
 *
 * Learning only delivers; forged_transmits is the gate (as on VMware).
 *
 * Return: whether a new source may become a learned entry.
 */
bool nvs_policy_is_learned(const struct nvs_policy *p)
{
	return p->learning == NVSWITCH_ON &&
	       p->forged_transmits == NVSWITCH_ACCEPT;
}
