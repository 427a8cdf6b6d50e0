#include "core/negotiation/profile.h"

#include <stddef.h>

#include "core/base/real.h"

Utility profile_penalty(const Profile *profile, const RedLine *line) {
    if (profile->eroded <= 0) return line->penalty;
    if (profile->eroded >= UTILITY_ONE) return 0;
    /* In two parts, whose products fit. */
    Utility kept = UTILITY_ONE - profile->eroded;
    Utility whole = line->penalty / UTILITY_ONE, rest = line->penalty % UTILITY_ONE;
    return whole * kept + (rest * kept + UTILITY_ONE / 2) / UTILITY_ONE;
}

double profile_share(const Profile *profile, Utility effect) {
    return durability_share(profile->durability, effect + profile->hazard);
}

/* Silence means the status quo. */
static uint8_t lived_option(const Domain *domain, const Outcome *outcome, uint8_t issue) {
    uint8_t option = outcome->option[issue];
    return option != NP_NO_OPTION ? option : domain->issue[issue].status_quo;
}

/* Conditions see the package as it would be lived in. */
static bool holds_as_lived(const Condition *condition, const Domain *domain,
                           const Outcome *outcome) {
    for (uint8_t term = 0; term < condition->terms; term++) {
        uint8_t option = lived_option(domain, outcome, condition->issue[term]);
        if (option >= NP_MAX_OPTIONS || (condition->options[term] >> option & 1u) == 0)
            return false;
    }
    return true;
}

static Utility utility_of_conditions(const Profile *profile, const Domain *domain,
                                     const Outcome *outcome) {
    Utility sum = 0;
    for (uint32_t i = 0; i < profile->linkages; i++)
        if (holds_as_lived(&profile->linkage[i].when, domain, outcome))
            sum += profile->linkage[i].bonus;
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].penalty != 0 &&
            holds_as_lived(&profile->red_line[i].when, domain, outcome))
            sum -= profile_penalty(profile, &profile->red_line[i]);
    return sum;
}

/* What is beside the sum over issues. Apart, so that additive profiles do not save registers for it: nothing is asked
 * for as often as a utility. */
__attribute__((noinline)) static Utility utility_as_a_whole(const Profile *profile,
                                                            const Domain *domain,
                                                            const Outcome *outcome, Utility sum) {
    sum += utility_of_conditions(profile, domain, outcome);
    if (profile->durability == NULL || !domain_complete(domain, outcome)) return sum;
    Utility effect = durability_effect(profile->durability, outcome, 0);
    return profile_weighted(profile, sum, profile_share(profile, effect));
}

Utility profile_utility(const Profile *profile, const Domain *domain, const Outcome *outcome) {
    Utility sum = 0;
    const Utility(*value)[NP_MAX_OPTIONS] = profile->value;
    for (uint8_t issue = 0; issue < domain->issues; issue++, value++) {
        uint8_t option = lived_option(domain, outcome, issue);
        if (option != NP_NO_OPTION) sum += (*value)[option];
    }
    bool additive = (profile->linkages | profile->red_lines) == 0 && profile->durability == NULL;
    return additive ? sum : utility_as_a_whole(profile, domain, outcome, sum);
}

double profile_value_at(const Profile *profile, const Domain *domain, const Outcome *outcome,
                        SimTime at) {
    double utility = utility_real(profile_utility(profile, domain, outcome));
    if (profile->discount >= 1) return utility;
    double factor = real_pow(profile->discount, (double)at / (double)profile->discount_every);
    double meanwhile = utility_real(profile->meanwhile);
    return meanwhile + factor * (utility - meanwhile);
}

const RedLine *profile_crosses(const Profile *profile, const Outcome *outcome) {
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].hard && condition_holds(&profile->red_line[i].when, outcome))
            return &profile->red_line[i];
    return NULL;
}
