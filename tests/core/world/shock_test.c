#include "tests/core/world/small_world.h"

static SmallWorld small;

static void one_that_is_scripted_or_conditional_never_comes_by_chance(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t shock = small_shock(&small, "election");
    small.model.shock[shock].at = 5 * SIM_DAY;
    small_open(&small, 1);
    assert_true(world_next_shock(&small.world, shock, 0) == NP_NEVER);
    assert_true(world_shock_is_due(&small.world, shock)); /* no condition: it is met */
}

/* 20,000 waits of 30 days on average; an exponential's standard deviation is its mean, and a share e^-1 is
 * longer than that. Within five standard deviations. */
static void chance_has_the_mean_that_it_says_and_no_memory(void **state) {
    (void)state;
    enum { SHOCKS = 20000 };
    small_begin(&small);
    uint8_t shock = small_shock(&small, "pipeline");
    small.model.shock[shock].every = 30 * SIM_DAY;
    small_open(&small, 3);
    SimTime now = 0;
    int longer = 0;
    for (int i = 0; i < SHOCKS; i++) {
        SimTime next = world_next_shock(&small.world, shock, now);
        assert_true(next > now);
        if (next - now > 30 * SIM_DAY) longer++;
        now = next;
    }
    assert_near((double)now / SIM_DAY / SHOCKS, 30, 5 * 30 / 141.42);
    assert_near((double)longer / SHOCKS, 0.36788, 5 * 0.4823 / 141.42);
}

static void two_shocks_are_at_least_a_second_apart(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t shock = small_shock(&small, "often");
    small.model.shock[shock].every = 1;
    small_open(&small, 3);
    for (SimTime now = 0, i = 0; i < 1000; i++) {
        SimTime next = world_next_shock(&small.world, shock, now);
        assert_true(next >= now + 1 && next < now + 60);
        now = next;
    }
    small.model.shock[shock].every = INT64_MAX;
    assert_true(world_next_shock(&small.world, shock, 0) > 0);
    assert_true(world_next_shock(&small.world, shock, NP_NEVER) == NP_NEVER);
}

static void it_befalls_at_most_so_often(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t shock = small_shock(&small, "twice");
    small.model.shock[shock].every = SIM_DAY;
    small.model.shock[shock].most = 2;
    small_open(&small, 3);
    for (int i = 0; i < 2; i++) {
        assert_true(world_next_shock(&small.world, shock, 0) != NP_NEVER);
        assert_true(world_shock_is_due(&small.world, shock));
        small.world.befallen[shock]++;
    }
    assert_true(world_next_shock(&small.world, shock, 0) == NP_NEVER);
    assert_false(world_shock_is_due(&small.world, shock));
}

static void another_shock_changes_nobody_elses_luck(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t shock = small_shock(&small, "pipeline");
    small.model.shock[shock].every = 30 * SIM_DAY;
    small_open(&small, 3);
    SimTime expected = world_next_shock(&small.world, shock, 0);
    small_begin(&small);
    uint8_t other = small_shock(&small, "other");
    shock = small_shock(&small, "pipeline");
    small.model.shock[shock].every = small.model.shock[other].every = 30 * SIM_DAY;
    small_open(&small, 3);
    assert_true(world_next_shock(&small.world, other, 0) != expected);
    assert_true(world_next_shock(&small.world, shock, 0) == expected);
}

static void a_condition_is_met_at_its_threshold(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t supply = small_state(&small, "supply", 1, -0.1);
    uint8_t shock = small_shock(&small, "break"), above = small_shock(&small, "above");
    small.model.shock[shock].conditional = small.model.shock[shock].below = true;
    small.model.shock[shock].variable = supply;
    small.model.shock[shock].threshold = 0.8;
    small.model.shock[above] = small.model.shock[shock];
    small.model.shock[above].below = false;
    small_open(&small, 1);
    small_ticks(&small, 2); /* 0.8: at least, and not below */
    assert_false(world_shock_is_due(&small.world, shock));
    assert_true(world_shock_is_due(&small.world, above));
    small_ticks(&small, 1);
    assert_true(world_shock_is_due(&small.world, shock));
    assert_false(world_shock_is_due(&small.world, above));
    small.world.befallen[shock]++;
    assert_false(world_shock_is_due(&small.world, shock)); /* once */
    small.model.shock[shock].most = 2;
    assert_true(world_shock_is_due(&small.world, shock)); /* unless it says more */
}

static void one_by_chance_may_need_its_condition_each_time(void **state) {
    (void)state;
    small_begin(&small);
    uint8_t supply = small_state(&small, "supply", 1, 0), shock = small_shock(&small, "break");
    small.model.shock[shock].every = SIM_DAY;
    small.model.shock[shock].conditional = true;
    small.model.shock[shock].variable = supply;
    small.model.shock[shock].threshold = 0.5;
    small_open(&small, 1);
    small.world.befallen[shock] = 1000;
    assert_true(world_shock_is_due(&small.world, shock)); /* no limit of one */
    small.world.value[supply] = 0.4;
    assert_false(world_shock_is_due(&small.world, shock));
    assert_true(world_next_shock(&small.world, shock, 0) != NP_NEVER); /* the moment comes */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_is_scripted_or_conditional_never_comes_by_chance),
        cmocka_unit_test(chance_has_the_mean_that_it_says_and_no_memory),
        cmocka_unit_test(two_shocks_are_at_least_a_second_apart),
        cmocka_unit_test(it_befalls_at_most_so_often),
        cmocka_unit_test(another_shock_changes_nobody_elses_luck),
        cmocka_unit_test(a_condition_is_met_at_its_threshold),
        cmocka_unit_test(one_by_chance_may_need_its_condition_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
