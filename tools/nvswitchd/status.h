/* SPDX-License-Identifier: GPL-2.0-only */
/* What is known of guests, in a file that others may read: nvswitchd --status. */
#ifndef _NVSWITCHD_STATUS_H
#define _NVSWITCHD_STATUS_H

#include <stdbool.h>
#include <systemd/sd-event.h>

/* Keep the file in that directory. */
void status_begin(sd_event *event, const char *directory);
/* It is written anew, at most once a second. */
void status_changed(void);
/* Print the file: as it is, or as lines. Returns the exit status. */
int status_print(const char *directory, bool json);

#endif /* _NVSWITCHD_STATUS_H */
