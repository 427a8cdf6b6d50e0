/* Answers: what seats reply becomes moves on their way to the table, and wake-ups. */
#include <stddef.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/referee/run_state.h"

static bool answer_fits(const Answer *answer, const Inbox *inbox, Error *error) {
    if (answer->replies != inbox->occasions)
        return error_set(error, ERROR_AGENT, "it gave %u replies to %u occasions", answer->replies,
                         inbox->occasions);
    for (uint32_t i = 0; i < answer->replies; i++) {
        if (answer->reply[i].at != inbox->occasion[i].at)
            return error_set(error, ERROR_AGENT, "reply %u is not at the moment it was asked for",
                             i + 1);
        if (answer->reply[i].moves > NP_MAX_MOVES)
            return error_set(error, ERROR_AGENT, "it made %u moves at once; %d are allowed",
                             answer->reply[i].moves, NP_MAX_MOVES);
    }
    return true;
}

static uint32_t take_place(Referee *referee) {
    uint32_t free_move = referee->free_move;
    if (free_move != NO_MOVE) {
        referee->free_move = referee->move[free_move].next_free;
        return free_move;
    }
    if (referee->moves == referee->move_capacity) {
        referee->move_capacity = referee->move_capacity ? referee->move_capacity * 2 : 16;
        referee->move = memory_grow(referee->move, referee->move_capacity, sizeof *referee->move);
    }
    return referee->moves++;
}

const PendingMove *referee_take_move(Referee *referee, uint32_t payload) {
    referee->move[payload].next_free = referee->free_move;
    referee->free_move = payload;
    return &referee->move[payload];
}

static void copy_action(Action *to, const Action *from) {
    memcpy(to, from, offsetof(Action, menu));
    menu_copy(to->menu, from->menu, from->packages > NP_MAX_MENU ? NP_MAX_MENU : from->packages);
}

static void schedule(Referee *referee, SeatId seat, Rank rank, SimTime at, uint32_t payload) {
    agenda_add(&referee->agenda, (AgendaEntry){.at = at,
                                               .rank = (uint8_t)rank,
                                               .seat = seat,
                                               .sequence = referee->inbox[seat].sequence++,
                                               .payload = payload});
}

/* A place for what happens at `at`; the caller fills it. */
static PendingMove *schedule_pending(Referee *referee, SeatId seat, Rank rank, SimTime at) {
    uint32_t pending = take_place(referee);
    schedule(referee, seat, rank, at, pending);
    return &referee->move[pending];
}

/* With rounds, what stands is answered before new offers are made, and concluded after either. */
static Rank rank_of(Referee *referee, SeatId seat, const Action *action, SimTime at) {
    if (!referee->negotiation->terms.mechanism->rounds) return RANK_MOVE;
    bool answers =
        action->kind == NP_ACCEPT || action->kind == NP_REJECT || action->kind == NP_WITHDRAW;
    schedule(referee, seat, answers ? RANK_ANSWERED : RANK_MOVED, at, 0);
    return answers ? RANK_ANSWER : RANK_MOVE;
}

void referee_schedule_move(Referee *referee, SeatId seat, const PendingMove *move, SimTime at) {
    Rank rank = rank_of(referee, seat, &move->action, at);
    PendingMove *place = schedule_pending(referee, seat, rank, at);
    copy_action(&place->action, &move->action);
    place->refusal = move->refusal;
    place->decided_at = move->decided_at;
    place->cause = move->cause;
}

static void schedule_reply(Referee *referee, SeatId seat, const Reply *reply, uint64_t cause) {
    static const Action pass = {.kind = NP_PASS};
    const Terms *terms = &referee->negotiation->terms;
    SimTime at = reply->at + terms->seat[seat].delay;
    uint32_t moves = reply->moves + terms->mechanism->turns;
    for (uint32_t i = 0; i < moves; i++) {
        bool turn_ends = i == reply->moves; /* with a pass, unless the turn was spent before */
        const Action *action = turn_ends ? &pass : &reply->move[i];
        Rank rank = turn_ends ? RANK_TURN_END : rank_of(referee, seat, action, at);
        PendingMove *move = schedule_pending(referee, seat, rank, at);
        copy_action(&move->action, action);
        move->refusal = NP_RULING_OK;
        move->decided_at = reply->at;
        move->cause = cause;
    }
}

/* At most one wake-up is pending, the earliest that was asked for; none comes before the lookahead,
 * since what happens until then is fixed already. */
static void schedule_wake(Referee *referee, SeatId seat, const Reply *reply) {
    const Terms *terms = &referee->negotiation->terms;
    Inbox *inbox = &referee->inbox[seat];
    SimTime at = reply->wake_at;
    if (at < reply->at + terms->lookahead) at = reply->at + terms->lookahead;
    if (!referee_tells_at_once(referee) || at >= inbox->wake) return;
    inbox->wake = at;
    schedule(referee, seat, RANK_WAKE, at, 0);
}

/* A wake-up that comes later in the same grant was pending when an earlier reply was given, and was
 * sooner than anything that reply could ask for. */
static bool woken_later(const Inbox *inbox, uint32_t occasion) {
    for (uint32_t i = occasion + 1; i < inbox->occasions; i++)
        if (inbox->occasion[i].woken) return true;
    return false;
}

/* The event that a seat has heard last when it answers this occasion. */
static uint64_t told_by(const Inbox *inbox, uint32_t *heard, uint32_t occasion) {
    *heard += inbox->occasion[occasion].observations;
    return *heard > 0 ? inbox->event[*heard - 1] : inbox->told;
}

void referee_answer_silence(Referee *referee, SeatId seat) {
    const Inbox *inbox = &referee->inbox[seat];
    uint32_t heard = 0;
    for (uint32_t i = 0; i < inbox->occasions; i++) {
        uint64_t told = told_by(inbox, &heard, i);
        Reply silence = {.at = inbox->occasion[i].at, .wake_at = NP_NEVER};
        if (silence.at >= referee->fed_until[seat]) schedule_reply(referee, seat, &silence, told);
    }
}

bool referee_answer(Referee *referee, const Answer *answer, Error *error) {
    SeatId seat = answer->seat;
    if (answer->run != referee->run || seat >= referee->negotiation->terms.seats ||
        !seat_in(referee->waiting, seat))
        return error_set(error, ERROR_AGENT, "it answered without having been asked");
    Inbox *inbox = &referee->inbox[seat];
    if (!answer_fits(answer, inbox, error)) return false;
    referee->waiting &= ~seat_bit(seat);
    uint32_t heard = 0;
    for (uint32_t i = 0; i < answer->replies; i++) {
        uint64_t told = told_by(inbox, &heard, i);
        if (answer->reply[i].at >= referee->fed_until[seat])
            schedule_reply(referee, seat, &answer->reply[i], told);
        if (!woken_later(inbox, i)) schedule_wake(referee, seat, &answer->reply[i]);
    }
    return true;
}
