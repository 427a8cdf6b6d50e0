/* Outside options at a date: what every seat has without agreement, and what the world has made of its other
 * numbers by then (reservation value, aftermath, erosion, hazard), on the world's expected course
 * (core/world/course.h). One disagreement point among three (solution.h has the other two).
 *
 * Discounting is not in it: it compares packages of one date with outside options of that date. Without a
 * world, or for numbers that the world does not give, everything is as at the opening. */
#ifndef CORE_ANALYSIS_OUTSIDE_OPTION_H
#define CORE_ANALYSIS_OUTSIDE_OPTION_H

#include "core/analysis/packages.h"
#include "core/world/world.h"

typedef struct Outlook {
    Profile profile[NP_MAX_SEATS]; /* as of that date; each seat's first type */
    Utility outside[NP_MAX_SEATS]; /* = profile[].reservation: the disagreement point */
    Outcome status_quo;            /* as scripted levers and shocks have moved it */
    SimTime at;
    SimTime broken_off; /* the scenario ends the talks then, at or before `at`; or NP_NEVER */
} Outlook;

/* `at` >= 0, seconds since the start; at 0 it is the opening. It is large: the caller destroys it. */
Outlook *outlook_create(const Negotiation *negotiation, SimTime at);
void outlook_destroy(Outlook *outlook);
/* The question about that date: its profiles, status quo, and outside options as thresholds. Borrows both. */
Question outlook_question(const Outlook *outlook, const Negotiation *negotiation, Scope scope);

/* What a world makes of a seat's numbers; those that it does not give stay as they are. */
void outlook_appraise(Profile *profile, SeatId seat, const World *world);

#endif
