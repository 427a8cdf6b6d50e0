/* What a seat has seen of the table, and the moves that the built-in strategies have in common:
 * accepting what is good enough, saying no to what never will be, tabling a package when one is due. */
#ifndef AGENTS_TABLE_H
#define AGENTS_TABLE_H

#include "agents/seen_offer.h"
#include "agents/text.h"

typedef struct Table {
    SeenOffer offer[NP_MAX_SEATS]; /* the own one from the moment of deciding */
    SimTime due;                   /* when to table something again unasked */
    uint8_t where;                 /* the table at which this seat tables its offers */
    uint8_t on_their_way;          /* own offers that have not come to the table yet */
    bool closed;                   /* signed: nothing more to do */
    bool stale;                    /* the seat's numbers have moved since offers were weighed, */
    bool moved;                    /* ... or since it last took back what no longer serves */
    TextSeen text;                 /* mediated talks */
} Table;

/* What a package must clear to be accepted: be worth the target and have one of these options, or be
 * worth so much that its options do not matter. */
typedef struct Bar {
    double target;
    uint8_t issue;
    uint32_t options; /* a bit each; 0: any will do */
    double regardless;
} Bar;

void table_observe(Table *table, const Host *host, const Observation *seen);

/* The seat's numbers move when it hears of an appraisal, an accord or a new status quo. Have they since this
 * was last asked? Then what lies on the table is weighed anew, and whatever the strategy holds of
 * its best package, its reservation value or the worth of offers is to be taken anew. */
bool table_follow(Table *table, const Host *host);

/* A move more for the reply, zeroed but for its kind; NULL when the reply is full. */
Action *reply_add(Reply *reply, ActionKind kind);

/* Takes back what no longer serves (take_back.h). Accepts what others have on the table and clears the bar when the acceptance takes effect: with turns or
 * rounds the best such package, otherwise all. Says whether the turn is spent. Who judges a single text
 * instead says yes to drafts that it prefers to the text so far and no to others, and accepts a final
 * reading that clears the bar. */
bool table_accept(Table *table, const Host *host, SimTime now, const Bar *bar, Reply *reply);
/* Says no, once, to each offer that needs this seat's yes and holds nothing above its reservation value.
 * Not with turns, where answering with another offer says as much, nor of drafts. */
void table_reject(Table *table, const Host *host, Reply *reply);

/* Is it time to table something? With turns or rounds always, for who judges a single text never, otherwise
 * every so often and at the beginning. */
bool table_due(const Table *table, const Host *host, SimTime now);
/* Tables the menu, but without turns not what stands there already, unless that has become the text. */
void table_offer(Table *table, const Host *host, const Outcome *menu, uint8_t packages,
                 Reply *reply);
/* Asks to be woken for the next offer, ever sooner as the deadline nears, and at the last moment at
 * which an acceptance still arrives. */
void table_wait(Table *table, const Host *host, SimTime now, SimTime every, Reply *reply);

/* The others' latest package to move towards: from the seat that leaves this one least, the best of its
 * menu. NULL before anybody has tabled a complete package. */
const Outcome *table_reference(const Table *table, const Host *host);
/* A package worth at least `target` and otherwise as near as can be to the reference; the least such
 * where none is near in worth; the best where none reaches the target. False when there is no package
 * above the reservation value. */
bool table_package(const Table *table, const Host *host, double target, Outcome *out);

#endif
