/* SPDX-License-Identifier: GPL-2.0-only */
/* Policies: their defaults, and how a port comes by its own. */
#ifndef _NVS_CORE_POLICY_H
#define _NVS_CORE_POLICY_H

#include "types.h"

extern const struct nvs_policy nvs_policy_default;
extern const struct nvs_policy nvs_policy_inherit;

struct nvs_policy nvs_policy_over(const struct nvs_policy *lower,
				  const struct nvs_policy *upper);
struct nvs_policy nvs_policy_preset_nested(struct nvs_policy p);
bool nvs_policy_is_learned(const struct nvs_policy *p);

#endif /* _NVS_CORE_POLICY_H */
