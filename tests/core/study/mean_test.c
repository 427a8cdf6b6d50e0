#include "core/study/mean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/real.h"

/* Survival in days of the treated mice, Efron and Tibshirani 1993, table 2.1. There: mean 86.86; the bootstrap's
 * standard error with B without end (table 2.2) 23.36. */
enum { MICE = 7, WAYS = 823543 /* 7^7 */ };
static const double mice[MICE] = {94, 197, 16, 38, 99, 141, 23};

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The bootstrap without chance: the means of all 7^7 samples, in order. */
static double *every_mean(void) {
    double *mean = memory_new(WAYS, sizeof *mean);
    for (uint32_t way = 0; way < WAYS; way++) {
        uint32_t rest = way;
        for (int i = 0; i < MICE; i++, rest /= MICE) mean[way] += mice[rest % MICE];
        mean[way] /= MICE;
    }
    qsort(mean, WAYS, sizeof *mean, ascending);
    return mean;
}

static void the_mice_of_efron_and_tibshirani(void **state) {
    (void)state;
    double *mean = every_mean(), square = 0;
    assert_true(near(mean_of(mice, MICE), 86.86, 0.005));
    for (uint32_t way = 0; way < WAYS; way++)
        square += (mean[way] - mean_of(mice, MICE)) * (mean[way] - mean_of(mice, MICE));
    assert_true(near(real_sqrt(square / WAYS), 23.36, 0.005));
    Bootstrap bootstrap = {19999, 0.95, rng_key(1, "bootstrap/mice")};
    Interval interval = mean_bootstrap(mice, MICE, &bootstrap);
    assert_true(near(interval.estimate, 86.857142857, 1e-9));
    assert_true(near(interval.least, mean[WAYS / 40], 1.0));
    assert_true(near(interval.most, mean[WAYS - WAYS / 40], 1.0));
    memory_free(mean);
}

/* With 39 replicates the 95 % interval is from the first to the last; 90 % of 19 likewise. */
static void few_replicates_reach_from_end_to_end(void **state) {
    (void)state;
    RngKey key = rng_key(2, "bootstrap/ends");
    Rng rng = rng_stream(key);
    double least = 1e9, most = -1e9;
    for (int b = 0; b < 39; b++) {
        double sum = 0;
        for (int i = 0; i < MICE; i++) sum += mice[rng_below(&rng, MICE)];
        if (sum / MICE < least) least = sum / MICE;
        if (sum / MICE > most) most = sum / MICE;
    }
    Interval interval = mean_bootstrap(mice, MICE, &(Bootstrap){39, 0.95, key});
    assert_true(interval.least == least && interval.most == most);
    Interval narrower = mean_bootstrap(mice, MICE, &(Bootstrap){39, 0.90, key});
    assert_true(narrower.least > least && narrower.most < most);
}

static void equal_keys_give_equal_bits(void **state) {
    (void)state;
    Bootstrap bootstrap = {999, 0.95, rng_key(3, "bootstrap/bits")};
    Interval one = mean_bootstrap(mice, MICE, &bootstrap);
    Interval two = mean_bootstrap(mice, MICE, &bootstrap);
    assert_memory_equal(&one, &two, sizeof one);
    bootstrap.key = rng_key(4, "bootstrap/bits");
    Interval other = mean_bootstrap(mice, MICE, &bootstrap);
    assert_true(one.least != other.least || one.most != other.most);
}

static void what_does_not_vary_is_known(void **state) {
    (void)state;
    static const double same[] = {0.25, 0.25, 0.25};
    Interval interval = mean_bootstrap(same, 3, &(Bootstrap){99, 0.95, rng_key(5, "bootstrap/x")});
    assert_true(interval.estimate == 0.25 && interval.least == 0.25 && interval.most == 0.25);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mice_of_efron_and_tibshirani),
        cmocka_unit_test(few_replicates_reach_from_end_to_end),
        cmocka_unit_test(equal_keys_give_equal_bits),
        cmocka_unit_test(what_does_not_vary_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
