/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest: a socket on which its monitor speaks QMP. It is connected to, asked,
 * and followed, whatever it does; who runs the guest is not to be trusted.
 *
 * Everything is bounded: how long a line is, how much is read at a time, how
 * long an answer may take, how often one is asked, and how soon one that has
 * failed is tried again.
 */
#ifndef _NVSWITCHD_GUEST_H
#define _NVSWITCHD_GUEST_H

#include <systemd/sd-event.h>

#include "lines.h"
#include "nics.h"

enum guest_state {
	GUEST_AWAY,		/* to be tried again */
	GUEST_GREETING,		/* connected, its greeting is awaited */
	GUEST_NEGOTIATING,	/* greeted, its first answer is awaited */
	GUEST_FOLLOWED,
};

/* Questions that may be open, as bits. */
enum {
	ASKED_FILTER = 1,
	ASKED_STATUS = 2,
};

/**
 * struct guest - a socket in one of the folders
 * @next: in the list of all
 * @folder: where it is
 * @name: the socket's, without ".qmp"
 * @trouble: what was wrong last; empty if nothing is
 * @complaint: what the journal was last told of that
 * @state: how far it has come
 * @fd: its socket, unless it is away
 * @queued: it is away, and waits for its turn to be connected to
 * @lines: what it says
 * @input: wakes for what it says; off while it has said too much
 * @timer: wakes at the next time that is of interest
 * @since: when it came to its state, or was asked
 * @asked: the questions that are open
 * @stale: something has changed since it was asked
 * @read: what has been read in this turn, in lines and pieces
 * @turn: when this turn began
 * @complained: when it was last complained of
 * @connected: when it was last connected to
 * @failures: how often it has failed without an answer in between
 * @asleep: it has migrated away
 * @devices: which NIC is which port
 * @nics: what they have said
 */
struct guest {
	struct guest *next;
	const char *folder;
	char *name;
	char trouble[160];
	char complaint[160];
	enum guest_state state;
	int fd;
	bool queued;
	struct lines lines;
	sd_event_source *input;
	sd_event_source *timer;
	uint64_t since;
	unsigned int asked;
	bool stale;
	unsigned int read;
	uint64_t turn;
	uint64_t complained;
	uint64_t connected;
	unsigned int failures;
	bool asleep;
	struct devices devices;
	struct nics nics;
};

int guests_begin(sd_event *event);
/* There is a socket of that name now, as if for the first time. */
void guest_found(const char *folder, const char *name);
/* What is said about its NICs has changed. */
void guest_devices_changed(const char *folder, const char *name);
/* The folder is gone, and whatever was in it. */
void guests_lost(const char *folder);
/* All that there are, and how many of them are followed. */
json_t *guests_json(void);
unsigned int guests_count(unsigned int *followed);

#endif /* _NVSWITCHD_GUEST_H */
