// SPDX-License-Identifier: GPL-2.0-only
/* nvsw fdb export and import: a port's addresses move to another host. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "fdb.h"
#include "links.h"
#include "netlink.h"
#include "out.h"
#include "parse.h"
#include "text_file.h"

/* As many entries as one nest may hold. */
#define CHUNK_MAX	2700

static struct request request;

static bool export_entry(const struct nlmsghdr *n, void *arg)
{
	struct nvsw_fdb fdb;

	(void)arg;
	if (!decode_fdb(n, &fdb))
		return true;
	out_open_object(NULL);
	out_mac("mac", fdb.mac);
	out_number("vlan", fdb.vid > 0 ? fdb.vid : 0);
	out_close_object();
	return true;
}

static void begin_learned(const struct nvsw_link *port)
{
	genl_begin(&request, NVSWITCH_CMD_FDB_GET);
	put_u32(&request, NVSWITCH_A_SWITCH, port->master);
	put_u32(&request, NVSWITCH_A_PORT, port->ifindex);
	put_u8(&request, NVSWITCH_A_KIND, NVSWITCH_FDB_LEARNED);
}

int fdb_export(const struct args *args)
{
	const struct nvsw_link *port = arg_link(args, "dev");
	int error;

	begin_learned(port);
	out_force_json();
	out_open_object(NULL);
	out_number("version", 1);
	out_string("port", port->name);
	out_open_array("entries");
	error = genl_dump(&request, export_entry, NULL, NULL);
	out_close_array();
	out_close_object();
	return error ? nl_refused(error) : NVSW_DONE;
}

static int import_chunk(const struct nvsw_link *port,
			const struct nvsw_fdb *entry, size_t count)
{
	struct nlattr *entries, *nest;
	size_t i;

	genl_begin(&request, NVSWITCH_CMD_FDB_IMPORT);
	put_u32(&request, NVSWITCH_A_PORT, port->ifindex);
	entries = put_nest(&request, NVSWITCH_A_ENTRIES);
	for (i = 0; i < count; i++) {
		nest = put_nest(&request, NVSWITCH_A_ENTRY);
		put_attr(&request, NVSWITCH_A_MAC, entry[i].mac, ETH_ALEN);
		put_u16(&request, NVSWITCH_A_VID, entry[i].vid);
		end_nest(&request, nest);
	}
	end_nest(&request, entries);
	return genl_ask(&request, NULL, NULL);
}

/* Say why, and which entry is to blame if the kernel says so. */
static void say_refused(const struct nvsw_fdb *entry, size_t count,
			size_t before)
{
	size_t size = NLA_HDRLEN + NLA_HDRLEN + NLA_ALIGN(ETH_ALEN) +
		      NLA_HDRLEN + NLA_ALIGN(sizeof(__u16));
	size_t first = request.n.nlmsg_len - count * size;
	size_t index = (nl_culprit() - first) / size;
	char text[MAC_TEXT];

	if (nl_culprit() < first || index >= count)
		fprintf(stderr, "%s\n", nl_reason());
	else
		fprintf(stderr, "%s (entry %zu: %s vlan %d)\n", nl_reason(),
			before + index + 1, mac_text(text, entry[index].mac),
			entry[index].vid);
}

static int by_address(const void *a, const void *b)
{
	const struct nvsw_fdb *first = a, *second = b;
	int order = memcmp(first->mac, second->mac, ETH_ALEN);

	return order ? order : first->vid - second->vid;
}

static bool take_entry(const struct nlmsghdr *n, void *arg)
{
	struct fdb_file *file = arg;
	size_t room = 2 * file->count + 2;
	struct nvsw_fdb fdb;

	if (!decode_fdb(n, &fdb))
		return true;
	/* It doubles whenever it is full. */
	if (!(file->count & (file->count + 1)))
		file->entry = reallocate(file->entry, room * sizeof(fdb));
	file->entry[file->count++] = fdb;
	return true;
}

static void forget_entries(void *arg)
{
	struct fdb_file *file = arg;

	file->count = 0;
}

/* What the port has learned already, in order. */
static int load_learned(const struct nvsw_link *port, struct fdb_file *learned)
{
	int error;

	begin_learned(port);
	error = genl_dump(&request, take_entry, learned, forget_entries);
	if (!error && learned->count)
		qsort(learned->entry, learned->count, sizeof(*learned->entry),
		      by_address);
	return error;
}

/* Take back what has been entered, but for what was there before. */
static void undo(const struct nvsw_link *port, const struct nvsw_fdb *entry,
		 size_t count, const struct fdb_file *before)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (before->count && bsearch(&entry[i], before->entry,
					     before->count, sizeof(*entry),
					     by_address))
			continue;
		fdb_begin_neighbour(&request, RTM_DELNEIGH, port, &entry[i]);
		rtnl_ask(&request, NULL, NULL);
	}
}

/* In one request if it holds all of them, for that is all or none by itself. */
static int import(const struct nvsw_link *port, const struct fdb_file *file)
{
	struct fdb_file before = { };
	size_t done, count;
	int error = 0;

	if (file->count > CHUNK_MAX)
		error = load_learned(port, &before);
	if (error)
		return nl_refused(error);
	for (done = 0; done < file->count; done += count) {
		count = file->count - done;
		if (count > CHUNK_MAX)
			count = CHUNK_MAX;
		error = import_chunk(port, file->entry + done, count);
		if (!error)
			continue;
		say_refused(file->entry + done, count, done);
		undo(port, file->entry, done, &before);
		break;
	}
	fdb_file_free(&before);
	return error ? NVSW_REFUSED : NVSW_DONE;
}

int fdb_import(const struct args *args)
{
	const char *name = arg_get(args, "FILE")->text;
	struct parse_error error;
	struct fdb_file file;
	size_t length;
	char *text;
	int status;

	text = text_file_read(name, &length);
	if (!text)
		return NVSW_REFUSED;
	if (!fdb_file_parse(text, length, &file, &error)) {
		free(text);
		return misuse("%s: %s", name, error.text);
	}
	free(text);
	status = import(arg_link(args, "dev"), &file);
	fdb_file_free(&file);
	return status;
}
