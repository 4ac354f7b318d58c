// SPDX-License-Identifier: GPL-2.0-only
/* Which VLANs are known, and where ports then keep addresses. Pure. */
#include <string.h>

#include "config.h"
#include "config_private.h"

enum {
	ORDINARY,
	PRIMARY,
	ISOLATED,
	COMMUNITY,
};

void private_init(struct private_vlans *known)
{
	unsigned int vid;

	memset(known, 0, sizeof(*known));
	for (vid = 0; vid < VLAN_COUNT; vid++)
		known->primary[vid] = vid;
}

static const char *add_secondary(struct private_vlans *known,
				 const struct nvsw_vlan *vlan)
{
	__u8 use = vlan->type == NVSWITCH_PRIVATE_ISOLATED ? ISOLATED :
							     COMMUNITY;
	unsigned int vid = vlan->secondary;

	if (known->use[vid] == PRIMARY)
		return "is primary and secondary at once: use another one";
	if (known->use[vid] && known->primary[vid] != vlan->vid)
		return "is secondary of two primary VLANs: use another one";
	if (known->use[vid] && known->use[vid] != use)
		return "is isolated and a community at once: a VLAN is one of the two";
	known->primary[vid] = vlan->vid;
	known->use[vid] = use;
	return NULL;
}

const char *private_add(struct private_vlans *known,
			const struct nvsw_vlan *vlan, unsigned int *vid)
{
	const char *clash;

	if (vlan->mode != NVSWITCH_VLAN_PRIVATE)
		return NULL;
	*vid = vlan->vid;
	if (known->use[vlan->vid] > PRIMARY || vlan->secondary == vlan->vid)
		return "is primary and secondary at once: use another one";
	*vid = vlan->secondary;
	clash = vlan->secondary ? add_secondary(known, vlan) : NULL;
	if (!clash)
		known->use[vlan->vid] = PRIMARY;
	return clash;
}

bool private_allows(const struct private_vlans *known,
		    const struct nvsw_vlan *vlan, unsigned int *vid)
{
	*vid = vlan->mode == NVSWITCH_VLAN_TRUNK ? vlan->native : vlan->vid;
	return known->use[*vid] <= PRIMARY;
}

static void add_vid(struct vid_set *set, unsigned int vid)
{
	set->word[vid / 64] |= 1ULL << (vid % 64);
}

static void add_trunk(struct vid_set *set,
		      const struct private_vlans *known,
		      const struct nvsw_vlan *vlan)
{
	unsigned int vid;

	/* Its untagged frames are in one VLAN, and in no other. */
	for (vid = vlan->native ? 1 : 0; vid < VLAN_COUNT; vid++)
		if (vlan_carries(vlan, vid))
			add_vid(set, known->primary[vid]);
	if (vlan->native)
		add_vid(set, known->primary[vlan->native]);
}

void private_vids(const struct private_vlans *known,
		  const struct config_switch *sw,
		  const struct config_port *port, struct vid_set *set)
{
	const struct nvsw_vlan *vlan = config_vlan_of(sw, port);

	memset(set, 0, sizeof(*set));
	if (port->is.role == NVSWITCH_ROLE_UPLINK)
		memset(set, 0xff, sizeof(*set));
	else if (vlan->mode == NVSWITCH_VLAN_TRUNK)
		add_trunk(set, known, vlan);
	else
		add_vid(set, vlan->vid);
}
