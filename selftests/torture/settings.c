// SPDX-License-Identifier: GPL-2.0-only
/* Random settings of ports, groups and switches, as attributes. */

#include <linux/nvswitch.h>
#include <stdio.h>
#include <string.h>

#include "settings.h"

void group_name(struct dice *d, char *name)
{
	snprintf(name, 16, "group %u", dice_below(d, GROUPS));
}

static void put_policy_field(struct msg *m, struct dice *d, bool inherits)
{
	unsigned int field = 1 + dice_below(d, NVSWITCH_POLICY_MAX);

	/* Permissive more often than not, or little would go through. */
	if (field != NVSWITCH_POLICY_LEARN_LIMIT)
		nl_put_u8(m, field, dice_one_in(d, 3) ? NVSWITCH_REJECT :
			  inherits && dice_one_in(d, 2) ? NVSWITCH_INHERIT :
			  NVSWITCH_ACCEPT);
	else if (inherits && dice_one_in(d, 2))
		nl_put_u32(m, field, NVSWITCH_LEARN_LIMIT_INHERIT);
	else
		nl_put_u32(m, field, dice_below(d, 200));
}

/* The policy is attribute @type; a switch has nothing to inherit from. */
void put_policy(struct msg *m, struct dice *d, __u16 type, bool inherits)
{
	struct nlattr *nest = nl_nest(m, type);
	unsigned int i;

	for (i = 0; i <= dice_below(d, 3); i++)
		put_policy_field(m, d, inherits);
	nl_nest_end(m, nest);
}

static void put_trunk(struct msg *m, struct dice *d)
{
	static const struct nvswitch_vlan_range all = { 0, NVSWITCH_VID_MAX };
	static const struct nvswitch_vlan_range some[] = {
		{ 0, 1 }, { 5, 12 }, { 100, 101 }, { 4000, 4094 },
	};

	if (dice_one_in(d, 2))
		nl_put(m, NVSWITCH_VLAN_A_RANGES, &all, sizeof(all));
	else
		nl_put(m, NVSWITCH_VLAN_A_RANGES, some,
		       (1 + dice_below(d, 4)) * sizeof(*some));
	if (dice_one_in(d, 3))
		nl_put_u16(m, NVSWITCH_VLAN_A_NATIVE, 7);
}

static void put_private(struct msg *m, struct dice *d)
{
	unsigned int type = dice_below(d, 3);

	nl_put_u16(m, NVSWITCH_VLAN_A_VID, 100);
	nl_put_u8(m, NVSWITCH_VLAN_A_TYPE, type);
	if (type == NVSWITCH_PRIVATE_ISOLATED)
		nl_put_u16(m, NVSWITCH_VLAN_A_SECONDARY, 101);
	else if (type == NVSWITCH_PRIVATE_COMMUNITY)
		nl_put_u16(m, NVSWITCH_VLAN_A_SECONDARY,
			   102 + dice_below(d, 2));
}

void put_vlan(struct msg *m, struct dice *d, __u16 type)
{
	static const __u8 modes[] = {
		NVSWITCH_VLAN_INHERIT, NVSWITCH_VLAN_INHERIT,
		NVSWITCH_VLAN_NONE, NVSWITCH_VLAN_NONE, NVSWITCH_VLAN_ACCESS,
		NVSWITCH_VLAN_TRUNK, NVSWITCH_VLAN_TRUNK, NVSWITCH_VLAN_PRIVATE,
	};
	struct nlattr *nest = nl_nest(m, type);
	__u8 mode = modes[dice_below(d, sizeof(modes))];

	nl_put_u8(m, NVSWITCH_VLAN_A_MODE, mode);
	if (mode == NVSWITCH_VLAN_ACCESS)
		nl_put_u16(m, NVSWITCH_VLAN_A_VID, dice_vid(d) | 1);
	else if (mode == NVSWITCH_VLAN_TRUNK)
		put_trunk(m, d);
	else if (mode == NVSWITCH_VLAN_PRIVATE)
		put_private(m, d);
	nl_nest_end(m, nest);
}

static void put_station(struct msg *m, struct dice *d, __u16 type)
{
	__u8 mac[6] = {};

	if (!dice_one_in(d, 3))
		dice_station(d, mac);
	nl_put(m, type, mac, sizeof(mac));
}

static void put_groups(struct msg *m, struct dice *d)
{
	__u8 groups[3][6];
	unsigned int i;

	if (dice_one_in(d, 2)) {
		nl_put_u8(m, IFLA_NVSWITCH_PORT_RX_MULTICAST,
			  NVSWITCH_RX_MULTICAST_ALL);
		return;
	}
	for (i = 0; i < 3; i++)
		dice_group(d, groups[i]);
	nl_put_u8(m, IFLA_NVSWITCH_PORT_RX_MULTICAST,
		  NVSWITCH_RX_MULTICAST_LIST);
	nl_put(m, IFLA_NVSWITCH_PORT_RX_GROUPS, groups,
	       dice_below(d, 4) * sizeof(*groups));
}

/* What closes a port is mostly taken back. */
static void put_switchable(struct msg *m, struct dice *d, __u16 type,
			   bool mostly)
{
	nl_put_u8(m, type, dice_one_in(d, 4) != mostly ? NVSWITCH_ON :
							 NVSWITCH_OFF);
}

static void put_one(struct msg *m, struct dice *d)
{
	char name[16] = "";

	switch (dice_below(d, 14)) {
	case 0 ... 3:
		put_policy(m, d, IFLA_NVSWITCH_PORT_POLICY, true);
		break;
	case 4:
		nl_put(m, IFLA_NVSWITCH_PORT_NESTED, NULL, 0);
		break;
	case 5:
		put_station(m, d, IFLA_NVSWITCH_PORT_INITIAL_MAC);
		break;
	case 6:
		put_station(m, d, IFLA_NVSWITCH_PORT_REQUESTED_MAC);
		break;
	case 7:
		put_switchable(m, d, dice_one_in(d, 2) ?
			       IFLA_NVSWITCH_PORT_BLOCKED :
			       IFLA_NVSWITCH_PORT_BPDU, false);
		break;
	case 8:
		if (dice_one_in(d, 2))
			group_name(d, name);
		nl_put_string(m, IFLA_NVSWITCH_PORT_GROUP, name);
		break;
	case 9 ... 10:
		put_vlan(m, d, IFLA_NVSWITCH_PORT_VLAN);
		break;
	case 11:
		nl_put_u8(m, IFLA_NVSWITCH_PORT_ACTIVATION,
			  dice_one_in(d, 3));
		break;
	case 12:
		put_switchable(m, d, dice_one_in(d, 2) ?
			       IFLA_NVSWITCH_PORT_ACTIVATED :
			       IFLA_NVSWITCH_PORT_RX_PROMISC, true);
		break;
	case 13:
		put_groups(m, d);
		break;
	}
}

/* Settings of a port, in the nest @type; @role: another role, perhaps. */
void put_settings(struct msg *m, struct dice *d, __u16 type, bool role)
{
	struct nlattr *nest = nl_nest(m, type);

	if (role && dice_one_in(d, 12))
		nl_put_u8(m, IFLA_NVSWITCH_PORT_ROLE, dice_one_in(d, 3) ?
			  NVSWITCH_ROLE_UPLINK : NVSWITCH_ROLE_GUEST);
	else
		put_one(m, d);
	if (dice_one_in(d, 3))
		put_one(m, d);
	nl_nest_end(m, nest);
}

/* Settings of a switch, in the nest @type. */
void put_switch_settings(struct msg *m, struct dice *d, __u16 type)
{
	struct nlattr *nest = nl_nest(m, type);

	switch (dice_below(d, 8)) {
	case 0 ... 2:
		put_policy(m, d, IFLA_NVSWITCH_POLICY, false);
		break;
	case 3:
		nl_put_u32(m, IFLA_NVSWITCH_AGEING,
			   dice_one_in(d, 2) ? 10 : 0);
		break;
	case 4:
		nl_put_u32(m, IFLA_NVSWITCH_MOVE_HOLD, dice_below(d, 300));
		break;
	case 5:
		nl_put_u32(m, IFLA_NVSWITCH_TABLE_LIMIT,
			   dice_one_in(d, 2) ? 65536 :
					       1 + dice_below(d, 2000));
		break;
	case 6:
		nl_put_u32(m, IFLA_NVSWITCH_REMOTE_LIMIT, dice_below(d, 500));
		break;
	case 7:
		nl_put_u8(m, IFLA_NVSWITCH_MAC_BINDING, dice_one_in(d, 3));
		break;
	}
	nl_nest_end(m, nest);
}
