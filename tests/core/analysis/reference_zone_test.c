/* The zones of the scenarios that come with the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/analysis/outside_option.h"
#include "core/analysis/zone.h"
#include "core/scenario/scenario.h"

static Scenario *scenario_of(const char *path) {
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario = scenario_read(&(ScenarioRequest){.path = path}, &complaints, &error);
    if (scenario == NULL) fail_msg("%s: %s", path, error.text);
    text_finish(&complaints);
    return scenario;
}

/* As it is and as of a date on which the world has moved on. */
static void the_zone_of_the_reference_scenario_is_what_a_walk_finds(void **state) {
    (void)state;
    Scenario *scenario = scenario_of(NONPAPER_SOURCE_DIR "/configs/riyadh-2025.yaml");
    for (SimTime at = 0; at <= 200 * 86400; at += 100 * 86400) {
        Outlook *outlook = outlook_create(&scenario->negotiation, at);
        Question question = outlook_question(outlook, &scenario->negotiation, SCOPE_ZONE);
        double packages = 0;
        PackageWalk walk = walk_start(&question);
        while (walk_next(&walk)) packages++;
        ZoneCount count = zone_count(&question);
        assert_true(count.exact && count.feasible == 25344);
        assert_true(count.packages == packages && packages > 0);
        outlook_destroy(outlook);
    }
    scenario_destroy(scenario);
}

static void that_there_is_a_zone_over_sixteen_issues_is_found(void **state) {
    (void)state;
    Scenario *scenario = scenario_of(NONPAPER_SOURCE_DIR "/configs/riyadh-2025-full.yaml");
    Question question = question_about(&scenario->negotiation, SCOPE_ZONE);
    Outcome member = outcome_empty();
    assert_int_equal(zone_exists(&scenario->negotiation), ZONE_EXISTS);
    assert_int_equal(zone_member(&question, &member), ZONE_EXISTS);
    assert_true(question_admits(&question, &member));
    question.budget = 1 << 18;
    ZoneCount count = zone_count(&question);
    assert_false(count.exact);
    assert_true(count.packages > 0 && count.uncounted > 0);
    scenario_destroy(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zone_of_the_reference_scenario_is_what_a_walk_finds),
        cmocka_unit_test(that_there_is_a_zone_over_sixteen_issues_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
