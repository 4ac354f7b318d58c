// SPDX-License-Identifier: GPL-2.0-only

void walk(struct nvs_port *port, struct sk_buff *skb, struct nvs_frame *f)
{
	if (!f->src) {
		nvs_drop(port, skb, f, 1);
		port->len = skb->len;			/* reported */
		return;
	}
	port->len = skb->len;
	nvs_transmit(port, skb);
	dev_sw_netstats_tx_add(port->dev, 1, skb->len);	/* reported */
}

void end(struct nvs_port *port, struct sk_buff *skb)
{
	kfree_skb(skb);
	skb = nvs_next(port);
	skb->dev = port->dev;
}

void send(struct nvs_port *port, struct sk_buff *skb, struct nvs_frame *f,
	  struct nvs_dest *dest)
{
	if (f->src) {
		nvs_deliver(port, 0, skb, f, dest);
		return;
	}
	skb->dev = port->dev;
	nvs_deliver(port, 0, skb, f, dest);
	kfree_skb(skb);					/* reported */
}
