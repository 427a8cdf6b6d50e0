/* How long a peace is expected to hold, held against closed forms and slow sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/real.h"
#include "core/base/rng.h"
#include "core/negotiation/durability.h"

static const Durability essay = {.base = 0.05, .shape = 0.8, .discount = 0.95, .horizon = 10};

static void assert_near(double is, double should, double error) {
    if (is - should > error || should - is > error) {
        print_error("%.17g is not within %g of %.17g\n", is, error, should);
        fail();
    }
}

static double knot_effect(int knot) {
    return 2.0 * DURABILITY_MOST_EFFECT * knot / DURABILITY_KNOTS - DURABILITY_MOST_EFFECT;
}

/* integral_0^H e^(-r t) dt */
static double annuity(double rate, double horizon) {
    double all = rate * horizon;
    if (all < 1e-6) return horizon * (1 - all / 2 * (1 - all / 3));
    return (1 - real_exp(-all)) / rate;
}

static void a_constant_hazard_has_the_closed_form(void **state) {
    (void)state;
    static const double discounts[] = {1, 0.999999, 0.95, 0.5, 1e-4}, horizons[] = {0.1, 10, 400};
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 3; k++) {
            Durability constant = {
                .base = 0.05, .shape = 1, .discount = discounts[i], .horizon = horizons[k]};
            durability_settle(&constant);
            double rate = -real_log(discounts[i]);
            for (int knot = 0; knot <= DURABILITY_KNOTS; knot++) {
                double hazard = 0.05 * real_exp(knot_effect(knot));
                double expected = annuity(rate + hazard, horizons[k]) / annuity(rate, horizons[k]);
                assert_near(constant.share[knot], expected, 1e-10);
            }
        }
}

/* Without discounting and with t^g = v, shape 1/2: integral_0^H e^(-k sqrt t) dt = 2 (1 - e^-a (1 + a)) / k^2,
 * a = k sqrt H. */
static void a_falling_hazard_has_the_closed_form(void **state) {
    (void)state;
    Durability falling = {.base = 0.07, .shape = 0.5, .discount = 1, .horizon = 9};
    durability_settle(&falling);
    for (int knot = DURABILITY_KNOTS / 4; knot <= DURABILITY_KNOTS; knot++) {
        double k = 0.07 * real_exp(knot_effect(knot)), a = k * 3;
        if (a < 0.01) continue; /* there the closed form loses its digits */
        double expected = 2 * (1 - real_exp(-a) * (1 + a)) / (k * k) / 9;
        assert_near(falling.share[knot], expected, 1e-10);
    }
}

/* The midpoint rule in t, with so many steps that it is good to 1e-7 for hazards of moderate size. */
static double slow_share(const Durability *durability, double effect) {
    enum { STEPS = 20000 };
    double sum = 0, all = 0, k = durability->base * real_exp(effect);
    for (int i = 0; i < STEPS; i++) {
        double t = durability->horizon * (i + 0.5) / STEPS;
        double counts = real_pow(durability->discount, t);
        all += counts;
        sum += counts * real_exp(-k * real_pow(t, durability->shape));
    }
    return sum / all;
}

static void any_shape_is_as_a_slow_sum_has_it(void **state) {
    (void)state;
    static const double shapes[] = {0.6, 0.8, 1.3, 2, 4};
    for (int i = 0; i < 5; i++) {
        Durability peace = essay;
        peace.shape = shapes[i];
        durability_settle(&peace);
        for (int knot = DURABILITY_KNOTS * 3 / 8; knot <= DURABILITY_KNOTS * 5 / 8; knot += 64)
            assert_near(peace.share[knot], slow_share(&peace, knot_effect(knot)), 1e-6);
    }
}

static void the_share_falls_and_stays_a_share(void **state) {
    (void)state;
    static const double shapes[] = {0.2, 0.8, 1, 3, 12}, bases[] = {1e-9, 0.05, 1e3};
    Rng rng = rng_stream(rng_key(1, "test/durability"));
    for (int i = 0; i < 15; i++) {
        Durability peace = essay;
        peace.shape = shapes[i % 5];
        peace.base = bases[i / 5];
        durability_settle(&peace);
        double before = 1;
        Utility effect = -18 * UTILITY_ONE;
        while (effect < 18 * UTILITY_ONE) {
            double share = durability_share(&peace, effect);
            assert_true(share >= 0 && share <= before);
            before = share;
            effect += rng_below(&rng, 4) == 0 ? 1 : (Utility)rng_below(&rng, 20000000);
        }
    }
}

static void between_knots_the_share_is_linear_and_close(void **state) {
    (void)state;
    Durability constant = {.base = 0.05, .shape = 1, .discount = 0.95, .horizon = 10};
    durability_settle(&constant);
    double rate = -real_log(0.95);
    for (Utility effect = -6 * UTILITY_ONE; effect < 6 * UTILITY_ONE; effect += 12345677) {
        double hazard = 0.05 * real_exp(utility_real(effect));
        assert_near(durability_share(&constant, effect),
                    annuity(rate + hazard, 10) / annuity(rate, 10), 4e-5);
    }
    assert_true(durability_share(&constant, 40 * UTILITY_ONE) == constant.share[DURABILITY_KNOTS]);
    assert_true(durability_share(&constant, -40 * UTILITY_ONE) == constant.share[0]);
}

static void effects_add_up_over_the_issues_that_are_named(void **state) {
    (void)state;
    static Durability peace;
    peace.effect[0][1] = -2500000000;
    peace.effect[3][2] = 400000000;
    Outcome outcome;
    memset(&outcome, NP_NO_OPTION, sizeof outcome);
    assert_int_equal(durability_effect(&peace, &outcome, 7), 7);
    outcome.option[0] = 1;
    outcome.option[3] = 2;
    outcome.option[4] = 0;
    assert_int_equal(durability_effect(&peace, &outcome, 7), -2100000000 + 7);
}

static void a_peace_breaks_as_its_hazard_says(void **state) {
    (void)state;
    const double k = 0.05 * real_exp(0.7), s4 = real_exp(-k * real_pow(4, 0.8)),
                 s5 = real_exp(-k * real_pow(5, 0.8));
    assert_near(durability_break(&essay, 700000000, 0, 4), 1 - s4, 1e-14);
    assert_near(durability_break(&essay, 700000000, 4, 5), 1 - s5 / s4, 1e-14);
    assert_true(durability_break(&essay, 700000000, 0, 0) == 0);
    assert_true(durability_break(&essay, 700000000, 5, 5) == 0);
    assert_true(durability_break(&essay, 700000000, 5, 4) == 0);
    assert_true(
        durability_break(&essay, 700000000, -1, 4) == /* before the deal there is no war to come */
        durability_break(&essay, 700000000, 0, 4));
    assert_true(durability_break(&essay, 90 * UTILITY_ONE, 0, 1000) == 1);
    assert_true(durability_break(&essay, 20 * UTILITY_ONE, 0, 0.001) ==
                durability_break(&essay, 16 * UTILITY_ONE, 0, 0.001));
}

/* Small chances keep their digits, and days multiply to years. */
static void many_small_steps_are_one_large_one(void **state) {
    (void)state;
    double tiny = durability_break(&essay, -16 * UTILITY_ONE, 0, 1e-3);
    double expected = 0.05 * real_exp(-16) * real_pow(1e-3, 0.8);
    assert_near(tiny / expected, 1, 1e-8);
    double holds = 1;
    for (int day = 0; day < 3650; day++)
        holds *= 1 - durability_break(&essay, 0, day / 365.0, (day + 1) / 365.0);
    assert_near(1 - holds, durability_break(&essay, 0, 0, 10), 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_hazard_has_the_closed_form),
        cmocka_unit_test(a_falling_hazard_has_the_closed_form),
        cmocka_unit_test(any_shape_is_as_a_slow_sum_has_it),
        cmocka_unit_test(the_share_falls_and_stays_a_share),
        cmocka_unit_test(between_knots_the_share_is_linear_and_close),
        cmocka_unit_test(effects_add_up_over_the_issues_that_are_named),
        cmocka_unit_test(a_peace_breaks_as_its_hazard_says),
        cmocka_unit_test(many_small_steps_are_one_large_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
