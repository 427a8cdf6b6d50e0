/* The seat that --seat means. */
#ifndef CLI_CHOSEN_SEAT_H
#define CLI_CHOSEN_SEAT_H

#include "cli/options.h"
#include "core/negotiation/negotiation.h"

/* NP_NO_SEAT when --seat is not given; ERROR_USAGE, with the nearest known one, for an unknown seat. */
bool chosen_seat(const Options *options, const Terms *terms, SeatId *seat, Error *error);

/* The same for a seat that is named. */
bool chosen_seat_named(const char *wanted, const Terms *terms, SeatId *seat, Error *error);

#endif
