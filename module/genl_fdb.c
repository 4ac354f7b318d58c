// SPDX-License-Identifier: GPL-2.0-only
/* Generic netlink: the MAC table as a whole. */

#include <linux/slab.h>

#include "announce.h"
#include "attr.h"
#include "compat/compat.h"
#include "genl.h"
#include "lookup.h"

/**
 * struct nvs_selection - which entries a request is about
 * @ifindex: those of this port, or of all if 0
 * @vid: those in this VLAN, or in all if NVS_VID_ANY
 * @kind: those of this kind, or of all if 0
 */
struct nvs_selection {
	int ifindex;
	u16 vid;
	u8 kind;
};

static struct nvs_selection nvs_select(struct nlattr **attrs)
{
	struct nvs_selection s = { .vid = NVS_VID_ANY };

	if (attrs[NVSWITCH_A_PORT])
		s.ifindex = nla_get_u32(attrs[NVSWITCH_A_PORT]);
	if (attrs[NVSWITCH_A_VID])
		s.vid = nla_get_u16(attrs[NVSWITCH_A_VID]);
	if (attrs[NVSWITCH_A_KIND])
		s.kind = nla_get_u8(attrs[NVSWITCH_A_KIND]);
	return s;
}

/* An owner's entry is in all VLANs of its port, a dump names the only one. */
static u16 nvs_select_vid(const struct nvs_fdb_entry *e, unsigned long place)
{
	const struct nvs_snapshot *snap;

	if (nvs_fdb_vid(e) != NVS_VID_ANY)
		return nvs_fdb_vid(e);
	snap = nvs_fdb_snap(nvs_place_port(place));
	return nvs_is_trunk(snap) ? NVS_VID_ANY : snap->vlans.fid;
}

static bool nvs_selects_vid(const struct nvs_selection *s,
			    const struct nvs_fdb_entry *e, unsigned long place)
{
	if (s->vid == NVS_VID_ANY)
		return true;
	if (nvs_fdb_vid(e) != NVS_VID_ANY)
		return nvs_fdb_vid(e) == s->vid;
	return nvs_vlan_keeps(nvs_fdb_snap(nvs_place_port(place)), s->vid);
}

/* The port whose device a listing names for @place. */
static struct nvs_port *nvs_select_port(struct nvs_switch *sw,
					unsigned long place)
{
	struct nvs_port *port = nvs_place_port(place);

	return port ? port : rcu_dereference_rtnl(sw->active);
}

static bool nvs_selects(struct nvs_switch *sw, const struct nvs_selection *s,
			const struct nvs_fdb_entry *e, unsigned long place)
{
	struct nvs_port *port = nvs_select_port(sw, place);

	if (!place || (s->kind && s->kind != nvs_place_kind(place)))
		return false;
	if (s->ifindex && (!port || port->dev->ifindex != s->ifindex))
		return false;
	if (place == e->dynamic && nvs_fdb_expired(&sw->fdb, e, nvs_now()))
		return false;
	return nvs_selects_vid(s, e, place);
}

static int nvs_genl_put_entry(struct sk_buff *skb, struct netlink_callback *cb,
			      struct nvs_switch *sw,
			      const struct nvs_fdb_entry *e,
			      unsigned long place)
{
	struct nvs_port *port = nvs_select_port(sw, place);
	u16 vid = nvs_select_vid(e, place);
	bool dynamic = place == e->dynamic;
	void *head;

	head = nvs_genl_put(skb, cb, NVSWITCH_CMD_FDB_GET);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(skb, NVSWITCH_A_SWITCH, sw->dev->ifindex) ||
	    (port &&
	     nla_put_u32(skb, NVSWITCH_A_PORT, port->dev->ifindex)) ||
	    nvs_attr_put_mac(skb, NVSWITCH_A_MAC, nvs_fdb_mac(e)) ||
	    (vid != NVS_VID_ANY && nla_put_u16(skb, NVSWITCH_A_VID, vid)) ||
	    nla_put_u8(skb, NVSWITCH_A_KIND, nvs_place_kind(place)) ||
	    (dynamic && nvs_trial_runs(e->trial, nvs_now()) &&
	     nla_put_flag(skb, NVSWITCH_A_TRIAL)) ||
	    (dynamic &&
	     nla_put_u64_64bit(skb, NVSWITCH_A_AGE,
			       nvs_age(READ_ONCE(e->seen), nvs_now()),
			       NVSWITCH_A_PAD))) {
		genlmsg_cancel(skb, head);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return 0;
}

/* Both rows of an entry, or none. */
static int nvs_genl_put_rows(struct sk_buff *skb, struct netlink_callback *cb,
			     struct nvs_switch *sw,
			     const struct nvs_fdb_entry *e,
			     const struct nvs_selection *s)
{
	unsigned int before = skb->len;

	if ((!nvs_selects(sw, s, e, e->fixed) ||
	     !nvs_genl_put_entry(skb, cb, sw, e, e->fixed)) &&
	    (!nvs_selects(sw, s, e, e->dynamic) ||
	     !nvs_genl_put_entry(skb, cb, sw, e, e->dynamic)))
		return 0;
	nlmsg_trim(skb, skb->data + before);
	return -EMSGSIZE;
}

/* From entry *@row on: a MAC that many ports own is one long chain. */
static int nvs_genl_put_bucket(struct sk_buff *skb,
			       struct netlink_callback *cb,
			       struct nvs_switch *sw, const struct nvs_table *t,
			       u32 bucket, long *row,
			       const struct nvs_selection *s)
{
	const struct nvs_fdb_entry *e;
	struct hlist_node *n;
	long index = 0;

	hlist_for_each(n, &t->buckets[bucket]) {
		e = (const struct nvs_fdb_entry *)nvs_table_element(t, n);
		if (index++ < *row)
			continue;
		if (nvs_genl_put_rows(skb, cb, sw, e, s))
			return -EMSGSIZE;
		*row = index;
	}
	*row = 0;
	return 0;
}

static int nvs_genl_fill_fdb(struct sk_buff *skb, struct netlink_callback *cb,
			     struct nvs_switch *sw, long *pos)
{
	struct nvs_selection s = nvs_select(nvs_compat_dump_attrs(cb));
	struct nvs_fdb *fdb = &sw->fdb;
	struct nvs_table *t;
	bool more = true;
	int err;

	for (; more; ++*pos) {
		spin_lock_bh(&fdb->lock);
		t = rcu_dereference_protected(fdb->table,
					      lockdep_is_held(&fdb->lock));
		more = *pos < t->mask;
		err = 0;
		if (*pos <= t->mask)
			err = nvs_genl_put_bucket(skb, cb, sw, t, *pos,
						  &cb->args[2], &s);
		spin_unlock_bh(&fdb->lock);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

/**
 * nvs_genl_fdb_dump() - NVSWITCH_CMD_FDB_GET
 * @skb: message
 * @cb: the dump
 *
 * Context: process.
 * Return: as a dumpit callback.
 */
int nvs_genl_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	return nvs_genl_dump(skb, cb, nvs_genl_fill_fdb);
}

static int nvs_genl_count_entries(struct nlattr *list)
{
	struct nlattr *attr;
	int rem, count = 0;

	nla_for_each_nested(attr, list, rem)
		count++;
	return count;
}

static int nvs_genl_parse_entry(struct nvs_port *port, struct nlattr *attr,
				u64 *key, struct netlink_ext_ack *extack)
{
	const struct nvs_private *private = nvs_vlans_private_rtnl(port->sw);
	struct nlattr *tb[NVSWITCH_A_VID + 1];
	u16 vid = 0;
	u64 mac;
	int err;

	err = nla_parse_nested(tb, NVSWITCH_A_VID, attr, NULL, extack);
	if (err)
		return err;
	if (!tb[NVSWITCH_A_MAC])
		goto no_mac;
	mac = nvs_mac_get(nla_data(tb[NVSWITCH_A_MAC]));
	if (!nvs_mac_is_station(mac))
		goto no_mac;
	if (tb[NVSWITCH_A_VID])
		vid = nla_get_u16(tb[NVSWITCH_A_VID]);
	if (!nvs_vlans_keep(&port->vlans, vid) ||
	    nvs_vlan_fid(private, vid) != vid) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The port has no addresses in the VLAN of an entry: import it where that VLAN is carried, or take the entry out");
		return -EINVAL;
	}
	*key = nvs_fdb_key(mac, vid);
	return 0;

no_mac:
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "An entry has no unicast address: give each one a MAC");
	return -EINVAL;
}

/* Say which entry of @list it is that was refused. */
static void nvs_genl_blame_entry(struct nvs_port *port, struct nlattr *list,
				 u64 taken, struct netlink_ext_ack *extack)
{
	struct nlattr *attr;
	u64 key;
	int rem;

	nla_for_each_nested(attr, list, rem)
		if (!nvs_genl_parse_entry(port, attr, &key, NULL) &&
		    key == taken)
			NL_SET_BAD_ATTR(extack, attr);
}

/**
 * nvs_genl_fdb_import() - NVSWITCH_CMD_FDB_IMPORT
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_fdb_import(struct genl_info *info)
{
	struct nlattr *list = info->attrs[NVSWITCH_A_ENTRIES];
	struct nvs_import *import;
	struct nvs_port *port;
	struct nlattr *attr;
	int rem, err = 0;
	u32 count;

	port = nvs_genl_port(genl_info_net(info), info->attrs[NVSWITCH_A_PORT],
			     info->extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	if (port->role != NVS_GUEST) {
		NL_SET_ERR_MSG(info->extack, "Only a guest port has learned addresses: name one");
		return -EOPNOTSUPP;
	}
	count = nvs_genl_count_entries(list);
	import = kvzalloc(struct_size(import, keys, count), GFP_KERNEL_ACCOUNT);
	if (!import)
		return -ENOMEM;
	nla_for_each_nested(attr, list, rem) {
		err = nvs_genl_parse_entry(port, attr,
					   &import->keys[import->count++],
					   info->extack);
		if (err)
			goto free_import;
	}
	err = nvs_fdb_import(port, import, info->extack);
	if (err == -EEXIST)
		nvs_genl_blame_entry(port, list, import->taken, info->extack);
	if (err)
		goto free_import;
	nvs_commit(port->sw);
	return 0;

free_import:
	kvfree(import);
	return err;
}

/* What a flush is about, or -errno. */
static int nvs_genl_check_flush(struct genl_info *info,
				const struct nvs_switch *sw)
{
	struct nlattr *kind = info->attrs[NVSWITCH_A_KIND];
	struct nvs_port *port;

	if (info->attrs[NVSWITCH_A_PORT]) {
		port = nvs_genl_port(genl_info_net(info),
				     info->attrs[NVSWITCH_A_PORT],
				     info->extack);
		if (IS_ERR(port))
			return PTR_ERR(port);
		if (port->sw != sw) {
			NL_SET_ERR_MSG_ATTR(info->extack,
					    info->attrs[NVSWITCH_A_PORT],
					    "The device is a port of another switch: name that one");
			return -EINVAL;
		}
	}
	if (!kind || nla_get_u8(kind) >= NVSWITCH_FDB_STATIC)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, kind,
			    "The addresses of guests and of the host cannot be flushed: flush static, adopted, learned or remote entries");
	return -EOPNOTSUPP;
}

static u32 nvs_genl_flush_bucket(struct nvs_switch *sw, u32 bucket,
				 const struct nvs_selection *s)
{
	struct hlist_node *n, *next;
	struct nvs_fdb_entry *e;
	struct nvs_table *t;
	u32 count = 0;

	t = rcu_dereference_protected(sw->fdb.table,
				      lockdep_is_held(&sw->fdb.lock));
	hlist_for_each_safe(n, next, &t->buckets[bucket]) {
		e = (struct nvs_fdb_entry *)nvs_table_element(t, n);
		if (e->dynamic && nvs_selects(sw, s, e, e->dynamic)) {
			count++;
			nvs_fdb_drop_dynamic(sw, e);
		} else if (s->kind == NVSWITCH_FDB_STATIC &&
			   nvs_selects(sw, s, e, e->fixed)) {
			count++;
			nvs_fdb_unfix(sw, e);
		}
	}
	return count;
}

static u32 nvs_genl_flush(struct nvs_switch *sw, const struct nvs_selection *s)
{
	u32 generation = READ_ONCE(sw->fdb.generation);
	struct nvs_fdb *fdb = &sw->fdb;
	bool more = true;
	u32 bucket, count = 0;

	for (bucket = 0; more; bucket++) {
		/* A table that was replaced has them elsewhere. */
		if (generation != READ_ONCE(fdb->generation)) {
			generation = READ_ONCE(fdb->generation);
			bucket = 0;
		}
		nvs_fdb_lock_bulk(fdb, &fdb->dead);
		count += nvs_genl_flush_bucket(sw, bucket, s);
		more = bucket < rcu_dereference_protected(fdb->table,
				lockdep_is_held(&fdb->lock))->mask;
		nvs_fdb_unlock_bulk(fdb);
		cond_resched();
	}
	return count;
}

/* What is kept for when a port is activated is as good as learned. */
static u32 nvs_genl_flush_imports(struct nvs_switch *sw,
				  const struct nvs_selection *s)
{
	struct nvs_port *port;
	u32 count = 0;

	if (s->kind && s->kind != NVSWITCH_FDB_LEARNED)
		return 0;
	list_for_each_entry(port, &sw->ports, node)
		if (!s->ifindex || port->dev->ifindex == s->ifindex)
			count += nvs_fdb_import_forget(port, s->vid);
	return count;
}

/**
 * nvs_genl_fdb_flush() - NVSWITCH_CMD_FDB_FLUSH
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_fdb_flush(struct genl_info *info)
{
	struct nvs_selection s = nvs_select(info->attrs);
	struct nvs_switch *sw;
	struct sk_buff *skb;
	void *head;
	u32 count;
	int err;

	sw = nvs_genl_switch(genl_info_net(info),
			     info->attrs[NVSWITCH_A_SWITCH], info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = nvs_genl_check_flush(info, sw);
	if (err)
		return err;
	skb = genlmsg_new(NVS_GENL_REPLY, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	head = genlmsg_put_reply(skb, info, &nvs_genl_family, 0,
				 NVSWITCH_CMD_FDB_FLUSH);
	if (!head) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	count = nvs_genl_flush_imports(sw, &s) + nvs_genl_flush(sw, &s);
	nvs_commit(sw);
	if (nla_put_u32(skb, NVSWITCH_A_COUNT, count)) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return genlmsg_reply(skb, info);
}

/**
 * nvs_genl_fdb_announce() - NVSWITCH_CMD_FDB_ANNOUNCE
 * @info: request
 *
 * Context: RTNL.
 * Return: 0 or -errno.
 */
int nvs_genl_fdb_announce(struct genl_info *info)
{
	struct nlattr *attr = info->attrs[NVSWITCH_A_PORT];
	struct nvs_port *port = NULL;
	struct nvs_switch *sw;

	sw = nvs_genl_switch(genl_info_net(info),
			     info->attrs[NVSWITCH_A_SWITCH], info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	if (attr)
		port = nvs_genl_port(genl_info_net(info), attr, info->extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	if (port && (port->sw != sw || port->role != NVS_GUEST)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "The device is not a guest port of this switch: name one, or announce all");
		return -EINVAL;
	}
	if (!rtnl_dereference(sw->active)) {
		NL_SET_ERR_MSG(info->extack, "The switch has no active uplink to announce through: attach one with role uplink, and see that it has carrier");
		return -ENETDOWN;
	}
	nvs_rarp_start(sw, port);
	return 0;
}
