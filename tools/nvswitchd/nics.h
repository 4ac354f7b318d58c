/* SPDX-License-Identifier: GPL-2.0-only */
/* What the NICs of one guest have said, and to which ports it belongs. */
#ifndef _NVSWITCHD_NICS_H
#define _NVSWITCHD_NICS_H

#include "devices.h"
#include "port.h"

/**
 * struct nic - a NIC of a guest
 * @name: QEMU's id; empty if nobody has said it
 * @port_name: what it is attached to
 * @port: NULL if that is another guest's
 * @says: it can say what its guest asks for
 * @mute: that it cannot has been reported
 * @taken: it is another guest's
 */
struct nic {
	char name[NIC_NAME_MAX + 1];
	char port_name[IFNAMSIZ];
	struct port *port;
	bool says;
	bool mute;
	bool taken;
};

struct nics {
	unsigned int count;
	struct nic nic[DEVICES_MAX];
};

/*
 * Take the answer to query-rx-filter. @guest is the guest's name, @owner itself,
 * @told what the administrator says of its NICs, @asleep that it has migrated
 * away. False if the answer cannot be made use of: then @why says so.
 */
bool nics_update(struct nics *nics, const char *guest, const void *owner,
		 const struct devices *told, const json_t *answer, bool asleep,
		 char *why, size_t size);
/* The guest speaks no more. */
void nics_release(struct nics *nics);
json_t *nics_json(const struct nics *nics);

#endif /* _NVSWITCHD_NICS_H */
