// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shortcuts of nvs_shortcut() in rx.c: what they admit, the longer way
 * admits, and has nothing to change in the table.
 */

#include "world.h"

static bool is_let_be(const struct world *w)
{
	return is_admitted(w) && w->got.learn == NVS_LEARN_NOTHING;
}

/* nvs_shortcut() takes the VLAN of an untagged frame from the snapshot. */
static void claim_vlan(const struct world *w)
{
	const struct nvs_frame *f = &w->frame;

	claim(f->named ||
	      w->port.vlans.in == NVS_VLAN_NEVER ||
	      w->port.vlans.in == nvs_vlan_pair(f->vid, f->fid),
	      "the shortcut puts an untagged frame into the VLAN that it is in");
}

/*
 * Only stations are learned, and only where they could be entered now:
 * nvs_fdb_purge() sees to it. Beside a learned entry nothing is fixed, but the
 * reserved initial MAC of the very port: see struct nvs_fdb_entry;
 * nvs_fdb_displace() and nvs_fdb_tolerates() see to it.
 */
static bool is_learned_here(const struct world *w)
{
	return is_here(w) && w->known.dynamic == NVSWITCH_FDB_LEARNED &&
	       nvs_mac_is_station(w->frame.src) &&
	       (nvs_may_learn(&w->port) ||
		w->match != NVS_ALLOW_NONE) &&
	       (!w->known.fixed ||
		(w->known.fixed == NVSWITCH_FDB_RESERVED &&
		 w->known.fixed_place == w->port.place));
}

static void claim_learned(const struct world *w)
{
	bool short_way = is_learned_here(w) &&
			 nvs_admits_learned(&w->port, &w->frame,
					    w->known.seen, w->in.now);

	claim(!short_way || is_admitted(w),
	      "what is admitted as learned is admitted");
	claim(!short_way || is_let_be(w),
	      "what is admitted as learned changes nothing in the table");
}

static void shortcut_of_port(enum nvs_role role)
{
	struct world w;

	any_world(&w, role);
	world_admit(&w);
	claim(!nvs_admits_plainly(&w.port, &w.frame) || is_admitted(&w),
	      "what is admitted plainly is admitted");
	claim(!nvs_admits_plainly(&w.port, &w.frame) || is_let_be(&w),
	      "what is admitted plainly changes nothing in the table");
	claim(!nvs_admits_plainly(&w.port, &w.frame) || role != NVS_UPLINK,
	      "no frame of an uplink is admitted plainly");
	claim(!w.port.learns || role == NVS_GUEST,
	      "no frame of an uplink is admitted as learned");
	if (role == NVS_GUEST) {
		claim_vlan(&w);
		claim_learned(&w);
	}
}

void shortcuts(void)
{
	shortcut_of_port(any_below(NVS_HOST + 1));
}
