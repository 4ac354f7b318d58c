# SPDX-License-Identifier: GPL-2.0-only
"""The rule that ensures each property: without it the property fails.

A rule is broken like a mutant of the unit tests: file, function, what to
replace there, by what. NOTHING_UNDEFINED has one for each way of being
undefined, with the group that meets it.
"""

RULES = {
    # guest.c
    "a blocked port sends nothing":
        ("admit.c", "nvs_admit_frame", "port->blocked", "0"),
    "a port that is not activated sends nothing but its announcement":
        ("admit.c", "nvs_admit_frame", "port->waiting && !in->announces",
         "0"),
    "no source is a group's or zero":
        ("admit.c", "nvs_admit_frame", "!nvs_mac_is_station(f->src)", "0"),
    "no guest sends to a link-local address":
        ("admit.c", "nvs_guest_frame", "f->class == NVS_LINK_LOCAL", "0"),
    "no guest sends a BPDU without bpdu pass":
        ("admit.c", "nvs_guest_frame", "f->class == NVS_BPDU", "0"),
    "nothing enters in a VLAN that its port does not carry":
        ("vlan.h", "nvs_vlan_admits", "nvs_vlan_carries(port, f) &&", ""),
    "nothing is entered in a VLAN in which its port has no addresses":
        ("admit.c", "nvs_guest_frame", "!nvs_vlan_admits(port, f)", "0"),
    "every frame of a guest is admitted, or dropped for a reason":
        ("admit.c", "nvs_guest_source", "NVSWITCH_DROP_FORGED_TRANSMIT",
         "NVSWITCH_DROP_UNSPEC"),
    "with forged_transmits reject and an empty allow list no source is"
    " admitted but the effective MAC, the one being adopted, and a static one"
    " of that port":
        ("admit.c", "nvs_guest_source",
         "port->policy.forged_transmits != NVSWITCH_ACCEPT", "0"),
    "with forged_transmits reject an allow list lets nothing pass that it does"
    " not match":
        ("admit.c", "nvs_guest_source",
         "port->policy.forged_transmits != NVSWITCH_ACCEPT",
         "port->policy.forged_transmits != NVSWITCH_ACCEPT && !port->allow"),
    "what is admitted to be adopted is the adopted MAC from then on":
        ("admit.c", "nvs_adopted",
         "nvs_entered(NVSWITCH_RULE_BINDING, NVSWITCH_FDB_ADOPTED)",
         "nvs_admitted(NVSWITCH_RULE_BINDING)"),
    "no address is admitted that is local, or another port's, or static"
    " elsewhere":
        ("admit.c", "nvs_guest_source",
         "known->fixed && known->fixed_place != port->place", "0"),
    "a port without a MAC sends nothing where mac_binding is explicit":
        ("admit.c", "nvs_guest_source", "if (port->explicit)", "if (0)"),
    "an address seen within move_hold never changes place, but back or by an"
    " exact entry":
        ("move.c", "nvs_move_judge",
         "nvs_in_use(c->seen, c->now, c->hold) ||", ""),
    "no claim on an address seen within move_hold is admitted":
        ("admit.c", "nvs_inner_mac",
         "nvs_in_use(known->seen, in->now, in->port->hold)", "0"),
    "nothing moves to a port with learn_move deny, but back or by an exact"
    " entry":
        ("admit.c", "nvs_claimed",
         "(guest && port->policy.learn_move == NVSWITCH_DENY)", "0"),
    "no refused claim is admitted as a move":
        ("admit.c", "nvs_claimed", "a.move == NVS_MOVE_REFUSED", "0"),
    "a guest moves only what the table has elsewhere":
        ("admit.c", "nvs_is_elsewhere", "known->dynamic && ", ""),
    "nothing is entered that the table has elsewhere":
        ("admit.c", "nvs_adopted", "nvs_is_elsewhere(in, known)", "0"),
    "nothing is entered at a dormant port":
        ("admit.c", "nvs_guest_source", "&& !in->asleep", ""),
    "a guest refreshes only what the table has here":
        ("admit.c", "nvs_inner_mac", "\tif (known->dynamic)\n",
         "\tif (1)\n"),
    "a learned entry never displaces local, owned or static":
        ("admit.c", "nvs_guest_source",
         "known->fixed == NVSWITCH_FDB_STATIC", "0"),
    "at the limit with policy drop no source without an entry on that port is"
    " admitted, exact matches excepted":
        ("admit.c", "nvs_new_source",
         "in->port->policy.limit_policy == NVSWITCH_ALLOW", "1"),
    "at the limit nothing is entered or moves, exact matches excepted":
        ("admit.c", "nvs_claimed", "&& !known->room", "&& 0"),
    "an entry stands against the limits unless it is exactly matched":
        ("admit.c", "nvs_new_source", "a.exempt = exact", "a.exempt = 1"),
    "nothing is learned without learning and forged_transmits, or the allow"
    " list":
        ("admit.c", "nvs_inner_mac", "policy->learning != NVSWITCH_ON &&",
         "0 &&"),
    "a guest's address is entered as adopted or learned":
        ("admit.c", "nvs_inner_mac", "known, NVSWITCH_FDB_LEARNED",
         "known, NVSWITCH_FDB_REMOTE"),

    # trusted.c
    "no source from an uplink is a group's or zero":
        ("admit.c", "nvs_admit_frame", "!nvs_mac_is_station(f->src)", "0"),
    "nothing reserved crosses from an uplink, but BPDUs that are wanted":
        ("admit.c", "nvs_uplink_frame", "nvs_is_reserved(f->dst)", "0"),
    "every frame from an uplink is admitted, dropped for a reason, or reserved"
    " and passed":
        ("admit.c", "nvs_uplink_frame", "nvs_is_reserved(f->dst)",
         "nvs_mac_is_group(f->dst)"),
    "a standby uplink brings only unicast to somebody here":
        ("admit.c", "nvs_uplink_frame", "!in->active && !in->dst_held", "0"),
    "nothing from an uplink is in no VLAN":
        ("vlan.h", "nvs_vlan_carries", "f->vid == NVS_VID_ANY", "0"),
    "our own frames do not come back through an uplink":
        ("admit.c", "nvs_uplink_source",
         "known->fixed && !known->fixed_dormant", "0"),
    "an address from an uplink is entered as remote":
        ("admit.c", "nvs_uplink_source", "in, known, NVSWITCH_FDB_REMOTE",
         "in, known, NVSWITCH_FDB_LEARNED"),
    "a remote entry never displaces local, owned or static of who is awake":
        ("admit.c", "nvs_uplink_source",
         "known->fixed && !known->fixed_dormant", "0"),
    "an address of a guest seen within move_hold never goes to the uplinks,"
    " but back":
        ("move.c", "nvs_in_use", "nvs_age(seen, now) < hold", "0"),
    "only unicast to somebody here shows that an address is back behind the"
    " uplinks":
        ("admit.c", "nvs_uplink_source", "known->dynamic && in->dst_held &&",
         "known->dynamic &&"),
    "an uplink moves only what the table has":
        ("admit.c", "nvs_uplink_source", "nvs_is_elsewhere(in, known)", "1"),
    "an uplink refreshes only what the table has there":
        ("admit.c", "nvs_uplink_source", "\tif (known->dynamic)\n",
         "\tif (1)\n"),
    "without room for remote entries none is entered":
        ("admit.c", "nvs_uplink_source", "if (known->room)", "if (1)"),
    "no source of the host is a group's or zero":
        ("admit.c", "nvs_admit_frame", "!nvs_mac_is_station(f->src)", "0"),
    "the host does not send with a guest's address":
        ("admit.c", "nvs_admit_source",
         "known->fixed == NVSWITCH_FDB_OWNED ||", ""),
    "nothing is learned from the host":
        ("admit.c", "nvs_admit_source", "\tdefault:",
         "\tdefault:\n\t\tif (!known->fixed)\n"
         "\t\t\treturn nvs_uplink_source(in, known);"),
    "every frame of the host is admitted, or dropped for a reason":
        ("admit.c", "nvs_admit_frame",
         "if (port->role == NVS_UPLINK)", "if (1)"),

    # shortcut.c
    "what is admitted plainly is admitted":
        ("admit.h", "nvs_admits_plainly", "f->class < NVS_BPDU", "1"),
    "what is admitted plainly changes nothing in the table":
        ("admit.c", "nvs_guest_frame", "f->src == port->effective", "0"),
    "no frame of an uplink is admitted plainly":
        ("admit.c", "nvs_plain_source", "return NVS_MAC_NEVER",
         "return port->effective"),
    "no frame of an uplink is admitted as learned":
        ("admit.c", "nvs_may_learn", "port->role == NVS_GUEST && ", ""),
    "the shortcut puts an untagged frame into the VLAN that it is in":
        ("vlan.h", "nvs_vlan_classify", "f->vid = port->vlans.pvid",
         "f->vid = 0"),
    "what is admitted as learned is admitted":
        ("admit.c", "nvs_learns", "!port->blocked", "1"),
    "what is admitted as learned changes nothing in the table":
        ("admit.h", "nvs_admits_learned",
         "nvs_age(seen, now) <= port->refresh", "1"),

    # allow.c
    "an allow list matches nothing that agrees with no entry where its mask is"
    " set":
        ("admit.c", "nvs_allow_match", "mac & e->mask",
         "mac & e->mask & 0xffffffffff"),
    "an allow list matches what agrees with any of its entries":
        ("admit.c", "nvs_allow_match", "i < port->allow->count",
         "i + 1 < port->allow->count"),
    "no allow list matches nothing":
        ("admit.c", "nvs_allow_match", "\t\treturn NVS_ALLOW_NONE;\n",
         "\t\treturn NVS_ALLOW_MASKED;\n"),
    "an exact entry decides before any masked one":
        ("admit.c", "nvs_allow_match", "e->mask == NVS_MAC_MASK", "0"),
    "nothing is an exact match by a masked entry":
        ("admit.c", "nvs_allow_match", "e->mask == NVS_MAC_MASK", "1"),

    # moves.c
    "no claim on an address seen within move_hold is granted":
        ("move.c", "nvs_in_use", "< hold", "< hold / 2"),
    "no claim of a port with learn_move deny is granted":
        ("move.c", "nvs_move_judge", "c->deny || ", ""),
    "an address returns only to the place that it left, which shows it, during"
    " the trial":
        ("move.c", "nvs_move_judge", " && t->left == c->from", ""),
    "an address moves at once only by an exact entry":
        ("move.c", "nvs_move_judge", "return NVS_MOVE_ON_TRIAL",
         "return NVS_MOVE_AT_ONCE"),
    "a claimant that is barred gets nothing":
        ("move.c", "nvs_move_judge", "nvs_barred(t, c->from, c->now)", "0"),
    "what shows again at the place that it left returns there, seen lately or"
    " not":
        ("move.c", "nvs_move_judge", "if (c->shows && ",
         "if (c->shows && !nvs_in_use(c->seen, c->now, c->hold) && "),
    "a move begins a trial, which remembers the place that was left":
        ("move.c", "nvs_move_record", "t->left = holder;", ""),
    "a further move keeps the first place and the end of the trial":
        ("move.c", "nvs_move_record", "nvs_trial_runs(t, now)", "0"),
    "during a trial the place that was left gets its address back":
        ("move.c", "nvs_trial_runs", "now < t->end", "now + 1 < t->end"),
    "a move at once ends a trial":
        ("move.c", "nvs_move_record", "AT_ONCE:\n\t\tt->end = 0;",
         "AT_ONCE:\n"),
    "a return ends the trial":
        ("move.c", "nvs_move_record", "BACK:\n\t\tt->end = 0;", "BACK:\n"),
    "a claimant that was found out is barred":
        ("move.c", "nvs_move_record", "nvs_bar_place(t, holder, now)",
         "(void)nvs_bar_place"),
    "the uplinks are never barred":
        ("move.c", "nvs_move_record", "if (holder != NVS_PLACE_UPLINKS)",
         "if (1)"),
    "a bar lasts 1 second to 30":
        ("move.c", "nvs_bar_place", "length = NVS_BAR_MAX", "length = length"),
    "a new bar takes the place of the oldest alone":
        ("move.c", "nvs_bar_slot", "t->bars[i].since < slot->since",
         "t->bars[i].since > slot->since"),
    "a bar is doubled at each repeat within 300 seconds, up to 30":
        ("move.c", "nvs_bar_place", "bar->length * 2", "bar->length"),
    "without a record that is over every claim is judged as with it":
        ("move.c", "nvs_trial_is_over", "<= NVS_BAR_MEMORY",
         "<= NVS_BAR_FIRST"),
    "a stamp is written when it is older than the lesser of 100 ms and a"
    " quarter of move_hold":
        ("move.c", "nvs_refresh_after", "? hold / 4 :", "? hold / 2 :"),
    "a trial lasts as long as an entry, and 300 seconds at most":
        ("move.c", "nvs_trial_length", "ageing < NVS_TRIAL_MAX", "1"),

    # policy.c
    "nested sets the five fields of the preset and no other":
        ("policy.c", "nvs_policy_preset_nested",
         "p.mac_changes = NVSWITCH_REJECT;", ""),
    "with mac_changes reject the effective MAC is the initial one":
        ("mac.c", "nvs_mac_choose", "mac_changes != NVSWITCH_ACCEPT", "0"),
    "no request is honoured for an address that is not available":
        ("mac.c", "nvs_mac_choose", "if (available)", "if (1)"),
    "a guest that listens on another address than its effective one gets"
    " nothing":
        ("mac.c", "nvs_mac_choose", "c.state = NVSWITCH_MAC_CHANGE;", ""),

    # receivers.c
    "a blocked port is never a receiver":
        ("deliver.c", "nvs_closed", "to->blocked", "0"),
    "a mac_change port is never a receiver":
        ("deliver.c", "nvs_closed", "to->mac_state == NVSWITCH_MAC_CHANGE",
         "0"),
    "a mac_conflict port is never a receiver":
        ("deliver.c", "nvs_closed", "to->mac_state == NVSWITCH_MAC_CONFLICT",
         "0"),
    "a port that is not activated is never a receiver":
        ("deliver.h", "nvs_refusal", "if (to->closed)",
         "if (to->closed && !to->waiting)"),
    "a device that is down gets nothing, nor what exceeds its MTU":
        ("deliver.h", "nvs_refusal_of_device", "f->payload > mtu", "0"),
    "what a port takes without a further look it does not refuse":
        ("deliver.c", "nvs_takes", "&& !to->closed", ""),
    "what a port takes without a further look leaves untagged":
        ("vlan.h", "nvs_vlan_strips",
         "port->role == NVS_GUEST && f->vid == port->vlans.pvid", "0"),
    "nobody gets the known unicast of others without promiscuous accept":
        ("deliver.c", "nvs_spies",
         "policy->promiscuous == NVSWITCH_ACCEPT &&", ""),
    "nobody gets unknown unicast without learning and unicast_flood":
        ("deliver.c", "nvs_is_addressed",
         "learning && to->policy.unicast_flood == NVSWITCH_ON", "learning"),
    "nobody gets a BPDU without bpdu pass":
        ("deliver.c", "nvs_is_addressed", "return to->bpdu_pass",
         "return true"),
    "everybody in the VLAN gets broadcast":
        ("deliver.c", "nvs_is_addressed", "case NVS_CAST_BROAD:\n",
         "case NVS_CAST_BROAD:\n\t\treturn learning;\n"),
    "nothing goes back to its ingress port":
        ("deliver.h", "nvs_uplink_receives", "!ingress && ", ""),
    "nothing goes from uplink to uplink":
        ("deliver.h", "nvs_goes_back", "(uplinks && role == NVS_UPLINK)",
         "0"),
    "no port is offered two copies":
        ("deliver.h", "nvs_receives", "!holds && ", ""),
    "no guest outside its VLAN is offered a frame":
        ("deliver.h", "nvs_receives", "nvs_vlan_carries(to, f) && ", ""),

    # vlan.c
    "a copy leaves with the tag of its VLAN, and untagged where that has none":
        ("vlan.h", "nvs_vlan_tag", "to->role == NVS_HOST ? f->fid : f->vid",
         "f->vid"),
    "behind a tag that is taken off comes no other":
        ("vlan.h", "nvs_vlan_hides", "if (f->stacked)", "if (0)"),
    "an 802.1ad tag passes as payload from trunk to trunk, in VLAN 0 alone":
        ("vlan.h", "nvs_vlan_hides", "!nvs_is_trunk(port) ||", ""),
    "a guest without trunk sends no tag":
        ("vlan.h", "nvs_vlan_admits", "f->named && !nvs_is_trunk(port)", "0"),
    "an access port never receives a frame of another VLAN":
        ("vlan.c", "nvs_vlan_forbids", "!nvs_vlan_carries(to, f)", "0"),
    "a port of mode none never receives a frame of a VLAN":
        ("vlan.h", "nvs_vlan_carries", "f->vid == port->vlans.pvid", "1"),
    "a trunk never receives a frame of a VLAN that it does not list":
        ("vlan.h", "nvs_vlan_carries",
         "return nvs_vids_have(port->vlans.vids, f->vid)", "return true"),
    "whoever reads a copy finds it in the VLAN that it was sent in":
        ("vlan.h", "nvs_vlan_strips", "f->vid == 0", "f->vid <= 1"),
    "whoever reads a copy finds its addresses in the same VLAN":
        ("vlan.h", "nvs_vlan_carries", "f->fid == port->vlans.fid", "true"),
    "members of a private VLAN talk to none that the matrix keeps from them":
        ("vlan.c", "nvs_vlan_forbids",
         "to->vlans.type == NVSWITCH_PRIVATE_COMMUNITY &&", ""),
    "members of a private VLAN talk to all that the matrix lets them":
        ("vlan.c", "nvs_vlan_forbids",
         "to->vlans.type == NVSWITCH_PRIVATE_PROMISCUOUS ||", ""),
    "all members of a private VLAN talk to the host and the uplinks":
        ("vlan.h", "nvs_vlan_carries", "port->role != NVS_GUEST", "0"),
    "what a mode comes to is what is assumed of VLANs":
        ("vlan.c", "nvs_vlan_resolve_trunk", "vlans->vids[0] &= ~1ULL;", ""),
    "a trunk keeps addresses in all its VLANs":
        ("vlan.c", "nvs_vlan_resolve_trunk", "private->primary[i]", "i"),
    "a trunk carries what it lists and its native VLAN, which stands for VLAN"
    " 0":
        ("vlan.c", "nvs_vlan_resolve_trunk",
         "nvs_vids_add(vlans->vids, vlan->native);", ""),
    "configuration and traffic agree on where a port has addresses":
        ("vlan.c", "nvs_vlans_keep", "nvs_vids_have(vlans->fids, fid)",
         "nvs_vids_have(vlans->vids, fid)"),

    # vids.c
    "however private VLANs are added, each secondary one has one primary one":
        ("vlan.c", "nvs_private_add",
         "private->use[vlan->vid] > NVS_VLAN_PRIMARY || ", ""),
    "what contradicts other private VLANs changes nothing":
        ("vlan.c", "nvs_private_add", "if (private->use[s] == ",
         "private->use[vlan->vid] = NVS_VLAN_PRIMARY;\n"
         "\t\tif (private->use[s] == "),
    "a secondary VLAN keeps its primary one and its type":
        ("vlan.c", "nvs_private_add",
         "private->use[s] && private->primary[s] != vlan->vid", "0"),
    "what a mode calls primary is primary":
        ("vlan.c", "nvs_private_add",
         "private->use[vlan->vid] = NVS_VLAN_PRIMARY;", ""),
    "at first no VLAN is private":
        ("vlan.c", "nvs_private_init", "private->primary[vid] = vid;", ""),
    "two ports with addresses in one VLAN meet":
        ("vlan.c", "nvs_vlans_meet", "return a->fid == b->fid",
         "return a->pvid == b->pvid"),
    "who meets whom is mutual":
        ("vlan.c", "nvs_vlans_meet", "return nvs_vids_have(b->fids, a->fid)",
         "return true"),
    "the walk of a port's VLANs shows only those":
        ("vlan.c", "nvs_vlans_next", "vid = (vid | 63) + 1",
         "return vid | 63"),
    "the walk of a port's VLANs leaves none out":
        ("vlan.c", "nvs_vlans_next", "vid = (vid | 63) + 1",
         "vid = (vid | 63) + 64"),
}

# Each field is a property of its own, and has a rule of its own.
for _field in ("promiscuous", "mac_changes", "forged_transmits", "learning",
               "unicast_flood", "limit_policy", "learn_move"):
    RULES[f"port wins over group over switch: {_field}"] = (
        "policy.c", "nvs_policy_over", f"p.{_field} = nvs_value_over(lower->",
        f"p.{_field} = nvs_value_over(upper->")
RULES["port wins over group over switch: learn_limit"] = (
    "policy.c", "nvs_policy_over", "upper->learn_limit : lower->learn_limit",
    "upper->learn_limit : upper->learn_limit")

NOTHING_UNDEFINED = {
    "no access is out of bounds, and no pointer invalid":
        ("judgement", ("move.c", "nvs_barred", "i < NVS_BARS",
                       "i <= NVS_BARS")),
    "no number overflows, nor is cut by a conversion":
        ("judgement", ("types.h", "nvs_age", "now > then ? now - then : 0",
                       "now - then")),
    "no shift is too wide":
        ("meeting", ("vlan.c", "nvs_vlans_next", ">> (vid % 64)",
                     ">> (vid % 65)")),
    "every loop ends":
        ("judgement", ("move.c", "nvs_barred", "i++", "i--")),
}
