// SPDX-License-Identifier: GPL-2.0-only
/// A list that RCU readers walk is changed by list_add_rcu(), list_del_rcu() and
/// the like alone. Whoever adds a list that nobody walks under RCU adds it here.

virtual report

@private@
struct nvs_fdb_entry *e;
struct nvs_group *g;
struct nvs_agent *a;
struct nvs_statement *st;
position p;
@@

(
 \(list_add@p\|list_add_tail@p\|list_move_tail@p\)
	(\(&e->dynamic_node\|&e->fixed_node\|&g->node\), ...)
|
 list_del@p(\(&e->dynamic_node\|&e->fixed_node\|&g->node\|&a->node\))
|
 list_add@p(&a->node, ...)
|
 \(list_add_tail@p\|list_move_tail@p\)(&st->node, ...)
|
 list_del_init@p(&st->node)
)

@public@
position p != private.p;
@@

 \(list_add@p\|list_add_tail@p\|list_del@p\|list_del_init@p\|list_move@p\|
   list_move_tail@p\|list_replace@p\|list_replace_init@p\|list_splice@p\|
   list_splice_init@p\|hlist_add_head@p\|hlist_add_behind@p\|
   hlist_add_before@p\|hlist_del@p\|hlist_del_init@p\)(...)

@script:python depends on report@
p << public.p;
@@

coccilib.report.print_report(p[0], "RCU readers may walk this list")
