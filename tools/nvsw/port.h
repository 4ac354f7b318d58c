/* SPDX-License-Identifier: GPL-2.0-only */
/* A port, as text. */
#ifndef _NVSW_PORT_H
#define _NVSW_PORT_H

#include "model.h"

/* All of it. */
void text_port(const struct nvsw_link *link);
/* One line, and what is out of the ordinary. */
void text_port_brief(const struct nvsw_link *link);

#endif /* _NVSW_PORT_H */
