#include "core/negotiation/session_moves.h"

#include <assert.h>
#include <string.h>

void session_open(Session *session, const Negotiation *negotiation) {
    memset(session, 0, sizeof *session);
    session->negotiation = negotiation;
    session->status_quo = domain_status_quo(&negotiation->terms.domain);
    if (negotiation->terms.mechanism->open != NULL) negotiation->terms.mechanism->open(session);
}

/* --- looking --- */

const StandingOffer *session_look_up(const Session *session, uint32_t number, SeatId *by) {
    if (number == 0) return NULL;
    for (SeatId seat = 0; seat < session->negotiation->terms.seats; seat++) {
        if (session->standing[0][seat].number != number) continue;
        *by = seat;
        return &session->standing[0][seat];
    }
    return NULL;
}

StandingOffer *session_find_offer(Session *session, uint32_t number, SeatId *by) {
    return (StandingOffer *)session_look_up(session, number, by);
}

SeatSet session_pool(const Session *session, const Outcome *package) {
    SeatSet pool = 0;
    for (SeatId seat = 0; seat < session->negotiation->terms.seats; seat++) {
        const StandingOffer *offer = &session->standing[0][seat];
        if (offer->number == 0) continue;
        for (uint8_t k = 0; k < offer->packages; k++)
            if (outcome_equal(&offer->menu[k], package)) pool |= offer->accepted[k];
    }
    return pool;
}

bool session_ruled_out(const Session *session, SeatId seat, const Outcome *package) {
    for (uint8_t issue = 0; issue < session->negotiation->terms.domain.issues; issue++) {
        uint8_t option = package->option[issue];
        if (option != NP_NO_OPTION && (session->ruled_out[seat][issue] >> option & 1u) != 0)
            return true;
    }
    return false;
}

/* --- making moves --- */

static void conclude_if_agreed(Session *session, const Outcome *package, Effect *effect) {
    const Terms *terms = &session->negotiation->terms;
    SeatSet pool = session_pool(session, package);
    SeatSet needed = consent_needed(&terms->consent, &terms->domain, &session->status_quo, package);
    effect->accepted = pool;
    if ((needed & ~pool) != 0) return;
    effect->concluded = true;
    effect->partial = !domain_complete(&terms->domain, package);
    effect->signatories = pool;
    effect->conclusion = *package;
}

/* As long as any duration in a scenario, so that sums of times stay far from overflow. */
#define LONGEST_VALIDITY (INT64_C(100000) * 86400)

/* Does the seat join others in a package that it did not stand behind until now? */
static bool joins(const Session *session, SeatId seat, const Outcome *package) {
    SeatSet pool = session_pool(session, package);
    return pool != 0 && !seat_in(pool, seat);
}

static void make_offer(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect) {
    StandingOffer *offer = &session->standing[0][seat];
    for (uint8_t k = 0; k < action->packages; k++)
        effect->newly |= joins(session, seat, &action->menu[k]);
    offer->number = ++session->offers;
    offer->packages = action->packages;
    offer->rejected = 0;
    /* With turns an offer stands until it is replaced, as it does when it would outlive everybody. */
    bool expires = action->valid_for > 0 && action->valid_for <= LONGEST_VALIDITY &&
                   !session->negotiation->terms.mechanism->turns;
    offer->expires_at = expires ? at + action->valid_for : NP_NEVER;
    for (uint8_t k = 0; k < action->packages; k++) {
        offer->menu[k] = action->menu[k];
        offer->accepted[k] = offer->ever[k] = seat_bit(seat);
        effect->breaks_commitment |= session_ruled_out(session, seat, &action->menu[k]);
    }
    effect->kind = NP_EVENT_OFFER;
    effect->offer = offer->number;
    effect->expires_at = offer->expires_at;
    for (uint8_t k = 0; k < offer->packages && !effect->concluded; k++) {
        effect->package = k;
        conclude_if_agreed(session, &offer->menu[k], effect);
    }
}

static void make_acceptance(Session *session, SeatId seat, const Action *action, SimTime at,
                            Effect *effect) {
    (void)at;
    SeatId by = NP_NO_SEAT;
    StandingOffer *offer = session_find_offer(session, action->offer, &by);
    const Outcome package = offer->menu[action->package];
    effect->newly = joins(session, seat, &package) && !seat_in(offer->ever[action->package], seat);
    offer->accepted[action->package] |= seat_bit(seat);
    offer->ever[action->package] |= seat_bit(seat);
    offer->rejected &= ~seat_bit(seat);
    effect->kind = NP_EVENT_ACCEPTANCE;
    effect->offer = offer->number;
    effect->package = action->package;
    effect->breaks_commitment = session_ruled_out(session, seat, &package);
    conclude_if_agreed(session, &package, effect);
}

static void make_rejection(Session *session, SeatId seat, const Action *action, SimTime at,
                           Effect *effect) {
    (void)at;
    SeatId by = NP_NO_SEAT;
    StandingOffer *offer = session_find_offer(session, action->offer, &by);
    offer->rejected |= seat_bit(seat);
    for (uint8_t k = 0; k < offer->packages; k++) offer->accepted[k] &= ~seat_bit(seat);
    effect->kind = NP_EVENT_REJECTION;
    effect->offer = offer->number;
}

static void make_withdrawal(Session *session, SeatId seat, const Action *action, SimTime at,
                            Effect *effect) {
    (void)at;
    SeatId by = NP_NO_SEAT;
    StandingOffer *offer = session_find_offer(session, action->offer, &by);
    effect->kind = NP_EVENT_WITHDRAWAL;
    effect->offer = offer->number;
    if (by == seat) {
        offer->number = 0; /* all of it: a package that was named all the same means nothing */
        return;
    }
    effect->package = action->package;
    offer->accepted[action->package] &= ~seat_bit(seat);
}

static void make_rule_out(Session *session, SeatId seat, const Action *action, SimTime at,
                          Effect *effect) {
    (void)at;
    session->ruled_out[seat][action->issue] |= 1u << action->option;
    effect->kind = NP_EVENT_RULE_OUT;
}

static void make_walk_out(Session *session, SeatId seat, const Action *action, SimTime at,
                          Effect *effect) {
    (void)seat, (void)action, (void)at;
    session->closed = true;
    effect->kind = NP_EVENT_WALK_OUT;
}

static void make_pass(Session *session, SeatId seat, const Action *action, SimTime at,
                      Effect *effect) {
    (void)session, (void)seat, (void)action, (void)at;
    effect->kind = NP_EVENT_PASS;
}

/* How each kind of move is made. */
static void (*const make[])(Session *, SeatId, const Action *, SimTime, Effect *) = {
    [NP_PASS] = make_pass,         [NP_OFFER] = make_offer,         [NP_ACCEPT] = make_acceptance,
    [NP_REJECT] = make_rejection,  [NP_WITHDRAW] = make_withdrawal, [NP_RULE_OUT] = make_rule_out,
    [NP_WALK_OUT] = make_walk_out,
};

void session_make_move(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect) {
    make[action->kind](session, seat, action, at, effect);
}

/* A partial accord becomes the status quo of its issues; a complete package closes the talks. */
static void session_settle(Session *session, const Effect *effect) {
    if (!effect->partial) {
        session->closed = true;
        return;
    }
    for (uint8_t issue = 0; issue < session->negotiation->terms.domain.issues; issue++) {
        if (effect->conclusion.option[issue] == NP_NO_OPTION) continue;
        session->status_quo.option[issue] = effect->conclusion.option[issue];
        session->settled |= 1u << issue;
    }
}

void session_apply(Session *session, SeatId seat, const Action *action, SimTime at,
                   Effect *effect) {
    assert(seat < session->negotiation->terms.seats);
    memset(effect, 0, sizeof *effect);
    effect->kind = NP_EVENT_REFUSAL;
    effect->ruling = session_judge(session, seat, action);
    if (effect->ruling != NP_RULING_OK) return;
    session->negotiation->terms.mechanism->apply(session, seat, action, at, effect);
    if (effect->concluded) session_settle(session, effect);
}

uint32_t session_expire(Session *session, SeatId seat, SimTime at) {
    StandingOffer *offer = &session->standing[0][seat];
    uint32_t number = offer->number;
    if (number == 0 || offer->expires_at > at) return 0;
    offer->number = 0;
    return number;
}

/* May a package still be concluded by those who have accepted it? What is settled is lived with from now
 * on, and may exclude it or carry it over a hard red line. */
static bool package_fits(const Session *session, const Outcome *package, SeatSet accepted) {
    const Negotiation *negotiation = session->negotiation;
    const Domain *domain = &negotiation->terms.domain;
    if (session_reopens_settled(session, package) || !session_changes_something(session, package))
        return false;
    Outcome lived = domain_fill(domain, package, &session->status_quo);
    if (domain_excludes(domain, &lived) != NULL) return false;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        if (seat_in(accepted, seat) && profile_crosses(&negotiation->profile[seat], &lived) != NULL)
            return false;
    return true;
}

static bool still_fits(const Session *session, const StandingOffer *offer) {
    for (uint8_t k = 0; k < offer->packages; k++)
        if (!package_fits(session, &offer->menu[k], offer->accepted[k])) return false;
    return true;
}

SeatSet session_lapse(Session *session, uint32_t numbers[NP_MAX_SEATS]) {
    SeatSet lapsed = 0;
    for (SeatId seat = 0; seat < session->negotiation->terms.seats; seat++) {
        StandingOffer *offer = &session->standing[0][seat];
        if (offer->number == 0 || still_fits(session, offer)) continue;
        numbers[seat] = offer->number;
        offer->number = 0;
        lapsed |= seat_bit(seat);
    }
    return lapsed;
}

bool session_conclude_standing(Session *session, Effect *effect) {
    memset(effect, 0, sizeof *effect);
    for (SeatId seat = 0; seat < session->negotiation->terms.seats; seat++) {
        const StandingOffer *offer = &session->standing[0][seat];
        for (uint8_t k = 0; offer->number != 0 && k < offer->packages; k++) {
            conclude_if_agreed(session, &offer->menu[k], effect);
            if (!effect->concluded) continue;
            session_settle(session, effect);
            return true;
        }
    }
    return false;
}
