#include "core/study/proportion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

/* Newcombe, Two-sided confidence intervals for the single proportion: comparison of seven methods, Statistics
 * in Medicine 17 (1998), table I, method 3: 95 %, four decimals. */
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

/* How often the interval of n runs holds a share p: the chances of all hits whose interval does, added up. */
static double coverage(uint64_t n, double p) {
    double held = 0, chance = 1;
    for (uint64_t i = 0; i < n; i++) chance *= 1 - p;
    for (uint64_t hits = 0; hits <= n; hits++) {
        Interval interval = proportion_wilson(hits, n, STUDY_Z95);
        if (interval.least <= p && p <= interval.most) held += chance;
        chance *= (double)(n - hits) / (double)(hits + 1) * p / (1 - p);
    }
    return held;
}

/* Exactly, without chance; the averages over all shares were worked out apart from this code too. A little more
 * than 0.95, as Agresti and Coull find (Approximate is better than "exact", The American Statistician 52,
 * 1998). There are shares near 0 and 1 that are held less often. */
static void it_holds_the_share_as_often_as_it_says(void **state) {
    (void)state;
    static const struct {
        uint64_t count;
        double mean, least; /* between 0.1 and 0.9 */
    } row[] = {
        {5, 0.95509, 0.8916}, {15, 0.95350, 0.9143}, {30, 0.95247, 0.9213}, {60, 0.95159, 0.9325}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        double mean = 0, least = 1;
        for (int p = 1; p < 2000; p++) {
            double held = coverage(row[i].count, p / 2000.0);
            mean += held / 1999;
            if (p >= 200 && p <= 1800 && held < least) least = held;
        }
        assert_true(near(mean, row[i].mean, 0.00005) && least >= row[i].least);
    }
    assert_true(near(coverage(100, 0.0015), 0.8606, 0.0001));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_newcombe),
        cmocka_unit_test(the_ends_are_on_the_edge_of_the_test),
        cmocka_unit_test(hits_and_misses_mirror_each_other),
        cmocka_unit_test(of_nothing_nothing_is_known),
        cmocka_unit_test(it_holds_the_share_as_often_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
