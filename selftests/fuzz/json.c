// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files. Whatever the bytes are, nvsw apply refuses them with a sentence and a
 * place in the file, or they are a configuration that, written and read again,
 * is the same; and the way to it is found, from nothing and, if there are two
 * switches, from the one to the other. nvsw fdb import refuses them or finds
 * addresses.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "fdb.h"
#include "fuzz.h"
#include "kernel.h"

static void check_error(const struct config_error *error, const char *text,
			size_t length)
{
	struct json_place place = error->place;
	char path[256];

	must(error->sentence[0]);
	must(strlen(error->sentence) < sizeof(error->sentence));
	json_path_text(&error->path, path, sizeof(path));
	if (!place.line)
		place = json_path_place(&error->path, text, length);
	must(place.line && place.column);
	config_complain(error, "file", text, length);
}

static char *write_config(const struct config *config, size_t *length)
{
	capture_begin(true, true);
	config_write(config);
	return capture_end(length);
}

static void check_same(struct config *a, struct config *b)
{
	struct plan plan;

	must(a->count == b->count);
	plan_make(&plan, a, b);
	must(!plan.count);
	plan_free(&plan);
}

static void check_round_trip(struct config *config)
{
	struct config_error error;
	struct config again;
	char *first, *second;
	size_t length, other;

	first = write_config(config, &length);
	must(config_read(first, length, &again, &error));
	check_same(config, &again);
	second = write_config(&again, &other);
	must(length == other && !memcmp(first, second, length));
	free(first);
	free(second);
	config_free(&again);
}

static void check_from_nothing(struct config *config)
{
	struct config nothing = { .count = config->count };
	size_t i;

	nothing.sw = calloc(config->count + 1, sizeof(*nothing.sw));
	must(nothing.sw);
	for (i = 0; i < config->count; i++) {
		nothing.sw[i].absent = true;
		memcpy(nothing.sw[i].name, config->sw[i].name, IFNAMSIZ);
	}
	kernel_follow(&nothing, config);
	kernel_follow(config, &nothing);
	free(nothing.sw);
}

/* From the first to the second, which then is the same switch. */
static void check_between(const struct config *config)
{
	struct config from = { .sw = &config->sw[0], .count = 1 };
	struct config to = { .sw = &config->sw[1], .count = 1 };

	memcpy(to.sw->name, from.sw->name, sizeof(to.sw->name));
	kernel_follow(&from, &to);
	kernel_follow(&to, &from);
}

static void try_fdb(const char *text, size_t length)
{
	struct parse_error error = { };
	struct fdb_file file;
	size_t i;

	if (!fdb_file_parse(text, length, &file, &error)) {
		must(error.text[0]);
		return;
	}
	for (i = 0; i < file.count; i++) {
		must(!(file.entry[i].mac[0] & 1));
		must(file.entry[i].vid >= 0 &&
		     file.entry[i].vid <= NVSWITCH_VID_MAX);
	}
	fdb_file_free(&file);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *text = (const char *)data;
	struct config_error error;
	struct config config;

	/* The same input is to do the same. */
	json_object_seed(1);
	if (config_read(text, size, &config, &error)) {
		check_round_trip(&config);
		check_from_nothing(&config);
		if (config.count > 1)
			check_between(&config);
	} else {
		check_error(&error, text, size);
	}
	config_free(&config);
	try_fdb(text, size);
	return 0;
}
