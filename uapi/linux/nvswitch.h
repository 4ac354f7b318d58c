/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * nvswitch: a virtual switch with security policies and MAC learning.
 *
 * This header is the only ABI of the module. Three interfaces carry it:
 *
 * - rtnetlink, kind "nvswitch": the switch device. IFLA_INFO_DATA holds
 *   IFLA_NVSWITCH_* attributes.
 * - rtnetlink, kind "nvswitch_slave": a port. IFLA_INFO_SLAVE_DATA holds
 *   IFLA_NVSWITCH_PORT_* attributes. A port is attached with IFLA_MASTER and
 *   starts with the policy of its switch; what it shall have of its own is set
 *   by a second message.
 * - rtnetlink, family AF_BRIDGE: RTM_NEWNEIGH, RTM_DELNEIGH and RTM_GETNEIGH
 *   with NTF_SELF on the switch device; NDA_IFINDEX names the port. See enum
 *   nvswitch_fdb_kind.
 * - generic netlink, family NVSWITCH_GENL_NAME: port groups, attaching a port
 *   with all its settings at once, allow lists, the MAC table as a whole,
 *   statistics, explain, and events to multicast group NVSWITCH_GENL_EVENTS.
 *   See enum nvswitch_cmd; nvswitch.yaml beside this header is its YNL spec.
 *
 * Counters are read with RTM_GETSTATS: IFLA_STATS_LINK_XSTATS_SLAVE of a port
 * and IFLA_STATS_LINK_XSTATS of a switch hold a LINK_XSTATS_TYPE_NVSWITCH nest
 * of NVSWITCH_STATS_* attributes.
 *
 * Every setting, and all that generic netlink answers, needs CAP_NET_ADMIN in
 * the user namespace of the switch's network namespace. An unknown attribute, a
 * value out of range or a configuration that breaks a rule is refused as a
 * whole: the error comes with one extack sentence, and nothing has changed.
 */
#ifndef _UAPI_LINUX_NVSWITCH_H
#define _UAPI_LINUX_NVSWITCH_H

#include <linux/types.h>

/**
 * enum nvswitch_value - the value of a two-way policy field
 * @NVSWITCH_INHERIT: take the value of the level above; on a switch, which has
 *	none above it, refused
 * @NVSWITCH_REJECT: the restrictive choice: reject, off, drop or deny
 * @NVSWITCH_ACCEPT: the permissive choice: accept, on or allow
 */
enum nvswitch_value {
	NVSWITCH_INHERIT,
	NVSWITCH_REJECT,
	NVSWITCH_ACCEPT,
};

/* The same values under the words that a field uses for them. */
#define NVSWITCH_OFF	NVSWITCH_REJECT
#define NVSWITCH_ON	NVSWITCH_ACCEPT
#define NVSWITCH_DROP	NVSWITCH_REJECT
#define NVSWITCH_DENY	NVSWITCH_REJECT
#define NVSWITCH_ALLOW	NVSWITCH_ACCEPT

/* NVSWITCH_POLICY_LEARN_LIMIT: its range, and its word for "inherit". */
#define NVSWITCH_LEARN_LIMIT_MAX	1048576
#define NVSWITCH_LEARN_LIMIT_INHERIT	0xffffffffU

/**
 * enum nvswitch_policy_attr - fields of a policy
 * @NVSWITCH_POLICY_UNSPEC: not used
 * @NVSWITCH_POLICY_PROMISCUOUS: u8, enum nvswitch_value: whether the guest gets
 *	copies of other ports' unicast. Default reject
 * @NVSWITCH_POLICY_MAC_CHANGES: u8: whether a requested MAC other than the
 *	initial MAC may become the effective MAC. Default reject
 * @NVSWITCH_POLICY_FORGED_TRANSMITS: u8: whether frames with a source other
 *	than the effective MAC are admitted. Default reject
 * @NVSWITCH_POLICY_LEARNING: u8: whether such sources are learned. Default off
 * @NVSWITCH_POLICY_UNICAST_FLOOD: u8: whether unknown unicast is flooded to the
 *	port; matters only with learning on. Default on
 * @NVSWITCH_POLICY_LEARN_LIMIT: u32: learned entries of one port,
 *	0..NVSWITCH_LEARN_LIMIT_MAX, 0 is no limit; on a port
 *	NVSWITCH_LEARN_LIMIT_INHERIT inherits. Default 4096
 * @NVSWITCH_POLICY_LIMIT_POLICY: u8: whether a new source is admitted, without
 *	being learned, when a limit is reached. Default drop
 * @NVSWITCH_POLICY_LEARN_MOVE: u8: whether an address that is known elsewhere
 *	may move to the port before its entry has aged out. Default allow
 * @__NVSWITCH_POLICY_MAX: end marker
 *
 * The meaning is that of VMware's DVSMacManagementPolicy and
 * DVSMacLearningPolicy.
 */
enum nvswitch_policy_attr {
	NVSWITCH_POLICY_UNSPEC,
	NVSWITCH_POLICY_PROMISCUOUS,
	NVSWITCH_POLICY_MAC_CHANGES,
	NVSWITCH_POLICY_FORGED_TRANSMITS,
	NVSWITCH_POLICY_LEARNING,
	NVSWITCH_POLICY_UNICAST_FLOOD,
	NVSWITCH_POLICY_LEARN_LIMIT,
	NVSWITCH_POLICY_LIMIT_POLICY,
	NVSWITCH_POLICY_LEARN_MOVE,

	__NVSWITCH_POLICY_MAX,
};
#define NVSWITCH_POLICY_MAX (__NVSWITCH_POLICY_MAX - 1)

/**
 * enum nvswitch_level - the level that decided a policy field
 * @NVSWITCH_LEVEL_UNSPEC: not used
 * @NVSWITCH_LEVEL_SWITCH: the switch's value is in force
 * @NVSWITCH_LEVEL_GROUP: the port group's value is in force
 * @NVSWITCH_LEVEL_PORT: the port's own value is in force
 */
enum nvswitch_level {
	NVSWITCH_LEVEL_UNSPEC,
	NVSWITCH_LEVEL_SWITCH,
	NVSWITCH_LEVEL_GROUP,
	NVSWITCH_LEVEL_PORT,
};

/**
 * enum nvswitch_vlan_mode - how a guest port takes part in VLANs
 * @NVSWITCH_VLAN_INHERIT: as its port group says; on a group, and on a port
 *	outside any group, that is none
 * @NVSWITCH_VLAN_NONE: untagged and priority-tagged frames only, in VLAN 0
 * @NVSWITCH_VLAN_ACCESS: the guest is untagged; the switch tags towards trunks
 *	and uplinks (VMware: VST)
 * @NVSWITCH_VLAN_TRUNK: the guest tags itself (VMware: VGT)
 * @NVSWITCH_VLAN_PRIVATE: the guest is untagged, and member of a private VLAN
 *	(RFC 5517)
 */
enum nvswitch_vlan_mode {
	NVSWITCH_VLAN_INHERIT,
	NVSWITCH_VLAN_NONE,
	NVSWITCH_VLAN_ACCESS,
	NVSWITCH_VLAN_TRUNK,
	NVSWITCH_VLAN_PRIVATE,
};

/**
 * enum nvswitch_private_type - what a member of a private VLAN may talk to
 * @NVSWITCH_PRIVATE_PROMISCUOUS: all members; its frames travel in the primary
 *	VLAN
 * @NVSWITCH_PRIVATE_ISOLATED: promiscuous members, the host and uplinks; its
 *	frames travel in the secondary VLAN
 * @NVSWITCH_PRIVATE_COMMUNITY: the same, and members of the same secondary
 *	VLAN
 */
enum nvswitch_private_type {
	NVSWITCH_PRIVATE_PROMISCUOUS,
	NVSWITCH_PRIVATE_ISOLATED,
	NVSWITCH_PRIVATE_COMMUNITY,
};

/**
 * struct nvswitch_vlan_range - VLANs that a trunk carries
 * @first: the first, 0..4094
 * @last: the last, @first..4094
 */
struct nvswitch_vlan_range {
	__u16 first;
	__u16 last;
};

/**
 * enum nvswitch_vlan_attr - VLAN mode of a group or a port
 * @NVSWITCH_VLAN_A_UNSPEC: not used
 * @NVSWITCH_VLAN_A_MODE: u8, enum nvswitch_vlan_mode. The other attributes are
 *	refused with a mode that has no use for them
 * @NVSWITCH_VLAN_A_VID: u16, 1..4094: the VLAN of mode access, the primary VLAN
 *	of mode private
 * @NVSWITCH_VLAN_A_RANGES: array of struct nvswitch_vlan_range, ascending,
 *	without overlap: the VLANs of mode trunk. 0 is the VLAN of untagged
 *	frames; 0..4094 is every VLAN
 * @NVSWITCH_VLAN_A_NATIVE: u16, 1..4094: the VLAN of untagged frames on a
 *	trunk, which carries it besides @NVSWITCH_VLAN_A_RANGES, and instead of
 *	VLAN 0. Absent: untagged frames are in VLAN 0
 * @NVSWITCH_VLAN_A_TYPE: u8, enum nvswitch_private_type, of mode private
 * @NVSWITCH_VLAN_A_SECONDARY: u16, 1..4094: the secondary VLAN of private types
 *	isolated and community. It belongs to one primary VLAN and one type on
 *	the whole switch, and is no other port's access or native VLAN
 * @__NVSWITCH_VLAN_A_MAX: end marker
 */
enum nvswitch_vlan_attr {
	NVSWITCH_VLAN_A_UNSPEC,
	NVSWITCH_VLAN_A_MODE,
	NVSWITCH_VLAN_A_VID,
	NVSWITCH_VLAN_A_RANGES,
	NVSWITCH_VLAN_A_NATIVE,
	NVSWITCH_VLAN_A_TYPE,
	NVSWITCH_VLAN_A_SECONDARY,

	__NVSWITCH_VLAN_A_MAX,
};
#define NVSWITCH_VLAN_A_MAX (__NVSWITCH_VLAN_A_MAX - 1)

/* The last VLAN; "all" and, as VMware writes it, 4095 are VLANs 0 to this. */
#define NVSWITCH_VID_MAX	4094

/**
 * enum nvswitch_activation - when a port's addresses become active
 * @NVSWITCH_ACTIVATION_IMMEDIATE: with its carrier. The default
 * @NVSWITCH_ACTIVATION_ANNOUNCE: when the guest announces itself (RARP,
 *	gratuitous ARP or unsolicited neighbour advertisement from its initial
 *	or effective MAC), or by IFLA_NVSWITCH_PORT_ACTIVATED: the target of a
 *	migration claims nothing before the switch-over
 */
enum nvswitch_activation {
	NVSWITCH_ACTIVATION_IMMEDIATE,
	NVSWITCH_ACTIVATION_ANNOUNCE,
};

/**
 * enum nvswitch_rx_multicast - which multicast a guest has asked for
 * @NVSWITCH_RX_MULTICAST_ALL: all, or nobody has said. The default
 * @NVSWITCH_RX_MULTICAST_LIST: the groups of IFLA_NVSWITCH_PORT_RX_GROUPS
 */
enum nvswitch_rx_multicast {
	NVSWITCH_RX_MULTICAST_ALL,
	NVSWITCH_RX_MULTICAST_LIST,
};

/* Groups that IFLA_NVSWITCH_PORT_RX_GROUPS holds at most, as QEMU reports. */
#define NVSWITCH_RX_GROUPS_MAX	64

/* Bytes of a port group's name, without the terminating zero. */
#define NVSWITCH_GROUP_NAME_MAX	63

/* Port groups of one switch. */
#define NVSWITCH_GROUPS_MAX	4096

/* An allow list: entries of one port, and the range of their masks. */
#define NVSWITCH_ALLOW_MAX	64
#define NVSWITCH_ALLOW_BITS_MIN	24
#define NVSWITCH_ALLOW_BITS_MAX	48

/**
 * enum nvswitch_mac_binding - where a guest port without a visible peer has
 *	its MAC from
 * @NVSWITCH_MAC_BINDING_AUTO: the first source seen is adopted. The default
 * @NVSWITCH_MAC_BINDING_EXPLICIT: only from IFLA_NVSWITCH_PORT_INITIAL_MAC;
 *	until then the port may send nothing
 */
enum nvswitch_mac_binding {
	NVSWITCH_MAC_BINDING_AUTO,
	NVSWITCH_MAC_BINDING_EXPLICIT,
};

/**
 * enum nvswitch_role - what is behind a port
 * @NVSWITCH_ROLE_GUEST: a VM or container. The default
 * @NVSWITCH_ROLE_UPLINK: the physical network
 */
enum nvswitch_role {
	NVSWITCH_ROLE_GUEST,
	NVSWITCH_ROLE_UPLINK,
};

/**
 * enum nvswitch_mac_state - what became of a port's requested MAC
 * @NVSWITCH_MAC_OK: it is the effective MAC, or there is none to decide about
 * @NVSWITCH_MAC_CHANGE: refused by mac_changes reject; nothing is delivered
 * @NVSWITCH_MAC_CONFLICT: taken by another port or in use elsewhere; nothing
 *	is delivered
 */
enum nvswitch_mac_state {
	NVSWITCH_MAC_OK,
	NVSWITCH_MAC_CHANGE,
	NVSWITCH_MAC_CONFLICT,
};

/**
 * enum nvswitch_attr - attributes of a switch, in IFLA_INFO_DATA
 * @IFLA_NVSWITCH_UNSPEC: not used
 * @IFLA_NVSWITCH_POLICY: nest of enum nvswitch_policy_attr: the default for
 *	every port. A message changes only the fields it holds
 * @IFLA_NVSWITCH_AGEING: u32, seconds, 10..1000000, or 0 for never: how long
 *	an entry lives after its last frame. Default 300
 * @IFLA_NVSWITCH_MOVE_HOLD: u32, milliseconds, 0..60000: how long after its
 *	last frame an address cannot be taken by another port. Default 200
 * @IFLA_NVSWITCH_TABLE_LIMIT: u32, 1..16777216: learned entries of all ports;
 *	the first 64 of each port never count. Default 65536
 * @IFLA_NVSWITCH_REMOTE_LIMIT: u32, 0..16777216: remote entries. Default 65536
 * @IFLA_NVSWITCH_MAC_BINDING: u8, enum nvswitch_mac_binding. Default auto
 * @IFLA_NVSWITCH_LEARNED: u32, read-only: entries that stand against
 *	IFLA_NVSWITCH_TABLE_LIMIT
 * @IFLA_NVSWITCH_REMOTE: u32, read-only: remote entries
 * @IFLA_NVSWITCH_ACTIVE_UPLINK: u32, read-only: ifindex of the active uplink;
 *	absent without one
 * @__IFLA_NVSWITCH_MAX: end marker
 */
enum nvswitch_attr {
	IFLA_NVSWITCH_UNSPEC,
	IFLA_NVSWITCH_POLICY,
	IFLA_NVSWITCH_AGEING,
	IFLA_NVSWITCH_MOVE_HOLD,
	IFLA_NVSWITCH_TABLE_LIMIT,
	IFLA_NVSWITCH_REMOTE_LIMIT,
	IFLA_NVSWITCH_MAC_BINDING,
	IFLA_NVSWITCH_LEARNED,
	IFLA_NVSWITCH_REMOTE,
	IFLA_NVSWITCH_ACTIVE_UPLINK,

	__IFLA_NVSWITCH_MAX,
};
#define IFLA_NVSWITCH_MAX (__IFLA_NVSWITCH_MAX - 1)

/* Ranges of the switch attributes. */
#define NVSWITCH_AGEING_MIN		10
#define NVSWITCH_AGEING_MAX		1000000
#define NVSWITCH_MOVE_HOLD_MAX		60000
#define NVSWITCH_TABLE_LIMIT_MAX	16777216
#define NVSWITCH_REMOTE_LIMIT_MAX	16777216

/**
 * enum nvswitch_port_attr - attributes of a port, in IFLA_INFO_SLAVE_DATA
 * @IFLA_NVSWITCH_PORT_UNSPEC: not used
 * @IFLA_NVSWITCH_PORT_ROLE: u8, enum nvswitch_role. An uplink takes none of
 *	the other attributes (-EOPNOTSUPP); becoming one resets them
 * @IFLA_NVSWITCH_PORT_POLICY: nest of enum nvswitch_policy_attr: the port's
 *	own settings; fields that are absent from a request stay as they are
 * @IFLA_NVSWITCH_PORT_NESTED: flag, write-only: the preset for a VM that runs
 *	VMs: forged_transmits accept, learning on, unicast_flood on, promiscuous
 *	reject, mac_changes reject. Fields in the same request win over it
 * @IFLA_NVSWITCH_PORT_INITIAL_MAC: 6 bytes, unicast: the address that the
 *	administrator gave the vNIC; all zero takes that back. -EEXIST if
 *	another port owns or reserves it. In a reply, the initial MAC in force,
 *	absent if there is none
 * @IFLA_NVSWITCH_PORT_REQUESTED_MAC: 6 bytes, unicast: the address that the
 *	guest has programmed; all zero takes a request back. At most ten
 *	requests a second are judged, the last one always. In a reply, what
 *	the guest has by all that is known; absent if nothing is
 * @IFLA_NVSWITCH_PORT_BPDU: u8, enum nvswitch_value without inherit: drop or
 *	pass (accept) of spanning tree frames. Default drop
 * @IFLA_NVSWITCH_PORT_BLOCKED: u8, enum nvswitch_value without inherit.
 *	Default off
 * @IFLA_NVSWITCH_PORT_RESOLVED: read-only nest of enum nvswitch_policy_attr:
 *	the values in force
 * @IFLA_NVSWITCH_PORT_LEVEL: read-only nest of enum nvswitch_policy_attr, each
 *	a u8 of enum nvswitch_level: where the value in force comes from
 * @IFLA_NVSWITCH_PORT_EFFECTIVE_MAC: 6 bytes, read-only: the address that the
 *	switch honours; absent if there is none
 * @IFLA_NVSWITCH_PORT_ADOPTED_MAC: 6 bytes, read-only: the adopted address of
 *	a port without an initial MAC; absent if there is none
 * @IFLA_NVSWITCH_PORT_MAC_STATE: u8, read-only, enum nvswitch_mac_state
 * @IFLA_NVSWITCH_PORT_LEARNED: u32, read-only: entries that stand against
 *	NVSWITCH_POLICY_LEARN_LIMIT
 * @IFLA_NVSWITCH_PORT_ACTIVE: u8, read-only, uplinks only: 1 if this is the
 *	active uplink, 0 if it stands by
 * @IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE: u8, read-only, enum
 *	nvswitch_initial_source: who gave the initial MAC
 * @IFLA_NVSWITCH_PORT_GROUP: string, 1..NVSWITCH_GROUP_NAME_MAX bytes: the port
 *	group that the port is in; empty leaves it. -ENOENT if there is none of
 *	that name. Absent in a reply if the port is in none
 * @IFLA_NVSWITCH_PORT_VLAN: nest of enum nvswitch_vlan_attr: the port's own
 *	VLAN mode. Default inherit. -EEXIST if the port would share a VLAN with
 *	another owner of its MAC, -EBUSY if a static entry is in the way
 * @IFLA_NVSWITCH_PORT_VLAN_RESOLVED: read-only nest of enum
 *	nvswitch_vlan_attr: the VLAN mode in force
 * @IFLA_NVSWITCH_PORT_VLAN_LEVEL: u8, read-only, enum nvswitch_level: where it
 *	comes from; switch if neither port nor group set it
 * @IFLA_NVSWITCH_PORT_ACTIVATION: u8, enum nvswitch_activation. announce, after
 *	immediate, deactivates the port until its guest announces itself; -EINVAL
 *	if it has no initial MAC. Default immediate
 * @IFLA_NVSWITCH_PORT_ACTIVATED: u8, enum nvswitch_value without inherit: on
 *	activates, off deactivates until on. In a reply, whether it is active
 * @IFLA_NVSWITCH_PORT_RX_PROMISC: u8, enum nvswitch_value: whether the guest
 *	wants what promiscuous accept grants; inherit is unknown, which counts as
 *	on. Default unknown
 * @IFLA_NVSWITCH_PORT_RX_MULTICAST: u8, enum nvswitch_rx_multicast
 * @IFLA_NVSWITCH_PORT_RX_GROUPS: array of 6-byte group addresses, at most
 *	NVSWITCH_RX_GROUPS_MAX; with NVSWITCH_RX_MULTICAST_LIST alone. Absent:
 *	none
 * @IFLA_NVSWITCH_PORT_ALLOWED: u32, read-only: entries of the allow list, see
 *	NVSWITCH_CMD_ALLOW_GET
 * @__IFLA_NVSWITCH_PORT_MAX: end marker
 */
enum nvswitch_port_attr {
	IFLA_NVSWITCH_PORT_UNSPEC,
	IFLA_NVSWITCH_PORT_ROLE,
	IFLA_NVSWITCH_PORT_POLICY,
	IFLA_NVSWITCH_PORT_NESTED,
	IFLA_NVSWITCH_PORT_INITIAL_MAC,
	IFLA_NVSWITCH_PORT_REQUESTED_MAC,
	IFLA_NVSWITCH_PORT_BPDU,
	IFLA_NVSWITCH_PORT_BLOCKED,
	IFLA_NVSWITCH_PORT_RESOLVED,
	IFLA_NVSWITCH_PORT_LEVEL,
	IFLA_NVSWITCH_PORT_EFFECTIVE_MAC,
	IFLA_NVSWITCH_PORT_ADOPTED_MAC,
	IFLA_NVSWITCH_PORT_MAC_STATE,
	IFLA_NVSWITCH_PORT_LEARNED,
	IFLA_NVSWITCH_PORT_ACTIVE,
	IFLA_NVSWITCH_PORT_INITIAL_MAC_SOURCE,
	IFLA_NVSWITCH_PORT_GROUP,
	IFLA_NVSWITCH_PORT_VLAN,
	IFLA_NVSWITCH_PORT_VLAN_RESOLVED,
	IFLA_NVSWITCH_PORT_VLAN_LEVEL,
	IFLA_NVSWITCH_PORT_ACTIVATION,
	IFLA_NVSWITCH_PORT_ACTIVATED,
	IFLA_NVSWITCH_PORT_RX_PROMISC,
	IFLA_NVSWITCH_PORT_RX_MULTICAST,
	IFLA_NVSWITCH_PORT_RX_GROUPS,
	IFLA_NVSWITCH_PORT_ALLOWED,

	__IFLA_NVSWITCH_PORT_MAX,
};
#define IFLA_NVSWITCH_PORT_MAX (__IFLA_NVSWITCH_PORT_MAX - 1)

/**
 * enum nvswitch_initial_source - who gave a port its initial MAC
 * @NVSWITCH_INITIAL_NONE: nobody, it has none
 * @NVSWITCH_INITIAL_ADMIN: the administrator
 * @NVSWITCH_INITIAL_PEER: it is the address of the port's visible peer
 */
enum nvswitch_initial_source {
	NVSWITCH_INITIAL_NONE,
	NVSWITCH_INITIAL_ADMIN,
	NVSWITCH_INITIAL_PEER,
};

/**
 * enum nvswitch_fdb_kind - the kinds of entries in the MAC table
 * @NVSWITCH_FDB_UNSPEC: not used
 * @NVSWITCH_FDB_LOCAL: an address of the host port, in every VLAN. "permanent"
 *	without "via" in the output of bridge(8)
 * @NVSWITCH_FDB_OWNED: the effective MAC of a guest port. "permanent"
 * @NVSWITCH_FDB_RESERVED: the initial MAC of a guest port whose effective MAC
 *	is another: nobody else may have it. "permanent" with "offload"
 * @NVSWITCH_FDB_STATIC: set by the administrator. "static"
 * @NVSWITCH_FDB_ADOPTED: the adopted MAC of a guest port. "sticky"
 * @NVSWITCH_FDB_LEARNED: learned from a guest port. No word
 * @NVSWITCH_FDB_REMOTE: seen behind the uplinks. "extern_learn"; "via" names
 *	the active uplink
 *
 * In RTM_NEWNEIGH the kind is in bits 24..27 of NDA_FLAGS_EXT, beside
 * NVSWITCH_FDB_EXT_TRIAL; both are read-only. An adopted, learned or remote
 * entry that has moved and is on trial says "stale". NDA_CACHEINFO holds how
 * long ago the address was last seen (ndm_used, in clock ticks).
 */
enum nvswitch_fdb_kind {
	NVSWITCH_FDB_UNSPEC,
	NVSWITCH_FDB_LOCAL,
	NVSWITCH_FDB_OWNED,
	NVSWITCH_FDB_RESERVED,
	NVSWITCH_FDB_STATIC,
	NVSWITCH_FDB_ADOPTED,
	NVSWITCH_FDB_LEARNED,
	NVSWITCH_FDB_REMOTE,
};

#define NVSWITCH_FDB_EXT_KIND_SHIFT	24
#define NVSWITCH_FDB_EXT_KIND_MASK	0xfU
#define NVSWITCH_FDB_EXT_TRIAL		(1U << 28)

/*
 * Why a frame is dropped or a copy is refused: X(NAME, name, where), where is
 * INGRESS (the frame's port drops it), EGRESS (a receiver refuses its copy) or
 * BOTH. A user meets the name in counters, events and explain; a refused copy
 * is counted under egress_name.
 */
#define NVSWITCH_DROP_REASONS(X)					\
	X(PORT_BLOCKED,		port_blocked,		BOTH)		\
	X(NOT_ACTIVATED,	not_activated,		BOTH)		\
	X(INVALID_SOURCE,	invalid_source,		INGRESS)	\
	X(BPDU_FILTER,		bpdu_filter,		INGRESS)	\
	X(LINK_LOCAL,		link_local,		INGRESS)	\
	X(VLAN_FILTER,		vlan_filter,		BOTH)	\
	X(MAC_CONFLICT,		mac_conflict,		BOTH)		\
	X(NO_MAC,		no_mac,			INGRESS)	\
	X(FORGED_TRANSMIT,	forged_transmit,	INGRESS)	\
	X(MAC_MOVE,		mac_move,		INGRESS)	\
	X(LEARN_LIMIT,		learn_limit,		INGRESS)	\
	X(REVERSE_PATH,		reverse_path,		INGRESS)	\
	X(SAME_PORT,		same_port,		INGRESS)	\
	X(NO_DESTINATION,	no_destination,		INGRESS)	\
	X(ALL_REFUSED,		all_refused,		INGRESS)	\
	X(INVALID_GSO,		invalid_gso,		INGRESS)	\
	X(MALFORMED,		malformed,		INGRESS)	\
	X(NO_MEMORY,		no_memory,		BOTH)		\
	X(MAC_CHANGE,		mac_change,		EGRESS)		\
	X(PORT_DOWN,		port_down,		EGRESS)		\
	X(PRIVATE_VLAN,		private_vlan,		EGRESS)		\
	X(MTU,			mtu,			EGRESS)

/**
 * enum nvswitch_drop_reason - why a frame was dropped or a copy refused
 * @NVSWITCH_DROP_UNSPEC: it was not; among counters, padding
 * @NVSWITCH_DROP_PORT_BLOCKED: the port is administratively blocked
 * @NVSWITCH_DROP_NOT_ACTIVATED: the port waits for its guest's announcement
 * @NVSWITCH_DROP_INVALID_SOURCE: the source is multicast or zero
 * @NVSWITCH_DROP_BPDU_FILTER: a spanning tree frame, and the port has bpdu drop
 * @NVSWITCH_DROP_LINK_LOCAL: sent to a reserved address (802.1Q table 8-1)
 * @NVSWITCH_DROP_VLAN_FILTER: the port does not carry the VLAN, or a second tag
 *	would leave the switch as the first one; of a copy: it would do so there
 * @NVSWITCH_DROP_MAC_CONFLICT: the source belongs to another port or the host;
 *	of a copy: the receiver has requested a MAC that is taken
 * @NVSWITCH_DROP_NO_MAC: mac_binding explicit, and the port has no initial MAC
 * @NVSWITCH_DROP_FORGED_TRANSMIT: the source is not the effective MAC, and
 *	forged_transmits is reject
 * @NVSWITCH_DROP_MAC_MOVE: the source is in use elsewhere
 * @NVSWITCH_DROP_LEARN_LIMIT: a new source, and a limit is reached
 * @NVSWITCH_DROP_REVERSE_PATH: an uplink brought our own frame back, claimed an
 *	address in use here, or stands by
 * @NVSWITCH_DROP_SAME_PORT: the destination is where the frame came from
 * @NVSWITCH_DROP_NO_DESTINATION: there is nobody to offer the frame to
 * @NVSWITCH_DROP_ALL_REFUSED: offered, and every copy was refused
 * @NVSWITCH_DROP_INVALID_GSO: a GSO frame whose headers or checksum do not fit
 *	its type, or the frames that it was joined of; or of more than 8,192
 *	segments
 * @NVSWITCH_DROP_MALFORMED: shorter than its own headers, or they do not begin
 *	where the kernel has them, or its sender wants a checksum that is not
 *	in the packet behind the Ethernet header
 * @NVSWITCH_DROP_NO_MEMORY: no memory for the frame, its entry or its copy
 * @NVSWITCH_DROP_MAC_CHANGE: the receiver has requested another MAC, and
 *	mac_changes is reject
 * @NVSWITCH_DROP_PORT_DOWN: the receiver is down or has no carrier
 * @NVSWITCH_DROP_PRIVATE_VLAN: the receiver's private VLAN forbids it
 * @NVSWITCH_DROP_MTU: larger than the receiver's MTU
 * @__NVSWITCH_DROP_MAX: end marker
 */
enum nvswitch_drop_reason {
	NVSWITCH_DROP_UNSPEC,
#define __NVSWITCH_DROP_ENUM(NAME, name, where) NVSWITCH_DROP_##NAME,
	NVSWITCH_DROP_REASONS(__NVSWITCH_DROP_ENUM)
#undef __NVSWITCH_DROP_ENUM

	__NVSWITCH_DROP_MAX,
};
#define NVSWITCH_DROP_MAX (__NVSWITCH_DROP_MAX - 1)

/* The nest in IFLA_STATS_LINK_XSTATS*: clear of the kernel's own numbers. */
#define LINK_XSTATS_TYPE_NVSWITCH	0x2e56

/**
 * enum nvswitch_stats_attr - counters of a port, or of a whole switch
 * @NVSWITCH_STATS_UNSPEC: not used
 * @NVSWITCH_STATS_RECEIVED: u64: frames that entered the switch
 * @NVSWITCH_STATS_FORWARDED: u64: of these, delivered at least once
 * @NVSWITCH_STATS_PASSED: u64: of these, left to the uplink's own stack
 * @NVSWITCH_STATS_DROPPED: u64: of these, dropped: at rest received =
 *	forwarded + passed + dropped
 * @NVSWITCH_STATS_COPIES_OFFERED: u64: copies offered to the port
 * @NVSWITCH_STATS_COPIES_TRANSMITTED: u64: of these, handed to its device
 * @NVSWITCH_STATS_COPIES_REFUSED: u64: of these, refused: at rest offered =
 *	transmitted + refused
 * @NVSWITCH_STATS_DROPS: nest of u64, each under its enum nvswitch_drop_reason
 * @NVSWITCH_STATS_REFUSALS: nest of u64, each under its enum
 *	nvswitch_drop_reason
 * @NVSWITCH_STATS_PAD: padding
 * @__NVSWITCH_STATS_MAX: end marker
 */
enum nvswitch_stats_attr {
	NVSWITCH_STATS_UNSPEC,
	NVSWITCH_STATS_RECEIVED,
	NVSWITCH_STATS_FORWARDED,
	NVSWITCH_STATS_PASSED,
	NVSWITCH_STATS_DROPPED,
	NVSWITCH_STATS_COPIES_OFFERED,
	NVSWITCH_STATS_COPIES_TRANSMITTED,
	NVSWITCH_STATS_COPIES_REFUSED,
	NVSWITCH_STATS_DROPS,
	NVSWITCH_STATS_REFUSALS,
	NVSWITCH_STATS_PAD,

	__NVSWITCH_STATS_MAX,
};
#define NVSWITCH_STATS_MAX (__NVSWITCH_STATS_MAX - 1)

#define NVSWITCH_GENL_NAME	"nvswitch"
#define NVSWITCH_GENL_VERSION	1

/* Multicast group of NVSWITCH_CMD_EVENT; joining it needs CAP_NET_ADMIN. */
#define NVSWITCH_GENL_EVENTS	"events"

/**
 * enum nvswitch_cmd - commands of the generic netlink family
 * @NVSWITCH_CMD_UNSPEC: not used
 * @NVSWITCH_CMD_GROUP_NEW: create a port group: SWITCH, GROUP; POLICY, NESTED,
 *	VLAN. -EEXIST if there is one of that name
 * @NVSWITCH_CMD_GROUP_SET: change one: SWITCH, GROUP; NEW_NAME, POLICY, NESTED,
 *	VLAN. What is absent stays as it is. -EEXIST, -EBUSY if a port in it
 *	would break a rule
 * @NVSWITCH_CMD_GROUP_DEL: delete one: SWITCH, GROUP. -EBUSY while ports are in
 *	it, unless FORCE, which makes them leave it
 * @NVSWITCH_CMD_GROUP_GET: do: SWITCH, GROUP. dump: SWITCH or all. Replies with
 *	SWITCH, GROUP, POLICY, VLAN, PORTS; in order of creation
 * @NVSWITCH_CMD_PORT_ATTACH: attach a device with all its settings, of which
 *	either all are in force before its first frame or it is not attached:
 *	SWITCH, PORT; SETTINGS
 * @NVSWITCH_CMD_PORT_SET: as RTM_NEWLINK would: PORT, SETTINGS; WHILE_OPEN
 * @NVSWITCH_CMD_ALLOW_ADD: let a port use an address: PORT, MAC; BITS.
 *	-EEXIST if it is in the list, -ENOSPC if that is full
 * @NVSWITCH_CMD_ALLOW_DEL: take that back: PORT, MAC; BITS
 * @NVSWITCH_CMD_ALLOW_GET: dump: SWITCH, PORT or all. Replies with SWITCH, PORT,
 *	MAC, BITS
 * @NVSWITCH_CMD_FDB_GET: dump: SWITCH or all; PORT, VID, KIND select. Replies
 *	with SWITCH, PORT (absent for remote entries without uplink), MAC, VID
 *	(absent if in every VLAN), KIND, TRIAL, AGE
 * @NVSWITCH_CMD_FDB_IMPORT: enter addresses as learned: PORT, ENTRIES. All of
 *	them, or none
 * @NVSWITCH_CMD_FDB_FLUSH: remove entries: SWITCH; PORT, VID, KIND select.
 *	Without KIND what traffic has shown; static ones are removed with KIND
 *	static. Replies with COUNT
 * @NVSWITCH_CMD_FDB_ANNOUNCE: send a RARP for each owned, adopted and learned
 *	address out of the active uplink, paced: SWITCH; PORT selects.
 *	-ENETDOWN without an active uplink
 * @NVSWITCH_CMD_STATS_GET: do: PORT, or SWITCH for the sum. dump: SWITCH, PORT
 *	or all, a message for the host port and each port. Replies with SWITCH,
 *	PORT, STATS, RX_BYTES, TX_BYTES
 * @NVSWITCH_CMD_EXPLAIN: what would become of a frame: SWITCH, PORT (absent:
 *	the host), SRC, DST; VID, TAG2, LENGTH. Changes nothing. Replies with
 *	SWITCH, PORT, VERDICT, REASON, REFUSAL and all that led to them: RULE;
 *	FIELD, VALUE, LEVEL, and GROUP if that is it; LIMIT if there is no room;
 *	LEARN, CAST, EFFECTIVE, TRAVELS, TABLE_VID, SOURCE, DESTINATION; once
 *	admitted COUNT, RECEIVERS
 * @NVSWITCH_CMD_EVENT: notification: SWITCH, EVENT and what it tells
 * @__NVSWITCH_CMD_MAX: end marker
 *
 * Attributes before ";" are mandatory, those after it optional. An attribute
 * that a command has no use for is refused.
 */
enum nvswitch_cmd {
	NVSWITCH_CMD_UNSPEC,
	NVSWITCH_CMD_GROUP_NEW,
	NVSWITCH_CMD_GROUP_SET,
	NVSWITCH_CMD_GROUP_DEL,
	NVSWITCH_CMD_GROUP_GET,
	NVSWITCH_CMD_PORT_ATTACH,
	NVSWITCH_CMD_PORT_SET,
	NVSWITCH_CMD_ALLOW_ADD,
	NVSWITCH_CMD_ALLOW_DEL,
	NVSWITCH_CMD_ALLOW_GET,
	NVSWITCH_CMD_FDB_GET,
	NVSWITCH_CMD_FDB_IMPORT,
	NVSWITCH_CMD_FDB_FLUSH,
	NVSWITCH_CMD_FDB_ANNOUNCE,
	NVSWITCH_CMD_STATS_GET,
	NVSWITCH_CMD_EXPLAIN,
	NVSWITCH_CMD_EVENT,

	__NVSWITCH_CMD_MAX,
};
#define NVSWITCH_CMD_MAX (__NVSWITCH_CMD_MAX - 1)

/**
 * enum nvswitch_genl_attr - attributes of the generic netlink family
 * @NVSWITCH_A_UNSPEC: not used
 * @NVSWITCH_A_PAD: padding
 * @NVSWITCH_A_SWITCH: u32: ifindex of the switch
 * @NVSWITCH_A_PORT: u32: ifindex of the port; the switch's for its host port
 * @NVSWITCH_A_GROUP: string, 1..NVSWITCH_GROUP_NAME_MAX bytes of printable
 *	ASCII, without a space at either end: a port group
 * @NVSWITCH_A_NEW_NAME: string: the name that it gets
 * @NVSWITCH_A_POLICY: nest of enum nvswitch_policy_attr
 * @NVSWITCH_A_NESTED: flag: as IFLA_NVSWITCH_PORT_NESTED, of a group
 * @NVSWITCH_A_VLAN: nest of enum nvswitch_vlan_attr
 * @NVSWITCH_A_FORCE: flag
 * @NVSWITCH_A_PORTS: u32: ports in a group
 * @NVSWITCH_A_SETTINGS: nest of enum nvswitch_port_attr
 * @NVSWITCH_A_MAC: 6 bytes: an address
 * @NVSWITCH_A_BITS: u8, NVSWITCH_ALLOW_BITS_MIN..48: how many leading bits of
 *	MAC count; the others are zero. Default 48
 * @NVSWITCH_A_VID: u16, 0..4094: a VLAN. Of a frame to be explained, that of
 *	its tag, 0 for a priority tag; absent: untagged
 * @NVSWITCH_A_KIND: u8, enum nvswitch_fdb_kind
 * @NVSWITCH_A_TRIAL: flag: the entry has moved, and is on trial
 * @NVSWITCH_A_AGE: u64, milliseconds since the address was last seen
 * @NVSWITCH_A_ENTRIES: nest of NVSWITCH_A_ENTRY
 * @NVSWITCH_A_ENTRY: nest: MAC; VID
 * @NVSWITCH_A_COUNT: u32: entries removed; ports offered a copy
 * @NVSWITCH_A_STATS: nest of enum nvswitch_stats_attr
 * @NVSWITCH_A_RX_BYTES: u64: bytes that the port's device has received
 * @NVSWITCH_A_TX_BYTES: u64: bytes that it has sent
 * @NVSWITCH_A_SRC: 6 bytes: source address of a frame
 * @NVSWITCH_A_DST: 6 bytes: destination address of a frame
 * @NVSWITCH_A_TAG2: u16, 0x8100 or 0x88a8: TPID of a tag behind that of VID, or
 *	of the only one without VID, which then is 0x88a8
 * @NVSWITCH_A_LENGTH: u32, 14..65535: bytes of the frame without tag and checksum.
 *	Default 60
 * @NVSWITCH_A_VERDICT: u8, enum nvswitch_verdict
 * @NVSWITCH_A_REASON: u8, enum nvswitch_drop_reason: why it is dropped
 * @NVSWITCH_A_REFUSAL: u8, enum nvswitch_drop_reason: why the copy, or the
 *	first one, is refused
 * @NVSWITCH_A_RULE: u8, enum nvswitch_rule: the rule that decides
 * @NVSWITCH_A_FIELD: u8, enum nvswitch_policy_attr: the field that the rule asks
 * @NVSWITCH_A_VALUE: u32: its value in force
 * @NVSWITCH_A_LEVEL: u8, enum nvswitch_level: where that comes from
 * @NVSWITCH_A_LEARN: u8, enum nvswitch_learn: what the table learns from it
 * @NVSWITCH_A_SOURCE: nest: what the table says about the source in the VLAN of
 *	the frame: PORT, KIND, AGE, TRIAL; absent if nothing
 * @NVSWITCH_A_DESTINATION: nest: the same about the destination
 * @NVSWITCH_A_CAST: u8, enum nvswitch_cast: how far the frame reaches
 * @NVSWITCH_A_TRAVELS: u16: the VLAN that the frame travels in
 * @NVSWITCH_A_TABLE_VID: u16: the VLAN that its addresses are kept in: the
 *	primary one, if it travels in a secondary VLAN
 * @NVSWITCH_A_RECEIVERS: nest of NVSWITCH_A_RECEIVER: the first 1024 of COUNT
 * @NVSWITCH_A_RECEIVER: nest: PORT, WHY; REFUSAL if it refuses its copy, VID if
 *	that leaves tagged
 * @NVSWITCH_A_WHY: u8, enum nvswitch_why: why it is offered a copy
 * @NVSWITCH_A_EFFECTIVE: 6 bytes: the ingress port's effective MAC
 * @NVSWITCH_A_EVENT: u8, enum nvswitch_event
 * @NVSWITCH_A_SUPPRESSED: u32: like events that were not sent before this one
 * @NVSWITCH_A_OLD_PORT: u32: ifindex of the port that an address has left
 * @NVSWITCH_A_OLD_KIND: u8, enum nvswitch_fdb_kind: what the address was there
 * @NVSWITCH_A_OTHER_PORT: u32: ifindex of the port in whose way it stands
 * @NVSWITCH_A_ACTION: u8, enum nvswitch_action
 * @NVSWITCH_A_LIMIT: u32: the limit that is reached
 * @NVSWITCH_A_PORT_NAME: string: name of the port, which may be gone
 * @NVSWITCH_A_WHILE_OPEN: flag: IFLA_NVSWITCH_PORT_RX_PROMISC, _RX_MULTICAST and
 *	_REQUESTED_MAC hold while the socket is open that tells them, unless they
 *	are told once more, by whomever. When it closes the first two are what they
 *	are by default; the requested MAC is taken back 10 seconds later, the time
 *	for an agent to restart. -EINVAL if none of them is told
 * @__NVSWITCH_A_MAX: end marker
 */
enum nvswitch_genl_attr {
	NVSWITCH_A_UNSPEC,
	NVSWITCH_A_PAD,
	NVSWITCH_A_SWITCH,
	NVSWITCH_A_PORT,
	NVSWITCH_A_GROUP,
	NVSWITCH_A_NEW_NAME,
	NVSWITCH_A_POLICY,
	NVSWITCH_A_NESTED,
	NVSWITCH_A_VLAN,
	NVSWITCH_A_FORCE,
	NVSWITCH_A_PORTS,
	NVSWITCH_A_SETTINGS,
	NVSWITCH_A_MAC,
	NVSWITCH_A_BITS,
	NVSWITCH_A_VID,
	NVSWITCH_A_KIND,
	NVSWITCH_A_TRIAL,
	NVSWITCH_A_AGE,
	NVSWITCH_A_ENTRIES,
	NVSWITCH_A_ENTRY,
	NVSWITCH_A_COUNT,
	NVSWITCH_A_STATS,
	NVSWITCH_A_RX_BYTES,
	NVSWITCH_A_TX_BYTES,
	NVSWITCH_A_SRC,
	NVSWITCH_A_DST,
	NVSWITCH_A_TAG2,
	NVSWITCH_A_LENGTH,
	NVSWITCH_A_VERDICT,
	NVSWITCH_A_REASON,
	NVSWITCH_A_REFUSAL,
	NVSWITCH_A_RULE,
	NVSWITCH_A_FIELD,
	NVSWITCH_A_VALUE,
	NVSWITCH_A_LEVEL,
	NVSWITCH_A_LEARN,
	NVSWITCH_A_SOURCE,
	NVSWITCH_A_DESTINATION,
	NVSWITCH_A_CAST,
	NVSWITCH_A_TRAVELS,
	NVSWITCH_A_TABLE_VID,
	NVSWITCH_A_RECEIVERS,
	NVSWITCH_A_RECEIVER,
	NVSWITCH_A_WHY,
	NVSWITCH_A_EFFECTIVE,
	NVSWITCH_A_EVENT,
	NVSWITCH_A_SUPPRESSED,
	NVSWITCH_A_OLD_PORT,
	NVSWITCH_A_OLD_KIND,
	NVSWITCH_A_OTHER_PORT,
	NVSWITCH_A_ACTION,
	NVSWITCH_A_LIMIT,
	NVSWITCH_A_PORT_NAME,
	NVSWITCH_A_WHILE_OPEN,

	__NVSWITCH_A_MAX,
};
#define NVSWITCH_A_MAX (__NVSWITCH_A_MAX - 1)

/**
 * enum nvswitch_verdict - what becomes of a frame
 * @NVSWITCH_VERDICT_FORWARDED: somebody gets it
 * @NVSWITCH_VERDICT_DROPPED: nobody does
 * @NVSWITCH_VERDICT_PASSED: it is left to the uplink device's own stack
 */
enum nvswitch_verdict {
	NVSWITCH_VERDICT_FORWARDED,
	NVSWITCH_VERDICT_DROPPED,
	NVSWITCH_VERDICT_PASSED,
};

/**
 * enum nvswitch_rule - the rules that a frame meets, in the order of a guest's
 * @NVSWITCH_RULE_UNSPEC: not used
 * @NVSWITCH_RULE_OPEN: 1: the port is neither blocked nor waiting to be
 *	activated
 * @NVSWITCH_RULE_SOURCE: 2: the source is one station's address
 * @NVSWITCH_RULE_RESERVED: 3: the destination is no spanning tree or link-local
 *	address
 * @NVSWITCH_RULE_VLAN: 4: the port carries the VLAN
 * @NVSWITCH_RULE_EFFECTIVE: 5: the source is the effective MAC
 * @NVSWITCH_RULE_OWNER: 6: the source is nobody else's
 * @NVSWITCH_RULE_STATIC: 7: the source is static on this port
 * @NVSWITCH_RULE_ALLOW: 8: the source is in the allow list; what is dropped
 *	although it is, is dropped by the rules for moves and limits
 * @NVSWITCH_RULE_BINDING: 9: a port without a MAC sends nothing, or adopts one
 * @NVSWITCH_RULE_FORGED: 10: forged_transmits
 * @NVSWITCH_RULE_MOVE: 11: the source is not in use elsewhere
 * @NVSWITCH_RULE_LEARN: 12: it is learned, if there is room
 * @NVSWITCH_RULE_STANDBY: of an uplink: it is the active one
 * @NVSWITCH_RULE_REFLECTED: of an uplink: the source is not one of ours
 * @NVSWITCH_RULE_REMOTE: of an uplink: the source is entered as remote
 * @NVSWITCH_RULE_TRUSTED: the host is trusted
 * @NVSWITCH_RULE_DELIVERY: admitted: the receivers decide
 */
enum nvswitch_rule {
	NVSWITCH_RULE_UNSPEC,
	NVSWITCH_RULE_OPEN,
	NVSWITCH_RULE_SOURCE,
	NVSWITCH_RULE_RESERVED,
	NVSWITCH_RULE_VLAN,
	NVSWITCH_RULE_EFFECTIVE,
	NVSWITCH_RULE_OWNER,
	NVSWITCH_RULE_STATIC,
	NVSWITCH_RULE_ALLOW,
	NVSWITCH_RULE_BINDING,
	NVSWITCH_RULE_FORGED,
	NVSWITCH_RULE_MOVE,
	NVSWITCH_RULE_LEARN,
	NVSWITCH_RULE_STANDBY,
	NVSWITCH_RULE_REFLECTED,
	NVSWITCH_RULE_REMOTE,
	NVSWITCH_RULE_TRUSTED,
	NVSWITCH_RULE_DELIVERY,
};

/**
 * enum nvswitch_learn - what the table learns from a frame
 * @NVSWITCH_LEARN_NOTHING: nothing
 * @NVSWITCH_LEARN_REFRESH: the source was seen where it is
 * @NVSWITCH_LEARN_ENTER: the source is new
 * @NVSWITCH_LEARN_MOVE: the source has moved here
 */
enum nvswitch_learn {
	NVSWITCH_LEARN_NOTHING,
	NVSWITCH_LEARN_REFRESH,
	NVSWITCH_LEARN_ENTER,
	NVSWITCH_LEARN_MOVE,
};

/**
 * enum nvswitch_cast - how far a frame reaches
 * @NVSWITCH_CAST_KNOWN: unicast, and the table knows where
 * @NVSWITCH_CAST_UNKNOWN: unicast, and the table does not
 * @NVSWITCH_CAST_MULTI: multicast
 * @NVSWITCH_CAST_BROAD: broadcast
 * @NVSWITCH_CAST_BPDU: spanning tree
 */
enum nvswitch_cast {
	NVSWITCH_CAST_KNOWN,
	NVSWITCH_CAST_UNKNOWN,
	NVSWITCH_CAST_MULTI,
	NVSWITCH_CAST_BROAD,
	NVSWITCH_CAST_BPDU,
};

/**
 * enum nvswitch_why - why a port is offered a copy
 * @NVSWITCH_WHY_HOLDS: it holds the destination
 * @NVSWITCH_WHY_MEMBER: it is in the VLAN of a broadcast or multicast
 * @NVSWITCH_WHY_FLOOD: unknown unicast, and it is learning with unicast_flood
 * @NVSWITCH_WHY_PROMISCUOUS: promiscuous accept, or the host listens to all
 * @NVSWITCH_WHY_BPDU: bpdu pass
 * @NVSWITCH_WHY_UPLINK: it is the active uplink
 */
enum nvswitch_why {
	NVSWITCH_WHY_HOLDS,
	NVSWITCH_WHY_MEMBER,
	NVSWITCH_WHY_FLOOD,
	NVSWITCH_WHY_PROMISCUOUS,
	NVSWITCH_WHY_BPDU,
	NVSWITCH_WHY_UPLINK,
};

/**
 * enum nvswitch_event - what NVSWITCH_CMD_EVENT tells
 * @NVSWITCH_EVENT_UNSPEC: not used
 * @NVSWITCH_EVENT_DROP: a frame was dropped: PORT, REASON, SRC, DST, VID;
 *	REFUSAL with all_refused. At most ten a second per port and reason;
 *	SUPPRESSED says how many of them came before
 * @NVSWITCH_EVENT_LEARN: an address is learned, or seen remote: PORT, MAC, VID,
 *	KIND. With all that follows to ADOPTED: at most 100 a second per port,
 *	with SUPPRESSED
 * @NVSWITCH_EVENT_MOVE: an address has moved: PORT, OLD_PORT, MAC, VID, KIND,
 *	OLD_KIND; TRIAL if it is on trial
 * @NVSWITCH_EVENT_AGE: an entry is gone: PORT, MAC, VID, KIND
 * @NVSWITCH_EVENT_ADOPTED: a port has adopted an address: PORT, MAC, VID
 * @NVSWITCH_EVENT_LIMIT: a new source found no room: PORT, MAC, VID, LIMIT.
 *	At most one a second per port
 * @NVSWITCH_EVENT_MAC_CHANGE: mac_changes refuses a port's requested MAC: PORT,
 *	MAC
 * @NVSWITCH_EVENT_MAC_CONFLICT: a port's requested MAC is taken, or the host
 *	wants one that is owned: PORT, MAC; OTHER_PORT
 * @NVSWITCH_EVENT_MAC_OK: the requested MAC is the effective one again: PORT,
 *	MAC
 * @NVSWITCH_EVENT_UPLINK: another uplink is active: PORT; none if absent
 * @NVSWITCH_EVENT_ACTIVATED: a port is activated: PORT
 * @NVSWITCH_EVENT_CONFIG: the configuration has changed: ACTION; PORT or GROUP,
 *	or the switch itself
 */
enum nvswitch_event {
	NVSWITCH_EVENT_UNSPEC,
	NVSWITCH_EVENT_DROP,
	NVSWITCH_EVENT_LEARN,
	NVSWITCH_EVENT_MOVE,
	NVSWITCH_EVENT_AGE,
	NVSWITCH_EVENT_ADOPTED,
	NVSWITCH_EVENT_LIMIT,
	NVSWITCH_EVENT_MAC_CHANGE,
	NVSWITCH_EVENT_MAC_CONFLICT,
	NVSWITCH_EVENT_MAC_OK,
	NVSWITCH_EVENT_UPLINK,
	NVSWITCH_EVENT_ACTIVATED,
	NVSWITCH_EVENT_CONFIG,
};

/**
 * enum nvswitch_action - how the configuration has changed
 * @NVSWITCH_ACTION_ADD: the port was attached, the group or switch created
 * @NVSWITCH_ACTION_SET: it has other settings
 * @NVSWITCH_ACTION_DEL: the port was detached, the group or switch deleted
 */
enum nvswitch_action {
	NVSWITCH_ACTION_ADD,
	NVSWITCH_ACTION_SET,
	NVSWITCH_ACTION_DEL,
};

#endif /* _UAPI_LINUX_NVSWITCH_H */
