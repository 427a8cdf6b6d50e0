/* What the bootstraps of this folder have in common: how often each row is drawn, and where the interval ends
 * (percentile interval: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13). */
#ifndef CORE_STUDY_RESAMPLE_H
#define CORE_STUDY_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/rng.h"
#include "core/study/interval.h"

/* NaN throughout: there is nothing to estimate, or no way to say how far off it is. */
Interval interval_unknown(void);
/* Draws `rows` of `rows` rows with replacement: times[i] says how often row i was drawn. rows > 0. */
void resample_times(Rng *rng, uint32_t rows, uint32_t *times);
/* Of the replicates in order, the k-th from below and from above, k = floor((B + 1) a), a = (1 - confidence) /
 * 2, at least 1. Replicates that are NaN are left out of B; the ends are NaN where fewer than 2 k are left, or k or more
 * were left out.
 * Sorts `replicate`. */
Interval resample_interval(double estimate, double *replicate, size_t count, double confidence);

#endif
