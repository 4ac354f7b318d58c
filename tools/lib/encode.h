/* SPDX-License-Identifier: GPL-2.0-only */
/* Structures, into attributes of requests. */
#ifndef _NVSW_ENCODE_H
#define _NVSW_ENCODE_H

#include "model.h"
#include "netlink.h"

void put_vlan(struct request *request, int attr, const struct nvsw_vlan *vlan);
void put_multicast(struct request *request,
		   const struct nvsw_multicast *multicast);

#endif /* _NVSW_ENCODE_H */
