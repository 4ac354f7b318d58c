// SPDX-License-Identifier: GPL-2.0-only
/* A guest: a socket on which its monitor speaks QMP. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "guest.h"
#include "log.h"
#include "status.h"

#define MSEC		1000ULL
#define SECOND		(1000 * MSEC)
/* An answer takes longer than this only if the monitor hangs. */
#define ANSWER_USEC	(10 * SECOND)
/* As often as the switch judges requests, at most. */
#define ASK_USEC	(100 * MSEC)
/* What raises no event, such as an old driver's way to set a MAC. */
#define IDLE_USEC	(60 * SECOND)
#define RETRY_USEC	(100 * MSEC)
#define RETRY_MAX_USEC	(30 * SECOND)
#define COMPLAIN_USEC	(10 * SECOND)
#define REPEAT_USEC	(600 * SECOND)
/* Who has been there for so long is no flapping one. */
#define SETTLED_USEC	(10 * SECOND)
/* How often a monitor may be missing before that is worth a word. */
#define RETRIES_SILENT	5
/* How late is no harm. */
#define ACCURACY_USEC	(10 * MSEC)
/* What is read of one guest in a turn: who says more waits for the next. */
#define TURN_USEC	(100 * MSEC)
#define TURN_MAX	256

static struct guest *all;
static sd_event *loop;
/* Wakes while guests wait to be connected to. */
static sd_event_source *queue;

static uint64_t now(void)
{
	uint64_t usec = 0;

	sd_event_now(loop, CLOCK_MONOTONIC, &usec);
	return usec;
}

static void path_of(const struct guest *guest, const char *suffix, char *path,
		    size_t size)
{
	snprintf(path, size, "%s/%s%s", guest->folder, guest->name, suffix);
}

/* Time */

static uint64_t retry_time(const struct guest *guest)
{
	uint64_t wait = RETRY_USEC;
	unsigned int i;

	for (i = 0; i < guest->failures && wait < RETRY_MAX_USEC; i++)
		wait *= 2;
	return guest->since + (wait < RETRY_MAX_USEC ? wait : RETRY_MAX_USEC);
}

/* When there is something to do for it, if it says nothing. */
static uint64_t next_time(const struct guest *guest)
{
	if (guest->state == GUEST_AWAY)
		return retry_time(guest);
	if (guest->state != GUEST_FOLLOWED || guest->asked)
		return guest->since + ANSWER_USEC;
	return guest->since + (guest->stale ? ASK_USEC : IDLE_USEC);
}

static bool is_paused(const struct guest *guest)
{
	return guest->state != GUEST_AWAY && guest->read >= TURN_MAX;
}

static void schedule(struct guest *guest)
{
	uint64_t when = next_time(guest);

	if (is_paused(guest) && guest->turn + TURN_USEC < when)
		when = guest->turn + TURN_USEC;
	sd_event_source_set_time(guest->timer, when);
	sd_event_source_set_enabled(guest->timer, SD_EVENT_ONESHOT);
}

static void enter(struct guest *guest, enum guest_state state)
{
	guest->state = state;
	guest->since = now();
	status_changed();
}

/* Ends */

/* Once a while, however often it fails, and the same less often. */
static void complain(struct guest *guest)
{
	bool same = !strcmp(guest->complaint, guest->trouble);
	uint64_t wait = same ? REPEAT_USEC : COMPLAIN_USEC;

	if (guest->complained && now() < guest->complained + wait)
		return;
	guest->complained = now();
	strcpy(guest->complaint, guest->trouble);
	warn("%s: %s", guest->name, guest->trouble);
}

static void disconnect(struct guest *guest)
{
	guest->input = sd_event_source_disable_unref(guest->input);
	if (guest->fd >= 0)
		close(guest->fd);
	guest->fd = -1;
	lines_free(&guest->lines);
	nics_release(&guest->nics);
	guest->asked = 0;
	guest->asleep = false;
	guest->read = 0;
	enter(guest, GUEST_AWAY);
}

static void fail(struct guest *guest, const char *format, ...)
	NVSW_PRINTF(2, 3);

static void fail(struct guest *guest, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(guest->trouble, sizeof(guest->trouble), format, arguments);
	va_end(arguments);
	complain(guest);
	disconnect(guest);
	guest->failures++;
}

static void destroy(struct guest *guest)
{
	struct guest **at;

	for (at = &all; *at != guest; at = &(*at)->next)
		;
	*at = guest->next;
	disconnect(guest);
	sd_event_source_disable_unref(guest->timer);
	free(guest->name);
	free(guest);
}

/* A guest that has ended takes its socket along, mostly. */
static bool is_there(const struct guest *guest)
{
	char path[PATH_MAX];
	struct stat status;

	path_of(guest, ".qmp", path, sizeof(path));
	return !lstat(path, &status);
}

/* Questions */

static bool send_text(struct guest *guest, const char *text)
{
	ssize_t length = strlen(text);

	/* It fits, since no question is asked before the last is answered. */
	if (send(guest->fd, text, length, MSG_DONTWAIT | MSG_NOSIGNAL) == length)
		return true;
	fail(guest, "its monitor takes no questions");
	return false;
}

static void ask(struct guest *guest)
{
	guest->stale = false;
	guest->asked = ASKED_FILTER | ASKED_STATUS;
	guest->since = now();
	/* In this order: the switch is told of both with the second. */
	send_text(guest, "{\"execute\":\"query-status\",\"id\":2}\n"
			 "{\"execute\":\"query-rx-filter\",\"id\":1}\n");
}

static void become_followed(struct guest *guest)
{
	char path[PATH_MAX];

	enter(guest, GUEST_FOLLOWED);
	*guest->trouble = 0;
	path_of(guest, ".json", path, sizeof(path));
	if (devices_read(path, &guest->devices, guest->trouble,
			 sizeof(guest->trouble)))
		ask(guest);
	else
		fail(guest, "%s", strdupa(guest->trouble));
}

/* Answers */

/*
 * Only a migration ends like this; "paused" may be anything. No event tells how
 * it ends, unless QEMU was asked for that.
 */
static void take_status(struct guest *guest, const json_t *answer)
{
	const char *status =
		json_string_value(json_object_get(answer, "status"));

	if (!status)
		return;
	if (!strcmp(status, "postmigrate"))
		guest->asleep = true;
	else if (!strcmp(status, "running"))
		guest->asleep = false;
	else if (!strcmp(status, "finish-migrate"))
		guest->stale = true;
}

static void take_filter(struct guest *guest, const json_t *answer)
{
	char why[sizeof(guest->trouble)] = "";

	if (now() >= guest->connected + SETTLED_USEC)
		guest->failures = 0;
	if (!nics_update(&guest->nics, guest->name, guest, &guest->devices,
			 answer, guest->asleep, why, sizeof(why)) &&
	    strcmp(why, guest->trouble))
		warn("%s: %s", guest->name, why);
	strcpy(guest->trouble, why);
	status_changed();
}

static void take_answer(struct guest *guest, const json_t *message)
{
	const json_t *answer = json_object_get(message, "return");
	json_int_t id = json_integer_value(json_object_get(message, "id"));

	if (id == ASKED_STATUS && guest->asked & ASKED_STATUS) {
		guest->asked &= ~ASKED_STATUS;
		take_status(guest, answer);
	} else if (id == ASKED_FILTER && guest->asked & ASKED_FILTER) {
		guest->asked &= ~ASKED_FILTER;
		take_filter(guest, answer);
	}
}

static void take_event(struct guest *guest, const char *event)
{
	static const char *const changing[] = {
		"NIC_RX_FILTER_CHANGED", "RESET", "SHUTDOWN", "STOP", "RESUME",
		"MIGRATION", "DEVICE_DELETED", "SUSPEND", "WAKEUP",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(changing); i++)
		if (!strcmp(event, changing[i]))
			guest->stale = true;
}

static void take_message(struct guest *guest, const json_t *message)
{
	const json_t *event = json_object_get(message, "event");

	switch (guest->state) {
	case GUEST_GREETING:
		if (!json_is_object(json_object_get(message, "QMP"))) {
			fail(guest, "its monitor does not greet as QMP does");
		} else {
			enter(guest, GUEST_NEGOTIATING);
			send_text(guest, "{\"execute\":\"qmp_capabilities\",\"id\":0}\n");
		}
		break;
	case GUEST_NEGOTIATING:
		if (json_object_get(message, "return"))
			become_followed(guest);
		else if (!event)
			fail(guest, "its monitor refuses to speak QMP");
		break;
	case GUEST_FOLLOWED:
		if (json_is_string(event))
			take_event(guest, json_string_value(event));
		else
			take_answer(guest, message);
		break;
	case GUEST_AWAY:
		break;
	}
}

static void take_line(struct guest *guest, const char *line, size_t length)
{
	json_t *message;

	guest->read++;
	message = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(message))
		take_message(guest, message);
	else
		fail(guest, "its monitor says what is no QMP");
	json_decref(message);
}

/* Input */

/* What has been received, as far as this turn goes. */
static void take_lines(struct guest *guest)
{
	const char *line;
	size_t length;

	while (guest->state != GUEST_AWAY && !is_paused(guest)) {
		line = lines_next(&guest->lines, &length);
		if (!line)
			break;
		take_line(guest, line, length);
	}
}

/* Whether there was any. */
static bool take_input(struct guest *guest)
{
	ssize_t got;

	guest->read++;
	got = lines_receive(&guest->lines, guest->fd);
	if (got > 0) {
		take_lines(guest);
	} else if (got == -EMSGSIZE) {
		fail(guest, "its monitor says a line without an end");
	} else if (!got || (got != -EAGAIN && got != -EINTR)) {
		say("%s: its monitor has hung up", guest->name);
		disconnect(guest);
		guest->failures++;
	}
	return got > 0;
}

static void begin_turn(struct guest *guest)
{
	if (now() < guest->turn + TURN_USEC)
		return;
	guest->turn = now();
	guest->read = 0;
}

static void set_input(struct guest *guest)
{
	int enabled = is_paused(guest) ? SD_EVENT_OFF : SD_EVENT_ON;

	if (guest->input)
		sd_event_source_set_enabled(guest->input, enabled);
}

/* It may be asked, and is due. */
static void ask_if_due(struct guest *guest)
{
	if (guest->state == GUEST_FOLLOWED && !guest->asked &&
	    now() >= next_time(guest))
		ask(guest);
}

static int on_input(sd_event_source *source, int fd, uint32_t events, void *arg)
{
	struct guest *guest = arg;

	(void)source;
	(void)fd;
	(void)events;
	begin_turn(guest);
	take_input(guest);
	ask_if_due(guest);
	set_input(guest);
	schedule(guest);
	return 0;
}

/* Connecting */

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, error;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (!connect(fd, (void *)&address, sizeof(address)))
		return fd;
	error = -errno;
	close(fd);
	return error;
}

/* One that starts has a socket before it listens. */
static void not_reached(struct guest *guest, int error)
{
	snprintf(guest->trouble, sizeof(guest->trouble),
		 "its monitor cannot be reached: %s", strerror(error));
	if (guest->failures >= RETRIES_SILENT)
		complain(guest);
	disconnect(guest);
	guest->failures++;
}

static void open_monitor(struct guest *guest)
{
	char path[PATH_MAX];

	guest->queued = false;
	path_of(guest, ".qmp", path, sizeof(path));
	guest->fd = connect_to(path);
	if (guest->fd < 0) {
		not_reached(guest, -guest->fd);
		return;
	}
	guest->read = 0;
	guest->connected = now();
	enter(guest, GUEST_GREETING);
	if (sd_event_add_io(loop, &guest->input, guest->fd, EPOLLIN, on_input,
			    guest) < 0)
		fail(guest, "its monitor cannot be waited for");
}

static void wake_away(struct guest *guest)
{
	if (is_there(guest)) {
		open_monitor(guest);
		schedule(guest);
	} else {
		say("%s: gone", guest->name);
		destroy(guest);
	}
}

static bool is_overdue(const struct guest *guest)
{
	return guest->state != GUEST_AWAY &&
	       (guest->state != GUEST_FOLLOWED || guest->asked) &&
	       now() >= next_time(guest);
}

static void wake(struct guest *guest)
{
	begin_turn(guest);
	take_lines(guest);
	/* Among thousands its answer may be there, and not read yet. */
	while (is_overdue(guest) && !is_paused(guest) && take_input(guest))
		;
	if (is_overdue(guest))
		fail(guest, "its monitor does not answer");
	ask_if_due(guest);
	set_input(guest);
	schedule(guest);
}

static int on_time(sd_event_source *source, uint64_t when, void *arg)
{
	struct guest *guest = arg;

	(void)source;
	(void)when;
	if (guest->state == GUEST_AWAY && now() >= next_time(guest))
		wake_away(guest);
	else
		wake(guest);
	return 0;
}

/* Those that wait to be connected to */

/*
 * One in each turn of the loop, after what others have said: were all connected
 * to at once, all would speak at once, and each turn would look at all of them.
 */
static int connect_next(sd_event_source *source, uint64_t when, void *arg)
{
	struct guest *guest;

	(void)when;
	(void)arg;
	for (guest = all; guest && !guest->queued; guest = guest->next)
		;
	if (!guest)
		return 0;
	open_monitor(guest);
	schedule(guest);
	sd_event_source_set_time(source, now());
	sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	return 0;
}

static void enqueue(struct guest *guest)
{
	guest->queued = true;
	sd_event_source_set_enabled(guest->timer, SD_EVENT_OFF);
	sd_event_source_set_enabled(queue, SD_EVENT_ONESHOT);
}

/* All of them */

int guests_begin(sd_event *event)
{
	loop = event;
	return sd_event_add_time(event, &queue, CLOCK_MONOTONIC, 0, 1,
				 connect_next, NULL);
}

static struct guest *find(const char *folder, const char *name)
{
	struct guest *guest;

	for (guest = all; guest; guest = guest->next)
		if (guest->folder == folder && !strcmp(guest->name, name))
			break;
	return guest;
}

static struct guest *create(const char *folder, const char *name)
{
	struct guest *guest = allocate(sizeof(*guest));

	guest->folder = folder;
	guest->name = strdup(name);
	guest->fd = -1;
	guest->next = all;
	all = guest;
	if (!guest->name || sd_event_add_time(loop, &guest->timer,
					      CLOCK_MONOTONIC, 0,
					      ACCURACY_USEC, on_time,
					      guest) < 0) {
		refuse("There is no memory for another guest");
		exit(NVSW_REFUSED);
	}
	return guest;
}

static void try_again(struct guest *guest)
{
	guest->failures = 0;
	if (now() >= retry_time(guest))
		enqueue(guest);
	else
		schedule(guest);
}

void guest_found(const char *folder, const char *name)
{
	struct guest *guest = find(folder, name);

	if (!guest)
		guest = create(folder, name);
	if (guest->state == GUEST_AWAY)
		try_again(guest);
}

void guest_devices_changed(const char *folder, const char *name)
{
	struct guest *guest = find(folder, name);

	if (guest && guest->state == GUEST_AWAY)
		try_again(guest);
	if (!guest || guest->state != GUEST_FOLLOWED)
		return;
	become_followed(guest);
	schedule(guest);
}

void guests_lost(const char *folder)
{
	struct guest *guest = all, *next;

	for (; guest; guest = next) {
		next = guest->next;
		if (guest->folder == folder)
			destroy(guest);
	}
}

unsigned int guests_count(unsigned int *followed)
{
	const struct guest *guest;
	unsigned int count = 0;

	*followed = 0;
	for (guest = all; guest; guest = guest->next) {
		count++;
		*followed += guest->state == GUEST_FOLLOWED;
	}
	return count;
}

static const char *state_word(const struct guest *guest)
{
	static const char *const words[] = {
		[GUEST_AWAY] = "away",
		[GUEST_GREETING] = "connected",
		[GUEST_NEGOTIATING] = "connected",
		[GUEST_FOLLOWED] = "followed",
	};

	return words[guest->state];
}

json_t *guests_json(void)
{
	const struct guest *guest;
	json_t *list = json_array();

	for (guest = all; guest; guest = guest->next) {
		json_t *object = json_pack("{s:s, s:s, s:s, s:o}",
					   "guest", guest->name,
					   "folder", guest->folder,
					   "state", state_word(guest),
					   "nics", nics_json(&guest->nics));

		if (*guest->trouble)
			json_object_set_new(object, "trouble",
					    json_string(guest->trouble));
		json_array_append_new(list, object);
	}
	return list;
}
