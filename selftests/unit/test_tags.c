// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tags on the wire, in and out: every VLAN mode, every pair of tags, every
 * receiver. What comes in is a list of tags; what the switch makes of it is
 * compared with a model that is written from the text of the modes, and with
 * what must hold whatever the modes say.
 */

#include "core/frame.h"
#include "modes.h"
#include "tap.h"

#define REFUSED	(-1)

struct tag {
	u16 tpid;
	u16 vid;
};

struct wire {
	unsigned int n;
	struct tag tags[3];
};

/* What may be the outer tag; the first is none. */
static const struct tag outer[] = {
	{},
	{ NVS_TPID_CTAG, 0 },
	{ NVS_TPID_CTAG, 1 },
	{ NVS_TPID_CTAG, RED },
	{ NVS_TPID_CTAG, BLUE },
	{ NVS_TPID_CTAG, NOBODYS },
	{ NVS_TPID_CTAG, P },
	{ NVS_TPID_CTAG, ISOLATED },
	{ NVS_TPID_CTAG, COMMUNITY },
	{ NVS_TPID_CTAG, NEIGHBOURS },
	{ NVS_TPID_CTAG, LAST },
	{ NVS_TPID_CTAG, 4095 },
	{ NVS_TPID_STAG, 0 },
	{ NVS_TPID_STAG, RED },
	{ NVS_TPID_STAG, BLUE },
};

static const struct tag behind[] = {
	{},
	{ NVS_TPID_CTAG, 0 },
	{ NVS_TPID_CTAG, RED },
	{ NVS_TPID_CTAG, BLUE },
	{ NVS_TPID_CTAG, ISOLATED },
	{ NVS_TPID_CTAG, 4095 },
	{ NVS_TPID_STAG, 0 },
	{ NVS_TPID_STAG, RED },
};

static const struct tag last[] = { {}, { NVS_TPID_CTAG, BLUE } };

/* The model. */

/* A mode in which the guest has no tags of its own, and the VLAN it is in. */
static u16 model_own_vlan(const struct mode *m)
{
	return m->vlan.secondary ? m->vlan.secondary : m->vlan.vid;
}

static bool model_untagged(const struct mode *m, u16 vid)
{
	return !mode_is_trunk(m) || vid == 0 || vid == m->vlan.native;
}

static int model_enters(const struct mode *m, const struct wire *w)
{
	bool ctag = w->n && w->tags[0].tpid == NVS_TPID_CTAG;
	bool lone = w->n && w->tags[0].tpid == NVS_TPID_STAG;
	bool named = ctag && w->tags[0].vid;
	u16 vid;

	if (!mode_is_trunk(m))
		return named || lone || w->n > 1 ? REFUSED :
						   (int)model_own_vlan(m);
	vid = named ? w->tags[0].vid : m->vlan.native;
	if (!mode_lists(m, vid))
		return REFUSED;
	if (ctag && w->n > 1 && model_untagged(m, vid))
		return REFUSED;
	if (lone && m->vlan.native)
		return REFUSED;
	/* The host is in private VLANs as a promiscuous member is. */
	return m->role == NVS_HOST ? mode_primary(vid) : vid;
}

static bool model_private_gets(const struct nvs_vlan *v, u16 vid)
{
	if (vid == P)
		return true;
	if (mode_primary(vid) != P)
		return false;
	switch (v->type) {
	case NVSWITCH_PRIVATE_PROMISCUOUS:
		return true;
	case NVSWITCH_PRIVATE_COMMUNITY:
		return vid == v->secondary;
	default:
		return false;
	}
}

static bool model_gets(const struct mode *m, u16 vid)
{
	if (mode_is_trunk(m))
		return mode_lists(m, vid);
	if (m->vlan.mode == NVSWITCH_VLAN_PRIVATE)
		return model_private_gets(&m->vlan, vid);
	return vid == m->vlan.vid;
}

/* All but the C-tag that named the VLAN, or gave a priority. */
static void take_payload(struct wire *out, const struct wire *in)
{
	unsigned int i = in->n && in->tags[0].tpid == NVS_TPID_CTAG;

	for (out->n = 0; i < in->n; i++)
		out->tags[out->n++] = in->tags[i];
}

static void put_tag(struct wire *out, u16 vid)
{
	unsigned int i;

	for (i = out->n++; i; i--)
		out->tags[i] = out->tags[i - 1];
	out->tags[0] = (struct tag){ NVS_TPID_CTAG, vid };
}

static bool model_leaves(const struct mode *to, u16 vid, const struct wire *in,
			 struct wire *out)
{
	take_payload(out, in);
	if (!model_gets(to, vid))
		return false;
	if (model_untagged(to, vid))
		return !out->n || (mode_is_trunk(to) && vid == 0);
	put_tag(out, to->role == NVS_HOST ? mode_primary(vid) : vid);
	return true;
}

/* The switch. */

static void read_wire(const struct wire *w, struct nvs_frame *f)
{
	*f = (struct nvs_frame){ .src = STATION(1), .dst = STATION(2) };
	if (!w->n)
		nvs_frame_set_tags(f, 0x0800, 0x4500, 0x0054);
	else
		nvs_frame_set_tags(f, w->tags[0].tpid, 0xe000 | w->tags[0].vid,
				   w->n > 1 ? w->tags[1].tpid : 0x0800);
}

static int core_enters(unsigned int from, const struct wire *w,
		       struct nvs_frame *f)
{
	read_wire(w, f);
	nvs_vlan_classify(mode_port(from), mode_private(), f);
	return nvs_vlan_admits(mode_port(from), f) ? f->vid : REFUSED;
}

static bool core_leaves(unsigned int to, const struct nvs_frame *f,
			const struct wire *in, struct wire *out)
{
	const struct nvs_snapshot *port = mode_port(to);
	u16 vid;

	if (!nvs_vlan_carries(port, f) || nvs_vlan_refusal(port, f))
		return false;
	vid = nvs_vlan_tag(port, f);
	take_payload(out, in);
	if (vid)
		put_tag(out, vid);
	return true;
}

/* What must hold of a copy that leaves. */

static bool same_wire(const struct wire *a, const struct wire *b)
{
	unsigned int i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (a->tags[i].tpid != b->tags[i].tpid ||
		    a->tags[i].vid != b->tags[i].vid)
			return false;
	return true;
}

/* The host is in primary VLANs, all others in the one the frame travels in. */
static bool outer_tag_is_right(unsigned int to, const struct nvs_frame *f,
			       const struct wire *out)
{
	if (!out->n || out->tags[0].tpid != NVS_TPID_CTAG)
		return true;
	return out->tags[0].vid == f->vid ||
	       (to == MODE_HOST && out->tags[0].vid == mode_primary(f->vid));
}

/* A lone 802.1ad tag is payload: as it came, in VLAN 0, from trunk to trunk. */
static bool nothing_surfaces(unsigned int from, unsigned int to,
			     const struct nvs_frame *f, const struct wire *in,
			     const struct wire *out)
{
	struct wire payload;

	take_payload(&payload, in);
	if (!payload.n || !same_wire(&payload, out))
		return true;
	return f->vid == 0 && same_wire(in, out) &&
	       in->tags[0].tpid == NVS_TPID_STAG &&
	       mode_is_trunk(&modes[from]) && mode_is_trunk(&modes[to]);
}

/* An untagged copy is in the VLAN that its receiver's untagged frames are in. */
static bool untagged_is_right(unsigned int to, const struct nvs_frame *f,
			      const struct wire *out)
{
	const struct nvs_vlan *v = &modes[to].vlan;

	if (out->n)
		return true;
	switch (v->mode) {
	case NVSWITCH_VLAN_TRUNK:
		return f->vid == v->native;
	case NVSWITCH_VLAN_PRIVATE:
		return mode_primary(f->vid) == P;
	default:
		return f->vid == v->vid;
	}
}

struct tally {
	unsigned int in[MODES];
	unsigned int out[MODES];
	unsigned int copies;
	unsigned int wrong_tag;
	unsigned int surfaced;
	unsigned int wrong_vlan;
	unsigned int kept_apart;
};

static void try_copy(struct tally *t, unsigned int from, unsigned int to,
		     const struct nvs_frame *f, const struct wire *in)
{
	struct wire want = {}, got = {};
	bool leaves = core_leaves(to, f, in, &got);

	t->out[to] += leaves != model_leaves(&modes[to], f->vid, in, &want) ||
		      (leaves && !same_wire(&want, &got));
	if (!leaves)
		return;
	t->copies++;
	t->wrong_tag += !outer_tag_is_right(to, f, &got);
	t->surfaced += !nothing_surfaces(from, to, f, in, &got);
	t->wrong_vlan += !untagged_is_right(to, f, &got);
	/* Who gets a frame has its addresses, and who may send it too. */
	t->kept_apart += !nvs_vlan_keeps(mode_port(to), f->fid) ||
			 !nvs_vlan_keeps(mode_port(from), f->fid);
}

static void try_wire(struct tally *t, const struct wire *w)
{
	unsigned int from, to;

	for (from = 0; from < MODES; from++) {
		struct nvs_frame f;
		int got = core_enters(from, w, &f);

		t->in[from] += got != model_enters(&modes[from], w);
		if (got == REFUSED)
			continue;
		t->in[from] += f.fid != mode_primary(f.vid);
		for (to = 0; to < MODES; to++)
			try_copy(t, from, to, &f, w);
	}
}

static void try_all(struct tally *t)
{
	unsigned int i, j, k;

	for (i = 0; i < ARRAY_SIZE(outer); i++)
		for (j = 0; j < ARRAY_SIZE(behind); j++)
			for (k = 0; k < ARRAY_SIZE(last); k++) {
				struct wire w = {
					.tags = { outer[i], behind[j],
						  last[k] },
				};

				/* Nothing is behind what is not there. */
				while (w.n < 3 && w.tags[w.n].tpid)
					w.n++;
				try_wire(t, &w);
			}
}

void test_tags(void)
{
	struct tally t = {};
	unsigned int i;

	try_all(&t);
	for (i = 0; i < MODES; i++)
		tap_ok(!t.in[i], "tags: in through %s", modes[i].name);
	for (i = 0; i < MODES; i++)
		tap_ok(!t.out[i], "tags: out through %s", modes[i].name);
	tap_ok(t.copies && !t.wrong_tag,
	       "tags: no copy has a tag of a VLAN it does not travel in");
	tap_ok(t.copies && !t.surfaced,
	       "tags: no copy shows what was behind its tag");
	tap_ok(t.copies && !t.wrong_vlan,
	       "tags: no copy is untagged where its VLAN is not");
	tap_ok(t.copies && !t.kept_apart,
	       "tags: sender and receiver have addresses in its VLAN");
	tap_note("tags: %u copies", t.copies);
}
