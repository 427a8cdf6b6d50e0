/* A seat's numbers move with the world. What it said yes to, or tabled, may then be worth less to it than going
 * without: it takes that back at its next move, or it would sign below its reservation value. */
#ifndef AGENTS_TAKE_BACK_H
#define AGENTS_TAKE_BACK_H

#include "agents/table.h"

/* Takes back the seat's acceptances and its own offer where they no longer serve, and lets it table anew at
 * once. Costs nothing unless its numbers have moved. */
void take_back(Table *table, const Host *host, SimTime now, Reply *reply);

#endif
