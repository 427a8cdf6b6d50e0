/* Moves of seats: judged by the session, told with all that came of them. */
#include <string.h>

#include "core/referee/run_state.h"

/* --- progress --- */

static void note_progress(Referee *referee, uint64_t event) {
    referee->convergence.progress_at = referee->now;
    referee->convergence.progress_event = event;
}

static void describe_offer(Referee *referee, SeatId seat, const Action *action,
                           const Effect *effect, Event *event) {
    event->packages = action->packages;
    menu_copy(event->menu, action->menu, action->packages);
    event->package = 0;
    event->expires_at = effect->expires_at;
    bool progress = convergence_offer(referee, seat, action, event);
    if (effect->newly || progress) note_progress(referee, referee->last_event + 1);
}

static void describe_acceptance(Referee *referee, const Effect *effect, Event *event) {
    OfferPlace place;
    const StandingOffer *offer = session_find_offer(&referee->session, effect->offer, &place);
    event->seats = effect->accepted;
    event->packages = 1;
    event->menu[0] = offer->menu[effect->package];
    if (effect->newly) note_progress(referee, referee->last_event + 1);
}

/* --- words --- */

/* What a statement does not name is zero, but a lever, which counts from one. */
static void describe_statement(const Action *action, const Effect *effect, Event *event) {
    bool option = effect->option != NP_NO_OPTION;
    event->word = action->statement;
    event->issue = option ? effect->issue : 0;
    event->option = option ? effect->option : 0;
    event->subject = effect->lever == NP_NO_LEVER ? 0 : (uint8_t)(1 + effect->lever);
}

/* Fed again, it must come out the same; so only what can be said of any move is kept of it. */
static void describe_refusal(const Action *action, const Effect *effect, Event *event) {
    bool known = action->kind <= NP_STATEMENT;
    event->ruling = (uint8_t)effect->ruling;
    event->refused = known ? action->kind : NP_PASS;
    event->offer = action->kind == NP_OFFER ? 0 : action->offer;
    bool names_table = action->kind == NP_OFFER || action->kind == NP_STATEMENT;
    if (names_table && action->table < NP_MAX_TABLES) event->table = action->table;
    if (action->kind == NP_STATEMENT) event->word = action->statement;
    bool names_lever = action->kind == NP_LEVER || action->kind == NP_STATEMENT;
    if (names_lever && action->lever < NP_MAX_LEVERS) event->subject = (uint8_t)(1 + action->lever);
    if (action->kind == NP_LEVER && action->level > -1e6 && action->level < 1e6)
        event->amount = event_amount(action->level);
}

static void describe_move(Referee *referee, SeatId seat, const Action *action, const Effect *effect,
                          Event *event) {
    event->offer = effect->offer;
    event->package = effect->package;
    event->table = effect->table;
    if (effect->breaks_commitment) event->flags |= EVENT_BREAKS_COMMITMENT;
    switch (effect->kind) {
    case NP_EVENT_OFFER: describe_offer(referee, seat, action, effect, event); return;
    case NP_EVENT_ACCEPTANCE: describe_acceptance(referee, effect, event); return;
    case NP_EVENT_REFUSAL: describe_refusal(action, effect, event); return;
    case NP_EVENT_STATEMENT: describe_statement(action, effect, event); return;
    case NP_EVENT_LEVER:
        levers_describe(referee, effect->lever, effect->before, effect->level, event);
        return;
    case NP_EVENT_RULE_OUT:
        event->issue = action->issue;
        event->option = action->option;
        return;
    default: return;
    }
}

/* --- what comes of it --- */

static void schedule_expiry(Referee *referee, SeatId seat, uint64_t event, const Effect *effect) {
    referee->offer_event[effect->table][seat] = event;
    if (effect->expires_at > referee->negotiation->terms.deadline) return;
    agenda_add(&referee->agenda, (AgendaEntry){.at = effect->expires_at,
                                               .rank = RANK_EXPIRY,
                                               .seat = seat,
                                               .sequence = effect->offer});
}

static void tell_audience_cost(Referee *referee, SeatId seat, Utility cost, uint64_t cause) {
    if (cost == 0) return;
    Event *event = event_begin(referee, NP_EVENT_AUDIENCE_COST, referee->now, cause);
    event->seat = seat;
    event->amount = cost;
    event_tell(referee, event);
    levers_charge(referee, seat, cost);
}

void moves_expose(Referee *referee, SeatSet seats, const Outcome *package, uint64_t cause) {
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++)
        if (seat_in(seats, seat))
            tell_audience_cost(referee, seat, session_expose(&referee->session, seat, package),
                               cause);
}

/* What is said behind closed doors may get out; it then stands as it was said. */
static void leak(Referee *referee, const Event *said) {
    bool leaks = said->kind == NP_EVENT_OFFER || said->kind == NP_EVENT_ACCEPTANCE ||
                 said->kind == NP_EVENT_STATEMENT;
    if (!leaks) return;
    double luck = rng_unit(&referee->leak[said->table]);
    if (luck >= referee->negotiation->terms.table[said->table].leak) return;
    const Event leaked = *said; /* a new event may move the old ones */
    Event *event = event_begin(referee, NP_EVENT_LEAK, leaked.at, leaked.id);
    event->seat = leaked.seat;
    event->word = leaked.kind;
    event->table = leaked.table;
    event->offer = leaked.offer;
    event->package = leaked.package;
    event->issue = leaked.issue;
    event->option = leaked.option;
    event->subject = leaked.subject;
    event->packages = leaked.packages;
    memcpy(event->menu, leaked.menu, leaked.packages * sizeof(Outcome));
    uint64_t id = event_tell(referee, event);
    /* What the seat sums up to pay is told of once, however many packages it named. */
    Utility cost = 0;
    for (uint8_t k = 0; k < leaked.packages; k++)
        cost += session_expose(&referee->session, leaked.seat, &leaked.menu[k]);
    tell_audience_cost(referee, leaked.seat, cost, id);
}

static void follow(Referee *referee, SeatId seat, const Effect *effect, SimTime at, uint64_t id) {
    tell_audience_cost(referee, seat, effect->audience_cost, id);
    if (effect->kind == NP_EVENT_WALK_OUT)
        conclusion_end(referee, VERDICT_BREAKDOWN, REASON_WALK_OUT, seat, id);
    if (effect->kind == NP_EVENT_LEVER)
        levers_moved(referee, effect->lever, effect->level - effect->before, at, id);
    if (effect->concluded) conclusion_rule(referee, effect, id);
}

static void make_move(Referee *referee, SeatId seat, const PendingMove *move, SimTime at) {
    Effect effect = {.kind = NP_EVENT_REFUSAL, .ruling = (Ruling)move->refusal};
    SeatId turn = referee->session.turn;
    if (move->refusal == NP_RULING_OK)
        session_apply(&referee->session, seat, &move->action, at, &effect);
    if (referee->session.turn != turn) {
        referee->turn_due = true;
        referee->turn_at = at;
    }
    Event *event = event_begin(referee, effect.kind, at, move->cause);
    event->decided_at = move->decided_at;
    event->seat = seat;
    referee->now = at;
    describe_move(referee, seat, &move->action, &effect, event);
    uint64_t id = event_tell(referee, event);
    if (effect.kind == NP_EVENT_OFFER) schedule_expiry(referee, seat, id, &effect);
    if (event->table != 0 && effect.kind != NP_EVENT_REFUSAL) leak(referee, event);
    follow(referee, seat, &effect, at, id);
}

void moves_rule(Referee *referee, AgendaEntry entry) {
    const PendingMove *move = referee_take_move(referee, entry.payload);
    /* What comes after signature comes too late, like what comes after the end; but levers are nobody's
     * business but their actor's, as long as anybody is asked. */
    bool late = move->action.kind != NP_LEVER || !referee_asks(referee);
    if (referee->signature != 0 && late) return;
    make_move(referee, entry.seat, move, entry.at);
}

/* A turn that was spent on nothing passes. */
void moves_rule_turn_end(Referee *referee, AgendaEntry entry) {
    const PendingMove *pass = referee_take_move(referee, entry.payload);
    if (referee->session.turn != entry.seat || referee->session.closed) return;
    make_move(referee, entry.seat, pass, entry.at);
}
