#include "core/study/mean.h"

#include <assert.h>

#include "core/base/memory.h"
#include "core/study/resample.h"

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

Interval mean_bootstrap(const double *sample, size_t count, const Bootstrap *bootstrap) {
    uint32_t replicates = bootstrap->replicates;
    assert(count > 0 && count < UINT32_MAX && replicates >= 2);
    double *mean = memory_new(replicates, sizeof *mean);
    Rng rng = rng_stream(bootstrap->key);
    for (uint32_t b = 0; b < replicates; b++)
        mean[b] = resampled_mean(sample, (uint32_t)count, &rng);
    Interval interval =
        resample_interval(mean_of(sample, count), mean, replicates, bootstrap->confidence);
    memory_free(mean);
    return interval;
}
