/* One variable at a time: what it reads, what follows from what. */
#ifndef CORE_WORLD_STEP_H
#define CORE_WORLD_STEP_H

#include "core/world/world.h"

/* The latest event that had a hand in any variable that the form reads; `least` where it reads none. */
uint64_t latest_cause(const World *world, const Form *form, uint64_t least);
/* Sets a variable, kept within its bounds and settled to whole billionths. Has it moved? */
bool variable_set(World *world, uint8_t variable, double value);
/* Inputs from the package in force and derived variables from what comes before them, in their order.
 * `cause` is that of an input that has moved. */
void follow(World *world, const Outcome *in_force, uint64_t cause);
/* State variables from now to now + tick. */
void step_states(World *world);

#endif
