/* A second set of books: who has accepted what, kept from the effects of moves alone, by somebody who does
 * not know how the session does it. */
#ifndef TESTS_CORE_NEGOTIATION_LEDGER_H
#define TESTS_CORE_NEGOTIATION_LEDGER_H

#include "core/negotiation/session.h"

enum { LEDGER_MAX_OFFERS = 512 };

typedef struct LedgerEntry {
    bool stands;
    uint8_t table, packages;
    SeatId by;
    SeatSet accepted[NP_MAX_MENU];
    Outcome menu[NP_MAX_MENU];
} LedgerEntry;

typedef struct Ledger {
    uint32_t offers;
    LedgerEntry entry[LEDGER_MAX_OFFERS]; /* by number */
} Ledger;

/* A move that was ruled OK. `one_at_the_table`: an offer ends everybody's, not its seat's alone. */
void ledger_move(Ledger *ledger, SeatId seat, const Action *action, const Effect *effect,
                 bool one_at_the_table);
void ledger_end(Ledger *ledger, uint32_t number);
/* Who stands behind the package at the table. */
SeatSet ledger_pool(const Ledger *ledger, uint8_t table, const Outcome *package);

#endif
