#include "core/study/multiplicity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

/* The 15 p-values of a trial of rt-PA (Neuhaus et al. 1992), the example of Benjamini and Hochberg 1995,
 * section 3.2: at 0.05 the Bonferroni kind finds three, their own procedure four. */
enum { TRIAL = 15 };
static const double trial[TRIAL] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

static int findings(const double *adjusted, size_t count) {
    int found = 0;
    for (size_t i = 0; i < count; i++) found += adjusted[i] <= 0.05;
    return found;
}

static void the_trial_of_benjamini_and_hochberg(void **state) {
    (void)state;
    double adjusted[TRIAL];
    assert_int_equal(findings(trial, TRIAL), 9);
    multiplicity_holm(trial, TRIAL, adjusted);
    assert_int_equal(findings(adjusted, TRIAL), 3);
    assert_true(near(adjusted[0], 15 * 0.0001, 1e-15));
    assert_true(near(adjusted[2], 13 * 0.0019, 1e-15));
    assert_true(near(adjusted[3], 12 * 0.0095, 1e-15));
    multiplicity_benjamini_hochberg(trial, TRIAL, adjusted);
    assert_int_equal(findings(adjusted, TRIAL), 4);
    assert_true(near(adjusted[3], 15 * 0.0095 / 4, 1e-15));
    assert_true(near(adjusted[4], 15 * 0.0201 / 5, 1e-15));
    assert_true(near(adjusted[5], 15 * 0.0298 / 7, 1e-15));
}

static void draw(Rng *rng, double *p, int count) {
    for (int i = 0; i < count; i++) {
        double x = rng_unit(rng);
        p[i] = (double)(int)(x * x * 200) / 200; /* with ties */
    }
}

/* Holm is the closure of Bonferroni (Marcus, Peritz and Gabriel 1976): a comparison is found when every set of
 * comparisons that it belongs to is found by Bonferroni. Here all sets are tried. */
static double closed_bonferroni(const double *p, int count, int own) {
    double most = 0;
    for (int set = 1; set < 1 << count; set++) {
        double least = 1, size = 0;
        for (int i = 0; i < count; i++)
            if (set >> i & 1) {
                size++;
                least = p[i] < least ? p[i] : least;
            }
        if (set >> own & 1 && size * least > most) most = size * least;
    }
    return most < 1 ? most : 1;
}

static void holm_is_what_all_sets_allow(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "holm"));
    for (int round = 0; round < 100; round++) {
        double p[8], adjusted[8];
        int count = 1 + (int)rng_below(&rng, 8);
        draw(&rng, p, count);
        multiplicity_holm(p, (size_t)count, adjusted);
        for (int i = 0; i < count; i++)
            assert_true(near(adjusted[i], closed_bonferroni(p, count, i), 1e-12));
    }
}

/* The procedure as its paper states it: the largest k with p_(k) <= k/m q; the k least are findings. */
static bool is_found_at(const double *p, int count, int own, double q) {
    double border = -1;
    for (int i = 0; i < count; i++) {
        int rank = 0;
        for (int j = 0; j < count; j++) rank += p[j] <= p[i];
        if (p[i] <= rank * q / count && p[i] > border) border = p[i];
    }
    return p[own] <= border;
}

static void benjamini_and_hochberg_is_where_the_procedure_begins_to_find(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(2, "benjamini-hochberg"));
    for (int round = 0; round < 200; round++) {
        double p[9], adjusted[9];
        int count = 1 + (int)rng_below(&rng, 9);
        draw(&rng, p, count);
        multiplicity_benjamini_hochberg(p, (size_t)count, adjusted);
        for (int i = 0; i < count; i++) {
            assert_true(adjusted[i] == 1 || is_found_at(p, count, i, adjusted[i] + 1e-9));
            assert_false(is_found_at(p, count, i, adjusted[i] - 1e-9));
        }
    }
}

static void the_order_of_comparisons_does_not_matter(void **state) {
    (void)state;
    double turned[TRIAL], straight[TRIAL], adjusted[TRIAL];
    for (int i = 0; i < TRIAL; i++) turned[i] = trial[i * 7 % TRIAL];
    multiplicity_holm(trial, TRIAL, straight);
    multiplicity_holm(turned, TRIAL, adjusted);
    for (int i = 0; i < TRIAL; i++) assert_true(adjusted[i] == straight[i * 7 % TRIAL]);
    multiplicity_benjamini_hochberg(trial, TRIAL, straight);
    multiplicity_benjamini_hochberg(turned, TRIAL, turned); /* in place */
    for (int i = 0; i < TRIAL; i++) assert_true(turned[i] == straight[i * 7 % TRIAL]);
}

static void a_test_that_was_not_made_does_not_count(void **state) {
    (void)state;
    double p[] = {0.01, __builtin_nan(""), 0.04}, adjusted[3];
    multiplicity_holm(p, 3, adjusted);
    assert_true(adjusted[0] == 0.02 && adjusted[1] != adjusted[1] && adjusted[2] == 0.04);
    multiplicity_benjamini_hochberg(p, 3, adjusted);
    assert_true(adjusted[0] == 0.02 && adjusted[1] != adjusted[1] && adjusted[2] == 0.04);
    multiplicity_holm(p, 0, adjusted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_trial_of_benjamini_and_hochberg),
        cmocka_unit_test(holm_is_what_all_sets_allow),
        cmocka_unit_test(benjamini_and_hochberg_is_where_the_procedure_begins_to_find),
        cmocka_unit_test(the_order_of_comparisons_does_not_matter),
        cmocka_unit_test(a_test_that_was_not_made_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
