/* Which factor moves the result, alone and with others: first-order and total Sobol indices from the
 * arrangement of Saltelli (Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola, Variance based
 * sensitivity analysis of model output, Computer Physics Communications 181, 2010, table 2).
 *
 * A and B are two independent samples of N rows of k factors; AB_i is A with its i-th column taken from B. With
 * f0 the mean and V the variance of all f(A) and f(B), and g = f - f0,
 *
 *     first-order  S_i  = 1/N  sum_j g(B)_j (g(AB_i)_j - g(A)_j) / V        estimator (b)
 *     total        ST_i = 1/2N sum_j (f(A)_j - f(AB_i)_j)^2 / V             estimator (f), Jansen 1999
 *
 * S_i is the share of V that would go if factor i were known; ST_i the share that would stay if all but i were
 * known. Factors must be independent. Estimates may fall a little below 0 or above 1: that is the noise of a
 * sample, and it is not hidden.
 *
 * The intervals are the bootstrap's over base rows (Archer, Saltelli and Sobol 1997): a row is resampled with
 * all its k + 2 runs, and all indices with the same draws. They are made for independent rows; for a Sobol
 * sequence, which covers the cube more evenly than luck would, they are too wide. */
#ifndef CORE_STUDY_SENSITIVITY_H
#define CORE_STUDY_SENSITIVITY_H

#include "core/study/mean.h"

typedef struct SobolIndex {
    Interval first, total; /* NaN when the output does not vary; ends NaN with one complete row */
} SobolIndex;

typedef struct SobolStudy {
    uint32_t complete; /* base rows with a number in all k + 2 runs; the others are left out */
    double mean;       /* of f(A) and f(B) in these rows; NaN without any */
    double variance;   /* likewise; 0 says that the output is constant: nothing to share out */
} SobolStudy;

/* output[rows][factors + 2], row-major: f(A)_j, f(B)_j, f(AB_1)_j ... f(AB_k)_j; a NaN marks a run that failed.
 * `index` has a place for every factor. */
SobolStudy sensitivity_sobol(const double *output, uint32_t rows, uint32_t factors,
                             const Bootstrap *bootstrap, SobolIndex *index);

#endif
