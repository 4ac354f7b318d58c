// SPDX-License-Identifier: GPL-2.0-only
/* What the NICs of one guest have said, and to which ports it belongs. */
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "mac.h"
#include "nics.h"

/* What is known of a guest while its answer is being read. */
struct update {
	struct nics *nics;
	const char *guest;
	const void *owner;
	const json_t *answer;
	bool asleep;
};

static bool find_said(const json_t *answer, const char *nic, struct wish *wish)
{
	char name[NIC_NAME_MAX + 1];
	size_t i;

	for (i = 0; i < json_array_size(answer) && i < DEVICES_MAX; i++)
		if (filter_read(json_array_get(answer, i), name, wish) &&
		    !strcmp(name, nic))
			return true;
	return false;
}

static struct nic *find_nic(struct nics *nics, const char *name,
			    const char *port)
{
	struct nic *nic;

	for (nic = nics->nic; nic < nics->nic + nics->count; nic++)
		if (!strcmp(nic->name, name) && !strcmp(nic->port_name, port))
			return nic;
	nics->count++;
	memset(nic, 0, sizeof(*nic));
	strcpy(nic->name, name);
	strcpy(nic->port_name, port);
	return nic;
}

static void claim(const struct update *update, struct nic *nic)
{
	bool taken = nic->taken;

	nic->port = port_claim(nic->port_name, update->owner);
	nic->taken = !nic->port;
	if (nic->port)
		say("%s: %s is port %s", update->guest,
		    *nic->name ? nic->name : "its NIC", nic->port_name);
	else if (!taken)
		warn("%s: %s is another guest's already: it says nothing of it",
		     update->guest, nic->port_name);
}

static void tell(struct nic *nic, const struct wish *wish)
{
	port_tell(nic->port, wish);
	nic->says = true;
	nic->mute = false;
}

static void mute(const struct update *update, struct nic *nic)
{
	if (nic->mute)
		return;
	port_unspeak(nic->port);
	nic->says = false;
	nic->mute = true;
	notice("%s: %s cannot say what the guest asks of it (of QEMU's models virtio-net can): %s keeps its initial MAC, and gets what its policy grants",
	       update->guest, *nic->name ? nic->name : "its NIC",
	       nic->port_name);
}

static bool is_wanted(const struct devices *devices, const struct nic *nic)
{
	unsigned int i;

	for (i = 0; i < devices->count; i++)
		if (!strcmp(devices->device[i].nic, nic->name) &&
		    !strcmp(devices->device[i].port, nic->port_name))
			return true;
	return false;
}

/* Before others are taken: a port may change from one NIC to another. */
static void remove_others(struct nics *nics, const struct devices *devices)
{
	unsigned int i, kept = 0;

	for (i = 0; i < nics->count; i++) {
		struct nic *nic = &nics->nic[i];

		if (is_wanted(devices, nic))
			nics->nic[kept++] = *nic;
		else if (nic->port)
			port_release(nic->port);
	}
	nics->count = kept;
}

/* One NIC that is some port's. */
static void update_nic(const struct update *update, const char *name,
		       const char *port)
{
	struct nic *nic = find_nic(update->nics, name, port);
	struct wish wish;

	if (!nic->port)
		claim(update, nic);
	if (!nic->port)
		return;
	port_set_asleep(nic->port, update->asleep);
	if (*name && find_said(update->answer, name, &wish))
		tell(nic, &wish);
	else
		mute(update, nic);
}

/* Nobody has said which NIC is which port: the socket's name is its port's. */
static bool guess(const struct update *update, struct devices *devices,
		  char *why, size_t size)
{
	size_t count = json_array_size(update->answer);
	struct wish wish;

	if (!is_device_name(update->guest)) {
		snprintf(why, size, "'%s' is no port's name: say in %s.json which NIC is which port",
			 update->guest, update->guest);
		return false;
	}
	if (count > 1) {
		snprintf(why, size, "it has %zu NICs: say in %s.json which is which port",
			 count, update->guest);
		return false;
	}
	if (count)
		filter_read(json_array_get(update->answer, 0),
			    devices->device[0].nic, &wish);
	strcpy(devices->device[0].port, update->guest);
	devices->count = 1;
	return true;
}

bool nics_update(struct nics *nics, const char *guest, const void *owner,
		 const struct devices *told, const json_t *answer, bool asleep,
		 char *why, size_t size)
{
	const struct update update = {
		.nics = nics,
		.guest = guest,
		.owner = owner,
		.answer = answer,
		.asleep = asleep,
	};
	struct devices devices = *told;
	bool good = true;
	unsigned int i;

	if (!json_is_array(answer)) {
		snprintf(why, size, "query-rx-filter is not answered with a list");
		return false;
	}
	if (!told->told)
		good = guess(&update, &devices, why, size);
	remove_others(nics, &devices);
	for (i = 0; i < devices.count; i++)
		update_nic(&update, devices.device[i].nic,
			   devices.device[i].port);
	return good;
}

void nics_release(struct nics *nics)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++)
		if (nics->nic[i].port)
			port_release(nics->nic[i].port);
	nics->count = 0;
}

static json_t *multicast_json(const struct nvsw_multicast *multicast)
{
	json_t *groups = json_array();
	char text[MAC_TEXT];
	unsigned int i;

	if (multicast->mode == NVSWITCH_RX_MULTICAST_ALL) {
		json_decref(groups);
		return json_string("all");
	}
	for (i = 0; i < multicast->count; i++)
		json_array_append_new(groups,
				      json_string(mac_text(text, multicast->group[i])));
	return groups;
}

static void add_wish(json_t *object, const struct wish *wish)
{
	char text[MAC_TEXT];

	if (wish->has_mac)
		json_object_set_new(object, "requested_mac",
				    json_string(mac_text(text, wish->mac)));
	json_object_set_new(object, "rx_promisc",
			    json_boolean(wish->promiscuous));
	json_object_set_new(object, "rx_multicast",
			    multicast_json(&wish->multicast));
	json_object_set_new(object, "other_unicast",
			    json_integer(wish->unicast));
}

json_t *nics_json(const struct nics *nics)
{
	json_t *list = json_array();
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		const struct nic *nic = &nics->nic[i];
		json_t *object = json_pack("{s:s, s:s, s:b}", "nic", nic->name,
					   "port", nic->port_name, "says",
					   nic->says);

		if (nic->taken)
			json_object_set_new(object, "taken", json_true());
		if (nic->port) {
			json_object_set_new(object, "attached",
					    json_boolean(nic->port->ready));
			if (nic->says)
				add_wish(object, &nic->port->wish);
		}
		json_array_append_new(list, object);
	}
	return list;
}
