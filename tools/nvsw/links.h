/* SPDX-License-Identifier: GPL-2.0-only */
/* The network devices of this namespace, from one dump at first use. */
#ifndef _NVSW_LINKS_H
#define _NVSW_LINKS_H

#include "model.h"

/* Read them, unless that is done: 0 or an error of netlink.h. */
int links_load(void);
/* Forget them, for they have changed. */
void links_forget(void);

/* These load them at need; NULL if there is none. Valid until forgotten. */
const struct nvsw_link *link_by_index(int ifindex);
const struct nvsw_link *link_by_name(const char *name);
/* The next one, in the order of ifindex; NULL begins. */
const struct nvsw_link *link_next(const struct nvsw_link *previous);
const struct nvsw_link *link_next_switch(const struct nvsw_link *previous);
const struct nvsw_link *link_next_port(const struct nvsw_link *previous,
				       const struct nvsw_link *sw);
/* Never NULL: "if7" if it is gone. The next call may overwrite it. */
const char *link_name(int ifindex);

#endif /* _NVSW_LINKS_H */
