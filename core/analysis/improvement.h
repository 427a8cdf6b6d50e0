/* Improvements after settlement (Raiffa 1985, "Post-settlement settlements"): packages that give no seat less
 * than one that is settled, and one seat more. Every seat at the table counts, whether its consent is
 * needed or not, and no hard red line of any seat is crossed that the settlement does not cross. */
#ifndef CORE_ANALYSIS_IMPROVEMENT_H
#define CORE_ANALYSIS_IMPROVEMENT_H

#include "core/analysis/packages.h"

/* A change that only later steps make (negotiation.h): it follows the package given when consented to. */
typedef struct StepGain {
    uint32_t step; /* of negotiation->step */
    bool feasible; /* what it leads to */
    bool agreed;   /* no seat whose consent it needs loses by it */
    Utility gain[NP_MAX_SEATS];
} StepGain;

typedef struct Improvement {
    bool exact;       /* of all below; otherwise what was found, and at most `uncounted` more */
    double packages;  /* improvements; 0: the settlement is Pareto-optimal among such packages */
    double uncounted; /* 0 when exact */
    bool found;
    bool best_exact; /* is `best` the best for sure? */
    /* The best by Nash over the settlement: as many seats as possible gain, and of these the product of
     * their gains is greatest; the first in order among equals. */
    Outcome best;
    Utility gain[NP_MAX_SEATS];
} Improvement;

/* Of a complete, feasible package; scope and thresholds of the question do not matter. */
Improvement improvement_find(const Question *question, const Outcome *settlement);
/* Of the later steps that the settlement meets the condition of, in the scenario's order; returns how many. */
uint32_t improvement_steps(const Negotiation *negotiation, const Question *question,
                           const Outcome *settlement, StepGain *gain, uint32_t room);

#endif
