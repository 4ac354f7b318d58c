/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The private VLANs of a configured switch: a secondary VLAN belongs to one
 * primary VLAN and has one type, and addresses are kept under the primary one.
 */
#ifndef _NVSW_CONFIG_PRIVATE_H
#define _NVSW_CONFIG_PRIVATE_H

#include "config.h"

/**
 * struct private_vlans - what the VLAN modes of a switch say of them
 * @primary: of each VLAN, where its addresses are kept
 * @use: what it is
 */
struct private_vlans {
	__u16 primary[VLAN_COUNT];
	__u8 use[VLAN_COUNT];
};

struct vid_set {
	__u64 word[(VLAN_COUNT + 63) / 64];
};

void private_init(struct private_vlans *known);
/*
 * Add what one VLAN mode says: NULL, or what is wrong with the VLAN @vid if it
 * is to go with the others.
 */
const char *private_add(struct private_vlans *known,
			const struct nvsw_vlan *vlan, unsigned int *vid);
/* When all have been added: whether a mode leaves secondary VLANs alone. */
bool private_allows(const struct private_vlans *known,
		    const struct nvsw_vlan *vlan, unsigned int *vid);
/* The VLANs in which a port can have addresses. */
void private_vids(const struct private_vlans *known,
		  const struct config_switch *sw,
		  const struct config_port *port, struct vid_set *set);

static inline bool vid_set_has(const struct vid_set *set, unsigned int vid)
{
	return set->word[vid / 64] >> (vid % 64) & 1;
}

static inline bool vid_set_meets(const struct vid_set *a,
				 const struct vid_set *b)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(a->word); i++)
		if (a->word[i] & b->word[i])
			return true;
	return false;
}

#endif /* _NVSW_CONFIG_PRIVATE_H */
