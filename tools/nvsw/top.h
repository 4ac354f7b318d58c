/* SPDX-License-Identifier: GPL-2.0-only */
/* What nvsw top shows, and its screen. */
#ifndef _NVSW_TOP_H
#define _NVSW_TOP_H

#include <linux/if.h>

#include "counters.h"

/* In a second; what comes from a port, and what goes to it. */
enum top_column {
	TOP_FROM_PACKETS,
	TOP_FROM_BITS,
	TOP_TO_PACKETS,
	TOP_TO_BITS,
	TOP_DROPS,
	TOP_REFUSED,
	TOP_COLUMNS,
};

enum top_order {
	TOP_BY_PACKETS,
	TOP_BY_BITS,
	TOP_BY_DROPS,
	TOP_BY_REFUSED,
	TOP_BY_NAME,
};

struct top_row {
	char name[IFNAMSIZ];
	char sw[IFNAMSIZ];
	double rate[TOP_COLUMNS];
};

/**
 * struct top_seen - who was refused what
 * @time: when, for the last time
 * @text: what
 * @times: how often, since it is in the list
 */
struct top_seen {
	char time[16];
	char text[128];
	__u64 times;
};

#define TOP_SEEN	16

/**
 * struct top - all that is on the screen
 * @title: which switches
 * @many: there is more than one of them
 * @order: of the rows
 * @first: the row that is at the top
 * @total: of all rows
 * @dropped: in a second, each at its enum nvswitch_drop_reason
 * @refused: the same, of copies
 * @seen: frames that were dropped, the latest first, like ones in one
 * @lost: events were lost
 */
struct top {
	char title[2 * IFNAMSIZ];
	bool many;
	enum top_order order;
	size_t first;
	struct top_row *row;
	size_t count;
	size_t room;
	double total[TOP_COLUMNS];
	double dropped[NVSWITCH_DROP_MAX + 1];
	double refused[NVSWITCH_DROP_MAX + 1];
	struct top_seen seen[TOP_SEEN];
	bool lost;
};

/* What a key asks for. */
enum top_key {
	TOP_KEY_NONE,
	TOP_KEY_QUIT,
	TOP_KEY_DRAW,
};

/* False after a sentence; else the terminal is restored at every exit. */
bool screen_open(void);
void screen_close(void);
void screen_draw(struct top *top);
/* Take a key that has been pressed, if one has. */
enum top_key screen_key(struct top *top);

#endif /* _NVSW_TOP_H */
