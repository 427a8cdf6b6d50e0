/* What happens at the table: every entry of the agenda becomes events, each with its cause. */
#include <assert.h>
#include <string.h>

#include "core/referee/run_state.h"

/* --- the end --- */

static void fill_results(Referee *referee, const Outcome *agreement) {
    const Negotiation *negotiation = referee->negotiation;
    Verdict *verdict = &referee->verdict;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        const Profile *profile = &negotiation->profile[seat];
        SeatResult *result = &verdict->seat_result[seat];
        result->reservation = result->utility = profile->reservation;
        if (agreement != NULL)
            result->utility = utility_from(profile_value_at(profile, &negotiation->terms.domain,
                                                            agreement, verdict->ended_at));
    }
}

void table_end(Referee *referee, VerdictKind kind, Reason reason, SeatId seat, uint64_t cause) {
    Verdict *verdict = &referee->verdict;
    bool agreed = kind == VERDICT_AGREEMENT;
    Event *event =
        event_begin(referee, agreed ? NP_EVENT_AGREEMENT : NP_EVENT_BREAKDOWN, referee->now, cause);
    event->seat = seat;
    event->reason = (uint8_t)reason;
    if (agreed) {
        event->seats = referee->signatories;
        event->packages = 1;
        event->menu[0] = referee->signed_package;
    }
    event_tell(referee, event);
    verdict->kind = kind;
    verdict->reason = reason;
    verdict->seat = seat;
    verdict->ended_at = event->at;
    verdict->events = event->id;
    verdict->digest = digest_end(&referee->digest);
    verdict->agreement = agreed ? referee->signed_package : outcome_empty();
    verdict->signatories = agreed ? referee->signatories : 0;
    verdict->in_force = agreed ? 1 : reason == REASON_RATIFICATION_FAILED ? 0 : -1;
    fill_results(referee, agreed ? &referee->signed_package : NULL);
}

/* --- conclusions --- */

static void sign(Referee *referee, const Effect *effect, uint64_t cause) {
    referee->signed_package = effect->conclusion;
    referee->signatories = effect->signatories;
    if (!ratification_call(referee)) {
        table_end(referee, VERDICT_AGREEMENT, REASON_NONE, NP_NO_SEAT, cause);
        return;
    }
    Event *event = event_begin(referee, NP_EVENT_SIGNATURE, referee->now, cause);
    event->seats = effect->signatories;
    event->packages = 1;
    event->menu[0] = effect->conclusion;
    referee->signature = event_tell(referee, event);
}

static void tell_lapse(Referee *referee, const OfferPlace *place, uint64_t cause) {
    Event *event = event_begin(referee, NP_EVENT_LAPSE, referee->now, cause);
    event->seat = place->seat;
    event->table = place->table;
    event->offer = place->number;
    event_tell(referee, event);
}

static void accord(Referee *referee, const Effect *effect, uint64_t cause) {
    Event *event = event_begin(referee, NP_EVENT_ACCORD, referee->now, cause);
    event->seats = effect->signatories;
    event->packages = 1;
    event->menu[0] = effect->conclusion;
    uint64_t id = event_tell(referee, event);
    Verdict *verdict = &referee->verdict;
    assert(verdict->accords < VERDICT_MAX_ACCORDS);
    verdict->accord[verdict->accords++] = effect->conclusion;
    OfferPlace lapsed[SESSION_MAX_STANDING];
    uint32_t count = session_lapse(&referee->session, lapsed);
    for (uint32_t i = 0; i < count; i++) tell_lapse(referee, &lapsed[i], id);
    Effect next;
    if (session_conclude_standing(&referee->session, &next))
        (next.partial ? accord : sign)(referee, &next, id);
}

/* --- moves --- */

static void note_progress(Referee *referee, uint64_t event) {
    referee->convergence.progress_at = referee->now;
    referee->convergence.progress_event = event;
}

static void describe_offer(Referee *referee, SeatId seat, const Action *action,
                           const Effect *effect, Event *event) {
    event->packages = action->packages;
    memcpy(event->menu, action->menu, action->packages * sizeof(Outcome));
    event->expires_at = effect->expires_at;
    const Terms *terms = &referee->negotiation->terms;
    Convergence *convergence = &referee->convergence;
    bool first = !seat_in(convergence->demanded, seat);
    convergence_offer(referee, seat, action, event);
    if (effect->newly) note_progress(referee, referee->last_event + 1);
    if (event->demand == UTILITY_NONE) return;
    if (first || convergence->progress[seat] - event->demand >= terms->stall_epsilon) {
        convergence->progress[seat] = event->demand;
        note_progress(referee, referee->last_event + 1);
    }
}

static void describe_acceptance(Referee *referee, const Effect *effect, Event *event) {
    OfferPlace place;
    const StandingOffer *offer = session_find_offer(&referee->session, effect->offer, &place);
    event->seats = effect->accepted;
    event->packages = 1;
    event->menu[0] = offer->menu[effect->package];
    if (effect->newly) note_progress(referee, referee->last_event + 1);
}

static void describe_refusal(const Action *action, const Effect *effect, Event *event) {
    event->ruling = (uint8_t)effect->ruling;
    event->refused = action->kind <= NP_WALK_OUT ? action->kind : NP_PASS;
    event->offer = action->kind == NP_OFFER ? 0 : action->offer;
}

static void describe_move(Referee *referee, SeatId seat, const Action *action, const Effect *effect,
                          Event *event) {
    event->offer = effect->offer;
    event->package = effect->package;
    if (effect->breaks_commitment) event->flags |= EVENT_BREAKS_COMMITMENT;
    if (effect->kind == NP_EVENT_OFFER) {
        event->package = 0;
        describe_offer(referee, seat, action, effect, event);
    }
    if (effect->kind == NP_EVENT_ACCEPTANCE) describe_acceptance(referee, effect, event);
    if (effect->kind == NP_EVENT_REFUSAL) describe_refusal(action, effect, event);
    if (effect->kind == NP_EVENT_RULE_OUT) {
        event->issue = action->issue;
        event->option = action->option;
    }
}

static void schedule_expiry(Referee *referee, SeatId seat, uint64_t event, const Effect *effect) {
    referee->offer_event[effect->table][seat] = event;
    if (effect->expires_at > referee->negotiation->terms.deadline) return;
    agenda_add(&referee->agenda, (AgendaEntry){.at = effect->expires_at,
                                               .rank = RANK_EXPIRY,
                                               .seat = seat,
                                               .sequence = referee->session.offers});
}

static void make_move(Referee *referee, SeatId seat, const PendingMove *move, SimTime at) {
    Effect effect = {.kind = NP_EVENT_REFUSAL, .ruling = (Ruling)move->refusal};
    SeatId turn = referee->session.turn;
    if (move->refusal == NP_RULING_OK)
        session_apply(&referee->session, seat, &move->action, at, &effect);
    if (referee->session.turn != turn) referee->turn_asked = false;
    Event *event = event_begin(referee, effect.kind, at, move->cause);
    event->decided_at = move->decided_at;
    event->seat = seat;
    referee->now = at;
    describe_move(referee, seat, &move->action, &effect, event);
    uint64_t id = event_tell(referee, event);
    if (effect.kind == NP_EVENT_OFFER) schedule_expiry(referee, seat, id, &effect);
    if (effect.kind == NP_EVENT_WALK_OUT)
        table_end(referee, VERDICT_BREAKDOWN, REASON_WALK_OUT, seat, id);
    if (effect.concluded) (effect.partial ? accord : sign)(referee, &effect, id);
}

static PendingMove take_pending(Referee *referee, uint32_t payload) {
    PendingMove move = referee->move[payload];
    referee->move[payload].next_free = referee->free_move;
    referee->free_move = payload;
    return move;
}

static void rule_move(Referee *referee, AgendaEntry entry) {
    PendingMove move = take_pending(referee, entry.payload);
    /* What comes after signature comes too late, like what comes after the end. */
    if (referee->signature != 0) return;
    make_move(referee, entry.seat, &move, entry.at);
}

/* A turn that was spent on nothing passes. */
static void rule_turn_end(Referee *referee, AgendaEntry entry) {
    PendingMove pass = take_pending(referee, entry.payload);
    if (referee->session.turn != entry.seat || referee->session.closed) return;
    make_move(referee, entry.seat, &pass, entry.at);
}

/* --- what comes by itself --- */

/* Under other settings an offer may be infeasible, or cross a hard red line of who accepted it. */
static void rule_change(Referee *referee, AgendaEntry entry) {
    OfferPlace lapsed[SESSION_MAX_STANDING];
    if (referee->session.closed) return;
    uint32_t count = session_lapse(&referee->session, lapsed);
    if (count != 0) referee->now = entry.at;
    for (uint32_t i = 0; i < count; i++)
        tell_lapse(referee, &lapsed[i], referee->offer_event[lapsed[i].table][lapsed[i].seat]);
}

static void rule_expiry(Referee *referee, AgendaEntry entry) {
    OfferPlace place;
    bool ended = session_expire(&referee->session, entry.sequence, entry.at, &place);
    if (!ended || referee->session.closed) return;
    referee->now = entry.at;
    tell_lapse(referee, &place, referee->offer_event[place.table][place.seat]);
}

static void rule_deadline(Referee *referee, AgendaEntry entry) {
    /* The deadline may have moved since this was noted. */
    if (referee->signature != 0 || entry.at < referee->negotiation->terms.deadline) return;
    referee->now = entry.at;
    table_end(referee, VERDICT_BREAKDOWN, REASON_DEADLINE, NP_NO_SEAT, 1);
}

static void rule_stall(Referee *referee, AgendaEntry entry) {
    const Convergence *convergence = &referee->convergence;
    if (referee->signature != 0 || referee->negotiation->terms.stall_window == 0) return;
    SimTime due = convergence->progress_at + referee->negotiation->terms.stall_window;
    if (due > entry.at) {
        agenda_add(&referee->agenda,
                   (AgendaEntry){.at = due, .rank = RANK_STALL, .seat = NP_NO_SEAT});
        return;
    }
    referee->now = entry.at;
    table_end(referee, VERDICT_BREAKDOWN, REASON_STALLED, NP_NO_SEAT, convergence->progress_event);
}

static void rule_wake(Referee *referee, AgendaEntry entry) {
    Inbox *inbox = &referee->inbox[entry.seat];
    if (inbox->wake != entry.at || referee->session.closed) return;
    inbox->wake = NP_NEVER;
    inbox_ask(inbox, entry.at, true, 0);
}

void table_rule(Referee *referee, AgendaEntry entry) {
    static void (*const rule[])(Referee *, AgendaEntry) = {
        [RANK_CHANGE] = rule_change,     [RANK_EXPIRY] = rule_expiry,     [RANK_MOVE] = rule_move,
        [RANK_TURN_END] = rule_turn_end, [RANK_VOTE] = ratification_vote, [RANK_STALL] = rule_stall,
        [RANK_DEADLINE] = rule_deadline, [RANK_WAKE] = rule_wake,
    };
    assert(entry.rank < sizeof rule / sizeof rule[0]);
    rule[entry.rank](referee, entry);
}
