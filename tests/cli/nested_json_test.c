/* What a record holds as JSON is passed on as it is; what only looks like it, as a text. */
#include "cli/nested_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_sound(const char *text, bool sound) {
    if (nested_json_is_sound(text, strlen(text)) != sound)
        fail_msg("%s is %s", text, sound ? "JSON" : "none");
}

static void numbers_of_all_kinds_are_passed_on(void **state) {
    (void)state;
    static const char *const sound[] = {"[0]",     "[-1]",    "[0.25]",  "[-0.5]",
                                        "[1e-05]", "[1E+20]", "[10.5e3]"};
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) assert_sound(sound[i], true);
    assert_sound("{\"time.deadline\":140.78743055555555,\"weights\":null}", true);
}

static void what_is_no_number_is_not(void **state) {
    (void)state;
    static const char *const broken[] = {"[01]", "[.5]",   "[1.]",  "[-]",   "[1e]",  "[1e+]",
                                         "[+1]", "[1.e2]", "[--1]", "[0x1]", "[nan]", "[1.2.3]"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) assert_sound(broken[i], false);
}

static void only_whole_arrays_and_objects_are(void **state) {
    (void)state;
    assert_sound("[]", true);
    assert_sound("{\"a\":[\"b\\\"c\",{}]}", true);
    assert_sound("0.5", false);
    assert_sound("[0.5", false);
    assert_sound("[0.5] ", false);
    assert_sound("{\"a\"}", false);
    assert_sound("[[[[[[[[[0]]]]]]]]]", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_all_kinds_are_passed_on),
        cmocka_unit_test(what_is_no_number_is_not),
        cmocka_unit_test(only_whole_arrays_and_objects_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
