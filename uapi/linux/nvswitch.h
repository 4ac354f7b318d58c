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
 *
 * Counters are read with RTM_GETSTATS: IFLA_STATS_LINK_XSTATS_SLAVE of a port
 * and IFLA_STATS_LINK_XSTATS of a switch hold a LINK_XSTATS_TYPE_NVSWITCH nest
 * of NVSWITCH_STATS_* attributes.
 *
 * Every setting needs CAP_NET_ADMIN in the user namespace of the switch's
 * network namespace. An unknown attribute, a value out of range or a
 * configuration that breaks a rule is refused as a whole: the error comes with
 * one extack sentence, and nothing has changed.
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
	X(VLAN_FILTER,		vlan_filter,		INGRESS)	\
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
 *	would leave the switch as the first one
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
 * @NVSWITCH_DROP_INVALID_GSO: a guest's GSO frame whose headers do not fit its
 *	type
 * @NVSWITCH_DROP_MALFORMED: shorter than its own headers
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

#endif /* _UAPI_LINUX_NVSWITCH_H */
