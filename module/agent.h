/* SPDX-License-Identifier: GPL-2.0-only */
/* Sockets whose word about a port holds while they are open. */
#ifndef _NVS_AGENT_H
#define _NVS_AGENT_H

#include <linux/list.h>
#include <linux/types.h>

struct nvs_agent;
struct nvs_port;
struct sock;

/* What may be told of a port so. */
enum nvs_subject {
	NVS_SUBJECT_REQUESTED,
	NVS_SUBJECT_PROMISC,
	NVS_SUBJECT_MULTICAST,
	NVS_SUBJECTS,
};

/**
 * struct nvs_statement - what an agent has told of one subject of a port
 * @node: in the agent's list, or empty: told by nobody, or for good
 * @agent: who
 * @port: of which
 * @retired: groups to be freed after the commit that makes it lapse
 * @subject: enum nvs_subject
 *
 * RTNL.
 */
struct nvs_statement {
	struct list_head node;
	struct nvs_agent *agent;
	struct nvs_port *port;
	struct nvs_groups *retired;
	u8 subject;
};

struct nvs_agent *nvs_agent_get(struct sock *sk, u32 portid);
void nvs_agent_put(struct nvs_agent *agent);
void nvs_port_told(struct nvs_port *port, enum nvs_subject subject,
		   struct nvs_agent *agent);
void nvs_statements_init(struct nvs_port *port);
void nvs_statements_end(struct nvs_port *port);
int nvs_agent_module_init(void);
void nvs_agent_module_exit(void);

#endif /* _NVS_AGENT_H */
