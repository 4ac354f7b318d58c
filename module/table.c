// SPDX-License-Identifier: GPL-2.0-only
/* The hash table below the MAC table. */

#include "table.h"

#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>

/**
 * nvs_table_alloc() - make an empty table
 * @old: the table that it shall succeed, or NULL
 * @buckets: how many, a power of two, at least two
 *
 * Each table has a secret of its own, so that addresses which were found to
 * share a bucket do not stay together.
 *
 * Context: process; sleeps.
 * Return: the table, or NULL.
 */
struct nvs_table *nvs_table_alloc(const struct nvs_table *old, u32 buckets)
{
	struct nvs_table *t;

	t = kvzalloc(struct_size(t, buckets, buckets),
		     GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!t)
		return NULL;
	t->secret = get_random_u64() | 1;
	t->mask = buckets - 1;
	t->shift = 64 - ilog2(buckets);
	t->version = old ? !old->version : 0;
	return t;
}

/**
 * nvs_table_free() - free a table that nobody reads any more
 * @t: table, or NULL; its elements are the caller's
 *
 * Context: process.
 */
void nvs_table_free(struct nvs_table *t)
{
	kvfree(t);
}

/**
 * nvs_table_insert() - link an element
 * @t: table
 * @e: element with its key set
 *
 * Context: changes are serialized by the caller; readers may run.
 */
void nvs_table_insert(struct nvs_table *t, struct nvs_element *e)
{
	hlist_add_head_rcu(&e->node[t->version], nvs_table_bucket(t, e->key));
}

/**
 * nvs_table_remove() - unlink an element
 * @t: the table in force
 * @e: its element; may be freed after a grace period
 *
 * Context: as nvs_table_insert().
 */
void nvs_table_remove(struct nvs_table *t, struct nvs_element *e)
{
	hlist_del_rcu(&e->node[t->version]);
}

/**
 * nvs_table_copy() - link the elements of a bucket into a table's successor
 * @to: the successor, which nobody reads yet
 * @from: the table in force
 * @bucket: index of the bucket in @from
 *
 * Context: as nvs_table_insert(). A grace period must have passed since
 * the table before @from was in force.
 */
void nvs_table_copy(struct nvs_table *to, struct nvs_table *from, u32 bucket)
{
	struct hlist_node *n;

	hlist_for_each(n, &from->buckets[bucket])
		nvs_table_insert(to, nvs_table_element(from, n));
}
