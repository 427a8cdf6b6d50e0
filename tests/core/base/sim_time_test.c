#include "core/base/sim_time.h"

#include <stdio.h>
#include <string.h>

#include "core/base/rng.h"
#include "tests/core/base/suite.h"

static void assert_date(const char *text, int64_t expected) {
    int64_t seconds = -1;
    if (!date_parse(text, &seconds)) fail_msg("%s was refused", text);
    assert_true(seconds == expected);
}

static void dates_are_seconds_since_1970(void **state) {
    (void)state;
    assert_date("1970-01-01", 0);
    assert_date("1969-12-31", -86400);
    assert_date("2000-02-29", 951782400);
    assert_date("2025-02-24", 1740355200);
    assert_date("2025-02-24T12:30:00", 1740355200 + 45000);
    assert_date("2025-02-24 12:30:01", 1740355200 + 45001);
    assert_date("2025-02-24T23:59:59Z", 1740355200 + 86399);
    assert_date("1900-01-01", -2208988800);
    assert_date("2999-12-31", 32503593600);
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    const char *const bad[] = {"",
                               "2025",
                               "2025-2-24",
                               "2025-02-30",
                               "2025-13-01",
                               "2025-00-10",
                               "2025-01-00",
                               "1899-12-31",
                               "3000-01-01",
                               "1900-02-29",
                               "2025-02-24T",
                               "2025-02-24T24:00:00",
                               "2025-02-24T12:60:00",
                               "2025-02-24T12:00:60",
                               "2025-02-24T12:30",
                               "2025-02-24T12:30:00ZZ",
                               "2025-02-24x",
                               " 2025-02-24",
                               "2025/02/24",
                               "-025-02-24",
                               "2025-02-24T12:30:00+01:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t seconds = 12345;
        if (date_parse(bad[i], &seconds)) fail_msg("'%s' was taken for a date", bad[i]);
        assert_int_equal(seconds, 12345);
    }
}

/* Walks the calendar by hand, day by day, from 1900 to 2999. */
static void every_day_of_eleven_centuries_goes_out_and_back(void **state) {
    (void)state;
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t expected = -2208988800;
    for (int year = 1900; year <= 2999; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (int day = 1; day <= length[month - 1] + (leap && month == 2); day++) {
                char text[64], out[32];
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                assert_date(text, expected);
                assert_string_equal(date_format(out, expected), text);
                expected += SIM_DAY;
            }
        }
}

static void any_second_goes_out_and_back(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "dates"));
    for (int i = 0; i < 20000; i++) {
        int64_t seconds = (int64_t)(rng_unit(&rng) * 34712668800.0) - 2208988800;
        char out[32];
        assert_date(date_format(out, seconds), seconds);
    }
}

static void dates_are_said_for_people(void **state) {
    (void)state;
    char out[48];
    assert_string_equal(date_say(out, 1740355200), "24 February 2025");
    assert_string_equal(date_say(out, 1740355200 + 45000), "24 February 2025, 12:30");
    assert_string_equal(date_say(out, -1), "31 December 1969, 23:59");
}

static void the_ends_of_time_fit(void **state) {
    (void)state;
    char out[48];
    assert_true(strlen(date_format(out, INT64_MIN)) < 32);
    assert_true(strlen(date_format(out, INT64_MAX)) < 32);
    assert_true(strlen(date_say(out, INT64_MIN)) < 48);
}

static void assert_duration(const char *text, SimTime expected) {
    SimTime seconds = -1;
    if (!duration_parse(text, &seconds)) fail_msg("%s was refused", text);
    assert_int_equal(seconds, expected);
}

static void durations_are_sums_of_numbers_with_units(void **state) {
    (void)state;
    assert_duration("90s", 90);
    assert_duration("30m", 1800);
    assert_duration("12h", 43200);
    assert_duration("2d", 2 * SIM_DAY);
    assert_duration("3w", 21 * SIM_DAY);
    assert_duration("1d12h", 129600);
    assert_duration("1w1d1h1m1s", 694861);
    assert_duration("0s", 0);
    assert_duration("100000d", INT64_C(8640000000));
}

static void a_duration_that_is_too_long_is_told_from_what_is_none(void **state) {
    (void)state;
    assert_true(duration_too_long("100001d"));
    assert_true(duration_too_long("99999999999999999999999999s"));
    assert_true(duration_too_long("100000d1s"));
    assert_false(duration_too_long("100000d"));
    assert_false(duration_too_long("100001"));
    assert_false(duration_too_long("100001x"));
    assert_false(duration_too_long(""));
}

static void what_is_no_duration_is_refused(void **state) {
    (void)state;
    const char *const bad[] = {"",
                               "5",
                               "d",
                               "-1d",
                               "1.5d",
                               "1 d",
                               "1d ",
                               "1x",
                               "1D",
                               "1d12",
                               "+1d",
                               "1d-1h",
                               "100001d",
                               "100000d1s",
                               "99999999999999999999s",
                               "8640000001s",
                               "14286w"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        SimTime seconds = 12345;
        if (duration_parse(bad[i], &seconds)) fail_msg("'%s' was taken for a duration", bad[i]);
        assert_int_equal(seconds, 12345);
    }
}

static void durations_are_shown_shortest(void **state) {
    (void)state;
    const struct {
        SimTime seconds;
        const char *text;
    } shown[] = {{0, "0s"},         {1, "1s"},
                 {60, "1m"},        {90, "90s"},
                 {3600, "1h"},      {129600, "36h"},
                 {86400, "1d"},     {604800, "1w"},
                 {691200, "8d"},    {1209600, "2w"},
                 {604801, "1w1s"},  {3661, "61m1s"},
                 {86461, "1d1m1s"}, {8640000000, "100000d"}};
    char out[32];
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        assert_string_equal(duration_format(out, shown[i].seconds), shown[i].text);
}

static void any_duration_goes_out_and_back(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(2, "durations"));
    char out[32];
    for (int i = 0; i < 5000; i++) {
        SimTime seconds = (SimTime)(rng_unit(&rng) * 8640000000.0) >> rng_below(&rng, 30);
        assert_duration(duration_format(out, seconds), seconds);
    }
    assert_non_null(duration_format(out, NP_NEVER));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_seconds_since_1970),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(every_day_of_eleven_centuries_goes_out_and_back),
        cmocka_unit_test(any_second_goes_out_and_back),
        cmocka_unit_test(dates_are_said_for_people),
        cmocka_unit_test(the_ends_of_time_fit),
        cmocka_unit_test(durations_are_sums_of_numbers_with_units),
        cmocka_unit_test(a_duration_that_is_too_long_is_told_from_what_is_none),
        cmocka_unit_test(what_is_no_duration_is_refused),
        cmocka_unit_test(durations_are_shown_shortest),
        cmocka_unit_test(any_duration_goes_out_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
