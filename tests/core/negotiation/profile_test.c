/* What a deal is worth to a seat: durability, eroded red lines, the time meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "core/negotiation/profile.h"

/* Two issues of three options; half the worth each; the last option of the second one is a soft red line. */
static Domain domain = {
    .issues = 2,
    .issue = {{.options = 3, .status_quo = 0}, {.options = 3, .status_quo = NP_NO_OPTION}}};

static Profile plain(void) {
    Profile profile = {.discount = 1, .discount_every = SIM_DAY};
    for (int option = 0; option < 3; option++)
        profile.value[0][option] = profile.value[1][option] = option * UTILITY_ONE / 4;
    profile.red_lines = 1;
    profile.red_line[0] = (RedLine){{1, {1}, {1u << 2}}, false, 200000001};
    return profile;
}

static Outcome package(uint8_t first, uint8_t second) {
    Outcome outcome = outcome_empty();
    outcome.option[0] = first;
    outcome.option[1] = second;
    return outcome;
}

/* s = 1/2 wherever the first issue is 1; nearly 1 where it is 2; nearly 0 where it is 0. */
static Durability *peace(void) {
    static Durability durability;
    durability = (Durability){.base = 1, .shape = 1, .discount = 1, .horizon = 1};
    for (int knot = 0; knot <= DURABILITY_KNOTS; knot++)
        durability.share[knot] = 1 - (double)knot / DURABILITY_KNOTS;
    durability.effect[0][0] = 16 * UTILITY_ONE;
    durability.effect[0][2] = -16 * UTILITY_ONE;
    return &durability;
}

static Utility worth(const Profile *profile, uint8_t first, uint8_t second) {
    Outcome outcome = package(first, second);
    return profile_utility(profile, &domain, &outcome);
}

static void a_deal_is_weighted_by_the_survival_of_its_peace(void **state) {
    (void)state;
    Profile profile = plain();
    assert_int_equal(worth(&profile, 1, 1), 500000000);
    profile.durability = peace();
    assert_int_equal(worth(&profile, 2, 1), 750000000);
    assert_int_equal(worth(&profile, 1, 1), 250000000);
    assert_int_equal(worth(&profile, 0, 1), 0);
    profile.aftermath = 100000000;
    assert_int_equal(worth(&profile, 1, 1), 300000000);
    assert_int_equal(worth(&profile, 0, 1), 100000000);
    profile.aftermath = 800000000; /* war is better than this deal: so is a peace that breaks */
    assert_int_equal(worth(&profile, 1, 1), 650000000);
    profile.hazard = -8 * UTILITY_ONE;
    assert_int_equal(worth(&profile, 1, 1), 575000000);
}

static void a_partial_package_ends_no_war(void **state) {
    (void)state;
    Profile profile = plain();
    profile.durability = peace();
    assert_int_equal(worth(&profile, 1, NP_NO_OPTION), 250000000);
    assert_int_equal(worth(&profile, NP_NO_OPTION, 1), 250000000);
}

static void a_soft_red_line_wears_away(void **state) {
    (void)state;
    Profile profile = plain();
    assert_int_equal(worth(&profile, 0, 2), 500000000 - 200000001);
    profile.eroded = 500000000;
    assert_int_equal(worth(&profile, 0, 2), 500000000 - 100000001); /* half up */
    profile.eroded = 500000003;
    assert_int_equal(profile_penalty(&profile, &profile.red_line[0]), 100000000);
    profile.eroded = UTILITY_ONE;
    assert_int_equal(worth(&profile, 0, 2), 500000000);
    profile.eroded = 2 * UTILITY_ONE;
    assert_int_equal(worth(&profile, 0, 2), 500000000);
    profile.eroded = 333333333;
    RedLine huge = {.penalty = 1000000 * UTILITY_ONE + 3};
    assert_int_equal(profile_penalty(&profile, &huge), 666666667000002);
}

static void waiting_costs_what_a_deal_is_better_than_the_time_meanwhile(void **state) {
    (void)state;
    Profile profile = plain();
    profile.discount = 0.5;
    profile.meanwhile = 400000000;
    Outcome good = package(2, 1), poor = package(0, 1);
    assert_true(profile_value_at(&profile, &domain, &good, 0) == 0.75);
    assert_true(profile_value_at(&profile, &domain, &good, SIM_DAY) == 0.4 + 0.5 * (0.75 - 0.4));
    assert_true(profile_value_at(&profile, &domain, &poor, SIM_DAY) == 0.4 + 0.5 * (0.25 - 0.4));
    profile.meanwhile = 0;
    assert_true(profile_value_at(&profile, &domain, &good, SIM_DAY) == 0.375);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deal_is_weighted_by_the_survival_of_its_peace),
        cmocka_unit_test(a_partial_package_ends_no_war),
        cmocka_unit_test(a_soft_red_line_wears_away),
        cmocka_unit_test(waiting_costs_what_a_deal_is_better_than_the_time_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
