#include "core/negotiation/belief.h"

#include <string.h>

#include "core/base/real.h"

/* --- the reference set --- */

enum { MOST_DRAWS = 1 << 14 };

void reference_draw(Reference *reference, const Domain *domain, RngKey key) {
    Rng luck = rng_stream(key);
    reference->count = 0;
    for (uint32_t draw = 0; draw < MOST_DRAWS && reference->count < BELIEF_REFERENCES; draw++) {
        Outcome package = outcome_empty();
        for (uint8_t issue = 0; issue < domain->issues; issue++)
            package.option[issue] = (uint8_t)rng_below(&luck, domain->issue[issue].options);
        if (domain_excludes(domain, &package) == NULL)
            reference->package[reference->count++] = package;
    }
}

/* --- likelihood --- */

static double utility_of(const Belief *belief, uint8_t type, const Domain *domain,
                         const Outcome *package) {
    return utility_real(profile_utility(&belief->type[type].profile, domain, package));
}

/* The highest utility is taken out of the sum, so that nothing overflows. */
static void weigh_reference(Belief *belief, uint8_t type, const Domain *domain,
                            const Reference *reference) {
    double utility[BELIEF_REFERENCES], most = 0, sum = 0;
    for (uint32_t i = 0; i < reference->count; i++) {
        utility[i] = utility_of(belief, type, domain, &reference->package[i]);
        if (i == 0 || utility[i] > most) most = utility[i];
    }
    for (uint32_t i = 0; i < reference->count; i++)
        sum += real_exp(BELIEF_RATIONALITY * (utility[i] - most));
    belief->most[type] = most;
    belief->passed_over[type] = sum;
}

void belief_open(Belief *belief, const SeatType *type, uint8_t types, const Domain *domain,
                 const Reference *reference) {
    memset(belief, 0, sizeof *belief);
    belief->types = types;
    belief->type = type;
    for (uint8_t k = 0; k < types; k++) {
        belief->likely[k] = type[k].prior;
        weigh_reference(belief, k, domain, reference);
    }
}

double belief_likelihood(const Belief *belief, uint8_t type, const Domain *domain,
                         const Outcome *package) {
    if (belief->passed_over[type] == 0) return 1;
    double behind = belief->most[type] - utility_of(belief, type, domain, package);
    return 1 / (1 + belief->passed_over[type] * real_exp(BELIEF_RATIONALITY * behind));
}

/* --- Bayes' rule --- */

/* A type for which the offer is all but impossible stays possible: models are wrong, too. */
#define LEAST_LIKELIHOOD 1e-12

static double log_likelihood(const Belief *belief, uint8_t type, const Domain *domain,
                             const Outcome *menu, uint8_t packages) {
    double sum = 0;
    uint8_t complete = 0;
    for (uint8_t i = 0; i < packages; i++) {
        if (!domain_complete(domain, &menu[i])) continue;
        double likelihood = belief_likelihood(belief, type, domain, &menu[i]);
        sum += real_log(likelihood > LEAST_LIKELIHOOD ? likelihood : LEAST_LIKELIHOOD);
        complete++;
    }
    return complete == 0 ? 0 : sum / complete;
}

void belief_update(Belief *belief, const Domain *domain, const Outcome *menu, uint8_t packages) {
    double likelihood[NEGOTIATION_MAX_TYPES], sum = 0;
    for (uint8_t k = 0; k < belief->types; k++) {
        likelihood[k] = real_exp(log_likelihood(belief, k, domain, menu, packages));
        sum += likelihood[k] * belief->likely[k];
    }
    if (!(sum > 0)) return;
    for (uint8_t k = 0; k < belief->types; k++)
        belief->likely[k] = likelihood[k] * belief->likely[k] / sum;
}

void belief_know(Belief *belief, uint8_t type) {
    for (uint8_t k = 0; k < belief->types; k++) belief->likely[k] = k == type;
}
