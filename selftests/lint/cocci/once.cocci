// SPDX-License-Identifier: GPL-2.0-only
/// What is read without the lock that it is written under is written by
/// WRITE_ONCE().

virtual report

@write@
struct nvs_fdb_entry *e;
struct nvs_switch *sw;
struct nvs_port *port;
struct nvs_fdb *fdb;
expression E;
position p;
@@

(
 e->fixed =@p E
|
 e->dynamic =@p E
|
 e->seen =@p E
|
 e->trial =@p E
|
 port->adopted =@p E
|
 port->announced =@p E
|
 port->learned@p++
|
 port->learned@p--
|
 port->learned =@p E
|
 port->learned +=@p E
|
 port->learned -=@p E
|
 fdb->learned@p++
|
 fdb->learned@p--
|
 fdb->learned =@p E
|
 fdb->learned +=@p E
|
 fdb->learned -=@p E
|
 fdb->remote@p++
|
 fdb->remote@p--
|
 fdb->remote =@p E
|
 fdb->generation@p++
|
 fdb->entries@p++
|
 fdb->entries@p--
|
 sw->bpdu_wanted =@p E
)

@script:python depends on report@
p << write.p;
@@

coccilib.report.print_report(p[0], "read without a lock: WRITE_ONCE()")
