/* SPDX-License-Identifier: GPL-2.0-only */
/* What the fuzz targets share. */
#ifndef _NVSW_FUZZ_H
#define _NVSW_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* Called by libFuzzer. */
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* A claim about the code under test: if it is wrong, that is a finding. */
#define must(claim) ((claim) ? (void)0 : abort())

/*
 * What is printed between these is kept: its text, which the caller frees.
 * Without @json it is text.
 */
void capture_begin(bool json, bool pretty);
char *capture_end(size_t *length);

#endif /* _NVSW_FUZZ_H */
