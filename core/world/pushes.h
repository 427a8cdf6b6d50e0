/* Changes of drift by levers and shocks: for good, or for a while. */
#ifndef CORE_WORLD_PUSHES_H
#define CORE_WORLD_PUSHES_H

#include "core/world/world.h"

/* `amount` a day more for the variable from now on, for `lasting`; 0: for ever. */
void push_add(World *world, uint8_t variable, double amount, SimTime lasting);
/* What passing drifts move each variable by from now to `until`; forgets those that have ended by then. */
void push_take(World *world, SimTime until, double *moved);

#endif
