// SPDX-License-Identifier: GPL-2.0-only
/* The steps of a plan, each a request to the kernel. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "fdb.h"
#include "fields.h"
#include "links.h"
#include "plan.h"

static struct request request;

/* A device that has gone meanwhile has a number that the kernel refuses. */
static int index_of(const char *name)
{
	const struct nvsw_link *link = link_by_name(name);

	return link ? link->ifindex : -1;
}

/* The fields in which a policy differs from @old; NULL: those it has. */
static void put_policy_of(int attr, const struct nvsw_policy *old,
			  const struct nvsw_policy *new)
{
	const struct arg *field;
	struct nlattr *nest = NULL;

	for (field = policy_fields; !arg_ends(field); field++) {
		__u32 value = config_policy_value(new, field->attr);

		if (old ? value == config_policy_value(old, field->attr) :
			  !has_attr(new->present, field->attr))
			continue;
		if (!nest)
			nest = put_nest(&request, attr);
		if (field->type == ARG_NUMBER)
			put_u32(&request, field->attr, value);
		else
			put_u8(&request, field->attr, value);
	}
	if (nest)
		end_nest(&request, nest);
}

static void put_vlan_of(int attr, const struct nvsw_vlan *old,
			const struct nvsw_vlan *new)
{
	static const struct nvsw_vlan inherit;

	if (!config_vlan_equals(old ? old : &inherit, new))
		put_vlan(&request, attr, new);
}

static void put_port_field(const struct arg *field,
			   const struct nvsw_port *port)
{
	switch (field->type) {
	case ARG_GROUP:
		put_text(&request, field->attr, port->group);
		break;
	case ARG_STATION_OR_ZERO:
		put_attr(&request, field->attr, port->initial_mac, ETH_ALEN);
		break;
	default:
		put_u8(&request, field->attr, field_number(field, port));
		break;
	}
}

/* In what a port differs from what it is, or from one without settings. */
static void put_settings(const struct step *step)
{
	struct nlattr *nest = put_nest(&request, NVSWITCH_A_SETTINGS);
	const struct nvsw_port *is = &step->port->is;
	static struct nvsw_port plain;
	const struct nvsw_port *old = &plain;
	const struct arg *field;

	config_default_port(&plain);
	if (step->old_port)
		old = &step->old_port->is;
	for (field = port_fields; !arg_ends(field); field++)
		if (config_is_field(field) &&
		    !config_field_equals(field, old, is))
			put_port_field(field, is);
	if (!step->old_port && is->activated)
		put_u8(&request, IFLA_NVSWITCH_PORT_ACTIVATED, is->activated);
	put_vlan_of(IFLA_NVSWITCH_PORT_VLAN, &old->vlan, &is->vlan);
	put_policy_of(IFLA_NVSWITCH_PORT_POLICY, &old->policy, &is->policy);
	end_nest(&request, nest);
}

static void begin_link(int type, int flags, int ifindex)
{
	struct ifinfomsg info = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = ifindex,
	};

	rtnl_begin(&request, type, flags, &info, sizeof(info));
}

/* In what a switch differs from what it is; NULL: all that it is. */
static void put_switch(const struct nvsw_switch *old,
		       const struct nvsw_switch *new)
{
	struct nlattr *info = put_nest(&request, IFLA_LINKINFO);
	const struct arg *field;
	struct nlattr *data;

	put_text(&request, IFLA_INFO_KIND, "nvswitch");
	data = put_nest(&request, IFLA_INFO_DATA);
	put_policy_of(IFLA_NVSWITCH_POLICY, old ? &old->policy : NULL,
		      &new->policy);
	for (field = switch_fields; !arg_ends(field); field++) {
		__u32 value = field_number(field, new);

		if (field->flags & READONLY ||
		    (old && value == field_number(field, old)))
			continue;
		if (field->type == ARG_NUMBER)
			put_u32(&request, field->attr, value);
		else
			put_u8(&request, field->attr, value);
	}
	end_nest(&request, data);
	end_nest(&request, info);
}

static int run_switch(const struct step *step)
{
	const struct config_switch *sw = step->sw;
	int error;

	switch (step->kind) {
	case STEP_SWITCH_NEW:
		begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
		put_text(&request, IFLA_IFNAME, sw->name);
		put_switch(NULL, &sw->is);
		break;
	case STEP_SWITCH_SET:
		begin_link(RTM_NEWLINK, 0, index_of(sw->name));
		put_switch(&step->old_sw->is, &sw->is);
		break;
	default:
		begin_link(RTM_DELLINK, 0, index_of(sw->name));
		break;
	}
	error = rtnl_ask(&request, NULL, NULL);
	if (step->kind != STEP_SWITCH_SET)
		links_forget();
	return error;
}

static void begin_genl(const struct step *step, enum nvswitch_cmd cmd)
{
	genl_begin(&request, cmd);
	if (cmd != NVSWITCH_CMD_PORT_SET && cmd != NVSWITCH_CMD_ALLOW_ADD &&
	    cmd != NVSWITCH_CMD_ALLOW_DEL)
		put_u32(&request, NVSWITCH_A_SWITCH,
			index_of(step->sw->name));
	if (step->port)
		put_u32(&request, NVSWITCH_A_PORT,
			index_of(step->port->name));
	if (step->group)
		put_text(&request, NVSWITCH_A_GROUP, step->group->is.name);
}

static int run_group(const struct step *step)
{
	const struct nvsw_group *is = &step->group->is;
	const struct nvsw_group *old = NULL;

	if (step->old_group)
		old = &step->old_group->is;
	if (step->kind == STEP_GROUP_DEL) {
		begin_genl(step, NVSWITCH_CMD_GROUP_DEL);
	} else {
		begin_genl(step, old ? NVSWITCH_CMD_GROUP_SET :
				       NVSWITCH_CMD_GROUP_NEW);
		put_vlan_of(NVSWITCH_A_VLAN, old ? &old->vlan : NULL,
			    &is->vlan);
		put_policy_of(NVSWITCH_A_POLICY, old ? &old->policy : NULL,
			      &is->policy);
	}
	return genl_ask(&request, NULL, NULL);
}

static int run_port(const struct step *step)
{
	if (step->kind == STEP_PORT_DETACH) {
		begin_link(RTM_NEWLINK, 0, index_of(step->port->name));
		put_u32(&request, IFLA_MASTER, 0);
		return rtnl_ask(&request, NULL, NULL);
	}
	begin_genl(step, step->old_port ? NVSWITCH_CMD_PORT_SET :
					  NVSWITCH_CMD_PORT_ATTACH);
	put_settings(step);
	return genl_ask(&request, NULL, NULL);
}

static int run_allow(const struct step *step)
{
	begin_genl(step, step->kind == STEP_ALLOW_ADD ?
			 NVSWITCH_CMD_ALLOW_ADD : NVSWITCH_CMD_ALLOW_DEL);
	put_attr(&request, NVSWITCH_A_MAC, step->allow->mac, ETH_ALEN);
	put_u8(&request, NVSWITCH_A_BITS, step->allow->bits);
	return genl_ask(&request, NULL, NULL);
}

/* The kernel's port may not have been one when the devices were listed. */
static int run_fdb(const struct step *step)
{
	const struct nvsw_link as_port = {
		.kind = LINK_PORT,
		.ifindex = index_of(step->port->name),
		.master = index_of(step->sw->name),
	};
	bool add = step->kind == STEP_FDB_ADD;

	fdb_begin_neighbour(&request, add ? RTM_NEWNEIGH : RTM_DELNEIGH,
			    &as_port, step->fdb);
	if (add)
		request.n.nlmsg_flags |= NLM_F_CREATE | NLM_F_EXCL;
	return rtnl_ask(&request, NULL, NULL);
}

int step_run(const struct step *step)
{
	if (step->fdb)
		return run_fdb(step);
	if (step->allow)
		return run_allow(step);
	if (step->port)
		return run_port(step);
	return step->group ? run_group(step) : run_switch(step);
}
