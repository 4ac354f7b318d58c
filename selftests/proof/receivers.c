// SPDX-License-Identifier: GPL-2.0-only
/* What holds of every copy that a port is offered. */

#include "core/deliver.h"
#include "world.h"

/* Any frame, in any VLAN. */
static void any_travelling(struct nvs_frame *f)
{
	any_frame(f);
	f->vid = any_u16() & NVS_VID_MASK;
	f->fid = any_u16() & NVS_VID_MASK;
}

void closed(void)
{
	enum nvswitch_drop_reason refusal;
	struct nvs_snapshot to;
	struct nvs_frame f;
	bool up = any_bool();
	u32 mtu = any_u32();

	any_port(&to, NVS_GUEST, any_private());
	any_travelling(&f);
	refusal = nvs_refusal(&to, &f, up, mtu);
	claim(!to.blocked || (refusal && to.takes == NVS_VLAN_NEVER),
	      "a blocked port is never a receiver");
	claim(to.mac_state != NVSWITCH_MAC_CHANGE ||
	      (refusal && to.takes == NVS_VLAN_NEVER),
	      "a mac_change port is never a receiver");
	claim(to.mac_state != NVSWITCH_MAC_CONFLICT ||
	      (refusal && to.takes == NVS_VLAN_NEVER),
	      "a mac_conflict port is never a receiver");
	claim(!to.waiting || (refusal && to.takes == NVS_VLAN_NEVER),
	      "a port that is not activated is never a receiver");
	claim(refusal || (up && f.payload <= mtu),
	      "a device that is down gets nothing, nor what exceeds its MTU");
}

/* nvs_sole_receiver() asks nothing but this of the port. */
void sole(void)
{
	enum nvs_role role = any_bool() ? NVS_GUEST : NVS_UPLINK;
	bool up = any_bool();
	u32 mtu = any_u32();
	struct nvs_snapshot to;
	struct nvs_frame f;
	u32 takes;

	any_port(&to, role, any_private());
	any_frame(&f);
	f.tagged = 0;
	f.named = 0;
	f.stacked = 0;
	f.service = 0;
	f.vid = any_u16() & NVS_VID_MASK;
	f.fid = any_u16() & NVS_VID_MASK;
	takes = role == NVS_GUEST ? to.takes : to.vlans.out;
	assume(takes == nvs_vlan_pair(f.vid, f.fid));
	claim(nvs_refusal(&to, &f, up, mtu) ==
	      nvs_refusal_of_device(&f, up, mtu),
	      "what a port takes without a further look it does not refuse");
	claim(!nvs_vlan_tag(&to, &f),
	      "what a port takes without a further look leaves untagged");
}

void wanted(void)
{
	enum nvs_cast cast = any_below(NVS_CAST_BPDU + 1);
	bool promiscuous, learning;
	struct nvs_snapshot to;
	struct nvs_frame f;
	bool wants;

	any_port(&to, NVS_GUEST, NULL);
	any_travelling(&f);
	wants = nvs_wants(&to, &f, cast);
	promiscuous = to.policy.promiscuous == NVSWITCH_ACCEPT;
	learning = to.policy.learning == NVSWITCH_ON;
	claim(!wants || cast != NVS_CAST_KNOWN || promiscuous,
	      "nobody gets the known unicast of others without promiscuous accept");
	claim(!wants || cast != NVS_CAST_UNKNOWN || promiscuous ||
	      (learning && to.policy.unicast_flood == NVSWITCH_ON),
	      "nobody gets unknown unicast without learning and unicast_flood");
	claim(!wants || cast != NVS_CAST_BPDU || promiscuous || to.bpdu_pass,
	      "nobody gets a BPDU without bpdu pass");
	claim(wants || cast != NVS_CAST_BROAD,
	      "everybody in the VLAN gets broadcast");
}

/* The ways in which nvs_offer_all() in deliver.c offers a port a copy. */
void reach(void)
{
	enum nvs_cast cast = any_below(NVS_CAST_BPDU + 1);
	bool ingress = any_bool(), holds = any_bool(), uplinks = any_bool();
	bool receives, uplink_receives, host_receives, held;
	u8 role = any_below(NVS_HOST + 1);
	struct nvs_snapshot to;
	struct nvs_frame f;

	any_port(&to, any_below(NVS_HOST + 1), any_private());
	any_travelling(&f);
	/* nvs_fdb_dest() names a port for known unicast alone. */
	assume(!holds || cast == NVS_CAST_KNOWN);
	/* One that is behind the uplinks is the active one's. */
	assume(!uplinks || !holds || to.role == NVS_UPLINK);
	held = holds && !nvs_goes_back(role, ingress, uplinks);
	receives = nvs_receives(&to, &f, cast, ingress, holds);
	uplink_receives = nvs_uplink_receives(&to, cast, ingress, role);
	host_receives = to.role == NVS_HOST &&
			nvs_host_receives(cast, ingress, holds, any_bool());
	claim(!ingress || !(held || receives || uplink_receives ||
			    host_receives),
	      "nothing goes back to its ingress port");
	claim(role != NVS_UPLINK || to.role != NVS_UPLINK || !uplinks ||
	      !(held || receives || uplink_receives),
	      "nothing goes from uplink to uplink");
	claim(held + receives + uplink_receives + host_receives <= 1,
	      "no port is offered two copies");
	claim(!receives || nvs_vlan_carries(&to, &f),
	      "no guest outside its VLAN is offered a frame");
}
