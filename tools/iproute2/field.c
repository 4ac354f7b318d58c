// SPDX-License-Identifier: GPL-2.0-only
/* Parse, print and explain the fields of a switch or a port. */
#include <linux/if_ether.h>
#include <string.h>

#include "plugin.h"

#define PRIVATE_CHOICE \
	"private VID { promiscuous | isolated VID | community VID }"

/* What may stand at one place of a command line. */
struct choices {
	const char *text[24];
	unsigned int count;
	char range[48];
};

static void add_choice(struct choices *choices, const char *text)
{
	if (choices->count < ARRAY_SIZE(choices->text))
		choices->text[choices->count++] = text;
}

static void list_values(struct choices *choices, const struct field *field,
			bool inherit)
{
	unsigned int i;

	switch (field->type) {
	case FIELD_WORD:
	case FIELD_ONOFF:
		for (i = 0; i < ARRAY_SIZE(field->words); i++)
			if (field->words[i])
				add_choice(choices, field->words[i]);
		break;
	case FIELD_NUMBER:
		if (field->zero)
			add_choice(choices, "0");
		snprintf(choices->range, sizeof(choices->range), "%u..%u%s",
			 field->min, field->max,
			 field->unit ? field->unit : "");
		add_choice(choices, choices->range);
		break;
	case FIELD_MAC:
		add_choice(choices, "unicast LLADDR");
		add_choice(choices, "00:00:00:00:00:00");
		break;
	case FIELD_NAME:
		snprintf(choices->range, sizeof(choices->range),
			 "NAME of up to %u bytes", field->max);
		add_choice(choices, choices->range);
		break;
	case FIELD_VLAN:
		add_choice(choices, "inherit");
		add_choice(choices, "none");
		add_choice(choices, "access VID");
		add_choice(choices, "trunk LIST [ native VID ]");
		add_choice(choices, PRIVATE_CHOICE);
		break;
	default:
		break;
	}
	if (inherit)
		add_choice(choices, "inherit");
}

static void list_names(struct choices *choices, const struct field *field)
{
	for (; field->name; field++)
		if (!field->readonly)
			add_choice(choices, field->name);
}

static void refuse(const char *what, const struct choices *choices,
		   const char *arg)
{
	char message[512];
	size_t used;
	unsigned int i;

	used = snprintf(message, sizeof(message), "%s takes ", what);
	for (i = 0; i < choices->count && used < sizeof(message); i++) {
		const char *separator = "";

		if (i)
			separator = i + 1 < choices->count ? ", " : " or ";
		used += snprintf(message + used, sizeof(message) - used, "%s%s",
				 separator, choices->text[i]);
	}
	invarg(message, arg);
}

static bool parse_word(const struct field *field, bool inherit, const char *arg,
		       __u8 *value)
{
	unsigned int i;

	if (inherit && !strcmp(arg, "inherit")) {
		*value = NVSWITCH_INHERIT;
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(field->words); i++) {
		if (field->words[i] && !strcmp(arg, field->words[i])) {
			*value = i;
			return true;
		}
	}
	return false;
}

static bool parse_number(const struct field *field, bool inherit,
			 const char *arg, __u32 *value)
{
	if (inherit && !strcmp(arg, "inherit")) {
		*value = NVSWITCH_LEARN_LIMIT_INHERIT;
		return true;
	}
	if (get_u32(value, arg, 0))
		return false;
	if (!*value && field->zero)
		return true;
	return *value >= field->min && *value <= field->max;
}

/* All zero is good: it takes an address back. */
static bool parse_mac(const char *arg, __u8 *mac)
{
	int used = 0;

	/* sscanf() alone would take signs and blanks. */
	if (arg[strspn(arg, "0123456789abcdefABCDEF:")])
		return false;
	if (sscanf(arg, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", &mac[0],
		   &mac[1], &mac[2], &mac[3], &mac[4], &mac[5], &used) != 6)
		return false;
	return !arg[used] && !(mac[0] & 1);
}

/* Add the attribute of @field with the value that @arg says. */
static void add_field(struct nlmsghdr *n, const struct field *field,
		      bool inherit, const char *arg)
{
	struct choices choices = { };
	__u8 mac[ETH_ALEN];
	bool good = true;
	__u32 number;
	__u8 word;
	const void *value = NULL;
	int size = 0;

	switch (field->type) {
	case FIELD_WORD:
	case FIELD_ONOFF:
		good = parse_word(field, inherit, arg, &word);
		value = &word;
		size = sizeof(word);
		break;
	case FIELD_NUMBER:
		good = parse_number(field, inherit, arg, &number);
		value = &number;
		size = sizeof(number);
		break;
	case FIELD_MAC:
		good = parse_mac(arg, mac);
		value = mac;
		size = sizeof(mac);
		break;
	case FIELD_NAME:
		good = strlen(arg) <= field->max;
		value = arg;
		size = strlen(arg) + 1;
		break;
	case FIELD_NOGROUP:
		value = "";
		size = 1;
		break;
	default:
		break;
	}
	if (!good) {
		list_values(&choices, field, inherit);
		refuse(field->name, &choices, arg);
	}
	addattr_l(n, LINK_REQUEST_MAX, field->attr, value, size);
}

static bool is_writeonly(const struct field *field)
{
	return field->type == FIELD_FLAG || field->type == FIELD_NOGROUP;
}

/* Add @field with the value that is typed, and return its words' number. */
static int add_words(struct nlmsghdr *n, const struct field *field,
		     bool inherit, int argc, char **argv)
{
	if (is_writeonly(field)) {
		add_field(n, field, inherit, NULL);
		return 0;
	}
	if (!argc)
		incomplete_command();
	if (field->type == FIELD_VLAN)
		return parse_vlan(n, field->attr, argc, argv);
	add_field(n, field, inherit, *argv);
	return 1;
}

static const struct field *find_field(const struct field *field,
				      const char *name)
{
	for (; field->name; field++)
		if (!field->readonly && !strcmp(field->name, name))
			return field;
	return NULL;
}

static void refuse_field(const struct kind *kind, const char *arg)
{
	struct choices choices = { };

	list_names(&choices, policy_fields);
	list_names(&choices, kind->fields);
	refuse(kind->name, &choices, arg);
}

int parse_kind(const struct kind *kind, int argc, char **argv,
	       struct nlmsghdr *n)
{
	/* Policy fields may stand anywhere, but go into one nest. */
	struct {
		struct nlmsghdr n;
		char buf[LINK_REQUEST_MAX];
	} policy = { .n.nlmsg_len = NLMSG_LENGTH(0) };
	unsigned long long seen = 0, seen_policy = 0;

	while (argc > 0) {
		unsigned long long *seen_here = &seen;
		const struct field *field;
		struct nlmsghdr *to = n;
		bool inherit = false;
		int used;

		if (!strcmp(*argv, "help")) {
			print_usage(kind, stderr);
			return -1;
		}
		field = find_field(kind->fields, *argv);
		if (!field) {
			field = find_field(policy_fields, *argv);
			seen_here = &seen_policy;
			to = &policy.n;
			inherit = kind->inherit;
		}
		if (!field)
			refuse_field(kind, *argv);
		argc--;
		argv++;
		if (*seen_here & (1ULL << field->attr))
			duparg(field->name, argc ? *argv : field->name);
		*seen_here |= 1ULL << field->attr;
		used = add_words(to, field, inherit, argc, argv);
		argc -= used;
		argv += used;
	}
	if (seen_policy)
		addattr_l(n, LINK_REQUEST_MAX, kind->policy | NLA_F_NESTED,
			  NLMSG_DATA(&policy.n), NLMSG_PAYLOAD(&policy.n, 0));
	return 0;
}

static void print_usage_of(const struct field *field, bool inherit, FILE *fp)
{
	for (; field->name; field++) {
		struct choices choices = { };
		const char *open = " { ", *close = " }";
		unsigned int i;

		if (field->readonly)
			continue;
		list_values(&choices, field, inherit);
		if (choices.count < 2) {
			open = choices.count ? " " : "";
			close = "";
		}
		fprintf(fp, "        [ %s%s", field->name, open);
		for (i = 0; i < choices.count; i++)
			fprintf(fp, "%s%s", i ? " | " : "", choices.text[i]);
		fprintf(fp, "%s ]\n", close);
	}
}

void print_usage(const struct kind *kind, FILE *fp)
{
	fprintf(fp, "Usage: ... %s\n", kind->name);
	print_usage_of(policy_fields, kind->inherit, fp);
	print_usage_of(kind->fields, false, fp);
}

void print_text(const char *fmt, const char *value)
{
	print_color_string(PRINT_FP, COLOR_NONE, NULL, fmt, value);
}

static void print_word(const struct field *field, const char *key, __u8 value)
{
	const char *word = NULL;

	if (value < ARRAY_SIZE(field->words))
		word = field->words[value];
	if (!word) {
		/* A newer kernel says what we have no word for. */
		print_color_u64(PRINT_ANY, COLOR_NONE, key, "%llu", value);
	} else if (field->type == FIELD_ONOFF && is_json_context()) {
		print_color_bool(PRINT_JSON, COLOR_NONE, key, NULL,
				 !strcmp(word, "on"));
	} else {
		print_color_string(PRINT_ANY, COLOR_NONE, key, "%s", word);
	}
}

void print_mac(const char *key, const __u8 *mac)
{
	char text[18];

	snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x",
		 mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
	print_color_string(PRINT_ANY, COLOR_MAC, key, "%s", text);
}

/* Print a value alone, in JSON under @key. */
void print_value(const struct field *field, const char *key,
		 const struct rtattr *rta)
{
	const void *data = RTA_DATA(rta);

	switch (field->type) {
	case FIELD_WORD:
	case FIELD_ONOFF:
		print_word(field, key, *(const __u8 *)data);
		break;
	case FIELD_NUMBER:
		print_color_u64(PRINT_ANY, COLOR_NONE, key, "%llu",
				*(const __u32 *)data);
		break;
	case FIELD_MAC:
		print_mac(key, data);
		break;
	case FIELD_DEVICE:
		print_color_string(PRINT_ANY, COLOR_IFNAME, key, "%s",
				   ll_index_to_name(*(const __u32 *)data));
		break;
	case FIELD_NAME:
		print_color_string(PRINT_ANY, COLOR_NONE, key, "%s", data);
		break;
	case FIELD_VLAN:
		print_vlan(key, rta);
		break;
	default:
		break;
	}
}

/* What cannot be set is in parentheses: the rest could be typed again. */
void print_field(const struct field *field, struct rtattr *tb[])
{
	const struct rtattr *rta = tb[field->attr];

	if (!rta || is_writeonly(field))
		return;
	if (field->quiet && !*(const __u8 *)RTA_DATA(rta))
		return;
	print_text(field->readonly ? "(%s " : "%s ", field->name);
	print_value(field, field->name, rta);
	print_text("%s", field->readonly ? ") " : " ");
}

void print_fields(const struct field *field, struct rtattr *tb[])
{
	for (; field->name; field++)
		print_field(field, tb);
}

/* The kernel marks a nest, or the attributes in it, as it likes. */
void parse_nested(struct rtattr *tb[], int max, const struct rtattr *nest)
{
	parse_rtattr_flags(tb, max, RTA_DATA(nest), RTA_PAYLOAD(nest),
			   NLA_F_NESTED);
}
