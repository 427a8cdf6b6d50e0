#include "core/base/json.h"

#include <math.h>

#include "tests/core/base/suite.h"

static void assert_string_as(const char *value, const char *expected) {
    Text text = {0};
    Json json = {.text = &text};
    json_string(&json, NULL, value);
    assert_string_equal(text_get(&text), expected);
    text_finish(&text);
}

static void commas_stand_between_members_and_elements_only(void **state) {
    (void)state;
    Text text = {0};
    Json json = {.text = &text};
    json_object(&json, NULL);
    json_string(&json, "name", "talks");
    json_array(&json, "empty");
    json_end_array(&json);
    json_array(&json, "list");
    json_int(&json, NULL, -9007199254740993);
    json_object(&json, NULL);
    json_end_object(&json);
    json_object(&json, NULL);
    json_bool(&json, "yes", true);
    json_bool(&json, "no", false);
    json_end_object(&json);
    json_object(&json, NULL);
    json_int(&json, "again", 0);
    json_end_object(&json);
    json_null(&json, NULL);
    json_end_array(&json);
    json_string(&json, "none", NULL);
    json_end_object(&json);
    assert_string_equal(text_get(&text),
                        "{\"name\":\"talks\",\"empty\":[],\"list\":[-9007199254740993,{},"
                        "{\"yes\":true,\"no\":false},{\"again\":0},null],\"none\":null}");
    assert_int_equal(json.depth, 0);
    text_finish(&text);
}

static void strings_are_escaped(void **state) {
    (void)state;
    assert_string_as("", "\"\"");
    assert_string_as("say \"yes\" \\ /", "\"say \\\"yes\\\" \\\\ /\"");
    assert_string_as("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
    assert_string_as("\x01\x1b[31m\x1f\x7f", "\"\\u0001\\u001b[31m\\u001f\\u007f\"");
    assert_string_as("\xc2\x9b"
                     "5m \xe2\x80\xae",
                     "\"\\u009b5m \\u202e\"");
    assert_string_as("</script>", "\"\\u003c/script>\"");
    assert_string_as("K\xc3\xb6ln \xe2\x82\xac \xf0\x9f\x95\x8a",
                     "\"K\xc3\xb6ln \xe2\x82\xac \xf0\x9f\x95\x8a\"");
}

static void invalid_utf8_becomes_the_replacement_character(void **state) {
    (void)state;
    assert_string_as("a\xffz", "\"a\xef\xbf\xbdz\"");
    assert_string_as("\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string_as("\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string_as("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void keys_are_escaped_too(void **state) {
    (void)state;
    Text text = {0};
    Json json = {.text = &text};
    json_object(&json, NULL);
    json_int(&json, "a\"b\n", 1);
    json_end_object(&json);
    assert_string_equal(text_get(&text), "{\"a\\\"b\\n\":1}");
    text_finish(&text);
}

static void numbers_are_the_shortest_and_never_infinite(void **state) {
    (void)state;
    Text text = {0};
    Json json = {.text = &text};
    const double numbers[] = {0.97, 1.0, -0.0, 1e-9, 0.1 + 0.2, 1e300, NAN, INFINITY, -INFINITY};
    json_array(&json, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_double(&json, NULL, numbers[i]);
    json_int(&json, NULL, INT64_MIN);
    json_int(&json, NULL, INT64_MAX);
    json_end_array(&json);
    assert_string_equal(text_get(&text),
                        "[0.97,1,-0,1e-09,0.30000000000000004,1e+300,null,null,null,"
                        "-9223372036854775808,9223372036854775807]");
    text_finish(&text);
}

static void sixty_levels_keep_their_commas(void **state) {
    (void)state;
    Text text = {0};
    Json json = {.text = &text};
    for (int i = 0; i < 60; i++) {
        json_array(&json, NULL);
        json_int(&json, NULL, 1);
    }
    for (int i = 0; i < 60; i++) {
        json_int(&json, NULL, 2);
        json_end_array(&json);
    }
    const char *bytes = text_get(&text);
    for (int i = 0; i < 59; i++) assert_memory_equal(bytes + 3 * i, "[1,", 3);
    assert_memory_equal(bytes + 3 * 59, "[1,2],2],2]", 11);
    text_finish(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_members_and_elements_only),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(invalid_utf8_becomes_the_replacement_character),
        cmocka_unit_test(keys_are_escaped_too),
        cmocka_unit_test(numbers_are_the_shortest_and_never_infinite),
        cmocka_unit_test(sixty_levels_keep_their_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
