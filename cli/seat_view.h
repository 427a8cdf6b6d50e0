/* What one seat came to know of a run: what is said where it sits, and of the world what it sees, when it
 * does. Its own demands and refusals, but nobody else's. */
#ifndef CLI_SEAT_VIEW_H
#define CLI_SEAT_VIEW_H

#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

enum { SEAT_VIEW_LATE = 64 };

typedef struct SeatView {
    const Negotiation *negotiation;
    uint64_t seed;                  /* that holds now: luck decides what is seen wrongly */
    SeatId seat;                    /* NP_NO_SEAT: everything is known */
    int64_t seen[NP_MAX_VARIABLES]; /* billionths, as it was last told */
    Event late[SEAT_VIEW_LATE];     /* news on their way to it; `at` is when they come */
    uint32_t lates;
    bool over; /* the talks: it has gone home, and what comes after it is told no more */
} SeatView;

void seat_view_begin(SeatView *view, const Negotiation *negotiation, uint64_t seed, SeatId seat);
/* From now on other settings and other luck decide what is seen. */
void seat_view_go_on(SeatView *view, const Negotiation *negotiation, uint64_t seed);
/* News that have come by `until`, the earliest first; false when there are none. Ask before every event. */
bool seat_view_late(SeatView *view, SimTime until, Event *news);
/* Leaves of the event what the seat knows; false when it knows nothing of it, or not yet. */
bool seat_view_knows(SeatView *view, Event *event);

#endif
