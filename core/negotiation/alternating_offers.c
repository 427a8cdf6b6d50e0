/* Stacked alternating offers (Aydogan, Festen, Hindriks and Jonker 2017): seats move in turn; on its turn
 * a seat accepts the offer that stands, or replaces it by its own. One offer stands at the table. */
#include "core/negotiation/session.h"

static void alternating_open(Session *session) {
    session->turn = 0;
}

static Ruling alternating_judge(const Session *session, SeatId seat, const Action *action,
                                SimTime at) {
    (void)action, (void)at;
    return session->turn == seat ? NP_RULING_OK : NP_RULING_NOT_YOUR_TURN;
}

/* Words cost nothing; a move of substance, or none at all, spends the turn. */
static bool spends_turn(uint8_t kind) {
    return kind == NP_OFFER || kind == NP_ACCEPT || kind == NP_PASS;
}

static void clear_other_offers(Session *session, SeatId seat) {
    for (SeatId other = 0; other < session->negotiation->terms.seats; other++)
        if (other != seat) session->standing[0][other].number = 0;
}

static void alternating_apply(Session *session, SeatId seat, const Action *action, SimTime at,
                              Effect *effect) {
    if (action->kind == NP_OFFER) clear_other_offers(session, seat);
    session_make_move(session, seat, action, at, effect);
    if (spends_turn(action->kind))
        session->turn = (SeatId)((seat + 1) % session->negotiation->terms.seats);
}

const Mechanism mechanism_alternating_offers = {
    .name = "stacked-alternating-offers",
    .summary = "seats take turns: accept the standing offer or replace it by one's own",
    .source = "Aydogan, Festen, Hindriks and Jonker 2017",
    .turns = true,
    .unanimous = true,
    .menu_limit = 1,
    .open = alternating_open,
    .judge = alternating_judge,
    .apply = alternating_apply,
};
