/* A seat's own numbers, as the world gives them. */
#include "core/world/appraise.h"

#include "tests/core/world/small_world.h"

enum { SEAT = 2 };

static void numbers_are_rounded_and_an_erosion_stays_within_its_bounds(void **state) {
    (void)state;
    SmallWorld small;
    small_begin(&small);
    small_state(&small, "x", 1.0, 0);
    WorldModel *model = &small.model;
    model->deal_step = 0.02;
    model->appraisal[SEAT] = (Appraisal){.uses_reservation = true,
                                         .uses_aftermath = true,
                                         .uses_eroded = true,
                                         .reservation = form_of(0, 0.123456),
                                         .aftermath = form_of(0, -0.333),
                                         .eroded = form_of(0, 1.7)};
    small_open(&small, 1);
    int64_t reservation = 0, aftermath = 0, eroded = 0, hazard = 7;
    const OwnNumbers numbers = {&reservation, &aftermath, &eroded, &hazard};
    world_appraise(&small.world, SEAT, &numbers);
    assert_int_equal(reservation, 123456000);
    assert_int_equal(aftermath, -340000000);
    assert_int_equal(eroded, 1000000000);
    assert_int_equal(hazard, 7); /* no form: left alone */
    model->uses_hazard = true;
    model->hazard = form_of(0, 0.509);
    model->appraisal[SEAT].eroded = form_of(0, -0.5);
    world_appraise(&small.world, SEAT, &numbers);
    assert_int_equal(hazard, 500000000);
    assert_int_equal(eroded, 0);
    world_appraise(&small.world, SEAT - 1, &(OwnNumbers){.hazard = &hazard});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_rounded_and_an_erosion_stays_within_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
