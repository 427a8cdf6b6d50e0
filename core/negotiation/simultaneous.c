/* Simultaneous rounds, as in the monotonic concession protocol of Rosenschein and Zlotkin (Rules of
 * Encounter, 1994): in every round each seat makes one offer or accepts one, without seeing what the others
 * do. What is accepted are offers of the rounds before; an offer stands until its seat makes the next. A
 * package is concluded when the moves of a moment are known, never by who happens to be ruled first: that
 * is left to session_conclude. */
#include "core/negotiation/session.h"

static void simultaneous_open(Session *session) {
    session->round = -1; /* before any */
}

static bool is_substance(uint8_t kind) {
    return kind == NP_OFFER || kind == NP_ACCEPT;
}

static Ruling simultaneous_judge(const Session *session, SeatId seat, const Action *action,
                                 SimTime at) {
    bool moved = session->round == at && seat_in(session->moved, seat);
    return moved && is_substance(action->kind) ? NP_RULING_NOT_YOUR_TURN : NP_RULING_OK;
}

static void simultaneous_apply(Session *session, SeatId seat, const Action *action, SimTime at,
                               Effect *effect) {
    session_make_move(session, seat, action, at, effect);
    if (!is_substance(action->kind)) return;
    if (session->round != at) session->moved = 0;
    session->round = at;
    session->moved |= seat_bit(seat);
}

const Mechanism mechanism_simultaneous = {
    .name = "simultaneous",
    .summary = "rounds in which all seats offer or accept at once, unseen by the others",
    .source = "Rosenschein and Zlotkin 1994",
    .rounds = true,
    .unanimous = true,
    .menu_limit = 1,
    .open = simultaneous_open,
    .judge = simultaneous_judge,
    .apply = simultaneous_apply,
};
