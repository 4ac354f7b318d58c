// SPDX-License-Identifier: GPL-2.0-only
/* What follows from a VLAN mode: its VLANs, its members, its neighbours. */

#include <string.h>

#include "core/frame.h"
#include "modes.h"
#include "tap.h"

/* What an untagged frame has, and which leaves untagged without a look. */

#define NO	NVS_VLAN_NEVER
#define IN(v)	((v) * 0x10001U)
#define OF_P(v)	((v) | (u32)P << 16)

static const struct {
	unsigned int mode;
	u8 want_mode;
	u16 pvid;
	u16 fid;
	u32 in;
	u32 out;
} resolved[] = {
	{ MODE_NONE, NVSWITCH_VLAN_NONE, 0, 0, IN(0), IN(0) },
	{ MODE_INHERIT, NVSWITCH_VLAN_NONE, 0, 0, IN(0), IN(0) },
	{ MODE_ACCESS, NVSWITCH_VLAN_ACCESS, RED, RED, IN(RED), IN(RED) },
	{ MODE_ACCESS_LAST, NVSWITCH_VLAN_ACCESS, LAST, LAST, IN(LAST),
	  IN(LAST) },
	{ MODE_ACCESS_P, NVSWITCH_VLAN_ACCESS, P, P, IN(P), IN(P) },
	{ MODE_TRUNK_0, NVSWITCH_VLAN_TRUNK, 0, 0, IN(0), IN(0) },
	{ MODE_TRUNK_RED, NVSWITCH_VLAN_TRUNK, NVS_VID_ANY, NVS_VID_NONE, NO,
	  NO },
	{ MODE_TRUNK_ALL, NVSWITCH_VLAN_TRUNK, 0, 0, IN(0), IN(0) },
	{ MODE_NATIVE_ALONE, NVSWITCH_VLAN_TRUNK, RED, RED, IN(RED), IN(RED) },
	{ MODE_NATIVE_BESIDES, NVSWITCH_VLAN_TRUNK, RED, RED, IN(RED),
	  IN(RED) },
	{ MODE_NATIVE_ALL, NVSWITCH_VLAN_TRUNK, RED, RED, IN(RED), IN(RED) },
	{ MODE_NATIVE_LAST, NVSWITCH_VLAN_TRUNK, LAST, LAST, IN(LAST),
	  IN(LAST) },
	{ MODE_NATIVE_P, NVSWITCH_VLAN_TRUNK, P, P, IN(P), IN(P) },
	{ MODE_PROMISCUOUS, NVSWITCH_VLAN_PRIVATE, P, P, IN(P), IN(P) },
	{ MODE_ISOLATED, NVSWITCH_VLAN_PRIVATE, ISOLATED, P, OF_P(ISOLATED),
	  IN(P) },
	{ MODE_COMMUNITY, NVSWITCH_VLAN_PRIVATE, COMMUNITY, P, OF_P(COMMUNITY),
	  OF_P(COMMUNITY) },
	{ MODE_UPLINK, NVSWITCH_VLAN_TRUNK, 0, 0, IN(0), IN(0) },
	{ MODE_HOST, NVSWITCH_VLAN_TRUNK, 0, 0, IN(0), IN(0) },
};

static bool is_resolved(unsigned int i)
{
	const struct mode *m = &modes[resolved[i].mode];
	struct nvs_vlans v;

	memset(&v, 0x5a, sizeof(v));
	nvs_vlan_resolve(&v, &m->vlan, mode_private());
	return v.mode == resolved[i].want_mode && v.type == m->vlan.type &&
	       v.pvid == resolved[i].pvid && v.fid == resolved[i].fid &&
	       v.in == resolved[i].in && v.out == resolved[i].out;
}

/* Snapshots are compared whole, so nothing may be left as it was. */
static bool is_written_whole(const struct nvs_private *private)
{
	struct nvs_vlans a, b;
	unsigned int i;

	for (i = 0; i < MODES; i++) {
		memset(&a, 0, sizeof(a));
		memset(&b, 0xff, sizeof(b));
		nvs_vlan_resolve(&a, &modes[i].vlan, private);
		nvs_vlan_resolve(&b, &modes[i].vlan, private);
		if (memcmp(&a, &b, sizeof(a)))
			return false;
	}
	return true;
}

/* Without private VLANs, addresses are kept in the VLAN of their frame. */
static bool is_kept_as_it_is(void)
{
	unsigned int i, vid;

	for (i = 0; i < MODES; i++) {
		struct nvs_vlans v;

		if (modes[i].vlan.mode == NVSWITCH_VLAN_PRIVATE)
			continue;
		nvs_vlan_resolve(&v, &modes[i].vlan, NULL);
		if (v.fid != (v.pvid == NVS_VID_ANY ? NVS_VID_NONE : v.pvid) ||
		    memcmp(v.vids, v.fids, sizeof(v.vids)))
			return false;
	}
	for (vid = 0; vid < NVS_VIDS; vid++)
		if (nvs_vlan_fid(NULL, vid) != vid ||
		    nvs_vlan_fid(mode_private(), vid) != mode_primary(vid))
			return false;
	return true;
}

/* All VLANs of all modes, one by one. */

/* What the text says: a private VLAN has all its members. */
static bool model_carries(const struct mode *m, u16 vid)
{
	if (mode_is_trunk(m))
		return mode_lists(m, vid);
	if (m->vlan.mode == NVSWITCH_VLAN_PRIVATE)
		return mode_primary(vid) == P;
	return vid == m->vlan.vid;
}

/* The VLANs in which addresses are kept: none is kept under a secondary one. */
static void model_keeps(const struct mode *m, bool kept[NVS_VIDS])
{
	unsigned int vid;

	memset(kept, 0, NVS_VIDS * sizeof(*kept));
	for (vid = 0; vid < NVS_VIDS; vid++)
		if (model_carries(m, vid))
			kept[mode_primary(vid)] = true;
}

static bool is_carried_as_said(unsigned int mode)
{
	unsigned int vid;

	for (vid = 0; vid < NVS_VIDS; vid++) {
		const struct nvs_frame f = {
			.vid = vid, .fid = mode_primary(vid),
		};

		if (nvs_vlan_carries(mode_port(mode), &f) !=
		    model_carries(&modes[mode], vid))
			return false;
	}
	return true;
}

static bool is_kept_as_said(unsigned int mode, const bool kept[NVS_VIDS])
{
	const struct nvs_snapshot *port = mode_port(mode);
	unsigned int vid;

	for (vid = 0; vid < NVS_VIDS; vid++) {
		if (mode_primary(vid) == vid &&
		    nvs_vlan_keeps(port, vid) != kept[vid])
			return false;
		if (vid < NVS_VID_ANY &&
		    nvs_vlans_keep(&port->vlans, vid) != kept[vid])
			return false;
	}
	return true;
}

static bool is_walked(unsigned int mode, const bool kept[NVS_VIDS])
{
	const struct nvs_vlans *vlans = &mode_port(mode)->vlans;
	u16 next = NVS_VID_ANY;
	unsigned int vid;

	for (vid = NVS_VIDS; vid--;) {
		if (kept[vid])
			next = vid;
		if (nvs_vlans_next(vlans, vid) != next)
			return false;
	}
	return true;
}

static void test_each(unsigned int mode)
{
	const char *name = modes[mode].name;
	bool kept[NVS_VIDS];

	model_keeps(&modes[mode], kept);
	tap_ok(is_carried_as_said(mode), "vlan: carries: %s", name);
	tap_ok(is_kept_as_said(mode, kept), "vlan: keeps addresses: %s", name);
	tap_ok(is_walked(mode, kept), "vlan: walk: %s", name);
}

/* Two ports meet if there is a VLAN in which both can have addresses. */

#define PAIRS	2000

static void test_meet(void)
{
	static bool kept[MODES][NVS_VIDS];
	unsigned int i, j, wrong = 0, met = 0;

	for (i = 0; i < MODES; i++)
		model_keeps(&modes[i], kept[i]);
	for (i = 0; i < MODES; i++)
		for (j = 0; j < MODES; j++) {
			bool want = false;
			unsigned int vid;

			for (vid = 0; vid < NVS_VIDS; vid++)
				want |= kept[i][vid] && kept[j][vid];
			wrong += nvs_vlans_meet(&mode_port(i)->vlans,
						&mode_port(j)->vlans) != want;
			met += want;
		}
	tap_ok(met && !wrong, "vlan: meet: any two modes as in the model");
}

/* Trunks of a few VLANs, which often have one in common and often none. */
static void random_trunk(struct random *r, struct nvs_vlan *v)
{
	static const u16 ends[] = { 0, 63, 64, 127, 4031, 4032, 4094 };
	unsigned int n = 1 + random_below(r, 3);

	*v = (struct nvs_vlan)TRUNK();
	while (n--)
		nvs_vids_add(v->trunk, chance(r, 50) ? random_of(r, ends) :
						       random_below(r, 4095));
	if (chance(r, 20))
		v->native = 1 + random_below(r, 4094);
}

static void test_random_trunks(void)
{
	unsigned int i, vid, wrong = 0, met = 0, lists = 0;
	struct random r = { RANDOM_SEED };

	for (i = 0; i < PAIRS; i++) {
		struct mode a = { .role = NVS_GUEST }, b = a;
		struct nvs_vlans x, y;
		bool want = false;

		random_trunk(&r, &a.vlan);
		random_trunk(&r, &b.vlan);
		nvs_vlan_resolve(&x, &a.vlan, NULL);
		nvs_vlan_resolve(&y, &b.vlan, NULL);
		for (vid = 0; vid < NVS_VIDS; vid++) {
			want |= mode_lists(&a, vid) && mode_lists(&b, vid);
			lists += nvs_vids_have(x.vids, vid) !=
				 mode_lists(&a, vid);
		}
		wrong += nvs_vlans_meet(&x, &y) != want;
		met += want;
	}
	tap_ok(met && met < PAIRS && !wrong,
	       "vlan: meet: random trunks as in the model");
	tap_ok(!lists, "vlan: resolve: a trunk's list and native VLAN");
}

/*
 * The role comes first: until they are resolved, an uplink and the host have
 * another mode, and are trunks. So does the mode before what others have.
 */
static bool is_trunk_as(u8 role, unsigned int mode)
{
	const struct nvs_frame f = { TAG(ISOLATED), .fid = P, STACKED };
	struct nvs_snapshot port = *mode_port(mode);

	port.role = role;
	port.vlans.out = NVS_VLAN_NEVER;
	return nvs_is_trunk(&port) && nvs_vlan_carries(&port, &f) &&
	       nvs_vlan_keeps(&port, RED) && nvs_vlan_keeps(&port, BLUE) &&
	       !nvs_vlan_keeps(&port, NVS_VID_ANY) &&
	       !nvs_vlan_keeps(&port, NVS_VID_NONE) &&
	       nvs_vlan_admits(&port, &f) && !nvs_vlan_refusal(&port, &f);
}

static bool role_decides(u8 role)
{
	return is_trunk_as(role, MODE_NONE) && is_trunk_as(role, MODE_ISOLATED);
}

static bool lists_are_a_trunk(void)
{
	struct nvs_snapshot port = *mode_port(MODE_ACCESS);
	const struct nvs_frame red = { .vid = RED, .fid = RED };
	const struct nvs_frame blue = { .vid = BLUE, .fid = BLUE };

	memset(port.vlans.vids, 0xff, sizeof(port.vlans.vids));
	memset(port.vlans.fids, 0xff, sizeof(port.vlans.fids));
	return nvs_vlan_carries(&port, &red) && nvs_vlan_keeps(&port, RED) &&
	       !nvs_vlan_carries(&port, &blue) && !nvs_vlan_keeps(&port, BLUE);
}

static void test_precedence(void)
{
	struct nvs_snapshot trunk = *mode_port(MODE_TRUNK_I);
	const struct nvs_frame isolated = { .vid = ISOLATED, .fid = P };

	tap_ok(role_decides(NVS_UPLINK),
	       "vlan: precedence: an uplink is a trunk, whatever its mode");
	tap_ok(role_decides(NVS_HOST), "vlan: precedence: so is the host");
	tap_ok(lists_are_a_trunk(), "vlan: precedence: only a trunk has lists");
	trunk.vlans.type = NVSWITCH_PRIVATE_ISOLATED;
	tap_ok(!nvs_vlan_refusal(&trunk, &isolated),
	       "vlan: precedence: only a private mode has types");
}

static bool is_mode(const struct nvs_vlan *vlan, unsigned int mode)
{
	struct nvs_vlans v;

	nvs_vlan_resolve(&v, vlan, mode_private());
	return vlan->mode == modes[mode].vlan.mode &&
	       !memcmp(&v, &mode_port(mode)->vlans, sizeof(v));
}

/* Which VLAN a frame is in, and whether it may be. */

static const struct {
	const char *name;
	unsigned int mode;
	struct nvs_frame frame;
	u16 vid;
	u16 fid;
	bool admits;
} rows[] = {
	{ "none: untagged", MODE_NONE, { .vid = 0 }, 0, 0, true },
	{ "none: priority tag", MODE_NONE, { PRIORITY }, 0, 0, true },
	{ "none: VLAN 5", MODE_NONE, { TAG(RED) }, RED, RED, false },
	{ "none: a second tag", MODE_NONE, { PRIORITY, STACKED }, 0, 0, false },
	{ "none: a lone 802.1ad tag", MODE_NONE, { .service = 1 }, 0, 0,
	  false },
	{ "access: untagged", MODE_ACCESS, { .vid = 0 }, RED, RED, true },
	{ "access: priority tag", MODE_ACCESS, { PRIORITY }, RED, RED, true },
	/* Who is in one VLAN has no tags of its own. */
	{ "access: its own VLAN's tag", MODE_ACCESS, { TAG(RED) }, RED, RED,
	  false },
	{ "access: another VLAN's tag", MODE_ACCESS, { TAG(BLUE) }, BLUE, BLUE,
	  false },
	{ "access: a second tag", MODE_ACCESS, { PRIORITY, STACKED }, RED, RED,
	  false },
	{ "access: a lone 802.1ad tag", MODE_ACCESS, { .service = 1 }, RED,
	  RED, false },
	{ "trunk: untagged, VLAN 0 not listed", MODE_TRUNK_RED, { .vid = 0 },
	  NVS_VID_ANY, NVS_VID_ANY, false },
	{ "trunk: a lone 802.1ad tag, VLAN 0 not listed", MODE_TRUNK_RED,
	  { .service = 1 }, NVS_VID_ANY, NVS_VID_ANY, false },
	{ "trunk: untagged, VLAN 0 listed", MODE_TRUNK_0, { .vid = 0 }, 0, 0,
	  true },
	{ "trunk: priority tag, VLAN 0 listed", MODE_TRUNK_0, { PRIORITY }, 0,
	  0, true },
	{ "trunk: a tag behind a priority tag", MODE_TRUNK_0,
	  { PRIORITY, STACKED }, 0, 0, false },
	{ "trunk: 802.1ad passes as payload", MODE_TRUNK_0, { .service = 1 },
	  0, 0, true },
	{ "trunk: a VLAN it lists", MODE_TRUNK_RED, { TAG(RED) }, RED, RED,
	  true },
	{ "trunk: a VLAN it lists over another tag", MODE_TRUNK_RED,
	  { TAG(RED), STACKED }, RED, RED, true },
	{ "trunk: a VLAN it does not list", MODE_TRUNK_RED, { TAG(BLUE) },
	  BLUE, BLUE, false },
	{ "trunk: VLAN 4095 of all", MODE_TRUNK_ALL, { TAG(4095) }, 4095, 4095,
	  false },
	{ "trunk: VLAN 4094 of all", MODE_TRUNK_ALL, { TAG(LAST) }, LAST, LAST,
	  true },
	{ "native: untagged", MODE_NATIVE_ALL, { .vid = 0 }, RED, RED, true },
	{ "native: priority tag", MODE_NATIVE_ALL, { PRIORITY }, RED, RED,
	  true },
	{ "native: its tag", MODE_NATIVE_ALL, { TAG(RED) }, RED, RED, true },
	{ "native: its tag over another", MODE_NATIVE_ALL,
	  { TAG(RED), STACKED }, RED, RED, false },
	{ "native: a priority tag over another", MODE_NATIVE_ALL,
	  { PRIORITY, STACKED }, RED, RED, false },
	{ "native: another VLAN's tag over another", MODE_NATIVE_ALL,
	  { TAG(BLUE), STACKED }, BLUE, BLUE, true },
	{ "native: a lone 802.1ad tag", MODE_NATIVE_ALL, { .service = 1 }, RED,
	  RED, false },
	{ "private: untagged", MODE_ISOLATED, { .vid = 0 }, ISOLATED, P, true },
	{ "private: priority tag", MODE_COMMUNITY, { PRIORITY }, COMMUNITY, P,
	  true },
	{ "private: promiscuous, untagged", MODE_PROMISCUOUS, { .vid = 0 }, P,
	  P, true },
	{ "private: the primary VLAN's tag", MODE_ISOLATED, { TAG(P) }, P, P,
	  false },
	{ "private: its secondary VLAN's tag", MODE_ISOLATED,
	  { TAG(ISOLATED) }, ISOLATED, P, false },
	{ "private: a second tag", MODE_PROMISCUOUS, { PRIORITY, STACKED }, P,
	  P, false },
	{ "private: a lone 802.1ad tag", MODE_PROMISCUOUS, { .service = 1 }, P,
	  P, false },
	{ "trunk of a secondary VLAN: its tag", MODE_TRUNK_I,
	  { TAG(ISOLATED) }, ISOLATED, P, true },
	{ "trunk of a secondary VLAN: not the primary's", MODE_TRUNK_I,
	  { TAG(P) }, P, P, false },
	{ "uplink: untagged", MODE_UPLINK, { .vid = 0 }, 0, 0, true },
	{ "uplink: VLAN 5", MODE_UPLINK, { TAG(RED) }, RED, RED, true },
	{ "uplink: VLAN 4095", MODE_UPLINK, { TAG(4095) }, 4095, 4095, false },
	{ "uplink: a secondary VLAN", MODE_UPLINK, { TAG(COMMUNITY) },
	  COMMUNITY, P, true },
	{ "uplink: VLAN 5 over another tag", MODE_UPLINK,
	  { TAG(RED), STACKED }, RED, RED, true },
	{ "uplink: a tag behind a priority tag", MODE_UPLINK,
	  { PRIORITY, STACKED }, 0, 0, false },
	{ "uplink: 802.1ad passes as payload", MODE_UPLINK, { .service = 1 },
	  0, 0, true },
	{ "host: VLAN 5", MODE_HOST, { TAG(RED) }, RED, RED, true },
	{ "host: a secondary VLAN", MODE_HOST, { TAG(ISOLATED) }, P, P, true },
	{ "host: VLAN 4095", MODE_HOST, { TAG(4095) }, 4095, 4095, false },
	{ "host: VLAN 5 over another tag", MODE_HOST, { TAG(RED), STACKED },
	  RED, RED, true },
	{ "host: 802.1ad passes as payload", MODE_HOST, { .service = 1 }, 0, 0,
	  true },
};

static void test_rows(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct nvs_snapshot *port = mode_port(rows[i].mode);
		struct nvs_frame f = rows[i].frame;

		nvs_vlan_classify(port, mode_private(), &f);
		tap_ok(f.vid == rows[i].vid && f.fid == rows[i].fid,
		       "vlan: classify: %s", rows[i].name);
		tap_ok(nvs_vlan_admits(port, &f) == rows[i].admits,
		       "vlan: admits: %s", rows[i].name);
	}
}

/* Why a copy is refused, and the tag it has if it is not. */
static const struct {
	const char *name;
	unsigned int to;
	struct nvs_frame frame;
	enum nvswitch_drop_reason want;
	u16 tag;
} copies[] = {
	{ "VLAN 0 untagged", MODE_NONE, { .vid = 0 }, NVSWITCH_DROP_UNSPEC,
	  0 },
	{ "access: untagged", MODE_ACCESS, { TAG(RED), .fid = RED },
	  NVSWITCH_DROP_UNSPEC, 0 },
	{ "access: what is behind the tag", MODE_ACCESS,
	  { TAG(RED), .fid = RED, STACKED }, NVSWITCH_DROP_VLAN_FILTER, 0 },
	{ "none: 802.1ad", MODE_NONE, { .service = 1 },
	  NVSWITCH_DROP_VLAN_FILTER, 0 },
	{ "trunk: tagged", MODE_TRUNK_RED, { .vid = RED, .fid = RED },
	  NVSWITCH_DROP_UNSPEC, RED },
	{ "trunk: tagged over another tag", MODE_TRUNK_RED,
	  { TAG(RED), .fid = RED, STACKED }, NVSWITCH_DROP_UNSPEC, RED },
	{ "trunk: VLAN 0 untagged", MODE_TRUNK_ALL, { .vid = 0 },
	  NVSWITCH_DROP_UNSPEC, 0 },
	{ "trunk: not VLAN 0 if another is native", MODE_NATIVE_0,
	  { .vid = 0 }, NVSWITCH_DROP_PRIVATE_VLAN, 0 },
	{ "trunk: 802.1ad as it is", MODE_TRUNK_ALL, { .service = 1 },
	  NVSWITCH_DROP_UNSPEC, 0 },
	{ "native: untagged", MODE_NATIVE_ALL, { TAG(RED), .fid = RED },
	  NVSWITCH_DROP_UNSPEC, 0 },
	{ "native: what is behind the tag", MODE_NATIVE_ALL,
	  { TAG(RED), .fid = RED, STACKED }, NVSWITCH_DROP_VLAN_FILTER, 0 },
	{ "native: another VLAN tagged", MODE_NATIVE_ALL,
	  { TAG(BLUE), .fid = BLUE }, NVSWITCH_DROP_UNSPEC, BLUE },
	{ "private: untagged", MODE_ISOLATED, { TAG(P), .fid = P },
	  NVSWITCH_DROP_UNSPEC, 0 },
	{ "private: what is behind the tag", MODE_ISOLATED,
	  { TAG(P), .fid = P, STACKED }, NVSWITCH_DROP_VLAN_FILTER, 0 },
	{ "private: its own secondary VLAN", MODE_ISOLATED,
	  { .vid = ISOLATED, .fid = P }, NVSWITCH_DROP_PRIVATE_VLAN, 0 },
	{ "private: addressed outside its VLAN", MODE_TRUNK_P,
	  { .vid = ISOLATED, .fid = P }, NVSWITCH_DROP_PRIVATE_VLAN, 0 },
	{ "uplink: tagged", MODE_UPLINK, { .vid = RED, .fid = RED },
	  NVSWITCH_DROP_UNSPEC, RED },
	{ "uplink: a secondary VLAN as it is", MODE_UPLINK,
	  { .vid = ISOLATED, .fid = P }, NVSWITCH_DROP_UNSPEC, ISOLATED },
	{ "host: tagged", MODE_HOST, { .vid = RED, .fid = RED },
	  NVSWITCH_DROP_UNSPEC, RED },
	{ "host: a secondary VLAN as the primary one", MODE_HOST,
	  { .vid = ISOLATED, .fid = P }, NVSWITCH_DROP_UNSPEC, P },
};

static void test_copies(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(copies); i++) {
		const struct nvs_snapshot *to = mode_port(copies[i].to);
		const struct nvs_frame *f = &copies[i].frame;
		enum nvswitch_drop_reason got = nvs_vlan_refusal(to, f);
		u16 tag = got ? copies[i].tag : nvs_vlan_tag(to, f);

		tap_ok(got == copies[i].want && tag == copies[i].tag,
		       "vlan: copy: %s", copies[i].name);
	}
}

/* What leaves untagged without a further look leaves untagged with one. */
static bool short_way_out(void)
{
	unsigned int i, vid;

	for (i = 0; i < MODES; i++)
		for (vid = 0; vid < NVS_VIDS; vid++) {
			const struct nvs_snapshot *to = mode_port(i);
			const struct nvs_frame f = {
				.vid = vid, .fid = mode_primary(vid),
			};

			if (to->vlans.out != nvs_vlan_pair(f.vid, f.fid))
				continue;
			if (!nvs_vlan_carries(to, &f) ||
			    nvs_vlan_forbids(to, &f) || nvs_vlan_tag(to, &f))
				return false;
		}
	return true;
}

/* So does what enters untagged. */
static bool short_way_in(void)
{
	unsigned int i;

	for (i = 0; i < MODES; i++) {
		const struct nvs_snapshot *from = mode_port(i);
		struct nvs_frame f = {};
		u32 pair;

		nvs_vlan_classify(from, mode_private(), &f);
		pair = nvs_vlan_pair(f.vid, f.fid);
		if (from->vlans.in != (nvs_vlan_admits(from, &f) ?
				       pair : NVS_VLAN_NEVER))
			return false;
	}
	return true;
}

void test_vlan(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(resolved); i++)
		tap_ok(is_resolved(i), "vlan: resolve: %s",
		       modes[resolved[i].mode].name);
	tap_ok(is_written_whole(NULL) && is_written_whole(mode_private()),
	       "vlan: resolve: nothing is left as it was");
	tap_ok(is_kept_as_it_is(),
	       "vlan: resolve: kept in its VLAN or the primary one");
	for (i = 0; i < MODES; i++)
		test_each(i);
	tap_ok(is_mode(&nvs_vlan_none, MODE_NONE), "vlan: none is mode none");
	tap_ok(is_mode(&nvs_vlan_all, MODE_UPLINK),
	       "vlan: all is a trunk of all");
	test_precedence();
	test_meet();
	test_random_trunks();
	test_rows();
	test_copies();
	tap_ok(short_way_in(), "vlan: admits: the short way is the long one");
	tap_ok(short_way_out(), "vlan: copy: the short way is the long one");
}
