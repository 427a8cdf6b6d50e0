/* The difference between two paired proportions: how much more often one way to play comes to an agreement than
 * the other, with the same luck.
 *
 * With a = both, b = first only, c = second only, d = neither, n = a + b + c + d, p1 = (a + b)/n, p2 = (a +
 * c)/n and their Wilson intervals (l1, u1), (l2, u2), the interval is method 10 of Newcombe (Improved
 * confidence intervals for the difference between binomial proportions based on paired data, Statistics in
 * Medicine 17, 1998, 2635-2650):
 *
 *     p1 - p2 - sqrt((p1 - l1)^2 - 2 f (p1 - l1)(u2 - p2) + (u2 - p2)^2)   to
 *     p1 - p2 + sqrt((u1 - p1)^2 - 2 f (u1 - p1)(p2 - l2) + (p2 - l2)^2),
 *
 * f = A / sqrt((a + b)(c + d)(a + c)(b + d)), where A is ad - bc if that is negative and else max(ad - bc -
 * n/2, 0); f = 0 if the root is 0.
 *
 * The p-value is McNemar's in its exact conditional form (Psychometrika 12, 1947): only the pairs that differ
 * count, p = 2 P(X <= min(b, c)), X binomial (b + c, 1/2), at most 1. It errs on the side of caution. */
#ifndef CORE_STUDY_PAIRED_PROPORTION_H
#define CORE_STUDY_PAIRED_PROPORTION_H

#include <stddef.h>
#include <stdint.h>

#include "core/study/interval.h"

typedef struct PairedTable {
    uint64_t both, first_only, second_only, neither; /* each < 2^50 */
} PairedTable;

/* A hit is anything but 0; pairs with a NaN are left out. */
PairedTable paired_table(const double *first, const double *second, size_t count);
uint64_t paired_count(const PairedTable *table);
/* first - second; z as for Wilson. Of no pairs nothing is known: 0 in [-1, 1]. */
Interval paired_newcombe(const PairedTable *table, double z);
/* In (0, 1]; 1 where no pair differs. */
double paired_mcnemar(const PairedTable *table);

#endif
