/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The journal. A line is cut and made printable: it may quote what a guest's
 * monitor said. refuse() and warn() of nvsw.h end up here, too.
 */
#ifndef _NVSWITCHD_LOG_H
#define _NVSWITCHD_LOG_H

#include "nvsw.h"

/* What is as it should be. */
void say(const char *format, ...) NVSW_PRINTF(1, 2);
/* One line of the journal that nobody needs to act on, but may want to. */
void notice(const char *format, ...) NVSW_PRINTF(1, 2);

#endif /* _NVSWITCHD_LOG_H */
