#include "tests/core/negotiation/ledger.h"

#include "tests/core/base/suite.h"

static void enter_offer(Ledger *ledger, SeatId seat, const Action *action, const Effect *effect,
                        bool one_at_the_table) {
    for (uint32_t i = 1; i <= ledger->offers; i++) {
        LedgerEntry *old = &ledger->entry[i];
        if (old->table == effect->table && (old->by == seat || one_at_the_table))
            old->stands = false;
    }
    assert_true(effect->offer >= 1 && effect->offer < LEDGER_MAX_OFFERS);
    LedgerEntry *entry = &ledger->entry[effect->offer];
    assert_int_equal(entry->packages, 0); /* numbers are given once */
    if (effect->offer > ledger->offers) ledger->offers = effect->offer;
    *entry = (LedgerEntry){true, action->table, action->packages, seat, {0}, {{{0}}}};
    for (uint8_t k = 0; k < action->packages; k++) {
        entry->menu[k] = action->menu[k];
        entry->accepted[k] = seat_bit(seat);
    }
}

void ledger_move(Ledger *ledger, SeatId seat, const Action *action, const Effect *effect,
                 bool one_at_the_table) {
    if (effect->kind == NP_EVENT_OFFER) enter_offer(ledger, seat, action, effect, one_at_the_table);
    if (action->offer > ledger->offers) return;
    LedgerEntry *entry = &ledger->entry[action->offer];
    switch (effect->kind) {
    case NP_EVENT_ACCEPTANCE: entry->accepted[action->package] |= seat_bit(seat); break;
    case NP_EVENT_REJECTION:
        for (uint8_t k = 0; k < NP_MAX_MENU; k++) entry->accepted[k] &= ~seat_bit(seat);
        break;
    case NP_EVENT_WITHDRAWAL:
        if (entry->by == seat)
            entry->stands = false;
        else
            entry->accepted[action->package] &= ~seat_bit(seat);
        break;
    default: break;
    }
}

void ledger_end(Ledger *ledger, uint32_t number) {
    assert_true(number <= ledger->offers && ledger->entry[number].stands);
    ledger->entry[number].stands = false;
}

SeatSet ledger_pool(const Ledger *ledger, uint8_t table, const Outcome *package) {
    SeatSet pool = 0;
    for (uint32_t i = 1; i <= ledger->offers; i++) {
        const LedgerEntry *entry = &ledger->entry[i];
        for (uint8_t k = 0; entry->stands && entry->table == table && k < entry->packages; k++)
            if (outcome_equal(&entry->menu[k], package)) pool |= entry->accepted[k];
    }
    return pool;
}
