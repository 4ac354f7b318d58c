// SPDX-License-Identifier: GPL-2.0-only
/* The screen of nvsw top. */
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "nvsw.h"
#include "out.h"
#include "top.h"

#define NAME_WIDTH	15
#define RATE_WIDTH	9

enum {
	PAIR_HEAD = 1,
	PAIR_BAD,
};

static bool is_open;

static void set_colors(void)
{
	if (!out_has_color() || !has_colors())
		return;
	start_color();
	use_default_colors();
	init_pair(PAIR_HEAD, COLOR_CYAN, -1);
	init_pair(PAIR_BAD, COLOR_RED, -1);
}

bool screen_open(void)
{
	const char *terminal = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO)) {
		misuse("top needs a terminal: nvsw stats watch does without");
		return false;
	}
	setlocale(LC_CTYPE, "");
	if (!newterm(NULL, stdout, stdin)) {
		misuse("The terminal '%s' is unknown: set TERM to what it is",
		       terminal ? terminal : "");
		return false;
	}
	is_open = true;
	atexit(screen_close);
	if (!tigetstr("cup")) {
		screen_close();
		misuse("The terminal '%s' cannot do it: nvsw stats watch does without",
		       terminal ? terminal : "");
		return false;
	}
	set_colors();
	cbreak();
	noecho();
	curs_set(0);
	nodelay(stdscr, TRUE);
	keypad(stdscr, TRUE);
	set_escdelay(25);
	return true;
}

void screen_close(void)
{
	if (is_open)
		endwin();
	is_open = false;
}

static void set_look(attr_t attributes, short pair)
{
	attr_set(attributes, out_has_color() && has_colors() ? pair : 0, NULL);
}

/* Text at the cursor, as far as the line goes. */
static void put(const char *format, ...) NVSW_PRINTF(1, 2);

static void put(const char *format, ...)
{
	char text[512];
	int room = COLS - getcurx(stdscr);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	/* The last cell of the screen would scroll it. */
	if (getcury(stdscr) == LINES - 1)
		room--;
	if (room > 0)
		addnstr(text, room);
}

/* Four digits, whatever it is. */
static const char *rate_text(char *text, size_t size, double rate)
{
	static const char units[] = " kMGTPE";
	unsigned int unit = 0;

	while (rate >= 9999.5 && unit < sizeof(units) - 2) {
		rate /= 1000;
		unit++;
	}
	if (unit)
		snprintf(text, size, "%.*f%c", rate < 99.95, rate, units[unit]);
	else
		snprintf(text, size, "%.*f", rate && rate < 999.95, rate);
	return text;
}

static void put_rate(double rate, bool bad)
{
	char text[32];

	if (bad && rate)
		set_look(A_BOLD, PAIR_BAD);
	put(" %*s", RATE_WIDTH, rate_text(text, sizeof(text), rate));
	set_look(A_NORMAL, 0);
}

static void draw_title(const struct top *top)
{
	char from[32], drops[32], refused[32];

	move(0, 0);
	set_look(A_BOLD, 0);
	put("nvsw top: %s", top->title);
	set_look(A_NORMAL, 0);
	put("  %zu ports  %s packets/s  ", top->count,
	    rate_text(from, sizeof(from), top->total[TOP_FROM_PACKETS]));
	put("%s dropped/s  %s copies refused/s",
	    rate_text(drops, sizeof(drops), top->total[TOP_DROPS]),
	    rate_text(refused, sizeof(refused), top->total[TOP_REFUSED]));
}

/* With the switch of each port only if there is room to tell. */
static bool shows_switch(const struct top *top)
{
	return top->many &&
	       COLS >= 2 * (NAME_WIDTH + 1) + TOP_COLUMNS * (RATE_WIDTH + 1);
}

static void draw_head(const struct top *top)
{
	static const char *const heads[TOP_COLUMNS] = {
		[TOP_FROM_PACKETS] = "from pps",
		[TOP_FROM_BITS] = "Mbit/s",
		[TOP_TO_PACKETS] = "to pps",
		[TOP_TO_BITS] = "Mbit/s",
		[TOP_DROPS] = "drops/s",
		[TOP_REFUSED] = "refused/s",
	};
	unsigned int i;

	move(1, 0);
	set_look(A_REVERSE, 0);
	put("%-*s", NAME_WIDTH, "PORT");
	if (shows_switch(top))
		put(" %-*s", NAME_WIDTH, "SWITCH");
	for (i = 0; i < TOP_COLUMNS; i++)
		put(" %*s", RATE_WIDTH, heads[i]);
	put("%*s", COLS, "");
	set_look(A_NORMAL, 0);
}

static void draw_row(const struct top *top, const struct top_row *row)
{
	unsigned int i;

	put("%-*s", NAME_WIDTH, row->name);
	if (shows_switch(top))
		put(" %-*s", NAME_WIDTH, row->sw);
	for (i = 0; i < TOP_COLUMNS; i++)
		put_rate(row->rate[i], i == TOP_DROPS || i == TOP_REFUSED);
}

static void draw_rows(struct top *top, int line, int end)
{
	size_t room = end > line ? end - line : 0;
	size_t i;

	if (top->first + room > top->count)
		top->first = top->count > room ? top->count - room : 0;
	for (i = top->first; i < top->count && line < end; i++, line++) {
		move(line, 0);
		draw_row(top, &top->row[i]);
	}
}

static void draw_reasons(const char *title, const char *prefix,
			 const double *rate)
{
	unsigned int reason;
	bool none = true;
	char text[32];

	set_look(A_NORMAL, PAIR_HEAD);
	put("%-12s", title);
	set_look(A_NORMAL, 0);
	for (reason = 1; reason <= NVSWITCH_DROP_MAX; reason++) {
		if (!rate[reason])
			continue;
		put(" %s%s %s/s", prefix,
		    word_or_number(&reason_words, reason),
		    rate_text(text, sizeof(text), rate[reason]));
		none = false;
	}
	if (none)
		put(" -");
}

static void draw_seen(const struct top *top, int line, int end)
{
	unsigned int i;

	move(line++, 0);
	set_look(A_NORMAL, PAIR_HEAD);
	put("last refused%s", top->lost ? " (some events were lost)" : "");
	set_look(A_NORMAL, 0);
	for (i = 0; i < TOP_SEEN && line < end; i++, line++) {
		const struct top_seen *seen = &top->seen[i];

		if (!seen->times)
			break;
		move(line, 0);
		put("%s %s", seen->time, seen->text);
		if (seen->times > 1)
			put("  %llu times", (unsigned long long)seen->times);
	}
}

static void draw_keys(const struct top *top)
{
	static const struct {
		const char *text;
		enum top_order order;
	} keys[] = {
		{ "p packets", TOP_BY_PACKETS },
		{ "b bits", TOP_BY_BITS },
		{ "d drops", TOP_BY_DROPS },
		{ "r refused", TOP_BY_REFUSED },
		{ "n name", TOP_BY_NAME },
	};
	unsigned int i;

	move(LINES - 1, 0);
	put("q quit  sort:");
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		put(" ");
		set_look(keys[i].order == top->order ? A_REVERSE : A_NORMAL,
			 0);
		put("%s", keys[i].text);
		set_look(A_NORMAL, 0);
	}
	put("  arrows scroll");
}

/*
 * From the top: what is most wanted. A low screen has no list of refused
 * frames, then no reasons, then no keys.
 */
void screen_draw(struct top *top)
{
	int below = LINES >= 6 ? 1 : 0;
	int reasons = LINES >= 10 ? 2 : 0;
	int seen = LINES >= 14 ? LINES / 4 : 0;
	int line = LINES - below - seen;

	erase();
	draw_title(top);
	if (LINES > 1)
		draw_head(top);
	draw_rows(top, 2, line - reasons);
	if (seen)
		draw_seen(top, line, LINES - below);
	if (reasons) {
		move(line - 2, 0);
		draw_reasons("drops", "", top->dropped);
		move(line - 1, 0);
		draw_reasons("refusals", "egress_", top->refused);
	}
	if (below)
		draw_keys(top);
	refresh();
}

static enum top_key sort(struct top *top, enum top_order order)
{
	top->order = order;
	top->first = 0;
	return TOP_KEY_DRAW;
}

static enum top_key scroll_by(struct top *top, int lines)
{
	if (lines < 0 && top->first < (size_t)-lines)
		top->first = 0;
	else
		top->first += lines;
	return TOP_KEY_DRAW;
}

enum top_key screen_key(struct top *top)
{
	switch (getch()) {
	case 'q':
	case 'Q':
		return TOP_KEY_QUIT;
	case 'p':
		return sort(top, TOP_BY_PACKETS);
	case 'b':
		return sort(top, TOP_BY_BITS);
	case 'd':
		return sort(top, TOP_BY_DROPS);
	case 'r':
		return sort(top, TOP_BY_REFUSED);
	case 'n':
		return sort(top, TOP_BY_NAME);
	case KEY_UP:
		return scroll_by(top, -1);
	case KEY_DOWN:
		return scroll_by(top, 1);
	case KEY_PPAGE:
		return scroll_by(top, -LINES / 2);
	case KEY_NPAGE:
		return scroll_by(top, LINES / 2);
	case KEY_HOME:
		top->first = 0;
		return TOP_KEY_DRAW;
	case ERR:
		return TOP_KEY_NONE;
	default:
		return TOP_KEY_DRAW;
	}
}
