/* Judging moves: every rule that holds whatever the mechanism. */
#include "core/negotiation/session_moves.h"

bool session_reopens_settled(const Session *session, const Outcome *package) {
    for (uint8_t issue = 0; session->settled >> issue != 0 && issue < NP_MAX_ISSUES; issue++) {
        uint8_t option = package->option[issue];
        if ((session->settled >> issue & 1u) != 0 && option != NP_NO_OPTION &&
            option != session->status_quo.option[issue])
            return true;
    }
    return false;
}

bool session_changes_something(const Session *session, const Outcome *package) {
    for (uint8_t issue = 0; issue < session->negotiation->terms.domain.issues; issue++)
        if (package->option[issue] != NP_NO_OPTION &&
            package->option[issue] != session->status_quo.option[issue])
            return true;
    return false;
}

/* A package is complete, or names separable issues only and at least one. */
static bool is_proper_scope(const Domain *domain, const Outcome *package) {
    bool silent = false, inseparable = false, named = false;
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        if (package->option[issue] == NP_NO_OPTION) {
            silent = true;
            continue;
        }
        named = true;
        if (!domain->issue[issue].separable) inseparable = true;
    }
    return named && (!silent || !inseparable);
}

static Ruling judge_package(const Session *session, SeatId seat, const Outcome *package) {
    const Domain *domain = &session->negotiation->terms.domain;
    if (!domain_contains(domain, package)) return NP_RULING_MALFORMED;
    if (!is_proper_scope(domain, package)) return NP_RULING_INCOMPLETE;
    if (session_reopens_settled(session, package)) return NP_RULING_CONTRADICTS_ACCORD;
    if (!session_changes_something(session, package)) return NP_RULING_STATUS_QUO;
    Outcome lived = domain_fill(domain, package, &session->status_quo);
    if (domain_excludes(domain, &lived) != NULL) return NP_RULING_INFEASIBLE;
    if (profile_crosses(session->profile[seat], &lived) != NULL) return NP_RULING_CROSSES_RED_LINE;
    return NP_RULING_OK;
}

static bool is_member(const Session *session, SeatId seat, uint8_t table) {
    return seat_in(session_members(session, table), seat);
}

/* By the number alone: nobody finds out by trying whether an offer stands at another's table. */
static bool is_elsewhere(const Session *session, SeatId seat, uint32_t number) {
    return number != 0 && !is_member(session, seat, session_table_of(session, number));
}

static Ruling judge_table(const Session *session, SeatId seat, uint8_t table) {
    if (table > session->negotiation->terms.closed_tables) return NP_RULING_MALFORMED;
    return is_member(session, seat, table) ? NP_RULING_OK : NP_RULING_NOT_A_MEMBER;
}

static Ruling judge_offer(const Session *session, SeatId seat, const Action *action) {
    if (action->packages == 0 || action->packages > NP_MAX_MENU || action->valid_for < 0)
        return NP_RULING_MALFORMED;
    Ruling there = judge_table(session, seat, action->table);
    if (there != NP_RULING_OK) return there;
    if (action->packages > session->negotiation->terms.menu_limit) return NP_RULING_MENU_TOO_LARGE;
    for (uint8_t k = 0; k < action->packages; k++) {
        Ruling ruling = judge_package(session, seat, &action->menu[k]);
        if (ruling != NP_RULING_OK) return ruling;
        for (uint8_t earlier = 0; earlier < k; earlier++)
            if (outcome_equal(&action->menu[earlier], &action->menu[k])) return NP_RULING_MALFORMED;
    }
    return NP_RULING_OK;
}

static Ruling judge_accept(const Session *session, SeatId seat, const Action *action) {
    OfferPlace place;
    const StandingOffer *offer = session_look_up(session, action->offer, &place);
    if (is_elsewhere(session, seat, action->offer)) return NP_RULING_NOT_A_MEMBER;
    if (offer == NULL) return NP_RULING_NO_SUCH_OFFER;
    if (action->package >= offer->packages) return NP_RULING_MALFORMED;
    if (seat_in(offer->accepted[action->package], seat)) return NP_RULING_ALREADY_SAID;
    return judge_package(session, seat, &offer->menu[action->package]);
}

static Ruling judge_reject(const Session *session, SeatId seat, const Action *action) {
    OfferPlace place;
    const StandingOffer *offer = session_look_up(session, action->offer, &place);
    if (is_elsewhere(session, seat, action->offer)) return NP_RULING_NOT_A_MEMBER;
    if (offer == NULL) return NP_RULING_NO_SUCH_OFFER;
    return place.seat == seat || seat_in(offer->rejected, seat) ? NP_RULING_ALREADY_SAID
                                                                : NP_RULING_OK;
}

static Ruling judge_withdraw(const Session *session, SeatId seat, const Action *action) {
    OfferPlace place;
    const StandingOffer *offer = session_look_up(session, action->offer, &place);
    if (is_elsewhere(session, seat, action->offer)) return NP_RULING_NOT_A_MEMBER;
    if (offer == NULL) return NP_RULING_NO_SUCH_OFFER;
    if (place.seat == seat) return NP_RULING_OK;
    if (action->package >= offer->packages) return NP_RULING_MALFORMED;
    return seat_in(offer->accepted[action->package], seat) ? NP_RULING_OK : NP_RULING_NO_SUCH_OFFER;
}

static bool names_option(const Session *session, const Action *action) {
    const Domain *domain = &session->negotiation->terms.domain;
    return action->issue < domain->issues && action->option < domain->issue[action->issue].options;
}

static Ruling judge_rule_out(const Session *session, SeatId seat, const Action *action) {
    if (!names_option(session, action)) return NP_RULING_MALFORMED;
    bool said = (session->ruled_out[seat][action->issue] >> action->option & 1u) != 0;
    return said ? NP_RULING_ALREADY_SAID : NP_RULING_OK;
}

static Ruling judge_lever(const Session *session, SeatId seat, const Action *action) {
    const Terms *terms = &session->negotiation->terms;
    if (action->lever >= terms->levers || action->level != action->level)
        return NP_RULING_MALFORMED;
    const Lever *lever = &terms->lever[action->lever];
    if (lever->seat != seat) return NP_RULING_NOT_YOUR_LEVER;
    if (action->level < lever->least || action->level > lever->most) return NP_RULING_OUT_OF_BOUNDS;
    double rounded = utility_real(utility_from(action->level));
    return rounded == session->level[action->lever] ? NP_RULING_ALREADY_SAID : NP_RULING_OK;
}

/* A demand or a signal is about an option; what a seat threatens or promises to do is its own to do. */
static Ruling judge_statement(const Session *session, SeatId seat, const Action *action) {
    const Terms *terms = &session->negotiation->terms;
    uint8_t word = action->statement;
    bool asks = word == NP_SAY_DEMAND || word == NP_SAY_SIGNAL;
    if (word < NP_SAY_DEMAND || word > NP_SAY_DENY) return NP_RULING_MALFORMED;
    if ((asks || action->option != NP_NO_OPTION) && !names_option(session, action))
        return NP_RULING_MALFORMED;
    bool names_lever = !asks && action->lever != NP_NO_LEVER;
    if (names_lever && action->lever >= terms->levers) return NP_RULING_MALFORMED;
    if (names_lever && word != NP_SAY_DENY && terms->lever[action->lever].seat != seat)
        return NP_RULING_NOT_YOUR_LEVER;
    return judge_table(session, seat, action->table);
}

static Ruling judge_always(const Session *session, SeatId seat, const Action *action) {
    (void)session, (void)seat, (void)action;
    return NP_RULING_OK;
}

/* How each kind of move is judged. */
static Ruling (*const judge[])(const Session *, SeatId, const Action *) = {
    [NP_PASS] = judge_always,     [NP_OFFER] = judge_offer,       [NP_ACCEPT] = judge_accept,
    [NP_REJECT] = judge_reject,   [NP_WITHDRAW] = judge_withdraw, [NP_RULE_OUT] = judge_rule_out,
    [NP_WALK_OUT] = judge_always, [NP_LEVER] = judge_lever,       [NP_STATEMENT] = judge_statement,
};

/* What is signed is no longer talked about, but the world goes on until it is in force. */
static bool may_still_be_moved(const Session *session, uint8_t kind) {
    return !session->closed || (kind == NP_LEVER && !session->left);
}

Ruling session_judge(const Session *session, SeatId seat, const Action *action, SimTime at) {
    if (action->kind >= sizeof judge / sizeof judge[0]) return NP_RULING_MALFORMED;
    if (!may_still_be_moved(session, action->kind)) return NP_RULING_TALKS_CLOSED;
    Ruling ruling = session->negotiation->terms.mechanism->judge(session, seat, action, at);
    return ruling != NP_RULING_OK ? ruling : judge[action->kind](session, seat, action);
}
