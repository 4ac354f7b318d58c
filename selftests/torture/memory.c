// SPDX-License-Identifier: GPL-2.0-only
/* The verdict on memory: is all given back that the module has taken? */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "judge.h"

#define CACHES		16

/* So often may a look show something that is only just being freed. */
#define LOOKS		200

/*
 * Objects and kilobytes that the rest of the kernel may take meanwhile: what is
 * lost with every port or every change is more.
 */
#define SLACK		100

#define ENTRIES		"/sys/kernel/slab/nvs_fdb_entry/"

/* Objects in the caches of accounted memory, by size, and counters of CPUs. */
struct memory {
	int count;
	char names[CACHES][32];
	long objects[CACHES];
	long percpu;
};

static long number_in(const char *path)
{
	FILE *file = fopen(path, "re");
	long number = -1;

	if (file && fscanf(file, "%ld", &number) != 1)
		number = -1;
	if (file)
		fclose(file);
	return number;
}

/* What is free in a cache of its own counts as used. */
static void shrink(const char *path)
{
	FILE *file = fopen(path, "we");

	if (file) {
		fputs("1", file);
		fclose(file);
	}
}

/* When there is no switch any more, but still the module. */
bool judge_entries(void)
{
	long left = 0;
	int i;

	for (i = 0; i < LOOKS; i++) {
		shrink(ENTRIES "shrink");
		left = number_in(ENTRIES "objects");
		if (!left)
			break;
		usleep(50000);
	}
	return !left || complain("%ld entries without a table", left);
}

static void take_cache(struct memory *m, const char *line)
{
	char path[80], name[32];
	long objects;

	if (sscanf(line, "kmalloc-cg-%31s", name) != 1 || m->count == CACHES)
		return;
	snprintf(path, sizeof(path), "/sys/kernel/slab/kmalloc-cg-%s/shrink",
		 name);
	shrink(path);
	snprintf(path, sizeof(path), "/sys/kernel/slab/kmalloc-cg-%s/objects",
		 name);
	objects = number_in(path);
	if (objects < 0)
		return;
	strcpy(m->names[m->count], name);
	m->objects[m->count++] = objects;
}

static struct memory memory_now(void)
{
	FILE *slabs = fopen("/proc/slabinfo", "re");
	FILE *info = fopen("/proc/meminfo", "re");
	struct memory m = {};
	char line[512];

	if (!slabs || !info)
		die("/proc");
	while (fgets(line, sizeof(line), slabs))
		take_cache(&m, line);
	while (fgets(line, sizeof(line), info) &&
	       sscanf(line, "Percpu: %ld", &m.percpu) != 1)
		;
	fclose(slabs);
	fclose(info);
	return m;
}

/* After each round: what the first has left is no leak. */
bool judge_memory(bool first)
{
	static struct memory before;
	struct memory m = memory_now();
	bool right = true;
	int i;

	if (first)
		before = m;
	for (i = 0; i < m.count && i < before.count; i++)
		if (m.objects[i] > before.objects[i] + SLACK)
			right = complain("%ld objects of kmalloc-cg-%s have become %ld",
					 before.objects[i], m.names[i],
					 m.objects[i]);
	if (m.percpu > before.percpu + SLACK)
		right = complain("%ld KB of per-CPU memory have become %ld",
				 before.percpu, m.percpu);
	return right;
}
