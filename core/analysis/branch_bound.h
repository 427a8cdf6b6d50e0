/* Best packages without the frontier, where that is too large: branch and bound (Land and Doig 1960) along a
 * diagram, whose bounds on what the rest of a path can add are exact for each seat alone and for their sum.
 * For this folder. */
#ifndef CORE_ANALYSIS_BRANCH_BOUND_H
#define CORE_ANALYSIS_BRANCH_BOUND_H

#include "core/analysis/diagram.h"
#include "core/analysis/merit.h"

/* What is sought: the best by a merit, or else one seat's most or least. */
typedef struct Aim {
    const Merit *merit; /* NULL: `seat` alone */
    SeatId seat;
    bool least;
    const Utility *floor; /* [seats]: every seat has at least that; NULL: no such condition */
} Aim;

/* Goes on from `known`, which may be nothing (not found) and is used up: what is better replaces it. The budget
 * is the question's, once for the best package, and once more for those as good as it. `exact` and `counted`
 * say whether it was enough. */
Solution branch_and_bound(const Diagram *diagram, const Aim *aim, const Solution *known);

#endif
