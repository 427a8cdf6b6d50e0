#include "core/referee/referee.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/referee/run_state.h"

Referee *referee_create(void) {
    return memory_new(1, sizeof(Referee));
}

void referee_destroy(Referee *referee) {
    if (referee == NULL) return;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) inbox_finish(&referee->inbox[seat]);
    agenda_finish(&referee->agenda);
    memory_free(referee->move);
    memory_free(referee->event);
    memory_free(referee->offset);
    memory_free(referee->bytes);
    memory_free(referee);
}

/* --- opening --- */

static void open_verdict(Verdict *verdict) {
    memset(verdict, 0, sizeof *verdict);
    verdict->seat = NP_NO_SEAT;
    verdict->in_force = -1;
    verdict->first_distance = verdict->last_distance = UTILITY_NONE;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        verdict->seat_result[seat].first_demand = verdict->seat_result[seat].last_demand =
            UTILITY_NONE;
}

static void forget_previous_run(Referee *referee) {
    agenda_clear(&referee->agenda);
    referee->moves = 0;
    referee->free_move = NO_MOVE;
    referee->events = referee->grants = 0;
    referee->last_event = referee->signature = 0;
    referee->votes_due = 0;
    referee->waiting = referee->signatories = 0;
    referee->turn_asked = false;
    referee->fresh = true;
    referee->now = 0;
    referee->fault_seat = NP_NO_SEAT;
    memset(referee->offer_event, 0, sizeof referee->offer_event);
    memset(referee->fed_until, 0, sizeof referee->fed_until);
    referee->changes = referee->changed = 0;
    referee->ruled_until = 0;
    referee->stop_at = NP_NEVER;
}

static void schedule_end(Referee *referee) {
    const Terms *terms = &referee->negotiation->terms;
    agenda_add(&referee->agenda,
               (AgendaEntry){.at = terms->deadline, .rank = RANK_DEADLINE, .seat = NP_NO_SEAT});
    if (terms->stall_window > 0)
        agenda_add(
            &referee->agenda,
            (AgendaEntry){.at = terms->stall_window, .rank = RANK_STALL, .seat = NP_NO_SEAT});
}

void referee_open(Referee *referee, const Negotiation *negotiation, uint64_t seed, uint64_t run) {
    const Terms *terms = &negotiation->terms;
    assert(terms->seats >= 2 && terms->seats <= NP_MAX_SEATS && terms->lookahead >= 1);
    forget_previous_run(referee);
    referee->negotiation = negotiation;
    referee->seed = seed;
    referee->run = run;
    session_open(&referee->session, negotiation);
    convergence_open(&referee->convergence);
    open_verdict(&referee->verdict);
    digest_begin(&referee->digest);
    for (SeatId seat = 0; seat < terms->seats; seat++) inbox_open(&referee->inbox[seat]);
    schedule_end(referee);
    event_tell(referee, event_begin(referee, NP_EVENT_OPENING, 0, 0));
}

Brief referee_brief(const Referee *referee, SeatId seat, const char *strategy) {
    char name[160];
    snprintf(name, sizeof name, "strategy/%s", referee->negotiation->terms.seat[seat].id);
    return (Brief){.run = referee->run,
                   .seat = seat,
                   .terms = &referee->negotiation->terms,
                   .profile = &referee->negotiation->profile[seat],
                   .luck = rng_key(referee->seed, name),
                   .strategy = strategy};
}

/* --- windows --- */

static void begin_window(Referee *referee) {
    assert(referee->waiting == 0 || referee->fault_seat != NP_NO_SEAT);
    for (uint32_t i = 0; i < referee->grants; i++)
        inbox_granted(&referee->inbox[referee->grant[i].seat]);
    referee->grants = 0;
    /* The opening was told when the run was opened, and is still to be read. */
    if (!referee->fresh) referee->events = 0;
    referee->fresh = false;
}

/* With turns, the seat whose turn has come is asked, and told all that it has not yet heard. */
static void ask_seat_on_turn(Referee *referee) {
    if (!referee->negotiation->terms.mechanism->turns || referee->turn_asked) return;
    Inbox *inbox = &referee->inbox[referee->session.turn];
    inbox_ask(inbox, referee->now, false, inbox->count);
    referee->turn_asked = true;
}

static void give_grants(Referee *referee) {
    if (referee->session.closed) return;
    ask_seat_on_turn(referee);
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        Inbox *inbox = &referee->inbox[seat];
        if (inbox->occasions == 0) continue;
        referee->grant[referee->grants++] = inbox_grant(inbox, referee->run, seat);
        referee->waiting |= seat_bit(seat);
        SimTime latest = inbox->occasion[inbox->occasions - 1].at;
        if (latest > referee->now) referee->now = latest;
    }
}

/* Where the window that begins at the first entry ends. */
static SimTime window_end(Referee *referee, SimTime begin) {
    SimTime lookahead = referee->negotiation->terms.lookahead;
    SimTime end = begin > NP_NEVER - lookahead ? NP_NEVER : begin + lookahead;
    SimTime change = prefix_next_switch(referee);
    if (end > change) end = change;
    return end > referee->stop_at ? referee->stop_at : end;
}

/* False when the table may not be ruled any further. */
static bool rule_window(Referee *referee) {
    const AgendaEntry *first = agenda_first(&referee->agenda);
    assert(first != NULL);
    SimTime begin = first->at; /* what is switched adds to the agenda, which may move it */
    if (begin >= referee->stop_at) return false;
    while (begin >= prefix_next_switch(referee)) prefix_switch(referee);
    referee->ruled_until = window_end(referee, begin);
    while (referee->verdict.kind == VERDICT_OPEN &&
           (first = agenda_first(&referee->agenda)) != NULL && first->at < referee->ruled_until)
        table_rule(referee, agenda_take(&referee->agenda));
    return true;
}

static void rule_fault(Referee *referee) {
    Event *event = event_begin(referee, NP_EVENT_FAULT, referee->now,
                               referee->inbox[referee->fault_seat].told);
    event->seat = referee->fault_seat;
    event->text_length = (uint16_t)strlen(referee->fault_text);
    memcpy(event->text, referee->fault_text, event->text_length);
    uint64_t id = event_tell(referee, event);
    table_end(referee, VERDICT_BREAKDOWN, REASON_AGENT_FAULT, referee->fault_seat, id);
}

bool referee_advance(Referee *referee) {
    if (referee->verdict.kind != VERDICT_OPEN) {
        referee->events = referee->grants = 0;
        return false;
    }
    begin_window(referee);
    if (referee->fault_seat != NP_NO_SEAT) {
        referee->waiting = 0;
        rule_fault(referee);
        return false;
    }
    give_grants(referee);
    while (referee->grants == 0 && referee->verdict.kind == VERDICT_OPEN) {
        if (!rule_window(referee)) return false;
        if (referee->verdict.kind == VERDICT_OPEN) give_grants(referee);
    }
    return referee->verdict.kind == VERDICT_OPEN;
}

/* --- what came of it --- */

const Event *referee_events(const Referee *referee, uint32_t *count) {
    *count = referee->events;
    return referee->event;
}

const uint8_t *referee_event_bytes(const Referee *referee, const uint32_t **offsets) {
    *offsets = referee->offset;
    return referee->bytes;
}

const Grant *referee_grants(const Referee *referee, uint32_t *count) {
    *count = referee->grants;
    return referee->grant;
}

SeatSet referee_waiting(const Referee *referee) {
    return referee->waiting;
}

const Verdict *referee_verdict(const Referee *referee) {
    return &referee->verdict;
}

void referee_fault(Referee *referee, SeatId seat, const char *what) {
    if (referee->fault_seat != NP_NO_SEAT || referee->verdict.kind != VERDICT_OPEN) return;
    referee->fault_seat = seat;
    snprintf(referee->fault_text, sizeof referee->fault_text, "%s", what);
}
