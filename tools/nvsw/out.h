/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is printed, as text or as JSON. Everything is written as it comes:
 * nothing is collected, so a listing may be as long as it likes. If standard
 * output cannot be written, each of these ends the program as it should.
 */
#ifndef _NVSW_OUT_H
#define _NVSW_OUT_H

#include <linux/types.h>

#include "mac.h"
#include "nvsw.h"

enum color {
	COLOR_NONE,
	COLOR_NAME,
	COLOR_MAC,
	COLOR_GOOD,
	COLOR_BAD,
	COLOR_DIM,
};

enum color_when {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

/* Called once, when the options are known. */
void out_begin(bool json, bool pretty, enum color_when when);
/* What follows is JSON whatever was asked for: a document. */
void out_force_json(void);
/* Called at the end: whether all of it has been written; else it has said so. */
bool out_end(void);
/* Whether JSON is wanted: each of the below does something for one, or both. */
bool out_is_json(void);
bool out_has_color(void);
/* Write out what is buffered: a reader waits for it. */
void out_flush(void);

/* JSON: @key is NULL for an element of an array, and at the top. */
void out_open_object(const char *key);
void out_close_object(void);
void out_open_array(const char *key);
void out_close_array(void);
void out_number(const char *key, __u64 value);
void out_signed(const char *key, long long value);
void out_real(const char *key, double value);
void out_bool(const char *key, bool value);
void out_string(const char *key, const char *value);
void out_mac(const char *key, const __u8 *mac);

/* Text. */
void out_text(const char *format, ...) NVSW_PRINTF(1, 2);
void out_color(enum color color, const char *format, ...) NVSW_PRINTF(2, 3);

/* Both: under @key in JSON, as text the value alone. */
void put_string(const char *key, enum color color, const char *value);
void put_number(const char *key, __u64 value);
void put_mac(const char *key, const __u8 *mac);

/* A name as a shell takes it: in quotes if it has blanks. */
void out_name(const char *name);

#endif /* _NVSW_OUT_H */
