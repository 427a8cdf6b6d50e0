#include "tests/core/world/small_world.h"

static SmallWorld small;

static void a_move_is_noticed_when_it_has_added_up(void **state) {
    (void)state;
    small_begin(&small);
    small_state(&small, "silent", 0, 1);
    uint8_t told = small_state(&small, "told", 0.4, 0.1);
    small.model.dynamics[told].notice = 0.3;
    small_open(&small, 1);
    assert_true(world_notices(&small.world) == 0);
    small_ticks(&small, 2);
    assert_true(world_notices(&small.world) == 0);
    small_ticks(&small, 1); /* 0.7 - 0.4, which in binary falls short of 0.3 */
    assert_true(world_notices(&small.world) == UINT64_C(1) << told);
    assert_same(small.world.told[told], 0.7);
    assert_true(world_notices(&small.world) == 0); /* it has been told */
    small.world.value[told] = 0.4;
    assert_true(world_notices(&small.world) == UINT64_C(1) << told); /* downwards too */
}

static double seen_by(const char *seat, double value) {
    return world_sight(&small.world, 21, 0, 0, seat, value);
}

static void begin(double error) {
    small_begin(&small);
    uint8_t front = small_state(&small, "front", 5, 0);
    small.model.dynamics[front].error = error;
    small_open(&small, 21);
}

static void without_an_error_a_seat_sees_what_there_is(void **state) {
    (void)state;
    begin(0);
    assert_same(seen_by("a", 5.123456789), 5.123456789);
}

static void who_else_looks_and_how_often_changes_nothing(void **state) {
    (void)state;
    begin(2);
    small_ticks(&small, 7);
    double a = seen_by("a", 5), b = seen_by("b", 5);
    assert_true(a != b && a != 5);
    for (int i = 0; i < 10; i++) assert_same(seen_by("a", 5), a);
    begin(2);
    for (int tick = 0; tick < 7; tick++) {
        seen_by("b", 5);
        seen_by("c", 5);
        small_ticks(&small, 1);
    }
    assert_same(seen_by("a", 5), a);
    assert_same(world_sight(&small.world, 21, 0, 9, "a", 5), a); /* at another place */
    assert_near(seen_by("a", 6), a + 1, 1.1e-9); /* the same error of another value */
    assert_true(world_sight(&small.world, 22, 0, 0, "a", 5) != a);
    small_ticks(&small, 1);
    assert_true(seen_by("a", 5) != a); /* of that moment */
}

/* 10,000 days; within five standard deviations of what the estimates have. */
static void errors_have_the_size_that_they_say(void **state) {
    (void)state;
    begin(2);
    double sum = 0, squares = 0;
    for (int i = 0; i < 10000; i++) {
        double error = seen_by("a", 5) - 5;
        sum += error;
        squares += error * error;
        small_ticks(&small, 1);
    }
    assert_near(sum / 10000, 0, 5 * 2 / 100.0);
    assert_near(squares / 10000, 4, 5 * 4 * 1.4143 / 100);
}

static void nobody_sees_what_cannot_be(void **state) {
    (void)state;
    begin(50);
    small.model.dynamics[0].least = 4;
    small.model.dynamics[0].most = 6;
    bool least = false, most = false;
    for (int i = 0; i < 50; i++) {
        double seen = seen_by("a", 5);
        assert_true(seen >= 4 && seen <= 6);
        least |= seen == 4;
        most |= seen == 6;
        small_ticks(&small, 1);
    }
    assert_true(least && most);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_is_noticed_when_it_has_added_up),
        cmocka_unit_test(without_an_error_a_seat_sees_what_there_is),
        cmocka_unit_test(who_else_looks_and_how_often_changes_nothing),
        cmocka_unit_test(errors_have_the_size_that_they_say),
        cmocka_unit_test(nobody_sees_what_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
