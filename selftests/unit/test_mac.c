// SPDX-License-Identifier: GPL-2.0-only
/* Initial, requested and effective MAC. */

#include "core/mac.h"
#include "tap.h"

#define INITIAL	STATION(1)
#define ASKED	STATION(2)
#define BEFORE	STATION(3)

static const struct {
	const char *name;
	u64 initial;
	u64 requested;
	u64 effective;
	u8 policy;
	bool available;
	struct nvs_mac_choice want;
} rows[] = {
	{ "the initial MAC needs no policy", INITIAL, INITIAL, INITIAL,
	  NVSWITCH_REJECT, false, { INITIAL, NVSWITCH_MAC_OK } },
	{ "accept: a free address becomes effective", INITIAL, ASKED, INITIAL,
	  NVSWITCH_ACCEPT, true, { ASKED, NVSWITCH_MAC_OK } },
	{ "accept: and the next one after it", INITIAL, ASKED, BEFORE,
	  NVSWITCH_ACCEPT, true, { ASKED, NVSWITCH_MAC_OK } },
	{ "accept: a request taken back", INITIAL, INITIAL, BEFORE,
	  NVSWITCH_ACCEPT, false, { INITIAL, NVSWITCH_MAC_OK } },
	{ "accept: a taken address is a conflict", INITIAL, ASKED, INITIAL,
	  NVSWITCH_ACCEPT, false, { INITIAL, NVSWITCH_MAC_CONFLICT } },
	{ "accept: a conflict keeps the effective MAC", INITIAL, ASKED, BEFORE,
	  NVSWITCH_ACCEPT, false, { BEFORE, NVSWITCH_MAC_CONFLICT } },
	{ "reject: refused", INITIAL, ASKED, INITIAL,
	  NVSWITCH_REJECT, true, { INITIAL, NVSWITCH_MAC_CHANGE } },
	{ "reject: refused whether taken or not", INITIAL, ASKED, INITIAL,
	  NVSWITCH_REJECT, false, { INITIAL, NVSWITCH_MAC_CHANGE } },
	{ "reject: set back, it returns to the initial MAC", INITIAL, BEFORE,
	  BEFORE, NVSWITCH_REJECT, true, { INITIAL, NVSWITCH_MAC_CHANGE } },
	{ "no initial MAC: accept decides nothing", 0, ASKED, 0,
	  NVSWITCH_ACCEPT, true, { 0, NVSWITCH_MAC_OK } },
	{ "no initial MAC: reject decides nothing", 0, ASKED, 0,
	  NVSWITCH_REJECT, false, { 0, NVSWITCH_MAC_OK } },
};

void test_mac(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct nvs_mac_choice got =
			nvs_mac_choose(rows[i].initial, rows[i].requested,
				       rows[i].effective, rows[i].policy,
				       rows[i].available);
		bool ok = got.effective == rows[i].want.effective &&
			  got.state == rows[i].want.state;

		tap_ok(ok, "mac: %s", rows[i].name);
	}
}
