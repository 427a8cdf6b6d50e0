/* How far offers are from what could have been had. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/analysis/distance.h"
#include "tests/core/analysis/small_domains.h"

enum { DOMAINS = 500 };

#define VECTOR(x, y) ((Utility[NP_MAX_SEATS]){(x)*UTILITY_ONE, (y)*UTILITY_ONE})

/* (9, 1), (6, 6), (2, 8). */
static FrontierPoint corner[] = {{.utility = {9 * UTILITY_ONE, 1 * UTILITY_ONE}},
                                 {.utility = {6 * UTILITY_ONE, 6 * UTILITY_ONE}},
                                 {.utility = {2 * UTILITY_ONE, 8 * UTILITY_ONE}}};
static const Frontier corners = {.seats = 2, .exact = true, .count = 3, .point = corner};

static void what_is_on_it_is_no_way_from_it(void **state) {
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        Distance distance = distance_to_frontier(&corners, corner[i].utility);
        assert_true(distance.to_frontier == 0 && !distance.dominated && distance.exact);
        assert_int_equal(distance.nearest, i);
        assert_true(distance.uniform_gain == 0);
    }
}

static void the_nearest_point_need_not_be_a_better_one(void **state) {
    (void)state;
    Distance distance = distance_to_frontier(&corners, VECTOR(2, 3)); /* (6, 6): 5; (2, 8): 5 */
    assert_true(distance.to_frontier == 5);
    assert_int_equal(distance.nearest, 1);
    assert_true(distance.dominated && distance.uniform_gain == 3 * UTILITY_ONE);
    assert_int_equal(distance.uniform, 1);
    assert_true(distance.gain[0] == 4 * UTILITY_ONE && distance.gain[1] == 5 * UTILITY_ONE);
    Distance beside = distance_to_frontier(&corners, VECTOR(9, 0));
    assert_true(beside.to_frontier == 1 && beside.dominated && beside.uniform_gain == 0);
    Distance outside = distance_to_frontier(&corners, VECTOR(7, 6));
    assert_true(outside.to_frontier == 1 && !outside.dominated);
}

static void apart_is_euclid_s(void **state) {
    (void)state;
    assert_true(utilities_apart(VECTOR(0, 0), VECTOR(3, 4), 2) == 5);
    assert_true(utilities_apart(VECTOR(-3, 1), VECTOR(3, 9), 2) == 10);
    assert_true(utilities_apart(VECTOR(1, 1), VECTOR(1, 7), 1) == 0);
}

static void assert_gains(const Everything *everything, const FrontierPoint *package,
                         const Distance *distance) {
    Utility uniform = 0, gain[NP_MAX_SEATS] = {0};
    uint8_t seats = everything->frontier.seats;
    bool dominated = false;
    for (size_t i = 0; i < everything->packages; i++) {
        const Utility *other = everything->package[i].utility;
        if (!utilities_dominate(other, package->utility, seats)) continue;
        Utility least = INT64_MAX;
        for (SeatId seat = 0; seat < seats; seat++) {
            Utility more = other[seat] - package->utility[seat];
            if (more < least) least = more;
            if (more > gain[seat]) gain[seat] = more;
        }
        if (least > uniform) uniform = least;
        dominated = true;
    }
    assert_int_equal(distance->dominated, dominated);
    assert_int_equal(distance->to_frontier > 0, dominated);
    assert_true(distance->uniform_gain == uniform);
    assert_memory_equal(distance->gain, gain, sizeof gain);
}

static void no_package_promises_more_than_is_said(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Everything everything = everything_walk(&domain.question);
        Frontier frontier = frontier_find(&domain.question);
        for (size_t i = 0; i < everything.packages; i += 7) {
            const FrontierPoint *package = &everything.package[i];
            Distance distance = distance_to_frontier(&frontier, package->utility);
            assert_gains(&everything, package, &distance);
        }
        frontier_finish(&frontier);
        everything_finish(&everything);
        small_domain_finish(&domain);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_on_it_is_no_way_from_it),
        cmocka_unit_test(the_nearest_point_need_not_be_a_better_one),
        cmocka_unit_test(apart_is_euclid_s),
        cmocka_unit_test(no_package_promises_more_than_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
