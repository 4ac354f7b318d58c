/* SPDX-License-Identifier: GPL-2.0-only */
/* Random settings of ports, groups and switches, as attributes. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "torture.h"

void group_name(struct dice *d, char *name);
void put_policy(struct msg *m, struct dice *d, __u16 type, bool inherits);
void put_vlan(struct msg *m, struct dice *d, __u16 type);
void put_settings(struct msg *m, struct dice *d, __u16 type, bool role);
void put_switch_settings(struct msg *m, struct dice *d, __u16 type);

#endif
