/* SPDX-License-Identifier: GPL-2.0-only */
/* What every file of nvsw may need: exit statuses, and how to complain. */
#ifndef _NVSW_H
#define _NVSW_H

#include <stdbool.h>
#include <stddef.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define NVSW_PRINTF(at, first) \
	__attribute__((__format__(__printf__, at, first)))

/* What nvsw's exit status says. */
enum {
	NVSW_DONE,
	NVSW_REFUSED,
	NVSW_USAGE,
};

/* One sentence on standard error; the return value is the exit status. */
int refuse(const char *format, ...) NVSW_PRINTF(1, 2);
int misuse(const char *format, ...) NVSW_PRINTF(1, 2);
void warn(const char *format, ...) NVSW_PRINTF(1, 2);

/* Memory, or an end with a sentence that says so. */
void *allocate(size_t size);
void *reallocate(void *memory, size_t size);

#endif /* _NVSW_H */
