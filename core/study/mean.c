#include "core/study/mean.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/memory.h"

double mean_of(const double *sample, size_t count) {
    double sum = 0;
    assert(count > 0);
    for (size_t i = 0; i < count; i++) sum += sample[i];
    return sum / (double)count;
}

static double resampled_mean(const double *sample, uint32_t count, Rng *rng) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += sample[rng_below(rng, count)];
    return sum / count;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many means from either side the interval begins. What is an integer in decimals should not fall below it
 * for want of a last digit: 40 * 0.025 is 1. */
static uint32_t rank_of(const Bootstrap *bootstrap) {
    double rank = (bootstrap->replicates + 1.0) * (1 - bootstrap->confidence) / 2 + 1e-9;
    return rank < 1 ? 1 : (uint32_t)rank;
}

Interval mean_bootstrap(const double *sample, size_t count, const Bootstrap *bootstrap) {
    uint32_t replicates = bootstrap->replicates, rank = rank_of(bootstrap);
    assert(count > 0 && count < UINT32_MAX && 2 * (uint64_t)rank <= replicates);
    assert(bootstrap->confidence > 0 && bootstrap->confidence < 1);
    double *mean = memory_new(replicates, sizeof *mean);
    Rng rng = rng_stream(bootstrap->key);
    for (uint32_t b = 0; b < replicates; b++)
        mean[b] = resampled_mean(sample, (uint32_t)count, &rng);
    qsort(mean, replicates, sizeof *mean, ascending);
    Interval interval = {mean_of(sample, count), mean[rank - 1], mean[replicates - rank]};
    memory_free(mean);
    return interval;
}
