// SPDX-License-Identifier: GPL-2.0-only
/// What a function takes for its own use it gives back on every way out: RCU,
/// RTNL, softirqs, address lists, and references to devices that it has looked
/// up.

virtual report

@held exists@
position p;
@@

(
 rcu_read_lock();
 ... when != rcu_read_unlock();
 return@p ...;
|
 rtnl_lock();
 ... when != rtnl_unlock();
 return@p ...;
|
 local_bh_disable();
 ... when != local_bh_enable();
 return@p ...;
|
 netif_addr_lock_bh(...);
 ... when != netif_addr_unlock_bh(...);
 return@p ...;
|
 spin_lock_bh(...);
 ... when != spin_unlock_bh(...);
 return@p ...;
)

@absent exists@
identifier dev;
type T;
position p;
@@

(
 dev = \(dev_get_by_index\|dev_get_by_name\)(...);
|
 T dev = \(dev_get_by_index\|dev_get_by_name\)(...);
)
 if (!dev)
 	return@p ...;

@got exists@
identifier dev;
expression E;
type T;
position p != absent.p;
@@

(
 dev = \(dev_get_by_index\|dev_get_by_name\)(...);
|
 T dev = \(dev_get_by_index\|dev_get_by_name\)(...);
)
 ... when != dev = E
     when != dev_put(dev);
 return@p ...;

@script:python depends on report@
p << held.p;
@@

coccilib.report.print_report(p[0], "returns with a lock held")

@script:python depends on report@
p << got.p;
@@

coccilib.report.print_report(p[0], "returns with a reference: dev_put()")
