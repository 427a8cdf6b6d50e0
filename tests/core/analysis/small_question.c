#include "tests/core/analysis/small_question.h"

#include "core/base/rng.h"

enum { COARSE = 50000000 }; /* 0.05 */

static Utility coarse(Utility utility) {
    return utility / COARSE * COARSE;
}

static void coarsen(Profile *profile) {
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            profile->value[issue][option] = coarse(profile->value[issue][option]);
    for (uint32_t i = 0; i < profile->linkages; i++)
        profile->linkage[i].bonus = coarse(profile->linkage[i].bonus);
    for (uint32_t i = 0; i < profile->red_lines; i++)
        profile->red_line[i].penalty = coarse(profile->red_line[i].penalty);
    profile->reservation = coarse(profile->reservation);
}

/* What is at stake after a peace has broken may be more than what the package is worth. */
static void entangle_peace(Negotiation *negotiation, uint64_t seed) {
    Durability *durability = (Durability *)negotiation->terms.durability;
    Rng rng = rng_stream(rng_key(seed, "peace"));
    for (uint8_t issue = 0; issue < negotiation->terms.domain.issues; issue++)
        for (uint8_t option = 0; option < negotiation->terms.domain.issue[issue].options; option++)
            durability->effect[issue][option] = utility_from(4 * rng_unit(&rng) - 2);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        negotiation->profile[seat].aftermath = utility_from(rng_unit(&rng));
}

/* Some options that nobody has to agree to, so that whole packages of them need nobody's consent. */
static void free_options(Consent *consent, uint64_t seed) {
    Rng rng = rng_stream(rng_key(seed, "needs nobody"));
    consent->unanimous = false;
    consent->always = 0;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            if (rng_below(&rng, 2) == 0) consent->needs[issue][option] = 0;
}

Negotiation *small_negotiation(uint64_t seed) {
    Negotiation *negotiation = seed % 3 == 0 ? fixture_world(seed) : fixture_random(seed);
    if (negotiation->terms.durability != NULL) entangle_peace(negotiation, seed);
    if (seed % 5 == 1) free_options(&negotiation->terms.consent, seed);
    for (SeatId seat = 0; seat < negotiation->terms.seats && seed % 2 == 0; seat++)
        coarsen(&negotiation->profile[seat]);
    return negotiation;
}

SeatSet plain_refusers(const Question *question, const Outcome *package, SeatSet *needed) {
    const Terms *terms = question->terms;
    SeatSet refusers = 0;
    *needed = consent_needed(&terms->consent, &terms->domain, &question->status_quo, package);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const Profile *profile = &question->profile[seat];
        if (seat_in(*needed, seat) &&
            (profile_utility(profile, &terms->domain, package) < question->threshold[seat] ||
             profile_crosses(profile, package) != NULL))
            refusers |= seat_bit(seat);
    }
    return refusers;
}
