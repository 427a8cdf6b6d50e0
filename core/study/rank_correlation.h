/* How monotonically a result follows a factor: Spearman's rank correlation, and partial rank correlation
 * coefficients (PRCC), with what other factors explain taken out (Iman and Conover 1979; McKay 1988; Marino,
 * Hogue, Ray and Kirschner, A methodology for performing global uncertainty and sensitivity analysis in systems
 * biology, Journal of Theoretical Biology 254, 2008).
 *
 * Ranks are midranks: equal values share the mean of the places they take. Spearman's coefficient is Pearson's
 * of the midranks, which with ties is the exact form (1 - 6 sum d^2 / (n^3 - n) is not). The partial
 * coefficient of factor i is Pearson's of two residuals: of rank(x_i) and of rank(y), each after linear
 * regression on the ranks of all other factors. It is found from the Cholesky factor L of the correlation
 * matrix of the ranks, others first, then x_i, then y:  L_yi / sqrt(L_yi^2 + L_yy^2).
 *
 * Intervals are the bootstrap's: rows are drawn with replacement and ranked anew; all coefficients with the
 * same draws. They are made for independent rows; for Latin hypercubes and Sobol sequences they are an
 * approximation. */
#ifndef CORE_STUDY_RANK_CORRELATION_H
#define CORE_STUDY_RANK_CORRELATION_H

#include "core/study/mean.h"

typedef struct Observations {
    const double *input;  /* [rows][factors], row-major, no NaN */
    const double *output; /* [rows]; NaN marks a run that failed: the row is left out */
    uint32_t rows, factors;
} Observations;

typedef struct RankCorrelation {
    Interval spearman; /* NaN where the factor or the output does not vary */
    /* NaN there too, and where the other factors determine the factor or the output, or rows are fewer than
     * factors + 2. A factor that does not vary is no burden to the others. */
    Interval partial;
} RankCorrelation;

/* rank[i] belongs to value[i]; the least has 1. No NaN. */
void rank_midranks(const double *value, uint32_t count, double *rank);
/* Spearman's coefficient alone, in [-1, 1]. */
double rank_spearman(const double *x, const double *y, uint32_t count);
/* `result` has a place for every factor. Returns how many rows are complete. Time grows with replicates * rows
 * * factors^2: a fifth of a second for 999, 1,024 and 8. */
uint32_t rank_correlations(const Observations *observations, const Bootstrap *bootstrap,
                           RankCorrelation *result);

#endif
