/* What must hold after every event of a run, whoever plays: I4, I5, I6 and I8, told as a sentence instead of
 * asserted, so that a failing case can be made smaller. */
#ifndef TESTS_GENERATED_WATCH_H
#define TESTS_GENERATED_WATCH_H

#include "core/referee/referee.h"

enum { WATCH_MOST_EVENTS = 20000, WATCH_MOST_OFFERS = 8000, WATCH_SENTENCE = 400 };

/* An offer, as long as it stood. */
typedef struct Tabled {
    SeatId seat;
    uint8_t packages, table;
    SimTime from, until;
    Outcome menu[NP_MAX_MENU];
} Tabled;

typedef struct Watch {
    const Negotiation *negotiation;
    Profile profile[NP_MAX_SEATS]; /* as each seat was briefed */
    Event *event;                  /* [WATCH_MOST_EVENTS] */
    uint64_t events;
    uint64_t kinds[NP_EVENT_HORIZON + 1]; /* how many of each */
    bool over, signed_already;
    Outcome status_quo;
    SeatSet authorised;
    Tabled *tabled;  /* [WATCH_MOST_OFFERS], by number */
    uint32_t offers; /* the highest number */
    uint32_t tabled_at[NP_MAX_TABLES];
    uint64_t
        heard[NP_MAX_SEATS]; /* the latest event that the seat was told, news of the world apart */
    uint64_t observations;
    char wrong[WATCH_SENTENCE]; /* the first thing that did not hold; "" */
} Watch;

void watch_open(Watch *watch, const Negotiation *negotiation); /* keeps what it allocated */
void watch_brief(Watch *watch, const Brief *brief);
void watch_event(Watch *watch, const Event *event);
void watch_grant(Watch *watch, const Grant *grant); /* after the events that it tells of */
void watch_verdict(Watch *watch, const Verdict *verdict);
void watch_finish(Watch *watch);

/* watch_hearing.c: I6 */
bool watch_may_hear(const Watch *watch, SeatId seat, const Event *event);
/* Notes the first thing that does not hold. */
void watch_complain(Watch *watch, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
