#include "core/analysis/stability.h"

#include "core/analysis/conflict_states.h"
#include "core/base/memory.h"

enum { IN_FORCE = 0 };

const char *stability_key(Stability notion) {
    static const char *const key[STABILITIES] = {"nash", "gmr", "smr", "seq"};
    return key[notion];
}

/* The most credible notion under which something deters: in this order. */
static const Stability by_credibility[] = {STABILITY_SEQ, STABILITY_SMR, STABILITY_GMR};
enum { CREDIBILITIES = sizeof by_credibility / sizeof by_credibility[0] };

static void note_response(const ConflictStates *states, uint32_t improvement,
                          const Sanction *sanction, Temptation *temptation) {
    uint32_t at = improvement;
    for (uint32_t step = 0; step < sanction->steps && step < STABILITY_RESPONSES; step++) {
        temptation->response[step] =
            conflict_states_move(states, sanction->by[step], at, sanction->to[step]);
        at = sanction->to[step];
        temptation->responses++;
    }
}

static Temptation tempt(const ConflictStates *states, SeatId seat, uint32_t improvement) {
    const ConflictGraph *graph = conflict_states_graph(states);
    Utility had = conflict_payoff(graph, seat, IN_FORCE);
    Temptation temptation = {.move = conflict_states_move(states, seat, IN_FORCE, improvement),
                             .gain = conflict_payoff(graph, seat, improvement) - had};
    for (int i = 0; i < CREDIBILITIES; i++) {
        Stability notion = by_credibility[i];
        Sanction sanction = conflict_sanction(graph, seat, IN_FORCE, improvement, notion);
        temptation.deterred[notion] = sanction.found;
        if (!sanction.found || temptation.responses > 0) continue;
        note_response(states, improvement, &sanction, &temptation);
        temptation.loss = conflict_payoff(graph, seat, sanction.state) - had;
    }
    return temptation;
}

/* By falling gain; equal ones stay in the order in which moves are found. The least of more than there is room for is
 * dropped. */
static void keep(SeatStability *own, const Temptation *temptation) {
    uint32_t place = own->temptations;
    while (place > 0 && own->temptation[place - 1].gain < temptation->gain) place--;
    if (place == STABILITY_MOVES) return;
    if (own->temptations < STABILITY_MOVES) own->temptations++;
    for (uint32_t i = own->temptations - 1; i > place; i--)
        own->temptation[i] = own->temptation[i - 1];
    own->temptation[place] = *temptation;
}

static void report_seat(const ConflictStates *states, SeatId seat, SeatStability *own) {
    const ConflictGraph *graph = conflict_states_graph(states);
    const uint32_t *to;
    uint32_t moves = conflict_moves(graph, seat, IN_FORCE, &to);
    own->signatory = seat_in(conflict_states_signatories(states), seat);
    own->payoff = conflict_payoff(graph, seat, IN_FORCE);
    for (int notion = 0; notion < STABILITIES; notion++) own->stable[notion] = true;
    for (uint32_t i = 0; i < moves; i++) {
        if (conflict_payoff(graph, seat, to[i]) <= own->payoff) continue;
        Temptation temptation = tempt(states, seat, to[i]);
        for (int notion = 0; notion < STABILITIES; notion++)
            own->stable[notion] = own->stable[notion] && temptation.deterred[notion];
        keep(own, &temptation);
    }
}

StabilityReport *stability_report(const StabilityQuestion *question) {
    StabilityReport *report = memory_new(1, sizeof *report);
    ConflictStates *states = conflict_states_create(question);
    Utility broken[NP_MAX_SEATS];
    conflict_states_broken(states, broken);
    report->states = conflict_states_count(states);
    report->complete = conflict_states_complete(states);
    report->within = conflict_states_within(states);
    report->seats = question->negotiation->terms.seats;
    for (int notion = 0; notion < STABILITIES; notion++) report->equilibrium[notion] = true;
    for (SeatId seat = 0; seat < report->seats; seat++) {
        SeatStability *own = &report->seat[seat];
        own->broken = broken[seat];
        report_seat(states, seat, own);
        for (int notion = 0; notion < STABILITIES; notion++)
            report->equilibrium[notion] = report->equilibrium[notion] && own->stable[notion];
    }
    conflict_states_destroy(states);
    return report;
}

void stability_destroy(StabilityReport *report) {
    memory_free(report);
}
