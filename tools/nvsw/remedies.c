// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why frames are dropped and copies refused, and what lets them pass.
 *
 * The commands satisfy the rule that has decided; a later one may still refuse.
 */
#include "incident.h"
#include "remedies.h"

/* What causes it, and what to do. */

#define SET		"nvsw port set {PORT} "
#define SET_OTHER	"nvsw port set {OTHER} "
#define ALLOW		"nvsw allow add dev {PORT} {SRC}"
#define UNBLOCK						\
	{						\
		.command = SET "blocked off",		\
	}
#define ACTIVATE					\
	{						\
		.command = "nvsw port activate {PORT}",	\
		.note = "the guest runs here now",	\
	}
#define SET_INITIAL					\
	{						\
		.command = SET "initial_mac {SRC}",	\
		.note = "{SRC} is the VM's configured address", \
	}
#define SET_NESTED					\
	{						\
		.command = SET "nested",		\
		.note = "this VM runs VMs",		\
		.field = NVSWITCH_POLICY_FORGED_TRANSMITS, \
	}
#define ALLOW_MOVING					\
	{						\
		.command = ALLOW,			\
		.note = "an address that moves by design: VRRP, CARP", \
	}
#define FORGET_SOURCE(note_of_it)			\
	{						\
		.command = "nvsw fdb del {SRC} {SWITCH} vlan {FID}", \
		.note = note_of_it,			\
	}
#define SET_UP						\
	{						\
		.command = "ip link set dev {PORT} up",	\
		.note = "and start its guest",		\
		.when = is_down,			\
	}
#define START_GUEST					\
	{						\
		.hint = "start the guest on {PORT}",	\
		.when = is_up,				\
	}
#define MORE_MEMORY					\
	{						\
		.command = "sysctl -w vm.min_free_kbytes=N", \
		.note = "N twice what it is: a larger reserve for frames", \
	}

static const struct advice drops[] = {
	{
		.reason = NVSWITCH_DROP_PORT_BLOCKED,
		.cause = "the administrator has blocked {PORT}",
		.remedy = { UNBLOCK },
	}, {
		.reason = NVSWITCH_DROP_NOT_ACTIVATED,
		.cause = "{PORT} waits for its guest's announcement, or was deactivated",
		.remedy = { ACTIVATE },
	}, {
		.reason = NVSWITCH_DROP_INVALID_SOURCE,
		.kind = ADVICE_NEVER,
		.cause = "the source is multicast or zero, which no station may have",
		.remedy = { {
			.command = "tcpdump -eni {PORT} ether src {SRC}",
			.note = "find out what sends it, and mend that",
		} },
	}, {
		.reason = NVSWITCH_DROP_BPDU_FILTER,
		.cause = "the guest sends spanning tree frames, and {PORT} has bpdu drop",
		.remedy = { {
			.command = SET "bpdu pass",
			.note = "a bridge that is trusted with the spanning tree",
		}, {
			.hint = "in the guest: ip link set DEV type bridge stp_state 0",
			.note = "its bridge needs no spanning tree",
		} },
	}, {
		.reason = NVSWITCH_DROP_LINK_LOCAL,
		.kind = ADVICE_NEVER,
		.cause = "01:80:c2:00:00:01 to 0f reach the next device only (LACP, LLDP, 802.1X, pause)",
		.remedy = { {
			.hint = "in the guest: stop the sender, or use active-backup instead of LACP",
			.note = "the host may run a bond as uplink",
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.kind = ADVICE_NEVER,
		.when = is_vlan_hopeless,
		.cause = "a second tag stands behind a tag that the switch removes",
		.remedy = { {
			.hint = "correct the sender",
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_stacked_access,
		.cause = "the switch strips or adds {PORT}'s tag, and a second tag would hop into another VLAN",
		.remedy = { {
			.command = SET "vlan trunk {VID}",
			.note = "the guest tags itself, QinQ passes",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_service_access,
		.cause = "the switch strips or adds {PORT}'s tag, and an 802.1ad tag would hop into another VLAN",
		.remedy = { {
			.command = SET "vlan trunk 0",
			.note = "untagged and 802.1ad frames in VLAN 0",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_service_native,
		.cause = "an 802.1ad tag is payload, which the native VLAN {NATIVE} does not take",
		.remedy = { {
			.command = SET "vlan trunk {LIST+0}",
			.note = "no native VLAN; untagged and 802.1ad frames in VLAN 0",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_service,
		.cause = "{PORT}'s trunk does not carry VLAN 0, where 802.1ad frames belong",
		.remedy = { {
			.command = SET "vlan trunk {LIST+0}",
			.note = "untagged and 802.1ad frames in VLAN 0",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_stacked_native,
		.cause = "a second tag behind the native VLAN {NATIVE} would hop into another VLAN",
		.remedy = { {
			.command = SET "vlan trunk {LIST+NATIVE}",
			.note = "without native: VLAN {NATIVE} is tagged then",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_untagged_only,
		.cause = "{PORT} carries untagged frames only",
		.remedy = { {
			.command = SET "vlan trunk 0,{VID}",
			.note = "the guest tags itself; untagged stays as it is",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_own_access,
		.cause = "the switch tags for the guest on {PORT}, which is untagged",
		.remedy = { {
			.hint = "in the guest: send untagged",
		}, {
			.command = SET "vlan trunk {VID}",
			.note = "the guest tags, and sends nothing untagged",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_access,
		.cause = "{PORT} is in VLAN {NATIVE} alone, and its guest must not tag",
		.remedy = { {
			.command = SET "vlan trunk {VID} native {NATIVE}",
			.note = "the guest tags itself; untagged stays in {NATIVE}",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_private,
		.cause = "a member of a private VLAN must not tag",
		.remedy = { {
			.hint = "in the guest: send untagged",
		}, {
			.command = SET "vlan trunk {VID}",
			.note = "it leaves the private VLAN",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_named,
		.cause = "{PORT}'s trunk does not carry VLAN {VID}",
		.remedy = { {
			.command = SET "vlan trunk {LIST+VID}{KEEP-NATIVE}",
			.note = "VLAN {VID} besides those it has",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.cause = "{PORT}'s trunk has no VLAN for untagged frames",
		.remedy = { {
			.command = SET "vlan trunk {LIST} native VID",
			.note = "untagged belongs to VLAN VID",
			.field = FIELD_VLAN,
		}, {
			.command = SET "vlan trunk {LIST+0}",
			.note = "untagged stays untagged",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CONFLICT,
		.when = is_switch_own,
		.cause = "the host sends from an address that the guest on {OTHER} owns",
		.remedy = { {
			.command = "ip link set dev {SWITCH} address MAC",
			.note = "the host gives it up",
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CONFLICT,
		.when = is_from_host,
		.cause = "the host sends from an address that the guest on {OTHER} owns",
		.remedy = { {
			.command = "ip link set dev UPPER address MAC",
			.note = "UPPER is the device on top of {SWITCH} that has {SRC}",
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CONFLICT,
		.when = is_source_static,
		.cause = "{SRC} is static on {OTHER}",
		.remedy = { {
			.command = "nvsw fdb del {SRC} {OTHER-OR-SWITCH} vlan {FID}",
			.note = "no longer meant",
		}, {
			.command = "bridge fdb replace {SRC} dev {SWITCH} self via {PORT}{VLAN} static",
			.note = "it is here now",
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CONFLICT,
		.when = is_source_local,
		.cause = "{SRC} is the host's own address",
		.remedy = { {
			.command = "ip link set dev {SWITCH} address MAC",
			.note = "the host gives it up; an upper device of {SWITCH}, if that has it; or give the guest another MAC",
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CONFLICT,
		.cause = "{SRC} belongs to the guest on {OTHER} (a clone, or a VM attached twice)",
		.remedy = { {
			.command = SET "initial_mac MAC",
			.note = "and the same MAC in the VM's configuration: the usual cure of a clone; the guest then sends from it",
		}, {
			.command = "nvsw port detach {OTHER} && " SET
				   "initial_mac {SRC}",
			.note = "the VM has moved from {OTHER} to {PORT}",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_MAC,
		.cause = "mac_binding of {SWITCH} is explicit, and {PORT} has no initial MAC",
		.remedy = { SET_INITIAL, {
			.command = "nvsw switch set {SWITCH} mac_binding auto",
			.note = "adopt the first address of every such port",
		} },
	}, {
		.reason = NVSWITCH_DROP_FORGED_TRANSMIT,
		.when = is_mac_change,
		.cause = "the guest on {PORT} has changed its MAC to {SRC}, and mac_changes is reject",
		.remedy = { {
			.command = SET "mac_changes accept",
			.note = "the guest may choose its MAC",
			.field = NVSWITCH_POLICY_MAC_CHANGES,
		}, {
			.command = SET "initial_mac {SRC}",
			.note = "the VM's configuration has it now",
		} },
	}, {
		.reason = NVSWITCH_DROP_FORGED_TRANSMIT,
		.when = is_otherwise_adopted,
		.told = true,
		.cause = "{PORT} has adopted another address, and forged_transmits is reject",
		.remedy = { SET_INITIAL, SET_NESTED },
	}, {
		.reason = NVSWITCH_DROP_FORGED_TRANSMIT,
		.when = has_no_mac,
		.cause = "{PORT} has no MAC, and adopts none while it is down",
		.remedy = { SET_INITIAL, SET_NESTED },
	}, {
		.reason = NVSWITCH_DROP_FORGED_TRANSMIT,
		.told = true,
		.cause = "{SRC} is not {PORT}'s effective MAC, not in its allow list, and forged_transmits is reject",
		.remedy = { SET_NESTED, {
			.command = ALLOW,
			.note = "this one address too",
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_MOVE,
		.when = is_asleep,
		.cause = "{SRC} is known on {OTHER}, and {PORT} takes nothing over while it is down or has no carrier",
		.remedy = { SET_UP, START_GUEST },
	}, {
		.reason = NVSWITCH_DROP_MAC_MOVE,
		.when = is_move_denied,
		.cause = "{SRC} is known on {OTHER}, and learn_move is deny",
		.remedy = { {
			.command = SET "learn_move allow",
			.note = "it may move once silent for move_hold",
			.field = NVSWITCH_POLICY_LEARN_MOVE,
		}, FORGET_SOURCE("it has left {OTHER}"), ALLOW_MOVING },
	}, {
		.reason = NVSWITCH_DROP_MAC_MOVE,
		.when = is_barred,
		.cause = "{SRC} is on {OTHER}; {PORT} has claimed it wrongly before, and is barred from it for at most 30 s",
		.remedy = {
			FORGET_SOURCE("it has left {OTHER}; else wait"),
			ALLOW_MOVING,
		},
	}, {
		.reason = NVSWITCH_DROP_MAC_MOVE,
		.cause = "{SRC} is in use on {OTHER}, seen {AGE} ago, within the move_hold of {HOLD} ms",
		.remedy = {
			FORGET_SOURCE("it has left {OTHER}; else wait move_hold"),
			ALLOW_MOVING,
		},
	}, {
		.reason = NVSWITCH_DROP_LEARN_LIMIT,
		.when = is_asleep,
		.cause = "{SRC} is new, and {PORT} learns nothing while it is down or has no carrier",
		.remedy = { SET_UP, START_GUEST },
	}, {
		.reason = NVSWITCH_DROP_LEARN_LIMIT,
		.when = is_table_full,
		.cause = "{SRC} is new, and {SWITCH} has table_limit {LIMIT} learned entries",
		.remedy = { {
			.command = "nvsw switch set {SWITCH} table_limit {TWICE-LIMIT}",
			.note = "more than {LIMIT}",
		}, {
			.command = ALLOW,
			.note = "outside the limits",
		}, {
			.command = "nvsw fdb flush dev {OTHER} learned",
			.note = "{OTHER} fills the table",
			.when = knows_other,
		} },
	}, {
		.reason = NVSWITCH_DROP_LEARN_LIMIT,
		.cause = "{SRC} is new, and {PORT} has learned as many addresses as it may",
		.remedy = { {
			.command = SET "learn_limit {TWICE-LIMIT}",
			.note = "more than {LIMIT}; 0 is no limit",
			.field = NVSWITCH_POLICY_LEARN_LIMIT,
		}, {
			.command = ALLOW,
			.note = "outside the limits",
		}, {
			.command = SET "limit_policy allow",
			.note = "send, unlearned",
			.field = NVSWITCH_POLICY_LIMIT_POLICY,
			.when = is_no_move,
		} },
	}, {
		.reason = NVSWITCH_DROP_REVERSE_PATH,
		.kind = ADVICE_NORMAL,
		.when = is_standby,
		.cause = "{PORT} stands by; the active uplink {ACTIVE} brings the same frame",
		.remedy = { {
			.command = "nvsw port detach {ACTIVE}",
			.note = "only if {PORT} is to be the active one",
		} },
	}, {
		.reason = NVSWITCH_DROP_REVERSE_PATH,
		.when = is_reflected_static,
		.cause = "{SRC} is static on {OTHER}, and the uplink shows it",
		.remedy = { {
			.command = "nvsw fdb del {SRC} {OTHER-OR-SWITCH} vlan {FID}",
			.note = "no longer meant",
		} },
	}, {
		.reason = NVSWITCH_DROP_REVERSE_PATH,
		.when = is_reflected_local,
		.cause = "our own frame came back, or the physical network has a second station with {SRC}",
		.remedy = { {
			.command = "ip link set dev {SWITCH} address MAC",
			.note = "the host gives it up",
		} },
	}, {
		.reason = NVSWITCH_DROP_REVERSE_PATH,
		.when = is_reflected,
		.cause = "our own frame came back, or the physical network has a second station with {SRC}, which belongs to {OTHER}",
		.remedy = { {
			.command = "nvsw port deactivate {OTHER}",
			.note = "the VM of {OTHER} runs on another host now",
		}, {
			.command = "nvsw port detach {OTHER}",
			.note = "the same, for good",
		} },
	}, {
		.reason = NVSWITCH_DROP_REVERSE_PATH,
		.cause = "{SRC} is in use on {OTHER}, and the uplink shows it within move_hold",
		.remedy = { {
			.command = "nvsw fdb del {SRC} {OTHER-OR-SWITCH} vlan {FID}",
			.note = "it has left {OTHER}; else wait move_hold",
		} },
	}, {
		.reason = NVSWITCH_DROP_SAME_PORT,
		.kind = ADVICE_NORMAL,
		.when = is_from_uplink,
		.cause = "{DST} is behind the uplinks, and has had the frame already",
		.remedy = { {
			.command = "nvsw fdb del {DST} {SWITCH} vlan {FID}",
			.note = "only if {DST} has left and not been heard of since",
			.when = is_to_table_entry,
		} },
	}, {
		.reason = NVSWITCH_DROP_SAME_PORT,
		.kind = ADVICE_NORMAL,
		.cause = "{DST} is behind {PORT} itself, and has had the frame already",
		.remedy = { {
			.command = "nvsw fdb del {DST} {SWITCH} vlan {FID}",
			.note = "only if {DST} has left and not been heard of since",
			.when = is_to_table_entry,
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_DESTINATION,
		.when = is_bpdu,
		.cause = "no port has bpdu pass",
		.remedy = { {
			.command = SET_OTHER "bpdu pass",
			.note = "a bridge that is trusted with the spanning tree",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_DESTINATION,
		.when = is_to_dormant,
		.cause = "the guest on {OTHER}, which owns {DST}, is not running, or {OTHER} has no carrier",
		.remedy = { {
			.command = "ip link set dev {OTHER} up",
			.when = is_other_down,
		}, {
			.command = "nvsw port activate {OTHER}",
			.note = "it waits for activation",
			.when = is_other_inactive,
		}, {
			.hint = "start the guest on {OTHER}",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_DESTINATION,
		.when = is_to_all,
		.cause = "nobody else is in VLAN {FID}, and there is no active uplink",
		.remedy = { {
			.command = "nvsw port attach {SWITCH} UPLINK role uplink",
			.note = "UPLINK leads to the physical network",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_DESTINATION,
		.kind = ADVICE_NORMAL,
		.when = is_from_uplink,
		.cause = "{DST} is no guest's address here, and no port in VLAN {FID} learns with unicast_flood: the frame is for another host",
		.remedy = { {
			.command = SET_OTHER "nested",
			.note = "{DST} is an inner guest of {OTHER}",
		}, {
			.command = "bridge fdb add {DST} dev {SWITCH} self via {OTHER}{VLAN} static",
			.note = "{OTHER} does not learn",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_DESTINATION,
		.cause = "nobody in VLAN {FID} is known by {DST}, there is no active uplink, and no port there learns with unicast_flood",
		.remedy = { {
			.command = "nvsw port attach {SWITCH} UPLINK role uplink",
			.note = "{DST} is in the physical network",
		}, {
			.command = SET_OTHER "nested",
			.note = "{DST} is an inner guest of {OTHER}",
			.when = knows_no_other,
		}, {
			.command = SET "vlan {OTHER-MODE}",
			.note = "{DST} is there",
			.field = FIELD_VLAN,
			.when = is_from_guest,
		} },
	}, {
		.reason = NVSWITCH_DROP_INVALID_GSO,
		.kind = ADVICE_NEVER,
		.cause = "the guest handed over a large segment whose headers or checksum do not fit its type, or of more than 8,192 pieces",
		.remedy = { {
			.hint = "in the guest: ethtool -K DEV tso off gso off ufo off",
			.note = "a driver that builds them wrongly",
		} },
	}, {
		.reason = NVSWITCH_DROP_MALFORMED,
		.kind = ADVICE_NEVER,
		.cause = "the frame is shorter than its own headers, or wants a checksum that is not behind its Ethernet header",
		.remedy = { {
			.command = "tcpdump -eni {PORT} -c 10",
			.note = "find out what sends it",
		}, {
			.hint = "in the guest: ethtool -K DEV tx off",
			.note = "a driver that sets wrong offsets",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_MEMORY,
		.cause = "the host had no memory for the frame or its entry at that moment",
		.remedy = { MORE_MEMORY },
	},
};

static const struct advice refusals[] = {
	{
		.reason = NVSWITCH_DROP_PORT_BLOCKED,
		.cause = "the administrator has blocked {PORT}",
		.remedy = { UNBLOCK },
	}, {
		.reason = NVSWITCH_DROP_NOT_ACTIVATED,
		.cause = "{PORT} waits for its guest's announcement, or was deactivated",
		.remedy = { ACTIVATE },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.when = is_service,
		.cause = "{PORT}'s tag would be stripped, and the 802.1ad tag would become the outer one",
		.remedy = { {
			.command = SET "vlan trunk {LIST+0}",
			.note = "its guest takes tagged frames",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_VLAN_FILTER,
		.cause = "{PORT}'s tag would be stripped, and the tag behind it would become the outer one",
		.remedy = { {
			.command = SET "vlan trunk {LIST+VID}",
			.note = "its guest takes tagged frames",
			.field = FIELD_VLAN,
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CONFLICT,
		.cause = "{PORT}'s guest has requested {REQUESTED}, which another owns, reserves or uses",
		.remedy = { {
			.command = SET "requested_mac 00:00:00:00:00:00",
			.note = "forget the request",
			.when = is_request_netlink,
		}, {
			.hint = "change the address of {PORT}'s peer back",
		}, {
			.command = SET_OTHER "initial_mac MAC",
			.note = "{OTHER} is the one that is wrong",
		} },
	}, {
		.reason = NVSWITCH_DROP_MAC_CHANGE,
		.cause = "{PORT}'s guest has requested {REQUESTED}, and mac_changes is reject",
		.remedy = { {
			.command = SET "mac_changes accept",
			.note = "the guest may choose its MAC",
			.field = NVSWITCH_POLICY_MAC_CHANGES,
		}, {
			.command = SET "initial_mac {REQUESTED}",
			.note = "the VM's configuration has it now",
			.when = knows_no_other,
		}, {
			.command = SET "requested_mac 00:00:00:00:00:00",
			.note = "forget the request",
			.when = is_request_netlink,
		} },
	}, {
		.reason = NVSWITCH_DROP_PORT_DOWN,
		.cause = "{PORT} is down or has no carrier: its guest is not running",
		.remedy = { SET_UP, START_GUEST },
	}, {
		.reason = NVSWITCH_DROP_PRIVATE_VLAN,
		.cause = "{PORT} and the sender may not talk to each other",
		.remedy = { {
			.command = SET "vlan private {FID} promiscuous",
			.note = "{PORT} may talk to all of VLAN {FID}",
			.field = FIELD_VLAN,
		}, {
			.command = SET "vlan private {FID} community {TRAVELS}",
			.note = "the sender's community",
			.field = FIELD_VLAN,
			.when = is_in_community,
		} },
	}, {
		.reason = NVSWITCH_DROP_MTU,
		.cause = "the frame's payload of {PAYLOAD} is larger than {PORT}'s MTU of {MTU}",
		.remedy = { {
			.command = "ip link set dev {PORT} mtu {PAYLOAD}",
			.note = "what is behind it must take that too",
		}, {
			.hint = "in the sender: ip link set dev DEV mtu {MTU}",
		} },
	}, {
		.reason = NVSWITCH_DROP_NO_MEMORY,
		.cause = "the host had no memory for a copy at that moment",
		.remedy = { MORE_MEMORY },
	},
};

static const struct advice *find(const struct advice *row, size_t count,
				 __u8 reason, const struct incident *incident)
{
	for (; count--; row++)
		if (row->reason == reason &&
		    (!row->when || row->when(incident)))
			return row;
	return NULL;
}

const struct advice *find_drop_advice(__u8 reason,
				      const struct incident *incident)
{
	return find(drops, ARRAY_SIZE(drops), reason, incident);
}

const struct advice *find_refusal_advice(__u8 reason,
					 const struct incident *incident)
{
	return find(refusals, ARRAY_SIZE(refusals), reason, incident);
}
