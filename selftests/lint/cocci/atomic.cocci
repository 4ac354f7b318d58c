// SPDX-License-Identifier: GPL-2.0-only
/// Nothing sleeps under a spinlock, with softirqs off or in an RCU read-side
/// critical section.

virtual report

@sleep exists@
position p;
@@

(
 spin_lock(...)
|
 spin_lock_bh(...)
|
 rcu_read_lock()
|
 local_bh_disable()
|
 netif_addr_lock_bh(...)
)
 ... when != spin_unlock(...)
     when != spin_unlock_bh(...)
     when != rcu_read_unlock()
     when != local_bh_enable()
     when != netif_addr_unlock_bh(...)
(
 GFP_KERNEL@p
|
 GFP_KERNEL_ACCOUNT@p
|
 \(synchronize_rcu@p\|synchronize_net@p\|rcu_barrier@p\|cond_resched@p\|
   msleep@p\|schedule@p\|rtnl_lock@p\|mutex_lock@p\|kvfree@p\|flush_work@p\|
   cancel_work_sync@p\|cancel_delayed_work_sync@p\|nvs_commit@p\|
   call_netdevice_notifiers@p\|nvs_table_alloc@p\|nvs_table_free@p\)(...)
)

@script:python depends on report@
p << sleep.p;
@@

coccilib.report.print_report(p[0], "sleeps where nothing may sleep")
