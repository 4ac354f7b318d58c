// SPDX-License-Identifier: GPL-2.0-only
/* What comes from a socket, as lines of bounded length. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "lines.h"
#include "log.h"

#define CHUNK	(16 * 1024)

/* Room for another chunk behind what there is. */
static bool make_room(struct lines *lines)
{
	if (lines->start) {
		memmove(lines->data, lines->data + lines->start, lines->length);
		lines->start = 0;
	}
	if (lines->room - lines->length >= CHUNK)
		return true;
	if (lines->length >= LINE_BYTES_MAX)
		return false;
	lines->room += CHUNK;
	lines->data = reallocate(lines->data, lines->room);
	return true;
}

ssize_t lines_receive(struct lines *lines, int fd)
{
	ssize_t got;

	if (!make_room(lines))
		return -EMSGSIZE;
	got = recv(fd, lines->data + lines->length,
		   lines->room - lines->length, MSG_DONTWAIT);
	if (got < 0)
		return -errno;
	lines->length += got;
	return got;
}

const char *lines_next(struct lines *lines, size_t *length)
{
	const char *line = lines->data + lines->start;
	const char *end = lines->length ? memchr(line, '\n', lines->length) : NULL;

	if (!end)
		return NULL;
	*length = end - line;
	lines->start += end + 1 - line;
	lines->length -= end + 1 - line;
	return line;
}

void lines_free(struct lines *lines)
{
	free(lines->data);
	memset(lines, 0, sizeof(*lines));
}
