/* GENIUS's files: what they say is what the scenario holds, and what is wrong with them is said with its place. */
#include <stdio.h>
#include <string.h>

#include "core/interchange/genius.h"
#include "tests/core/interchange/desk.h"

static const char *const good[DESK_FILES] = {desk_domain, desk_buyer, desk_seller};

static void utilities_are_those_of_genius(void **state) {
    (void)state;
    Desk desk;
    desk_read(&desk, genius_read, 0, "xml", good);
    assert_string_equal(text_get(&desk.said), "");
    Scenario *scenario = desk_scenario(&desk);
    /* By hand: 0.75 * 10/40 + 0.25 * (0.1 + 0.2 * 3), 0.75 * 1 + 0.25 * 0.1, 0.4 * 2/3 + 0.6 * 0.5. */
    assert_int_equal(desk_utility(scenario, 0, 1, 3), 187500000 + 175000000);
    assert_int_equal(desk_utility(scenario, 0, 0, 0), 750000000 + 25000000);
    assert_int_equal(desk_utility(scenario, 1, 1, 1), 266666667 + 300000000);
    /* Below 0 an evaluator gives 0: 1 - 0.5 * 4. */
    assert_int_equal(desk_utility(scenario, 1, 2, 4), 400000000);
    scenario_destroy(scenario);
    desk_clear(&desk);
}

static void waiting_costs_what_it_costs_in_genius(void **state) {
    (void)state;
    Desk desk;
    desk_read(&desk, genius_read, 0, "xml", good);
    Scenario *scenario = desk_scenario(&desk);
    const Negotiation *negotiation = &scenario->negotiation;
    const Profile *buyer = &negotiation->profile[0];
    SimTime deadline = negotiation->terms.deadline;
    Outcome best = outcome_empty();
    best.option[0] = 0;
    best.option[1] = 4;
    assert_int_equal(buyer->reservation, 300000000);
    assert_true(negotiation->profile[1].discount == 1);
    /* u * 0.5^t: 0.975, at half time 0.975 * sqrt(1/2), at the deadline half of it. */
    double at_half = profile_value_at(buyer, &negotiation->terms.domain, &best, deadline / 2);
    assert_true(at_half > 0.6894290 && at_half < 0.6894292);
    double at_end = profile_value_at(buyer, &negotiation->terms.domain, &best, deadline);
    assert_true(at_end > 0.4874999 && at_end < 0.4875001);
    assert_non_null(strstr(desk.foreign.note[0], "no part of its reservation"));
    scenario_destroy(scenario);
    desk_clear(&desk);
}

static void weights_that_miss_1_are_kept(void **state) {
    (void)state;
    Desk desk;
    Text buyer = desk_with(desk_buyer, "value=\"0.75\"", "value=\"0.75005\"");
    const char *const files[DESK_FILES] = {desk_domain, text_get(&buyer), desk_seller};
    desk_read(&desk, genius_read, 0, "xml", files);
    assert_string_equal(desk.foreign.note[0],
                        "the weights of a sum to 1.00005 and are kept as they are");
    Scenario *scenario = desk_scenario(&desk);
    assert_int_equal(desk_utility(scenario, 0, 0, 4), 750050000 + 225000000);
    scenario_destroy(scenario);
    desk_clear(&desk);
    text_finish(&buyer);
}

static void numbers_beyond_what_an_issue_holds_are_spread_and_said(void **state) {
    (void)state;
    Desk desk;
    Text domain = desk_with(desk_domain, "upperbound=\"4\"", "upperbound=\"100\"");
    Text buyer = desk_with(desk_buyer, "upperbound=\"4\"", "upperbound=\"100\"");
    Text seller = desk_with(desk_seller, "upperbound=\"4\"", "upperbound=\"100\"");
    const char *const files[DESK_FILES] = {text_get(&domain), text_get(&buyer), text_get(&seller)};
    desk_read(&desk, genius_read, 0, "xml", files);
    const ForeignIssue *speed = &desk.foreign.issue[1];
    assert_int_equal(speed->options, 11);
    assert_string_equal(speed->option[0], "0");
    assert_string_equal(speed->option[1], "10");
    assert_string_equal(speed->option[10], "100");
    assert_string_equal(desk.foreign.note[0],
                        "issue \"Speed\" has 101 numbers from 0 to 100: 11 of them stand for it");
    desk_clear(&desk);
    desk_read(&desk, genius_read, 4, "xml", files);
    assert_int_equal(desk.foreign.issue[1].options, 4);
    assert_string_equal(desk.foreign.issue[1].option[1], "33");
    assert_string_equal(desk.foreign.issue[1].option[2], "67");
    desk_clear(&desk);
    text_finish(&domain);
    text_finish(&buyer);
    text_finish(&seller);
}

static const char real_domain[] =
    "<utility_space><objective><issue index=\"1\" name=\"Share\" vtype=\"real\">"
    "<range lowerbound=\"-1\" upperbound=\"1\"/></issue></objective></utility_space>";

static Text real_profile(const char *evaluator) {
    Text text = {0};
    text_addf(&text,
              "<utility_space><objective><weight index=\"1\" value=\"1\"/><issue index=\"1\" "
              "name=\"Share\" vtype=\"real\"><range lowerbound=\"-1\" upperbound=\"1\"/>"
              "<evaluator %s/></issue></objective></utility_space>",
              evaluator);
    return text;
}

static void real_issues_have_lines_triangles_and_constants(void **state) {
    (void)state;
    Desk desk;
    Text line = real_profile("ftype=\"linear\" parameter0=\"0.5\" parameter1=\"0.5\"");
    Text triangle =
        real_profile("ftype=\"triangular\" parameter0=\"-1\" parameter1=\"1\" parameter2=\"0.5\"");
    Text flat = real_profile("ftype=\"constant\" parameter0=\"0.25\"");
    const char *const files[DESK_FILES] = {real_domain, text_get(&line), text_get(&triangle),
                                           text_get(&flat)};
    desk_read(&desk, genius_read, 5, "xml", files);
    assert_string_equal(text_get(&desk.said), "");
    static const double expected[3][5] = {
        {0, 0.25, 0.5, 0.75, 1}, {0, 1.0 / 3, 2.0 / 3, 1, 0}, {0.25, 0.25, 0.25, 0.25, 0.25}};
    for (int seat = 0; seat < 3; seat++) {
        for (int i = 0; i < 5; i++) {
            double off = desk.foreign.profile[seat].value[0][i] - expected[seat][i];
            assert_true(off < 1e-15 && off > -1e-15);
        }
    }
    assert_string_equal(desk.foreign.issue[0].option[1], "-0.5");
    Scenario *scenario = desk_scenario(&desk);
    assert_string_equal(scenario->negotiation.terms.domain.issue[0].option[1], "-0.5");
    scenario_destroy(scenario);
    desk_clear(&desk);
    text_finish(&line);
    text_finish(&triangle);
    text_finish(&flat);
}

static void lines_of_whole_numbers_begin_at_the_lower_bound(void **state) {
    (void)state;
    Desk desk;
    static const char domain[] =
        "<utility_space><objective><issue index=\"1\" name=\"n\" type=\"integer\" "
        "lowerbound=\"10\" "
        "upperbound=\"12\"/><issue index=\"2\" name=\"m\" type=\"discrete\" "
        "vtype=\"integer\"><item "
        "value=\"1\"/><item value=\"2\"/></issue></objective></utility_space>";
    static const char profile[] =
        "<utility_space><objective><weight index=\"1\" value=\"0.5\"/><weight index=\"2\" "
        "value=\"0.5\"/><issue index=\"1\" name=\"n\" type=\"integer\"><evaluator "
        "%s/></issue><issue "
        "index=\"2\" name=\"m\"><item value=\"1\" evaluation=\"1\"/><item value=\"2\" "
        "evaluation=\"2\"/></issue></objective></utility_space>";
    Text sloped = desk_with(profile, "%s", "slope=\"0.25\" offset=\"0.5\"");
    Text old = desk_with(profile, "%s", "parameter1=\"0.25\" parameter0=\"-2.25\"");
    const char *const files[DESK_FILES] = {domain, text_get(&sloped), text_get(&old)};
    desk_read(&desk, genius_read, 0, "xml", files);
    assert_string_equal(text_get(&desk.said), "");
    static const double expected[2][3] = {{0.5, 0.75, 1}, {0.25, 0.5, 0.75}};
    for (int seat = 0; seat < 2; seat++)
        for (int i = 0; i < 3; i++)
            assert_true(desk.foreign.profile[seat].value[0][i] == expected[seat][i]);
    desk_clear(&desk);
    text_finish(&sloped);
    text_finish(&old);
}

static void objectives_within_objectives_are_passed_through(void **state) {
    (void)state;
    Desk desk;
    Text domain = desk_with(desk_domain, "  <issue index=\"2\"",
                            "  <objective index=\"9\" name=\"more\"><issue index=\"2\"");
    Text closed =
        desk_with(text_get(&domain), "upperbound=\"4\"/>", "upperbound=\"4\"/></objective>");
    Text buyer = desk_with(desk_buyer, "  <issue index=\"2\"",
                           "<objective index=\"9\"><weight index=\"2\" value=\"0.25\"/>"
                           "  <issue index=\"2\"");
    Text whole = desk_with(text_get(&buyer), "</issue>\n  <weight index=\"1\"",
                           "</issue></objective>\n  <weight index=\"1\"");
    Text weighed = desk_with(text_get(&whole), "<weight index=\"2\" value=\"0.25\"/>\n",
                             "<weight index=\"9\" value=\"0.5\"/>\n");
    const char *const files[DESK_FILES] = {text_get(&closed), text_get(&weighed), desk_seller};
    desk_read(&desk, genius_read, 0, "xml", files);
    assert_string_equal(text_get(&desk.said), "");
    assert_true(desk.foreign.profile[0].weight[1] == 0.25);
    assert_non_null(
        strstr(desk.foreign.note[0], "the weights that a gives to objectives do not count"));
    desk_clear(&desk);
    Text *const all[] = {&domain, &closed, &buyer, &whole, &weighed};
    for (size_t i = 0; i < 5; i++) text_finish(all[i]);
}

static void latin_letters_are_read_as_declared(void **state) {
    (void)state;
    Desk desk;
    Text domain =
        desk_with(desk_domain, "<negotiation_template>",
                  "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><negotiation_template>");
    Text named = desk_with(text_get(&domain), "value=\"mid\"", "value=\"m\xEDtte\"");
    Text buyer = desk_with(desk_buyer, "value=\"mid\"", "value=\"m\xC3\xADtte\"");
    Text seller = desk_with(desk_seller, "value=\"mid\"", "value=\"m\xC3\xADtte\"");
    const char *const files[DESK_FILES] = {text_get(&named), text_get(&buyer), text_get(&seller)};
    desk_read(&desk, genius_read, 0, "xml", files);
    assert_string_equal(text_get(&desk.said), "");
    Scenario *scenario = desk_scenario(&desk);
    assert_string_equal(scenario->negotiation.terms.domain.issue[0].option[1], "mitte");
    scenario_destroy(scenario);
    desk_clear(&desk);
    Text *const all[] = {&domain, &named, &buyer, &seller};
    for (size_t i = 0; i < 4; i++) text_finish(all[i]);
}

static void each_break_is_said_at_its_place(void **state) {
    (void)state;
    static const Break breaks[] = {
        {0, "<negotiation_template>", "<template>",
         "domain.xml:12:3: error: not valid XML: mismatched tag", false},
        {0, "value=\"mid\"", "value=\"low\"",
         "domain.xml:6:28: error: value \"low\" is given twice", false},
        {0, "    <item index=\"2\" value=\"mid\"/>\n    <item index=\"3\" value=\"high\"/>\n", "",
         "domain.xml:4:4: error: an issue has 2 to 32 values here, not 1", false},
        {0, "vtype=\"integer\"", "vtype=\"intger\"",
         "domain.xml:9:4: error: unknown type of issue \"intger\"; did you mean integer?", false},
        {0, "upperbound=\"4\"", "upperbound=\"0\"",
         "domain.xml:9:76: error: the upper bound must be above the lower one", false},
        {0, "upperbound=\"4\"", "upperbound=\"4.5\"", "whole numbers", false},
        {0, "lowerbound=\"0\"", "lowerbound=\"nan\"",
         "domain.xml:9:61: error: expected a decimal number, not \"nan\"", false},
        {0, "name=\"Speed\"", "name=\"Price\"", "error: two issues are called \"Price\"", false},
        {0, "<item index=\"1\"", "<itme index=\"1\"", "did you mean <item>?", false},
        {1, "evaluation=\"10\"", "evaluation=\"-1\"",
         "a.xml:5:45: error: -1 is out of range: 0 to 1000000000", false},
        {1, "evaluation=\"10\"", "evaluation=\"Infinity\"",
         "a.xml:5:45: error: expected a decimal number, not \"Infinity\"", false},
        {1, "evaluation=\"10\"", "evaluation=\"null\"",
         "a.xml:5:45: error: <item> needs a \"evaluation\"", false},
        {1, "value=\"mid\"", "value=\"middle\"",
         "a.xml:5:28: error: unknown value \"middle\"; known: low, mid, high", false},
        {1, "value=\"mid\"", "value=\"lwo\"",
         "a.xml:5:28: error: unknown value \"lwo\"; did you mean low?", false},
        {1, "    <item index=\"2\" value=\"mid\" evaluation=\"10\"/>\n", "",
         "a.xml:3:4: error: no evaluation of \"mid\"", false},
        {1, "name=\"Speed\"", "name=\"Spede\"",
         "a.xml:8:26: error: unknown issue \"Spede\"; did you mean Speed?", false},
        {1, "name=\"Speed\"", "name=\"Price\"", "error: issue \"Price\" is given twice", false},
        {1, "index=\"2\" name=\"Speed\"", "index=\"5\" name=\"Speed\"",
         "a.xml:8:4: error: no <weight> for issue \"Speed\"", false},
        {1, "  <weight index=\"1\" value=\"0.75\"/>\n", "",
         "a.xml:3:4: error: no <weight> for issue \"Price\"", false},
        {1, "value=\"0.75\"", "value=\"1.75\"", "a.xml:11:28: error: 1.75 is out of range: 0 to 1",
         false},
        {1, "<weight index=\"2\"", "<weight index=\"1\"", "error: a second weight of index 1",
         false},
        {1, "ftype=\"linear\"", "ftype=\"linera\"", "did you mean linear?", false},
        {1, " offset=\"0.1\"", "", "a.xml:9:6: error: <evaluator> needs a \"offset\"", false},
        {1, "upperbound=\"4\"", "upperbound=\"5\"", "is another one in the domain", false},
        {1, "<discount_factor value=\"0.5\"/>", "<discount_factor value=\"2\"/>",
         "a.xml:14:25: warning: a discount factor is above 0", true},
        {1, "<reservation value=\"0.3\"/>", "<reservation value=\"much\"/>", "not \"much\"", false},
        {1, "<utility_space>\n", "<utility_space>\n<ufun/>",
         "a.xml:2:2: error: only additive profiles", false},
        {1, "<utility_space>\n<objective", "<!DOCTYPE u>\n<utility_space>\n<objective",
         "a.xml:1:12: error: document types and entities are not read", false},
    };
    desk_break(genius_read, "xml", good, breaks, sizeof breaks / sizeof breaks[0]);
}

static void all_errors_of_all_files_come_at_once(void **state) {
    (void)state;
    Desk desk;
    Text buyer = desk_with(desk_buyer, "evaluation=\"10\"", "evaluation=\"-1\"");
    Text worse = desk_with(text_get(&buyer), "value=\"0.25\"", "value=\"x\"");
    Text seller = desk_with(desk_seller, "name=\"Price\"", "name=\"Pirce\"");
    const char *const files[DESK_FILES] = {desk_domain, text_get(&worse), text_get(&seller)};
    desk_read(&desk, genius_read, 0, "xml", files);
    assert_false(desk.good);
    const char *said = text_get(&desk.said);
    assert_non_null(strstr(said, "a.xml:5:45"));
    assert_non_null(strstr(said, "a.xml:12:28"));
    assert_non_null(strstr(said, "b.xml:3:26"));
    assert_non_null(strstr(said, "    <item index=\"2\" value=\"mid\" evaluation=\"-1\"/>\n"
                                 "                                                ^~\n"));
    desk_clear(&desk);
    text_finish(&buyer);
    text_finish(&worse);
    text_finish(&seller);
}

static void a_reservation_that_nothing_meets_is_said(void **state) {
    (void)state;
    Desk desk;
    Text buyer =
        desk_with(desk_buyer, "<reservation value=\"0.3\"/>", "<reservation value=\"0.99\"/>");
    const char *const files[DESK_FILES] = {desk_domain, text_get(&buyer), desk_seller};
    desk_read(&desk, genius_read, 0, "xml", files);
    assert_true(desk.good);
    assert_string_equal(desk.foreign.note[0],
                        "no package gives a its reservation, 0.99: the best is worth 0.975");
    desk_clear(&desk);
    text_finish(&buyer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utilities_are_those_of_genius),
        cmocka_unit_test(waiting_costs_what_it_costs_in_genius),
        cmocka_unit_test(weights_that_miss_1_are_kept),
        cmocka_unit_test(numbers_beyond_what_an_issue_holds_are_spread_and_said),
        cmocka_unit_test(real_issues_have_lines_triangles_and_constants),
        cmocka_unit_test(lines_of_whole_numbers_begin_at_the_lower_bound),
        cmocka_unit_test(objectives_within_objectives_are_passed_through),
        cmocka_unit_test(latin_letters_are_read_as_declared),
        cmocka_unit_test(each_break_is_said_at_its_place),
        cmocka_unit_test(all_errors_of_all_files_come_at_once),
        cmocka_unit_test(a_reservation_that_nothing_meets_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
