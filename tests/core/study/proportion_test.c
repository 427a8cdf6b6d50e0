#include "core/study/proportion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

/* Newcombe, Two-sided confidence intervals for the single proportion: comparison of seven methods, Statistics in
 * Medicine 17 (1998), table I, method 3: 95 %, four decimals. */
static void the_examples_of_newcombe(void **state) {
    (void)state;
    static const struct {
        uint64_t hits, count;
        double least, most;
    } row[] = {{81, 263, 0.2553, 0.3662},
               {15, 148, 0.0624, 0.1605},
               {0, 20, 0.0000, 0.1611},
               {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        Interval interval = proportion_wilson(row[i].hits, row[i].count, STUDY_Z95);
        assert_true(near(interval.estimate, (double)row[i].hits / (double)row[i].count, 1e-15));
        assert_true(near(interval.least, row[i].least, 0.00005));
        assert_true(near(interval.most, row[i].most, 0.00005));
    }
}

/* The ends are where the score test is on its edge: |p - q| = z sqrt(q (1 - q) / n). */
static void the_ends_are_on_the_edge_of_the_test(void **state) {
    (void)state;
    for (uint64_t hits = 0; hits <= 40; hits++) {
        Interval interval = proportion_wilson(hits, 40, STUDY_Z95);
        const double end[] = {interval.least, interval.most};
        for (int side = 0; side < 2; side++) {
            double q = end[side], off = interval.estimate - q;
            assert_true(near(off * off, STUDY_Z95 * STUDY_Z95 * q * (1 - q) / 40, 1e-12));
        }
    }
}

static void hits_and_misses_mirror_each_other(void **state) {
    (void)state;
    for (uint64_t hits = 0; hits <= 30; hits++) {
        Interval hit = proportion_wilson(hits, 30, STUDY_Z95);
        Interval miss = proportion_wilson(30 - hits, 30, STUDY_Z95);
        assert_true(near(hit.least, 1 - miss.most, 1e-12));
        assert_true(0 <= hit.least && hit.least <= hit.estimate);
        assert_true(hit.estimate <= hit.most && hit.most <= 1);
    }
}

static void of_nothing_nothing_is_known(void **state) {
    (void)state;
    Interval interval = proportion_wilson(0, 0, STUDY_Z95);
    assert_true(interval.least == 0 && interval.most == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_newcombe),
        cmocka_unit_test(the_ends_are_on_the_edge_of_the_test),
        cmocka_unit_test(hits_and_misses_mirror_each_other),
        cmocka_unit_test(of_nothing_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
