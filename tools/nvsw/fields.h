/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be said about a switch, a group or a port: tables of arguments, from
 * which each field is parsed, sent, printed and explained.
 */
#ifndef _NVSW_FIELDS_H
#define _NVSW_FIELDS_H

#include "args.h"
#include "encode.h"
#include "netlink.h"

/* Offsets are those of struct nvsw_switch, struct nvsw_port. */
extern const struct arg policy_fields[];
extern const struct arg switch_fields[];
extern const struct arg port_fields[];
extern const struct arg vlan_field[];		/* a port's or a group's */
extern const struct arg nested_field[];

/* The number of a field in a structure of model.h. */
static inline __u32 field_number(const struct arg *field, const void *in)
{
	return *(const __u32 *)((const char *)in + field->offset);
}

/* Add what was given of a table; of policy fields, in a nest of @attr. */
void put_fields(struct request *request, const struct args *args,
		const struct arg *table);
void put_policy(struct request *request, const struct args *args, int attr);

/* What a switch has that nobody has told otherwise. */
#define AGEING_DEFAULT		300
#define MOVE_HOLD_DEFAULT	200
/* A default switch's value of a policy field. */
__u32 policy_default(unsigned int attr);

/* One value: under @key in JSON, as text the value alone. */
void print_field(const struct arg *field, const char *key, __u32 value);
/* "key value" in text. */
void print_named(const struct arg *field, __u32 value);
/* Whether a group or a port leaves a field to the level above. */
bool policy_inherits(const struct nvsw_policy *policy, unsigned int attr);
/* JSON: all that is there; "inherit" where a group or port says that. */
void json_policy(const struct nvsw_policy *policy);
/* JSON: under @key an object; text: the words that would be typed. */
void print_vlan(const char *key, const struct nvsw_vlan *vlan);
/* All attributes, members of the object that is open. */
void json_switch(const struct nvsw_switch *sw);
void json_port(const struct nvsw_port *port);
void json_group(const struct nvsw_group *group);
/* The words of a trunk's VLANs, "1,5-7"; returns @text. */
#define TRUNK_TEXT	(VLAN_COUNT * 5 + 1)
char *trunk_text(char *text, const struct nvsw_vlan *vlan);

#endif /* _NVSW_FIELDS_H */
