// SPDX-License-Identifier: GPL-2.0-only
/* What is printed, as text or as JSON. */
#include <errno.h>
#include <linux/if_ether.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "out.h"

#define DEPTH_MAX	16

static bool json, pretty, colored;

/* Where in the JSON text we are: how deep, and what needs a comma first. */
static struct {
	unsigned int depth;
	bool filled[DEPTH_MAX];
	bool array[DEPTH_MAX];
	bool rows[DEPTH_MAX];
} place;

static const char *const codes[] = {
	[COLOR_NONE] = "",
	[COLOR_NAME] = "\033[1m",
	[COLOR_MAC] = "\033[33m",
	[COLOR_GOOD] = "\033[32m",
	[COLOR_BAD] = "\033[31m",
	[COLOR_DIM] = "\033[2m",
};

void out_begin(bool want_json, bool want_pretty, enum color_when when)
{
	const char *no_color = getenv("NO_COLOR");

	json = want_json;
	pretty = want_pretty;
	colored = when == COLOR_ALWAYS;
	if (when == COLOR_AUTO && !(no_color && *no_color))
		colored = isatty(STDOUT_FILENO);
	if (json)
		colored = false;
}

void out_force_json(void)
{
	json = true;
	colored = false;
}

bool out_is_json(void)
{
	return json;
}

bool out_has_color(void)
{
	return colored;
}

/* A reader that has gone has seen enough: nobody wants to hear of that. */
static void say_why(int error)
{
	if (error != EPIPE)
		refuse("Standard output cannot be written: %s",
		       strerror(error));
}

static void check(bool good)
{
	if (good)
		return;
	say_why(errno);
	_exit(NVSW_REFUSED);
}

bool out_end(void)
{
	if (json && place.depth == 0 && place.filled[0])
		putchar('\n');
	if (!fflush(stdout) && !ferror(stdout) && !fclose(stdout))
		return true;
	say_why(errno);
	return false;
}

void out_flush(void)
{
	check(!fflush(stdout));
}

static void write_raw(const char *text)
{
	check(fputs_unlocked(text, stdout) >= 0);
}

static void write_format(const char *format, ...) NVSW_PRINTF(1, 2);

static void write_format(const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vprintf(format, arguments);
	va_end(arguments);
	check(length >= 0);
}

static void write_bytes(const void *bytes, size_t count)
{
	check(fwrite_unlocked(bytes, 1, count, stdout) == count);
}

/* The bytes of the UTF-8 character that @text starts with; 0 if it is none. */
static unsigned int utf8_length(const unsigned char *text)
{
	unsigned int length, i;
	unsigned long code;

	if (text[0] < 0x80)
		return 1;
	if (text[0] >= 0xc2 && text[0] <= 0xdf)
		length = 2;
	else if (text[0] >= 0xe0 && text[0] <= 0xef)
		length = 3;
	else if (text[0] >= 0xf0 && text[0] <= 0xf4)
		length = 4;
	else
		return 0;
	code = text[0] & (0x7f >> length);
	for (i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (text[i] & 0x3f);
	}
	if ((length == 3 && code < 0x800) || (length == 4 && code < 0x10000) ||
	    code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	return length;
}

/* What cannot stand as it is; returns how many bytes it takes. */
static size_t write_special(const unsigned char *at)
{
	size_t length = utf8_length(at);

	if (!length)
		write_raw("\\ufffd");
	else if (length > 1)
		write_bytes(at, length);
	else if (*at == '"' || *at == '\\')
		write_format("\\%c", *at);
	else
		write_format("\\u%04x", *at);
	return length ? length : 1;
}

static bool is_plain(unsigned char byte)
{
	return byte >= ' ' && byte < 0x7f && byte != '"' && byte != '\\';
}

static void write_quoted(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	write_raw("\"");
	while (*at) {
		size_t length = 0;

		while (is_plain(at[length]))
			length++;
		if (!length)
			length = write_special(at);
		else
			write_bytes(at, length);
		at += length;
	}
	write_raw("\"");
}

static void new_line(void)
{
	write_format("\n%*s", 4 * place.depth, "");
}

/* Whatever stands between the previous value and the next one. */
static void start_value(const char *key)
{
	if (place.depth) {
		if (place.filled[place.depth])
			write_raw(",");
		if (pretty)
			new_line();
	}
	place.filled[place.depth] = true;
	if (key) {
		write_quoted(key);
		write_raw(pretty ? ": " : ":");
	}
}

/* An object in an array has a line of its own, for readers that go by lines. */
static bool is_row(bool array)
{
	return !pretty && !array && place.depth && place.array[place.depth];
}

static void open_nest(const char *key, bool array)
{
	bool row = is_row(array);

	start_value(key);
	if (row) {
		write_raw("\n");
		place.rows[place.depth] = true;
	}
	write_raw(array ? "[" : "{");
	if (place.depth + 1 == DEPTH_MAX)
		abort();
	place.depth++;
	place.filled[place.depth] = false;
	place.array[place.depth] = array;
	place.rows[place.depth] = false;
}

static void close_nest(bool array)
{
	bool filled = place.filled[place.depth];
	bool rows = array && place.rows[place.depth];

	place.depth--;
	if (pretty && filled)
		new_line();
	else if (rows)
		write_raw("\n");
	write_raw(array ? "]" : "}");
	/* Values at the top are a stream of lines, as of events. */
	if (!place.depth) {
		write_raw("\n");
		place.filled[0] = false;
	}
}

void out_open_object(const char *key)
{
	if (json)
		open_nest(key, false);
}

void out_close_object(void)
{
	if (json)
		close_nest(false);
}

void out_open_array(const char *key)
{
	if (json)
		open_nest(key, true);
}

void out_close_array(void)
{
	if (json)
		close_nest(true);
}

void out_number(const char *key, __u64 value)
{
	if (!json)
		return;
	start_value(key);
	write_format("%llu", (unsigned long long)value);
}

void out_signed(const char *key, long long value)
{
	if (!json)
		return;
	start_value(key);
	write_format("%lld", value);
}

void out_real(const char *key, double value)
{
	if (!json)
		return;
	start_value(key);
	write_format("%.15g", value);
}

void out_bool(const char *key, bool value)
{
	if (!json)
		return;
	start_value(key);
	write_raw(value ? "true" : "false");
}

void out_string(const char *key, const char *value)
{
	if (!json)
		return;
	start_value(key);
	write_quoted(value);
}

void out_mac(const char *key, const __u8 *mac)
{
	char text[MAC_TEXT];

	out_string(key, mac_text(text, mac));
}

static void write_text(const char *format, va_list arguments)
{
	check(vprintf(format, arguments) >= 0);
}

void out_text(const char *format, ...)
{
	va_list arguments;

	if (json)
		return;
	va_start(arguments, format);
	write_text(format, arguments);
	va_end(arguments);
}

void out_color(enum color color, const char *format, ...)
{
	bool paint = colored && color != COLOR_NONE;
	va_list arguments;

	if (json)
		return;
	if (paint)
		write_raw(codes[color]);
	va_start(arguments, format);
	write_text(format, arguments);
	va_end(arguments);
	if (paint)
		write_raw("\033[0m");
}

void out_name(const char *name)
{
	bool plain = !strpbrk(name, " !\"#$&'()*;<>?[\\]^`{|}~");

	out_color(COLOR_NAME, plain ? "%s" : "'%s'", name);
}

void put_string(const char *key, enum color color, const char *value)
{
	if (json)
		out_string(key, value);
	else
		out_color(color, "%s", value);
}

void put_number(const char *key, __u64 value)
{
	if (json)
		out_number(key, value);
	else
		out_text("%llu", (unsigned long long)value);
}

void put_mac(const char *key, const __u8 *mac)
{
	char text[MAC_TEXT];

	put_string(key, COLOR_MAC, mac_text(text, mac));
}
