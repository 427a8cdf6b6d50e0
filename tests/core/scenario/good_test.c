/* Good scenarios: what the file says is what the negotiation holds. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"
#include "tests/core/scenario/base_scenario.h"

enum { DAY = SIM_DAY };

static Scenario *read_good(const char *bytes) {
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario = base_read(bytes, strlen(bytes), NULL, 0, &complaints, &error);
    if (!scenario) print_error("%s", text_get(&complaints));
    assert_non_null(scenario);
    assert_string_equal(text_get(&complaints), "");
    text_finish(&complaints);
    return scenario;
}

static Scenario *read_with(const char *from, const char *to) {
    Text text = base_with(from, to);
    Scenario *scenario = read_good(text.bytes);
    text_finish(&text);
    return scenario;
}

static Scenario *read_path(const char *name) {
    char path[512];
    Text complaints = {0};
    Error error = {0};
    snprintf(path, sizeof path, "%s/%s", NONPAPER_SOURCE_DIR, name);
    ScenarioRequest request = {.path = path};
    Scenario *scenario = scenario_read(&request, &complaints, &error);
    if (!scenario) print_error("%s%s\n", text_get(&complaints), error.text);
    assert_non_null(scenario);
    text_finish(&complaints);
    return scenario;
}

static void the_terms_are_those_of_the_file(void **state) {
    (void)state;
    Scenario *scenario = read_good(base_scenario);
    const Terms *terms = &scenario->negotiation.terms;
    assert_string_equal(terms->name, "base");
    assert_string_equal(scenario->title, "");
    assert_int_equal(terms->epoch, 1735689600); /* 2025-01-01 */
    assert_int_equal(terms->deadline, 30 * DAY);
    assert_int_equal(terms->lookahead, DAY);
    assert_int_equal(terms->stall_window, 0);
    assert_ptr_equal(terms->mechanism, &mechanism_open_table);
    assert_int_equal(terms->menu_limit, 4);
    assert_int_equal(terms->seats, 2);
    assert_string_equal(terms->seat[1].id, "west");
    assert_string_equal(terms->seat[1].name, "west");
    assert_int_equal(terms->domain.issues, 2);
    assert_string_equal(terms->domain.issue[0].option[2], "south");
    assert_int_equal(terms->domain.issue[0].status_quo, 1);
    assert_string_equal(terms->domain.exclusion[0].because, "too much");
    assert_string_equal(scenario->strategy[0], "firm(e=0.5)");
    scenario_destroy(scenario);
}

static void a_map_of_parts_is_the_specification_that_is_composed_of_them(void **state) {
    (void)state;
    static const char *const written[] = {
        "{bidding: \"linear(e=1, k=0)\", opponent: frequency, every: 7}",
        "\n      bidding: linear(e=1, k=0)\n      opponent: frequency\n      every: 7",
    };
    for (size_t i = 0; i < 2; i++) {
        Text text = base_with("firm(e=0.5)", written[i]);
        Scenario *scenario = read_good(text_get(&text));
        assert_string_equal(scenario->strategy[0],
                            "boa(bidding=linear(e=1, k=0), opponent=frequency, every=7)");
        scenario_destroy(scenario);
        text_finish(&text);
    }
}

static void consent_falls_back_to_every_seat(void **state) {
    (void)state;
    Scenario *scenario = read_good(base_scenario);
    const Consent *consent = &scenario->negotiation.terms.consent;
    assert_false(consent->unanimous);
    assert_int_equal(consent->all, 3);
    assert_int_equal(consent->always, 3);
    assert_int_equal(consent->needs[0][0], 1); /* land: north needs east */
    assert_int_equal(consent->needs[0][1], 3); /* no provision */
    assert_int_equal(consent->needs[1][2], 3);
    scenario_destroy(scenario);
}

static void a_provision_may_need_nobody(void **state) {
    (void)state;
    Scenario *scenario = read_with("needs: [east]", "needs: []");
    assert_int_equal(scenario->negotiation.terms.consent.needs[0][0], 0);
    scenario_destroy(scenario);
}

static void profiles_hold_weighted_values_rounded_once(void **state) {
    (void)state;
    Scenario *scenario = read_good(base_scenario);
    const Profile *east = &scenario->negotiation.profile[0];
    assert_int_equal(east->value[0][1], 300000000); /* 0.6 * 0.5 */
    assert_int_equal(east->value[1][2], 400000000);
    assert_int_equal(east->reservation, 300000000);
    assert_true(east->weight[0] == 0.6);
    assert_true(east->discount == 1);
    assert_int_equal(east->red_lines, 1);
    assert_true(east->red_line[0].hard);
    assert_int_equal(east->red_line[0].when.terms, 2);
    assert_int_equal(east->red_line[0].when.options[0], 1u << 2);
    scenario_destroy(scenario);
}

static void weights_may_sum_to_what_the_file_says_and_are_not_normalised(void **state) {
    (void)state;
    Scenario *scenario = read_with("    weights: {land: 0.6, money: 0.4}\n",
                                   "    weights: {land: 0.6, money: 0.40005}\n"
                                   "    weights_sum: 1.00005\n");
    const Profile *profile = &scenario->negotiation.profile[0];
    assert_true(profile->weight[1] == 0.40005);
    Utility best = 0;
    for (int i = 0; i < 3; i++)
        if (profile->value[1][i] > best) best = profile->value[1][i];
    assert_int_equal(best, 400050000);
    scenario_destroy(scenario);
}

static void linkages_soft_red_lines_and_discount_are_read(void **state) {
    (void)state;
    Scenario *scenario =
        read_with("    red_lines:\n", "    discount: {factor: 0.97, every: 30d}\n"
                                      "    linkages:\n"
                                      "      - {when: {land: [north, middle]}, bonus: -0.05}\n"
                                      "    red_lines:\n"
                                      "      - {when: {money: none}, kind: soft, penalty: 0.1}\n");
    const Profile *east = &scenario->negotiation.profile[0];
    assert_true(east->discount == 0.97);
    assert_int_equal(east->discount_every, 30 * DAY);
    assert_int_equal(east->linkages, 1);
    assert_int_equal(east->linkage[0].bonus, -50000000);
    assert_int_equal(east->linkage[0].when.options[0], 3);
    assert_int_equal(east->red_lines, 2);
    assert_false(east->red_line[0].hard);
    assert_int_equal(east->red_line[0].penalty, 100000000);
    scenario_destroy(scenario);
}

static void a_seats_delay_is_delivery_and_deliberation(void **state) {
    (void)state;
    Scenario *scenario = read_with("    reservation: 0.3\n",
                                   "    reservation: 0.3\n    delay: 2d\n    deliberation: 12h\n");
    const Terms *terms = &scenario->negotiation.terms;
    assert_int_equal(terms->seat[0].delay, 2 * DAY + DAY / 2);
    assert_int_equal(terms->seat[1].delay, DAY);
    assert_int_equal(terms->lookahead, DAY);
    scenario_destroy(scenario);
}

static void a_round_limit_moves_the_deadline_forward(void **state) {
    (void)state;
    Scenario *scenario =
        read_with("mechanism: open-table",
                  "mechanism: {kind: stacked-alternating-offers, turn: 2h, rounds: 10}");
    const Terms *terms = &scenario->negotiation.terms;
    assert_true(terms->consent.unanimous);
    assert_int_equal(terms->menu_limit, 1);
    assert_int_equal(terms->deadline, 10 * 2 * 2 * 3600);
    assert_int_equal(terms->seat[0].delay, 2 * 3600);
    assert_int_equal(terms->lookahead, 2 * 3600);
    scenario_destroy(scenario);
}

static void an_earlier_deadline_stands_against_a_round_limit(void **state) {
    (void)state;
    Scenario *scenario = read_with(
        "mechanism: open-table",
        "mechanism: {kind: stacked-alternating-offers, rounds: 1000, consent: by-provision}");
    assert_int_equal(scenario->negotiation.terms.deadline, 30 * DAY);
    assert_false(scenario->negotiation.terms.consent.unanimous);
    scenario_destroy(scenario);
}

static void a_deadline_may_be_a_date(void **state) {
    (void)state;
    Scenario *scenario = read_with("deadline: 30d", "deadline: 2025-01-02T06:00:00");
    assert_int_equal(scenario->negotiation.terms.deadline, DAY + 6 * 3600);
    scenario_destroy(scenario);
}

static void stalled_has_a_default_epsilon(void **state) {
    (void)state;
    Scenario *scenario = read_with("  delay: 1d\n", "  stalled: {window: 2w}\n");
    assert_int_equal(scenario->negotiation.terms.stall_window, 14 * DAY);
    assert_int_equal(scenario->negotiation.terms.stall_epsilon, 10000000);
    scenario_destroy(scenario);
}

static void a_ratifier_is_read(void **state) {
    (void)state;
    Scenario *scenario = read_with("after: 5d}", "after: 5d, when: {land: [north, south]}}");
    const Negotiation *negotiation = &scenario->negotiation;
    assert_int_equal(negotiation->ratifiers, 1);
    assert_string_equal(negotiation->ratifier[0].id, "house");
    assert_int_equal(negotiation->ratifier[0].seat, 1);
    assert_int_equal(negotiation->ratifier[0].threshold, 200000000);
    assert_true(negotiation->ratifier[0].noise == 0.1);
    assert_int_equal(negotiation->ratifier[0].after, 5 * DAY);
    assert_true(negotiation->ratifier[0].conditional);
    assert_int_equal(negotiation->ratifier[0].when.options[0], 5);
    scenario_destroy(scenario);
}

static void words_that_yaml_takes_for_other_things_are_names_here(void **state) {
    (void)state;
    Scenario *scenario = read_with("deadline: 30d", "deadline: '30d'");
    scenario_destroy(scenario);
    Text text = base_with("[none, some, all]", "[no, some, 12]");
    for (char *at; (at = strstr(text.bytes, "none"));) memcpy(at, "no  ", 4);
    for (char *at; (at = strstr(text.bytes, "all}"));) memcpy(at, "12 }", 4);
    for (char *at; (at = strstr(text.bytes, "all:"));) memcpy(at, "12: ", 4);
    for (char *at; (at = strstr(text.bytes, "no  :"));) memcpy(at, "no:  ", 5);
    scenario = read_good(text.bytes);
    assert_string_equal(scenario->negotiation.terms.domain.issue[1].option[0], "no");
    assert_string_equal(scenario->negotiation.terms.domain.issue[1].option[2], "12");
    scenario_destroy(scenario);
    text_finish(&text);
}

static void numbers_do_not_depend_on_the_locale(void **state) {
    (void)state;
    static const char *const comma[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "nl_NL.UTF-8"};
    for (size_t i = 0; i < 4 && !setlocale(LC_NUMERIC, comma[i]); i++) continue;
    Scenario *scenario = read_with("reservation: 0.3\n", "reservation: -1.25e-1\n");
    assert_int_equal(scenario->negotiation.profile[0].reservation, -125000000);
    scenario_destroy(scenario);
    setlocale(LC_NUMERIC, "C");
}

static void the_hash_is_of_the_bytes_alone(void **state) {
    (void)state;
    const Setting setting = {"seats.east.reservation", "0.4"};
    Error error = {0};
    Scenario *plain = read_good(base_scenario);
    Scenario *set = base_read(base_scenario, strlen(base_scenario), &setting, 1, NULL, &error);
    Digest expected = digest_of(base_scenario, strlen(base_scenario));
    assert_memory_equal(&plain->hash, &expected, sizeof expected);
    assert_memory_equal(&set->hash, &expected, sizeof expected);
    assert_string_equal(text_get(&plain->source), base_scenario);
    scenario_destroy(plain);
    scenario_destroy(set);
}

static void facts_count_packages(void **state) {
    (void)state;
    Scenario *scenario = read_good(base_scenario);
    ScenarioFacts facts = scenario_facts(scenario);
    assert_true(facts.raw == 9);
    assert_true(facts.feasible == 8);
    assert_int_equal(facts.warnings, 0);
    scenario_destroy(scenario);
}

static void the_reference_scenario_is_good(void **state) {
    (void)state;
    Scenario *scenario = read_path("configs/riyadh-2025.yaml");
    const Terms *terms = &scenario->negotiation.terms;
    ScenarioFacts facts = scenario_facts(scenario);
    assert_int_equal(terms->seats, 4);
    assert_string_equal(terms->seat[0].name, "United States");
    assert_string_equal(terms->seat[3].name, "European states");
    assert_int_equal(terms->domain.issues, 7);
    assert_true(facts.raw == 34560);
    assert_true(facts.feasible < facts.raw);
    assert_int_equal(terms->deadline, 310 * DAY);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        Utility best = 0;
        for (uint8_t issue = 0; issue < terms->domain.issues; issue++) {
            Utility most = 0;
            for (uint8_t option = 0; option < terms->domain.issue[issue].options; option++) {
                Utility value = scenario->negotiation.profile[seat].value[issue][option];
                if (value > most) most = value;
            }
            best += most;
        }
        assert_in_range(best, 970000000, 1000000100);
    }
    scenario_destroy(scenario);
}

static void every_scenario_of_the_house_is_good(void **state) {
    (void)state;
    static const char *const paths[] = {
        "configs/01-hello.yaml",         "tests/scenarios/agreement.yaml",
        "tests/scenarios/deadline.yaml", "tests/scenarios/stalled.yaml",
        "tests/scenarios/walk_out.yaml", "tests/scenarios/ratification.yaml",
        "tests/scenarios/partial.yaml",  "tests/scenarios/alternating.yaml"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        Scenario *scenario = read_path(paths[i]);
        assert_int_equal(scenario_facts(scenario).warnings, 0);
        scenario_destroy(scenario);
    }
}

static void the_example_of_the_manual_is_good(void **state) {
    (void)state;
    static char page[65536];
    FILE *file = fopen(NONPAPER_SOURCE_DIR "/docs/scenario.md", "rb");
    assert_non_null(file);
    size_t length = fread(page, 1, sizeof page - 1, file);
    fclose(file);
    page[length] = '\0';
    char *begin = strstr(page, "```yaml\n");
    assert_non_null(begin);
    begin += strlen("```yaml\n");
    char *end = strstr(begin, "```");
    assert_non_null(end);
    Text complaints = {0};
    Error error = {0};
    ScenarioRequest request = {
        .path = "scenario.md", .text = begin, .length = (size_t)(end - begin)};
    Scenario *scenario = scenario_read(&request, &complaints, &error);
    if (!scenario) print_error("%s", text_get(&complaints));
    assert_non_null(scenario);
    assert_string_equal(scenario->negotiation.terms.name, "two-towns");
    scenario_destroy(scenario);
    text_finish(&complaints);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terms_are_those_of_the_file),
        cmocka_unit_test(a_map_of_parts_is_the_specification_that_is_composed_of_them),
        cmocka_unit_test(consent_falls_back_to_every_seat),
        cmocka_unit_test(a_provision_may_need_nobody),
        cmocka_unit_test(profiles_hold_weighted_values_rounded_once),
        cmocka_unit_test(weights_may_sum_to_what_the_file_says_and_are_not_normalised),
        cmocka_unit_test(linkages_soft_red_lines_and_discount_are_read),
        cmocka_unit_test(a_seats_delay_is_delivery_and_deliberation),
        cmocka_unit_test(a_round_limit_moves_the_deadline_forward),
        cmocka_unit_test(an_earlier_deadline_stands_against_a_round_limit),
        cmocka_unit_test(a_deadline_may_be_a_date),
        cmocka_unit_test(stalled_has_a_default_epsilon),
        cmocka_unit_test(a_ratifier_is_read),
        cmocka_unit_test(words_that_yaml_takes_for_other_things_are_names_here),
        cmocka_unit_test(numbers_do_not_depend_on_the_locale),
        cmocka_unit_test(the_hash_is_of_the_bytes_alone),
        cmocka_unit_test(facts_count_packages),
        cmocka_unit_test(the_reference_scenario_is_good),
        cmocka_unit_test(every_scenario_of_the_house_is_good),
        cmocka_unit_test(the_example_of_the_manual_is_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
