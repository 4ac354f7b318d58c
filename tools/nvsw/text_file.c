// SPDX-License-Identifier: GPL-2.0-only
/* Files that are read as a whole. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text_file.h"

/* NULL with errno set. */
static char *read_all(FILE *file, size_t *length)
{
	size_t room = 64 * 1024;
	char *text = reallocate(NULL, room);

	*length = 0;
	for (;;) {
		*length += fread(text + *length, 1, room - *length, file);
		if (ferror(file)) {
			free(text);
			return NULL;
		}
		if (*length < room)
			return text;
		room *= 2;
		text = reallocate(text, room);
	}
}

char *text_file_read(const char *name, size_t *length)
{
	bool is_stdin = !strcmp(name, "-");
	FILE *file = is_stdin ? stdin : fopen(name, "r");
	char *text = file ? read_all(file, length) : NULL;

	if (!text)
		refuse("%s cannot be read: %s", name, strerror(errno));
	if (file && !is_stdin)
		fclose(file);
	return text;
}
