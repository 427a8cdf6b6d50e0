/* What the world makes of a seat's own numbers. */
#ifndef CORE_WORLD_APPRAISE_H
#define CORE_WORLD_APPRAISE_H

#include "core/world/world.h"

/* A seat's numbers, in billionths; those that the world gives it are kept here, the others left alone. */
typedef struct OwnNumbers {
    int64_t *reservation, *aftermath, *eroded, *hazard;
} OwnNumbers;

/* What the form gives one of them now: rounded to the steps in which it is told (a reservation to billionths), and
 * an erosion within 0 and 1. `aspect` is NP_ASPECT_RESERVATION, _AFTERMATH, _EROSION or _HAZARD. */
int64_t world_appraised(const World *world, uint8_t aspect, const Form *form);
/* All of them, as at the opening. */
void world_appraise(const World *world, SeatId seat, const OwnNumbers *numbers);

#endif
