#include "core/base/error.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/core/base/suite.h"

static void setting_an_error_says_no_and_why(void **state) {
    (void)state;
    Error error = {0};
    assert_false(error_set(&error, ERROR_SCENARIO, "%s:%d: expected a %s", "a.yaml", 7, "date"));
    assert_int_equal(error.kind, ERROR_SCENARIO);
    assert_string_equal(error.text, "a.yaml:7: expected a date");
}

static void nobody_has_to_listen(void **state) {
    (void)state;
    assert_false(error_set(NULL, ERROR_IO, "no space left"));
}

static void the_first_error_stays(void **state) {
    (void)state;
    Error error = {0};
    error_set(&error, ERROR_IO, "first");
    assert_false(error_set(&error, ERROR_KEY, "second"));
    assert_int_equal(error.kind, ERROR_IO);
    assert_string_equal(error.text, "first");
}

static void an_error_is_never_without_words(void **state) {
    (void)state;
    Error error = {0};
    const char *nothing = "";
    error_set(&error, ERROR_INTERNAL, "%s", nothing);
    assert_true(strlen(error.text) > 0);
}

static void a_long_text_is_cut_between_characters(void **state) {
    (void)state;
    char word[3 * 600 + 1] = "";
    for (size_t i = 0; i < 600; i++) memcpy(word + 3 * i, "\xe2\x82\xac", 4);
    for (size_t shift = 0; shift < 4; shift++) {
        Error error = {0};
        error_set(&error, ERROR_CHECK, "%s%s", &"xxx"[3 - shift], word);
        size_t length = strlen(error.text);
        assert_true(length > sizeof error.text - 5);
        assert_true(text_is_utf8(error.text, length));
    }
}

static void a_whole_character_at_the_cut_stays(void **state) {
    (void)state;
    char word[2000];
    memset(word, 'x', sizeof word);
    memcpy(word + 1020, "\xe2\x82\xac", 3);
    word[1999] = '\0';
    Error error = {0};
    error_set(&error, ERROR_CHECK, "%s", word);
    assert_int_equal(strlen(error.text), 1023);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_an_error_says_no_and_why),
        cmocka_unit_test(nobody_has_to_listen),
        cmocka_unit_test(the_first_error_stays),
        cmocka_unit_test(an_error_is_never_without_words),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
        cmocka_unit_test(a_whole_character_at_the_cut_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
