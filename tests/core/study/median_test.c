#include "core/study/median.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/real.h"

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Miles per gallon of 32 cars (Henderson and Velleman, Biometrics 37, 1981), R's mtcars, whose summary R prints
 * as 10.40, 15.43, 19.20, 22.80, 33.90: type 7. */
static void the_quartiles_that_r_prints(void **state) {
    (void)state;
    static const double mpg[] = {21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8,
                                 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5,
                                 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4};
    static const double quartile[] = {10.4, 15.425, 19.2, 22.8, 33.9};
    for (int i = 0; i < 5; i++)
        assert_true(near(quantile_of(mpg, 32, i / 4.0), quartile[i], 1e-12));
}

static void a_median_is_in_the_middle_or_halfway(void **state) {
    (void)state;
    assert_true(quantile_of((double[]){3, 1, 2}, 3, 0.5) == 2);
    assert_true(quantile_of((double[]){4, 1, 2, 3}, 4, 0.5) == 2.5);
    assert_true(quantile_of((double[]){7}, 1, 0.5) == 7);
    assert_true(quantile_of((double[]){7}, 1, 1) == 7);
}

/* Efron and Tibshirani 1993, tables 2.1 and 2.2: the treated mice, whose median is 94 with a bootstrap standard
 * error, with B without end, of 37.83. */
enum { MICE = 7, WAYS = 823543 /* 7^7 */ };
static const double mice[MICE] = {94, 197, 16, 38, 99, 141, 23};

static double *every_median(void) {
    double *median = memory_new(WAYS, sizeof *median);
    for (uint32_t way = 0; way < WAYS; way++) {
        double drawn[MICE];
        uint32_t rest = way;
        for (int i = 0; i < MICE; i++, rest /= MICE) drawn[i] = mice[rest % MICE];
        qsort(drawn, MICE, sizeof *drawn, ascending);
        median[way] = drawn[3];
    }
    qsort(median, WAYS, sizeof *median, ascending);
    return median;
}

static void the_mice_of_efron_and_tibshirani(void **state) {
    (void)state;
    double *median = every_median(), square = 0, mean = 0;
    for (uint32_t way = 0; way < WAYS; way++) mean += median[way] / WAYS;
    for (uint32_t way = 0; way < WAYS; way++) square += (median[way] - mean) * (median[way] - mean);
    assert_true(near(real_sqrt(square / WAYS), 37.83, 0.01));
    Interval interval =
        median_bootstrap(mice, MICE, &(Bootstrap){9999, 0.95, rng_key(1, "bootstrap/mice")});
    assert_true(interval.estimate == 94);
    assert_true(interval.least == median[WAYS / 40]);
    assert_true(interval.most == median[WAYS - WAYS / 40]);
    memory_free(median);
}

static void replicates_of_an_even_sample_are_halfway_too(void **state) {
    (void)state;
    /* Of {0, 1} a resample is 00, 01 or 11. */
    double sample[] = {0, 1};
    Interval interval =
        median_bootstrap(sample, 2, &(Bootstrap){999, 0.4, rng_key(2, "bootstrap/even")});
    assert_true(interval.estimate == 0.5 && interval.least == 0.5 && interval.most == 0.5);
    interval = median_bootstrap(sample, 2, &(Bootstrap){999, 0.6, rng_key(2, "bootstrap/even")});
    assert_true(interval.least == 0 && interval.most == 1);
}

static void the_order_of_the_sample_does_not_matter(void **state) {
    (void)state;
    Bootstrap bootstrap = {199, 0.95, rng_key(3, "bootstrap/order")};
    double sample[] = {94, 197, 16, 38, 99, 141, 23, 38}, other[8];
    for (int i = 0; i < 8; i++) other[i] = sample[i * 3 % 8];
    Interval one = quantile_bootstrap(sample, 8, 0.3, &bootstrap);
    Interval two = quantile_bootstrap(other, 8, 0.3, &bootstrap);
    assert_memory_equal(&one, &two, sizeof one);
}

/* 1,000 samples of 41 exponential values, whose median is log 2: the interval holds it in about 950. Three
 * binomial standard deviations are 21; two points are allowed for what a bootstrap's median is known to miss.
 * */
static void intervals_hold_the_true_median_as_often_as_they_say(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(4, "coverage/median"));
    int held = 0;
    for (uint64_t study = 0; study < 1000; study++) {
        double sample[41];
        for (int i = 0; i < 41; i++) sample[i] = -real_log(1 - rng_unit(&rng));
        Interval interval =
            median_bootstrap(sample, 41, &(Bootstrap){199, 0.95, rng_key(study, "bootstrap")});
        held += interval.least <= 0.6931471805599453 && 0.6931471805599453 <= interval.most;
    }
    assert_in_range(held, 950 - 41, 950 + 21);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_quartiles_that_r_prints),
        cmocka_unit_test(a_median_is_in_the_middle_or_halfway),
        cmocka_unit_test(the_mice_of_efron_and_tibshirani),
        cmocka_unit_test(replicates_of_an_even_sample_are_halfway_too),
        cmocka_unit_test(the_order_of_the_sample_does_not_matter),
        cmocka_unit_test(intervals_hold_the_true_median_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
