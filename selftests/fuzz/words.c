// SPDX-License-Identifier: GPL-2.0-only
/*
 * What users type. The first byte of an input says which parser gets the rest.
 * A parser says what is wrong, or finds a value that, written as nvsw writes it
 * and read again, is the same.
 */
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "fuzz.h"
#include "out.h"
#include "parse.h"

#define WORDS	8

static struct parse_error error;

/* Returns @good, which it is not if there is nothing wrong. */
static bool check(bool good)
{
	must(good || error.text[0]);
	must(memchr(error.text, 0, sizeof(error.text)));
	return good;
}

static void try_number(const char *text)
{
	__u32 number = 7, again = 8;
	char written[16];

	if (check(parse_number(text, "thing", 10, 1000000, true, &number,
			       &error)))
		must(!number || (number >= 10 && number <= 1000000));
	else
		must(number == 7);
	snprintf(written, sizeof(written), "%u", number);
	must(parse_number(written, "thing", 0, 0xffffffff, false, &again,
			  &error));
	must(again == number);
}

static void try_mac(const char *text)
{
	__u8 mac[ETH_ALEN], again[ETH_ALEN];
	char written[MAC_TEXT];

	if (check(parse_station(text, mac, &error)))
		must(!(mac[0] & 1));
	if (!check(parse_mac(text, mac, &error)))
		return;
	must(parse_mac(mac_text(written, mac), again, &error));
	must(!memcmp(mac, again, sizeof(mac)));
}

static void try_prefix(const char *text)
{
	__u8 mac[ETH_ALEN], again[ETH_ALEN], bits, bits_again;
	char written[MAC_TEXT], both[MAC_TEXT + 4];

	if (!check(parse_prefix(text, mac, &bits, &error)))
		return;
	must(bits >= NVSWITCH_ALLOW_BITS_MIN &&
	     bits <= NVSWITCH_ALLOW_BITS_MAX);
	snprintf(both, sizeof(both), "%s/%u", mac_text(written, mac), bits);
	must(parse_prefix(both, again, &bits_again, &error));
	must(bits == bits_again && !memcmp(mac, again, sizeof(mac)));
}

static void try_vid(const char *text)
{
	__u16 vid;

	if (check(parse_vid(text, &vid, &error)))
		must(vid >= 1 && vid <= NVSWITCH_VID_MAX);
}

static void try_trunk(const char *text)
{
	static struct nvsw_vlan vlan, again;
	static char written[TRUNK_TEXT];

	memset(&vlan, 0, sizeof(vlan));
	memset(&again, 0, sizeof(again));
	if (!check(parse_trunk(text, &vlan, &error)))
		return;
	trunk_text(written, &vlan);
	must(parse_trunk(written, &again, &error));
	must(!memcmp(&vlan, &again, sizeof(vlan)));
}

/* As words, between which blanks are. */
static void try_vlan(char *text)
{
	static struct nvsw_vlan vlan;
	char *argv[WORDS];
	int argc = 0, used = 0;

	for (text = strtok(text, " "); text && argc < WORDS;
	     text = strtok(NULL, " "))
		argv[argc++] = text;
	if (!check(parse_vlan(argc, argv, &used, &vlan, &error)))
		return;
	must(used >= 1 && used <= argc);
	must(vlan.vid <= NVSWITCH_VID_MAX && vlan.native <= NVSWITCH_VID_MAX);
}

static void try_group(const char *text)
{
	if (check(parse_group(text, &error)))
		must(strlen(text) <= NVSWITCH_GROUP_NAME_MAX);
}

static void try_device(const char *text)
{
	if (check(parse_device(text, &error)))
		must(strlen(text) < IFNAMSIZ && !strchr(text, '/'));
}

static void try_multicast(const char *text)
{
	static struct nvsw_multicast multicast;
	unsigned int i;

	if (!check(parse_multicast(text, &multicast, &error)))
		return;
	must(multicast.count <= NVSWITCH_RX_GROUPS_MAX);
	for (i = 0; i < multicast.count; i++)
		must(multicast.group[i][0] & 1);
}

/* A field of a switch, group or port, as the command line takes it. */
static void try_field(char *text)
{
	static const struct arg *const tables[] = {
		policy_fields, switch_fields, port_fields, vlan_field,
	};
	const struct arg *field;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		for (field = tables[i]; !arg_ends(field); field++) {
			struct value value = { };
			int used;

			check(parse_value(field, i % 2, 1, &text, &used,
					  &value, &error));
		}
	}
}

static void try(unsigned int which, char *text)
{
	switch (which % 10) {
	case 0:
		try_number(text);
		break;
	case 1:
		try_mac(text);
		break;
	case 2:
		try_prefix(text);
		break;
	case 3:
		try_vid(text);
		break;
	case 4:
		try_trunk(text);
		break;
	case 5:
		try_vlan(text);
		break;
	case 6:
		try_group(text);
		break;
	case 7:
		try_device(text);
		break;
	case 8:
		try_multicast(text);
		break;
	default:
		try_field(text);
		break;
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *text;

	if (!size)
		return 0;
	text = malloc(size);
	must(text);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = 0;
	memset(&error, 0, sizeof(error));
	try(data[0], text);
	free(text);
	return 0;
}
