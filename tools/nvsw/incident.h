/* SPDX-License-Identifier: GPL-2.0-only */
/* What kind of incident it is that a frame meets: the tests of remedies.c. */
#ifndef _NVSW_INCIDENT_H
#define _NVSW_INCIDENT_H

#include "explain.h"

bool is_named(const struct incident *i);
bool is_service(const struct incident *i);
bool is_vlan_hopeless(const struct incident *i);
bool is_stacked_access(const struct incident *i);
bool is_service_access(const struct incident *i);
bool is_service_native(const struct incident *i);
bool is_stacked_native(const struct incident *i);
bool is_untagged_only(const struct incident *i);
bool is_own_access(const struct incident *i);
bool is_access(const struct incident *i);
bool is_private(const struct incident *i);
bool is_from_host(const struct incident *i);
bool is_switch_own(const struct incident *i);
bool is_source_static(const struct incident *i);
bool is_source_local(const struct incident *i);
bool knows_other(const struct incident *i);
bool knows_no_other(const struct incident *i);
bool is_mac_change(const struct incident *i);
bool is_otherwise_adopted(const struct incident *i);
bool has_no_mac(const struct incident *i);
bool is_asleep(const struct incident *i);
bool is_move_denied(const struct incident *i);
bool is_barred(const struct incident *i);
bool is_table_full(const struct incident *i);
bool is_no_move(const struct incident *i);
bool is_standby(const struct incident *i);
bool is_reflected_static(const struct incident *i);
bool is_reflected_local(const struct incident *i);
bool is_reflected(const struct incident *i);
bool is_from_uplink(const struct incident *i);
bool is_bpdu(const struct incident *i);
bool is_to_all(const struct incident *i);
bool is_to_table_entry(const struct incident *i);
bool is_to_dormant(const struct incident *i);
bool is_other_inactive(const struct incident *i);
bool is_other_down(const struct incident *i);
bool is_down(const struct incident *i);
bool is_up(const struct incident *i);
bool is_request_netlink(const struct incident *i);
bool is_in_community(const struct incident *i);
bool is_from_guest(const struct incident *i);

#endif /* _NVSW_INCIDENT_H */
