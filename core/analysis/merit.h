/* Which of two utility vectors a bargaining solution prefers (solution.h has the definitions), decided
 * exactly: products and ratios are compared as integers. */
#ifndef CORE_ANALYSIS_MERIT_H
#define CORE_ANALYSIS_MERIT_H

#include "core/analysis/solution.h"

typedef struct Merit {
    SolutionKind kind;
    uint8_t seats;
    const Utility *disagreement; /* [seats] */
    const Utility *ideal;        /* [seats] Kalai-Smorodinsky */
} Merit;

/* May it be chosen at all? */
bool merit_admits(const Merit *merit, const Utility *utility);
/* > 0: a is preferred; 0: they are equally good. Never prefers a vector to one that is at least as good for
 * every seat: hence an upper bound on vectors is one on merit. Vectors are admitted. */
int merit_compare(const Merit *merit, const Utility *a, const Utility *b);

/* False where `best` is certainly preferred to every vector that is nowhere above `most` and whose utilities sum
 * to no more than `sum`: a bound that sees that not everybody can have the most at once. `best` is
 * admitted. */
bool merit_within(const Merit *merit, const Utility *most, Utility sum, const Utility *best);

/* Products of whole numbers >= 0, up to 2^63 each and `count` of them; <0, 0, >0 like memcmp. */
int products_compare(const Utility *a, const Utility *b, uint8_t count);

#endif
