// SPDX-License-Identifier: GPL-2.0-only
/* Whose MAC is it: initial, requested and effective MAC of guest ports. */

#include "core/mac.h"

#include "compat/compat.h"
#include "core/policy.h"
#include "events.h"
#include "switch.h"

/* Requests of one port that are judged each second. */
#define NVS_REQUESTS_PER_SECOND	10

static void nvs_mac_explain_conflict(const struct nvs_port *port, u64 mac,
				     struct netlink_ext_ack *extack)
{
	unsigned long place = nvs_fdb_firm_rival(port, mac);

	if (!place)
		place = nvs_fdb_rival(port, mac);
	switch (nvs_place_kind(place)) {
	case NVSWITCH_FDB_LOCAL:
		NL_SET_ERR_MSG(extack, "The MAC is the host's own: give the guest another, or change the switch device's");
		break;
	case NVSWITCH_FDB_STATIC:
		NL_SET_ERR_MSG(extack, "The MAC has a static entry: delete it with bridge fdb del, or give the guest another MAC");
		break;
	default:
		nvs_compat_set_msg_dev(extack, "The MAC belongs to another port, %s: change one guest's MAC",
				       nvs_place_port(place)->dev,
				       "The MAC belongs to another port (bridge fdb get LLADDR dev SWITCH self says which): give one of the two guests another MAC");
	}
}

/* The old effective MAC goes, but stays reserved if it is the initial one. */
static void nvs_mac_leave(struct nvs_port *port, u64 mac)
{
	if (mac && mac == port->mac.initial)
		nvs_fdb_own(port, mac, NVSWITCH_FDB_RESERVED,
			    GFP_KERNEL_ACCOUNT);
	else if (mac)
		nvs_fdb_disown(port, mac);
}

/* Make @mac, which the port holds or may have, the effective MAC. */
static int nvs_mac_set_effective(struct nvs_port *port, u64 mac)
{
	u64 old = port->mac.effective;
	int err;

	if (mac == old)
		return 0;
	if (mac) {
		err = nvs_fdb_own(port, mac, NVSWITCH_FDB_OWNED,
				  GFP_KERNEL_ACCOUNT);
		if (err)
			return err;
	}
	port->mac.effective = mac;
	port->notify = true;
	nvs_mac_leave(port, old);
	return 0;
}

/* Replace the initial MAC; 0 for none. Changes nothing on failure. */
static int nvs_mac_install(struct nvs_port *port, u64 mac, u8 source)
{
	struct nvs_port_mac *m = &port->mac;
	u64 old = m->initial;
	bool requested = m->requested != old;
	int err;

	if (mac && mac != old && mac != m->effective) {
		if (source == NVSWITCH_INITIAL_ADMIN)
			err = nvs_fdb_seize(port, mac);
		else
			err = nvs_fdb_own(port, mac, NVSWITCH_FDB_RESERVED,
					  GFP_KERNEL_ACCOUNT);
		if (err)
			return err;
	}
	m->source = source;
	if (mac == old)
		return 0;
	nvs_fdb_forget_adopted(port);
	m->initial = mac;
	/* A request that was honoured outlives its port's initial MAC. */
	if (!mac || m->effective == old)
		nvs_mac_set_effective(port, mac);
	if (old && old != m->effective)
		nvs_fdb_disown(port, old);
	if (!requested)
		m->requested = mac;
	return 0;
}

/**
 * nvs_mac_of_peer() - the address of a device's visible peer
 * @dev: device
 *
 * Context: RTNL.
 * Return: the address, or 0 if there is no peer to be seen.
 */
u64 nvs_mac_of_peer(const struct net_device *dev)
{
	const struct net_device_ops *ops = dev->netdev_ops;
	struct net_device *peer = NULL;
	u64 mac = 0;

	rcu_read_lock();
	if (ops->ndo_get_peer_dev)
		peer = ops->ndo_get_peer_dev((struct net_device *)dev);
	if (peer && is_valid_ether_addr(peer->dev_addr))
		mac = nvs_mac_get(peer->dev_addr);
	rcu_read_unlock();
	return mac;
}

/* Let a guest port's initial MAC be that of its visible peer, if any. */
static int nvs_mac_take_peer(struct nvs_port *port,
			     struct netlink_ext_ack *extack)
{
	u64 mac = nvs_mac_of_peer(port->dev);
	int err;

	nvs_sync_host(port->sw);
	err = nvs_mac_install(port, mac, mac ? NVSWITCH_INITIAL_PEER :
					       NVSWITCH_INITIAL_NONE);
	if (err == -EEXIST)
		nvs_mac_explain_conflict(port, mac, extack);
	return err;
}

/* Ports that have @mac by request only must give it up. */
static void nvs_mac_evict(const struct nvs_port *port, u64 mac)
{
	unsigned long place = nvs_fdb_rival(port, mac);
	struct nvs_port *other = nvs_place_port(place);

	while (nvs_place_kind(place) == NVSWITCH_FDB_OWNED &&
	       other->mac.initial != mac) {
		nvs_mac_set_effective(other, other->mac.initial);
		place = nvs_fdb_rival(port, mac);
		other = nvs_place_port(place);
	}
}

/**
 * nvs_mac_set_initial() - set a port's initial MAC
 * @port: guest port
 * @mac: the address, or 0 to leave it to the peer or to adoption again
 * @extack: for a refusal
 *
 * The administrator beats a request: a port that has @mac by request loses it.
 *
 * Context: RTNL. The caller commits.
 * Return: 0, -EEXIST if @mac is taken, -ENOMEM; then nothing has changed.
 */
int nvs_mac_set_initial(struct nvs_port *port, u64 mac,
			struct netlink_ext_ack *extack)
{
	int err;

	if (!mac)
		return nvs_mac_take_peer(port, extack);
	nvs_sync_host(port->sw);
	err = nvs_mac_install(port, mac, NVSWITCH_INITIAL_ADMIN);
	if (err == -EEXIST)
		nvs_mac_explain_conflict(port, mac, extack);
	if (err)
		return err;
	nvs_mac_evict(port, mac);
	nvs_fdb_forget_adopted(port);
	return 0;
}

/**
 * nvs_mac_drop() - take all addresses from a port
 * @port: port that is no guest's any more
 *
 * Context: RTNL. The caller commits.
 */
void nvs_mac_drop(struct nvs_port *port)
{
	nvs_mac_install(port, 0, NVSWITCH_INITIAL_NONE);
	port->mac = (struct nvs_port_mac){ .settled = port->mac.settled };
	nvs_fdb_forget_adopted(port);
}

/**
 * nvs_mac_request() - note that a guest has programmed another address
 * @port: guest port
 * @mac: the address, or 0 to forget a request
 * @by_peer: it is the visible peer's address
 *
 * At most ten requests a second are judged; of more the last one is, when the
 * second is over.
 *
 * Context: RTNL. The caller commits.
 */
void nvs_mac_request(struct nvs_port *port, u64 mac, bool by_peer)
{
	struct nvs_port_mac *m = &port->mac;

	if (!mac)
		mac = m->initial;
	if (mac == m->requested && by_peer == m->by_peer)
		return;
	m->requested = mac;
	m->by_peer = by_peer;
	m->request = ++port->sw->next_request;
	if (time_after_eq(jiffies, m->window + HZ)) {
		m->window = jiffies;
		m->judged = 0;
	}
	m->deferred = m->judged >= NVS_REQUESTS_PER_SECOND;
	if (!m->deferred)
		m->judged++;
}

/**
 * nvs_mac_retract() - take a request back that nobody stands by any more
 * @port: guest port
 *
 * What a visible peer has that the initial MAC is from is there to be seen, and
 * is what is requested then.
 *
 * Context: RTNL. The caller commits.
 */
void nvs_mac_retract(struct nvs_port *port)
{
	u64 mac = 0;

	if (port->mac.source == NVSWITCH_INITIAL_PEER)
		mac = nvs_mac_of_peer(port->dev);
	nvs_mac_request(port, mac, mac);
}

/**
 * nvs_mac_lose_carrier() - the guest is gone, and with it what it requested
 * @port: guest port
 *
 * What the visible peer has stays: it is there to be seen.
 *
 * Context: RTNL. The caller commits.
 */
void nvs_mac_lose_carrier(struct nvs_port *port)
{
	if (port->mac.by_peer)
		return;
	nvs_mac_retract(port);
	nvs_port_told(port, NVS_SUBJECT_REQUESTED, NULL);
}

/**
 * nvs_mac_peer_changed() - follow the address of a visible peer
 * @peer: a device whose address has changed
 *
 * Until the port has carrier for the first time its peer is being set up, and
 * nothing can have been sent: the new address is the initial MAC. Later it is a
 * request.
 *
 * Context: RTNL. The caller commits.
 * Return: the port whose peer it is, or NULL.
 */
struct nvs_port *nvs_mac_peer_changed(struct net_device *peer)
{
	const struct net_device_ops *ops = peer->netdev_ops;
	struct net_device *dev = NULL;
	struct nvs_port *port;
	u64 mac;

	rcu_read_lock();
	if (ops->ndo_get_peer_dev)
		dev = ops->ndo_get_peer_dev(peer);
	rcu_read_unlock();
	port = dev ? nvs_port_get_rtnl(dev) : NULL;
	if (!port || port->role != NVS_GUEST)
		return NULL;
	mac = nvs_mac_of_peer(dev);
	nvs_sync_host(port->sw);
	nvs_port_told(port, NVS_SUBJECT_REQUESTED, NULL);
	nvs_port_update_link(port);
	if (port->mac.source == NVSWITCH_INITIAL_PEER && !port->mac.settled &&
	    !nvs_mac_install(port, mac, NVSWITCH_INITIAL_PEER))
		nvs_mac_request(port, 0, true);
	else
		nvs_mac_request(port, mac, true);
	return port;
}

/* Is the requested MAC free? *busy: only traffic elsewhere stands in the way */
static bool nvs_mac_is_free(const struct nvs_port *port, bool *busy)
{
	u8 move = nvs_port_policy(port).learn_move;
	u64 mac = port->mac.requested;
	unsigned long place;

	*busy = false;
	if (mac == port->mac.effective)
		return true;
	place = nvs_fdb_rival(port, mac);
	if (place)
		return false;
	*busy = nvs_fdb_used_elsewhere(port, mac, move == NVSWITCH_DENY);
	return !*busy;
}

/* Until its port has carrier for the first time, a peer is being set up. */
static bool nvs_mac_is_setting_up(const struct nvs_port_mac *m)
{
	return m->by_peer && m->source == NVSWITCH_INITIAL_PEER && !m->settled;
}

static void nvs_mac_set_state(struct nvs_port *port, u8 state)
{
	static const u8 events[] = {
		[NVSWITCH_MAC_OK] = NVSWITCH_EVENT_MAC_OK,
		[NVSWITCH_MAC_CHANGE] = NVSWITCH_EVENT_MAC_CHANGE,
		[NVSWITCH_MAC_CONFLICT] = NVSWITCH_EVENT_MAC_CONFLICT,
	};
	u64 mac = port->mac.requested;
	unsigned long rival = 0;

	/* However often a guest asks, user space hears of ten a second. */
	if (port->mac.state == state &&
	    (state == NVSWITCH_MAC_OK || port->mac.told == mac ||
	     port->mac.deferred))
		return;
	port->mac.state = state;
	port->mac.told = mac;
	port->notify = true;
	if (state == NVSWITCH_MAC_CONFLICT)
		rival = nvs_fdb_rival(port, mac);
	nvs_event_mac(port, events[state], mac, nvs_place_port(rival));
}

/* Return: whether addresses have changed hands. */
static bool nvs_mac_judge(struct nvs_port *port, bool *waits)
{
	struct nvs_port_mac *m = &port->mac;
	u64 before = m->effective;
	struct nvs_mac_choice c;
	int err = 0;
	bool busy;

	/* A peer that was refused while it was being set up tries again. */
	if (nvs_mac_is_setting_up(m) && m->requested != m->initial)
		err = nvs_mac_install(port, m->requested,
				      NVSWITCH_INITIAL_PEER);
	if (err) {
		*waits |= err == -ENOMEM;
		nvs_mac_set_state(port, NVSWITCH_MAC_CONFLICT);
		return false;
	}
	c = nvs_mac_choose(m->initial, m->requested, m->effective,
			   nvs_port_policy(port).mac_changes,
			   nvs_mac_is_free(port, &busy));
	if (nvs_mac_set_effective(port, c.effective)) {
		c.state = NVSWITCH_MAC_CONFLICT;
		busy = true;
	}
	*waits |= c.state == NVSWITCH_MAC_CONFLICT && busy;
	nvs_mac_set_state(port, c.state);
	return m->effective != before;
}

/* The guest port with the oldest request after number @after. */
static struct nvs_port *nvs_mac_next(struct nvs_switch *sw, u64 after)
{
	struct nvs_port *port, *next = NULL;

	list_for_each_entry(port, &sw->ports, node)
		if (port->role == NVS_GUEST && port->mac.request > after &&
		    (!next || port->mac.request < next->mac.request))
			next = port;
	return next;
}

/*
 * However many requests there were, what policy forbids is refused at once, and what
 * it allowed before is over; the state stays that until it is taken back, which may
 * wait.
 */
static bool nvs_mac_may_wait(struct nvs_port *port)
{
	struct nvs_port_mac *m = &port->mac;

	if (m->deferred && time_after_eq(jiffies, m->window + HZ)) {
		m->window = jiffies;
		m->judged = 1;
		m->deferred = false;
	}
	return m->deferred &&
	       (!m->initial ||
		(m->requested == m->initial && m->effective == m->initial) ||
		nvs_port_policy(port).mac_changes == NVSWITCH_ACCEPT);
}

/**
 * nvs_mac_settle() - judge all requests, oldest first
 * @sw: switch
 *
 * Until none gains by what another one has lost.
 *
 * Context: RTNL, from nvs_commit().
 * Return: whether some request waits for time to pass.
 */
bool nvs_mac_settle(struct nvs_switch *sw)
{
	struct nvs_port *port;
	bool waits, moved;
	u64 after;

	do {
		waits = false;
		moved = false;
		after = 0;
		while ((port = nvs_mac_next(sw, after))) {
			after = port->mac.request;
			if (!nvs_mac_may_wait(port))
				moved |= nvs_mac_judge(port, &waits);
			waits |= port->mac.deferred;
		}
	} while (moved);
	return waits;
}
