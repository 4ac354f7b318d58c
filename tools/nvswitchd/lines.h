/* SPDX-License-Identifier: GPL-2.0-only */
/* What comes from a socket, as lines of bounded length. */
#ifndef _NVSWITCHD_LINES_H
#define _NVSWITCHD_LINES_H

#include <sys/types.h>

/*
 * The longest is what query-rx-filter says of NICs that each have their tables
 * full: 64 + 64 addresses and 4095 VLANs, 26 KiB a NIC.
 */
#define LINE_BYTES_MAX	(256 * 1024)

/**
 * struct lines - bytes that have been received
 * @data: of @room bytes, allocated at need
 * @start: where what has not been taken begins
 * @length: of that
 */
struct lines {
	char *data;
	size_t room;
	size_t start;
	size_t length;
};

/*
 * Receive once: how many bytes, 0 at the end, or -errno; -EMSGSIZE if a line
 * has not ended within LINE_BYTES_MAX.
 */
ssize_t lines_receive(struct lines *lines, int fd);
/* The next whole line, without its end and valid until the next call; or NULL. */
const char *lines_next(struct lines *lines, size_t *length);
void lines_free(struct lines *lines);

#endif /* _NVSWITCHD_LINES_H */
