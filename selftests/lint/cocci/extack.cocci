// SPDX-License-Identifier: GPL-2.0-only
/// Whoever refuses a request says why, if there is somebody to tell. Lack of
/// memory or of room in a message explains itself.

virtual report

@refusal exists@
identifier f, x;
constant C != {ENOMEM,EMSGSIZE};
position p;
@@

 f(..., struct netlink_ext_ack *x, ...)
 {
 ... when != x
 return@p -C;
 ... when any
 }

@request exists@
identifier f, info;
constant C != {ENOMEM,EMSGSIZE};
position p;
@@

 f(struct genl_info *info, ...)
 {
 ... when != info->extack
     when != g(..., info, ...)
 return@p -C;
 ... when any
 }

@script:python depends on report@
p << refusal.p;
f << refusal.f;
@@

coccilib.report.print_report(p[0], "%s: an error without a sentence" % f)

@script:python depends on report@
p << request.p;
f << request.f;
@@

coccilib.report.print_report(p[0], "%s: an error without a sentence" % f)
