// SPDX-License-Identifier: GPL-2.0-only
/* What holds of every frame from an uplink, and from the host. */

#include "core/frame.h"
#include "world.h"

static bool is_static_behind(const struct world *w)
{
	return w->known.fixed && w->known.fixed_place == NVS_PLACE_UPLINKS;
}

/* It is back by an ordinary move, and only now shows that it is. */
static bool is_proof(const struct world *w)
{
	return is_returned(w) && is_here(w);
}

static void claim_uplink_doors(const struct world *w)
{
	const struct nvs_frame *f = &w->frame;

	claim(!is_admitted(w) || nvs_mac_is_station(f->src),
	      "no source from an uplink is a group's or zero");
	claim(!is_admitted(w) || !nvs_is_reserved(f->dst) ||
	      (f->class == NVS_BPDU && w->in.bpdu_wanted),
	      "nothing reserved crosses from an uplink, but BPDUs that are wanted");
	claim(w->got.verdict == NVS_ADMIT ||
	      (w->got.verdict == NVS_PASS && nvs_is_reserved(f->dst)) ||
	      (w->got.verdict == NVS_DROP && w->got.reason &&
	       w->got.reason <= NVSWITCH_DROP_MAX),
	      "every frame from an uplink is admitted, dropped for a reason, or reserved and passed");
	claim(!is_admitted(w) || w->in.active || w->in.dst_held,
	      "a standby uplink brings only unicast to somebody here");
	claim(!is_admitted(w) || nvs_vlan_keeps(&w->port, f->fid),
	      "nothing from an uplink is in no VLAN");
}

static void claim_uplink_sources(const struct world *w)
{
	claim(!is_admitted(w) || !w->known.fixed || w->known.fixed_dormant ||
	      is_static_behind(w),
	      "our own frames do not come back through an uplink");
	claim(!is_entered(w) || w->got.kind == NVSWITCH_FDB_REMOTE,
	      "an address from an uplink is entered as remote");
	claim(!is_entered(w) || !w->known.fixed || w->known.fixed_dormant,
	      "a remote entry never displaces local, owned or static of who is awake");
	claim(!is_held(w) || !is_admitted(w) || is_static_behind(w) ||
	      (is_returned(w) && is_left_here(w)),
	      "an address of a guest seen within move_hold never goes to the uplinks, but back");
	claim(!is_returned(w) || (w->in.dst_held && is_left_here(w)),
	      "only unicast to somebody here shows that an address is back behind the uplinks");
	claim(!is_moved(w) || is_elsewhere(w) || is_proof(w),
	      "an uplink moves only what the table has");
	claim(w->got.learn != NVS_LEARN_REFRESH || is_here(w),
	      "an uplink refreshes only what the table has there");
	claim(!is_entered(w) || w->known.room || is_returned(w),
	      "without room for remote entries none is entered");
}

void uplink_frame(void)
{
	struct world w;

	any_world(&w, NVS_UPLINK);
	world_admit(&w);
	claim_uplink_doors(&w);
	claim_uplink_sources(&w);
}

void host_frame(void)
{
	struct world w;

	any_world(&w, NVS_HOST);
	world_admit(&w);
	claim(!is_admitted(&w) || nvs_mac_is_station(w.frame.src),
	      "no source of the host is a group's or zero");
	claim(!is_admitted(&w) || is_effective(&w) ||
	      (w.known.fixed != NVSWITCH_FDB_OWNED &&
	       w.known.fixed != NVSWITCH_FDB_RESERVED),
	      "the host does not send with a guest's address");
	claim(w.got.verdict == NVS_DROP || w.got.learn == NVS_LEARN_NOTHING,
	      "nothing is learned from the host");
	claim(is_admitted(&w) || (w.got.verdict == NVS_DROP && w.got.reason &&
				  w.got.reason <= NVSWITCH_DROP_MAX),
	      "every frame of the host is admitted, or dropped for a reason");
}
