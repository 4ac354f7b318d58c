/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ports that guests speak for, and what the switch has been told of them.
 * A port may be attached before its guest speaks, or after; it is told as soon
 * as both are there, and again when it has lost what it was told.
 */
#ifndef _NVSWITCHD_PORT_H
#define _NVSWITCHD_PORT_H

#include <systemd/sd-event.h>

#include "filter.h"

/**
 * struct port - a port that some guest speaks for
 * @next: in the list of all
 * @owner: the guest that does; NULL if nobody does any more
 * @name: its device's
 * @ifindex: 0 if there is no such device
 * @ready: the device is a port, and has carrier
 * @wish: what is to be told of it
 * @spoken: there is something to be told of it
 * @told: it has been
 * @asleep: it is to be deactivated: its guest has migrated away
 * @refused: the switch has said no, which has been reported
 * @forgetting: takes back the MAC of a guest that speaks no more
 */
struct port {
	struct port *next;
	const void *owner;
	char name[IFNAMSIZ];
	int ifindex;
	bool ready;
	bool spoken;
	bool told;
	bool asleep;
	bool refused;
	struct wish wish;
	sd_event_source *forgetting;
};

/* Read which devices there are, and follow them: 0 or -errno. */
int ports_begin(sd_event *event);
/* The port of that name, for @owner alone; NULL if another guest has it. */
struct port *port_claim(const char *name, const void *owner);
/* Tell the switch, unless it knows. */
void port_tell(struct port *port, const struct wish *wish);
/* Let it sleep, or wake what was put to sleep here. */
void port_set_asleep(struct port *port, bool asleep);
/* Its guest cannot say any more what it wants: reception is as by default. */
void port_unspeak(struct port *port);
/*
 * Its guest is gone: reception is as if nobody had ever spoken for it; a
 * requested MAC stays for as long as the guest, or an agent, takes to restart.
 */
void port_release(struct port *port);

#endif /* _NVSWITCHD_PORT_H */
