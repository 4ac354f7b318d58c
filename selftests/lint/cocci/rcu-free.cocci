// SPDX-License-Identifier: GPL-2.0-only
/// What RCU readers can reach is freed a grace period after it was taken from
/// them: by kfree_rcu() or call_rcu(), or behind synchronize_net() or
/// nvs_commit().

virtual report

@free exists@
expression x;
position p;
@@

(
 rcu_assign_pointer(...);
|
 list_del_rcu(...);
|
 list_replace_rcu(...);
|
 hlist_del_rcu(...);
|
 nvs_table_remove(...);
)
 ... when != synchronize_rcu(...)
     when != synchronize_net(...)
     when != nvs_commit(...)
     when != x = kzalloc(...)
 \(kfree@p\|kvfree@p\|kmem_cache_free@p\|free_percpu@p\|nvs_fdb_free@p\|
   nvs_table_free@p\|nvs_port_uninit@p\)(..., x)

@script:python depends on report@
p << free.p;
@@

coccilib.report.print_report(p[0], "RCU readers may still use it: kfree_rcu()")
