/* What stands: looking offers up, pooling acceptances, and what happens without a move. */
#include <string.h>

#include "core/negotiation/session_moves.h"

/* --- looking --- */

SeatSet session_members(const Session *session, uint8_t table) {
    const Terms *terms = &session->negotiation->terms;
    return table == 0 ? terms->consent.all : terms->table[table].members;
}

uint8_t session_table_of(const Session *session, uint32_t number) {
    return (uint8_t)((number - 1) % (1u + session->negotiation->terms.closed_tables));
}

const StandingOffer *session_look_up(const Session *session, uint32_t number, OfferPlace *place) {
    const Terms *terms = &session->negotiation->terms;
    if (number == 0) return NULL;
    for (uint8_t table = 0; table <= terms->closed_tables; table++)
        for (SeatId seat = 0; seat < terms->seats; seat++) {
            if (session->standing[table][seat].number != number) continue;
            *place = (OfferPlace){number, table, seat};
            return &session->standing[table][seat];
        }
    return NULL;
}

StandingOffer *session_find_offer(Session *session, uint32_t number, OfferPlace *place) {
    return (StandingOffer *)session_look_up(session, number, place);
}

static bool offers_package(const StandingOffer *offer, const Outcome *package, uint8_t *k) {
    for (*k = 0; offer->number != 0 && *k < offer->packages; ++*k)
        if (outcome_equal(&offer->menu[*k], package)) return true;
    return false;
}

SeatSet session_pool(const Session *session, uint8_t table, const Outcome *package) {
    SeatSet pool = 0;
    uint8_t k;
    for (SeatId seat = 0; seat < session->negotiation->terms.seats; seat++) {
        const StandingOffer *offer = &session->standing[table][seat];
        if (offers_package(offer, package, &k)) pool |= offer->accepted[k];
    }
    return pool;
}

/* --- concluding --- */

static bool has_every_consent(const Session *session, const Outcome *package, SeatSet pool) {
    const Terms *terms = &session->negotiation->terms;
    SeatSet needed = consent_needed(&terms->consent, &terms->domain, &session->status_quo, package);
    if ((needed & ~(pool & session->authorised)) != 0) return false;
    return terms->mechanism->concludes == NULL || terms->mechanism->concludes(session, package);
}

static void conclude(const Session *session, const Outcome *package, SeatSet pool, Effect *effect) {
    effect->accepted = pool;
    effect->concluded = true;
    effect->partial = !domain_complete(&session->negotiation->terms.domain, package);
    effect->signatories = pool & session->authorised;
    effect->conclusion = *package;
}

void session_weigh(const Session *session, uint8_t table, const Outcome *package, Effect *effect) {
    SeatSet pool = session_pool(session, table, package);
    effect->accepted = pool;
    if (session->negotiation->terms.mechanism->rounds)
        return; /* all of the moment is to be known */
    if (has_every_consent(session, package, pool)) conclude(session, package, pool, effect);
}

void session_settle(Session *session, const Effect *effect) {
    if (!effect->partial) {
        session->closed = true;
        return;
    }
    for (uint8_t issue = 0; issue < session->negotiation->terms.domain.issues; issue++)
        if (effect->conclusion.option[issue] != NP_NO_OPTION)
            session_move_status_quo(session, issue, effect->conclusion.option[issue]);
}

/* Identical packages at a table are one: the first of them stands for all. */
static bool stands_earlier(const Session *session, uint8_t table, SeatId by,
                           const Outcome *package) {
    uint8_t k;
    for (SeatId seat = 0; seat < by; seat++)
        if (offers_package(&session->standing[table][seat], package, &k)) return true;
    return false;
}

/* Does the package at that place have every consent, and is it the first of its like? */
static bool is_ready(const Session *session, uint8_t table, SeatId seat, uint8_t k) {
    const Outcome *package = &session->standing[table][seat].menu[k];
    SeatSet pool = session_pool(session, table, package);
    return has_every_consent(session, package, pool) &&
           !stands_earlier(session, table, seat, package);
}

/* Counts the ready packages up to and with the `which`-th, which fills the effect. */
static uint32_t count_ready(const Session *session, uint32_t which, Effect *effect) {
    const Terms *terms = &session->negotiation->terms;
    uint32_t ready = 0;
    for (uint8_t table = 0; table <= terms->closed_tables; table++)
        for (SeatId seat = 0; seat < terms->seats; seat++) {
            const StandingOffer *offer = &session->standing[table][seat];
            for (uint8_t k = 0; offer->number != 0 && k < offer->packages; k++) {
                if (!is_ready(session, table, seat, k) || ready++ != which) continue;
                effect->offer = offer->number;
                effect->package = k;
                effect->table = table;
                SeatSet pool = session_pool(session, table, &offer->menu[k]);
                conclude(session, &offer->menu[k], pool, effect);
                return ready;
            }
        }
    return ready;
}

uint32_t session_ready(const Session *session) {
    if (session->closed) return 0;
    return count_ready(session, UINT32_MAX, NULL);
}

void session_conclude(Session *session, uint32_t which, Effect *effect) {
    memset(effect, 0, sizeof *effect);
    count_ready(session, which, effect);
    if (effect->concluded) session_settle(session, effect);
}

/* --- running out --- */

bool session_expire(Session *session, uint32_t number, SimTime at, OfferPlace *place) {
    StandingOffer *offer = session_find_offer(session, number, place);
    if (offer == NULL || offer->expires_at > at) return false;
    offer->number = 0;
    return true;
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
        if (seat_in(accepted, seat) && profile_crosses(session->profile[seat], &lived) != NULL)
            return false;
    return true;
}

static bool still_fits(const Session *session, uint8_t table, const StandingOffer *offer) {
    SeatSet outsiders = ~session_members(session, table);
    for (uint8_t k = 0; k < offer->packages; k++)
        if ((offer->accepted[k] & outsiders) != 0 ||
            !package_fits(session, &offer->menu[k], offer->accepted[k]))
            return false;
    return true;
}

uint32_t session_lapse(Session *session, OfferPlace lapsed[SESSION_MAX_STANDING]) {
    const Terms *terms = &session->negotiation->terms;
    uint32_t count = 0;
    for (uint8_t table = 0; table <= terms->closed_tables; table++)
        for (SeatId seat = 0; seat < terms->seats; seat++) {
            StandingOffer *offer = &session->standing[table][seat];
            if (offer->number == 0 || still_fits(session, table, offer)) continue;
            lapsed[count++] = (OfferPlace){offer->number, table, seat};
            offer->number = 0;
        }
    return count;
}

/* --- what levers and shocks do at the table --- */

void session_move_status_quo(Session *session, uint8_t issue, uint8_t option) {
    session->status_quo.option[issue] = option;
    session->settled |= UINT32_C(1) << issue;
}

bool session_authorise(Session *session, SeatId seat) {
    bool news = !seat_in(session->authorised, seat);
    session->authorised |= seat_bit(seat);
    return news;
}

double session_set_level(Session *session, uint8_t lever, double level) {
    double before = session->level[lever];
    session->level[lever] = utility_real(utility_from(level));
    return before;
}
