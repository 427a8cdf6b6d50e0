/* Changes to a scenario, from the command line and back from the record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "cli/setting_list.h"

static SettingList list, again;

static int begin(void **state) {
    (void)state;
    setting_list_init(&list);
    setting_list_init(&again);
    return 0;
}

static int end(void **state) {
    (void)state;
    setting_list_finish(&list);
    setting_list_finish(&again);
    return 0;
}

static void an_assignment_is_cut_at_its_first_equals_sign(void **state) {
    (void)state;
    assert_true(setting_list_add(&list, "seats.a.strategy=boulware(e=0.2)", NULL));
    assert_string_equal(list.setting[0].path, "seats.a.strategy");
    assert_string_equal(list.setting[0].value, "boulware(e=0.2)");
}

static void an_assignment_without_path_or_equals_sign_is_refused(void **state) {
    (void)state;
    Error error = {0};
    assert_false(setting_list_add(&list, "nothing", &error));
    assert_string_equal(error.text, "--set wants PATH=VALUE, not \"nothing\"");
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_false(setting_list_add(&list, "=1", NULL));
    assert_int_equal(list.count, 0);
}

static void there_is_a_most(void **state) {
    (void)state;
    Error error = {0};
    for (int i = 0; i < SETTING_LIST_MAX; i++) assert_true(setting_list_add(&list, "a=1", NULL));
    assert_false(setting_list_add(&list, "a=1", &error));
    assert_int_equal(error.kind, ERROR_USAGE);
}

static void what_is_written_reads_back_the_same(void **state) {
    (void)state;
    static const char *const values[] = {
        "a=1", "b=", "c=\"quoted\" \\ back", "d=line\nbreak\ttab\x01", "e=<élan> → 北", "f=[1, 2]"};
    Text json = {0};
    for (size_t i = 0; i < 6; i++) assert_true(setting_list_add(&list, values[i], NULL));
    setting_list_json(&list, &json);
    assert_true(setting_list_read(&again, text_get(&json), NULL));
    assert_int_equal(again.count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(again.setting[i].path, list.setting[i].path);
        assert_string_equal(again.setting[i].value, list.setting[i].value);
    }
    text_finish(&json);
}

static void no_settings_are_an_empty_array(void **state) {
    (void)state;
    Text json = {0};
    setting_list_json(&list, &json);
    assert_string_equal(text_get(&json), "[]");
    assert_true(setting_list_read(&again, " [ ] \n", NULL));
    assert_int_equal(again.count, 0);
    text_finish(&json);
}

static void anything_else_is_refused(void **state) {
    (void)state;
    static const char *const broken[] = {
        "",
        "[",
        "]",
        "[\"a=1\"",
        "[\"a=1\",]",
        "[a=1]",
        "[\"a\"]",
        "{}",
        "[\"a=1\"] x",
        "[\"a=\\q\"]",
        "[\"a=\\",
        "[\"a=\\u00\"]",
        "[\"a=\\u0000\"]",
        "[\"a=\\ud800\"]",
        "[\"a=1\" \"b=2\"]",
        "null",
        "[1]",
        "[\"a=1",
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        Error error = {0};
        assert_false(setting_list_read(&list, broken[i], &error));
        assert_int_equal(error.kind, ERROR_SCENARIO);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_assignment_is_cut_at_its_first_equals_sign),
        TEST(an_assignment_without_path_or_equals_sign_is_refused),
        TEST(there_is_a_most),
        TEST(what_is_written_reads_back_the_same),
        TEST(no_settings_are_an_empty_array),
        TEST(anything_else_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
