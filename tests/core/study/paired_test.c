#include "core/study/paired.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/real.h"

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

/* Darwin's maize: heights of crossed less self-fertilized plants, in eighths of an inch, 15 pairs. Fisher (The
 * Design of Experiments, 1935, section 21): of the 32,768 ways to sign them 863 have a sum of at least 314, and
 * as many at most -314: 5.267 %. */
enum { MAIZE = 15 };
static const double maize[MAIZE] = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
static const double none[64];

static void fishers_count_of_darwins_maize(void **state) {
    (void)state;
    Bootstrap bootstrap = {999, 0.95, rng_key(1, "bootstrap/maize")};
    PairedMean paired = paired_mean(maize, none, MAIZE, &bootstrap);
    assert_true(paired.exact && paired.pairs == 15 && paired.incomplete == 0);
    assert_true(paired.p == 1726.0 / 32768);
    assert_true(paired.difference.estimate == 314.0 / 15);
    Interval interval = mean_bootstrap(maize, MAIZE, &bootstrap);
    assert_memory_equal(&paired.difference, &interval, sizeof interval);
}

/* Of 5, 6, 3, -3, -6, 26 of 32 ways to sign them reach the sum of 5. Tenths are no binary fractions: of 0.5, 0.6 and so
 * on some sums that are equal on paper end in other digits. They count as equal. */
static void the_last_digit_of_a_sum_does_not_decide(void **state) {
    (void)state;
    static const double whole[] = {5, 6, 3, -3, -6}, tenths[] = {0.5, 0.6, 0.3, -0.3, -0.6};
    Bootstrap bootstrap = {99, 0.95, rng_key(1, "bootstrap/tenths")};
    assert_true(paired_mean(whole, none, 5, &bootstrap).p == 26.0 / 32);
    assert_true(paired_mean(tenths, none, 5, &bootstrap).p == 26.0 / 32);
}

static void which_comes_first_turns_the_sign_and_nothing_else(void **state) {
    (void)state;
    Bootstrap bootstrap = {999, 0.95, rng_key(2, "bootstrap/turned")};
    PairedMean there = paired_mean(maize, none, MAIZE, &bootstrap);
    PairedMean back = paired_mean(none, maize, MAIZE, &bootstrap);
    assert_true(there.p == back.p);
    assert_true(there.difference.estimate == -back.difference.estimate);
    assert_true(there.difference.least == -back.difference.most);
    assert_true(there.difference.most == -back.difference.least);
}

/* 45 pairs: the 15 thrice, twice of them made less. Drawn signs come near the share of all 2^45, which counting
 * sums gives. */
static double share_of_all_signs(const double *difference, int pairs, int sum) {
    enum { REACH = 2048 };
    double *ways = memory_new(2 * REACH + 1, sizeof *ways), share = 0;
    ways[REACH] = 1;
    for (int i = 0; i < pairs; i++) {
        double *next = memory_new(2 * REACH + 1, sizeof *next);
        int size = (int)difference[i] < 0 ? -(int)difference[i] : (int)difference[i];
        for (int at = size; at <= 2 * REACH - size; at++) {
            next[at + size] += ways[at] / 2;
            next[at - size] += ways[at] / 2;
        }
        memory_free(ways);
        ways = next;
    }
    for (int at = 0; at <= 2 * REACH; at++)
        if (at - REACH >= sum || REACH - at >= sum) share += ways[at];
    memory_free(ways);
    return share;
}

static void drawn_signs_come_near_all_signs(void **state) {
    (void)state;
    double thrice[3 * MAIZE];
    for (int i = 0; i < 3 * MAIZE; i++) thrice[i] = maize[i % MAIZE] - (i < MAIZE ? 0 : 15);
    assert_true(near(share_of_all_signs(maize, MAIZE, 314), 1726.0 / 32768, 1e-12));
    double share = share_of_all_signs(thrice, 3 * MAIZE, 3 * 314 - 2 * 15 * MAIZE);
    PairedMean paired =
        paired_mean(thrice, none, 3 * MAIZE, &(Bootstrap){9999, 0.95, rng_key(3, "bootstrap/45")});
    assert_false(paired.exact);
    assert_true(near(paired.p, share, 3 * real_sqrt(share * (1 - share) / 9999) + 1e-4));
}

/* Small whole numbers, whose signs can be counted: two thirds of 1 and -1, a third of 2, more of them above. */
static void the_normal_limit_comes_near_all_signs(void **state) {
    (void)state;
    enum { PAIRS = 1500 };
    static double difference[PAIRS], zero[PAIRS];
    int sum = 0;
    for (int i = 0; i < PAIRS; i++) {
        difference[i] = i % 3 == 0 ? 2 : i % 3 == 1 ? 1 : -1;
        if (i % 30 < 14 && i % 3 == 0) difference[i] = -2;
        sum += (int)difference[i];
    }
    assert_int_equal(sum, 0);
    for (int shift = 0; shift < 60; shift += 10) {
        for (int i = 0; i < shift; i++) difference[3 * i + 2] = 1;
        double share = share_of_all_signs(difference, PAIRS, 2 * shift);
        PairedMean paired = paired_mean(difference, zero, PAIRS,
                                        &(Bootstrap){199, 0.95, rng_key(5, "bootstrap/limit")});
        assert_true(near(paired.p, share, 0.02));
        assert_true(shift < 50 || near(paired.p / share, 1, 0.1));
    }
}

static void no_p_value_is_smaller_than_the_draws_allow(void **state) {
    (void)state;
    double first[40];
    for (int i = 0; i < 40; i++) first[i] = 1 + i;
    PairedMean paired =
        paired_mean(first, none, 40, &(Bootstrap){999, 0.95, rng_key(4, "bootstrap/all")});
    assert_true(paired.p == 1.0 / 10000);
}

static void a_run_that_failed_takes_its_pair_along(void **state) {
    (void)state;
    double nan = __builtin_nan("");
    double first[] = {1, nan, 3, 4, nan}, second[] = {0, 1, nan, 2, nan};
    PairedMean paired = paired_mean(first, second, 5, &(Bootstrap){99, 0.95, {{1, 2}}});
    assert_int_equal(paired.pairs, 2);
    assert_int_equal(paired.incomplete, 3);
    assert_true(paired.difference.estimate == 1.5);
    assert_true(paired.p == 0.5);
    paired = paired_mean(first + 1, second + 1, 2, &(Bootstrap){99, 0.95, {{1, 2}}});
    assert_int_equal(paired.pairs, 0);
    assert_true(paired.p != paired.p);
    assert_true(paired.difference.estimate != paired.difference.estimate);
}

static void where_nothing_differs_nothing_is_found(void **state) {
    (void)state;
    PairedMean paired = paired_mean(maize, maize, MAIZE, &(Bootstrap){99, 0.95, {{1, 2}}});
    assert_true(paired.p == 1 && paired.difference.least == 0 && paired.difference.most == 0);
}

/* What both sides owe to the same luck cancels. */
static void the_same_luck_makes_the_interval_narrow(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(5, "luck"));
    double first[60], second[60];
    for (int i = 0; i < 60; i++) {
        double luck = rng_normal(&rng);
        first[i] = luck + 0.1 * rng_normal(&rng);
        second[i] = luck + 0.1 * rng_normal(&rng);
    }
    Bootstrap bootstrap = {199, 0.95, rng_key(6, "bootstrap/luck")};
    Interval paired = paired_mean(first, second, 60, &bootstrap).difference;
    Interval alone = mean_bootstrap(first, 60, &bootstrap);
    assert_true((paired.most - paired.least) * 4 < alone.most - alone.least);
}

/* 2,000 studies of 12 pairs without a difference: p is at most 0.05 in about 100 of them, within three binomial
 * standard deviations (29). */
static void chance_findings_are_as_many_as_stated(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(7, "false findings"));
    int found = 0;
    for (int study = 0; study < 2000; study++) {
        double first[12];
        for (int i = 0; i < 12; i++) first[i] = rng_normal(&rng);
        found += paired_mean(first, none, 12, &(Bootstrap){39, 0.95, {{1, 2}}}).p <= 0.05;
    }
    assert_in_range(found, 100 - 29, 100 + 29);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fishers_count_of_darwins_maize),
        cmocka_unit_test(the_last_digit_of_a_sum_does_not_decide),
        cmocka_unit_test(which_comes_first_turns_the_sign_and_nothing_else),
        cmocka_unit_test(the_normal_limit_comes_near_all_signs),
        cmocka_unit_test(drawn_signs_come_near_all_signs),
        cmocka_unit_test(no_p_value_is_smaller_than_the_draws_allow),
        cmocka_unit_test(a_run_that_failed_takes_its_pair_along),
        cmocka_unit_test(where_nothing_differs_nothing_is_found),
        cmocka_unit_test(the_same_luck_makes_the_interval_narrow),
        cmocka_unit_test(chance_findings_are_as_many_as_stated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
