/* The complete package that came nearest to being concluded, from the events of a run: the one that
 * lacked the fewest of the consents it needs; of several the one that had more, then the latest. */
#ifndef REPORT_NEAR_MISS_H
#define REPORT_NEAR_MISS_H

#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

typedef struct NearMiss {
    uint64_t event; /* that brought it so near; 0: no complete package was tabled */
    SimTime at;
    uint32_t offer;
    uint8_t table;
    Outcome package;
    SeatSet needed, accepted; /* of those needed */
    SeatSet unauthorised;     /* of those who accepted: whose acceptance did not count */
} NearMiss;

/* The table as events tell of it. */
typedef struct Tabled {
    uint32_t number; /* 0: nothing stands */
    uint8_t packages;
    SeatSet accepted[NP_MAX_MENU];
    Outcome menu[NP_MAX_MENU];
} Tabled;

typedef struct MissSearch {
    const Terms *terms;
    Outcome status_quo; /* present */
    SeatSet unauthorised;
    Tabled tabled[NP_MAX_TABLES][NP_MAX_SEATS];
    NearMiss best;
} MissSearch;

void near_miss_begin(MissSearch *search, const Terms *terms);
/* Every event, in order. */
void near_miss_note(MissSearch *search, const Event *event);

#endif
