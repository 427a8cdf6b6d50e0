#include "core/study/resample.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define UNKNOWN __builtin_nan("")

Interval interval_unknown(void) {
    return (Interval){UNKNOWN, UNKNOWN, UNKNOWN};
}

void resample_times(Rng *rng, uint32_t rows, uint32_t *times) {
    memset(times, 0, rows * sizeof *times);
    for (uint32_t i = 0; i < rows; i++) times[rng_below(rng, rows)]++;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Moves what is no NaN to the front. */
static size_t keep_known(double *replicate, size_t count) {
    size_t known = 0;
    for (size_t b = 0; b < count; b++)
        if (replicate[b] == replicate[b]) replicate[known++] = replicate[b];
    return known;
}

/* How many replicates from either side the interval begins. What is an integer in decimals should not fall
 * below it for want of a last digit: 40 * 0.025 is 1. */
static size_t rank_of(size_t count, double confidence) {
    double rank = ((double)count + 1) * (1 - confidence) / 2 + 1e-9;
    return rank < 1 ? 1 : (size_t)rank;
}

Interval resample_interval(double estimate, double *replicate, size_t count, double confidence) {
    assert(confidence > 0 && confidence < 1);
    size_t known = keep_known(replicate, count), rank = rank_of(known, confidence);
    /* Those that say nothing may lie anywhere: as many as lie beyond an end may have moved it anywhere. */
    if (2 * rank > known || count - known >= rank_of(count, confidence))
        return (Interval){estimate, UNKNOWN, UNKNOWN};
    qsort(replicate, known, sizeof *replicate, ascending);
    return (Interval){estimate, replicate[rank - 1], replicate[known - rank]};
}
