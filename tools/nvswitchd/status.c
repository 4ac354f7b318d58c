// SPDX-License-Identifier: GPL-2.0-only
/* What is known of guests, in a file that others may read. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "guest.h"
#include "log.h"
#include "status.h"

#define PAUSE_USEC	1000000

static sd_event_source *timer;
static char path[PATH_MAX];

static void set_path(const char *directory)
{
	snprintf(path, sizeof(path), "%s/status.json", directory);
}

static int write_file(sd_event_source *source, uint64_t when, void *arg)
{
	unsigned int followed, count = guests_count(&followed);
	json_t *root = json_pack("{s:o}", "guests", guests_json());
	char beside[PATH_MAX + 4];
	static bool failed;

	(void)source;
	(void)when;
	(void)arg;
	snprintf(beside, sizeof(beside), "%s.new", path);
	/* What cannot be written is said once. */
	if (json_dump_file(root, beside, JSON_INDENT(1)) ||
	    rename(beside, path)) {
		if (!failed)
			warn("%s cannot be written: %s", path, strerror(errno));
		failed = true;
	}
	json_decref(root);
	sd_notifyf(0, "STATUS=%u of %u guests followed", followed, count);
	return 0;
}

void status_begin(sd_event *event, const char *directory)
{
	set_path(directory);
	if (sd_event_add_time_relative(event, &timer, CLOCK_MONOTONIC, 0, 0,
				       write_file, NULL) < 0)
		warn("There is no timer for %s", path);
}

void status_changed(void)
{
	int enabled = SD_EVENT_ON;

	if (!timer)
		return;
	sd_event_source_get_enabled(timer, &enabled);
	if (enabled != SD_EVENT_OFF)
		return;
	sd_event_source_set_time_relative(timer, PAUSE_USEC);
	sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

static json_t *load(void)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);

	if (!root)
		refuse("%s: %s: nvswitchd is not running, or not there", path,
		       error.text);
	return root;
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text && *text ? text : "-";
}

static void print_wish(const json_t *nic)
{
	const json_t *multicast = json_object_get(nic, "rx_multicast");

	printf("  %s  promiscuous %s", text_of(nic, "requested_mac"),
	       json_is_true(json_object_get(nic, "rx_promisc")) ? "on" : "off");
	if (json_is_array(multicast))
		printf("  multicast %zu groups", json_array_size(multicast));
	else
		printf("  multicast all");
}

static void print_nic(const json_t *nic)
{
	printf("  %s = %s", text_of(nic, "nic"), text_of(nic, "port"));
	if (json_is_true(json_object_get(nic, "taken")))
		printf("  is another guest's");
	else if (!json_is_true(json_object_get(nic, "says")))
		printf("  cannot say: keeps its initial MAC");
	else
		print_wish(nic);
	if (json_is_false(json_object_get(nic, "attached")))
		printf("  (no port of a switch, or no carrier)");
	printf("\n");
}

static void print_guest(const json_t *guest)
{
	const json_t *nics = json_object_get(guest, "nics");
	size_t i;

	printf("%s  %s", text_of(guest, "guest"), text_of(guest, "state"));
	if (json_object_get(guest, "trouble"))
		printf("  %s", text_of(guest, "trouble"));
	printf("\n");
	for (i = 0; i < json_array_size(nics); i++)
		print_nic(json_array_get(nics, i));
}

int status_print(const char *directory, bool json)
{
	json_t *root;
	size_t i;

	set_path(directory);
	root = load();
	if (!root)
		return NVSW_REFUSED;
	if (json) {
		json_dumpf(root, stdout, JSON_INDENT(1));
		printf("\n");
	} else {
		const json_t *guests = json_object_get(root, "guests");

		for (i = 0; i < json_array_size(guests); i++)
			print_guest(json_array_get(guests, i));
	}
	json_decref(root);
	return fflush(stdout) ? NVSW_REFUSED : NVSW_DONE;
}
