#include "core/negotiation/profile.h"

#include <stddef.h>

#include "core/base/real.h"

/* Conditions see the package as it would be lived in: silence means the status quo. */
static Utility utility_of_conditions(const Profile *profile, const Outcome *outcome) {
    Utility sum = 0;
    for (uint32_t i = 0; i < profile->linkages; i++)
        if (condition_holds(&profile->linkage[i].when, outcome)) sum += profile->linkage[i].bonus;
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].penalty != 0 &&
            condition_holds(&profile->red_line[i].when, outcome))
            sum -= profile->red_line[i].penalty;
    return sum;
}

Utility profile_utility(const Profile *profile, const Domain *domain, const Outcome *outcome) {
    Utility sum = 0;
    Outcome lived = *outcome;
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        uint8_t option = lived.option[issue];
        if (option == NP_NO_OPTION) option = lived.option[issue] = domain->issue[issue].status_quo;
        if (option != NP_NO_OPTION) sum += profile->value[issue][option];
    }
    return sum + utility_of_conditions(profile, &lived);
}

double profile_value_at(const Profile *profile, const Domain *domain, const Outcome *outcome,
                        SimTime at) {
    double utility = utility_real(profile_utility(profile, domain, outcome));
    if (profile->discount >= 1) return utility;
    return utility * real_pow(profile->discount, (double)at / (double)profile->discount_every);
}

const RedLine *profile_crosses(const Profile *profile, const Outcome *outcome) {
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].hard && condition_holds(&profile->red_line[i].when, outcome))
            return &profile->red_line[i];
    return NULL;
}
