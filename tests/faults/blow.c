#include "tests/faults/nemesis_state.h"

static void post_fault(Nemesis *nemesis, SeatId seat, const char *what) {
    letter_post(nemesis, (Letter){.kind = ARRIVAL_FAULT, .seat = seat, .detail = what});
}

static void strike(Nemesis *nemesis, SeatId seat) {
    nemesis->damage.strikes[seat]++;
}

static void kill_agent(Nemesis *nemesis, SeatId seat) {
    if (seat_in(nemesis->dead, seat)) return;
    strike(nemesis, seat);
    letter_burn_all_of(nemesis, seat);
    nemesis->dead |= seat_bit(seat);
    post_fault(nemesis, seat, "its process was killed");
}

/* Nobody waits for this seat with the others unless somebody says that it is silent. */
static void fall_silent(Nemesis *nemesis, SeatId seat) {
    strike(nemesis, seat);
    if (!nemesis->plan.one_at_once) post_fault(nemesis, seat, "it fell silent");
}

/* What no agent says; brought back, it is not given another chance. */
static void spoil(Nemesis *nemesis, Letter *letter, Blow blow) {
    Answer *answer = &letter->answer[rng_below(&nemesis->luck, letter->answers)];
    Reply *reply = (Reply *)(uintptr_t)answer->reply;
    strike(nemesis, letter->seat);
    nemesis->damage.doomed[letter->seat] |= seat_in(nemesis->revived, letter->seat);
    letter->spoiled = true;
    if (blow == BLOW_TOO_FEW || answer->replies == 0)
        answer->replies = answer->replies > 0 ? answer->replies - 1 : UINT32_MAX;
    else if (blow == BLOW_WRONG_MOMENT)
        reply[rng_below(&nemesis->luck, answer->replies)].at +=
            rng_below(&nemesis->luck, 2) ? 1 : -1;
    else
        reply[rng_below(&nemesis->luck, answer->replies)].moves = NP_MAX_MOVES + 1;
}

static void duplicate(Nemesis *nemesis, const Letter *letter) {
    Arrival arrival = {.kind = letter->kind,
                       .seat = letter->seat,
                       .answers = letter->answers,
                       .answer = letter->answer};
    Letter again = letter_copy(&arrival);
    again.spoiled = true;
    again.held = rng_below(&nemesis->luck, 2) == 0;
    strike(nemesis, letter->seat);
    nemesis->damage.doomed[letter->seat] |= seat_in(nemesis->revived, letter->seat);
    letter_post(nemesis, again);
}

static void mislead(Nemesis *nemesis, Letter *letter) {
    letter->answer[rng_below(&nemesis->luck, letter->answers)].run = 77;
    letter->spoiled = true;
    nemesis->damage.doomed[letter->seat] |= seat_in(nemesis->revived, letter->seat);
    letter_post(nemesis, *letter);
    fall_silent(nemesis, letter->seat);
}

static void lose(Nemesis *nemesis, Letter *letter) {
    SeatId seat = letter->seat;
    letter_burn(letter);
    fall_silent(nemesis, seat);
}

static void cut_off(Nemesis *nemesis, const Letter *letter) {
    letter_post(nemesis, *letter);
    strike(nemesis, letter->seat);
    nemesis->dead |= seat_bit(letter->seat);
    post_fault(nemesis, letter->seat, "its line was cut");
}

static void kill_some(Nemesis *nemesis, Letter *letter, Blow blow) {
    SeatId seat = letter->seat;
    letter_burn(letter);
    if (blow == BLOW_STAY_AWAY) {
        nemesis->damage.doomed[seat] = true;
        nemesis->away |= seat_bit(seat);
    }
    kill_agent(nemesis, seat);
    for (SeatId other = 0; other < NP_MAX_SEATS && blow == BLOW_KILL_ALL; other++)
        kill_agent(nemesis, other);
}

static void hold_back(Nemesis *nemesis, Letter *letter) {
    letter->held = true;
    letter_post(nemesis, *letter);
}

static Blow any_blow(Nemesis *nemesis) {
    static const Blow another = BLOW_DELAY;
    Blow blow = (Blow)rng_below(&nemesis->luck, BLOWS);
    bool ends = blow == BLOW_BREAK || blow == BLOW_STOP || blow == BLOW_STAY_AWAY;
    if (ends && (nemesis->plan.patient || rng_below(&nemesis->luck, 2) > 0)) return another;
    return blow == BLOW_STAY_AWAY && !nemesis->plan.one_at_once ? another : blow;
}

static void hit(Nemesis *nemesis, Letter *letter, Blow blow) {
    nemesis->damage.blows[blow]++;
    switch (blow) {
    case BLOW_DROP: lose(nemesis, letter); return;
    case BLOW_DELAY: hold_back(nemesis, letter); return;
    case BLOW_DUPLICATE: duplicate(nemesis, letter); break;
    case BLOW_CUT_OFF: cut_off(nemesis, letter); return;
    case BLOW_KILL:
    case BLOW_KILL_ALL:
    case BLOW_STAY_AWAY: kill_some(nemesis, letter, blow); return;
    case BLOW_WRONG_RUN: mislead(nemesis, letter); return;
    case BLOW_BREAK: nemesis->break_next = true; break;
    case BLOW_STOP: nemesis->stop = true; break;
    default: spoil(nemesis, letter, blow); break;
    }
    letter_post(nemesis, *letter);
}

static bool escapes(Nemesis *nemesis, const Letter *letter) {
    return letter->kind != ARRIVAL_ANSWERS || nemesis->plan.one_in == 0 ||
           rng_below(&nemesis->luck, nemesis->plan.one_in) > 0;
}

/* All that the players have said comes into the hands of the nemesis. */
void blow_collect(Nemesis *nemesis) {
    Arrival arrival = {0};
    for (;;) {
        nemesis->inner->type->receive(nemesis->inner, 0, &arrival, NULL);
        if (arrival.kind == ARRIVAL_NOTHING) return;
        if (seat_in(nemesis->dead, arrival.seat)) continue;
        Letter letter = letter_copy(&arrival);
        letter.lie = letter.answers == 1 && nemesis->actor[arrival.seat].lied;
        nemesis->actor[arrival.seat].lied = false;
        bool fated = letter.kind == ARRIVAL_ANSWERS && ++nemesis->heard == nemesis->plan.kill_at;
        if (fated) kill_agent(nemesis, 0);
        if (fated && letter.seat == 0)
            letter_burn(&letter);
        else if (escapes(nemesis, &letter))
            letter_post(nemesis, letter);
        else
            hit(nemesis, &letter, any_blow(nemesis));
    }
}
