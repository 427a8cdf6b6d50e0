/* The zone of agreement: complete packages that every seat whose consent they need prefers (weakly) to
 * walking away, and that cross no hard red line of such a seat (Raiffa 1982). A finding, not a verdict.
 * What changes nothing is not a member; what changes something and needs nobody's consent is, since nobody
 * refuses it.
 *
 * A seat refuses a package when its consent is needed and the package gives it less than its threshold or
 * crosses a hard red line of it. The zone is what nobody refuses. All answers come from one search, depth
 * first, that leaves out what bounds decide; it is bounded by nodes, never by time, and says so. */
#ifndef CORE_ANALYSIS_ZONE_H
#define CORE_ANALYSIS_ZONE_H

#include "core/analysis/packages.h"

typedef enum ZoneAnswer {
    ZONE_EMPTY,
    ZONE_EXISTS,
    ZONE_UNKNOWN /* neither a member nor a proof that there is none within the budget */
} ZoneAnswer;

/* Of the negotiation as it opens, walking away being worth the reservation values. */
ZoneAnswer zone_exists(const Negotiation *negotiation);

/* A member, if the answer is ZONE_EXISTS. It is the first that the search meets, not the best. The question's
 * scope does not matter: its profiles, thresholds, status quo and budget do. */
ZoneAnswer zone_member(const Question *question, Outcome *member);

typedef struct ZoneCount {
    bool exact; /* otherwise `packages` and `refused_by_alone` are what was counted, and at most
                         `uncounted` are missing from all of them together */
    double packages;  /* in the zone; exact up to 2^53 */
    double feasible;  /* complete packages that no exclusion forbids, or DOMAIN_UNCOUNTED */
    double uncounted; /* 0 when exact */
    double refused_by_alone[NP_MAX_SEATS]; /* packages that this seat refuses and no other */
    uint64_t nodes;
} ZoneCount;

ZoneCount zone_count(const Question *question);

#endif
