// SPDX-License-Identifier: GPL-2.0-only
/* Talking to the kernel. */
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "decode.h"
#include "netlink.h"

#define RECEIVE_SIZE	(256 * 1024)
#define RETRIES_MAX	16

/* A socket of one protocol, opened at first use. */
struct channel {
	int protocol;
	struct mnl_socket *socket;
	char *buffer;
	unsigned int sequence;
};

static struct channel rtnl = { .protocol = NETLINK_ROUTE };
static struct channel genl = { .protocol = NETLINK_GENERIC };
static struct channel events = { .protocol = NETLINK_GENERIC };
static struct channel changes = { .protocol = NETLINK_ROUTE };

static __u16 family;
static __u32 events_group;

/* The sentence for the last error, and what in the request it is about. */
static char reason[512];
static __u32 culprit;

const char *nl_reason(void)
{
	return reason;
}

unsigned int nl_culprit(void)
{
	return culprit;
}

int nl_refused(int error)
{
	(void)error;
	fprintf(stderr, "%s\n", reason);
	return NVSW_REFUSED;
}

static int fail(int error)
{
	if (error == EPERM)
		snprintf(reason, sizeof(reason), "%s: it takes CAP_NET_ADMIN",
			 strerror(error));
	else
		snprintf(reason, sizeof(reason), "%s", strerror(error));
	return -error;
}

bool nl_enter_netns(const char *name)
{
	char path[4096];
	int fd, error;

	snprintf(path, sizeof(path), "%s%s",
		 strchr(name, '/') ? "" : "/run/netns/", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		refuse("There is no network namespace '%s': ip netns lists them",
		       name);
		return false;
	}
	error = setns(fd, CLONE_NEWNET) ? errno : 0;
	close(fd);
	if (error)
		refuse("Network namespace '%s' cannot be entered: %s", name,
		       strerror(error));
	return !error;
}

static void set_option(struct channel *channel, int option)
{
	int on = 1;

	/* An older kernel has fewer: then it says less, or checks less. */
	mnl_socket_setsockopt(channel->socket, option, &on, sizeof(on));
}

static int open_channel(struct channel *channel)
{
	int size = 1024 * 1024;

	if (channel->socket)
		return 0;
	if (!channel->buffer)
		channel->buffer = allocate(RECEIVE_SIZE);
	channel->socket = mnl_socket_open2(channel->protocol, SOCK_CLOEXEC);
	if (!channel->socket)
		return fail(errno);
	if (mnl_socket_bind(channel->socket, 0, MNL_SOCKET_AUTOPID) < 0)
		return fail(errno);
	setsockopt(mnl_socket_get_fd(channel->socket), SOL_SOCKET, SO_RCVBUF,
		   &size, sizeof(size));
	set_option(channel, NETLINK_EXT_ACK);
	set_option(channel, NETLINK_CAP_ACK);
	if (channel->protocol == NETLINK_ROUTE)
		set_option(channel, NETLINK_GET_STRICT_CHK);
	channel->sequence = time(NULL);
	return 0;
}

/* The kernel's sentence in an error message, an ACK or a DONE. */
static bool find_sentence(const struct nlmsghdr *n, size_t header, char *text,
			  size_t size)
{
	const struct nlattr *table[NLMSGERR_ATTR_MAX + 1];
	size_t before = NLMSG_HDRLEN + header;

	if (!(n->nlmsg_flags & NLM_F_ACK_TLVS) || n->nlmsg_len < before)
		return false;
	attr_table(table, NLMSGERR_ATTR_MAX, (const char *)n + before,
		   n->nlmsg_len - before);
	culprit = attr_u32(table[NLMSGERR_ATTR_OFFS], 0);
	return attr_string(table[NLMSGERR_ATTR_MSG], text, size) && *text;
}

/* An ACK is an error that is none; it may warn. */
static int take_error(const struct nlmsghdr *n)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(n);
	size_t header = sizeof(*error);
	char sentence[sizeof(reason)];
	bool said;
	int result;

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*error)))
		return fail(EBADMSG);
	/* Without this flag the request follows, before the attributes. */
	if (!(n->nlmsg_flags & NLM_F_CAPPED) &&
	    error->msg.nlmsg_len >= sizeof(error->msg))
		header += NLMSG_ALIGN(error->msg.nlmsg_len) -
			  sizeof(error->msg);
	said = find_sentence(n, header, sentence, sizeof(sentence));
	if (!error->error) {
		if (said)
			warn("%s", sentence);
		return 0;
	}
	result = fail(-error->error);
	if (said)
		memcpy(reason, sentence, sizeof(reason));
	return result;
}

/* The end of a dump holds what became of it. */
static int take_done(const struct nlmsghdr *n)
{
	char sentence[sizeof(reason)];
	int error = 0;

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(error)))
		return 0;
	memcpy(&error, mnl_nlmsg_get_payload(n), sizeof(error));
	if (error >= 0)
		return 0;
	error = fail(-error);
	if (find_sentence(n, sizeof(int), sentence, sizeof(sentence)))
		memcpy(reason, sentence, sizeof(reason));
	return error;
}

/* What has been received so far in answer to a request. */
struct answer {
	unsigned int sequence;
	nl_reply_t reply;
	void *arg;
	bool dump;
	bool stopped;
	bool interrupted;
	bool complete;
	int error;
};

static void take_message(struct answer *answer, const struct nlmsghdr *n)
{
	if (n->nlmsg_seq != answer->sequence)
		return;
	if (n->nlmsg_flags & NLM_F_DUMP_INTR)
		answer->interrupted = true;
	switch (n->nlmsg_type) {
	case NLMSG_ERROR:
		answer->error = take_error(n);
		answer->complete = true;
		break;
	case NLMSG_DONE:
		answer->error = take_done(n);
		answer->complete = true;
		break;
	default:
		if (n->nlmsg_type >= NLMSG_MIN_TYPE && answer->reply &&
		    !answer->stopped)
			answer->stopped = !answer->reply(n, answer->arg);
		break;
	}
}

static int receive(struct channel *channel, struct answer *answer)
{
	while (!answer->complete) {
		ssize_t got = mnl_socket_recvfrom(channel->socket,
						  channel->buffer,
						  RECEIVE_SIZE);
		const struct nlmsghdr *n = (void *)channel->buffer;
		int left = got;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(errno);
		for (; mnl_nlmsg_ok(n, left) && !answer->complete;
		     n = mnl_nlmsg_next(n, &left))
			take_message(answer, n);
		if (answer->stopped && answer->dump)
			break;
	}
	return answer->error;
}

static int talk(struct channel *channel, struct request *request,
		struct answer *answer)
{
	int error = open_channel(channel);

	if (error)
		return error;
	culprit = 0;
	request->n.nlmsg_seq = ++channel->sequence;
	answer->sequence = request->n.nlmsg_seq;
	if (mnl_socket_sendto(channel->socket, &request->n,
			      request->n.nlmsg_len) < 0)
		return fail(errno);
	error = receive(channel, answer);
	/* The rest of a dump that nobody wants would be in the next one's way. */
	if (answer->stopped && !answer->complete) {
		mnl_socket_close(channel->socket);
		channel->socket = NULL;
	}
	return error;
}

static int ask(struct channel *channel, struct request *request,
	       nl_reply_t reply, void *arg)
{
	struct answer answer = { .reply = reply, .arg = arg };

	request->n.nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	return talk(channel, request, &answer);
}

static int dump(struct channel *channel, struct request *request,
		nl_reply_t reply, void *arg, nl_restart_t restart)
{
	unsigned int tries = 0;

	request->n.nlmsg_flags |= NLM_F_REQUEST | NLM_F_DUMP;
	for (;;) {
		struct answer answer = {
			.reply = reply,
			.arg = arg,
			.dump = true,
		};
		int error = talk(channel, request, &answer);

		if (error || !answer.interrupted)
			return error;
		if (!restart || ++tries == RETRIES_MAX) {
			warn("What was listed changed meanwhile: some of it may be missing, or there twice");
			return 0;
		}
		restart(arg);
	}
}

void rtnl_begin(struct request *request, int type, int flags,
		const void *header, size_t length)
{
	mnl_nlmsg_put_header(request->buffer);
	request->n.nlmsg_type = type;
	request->n.nlmsg_flags = flags;
	memcpy(mnl_nlmsg_put_extra_header(&request->n, length), header, length);
}

int rtnl_ask(struct request *request, nl_reply_t reply, void *arg)
{
	return ask(&rtnl, request, reply, arg);
}

int rtnl_dump(struct request *request, nl_reply_t reply, void *arg,
	      nl_restart_t restart)
{
	return dump(&rtnl, request, reply, arg, restart);
}

static void find_group(const struct nlattr *groups)
{
	const struct nlattr *group;

	mnl_attr_for_each_nested(group, groups) {
		const struct nlattr *table[CTRL_ATTR_MCAST_GRP_MAX + 1];
		char name[GENL_NAMSIZ];

		attr_nest(table, CTRL_ATTR_MCAST_GRP_MAX, group);
		attr_string(table[CTRL_ATTR_MCAST_GRP_NAME], name,
			    sizeof(name));
		if (!strcmp(name, NVSWITCH_GENL_EVENTS))
			events_group =
				attr_u32(table[CTRL_ATTR_MCAST_GRP_ID], 0);
	}
}

static bool take_family(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *table[CTRL_ATTR_MAX + 1];

	(void)arg;
	if (!genl_table(table, CTRL_ATTR_MAX, n))
		return true;
	family = attr_u16(table[CTRL_ATTR_FAMILY_ID], 0);
	if (table[CTRL_ATTR_MCAST_GROUPS])
		find_group(table[CTRL_ATTR_MCAST_GROUPS]);
	return true;
}

static void begin_genl(struct request *request, int type, int cmd, int version)
{
	struct genlmsghdr header = { .cmd = cmd, .version = version };

	rtnl_begin(request, type, 0, &header, sizeof(header));
}

static int find_family(void)
{
	static struct request request;
	int error;

	if (family)
		return 0;
	begin_genl(&request, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1);
	put_text(&request, CTRL_ATTR_FAMILY_NAME, NVSWITCH_GENL_NAME);
	error = ask(&genl, &request, take_family, NULL);
	if (error != -ENOENT)
		return error;
	snprintf(reason, sizeof(reason),
		 "The nvswitch module is not loaded: modprobe nvswitch");
	return error;
}

void genl_begin(struct request *request, enum nvswitch_cmd cmd)
{
	begin_genl(request, 0, cmd, NVSWITCH_GENL_VERSION);
}

int genl_ask(struct request *request, nl_reply_t reply, void *arg)
{
	int error = find_family();

	if (error)
		return error;
	request->n.nlmsg_type = family;
	return ask(&genl, request, reply, arg);
}

int genl_dump(struct request *request, nl_reply_t reply, void *arg,
	      nl_restart_t restart)
{
	int error = find_family();

	if (error)
		return error;
	request->n.nlmsg_type = family;
	return dump(&genl, request, reply, arg, restart);
}

static int listen_to(struct channel *channel, __u32 group)
{
	int error = open_channel(channel);

	if (error)
		return error;
	if (mnl_socket_setsockopt(channel->socket, NETLINK_ADD_MEMBERSHIP,
				  &group, sizeof(group)) < 0)
		return fail(errno);
	return mnl_socket_get_fd(channel->socket);
}

/* @type: of the messages that are wanted; 0 is all. */
static int hear(struct channel *channel, __u16 type, nl_reply_t reply,
		void *arg)
{
	ssize_t got = mnl_socket_recvfrom(channel->socket, channel->buffer,
					  RECEIVE_SIZE);
	const struct nlmsghdr *n = (void *)channel->buffer;
	int left = got;

	if (got < 0)
		return errno == EINTR || errno == EAGAIN ? 0 : fail(errno);
	for (; mnl_nlmsg_ok(n, left); n = mnl_nlmsg_next(n, &left))
		if ((!type || n->nlmsg_type == type) && !reply(n, arg))
			break;
	return 0;
}

int genl_listen(void)
{
	int error = find_family();

	return error ? error : listen_to(&events, events_group);
}

int genl_receive(nl_reply_t reply, void *arg)
{
	return hear(&events, family, reply, arg);
}

int rtnl_listen(unsigned int group)
{
	return listen_to(&changes, group);
}

int rtnl_receive(nl_reply_t reply, void *arg)
{
	return hear(&changes, 0, reply, arg);
}

void put_attr(struct request *request, int attr, const void *data, size_t size)
{
	if (!mnl_attr_put_check(&request->n, sizeof(request->buffer), attr,
				size, data))
		abort();
}

void put_flag(struct request *request, int attr)
{
	put_attr(request, attr, NULL, 0);
}

void put_u8(struct request *request, int attr, __u8 value)
{
	put_attr(request, attr, &value, sizeof(value));
}

void put_u16(struct request *request, int attr, __u16 value)
{
	put_attr(request, attr, &value, sizeof(value));
}

void put_u32(struct request *request, int attr, __u32 value)
{
	put_attr(request, attr, &value, sizeof(value));
}

void put_text(struct request *request, int attr, const char *text)
{
	put_attr(request, attr, text, strlen(text) + 1);
}

struct nlattr *put_nest(struct request *request, int attr)
{
	struct nlattr *nest = mnl_nlmsg_get_payload_tail(&request->n);

	put_flag(request, attr | NLA_F_NESTED);
	return nest;
}

void end_nest(struct request *request, struct nlattr *nest)
{
	nest->nla_len = (char *)mnl_nlmsg_get_payload_tail(&request->n) -
			(char *)nest;
}
