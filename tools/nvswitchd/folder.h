/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Folders in which guests' sockets appear: NAME.qmp, and beside it NAME.json. A
 * folder may itself come and go.
 */
#ifndef _NVSWITCHD_FOLDER_H
#define _NVSWITCHD_FOLDER_H

#include <systemd/sd-event.h>

/* Watch it from now on: 0 or -errno. @path stays where it is. */
int folder_watch(sd_event *event, const char *path);

#endif /* _NVSWITCHD_FOLDER_H */
