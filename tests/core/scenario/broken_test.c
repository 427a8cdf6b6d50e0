/* Broken scenarios: each is the base scenario with one change, and brings exactly one complaint, at one
 * place, in one sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/scenario/base_scenario.h"

typedef struct Broken {
    const char *from, *to;
    const char *complaint; /* after "s.yaml:" */
} Broken;

static const Broken brokens[] = {
    /* --- YAML itself --- */
    {"name: base", "name: base: x",
     "2:11: error: not valid YAML: mapping values are not allowed in this context"},
    {"  start:", "\tstart:",
     "4:1: error: not valid YAML: found character that cannot start any token, while scanning for "
     "the next token; indent with spaces, not tabs"},
    {"[none, some, all]\n", "[none, some, all\n",
     "14:15: error: not valid YAML: did not find expected ',' or ']', while parsing a flow "
     "sequence that begins on line 13"},
    {"name: base", "name: \"base",
     "2:7: error: not valid YAML: found unexpected end of stream, while scanning a quoted scalar"},
    {"status_quo: middle", "status_quo: &m middle",
     "11:17: error: anchors are not part of the scenario format; write the value out"},
    {"status_quo: middle", "status_quo: *m",
     "11:17: error: aliases are not part of the scenario format; write the value out"},
    {"reservation: 0.3", "reservation: !!float 0.3",
     "21:18: error: tags are not part of the scenario format; write the bare value"},
    {"  west:\n", "  ? [a, b]\n  : 1\n  west:\n", "28:5: error: a key must be a single word"},
    {"name: base\n", "name: base\nname: other\n",
     "3:1: error: key \"name\" is given twice; the first is on line 2"},
    {"    reservation: 0.3\n", "    reservation: 0.3\n    strategy: plain\n",
     "22:5: error: key \"strategy\" is given twice; the first is on line 20"},
    {"after: 5d}\n", "after: 5d}\n---\nnonpaper: 1\n",
     "41:1: error: a second document begins here; a scenario is one document"},
    {"name: base", "name: b\xFFse", "2:8: error: not valid UTF-8 text"},
    {"name: base", "name: b\x01se",
     "2:8: error: not valid YAML: control characters are not allowed"},
    /* --- keys --- */
    {"mechanism:", "mechanizm:", "7:1: error: unknown key \"mechanizm\"; did you mean mechanism?"},
    {"  delay: 1d", "  dealy: 1d", "6:3: error: unknown key \"dealy\"; did you mean delay?"},
    {"    status_quo: middle", "    statusquo: middle",
     "11:5: error: unknown key \"statusquo\"; did you mean status_quo?"},
    {"    red_lines:", "    colour: blue\n    red_lines:",
     "26:5: error: unknown key \"colour\"; known: name, delay, deliberation, strategy, "
     "on_fault, reservation, aftermath, eroded, loss_aversion, authority, discount, types, ..."},
    {"    red_lines:", "    on_fault: frm\n    red_lines:",
     "26:15: error: unknown strategy \"frm\"; did you mean firm?"},
    {"    red_lines:", "    on_fault: ./mine.lua\n    red_lines:",
     "26:15: error: who takes over must be built in: a file or a program may fail as well"},
    {"    red_lines:", "    on_fault: [skip]\n    red_lines:",
     "26:15: error: expected a strategy: a single value, not a list"},
    {"nonpaper: 1\n", "", "1:1: error: the scenario lacks \"nonpaper\""},
    {"nonpaper: 1\n", "nonpaper: 2\n",
     "1:11: error: format version 2 is unknown; this program reads 1"},
    {"  deadline: 30d\n", "", "3:1: error: \"time\" lacks \"deadline\""},
    {"    because: too much\n", "", "16:5: error: an infeasible combination lacks \"because\""},
    {"    strategy: plain()\n    reservation: 0.25\n", "",
     "28:3: error: this seat lacks \"strategy\", \"reservation\""},
    /* --- types --- */
    {"name: base", "name: [base]", "2:7: error: expected a name: a single value, not a list"},
    {"name: base", "name: Base Camp",
     "2:7: error: expected a name of 1 to 48 of a-z, 0-9 and -, not \"Base Camp\""},
    {"mechanism: open-table", "mechanism: open-tabel",
     "7:12: error: unknown mechanism \"open-tabel\"; did you mean open-table?"},
    {"mechanism: open-table", "mechanism: {kind: open-table, turn: 1d}",
     "7:31: error: \"turn\" has no meaning here: this mechanism has no turns"},
    {"mechanism: open-table", "mechanism: single-text",
     "7:1: error: single-text needs a \"mediator\": the seat that drafts"},
    {"mechanism: open-table", "mechanism: {kind: single-text, mediator: est}",
     "7:42: error: unknown seat \"est\"; did you mean east?"},
    {"mechanism: open-table", "mechanism: {kind: simultaneous, turn: 0s}",
     "7:39: error: 0s is too short: at least 1s"},
    {"reservation: 0.3", "reservation: {linear: {of: {x: 1}}}",
     "21:33: error: unknown variable \"x\"; the scenario's world has none"},
    {"ratification:", "enforcement: {covariates: []}\nratification:",
     "39:15: error: \"covariates\" has no meaning here: without a \"hazard\" a peace holds"},
    {"mechanism: open-table", "mechanism: {kind: open-table, menu: 5}",
     "7:37: error: expected a whole number from 1 to 4, not \"5\""},
    {"mechanism: open-table", "mechanism: {kind: stacked-alternating-offers, menu: 2}",
     "7:53: error: stacked-alternating-offers takes menus of at most 1 package"},
    {"mechanism: open-table", "mechanism: {kind: open-table, consent: unanimus}",
     "7:40: error: unknown kind of consent \"unanimus\"; did you mean unanimous?"},
    {"mechanism: open-table", "mechanism: {kind: stacked-alternating-offers, rounds: 0}",
     "7:55: error: expected a whole number from 1 to 1000000, not \"0\""},
    {"    options: [north, middle, south]", "    options: north",
     "10:14: error: expected a list of options: a list, not a single value"},
    {"    status_quo: middle", "    separable: perhaps",
     "11:16: error: expected true or false, not \"perhaps\""},
    {"    values:\n      land: {north: 0, middle: 0.5, south: 1}\n      money: {none: 1, some: "
     "0.5, all: 0}\n",
     "    values:\n", "32:5: error: expected a map of issues to values: a map, not nothing"},
    /* --- numbers --- */
    {"reservation: 0.3", "reservation: high",
     "21:18: error: expected a number from -10 to 10, not \"high\""},
    {"reservation: 0.3", "reservation: .nan",
     "21:18: error: expected a number from -10 to 10, not \".nan\""},
    {"reservation: 0.3", "reservation: inf",
     "21:18: error: expected a number from -10 to 10, not \"inf\""},
    {"reservation: 0.3", "reservation: 1e999", "21:18: error: 1e999 is out of range: -10 to 10"},
    {"reservation: 0.3", "reservation: 0x1p3",
     "21:18: error: expected a number from -10 to 10, not \"0x1p3\""},
    {"reservation: 0.3", "reservation: 0.3.1",
     "21:18: error: expected a number from -10 to 10, not \"0.3.1\""},
    {"reservation: 0.3", "reservation: 0,3",
     "21:18: error: expected a number from -10 to 10, not \"0,3\""},
    {"reservation: 0.3", "reservation: 11", "21:18: error: 11 is out of range: -10 to 10"},
    {"reservation: 0.3", "discount: {factor: 0, every: 30d}\n    reservation: 0.3",
     "21:24: error: 0 is out of range: 0.001 to 1"},
    {"south: 0}", "south: 1.5}", "24:44: error: 1.5 is out of range: 0 to 1"},
    {"noise: 0.1", "noise: -0.1", "40:52: error: -0.1 is out of range: 0 to 10"},
    /* --- time --- */
    {"start: 2025-01-01", "start: 2025-02-30",
     "4:10: error: expected a date such as 2025-02-24, not \"2025-02-30\""},
    {"deadline: 30d", "deadline: 2024-12-31",
     "5:13: error: the deadline must come after the start, 2025-01-01"},
    {"deadline: 30d", "deadline: soon",
     "5:13: error: expected a date such as 2025-12-31 or a duration such as 30d, not \"soon\""},
    {"delay: 1d", "delay: 0s", "6:10: error: 0s is too short: at least 1s"},
    {"delay: 1d", "delay: 1 day",
     "6:10: error: expected a duration such as 90s, 12h, 2d or 3w, not \"1 day\""},
    {"delay: 1d", "delay: 100001d", "6:10: error: 100001d is too long: at most 100,000 days"},
    {"delay: 1d", "stalled: {window: 10d, epsilon: 0}",
     "6:35: error: 0 is out of range: 1e-09 to 1"},
    {"reservation: 0.3", "delay: 0s\n    reservation: 0.3",
     "21:12: error: 0s is too short: at least 1s"},
    /* --- names of issues, options, seats --- */
    {"when: {land: north", "when: {lend: north",
     "16:12: error: unknown issue \"lend\"; did you mean land?"},
    {"when: {land: north", "when: {land: nort",
     "16:18: error: unknown option of land \"nort\"; did you mean north?"},
    {"when: {land: north", "when: {land: [north, north]",
     "16:26: error: option \"north\" is named twice"},
    {"when: {land: north, money: all}", "when: {}",
     "16:11: error: a condition names at least one issue"},
    {"status_quo: middle", "status_quo: center",
     "11:17: error: unknown option of land \"center\"; known: north, middle, south"},
    {"[north, middle, south]\n", "[north, middle, south, north]\n",
     "10:37: error: option \"north\" is named twice"},
    {"    options: [none, some, all]\n    status_quo: none\n",
     "    options: [none, some, all, \"a b\"]\n    status_quo: none\n",
     "13:32: error: expected a name of 1 to 48 of A-Z, a-z, 0-9, _, ., + and -, not \"a b\""},
    {"always: [east, west]", "always: [east, weest]",
     "36:18: error: unknown seat \"weest\"; did you mean west?"},
    {"always: [east, west]", "always: [east, east]", "36:18: error: seat \"east\" is named twice"},
    {"always: [east, west]", "always: east",
     "36:11: error: expected a list of seats: a list, not a single value"},
    {"needs: [east]", "needs: [easst]", "38:54: error: unknown seat \"easst\"; did you mean east?"},
    {"{issue: land, ", "{issue: lamd, ",
     "38:15: error: unknown issue \"lamd\"; did you mean land?"},
    {"options: [north, south], needs", "options: [north, sud], needs",
     "38:38: error: unknown option of land \"sud\"; known: north, middle, south"},
    {"needs: [east]}\n", "needs: [east]}\n    - {issue: land, options: [south], needs: []}\n",
     "39:31: error: an earlier provision names \"south\" already"},
    {"needs: [east]}\n", "needs: [east]}\n    - {issue: land, options: south, needs: []}\n",
     "39:30: error: an earlier provision names \"south\" already"},
    {"seat: west", "seat: vest", "40:23: error: unknown seat \"vest\"; did you mean west?"},
    {"after: 5d}\n", "after: 5d}\n  - {id: house, seat: east, threshold: 0}\n",
     "41:10: error: ratifier \"house\" is named twice"},
    {"id: house", "id: House",
     "40:10: error: expected a name of 1 to 32 of a-z, 0-9, _ and -, not \"House\""},
    /* --- profiles --- */
    {"weights: {land: 0.6, money: 0.4}", "weights: {land: 0.6, money: 0.3}",
     "22:5: error: the weights sum to 0.9, not 1"},
    {"weights: {land: 0.6, money: 0.4}", "weights_sum: 1.1\n    weights: {land: 0.6, money: 0.4}",
     "23:5: error: the weights sum to 1, not 1.1"},
    {"weights: {land: 0.6, money: 0.4}", "weights: {land: 1}", "22:5: error: no weight for money"},
    {"weights: {land: 0.6, money: 0.4}", "weights: {land: 1.4, money: 0.4}",
     "22:21: error: 1.4 is out of range: 0 to 1"},
    {"weights: {land: 0.6, money: 0.4}", "weights: {land: 0.6, money: 0.4, mony: 0}",
     "22:38: error: unknown issue \"mony\"; did you mean money?"},
    {"    weights: {land: 0.6, money: 0.4}\n", "", "19:3: error: this seat lacks \"weights\""},
    {"      money: {none: 0, some: 0.5, all: 1}\n", "", "23:5: error: no values for money"},
    {"{none: 0, some: 0.5, all: 1}", "{none: 0}", "25:7: error: no value for some, all"},
    {"{none: 0, some: 0.5, all: 1}", "{none: 0, sone: 0.5, some: 0.5, all: 1}",
     "25:24: error: unknown option of money \"sone\"; did you mean none?"},
    {"kind: hard}", "kind: firm}",
     "27:50: error: unknown kind of red line \"firm\"; known: hard, soft"},
    {"kind: hard}", "kind: soft}", "27:9: error: a soft red line needs a \"penalty\""},
    {"kind: hard}", "kind: hard, penalty: 0.1}", "27:56: error: a hard red line has no penalty"},
    {"    red_lines:", "    linkages: [{when: {land: south}, bonus: 2}]\n    red_lines:",
     "26:45: error: 2 is out of range: -1 to 1"},
    /* --- strategies --- */
    {"firm(e=0.5)", "frim(e=0.5)", "20:15: error: unknown strategy \"frim\"; did you mean firm?"},
    {"firm(e=0.5)", "firm(f=0.5)", "20:20: error: firm has no parameter \"f\"; did you mean e?"},
    {"firm(e=0.5)", "firm(e=2)", "20:22: error: e=2 is out of range: 0.01 to 1"},
    {"firm(e=0.5)", "firm(e=0.5", "20:19: error: this \"(\" is never closed"},
    {"plain()", "plain(e=1)", "29:21: error: plain has no parameter \"e\"; it takes none"},
    {"firm(e=0.5)", "boa(bidding=f(e=1)", "20:18: error: this \"(\" is never closed"},
    {"firm(e=0.5)", "{bidding: linear(e=1, k=2), opponent: none}",
     "20:31: error: this \"(\" is never closed; between { and } a value with commas needs quotes"},
    {"firm(e=0.5)", "{bidding: linear, oponent: none}",
     "20:33: error: boa has no parameter \"oponent\"; did you mean opponent?"},
    {"firm(e=0.5)", "{bidding: linear, every: soon}",
     "20:40: error: every must be a number from 1 to 100, not \"soon\""},
    {"firm(e=0.5)", "{bidding: [linear]}",
     "20:25: error: expected a part of a strategy: a single value, not a list"},
    {"firm(e=0.5)", "[firm]", "20:15: error: expected a strategy: a single value, not a list"},
    /* --- bounds --- */
    {"when: {land: north, money: all}", "when: [land]",
     "16:11: error: expected a map of issues to options: a map, not a list"},
    /* --- the whole --- */
    {"when: {land: north, money: all}", "when: {land: middle, money: none}",
     "16:5: error: this excludes the status quo itself"},
    {"    status_quo: none\ninfeasible:\n  - when: {land: north, money: all}",
     "infeasible:\n  - when: {money: [none, some, all]}",
     "15:5: error: the infeasible combinations leave no package at all"},
    {"when: {land: south, money: none}", "when: {land: [north, middle, south]}",
     "35:1: error: no complete package could ever be concluded: each is infeasible or crosses a "
     "hard red line of a seat whose consent it needs"},
};

/* Breaks from which more complaints follow; the first one is the cause. */
static const struct {
    Broken broken;
    uint32_t errors;
} causes[] = {
    {{"  west:\n", "  West:\n",
      "28:3: error: expected a name of 1 to 32 of a-z, 0-9, _ and -, not \"West\""},
     3},
    {{"[none, some, all]\n", "[none]\n", "13:5: error: an issue has 2 to 32 options, not 1"}, 6},
};

static uint32_t count_of(const char *text, const char *word) {
    uint32_t count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) count++;
    return count;
}

/* Is this the first complaint of that many? */
static bool complains(const Broken *broken, uint32_t errors) {
    Text text = base_with(broken->from, broken->to), complaints = {0}, expected = {0};
    Error error = {0};
    Scenario *scenario = base_read(text.bytes, text.length, NULL, 0, &complaints, &error);
    text_addf(&expected, "s.yaml:%s\n", broken->complaint);
    bool same = !scenario && error.kind == ERROR_SCENARIO &&
                strncmp(text_get(&complaints), text_get(&expected), expected.length) == 0 &&
                count_of(text_get(&complaints), ": error: ") == errors;
    if (!same) print_error("expected\n%sgot\n%s\n", text_get(&expected), text_get(&complaints));
    scenario_destroy(scenario);
    text_finish(&text);
    text_finish(&complaints);
    text_finish(&expected);
    return same;
}

static void each_break_brings_one_complaint_at_its_place(void **state) {
    (void)state;
    size_t count = sizeof brokens / sizeof brokens[0], good = 0;
    for (size_t i = 0; i < count; i++) good += complains(&brokens[i], 1);
    assert_true(count >= 45);
    assert_int_equal(good, count);
}

static void what_follows_from_an_error_comes_after_it(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        assert_true(complains(&causes[i].broken, causes[i].errors));
    }
}

static void the_base_itself_is_good(void **state) {
    (void)state;
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario =
        base_read(base_scenario, strlen(base_scenario), NULL, 0, &complaints, &error);
    assert_non_null(scenario);
    assert_string_equal(text_get(&complaints), "");
    scenario_destroy(scenario);
}

/* --- how complaints look --- */

static char *complaints_of(const char *from, const char *to) {
    static char shown[65536];
    Text text = base_with(from, to), complaints = {0};
    Error error = {0};
    Scenario *scenario = base_read(text.bytes, text.length, NULL, 0, &complaints, &error);
    snprintf(shown, sizeof shown, "%s", text_get(&complaints));
    scenario_destroy(scenario);
    text_finish(&text);
    text_finish(&complaints);
    return shown;
}

static void a_caret_stands_under_the_word(void **state) {
    (void)state;
    assert_string_equal(
        complaints_of("reservation: 0.3", "reservaton: 0.3"),
        "s.yaml:21:5: error: unknown key \"reservaton\"; did you mean reservation?\n"
        "        reservaton: 0.3\n"
        "        ^~~~~~~~~~\n");
}

static void tabs_and_wide_characters_keep_the_caret_in_place(void **state) {
    (void)state;
    assert_string_equal(
        complaints_of("name: base",
                      "name: base\ntitle:\t\"\xC3\xA9t\xC3\xA9\"\t# \xE2\x82\xAC\nabout:\t[x]"),
        "s.yaml:4:8: error: expected text: a single value, not a list\n"
        "    about: [x]\n"
        "           ^\n");
}

static void control_characters_of_the_file_are_shown_as_escapes(void **state) {
    (void)state;
    const char *shown = complaints_of("name: base", "name: \"\\x1b[31m\"");
    assert_non_null(strstr(shown, "2:7: error: expected a name"));
    assert_null(strchr(shown, '\x1b'));
    assert_non_null(strstr(shown, "not \"\\x1b[31m\""));
}

static void a_long_line_is_shown_in_a_window(void **state) {
    (void)state;
    char value[600] = "about: ";
    memset(value + 7, 'x', 500);
    strcpy(value + 507, ": y\nname: base");
    const char *shown = complaints_of("name: base", value);
    assert_non_null(strstr(shown, "s.yaml:2:508: error: not valid YAML: mapping values"));
    assert_true(strlen(strchr(shown, '\n')) < 260);
}

static void all_errors_come_at_once_in_the_order_of_the_file(void **state) {
    (void)state;
    const char *shown =
        complaints_of("name: base\ntime:\n  start: 2025-01-01\n  deadline: 30d\n  delay: 1d",
                      "name: BASE\ntime:\n  start: today\n  deadline: 30d\n  delay: 0s\n"
                      "x: 1");
    const char *first = strstr(shown, "s.yaml:2:7: error:");
    const char *second = strstr(shown, "s.yaml:4:10: error:");
    const char *third = strstr(shown, "s.yaml:6:10: error:");
    const char *fourth = strstr(shown, "s.yaml:7:1: error:");
    assert_true(first && first < second && second < third && third < fourth);
    assert_int_equal(count_of(shown, ": error: "), 4);
}

static void fifty_complaints_are_shown_and_the_rest_counted(void **state) {
    (void)state;
    Text keys = {0};
    text_add(&keys, "name: base\n");
    for (int i = 0; i < 70; i++) text_addf(&keys, "zz%d: 1\n", i);
    const char *shown = complaints_of("name: base\n", text_get(&keys));
    assert_int_equal(count_of(shown, ": error: "), 50);
    assert_non_null(strstr(shown, "s.yaml:3:1: error: unknown key \"zz0\""));
    assert_non_null(strstr(shown, "s.yaml: and 20 more\n"));
    text_finish(&keys);
}

static void an_option_that_nobody_could_conclude_is_a_warning(void **state) {
    (void)state;
    assert_string_equal(complaints_of("when: {land: south, money: none}", "when: {land: south}"),
                        "s.yaml:10:30: warning: no package with \"south\" could be concluded: it "
                        "needs east, whose hard "
                        "red line excludes it\n"
                        "        options: [north, middle, south]\n"
                        "                                 ^~~~~\n");
}

static void a_missing_file_is_no_input(void **state) {
    (void)state;
    Error error = {0};
    ScenarioRequest request = {.path = "/nowhere/none.yaml"};
    assert_null(scenario_read(&request, NULL, &error));
    assert_int_equal(error.kind, ERROR_NO_INPUT);
}

static void a_folder_cannot_be_read(void **state) {
    (void)state;
    Error error = {0};
    ScenarioRequest request = {.path = "/"};
    assert_null(scenario_read(&request, NULL, &error));
    assert_int_equal(error.kind, ERROR_IO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_itself_is_good),
        cmocka_unit_test(each_break_brings_one_complaint_at_its_place),
        cmocka_unit_test(what_follows_from_an_error_comes_after_it),
        cmocka_unit_test(a_caret_stands_under_the_word),
        cmocka_unit_test(tabs_and_wide_characters_keep_the_caret_in_place),
        cmocka_unit_test(control_characters_of_the_file_are_shown_as_escapes),
        cmocka_unit_test(a_long_line_is_shown_in_a_window),
        cmocka_unit_test(all_errors_come_at_once_in_the_order_of_the_file),
        cmocka_unit_test(fifty_complaints_are_shown_and_the_rest_counted),
        cmocka_unit_test(an_option_that_nobody_could_conclude_is_a_warning),
        cmocka_unit_test(a_missing_file_is_no_input),
        cmocka_unit_test(a_folder_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
