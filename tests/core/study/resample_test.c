#include "core/study/resample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include <cmocka.h>

static void every_resample_has_as_many_rows_as_the_sample(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "resample"));
    uint32_t times[17], most = 0;
    for (int b = 0; b < 100; b++) {
        uint32_t sum = 0;
        resample_times(&rng, 17, times);
        for (int i = 0; i < 17; i++) {
            sum += times[i];
            most = times[i] > most ? times[i] : most;
        }
        assert_int_equal(sum, 17);
    }
    assert_true(most > 2);
}

/* Of 39 replicates in order, (39 + 1) 0.025 = 1: the first and the last; of 99 at 90 %, the 5th from either
 * side. */
static void the_ends_are_counted_from_either_side(void **state) {
    (void)state;
    double replicate[99];
    for (int b = 0; b < 99; b++) replicate[b] = (b * 37 % 99) + 1;
    Interval interval = resample_interval(50, replicate, 99, 0.90);
    assert_true(interval.estimate == 50 && interval.least == 5 && interval.most == 95);
    for (int b = 0; b < 39; b++) replicate[b] = 39 - b;
    interval = resample_interval(7, replicate, 39, 0.95);
    assert_true(interval.least == 1 && interval.most == 39);
}

static void what_could_not_be_computed_is_left_out(void **state) {
    (void)state;
    double nan = interval_unknown().estimate;
    double replicate[99];
    for (int b = 0; b < 99; b++) replicate[b] = b < 4 ? nan : b;
    Interval interval = resample_interval(50, replicate, 99, 0.90);
    assert_true(interval.least == 7 && interval.most == 95); /* the 4th of 95 from either side */
    double nothing[] = {nan, 1, nan};
    interval = resample_interval(2, nothing, 3, 0.5);
    assert_true(interval.estimate == 2);
    assert_true(interval.least != interval.least && interval.most != interval.most);
}

/* Five of 99 lie beyond an end of 90 %: where as many are unknown, so is the end. */
static void what_too_many_resamples_leave_open_is_unknown(void **state) {
    (void)state;
    double replicate[99];
    for (int b = 0; b < 99; b++) replicate[b] = b < 5 ? interval_unknown().estimate : b;
    Interval interval = resample_interval(50, replicate, 99, 0.90);
    assert_true(interval.estimate == 50);
    assert_true(interval.least != interval.least && interval.most != interval.most);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_resample_has_as_many_rows_as_the_sample),
        cmocka_unit_test(the_ends_are_counted_from_either_side),
        cmocka_unit_test(what_could_not_be_computed_is_left_out),
        cmocka_unit_test(what_too_many_resamples_leave_open_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
