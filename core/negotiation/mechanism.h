/* A mechanism: the rules of the table as a small table of functions over the session.
 *
 * With turns, seats move one after the other. With rounds, all move at once and unseen: each makes one
 * move of substance a round, the referee rules the answers of a round (to the offers of the rounds before)
 * before its offers, and concludes after either (session_conclude). A mediated mechanism has one draft,
 * which the mediator tables and the others judge. */
#ifndef CORE_NEGOTIATION_MECHANISM_H
#define CORE_NEGOTIATION_MECHANISM_H

#include "core/negotiation/negotiation.h"

typedef struct Session Session;
typedef struct Effect Effect;

typedef struct Mechanism {
    const char *name; /* "open-table", "stacked-alternating-offers" */
    const char *summary;
    const char *source; /* paper; NULL for none */
    bool turns;         /* only the seat on turn may move, and it is told things on its turn */
    bool rounds;   /* all move at once, unseen, once a round; every seat is asked every round */
    bool mediated; /* one seat, the terms' mediator, drafts; the others judge */
    bool closed_tables; /* may there be any? */
    bool unanimous;     /* consent's default: every seat */
    uint8_t menu_limit; /* most packages that one offer may hold */
    /* Who moves first. Optional: without it every seat is asked at the opening. */
    void (*open)(Session *session);
    /* May this seat make a move of this kind at `at`? Mandatory; changes nothing. */
    Ruling (*judge)(const Session *session, SeatId seat, const Action *action, SimTime at);
    /* Makes a move that was judged OK and says what came of it. Mandatory. */
    void (*apply)(Session *session, SeatId seat, const Action *action, SimTime at, Effect *effect);
    /* May a package be concluded now that has every consent? Optional: without it, yes. */
    bool (*concludes)(const Session *session, const Outcome *package);
} Mechanism;

extern const Mechanism mechanism_open_table;
extern const Mechanism mechanism_alternating_offers;
extern const Mechanism mechanism_single_text;
extern const Mechanism mechanism_simultaneous;

/* All of them; a NULL ends the list. */
extern const Mechanism *const mechanisms[];
const Mechanism *mechanism_find(const char *name); /* NULL when unknown */

#endif
