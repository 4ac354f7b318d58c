/* SPDX-License-Identifier: GPL-2.0-only */
/* Why frames are dropped and copies refused, and what lets them pass. */
#ifndef _NVSW_REMEDIES_H
#define _NVSW_REMEDIES_H

#include "explain.h"

/* In place of a policy field, in struct remedy: the VLAN mode. */
#define FIELD_VLAN	255

#define REMEDIES_MAX	3

/**
 * enum advice_kind - whether there is something to be done
 * @ADVICE_FIX: the commands let the frame pass
 * @ADVICE_NEVER: nothing does; they find out more
 * @ADVICE_NORMAL: the frame is lost to nobody; they change that
 */
enum advice_kind {
	ADVICE_FIX,
	ADVICE_NEVER,
	ADVICE_NORMAL,
};

typedef bool (*incident_test_t)(const struct incident *incident);

/**
 * struct remedy - one way to let a frame pass
 * @command: what to type; words in braces are filled in, see advice.c
 * @hint: what to do elsewhere instead
 * @note: what it means
 * @field: the policy field that the command sets, or FIELD_VLAN, or 0
 * @when: NULL: always
 */
struct remedy {
	const char *command;
	const char *hint;
	const char *note;
	unsigned char field;
	incident_test_t when;
};

/**
 * struct advice - one way in which frames are lost
 * @reason: enum nvswitch_drop_reason
 * @kind: whether there is something to be done
 * @told: the rules that the frame has met say all of @cause
 * @when: NULL: whenever no row before it fits
 * @cause: why; words in braces are filled in
 * @remedy: what to do, the narrowest or most usual first
 */
struct advice {
	__u8 reason;
	__u8 kind;
	bool told;
	incident_test_t when;
	const char *cause;
	struct remedy remedy[REMEDIES_MAX];
};

/* Of a frame at its ingress port, and of a copy at its receiver. */
const struct advice *find_drop_advice(__u8 reason,
				      const struct incident *incident);
const struct advice *find_refusal_advice(__u8 reason,
					 const struct incident *incident);

/*
 * advice.c: what is said with the names of an incident filled in. In commands
 * they are quoted as a shell needs it.
 */
struct advice_line {
	bool is_command;
	char text[32 * 1024];
	char note[256];
};

#define ADVICE_LINES	(REMEDIES_MAX + 1)

#define CAUSE_TEXT	512
char *fill_cause(char *text, size_t size, const struct advice *advice,
		 const struct incident *incident);
/* At most ADVICE_LINES; returns how many. */
unsigned int advise(const struct advice *advice,
		    const struct incident *incident, struct advice_line *lines);

#endif /* _NVSW_REMEDIES_H */
