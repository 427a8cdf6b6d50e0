#include "core/analysis/zone.h"

#include <stddef.h>

/* The space is walked: larger ones are not. */
enum { ZONE_MAX_WALKED = 1 << 20 };

static bool is_in_zone(const Negotiation *negotiation, const Outcome *status_quo,
                       const Outcome *package) {
    const Terms *terms = &negotiation->terms;
    if (domain_excludes(&terms->domain, package) != NULL) return false;
    SeatSet needed = consent_needed(&terms->consent, &terms->domain, status_quo, package);
    if (needed == 0) return false;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        if (!seat_in(needed, seat)) continue;
        const Profile *profile = &negotiation->profile[seat];
        if (profile_utility(profile, &terms->domain, package) < profile->reservation ||
            profile_crosses(profile, package) != NULL)
            return false;
    }
    return true;
}

/* The next package in the order of an odometer; false after the last. */
static bool next_package(const Domain *domain, Outcome *package) {
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        if (++package->option[issue] < domain->issue[issue].options) return true;
        package->option[issue] = 0;
    }
    return false;
}

ZoneAnswer zone_exists(const Negotiation *negotiation) {
    const Domain *domain = &negotiation->terms.domain;
    if (domain_raw_count(domain) > ZONE_MAX_WALKED) return ZONE_UNKNOWN;
    Outcome status_quo = domain_status_quo(domain), package = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++) package.option[issue] = 0;
    do {
        if (is_in_zone(negotiation, &status_quo, &package)) return ZONE_EXISTS;
    } while (next_package(domain, &package));
    return ZONE_EMPTY;
}
