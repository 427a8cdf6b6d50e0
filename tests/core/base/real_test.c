#include "core/base/real.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/rng.h"
#include "tests/core/base/suite.h"

enum { MANY = 100000 };

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* How far `got` is from the truth, in units of the truth's last place. */
static double ulps(double got, long double truth) {
    double near = fabs((double)truth);
    if (got == (double)truth) return 0;
    double unit = nextafter(near, INFINITY) - near;
    return (double)(fabsl((long double)got - truth) / unit);
}

/* A positive number of any size between 2^-exponents and 2^exponents. */
static double any_positive(Rng *rng, uint32_t exponents) {
    double mantissa = 1 + rng_unit(rng);
    return ldexp(mantissa, (int)rng_below(rng, 2 * exponents) - (int)exponents);
}

static void assert_near(double got, long double truth, double bound, double x) {
    if (!(ulps(got, truth) <= bound))
        fail_msg("at %a: %a is %g ulp from %La", x, got, ulps(got, truth), truth);
}

static void exp_is_within_one_ulp(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "exp"));
    for (int i = 0; i < MANY; i++) {
        double wide = (rng_unit(&rng) - 0.5) * 1416, small = any_positive(&rng, 30) * 1e-9;
        assert_near(real_exp(wide), expl(wide), 1.0, wide);
        assert_near(real_exp(-small), expl(-small), 1.0, -small);
    }
}

static void log_is_within_one_ulp(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(2, "log"));
    for (int i = 0; i < MANY; i++) {
        double wide = any_positive(&rng, 1022), near_one = 0.5 + rng_unit(&rng);
        assert_near(real_log(wide), logl(wide), 1.0, wide);
        assert_near(real_log(near_one), logl(near_one), 1.0, near_one);
    }
}

/* The C library's long double pow keeps 64 bits, which is exact enough to judge 53. */
static void pow_is_within_one_ulp(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(3, "pow"));
    for (int i = 0; i < MANY; i++) {
        double x = 2 * rng_unit(&rng), y = (rng_unit(&rng) - 0.5) * 20;
        assert_near(real_pow(x, y), powl(x, y), 1.0, x);
        x = any_positive(&rng, 1000);
        y = 2 * rng_unit(&rng) - 1;
        assert_near(real_pow(x, y), powl(x, y), 1.0, x);
    }
}

static void pow_is_within_one_ulp_near_one_with_large_powers(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(4, "pow"));
    int judged = 0;
    for (int i = 0; i < MANY; i++) {
        double x = 1 + ldexp(rng_unit(&rng) - 0.5, -(int)rng_below(&rng, 48));
        double y = ldexp(rng_unit(&rng) - 0.5, (int)rng_below(&rng, 60));
        long double truth = powl(x, y);
        if (truth < 1e-300L || truth > 1e300L) continue;
        assert_near(real_pow(x, y), truth, 1.0, x);
        judged++;
    }
    assert_true(judged > MANY / 2);
}

static void pow_is_exact_where_the_answer_is(void **state) {
    (void)state;
    for (int n = -1074; n <= 1023; n++) assert_true(real_pow(2, n) == ldexp(1, n));
    for (int n = 1; n < 1000; n++) {
        assert_true(real_pow(n, 2) == (double)n * n);
        assert_true(real_pow(n, 1) == n);
        assert_true(real_pow((double)n * n, 0.5) == n);
    }
    assert_true(real_pow(10, 15) == 1e15);
}

static void pow_overflows_and_vanishes_where_it_must(void **state) {
    (void)state;
    double below = nextafter(0x1p512, 0);
    assert_true(real_pow(DBL_MAX, 1) == DBL_MAX && real_pow(0x1p-1024, -1) == INFINITY);
    assert_true(real_pow(below, 2) == below * below && real_pow(0x1p512, 2) == INFINITY);
    assert_true(real_pow(2, nextafter(1024, 0)) < INFINITY && real_pow(2, 1024) == INFINITY);
    assert_true(real_pow(2, -1074) == 0x1p-1074 && real_pow(2, -1075) == 0);
    assert_true(real_pow(2, nextafter(-1075, 0)) == 0x1p-1074);
    assert_true(real_pow(0x1p-215, 5) == 0 && real_pow(nextafter(0x1p-215, 1), 5) == 0x1p-1074);
}

static void subnormal_answers_are_close_too(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(5, "tiny"));
    for (int i = 0; i < MANY / 10; i++) {
        double x = -708 - 37 * rng_unit(&rng), y = -1022 - 52 * rng_unit(&rng);
        assert_near(real_exp(x), expl(x), 1.0, x);
        assert_near(real_pow(2, y), powl(2, y), 1.0, y);
    }
}

/* C99 Annex F. */
static void special_values_of_exp_log_and_sqrt(void **state) {
    (void)state;
    assert_true(real_exp(0) == 1 && real_exp(-0.0) == 1);
    assert_true(real_exp(INFINITY) == INFINITY && real_exp(-INFINITY) == 0);
    assert_true(real_exp(710) == INFINITY && real_exp(-746) == 0 && isnan(real_exp(NAN)));
    assert_true(isfinite(real_exp(709.78271289338397)) && real_exp(-745.13321910194110) > 0);
    assert_true(real_log(1) == 0 && real_log(0) == -INFINITY && real_log(-0.0) == -INFINITY);
    assert_true(real_log(INFINITY) == INFINITY && isnan(real_log(-1)) && isnan(real_log(NAN)));
    assert_true(real_log(0x1p-1074) == -1074 * 0x1.62e42fefa39efp-1);
    assert_true(bits_of(real_sqrt(-0.0)) == bits_of(-0.0) && isnan(real_sqrt(-1)));
    assert_true(real_sqrt(INFINITY) == INFINITY && real_sqrt(2) == 0x1.6a09e667f3bcdp+0);
}

static void special_values_of_pow(void **state) {
    (void)state;
    const double x[] = {0, 1e-300, 0.5, 1, 1.5, 1e300, INFINITY, NAN};
    const double y[] = {-INFINITY, -1e300, -2, -0.0, 0, 3, 1e300, INFINITY, NAN};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        for (size_t k = 0; k < sizeof y / sizeof *y; k++) {
            double got = real_pow(x[i], y[k]), expected = pow(x[i], y[k]);
            if (isnan(expected) ? !isnan(got) : !(ulps(got, expected) <= 1))
                fail_msg("%g to the %g: %g, not %g", x[i], y[k], got, expected);
        }
    assert_true(isnan(real_pow(-1, 2)));
}

static void there_is_one_nan(void **state) {
    (void)state;
    const uint64_t nan_bits = UINT64_C(0x7ff8000000000000);
    assert_true(bits_of(real_log(-1)) == nan_bits && bits_of(real_exp(-NAN)) == nan_bits);
    assert_true(bits_of(real_sqrt(-1)) == nan_bits && bits_of(real_pow(-2, 0.5)) == nan_bits);
}

/* Golden bits: a change here changes every recorded run. */
static void a_few_answers_bit_by_bit(void **state) {
    (void)state;
    assert_true(real_exp(1) == 0x1.5bf0a8b145769p+1);
    assert_true(real_exp(-0.05) == 0x1.e7078b0a726a6p-1);
    assert_true(real_log(10) == 0x1.26bb1bbb55516p+1);
    assert_true(real_log(0.97) == -0x1.f30b2d0091d8ap-6);
    assert_true(real_pow(0.97, 365) == 0x1.f23bc4adb9dd3p-17);
    assert_true(real_pow(0.3, 0.7) == 0x1.b8d809c615f41p-2);
}

static void all_answers_are_the_same_for_ever(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(6, "golden"));
    DigestState digest;
    digest_begin(&digest);
    for (int i = 0; i < MANY; i++) {
        double x = any_positive(&rng, 1000), y = (rng_unit(&rng) - 0.5) * 1400;
        double answers[4] = {real_exp(y), real_log(x), real_pow(x, y / 700), real_sqrt(x)};
        digest_add(&digest, answers, sizeof answers);
    }
    Digest all = digest_end(&digest);
    char hex[DIGEST_HEX];
    assert_string_equal(digest_hex(hex, &all),
                        "985b6c634158be3d88665a3c2d414247d97f264b987b43f1cd336cfbe72781f9");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_within_one_ulp),
        cmocka_unit_test(log_is_within_one_ulp),
        cmocka_unit_test(pow_is_within_one_ulp),
        cmocka_unit_test(pow_is_within_one_ulp_near_one_with_large_powers),
        cmocka_unit_test(pow_is_exact_where_the_answer_is),
        cmocka_unit_test(pow_overflows_and_vanishes_where_it_must),
        cmocka_unit_test(subnormal_answers_are_close_too),
        cmocka_unit_test(special_values_of_exp_log_and_sqrt),
        cmocka_unit_test(special_values_of_pow),
        cmocka_unit_test(there_is_one_nan),
        cmocka_unit_test(a_few_answers_bit_by_bit),
        cmocka_unit_test(all_answers_are_the_same_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
