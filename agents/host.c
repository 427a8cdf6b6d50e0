#include "agents/host.h"

#include "core/base/real.h"
#include "core/negotiation/mechanism.h"

static SeatHost *mine(const Host *host) {
    return host->context;
}

/* --- preferences --- */

static double utility(const Host *host, const Outcome *outcome) {
    const SeatHost *own = mine(host);
    return utility_real(profile_utility(own->profile, &own->preferences->domain, outcome));
}

static double reservation(const Host *host) {
    return utility_real(mine(host)->profile->reservation);
}

static double value_at(const Host *host, const Outcome *outcome, SimTime at) {
    const SeatHost *own = mine(host);
    return profile_value_at(own->profile, &own->preferences->domain, outcome, at);
}

/* Where a package is silent the status quo goes on, and is judged with it. What changes nothing is no
 * package: the referee would refuse it. */
static bool acceptable(const Host *host, const Outcome *outcome) {
    const SeatHost *own = mine(host);
    const Domain *domain = &own->preferences->domain;
    if (!domain_contains(domain, outcome)) return false;
    Outcome lived = domain_fill(domain, outcome, &own->status_quo);
    return !outcome_equal(&lived, &own->status_quo) && domain_excludes(domain, &lived) == NULL &&
           profile_crosses(own->profile, &lived) == NULL;
}

static SeatSet needed(const Host *host, const Outcome *outcome) {
    const SeatHost *own = mine(host);
    return consent_needed(&own->terms->consent, &own->preferences->domain, &own->status_quo,
                          outcome);
}

/* --- search --- */

/* Strategies may ask for any number; utilities are within a million. */
static Utility bounded_utility(double real) {
    if (!(real > -1e6)) return utility_from(-1e6);
    return utility_from(real < 1e6 ? real : 1e6);
}

static bool best(const Host *host, Outcome *out) {
    return inverse_best(mine(host)->preferences->inverse, out);
}

static bool at_least(const Host *host, double target, Outcome *out) {
    return inverse_at_least(mine(host)->preferences->inverse, bounded_utility(target), out);
}

static bool nearest(const Host *host, double target, double slack, const Outcome *reference,
                    Outcome *out) {
    return inverse_nearest(mine(host)->preferences->inverse, bounded_utility(target),
                           bounded_utility(slack), reference, out);
}

static bool best_with(const Host *host, uint8_t issue, uint8_t option, Outcome *out) {
    return inverse_best_with(mine(host)->preferences->inverse, issue, option, out);
}

static bool exact(const Host *host) {
    return inverse_exact(mine(host)->preferences->inverse);
}

/* --- luck --- */

static uint32_t random_u32(const Host *host) {
    return rng_u32(&mine(host)->luck);
}

static double random_unit(const Host *host) {
    return rng_unit(&mine(host)->luck);
}

/* --- life --- */

static const Host functions = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Host),
    .utility = utility,
    .reservation = reservation,
    .value_at = value_at,
    .acceptable = acceptable,
    .needed = needed,
    .best = best,
    .at_least = at_least,
    .nearest = nearest,
    .best_with = best_with,
    .exact = exact,
    .random_u32 = random_u32,
    .random_unit = random_unit,
    .exp = real_exp,
    .log = real_log,
    .pow = real_pow,
};

static void show_table(SeatHost *own, const Brief *brief) {
    const Terms *terms = brief->terms;
    own->host = functions;
    own->host.context = own;
    own->host.seat = brief->seat;
    own->host.seats = terms->seats;
    own->host.issues = terms->domain.issues;
    own->host.turns = terms->mechanism->turns;
    own->host.menu_limit = terms->menu_limit;
    own->host.deadline = terms->deadline;
    own->host.delay = terms->seat[brief->seat].delay;
    own->host.lookahead = terms->lookahead;
    own->host.issue = terms->domain.issue;
    own->host.seat_id = own->seat_id;
    for (SeatId seat = 0; seat < terms->seats; seat++) own->seat_id[seat] = terms->seat[seat].id;
}

void host_open(SeatHost *own, const Brief *brief, InverseCache *cache) {
    show_table(own, brief);
    own->terms = brief->terms;
    own->profile = brief->profile;
    own->cache = cache;
    own->preferences = inverse_cache_take(cache, &brief->terms->domain, brief->profile);
    own->status_quo = domain_status_quo(&brief->terms->domain);
    own->luck = rng_stream(brief->luck);
}

/* The settled option becomes the status quo, and every other one an impossibility. Should a scenario
 * have no room left for that, the referee's refusal still protects the accord. */
static void settle_issue(Domain *domain, uint8_t issue, uint8_t option) {
    domain->issue[issue].status_quo = option;
    if (domain->exclusions == DOMAIN_MAX_EXCLUSIONS) return;
    Exclusion *exclusion = &domain->exclusion[domain->exclusions++];
    *exclusion = (Exclusion){.when = {.terms = 1}, .because = "settled by a partial accord"};
    exclusion->when.issue[0] = issue;
    exclusion->when.options[0] = ~(UINT32_C(1) << option);
}

void host_settle(SeatHost *own, const Outcome *accord) {
    Domain domain = own->preferences->domain;
    for (uint8_t issue = 0; issue < domain.issues; issue++)
        if (accord->option[issue] != NP_NO_OPTION)
            settle_issue(&domain, issue, accord->option[issue]);
    own->status_quo = domain_fill(&domain, accord, &own->status_quo);
    Preferences *before = own->preferences;
    own->preferences = inverse_cache_take(own->cache, &domain, own->profile);
    inverse_cache_return(own->cache, before);
}

void host_close(SeatHost *own) {
    inverse_cache_return(own->cache, own->preferences);
}
