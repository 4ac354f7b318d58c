// SPDX-License-Identifier: GPL-2.0-only
/// A message or a nest that was begun is ended or cancelled; only a caller that
/// drops the whole message needs no more than an error from a nest.

virtual report

@absent exists@
identifier head;
type T;
position p;
@@

(
 head = \(genlmsg_put\|genlmsg_put_reply\|nlmsg_put\|nvs_genl_put\)(...);
|
 T head = \(genlmsg_put\|genlmsg_put_reply\|nlmsg_put\|nvs_genl_put\)(...);
)
 if (!head)
 	return@p ...;

@begun exists@
expression skb;
identifier head;
idexpression int err;
constant C;
type T;
position p != absent.p;
@@

(
 head =
	\(genlmsg_put\|genlmsg_put_reply\|nlmsg_put\|nvs_genl_put\)(skb, ...);
|
 T head =
	\(genlmsg_put\|genlmsg_put_reply\|nlmsg_put\|nvs_genl_put\)(skb, ...);
)
 ... when != genlmsg_end(skb, head)
     when != genlmsg_cancel(skb, head)
     when != nlmsg_end(skb, head)
     when != nlmsg_cancel(skb, head)
     when != nlmsg_free(skb)
     when != kfree_skb(skb)
(
 return@p -C;
|
 return@p err;
)

@nest exists@
identifier n;
type T;
position p;
@@

(
 n = \(nla_nest_start\|nla_nest_start_noflag\)(...);
|
 T n = \(nla_nest_start\|nla_nest_start_noflag\)(...);
)
 ... when != nla_nest_end(..., n)
     when != nla_nest_cancel(..., n)
 return@p 0;

@script:python depends on report@
p << begun.p;
@@

coccilib.report.print_report(p[0], "a message is begun and not cancelled")

@script:python depends on report@
p << nest.p;
@@

coccilib.report.print_report(p[0], "a nest is begun and not ended")
