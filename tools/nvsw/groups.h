/* SPDX-License-Identifier: GPL-2.0-only */
/* Port groups, read and shown. */
#ifndef _NVSW_GROUPS_H
#define _NVSW_GROUPS_H

#include "model.h"

struct group_list {
	struct nvsw_group *group;
	size_t count;
};

/* Of one switch, or NULL of all; 0 or an error of netlink.h. */
int groups_load(const struct nvsw_link *sw, struct group_list *list);
/* Its VLAN mode and what it does not inherit. */
void text_group(const struct nvsw_group *group);

#endif /* _NVSW_GROUPS_H */
