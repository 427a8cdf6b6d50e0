#include "core/study/sensitivity.h"

#include <assert.h>
#include <stdbool.h>

#include "core/base/memory.h"
#include "core/study/resample.h"

/* The complete rows, with the mean taken off: A, B, AB_1 ... AB_k. */
typedef struct Base {
    double *value;
    uint32_t rows, factors;
} Base;

/* Sums over rows: of values and squares of A and B, and for each factor of the two products and of the
 * differences that put the products right when the mean of a resample is not 0. */
typedef struct FactorSum {
    double product, square, difference;
} FactorSum;

typedef struct Sums {
    double value, square;
    FactorSum *of;
} Sums;

static const double *row_of(const Base *base, uint32_t row) {
    return base->value + (size_t)row * (base->factors + 2);
}

/* --- the complete rows --- */

static bool is_complete(const double *row, uint32_t width) {
    for (uint32_t i = 0; i < width; i++)
        if (row[i] != row[i]) return false;
    return true;
}

static Base complete_rows(const double *output, uint32_t rows, uint32_t factors) {
    size_t width = (size_t)factors + 2;
    Base base = {memory_new(rows * width + 1, sizeof(double)), 0, factors};
    for (uint32_t row = 0; row < rows; row++) {
        if (!is_complete(output + row * width, (uint32_t)width)) continue;
        double *kept = base.value + base.rows++ * width;
        for (size_t i = 0; i < width; i++) kept[i] = output[row * width + i];
    }
    return base;
}

/* Asked of the values themselves: a mean of equal values may miss them by a last digit. */
static bool is_constant(const Base *base) {
    const double *first = row_of(base, 0);
    for (uint32_t row = 0; row < base->rows; row++)
        if (row_of(base, row)[0] != first[0] || row_of(base, row)[1] != first[0]) return false;
    return true;
}

static double mean_of_both(const Base *base) {
    double sum = 0;
    for (uint32_t row = 0; row < base->rows; row++)
        sum += row_of(base, row)[0] + row_of(base, row)[1];
    return sum / (2.0 * base->rows);
}

static void take_off(Base *base, double mean) {
    size_t size = (size_t)base->rows * (base->factors + 2);
    for (size_t i = 0; i < size; i++) base->value[i] -= mean;
}

/* --- indices --- */

static void add_row(Sums *sums, const double *row, uint32_t factors, double times) {
    const double *mixed = row + 2;
    sums->value += times * (row[0] + row[1]);
    sums->square += times * (row[0] * row[0] + row[1] * row[1]);
    for (uint32_t i = 0; i < factors; i++) {
        double difference = mixed[i] - row[0];
        sums->of[i].product += times * (row[1] * difference);
        sums->of[i].square += times * (difference * difference);
        sums->of[i].difference += times * difference;
    }
}

/* times: how often each row is there; NULL for once. */
static void add_up(Sums *sums, const Base *base, const uint32_t *times) {
    sums->value = sums->square = 0;
    for (uint32_t i = 0; i < base->factors; i++) sums->of[i] = (FactorSum){0, 0, 0};
    for (uint32_t row = 0; row < base->rows; row++)
        if (times == NULL || times[row] > 0)
            add_row(sums, row_of(base, row), base->factors, times == NULL ? 1 : times[row]);
}

static double variance_of(const Sums *sums, uint32_t rows) {
    double mean = sums->value / (2.0 * rows);
    return sums->square / (2.0 * rows) - mean * mean;
}

static double first_order(const Sums *sums, uint32_t factor, uint32_t rows) {
    const FactorSum *of = &sums->of[factor];
    double mean = sums->value / (2.0 * rows);
    return (of->product - mean * of->difference) / rows / variance_of(sums, rows);
}

static double total(const Sums *sums, uint32_t factor, uint32_t rows) {
    return sums->of[factor].square / (2.0 * rows) / variance_of(sums, rows);
}

/* --- how far off --- */

/* A resample in which hardly anything varies says nothing: its shares would be those of rounding. */
static bool says_something(const Sums *sums, uint32_t rows, double variance) {
    return variance_of(sums, rows) > 1e-12 * variance;
}

/* replicate[2 factor] first-order, [2 factor + 1] total: a row of `replicates` each. */
static void resample(const Base *base, double variance, const Bootstrap *bootstrap, Sums *sums,
                     double *replicate) {
    size_t replicates = bootstrap->replicates;
    uint32_t *times = memory_new(base->rows, sizeof *times);
    Rng rng = rng_stream(bootstrap->key);
    for (size_t b = 0; b < replicates; b++) {
        resample_times(&rng, base->rows, times);
        add_up(sums, base, times);
        bool known = says_something(sums, base->rows, variance);
        for (uint32_t i = 0; i < base->factors; i++) {
            double *at = replicate + 2 * i * replicates + b;
            at[0] = known ? first_order(sums, i, base->rows) : interval_unknown().estimate;
            at[replicates] = known ? total(sums, i, base->rows) : interval_unknown().estimate;
        }
    }
    memory_free(times);
}

static void estimate(const Base *base, double variance, const Bootstrap *bootstrap,
                     SobolIndex *index) {
    size_t replicates = bootstrap->replicates;
    double *replicate = memory_new(2 * (size_t)base->factors * replicates, sizeof *replicate);
    Sums sums = {0, 0, memory_new(base->factors, sizeof *sums.of)};
    if (base->rows > 1) resample(base, variance, bootstrap, &sums, replicate);
    add_up(&sums, base, NULL);
    size_t count = base->rows > 1 ? replicates : 0;
    for (uint32_t i = 0; i < base->factors; i++) {
        double *of = replicate + 2 * i * replicates;
        index[i].first =
            resample_interval(first_order(&sums, i, base->rows), of, count, bootstrap->confidence);
        index[i].total = resample_interval(total(&sums, i, base->rows), of + replicates, count,
                                           bootstrap->confidence);
    }
    memory_free(sums.of);
    memory_free(replicate);
}

static double variance_of_both(const Base *base) {
    double square = 0;
    for (uint32_t row = 0; row < base->rows; row++) {
        const double *value = row_of(base, row);
        square += value[0] * value[0] + value[1] * value[1];
    }
    return square / (2.0 * base->rows);
}

SobolStudy sensitivity_sobol(const double *output, uint32_t rows, uint32_t factors,
                             const Bootstrap *bootstrap, SobolIndex *index) {
    assert(factors > 0 && bootstrap->replicates >= 2);
    double unknown = interval_unknown().estimate;
    Base base = complete_rows(output, rows, factors);
    SobolStudy study = {base.rows, unknown, unknown};
    for (uint32_t i = 0; i < factors; i++)
        index[i] = (SobolIndex){interval_unknown(), interval_unknown()};
    if (base.rows > 0 && is_constant(&base)) {
        study = (SobolStudy){base.rows, row_of(&base, 0)[0], 0};
    } else if (base.rows > 0) {
        study.mean = mean_of_both(&base);
        take_off(&base, study.mean);
        study.variance = variance_of_both(&base);
        estimate(&base, study.variance, bootstrap, index);
    }
    memory_free(base.value);
    return study;
}
