#include "core/analysis/parameter_change.h"

/* What is looked at: one seat and one package. */
typedef struct Case {
    const Profile *profile;
    const Domain *domain;
    const Outcome *package;
    Utility terms; /* what the package's terms are worth, before durability */
    double share;
    Utility threshold;
    Utility
        wanted; /* by how much `terms` would have to be worth more; UTILITY_NONE: no amount would do */
} Case;

static Utility terms_worth(const Profile *profile, const Domain *domain, const Outcome *package) {
    Profile bare = *profile;
    bare.durability = NULL;
    return profile_utility(&bare, domain, package);
}

static bool suffices(const Case *one, Utility more) {
    Utility worth = one->terms + more;
    if (one->profile->durability != NULL) worth = profile_weighted(one->profile, worth, one->share);
    return worth >= one->threshold;
}

/* Worth rises with the terms: halving. No scenario's terms come near the bound. */
static Utility least_wanted(const Case *one) {
    Utility low = 0, high = 1000 * UTILITY_ONE;
    if (!suffices(one, high)) return UTILITY_NONE;
    while (low < high) {
        Utility middle = low + (high - low) / 2;
        if (suffices(one, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void add(SeatRequirement *requirement, ParameterChange change) {
    requirement->change[requirement->changes++] = change;
}

/* --- an option's value --- */

/* It can rise to 1: the whole weight. */
static void try_value(const Case *one, SeatRequirement *requirement) {
    ParameterChange least = {.kind = CHANGE_VALUE, .amount = 2};
    for (uint8_t issue = 0; issue < one->domain->issues; issue++) {
        double weight = one->profile->weight[issue];
        uint8_t option = one->package->option[issue];
        Utility most = utility_bounded(weight), now = one->profile->value[issue][option];
        if (weight <= 0 || now + one->wanted > most) continue;
        double amount = utility_real(one->wanted) / weight;
        if (amount >= least.amount) continue;
        least.issue = issue;
        least.option = option;
        least.amount = amount;
    }
    if (least.amount <= 1) add(requirement, least);
}

/* --- a shift of weight --- */

/* The table holds a value times its weight, rounded: what was written is known to within that. */
static double value_of(const Case *one, uint8_t issue) {
    return utility_real(one->profile->value[issue][one->package->option[issue]]) /
           one->profile->weight[issue];
}

/* Where a number of six digits could have been written it was, most likely. */
static double written_value(const Case *one, uint8_t issue) {
    double value = value_of(one, issue), written = (double)utility_from(value / 1e3) / 1e6;
    Utility product = one->profile->value[issue][one->package->option[issue]];
    return utility_from(one->profile->weight[issue] * written) == product ? written : value;
}

/* What the terms gain by it, each value rounded once, as when a profile is built. */
static Utility gain_by_shift(const Case *one, uint8_t from, uint8_t to, double amount) {
    const double *weight = one->profile->weight;
    const Outcome *package = one->package;
    Utility before = one->profile->value[from][package->option[from]] +
                     one->profile->value[to][package->option[to]];
    Utility after = utility_from((weight[from] - amount) * value_of(one, from)) +
                    utility_from((weight[to] + amount) * value_of(one, to));
    Utility written = utility_from((weight[from] - amount) * written_value(one, from)) +
                      utility_from((weight[to] + amount) * written_value(one, to));
    return (after < written ? after : written) - before;
}

/* In whole billionths, the first that is enough. */
static double least_shift(const Case *one, uint8_t from, uint8_t to) {
    double steepness = value_of(one, to) - value_of(one, from);
    if (steepness <= 1e-6) return 2;
    Utility amount = utility_bounded(utility_real(one->wanted) / steepness);
    amount = amount > 4 ? amount - 4 : 0;
    for (int i = 0; i < 64; i++, amount++)
        if (gain_by_shift(one, from, to, utility_real(amount)) >= one->wanted)
            return utility_real(amount);
    return 2;
}

static void try_weight(const Case *one, SeatRequirement *requirement) {
    const double *weight = one->profile->weight;
    ParameterChange least = {.kind = CHANGE_WEIGHT, .amount = 2};
    for (uint8_t from = 0; from < one->domain->issues; from++)
        for (uint8_t to = 0; to < one->domain->issues; to++) {
            if (from == to || weight[from] <= 0 || weight[to] <= 0) continue;
            double amount = least_shift(one, from, to);
            if (amount > weight[from] || amount >= least.amount) continue;
            least.from = from;
            least.issue = to;
            least.amount = amount;
        }
    if (least.amount <= 1) add(requirement, least);
}

/* --- red lines --- */

static void try_penalty(const Case *one, SeatRequirement *requirement) {
    for (uint32_t i = 0; i < one->profile->red_lines; i++) {
        const RedLine *line = &one->profile->red_line[i];
        if (line->hard || !condition_holds(&line->when, one->package)) continue;
        if (profile_penalty(one->profile, line) < one->wanted) continue;
        add(requirement, (ParameterChange){.kind = CHANGE_PENALTY,
                                           .red_line = i,
                                           .amount = utility_real(one->wanted)});
        return;
    }
}

void parameter_changes_find(const Question *question, SeatId seat, const Outcome *package,
                            SeatRequirement *requirement) {
    if (requirement->hard_lines > 0) {
        if (requirement->shortfall == 0)
            add(requirement, (ParameterChange){.kind = CHANGE_RED_LINES,
                                               .red_line = requirement->first_hard,
                                               .amount = requirement->hard_lines});
        return;
    }
    const Domain *domain = &question->terms->domain;
    Case one = {.profile = &question->profile[seat],
                .domain = domain,
                .package = package,
                .threshold = question->threshold[seat]};
    one.terms = terms_worth(one.profile, domain, package);
    if (one.profile->durability != NULL)
        one.share =
            profile_share(one.profile, durability_effect(one.profile->durability, package, 0));
    one.wanted = least_wanted(&one);
    add(requirement, (ParameterChange){.kind = CHANGE_RESERVATION,
                                       .amount = utility_real(requirement->shortfall)});
    if (one.wanted == UTILITY_NONE) return;
    try_weight(&one, requirement);
    try_value(&one, requirement);
    try_penalty(&one, requirement);
}
