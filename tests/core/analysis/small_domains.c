#include "tests/core/analysis/small_domains.h"

#include <stdlib.h>
#include <string.h>

/* --- making --- */

static Utility few(Rng *rng, uint32_t values) {
    return utility_from(0.05) * (Utility)rng_below(rng, values);
}

static bool sometimes(Rng *rng, uint32_t in) {
    return rng_below(rng, in) == 0;
}

static Condition any_condition(Rng *rng, const Domain *domain) {
    Condition condition = {0};
    uint32_t most = domain->issues < 3 ? domain->issues : 3;
    condition.terms = (uint8_t)(1 + rng_below(rng, most));
    uint32_t first = rng_below(rng, domain->issues);
    for (uint8_t term = 0; term < condition.terms; term++) {
        uint8_t issue = (uint8_t)((first + term) % domain->issues);
        condition.issue[term] = issue;
        uint32_t options = 1u << rng_below(rng, domain->issue[issue].options);
        options |= 1u << rng_below(rng, domain->issue[issue].options);
        condition.options[term] = options;
    }
    return condition;
}

static void set_domain(Rng *rng, Domain *domain) {
    for (uint8_t i = 0; i < domain->issues; i++) {
        domain->issue[i].options = (uint8_t)(2 + rng_below(rng, 3));
        if (sometimes(rng, 2))
            domain->issue[i].status_quo = (uint8_t)rng_below(rng, domain->issue[i].options);
    }
    domain->exclusions = sometimes(rng, 2) ? rng_below(rng, 4) : 0;
    for (uint32_t i = 0; i < domain->exclusions; i++)
        domain->exclusion[i] = (Exclusion){any_condition(rng, domain), "it cannot be"};
}

static void set_conditions(Rng *rng, const Domain *domain, Profile *profile) {
    profile->linkages = sometimes(rng, 2) ? rng_below(rng, 4) : 0;
    for (uint32_t i = 0; i < profile->linkages; i++) {
        profile->linkage[i].when = any_condition(rng, domain);
        profile->linkage[i].bonus = few(rng, 7) - utility_from(0.15);
    }
    profile->red_lines = sometimes(rng, 2) ? rng_below(rng, 4) : 0;
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        RedLine *line = &profile->red_line[i];
        line->when = any_condition(rng, domain);
        line->hard = sometimes(rng, 2);
        line->penalty = line->hard ? 0 : few(rng, 4);
    }
    profile->eroded = sometimes(rng, 4) ? utility_from(0.3) : 0;
}

static void set_profile(Rng *rng, const Domain *domain, Profile *profile) {
    uint32_t values = 2 + rng_below(rng, 5);
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            profile->value[issue][option] = few(rng, values);
    set_conditions(rng, domain, profile);
    profile->reservation = few(rng, 8);
}

static void set_consent(Rng *rng, const Domain *domain, Consent *consent) {
    consent->unanimous = sometimes(rng, 3);
    consent->always = sometimes(rng, 2) ? rng_u32(rng) & consent->all : 0;
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
            SeatSet half = rng_u32(rng) & consent->all;
            consent->needs[issue][option] = rng_u32(rng) & half;
            if (sometimes(rng, 4)) consent->needs[issue][option] = 0;
        }
}

static void set_durability(Rng *rng, SmallDomain *domain) {
    Negotiation *negotiation = domain->negotiation;
    Durability *durability = &domain->durability;
    *durability = (Durability){.base = 0.05, .shape = 1, .discount = 0.9, .horizon = 10};
    for (uint8_t issue = 0; issue < negotiation->terms.domain.issues; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            durability->effect[issue][option] = UTILITY_ONE * ((Utility)rng_below(rng, 3) - 1);
    durability_settle(durability);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        Profile *profile = &negotiation->profile[seat];
        profile->aftermath = few(rng, 8) - utility_from(0.1);
        profile->hazard = UTILITY_ONE * (Utility)rng_below(rng, 2);
        if (!sometimes(rng, 5)) profile->durability = durability;
    }
}

void small_domain_make(SmallDomain *domain, uint64_t seed) {
    Rng rng = rng_stream(rng_key(seed, "small domain"));
    uint8_t seats = (uint8_t)(2 + rng_below(&rng, 4));
    uint8_t issues = (uint8_t)(1 + rng_below(&rng, 5));
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, seats, issues, 4);
    domain->negotiation = negotiation;
    Terms *terms = &negotiation->terms;
    set_domain(&rng, &terms->domain);
    set_consent(&rng, &terms->domain, &terms->consent);
    for (SeatId seat = 0; seat < seats; seat++)
        set_profile(&rng, &terms->domain, &negotiation->profile[seat]);
    if (seed % 4 == 3) set_durability(&rng, domain);
    domain->question = question_about(negotiation, (Scope)rng_below(&rng, 3));
}

void small_domain_finish(SmallDomain *domain) {
    fixture_finish(domain->negotiation);
}

/* --- walking --- */

static int by_utility(const void *a, const void *b) {
    const FrontierPoint *x = a, *y = b;
    for (uint8_t seat = 0; seat < NP_MAX_SEATS; seat++)
        if (x->utility[seat] != y->utility[seat])
            return x->utility[seat] > y->utility[seat] ? -1 : 1;
    return memcmp(&x->package, &y->package, sizeof x->package);
}

/* `sorted` by utility; of equal ones the first package comes first. */
static void find_frontier(const FrontierPoint *sorted, size_t count, Frontier *frontier) {
    for (size_t i = 0; i < count; i++) {
        const FrontierPoint *last =
            frontier->count > 0 ? &frontier->point[frontier->count - 1] : NULL;
        if (last != NULL && utilities_equal(last->utility, sorted[i].utility, NP_MAX_SEATS)) {
            frontier->point[frontier->count - 1].packages++;
            frontier->packages++;
            continue;
        }
        bool dominated = false;
        for (size_t j = 0; j < i; j++)
            dominated = dominated ||
                        utilities_dominate(sorted[j].utility, sorted[i].utility, frontier->seats);
        if (dominated) continue;
        frontier->point[frontier->count++] = sorted[i];
        frontier->packages++;
    }
}

Everything everything_walk(const Question *question) {
    Everything everything = {.frontier = {.seats = question->terms->seats}};
    size_t room = (size_t)domain_raw_count(&question->terms->domain);
    everything.package = memory_new(room, sizeof *everything.package);
    everything.frontier.point = memory_new(room, sizeof *everything.frontier.point);
    PackageWalk walk = walk_start(question);
    while (walk_next(&walk)) {
        FrontierPoint *package = &everything.package[everything.packages++];
        *package = (FrontierPoint){.packages = 1, .package = walk.package};
        memcpy(package->utility, walk.utility, sizeof walk.utility);
    }
    FrontierPoint *sorted = memory_new(room, sizeof *sorted);
    memcpy(sorted, everything.package, everything.packages * sizeof *sorted);
    qsort(sorted, everything.packages, sizeof *sorted, by_utility);
    find_frontier(sorted, everything.packages, &everything.frontier);
    memory_free(sorted);
    return everything;
}

void everything_finish(Everything *everything) {
    memory_free(everything->package);
    memory_free(everything->frontier.point);
}
