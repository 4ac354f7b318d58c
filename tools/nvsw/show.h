/* SPDX-License-Identifier: GPL-2.0-only */
/* What several commands show, ask for, or complain about in the same way. */
#ifndef _NVSW_SHOW_H
#define _NVSW_SHOW_H

#include "args.h"

/* Arguments that many commands have. */
extern const struct arg switch_arg[];		/* SWITCH, required */
extern const struct arg any_switch_arg[];	/* [ SWITCH ] */
extern const struct arg port_arg[];		/* [dev] DEV, required */

/* "nvs0: up, 02:00:00:00:00:01", without a newline. */
void show_link(const struct nvsw_link *link);
/* Why a device is not in service, or "up". */
const char *link_state(const struct nvsw_link *link);
/* Members of the object that is open: ifname, ifindex, address, state... */
void json_link(const struct nvsw_link *link);

/* The name of an entry's place: a port's, "host", or "uplinks". */
const char *place_name(int sw, int port);

/*
 * The kernel has refused because a port other than @not_port has @mac already:
 * say its sentence, and who that is, unless it does itself. @mac is NULL if
 * nobody knows. Returns the exit status.
 */
int refused_mac(const char *sentence, const struct nvsw_link *sw, int not_port,
		const __u8 *mac);
/* The address of the device at the other end of a veth; false if unseen. */
bool peer_mac(const struct nvsw_link *link, __u8 *mac);

#endif /* _NVSW_SHOW_H */
