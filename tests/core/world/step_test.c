#include <string.h>

#include "tests/core/world/small_world.h"

static SmallWorld small;

static void drift_moves_by_its_rate_a_day_whatever_the_tick(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t front = small_state(&small, "front", 10, -0.25);
    small_open(&small, 1);
    assert_same(small.world.value[front], 10);
    small_ticks(&small, 8);
    assert_same(small.world.value[front], 8);
    assert_true(small.world.now == 8 * SIM_DAY);
    small.model.tick = SIM_DAY / 2;
    small_open(&small, 1);
    small_ticks(&small, 8);
    assert_same(small.world.value[front], 9);
}

static void drift_may_depend_on_the_world_as_it_was_before_the_step(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t prey = small_state(&small, "prey", 1, 0), hunter = small_state(&small, "hunter", 2, 0);
    small.model.dynamics[prey].drift = form_of(hunter, 1);
    small.model.dynamics[hunter].drift = form_of(prey, 1);
    small_open(&small, 1);
    small_ticks(&small, 1); /* both from (1, 2): whoever comes first */
    assert_same(small.world.value[prey], 3);
    assert_same(small.world.value[hunter], 3);
    small_ticks(&small, 1);
    assert_same(small.world.value[prey], 6);
    assert_same(small.world.value[hunter], 6);
}

static void bounds_hold_for_every_kind(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t up = small_state(&small, "up", 0.5, 0.4), down = small_state(&small, "down", 7, -3);
    uint8_t twice = small_derived(&small, "twice", form_of(up, 2));
    small.model.dynamics[up].most = small.model.dynamics[twice].most = 1;
    small.model.dynamics[down].least = 2;
    small.model.dynamics[down].most = 6;
    small_open(&small, 1);
    assert_same(small.world.value[down], 6); /* from the start */
    assert_same(small.world.value[twice], 1);
    small_ticks(&small, 5);
    assert_same(small.world.value[up], 1);
    assert_same(small.world.value[down], 2);
}

static void values_are_whole_billionths(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t third = small_state(&small, "third", 0, 1.0 / 3),
            small_one = small_state(&small, "small", 0.1234567895, 0);
    small_open(&small, 1);
    assert_same(small.world.value[small_one], 0.123456790); /* half away from zero */
    small_ticks(&small, 3);
    assert_same(small.world.value[third], 0.999999999); /* 0.333333333, three times */
}

/* 40,000 steps of a standard deviation of 0.5 a day, in ticks of six hours: a step has mean 0 and variance
 * 0.0625. Within five standard deviations of what these estimates have. */
static void noise_has_the_mean_and_the_variance_that_it_says(void **state) {
    (void)state;
    enum { STEPS = 40000 };
    small_begin(&small);
    uint8_t noisy = small_noisy(&small, "noisy", 0, 0.5);
    small.model.tick = SIM_DAY / 4;
    small_open(&small, 11);
    double sum = 0, squares = 0, before = 0;
    for (int i = 0; i < STEPS; i++) {
        small_ticks(&small, 1);
        double step = small.world.value[noisy] - before;
        before = small.world.value[noisy];
        sum += step;
        squares += step * step;
    }
    assert_near(sum / STEPS, 0, 5 * 0.25 / 200);
    assert_near(squares / STEPS, 0.0625, 5 * 0.0625 * 1.4143 / 200);
}

static void another_variable_changes_nobody_elses_luck(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t alone = small_noisy(&small, "front", 0, 1);
    small_open(&small, 5);
    small_ticks(&small, 50);
    double expected = small.world.value[alone];
    small_begin(&small);
    uint8_t other = small_noisy(&small, "supply", 0, 1);
    uint8_t front = small_noisy(&small, "front", 0, 1);
    small_open(&small, 5);
    small_ticks(&small, 50);
    assert_same(small.world.value[front], expected);
    assert_true(small.world.value[other] != expected);
    small_open(&small, 6);
    small_ticks(&small, 50);
    assert_true(small.world.value[front] != expected);
}

static void inputs_read_the_package_in_force(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t given = small_input(&small, "given", 3, 0.75);
    small_open(&small, 1);
    assert_same(small.world.value[given], 0);
    small.in_force.option[3] = 1;
    world_refresh(&small.world, &small.in_force, 17);
    assert_same(small.world.value[given], 0.75);
    assert_int_equal(small.world.cause[given], 17);
    small.in_force.option[3] = NP_NO_OPTION; /* a partial package that is silent */
    small_ticks(&small, 1);
    assert_same(small.world.value[given], 0);
}

static void derived_variables_follow_in_their_order(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t base = small_state(&small, "base", 1, 1);
    uint8_t twice = small_derived(&small, "twice", form_of(base, 2));
    uint8_t six = small_derived(&small, "six", form_of(twice, 3));
    small_open(&small, 1);
    assert_same(small.world.value[six], 6);
    small_ticks(&small, 1);
    assert_same(small.world.value[twice], 4);
    assert_same(small.world.value[six], 12);
}

static void the_cause_is_the_latest_event_with_a_hand_in_it(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t tempo = small_state(&small, "tempo", 1, 0);
    uint8_t losses = small_state(&small, "losses", 0, 0);
    uint8_t other = small_state(&small, "other", 0, 0);
    uint8_t pain = small_derived(&small, "pain", form_of(losses, 2));
    uint8_t woe = small_derived(&small, "woe", form_of(pain, 2));
    small.model.dynamics[losses].drift = form_of(tempo, 1);
    Form reads_woe = form_of(woe, 1), reads_other = form_of(other, 1), fixed = form_constant(3);
    small_open(&small, 1);
    Consequence raise = {.kind = CONSEQUENCE_ADD, .variable = tempo, .amount = 1};
    world_apply(&small.world, &raise, 1, 40);
    world_refresh(&small.world, &small.in_force, 40);
    assert_int_equal(small.world.cause[tempo], 40);
    assert_int_equal(world_cause(&small.world, &reads_woe), OPENING); /* not yet felt */
    small_ticks(&small, 1);
    assert_int_equal(small.world.cause[woe], 40);
    assert_int_equal(world_cause(&small.world, &reads_woe), 40);
    raise.variable = losses;
    world_apply(&small.world, &raise, 1, 50);
    assert_int_equal(world_cause(&small.world, &reads_woe), 50); /* through two derived ones */
    assert_int_equal(world_cause(&small.world, &reads_other), OPENING);
    assert_int_equal(world_cause(&small.world, &fixed), OPENING);
}

/* Every derived variable reads the eight before it: 8^56 paths, and one pass. */
static void causes_are_found_however_much_depends_on_each_other(void **state) {
    (void)state;
    static char id[NP_MAX_VARIABLES][4];
    small_begin(&small);
    for (uint8_t v = 0; v < NP_MAX_VARIABLES; v++) {
        id[v][0] = (char)('a' + v / 26);
        id[v][1] = (char)('a' + v % 26);
        if (v < 8) {
            small_state(&small, id[v], 1, 0);
            continue;
        }
        Form form = {.kind = FORM_LINEAR, .terms = 8};
        for (uint8_t i = 0; i < 8; i++) form.variable[i] = (uint8_t)(v - 1 - i);
        small_derived(&small, id[v], form);
    }
    small_open(&small, 1);
    world_apply(&small.world, &(Consequence){.kind = CONSEQUENCE_ADD, .amount = 1}, 1, 77);
    Form last = form_of(NP_MAX_VARIABLES - 1, 1);
    assert_int_equal(world_cause(&small.world, &last), 77);
}

static void an_attack_pays_when_credibility_does_not_deter(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t gain = small_state(&small, "gain", 0.6, 0);
    Deterrence *deterrence = &small.model.deterrence;
    *deterrence = (Deterrence){.attack = form_of(gain, 1), .intervention = 0.4, .issue = 2};
    deterrence->credibility[1] = 0.5;
    small_open(&small, 1);
    assert_false(world_attack_pays(&small.world, &small.in_force, 0.1)); /* not asked for */
    deterrence->on = true;
    assert_true(world_attack_pays(&small.world, &small.in_force, 0.59));
    assert_false(world_attack_pays(&small.world, &small.in_force, 0.6)); /* it must gain */
    small.in_force.option[2] = 1;                                        /* 0.6 - 0.5 x 0.4 */
    assert_true(world_attack_pays(&small.world, &small.in_force, 0.39));
    assert_false(world_attack_pays(&small.world, &small.in_force, 0.4));
    small.in_force.option[2] = NP_NO_OPTION; /* nobody has promised anything */
    assert_true(world_attack_pays(&small.world, &small.in_force, 0.59));
}

static void rounding_is_half_away_from_zero(void **state) {
    (void)state;
    assert_same(world_round(0.05, 0.02), 0.06);
    assert_same(world_round(-0.05, 0.02), -0.06);
    assert_same(world_round(0.0499, 0.02), 0.04);
    assert_same(world_round(0.3000000001, 0.1), 0.3); /* not 3 x 0.1 */
    assert_same(world_round(7, 2.5), 7.5);
    assert_same(world_round(0.1234567895, 1e-9), 0.123456790);
    assert_same(world_round(0.123456789123, 0), 0.123456789123);
    assert_same(world_round(-0.001, 0.02), 0);
    assert_same(world_round(1e300, 1e-9), 9e9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drift_moves_by_its_rate_a_day_whatever_the_tick),
        cmocka_unit_test(drift_may_depend_on_the_world_as_it_was_before_the_step),
        cmocka_unit_test(bounds_hold_for_every_kind),
        cmocka_unit_test(values_are_whole_billionths),
        cmocka_unit_test(noise_has_the_mean_and_the_variance_that_it_says),
        cmocka_unit_test(another_variable_changes_nobody_elses_luck),
        cmocka_unit_test(inputs_read_the_package_in_force),
        cmocka_unit_test(derived_variables_follow_in_their_order),
        cmocka_unit_test(the_cause_is_the_latest_event_with_a_hand_in_it),
        cmocka_unit_test(causes_are_found_however_much_depends_on_each_other),
        cmocka_unit_test(an_attack_pays_when_credibility_does_not_deter),
        cmocka_unit_test(rounding_is_half_away_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
