/* Settings: PATH=VALUE over a file, with complaints that name the setting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "tests/core/scenario/base_scenario.h"

static Scenario *read_set(const char *path, const char *value) {
    const Setting setting = {path, value};
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario =
        base_read(base_scenario, strlen(base_scenario), &setting, 1, &complaints, &error);
    if (!scenario) print_error("%s", text_get(&complaints));
    assert_non_null(scenario);
    text_finish(&complaints);
    return scenario;
}

static void a_setting_replaces_a_value(void **state) {
    (void)state;
    Scenario *scenario = read_set("seats.west.reservation", "0.75");
    assert_int_equal(scenario->negotiation.profile[1].reservation, 750000000);
    scenario_destroy(scenario);
    scenario = read_set("time.deadline", "2025-03-01");
    assert_int_equal(scenario->negotiation.terms.deadline, 59 * (SimTime)SIM_DAY);
    scenario_destroy(scenario);
}

static void a_setting_gives_an_optional_key_that_is_missing(void **state) {
    (void)state;
    Scenario *scenario = read_set("seats.west.deliberation", "3d");
    assert_int_equal(scenario->negotiation.terms.seat[1].delay, 4 * SIM_DAY);
    scenario_destroy(scenario);
    scenario = read_set("time.stalled.window", "9d");
    assert_int_equal(scenario->negotiation.terms.stall_window, 9 * SIM_DAY);
    scenario_destroy(scenario);
    scenario = read_set("title", "\"a title\"");
    assert_string_equal(scenario->title, "a title");
    scenario_destroy(scenario);
}

static void a_setting_may_be_a_map_or_a_list(void **state) {
    (void)state;
    Scenario *scenario = read_set("seats.west.weights", "{land: 0.9, money: 0.1}");
    assert_int_equal(scenario->negotiation.profile[1].value[0][2], 900000000);
    scenario_destroy(scenario);
    scenario = read_set("consent.always", "[]");
    assert_int_equal(scenario->negotiation.terms.consent.always, 0);
    scenario_destroy(scenario);
}

static void lists_are_entered_by_number_or_by_id(void **state) {
    (void)state;
    Scenario *scenario = read_set("ratification.0.threshold", "0.9");
    assert_int_equal(scenario->negotiation.ratifier[0].threshold, 900000000);
    scenario_destroy(scenario);
    scenario = read_set("ratification.house.after", "1d");
    assert_int_equal(scenario->negotiation.ratifier[0].after, SIM_DAY);
    scenario_destroy(scenario);
}

static void the_short_form_of_mechanism_widens(void **state) {
    (void)state;
    Scenario *scenario = read_set("mechanism.menu", "2");
    assert_int_equal(scenario->negotiation.terms.menu_limit, 2);
    scenario_destroy(scenario);
}

static void later_settings_win(void **state) {
    (void)state;
    const Setting settings[] = {{"seats.west.reservation", "0.1"},
                                {"seats.west.reservation", "0.2"}};
    Error error = {0};
    Scenario *scenario = base_read(base_scenario, strlen(base_scenario), settings, 2, NULL, &error);
    assert_int_equal(scenario->negotiation.profile[1].reservation, 200000000);
    scenario_destroy(scenario);
}

static const struct {
    const char *path, *value, *complaint;
} wrong[] = {
    {"seats.wesst.reservation", "0.4",
     "--set seats.wesst.reservation: no such seat; did you mean west?\n"},
    {"seats.china", "{}", "--set seats.china: no such seat; known: east, west\n"},
    {"issues.lend.status_quo", "north",
     "--set issues.lend.status_quo: no such issue; did you mean land?\n"},
    {"ratification.senate.noise", "0",
     "--set ratification.senate.noise: no such entry; known: house\n"},
    {"ratification.7.noise", "0", "--set ratification.7.noise: no such entry; known: house\n"},
    {"seats.west.reservaton", "0.4",
     "--set seats.west.reservaton: unknown key \"reservaton\"; did you mean reservation?\n"},
    {"tiem.deadline", "3d", "--set tiem.deadline: unknown key \"tiem\"; did you mean time?\n"},
    {"name.x", "3d", "--set name.x: \"name\" is a single value; nothing lies below it\n"},
    {"", "1", "--set : expected words joined by dots, such as time.deadline\n"},
    {"time..deadline", "1d",
     "--set time..deadline: expected words joined by dots, such as time.deadline\n"},
    {"seats.west.reservation", "high",
     "--set seats.west.reservation: expected a number from -10 to 10, not \"high\"\n    high\n    "
     "^~~~\n"},
    {"seats.west.weights", "{land: 0.5, mony: 0.5}",
     "--set seats.west.weights: no weight for money\n    {land: 0.5, mony: 0.5}\n    ^\n"
     "--set seats.west.weights: unknown issue \"mony\"; did you mean money?\n    {land: 0.5, mony: "
     "0.5}\n                ^~~~\n"},
    {"seats.west.strategy", "firm(e=7)",
     "--set seats.west.strategy: e=7 is out of range: 0.01 to 1\n    firm(e=7)\n           ^\n"},
    {"seats.west.reservation", "[1",
     "--set seats.west.reservation: not valid YAML: did not find expected ',' or ']', while "
     "parsing a flow sequence\n    [1\n      ^\n"},
    {"seats.west.reservation", "", "--set seats.west.reservation: there is nothing in it\n"},
    {"seats.we\x1b[1m", "1", "--set seats.we\\x1b[1m: no such seat; known: east, west\n"},
};

static void a_wrong_setting_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const Setting setting = {wrong[i].path, wrong[i].value};
        Text complaints = {0};
        Error error = {0};
        assert_null(
            base_read(base_scenario, strlen(base_scenario), &setting, 1, &complaints, &error));
        const char *got = strstr(text_get(&complaints), "--set");
        assert_non_null(got);
        size_t length = strlen(wrong[i].complaint);
        assert_int_equal(error.kind, ERROR_SCENARIO);
        if (strncmp(got, wrong[i].complaint, length) != 0)
            assert_string_equal(got, wrong[i].complaint);
        text_finish(&complaints);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_replaces_a_value),
        cmocka_unit_test(a_setting_gives_an_optional_key_that_is_missing),
        cmocka_unit_test(a_setting_may_be_a_map_or_a_list),
        cmocka_unit_test(lists_are_entered_by_number_or_by_id),
        cmocka_unit_test(the_short_form_of_mechanism_widens),
        cmocka_unit_test(later_settings_win),
        cmocka_unit_test(a_wrong_setting_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
