#include "core/study/paired_proportion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"
#include "core/study/proportion.h"

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

/* 161 patients before and after treatment (Cavo et al. 2012) and 21 (Bentur et al. 2009), as in Fagerland,
 * Lydersen and Laake, Statistical Analysis of Contingency Tables, 2017, ch. 8: the interval of the first is
 * -0.1186 to -0.0046; p is 0.0525 and 0.0703. The third is table 6.2 of Altman et al., Statistics with
 * Confidence, 2000: 0.122, 0.011 to 0.226. */
static const PairedTable cavo = {59, 6, 16, 80}, bentur = {1, 1, 7, 12}, altman = {14, 5, 0, 22};

static void published_intervals(void **state) {
    (void)state;
    Interval interval = paired_newcombe(&cavo, STUDY_Z95);
    assert_true(near(interval.estimate, -0.0621, 0.00005));
    assert_true(near(interval.least, -0.1186, 0.00005));
    assert_true(near(interval.most, -0.0046, 0.00005));
    interval = paired_newcombe(&altman, STUDY_Z95);
    assert_true(near(interval.estimate, 0.122, 0.0005));
    assert_true(near(interval.least, 0.011, 0.0005));
    assert_true(near(interval.most, 0.226, 0.0005));
}

/* Worked out apart from this code, from the equations: a positive correlation that the correction takes away, a
 * negative one, and a margin of 0. */
static void intervals_worked_out_apart(void **state) {
    (void)state;
    static const struct {
        PairedTable table;
        double least, most;
    } row[] = {{{1, 1, 7, 12}, -0.506920226686141, -0.02555912416485978},
               {{5, 20, 15, 5}, -0.14206472210481286, 0.3489002299407389},
               {{0, 10, 0, 10}, 0.2426236101139988, 0.7007019918017877}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        Interval interval = paired_newcombe(&row[i].table, STUDY_Z95);
        assert_true(near(interval.least, row[i].least, 1e-12));
        assert_true(near(interval.most, row[i].most, 1e-12));
    }
}

/* The exact test by hand: 2 (1 + 8)/2^8 and so on; the last two by whole numbers of thousands of digits. */
static void exact_p_values(void **state) {
    (void)state;
    assert_true(near(paired_mcnemar(&bentur), 2 * 9 / 256.0, 1e-15));
    assert_true(near(paired_mcnemar(&cavo), 220112 / 4194304.0, 1e-15));
    assert_true(near(paired_mcnemar(&altman), 0.0625, 1e-15));
    assert_true(
        near(paired_mcnemar(&(PairedTable){0, 4800, 5200, 0}) / 6.593515598672442e-05, 1, 1e-11));
    assert_true(
        near(paired_mcnemar(&(PairedTable){0, 100, 900, 0}) / 1.3403435580012592e-161, 1, 1e-11));
}

static void p_values_at_the_edges(void **state) {
    (void)state;
    assert_true(paired_mcnemar(&(PairedTable){10, 0, 0, 10}) == 1);
    assert_true(paired_mcnemar(&(PairedTable){10, 4, 4, 10}) == 1);
    assert_true(paired_mcnemar(&(PairedTable){10, 4, 5, 10}) == 1);
    assert_true(paired_mcnemar(&(PairedTable){10, 1, 0, 10}) == 1);
    double p = paired_mcnemar(&(PairedTable){0, UINT64_C(1000000000000), 0, 0});
    assert_true(p > 0 && p < 1e-300);
}

static void which_comes_first_turns_the_sign_and_nothing_else(void **state) {
    (void)state;
    for (uint64_t a = 0; a < 256; a++) {
        PairedTable table = {a % 4, a / 4 % 4, a / 16 % 4, a / 64 + 1};
        PairedTable turned = {table.both, table.second_only, table.first_only, table.neither};
        Interval there = paired_newcombe(&table, STUDY_Z95);
        Interval back = paired_newcombe(&turned, STUDY_Z95);
        assert_true(near(there.least, -back.most, 1e-12));
        assert_true(there.least >= -1 && there.least <= there.estimate + 1e-12);
        assert_true(there.most <= 1 && there.most >= there.estimate - 1e-12);
        assert_true(paired_mcnemar(&table) == paired_mcnemar(&turned));
    }
}

static void a_table_is_counted_from_pairs(void **state) {
    (void)state;
    double nan = __builtin_nan("");
    double first[] = {1, 1, 0, 0, nan, 1, 1}, second[] = {1, 0, 1, 0, 1, nan, 0};
    PairedTable table = paired_table(first, second, 7);
    assert_int_equal(table.both, 1);
    assert_int_equal(table.first_only, 2);
    assert_int_equal(table.second_only, 1);
    assert_int_equal(table.neither, 1);
    assert_int_equal(paired_count(&table), 5);
    Interval nothing = paired_newcombe(&(PairedTable){0, 0, 0, 0}, STUDY_Z95);
    assert_true(nothing.estimate == 0 && nothing.least == -1 && nothing.most == 1);
}

/* 2,000 studies of 80 pairs that share much of their luck; hits in 0.6 and 0.45. Of nominal 95 %, within three
 * binomial standard deviations (29) and one point for what an approximation may be off. */
static void intervals_hold_the_true_difference_as_often_as_they_say(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "coverage/newcombe"));
    int held = 0;
    for (int study = 0; study < 2000; study++) {
        double first[80], second[80];
        for (int i = 0; i < 80; i++) {
            double shared = rng_unit(&rng), own = rng_unit(&rng), apart = rng_unit(&rng);
            first[i] = shared < 0.6;
            second[i] = (own < 0.7 ? shared : apart) < 0.45;
        }
        PairedTable table = paired_table(first, second, 80);
        Interval interval = paired_newcombe(&table, STUDY_Z95);
        held += interval.least <= 0.15 && 0.15 <= interval.most;
    }
    assert_in_range(held, 1900 - 49, 1900 + 49);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_intervals),
        cmocka_unit_test(intervals_worked_out_apart),
        cmocka_unit_test(exact_p_values),
        cmocka_unit_test(p_values_at_the_edges),
        cmocka_unit_test(which_comes_first_turns_the_sign_and_nothing_else),
        cmocka_unit_test(a_table_is_counted_from_pairs),
        cmocka_unit_test(intervals_hold_the_true_difference_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
