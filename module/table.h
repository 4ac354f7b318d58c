/* SPDX-License-Identifier: GPL-2.0-only */
/* The hash table below the MAC table. */
#ifndef _NVS_TABLE_H
#define _NVS_TABLE_H

#include <linux/rculist.h>
#include <linux/types.h>

/**
 * struct nvs_table - buckets
 * @secret: key of the hash, odd
 * @mask: number of buckets, a power of two, less one
 * @shift: how many bits of a hash are too many for @mask
 * @version: which of an element's nodes is linked here
 * @buckets: chains of elements
 *
 * An element has two nodes, so that it can be linked into a larger table while
 * readers still walk the old one.
 */
struct nvs_table {
	u64 secret;
	u32 mask;
	u8 shift;
	u8 version;
	struct hlist_head buckets[];
};

/**
 * struct nvs_element - what is in a table; first member of what embeds it
 * @node: in the chains of the table with that version
 * @key: constant while in a table
 */
struct nvs_element {
	struct hlist_node node[2];
	u64 key;
};

/*
 * Multiply-shift (Dietzfelbinger et al., 1997), keyed: two keys share a bucket
 * with twice the probability of chance at most, whoever chose them, if he does
 * not know the secret. A fraction of the cost of jhash, on every frame.
 */
static inline u32 nvs_table_index(const struct nvs_table *t, u64 key)
{
	return key * t->secret >> t->shift;
}

static inline struct hlist_head *nvs_table_bucket(struct nvs_table *t, u64 key)
{
	return &t->buckets[nvs_table_index(t, key)];
}

static inline struct nvs_element *nvs_table_element(const struct nvs_table *t,
						    struct hlist_node *n)
{
	return (struct nvs_element *)(n - t->version);
}

/* The first element with @key from @n on. */
static __always_inline struct nvs_element *
nvs_table_scan(const struct nvs_table *t, struct hlist_node *n, u64 key)
{
	for (; n; n = rcu_dereference_raw(n->next)) {
		struct nvs_element *e = nvs_table_element(t, n);

		if (e->key == key)
			return e;
	}
	return NULL;
}

/* Under RCU, or by whoever serializes changes. */
static __always_inline struct nvs_element *nvs_table_find(struct nvs_table *t,
							  u64 key)
{
	struct hlist_node *n;

	n = rcu_dereference_raw(nvs_table_bucket(t, key)->first);
	return nvs_table_scan(t, n, key);
}

/* One more element with the key of @e, which is in @t. */
static inline struct nvs_element *nvs_table_next(const struct nvs_table *t,
						 struct nvs_element *e)
{
	return nvs_table_scan(t, rcu_dereference_raw(e->node[t->version].next),
			      e->key);
}

struct nvs_table *nvs_table_alloc(const struct nvs_table *old, u32 buckets);
void nvs_table_free(struct nvs_table *t);
void nvs_table_insert(struct nvs_table *t, struct nvs_element *e);
void nvs_table_remove(struct nvs_table *t, struct nvs_element *e);
void nvs_table_copy(struct nvs_table *to, struct nvs_table *from, u32 bucket);

#endif /* _NVS_TABLE_H */
