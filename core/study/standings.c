#include "core/study/standings.h"

#include <stdbool.h>
#include <stdlib.h>

#include "core/base/memory.h"

#define UNKNOWN __builtin_nan("")

static bool is_known(double x) {
    return x == x;
}

/* --- sums in the order of the scores --- */

typedef struct Sum {
    double total;
    uint64_t count;
} Sum;

static double mean_or_nan(const Sum *sum) {
    return sum->count > 0 ? sum->total / (double)sum->count : UNKNOWN;
}

/* Utilities are whole billionths; what is less is the order in which they were added up. Ties are ties. */
static double in_billionths(double x) {
    if (!is_known(x) || x > 1e6 || x < -1e6) return x;
    return (double)(int64_t)(x * 1e9 + (x < 0 ? -0.5 : 0.5)) / 1e9;
}

static void add(Sum *sum, double value) {
    if (!is_known(value)) return;
    sum->total += value;
    sum->count++;
}

/* Of one strategy and measure: a row of venues for each seed. */
static Sum *sums_of(const Score *score, size_t count, const Field *field, uint32_t strategy,
                    Measure measure) {
    Sum *sum = memory_new((size_t)field->seeds * field->venues, sizeof *sum);
    for (size_t i = 0; i < count; i++)
        if (score[i].strategy == strategy)
            add(&sum[(size_t)score[i].seed * field->venues + score[i].venue],
                score[i].measure[measure]);
    return sum;
}

static void mean_by_seed(const Score *score, size_t count, const Field *field, uint32_t strategy,
                         Measure measure, double *mean) {
    Sum *sum = sums_of(score, count, field, strategy, measure);
    for (uint32_t seed = 0; seed < field->seeds; seed++) {
        Sum whole = {0};
        for (uint32_t venue = 0; venue < field->venues; venue++)
            add(&whole, mean_or_nan(&sum[(size_t)seed * field->venues + venue]));
        mean[seed] = in_billionths(mean_or_nan(&whole));
    }
    memory_free(sum);
}

/* --- standings --- */

static void count_games(const Score *score, size_t count, const Field *field, Standing *standing) {
    uint8_t *played = memory_new(field->venues, 1);
    for (size_t i = 0; i < count; i++) {
        if (score[i].strategy != standing->strategy) continue;
        standing->games++;
        standing->venues += !played[score[i].venue];
        played[score[i].venue] = 1;
    }
    memory_free(played);
}

/* `gain` gets the mean gains by seed. */
static void measure_strategy(const Score *score, size_t count, const Field *field,
                             const Bootstrap *bootstrap, Standing *standing, double *gain) {
    const Interval unknown = {UNKNOWN, UNKNOWN, UNKNOWN};
    double *mean = memory_new(field->seeds, sizeof *mean);
    standing->behind = unknown;
    for (Measure measure = 0; measure < MEASURES; measure++) {
        mean_by_seed(score, count, field, standing->strategy, measure, mean);
        standing->measure[measure] =
            standing->games > 0 ? mean_bootstrap(mean, field->seeds, bootstrap) : unknown;
        for (uint32_t seed = 0; seed < field->seeds && measure == MEASURE_GAIN; seed++)
            gain[seed] = mean[seed];
    }
    memory_free(mean);
}

/* Whoever played everywhere first, by gain; then by the number of venues. */
static int better_first(const void *a, const void *b) {
    const Standing *x = a, *y = b;
    double gain_x = x->measure[MEASURE_GAIN].estimate, gain_y = y->measure[MEASURE_GAIN].estimate;
    if ((x->rank == 0) != (y->rank == 0)) return x->rank == 0 ? 1 : -1;
    if (x->rank != 0 && gain_x != gain_y) return gain_x > gain_y ? -1 : 1;
    if (x->venues != y->venues) return x->venues > y->venues ? -1 : 1;
    return x->strategy < y->strategy ? -1 : x->strategy > y->strategy;
}

static void rank(Standing *standing, const Field *field) {
    for (uint32_t i = 0; i < field->strategies; i++)
        standing[i].rank = standing[i].games > 0 && standing[i].venues == field->venues;
    qsort(standing, field->strategies, sizeof *standing, better_first);
    for (uint32_t i = 0; i < field->strategies && standing[i].rank != 0; i++)
        standing[i].rank = i > 0 && standing[i].measure[MEASURE_GAIN].estimate ==
                                        standing[i - 1].measure[MEASURE_GAIN].estimate
                               ? standing[i - 1].rank
                               : i + 1;
}

static void measure_distances(Standing *standing, const Field *field, const Bootstrap *bootstrap,
                              const double *gain) {
    double *less = memory_new(field->seeds, sizeof *less);
    const double *leader = gain + (size_t)standing[0].strategy * field->seeds;
    for (uint32_t i = 0; i < field->strategies && standing[i].rank != 0; i++) {
        const double *own = gain + (size_t)standing[i].strategy * field->seeds;
        for (uint32_t seed = 0; seed < field->seeds; seed++) less[seed] = leader[seed] - own[seed];
        standing[i].behind = mean_bootstrap(less, field->seeds, bootstrap);
    }
    memory_free(less);
}

void standings_of(const Score *score, size_t count, const Field *field, const Bootstrap *bootstrap,
                  Standing *out) {
    double *gain = memory_new((size_t)field->strategies * field->seeds, sizeof *gain);
    for (uint32_t i = 0; i < field->strategies; i++) {
        out[i] = (Standing){.strategy = i};
        count_games(score, count, field, &out[i]);
        measure_strategy(score, count, field, bootstrap, &out[i], gain + (size_t)i * field->seeds);
    }
    rank(out, field);
    measure_distances(out, field, bootstrap, gain);
    memory_free(gain);
}

/* --- who against whom --- */

void standings_pairs(const Score *score, size_t count, const Field *field, Measure measure,
                     double *pair) {
    size_t pairs = (size_t)field->strategies * field->strategies;
    Sum *sum = memory_new(pairs * field->venues, sizeof *sum);
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)score[i].strategy * field->strategies + score[i].against;
        add(&sum[at * field->venues + score[i].venue], score[i].measure[measure]);
    }
    for (size_t at = 0; at < pairs; at++) {
        Sum whole = {0};
        for (uint32_t venue = 0; venue < field->venues; venue++)
            add(&whole, mean_or_nan(&sum[at * field->venues + venue]));
        pair[at] = mean_or_nan(&whole);
    }
    memory_free(sum);
}
