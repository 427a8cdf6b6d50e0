#include "core/world/form.h"

#include <float.h>

#include "tests/core/world/small_world.h"

/* z = 1 + 2 x - 3 y; with x = 4, y = 2.5 it is 1.5. */
static Form of_two(FormKind kind) {
    return (Form){.kind = (uint8_t)kind,
                  .terms = 2,
                  .variable = {1, 0},
                  .coefficient = {2, -3},
                  .constant = 1,
                  .most = 1,
                  .slope = 1};
}

static const double at[] = {2.5, 4.0, 0.0, -7.0};

static void linear_sums_and_is_kept_within_its_bounds(void **state) {
    (void)state;
    Form form = of_two(FORM_LINEAR);
    assert_same(form_value(&form, at), 1.0); /* most */
    form.least = form.most = 0;
    assert_same(form_value(&form, at), 1.5); /* none where least == most */
    form.least = 2;
    form.most = 3;
    assert_same(form_value(&form, at), 2.0);
    Form constant = form_constant(0.25);
    assert_same(form_value(&constant, NULL), 0.25);
}

/* 1 / (1 + e^-1.5) = 0.81757447619364365..., and so on, computed by hand with 20 digits. */
static void logistic_goes_from_least_to_most_around_its_midpoint(void **state) {
    (void)state;
    Form form = of_two(FORM_LOGISTIC);
    assert_near(form_value(&form, at), 0.81757447619364365, 1e-15);
    form.midpoint = 1.5;
    assert_same(form_value(&form, at), 0.5);
    form.midpoint = 0.5;
    form.slope = 2; /* 1 / (1 + e^-2) = 0.88079707797788243 */
    form.least = 0.2;
    form.most = 0.8;
    assert_near(form_value(&form, at), 0.2 + 0.6 * 0.88079707797788243, 1e-15);
    form.slope = -2;
    assert_near(form_value(&form, at), 0.2 + 0.6 * (1 - 0.88079707797788243), 1e-15);
    form.slope = 1e308; /* a step */
    assert_same(form_value(&form, at), 0.8);
    form.slope = -1e308;
    assert_same(form_value(&form, at), 0.2);
}

static void saturating_is_half_way_at_its_half(void **state) {
    (void)state;
    Form form = of_two(FORM_SATURATING);
    form.least = 1;
    form.most = 3;
    form.midpoint = 1.5;
    assert_same(form_value(&form, at), 2.0);
    form.midpoint = 4.5; /* 1.5 / 6 */
    assert_same(form_value(&form, at), 1.5);
    form.constant = -9; /* z below 0 counts as 0 */
    assert_same(form_value(&form, at), 1.0);
    form.midpoint = 0; /* 0 / 0 */
    assert_same(form_value(&form, at), 1.0);
    form.constant = 1;
    assert_same(form_value(&form, at), 3.0);
}

static void threshold_is_reached_in_billionths(void **state) {
    (void)state;
    Form form = of_two(FORM_THRESHOLD);
    form.least = 0.1; /* below */
    form.most = 0.7;  /* from there on */
    form.midpoint = 1.5;
    assert_same(form_value(&form, at), 0.7);
    form.least =
        -0.9; /* -0.9 + (-0.3 - -0.9) is not -0.3 in binary, but that is what was asked for */
    form.most = -0.3;
    assert_same(form_value(&form, at), -0.3);
    form.least = 0.1;
    form.most = 0.7;
    form.midpoint = 1.500000001;
    assert_same(form_value(&form, at), 0.1);
    /* 0.7 - 0.4 is less than 0.3 in binary; nobody who writes decimals means that. */
    Form difference = {.kind = FORM_THRESHOLD,
                       .terms = 2,
                       .variable = {0, 1},
                       .coefficient = {1, -1},
                       .most = 1,
                       .midpoint = 0.3};
    assert_same(form_value(&difference, (const double[]){0.7, 0.4}), 1.0);
}

/* e^-1.5 = 0.22313016014842982. */
static void exponential_wears_away(void **state) {
    (void)state;
    Form form = of_two(FORM_EXPONENTIAL);
    assert_near(form_value(&form, at), 0.22313016014842982, 1e-16);
    form.least = 1; /* erosion grows from 0 to 1 */
    form.most = 0;
    assert_near(form_value(&form, at), 1 - 0.22313016014842982, 1e-15);
    form.constant = -9;
    assert_same(form_value(&form, at), 0.0);
    form.constant = 1e6;
    assert_same(form_value(&form, at), 1.0);
}

static void product_multiplies_all_it_names(void **state) {
    (void)state;
    Form form = {.kind = FORM_PRODUCT, .terms = 3, .variable = {0, 1, 3}, .constant = 0.5};
    assert_same(form_value(&form, at), -35.0);
    form.least = -20;
    form.most = 20;
    assert_same(form_value(&form, at), -20.0);
    form.variable[2] = 2;
    assert_true(form_value(&form, at) == 0);
}

static void lottery_is_a_chance_of_the_prize_less_the_cost(void **state) {
    (void)state;
    Form form = {.kind = FORM_LOTTERY, .terms = 3, .variable = {0, 1, 2}};
    assert_same(form_value(&form, (const double[]){0.25, 0.8, 0.05}), 0.25 * 0.8 - 0.05);
    assert_same(form_value(&form, (const double[]){1.5, 0.8, 0.05}), 0.75); /* p at most 1 */
    assert_same(form_value(&form, (const double[]){-3, 0.8, 0.05}), -0.05); /* at least 0 */
    form.terms = 2;                                                         /* no cost named */
    assert_same(form_value(&form, (const double[]){0.5, 0.5, 9}), 0.25);
}

static const double monster[] = {0,   1,    -1,   0.5,     9e9,      -9e9,
                                 1e9, -1e9, 1e-9, DBL_MAX, -DBL_MAX, DBL_MIN};

static double draw(Rng *rng) {
    return monster[rng_below(rng, sizeof monster / sizeof *monster)];
}

static double within(double x) {
    return x > 9e9 ? 9e9 : x < -9e9 ? -9e9 : x;
}

/* Sums of opposite infinities, 0 / 0 and infinity times 0 among them. */
static void whatever_the_numbers_the_value_is_finite_and_bounded(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(4, "forms"));
    for (int i = 0; i < 200000; i++) {
        double variable[FORM_MAX_TERMS];
        Form form = {.kind = (uint8_t)rng_below(&rng, FORM_LOTTERY + 1),
                     .terms = (uint8_t)rng_below(&rng, FORM_MAX_TERMS + 1)};
        for (uint8_t k = 0; k < FORM_MAX_TERMS; k++) {
            form.variable[k] = (uint8_t)rng_below(&rng, FORM_MAX_TERMS);
            form.coefficient[k] = draw(&rng);
            variable[k] = draw(&rng);
        }
        form.constant = draw(&rng);
        form.least = draw(&rng);
        form.most = draw(&rng);
        form.midpoint = draw(&rng);
        form.slope = draw(&rng);
        double value = form_value(&form, variable);
        if (!(value >= -9e9 && value <= 9e9)) fail_msg("form %d: %g", form.kind, value);
        if (form.kind < FORM_LOGISTIC || form.kind > FORM_THRESHOLD) continue;
        double least = within(form.least), most = within(form.most), slack = 1e-5;
        if (least < most ? value < least - slack || value > most + slack
                         : value < most - slack || value > least + slack)
            fail_msg("form %d: %g outside %g, %g", form.kind, value, least, most);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_sums_and_is_kept_within_its_bounds),
        cmocka_unit_test(logistic_goes_from_least_to_most_around_its_midpoint),
        cmocka_unit_test(saturating_is_half_way_at_its_half),
        cmocka_unit_test(threshold_is_reached_in_billionths),
        cmocka_unit_test(exponential_wears_away),
        cmocka_unit_test(product_multiplies_all_it_names),
        cmocka_unit_test(lottery_is_a_chance_of_the_prize_less_the_cost),
        cmocka_unit_test(whatever_the_numbers_the_value_is_finite_and_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
