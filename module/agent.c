// SPDX-License-Identifier: GPL-2.0-only
/* Sockets whose word about a port holds while they are open. */

#include "agent.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <net/sock.h>

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
 * @sk: the socket; NULL when it has been closed; under nvs_agents_lock
 * @portid: its address
 * @closed_at: when it was closed, in jiffies; under nvs_agents_lock
 * @pins: who works with it; RTNL
 * @statements: struct nvs_statement: what it has told and nobody else since;
 *	RTNL
 *
 * No reference is held to the socket: it says when it goes, and is there until
 * then.
 */
struct nvs_agent {
	struct list_head node;
	struct sock *sk;
	u32 portid;
	unsigned long closed_at;
	unsigned int pins;
	struct list_head statements;
};

static void nvs_agents_lapse(struct work_struct *work);

/* Agents come and go under RTNL and this lock; a close, without RTNL, reads. */
static DEFINE_SPINLOCK(nvs_agents_lock);
static LIST_HEAD(nvs_agents);
static DECLARE_DELAYED_WORK(nvs_agents_work, nvs_agents_lapse);

static struct nvs_agent *nvs_agent_find(const struct sock *sk)
{
	struct nvs_agent *agent, *found = NULL;

	spin_lock(&nvs_agents_lock);
	list_for_each_entry(agent, &nvs_agents, node)
		if (agent->sk == sk)
			found = agent;
	spin_unlock(&nvs_agents_lock);
	return found;
}

/* Unless something holds that it has told, or somebody works with it. */
static void nvs_agent_forget(struct nvs_agent *agent)
{
	if (!agent || agent->pins || !list_empty(&agent->statements))
		return;
	spin_lock(&nvs_agents_lock);
	list_del(&agent->node);
	spin_unlock(&nvs_agents_lock);
	kfree(agent);
}

/**
 * nvs_agent_get() - the agent that a socket is
 * @sk: generic netlink socket
 * @portid: its address
 *
 * Context: RTNL, from a command of that socket, which therefore is open.
 * Return: the agent, for nvs_agent_put(); NULL without memory.
 */
struct nvs_agent *nvs_agent_get(struct sock *sk, u32 portid)
{
	struct nvs_agent *agent = nvs_agent_find(sk);

	if (!agent) {
		agent = kzalloc(sizeof(*agent), GFP_KERNEL_ACCOUNT);
		if (!agent)
			return NULL;
		agent->sk = sk;
		agent->portid = portid;
		INIT_LIST_HEAD(&agent->statements);
		spin_lock(&nvs_agents_lock);
		list_add(&agent->node, &nvs_agents);
		spin_unlock(&nvs_agents_lock);
	}
	agent->pins++;
	return agent;
}

/**
 * nvs_agent_put() - have done with an agent
 * @agent: of nvs_agent_get(), or NULL
 *
 * Context: RTNL.
 */
void nvs_agent_put(struct nvs_agent *agent)
{
	if (!agent)
		return;
	agent->pins--;
	nvs_agent_forget(agent);
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
	nvs_agent_forget(before);
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
		nvs_mac_retract(port);
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

/*
 * A commit for each switch, however many of its ports the agent spoke for. A
 * commit may end what any agent has told, since a guest without carrier requests
 * nothing.
 */
static void nvs_agent_lapse(struct nvs_agent *agent, bool restarts)
{
	struct nvs_statement *st, *next;
	struct nvs_switch *sw;
	LIST_HEAD(lapsed);

	agent->pins++;
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
	agent->pins--;
}

/* How long a closed agent may still restart. */
static bool nvs_agent_is_closed(const struct nvs_agent *agent, long *left)
{
	bool closed;

	spin_lock(&nvs_agents_lock);
	closed = !agent->sk;
	*left = agent->closed_at + NVS_AGENT_RESTARTS - jiffies;
	spin_unlock(&nvs_agents_lock);
	return closed;
}

static void nvs_agents_lapse(struct work_struct *work)
{
	struct nvs_agent *agent, *next;
	long left, soonest = 0;

	rtnl_lock();
	/* A commit may forget others, but not the one that is at work. */
	list_for_each_entry(agent, &nvs_agents, node)
		if (nvs_agent_is_closed(agent, &left))
			nvs_agent_lapse(agent, left > 0);
	list_for_each_entry_safe(agent, next, &nvs_agents, node) {
		if (!nvs_agent_is_closed(agent, &left))
			continue;
		left = max(left, 1L);
		if (!soonest || left < soonest)
			soonest = left;
		nvs_agent_forget(agent);
	}
	rtnl_unlock();
	if (soonest)
		queue_delayed_work(system_power_efficient_wq, &nvs_agents_work,
				   soonest);
}

/*
 * Whoever closes a socket does not wait for RTNL. Most sockets have told nothing,
 * and cost a look at the list of those that have. The address of one that closes
 * may be another one's already, which is not dead.
 */
static int nvs_agent_event(struct notifier_block *nb, unsigned long event,
			   void *ptr)
{
	const struct netlink_notify *n = ptr;
	struct nvs_agent *agent;
	bool closed = false;

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC)
		return NOTIFY_DONE;
	spin_lock(&nvs_agents_lock);
	list_for_each_entry(agent, &nvs_agents, node) {
		if (!agent->sk || agent->portid != n->portid ||
		    !sock_flag(agent->sk, SOCK_DEAD))
			continue;
		agent->sk = NULL;
		agent->closed_at = jiffies;
		closed = true;
	}
	spin_unlock(&nvs_agents_lock);
	if (closed)
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
