/* Medians and other quantiles with a percentile interval from the bootstrap.
 *
 * Of a sample in order x_1 <= ... <= x_n, the quantile at level q is x_j + g (x_{j+1} - x_j) with h = (n - 1) q
 * + 1, j = floor(h), g = h - j: type 7 of Hyndman and Fan (Sample quantiles in statistical packages, The
 * American Statistician 50, 1996), the one that R, NumPy and spreadsheets take. The median is that at 1/2. */
#ifndef CORE_STUDY_MEDIAN_H
#define CORE_STUDY_MEDIAN_H

#include "core/study/mean.h"

/* 0 <= level <= 1, count > 0, no NaN; the order of the sample does not matter. */
double quantile_of(const double *sample, size_t count, double level);
/* Replicates are quantiles of `count` draws with replacement. The order of the sample does not matter, to the
 * last bit. The bootstrap of a median moves among the few values in the middle: its ends are values of the
 * sample, or halfway between two. 0 < count < 2^32, no NaN. */
Interval quantile_bootstrap(const double *sample, size_t count, double level,
                            const Bootstrap *bootstrap);
Interval median_bootstrap(const double *sample, size_t count, const Bootstrap *bootstrap);

#endif
