/* An offer as the seat that hears it sees it: what its packages are worth to that seat, by its own numbers as of
 * the moment of weighing, and what it has said of them. */
#ifndef AGENTS_SEEN_OFFER_H
#define AGENTS_SEEN_OFFER_H

#include "core/base/outcome.h"

/* How a tabled package stands with this seat. */
typedef enum Merit {
    MERIT_UNKNOWN,  /* not looked at yet */
    MERIT_NEVER,    /* infeasible, across a red line, or an accord that makes things worse */
    MERIT_BY_WORTH, /* complete: accepted when it is worth enough */
    MERIT_ALWAYS    /* a partial accord that is better than none: the talks go on after it */
} Merit;

/* A seat's latest menu. */
typedef struct SeenOffer {
    uint32_t number;            /* 0: none stands; the menu remains as the latest heard */
    uint8_t packages;           /* 0: none was ever heard */
    uint8_t accepted;           /* a bit per package that this seat has accepted */
    bool rejected;              /* by this seat */
    uint8_t table;              /* where it was made; the latest heard counts, wherever that is */
    uint8_t merit[NP_MAX_MENU]; /* for seen_offer_merit alone */
    SimTime expires_at;
    double worth[NP_MAX_MENU]; /* own utility */
    Outcome menu[NP_MAX_MENU];
} SeenOffer;

/* The menu alone; nothing is weighed. */
void seen_offer_keep(SeenOffer *offer, const Outcome *menu, uint8_t packages);
/* Worth by the seat's present numbers; merit too, once it is asked for. */
void seen_offer_weigh(SeenOffer *offer, const Host *host);

Merit seen_offer_merit(SeenOffer *offer, const Host *host, uint8_t k);
bool package_is_complete(const Host *host, const Outcome *package);
/* Is the package, as weighed, no worse than going without? A complete one against the reservation value, a
 * partial one against the status quo. */
bool seen_offer_serves(SeenOffer *offer, const Host *host, uint8_t k);
/* Does it need this seat's yes, with nothing in it that serves? */
bool seen_offer_is_hopeless(SeenOffer *offer, const Host *host);
/* The best complete package; -1 when it holds none. */
int seen_offer_best(const SeenOffer *offer, const Host *host);

#endif
