/* SPDX-License-Identifier: GPL-2.0-only */
/* Files that are read as a whole. */
#ifndef _NVSW_TEXT_FILE_H
#define _NVSW_TEXT_FILE_H

#include "nvsw.h"

/*
 * A file's bytes, those of standard input if it is "-"; NULL if it has said why
 * they cannot be read.
 */
char *text_file_read(const char *name, size_t *length);

#endif /* _NVSW_TEXT_FILE_H */
