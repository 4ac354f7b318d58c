// SPDX-License-Identifier: GPL-2.0-only
/* Runs the unit tests of module/core: one stream of results. */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tap.h"

static unsigned int tests;
static unsigned int failed;

void tap_ok(bool ok, const char *format, ...)
{
	va_list args;

	tests++;
	failed += !ok;
	printf("%s %u ", ok ? "ok" : "not ok", tests);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

void tap_note(const char *format, ...)
{
	va_list args;

	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/* Marsaglia's xorshift64. */
u64 random_next(struct random *r)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 7;
	r->state ^= r->state << 17;
	return r->state;
}

static void test_rest(void)
{
	test_frame();
	test_vlan();
	test_tags();
	test_private();
	test_policy();
	test_mac();
	test_move();
	test_admit();
	test_allow();
	test_uplink();
	test_shortcut();
	test_deliver();
	test_random();
}

/* With the argument "model", that test alone. */
int main(int argc, char **argv)
{
	bool alone = argc > 1 && !strcmp(argv[1], "model");

	/* What was said before a crash must not be lost in a buffer. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("KTAP version 1");
	if (!alone)
		test_rest();
	test_model();
	printf("1..%u\n", tests);
	if (failed)
		tap_note("%u of %u failed", failed, tests);
	return failed != 0;
}
