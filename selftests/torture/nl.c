// SPDX-License-Identifier: GPL-2.0-only
/* Netlink by hand: requests are built in place, and answered at once. */

#include "nl.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/nvswitch.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "torture.h"

#define ALIGN4(x)	(((x) + 3) & ~(size_t)3)

/* What CTRL says of the family; it is another number after each load. */
static int family, events;

void nl_open(struct nl *nl, int protocol)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK };
	int one = 1;

	nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	if (nl->fd < 0 || bind(nl->fd, (void *)&addr, sizeof(addr)))
		die("netlink socket");
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
	nl->seq = 0;
}

void nl_close(struct nl *nl)
{
	close(nl->fd);
}

/* Return: the zeroed header of the family, behind that of netlink. */
void *nl_begin(struct msg *m, __u16 type, __u16 flags, size_t header)
{
	memset(m->data, 0, NLMSG_HDRLEN + ALIGN4(header));
	m->nlh.nlmsg_len = NLMSG_HDRLEN + ALIGN4(header);
	m->nlh.nlmsg_type = type;
	m->nlh.nlmsg_flags = NLM_F_REQUEST | flags;
	return m->data + NLMSG_HDRLEN;
}

void *nl_put(struct msg *m, __u16 type, const void *data, size_t size)
{
	struct nlattr *attr = (void *)(m->data + m->nlh.nlmsg_len);
	size_t room = ALIGN4(sizeof(*attr) + size);

	if (m->nlh.nlmsg_len + room > sizeof(m->data))
		die("a request is too long");
	memset(attr, 0, room);
	attr->nla_type = type;
	attr->nla_len = sizeof(*attr) + size;
	if (size)
		memcpy(attr + 1, data, size);
	m->nlh.nlmsg_len += room;
	return attr;
}

void nl_put_u8(struct msg *m, __u16 type, __u8 value)
{
	nl_put(m, type, &value, sizeof(value));
}

void nl_put_u16(struct msg *m, __u16 type, __u16 value)
{
	nl_put(m, type, &value, sizeof(value));
}

void nl_put_u32(struct msg *m, __u16 type, __u32 value)
{
	nl_put(m, type, &value, sizeof(value));
}

void nl_put_string(struct msg *m, __u16 type, const char *value)
{
	nl_put(m, type, value, strlen(value) + 1);
}

struct nlattr *nl_nest(struct msg *m, __u16 type)
{
	return nl_put(m, type | NLA_F_NESTED, NULL, 0);
}

void nl_nest_end(struct msg *m, struct nlattr *nest)
{
	nest->nla_len = m->data + m->nlh.nlmsg_len - (char *)nest;
}

/* Return: 0, or -errno of the kernel that has not even taken it. */
int nl_send(struct nl *nl, struct msg *m)
{
	m->nlh.nlmsg_seq = ++nl->seq;
	if (send(nl->fd, m->data, m->nlh.nlmsg_len, 0) < 0)
		return -errno;
	return 0;
}

/* Return: 1 if the answer goes on, else 0 or -errno, which ends it. */
static int nl_look(const struct nl *nl, const struct nlmsghdr *nlh,
		   nl_answer answer, void *arg)
{
	if (nlh->nlmsg_seq != nl->seq)
		return 1;
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
		return *(const int *)NLMSG_DATA(nlh);
	if (answer)
		answer(nlh, arg);
	return 1;
}

/*
 * Ask, and wait for the answer's end.
 *
 * Return: 0, or -errno of the kernel that has refused it.
 */
int nl_talk(struct nl *nl, struct msg *m, nl_answer answer, void *arg)
{
	static __thread char buffer[65536];
	const struct nlmsghdr *nlh;
	int err = 1;
	int len;

	m->nlh.nlmsg_flags |= NLM_F_ACK;
	if (nl_send(nl, m))
		return -errno;
	while (err > 0) {
		len = recv(nl->fd, buffer, sizeof(buffer), 0);
		if (len < 0)
			return -errno;
		for (nlh = (void *)buffer; err > 0 && NLMSG_OK(nlh, len);
		     nlh = NLMSG_NEXT(nlh, len))
			err = nl_look(nl, nlh, answer, arg);
	}
	return err;
}

const struct nlattr *nl_find(const void *attrs, size_t size, __u16 type)
{
	const struct nlattr *attr = attrs;

	while (size >= sizeof(*attr) && attr->nla_len >= sizeof(*attr) &&
	       attr->nla_len <= size) {
		size_t step = ALIGN4(attr->nla_len);

		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return attr;
		if (step >= size)
			break;
		size -= step;
		attr = (const void *)((const char *)attr + step);
	}
	return NULL;
}

const struct nlattr *nl_attr(const struct nlmsghdr *nlh, size_t header,
			     __u16 type)
{
	size_t skip = NLMSG_HDRLEN + ALIGN4(header);

	if (nlh->nlmsg_len < skip)
		return NULL;
	return nl_find((const char *)nlh + skip, nlh->nlmsg_len - skip, type);
}

const struct nlattr *nl_inside(const struct nlattr *nest, __u16 type)
{
	return nest ? nl_find(nest + 1, nest->nla_len - sizeof(*nest), type) :
		      NULL;
}

/* Of any size; 0 without the attribute. */
__u64 nl_number(const struct nlattr *attr)
{
	__u64 value = 0;

	if (attr && attr->nla_len <= sizeof(*attr) + sizeof(value))
		memcpy(&value, attr + 1, attr->nla_len - sizeof(*attr));
	return value;
}

void genl_begin(struct msg *m, __u8 command, __u16 flags)
{
	struct genlmsghdr *header;

	header = nl_begin(m, family, flags, sizeof(*header));
	header->cmd = command;
	header->version = NVSWITCH_GENL_VERSION;
}

static void genl_take(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *groups, *group;

	family = nl_number(nl_attr(nlh, sizeof(struct genlmsghdr),
				   CTRL_ATTR_FAMILY_ID));
	groups = nl_attr(nlh, sizeof(struct genlmsghdr),
			 CTRL_ATTR_MCAST_GROUPS);
	group = nl_inside(groups, 1);
	events = nl_number(nl_inside(group, CTRL_ATTR_MCAST_GRP_ID));
}

/* While nobody else talks. */
void genl_resolve(struct nl *nl)
{
	struct genlmsghdr *header;
	struct msg m;

	header = nl_begin(&m, GENL_ID_CTRL, 0, sizeof(*header));
	header->cmd = CTRL_CMD_GETFAMILY;
	header->version = 2;
	nl_put_string(&m, CTRL_ATTR_FAMILY_NAME, NVSWITCH_GENL_NAME);
	if (nl_talk(nl, &m, genl_take, NULL) || !family || !events)
		die("the module's family");
}

/* The multicast group of events. */
int genl_events(void)
{
	return events;
}
