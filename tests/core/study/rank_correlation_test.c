#include "core/study/rank_correlation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/real.h"
#include "core/study/resample.h"

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

static const Bootstrap few = {99, 0.95, {{1, 2}}};

static void equal_values_share_their_places(void **state) {
    (void)state;
    static const double value[] = {3, 1, 3, -2, 3, 1}, expected[] = {5, 2.5, 5, 1, 5, 2.5};
    double rank[6];
    rank_midranks(value, 6, rank);
    assert_memory_equal(rank, expected, sizeof rank);
}

/* Siegel, Nonparametric Statistics for the Behavioral Sciences, 1956, on 12 students. Authoritarianism and
 * striving for status: sum d^2 = 52, 0.82. Yielding and striving, with ties: sums of squares 141.5 and 143, sum
 * d^2 = 109.5. */
static const double authority[] = {2, 6, 5, 1, 10, 9, 8, 3, 4, 12, 7, 11};
static const double yielding[] = {1.5, 1.5, 3.5, 3.5, 5, 6, 7, 8, 9, 10.5, 10.5, 12};
static const double striving[] = {3, 4, 2, 1, 8, 11, 10, 6, 7, 12, 5, 9};

static void siegels_students(void **state) {
    (void)state;
    assert_true(near(rank_spearman(authority, striving, 12), 1 - 6 * 52.0 / (1728 - 12), 1e-14));
    double tied = (141.5 + 143 - 109.5) / (2 * real_sqrt(141.5 * 143));
    assert_true(near(rank_spearman(yielding, striving, 12), tied, 1e-14));
}

/* The data of Kim (ppcor: an R package for a fast calculation to semi-partial correlation coefficients, 2015):
 * hl against disp, deg, BC, with ties. Of the ranks, worked out apart from this code in exact fractions, by
 * normal equations; the same work gives the -0.672, -0.616 and 0.115 printed there for the values themselves.
 * */
enum { GENES = 10 };
static const double hl[GENES] = {7, 15, 19, 15, 21, 22, 57, 15, 20, 18};
static const double disp_deg_bc[GENES][3] = {
    {0.000, 9, 1.78e-02}, {0.964, 2, 1.05e-06}, {0.000, 3, 1.37e-05}, {0.000, 4, 7.18e-03},
    {0.921, 1, 0.00e+00}, {0.000, 3, 0.00e+00}, {0.000, 1, 0.00e+00}, {1.006, 3, 4.48e-03},
    {0.000, 6, 2.10e-06}, {1.011, 1, 0.00e+00}};

static void partial_coefficients_worked_out_apart(void **state) {
    (void)state;
    static const double spearman[] = {-0.2695752352376163, -0.49689465719818193,
                                      -0.7912818895005577};
    static const double partial[] = {-0.7647344681254159, -0.1367596182344268, -0.7860646184800949};
    RankCorrelation result[3];
    assert_int_equal(rank_correlations(&(Observations){disp_deg_bc[0], hl, GENES, 3}, &few, result),
                     GENES);
    for (int i = 0; i < 3; i++) {
        assert_true(near(result[i].spearman.estimate, spearman[i], 1e-13));
        assert_true(near(result[i].partial.estimate, partial[i], 1e-12));
    }
}

/* Normal x1, x2 with correlation 1/2, y = x1 + x2/2 + a normal of variance 1. Spearman's coefficient of a pair
 * with correlation r is (6/pi) asin(r/2): here 0.7380, 0.5849 and 0.4826 between the two, hence 0.6416 and
 * 0.3871 in part. */
static void normal_variables_have_the_coefficients_of_theory(void **state) {
    (void)state;
    enum { ROWS = 20000 };
    double *input = memory_new(2 * ROWS, sizeof *input), *output = memory_new(ROWS, sizeof *output);
    Rng rng = rng_stream(rng_key(1, "normal"));
    for (int row = 0; row < ROWS; row++) {
        double *x = input + 2 * row, noise = rng_normal(&rng);
        x[0] = rng_normal(&rng);
        x[1] = 0.5 * x[0] + 0.8660254037844386 * rng_normal(&rng);
        output[row] = x[0] + 0.5 * x[1] + noise;
    }
    RankCorrelation result[2];
    rank_correlations(&(Observations){input, output, ROWS, 2}, &few, result);
    assert_true(near(result[0].spearman.estimate, 0.738037, 0.015));
    assert_true(near(result[1].spearman.estimate, 0.584947, 0.015));
    assert_true(near(result[0].partial.estimate, 0.641563, 0.015));
    assert_true(near(result[1].partial.estimate, 0.387117, 0.015));
    memory_free(input);
    memory_free(output);
}

/* --- against regression as it is written: residuals of residuals --- */

enum { ROWS = 24, FACTORS = 4 };

static double inner(const double *x, const double *y) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) sum += x[row] * y[row];
    return sum;
}

static void project_out(double *x, const double *direction) {
    double part = inner(x, direction) / inner(direction, direction);
    for (int row = 0; row < ROWS; row++) x[row] -= part * direction[row];
}

static double partial_by_projection(double column[FACTORS + 1][ROWS], int factor) {
    double basis[FACTORS + 2][ROWS];
    int count = 1;
    for (int row = 0; row < ROWS; row++) basis[0][row] = 1;
    for (int c = 0; c <= FACTORS + 1; c++) {
        int which = c < FACTORS ? c : c == FACTORS ? factor : FACTORS;
        if (c == factor) continue;
        memcpy(basis[count], column[which], sizeof basis[count]);
        int others = count < FACTORS ? count : FACTORS;
        for (int twice = 0; twice < 2; twice++)
            for (int b = 0; b < others; b++) project_out(basis[count], basis[b]);
        count++;
    }
    const double *x = basis[FACTORS], *y = basis[FACTORS + 1];
    return inner(x, y) / real_sqrt(inner(x, x) * inner(y, y));
}

static void partial_is_the_correlation_of_residuals(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(2, "residuals"));
    for (int round = 0; round < 50; round++) {
        double input[ROWS][FACTORS], output[ROWS], value[ROWS], column[FACTORS + 1][ROWS];
        for (int row = 0; row < ROWS; row++) {
            output[row] = rng_below(&rng, 12);
            for (int i = 0; i < FACTORS; i++) input[row][i] = output[row] / 4 + rng_below(&rng, 9);
        }
        for (int i = 0; i < FACTORS; i++) {
            for (int row = 0; row < ROWS; row++) value[row] = input[row][i];
            rank_midranks(value, ROWS, column[i]);
        }
        rank_midranks(output, ROWS, column[FACTORS]);
        RankCorrelation result[FACTORS];
        rank_correlations(&(Observations){input[0], output, ROWS, FACTORS}, &few, result);
        for (int i = 0; i < FACTORS; i++)
            assert_true(near(result[i].partial.estimate, partial_by_projection(column, i), 1e-10));
    }
}

/* --- what must not matter --- */

static void only_the_order_of_values_matters(void **state) {
    (void)state;
    double bent[GENES], other[GENES][3];
    RankCorrelation straight[3], result[3];
    for (int row = 0; row < GENES; row++) {
        bent[row] = real_exp(hl[row] / 4) - 100;
        for (int i = 0; i < 3; i++) other[row][i] = 5 + 1e6 * disp_deg_bc[row][i];
    }
    rank_correlations(&(Observations){disp_deg_bc[0], hl, GENES, 3}, &few, straight);
    rank_correlations(&(Observations){other[0], bent, GENES, 3}, &few, result);
    assert_memory_equal(straight, result, sizeof result);
}

static void neither_rows_nor_factors_have_an_order(void **state) {
    (void)state;
    double output[GENES], input[GENES][3];
    RankCorrelation straight[3], result[3];
    for (int row = 0; row < GENES; row++) {
        output[row] = hl[row * 3 % GENES];
        for (int i = 0; i < 3; i++) input[row][i] = disp_deg_bc[row * 3 % GENES][(i + 1) % 3];
    }
    rank_correlations(&(Observations){disp_deg_bc[0], hl, GENES, 3}, &few, straight);
    rank_correlations(&(Observations){input[0], output, GENES, 3}, &few, result);
    for (int i = 0; i < 3; i++) {
        assert_true(result[i].spearman.estimate == straight[(i + 1) % 3].spearman.estimate);
        assert_true(
            near(result[i].partial.estimate, straight[(i + 1) % 3].partial.estimate, 1e-12));
    }
}

/* --- what cannot be said --- */

static bool is_unknown(const Interval *interval) {
    return interval->estimate != interval->estimate && interval->least != interval->least;
}

/* x, a copy of x, something else, a constant; y follows the third with noise. */
static void factors_that_say_the_same_cannot_be_told_apart(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(3, "same"));
    double input[30][4], alone[30], output[30];
    for (int row = 0; row < 30; row++) {
        input[row][0] = rng_unit(&rng);
        input[row][1] = 2 * input[row][0];
        input[row][2] = alone[row] = rng_unit(&rng);
        input[row][3] = 7;
        output[row] = alone[row] + 0.3 * rng_unit(&rng);
    }
    RankCorrelation result[4];
    rank_correlations(&(Observations){input[0], output, 30, 4}, &few, result);
    assert_true(is_unknown(&result[0].partial) && is_unknown(&result[1].partial));
    assert_false(is_unknown(&result[0].spearman));
    assert_true(is_unknown(&result[3].partial) && is_unknown(&result[3].spearman));
    assert_true(result[2].partial.estimate > 0.8 && result[2].partial.estimate < 1);
}

static void what_one_factor_determines_leaves_nothing_to_the_others(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(4, "determined"));
    double input[20][2], output[20];
    for (int row = 0; row < 20; row++) {
        input[row][0] = rng_unit(&rng);
        input[row][1] = rng_unit(&rng);
        output[row] = -real_exp(input[row][0]);
    }
    RankCorrelation result[2];
    rank_correlations(&(Observations){input[0], output, 20, 2}, &few, result);
    assert_true(near(result[0].partial.estimate, -1, 1e-9));
    assert_true(is_unknown(&result[1].partial));
}

/* A full table of 5 by 4: the rank of 4 x + y is a sum of multiples of the ranks of x and y, but for rounding. */
static void what_two_factors_determine_leaves_nothing_to_a_third(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(5, "determined by two"));
    double input[20][3], output[20];
    for (int row = 0; row < 20; row++) {
        int quarter = row / 4;
        input[row][0] = quarter;
        input[row][1] = row % 4;
        input[row][2] = rng_unit(&rng);
        output[row] = row;
    }
    RankCorrelation result[3];
    rank_correlations(&(Observations){input[0], output, 20, 3}, &few, result);
    assert_true(near(result[0].partial.estimate, 1, 1e-9));
    assert_true(near(result[1].partial.estimate, 1, 1e-9));
    assert_true(is_unknown(&result[2].partial));
}

static void too_few_rows_say_nothing(void **state) {
    (void)state;
    RankCorrelation result[3];
    rank_correlations(&(Observations){disp_deg_bc[0], hl, 4, 3}, &few, result);
    for (int i = 0; i < 3; i++) assert_true(is_unknown(&result[i].partial));
    assert_int_equal(rank_correlations(&(Observations){disp_deg_bc[0], hl, 0, 3}, &few, result), 0);
    assert_true(is_unknown(&result[0].spearman));
}

static void a_run_that_failed_takes_its_row_along(void **state) {
    (void)state;
    double output[GENES];
    RankCorrelation with[3], without[3];
    memcpy(output, hl, sizeof output);
    output[0] = __builtin_nan("");
    assert_int_equal(
        rank_correlations(&(Observations){disp_deg_bc[0], output, GENES, 3}, &few, with), 9);
    rank_correlations(&(Observations){disp_deg_bc[1], hl + 1, GENES - 1, 3}, &few, without);
    assert_memory_equal(with, without, sizeof with);
}

/* Three replicates at 50 % run from the least to the largest: each is what the same function says of the rows drawn. */
static void a_replicate_is_the_coefficient_of_the_rows_drawn(void **state) {
    (void)state;
    Bootstrap three = {3, 0.5, rng_key(6, "bootstrap/rows")};
    Rng rng = rng_stream(three.key);
    RankCorrelation whole[2], part[2];
    double input[30][2], output[30], least[2] = {9, 9}, most[2] = {-9, -9};
    for (int row = 0; row < 30; row++) {
        input[row][0] = row * 7 % 11;
        input[row][1] = row * 5 % 13;
        output[row] = row * 11 % 17 + input[row][0];
    }
    for (int b = 0; b < 3; b++) {
        double drawn[30][2], y[30];
        uint32_t times[30], count = 0;
        resample_times(&rng, 30, times);
        for (int row = 0; row < 30; row++)
            for (uint32_t i = 0; i < times[row]; i++) {
                memcpy(drawn[count], input[row], sizeof drawn[count]);
                y[count++] = output[row];
            }
        rank_correlations(&(Observations){drawn[0], y, 30, 2}, &few, part);
        const double value[] = {part[0].spearman.estimate, part[0].partial.estimate};
        for (int i = 0; i < 2; i++) {
            least[i] = value[i] < least[i] ? value[i] : least[i];
            most[i] = value[i] > most[i] ? value[i] : most[i];
        }
    }
    rank_correlations(&(Observations){input[0], output, 30, 2}, &three, whole);
    assert_true(near(whole[0].spearman.least, least[0], 1e-12));
    assert_true(near(whole[0].spearman.most, most[0], 1e-12));
    assert_true(near(whole[0].partial.least, least[1], 1e-12));
    assert_true(near(whole[0].partial.most, most[1], 1e-12));
}

/* 400 studies of 60 rows like the normal ones above: intervals of 95 % hold the true value in about 380, within
 * three binomial standard deviations (13), and two points for what a percentile interval is known to miss. */
static void intervals_hold_the_true_coefficient_as_often_as_they_say(void **state) {
    (void)state;
    int spearman = 0, partial = 0;
    for (uint64_t study = 0; study < 400; study++) {
        double input[60][2], output[60];
        Rng rng = rng_stream(rng_key(study, "coverage/rank"));
        for (int row = 0; row < 60; row++) {
            input[row][0] = rng_normal(&rng);
            input[row][1] = 0.5 * input[row][0] + 0.8660254037844386 * rng_normal(&rng);
            output[row] = input[row][0] + 0.5 * input[row][1] + rng_normal(&rng);
        }
        RankCorrelation result[2];
        Bootstrap bootstrap = {199, 0.95, rng_key(study, "bootstrap/rank")};
        rank_correlations(&(Observations){input[0], output, 60, 2}, &bootstrap, result);
        const Interval *one = &result[1].spearman, *two = &result[1].partial;
        spearman += one->least <= 0.584947 && 0.584947 <= one->most;
        partial += two->least <= 0.387117 && 0.387117 <= two->most;
    }
    assert_in_range(spearman, 380 - 21, 380 + 13);
    assert_in_range(partial, 380 - 21, 380 + 13);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_share_their_places),
        cmocka_unit_test(siegels_students),
        cmocka_unit_test(partial_coefficients_worked_out_apart),
        cmocka_unit_test(normal_variables_have_the_coefficients_of_theory),
        cmocka_unit_test(partial_is_the_correlation_of_residuals),
        cmocka_unit_test(only_the_order_of_values_matters),
        cmocka_unit_test(neither_rows_nor_factors_have_an_order),
        cmocka_unit_test(factors_that_say_the_same_cannot_be_told_apart),
        cmocka_unit_test(what_one_factor_determines_leaves_nothing_to_the_others),
        cmocka_unit_test(what_two_factors_determine_leaves_nothing_to_a_third),
        cmocka_unit_test(too_few_rows_say_nothing),
        cmocka_unit_test(a_replicate_is_the_coefficient_of_the_rows_drawn),
        cmocka_unit_test(a_run_that_failed_takes_its_row_along),
        cmocka_unit_test(intervals_hold_the_true_coefficient_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
