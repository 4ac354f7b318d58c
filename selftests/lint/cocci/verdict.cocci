// SPDX-License-Identifier: GPL-2.0-only
/// A verdict or a reason is no errno, and none is made of the other.

virtual report

@returned@
identifier f;
constant C;
position p;
@@

 \(enum nvswitch_drop_reason\|enum nvs_verdict\) f(...)
 {
 <+...
 return@p -C;
 ...+>
 }

@kept@
expression E;
constant C;
position p;
@@

(
 E.verdict =@p -C
|
 E.reason =@p -C
|
 E->verdict =@p -C
|
 E->reason =@p -C
|
 E.verdict <@p 0
|
 E->verdict <@p 0
)

@counted@
expression E, skb, f;
constant C;
position p;
@@

(
 nvs_drop@p(E, skb, f, -C)
|
 nvs_refuse@p(E, f, -C)
)

@script:python depends on report@
p << returned.p;
@@

coccilib.report.print_report(p[0], "a reason is no errno")

@script:python depends on report@
p << kept.p;
@@

coccilib.report.print_report(p[0], "a verdict is no errno")

@script:python depends on report@
p << counted.p;
@@

coccilib.report.print_report(p[0], "a reason is no errno")
