#include "core/study/paired.h"

#include <assert.h>

#include "core/base/memory.h"
#include "core/base/real.h"
#include "core/study/normal.h"
#include "core/study/resample.h"

/* Differences of the complete pairs, in their order; how many there are. */
static uint32_t differences(const double *first, const double *second, size_t count,
                            double *difference) {
    uint32_t pairs = 0;
    for (size_t i = 0; i < count; i++) {
        double less = first[i] - second[i];
        if (less == less) difference[pairs++] = less;
    }
    return pairs;
}

/* What a sum of signed differences must reach to count as far out. Equal sums may differ in their last digits
 * by the order in which signs let them cancel; that must not decide. */
static double reach_of(const double *difference, uint32_t pairs) {
    double sum = 0, size = 0;
    for (uint32_t i = 0; i < pairs; i++) {
        sum += difference[i];
        size += difference[i] < 0 ? -difference[i] : difference[i];
    }
    return (sum < 0 ? -sum : sum) - 1e-12 * size;
}

static bool is_far(double sum, double reach) {
    return sum >= reach || -sum >= reach;
}

static double p_over_all_signs(const double *difference, uint32_t pairs, double reach) {
    uint32_t ways = UINT32_C(1) << pairs, far = 0;
    for (uint32_t way = 0; way < ways; way++) {
        double sum = 0;
        for (uint32_t i = 0; i < pairs; i++) sum += way >> i & 1 ? -difference[i] : difference[i];
        far += is_far(sum, reach);
    }
    return (double)far / ways;
}

static double drawn_sum(const double *difference, uint32_t pairs, Rng *rng) {
    double sum = 0;
    uint32_t signs = 0;
    for (uint32_t i = 0; i < pairs; i++, signs >>= 1) {
        if (i % 32 == 0) signs = rng_u32(rng);
        sum += signs & 1 ? -difference[i] : difference[i];
    }
    return sum;
}

static double p_over_drawn_signs(const double *difference, uint32_t pairs, double reach,
                                 const Bootstrap *bootstrap) {
    Rng rng = rng_stream(rng_key(bootstrap->key.word[0], "randomisation/signs"));
    uint32_t far = 0;
    for (uint32_t b = 0; b < PAIRED_DRAWS; b++)
        far += is_far(drawn_sum(difference, pairs, &rng), reach);
    return (far + 1.0) / (PAIRED_DRAWS + 1.0);
}

static double p_in_the_limit(const double *difference, uint32_t pairs) {
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < pairs; i++) {
        sum += difference[i];
        squares += difference[i] * difference[i];
    }
    return squares > 0 ? 2 * normal_tail((sum < 0 ? -sum : sum) / real_sqrt(squares)) : 1;
}

static double p_of(const double *difference, uint32_t pairs, const Bootstrap *bootstrap) {
    double reach = reach_of(difference, pairs);
    if (pairs <= PAIRED_EXACT_UP_TO) return p_over_all_signs(difference, pairs, reach);
    return pairs <= PAIRED_DRAWN_UP_TO ? p_over_drawn_signs(difference, pairs, reach, bootstrap)
                                       : p_in_the_limit(difference, pairs);
}

PairedMean paired_mean(const double *first, const double *second, size_t count,
                       const Bootstrap *bootstrap) {
    assert(count < UINT32_MAX);
    double *difference = memory_new(count + 1, sizeof *difference);
    uint32_t pairs = differences(first, second, count, difference);
    Interval unknown = interval_unknown();
    PairedMean paired = {pairs, (uint32_t)count - pairs, unknown, unknown.estimate, false};
    if (pairs > 0) {
        paired.exact = pairs <= PAIRED_EXACT_UP_TO;
        paired.difference = mean_bootstrap(difference, pairs, bootstrap);
        paired.p = p_of(difference, pairs, bootstrap);
    }
    memory_free(difference);
    return paired;
}
