// SPDX-License-Identifier: GPL-2.0-only
/* How a port comes by its policy and its MAC. */

#include "any.h"
#include "core/deliver.h"
#include "core/mac.h"
#include "core/policy.h"

static u8 any_setting(void)
{
	return any_below(NVSWITCH_ACCEPT + 1);
}

static struct nvs_policy any_settings(void)
{
	return (struct nvs_policy){
		.promiscuous = any_setting(),
		.mac_changes = any_setting(),
		.forged_transmits = any_setting(),
		.learning = any_setting(),
		.unicast_flood = any_setting(),
		.limit_policy = any_setting(),
		.learn_move = any_setting(),
		.learn_limit = any_u32(),
	};
}

/* Its own value wins over the group's, the group's over the switch's. */
static u32 first(u32 port, u32 group, u32 sw, u32 inherit)
{
	if (port != inherit)
		return port;
	return group != inherit ? group : sw;
}

static u8 value(u8 port, u8 group, u8 sw)
{
	return first(port, group, sw, NVSWITCH_INHERIT);
}

/* In the order of nvs_port_policy(). */
void inheritance(void)
{
	struct nvs_policy port = any_settings(), group = any_settings();
	struct nvs_policy sw = any_settings(), p;

	p = nvs_policy_over(&port, &group);
	p = nvs_policy_over(&p, &sw);
	claim(p.promiscuous ==
	      value(port.promiscuous, group.promiscuous,
		    sw.promiscuous),
	      "port wins over group over switch: promiscuous");
	claim(p.mac_changes ==
	      value(port.mac_changes, group.mac_changes,
		    sw.mac_changes),
	      "port wins over group over switch: mac_changes");
	claim(p.forged_transmits ==
	      value(port.forged_transmits, group.forged_transmits,
		    sw.forged_transmits),
	      "port wins over group over switch: forged_transmits");
	claim(p.learning == value(port.learning, group.learning, sw.learning),
	      "port wins over group over switch: learning");
	claim(p.unicast_flood ==
	      value(port.unicast_flood, group.unicast_flood,
		    sw.unicast_flood),
	      "port wins over group over switch: unicast_flood");
	claim(p.limit_policy ==
	      value(port.limit_policy, group.limit_policy,
		    sw.limit_policy),
	      "port wins over group over switch: limit_policy");
	claim(p.learn_move ==
	      value(port.learn_move, group.learn_move,
		    sw.learn_move),
	      "port wins over group over switch: learn_move");
	claim(p.learn_limit == first(port.learn_limit, group.learn_limit,
				     sw.learn_limit,
				     NVSWITCH_LEARN_LIMIT_INHERIT),
	      "port wins over group over switch: learn_limit");
	p = nvs_policy_preset_nested(port);
	claim(nvs_policy_is_learned(&p) && p.promiscuous == NVSWITCH_REJECT &&
	      p.mac_changes == NVSWITCH_REJECT &&
	      p.unicast_flood == NVSWITCH_ON &&
	      p.learn_limit == port.learn_limit &&
	      p.limit_policy == port.limit_policy &&
	      p.learn_move == port.learn_move,
	      "nested sets the five fields of the preset and no other");
}

void effective_mac(void)
{
	u64 initial = any_u64(), requested = any_u64(), before = any_u64();
	u8 changes = any_below(NVSWITCH_ACCEPT + 1);
	struct nvs_snapshot port = { .role = NVS_GUEST };
	bool available = any_bool();
	struct nvs_mac_choice c;

	c = nvs_mac_choose(initial, requested, before, changes, available);
	claim(changes == NVSWITCH_ACCEPT || c.effective == initial,
	      "with mac_changes reject the effective MAC is the initial one");
	claim(c.effective == initial || c.effective == before ||
	      (c.effective == requested && available),
	      "no request is honoured for an address that is not available");
	port.mac_state = c.state;
	claim(!initial || requested == c.effective || nvs_closed(&port),
	      "a guest that listens on another address than its effective one gets nothing");
}
