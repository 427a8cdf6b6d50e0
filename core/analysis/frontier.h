/* The Pareto frontier: the utility vectors of packages that no other package dominates, that is, gives
 * every seat at least as much and one seat more (Pareto 1906; Raiffa 1982). Exact on utilities rounded
 * once to billionths: equal vectors are one point, and a tie is a tie. */
#ifndef CORE_ANALYSIS_FRONTIER_H
#define CORE_ANALYSIS_FRONTIER_H

#include "core/analysis/packages.h"

typedef struct FrontierPoint {
    Utility utility[NP_MAX_SEATS]; /* 0 past the last seat */
    double packages;               /* how many have these utilities; exact up to 2^53 */
    Outcome package;               /* the first of them in order (packages.h) */
} FrontierPoint;

typedef struct Frontier {
    uint8_t seats;
    /* Is this the whole frontier? Where the budget ran out, what is here is feasible and mutually
     * non-dominated, but points may be missing, and others may dominate what is here. */
    bool exact;
    /* Are packages all counted? They are when it is exact, but for one case: where a peace may break, packages
     * of lesser terms can be worth the same once that is rounded to billionths, and are then left out of
     * count in spaces of more than 262,144 packages. */
    bool counted;
    size_t count; /* 0: the question admits no package */
    FrontierPoint
        *point;      /* [count], by falling utility of the first seat, then of the second, ... */
    double packages; /* on the frontier, all points together */
    uint64_t states; /* candidates looked at, of the question's budget */
} Frontier;

/* The caller finishes it. */
Frontier frontier_find(const Question *question);
void frontier_finish(Frontier *frontier);

/* Enters a package that was found elsewhere, with its utilities, where the frontier is not exact: nothing if a
 * point is as good or dominates it; otherwise what it dominates leaves. */
void frontier_admit(Frontier *frontier, const Utility *utility, const Outcome *package);

/* The point with exactly these utilities, or NULL. */
const FrontierPoint *frontier_at(const Frontier *frontier, const Utility *utility);

#endif
