/* SPDX-License-Identifier: GPL-2.0-only */
/* What the two halves of the model ask each other. */
#ifndef _MODEL_PRIVATE_H
#define _MODEL_PRIVATE_H

#include "model.h"

/* Time. What the answer is not sure of is a doubt. */
int elapsed(struct model *m, struct when since, long long time);
int is_over(struct model *m, struct when end);
struct when after(struct when t, long long time);
long long trial_time(const struct model *m);

/* VLANs. A private VLAN's addresses are kept under its primary one. */
int primary(const struct model *m, int vid);
int carries(const struct model *m, int port, int vid);
int has_addresses_in(const struct model *m, int port, int vid);
int leaves_tagged(const struct model *m, int port, int vid);
int may_hear(const struct model *m, int port, int vid);

/* Policy. */
int is_accept(const struct model *m, int port, int field);
int is_deny(const struct model *m, int port);
int is_activated(const struct model *m, int port);
int listed(const struct model *m, int port, __u64 mac);

/* The table: who has an address. */
int owner_of(const struct model *m, __u64 mac, int vid);
int static_place(const struct model *m, __u64 mac, int vid);
int holder_of(struct model *m, __u64 mac, int vid);
int holds_here(struct model *m, __u64 mac, int vid);
int has_aged(struct model *m, const struct entry *e);
struct entry *find(struct model *m, __u64 mac, int vid);
int counted(const struct model *m, int place);
int has_room(struct model *m, int place);
void enter(struct model *m, __u64 mac, int vid, int kind, int place);
int is_on_trial(struct model *m, const struct entry *e);
void make_room_for_remote(struct model *m);
void give_up(struct model *m, int entry);
void enter_remote(struct model *m, __u64 mac, int vid);
void write_stamp(struct model *m, struct entry *e, long long stale);
void bar(struct model *m, struct entry *e, int place);
int is_barred(struct model *m, const struct entry *e, int place);

#endif /* _MODEL_PRIVATE_H */
