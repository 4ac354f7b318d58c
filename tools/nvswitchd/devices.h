/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which of a guest's NICs is which port. The administrator says so, in a file
 * beside the socket: what the guest's monitor says of that counts for nothing,
 * for then it could speak for others' ports.
 */
#ifndef _NVSWITCHD_DEVICES_H
#define _NVSWITCHD_DEVICES_H

#include <linux/if.h>

#include "filter.h"

#define DEVICES_MAX	64

/**
 * struct devices - a guest's NICs
 * @told: the file is there
 * @device: each with the id of QEMU's, and the name of its port
 */
struct devices {
	bool told;
	unsigned int count;
	struct {
		char nic[NIC_NAME_MAX + 1];
		char port[IFNAMSIZ];
	} device[DEVICES_MAX];
};

/*
 * Read { "NIC": "PORT", ... }. Without the file there is nothing told, which is
 * good. False if it is no such file: then @why says so.
 */
bool devices_read(const char *path, struct devices *devices, char *why,
		  size_t size);
/* Whether a network device may have that name. */
bool is_device_name(const char *name);

#endif /* _NVSWITCHD_DEVICES_H */
