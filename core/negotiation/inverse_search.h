/* Search in spaces too large to rank: depth first, branch and bound, issue by issue, linkages and
 * exclusions exact at every node. Stops at its budget of nodes with the best package found so far;
 * within the budget the answer is exact. Not for other folders. */
#ifndef CORE_NEGOTIATION_INVERSE_SEARCH_H
#define CORE_NEGOTIATION_INVERSE_SEARCH_H

#include "core/negotiation/inverse_space.h"

/* What is looked for: a package worth floor .. ceiling, the highest or the lowest such; ties go to the
 * package that comes first in the order of options. */
typedef struct Wanted {
    Utility floor, ceiling;
    bool lowest;
    uint32_t budget;       /* nodes */
    uint8_t issue, option; /* `issue` must have `option`; issue NP_MAX_ISSUES: none such */
    const Outcome
        *reference; /* as few options as possible other than these, before all else; or NULL */
    const Outcome *after; /* of those worth the ceiling, only what comes after this one; or NULL */
} Wanted;

/* Does it come before, or is it, the package after which is looked? */
bool wanted_skips(const Wanted *wanted, Utility utility, const Outcome *package);

/* The issues from the widest to the narrowest: what decides most is decided first. Where a peace may break,
 * what an option does to it counts with what the option itself is worth. */
void search_order(const Domain *domain, const Profile *profile, uint8_t order[NP_MAX_ISSUES]);
/* False when nothing was found. `complete` says that the budget sufficed. */
bool search_find(const Space *space, const Wanted *wanted, Outcome *out, bool *complete);
/* The packages of the wanted kind, best first, that the budget found: writes up to `room` of them and returns how
 * many. `lowest` and `reference` play no part. */
uint32_t search_list(const Space *space, const Wanted *wanted, Outcome *out, uint32_t room);
/* Tries for a package of the wanted kind that is nearer to the reference than this one, with as many nodes again. False, and
 * `package` untouched, when none was found. */
bool search_nearer(const Space *space, const Wanted *wanted, Outcome *package);

#endif
