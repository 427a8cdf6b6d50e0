/* A mechanism: the rules of the table as a small table of functions over the session. */
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
    bool rounds;        /* all move at once, unseen, once a round; every seat is asked every round */
    bool mediated;      /* one seat, the terms' mediator, drafts; the others judge */
    bool closed_tables; /* may there be any? */
    bool unanimous;     /* consent's default: every seat */
    uint8_t menu_limit; /* most packages that one offer may hold */
    /* Who moves first. Optional: without it every seat is asked at the opening. */
    void (*open)(Session *session);
    /* May this well-formed move be made now? Mandatory; changes nothing. */
    Ruling (*judge)(const Session *session, SeatId seat, const Action *action);
    /* Makes a move that was judged OK and says what came of it. Mandatory. */
    void (*apply)(Session *session, SeatId seat, const Action *action, SimTime at, Effect *effect);
} Mechanism;

extern const Mechanism mechanism_open_table;
extern const Mechanism mechanism_alternating_offers;
extern const Mechanism mechanism_single_text;
extern const Mechanism mechanism_simultaneous;

/* All of them; a NULL ends the list. */
extern const Mechanism *const mechanisms[];
const Mechanism *mechanism_find(const char *name); /* NULL when unknown */

#endif
