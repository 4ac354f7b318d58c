// SPDX-License-Identifier: GPL-2.0-only
/* Admission as a table: what a row's frame meets, and whether it should. */

#include "core/frame.h"
#include "rows.h"

const struct nvs_trial left_here = { .left = HERE, .end = NOW + 1 };
const struct nvs_trial left_there = { .left = THERE, .end = NOW + 1 };
const struct nvs_trial left_uplinks = { .left = UPLINKS, .end = NOW + 1 };
const struct nvs_trial uplinks_over = { .left = UPLINKS, .end = NOW };

const struct nvs_trial here_barred = {
	.bars = { { .place = HERE, .length = 1000, .since = NOW - 500 } },
};

static struct nvs_admission judge(const struct row *row)
{
	struct nvs_snapshot port = row->port;
	struct nvs_frame frame = row->frame;
	struct nvs_ingress in = row->in;
	struct nvs_admission got;

	port.vlans = mode_port(port.role == NVS_GUEST ? row->mode :
							MODE_UPLINK)->vlans;
	in.port = &port;
	in.now = NOW;
	frame.class = nvs_class_of(frame.dst);
	nvs_vlan_classify(&port, mode_private(), &frame);
	got = nvs_admit_frame(&in, &frame);
	if (got.verdict == NVS_LOOK_UP)
		got = nvs_admit_source(&in, &frame, &row->known);
	return got;
}

/* Equal in what the verdict makes meaningful; the rest is nobody's business. */
static bool same(const struct nvs_admission *a, const struct nvs_admission *b)
{
	if (a->verdict != b->verdict || a->rule != b->rule ||
	    a->full != b->full)
		return false;
	if (a->verdict == NVS_DROP)
		return a->reason == b->reason;
	if (a->verdict != NVS_ADMIT)
		return true;
	if (a->learn != b->learn)
		return false;
	if (a->learn == NVS_LEARN_ENTER)
		return a->kind == b->kind && a->exempt == b->exempt;
	if (a->learn == NVS_LEARN_MOVE)
		return a->kind == b->kind && a->exempt == b->exempt &&
		       a->move == b->move;
	return true;
}

static void describe(const char *who, const struct nvs_admission *a)
{
	tap_note("%s verdict %u rule %u reason %u full %u learn %u kind %u move %u exempt %u",
		 who, a->verdict, a->rule, a->reason, a->full, a->learn,
		 a->kind, a->move, a->exempt);
}

/**
 * rows_run() - test what admission says of each row
 * @from: where the frames come from
 * @rows: the rows
 * @n: how many
 */
void rows_run(const char *from, const struct row *rows, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		struct nvs_admission got = judge(&rows[i]);
		bool ok = same(&got, &rows[i].want);

		tap_ok(ok, "admit: %s: %s", from, rows[i].name);
		if (!ok) {
			describe("wanted", &rows[i].want);
			describe("got   ", &got);
		}
	}
}
