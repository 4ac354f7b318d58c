// SPDX-License-Identifier: GPL-2.0-only
/* What would become of a frame, decided by the datapath's own functions. */

#include "attr.h"
#include "core/admit.h"
#include "core/frame.h"
#include "deliver.h"
#include "genl.h"
#include "lookup.h"

/* Receivers that a reply lists. */
#define NVS_EXPLAIN_RECEIVERS	1024

/* Room that one of them takes, at most. */
#define NVS_EXPLAIN_RECEIVER	(nla_total_size(0) + \
				 nla_total_size(sizeof(u32)) + \
				 2 * nla_total_size(sizeof(u8)) + \
				 nla_total_size(sizeof(u16)))

/**
 * struct nvs_explanation - what would become of a frame, and why
 * @port: ingress port
 * @f: the frame
 * @dest: where it goes
 * @a: what admission says
 * @learn_limit: the limit that keeps its source from being learned, if one does
 * @verdict: enum nvswitch_verdict
 * @reason: why it is dropped
 * @plan: who would get it
 */
struct nvs_explanation {
	struct nvs_port *port;
	struct nvs_frame f;
	struct nvs_dest dest;
	struct nvs_admission a;
	u32 learn_limit;
	u8 verdict;
	u8 reason;
	struct nvs_plan *plan;
};

static int nvs_explain_parse_tags(struct genl_info *info, struct nvs_frame *f)
{
	struct nlattr *vid = info->attrs[NVSWITCH_A_VID];
	struct nlattr *next = info->attrs[NVSWITCH_A_TAG2];
	u16 tpid = next ? nla_get_u16(next) : 0;

	if (next && tpid != NVS_TPID_STAG && (tpid != NVS_TPID_CTAG || !vid)) {
		NL_SET_ERR_MSG_ATTR(info->extack, next,
				    "The tag behind the first is 0x8100 or 0x88a8; without a VLAN it is the only one, and 0x88a8");
		return -EINVAL;
	}
	if (vid)
		nvs_frame_set_tags(f, NVS_TPID_CTAG, nla_get_u16(vid), tpid);
	else
		nvs_frame_set_tags(f, tpid, 0, 0);
	return 0;
}

static int nvs_explain_parse(struct genl_info *info, struct nvs_explanation *x)
{
	struct nlattr **attrs = info->attrs;
	struct nvs_switch *sw;
	u32 length = ETH_ZLEN;

	sw = nvs_genl_switch(genl_info_net(info), attrs[NVSWITCH_A_SWITCH],
			     info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	x->port = &sw->host;
	if (attrs[NVSWITCH_A_PORT])
		x->port = nvs_genl_port(genl_info_net(info),
					attrs[NVSWITCH_A_PORT], info->extack);
	if (IS_ERR(x->port))
		return PTR_ERR(x->port);
	if (x->port->sw != sw) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[NVSWITCH_A_PORT],
				    "The device is a port of another switch: name that one");
		return -EINVAL;
	}
	if (attrs[NVSWITCH_A_LENGTH])
		length = nla_get_u32(attrs[NVSWITCH_A_LENGTH]);
	x->f.src = nvs_mac_get(nla_data(attrs[NVSWITCH_A_SRC]));
	x->f.dst = nvs_mac_get(nla_data(attrs[NVSWITCH_A_DST]));
	x->f.class = nvs_class_of(x->f.dst);
	x->f.payload = length - ETH_HLEN;
	return nvs_explain_parse_tags(info, &x->f);
}

/* The walk of a frame, on paper. */
static void nvs_explain_walk(struct nvs_explanation *x)
{
	const struct nvs_snapshot *snap = nvs_port_snap_rcu(x->port);
	struct nvs_switch *sw = x->port->sw;
	struct nvs_private_rcu *p;
	struct nvs_ingress in;

	p = rcu_dereference(sw->vlans.private);
	nvs_vlan_classify(snap, p ? &p->private : NULL, &x->f);
	x->dest = nvs_fdb_dest(sw, &x->f);
	in = nvs_ingress_at(x->port, snap, &x->dest,
			    snap->hears && READ_ONCE(x->port->announced));
	spin_lock_bh(&sw->fdb.lock);
	x->a = nvs_fdb_judge(x->port, &in, &x->f);
	spin_unlock_bh(&sw->fdb.lock);
	if (x->a.full)
		x->learn_limit = nvs_fdb_full_limit(x->port, in.port);
	switch (x->a.verdict) {
	case NVS_PASS:
		x->verdict = NVSWITCH_VERDICT_PASSED;
		return;
	case NVS_DROP:
		x->verdict = NVSWITCH_VERDICT_DROPPED;
		x->reason = x->a.reason;
		return;
	}
	x->reason = nvs_plan_delivery(x->port, in.port->role, &x->f, &x->dest,
				      x->plan);
	x->verdict = x->reason ? NVSWITCH_VERDICT_DROPPED :
				 NVSWITCH_VERDICT_FORWARDED;
}

/* The field that a deciding rule asks, or 0. */
static int nvs_explain_field(const struct nvs_explanation *x)
{
	struct nvs_policy p = nvs_port_policy(x->port);

	if (x->port->role != NVS_GUEST)
		return 0;
	switch (x->a.rule) {
	case NVSWITCH_RULE_FORGED:
		return NVSWITCH_POLICY_FORGED_TRANSMITS;
	case NVSWITCH_RULE_MOVE:
		if (x->a.full)
			return NVSWITCH_POLICY_LEARN_LIMIT;
		return p.learn_move == NVSWITCH_DENY ?
		       NVSWITCH_POLICY_LEARN_MOVE : 0;
	case NVSWITCH_RULE_LEARN:
		if (x->a.full && x->a.verdict == NVS_DROP)
			return NVSWITCH_POLICY_LEARN_LIMIT;
		if (x->a.full)
			return NVSWITCH_POLICY_LIMIT_POLICY;
		return NVSWITCH_POLICY_LEARNING;
	default:
		return 0;
	}
}

static int nvs_explain_put_field(struct sk_buff *skb,
				 const struct nvs_explanation *x)
{
	int field = nvs_explain_field(x);
	struct nvs_policy p;
	u8 level;

	if (x->a.full && nla_put_u32(skb, NVSWITCH_A_LIMIT, x->learn_limit))
		return -EMSGSIZE;
	if (!field)
		return 0;
	p = nvs_port_policy(x->port);
	level = nvs_attr_level(x->port, field);
	if (nla_put_u8(skb, NVSWITCH_A_FIELD, field) ||
	    nla_put_u32(skb, NVSWITCH_A_VALUE, nvs_attr_value(&p, field)) ||
	    nla_put_u8(skb, NVSWITCH_A_LEVEL, level) ||
	    (level == NVSWITCH_LEVEL_GROUP &&
	     nla_put_string(skb, NVSWITCH_A_GROUP, x->port->group->name)))
		return -EMSGSIZE;
	return 0;
}

static int nvs_explain_put_entry(struct sk_buff *skb, struct nvs_switch *sw,
				 const struct nvs_fdb_entry *e)
{
	unsigned long place = e->fixed ?: e->dynamic;
	struct nvs_port *port = nvs_place_port(place);

	if (!port)
		port = rcu_dereference(sw->active);
	if ((port &&
	     nla_put_u32(skb, NVSWITCH_A_PORT, port->dev->ifindex)) ||
	    nla_put_u8(skb, NVSWITCH_A_KIND, nvs_place_kind(place)) ||
	    (!e->fixed &&
	     nla_put_u64_64bit(skb, NVSWITCH_A_AGE,
			       nvs_age(READ_ONCE(e->seen), nvs_now()),
			       NVSWITCH_A_PAD)) ||
	    (!e->fixed && nvs_trial_runs(e->trial, nvs_now()) &&
	     nla_put_flag(skb, NVSWITCH_A_TRIAL)))
		return -EMSGSIZE;
	return 0;
}

/* What the table says of @mac, in a nest; nothing if it says nothing. */
static int nvs_explain_put_known(struct sk_buff *skb, int type,
				 struct nvs_switch *sw, u64 mac, u16 fid)
{
	struct nvs_fdb *fdb = &sw->fdb;
	const struct nvs_snapshot *snap;
	struct nvs_fdb_entry *e;
	unsigned long place;
	struct nlattr *nest;
	int err = 0;

	nest = nla_nest_start(skb, type);
	if (!nest)
		return -EMSGSIZE;
	spin_lock_bh(&fdb->lock);
	e = nvs_fdb_find_owner(fdb, mac, fid, &place, &snap);
	if (!e)
		e = nvs_fdb_get(fdb, mac, fid);
	if (e && !e->fixed && nvs_fdb_expired(fdb, e, nvs_now()))
		e = NULL;
	if (e)
		err = nvs_explain_put_entry(skb, sw, e);
	spin_unlock_bh(&fdb->lock);
	if (e)
		nla_nest_end(skb, nest);
	else
		nla_nest_cancel(skb, nest);
	return err;
}

static int nvs_explain_put_receivers(struct sk_buff *skb,
				     const struct nvs_plan *plan)
{
	struct nlattr *list, *nest;
	u32 i;

	if (nla_put_u32(skb, NVSWITCH_A_COUNT, plan->count))
		return -EMSGSIZE;
	list = nla_nest_start(skb, NVSWITCH_A_RECEIVERS);
	if (!list)
		return -EMSGSIZE;
	for (i = 0; i < min(plan->count, plan->room); i++) {
		const struct nvs_receiver *r = &plan->receivers[i];

		nest = nla_nest_start(skb, NVSWITCH_A_RECEIVER);
		if (!nest ||
		    nla_put_u32(skb, NVSWITCH_A_PORT, r->ifindex) ||
		    nla_put_u8(skb, NVSWITCH_A_WHY, r->why) ||
		    (r->refusal &&
		     nla_put_u8(skb, NVSWITCH_A_REFUSAL, r->refusal)) ||
		    (r->tag && nla_put_u16(skb, NVSWITCH_A_VID, r->tag)))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	nla_nest_end(skb, list);
	return 0;
}

static int nvs_explain_put(struct sk_buff *skb,
			   const struct nvs_explanation *x)
{
	bool admitted = x->a.verdict == NVS_ADMIT;
	struct nvs_switch *sw = x->port->sw;
	u8 rule = admitted && x->reason ? NVSWITCH_RULE_DELIVERY : x->a.rule;

	if (nla_put_u32(skb, NVSWITCH_A_SWITCH, sw->dev->ifindex) ||
	    nla_put_u32(skb, NVSWITCH_A_PORT, x->port->dev->ifindex) ||
	    nla_put_u8(skb, NVSWITCH_A_VERDICT, x->verdict) ||
	    (x->reason && nla_put_u8(skb, NVSWITCH_A_REASON, x->reason)) ||
	    (x->plan->refusal &&
	     nla_put_u8(skb, NVSWITCH_A_REFUSAL, x->plan->refusal)) ||
	    nla_put_u8(skb, NVSWITCH_A_RULE, rule) ||
	    nvs_explain_put_field(skb, x) ||
	    nla_put_u8(skb, NVSWITCH_A_LEARN, admitted ? x->a.learn : 0) ||
	    nla_put_u8(skb, NVSWITCH_A_CAST, x->dest.cast) ||
	    nvs_attr_put_mac(skb, NVSWITCH_A_EFFECTIVE,
			     nvs_port_snap_rcu(x->port)->effective))
		return -EMSGSIZE;
	if (x->f.vid != NVS_VID_ANY &&
	    (nla_put_u16(skb, NVSWITCH_A_TRAVELS, x->f.vid) ||
	     nla_put_u16(skb, NVSWITCH_A_TABLE_VID, x->f.fid) ||
	     nvs_explain_put_known(skb, NVSWITCH_A_SOURCE, sw, x->f.src,
				   x->f.fid) ||
	     nvs_explain_put_known(skb, NVSWITCH_A_DESTINATION, sw, x->f.dst,
				   x->f.fid)))
		return -EMSGSIZE;
	return admitted ? nvs_explain_put_receivers(skb, x->plan) : 0;
}

static int nvs_explain_reply(struct genl_info *info,
			     const struct nvs_explanation *x)
{
	u32 listed = min(x->plan->count, x->plan->room);
	struct sk_buff *skb;
	void *head;
	int err = -EMSGSIZE;

	skb = genlmsg_new(NVS_GENL_REPLY + listed * NVS_EXPLAIN_RECEIVER,
			  GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	head = genlmsg_put_reply(skb, info, &nvs_genl_family, 0,
				 NVSWITCH_CMD_EXPLAIN);
	if (head) {
		rcu_read_lock();
		err = nvs_explain_put(skb, x);
		rcu_read_unlock();
	}
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	genlmsg_end(skb, head);
	return genlmsg_reply(skb, info);
}

/**
 * nvs_genl_explain() - NVSWITCH_CMD_EXPLAIN
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_explain(struct genl_info *info)
{
	struct nvs_explanation x = {};
	int err;

	err = nvs_explain_parse(info, &x);
	if (err)
		return err;
	x.plan = kvzalloc(struct_size(x.plan, receivers,
				      NVS_EXPLAIN_RECEIVERS),
			  GFP_KERNEL_ACCOUNT);
	if (!x.plan)
		return -ENOMEM;
	x.plan->room = NVS_EXPLAIN_RECEIVERS;
	local_bh_disable();
	rcu_read_lock();
	nvs_explain_walk(&x);
	rcu_read_unlock();
	local_bh_enable();
	err = nvs_explain_reply(info, &x);
	kvfree(x.plan);
	return err;
}
