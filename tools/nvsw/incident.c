// SPDX-License-Identifier: GPL-2.0-only
/* What kind of incident it is that a frame meets. */
#include <string.h>

#include "incident.h"

static const struct nvsw_vlan *vlan_of(const struct incident *i)
{
	return &i->at->port.vlan_resolved;
}

static bool has_mode(const struct incident *i, unsigned int mode)
{
	return is_guest(i->at) && vlan_of(i)->mode == mode;
}

static bool is_trunk(const struct incident *i)
{
	return has_mode(i, NVSWITCH_VLAN_TRUNK);
}

bool is_named(const struct incident *i)
{
	return i->frame->vid > 0;
}

bool is_service(const struct incident *i)
{
	return i->frame->vid < 0 && i->frame->tag2;
}

static bool is_stacked(const struct incident *i)
{
	return i->frame->vid >= 0 && i->frame->tag2;
}

/* No guest of one VLAN, nor a VLAN that any port could be given. */
bool is_vlan_hopeless(const struct incident *i)
{
	return !is_guest(i->at) || (is_stacked(i) && !is_named(i));
}

bool is_stacked_access(const struct incident *i)
{
	return is_stacked(i) && !is_trunk(i);
}

bool is_service_access(const struct incident *i)
{
	return is_service(i) && !is_trunk(i);
}

bool is_service_native(const struct incident *i)
{
	return is_service(i) && vlan_of(i)->native;
}

bool is_stacked_native(const struct incident *i)
{
	return is_stacked(i) && i->frame->vid == vlan_of(i)->native;
}

bool is_untagged_only(const struct incident *i)
{
	return has_mode(i, NVSWITCH_VLAN_NONE) ||
	       has_mode(i, NVSWITCH_VLAN_INHERIT);
}

bool is_own_access(const struct incident *i)
{
	return has_mode(i, NVSWITCH_VLAN_ACCESS) &&
	       i->frame->vid == vlan_of(i)->vid;
}

bool is_access(const struct incident *i)
{
	return has_mode(i, NVSWITCH_VLAN_ACCESS);
}

bool is_private(const struct incident *i)
{
	return has_mode(i, NVSWITCH_VLAN_PRIVATE);
}

bool is_from_host(const struct incident *i)
{
	return i->in == i->sw;
}

bool is_switch_own(const struct incident *i)
{
	return is_from_host(i) && i->sw->has_mac &&
	       !memcmp(i->sw->mac, i->frame->src, ETH_ALEN);
}

static bool has_source(const struct incident *i, __u32 kind)
{
	return i->x->source.present && i->x->source.kind == kind;
}

bool is_source_static(const struct incident *i)
{
	return has_source(i, NVSWITCH_FDB_STATIC);
}

bool is_source_local(const struct incident *i)
{
	return has_source(i, NVSWITCH_FDB_LOCAL);
}

bool knows_other(const struct incident *i)
{
	return i->other;
}

bool knows_no_other(const struct incident *i)
{
	return !i->other;
}

bool is_mac_change(const struct incident *i)
{
	const struct nvsw_port *port = &i->at->port;

	return has_attr(port->present, IFLA_NVSWITCH_PORT_REQUESTED_MAC) &&
	       port->mac_state == NVSWITCH_MAC_CHANGE &&
	       !memcmp(port->requested_mac, i->frame->src, ETH_ALEN);
}

bool is_otherwise_adopted(const struct incident *i)
{
	return has_attr(i->at->port.present, IFLA_NVSWITCH_PORT_ADOPTED_MAC);
}

bool has_no_mac(const struct incident *i)
{
	return !i->x->has_effective;
}

bool is_asleep(const struct incident *i)
{
	return !(i->at->flags & IFF_LOWER_UP) || !(i->at->flags & IFF_UP);
}

bool is_move_denied(const struct incident *i)
{
	return i->x->field == NVSWITCH_POLICY_LEARN_MOVE;
}

bool is_barred(const struct incident *i)
{
	return i->x->source.age >= i->sw->sw.move_hold;
}

bool is_table_full(const struct incident *i)
{
	return !i->x->value || i->at->port.learned < i->x->value;
}

bool is_no_move(const struct incident *i)
{
	return i->x->rule != NVSWITCH_RULE_MOVE;
}

bool is_standby(const struct incident *i)
{
	return i->x->rule == NVSWITCH_RULE_STANDBY;
}

bool is_reflected_static(const struct incident *i)
{
	return i->x->rule == NVSWITCH_RULE_REFLECTED && is_source_static(i);
}

bool is_reflected_local(const struct incident *i)
{
	return i->x->rule == NVSWITCH_RULE_REFLECTED && is_source_local(i);
}

bool is_reflected(const struct incident *i)
{
	return i->x->rule == NVSWITCH_RULE_REFLECTED;
}

bool is_from_uplink(const struct incident *i)
{
	return i->in->kind == LINK_PORT && !is_guest(i->in);
}

bool is_bpdu(const struct incident *i)
{
	return i->x->cast == NVSWITCH_CAST_BPDU;
}

bool is_to_all(const struct incident *i)
{
	return i->x->cast == NVSWITCH_CAST_BROAD ||
	       i->x->cast == NVSWITCH_CAST_MULTI;
}

/* What the administrator or traffic has entered may be removed. */
bool is_to_table_entry(const struct incident *i)
{
	return i->x->destination.present &&
	       i->x->destination.kind >= NVSWITCH_FDB_STATIC;
}

bool is_to_dormant(const struct incident *i)
{
	return i->x->destination.present && i->other && is_guest(i->other);
}

bool is_other_inactive(const struct incident *i)
{
	return i->other->port.activated == NVSWITCH_OFF;
}

bool is_other_down(const struct incident *i)
{
	return !(i->other->flags & IFF_UP);
}

bool is_down(const struct incident *i)
{
	return !(i->at->flags & IFF_UP);
}

bool is_up(const struct incident *i)
{
	return i->at->flags & IFF_UP;
}

bool is_request_netlink(const struct incident *i)
{
	return strcmp(i->at->device_kind, "veth");
}

bool is_in_community(const struct incident *i)
{
	return is_guest(i->in) && i->x->travels != i->x->table_vid &&
	       i->in->port.vlan_resolved.mode == NVSWITCH_VLAN_PRIVATE &&
	       i->in->port.vlan_resolved.type == NVSWITCH_PRIVATE_COMMUNITY;
}

bool is_from_guest(const struct incident *i)
{
	return is_guest(i->in);
}
