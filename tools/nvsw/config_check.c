// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contradictions between the parts of a configuration. The kernel would refuse
 * all of these, but only when some of it had been done already. Pure.
 */
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "config_private.h"
#include "out.h"

struct check {
	const struct config *config;
	const struct config_switch *sw;
	struct config_error *error;
	struct private_vlans known;
};

static void go_to(const struct check *check, const char *list, size_t index,
		  const char *key)
{
	config_go_to(check->error, check->config, check->sw, list, index, key);
}

static void go_to_port(const struct check *check,
		       const struct config_port *port, const char *key)
{
	go_to(check, "ports", port->index, key);
}

static bool check_group_names(const struct check *check)
{
	const struct config_switch *sw = check->sw;
	size_t i;

	for (i = 1; i < sw->group_count; i++) {
		const struct config_group *a = &sw->group[i - 1];
		const struct config_group *b = &sw->group[i];

		if (strcmp(a->is.name, b->is.name))
			continue;
		go_to(check, "groups", a->index > b->index ? a->index :
							     b->index, "group");
		return config_fail(check->error, "there is a group '%s' already: give each a name of its own",
				   b->is.name);
	}
	return true;
}

static bool check_port_names(const struct check *check)
{
	const struct config_switch *sw = check->sw;
	size_t i;

	for (i = 1; i < sw->port_count; i++) {
		const struct config_port *a = &sw->port[i - 1];
		const struct config_port *b = &sw->port[i];

		if (strcmp(a->name, b->name))
			continue;
		go_to_port(check, a->index > b->index ? a : b, "port");
		return config_fail(check->error, "there is a port '%s' already: a device is one port",
				   b->name);
	}
	return true;
}

/* What an earlier switch has. */
static bool check_other_switches(const struct check *check)
{
	const struct config_switch *sw = check->sw;
	const struct config_switch *other;
	size_t i;

	for (other = check->config->sw; other < sw; other++) {
		if (!strcmp(other->name, sw->name)) {
			go_to(check, NULL, 0, "switch");
			return config_fail(check->error, "there is a switch '%s' already: say all of it in one place",
					   sw->name);
		}
		for (i = 0; i < sw->port_count; i++) {
			if (!config_find_port(other, sw->port[i].name))
				continue;
			go_to_port(check, &sw->port[i], "port");
			return config_fail(check->error, "'%s' is a port of '%s' already: a device is one port",
					   sw->port[i].name, other->name);
		}
	}
	return true;
}

/* Learn what one VLAN mode, of a group or port, says of private VLANs. */
static bool check_private(struct check *check, const struct nvsw_vlan *vlan,
			  const char *list, size_t index)
{
	unsigned int vid;
	const char *clash = private_add(&check->known, vlan, &vid);

	if (!clash)
		return true;
	go_to(check, list, index, "vlan");
	return config_fail(check->error, "VLAN %u %s", vid, clash);
}

static bool check_secondary(struct check *check, const struct nvsw_vlan *vlan,
			    const char *list, size_t index)
{
	unsigned int vid;

	if (private_allows(&check->known, vlan, &vid))
		return true;
	go_to(check, list, index, "vlan");
	return config_fail(check->error, "VLAN %u is secondary of a private VLAN, and cannot be an access, native or primary one: use another one",
			   vid);
}

static bool check_vlans_with(struct check *check,
			     bool (*f)(struct check *check,
				       const struct nvsw_vlan *vlan,
				       const char *list, size_t index))
{
	const struct config_switch *sw = check->sw;
	size_t i;

	for (i = 0; i < sw->group_count; i++)
		if (!f(check, &sw->group[i].is.vlan, "groups",
		       sw->group[i].index))
			return false;
	for (i = 0; i < sw->port_count; i++)
		if (!f(check, &sw->port[i].is.vlan, "ports",
		       sw->port[i].index))
			return false;
	return true;
}

static bool check_vlans(struct check *check)
{
	private_init(&check->known);
	return check_vlans_with(check, check_private) &&
	       check_vlans_with(check, check_secondary);
}

static bool check_group_of(const struct check *check,
			   const struct config_port *port)
{
	if (!*port->is.group || config_find_group(check->sw, port->is.group))
		return true;
	go_to_port(check, port, "group");
	return config_fail(check->error, "there is no group '%s' in \"groups\": add it there",
			   port->is.group);
}

/* Lists are in order: what is there twice stands side by side. */
static bool check_allow(const struct check *check,
			const struct config_port *port)
{
	char text[MAC_TEXT];
	size_t i;

	for (i = 1; i < port->allow_count; i++) {
		const struct nvsw_allow *allow = &port->allow[i];

		if (config_allow_compare(allow - 1, allow))
			continue;
		go_to_port(check, port, "allow");
		return config_fail(check->error, "%s/%u is there twice: it takes each entry once",
				   mac_text(text, allow->mac), allow->bits);
	}
	return true;
}

static bool check_fdb(const struct check *check,
		      const struct config_port *port)
{
	char text[MAC_TEXT];
	struct vid_set vids;
	size_t i;

	private_vids(&check->known, check->sw, port, &vids);
	for (i = 0; i < port->fdb_count; i++) {
		const struct nvsw_fdb *fdb = &port->fdb[i];

		go_to_port(check, port, "static");
		mac_text(text, fdb->mac);
		if (!vid_set_has(&vids, fdb->vid))
			return config_fail(check->error, "%s: the port has no addresses in VLAN %d: name one that it carries, of a private VLAN the primary one",
					   text, fdb->vid);
		if (i && !config_fdb_compare(fdb - 1, fdb))
			return config_fail(check->error, "%s in VLAN %d is there twice: it takes each entry once",
					   text, fdb->vid);
	}
	return true;
}

static bool check_ports(const struct check *check)
{
	size_t i;

	for (i = 0; i < check->sw->port_count; i++) {
		const struct config_port *port = &check->sw->port[i];

		if (!check_group_of(check, port) ||
		    !check_allow(check, port) || !check_fdb(check, port))
			return false;
	}
	return true;
}

static int by_mac(const void *a, const void *b)
{
	const struct config_port *const *first = a, *const *second = b;

	return memcmp((*first)->is.initial_mac, (*second)->is.initial_mac,
		      ETH_ALEN);
}

static bool refuse_owners(const struct check *check,
			  const struct config_port *a,
			  const struct config_port *b)
{
	char text[MAC_TEXT];

	go_to_port(check, a->index > b->index ? a : b, "initial_mac");
	return config_fail(check->error, "%s would belong to %s and %s: give one of the two guests another MAC or another VLAN",
			   mac_text(text, a->is.initial_mac), a->name,
			   b->name);
}

/* Ports with one MAC, the last of which is new: is a VLAN common? */
static bool check_owner(const struct check *check,
			const struct config_port **port, size_t count,
			struct vid_set *taken)
{
	struct vid_set vids, other;
	size_t i;

	private_vids(&check->known, check->sw, port[count - 1], &vids);
	if (!vid_set_meets(&vids, taken)) {
		for (i = 0; i < ARRAY_SIZE(vids.word); i++)
			taken->word[i] |= vids.word[i];
		return true;
	}
	for (i = 0; i + 1 < count; i++) {
		private_vids(&check->known, check->sw, port[i], &other);
		if (vid_set_meets(&vids, &other))
			break;
	}
	return refuse_owners(check, port[i], port[count - 1]);
}

/* One MAC has one owner: this is how cloned guests are caught. */
static bool check_owners(const struct check *check,
			 const struct config_port **port, size_t count)
{
	struct vid_set taken;
	size_t first = 0, i;

	qsort(port, count, sizeof(*port), by_mac);
	for (i = 0; i < count; i++) {
		if (!i || by_mac(&port[first], &port[i])) {
			memset(&taken, 0, sizeof(taken));
			first = i;
		}
		if (!check_owner(check, port + first, i - first + 1, &taken))
			return false;
	}
	return true;
}

static bool check_macs(const struct check *check)
{
	const struct config_port **with_mac;
	size_t count = 0, i;
	bool good = true;

	with_mac = allocate(check->sw->port_count * sizeof(*with_mac) + 1);
	for (i = 0; i < check->sw->port_count; i++)
		if (config_has_mac(&check->sw->port[i].is))
			with_mac[count++] = &check->sw->port[i];
	if (count)
		good = check_owners(check, with_mac, count);
	free(with_mac);
	return good;
}

bool config_check(const struct config *config, struct config_error *error)
{
	struct check check = { .config = config, .error = error };
	size_t i;

	for (i = 0; i < config->count; i++) {
		check.sw = &config->sw[i];
		if (!check_other_switches(&check) ||
		    !check_group_names(&check) || !check_port_names(&check) ||
		    !check_vlans(&check) || !check_ports(&check) ||
		    !check_macs(&check))
			return false;
	}
	return true;
}
