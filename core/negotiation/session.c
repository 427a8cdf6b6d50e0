#include "core/negotiation/session_moves.h"

#include <assert.h>
#include <string.h>

void session_open(Session *session, const Negotiation *negotiation) {
    memset(session, 0, sizeof *session);
    session->negotiation = negotiation;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        session->profile[seat] = &negotiation->profile[seat];
    const Terms *terms = &negotiation->terms;
    session->status_quo = domain_status_quo(&terms->domain);
    session->text = outcome_empty();
    session->authorised = terms->consent.all & ~terms->unauthorised;
    for (uint8_t lever = 0; lever < terms->levers; lever++)
        session_set_level(session, lever, terms->lever[lever].start);
    if (terms->mechanism->open != NULL) terms->mechanism->open(session);
}

bool session_ruled_out(const Session *session, SeatId seat, const Outcome *package) {
    if (!seat_in(session->sworn, seat)) return false;
    for (uint8_t issue = 0; issue < session->negotiation->terms.domain.issues; issue++) {
        uint8_t option = package->option[issue];
        if (option != NP_NO_OPTION && (session->ruled_out[seat][issue] >> option & 1u) != 0)
            return true;
    }
    return false;
}

/* --- making moves --- */

static uint32_t options_in(uint32_t set) {
    uint32_t count = 0;
    for (; set != 0; set &= set - 1) count++;
    return count;
}

/* Each option so broken costs once, and the more the more the seat has sworn off (Fearon 1994). */
Utility session_expose(Session *session, SeatId seat, const Outcome *package) {
    const Terms *terms = &session->negotiation->terms;
    uint32_t sworn = 0, owed = 0;
    for (uint8_t issue = 0; issue < terms->domain.issues; issue++) {
        uint8_t option = package->option[issue];
        uint32_t *paid = &session->paid[seat][issue];
        sworn += options_in(session->ruled_out[seat][issue]);
        if (option == NP_NO_OPTION) continue;
        uint32_t known = session->broken[seat][issue] & UINT32_C(1) << option;
        owed += (known & ~*paid) != 0;
        *paid |= known;
    }
    return owed * (terms->audience_base + sworn * terms->audience_step);
}

/* What is broken at a closed table its audience does not know of yet. */
static void note_broken(Session *session, SeatId seat, const Outcome *package, Effect *effect) {
    if (!session_ruled_out(session, seat, package)) return;
    effect->breaks_commitment = true;
    for (uint8_t issue = 0; issue < session->negotiation->terms.domain.issues; issue++) {
        uint8_t option = package->option[issue];
        if (option != NP_NO_OPTION)
            session->broken[seat][issue] |= session->ruled_out[seat][issue] & UINT32_C(1) << option;
    }
    if (effect->table == 0) effect->audience_cost += session_expose(session, seat, package);
}

/* As long as any duration in a scenario, so that sums of times stay far from overflow. */
#define LONGEST_VALIDITY (INT64_C(100000) * 86400)

/* Does the seat join others in a package that it did not stand behind until now? */
static bool joins(const Session *session, uint8_t table, SeatId seat, const Outcome *package) {
    SeatSet pool = session_pool(session, table, package);
    return pool != 0 && !seat_in(pool, seat);
}

static uint32_t next_number(Session *session, uint8_t table) {
    uint32_t tables = 1u + session->negotiation->terms.closed_tables;
    uint32_t number = session->tabled[table]++ * tables + table + 1;
    if (number > session->offers) session->offers = number;
    return number;
}

static void make_offer(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect) {
    const Mechanism *mechanism = session->negotiation->terms.mechanism;
    StandingOffer *offer = &session->standing[action->table][seat];
    for (uint8_t k = 0; k < action->packages; k++)
        effect->newly |= joins(session, action->table, seat, &action->menu[k]);
    offer->number = next_number(session, action->table);
    offer->packages = action->packages;
    offer->rejected = 0;
    /* With turns or rounds an offer stands until it is replaced, as it does when it would outlive everybody. */
    bool expires = action->valid_for > 0 && action->valid_for <= LONGEST_VALIDITY &&
                   !mechanism->turns && !mechanism->rounds;
    offer->expires_at = expires ? at + action->valid_for : NP_NEVER;
    effect->table = action->table;
    for (uint8_t k = 0; k < action->packages; k++) {
        offer->menu[k] = action->menu[k];
        offer->accepted[k] = offer->ever[k] = seat_bit(seat);
        note_broken(session, seat, &action->menu[k], effect);
    }
    effect->kind = NP_EVENT_OFFER;
    effect->offer = offer->number;
    effect->expires_at = offer->expires_at;
    for (uint8_t k = 0; k < offer->packages && !effect->concluded; k++) {
        effect->package = k;
        session_weigh(session, action->table, &offer->menu[k], effect);
    }
}

static void make_acceptance(Session *session, SeatId seat, const Action *action, SimTime at,
                            Effect *effect) {
    (void)at;
    OfferPlace place = {0};
    StandingOffer *offer = session_find_offer(session, action->offer, &place);
    const Outcome package = offer->menu[action->package];
    effect->newly =
        joins(session, place.table, seat, &package) && !seat_in(offer->ever[action->package], seat);
    offer->accepted[action->package] |= seat_bit(seat);
    offer->ever[action->package] |= seat_bit(seat);
    offer->rejected &= ~seat_bit(seat);
    effect->kind = NP_EVENT_ACCEPTANCE;
    effect->offer = offer->number;
    effect->table = place.table;
    effect->package = action->package;
    note_broken(session, seat, &package, effect);
    session_weigh(session, place.table, &package, effect);
}

static void make_rejection(Session *session, SeatId seat, const Action *action, SimTime at,
                           Effect *effect) {
    (void)at;
    OfferPlace place = {0};
    StandingOffer *offer = session_find_offer(session, action->offer, &place);
    offer->rejected |= seat_bit(seat);
    for (uint8_t k = 0; k < offer->packages; k++) offer->accepted[k] &= ~seat_bit(seat);
    effect->kind = NP_EVENT_REJECTION;
    effect->offer = offer->number;
    effect->table = place.table;
}

static void make_withdrawal(Session *session, SeatId seat, const Action *action, SimTime at,
                            Effect *effect) {
    (void)at;
    OfferPlace place = {0};
    StandingOffer *offer = session_find_offer(session, action->offer, &place);
    effect->kind = NP_EVENT_WITHDRAWAL;
    effect->offer = offer->number;
    effect->table = place.table;
    if (place.seat == seat) {
        offer->number = 0; /* all of it: a package that was named all the same means nothing */
        return;
    }
    effect->package = action->package;
    offer->accepted[action->package] &= ~seat_bit(seat);
}

static void make_rule_out(Session *session, SeatId seat, const Action *action, SimTime at,
                          Effect *effect) {
    (void)at;
    session->sworn |= seat_bit(seat);
    session->ruled_out[seat][action->issue] |= 1u << action->option;
    effect->kind = NP_EVENT_RULE_OUT;
    effect->issue = action->issue;
    effect->option = action->option;
}

static void make_walk_out(Session *session, SeatId seat, const Action *action, SimTime at,
                          Effect *effect) {
    (void)seat, (void)action, (void)at;
    session->closed = session->left = true;
    effect->kind = NP_EVENT_WALK_OUT;
}

static void make_pass(Session *session, SeatId seat, const Action *action, SimTime at,
                      Effect *effect) {
    (void)session, (void)seat, (void)action, (void)at;
    effect->kind = NP_EVENT_PASS;
}

static void make_lever(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect) {
    (void)seat, (void)at;
    effect->kind = NP_EVENT_LEVER;
    effect->lever = action->lever;
    effect->before = session_set_level(session, action->lever, action->level);
    effect->level = session->level[action->lever];
}

/* What a statement does not mean is not told, whatever its mover put there. */
static void make_statement(Session *session, SeatId seat, const Action *action, SimTime at,
                           Effect *effect) {
    (void)session, (void)seat, (void)at;
    bool asks = action->statement == NP_SAY_DEMAND || action->statement == NP_SAY_SIGNAL;
    effect->kind = NP_EVENT_STATEMENT;
    effect->table = action->table;
    effect->option = action->option;
    effect->issue = action->option == NP_NO_OPTION ? NP_NO_OPTION : action->issue;
    effect->lever = asks ? NP_NO_LEVER : action->lever;
}

/* How each kind of move is made. */
static void (*const make[])(Session *, SeatId, const Action *, SimTime, Effect *) = {
    [NP_PASS] = make_pass,         [NP_OFFER] = make_offer,         [NP_ACCEPT] = make_acceptance,
    [NP_REJECT] = make_rejection,  [NP_WITHDRAW] = make_withdrawal, [NP_RULE_OUT] = make_rule_out,
    [NP_WALK_OUT] = make_walk_out, [NP_LEVER] = make_lever,         [NP_STATEMENT] = make_statement,
};

void session_make_move(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect) {
    make[action->kind](session, seat, action, at, effect);
}

void session_apply(Session *session, SeatId seat, const Action *action, SimTime at,
                   Effect *effect) {
    assert(seat < session->negotiation->terms.seats);
    memset(effect, 0, sizeof *effect);
    effect->kind = NP_EVENT_REFUSAL;
    effect->ruling = session_judge(session, seat, action, at);
    if (effect->ruling != NP_RULING_OK) return;
    session->negotiation->terms.mechanism->apply(session, seat, action, at, effect);
    if (effect->concluded) session_settle(session, effect);
}
