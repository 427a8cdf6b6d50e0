/* How far a package is from what could have been had: Euclidean distances between utility vectors, in units of
 * utility, and what is left on the table (Raiffa 1982). */
#ifndef CORE_ANALYSIS_DISTANCE_H
#define CORE_ANALYSIS_DISTANCE_H

#include "core/analysis/solution.h"

typedef struct Distance {
    bool exact;         /* the frontier was */
    double to_frontier; /* to the nearest point of the frontier; 0 exactly where it is one */
    size_t nearest;     /* that point: the first in the frontier's order where several are */
    bool dominated;     /* by a point of the frontier */
    Utility gain[NP_MAX_SEATS]; /* the most that each could gain without anybody losing */
    Utility
        uniform_gain; /* the most that all could gain at once: max over points of the least gain */
    size_t uniform;   /* the point that gives it; the nearest where nobody could gain */
} Distance;

/* The frontier is not empty. */
Distance distance_to_frontier(const Frontier *frontier, const Utility utility[NP_MAX_SEATS]);
/* Between two utility vectors: to a solution, say. */
double utilities_apart(const Utility *a, const Utility *b, uint8_t seats);

#endif
