#include "core/negotiation/consent.h"

SeatSet consent_needed(const Consent *consent, const Domain *domain, const Outcome *status_quo,
                       const Outcome *outcome) {
    SeatSet needed = 0;
    bool changes = false, complete = true;
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        uint8_t option = outcome->option[issue];
        if (option == NP_NO_OPTION) complete = false;
        if (option == NP_NO_OPTION || option == status_quo->option[issue]) continue;
        if (consent->unanimous) return consent->all;
        changes = true;
        needed |= consent->needs[issue][option];
    }
    if (!changes) return 0;
    return complete ? needed | consent->always : needed;
}
