// SPDX-License-Identifier: GPL-2.0-only
/*
 * One system call during which the Nth allocation of this task fails. Between
 * arming and disarming there is nothing that the kernel could need memory for,
 * which an interpreter cannot promise.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int control = -1;

/* -errno, or 0 */
int inject_open(void)
{
	control = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	return control < 0 ? -errno : 0;
}

/* What the call returns, or -errno; *fired: whether an allocation failed */
long inject(int nth, int *fired, long number, long a, long b, long c, long d,
	    long e, long f)
{
	char text[16] = "";
	long result;
	int length;

	length = snprintf(text, sizeof(text), "%d", nth);
	if (pwrite(control, text, length, 0) != length)
		abort();
	result = syscall(number, a, b, c, d, e, f);
	if (result < 0)
		result = -errno;
	memset(text, 0, sizeof(text));
	if (pread(control, text, sizeof(text) - 1, 0) <= 0 ||
	    pwrite(control, "0", 1, 0) != 1)
		abort();
	*fired = !atoi(text);
	return result;
}
