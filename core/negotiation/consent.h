/* Consent by provision: who must say yes to a package. The status-quo option of an issue needs
 * nobody, an option without a provision needs every seat, `always` is needed for every complete
 * package. */
#ifndef CORE_NEGOTIATION_CONSENT_H
#define CORE_NEGOTIATION_CONSENT_H

#include "core/negotiation/domain.h"

typedef struct Consent {
    bool unanimous; /* every seat, whatever the options (alternating offers' default) */
    SeatSet all;    /* every seat at the table */
    SeatSet always;
    SeatSet needs[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* resolved: one set per option */
} Consent;

/* The seats whose acceptance concludes `outcome`. `status_quo` is the present one: options that
 * partial accords have already settled need nobody. Empty when it
 * changes nothing, or only to options that need nobody (`needs: []`) while `always` is empty. */
SeatSet consent_needed(const Consent *consent, const Domain *domain, const Outcome *status_quo,
                       const Outcome *outcome);

#endif
