/* The single negotiating text (Roger Fisher at Camp David; Raiffa, The Art and Science of Negotiation,
 * 1982; with computed judges Klein, Faratin, Sayama and Bar-Yam, Protocols for Negotiating Complex
 * Contracts, 2003). The mediator puts one draft before the parties; each says whether it would rather have it
 * than the text so far. A draft that all of them prefer becomes the text, and binds nobody. When the text
 * itself is tabled, that is its final reading: who accepts now is bound. */
#include "core/negotiation/session.h"

static void single_text_open(Session *session) {
    session->text = outcome_empty();
}

static bool is_drafting(uint8_t kind) {
    return kind == NP_OFFER;
}

static bool is_judging(uint8_t kind) {
    return kind == NP_ACCEPT || kind == NP_REJECT;
}

static Ruling single_text_judge(const Session *session, SeatId seat, const Action *action,
                                SimTime at) {
    (void)at;
    bool mediates = seat == session->negotiation->terms.mediator;
    bool others = mediates ? is_judging(action->kind) : is_drafting(action->kind);
    return others ? NP_RULING_NOT_YOUR_ROLE : NP_RULING_OK;
}

/* The draft may be that of another who mediated before the settings changed. */
static void adopt_if_preferred_by_all(Session *session, const Effect *effect) {
    const Terms *terms = &session->negotiation->terms;
    OfferPlace place;
    const StandingOffer *draft = session_find_offer(session, effect->offer, &place);
    SeatSet judges = terms->consent.all & ~seat_bit(terms->mediator);
    if ((judges & ~effect->accepted) == 0) session->text = draft->menu[effect->package];
}

static void single_text_apply(Session *session, SeatId seat, const Action *action, SimTime at,
                              Effect *effect) {
    if (action->kind == NP_OFFER) {
        session->final = outcome_equal(&action->menu[0], &session->text);
        session->drafts++;
    }
    session_make_move(session, seat, action, at, effect);
    if (action->kind == NP_ACCEPT) adopt_if_preferred_by_all(session, effect);
}

/* A draft that has just become the text still waits for its final reading. */
static bool single_text_concludes(const Session *session, const Outcome *package) {
    return session->final && outcome_equal(package, &session->text);
}

const Mechanism mechanism_single_text = {
    .name = "single-text",
    .summary = "a mediator drafts one text, which the others judge until they agree on it",
    .source = "Raiffa 1982; Klein, Faratin, Sayama and Bar-Yam 2003",
    .mediated = true,
    .menu_limit = 1,
    .open = single_text_open,
    .judge = single_text_judge,
    .apply = single_text_apply,
    .concludes = single_text_concludes,
};
