// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the fuzz targets share, and what main.c and commands.c are to the rest
 * of nvsw.
 */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "fuzz.h"
#include "out.h"

const struct command *const commands[] = { NULL };

static FILE *real_stdout;
static char *text;
static size_t text_length;

void capture_begin(bool json, bool pretty)
{
	real_stdout = stdout;
	stdout = open_memstream(&text, &text_length);
	must(stdout);
	out_begin(json, pretty, COLOR_NEVER);
}

char *capture_end(size_t *length)
{
	char *copy;

	out_flush();
	copy = malloc(text_length + 1);
	must(copy);
	memcpy(copy, text, text_length + 1);
	*length = text_length;
	fclose(stdout);
	free(text);
	stdout = real_stdout;
	return copy;
}

/* Nobody reads what is wrong with millions of inputs. */
int refuse(const char *format, ...)
{
	(void)format;
	return NVSW_REFUSED;
}

int misuse(const char *format, ...)
{
	(void)format;
	return NVSW_USAGE;
}

void warn(const char *format, ...)
{
	(void)format;
}

void *reallocate(void *memory, size_t size)
{
	memory = realloc(memory, size);
	must(memory || !size);
	return memory;
}

void *allocate(size_t size)
{
	return memset(reallocate(NULL, size), 0, size);
}
