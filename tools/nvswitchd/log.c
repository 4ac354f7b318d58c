// SPDX-License-Identifier: GPL-2.0-only
/* The journal: standard error, with the priorities that systemd takes there. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "log.h"

#define LINE_SIZE	512

static void write_line(const char *priority, const char *format,
		       va_list arguments)
{
	char line[LINE_SIZE];
	char *at;

	vsnprintf(line, sizeof(line), format, arguments);
	for (at = line; *at; at++)
		if (*at < ' ' || *at > '~')
			*at = '?';
	fprintf(stderr, "%s%s\n", priority, line);
}

void say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line(SD_INFO, format, arguments);
	va_end(arguments);
}

void notice(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line(SD_NOTICE, format, arguments);
	va_end(arguments);
}

void warn(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line(SD_WARNING, format, arguments);
	va_end(arguments);
}

int refuse(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line(SD_ERR, format, arguments);
	va_end(arguments);
	return NVSW_REFUSED;
}

void *reallocate(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory || !size)
		return memory;
	refuse("There is no memory for another %zu bytes", size);
	exit(NVSW_REFUSED);
}

void *allocate(size_t size)
{
	return memset(reallocate(NULL, size), 0, size);
}
