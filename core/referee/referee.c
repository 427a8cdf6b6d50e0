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
    memory_free(referee->due);
    memory_free(referee->own);
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
    referee->dues = referee->sequence = 0;
    referee->free_move = referee->free_due = NO_MOVE;
    referee->events = referee->grants = 0;
    referee->last_event = referee->signature = 0;
    referee->votes_due = 0;
    referee->waiting = referee->signatories = 0;
    referee->over = referee->aftermath.on = false;
    referee->fresh = true;
    referee->now = referee->turn_at = 0;
    referee->fault_seat = NP_NO_SEAT;
    referee->failing = referee->failed = referee->silent = 0;
    memset(referee->offer_event, 0, sizeof referee->offer_event);
    memset(referee->fed_until, 0, sizeof referee->fed_until);
    referee->changes = referee->changed = 0;
    referee->ruled_until = 0;
    referee->stop_at = NP_NEVER;
}

static Rng stream(uint64_t seed, const char *kind, const char *id) {
    char name[256];
    snprintf(name, sizeof name, "%s/%s", kind, id);
    return rng_stream(rng_key(seed, name));
}

Rng referee_stream(const Referee *referee, const char *kind, const char *id) {
    return stream(referee->seed, kind, id);
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
    referee->turn_due = terms->mechanism->turns;
    table_open(referee);
    event_tell(referee, event_begin(referee, NP_EVENT_OPENING, 0, 0));
    world_events_open(referee);
    levers_open(referee);
    appraisal_open(referee);
    appraisal_tell_types(referee);
}

Brief referee_brief(const Referee *referee, SeatId seat, const char *strategy) {
    const Negotiation *last =
        referee->changes > 0 ? referee->change[referee->changes - 1].next : referee->negotiation;
    uint64_t seed =
        referee->changes > 0 ? referee->change[referee->changes - 1].seed : referee->seed;
    return (Brief){.run = referee->run,
                   .seat = seat,
                   .terms = &last->terms,
                   .profile = appraisal_briefed(referee, last, seat),
                   .library = (const SeatType *const *)last->type,
                   .luck = stream(seed, "strategy", last->terms.seat[seat].id).key,
                   .strategy = strategy};
}

/* --- windows --- */

/* The opening was told when the run was opened, and is still to be read. */
static void begin_events(Referee *referee) {
    if (!referee->fresh) referee->events = 0;
    referee->fresh = false;
}

void referee_forget_grants(Referee *referee) {
    for (uint32_t i = 0; i < referee->grants; i++)
        inbox_granted(&referee->inbox[referee->grant[i].seat]);
    referee->grants = 0;
}

static void begin_window(Referee *referee) {
    assert(referee->waiting == 0);
    referee_forget_grants(referee);
    begin_events(referee);
}

/* With turns, the seat whose turn has come is asked, and told all that it has not yet heard. */
static void ask_seat_on_turn(Referee *referee) {
    if (!referee->turn_due || referee->session.closed) return;
    inbox_ask_of_all(&referee->inbox[referee->session.turn], referee->turn_at);
    referee->turn_due = false;
}

/* While what was signed awaits its ratifiers, levers may still be moved. */
bool referee_asks(const Referee *referee) {
    if (referee->over || referee->aftermath.on) return false;
    const Terms *terms = &referee->negotiation->terms;
    return !referee->session.closed ||
           (referee->signature != 0 && terms->levers > 0 && !terms->mechanism->turns);
}

static void give_grants(Referee *referee) {
    if (!referee_asks(referee)) return;
    ask_seat_on_turn(referee);
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        Inbox *inbox = &referee->inbox[seat];
        if (inbox->occasions == 0) continue;
        if (seat_in(referee->silent, seat)) {
            referee_answer_silence(referee, seat);
            inbox_granted(inbox);
            continue;
        }
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
    while (!referee->over && (first = agenda_first(&referee->agenda)) != NULL &&
           first->at < referee->ruled_until) {
        /* Its turn began before this happens, wherever the window ends. */
        if (referee->turn_due && first->at > referee->turn_at) ask_seat_on_turn(referee);
        table_rule(referee, agenda_take(&referee->agenda));
    }
    return true;
}

/* What happens at the opening is heard with it. */
static bool is_still_opening(const Referee *referee) {
    return referee->ruled_until == 0 && agenda_first(&referee->agenda)->at == 0;
}

/* A peace may be looked at for decades in which nobody is asked: memory is not to grow with that. */
enum { ENOUGH_EVENTS = 1024 };

bool referee_advance(Referee *referee) {
    if (referee->over) {
        referee->events = referee->grants = 0;
        return false;
    }
    if (fault_can_be_ruled(referee)) {
        begin_events(referee);
        return fault_rule(referee);
    }
    begin_window(referee);
    if (!is_still_opening(referee)) give_grants(referee);
    while (referee->grants == 0 && !referee->over && referee->events < ENOUGH_EVENTS) {
        if (!rule_window(referee)) return false;
        give_grants(referee);
    }
    return !referee->over;
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
