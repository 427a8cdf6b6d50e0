#include "core/interchange/departure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/real.h"

/* GeniusWeb wants weights that sum to exactly 1 in decimals: they are written in such units. */
#define WEIGHT_UNITS 1e15
/* A sum this near to 1 is 1 but for rounding. */
#define WEIGHT_NEAR 1000

/* --- numbers --- */

/* The shortest decimal that, times the weight, is the part of the utility that it must be. */
static double share_of(Utility part, double weight) {
    double exact = utility_real(part) / weight;
    for (int digits = 1; digits < 17; digits++) {
        char shown[32];
        snprintf(shown, sizeof shown, "%.*g", digits, exact);
        double share = strtod(shown, NULL);
        if (share <= 1 && utility_from(weight * share) == part) return share;
    }
    return exact < 1 ? exact : 1;
}

static Utility best_part(const Profile *profile, uint8_t issue, uint8_t options) {
    Utility best = 0;
    for (uint8_t i = 0; i < options; i++)
        if (profile->value[issue][i] > best) best = profile->value[issue][i];
    return best;
}

/* GENIUS divides by the best evaluation, so that the weight must be what the best option is worth. */
static double effective_weight(const Profile *profile, uint8_t issue, uint8_t options) {
    Utility best = best_part(profile, issue, options);
    if (best == 0 || utility_from(profile->weight[issue]) == best) return profile->weight[issue];
    return utility_real(best);
}

static double sum_of(const double *weight, uint8_t count) {
    double sum = 0;
    for (uint8_t i = 0; i < count; i++) sum += weight[i];
    return sum;
}

static bool is_one(double sum) {
    double off = (sum - 1) * WEIGHT_UNITS;
    return off > -WEIGHT_NEAR && off < WEIGHT_NEAR;
}

/* Whole units that sum to 1; the rest goes to the largest. */
static void normalise(double *weight, uint8_t count) {
    double sum = sum_of(weight, count);
    int64_t units[NP_MAX_ISSUES], left = (int64_t)WEIGHT_UNITS;
    uint8_t largest = 0;
    for (uint8_t i = 0; i < count; i++) {
        double kept = is_one(sum) ? weight[i] : weight[i] / sum;
        units[i] = (int64_t)(kept * WEIGHT_UNITS + 0.5);
        left -= units[i];
        if (units[i] > units[largest]) largest = i;
    }
    units[largest] += left;
    for (uint8_t i = 0; i < count; i++) weight[i] = (double)units[i] / WEIGHT_UNITS;
}

/* --- the domain --- */

/* Its title, if no other issue has that. */
static const char *name_of(const Domain *domain, uint8_t issue) {
    const char *title = domain->issue[issue].title;
    if (title[0] == '\0') return domain->issue[issue].id;
    for (uint8_t i = 0; i < domain->issues; i++)
        if (i != issue &&
            (strcmp(domain->issue[i].title, title) == 0 || strcmp(domain->issue[i].id, title) == 0))
            return domain->issue[issue].id;
    return title;
}

static void prepare_issue(const Domain *domain, uint8_t issue, ForeignIssue *out) {
    const Issue *known = &domain->issue[issue];
    *out = (ForeignIssue){.name = name_of(domain, issue), .options = known->options};
    for (uint8_t i = 0; i < known->options; i++) out->option[i] = known->option[i];
}

/* Shares of the weights as they are written, unless these have been divided by their sum: then utilities
 * are too. */
static void prepare_values(const Domain *domain, const Profile *profile, const double *weight,
                           ForeignProfile *out) {
    for (uint8_t k = 0; k < domain->issues; k++) {
        for (uint8_t i = 0; i < domain->issue[k].options; i++) {
            Utility part = profile->value[k][i];
            out->value[k][i] = part > 0 && weight[k] > 0 ? share_of(part, weight[k]) : 0;
        }
    }
}

static void prepare_weights(const Domain *domain, const Profile *profile, ForeignFormat format,
                            double *weight) {
    for (uint8_t k = 0; k < domain->issues; k++)
        weight[k] = format == FORMAT_GENIUS ? effective_weight(profile, k, domain->issue[k].options)
                                            : profile->weight[k];
    if (format == FORMAT_GENIUSWEB && sum_of(weight, domain->issues) > 0)
        normalise(weight, domain->issues);
}

static void prepare_profile(const Negotiation *negotiation, ForeignFormat format, SeatId seat,
                            ForeignProfile *out) {
    const Terms *terms = &negotiation->terms;
    const Profile *profile = &negotiation->profile[seat];
    bool divided =
        format == FORMAT_GENIUSWEB && !is_one(sum_of(profile->weight, terms->domain.issues));
    *out = (ForeignProfile){.name = terms->seat[seat].id,
                            .reservation = utility_real(profile->reservation),
                            .discount = 1};
    prepare_weights(&terms->domain, profile, format, out->weight);
    prepare_values(&terms->domain, profile, divided ? profile->weight : out->weight, out);
    if (profile->discount < 1)
        out->discount =
            real_pow(profile->discount, (double)terms->deadline / (double)profile->discount_every);
}

void departure_prepare(const Negotiation *negotiation, ForeignFormat format, Foreign *foreign) {
    const Terms *terms = &negotiation->terms;
    foreign->name = terms->name;
    foreign->issues = terms->domain.issues;
    foreign->profiles = terms->seats;
    for (uint8_t i = 0; i < foreign->issues; i++)
        prepare_issue(&terms->domain, i, &foreign->issue[i]);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        prepare_profile(negotiation, format, seat, &foreign->profile[seat]);
}

/* --- a package worth the reservation --- */

typedef struct Search {
    const Profile *profile;
    const Domain *domain;
    Utility least[NP_MAX_ISSUES + 1], most[NP_MAX_ISSUES + 1]; /* from this issue on */
    uint32_t steps;
    Outcome package;
} Search;

static bool search(Search *at, uint8_t issue, Utility left) {
    if (left < at->least[issue] || left > at->most[issue]) return false;
    if (issue == at->domain->issues) return left == 0;
    for (uint8_t i = 0; i < at->domain->issue[issue].options; i++) {
        if (++at->steps > DEPARTURE_MAX_STEPS) return false;
        at->package.option[issue] = i;
        if (search(at, issue + 1, left - at->profile->value[issue][i])) return true;
    }
    return false;
}

bool departure_reservation(const Negotiation *negotiation, SeatId seat, Outcome *package) {
    Search at = {.profile = &negotiation->profile[seat],
                 .domain = &negotiation->terms.domain,
                 .package = outcome_empty()};
    for (uint8_t k = at.domain->issues; k-- > 0;) {
        const Utility *value = at.profile->value[k];
        Utility least = value[0], most = value[0];
        for (uint8_t i = 1; i < at.domain->issue[k].options; i++) {
            if (value[i] < least) least = value[i];
            if (value[i] > most) most = value[i];
        }
        at.least[k] = at.least[k + 1] + least;
        at.most[k] = at.most[k + 1] + most;
    }
    if (!search(&at, 0, at.profile->reservation)) return false;
    *package = at.package;
    return true;
}
