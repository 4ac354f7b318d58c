/* SPDX-License-Identifier: GPL-2.0-only */
/* The words for the values of the kernel's enumerations. */
#ifndef _NVSW_NAMES_H
#define _NVSW_NAMES_H

#define WORDS_MAX	32

/**
 * struct words - the words of one enumeration
 * @word: each at its value; NULL where a value has none
 */
struct words {
	const char *word[WORDS_MAX];
};

extern const struct words accept_words;		/* reject, accept */
extern const struct words onoff_words;		/* off, on */
extern const struct words boolean_words;	/* off, on: as 0 and 1 */
extern const struct words promisc_words;	/* unknown, off, on */
extern const struct words allow_words;		/* drop, allow */
extern const struct words move_words;		/* deny, allow */
extern const struct words pass_words;		/* drop, pass */
extern const struct words level_words;
extern const struct words vlan_mode_words;
extern const struct words private_words;
extern const struct words activation_words;
extern const struct words binding_words;
extern const struct words role_words;
extern const struct words mac_state_words;
extern const struct words source_words;		/* of the initial MAC */
extern const struct words kind_words;		/* of MAC table entries */
extern const struct words reason_words;		/* of drops */
extern const struct words verdict_words;
extern const struct words rule_words;
extern const struct words learn_words;
extern const struct words cast_words;
extern const struct words why_words;
extern const struct words event_words;
extern const struct words action_words;

/* The word for a value; NULL if a newer kernel says what has none here. */
const char *word_of(const struct words *words, unsigned int value);
/* The same, or the number in a buffer that the next call overwrites. */
const char *word_or_number(const struct words *words, unsigned int value);
/* The value of a word; -1 if it is none of them. */
int value_of(const struct words *words, const char *word);

#endif /* _NVSW_NAMES_H */
