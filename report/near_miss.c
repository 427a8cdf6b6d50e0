#include "report/near_miss.h"

#include <string.h>

void near_miss_begin(MissSearch *search, const Terms *terms) {
    memset(search, 0, sizeof *search);
    search->terms = terms;
    search->status_quo = domain_status_quo(&terms->domain);
    search->unauthorised = terms->unauthorised;
}

static unsigned count_of(SeatSet seats) {
    unsigned count = 0;
    for (; seats != 0; seats &= seats - 1) count++;
    return count;
}

/* --- how near a package is --- */

/* Identical packages of one table pool their acceptances. */
static SeatSet pool(const MissSearch *search, uint8_t table, const Outcome *package) {
    SeatSet accepted = 0;
    for (SeatId seat = 0; seat < search->terms->seats; seat++) {
        const Tabled *tabled = &search->tabled[table][seat];
        if (tabled->number == 0) continue;
        for (uint8_t k = 0; k < tabled->packages; k++)
            if (outcome_equal(&tabled->menu[k], package)) accepted |= tabled->accepted[k];
    }
    return accepted;
}

static bool is_nearer(const NearMiss *miss, const NearMiss *best) {
    unsigned missing = count_of(miss->needed & ~miss->accepted),
             least = count_of(best->needed & ~best->accepted);
    if (best->event == 0 || missing != least) return best->event == 0 || missing < least;
    return count_of(miss->accepted) >= count_of(best->accepted);
}

static void consider(MissSearch *search, const Event *event, uint8_t table,
                     const Outcome *package) {
    const Terms *terms = search->terms;
    if (!domain_contains(&terms->domain, package) || !domain_complete(&terms->domain, package))
        return;
    NearMiss miss = {
        .event = event->id,
        .at = event->at,
        .offer = event->offer,
        .table = table,
        .package = *package,
        .needed = consent_needed(&terms->consent, &terms->domain, &search->status_quo, package)};
    miss.accepted = pool(search, table, package) & miss.needed;
    miss.unauthorised = miss.accepted & search->unauthorised;
    if (miss.needed != 0 && is_nearer(&miss, &search->best)) search->best = miss;
}

/* --- the table --- */

static Tabled *find_offer(MissSearch *search, uint32_t number, SeatId *by) {
    for (unsigned table = 0; number != 0 && table < NP_MAX_TABLES; table++)
        for (*by = 0; *by < search->terms->seats; (*by)++)
            if (search->tabled[table][*by].number == number) return &search->tabled[table][*by];
    return NULL;
}

static void note_offer(MissSearch *search, const Event *event) {
    uint8_t table = event->table;
    if (table >= NP_MAX_TABLES) return;
    Tabled *tabled = &search->tabled[table][event->seat];
    tabled->number = event->offer;
    tabled->packages = event->packages < NP_MAX_MENU ? event->packages : NP_MAX_MENU;
    for (uint8_t k = 0; k < tabled->packages; k++) {
        tabled->menu[k] = event->menu[k];
        tabled->accepted[k] = seat_bit(event->seat);
    }
    for (uint8_t k = 0; k < tabled->packages; k++) consider(search, event, table, &event->menu[k]);
}

static void note_acceptance(MissSearch *search, const Event *event) {
    SeatId by;
    Tabled *tabled = find_offer(search, event->offer, &by);
    if (tabled == NULL || event->package >= tabled->packages) return;
    tabled->accepted[event->package] |= event->seats | seat_bit(event->seat);
    consider(search, event, event->table < NP_MAX_TABLES ? event->table : 0,
             &tabled->menu[event->package]);
}

static void note_refusal(MissSearch *search, const Event *event) {
    SeatId by;
    Tabled *tabled = find_offer(search, event->offer, &by);
    if (tabled == NULL) return;
    bool all = event->kind == NP_EVENT_REJECTION;
    if (event->kind == NP_EVENT_LAPSE || (!all && by == event->seat)) {
        tabled->number = 0;
        return;
    }
    for (uint8_t k = 0; k < tabled->packages; k++)
        if (all || k == event->package) tabled->accepted[k] &= ~seat_bit(event->seat);
}

static void note_status_quo(MissSearch *search, const Event *event) {
    const Domain *domain = &search->terms->domain;
    if (event->issue < domain->issues && event->option < domain->issue[event->issue].options)
        search->status_quo.option[event->issue] = event->option;
}

void near_miss_note(MissSearch *search, const Event *event) {
    const Domain *domain = &search->terms->domain;
    bool moved = event->kind != NP_EVENT_ACCORD && event->kind != NP_EVENT_STATUS_QUO;
    if (moved && event->seat >= search->terms->seats) return; /* nobody sits there */
    switch (event->kind) {
    case NP_EVENT_OFFER: note_offer(search, event); break;
    case NP_EVENT_ACCEPTANCE: note_acceptance(search, event); break;
    case NP_EVENT_REJECTION:
    case NP_EVENT_WITHDRAWAL:
    case NP_EVENT_LAPSE: note_refusal(search, event); break;
    case NP_EVENT_ACCORD:
        search->status_quo = domain_fill(domain, &event->menu[0], &search->status_quo);
        break;
    case NP_EVENT_STATUS_QUO: note_status_quo(search, event); break;
    case NP_EVENT_AUTHORITY: search->unauthorised &= ~seat_bit(event->seat); break;
    default: break;
    }
}
