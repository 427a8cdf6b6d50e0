/* Who is there, who was lost and comes back, who has failed. */
#include <stdio.h>

#include "broker/broker_state.h"
#include "proto/wall_clock.h"

/* --- what comes in --- */

void roster_fail(Broker *broker, SeatId seat, const char *what) {
    if (seat_in(broker->failed, seat)) return;
    broker->failed |= seat_bit(seat);
    broker->lost &= ~seat_bit(seat);
    broker->back &= ~seat_bit(seat);
    broker->ready &= ~seat_bit(seat);
    snprintf(broker->failure[seat], sizeof broker->failure[seat], "%.255s", what);
    for (uint32_t i = 0; i < broker->options.live; i++)
        if (play_hears(&broker->play[i], seat))
            referee_fault(broker->play[i].referee, seat, broker->failure[seat]);
}

static bool can_come_back(const Broker *broker, SeatId seat) {
    return broker->options.revive != NULL && broker->channel->type->forget != NULL &&
           broker->losses[seat] < broker->options.restarts;
}

/* Where the talks go on, who failed must not keep the machine busy. */
static void dismiss(Broker *broker, SeatId seat) {
    bool go_on = false;
    for (uint32_t i = 0; i < broker->options.live; i++)
        go_on |= play_hears(&broker->play[i], seat) && !referee_is_broken(broker->play[i].referee);
    if (go_on && broker->options.dismiss != NULL)
        broker->options.dismiss(broker->options.context, seat);
}

void roster_lose(Broker *broker, SeatId seat, const char *what) {
    if (seat_in(broker->failed, seat)) return;
    if (!can_come_back(broker, seat)) {
        roster_fail(broker, seat, what);
        dismiss(broker, seat);
        return;
    }
    broker->losses[seat]++;
    broker->lost |= seat_bit(seat);
    broker->back &= ~seat_bit(seat);
    broker->ready &= ~seat_bit(seat);
    broker->lost_ns[seat] = wall_monotonic_ns();
    snprintf(broker->failure[seat], sizeof broker->failure[seat], "%.255s", what);
    broker->channel->type->forget(broker->channel, seat);
    if (!broker->options.revive(broker->options.context, seat, what))
        roster_fail(broker, seat, what);
}

/* Who comes back is told its past by and by: another may be in the middle of its own. */
static void welcome(Broker *broker, SeatId seat) {
    broker->ready |= seat_bit(seat);
    broker->back |= broker->lost & seat_bit(seat);
}

static bool restore_seat(Broker *broker, SeatId seat, Error *error) {
    broker->back &= ~seat_bit(seat);
    broker->lost &= ~seat_bit(seat);
    for (uint32_t i = 0; i < broker->options.live && seat_in(broker->ready, seat); i++)
        if (play_hears(&broker->play[i], seat) &&
            !restart_catch_up(broker, &broker->play[i], seat, error))
            return false;
    return true;
}

bool roster_restore(Broker *broker, Error *error) {
    if (broker->back == 0) return true;
    while (broker->back != 0)
        if (!restore_seat(broker, (SeatId)__builtin_ctz(broker->back), error)) return false;
    /* The others may have answered long ago: nobody listened. */
    int64_t now = wall_monotonic_ns();
    for (uint32_t i = 0; i < broker->options.live; i++) broker->play[i].waited_ns = now;
    return true;
}

/* Latest first: an answer that comes late is to a run that ended just now. */
static bool was_opened(const Broker *broker, uint64_t run) {
    for (uint64_t i = broker->opened; i > 0; i--)
        if (broker->runs[i - 1].run == run) return true;
    return false;
}

/* An answer for a run that is over comes too late and is nobody's fault. */
static void take_answers(Broker *broker, const Arrival *arrival) {
    for (uint32_t i = 0; i < arrival->answers; i++) {
        Play *play = run_index_find(&broker->under_way, arrival->answer[i].run);
        /* What is left of a lost agent's frame is not heard. */
        if (seat_in(broker->failed | broker->lost, arrival->seat)) return;
        if (play == NULL && !was_opened(broker, arrival->answer[i].run))
            roster_lose(broker, arrival->seat, "it answered for a run that nobody told it of");
        if (play == NULL || seat_in(play->gone | referee_failing(play->referee), arrival->seat))
            continue;
        Answer answer = arrival->answer[i];
        answer.seat = arrival->seat;
        Error error;
        error_clear(&error);
        if (!referee_answer(play->referee, &answer, &error))
            roster_lose(broker, arrival->seat, error.text);
    }
}

static void take_notice(Broker *broker) {
    SeatId seat = NP_NO_SEAT;
    char what[256] = "";
    if (broker->options.notice == NULL) return;
    while (broker->options.notice(broker->options.context, &seat, what, sizeof what))
        roster_lose(broker, seat, what);
}

void roster_arrival(Broker *broker, const Arrival *arrival) {
    switch (arrival->kind) {
    case ARRIVAL_NOTHING: break;
    case ARRIVAL_READY: welcome(broker, arrival->seat); break;
    case ARRIVAL_ANSWERS: take_answers(broker, arrival); break;
    case ARRIVAL_FAULT:
        (arrival->declared ? roster_fail : roster_lose)(broker, arrival->seat, arrival->detail);
        break;
    case ARRIVAL_NOTICE: take_notice(broker); break;
    }
}

/* --- patience --- */

static void lose_the_silent(Broker *broker, const Play *play) {
    char what[128];
    snprintf(what, sizeof what, "no answer within %g s of being asked",
             broker->options.patience_ms / 1000.0);
    SeatSet silent = referee_waiting(play->referee) & ~(broker->lost | play->gone);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        if (seat_in(silent, seat)) roster_lose(broker, seat, what);
}

/* A lost seat has as long to come back as its agent had to come; then yet another one is tried. */
static void lose_the_missing(Broker *broker, int64_t now) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        int64_t missed_ms = (now - broker->lost_ns[seat]) / 1000000;
        if (!seat_in(broker->lost & ~broker->back, seat) || missed_ms < broker->options.welcome_ms)
            continue;
        roster_lose(broker, seat, "started again, it did not come back");
    }
}

bool roster_lose_the_absent(Broker *broker, const Terms *terms, Error *error) {
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        if (seat_in(broker->ready | broker->failed, seat)) continue;
        if (broker->options.revive == NULL || broker->options.restarts == 0)
            return error_set(error, ERROR_UNAVAILABLE, "no agent came for seat %s within %d s",
                             terms->seat[seat].id, broker->options.welcome_ms / 1000);
        roster_lose(broker, seat, "it did not come");
    }
    return true;
}

void roster_wait(Broker *broker) {
    int64_t now = wall_monotonic_ns();
    for (uint32_t i = 0; i < broker->options.live; i++)
        if (broker->play[i].waited_ns == 0) broker->play[i].waited_ns = now;
}

void roster_patience(Broker *broker) {
    int64_t now = wall_monotonic_ns();
    lose_the_missing(broker, now);
    if (broker->options.patience_ms < 0) return;
    for (uint32_t i = 0; i < broker->options.live; i++) {
        const Play *play = &broker->play[i];
        if (play->run != NULL &&
            now - play->waited_ns >= (int64_t)broker->options.patience_ms * 1000000)
            lose_the_silent(broker, play);
    }
}
