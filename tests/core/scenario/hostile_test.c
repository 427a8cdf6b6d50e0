/* Files made to hurt: each is refused in well under a second, with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/scenario/base_scenario.h"

static void refused(const Text *text, const char *sentence) {
    Text complaints = {0};
    Error error = {0};
    assert_null(base_read(text_get(text), text->length, NULL, 0, &complaints, &error));
    assert_int_equal(error.kind, ERROR_SCENARIO);
    if (!strstr(text_get(&complaints), sentence)) {
        assert_string_equal(text_get(&complaints), sentence);
    }
    text_finish(&complaints);
}

static void repeat(Text *text, const char *what, size_t times) {
    for (size_t i = 0; i < times; i++) text_add(text, what);
}

static void deep_nesting_stops_at_a_bound(void **state) {
    (void)state;
    static const char *const openings[] = {"[", "{a: ", "- ", "? ", "[{a: "};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        Text text = {0};
        repeat(&text, openings[i], 200000);
        refused(&text, "nested deeper than 32 levels");
        text_finish(&text);
    }
}

static void thirty_two_levels_are_allowed(void **state) {
    (void)state;
    Text text = {0};
    repeat(&text, "[", 32);
    repeat(&text, "]", 32);
    refused(&text, "s.yaml:1:1: error: expected the scenario: a map, not a list");
    text_finish(&text);
}

static void an_alias_bomb_is_refused_at_its_first_anchor(void **state) {
    (void)state;
    Text text = {0};
    text_add(&text, "a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (char name = 'b'; name < 'z'; name++) {
        text_addf(&text, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", name, name, name - 1,
                  name - 1, name - 1, name - 1, name - 1, name - 1, name - 1, name - 1, name - 1);
    }
    refused(&text, "s.yaml:1:4: error: anchors are not part of the scenario format");
    text_finish(&text);
}

static void too_many_bytes_are_refused_unread(void **state) {
    (void)state;
    Text text = {0};
    text_add(&text, "nonpaper: 1\n#");
    repeat(&text, "xxxxxxxxxxxxxxxx", 1 << 16);
    refused(&text, "s.yaml: error: larger than 1 MiB\n");
    text_finish(&text);
}

static void a_huge_key_is_refused(void **state) {
    (void)state;
    Text text = {0};
    text_add(&text, "? \"");
    repeat(&text, "k", 500000);
    text_add(&text, "\"\n: 1\n");
    refused(&text, "a key may have at most 64 bytes");
    text_finish(&text);
}

static void many_keys_and_many_entries_are_refused(void **state) {
    (void)state;
    Text keys = {0}, entries = {0}, values = {0};
    for (int i = 0; i < 50000; i++) text_addf(&keys, "k%d: 1\n", i);
    refused(&keys, "s.yaml:1025:1: error: more than 1024 entries in one map");
    repeat(&entries, "- a\n", 200000);
    refused(&entries, "s.yaml:1025:3: error: more than 1024 entries in one list");
    for (int i = 0; i < 1000; i++) {
        text_addf(&values, "k%d: [", i);
        repeat(&values, "1,", 500);
        text_add(&values, "]\n");
    }
    refused(&values, "more than 100000 values in one file");
    text_finish(&keys);
    text_finish(&entries);
    text_finish(&values);
}

static void odd_bytes_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *sentence;
    } odd[] = {
        {"", 0, "s.yaml:1:1: error: there is nothing in it"},
        {"# only a comment\n", 17, "s.yaml:1:1: error: there is nothing in it"},
        {"a: b\0c: d", 9, "s.yaml:1:5: error: not valid UTF-8 text"},
        {"\xFF\xFE"
         "a\0",
         4, "s.yaml:1:1: error: not valid UTF-8 text"},
        {"a: \xC3", 4, "s.yaml:1:4: error: not valid UTF-8 text"},
        {"a: \xED\xA0\x80", 6, "s.yaml:1:4: error: not valid UTF-8 text"},
        {"a: \"x\\0y\"\n", 10, "s.yaml:1:4: error: the text holds a NUL character"},
        {"%YAML 9.9\n---\na: 1\n", 19, "not valid YAML: found incompatible YAML document"},
        {"word", 4, "s.yaml:1:1: error: expected the scenario: a map, not a single value"},
        {"<<: {a: 1}\n", 11, "unknown key \"<<\""},
    };
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        Text text = {0};
        text_add_bytes(&text, odd[i].bytes, odd[i].length);
        refused(&text, odd[i].sentence);
        text_finish(&text);
    }
}

static void bounds_of_the_model_hold(void **state) {
    (void)state;
    Text issues = {0}, seats = {0}, options = {0}, when = {0};
    text_add(&issues, "name: x\nissues:\n");
    for (int i = 0; i < 40; i++) text_addf(&issues, "  i%d: {options: [a, b]}\n", i);
    refused(&issues, "s.yaml:2:1: error: a scenario has 1 to 32 issues, not 40");
    text_add(&seats, "name: x\nseats:\n");
    for (int i = 0; i < 17; i++) text_addf(&seats, "  s%d: {reservation: 0}\n", i);
    refused(&seats, "s.yaml:2:1: error: a scenario has 2 to 16 seats, not 17");
    text_add(&options, "issues:\n  i:\n    options: [");
    for (int i = 0; i < 33; i++) text_addf(&options, "o%d, ", i);
    text_add(&options, "]\n");
    refused(&options, "s.yaml:3:5: error: an issue has 2 to 32 options, not 33");
    text_add(&when, "issues:\n");
    for (int i = 0; i < 7; i++) text_addf(&when, "  i%d: {options: [a, b]}\n", i);
    text_add(&when, "infeasible:\n  - because: x\n    when: {");
    for (int i = 0; i < 7; i++) text_addf(&when, "i%d: a, ", i);
    text_add(&when, "}\n");
    refused(&when, "error: a condition may name at most 6 issues");
    text_finish(&issues);
    text_finish(&seats);
    text_finish(&options);
    text_finish(&when);
}

static void lists_of_the_model_are_bounded(void **state) {
    (void)state;
    Text infeasible = {0}, linkages = {0}, lines = {0}, ratifiers = {0};
    text_add(&infeasible, "infeasible:\n");
    repeat(&infeasible, "  - {when: {a: b}, because: x}\n", 65);
    refused(&infeasible, "s.yaml:66:5: error: at most 64 infeasible combinations");
    text_add(&linkages, "seats:\n  a:\n    linkages:\n");
    repeat(&linkages, "    - {when: {a: b}, bonus: 0}\n", 65);
    refused(&linkages, "s.yaml:68:7: error: at most 64 linkages");
    text_add(&lines, "seats:\n  a:\n    red_lines:\n");
    repeat(&lines, "    - {when: {a: b}, kind: hard}\n", 33);
    refused(&lines, "s.yaml:36:7: error: at most 32 red lines");
    text_add(&ratifiers, "ratification:\n");
    for (int i = 0; i < 17; i++) text_addf(&ratifiers, "  - {id: r%d, seat: a, threshold: 0}\n", i);
    refused(&ratifiers, "s.yaml:18:5: error: at most 16 ratifiers");
    text_finish(&infeasible);
    text_finish(&linkages);
    text_finish(&lines);
    text_finish(&ratifiers);
}

/* Every beginning of a good file, and every file with one byte changed, is read or refused, never worse. */
static void cut_and_damaged_files_are_survived(void **state) {
    (void)state;
    size_t length = strlen(base_scenario);
    static const char damage[] = {'\0', '\t', '\n', ':', '[', '{', '"', '&', '\x80', 'x'};
    for (size_t i = 0; i < length; i++) {
        Error error = {0};
        scenario_destroy(base_read(base_scenario, i, NULL, 0, NULL, &error));
        Text text = {0};
        text_add(&text, base_scenario);
        text.bytes[i] = damage[i % sizeof damage];
        error = (Error){0};
        scenario_destroy(base_read(text.bytes, length, NULL, 0, NULL, &error));
        text_finish(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_nesting_stops_at_a_bound),
        cmocka_unit_test(thirty_two_levels_are_allowed),
        cmocka_unit_test(an_alias_bomb_is_refused_at_its_first_anchor),
        cmocka_unit_test(too_many_bytes_are_refused_unread),
        cmocka_unit_test(a_huge_key_is_refused),
        cmocka_unit_test(many_keys_and_many_entries_are_refused),
        cmocka_unit_test(odd_bytes_are_refused),
        cmocka_unit_test(bounds_of_the_model_hold),
        cmocka_unit_test(lists_of_the_model_are_bounded),
        cmocka_unit_test(cut_and_damaged_files_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
