#include "agents/host.h"

#include "core/base/real.h"
#include "core/base/text.h"
#include "core/negotiation/mechanism.h"

static SeatHost *mine(const Host *host) {
    return host->context;
}

/* The search over that domain by the present profile. */
static void retake(SeatHost *own, const Domain *domain) {
    Preferences *before = own->preferences;
    own->preferences = inverse_cache_take(own->cache, domain, own->profile);
    own->stale = false;
    inverse_cache_return(own->cache, before);
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

/* Appraisals may come often and questions seldom: the packages are ranked anew by the next question. */
static const InverseUtility *inverse_of(const Host *host) {
    SeatHost *own = mine(host);
    if (own->stale) retake(own, &own->preferences->domain);
    return own->preferences->inverse;
}

static bool best(const Host *host, Outcome *out) {
    return inverse_best(inverse_of(host), out);
}

static bool at_least(const Host *host, double target, Outcome *out) {
    return inverse_at_least(inverse_of(host), utility_bounded(target), out);
}

static bool nearest(const Host *host, double target, double slack, const Outcome *reference,
                    Outcome *out) {
    return inverse_nearest(inverse_of(host), utility_bounded(target), utility_bounded(slack),
                           reference, out);
}

static bool best_with(const Host *host, uint8_t issue, uint8_t option, Outcome *out) {
    return inverse_best_with(inverse_of(host), issue, option, out);
}

static bool exact(const Host *host) {
    return inverse_exact(inverse_of(host));
}

static uint32_t between(const Host *host, double least, double most, Outcome *out, uint32_t room) {
    return inverse_between(inverse_of(host), utility_bounded(least), utility_bounded(most), out,
                           room);
}

static bool next_best(const Host *host, const Outcome *after, Outcome *out) {
    const InverseUtility *inverse = inverse_of(host);
    if (after != NULL && !domain_contains(&mine(host)->preferences->domain, after)) return false;
    return inverse_next_best(inverse, after, out);
}

/* --- luck --- */

static uint32_t random_u32(const Host *host) {
    return rng_u32(&mine(host)->luck);
}

static double random_unit(const Host *host) {
    return rng_unit(&mine(host)->luck);
}

/* --- the world outside --- */

#define UNSEEN __builtin_nan("")

static double seen(const Host *host, uint8_t variable) {
    const SeatHost *own = mine(host);
    if (variable >= own->terms->variables) return UNSEEN;
    const Variable *it = &own->terms->variable[variable];
    if (!seat_in(it->seen_by, own->brief.seat)) return UNSEEN;
    return own->notebook != NULL ? own->notebook->seen[variable] : it->start;
}

static double level(const Host *host, uint8_t lever) {
    const SeatHost *own = mine(host);
    if (lever >= own->terms->levers) return UNSEEN;
    return own->notebook != NULL ? own->notebook->level[lever] : own->terms->lever[lever].start;
}

static double durability(const Host *host, const Outcome *outcome) {
    const SeatHost *own = mine(host);
    const Durability *peace = own->terms->durability;
    if (peace == NULL) return 1;
    return durability_share(peace, durability_effect(peace, outcome, own->profile->hazard));
}

static double audience_cost(const Host *host, const Outcome *outcome) {
    const SeatHost *own = mine(host);
    if (own->notebook == NULL) return 0;
    return utility_real(notebook_audience_cost(own->notebook, own->terms, outcome));
}

/* --- the others --- */

static uint8_t types(const Host *host, SeatId seat) {
    const SeatHost *own = mine(host);
    if (seat >= own->terms->seats || own->terms->seat[seat].types < 1) return 1;
    return own->terms->seat[seat].types;
}

/* NULL where there is no choice of types, or it is not public. */
static const Belief *belief_about(const SeatHost *own, SeatId seat) {
    if (own->notebook == NULL || seat >= own->terms->seats) return NULL;
    return own->notebook->belief[seat].types > 1 ? &own->notebook->belief[seat] : NULL;
}

static double belief(const Host *host, SeatId seat, uint8_t type) {
    uint8_t count = types(host, seat);
    if (type >= count) return 0;
    const Belief *held = belief_about(mine(host), seat);
    return held != NULL ? held->likely[type] : 1.0 / count;
}

static double type_utility(const Host *host, SeatId seat, uint8_t type, const Outcome *outcome) {
    const SeatHost *own = mine(host);
    const Belief *held = belief_about(own, seat);
    if (held == NULL || type >= held->types) return UNSEEN;
    return utility_real(
        profile_utility(&held->type[type].profile, &own->preferences->domain, outcome));
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
    .between = between,
    .next_best = next_best,
    .random_u32 = random_u32,
    .random_unit = random_unit,
    .seen = seen,
    .level = level,
    .durability = durability,
    .audience_cost = audience_cost,
    .belief = belief,
    .types = types,
    .type_utility = type_utility,
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
    own->host.rounds = terms->mechanism->rounds;
    own->host.menu_limit = terms->menu_limit;
    own->host.deadline = terms->deadline;
    own->host.delay = terms->seat[brief->seat].delay;
    own->host.lookahead = terms->lookahead;
    own->host.issue = terms->domain.issue;
    own->host.seat_id = own->seat_id;
    for (SeatId seat = 0; seat < terms->seats; seat++) own->seat_id[seat] = terms->seat[seat].id;
    own->host.tables = (uint8_t)(1 + terms->closed_tables);
    own->host.table = terms->table;
    own->host.levers = terms->levers;
    own->host.lever = terms->lever;
    own->host.variables = terms->variables;
    own->host.variable = terms->variable;
    own->host.mediator = terms->mechanism->mediated ? terms->mediator : NP_NO_SEAT;
}

static void open_notebook(SeatHost *own) {
    own->notebook = notebook_create(&own->brief);
    own->profile = &own->notebook->profile;
}

void host_open(SeatHost *own, const Brief *brief, InverseCache *cache) {
    show_table(own, brief);
    own->brief = *brief;
    own->terms = brief->terms;
    own->profile = brief->profile;
    own->notebook = NULL;
    own->cache = cache;
    own->preferences = inverse_cache_take(cache, &brief->terms->domain, brief->profile);
    own->stale = false;
    own->status_quo = domain_status_quo(&brief->terms->domain);
    own->settled = 0;
    own->luck = rng_stream(brief->luck);
    own->fault[0] = '\0';
    if (notebook_needed(brief)) open_notebook(own);
}

void host_fault(const Host *host, const char *sentence) {
    SeatHost *own = mine(host);
    if (own->fault[0] == '\0') text_safe(own->fault, sizeof own->fault, sentence);
}

void host_close(SeatHost *own) {
    notebook_destroy(own->notebook);
    inverse_cache_return(own->cache, own->preferences);
}

/* --- what comes to be known --- */

static Condition all_but(uint8_t issue, uint8_t option) {
    Condition others = {.terms = 1};
    others.issue[0] = issue;
    others.options[0] = ~(UINT32_C(1) << option);
    return others;
}

/* The exclusion by which the issue was settled before; NULL when it was not, or there was no room. */
static Exclusion *find_settlement(Domain *domain, uint8_t issue, uint8_t option) {
    Condition when = all_but(issue, option);
    for (uint32_t i = domain->exclusions; i-- > 0;) {
        const Condition *other = &domain->exclusion[i].when;
        if (other->terms == 1 && other->issue[0] == issue && other->options[0] == when.options[0])
            return &domain->exclusion[i];
    }
    return NULL;
}

/* The settled option becomes the status quo, and every other one an impossibility. Should a scenario
 * have no room left for that, the referee's refusal still protects what is settled. */
static void settle_issue(SeatHost *own, Domain *domain, uint8_t issue, uint8_t option) {
    Exclusion *exclusion = NULL;
    if ((own->settled >> issue & 1u) != 0)
        exclusion = find_settlement(domain, issue, domain->issue[issue].status_quo);
    if (exclusion == NULL && domain->exclusions < DOMAIN_MAX_EXCLUSIONS)
        exclusion = &domain->exclusion[domain->exclusions++];
    if (exclusion != NULL) *exclusion = (Exclusion){all_but(issue, option), "settled"};
    domain->issue[issue].status_quo = option;
    own->settled |= UINT32_C(1) << issue;
}

/* From here on the search offers nothing that reopens these issues. */
static void settle(SeatHost *own, const Outcome *options) {
    Domain domain = own->preferences->domain;
    if (!domain_contains(&domain, options)) return;
    for (uint8_t issue = 0; issue < domain.issues; issue++)
        if (options->option[issue] != NP_NO_OPTION)
            settle_issue(own, &domain, issue, options->option[issue]);
    own->status_quo = domain_fill(&domain, options, &own->status_quo);
    retake(own, &domain);
}

static void move_status_quo(SeatHost *own, uint8_t issue, uint8_t option) {
    if (issue >= own->terms->domain.issues) return;
    Outcome moved = outcome_empty();
    moved.option[issue] = option;
    settle(own, &moved);
}

void host_observe(SeatHost *own, const Observation *seen_now) {
    if (seen_now->kind == NP_EVENT_ACCORD) settle(own, &seen_now->menu[0]);
    if (seen_now->kind == NP_EVENT_STATUS_QUO)
        move_status_quo(own, seen_now->issue, seen_now->option);
    if (own->notebook == NULL && notebook_notes(&own->brief, seen_now)) open_notebook(own);
    if (own->notebook != NULL && notebook_note(own->notebook, &own->brief, seen_now))
        own->stale = true;
}
