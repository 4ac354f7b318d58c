// SPDX-License-Identifier: GPL-2.0-only
/// Whoever holds nvs_fdb.lock calls nobody who takes it himself. Whoever adds a
/// function that takes it adds it here.

virtual report

@twice exists@
position p;
@@

 spin_lock_bh(...);
 ... when != spin_unlock_bh(...)
 \(spin_lock_bh@p\|nvs_commit@p\|nvs_fdb_own@p\|nvs_fdb_disown@p\|
   nvs_fdb_rival@p\|nvs_fdb_hold_static@p\|nvs_fdb_move_static@p\|
   nvs_fdb_drop_unfit@p\|nvs_fdb_check@p\|nvs_fdb_sync_host@p\|
   nvs_fdb_add_learned@p\|nvs_fdb_del@p\|nvs_fdb_purge@p\|
   nvs_fdb_purge_remote@p\|nvs_fdb_settle@p\|nvs_fdb_forget_adopted@p\|
   nvs_fdb_forget_list@p\|nvs_fdb_flush@p\|nvs_fdb_flush_remote@p\|
   nvs_fdb_set_limits@p\|nvs_fdb_import@p\|nvs_fdb_import_pending@p\|
   nvs_fdb_admit@p\|nvs_fdb_learn@p\|nvs_fdb_copy_slice@p\)(...)

@script:python depends on report@
p << twice.p;
@@

coccilib.report.print_report(p[0], "takes a lock that is held")
