/* SPDX-License-Identifier: GPL-2.0-only */
/* The verdict on a round. Each returns whether all is well, or says what not. */
#ifndef JUDGE_H
#define JUDGE_H

#include "torture.h"

__attribute__((format(printf, 1, 2)))
bool complain(const char *format, ...);
void wait_for_backlog(void);
bool wait_for_rest(struct nl *genl);
void judge_begin(struct nl *rtnl);
bool judge_balance(struct nl *genl);
bool judge_devices(struct nl *rtnl, struct nl *genl);
bool judge_table(struct nl *rtnl, struct nl *genl);
bool judge_entries(void);
bool judge_memory(bool first);
bool judge_released(struct nl *rtnl);

#endif
