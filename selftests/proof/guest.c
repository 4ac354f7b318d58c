// SPDX-License-Identifier: GPL-2.0-only
/* What holds of every frame from a guest port. */

#include "world.h"

/* Rules 1 to 5. */
static void claim_doors(const struct world *w)
{
	const struct nvs_snapshot *port = &w->port;
	const struct nvs_frame *f = &w->frame;

	claim(!is_admitted(w) || !port->blocked,
	      "a blocked port sends nothing");
	claim(!is_admitted(w) || !port->waiting || w->in.announces,
	      "a port that is not activated sends nothing but its announcement");
	claim(!is_admitted(w) || nvs_mac_is_station(f->src),
	      "no source is a group's or zero");
	claim(!is_admitted(w) || f->class != NVS_LINK_LOCAL,
	      "no guest sends to a link-local address");
	claim(!is_admitted(w) || f->class != NVS_BPDU || port->bpdu_pass,
	      "no guest sends a BPDU without bpdu pass");
	claim(!is_admitted(w) || nvs_vlan_carries(port, f),
	      "nothing enters in a VLAN that its port does not carry");
	claim(w->got.verdict == NVS_ADMIT ||
	      (w->got.verdict == NVS_DROP && w->got.reason &&
	       w->got.reason <= NVSWITCH_DROP_MAX),
	      "every frame of a guest is admitted, or dropped for a reason");
}

/* Rules 6 to 10: whose address it is. */
static void claim_sources(const struct world *w)
{
	bool forger = w->port.policy.forged_transmits == NVSWITCH_ACCEPT;
	bool own = is_effective(w) || is_static_here(w) || is_adopted(w);

	claim(!is_admitted(w) || forger || w->port.allow || own,
	      "with forged_transmits reject and an empty allow list no source is admitted but the effective MAC, the one being adopted, and a static one of that port");
	claim(!is_admitted(w) || forger || own || w->match != NVS_ALLOW_NONE,
	      "with forged_transmits reject an allow list lets nothing pass that it does not match");
	claim(!is_admitted(w) || forger || w->port.allow ||
	      is_effective(w) || is_static_here(w) ||
	      (is_entered(w) && w->got.kind == NVSWITCH_FDB_ADOPTED) ||
	      (is_here(w) && w->known.dynamic == NVSWITCH_FDB_ADOPTED),
	      "what is admitted to be adopted is the adopted MAC from then on");
	claim(!is_admitted(w) || !is_fixed_elsewhere(w) || is_effective(w),
	      "no address is admitted that is local, or another port's, or static elsewhere");
	claim(!is_admitted(w) || w->port.initial || !w->port.explicit ||
	      is_effective(w) || is_static_here(w) ||
	      w->match != NVS_ALLOW_NONE,
	      "a port without a MAC sends nothing where mac_binding is explicit");
}

/* Rule 11: what is known elsewhere. */
static void claim_places(const struct world *w)
{
	bool own = is_effective(w) || is_static_here(w);
	bool again = w->got.move == NVS_MOVE_BACK && is_left_here(w);
	bool at_once = w->got.move == NVS_MOVE_AT_ONCE && is_exact(w);

	claim(!is_held(w) || !is_entered(w) || again || at_once,
	      "an address seen within move_hold never changes place, but back or by an exact entry");
	claim(!is_held(w) || !is_admitted(w) || own || again || at_once,
	      "no claim on an address seen within move_hold is admitted");
	claim(!is_moved(w) || again || at_once ||
	      w->port.policy.learn_move == NVSWITCH_ALLOW,
	      "nothing moves to a port with learn_move deny, but back or by an exact entry");
	claim(!is_moved(w) || w->got.move != NVS_MOVE_REFUSED,
	      "no refused claim is admitted as a move");
	claim(!is_moved(w) || is_elsewhere(w),
	      "a guest moves only what the table has elsewhere");
	claim(!is_entered(w) || is_moved(w) || !is_elsewhere(w),
	      "nothing is entered that the table has elsewhere");
	claim(!is_entered(w) || !w->in.asleep,
	      "nothing is entered at a dormant port");
	claim(w->got.learn != NVS_LEARN_REFRESH || is_here(w),
	      "a guest refreshes only what the table has here");
}

/* Rule 12: what is learned. */
static void claim_entries(const struct world *w)
{
	bool fresh = !is_effective(w) && !is_static_here(w) && !is_here(w);
	bool again = is_returned(w) && is_left_here(w);
	bool learns = w->port.policy.learning == NVSWITCH_ON ||
		      w->match != NVS_ALLOW_NONE;

	claim(!is_entered(w) || !w->known.fixed ||
	      (!is_fixed_elsewhere(w) && !is_static_here(w)),
	      "a learned entry never displaces local, owned or static");
	claim(!is_admitted(w) || w->known.room || !fresh || !learns ||
	      w->port.policy.limit_policy == NVSWITCH_ALLOW ||
	      is_exact(w) || is_adopted(w) || again,
	      "at the limit with policy drop no source without an entry on that port is admitted, exact matches excepted");
	claim(!is_entered(w) || w->known.room || is_exact(w) || again ||
	      w->got.kind == NVSWITCH_FDB_ADOPTED,
	      "at the limit nothing is entered or moves, exact matches excepted");
	claim(!is_entered(w) || w->got.exempt == is_exact(w),
	      "an entry stands against the limits unless it is exactly matched");
	claim(!is_entered(w) || w->got.kind == NVSWITCH_FDB_ADOPTED ||
	      w->match != NVS_ALLOW_NONE || is_nested(w),
	      "nothing is learned without learning and forged_transmits, or the allow list");
	claim(!is_entered(w) || w->got.kind == NVSWITCH_FDB_ADOPTED ||
	      w->got.kind == NVSWITCH_FDB_LEARNED,
	      "a guest's address is entered as adopted or learned");
}

void guest_frame(void)
{
	struct world w;

	any_world(&w, NVS_GUEST);
	world_admit(&w);
	claim_doors(&w);
	claim_sources(&w);
	claim_places(&w);
	claim_entries(&w);
}

/* Apart, for it takes hours with VLANs of 12 bits. */
void guest_entry(void)
{
	struct world w;

	any_world(&w, NVS_GUEST);
	world_admit(&w);
	claim(!is_entered(&w) || nvs_vlan_keeps(&w.port, w.frame.fid),
	      "nothing is entered in a VLAN in which its port has no addresses");
}
