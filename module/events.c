// SPDX-License-Identifier: GPL-2.0-only
/* Events: what listeners to the netlink multicast group are told. */

#include "events.h"

#include <net/genetlink.h>

#include "attr.h"
#include "genl.h"
#include "lookup.h"

/**
 * DOC: Rates
 *
 * What frames cause must not become a load on those who listen, nor on the CPU
 * that forwards the frames. So each port has limits, each limit counts what it
 * has held back, and the next event that it lets pass says how many those were.
 * A limit is asked under the port's own lock, and only while somebody listens.
 * Of what frames cause, somebody who begins to listen hears from the next tick on.
 */

/* Events of a kind in a second. */
#define NVS_EVENT_DROPS		10
#define NVS_EVENT_TABLE		100
#define NVS_EVENT_FULL		1

/* Room for the largest. */
#define NVS_EVENT_SIZE		256

static bool nvs_event_is_wanted(const struct nvs_switch *sw)
{
	return genl_has_listeners(&nvs_genl_family, dev_net(sw->dev), 0);
}

/*
 * The same, for what frames may cause in any number: who does not listen in a
 * tick is not asked for again in that tick.
 */
static bool nvs_event_of_frame_is_wanted(struct nvs_switch *sw)
{
	unsigned long now = jiffies;

	if (likely(READ_ONCE(sw->unheard) == now))
		return false;
	if (nvs_event_is_wanted(sw))
		return true;
	WRITE_ONCE(sw->unheard, now);
	return false;
}

/* May one more be sent? *suppressed: how many were not, before it */
static bool nvs_event_passes(struct nvs_port *port, struct nvs_limit *limit,
			     u32 rate, u32 *suppressed)
{
	bool passes;

	spin_lock_bh(&port->events.lock);
	if (time_after_eq(jiffies, limit->since + HZ)) {
		limit->since = jiffies;
		limit->sent = 0;
	}
	passes = limit->sent < rate;
	if (passes) {
		limit->sent++;
		*suppressed = limit->suppressed;
		limit->suppressed = 0;
	} else {
		limit->suppressed++;
	}
	spin_unlock_bh(&port->events.lock);
	return passes;
}

static struct sk_buff *nvs_event_begin(struct nvs_switch *sw, u8 event,
				       void **head)
{
	struct sk_buff *skb = genlmsg_new(NVS_EVENT_SIZE, GFP_ATOMIC);

	/* Whoever listens is told that something is missing. */
	if (!skb) {
		genl_set_err(&nvs_genl_family, dev_net(sw->dev), 0, 0,
			     -ENOBUFS);
		return NULL;
	}
	*head = genlmsg_put(skb, 0, 0, &nvs_genl_family, 0, NVSWITCH_CMD_EVENT);
	if (nla_put_u32(skb, NVSWITCH_A_SWITCH, sw->dev->ifindex) ||
	    nla_put_u8(skb, NVSWITCH_A_EVENT, event)) {
		kfree_skb(skb);
		return NULL;
	}
	return skb;
}

static void nvs_event_send(struct nvs_switch *sw, struct sk_buff *skb,
			   void *head, bool whole)
{
	if (WARN_ON_ONCE(!whole)) {
		kfree_skb(skb);
		return;
	}
	genlmsg_end(skb, head);
	genlmsg_multicast_netns(&nvs_genl_family, dev_net(sw->dev), skb, 0, 0,
				GFP_ATOMIC);
}

static bool nvs_event_put_port(struct sk_buff *skb,
			       const struct nvs_port *port)
{
	return !port ||
	       (!nla_put_u32(skb, NVSWITCH_A_PORT, port->dev->ifindex) &&
		!nla_put_string(skb, NVSWITCH_A_PORT_NAME, port->dev->name));
}

static bool nvs_event_put_vid(struct sk_buff *skb, u16 vid)
{
	return vid == NVS_VID_ANY || !nla_put_u16(skb, NVSWITCH_A_VID, vid);
}

static bool nvs_event_put_suppressed(struct sk_buff *skb, u32 suppressed)
{
	return !suppressed ||
	       !nla_put_u32(skb, NVSWITCH_A_SUPPRESSED, suppressed);
}

static bool nvs_event_put_mac(struct sk_buff *skb, int type, u64 mac)
{
	u8 addr[ETH_ALEN];

	nvs_mac_put(mac, addr);
	return !nla_put(skb, type, ETH_ALEN, addr);
}

/**
 * nvs_event_drop() - tell of a dropped frame
 * @in: ingress port
 * @f: the frame
 * @reason: enum nvswitch_drop_reason
 * @refusal: why the first copy was refused, or NVSWITCH_DROP_UNSPEC
 *
 * Context: softirqs off, RCU.
 */
void nvs_event_drop(struct nvs_port *in, const struct nvs_frame *f, u8 reason,
		    u8 refusal)
{
	struct nvs_switch *sw = in->sw;
	struct sk_buff *skb;
	u32 suppressed;
	void *head;
	bool whole;

	if (!nvs_event_of_frame_is_wanted(sw) ||
	    !nvs_event_passes(in, &in->events.drops[reason], NVS_EVENT_DROPS,
			      &suppressed))
		return;
	skb = nvs_event_begin(sw, NVSWITCH_EVENT_DROP, &head);
	if (!skb)
		return;
	whole = nvs_event_put_port(skb, in) &&
		!nla_put_u8(skb, NVSWITCH_A_REASON, reason) &&
		(!refusal || !nla_put_u8(skb, NVSWITCH_A_REFUSAL, refusal)) &&
		nvs_event_put_mac(skb, NVSWITCH_A_SRC, f->src) &&
		nvs_event_put_mac(skb, NVSWITCH_A_DST, f->dst) &&
		nvs_event_put_vid(skb, f->vid) &&
		nvs_event_put_suppressed(skb, suppressed);
	nvs_event_send(sw, skb, head, whole);
}

/* The port that a place is, or the active uplink behind which it is. */
static struct nvs_port *nvs_event_port_of(struct nvs_switch *sw,
					  unsigned long place)
{
	return nvs_place_port(place) ?: rcu_dereference(sw->active);
}

static bool nvs_event_put_entry(struct sk_buff *skb,
				const struct nvs_fdb_entry *e)
{
	return nvs_event_put_mac(skb, NVSWITCH_A_MAC, nvs_fdb_mac(e)) &&
	       nvs_event_put_vid(skb, nvs_fdb_vid(e)) &&
	       !nla_put_u8(skb, NVSWITCH_A_KIND, nvs_place_kind(e->dynamic));
}

static bool nvs_event_put_old(struct sk_buff *skb, struct nvs_switch *sw,
			      const struct nvs_fdb_entry *e, unsigned long old)
{
	struct nvs_port *port = nvs_event_port_of(sw, old);

	if (!old)
		return true;
	return !nla_put_u8(skb, NVSWITCH_A_OLD_KIND, nvs_place_kind(old)) &&
	       (!port || !nla_put_u32(skb, NVSWITCH_A_OLD_PORT,
				      port->dev->ifindex)) &&
	       (!nvs_trial_runs(e->trial, nvs_now()) ||
		!nla_put_flag(skb, NVSWITCH_A_TRIAL));
}

static void nvs_event_table(struct nvs_switch *sw,
			    const struct nvs_fdb_entry *e, u8 event,
			    unsigned long old)
{
	struct nvs_port *port = nvs_place_port(e->dynamic) ?: &sw->host;
	struct sk_buff *skb;
	u32 suppressed;
	void *head;
	bool whole;

	if (!nvs_event_is_wanted(sw) ||
	    !nvs_event_passes(port, &port->events.table, NVS_EVENT_TABLE,
			      &suppressed))
		return;
	skb = nvs_event_begin(sw, event, &head);
	if (!skb)
		return;
	rcu_read_lock();
	whole = nvs_event_put_port(skb, nvs_event_port_of(sw, e->dynamic)) &&
		nvs_event_put_entry(skb, e) &&
		nvs_event_put_old(skb, sw, e, old) &&
		nvs_event_put_suppressed(skb, suppressed);
	rcu_read_unlock();
	nvs_event_send(sw, skb, head, whole);
}

/**
 * nvs_event_learn() - tell of an address that traffic has shown
 * @sw: switch
 * @e: entry
 * @old: the place that it has left, or 0
 *
 * Context: nvs_fdb.lock.
 */
void nvs_event_learn(struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		     unsigned long old)
{
	u8 event = NVSWITCH_EVENT_LEARN;

	if (old)
		event = NVSWITCH_EVENT_MOVE;
	else if (nvs_place_kind(e->dynamic) == NVSWITCH_FDB_ADOPTED)
		event = NVSWITCH_EVENT_ADOPTED;
	nvs_event_table(sw, e, event, old);
}

/**
 * nvs_event_age() - tell of an entry that goes
 * @sw: switch
 * @e: entry
 *
 * Context: nvs_fdb.lock.
 */
void nvs_event_age(struct nvs_switch *sw, const struct nvs_fdb_entry *e)
{
	nvs_event_table(sw, e, NVSWITCH_EVENT_AGE, 0);
}

/**
 * nvs_event_limit() - tell of a new source for which there is no room
 * @port: guest port
 * @f: the frame
 *
 * Context: softirqs off, RCU.
 */
void nvs_event_limit(struct nvs_port *port, const struct nvs_frame *f)
{
	struct nvs_switch *sw = port->sw;
	u32 suppressed, limit;
	struct sk_buff *skb;
	void *head;
	bool whole;

	if (!nvs_event_of_frame_is_wanted(sw) ||
	    !nvs_event_passes(port, &port->events.full, NVS_EVENT_FULL,
			      &suppressed))
		return;
	limit = nvs_fdb_full_limit(port, nvs_port_snap_rcu(port));
	skb = nvs_event_begin(sw, NVSWITCH_EVENT_LIMIT, &head);
	if (!skb)
		return;
	whole = nvs_event_put_port(skb, port) &&
		nvs_event_put_mac(skb, NVSWITCH_A_MAC, f->src) &&
		nvs_event_put_vid(skb, f->fid) &&
		!nla_put_u32(skb, NVSWITCH_A_LIMIT, limit) &&
		nvs_event_put_suppressed(skb, suppressed);
	nvs_event_send(sw, skb, head, whole);
}

/**
 * nvs_event_mac() - tell what became of a requested MAC
 * @port: the port that requests it
 * @event: NVSWITCH_EVENT_MAC_CHANGE, MAC_CONFLICT or MAC_OK
 * @mac: the address
 * @other: the port that has it, or NULL
 *
 * Context: RTNL, or the switch device's address list lock.
 */
void nvs_event_mac(struct nvs_port *port, u8 event, u64 mac,
		   const struct nvs_port *other)
{
	struct nvs_switch *sw = port->sw;
	struct sk_buff *skb;
	void *head;
	bool whole;

	if (!nvs_event_is_wanted(sw))
		return;
	skb = nvs_event_begin(sw, event, &head);
	if (!skb)
		return;
	whole = nvs_event_put_port(skb, port) &&
		nvs_event_put_mac(skb, NVSWITCH_A_MAC, mac) &&
		(!other || !nla_put_u32(skb, NVSWITCH_A_OTHER_PORT,
					other->dev->ifindex));
	nvs_event_send(sw, skb, head, whole);
}

/**
 * nvs_event_port() - tell what a port has become
 * @sw: switch
 * @port: the port, or NULL for none
 * @event: NVSWITCH_EVENT_UPLINK or ACTIVATED
 *
 * Context: RTNL.
 */
void nvs_event_port(struct nvs_switch *sw, const struct nvs_port *port,
		    u8 event)
{
	struct sk_buff *skb;
	void *head;

	if (!nvs_event_is_wanted(sw))
		return;
	skb = nvs_event_begin(sw, event, &head);
	if (skb)
		nvs_event_send(sw, skb, head, nvs_event_put_port(skb, port));
}

/**
 * nvs_event_config() - tell of a change to the configuration
 * @sw: switch
 * @port: the port that has changed, or NULL
 * @group: the name of the group that has, or NULL; the switch if both are
 * @action: enum nvswitch_action
 *
 * Context: RTNL.
 */
void nvs_event_config(struct nvs_switch *sw, const struct nvs_port *port,
		      const char *group, u8 action)
{
	struct sk_buff *skb;
	void *head;
	bool whole;

	if (!nvs_event_is_wanted(sw))
		return;
	skb = nvs_event_begin(sw, NVSWITCH_EVENT_CONFIG, &head);
	if (!skb)
		return;
	whole = !nla_put_u8(skb, NVSWITCH_A_ACTION, action) &&
		nvs_event_put_port(skb, port) &&
		(!group || !nla_put_string(skb, NVSWITCH_A_GROUP, group));
	nvs_event_send(sw, skb, head, whole);
}
