/* A mean with a percentile interval from the bootstrap (Efron, Bootstrap methods: another look at the jackknife,
 * Annals of Statistics 7, 1979; Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13). */
#ifndef CORE_STUDY_MEAN_H
#define CORE_STUDY_MEAN_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/rng.h"
#include "core/study/interval.h"

typedef struct Bootstrap {
    uint32_t replicates; /* B, at least 39 for 95 % */
    double confidence;   /* in (0, 1): 0.95 */
    RngKey key;          /* its luck: rng_key(seed, "bootstrap/<what>") */
} Bootstrap;

/* The sample's mean, added up in its order. count > 0. */
double mean_of(const double *sample, size_t count);
/* `replicates` samples of `count` are drawn from the sample with replacement; of their means in order, the ends are
 * the k-th from below and from above, k = floor((B + 1) a), a = (1 - confidence) / 2, at least 1. Equal samples, keys
 * and replicates give equal bits; the ends are NaN where B < 2 k. 0 < count < 2^32, B >= 2. */
Interval mean_bootstrap(const double *sample, size_t count, const Bootstrap *bootstrap);

#endif
