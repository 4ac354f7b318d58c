#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A port whose peer the kernel cannot see: adoption, or none.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

none=00:00:00:00:00:00

switch nvs0 move_hold 60000
guest a b
set_port b nested
tap t
attach t

# Its first source is adopted

is "no visible peer: no initial MAC" none get t initial_mac
is "and says so" none get t initial_mac_source
is "no effective MAC" none get t effective_mac
is "nothing is adopted yet" none get t adopted_mac
frame "a dropped frame" t a vlan 5 drop vlan_filter
is "adopts nothing" none get t adopted_mac
frame "the address of another port" t b src a drop mac_conflict
frame "the host's address" t a src h drop mac_conflict
is "adopt nothing either" none get t adopted_mac
frame "the first source" t a src t to a
is "is adopted" t get t adopted_mac
is "in the table" adopted:t fdb t
is "it is not the effective MAC" none get t effective_mac
is "and no conflict" ok get t mac_state
frame "it leads to the port" a t to t
frame "again" t a to a
frame "broadcast reaches it" a broadcast to b,t,host
frame "a second source is forged" t a src t1 drop forged_transmit
is "it has one adopted MAC" t addresses adopted t
is "it does not count as learned" 0 get t learned
is "on the switch neither" 0 get nvs0 learned

# Forgotten when the port loses carrier

must carrier t off
becomes "carrier lost: forgotten" none get t adopted_mac
is "in the table too" none fdb t
must carrier t on
becomes "carrier again" UP get t operstate
frame "another one is the first now" t a src t2 to a
is "and adopted" t2 get t adopted_mac
frame "the former one is forged" t a src t drop forged_transmit

# It obeys the rule of moves

frame "claimed by a learning port, in use" b a src t2 drop mac_move
frame "an address learned elsewhere" b a src b1 to a
must carrier t off
becomes "carrier lost" none get t adopted_mac
must carrier t on
becomes "carrier again" UP get t operstate
frame "an address in use elsewhere is not adopted" t a src b1 drop mac_move
is "it stays" learned:b fdb b1
set_switch move_hold 0
frame "not in use: a VM that has moved here" t a src b1 to a
is "on trial" adopted:t:trial fdb b1
is "adopted" b1 get t adopted_mac
frame "shown again at its old place" b a src b1 to a
is "it returns" learned:b fdb b1
is "the port keeps it as its adopted MAC" b1 get t adopted_mac
taken_after "and is judged by the rule of moves: barred" 1 t b1
is "and has it" adopted:t:trial fdb b1
set_switch move_hold 60000

# Weaker than owned, static and local. No -EEXIST, no conflict

veth c
peer link set dev c address @b1
works "a port may be attached that owns it" attach c
is "the owner has it" owned:c fdb b1
is "it is forgotten" none get t adopted_mac
is "without a conflict" ok get t mac_state
frame "not its own any more" t a src b1 drop mac_conflict
frame "the next source is adopted" t a src t3 to a
set_port a initial_mac @t3
is "the administrator gives it to another" owned:a fdb t3
is "forgotten" none get t adopted_mac
frame "not its own any more" t b src t3 drop mac_conflict
set_port a initial_mac "$none"
frame "the next" t a src t4 to a
set_port a mac_changes accept requested_mac @t4
is "a request does not displace what is in use" mac_conflict get a mac_state
is "it stays" adopted:t fdb t4
set_port a requested_mac "$none" mac_changes inherit
bridge fdb add @t4 dev nvs0 self via a static
is "static displaces it" static:a fdb t4
frame "not its own any more" t b src t4 drop mac_conflict
bridge fdb del @t4 dev nvs0 self via a
bridge fdb add @t5 dev nvs0 self via t static
frame "static on the port itself: admitted" t a src t5 to a
bridge fdb del @t5 dev nvs0 self via t

# Forgotten when the administrator says whose it is, or what

must carrier t off
becomes "carrier lost" none get t adopted_mac
must carrier t on
becomes "carrier again" UP get t operstate
frame "adopted" t a src t6 to a
set_port t initial_mac @t7
is "initial_mac: forgotten" none get t adopted_mac
is "in the table too" none fdb t6
frame "the former one is forged" t a src t6 drop forged_transmit
frame "the initial MAC is admitted" t a src t7 to a
is "says who gave it" admin get t initial_mac_source
set_port t initial_mac "$none"
is "taken back: none" none get t initial_mac
frame "so that one is adopted again" t a src t8 to a
set_port t role uplink
is "role uplink: forgotten" none fdb t8
set_port t role guest
is "role guest: none" none get t adopted_mac

# Adoption knows no limit; what comes after it does

set_port t learning on learn_limit 1
frame "learning, not forging: adopted" t a src t8 to a
is "adopted" adopted:t fdb t8
is "counts nothing" 0 get t learned
frame "and nothing else" t a src t9 drop forged_transmit
set_port t learning off forged_transmits accept
is "still adopted" t8 get t adopted_mac
frame "forging, not learning: others are admitted" t a src t9 to a
is "but not learned" none fdb t9
frame "nor does the adopted one suffer" t a src t8 to a
set_port t learn_limit inherit forged_transmits inherit learning inherit

# A request is shown, and decides nothing

set_port t requested_mac @r1
is "a request is shown" r1 get t requested_mac
is "no state" ok get t mac_state
is "no effective MAC" none get t effective_mac
frame "delivered as before" a t8 to t
frame "not to be sent" t a src r1 drop forged_transmit
set_port t requested_mac "$none"

# Nested: addresses are learned, and none is its own

tap n
attach n with nested
frame "nested without a MAC: learned" n a src n1 to a
is "learned, not adopted" learned:n fdb n1
is "none adopted" none get n adopted_mac
frame "another" n a src n2 to a
is "counted" 2 get n learned
set_port n learn_limit 2
frame "within its limit" n a src n3 drop learn_limit

# mac_binding explicit

set_switch mac_binding explicit
is "explicit" explicit get nvs0 mac_binding
tap e
attach e
frame "explicit: nothing may be sent" e a src e1 drop no_mac
frame "explicit: also by a nested one" n a src n1 drop no_mac
set_port e forged_transmits accept
frame "explicit: whatever it may forge" e a src e1 drop no_mac
set_port e forged_transmits inherit
is "explicit: nothing is adopted" none get e adopted_mac
frame "explicit: broadcast reaches it" a broadcast to b,c,t,n,e,host
frame "explicit: the visible peer counts" a b to b
set_port e initial_mac @e1
frame "explicit: then it was given one" e a src e1 to a
frame "explicit: a forged one" e a src e2 drop forged_transmit
set_port e initial_mac "$none"
frame "explicit: taken back" e a src e1 drop no_mac
bridge fdb add @e3 dev nvs0 self via e static
frame "explicit: a static entry is as good" e a src e3 to a
set_switch mac_binding auto
frame "auto: adopted" e a src e1 to a

finish
