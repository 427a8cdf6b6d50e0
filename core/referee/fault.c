/* Agents that fail. Where the scenario says so the talks go on without one: its fault is ruled when the seat is
 * asked and all others have answered, so that it has one place among the events, whenever it was noticed. */
#include <stdio.h>

#include "core/referee/run_state.h"

static uint8_t follows(const Referee *referee, SeatId seat) {
    /* Who has taken over fails as well. */
    if (seat_in(referee->failed, seat)) return ON_FAULT_BREAKDOWN;
    return referee->negotiation->on_fault[seat];
}

bool referee_is_broken(const Referee *referee) {
    return referee->fault_seat != NP_NO_SEAT;
}

void referee_fault(Referee *referee, SeatId seat, const char *what) {
    if (referee_is_broken(referee) || referee->over || referee->aftermath.on ||
        seat_in(referee->silent, seat))
        return;
    snprintf(referee->fault_text[seat], sizeof referee->fault_text[seat], "%s", what);
    if (!seat_in(referee->failing, seat) && follows(referee, seat) == ON_FAULT_BREAKDOWN)
        referee->fault_seat = seat;
    else
        referee->failing |= seat_bit(seat);
}

SeatSet referee_failing(const Referee *referee) {
    return referee->failing;
}

bool fault_can_be_ruled(const Referee *referee) {
    bool alone = referee->waiting != 0 && (referee->waiting & ~referee->failing) == 0;
    return referee_is_broken(referee) || alone;
}

bool referee_can_advance(const Referee *referee) {
    return referee->waiting == 0 || fault_can_be_ruled(referee);
}

/* The cause is what the seat heard last. */
static Event *begin_fault(Referee *referee, SeatId seat) {
    const Inbox *inbox = &referee->inbox[seat];
    uint64_t heard = inbox->heard > 0 ? inbox->event[inbox->heard - 1] : inbox->told;
    bool asked = seat_in(referee->waiting, seat);
    Event *event = event_begin(referee, NP_EVENT_FAULT, referee->now, asked ? heard : inbox->told);
    event->seat = seat;
    event_name(event, referee->fault_text[seat]);
    return event;
}

static bool break_down(Referee *referee, SeatId seat) {
    referee_forget_grants(referee);
    referee->waiting = 0;
    uint64_t fault = event_tell(referee, begin_fault(referee, seat));
    conclusion_end(referee, VERDICT_BREAKDOWN, REASON_AGENT_FAULT, seat, fault);
    return false;
}

static void go_on(Referee *referee, SeatId seat, uint8_t follows) {
    Event *event = begin_fault(referee, seat);
    event->word = follows;
    event->decided_at = referee->inbox[seat].occasion[0].at;
    event_tell(referee, event);
    referee->failing &= ~seat_bit(seat);
    referee->failed |= seat_bit(seat);
    if (follows != ON_FAULT_SKIP) return; /* who takes over answers */
    referee->silent |= seat_bit(seat);
    referee_answer_silence(referee, seat);
    referee->waiting &= ~seat_bit(seat);
}

bool fault_rule(Referee *referee) {
    if (referee_is_broken(referee)) return break_down(referee, referee->fault_seat);
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        if (!seat_in(referee->waiting & referee->failing, seat)) continue;
        uint8_t then = follows(referee, seat);
        if (then == ON_FAULT_BREAKDOWN) return break_down(referee, seat);
        go_on(referee, seat, then);
    }
    return true;
}
