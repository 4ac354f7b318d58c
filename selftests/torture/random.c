// SPDX-License-Identifier: GPL-2.0-only
/* Choices: all come from the seed, and from few values, so that they meet. */

#include <string.h>

#include "torture.h"

/* Stations that are known by number: ports' own, and inner ones. */
#define STATIONS	48

void dice_seed(struct dice *d, __u64 seed, __u64 stream)
{
	d->state = (seed + 1) * 0x9e3779b97f4a7c15 ^
		   (stream + 1) * 0xd1342543de82ef95;
	dice_draw(d);
}

/* splitmix64 */
__u64 dice_draw(struct dice *d)
{
	__u64 z = d->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

__u32 dice_below(struct dice *d, __u32 n)
{
	return (dice_draw(d) >> 32) % n;
}

bool dice_one_in(struct dice *d, __u32 n)
{
	return dice_below(d, n) == 0;
}

__u16 dice_vid(struct dice *d)
{
	static const __u16 vids[] = {
		0, 1, 5, 5, 7, 10, 10, 100, 100, 101, 102, 103, 4094,
	};

	return vids[dice_below(d, sizeof(vids) / sizeof(*vids))];
}

void station(__u8 *mac, unsigned int number)
{
	const __u8 known[6] = { 2, 0, 0, 0, number >> 8, number };

	memcpy(mac, known, 6);
}

/* Mostly one that others use as well. */
void dice_station(struct dice *d, __u8 *mac)
{
	station(mac, dice_below(d, STATIONS));
	if (dice_one_in(d, 16)) {
		mac[1] = 0x99;
		mac[3] = dice_below(d, 256);
		mac[4] = dice_below(d, 256);
	}
}

void dice_group(struct dice *d, __u8 *mac)
{
	static const __u8 groups[][6] = {
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 },
		{ 0x33, 0x33, 0x00, 0x00, 0x00, 0x01 },
		{ 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 },
		{ 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e },
		{ 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd },
	};

	memcpy(mac, groups[dice_below(d, sizeof(groups) / 6)], 6);
}
