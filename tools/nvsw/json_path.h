/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a value is in a JSON document: the keys that lead to it, as a user
 * writes them ("ports[2].vlan.vid"), and its line and column in the text.
 */
#ifndef _NVSW_JSON_PATH_H
#define _NVSW_JSON_PATH_H

#include "nvsw.h"

#define JSON_PATH_MAX	8

/**
 * struct json_step - one step into a document
 * @key: of an object; NULL: @index is of an array
 */
struct json_step {
	const char *key;
	size_t index;
};

struct json_path {
	unsigned int depth;
	struct json_step step[JSON_PATH_MAX];
};

struct json_place {
	unsigned int line;
	unsigned int column;
};

/* Keys are not copied. */
void json_path_key(struct json_path *path, const char *key);
void json_path_index(struct json_path *path, size_t index);
void json_path_up(struct json_path *path);

/* Returns @text, which is cut if it does not fit. */
char *json_path_text(const struct json_path *path, char *text, size_t size);
/*
 * Where in a document the path leads to: the key if its last step has one. The
 * text is good JSON; what it does not have is where its parent is.
 */
struct json_place json_path_place(const struct json_path *path,
				  const char *text, size_t length);

#endif /* _NVSW_JSON_PATH_H */
