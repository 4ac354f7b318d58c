/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel says of switches, ports, groups and addresses, as plain
 * structures. decode.c fills them from messages, parse.c from what users type.
 * They hold no pointers: they may be copied, compared and kept.
 */
#ifndef _NVSW_MODEL_H
#define _NVSW_MODEL_H

#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/nvswitch.h>

#include "nvsw.h"

#define VLAN_COUNT	(NVSWITCH_VID_MAX + 1)

/**
 * struct nvsw_policy - fields of a policy
 * @present: bit N: the field of attribute N is there
 * @value: each at its attribute
 */
struct nvsw_policy {
	__u32 present;
	__u32 value[NVSWITCH_POLICY_MAX + 1];
};

/**
 * struct nvsw_vlan - a VLAN mode
 * @mode: enum nvswitch_vlan_mode
 * @type: of mode private, enum nvswitch_private_type
 * @vid: of modes access and private
 * @secondary: of private types isolated and community
 * @native: of mode trunk; 0 is none
 * @trunk: of mode trunk: a bit for each VLAN
 */
struct nvsw_vlan {
	__u8 mode;
	__u8 type;
	__u16 vid;
	__u16 secondary;
	__u16 native;
	__u64 trunk[(VLAN_COUNT + 63) / 64];
};

/* The multicast that a guest has asked for. */
struct nvsw_multicast {
	__u8 mode;
	__u8 count;
	__u8 group[NVSWITCH_RX_GROUPS_MAX][ETH_ALEN];
};

/**
 * struct nvsw_switch - the attributes of a switch
 * @present: bit N: attribute IFLA_NVSWITCH_N is there
 */
struct nvsw_switch {
	__u32 present;
	struct nvsw_policy policy;
	__u32 ageing;
	__u32 move_hold;
	__u32 table_limit;
	__u32 remote_limit;
	__u32 mac_binding;
	__u32 learned;
	__u32 remote;
	__u32 active_uplink;
};

/**
 * struct nvsw_port - the attributes of a port
 * @present: bit N: attribute IFLA_NVSWITCH_PORT_N is there
 */
struct nvsw_port {
	__u32 present;
	__u32 role;
	__u32 bpdu;
	__u32 blocked;
	__u32 mac_state;
	__u32 learned;
	__u32 active;
	__u32 initial_mac_source;
	__u32 vlan_level;
	__u32 activation;
	__u32 activated;
	__u32 rx_promisc;
	__u32 allowed;
	__u8 initial_mac[ETH_ALEN];
	__u8 requested_mac[ETH_ALEN];
	__u8 effective_mac[ETH_ALEN];
	__u8 adopted_mac[ETH_ALEN];
	char group[NVSWITCH_GROUP_NAME_MAX + 1];
	struct nvsw_policy policy;
	struct nvsw_policy resolved;
	struct nvsw_policy level;
	struct nvsw_vlan vlan;
	struct nvsw_vlan vlan_resolved;
	struct nvsw_multicast rx_multicast;
};

enum link_kind {
	LINK_OTHER,
	LINK_SWITCH,
	LINK_PORT,
};

/* A network device; of ours, with what it is. */
struct nvsw_link {
	int ifindex;
	int master;
	unsigned int flags;
	unsigned int operstate;
	unsigned int mtu;
	enum link_kind kind;
	char name[IFNAMSIZ];
	char device_kind[IFNAMSIZ];
	__u8 mac[ETH_ALEN];
	bool has_mac;
	union {
		struct nvsw_switch sw;
		struct nvsw_port port;
	};
};

struct nvsw_group {
	int ifindex;
	__u32 ports;
	char name[NVSWITCH_GROUP_NAME_MAX + 1];
	struct nvsw_policy policy;
	struct nvsw_vlan vlan;
};

/**
 * struct nvsw_fdb - an entry of the MAC table
 * @ifindex: of its switch
 * @port: ifindex, 0 if there is none, the switch's if it is the host's
 * @vid: -1 if it is in every VLAN
 * @age: milliseconds, or -1 if nothing is said of it
 */
struct nvsw_fdb {
	int ifindex;
	int port;
	int vid;
	__u32 kind;
	bool trial;
	long long age;
	__u8 mac[ETH_ALEN];
};

struct nvsw_allow {
	int ifindex;
	int port;
	__u32 bits;
	__u8 mac[ETH_ALEN];
};

static inline bool vlan_carries(const struct nvsw_vlan *vlan, unsigned int vid)
{
	return vlan->trunk[vid / 64] >> (vid % 64) & 1;
}

static inline bool has_attr(__u32 present, unsigned int attr)
{
	return present >> attr & 1;
}

/* The next range of a trunk's VLANs from @from on; false if there is none. */
bool vlan_next_range(const struct nvsw_vlan *vlan, unsigned int from,
		     struct nvswitch_vlan_range *range);
bool vlan_is_all(const struct nvsw_vlan *vlan);

#endif /* _NVSW_MODEL_H */
