// SPDX-License-Identifier: GPL-2.0-only
/// Memory that a configuration takes is charged to whoever configures: an
/// unprivileged user may have made the switch.

virtual report

@free@
position p;
@@

 \(kmalloc\|kzalloc\|kcalloc\|kvmalloc\|kvzalloc\|kvcalloc\|kmemdup\|kstrdup\|
   alloc_percpu_gfp\|nvs_fdb_alloc\|nvs_fdb_own\|nvs_fdb_hold_static\)
	(..., GFP_KERNEL@p)

@script:python depends on report@
p << free.p;
@@

coccilib.report.print_report(p[0], "charged to nobody: GFP_KERNEL_ACCOUNT")
