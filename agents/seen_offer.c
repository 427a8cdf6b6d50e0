#include "agents/seen_offer.h"

#include <string.h>

bool package_is_complete(const Host *host, const Outcome *package) {
    return outcome_names_all(package, host->issues);
}

static Outcome no_package(void) {
    Outcome outcome;
    memset(outcome.option, NP_NO_OPTION, sizeof outcome.option);
    return outcome;
}

static Merit merit_of(const Host *host, const Outcome *package, double worth) {
    if (!host->acceptable(host, package)) return MERIT_NEVER;
    if (package_is_complete(host, package)) return MERIT_BY_WORTH;
    Outcome nothing = no_package();
    return worth > host->utility(host, &nothing) ? MERIT_ALWAYS : MERIT_NEVER;
}

void seen_offer_keep(SeenOffer *offer, const Outcome *menu, uint8_t packages) {
    offer->packages = packages;
    menu_copy(offer->menu, menu, packages);
}

void seen_offer_weigh(SeenOffer *offer, const Host *host) {
    for (uint8_t k = 0; k < offer->packages; k++) {
        offer->worth[k] = host->utility(host, &offer->menu[k]);
        offer->merit[k] = MERIT_UNKNOWN;
    }
}

Merit seen_offer_merit(SeenOffer *offer, const Host *host, uint8_t k) {
    if (offer->merit[k] == MERIT_UNKNOWN)
        offer->merit[k] = (uint8_t)merit_of(host, &offer->menu[k], offer->worth[k]);
    return offer->merit[k];
}

bool seen_offer_serves(SeenOffer *offer, const Host *host, uint8_t k) {
    Merit merit = seen_offer_merit(offer, host, k);
    if (merit != MERIT_BY_WORTH) return merit == MERIT_ALWAYS;
    return offer->worth[k] >= host->reservation(host);
}

bool seen_offer_is_hopeless(SeenOffer *offer, const Host *host) {
    SeatSet needed = 0;
    for (uint8_t k = 0; k < offer->packages; k++) {
        if (seen_offer_serves(offer, host, k)) return false;
        needed |= host->needed(host, &offer->menu[k]);
    }
    return seat_in(needed, host->seat);
}

int seen_offer_best(const SeenOffer *offer, const Host *host) {
    int best = -1;
    for (uint8_t k = 0; k < offer->packages; k++)
        if (package_is_complete(host, &offer->menu[k]) &&
            (best < 0 || offer->worth[k] > offer->worth[best]))
            best = k;
    return best;
}
