/* What must hold after every event of a run, whoever plays whatever: I4, I5, I6 and I8. */
#ifndef TESTS_CORE_REFEREE_WATCH_H
#define TESTS_CORE_REFEREE_WATCH_H

#include "core/referee/referee.h"

enum { WATCH_MOST_OFFERS = 4096, WATCH_MOST_EVENTS = 60000 };

typedef struct WatchedOffer {
    SeatId seat;
    uint8_t table, packages;
    bool ended;
    SimTime expires_at;
    SeatSet accepted[NP_MAX_MENU];
    Outcome menu[NP_MAX_MENU];
} WatchedOffer;

typedef struct Watch {
    const Negotiation *negotiation;
    Event *event; /* [WATCH_MOST_EVENTS] */
    uint64_t events;
    SimTime latest;
    bool over, agreed, signed_package;
    Outcome status_quo; /* as accords, levers and shocks move it */
    SeatSet authorised;
    uint8_t type[NP_MAX_SEATS];
    Utility costs[NP_MAX_SEATS]; /* without upkeep */
    WatchedOffer *offer;         /* [WATCH_MOST_OFFERS], by number */
    uint32_t offers;             /* the highest number */
    uint32_t tabled[NP_MAX_TABLES];
    uint64_t heard[NP_MAX_SEATS];
    uint64_t seen[NP_EVENT_HORIZON + 1]; /* events of each kind, over all runs */
    uint64_t sights;
} Watch;

Watch *watch_create(void);
void watch_destroy(Watch *watch);
void watch_begin(Watch *watch, const Negotiation *negotiation);
void watch_event(Watch *watch, const Event *event);
void watch_events(Watch *watch, const Referee *referee);
/* Only what the seat may hear, each once, in order, and at or after its time. */
void watch_grant(Watch *watch, const Grant *grant);
void watch_end(Watch *watch, const Verdict *verdict);

#endif
