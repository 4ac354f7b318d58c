// SPDX-License-Identifier: GPL-2.0-only
/* Where a value is in a JSON document. Pure. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_path.h"

static struct json_step *next_step(struct json_path *path)
{
	if (path->depth == JSON_PATH_MAX)
		abort();
	return &path->step[path->depth++];
}

void json_path_key(struct json_path *path, const char *key)
{
	*next_step(path) = (struct json_step){ .key = key };
}

void json_path_index(struct json_path *path, size_t index)
{
	*next_step(path) = (struct json_step){ .index = index };
}

void json_path_up(struct json_path *path)
{
	path->depth--;
}

char *json_path_text(const struct json_path *path, char *text, size_t size)
{
	size_t used = 0;
	unsigned int i;

	*text = 0;
	for (i = 0; i < path->depth && used < size; i++) {
		const struct json_step *step = &path->step[i];

		if (step->key)
			used += snprintf(text + used, size - used, "%s%.48s",
					 i ? "." : "", step->key);
		else
			used += snprintf(text + used, size - used, "[%zu]",
					 step->index);
	}
	return text;
}

/* What is left of the text. */
struct scan {
	const char *at;
	const char *end;
};

static char peek(const struct scan *scan)
{
	return scan->at < scan->end ? *scan->at : 0;
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && is_one_of(*scan->at, " \t\r\n"))
		scan->at++;
}

static void skip_string(struct scan *scan)
{
	for (scan->at++; scan->at < scan->end && *scan->at != '"'; scan->at++)
		if (*scan->at == '\\')
			scan->at++;
	scan->at++;
}

/* A number, or true, false and null. */
static void skip_word(struct scan *scan)
{
	while (scan->at < scan->end &&
	       !is_one_of(*scan->at, " \t\r\n,:[]{}\""))
		scan->at++;
}

static void skip_value(struct scan *scan)
{
	unsigned int depth = 0;

	do {
		skip_blanks(scan);
		switch (peek(scan)) {
		case '"':
			skip_string(scan);
			break;
		case '[':
		case '{':
			depth++;
			scan->at++;
			break;
		case ']':
		case '}':
			depth--;
			scan->at++;
			break;
		case ',':
		case ':':
			scan->at++;
			break;
		default:
			skip_word(scan);
			break;
		}
	} while (depth && scan->at < scan->end);
}

/* Whether the string at hand, whatever its escapes, is @key. */
static bool is_key(const struct scan *scan, const char *key)
{
	struct scan after = *scan;
	json_t *string;
	bool same;

	skip_string(&after);
	if (after.at > scan->end)
		return false;
	string = json_loadb(scan->at, after.at - scan->at, JSON_DECODE_ANY,
			    NULL);
	same = string && !strcmp(json_string_value(string), key);
	json_decref(string);
	return same;
}

/* To the next member or element; false if there is none. */
static bool skip_comma(struct scan *scan)
{
	skip_blanks(scan);
	if (peek(scan) != ',')
		return false;
	scan->at++;
	skip_blanks(scan);
	return true;
}

/* From the start of an object to a member's key. */
static bool find_key(struct scan *scan, const char *key)
{
	scan->at++;
	skip_blanks(scan);
	if (peek(scan) != '"')
		return false;
	do {
		if (is_key(scan, key))
			return true;
		skip_string(scan);
		skip_blanks(scan);
		scan->at++;
		skip_value(scan);
	} while (skip_comma(scan));
	return false;
}

static bool find_element(struct scan *scan, size_t index)
{
	scan->at++;
	skip_blanks(scan);
	if (peek(scan) == ']')
		return false;
	while (index--) {
		skip_value(scan);
		if (!skip_comma(scan))
			return false;
	}
	return true;
}

/* From a key to its value. */
static void enter_member(struct scan *scan)
{
	skip_string(scan);
	skip_blanks(scan);
	scan->at++;
	skip_blanks(scan);
}

static const char *find_path(const struct json_path *path, struct scan scan)
{
	const char *found;
	unsigned int i;

	skip_blanks(&scan);
	found = scan.at;
	for (i = 0; i < path->depth; i++) {
		const struct json_step *step = &path->step[i];

		if (peek(&scan) != (step->key ? '{' : '['))
			break;
		if (!(step->key ? find_key(&scan, step->key) :
				  find_element(&scan, step->index)))
			break;
		found = scan.at;
		if (step->key)
			enter_member(&scan);
	}
	return found;
}

struct json_place json_path_place(const struct json_path *path,
				  const char *text, size_t length)
{
	struct scan scan = { .at = text, .end = text + length };
	struct json_place place = { .line = 1, .column = 1 };
	const char *found = find_path(path, scan);
	const char *at;

	for (at = text; at < found && at < scan.end; at++) {
		if (*at == '\n') {
			place.line++;
			place.column = 0;
		}
		place.column++;
	}
	return place;
}
