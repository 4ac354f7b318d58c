/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ports that wait for a guest to migrate in. When one has become active, the
 * physical network is told of all its addresses, for QEMU announces none but
 * the guest's own.
 */
#ifndef _NVSWITCHD_ARRIVALS_H
#define _NVSWITCHD_ARRIVALS_H

#include "model.h"

/* A port, as it is now. */
void arrivals_take(const struct nvsw_link *link);
/* A device that is no more, or no port. */
void arrivals_forget(int ifindex);
/* Ask how all of them are, for that is not known: 0 or -errno. */
int arrivals_look(void);

#endif /* _NVSWITCHD_ARRIVALS_H */
