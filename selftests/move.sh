#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The rule of moves: an address in use elsewhere cannot be taken.
#
# shellcheck source=lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

switch nvs0 move_hold 60000 unicast_flood off
guest a b c d e
uplink u
for port in b c d e; do
	set_port "$port" nested unicast_flood inherit
done

# In use

frame "s at c" c a src s1 to a
is "is learned there" learned:c fdb s1
unseen_for s1 0.3
frame "claimed elsewhere: dropped" d a src s1 drop mac_move
frame "also as a broadcast" d broadcast src s1 drop mac_move
is "it stays" learned:c fdb s1
is "the claim is no sign of life" yes older s1 0.3
frame "claimed by an uplink" u a src s1 drop reverse_path
frame "claimed by an uplink's broadcast" u broadcast src s1 drop reverse_path
is "it still stays" learned:c fdb s1
frame "and is where it was" a s1 to c
frame "its place goes on" c a src s1 to a
set_port d learning off
frame "a claim by one that does not learn" d a src s1 drop mac_move
set_port d learning on
frame "x behind the uplinks" u a src x1 to a
frame "claimed by a guest" c a src x1 drop mac_move
frame "also by one that does not learn" c broadcast src x1 drop mac_move
is "it stays remote" remote:u fdb x1

# Not in use any more

set_switch move_hold 1000
unseen_for s1 1.2
set_port d learning off
frame "later, one that does not learn is admitted" d a src s1 to a
is "but nothing moves" learned:c fdb s1
set_port d learning on learn_move deny
frame "learn_move deny: dropped however late" d a src s1 drop mac_move
is "learn_move deny: it stays" learned:c fdb s1
set_port d learn_move allow
frame "later, it moves" d a src s1 to a
is "on trial" learned:d:trial fdb s1
set_switch move_hold 60000
frame "and leads to its new place" a s1 to d
is "it has left its old port's count" 0 get c learned
is "for its new one's" 1 get d learned
frame "in use there, for third parties" e a src s1 drop mac_move

# Its old place shows it again

frame "the old place shows it: admitted at once" c a src s1 to a
is "it has returned, and the trial has ended" learned:c fdb s1
frame "and leads there" a s1 to c
frame "the claimant is refused" d a src s1 drop mac_move

# Without move_hold only the bar stands in the way. It doubles.

set_switch move_hold 0
frame "move_hold 0: r at c" c a src r1 to a
frame "claimed at once" d a src r1 to a
is "it moves" learned:d:trial fdb r1
frame "shown again" c a src r1 to a
is "it returns" learned:c fdb r1
taken_after "but the claimant is barred for a second" 1 d r1
is "then it moves again" learned:d:trial fdb r1
frame "shown again" c a src r1 to a
is "it returns again" learned:c fdb r1
taken_after "the second bar is twice as long" 2 d r1
frame "shown again" c a src r1 to a
frame "barred from this one only" d a src r2 to a
frame "another one is not barred" e a src r1 to a
is "and takes it" learned:e:trial fdb r1
frame "until it is shown again" c a src r1 to a
taken_after "and then is, for a second" 1 e r1

# A chain of claimants does not launder an address

frame "q at c" c a src q1 to a
frame "taken by d" d a src q1 to a
frame "taken by e" e a src q1 to a
is "it is at e" learned:e:trial fdb q1
frame "d is not where it was first" d a src q1 to a
is "so that this is one more claim" learned:d:trial fdb q1
frame "c is" c a src q1 to a
is "so that it returns" learned:c fdb q1
taken_after "the last claimant is barred" 1 d q1

# Nor does a claimant that its port gives up while it is on trial

# given_up TITLE PLACE MAC: so d's address goes when d loses carrier
given_up()
{
	peer link set dev d down
	becomes "$1" "$2" fdb "$3"
	peer link set dev d up
	becomes "$1: d has carrier again" yes has_carrier d
}

frame "v at c" c a src v1 to a
frame "w behind the uplinks" u a src w1 to a
frame "taken by d" d a src v1 to a
given_up "d loses carrier: back to the place that it left" learned:c v1
set_switch move_hold 60000
frame "where it is shown: it stays" c a src v1 to a
frame "and is d's no more" d a src v1 drop mac_move
set_switch move_hold 0
frame "taken by d and e" d a src v1 to a
frame "taken by e" e a src v1 to a
set_port e learning off
is "e learns no more: back to the first place" learned:c fdb v1
set_port e learning on
frame "taken from the uplinks" d a src w1 to a
given_up "d loses carrier: back to the uplinks" remote:u w1
frame "taken by d, which has a limit of one" d a src v1 to a
frame "and another one" d a src v3 to a
set_port d learn_limit 1
is "lowered: back to the place that it left" learned:c fdb v1
set_port d learn_limit inherit
frame "taken by d" d a src v1 to a
ip link set dev d nomaster
is "d is detached: back to the place that it left" learned:c fdb v1
attach d with nested unicast_flood inherit
frame "taken by d as another port" d a src v1 to a
set_port c learning off
given_up "its old place does not learn: it is new to all" none v1
set_port c learning on
frame "v at c again" c a src v1-v2 to a
frame "taken by d again" d a src v1 to a
must entries learned c
set_port c learn_limit "$answer"
frame "its old place is full" c a src v3 drop learn_limit
given_up "without room: it is new to all" none v1
set_port c learn_limit 0
frame "more at c than are free to any port" c a src h1-h70 to a
frame "taken by d" d a src h1 to a
must get nvs0 learned
set_switch table_limit "$answer"
frame "the table is full" c a src h71 drop learn_limit
given_up "which others may have filled: back all the same" learned:c h1
set_switch table_limit 65536
set_port c learn_limit inherit

# What goes back is as old as if nobody had claimed it

frame "k at c" c a src k1 to a
unseen_for k1 0.5
must clock
claimed=$answer
frame "taken by d" d a src k1 to a
given_up "back to the place that it left" learned:c k1
must clock
is "the claim has not renewed it" yes older k1 \
	"$(awk "BEGIN { print 0.45 + $answer - $claimed }")"
set_switch ageing 10
frame "y behind the uplinks" u a src y1 to a
frame "k at c" c a src k2 to a
must clock
shown=$answer
unseen_for k2 6
frame "taken by d" d a src k2 to a
frame "both" d a src y1 to a
until awk "BEGIN { exit !($answer - $shown > 10.2) }"; do
	sleep 0.1
	must clock
done
send d a src k2
frame "a broadcast brings one back, on trial" u broadcast src y1 to a,b,c,d,e,host
is "it is behind the uplinks" remote:u:trial fdb y1
frame "taken by d again" d a src y1 to a
peer link set dev d down
becomes "c's has aged meanwhile" 0 get d learned
is "it is new to all" none fdb k2
is "the uplinks' has been seen since" remote:u fdb y1
peer link set dev d up
becomes "d has carrier again" yes has_carrier d
set_switch ageing 300

# Room

frame "p at c" c a src p1-p2 to a
frame "e has one, so that there is a limit to set" e a src e1 to a
must entries learned e
set_port e learn_limit "$answer"
frame "a move needs room" e a src p1 drop learn_limit
set_port e limit_policy allow
frame "under either policy" e a src p1 drop learn_limit
is "it stays" learned:c fdb p1
set_port e learn_limit inherit limit_policy inherit
frame "with room it moves" e a src p1 to a
must entries learned c
set_port c learn_limit "$answer"
frame "a return needs none" c a src p1 to a
is "it has returned" learned:c fdb p1
set_port c learn_limit inherit

# Uplinks

frame "o at c" c a src o1 to a
frame "claimed by an uplink" u a src o1 to a
is "it moves behind the uplinks" remote:u:trial fdb o1
frame "shown again" c a src o1 to a
is "it returns" learned:c fdb o1
frame "an uplink is never barred" u a src o1 to a
is "it moves again" remote:u:trial fdb o1
frame "by a broadcast too" c a src o1 to a
frame "the other way" u broadcast src o1 to a,b,c,d,e,host
is "it moves" remote:u:trial fdb o1

# A reflection of ours is a broadcast, and does not count as shown again

set_switch move_hold 1000
frame "n behind the uplinks" u a src n1 to a
unseen_for n1 1.2
frame "moves to c" c a src n1 to a
is "on trial" learned:c:trial fdb n1
set_switch move_hold 60000
frame "a broadcast from the uplink is no return" u broadcast src n1 \
	drop reverse_path
frame "nor is unicast to somebody else" u y src n1 drop reverse_path
is "it stays" learned:c:trial fdb n1
frame "unicast to an address held here is" u a src n1 to a
is "it returns behind the uplinks" remote:u fdb n1

# A trial ends: after it, the old place is one like any other

set_switch ageing 10 move_hold 0
frame "m at c" c a src m1 to a
frame "moves to d" d a src m1 to a
is "on trial" learned:d:trial fdb m1
set_switch move_hold 60000
trial=$SECONDS
until ((SECONDS - trial > 11)); do
	send d a src m1
	sleep 0.5
done
is "the trial is over" learned:d fdb m1
frame "the old place claims like anybody" c a src m1 drop mac_move
set_switch ageing 300

# What must not move

frame "fixed by the administrator" a a drop same_port
bridge fdb add @l1 dev nvs0 self via c static
set_switch move_hold 0
frame "static: not a guest's" d a src l1 drop mac_conflict
frame "static: not an uplink's" u a src l1 drop reverse_path
is "it stays" static:c fdb l1

finish
