// SPDX-License-Identifier: GPL-2.0-only
/* What runs until somebody ends it. */
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "nvsw.h"
#include "stop.h"

static atomic_bool asked;
/* What is let in while waiting, and only then. */
static sigset_t waiting;

static const int numbers[] = { SIGINT, SIGTERM, SIGQUIT, SIGHUP };

static void end(int number)
{
	(void)number;
	_exit(NVSW_DONE);
}

static void ask(int number)
{
	(void)number;
	asked = true;
}

static void handle_signals(void (*handler)(int number))
{
	struct sigaction action = { .sa_handler = handler }, old;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		sigaction(numbers[i], &action, &old);
		/* nohup means it. */
		if (numbers[i] == SIGHUP && old.sa_handler == SIG_IGN)
			sigaction(numbers[i], &old, NULL);
	}
}

void end_on_signals(void)
{
	handle_signals(end);
}

void stop_on_signals(void)
{
	sigset_t blocked;
	unsigned int i;

	handle_signals(ask);
	sigemptyset(&blocked);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		sigaddset(&blocked, numbers[i]);
	sigprocmask(SIG_BLOCK, &blocked, &waiting);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		sigdelset(&waiting, numbers[i]);
}

bool stop_asked(void)
{
	return asked;
}

int stop_poll(struct pollfd *polls, nfds_t count, int milliseconds)
{
	struct timespec left = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000L,
	};
	int ready = ppoll(polls, count, milliseconds < 0 ? NULL : &left,
			  &waiting);
	nfds_t i;

	if (ready >= 0 || errno != EINTR)
		return ready;
	for (i = 0; i < count; i++)
		polls[i].revents = 0;
	return 0;
}

long long stop_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}
