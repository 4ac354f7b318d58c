/* SPDX-License-Identifier: GPL-2.0-only */
/* What runs until somebody ends it: signals, and waiting for what comes. */
#ifndef _NVSW_STOP_H
#define _NVSW_STOP_H

#include <poll.h>
#include <stdbool.h>

/*
 * For those whose output is written as soon as it is complete: from now on
 * SIGINT and its like end the program at once, and well.
 */
void end_on_signals(void);

/* For the others: from now on these signals are no end but a request for one. */
void stop_on_signals(void);
bool stop_asked(void);
/*
 * poll() that cannot miss such a signal. Returns how many are ready, 0 also
 * after a signal, -1 on failure.
 */
int stop_poll(struct pollfd *polls, nfds_t count, int milliseconds);

/* A clock that nobody sets, in milliseconds. */
long long stop_clock(void);

#endif /* _NVSW_STOP_H */
