/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints: every verdict, every refused copy, every change of the table. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM nvswitch

#if !defined(_NVS_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _NVS_TRACE_H

#include <linux/tracepoint.h>
#include "switch.h"

#define NVS_REASON_ENUM(NAME, name, where) \
	TRACE_DEFINE_ENUM(NVSWITCH_DROP_##NAME);
NVSWITCH_DROP_REASONS(NVS_REASON_ENUM)
#undef NVS_REASON_ENUM

#define NVS_REASON_NAME(NAME, name, where) { NVSWITCH_DROP_##NAME, #name },
#define nvs_reason_names NVSWITCH_DROP_REASONS(NVS_REASON_NAME) \
	{ NVSWITCH_DROP_UNSPEC, "none" }

TRACE_DEFINE_ENUM(NVSWITCH_FDB_LOCAL);
TRACE_DEFINE_ENUM(NVSWITCH_FDB_OWNED);
TRACE_DEFINE_ENUM(NVSWITCH_FDB_RESERVED);
TRACE_DEFINE_ENUM(NVSWITCH_FDB_STATIC);
TRACE_DEFINE_ENUM(NVSWITCH_FDB_ADOPTED);
TRACE_DEFINE_ENUM(NVSWITCH_FDB_LEARNED);
TRACE_DEFINE_ENUM(NVSWITCH_FDB_REMOTE);

#define nvs_kind_names					\
	{ NVSWITCH_FDB_LOCAL, "local" },		\
	{ NVSWITCH_FDB_OWNED, "owned" },		\
	{ NVSWITCH_FDB_RESERVED, "reserved" },		\
	{ NVSWITCH_FDB_STATIC, "static" },		\
	{ NVSWITCH_FDB_ADOPTED, "adopted" },		\
	{ NVSWITCH_FDB_LEARNED, "learned" },		\
	{ NVSWITCH_FDB_REMOTE, "remote" }

DECLARE_EVENT_CLASS(nvs_frame,
	TP_PROTO(const struct nvs_port *port, const struct nvs_frame *f,
		 u8 reason, u8 refusal),
	TP_ARGS(port, f, reason, refusal),
	TP_STRUCT__entry(
		__string(sw, port->sw->dev->name)
		__string(port, port->dev->name)
		__array(u8, src, ETH_ALEN)
		__array(u8, dst, ETH_ALEN)
		__field(u16, vid)
		__field(u8, reason)
		__field(u8, refusal)
	),
	TP_fast_assign(
		nvs_compat_assign_str(sw, port->sw->dev->name);
		nvs_compat_assign_str(port, port->dev->name);
		nvs_mac_put(f->src, __entry->src);
		nvs_mac_put(f->dst, __entry->dst);
		__entry->vid = f->vid;
		__entry->reason = reason;
		__entry->refusal = refusal;
	),
	TP_printk("switch=%s port=%s src=%pM dst=%pM vlan=%u reason=%s refusal=%s",
		  __get_str(sw), __get_str(port), __entry->src, __entry->dst,
		  __entry->vid,
		  __print_symbolic(__entry->reason, nvs_reason_names),
		  __print_symbolic(__entry->refusal, nvs_reason_names))
);

/* A frame was delivered at least once; port is its ingress port. */
DEFINE_EVENT(nvs_frame, nvs_forward,
	TP_PROTO(const struct nvs_port *port, const struct nvs_frame *f,
		 u8 reason, u8 refusal),
	TP_ARGS(port, f, reason, refusal)
);

/*
 * A frame was dropped; port is its ingress port, refusal why the first copy
 * was refused, if any was.
 */
DEFINE_EVENT(nvs_frame, nvs_drop,
	TP_PROTO(const struct nvs_port *port, const struct nvs_frame *f,
		 u8 reason, u8 refusal),
	TP_ARGS(port, f, reason, refusal)
);

/* A frame was left to the stack of the uplink that it came from. */
DEFINE_EVENT(nvs_frame, nvs_pass,
	TP_PROTO(const struct nvs_port *port, const struct nvs_frame *f,
		 u8 reason, u8 refusal),
	TP_ARGS(port, f, reason, refusal)
);

/* A copy was refused; port is the receiver. */
DEFINE_EVENT(nvs_frame, nvs_refuse,
	TP_PROTO(const struct nvs_port *port, const struct nvs_frame *f,
		 u8 reason, u8 refusal),
	TP_ARGS(port, f, reason, refusal)
);

DECLARE_EVENT_CLASS(nvs_fdb,
	TP_PROTO(const struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		 unsigned long place),
	TP_ARGS(sw, e, place),
	TP_STRUCT__entry(
		__string(sw, sw->dev->name)
		__string(port, nvs_place_port(place) ?
			       nvs_place_port(place)->dev->name : "uplinks")
		__array(u8, mac, ETH_ALEN)
		__field(u16, vid)
		__field(u8, kind)
	),
	TP_fast_assign(
		nvs_compat_assign_str(sw, sw->dev->name);
		nvs_compat_assign_str(port, nvs_place_port(place) ?
				   nvs_place_port(place)->dev->name :
				   "uplinks");
		nvs_mac_put(nvs_fdb_mac(e), __entry->mac);
		__entry->vid = nvs_fdb_vid(e);
		__entry->kind = nvs_place_kind(place);
	),
	TP_printk("switch=%s port=%s mac=%pM vlan=%u kind=%s",
		  __get_str(sw), __get_str(port), __entry->mac, __entry->vid,
		  __print_symbolic(__entry->kind, nvs_kind_names))
);

/* An address came to a place. */
DEFINE_EVENT(nvs_fdb, nvs_fdb_add,
	TP_PROTO(const struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		 unsigned long place),
	TP_ARGS(sw, e, place)
);

/* An address left a place: aged out, removed or moved away. */
DEFINE_EVENT(nvs_fdb, nvs_fdb_del,
	TP_PROTO(const struct nvs_switch *sw, const struct nvs_fdb_entry *e,
		 unsigned long place),
	TP_ARGS(sw, e, place)
);

#endif /* _NVS_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
