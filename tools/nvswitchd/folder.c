// SPDX-License-Identifier: GPL-2.0-only
/* Folders in which guests' sockets appear. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "guest.h"
#include "log.h"

#define RETRY_USEC	5000000
#define GUEST_NAME_MAX	127

#define APPEARING	(IN_CREATE | IN_MOVED_TO | IN_ATTRIB)
#define CHANGING	(IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM)
#define GOING		(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)

/**
 * struct folder - a folder that is watched
 * @path: where it is
 * @watch: NULL while it is not there
 * @retry: looks for it then
 * @complained: that it cannot be watched has been said
 */
struct folder {
	const char *path;
	sd_event_source *watch;
	sd_event_source *retry;
	bool complained;
};

/* NAME, if the file is NAME with that suffix, and a name fit to be printed. */
static bool has_suffix(const char *file, const char *suffix, char *name)
{
	size_t length = strlen(file), less = strlen(suffix), i;

	if (length <= less || length - less > GUEST_NAME_MAX ||
	    strcmp(file + length - less, suffix) || *file == '.')
		return false;
	for (i = 0; i < length; i++)
		if (!isprint((unsigned char)file[i]))
			return false;
	memcpy(name, file, length - less);
	name[length - less] = 0;
	return true;
}

static void scan(const struct folder *folder)
{
	char name[GUEST_NAME_MAX + 1];
	const struct dirent *entry;
	DIR *directory = opendir(folder->path);

	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (has_suffix(entry->d_name, ".qmp", name))
			guest_found(folder->path, name);
	closedir(directory);
}

/* Whoever can write there could speak for any port. */
static int check(const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return -errno;
	if (!S_ISDIR(status.st_mode))
		return -ENOTDIR;
	if (status.st_mode & 0002 ||
	    (status.st_uid && status.st_uid != geteuid()))
		return -EPERM;
	return 0;
}

static int on_change(sd_event_source *source,
		     const struct inotify_event *change, void *arg);

static int watch(sd_event *event, struct folder *folder)
{
	int error = check(folder->path);

	if (!error)
		error = sd_event_add_inotify(event, &folder->watch, folder->path,
					     APPEARING | CHANGING | GOING |
					     IN_ONLYDIR, on_change, folder);
	if (error < 0)
		return error;
	scan(folder);
	return 0;
}

static int try_watch(sd_event_source *source, uint64_t when, void *arg)
{
	sd_event *event = sd_event_source_get_event(source);
	struct folder *folder = arg;
	int error = watch(event, folder);

	(void)when;
	if (error >= 0) {
		folder->complained = false;
		return 0;
	}
	if (!folder->complained && error == -EPERM)
		warn("%s is not used: it belongs to somebody else, or anybody may write there, and could speak for any port",
		     folder->path);
	else if (!folder->complained)
		say("%s: %s: waiting for it", folder->path, strerror(-error));
	folder->complained = true;
	sd_event_source_set_time_relative(source, RETRY_USEC);
	sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	return 0;
}

static void lose(struct folder *folder)
{
	folder->watch = sd_event_source_disable_unref(folder->watch);
	guests_lost(folder->path);
	sd_event_source_set_time_relative(folder->retry, 0);
	sd_event_source_set_enabled(folder->retry, SD_EVENT_ONESHOT);
}

static int on_change(sd_event_source *source,
		     const struct inotify_event *change, void *arg)
{
	struct folder *folder = arg;
	char name[GUEST_NAME_MAX + 1];

	(void)source;
	if (change->mask & IN_Q_OVERFLOW)
		scan(folder);
	else if (change->mask & GOING)
		lose(folder);
	else if (!change->len)
		return 0;
	else if (change->mask & APPEARING &&
		 has_suffix(change->name, ".qmp", name))
		guest_found(folder->path, name);
	else if (change->mask & CHANGING &&
		 has_suffix(change->name, ".json", name))
		guest_devices_changed(folder->path, name);
	return 0;
}

int folder_watch(sd_event *event, const char *path)
{
	struct folder *folder = allocate(sizeof(*folder));

	folder->path = path;
	return sd_event_add_time_relative(event, &folder->retry,
					  CLOCK_MONOTONIC, 0, 0, try_watch,
					  folder);
}
