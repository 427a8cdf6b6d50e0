/* GeniusWeb's files, likewise. */
#include <stdio.h>
#include <string.h>

#include "core/interchange/geniusweb.h"
#include "tests/core/interchange/desk.h"

static const char *const good[DESK_FILES] = {desk_web_domain, desk_web_buyer, desk_web_seller};

static void utilities_are_those_of_geniusweb(void **state) {
    (void)state;
    Desk desk;
    desk_read(&desk, geniusweb_read, 0, "json", good);
    assert_string_equal(text_get(&desk.said), "");
    assert_int_equal(desk.foreign.notes, 0);
    Scenario *scenario = desk_scenario(&desk);
    const Terms *terms = &scenario->negotiation.terms;
    assert_string_equal(terms->name, "market");
    assert_string_equal(terms->seat[0].id, "buyer");
    assert_string_equal(terms->seat[1].id, "seller");
    /* 0.75 * 0.25 + 0.25 * (0.1 + 0.8 * 3/4), 0.4 * 0.6 + 0.6 * (1 - 1/4); not divided by the most. */
    assert_int_equal(desk_utility(scenario, 0, 1, 3), 187500000 + 175000000);
    assert_int_equal(desk_utility(scenario, 1, 1, 1), 240000000 + 450000000);
    /* The reservation is what the bid (mid, 2) is worth: 0.1875 + 0.25 * 0.5. */
    assert_int_equal(scenario->negotiation.profile[0].reservation, 312500000);
    assert_int_equal(scenario->negotiation.profile[1].reservation, 0);
    scenario_destroy(scenario);
    desk_clear(&desk);
}

static void a_domain_of_its_own_is_not_needed(void **state) {
    (void)state;
    Desk desk;
    const char *const files[DESK_FILES] = {desk_web_buyer, desk_web_seller};
    desk_read(&desk, geniusweb_read, 0, "json", files);
    assert_string_equal(text_get(&desk.said), "");
    assert_int_equal(desk.foreign.issues, 2);
    assert_string_equal(desk.foreign.issue[1].option[4], "4");
    desk_clear(&desk);
}

static void ranges_may_be_lists_and_need_not_end_at_a_step(void **state) {
    (void)state;
    Desk desk;
    static const char profile[] =
        "{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": {\"x\": {\"NumberUtils\": "
        "{\"lowValue\": "
        "12.2, \"lowUtility\": 0, \"highValue\": 12.9, \"highUtility\": 1}}}, \"issueWeights\": "
        "{\"x\": 1}, \"domain\": {\"name\": \"d\", \"issuesValues\": {\"x\": {\"range\": "
        "[\"12.2\", "
        "\"12.9\", \"0.3\"]}}}, \"name\": \"p\"}}";
    const char *const files[DESK_FILES] = {profile, profile};
    desk_read(&desk, geniusweb_read, 0, "json", files);
    assert_string_equal(text_get(&desk.said), "");
    assert_int_equal(desk.foreign.issue[0].options, 3);
    assert_string_equal(desk.foreign.issue[0].option[1], "12.5");
    assert_string_equal(desk.foreign.issue[0].option[2], "12.8");
    /* 0.3 / 0.7 to eight decimals. */
    assert_true(desk.foreign.profile[0].value[0][1] == 0.42857143);
    Scenario *scenario = desk_scenario(&desk); /* two seats of one name are told apart */
    assert_string_equal(scenario->negotiation.terms.seat[1].id, "p-2");
    scenario_destroy(scenario);
    desk_clear(&desk);
}

static void each_break_is_said_at_its_place(void **state) {
    (void)state;
    static const Break breaks[] = {
        {0, "\"issuesValues\": {", "\"issueValues\": {",
         "domain.json:1:2: error: unknown kind of file \"name\"; known: issuesValues, "
         "LinearAdditive",
         false},
        {0, "\"name\": \"market\", \"issuesValues\"", "\"issueValues\"",
         "domain.json:1:2: error: unknown kind of file \"issueValues\"; did you mean issuesValues?",
         false},
        {0, "\"mid\"", "\"low\"", "domain.json:2:31: error: value \"low\" is given twice", false},
        {0, "\"mid\"", "7", "domain.json:2:31: error: expected a value's name, a text", false},
        {0, "\"values\"", "\"vlaues\"",
         "domain.json:2:13: error: unknown kind of values \"vlaues\"; did you mean values?", false},
        {0, "\"step\": 1", "\"step\": 0",
         "domain.json:3:22: error: a range has at least two numbers", false},
        {0, "\"step\": 1", "\"stpe\": 1",
         "domain.json:3:22: error: a range has \"low\", \"high\" and", false},
        {0, "\"high\": 4", "\"high\": 5",
         "a.json:6:2: error: this is another domain than that of domain.json", false},
        {1, "\"mid\": 0.25", "\"mid\": -0.25", "a.json:3:79: error: out of range: 0 to 1", false},
        {1, "\"mid\": 0.25", "\"mid\": NaN", "a.json:3:81: error: not valid JSON", false},
        {1, "\"mid\": 0.25", "\"mid\": 1e999",
         "a.json:3:83: error: not valid JSON: real number overflow", false},
        {1, "\"mid\": 0.25", "\"mid\": null", "a.json:3:79: error: expected a number", false},
        {1, "\"mid\": 0.25", "\"midd\": 0.25",
         "a.json:3:72: error: unknown value \"midd\"; did you mean mid?", false},
        {1, "\"mid\": 0.25, ", "", "a.json:3:43: error: no utility of \"mid\"", false},
        {1, "\"mid\": 0.25", "\"low\": 0.25", "not valid JSON: duplicate object key", false},
        {1, "\"DiscreteValueSetUtilities\"", "\"DiscreteValueUtilities\"",
         "a.json:3:13: error: unknown kind of utilities \"DiscreteValueUtilities\"; did you mean "
         "DiscreteValueSetUtilities?",
         false},
        {1, "\"DiscreteValueSetUtilities\"", "\"numberutils\"",
         "a.json:3:13: error: issue \"Price\" has values with names in the domain", false},
        {1, "\"highValue\": 4", "\"highValue\": 0",
         "a.json:4:13: error: highValue must be above lowValue", false},
        {1, "{\"Price\": 0.75, ", "{", "a.json:5:2: error: no weight of issue \"Price\"", false},
        {1, "\"Price\": 0.75", "\"Pirce\": 0.75",
         "a.json:5:19: error: unknown issue \"Pirce\"; did you mean Price?", false},
        {1, "\"issueWeights\"", "\"issueWights\"",
         "a.json:1:2: error: there is no \"issueWeights\" in it", false},
        {1, "\"Price\": \"mid\", \"Speed\": 2", "\"Price\": \"mdi\", \"Speed\": 2",
         "a.json:10:46: error: unknown value \"mdi\"; did you mean mid?", false},
        {1, ", \"Speed\": 2}", "}", "a.json:10:21: error: no value of issue \"Speed\"", false},
        {1, "LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace",
         "a.json:1:2: error: of all profiles only LinearAdditiveUtilitySpace is read", false},
    };
    desk_break(geniusweb_read, "json", good, breaks, sizeof breaks / sizeof breaks[0]);
}

static void two_profiles_are_needed(void **state) {
    (void)state;
    Desk desk;
    const char *const files[DESK_FILES] = {desk_web_domain, desk_web_buyer};
    desk_read(&desk, geniusweb_read, 0, "json", files);
    assert_string_equal(text_get(&desk.said),
                        "domain.json: error: a negotiation needs at least two profiles, not 1\n");
    desk_clear(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utilities_are_those_of_geniusweb),
        cmocka_unit_test(a_domain_of_its_own_is_not_needed),
        cmocka_unit_test(ranges_may_be_lists_and_need_not_end_at_a_step),
        cmocka_unit_test(each_break_is_said_at_its_place),
        cmocka_unit_test(two_profiles_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
