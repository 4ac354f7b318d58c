// SPDX-License-Identifier: GPL-2.0-only

enum nvswitch_drop_reason refusal(struct nvs_snapshot *snap)
{
	if (!snap)
		return -EINVAL;				/* reported */
	return NVSWITCH_DROP_UNSPEC;
}

static enum nvswitch_drop_reason closed(struct nvs_snapshot *snap)
{
	if (snap->blocked)
		return -EPERM;				/* reported */
	return snap->closed;
}

int parse(struct nvs_snapshot *snap)
{
	return snap ? 0 : -EINVAL;
}

void judge(struct nvs_admission *a, struct nvs_port *in, struct sk_buff *skb)
{
	a->reason = -ENOMEM;				/* reported */
	a->reason = NVSWITCH_DROP_NO_MEMORY;
	if (a->verdict < 0)				/* reported */
		nvs_drop(in, skb, &nvs_no_frame, -EPERM);	/* reported */
	nvs_drop(in, skb, &nvs_no_frame, a->reason);
}
