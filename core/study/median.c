#include "core/study/median.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/study/resample.h"

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *in_order(const double *sample, size_t count) {
    double *sorted = memory_new(count, sizeof *sorted);
    memcpy(sorted, sample, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, ascending);
    return sorted;
}

/* Where a level falls among `count` values in order: `part` of the way from value `at` to the next, counted
 * from 0. */
typedef struct Place {
    size_t at;
    double part;
} Place;

static Place place_of(size_t count, double level) {
    assert(count > 0 && level >= 0 && level <= 1);
    double h = (double)(count - 1) * level;
    size_t at = (size_t)h;
    return (Place){at, h - (double)at};
}

/* The last value has none after it: there, nothing of a next one is asked for. */
static double between(double low, double high, double part) {
    return part > 0 ? low + part * (high - low) : low;
}

double quantile_of(const double *sample, size_t count, double level) {
    Place place = place_of(count, level);
    double *sorted = in_order(sample, count);
    double quantile = between(sorted[place.at],
                              sorted[place.at + 1 < count ? place.at + 1 : place.at], place.part);
    memory_free(sorted);
    return quantile;
}

/* The quantile of the sample that has sorted[i] times[i] times. */
static double resampled_quantile(const double *sorted, const uint32_t *times, const Place *place) {
    size_t i = 0, upto = times[0];
    while (upto <= place->at) upto += times[++i];
    double low = sorted[i];
    if (place->part <= 0) return low;
    while (upto <= place->at + 1) upto += times[++i];
    return between(low, sorted[i], place->part);
}

Interval quantile_bootstrap(const double *sample, size_t count, double level,
                            const Bootstrap *bootstrap) {
    assert(count < UINT32_MAX && bootstrap->replicates >= 2);
    Place place = place_of(count, level);
    double *sorted = in_order(sample, count);
    double *quantile = memory_new(bootstrap->replicates, sizeof *quantile);
    uint32_t *times = memory_new(count, sizeof *times);
    Rng rng = rng_stream(bootstrap->key);
    for (uint32_t b = 0; b < bootstrap->replicates; b++) {
        resample_times(&rng, (uint32_t)count, times);
        quantile[b] = resampled_quantile(sorted, times, &place);
    }
    Interval interval = resample_interval(quantile_of(sorted, count, level), quantile,
                                          bootstrap->replicates, bootstrap->confidence);
    memory_free(times);
    memory_free(quantile);
    memory_free(sorted);
    return interval;
}

Interval median_bootstrap(const double *sample, size_t count, const Bootstrap *bootstrap) {
    return quantile_bootstrap(sample, count, 0.5, bootstrap);
}
