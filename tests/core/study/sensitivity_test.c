#include "core/study/sensitivity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/study/resample.h"
#include "core/study/sobol_sequence.h"

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

#define PI 3.14159265358979323846

static const Bootstrap few = {99, 0.95, {{1, 2}}};

/* --- models with known indices, of points in the unit cube --- */

typedef double Model(const double *x, uint32_t factors);

/* |x| <= pi, by its series: there is no libm in this house. */
static double sine(double x) {
    double term = x, sum = x;
    for (int n = 2; n < 40; n += 2) {
        term *= -x * x / (n * (n + 1));
        sum += term;
    }
    return sum;
}

/* Ishigami and Homma 1990, a = 7, b = 0.1, on [-pi, pi]^3. */
static double ishigami(const double *x, uint32_t factors) {
    (void)factors;
    double angle = PI * (2 * x[2] - 1), second = sine(PI * (2 * x[1] - 1));
    return sine(PI * (2 * x[0] - 1)) * (1 + 0.1 * angle * angle * angle * angle) +
           7 * second * second;
}

/* The g-function of Sobol', a product of (|4 x - 2| + a)/(1 + a). */
static const double hardness[] = {0, 1, 4.5, 9, 99};

static double g_function(const double *x, uint32_t factors) {
    double product = 1;
    for (uint32_t i = 0; i < factors; i++) {
        double far = 4 * x[i] - 2;
        product *= ((far < 0 ? -far : far) + hardness[i]) / (1 + hardness[i]);
    }
    return product;
}

static double linear(const double *x, uint32_t factors) {
    double sum = 0;
    for (uint32_t i = 0; i < factors; i++) sum += (1 + i) * x[i];
    return sum;
}

static double pure_interaction(const double *x, uint32_t factors) {
    (void)factors;
    return (x[0] - 0.5) * (x[1] - 0.5);
}

static double first_only(const double *x, uint32_t factors) {
    (void)factors;
    return x[0];
}

static double tenth(const double *x, uint32_t factors) {
    (void)x, (void)factors;
    return 0.1;
}

static double linear_far_away(const double *x, uint32_t factors) {
    return linear(x, factors) + 1e6;
}

/* --- the arrangement --- */

typedef struct Points {
    const SobolColumn *column; /* NULL: plain draws */
    Rng rng;
} Points;

static double draw(Points *points, uint32_t dimension, uint32_t row) {
    if (points->column == NULL) return rng_unit(&points->rng);
    return (sobol_point(&points->column[dimension], row) + 0.5) * 0x1p-32;
}

static void fill_row(Model *model, uint32_t factors, Points *points, uint32_t row, double *out) {
    double a[5], b[5];
    for (uint32_t i = 0; i < factors; i++) {
        a[i] = draw(points, i, row);
        b[i] = draw(points, factors + i, row);
    }
    out[0] = model(a, factors);
    out[1] = model(b, factors);
    for (uint32_t i = 0; i < factors; i++) {
        double own = a[i];
        a[i] = b[i];
        out[2 + i] = model(a, factors);
        a[i] = own;
    }
}

static double *played(Model *model, uint32_t factors, uint32_t rows, Points *points) {
    double *output = memory_new((size_t)rows * (factors + 2), sizeof *output);
    for (uint32_t row = 0; row < rows; row++)
        fill_row(model, factors, points, row, output + (size_t)row * (factors + 2));
    return output;
}

static SobolStudy studied(Model *model, uint32_t factors, uint32_t rows, const char *luck,
                          SobolIndex *index) {
    SobolColumn column[10];
    for (uint32_t i = 0; i < 10; i++) column[i] = sobol_column(i);
    Points points = {column, {{{0, 0}}, 0, {0}, 0}};
    if (luck != NULL) points = (Points){NULL, rng_stream(rng_key(1, luck))};
    double *output = played(model, factors, rows, &points);
    SobolStudy study = sensitivity_sobol(output, rows, factors, &few, index);
    memory_free(output);
    return study;
}

/* --- published and analytic values --- */

/* With V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2: S 0.3139, 0.4424, 0; ST 0.5576, 0.4424, 0.2437. */
static const double ishigami_first[] = {0.3139, 0.4424, 0},
                    ishigami_total[] = {0.5576, 0.4424, 0.2437};

static void ishigami_on_a_sobol_sequence(void **state) {
    (void)state;
    SobolIndex index[3];
    SobolStudy study = studied(ishigami, 3, 8192, NULL, index);
    assert_int_equal(study.complete, 8192);
    assert_true(near(study.mean, 3.5, 0.01));
    assert_true(near(study.variance, 13.8446, 0.02));
    for (int i = 0; i < 3; i++) {
        assert_true(near(index[i].first.estimate, ishigami_first[i], 0.003));
        assert_true(near(index[i].total.estimate, ishigami_total[i], 0.003));
    }
}

static double width(const Interval *interval) {
    return interval->most - interval->least;
}

static void ishigami_on_plain_draws(void **state) {
    (void)state;
    SobolIndex index[3];
    studied(ishigami, 3, 20000, "ishigami", index);
    for (int i = 0; i < 3; i++) {
        assert_true(near(index[i].first.estimate, ishigami_first[i], 0.02));
        assert_true(near(index[i].total.estimate, ishigami_total[i], 0.02));
        /* Of six intervals of 95 % one may well miss; by as much as it is wide none should. */
        assert_true(near(index[i].first.estimate, ishigami_first[i], width(&index[i].first)));
        assert_true(near(index[i].total.estimate, ishigami_total[i], width(&index[i].total)));
    }
}

/* V_i = 1/(3 (1 + a_i)^2), V = product of (1 + V_j) less 1, S_i = V_i/V, ST_i = V_i product over the others of
 * (1 + V_j)/V. */
static void the_g_function_of_sobol(void **state) {
    (void)state;
    SobolIndex index[5];
    double part[5], whole = 1;
    for (int i = 0; i < 5; i++) {
        part[i] = 1 / (3 * (1 + hardness[i]) * (1 + hardness[i]));
        whole *= 1 + part[i];
    }
    SobolStudy study = studied(g_function, 5, 8192, NULL, index);
    assert_true(near(study.mean, 1, 0.01));
    assert_true(near(study.variance, whole - 1, 0.01));
    for (int i = 0; i < 5; i++) {
        assert_true(near(index[i].first.estimate, part[i] / (whole - 1), 0.01));
        assert_true(
            near(index[i].total.estimate, part[i] * whole / (1 + part[i]) / (whole - 1), 0.01));
    }
}

/* Two rows by hand: mean 4, V = (9 + 1 + 1 + 9)/4 = 5; S = ((-1)(1) + (3)(2))/2/5, ST = (1 + 4)/4/5. */
static void two_rows_by_hand(void **state) {
    (void)state;
    static const double output[] = {1, 3, 2, 5, 7, 7};
    SobolIndex index;
    SobolStudy study = sensitivity_sobol(output, 2, 1, &few, &index);
    assert_true(study.mean == 4 && study.variance == 5);
    assert_true(index.first.estimate == 0.5 && index.total.estimate == 0.25);
}

static void of_a_sum_every_factor_has_its_share_and_no_more(void **state) {
    (void)state;
    SobolIndex index[4];
    studied(linear, 4, 4096, NULL, index);
    for (int i = 0; i < 4; i++) {
        double share = (1 + i) * (1 + i) / 30.0;
        assert_true(near(index[i].first.estimate, share, 0.002));
        assert_true(near(index[i].total.estimate, share, 0.002));
    }
}

static void what_two_factors_do_only_together_is_in_both_totals(void **state) {
    (void)state;
    SobolIndex index[2];
    studied(pure_interaction, 2, 4096, NULL, index);
    for (int i = 0; i < 2; i++) {
        assert_true(near(index[i].first.estimate, 0, 0.01));
        assert_true(near(index[i].total.estimate, 1, 0.01));
    }
}

static void a_factor_without_a_say_has_exactly_none(void **state) {
    (void)state;
    SobolIndex index[3];
    studied(first_only, 3, 256, "no say", index);
    for (int i = 1; i < 3; i++) {
        assert_true(index[i].first.estimate == 0 && index[i].first.most == 0);
        assert_true(index[i].total.estimate == 0 && index[i].total.most == 0);
    }
    assert_true(near(index[0].total.estimate, 1, 0.2));
}

/* --- what must not matter, and what cannot be said --- */

static void a_constant_output_has_nothing_to_share_out(void **state) {
    (void)state;
    SobolIndex index[3];
    SobolStudy study = studied(tenth, 3, 1000, "constant", index);
    assert_true(study.mean == 0.1 && study.variance == 0);
    for (int i = 0; i < 3; i++) {
        assert_true(index[i].first.estimate != index[i].first.estimate);
        assert_true(index[i].total.estimate != index[i].total.estimate);
    }
}

static void how_far_from_zero_the_output_lies_does_not_matter(void **state) {
    (void)state;
    SobolIndex here[4], away[4];
    studied(linear, 4, 256, "away", here);
    studied(linear_far_away, 4, 256, "away", away);
    for (int i = 0; i < 4; i++) {
        assert_true(near(here[i].first.estimate, away[i].first.estimate, 1e-6));
        assert_true(near(here[i].first.least, away[i].first.least, 1e-6));
        assert_true(near(here[i].total.most, away[i].total.most, 1e-6));
    }
}

static void a_run_that_failed_takes_its_row_along(void **state) {
    (void)state;
    SobolIndex with[3], without[3];
    Points points = {NULL, rng_stream(rng_key(2, "failed"))};
    double *output = played(ishigami, 3, 65, &points);
    output[5 * 7 + 3] = __builtin_nan("");
    assert_int_equal(sensitivity_sobol(output, 65, 3, &few, with).complete, 64);
    memmove(output + 35, output + 40, 57 * 5 * sizeof *output);
    assert_int_equal(sensitivity_sobol(output, 64, 3, &few, without).complete, 64);
    assert_memory_equal(with, without, sizeof with);
    for (int i = 0; i < 65 * 5; i++) output[i] = __builtin_nan("");
    SobolStudy study = sensitivity_sobol(output, 65, 3, &few, with);
    assert_true(study.complete == 0 && study.mean != study.mean);
    memory_free(output);
}

static void the_order_of_factors_does_not_matter(void **state) {
    (void)state;
    SobolIndex straight[3], turned[3];
    Points points = {NULL, rng_stream(rng_key(3, "order"))};
    double *output = played(ishigami, 3, 64, &points);
    sensitivity_sobol(output, 64, 3, &few, straight);
    for (int row = 0; row < 64; row++) {
        double *mixed = output + row * 5 + 2, kept = mixed[0];
        mixed[0] = mixed[2];
        mixed[2] = kept;
    }
    sensitivity_sobol(output, 64, 3, &few, turned);
    assert_memory_equal(&straight[0], &turned[2], sizeof straight[0]);
    assert_memory_equal(&straight[1], &turned[1], sizeof straight[0]);
    memory_free(output);
}

static void one_row_has_an_estimate_and_no_interval(void **state) {
    (void)state;
    static const double output[] = {1, 3, 2};
    SobolIndex index;
    sensitivity_sobol(output, 1, 1, &few, &index);
    assert_true(index.total.estimate == 0.5 && index.total.least != index.total.least);
}

/* Three replicates at 50 % run from the least to the largest: each is what the same function says of the rows drawn. */
static void a_replicate_is_the_index_of_the_rows_drawn(void **state) {
    (void)state;
    Bootstrap three = {3, 0.5, rng_key(6, "bootstrap/rows")};
    Points points = {NULL, rng_stream(rng_key(4, "rows"))};
    double *output = played(ishigami, 3, 40, &points), least[2] = {9, 9}, most[2] = {-9, -9};
    Rng rng = rng_stream(three.key);
    SobolIndex whole[3], part[3];
    for (int b = 0; b < 3; b++) {
        double drawn[40 * 5];
        uint32_t times[40], count = 0;
        resample_times(&rng, 40, times);
        for (int row = 0; row < 40; row++)
            for (uint32_t i = 0; i < times[row]; i++)
                memcpy(drawn + 5 * (size_t)count++, output + 5 * row, 5 * sizeof *drawn);
        sensitivity_sobol(drawn, 40, 3, &few, part);
        const double value[] = {part[1].first.estimate, part[1].total.estimate};
        for (int i = 0; i < 2; i++) {
            least[i] = value[i] < least[i] ? value[i] : least[i];
            most[i] = value[i] > most[i] ? value[i] : most[i];
        }
    }
    sensitivity_sobol(output, 40, 3, &three, whole);
    assert_true(near(whole[1].first.least, least[0], 1e-12));
    assert_true(near(whole[1].first.most, most[0], 1e-12));
    assert_true(near(whole[1].total.least, least[1], 1e-12));
    assert_true(near(whole[1].total.most, most[1], 1e-12));
    memory_free(output);
}

/* 400 studies of 200 plain rows: intervals of 95 % hold the true share in about 380 of them, within three
 * binomial standard deviations (13), and two points for what a percentile interval is known to miss. */
static void intervals_hold_the_true_share_as_often_as_they_say(void **state) {
    (void)state;
    int first = 0, total = 0;
    for (uint64_t study = 0; study < 400; study++) {
        SobolIndex index[2];
        Points points = {NULL, rng_stream(rng_key(study, "coverage/sobol"))};
        double *output = played(linear, 2, 200, &points);
        Bootstrap bootstrap = {199, 0.95, rng_key(study, "bootstrap/sobol")};
        sensitivity_sobol(output, 200, 2, &bootstrap, index);
        first += index[0].first.least <= 0.2 && 0.2 <= index[0].first.most;
        total += index[1].total.least <= 0.8 && 0.8 <= index[1].total.most;
        memory_free(output);
    }
    assert_in_range(first, 380 - 21, 380 + 13);
    assert_in_range(total, 380 - 21, 380 + 13);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_on_a_sobol_sequence),
        cmocka_unit_test(ishigami_on_plain_draws),
        cmocka_unit_test(the_g_function_of_sobol),
        cmocka_unit_test(two_rows_by_hand),
        cmocka_unit_test(of_a_sum_every_factor_has_its_share_and_no_more),
        cmocka_unit_test(what_two_factors_do_only_together_is_in_both_totals),
        cmocka_unit_test(a_factor_without_a_say_has_exactly_none),
        cmocka_unit_test(a_constant_output_has_nothing_to_share_out),
        cmocka_unit_test(how_far_from_zero_the_output_lies_does_not_matter),
        cmocka_unit_test(a_run_that_failed_takes_its_row_along),
        cmocka_unit_test(the_order_of_factors_does_not_matter),
        cmocka_unit_test(a_replicate_is_the_index_of_the_rows_drawn),
        cmocka_unit_test(one_row_has_an_estimate_and_no_interval),
        cmocka_unit_test(intervals_hold_the_true_share_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
