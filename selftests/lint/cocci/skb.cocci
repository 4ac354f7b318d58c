// SPDX-License-Identifier: GPL-2.0-only
/// Whoever has given a frame away does not touch it again.

virtual report

@gone exists@
expression skb, E;
position p;
@@

(
 \(kfree_skb\|consume_skb\|dev_queue_xmit\|netif_receive_skb\|netif_rx\|
   nlmsg_free\)(skb);
|
 \(nvs_transmit\|nvs_send\|nvs_pass_up\|nvs_drop\|nvs_end\)
	(E, skb, ...);
|
 nvs_deliver(E, ..., skb, ...);
|
 nvs_event_send(E, skb, ...);
|
 rtnl_notify(skb, ...);
|
 genlmsg_multicast_netns(..., skb, ...);
)
 ...
(
 skb = E
|
 skb@p
)

@script:python depends on report@
p << gone.p;
@@

coccilib.report.print_report(p[0], "the frame has been given away")
