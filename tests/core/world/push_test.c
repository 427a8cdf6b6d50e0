#include "tests/core/world/small_world.h"

static SmallWorld small;
static uint8_t supply;

static void begin(void) {
    small_begin(&small);
    supply = small_state(&small, "supply", 10, 0);
    small_open(&small, 1);
}

static void push(double amount, SimTime lasting) {
    world_apply(
        &small.world,
        &(Consequence){
            .kind = CONSEQUENCE_DRIFT, .variable = supply, .amount = amount, .lasting = lasting},
        1, 9);
}

static void adding_is_at_once_by_the_change_of_level(void **state) {
    (void)state;
    begin();
    small.model.dynamics[supply].most = 12;
    Consequence add = {.kind = CONSEQUENCE_ADD, .variable = supply, .amount = 2};
    world_apply(&small.world, &add, -0.5, 30);
    assert_same(small.world.value[supply], 9);
    assert_int_equal(small.world.cause[supply], 30);
    world_apply(&small.world, &add, 100, 31);
    assert_same(small.world.value[supply], 12);
    world_apply(&small.world, &add, 1, 32); /* at its bound already: 32 has moved nothing */
    assert_int_equal(small.world.cause[supply], 31);
}

static void a_lasting_drift_lasts_until_it_is_taken_back(void **state) {
    (void)state;
    begin();
    Consequence drift = {.kind = CONSEQUENCE_DRIFT, .variable = supply, .amount = -0.1};
    world_apply(&small.world, &drift, 1, 30);
    assert_same(small.world.value[supply], 10); /* from now on, not at once */
    assert_int_equal(small.world.cause[supply], 30);
    small_ticks(&small, 100);
    assert_same(small.world.value[supply], 0);
    world_apply(&small.world, &drift, -1, 31);
    small_ticks(&small, 100);
    assert_same(small.world.value[supply], 0);
    assert_true(small.world.drift[supply] == 0);
}

static void a_passing_drift_ends_exactly(void **state) {
    (void)state;
    begin();
    push(0.5, 3 * SIM_DAY);
    small_ticks(&small, 3);
    assert_same(small.world.value[supply], 11.5);
    assert_int_equal(small.world.drifts, 0);
    small_ticks(&small, 3);
    assert_same(small.world.value[supply], 11.5);
}

static void a_part_of_a_tick_counts_for_its_share(void **state) {
    (void)state;
    begin();
    push(1, SIM_DAY + SIM_DAY / 4);
    small_ticks(&small, 1);
    assert_same(small.world.value[supply], 11);
    small_ticks(&small, 1);
    assert_same(small.world.value[supply], 11.25);
    small_ticks(&small, 1);
    assert_same(small.world.value[supply], 11.25);
}

static void drifts_that_end_together_are_one(void **state) {
    (void)state;
    begin();
    for (int i = 0; i < 1000; i++) push(0.001, 10 * SIM_DAY);
    assert_int_equal(small.world.drifts, 1);
    small_ticks(&small, 20);
    assert_near(small.world.value[supply], 20, 1e-8);
}

static void a_full_list_keeps_what_they_do_altogether(void **state) {
    (void)state;
    begin();
    double days = 0;
    for (int i = 1; i <= 500; i++) {
        push(0.01, i * SIM_DAY);
        days += i;
        assert_true(small.world.drifts <= WORLD_MAX_DRIFTS);
    }
    assert_int_equal(small.world.drifts, WORLD_MAX_DRIFTS);
    small_ticks(&small, 500);
    assert_near(small.world.value[supply], 10 + 0.01 * days, 1e-6);
    assert_int_equal(small.world.drifts, 0);
}

/* 64 variables with a drift each, and one more for the last of them. */
static void a_full_list_of_different_variables_has_a_place_all_the_same(void **state) {
    (void)state;
    static char id[NP_MAX_VARIABLES][4];
    small_begin(&small);
    for (uint8_t v = 0; v < NP_MAX_VARIABLES; v++) {
        id[v][0] = (char)('a' + v / 26);
        id[v][1] = (char)('a' + v % 26);
        small_state(&small, id[v], 0, 0);
    }
    small_open(&small, 1);
    for (supply = 0; supply < NP_MAX_VARIABLES; supply++) push(1, SIM_DAY);
    supply = NP_MAX_VARIABLES - 1;
    push(1, 3 * SIM_DAY);
    small_ticks(&small, 5);
    assert_same(small.world.value[0], 1);
    assert_near(small.world.value[supply], 4, 1e-8);
}

static void what_is_the_tables_business_leaves_the_world_alone(void **state) {
    (void)state;
    begin();
    uint8_t twice = small_derived(&small, "twice", form_of(supply, 2));
    small_open(&small, 1);
    const Consequence none[] = {
        {.kind = CONSEQUENCE_OPTION, .issue = 1, .option = 1, .amount = 1},
        {.kind = CONSEQUENCE_AUTHORITY, .amount = 1},
        {.kind = CONSEQUENCE_END, .amount = 1},
        {.kind = CONSEQUENCE_ADD, .variable = twice, .amount = 1}, /* follows, is not moved */
        {.kind = CONSEQUENCE_ADD, .variable = 40, .amount = 1},
        {.kind = CONSEQUENCE_DRIFT, .variable = supply, .amount = 0, .lasting = SIM_DAY},
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        world_apply(&small.world, &none[i], 1, 99);
    assert_same(small.world.value[supply], 10);
    assert_same(small.world.value[twice], 20);
    assert_int_equal(small.world.cause[supply], OPENING);
    assert_int_equal(small.world.cause[twice], OPENING);
    assert_int_equal(small.world.drifts, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding_is_at_once_by_the_change_of_level),
        cmocka_unit_test(a_lasting_drift_lasts_until_it_is_taken_back),
        cmocka_unit_test(a_passing_drift_ends_exactly),
        cmocka_unit_test(a_part_of_a_tick_counts_for_its_share),
        cmocka_unit_test(drifts_that_end_together_are_one),
        cmocka_unit_test(a_full_list_keeps_what_they_do_altogether),
        cmocka_unit_test(a_full_list_of_different_variables_has_a_place_all_the_same),
        cmocka_unit_test(what_is_the_tables_business_leaves_the_world_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
