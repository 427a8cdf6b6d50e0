/* What was tabled in a recorded run, held against what could have been. */
#include <string.h>

#include "cli/analyse.h"
#include "core/negotiation/domain.h"
#include "core/referee/script.h"

static TabledPackage *add_package(TabledPackages *tabled) {
    if (tabled->count == tabled->room) {
        tabled->room = tabled->room == 0 ? 64 : tabled->room * 2;
        tabled->package = memory_grow(tabled->package, tabled->room, sizeof *tabled->package);
    }
    return &tabled->package[tabled->count++];
}

/* The seat's previous package, if this is the same again. */
static TabledPackage *same_again(TabledPackages *tabled, SeatId seat, const Outcome *outcome) {
    for (size_t i = tabled->count; i-- > 0;) {
        if (tabled->package[i].seat != seat) continue;
        return outcome_equal(&tabled->package[i].outcome, outcome) ? &tabled->package[i] : NULL;
    }
    return NULL;
}

static void add_offer(Analysis *analysis, const Event *event) {
    TabledPackages *tabled = &analysis->tabled;
    for (uint8_t k = 0; k < event->packages; k++) {
        const Outcome *outcome = &event->menu[k];
        if (!domain_complete(&analysis_terms(analysis)->domain, outcome)) {
            tabled->partial++;
            continue;
        }
        TabledPackage *same = same_again(tabled, event->seat, outcome);
        if (same != NULL) {
            same->times++;
            continue;
        }
        *add_package(tabled) =
            (TabledPackage){.event = event->id,
                            .at = event->at,
                            .seat = event->seat,
                            .offer = event->offer,
                            .package = k,
                            .menu = event->packages,
                            .times = 1,
                            .outcome = *outcome,
                            .place = yardstick_place(&analysis->yardstick, outcome)};
    }
}

static void note_agreement(Analysis *analysis, const Event *event) {
    if (event->packages == 1) analysis->agreement = event->menu[0];
}

bool analyse_tabled(Analysis *analysis, Error *error) {
    Script script;
    Event event;
    script_init(&script);
    bool good = record_script(analysis->run->record, analysis->run->row.run, &script, error);
    for (uint64_t i = 0; good && script_event(&script, i, &event); i++)
        if (event.kind == NP_EVENT_OFFER)
            add_offer(analysis, &event);
        else if (event.kind == NP_EVENT_AGREEMENT)
            note_agreement(analysis, &event);
    analysis->ended = analysis->run->row.ended;
    script_finish(&script);
    return good;
}
