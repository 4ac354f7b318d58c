// SPDX-License-Identifier: GPL-2.0-only
/* Sockets whose word about a port holds while they are open. */

#include "agent.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "events.h"
#include "switch.h"

/*
 * How long a requested MAC outlives its agent: as long as an agent may take to
 * restart. Without it a guest that has changed its MAC would be cut off.
 */
#define NVS_AGENT_RESTARTS	(10 * HZ)

/**
 * struct nvs_agent - a generic netlink socket
 * @node: in nvs_agents
 * @net: its namespace; never looked into, since it may be gone
 * @portid: its address there
 * @closed: it has been closed; under nvs_agents_lock
 * @closed_at: when, in jiffies
 * @statements: struct nvs_statement: what it has told and nobody else since
 */
struct nvs_agent {
	struct list_head node;
	const struct net *net;
	u32 portid;
	bool closed;
	unsigned long closed_at;
	struct list_head statements;
};

static void nvs_agents_lapse(struct work_struct *work);

/* Agents come and go under RTNL and this lock; a close, without RTNL, reads. */
static DEFINE_SPINLOCK(nvs_agents_lock);
static LIST_HEAD(nvs_agents);
static DECLARE_DELAYED_WORK(nvs_agents_work, nvs_agents_lapse);

/* Who has that address now. One that was closed may have had it before. */
static struct nvs_agent *nvs_agent_find(const struct net *net, u32 portid)
{
	struct nvs_agent *agent;

	list_for_each_entry(agent, &nvs_agents, node)
		if (!agent->closed && agent->portid == portid &&
		    agent->net == net)
			return agent;
	return NULL;
}

/**
 * nvs_agent_get() - the agent that a socket is
 * @net: namespace of the socket
 * @portid: its address there
 *
 * Context: RTNL, from a command of that socket, which therefore is open.
 * Return: the agent, for nvs_agent_put(); NULL without memory.
 */
struct nvs_agent *nvs_agent_get(struct net *net, u32 portid)
{
	struct nvs_agent *agent;

	spin_lock(&nvs_agents_lock);
	agent = nvs_agent_find(net, portid);
	spin_unlock(&nvs_agents_lock);
	if (agent)
		return agent;
	agent = kzalloc(sizeof(*agent), GFP_KERNEL_ACCOUNT);
	if (!agent)
		return NULL;
	agent->net = net;
	agent->portid = portid;
	INIT_LIST_HEAD(&agent->statements);
	spin_lock(&nvs_agents_lock);
	list_add(&agent->node, &nvs_agents);
	spin_unlock(&nvs_agents_lock);
	return agent;
}

/**
 * nvs_agent_put() - forget an agent of which nothing holds
 * @agent: the agent, or NULL; stays if something that it has told holds
 *
 * Context: RTNL.
 */
void nvs_agent_put(struct nvs_agent *agent)
{
	if (!agent || !list_empty(&agent->statements))
		return;
	spin_lock(&nvs_agents_lock);
	list_del(&agent->node);
	spin_unlock(&nvs_agents_lock);
	kfree(agent);
}

/**
 * nvs_port_told() - note who has told what is configured of a port
 * @port: the port
 * @subject: what has been told
 * @agent: who, while it is open; NULL: it holds until something else is told
 *
 * Context: RTNL.
 */
void nvs_port_told(struct nvs_port *port, enum nvs_subject subject,
		   struct nvs_agent *agent)
{
	struct nvs_statement *st = &port->statements[subject];
	struct nvs_agent *before = st->agent;

	if (agent == before)
		return;
	list_del_init(&st->node);
	st->agent = agent;
	if (agent)
		list_add_tail(&st->node, &agent->statements);
	nvs_agent_put(before);
}

/**
 * nvs_statements_init() - nobody has told anything of a port yet
 * @port: new port
 *
 * Context: any.
 */
void nvs_statements_init(struct nvs_port *port)
{
	int i;

	for (i = 0; i < NVS_SUBJECTS; i++) {
		struct nvs_statement *st = &port->statements[i];

		INIT_LIST_HEAD(&st->node);
		st->port = port;
		st->subject = i;
	}
}

/**
 * nvs_statements_end() - whatever agents have told of a port does not matter
 * @port: port that has been reset, or goes
 *
 * Context: RTNL.
 */
void nvs_statements_end(struct nvs_port *port)
{
	int i;

	for (i = 0; i < NVS_SUBJECTS; i++)
		nvs_port_told(port, i, NULL);
}

/* What is configured becomes what it is if nobody tells. */
static void nvs_statement_lapse(struct nvs_statement *st)
{
	struct nvs_port *port = st->port;

	switch (st->subject) {
	case NVS_SUBJECT_REQUESTED:
		nvs_mac_request(port, 0, false);
		break;
	case NVS_SUBJECT_PROMISC:
		port->rx_promisc = NVSWITCH_INHERIT;
		break;
	case NVS_SUBJECT_MULTICAST:
		st->retired = port->groups;
		port->groups = NULL;
		break;
	}
	port->notify = true;
}

/* Move what lapses in one switch to @lapsed. Return: the switch, or NULL. */
static struct nvs_switch *nvs_agent_lapse_one(struct nvs_agent *agent,
					      bool restarts,
					      struct list_head *lapsed)
{
	struct nvs_statement *st, *next;
	struct nvs_switch *sw = NULL;

	list_for_each_entry_safe(st, next, &agent->statements, node) {
		if ((restarts && st->subject == NVS_SUBJECT_REQUESTED) ||
		    (sw && st->port->sw != sw))
			continue;
		sw = st->port->sw;
		nvs_statement_lapse(st);
		list_move_tail(&st->node, lapsed);
	}
	return sw;
}

/* A commit for each switch, however many of its ports the agent spoke for. */
static void nvs_agent_lapse(struct nvs_agent *agent, bool restarts)
{
	struct nvs_statement *st, *next;
	struct nvs_switch *sw;
	LIST_HEAD(lapsed);

	while ((sw = nvs_agent_lapse_one(agent, restarts, &lapsed))) {
		nvs_commit(sw);
		list_for_each_entry_safe(st, next, &lapsed, node) {
			kfree(st->retired);
			st->retired = NULL;
			st->agent = NULL;
			list_del_init(&st->node);
			nvs_event_config(sw, st->port, NULL,
					 NVSWITCH_ACTION_SET);
		}
	}
}

static bool nvs_agent_is_closed(const struct nvs_agent *agent)
{
	bool closed;

	spin_lock(&nvs_agents_lock);
	closed = agent->closed;
	spin_unlock(&nvs_agents_lock);
	return closed;
}

static void nvs_agents_lapse(struct work_struct *work)
{
	struct nvs_agent *agent, *next;
	unsigned long left, soonest = 0;

	rtnl_lock();
	list_for_each_entry_safe(agent, next, &nvs_agents, node) {
		if (!nvs_agent_is_closed(agent))
			continue;
		left = agent->closed_at + NVS_AGENT_RESTARTS - jiffies;
		if ((long)left <= 0)
			left = 0;
		nvs_agent_lapse(agent, left);
		if (list_empty(&agent->statements))
			nvs_agent_put(agent);
		else if (!soonest || left < soonest)
			soonest = left;
	}
	rtnl_unlock();
	if (soonest)
		queue_delayed_work(system_power_efficient_wq, &nvs_agents_work,
				   soonest);
}

/*
 * Whoever closes a socket does not wait for RTNL. Most sockets have told nothing,
 * and cost a look at the list of those that have.
 */
static int nvs_agent_event(struct notifier_block *nb, unsigned long event,
			   void *ptr)
{
	const struct netlink_notify *n = ptr;
	struct nvs_agent *agent;

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC)
		return NOTIFY_DONE;
	spin_lock(&nvs_agents_lock);
	agent = nvs_agent_find(n->net, n->portid);
	if (agent) {
		agent->closed_at = jiffies;
		agent->closed = true;
	}
	spin_unlock(&nvs_agents_lock);
	if (agent)
		mod_delayed_work(system_power_efficient_wq, &nvs_agents_work, 0);
	return NOTIFY_DONE;
}

static struct notifier_block nvs_agent_notifier = {
	.notifier_call = nvs_agent_event,
};

/**
 * nvs_agent_module_init() - watch sockets
 *
 * Context: module initialization.
 * Return: 0 or -errno.
 */
int __init nvs_agent_module_init(void)
{
	return netlink_register_notifier(&nvs_agent_notifier);
}

/**
 * nvs_agent_module_exit() - stop watching
 *
 * Context: module exit, when no port is left.
 */
void nvs_agent_module_exit(void)
{
	netlink_unregister_notifier(&nvs_agent_notifier);
	cancel_delayed_work_sync(&nvs_agents_work);
}
