/* A scripted prefix, then live: moves fed from a record, and a negotiation that changes on the way. */
#include <assert.h>
#include <string.h>

#include "core/referee/run_state.h"

void referee_feed_until(Referee *referee, SeatSet seats, SimTime until) {
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++)
        if (seat_in(seats, seat)) referee->fed_until[seat] = until;
}

/* The kind of move that each kind of event tells of; the rest happen by themselves. */
static const struct MoveOfEvent {
    bool is_move;
    ActionKind kind;
} move_of_event[] = {
    [NP_EVENT_OFFER] = {true, NP_OFFER},       [NP_EVENT_ACCEPTANCE] = {true, NP_ACCEPT},
    [NP_EVENT_REJECTION] = {true, NP_REJECT},  [NP_EVENT_WITHDRAWAL] = {true, NP_WITHDRAW},
    [NP_EVENT_RULE_OUT] = {true, NP_RULE_OUT}, [NP_EVENT_WALK_OUT] = {true, NP_WALK_OUT},
    [NP_EVENT_PASS] = {true, NP_PASS},         [NP_EVENT_REFUSAL] = {true, NP_PASS},
    [NP_EVENT_FAULT] = {false, NP_PASS},
};

static Action action_of_event(const Event *event) {
    Action action = {.kind = (uint8_t)move_of_event[event->kind].kind,
                     .package = event->package,
                     .issue = event->issue,
                     .option = event->option,
                     .offer = event->offer};
    if (event->kind == NP_EVENT_REFUSAL) action.kind = event->refused;
    if (event->kind != NP_EVENT_OFFER) return action;
    action.packages = event->packages;
    memcpy(action.menu, event->menu, event->packages * sizeof(Outcome));
    if (event->expires_at != NP_NEVER) action.valid_for = event->expires_at - event->at;
    return action;
}

bool referee_feed(Referee *referee, const Event *event) {
    if (event->kind >= sizeof move_of_event / sizeof move_of_event[0] ||
        !move_of_event[event->kind].is_move || event->seat >= referee->negotiation->terms.seats)
        return false;
    PendingMove move = {.action = action_of_event(event),
                        .refusal = event->ruling,
                        .decided_at = event->decided_at,
                        .cause = event->cause};
    referee_schedule_move(referee, event->seat, &move, event->at);
    return true;
}

void referee_waive(Referee *referee, SeatId seat) {
    referee->waiting &= ~seat_bit(seat);
}

SimTime referee_ruled_until(const Referee *referee) {
    return referee->ruled_until;
}

SimTime referee_now(const Referee *referee) {
    return referee->now;
}

void referee_stop_at(Referee *referee, SimTime end) {
    referee->stop_at = end;
}

/* --- what is on its way --- */

/* The seat's next pending move in order of sequence, at least `from`; NULL after the last. */
static const PendingMove *next_pending(const Referee *referee, SeatId seat, SimTime before,
                                       uint32_t *from) {
    const AgendaEntry *found = NULL;
    for (uint32_t i = 0; i < referee->agenda.count; i++) {
        const AgendaEntry *entry = &referee->agenda.heap[i];
        if (entry->rank != RANK_MOVE || entry->seat != seat || entry->sequence < *from ||
            referee->move[entry->payload].decided_at >= before)
            continue;
        if (found == NULL || entry->sequence < found->sequence) found = entry;
    }
    if (found == NULL) return NULL;
    *from = found->sequence + 1;
    return &referee->move[found->payload];
}

static bool same_action(const Action *a, const Action *b) {
    if (a->kind != b->kind || a->packages != b->packages || a->package != b->package ||
        a->issue != b->issue || a->option != b->option || a->offer != b->offer ||
        a->valid_for != b->valid_for)
        return false;
    uint8_t packages = a->packages > NP_MAX_MENU ? NP_MAX_MENU : a->packages;
    return memcmp(a->menu, b->menu, packages * sizeof(Outcome)) == 0;
}

bool referee_same_pending(const Referee *a, const Referee *b, SeatId seat, SimTime before) {
    uint32_t in_a = 0, in_b = 0;
    for (;;) {
        const PendingMove *x = next_pending(a, seat, before, &in_a);
        const PendingMove *y = next_pending(b, seat, before, &in_b);
        if (x == NULL || y == NULL) return x == y;
        if (x->decided_at != y->decided_at || x->cause != y->cause ||
            !same_action(&x->action, &y->action))
            return false;
    }
}

/* --- another negotiation from some moment on --- */

static bool same_issues(const Domain *a, const Domain *b) {
    if (a->issues != b->issues) return false;
    for (uint8_t issue = 0; issue < a->issues; issue++) {
        if (a->issue[issue].options != b->issue[issue].options ||
            strcmp(a->issue[issue].id, b->issue[issue].id) != 0)
            return false;
        for (uint8_t option = 0; option < a->issue[issue].options; option++)
            if (strcmp(a->issue[issue].option[option], b->issue[issue].option[option]) != 0)
                return false;
    }
    return true;
}

static bool same_seats(const Terms *a, const Terms *b) {
    if (a->seats != b->seats) return false;
    for (SeatId seat = 0; seat < a->seats; seat++)
        if (strcmp(a->seat[seat].id, b->seat[seat].id) != 0) return false;
    return true;
}

bool referee_fits(const Negotiation *before, const Negotiation *after, Error *error) {
    const Terms *now = &before->terms, *then = &after->terms;
    if (!same_seats(now, then) || !same_issues(&now->domain, &then->domain))
        return error_set(error, ERROR_SCENARIO,
                         "seats, issues and options cannot change while the talks go on");
    if (now->mechanism != then->mechanism || now->epoch != then->epoch)
        return error_set(error, ERROR_SCENARIO,
                         "the mechanism and the start cannot change while the talks go on");
    return true;
}

bool referee_switch(Referee *referee, const Negotiation *next, SimTime at, Error *error) {
    const Terms *then = &next->terms;
    if (!referee_fits(referee->negotiation, next, error)) return false;
    if (referee->changes == REFEREE_MAX_SWITCHES)
        return error_set(error, ERROR_SCENARIO, "a run may change its settings at most %d times",
                         REFEREE_MAX_SWITCHES);
    assert(referee->changes == 0 || referee->change[referee->changes - 1].at <= at);
    referee->change[referee->changes++] = (struct Switch){next, at};
    /* A window begins there at the latest; what stands may not fit any more. */
    agenda_add(&referee->agenda, (AgendaEntry){.at = at, .rank = RANK_CHANGE, .seat = NP_NO_SEAT});
    /* The deadline may come sooner than it did. */
    agenda_add(&referee->agenda, (AgendaEntry){.at = then->deadline > at ? then->deadline : at,
                                               .rank = RANK_DEADLINE,
                                               .seat = NP_NO_SEAT});
    return true;
}

static void adopt_status_quo(Session *session, const Domain *domain) {
    Outcome status_quo = domain_status_quo(domain);
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if ((session->settled >> issue & 1u) == 0)
            session->status_quo.option[issue] = status_quo.option[issue];
}

SimTime prefix_next_switch(const Referee *referee) {
    return referee->changed < referee->changes ? referee->change[referee->changed].at : NP_NEVER;
}

/* What was to run out after the deadline is on no agenda; the deadline may be later now. */
static void schedule_expiries(Referee *referee) {
    const Terms *terms = &referee->negotiation->terms;
    for (uint32_t i = 0; i < (terms->closed_tables + 1u) * terms->seats; i++) {
        SeatId seat = (SeatId)(i % terms->seats);
        const StandingOffer *offer = &referee->session.standing[i / terms->seats][seat];
        if (offer->number == 0 || offer->expires_at == NP_NEVER) continue;
        agenda_add(&referee->agenda, (AgendaEntry){.at = offer->expires_at,
                                                   .rank = RANK_EXPIRY,
                                                   .seat = seat,
                                                   .sequence = offer->number});
    }
}

void prefix_switch(Referee *referee) {
    assert(referee->changed < referee->changes);
    SimTime at = referee->change[referee->changed].at;
    referee->negotiation = referee->change[referee->changed++].next;
    referee->session.negotiation = referee->negotiation;
    const Terms *terms = &referee->negotiation->terms;
    adopt_status_quo(&referee->session, &terms->domain);
    schedule_expiries(referee);
    SimTime stalled = referee->convergence.progress_at + terms->stall_window;
    if (terms->stall_window > 0)
        agenda_add(&referee->agenda, (AgendaEntry){.at = stalled > at ? stalled : at,
                                                   .rank = RANK_STALL,
                                                   .seat = NP_NO_SEAT});
}
