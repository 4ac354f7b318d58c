/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The values that decisions are made of.
 *
 * All of module/core is pure: values in, a value out. It knows no skb, no RCU,
 * no lock, no allocation, no clock and no global, so that the same files build
 * in user space for unit tests, models and proofs.
 */
#ifndef _NVS_CORE_TYPES_H
#define _NVS_CORE_TYPES_H

#include <linux/types.h>
#include <linux/nvswitch.h>

/*
 * A MAC address as a number: the first byte on the wire is the lowest, so the
 * group bit is bit 0. Zero is no address. Times are milliseconds of a clock
 * that never wraps.
 */
#define NVS_MAC_MASK		0x0000ffffffffffffULL
#define NVS_MAC_BROADCAST	0x0000ffffffffffffULL
#define NVS_MAC_GROUP		1ULL

/* What no frame can have as its source. */
#define NVS_MAC_NEVER		(~0ULL)

/* All uplinks are one place; a port's number is its place otherwise. */
#define NVS_PLACE_UPLINKS	0
#define NVS_PLACE_HOST		1
#define NVS_PLACE_FIRST_PORT	2

/* Not a VLAN on the wire (802.1Q table 9-2): "in every VLAN" in the table. */
#define NVS_VID_ANY		0xfff
#define NVS_VID_NONE		0xffff
#define NVS_VID_MASK		0xfff

/* A set of VLANs. */
#define NVS_VIDS		4096
#define NVS_VID_WORDS		(NVS_VIDS / 64)

/* What nvs_vlan_pair() never makes of a frame. */
#define NVS_VLAN_NEVER		(~0U)

/**
 * enum nvs_role - what a port leads to
 * @NVS_GUEST: a VM or container
 * @NVS_UPLINK: the physical network
 * @NVS_HOST: the host's own stack; the switch device seen as a port
 */
enum nvs_role {
	NVS_GUEST = NVSWITCH_ROLE_GUEST,
	NVS_UPLINK = NVSWITCH_ROLE_UPLINK,
	NVS_HOST,
};

/**
 * enum nvs_class - what kind of destination a frame names
 * @NVS_UNICAST: one station
 * @NVS_BROADCAST: all stations
 * @NVS_MULTICAST: a group
 * @NVS_BPDU: a spanning tree protocol (802.1D's or Cisco's per-VLAN one)
 * @NVS_LINK_LOCAL: another address that a bridge never forwards (802.1Q
 *	table 8-1)
 */
enum nvs_class {
	NVS_UNICAST,
	NVS_BROADCAST,
	NVS_MULTICAST,
	NVS_BPDU,
	NVS_LINK_LOCAL,
};

/**
 * struct nvs_frame - all that a decision may know of a frame
 * @dst: destination MAC
 * @src: source MAC
 * @payload: bytes behind the Ethernet header and one tag; of a GSO frame, of
 *	its largest segment
 * @vid: the VLAN it travels in, 0..4095
 * @fid: the VLAN that its addresses are kept in (802.1Q clause 3: filtering
 *	identifier): the primary one if @vid is secondary, else @vid
 * @class: enum nvs_class of @dst
 * @tagged: an 802.1Q tag came with it
 * @named: that tag named a VLAN: it was no priority tag
 * @stacked: behind that tag comes another
 * @service: it has an 802.1ad tag and no 802.1Q tag before it
 */
struct nvs_frame {
	u64 dst;
	u64 src;
	u32 payload;
	u16 vid;
	u16 fid;
	u8 class;
	u8 tagged : 1;
	u8 named : 1;
	u8 stacked : 1;
	u8 service : 1;
};

/**
 * struct nvs_policy - a value for every policy field
 * @promiscuous: enum nvswitch_value, as all but @learn_limit
 * @mac_changes: may a request change the effective MAC
 * @forged_transmits: may the guest use other sources
 * @learning: are they learned
 * @unicast_flood: does unknown unicast reach the port, if it is learning
 * @limit_policy: is a new source admitted at a limit
 * @learn_move: may an address move here
 * @unused: 0: snapshots are compared whole
 * @learn_limit: learned entries; 0 no limit, NVSWITCH_LEARN_LIMIT_INHERIT
 *
 * At one level fields may be inherited; a resolved policy has none that is.
 */
struct nvs_policy {
	u8 promiscuous;
	u8 mac_changes;
	u8 forged_transmits;
	u8 learning;
	u8 unicast_flood;
	u8 limit_policy;
	u8 learn_move;
	u8 unused;
	u32 learn_limit;
};

/**
 * struct nvs_vlan - VLAN mode of a group or a port, as it is set
 * @mode: enum nvswitch_vlan_mode
 * @type: enum nvswitch_private_type, of mode private
 * @vid: the VLAN of mode access, the primary one of mode private
 * @secondary: secondary VLAN of mode private, 0 if promiscuous
 * @native: native VLAN of mode trunk, 0 if none
 * @trunk: the set of VLANs that mode trunk lists; it carries @native besides,
 *	and instead of VLAN 0
 *
 * What a mode has no use for is 0.
 */
struct nvs_vlan {
	u8 mode;
	u8 type;
	u16 vid;
	u16 secondary;
	u16 native;
	u64 trunk[NVS_VID_WORDS];
};

/**
 * struct nvs_vlans - the VLANs of a port, resolved
 * @in: the pair of an untagged frame that enters, see nvs_vlan_pair();
 *	NVS_VLAN_NEVER if none may
 * @out: the pair of a frame without inner tag that leaves untagged without a
 *	further look; NVS_VLAN_NEVER if none does
 * @mode: enum nvswitch_vlan_mode, never inherit
 * @type: enum nvswitch_private_type
 * @pvid: VLAN of untagged frames (802.1Q clause 6.9), NVS_VID_ANY if none is
 * @fid: what addresses of untagged frames are kept in; NVS_VID_NONE if none
 *	may enter
 * @vids: of a trunk: its VLANs
 * @fids: of a trunk: the VLANs that their addresses are kept in
 */
struct nvs_vlans {
	u32 in;
	u32 out;
	u8 mode;
	u8 type;
	u16 pvid;
	u16 fid;
	u64 vids[NVS_VID_WORDS];
	u64 fids[NVS_VID_WORDS];
};

/**
 * struct nvs_allowed - an entry of an allow list
 * @mac: the address
 * @mask: the bits of it that count
 */
struct nvs_allowed {
	u64 mac;
	u64 mask;
};

/**
 * struct nvs_allow - the allow list of a port, immutable
 * @count: how many entries
 * @entries: the entries, exact ones first
 */
struct nvs_allow {
	u32 count;
	struct nvs_allowed entries[];
};

/**
 * struct nvs_groups - the multicast groups that a guest listens to, immutable
 * @count: how many
 * @macs: their addresses
 */
struct nvs_groups {
	u32 count;
	u64 macs[];
};

/**
 * struct nvs_snapshot - a port's configuration, resolved and immutable
 * @plain: the source that makes a plain frame admissible without a further
 *	look, see nvs_admits_plainly()
 * @takes: the pair of the frames that a guest port takes without a further look
 *	at it, see nvs_takes(); NVS_VLAN_NEVER if there are none
 * @effective: effective MAC, 0 if the port has none
 * @initial: initial MAC, 0 if the port has none
 * @closed: why the port may have no copy at all, enum nvswitch_drop_reason,
 *	or 0, see nvs_closed()
 * @learns: a source that is learned here is admissible, see
 *	nvs_admits_learned()
 * @policy: resolved policy
 * @place: the port's place
 * @hold: move_hold, milliseconds
 * @refresh: how old a stamp may be before a frame writes it anew, milliseconds
 * @trial: how long a moved entry is on trial, milliseconds
 * @role: enum nvs_role
 * @mac_state: enum nvswitch_mac_state
 * @explicit: mac_binding is explicit
 * @blocked: administratively blocked
 * @bpdu_pass: spanning tree frames pass
 * @dormant: no carrier, or not activated: none of the port's addresses decides
 *	anything
 * @waiting: not activated
 * @hears: its guest's announcement activates it
 * @spies: it gets copies of others' unicast: promiscuous accept, and the guest
 *	wants them
 * @allow: allow list, or NULL
 * @groups: the multicast groups it wants, or NULL for all
 * @vlans: its VLANs
 */
struct nvs_snapshot {
	u64 plain;
	u64 effective;
	u64 initial;
	u32 takes;
	struct nvs_policy policy;
	u32 place;
	u32 hold;
	u32 refresh;
	u32 trial;
	u8 role;
	u8 mac_state;
	u8 closed;
	u8 learns : 1;
	u8 explicit : 1;
	u8 blocked : 1;
	u8 bpdu_pass : 1;
	u8 dormant : 1;
	u8 waiting : 1;
	u8 hears : 1;
	u8 spies : 1;
	const struct nvs_allow *allow;
	const struct nvs_groups *groups;
	struct nvs_vlans vlans;
};

/*
 * Another CPU may have written a stamp after this one read the clock: what
 * seems to come from the future has happened just now.
 */
static inline u64 nvs_age(u64 then, u64 now)
{
	return now > then ? now - then : 0;
}

static inline bool nvs_mac_is_group(u64 mac)
{
	return mac & NVS_MAC_GROUP;
}

static inline bool nvs_mac_is_station(u64 mac)
{
	return mac && !nvs_mac_is_group(mac);
}

#endif /* _NVS_CORE_TYPES_H */
