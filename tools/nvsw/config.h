/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configuration of switches: all that an administrator has set, and nothing
 * that traffic or guests have shown. nvsw save writes it to a file, nvsw apply
 * makes it so. What a file leaves out has its default, or is inherited.
 *
 * In memory it is complete and in one form, so that two configurations can be
 * compared: of a policy only the fields are present that are not inherited,
 * groups and ports are in the order of their names, lists in that of their
 * addresses.
 */
#ifndef _NVSW_CONFIG_H
#define _NVSW_CONFIG_H

#include "args.h"
#include "json_path.h"
#include "model.h"
#include "parse.h"

/* What the file's "version" is. */
#define CONFIG_VERSION	1

/**
 * struct config_group - a port group
 * @index: which one it is in the file
 * @is: its name, policy and VLAN mode
 */
struct config_group {
	size_t index;
	struct nvsw_group is;
};

/**
 * struct config_port - a port
 * @name: its device
 * @index: which one it is in the file, or in the order of attachment
 * @is: of its attributes those of config_is_field(), @policy and @vlan; and
 *	@activated, which is no configuration, but to be had again on the way
 *	back
 * @allow: its allow list, @allow_count
 * @fdb: its static entries, @fdb_count
 * @again: for a plan: it is detached and attached, not set
 */
struct config_port {
	char name[IFNAMSIZ];
	size_t index;
	struct nvsw_port is;
	struct nvsw_allow *allow;
	size_t allow_count;
	struct nvsw_fdb *fdb;
	size_t fdb_count;
	bool again;
};

/**
 * struct config_switch - a switch
 * @absent: there is none of that name
 */
struct config_switch {
	char name[IFNAMSIZ];
	bool absent;
	struct nvsw_switch is;
	struct config_group *group;
	size_t group_count;
	struct config_port *port;
	size_t port_count;
};

/**
 * struct config - one switch or several
 * @list: the file holds an array of them
 * @document: what the file says, where an error's path has its keys from
 */
struct config {
	bool list;
	struct config_switch *sw;
	size_t count;
	struct json_t *document;
};

/**
 * struct config_error - what is wrong with a file
 * @path: where
 * @place: the same, if that is no JSON in which a path could lead anywhere
 */
struct config_error {
	struct json_path path;
	struct json_place place;
	char sentence[512];
};

/* Fill in the sentence; returns false. */
bool config_fail(struct config_error *error, const char *format, ...)
	NVSW_PRINTF(2, 3);
/* Let it be about a key of a switch, or of a group or port in a list of it. */
void config_go_to(struct config_error *error, const struct config *config,
		  const struct config_switch *sw, const char *list,
		  size_t index, const char *key);
/* "nvs0.json:12:17: ports[2].vlan.vid: ..." on standard error. */
void config_complain(const struct config_error *error, const char *file,
		     const char *text, size_t length);

/* config_fields.c */
/* Whether one of port_fields is configuration. */
bool config_is_field(const struct arg *field);
bool config_field_equals(const struct arg *field, const struct nvsw_port *a,
			 const struct nvsw_port *b);
bool config_vlan_equals(const struct nvsw_vlan *a, const struct nvsw_vlan *b);
/* The value of a policy field; what stands for "inherit" if it is not there. */
__u32 config_policy_value(const struct nvsw_policy *policy,
			  unsigned int attr);
bool config_policy_equals(const struct nvsw_policy *a,
			  const struct nvsw_policy *b);
/* Leave out what is inherited. */
void config_policy_trim(struct nvsw_policy *policy);
bool config_has_mac(const struct nvsw_port *port);
/* As they are without any setting. */
void config_default_switch(struct nvsw_switch *sw);
void config_default_port(struct nvsw_port *port);

/* config.c */
void config_free(struct config *config);
void config_switch_free(struct config_switch *sw);
/* Bring groups, ports and lists into their order. */
void config_sort(struct config_switch *sw);
int config_allow_compare(const void *a, const void *b);
int config_fdb_compare(const void *a, const void *b);
/* NULL if there is none. */
struct config_switch *config_find_switch(const struct config *config,
					 const char *name);
struct config_group *config_find_group(const struct config_switch *sw,
				       const char *name);
struct config_port *config_find_port(const struct config_switch *sw,
				     const char *name);
/* In the order that decides which one is active; NULL begins, and ends. */
struct config_port *config_next_uplink(const struct config_switch *sw,
				       const struct config_port *previous);
/* The VLAN mode of a port: its own, its group's, or none. */
const struct nvsw_vlan *config_vlan_of(const struct config_switch *sw,
				       const struct config_port *port);
/* The value of a policy field that is in force for a port. */
__u32 config_policy_of(const struct config_switch *sw,
		       const struct config_port *port, unsigned int attr);

/* config_read.c: from JSON; pure. Whatever it returns, free it. */
bool config_read(const char *text, size_t length, struct config *config,
		 struct config_error *error);
/* config_value.c: its parts, in which error->path is. */
bool config_read_field(const struct arg *field, bool inherit,
		       const struct json_t *json, struct value *value,
		       struct config_error *error);
bool config_read_policy(const struct arg *field, bool inherit,
			const struct json_t *json, struct nvsw_policy *policy,
			struct config_error *error);
bool config_read_vlan(const struct json_t *json, struct nvsw_vlan *vlan,
		      struct config_error *error);
bool config_read_allow(const struct json_t *json, struct nvsw_allow *allow,
		       struct config_error *error);
bool config_read_fdb(const struct json_t *json, struct nvsw_fdb *fdb,
		     struct config_error *error);
/* A number in a range; @what it is if it is none. */
bool config_read_number(const struct json_t *json, const char *what,
			unsigned int min, unsigned int max, __u32 *number,
			struct config_error *error);
/* A string that a parser of parse.h takes. */
bool config_read_name(const struct json_t *json,
		      bool (*parse)(const char *text,
				    struct parse_error *error),
		      const char **name, struct config_error *error);
/* config_check.c: contradictions between its parts that no kernel takes. */
bool config_check(const struct config *config, struct config_error *error);

/* config_load.c: from the kernel; 0 or an error of netlink.h. */
int config_load(const struct nvsw_link *link, struct config_switch *sw);

/* config_write.c: as JSON, on standard output. */
void config_write(const struct config *config);
/*
 * Parts of it, as JSON under @key, as text in the words of a command; without
 * the lists of what is in them.
 */
void config_put_switch(const char *key, const struct config_switch *sw);
void config_put_group(const char *key, const struct config_group *group);
void config_put_port(const char *key, const struct config_port *port);
void config_put_field(const char *key, const struct arg *field,
		      const struct nvsw_port *port);
void config_put_allow(const char *key, const struct nvsw_allow *allow);
void config_put_fdb(const char *key, const struct nvsw_fdb *fdb);
void config_put_vlan(const char *key, const struct nvsw_vlan *vlan);
void config_put_policy(const char *key, const struct arg *field,
		       const struct nvsw_policy *policy);

#endif /* _NVSW_CONFIG_H */
