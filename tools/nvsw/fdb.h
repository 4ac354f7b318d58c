/* SPDX-License-Identifier: GPL-2.0-only */
/* Entries of the MAC table, shown, exported and imported. */
#ifndef _NVSW_FDB_H
#define _NVSW_FDB_H

#include "args.h"

/* Members of the object that is open. */
void json_entry(const struct nvsw_fdb *fdb);

/* A request about an entry, on a port or wherever a switch has it. */
struct request;
void fdb_begin_neighbour(struct request *to, int type,
			 const struct nvsw_link *device,
			 const struct nvsw_fdb *fdb);

/* A file of addresses, read. */
struct fdb_file {
	struct nvsw_fdb *entry;
	size_t count;
};

struct parse_error;
/* Read one from a string of @length bytes; else a sentence with its line. */
bool fdb_file_parse(const char *text, size_t length, struct fdb_file *file,
		    struct parse_error *error);
void fdb_file_free(struct fdb_file *file);

int fdb_export(const struct args *args);
int fdb_import(const struct args *args);

#endif /* _NVSW_FDB_H */
