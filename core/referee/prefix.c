/* A scripted prefix, then live: moves fed from a record. */
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
    [NP_EVENT_LEVER] = {true, NP_LEVER},       [NP_EVENT_STATEMENT] = {true, NP_STATEMENT},
    [NP_EVENT_HORIZON] = {false, NP_PASS},
};

bool event_is_move(const Event *event) {
    if (event->kind >= sizeof move_of_event / sizeof move_of_event[0]) return false;
    bool prescribed = event->kind == NP_EVENT_LEVER && event->decided_at == event->at;
    return move_of_event[event->kind].is_move && !prescribed;
}

/* What a statement does not name was written as zero; named or not, it comes out the same. */
static void name_words(const Event *event, Action *action) {
    bool asks = event->word == NP_SAY_DEMAND || event->word == NP_SAY_SIGNAL;
    action->statement = event->word;
    action->lever = event->subject == 0 ? NP_NO_LEVER : (uint8_t)(event->subject - 1);
    action->level = utility_real(event->amount);
    if (!asks && event->issue == 0 && event->option == 0) action->option = NP_NO_OPTION;
}

static Action action_of_event(const Event *event) {
    Action action = {.kind = (uint8_t)move_of_event[event->kind].kind,
                     .package = event->package,
                     .issue = event->issue,
                     .option = event->option,
                     .table = event->table,
                     .offer = event->offer};
    if (event->kind == NP_EVENT_REFUSAL) action.kind = event->refused;
    if (action.kind == NP_LEVER || action.kind == NP_STATEMENT) name_words(event, &action);
    if (event->kind != NP_EVENT_OFFER) return action;
    action.packages = event->packages;
    memcpy(action.menu, event->menu, event->packages * sizeof(Outcome));
    if (event->expires_at != NP_NEVER) action.valid_for = event->expires_at - event->at;
    return action;
}

bool referee_feed(Referee *referee, const Event *event) {
    if (!event_is_move(event) || event->seat >= referee->negotiation->terms.seats) return false;
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
        bool is_move = entry->rank == RANK_MOVE || entry->rank == RANK_ANSWER;
        if (!is_move || entry->seat != seat || entry->sequence < *from ||
            referee->move[entry->payload].decided_at >= before)
            continue;
        if (found == NULL || entry->sequence < found->sequence) found = entry;
    }
    if (found == NULL) return NULL;
    *from = found->sequence + 1;
    return &referee->move[found->payload];
}

/* A number that is none is the same as another such. */
static bool same_level(double a, double b) {
    return a == b || (a != a && b != b);
}

static bool same_action(const Action *a, const Action *b) {
    if (a->kind != b->kind || a->packages != b->packages || a->package != b->package ||
        a->issue != b->issue || a->option != b->option || a->offer != b->offer ||
        a->valid_for != b->valid_for || a->table != b->table || a->lever != b->lever ||
        a->statement != b->statement || !same_level(a->level, b->level))
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
