/* What differs between two plans of studies, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cli/plan_words.h"

static void assert_differ(const char *there, const char *here, const char *expected) {
    Text words = {0};
    plan_words_differ(there, here, &words);
    assert_string_equal(text_get(&words), expected);
    text_finish(&words);
}

static void short_values_are_told_and_long_ones_named(void **state) {
    (void)state;
    assert_differ("{\"seed\":1,\"points\":0}", "{\"seed\":2,\"points\":0}",
                  "seed 1 there and 2 here");
    assert_differ("{\"design\":\"grid\",\"seed\":1,\"settings\":[]}",
                  "{\"design\":\"lhs\",\"seed\":1,\"settings\":[\"time.deadline=90d\",\"seats."
                  "lower.strategy=linear(every=3)\"]}",
                  "design \"grid\" there and \"lhs\" here, settings");
    assert_differ("{\"seed\":1}", "{\"seed\":1}", "");
}

static void brackets_and_commas_in_strings_separate_nothing(void **state) {
    (void)state;
    assert_differ("{\"a\":[\"x,}\\\"\",{\"b\":2}],\"c\":3}",
                  "{\"a\":[\"x,}\\\"\",{\"b\":2}],\"c\":4}", "c 3 there and 4 here");
}

static void what_is_no_object_is_no_trouble(void **state) {
    (void)state;
    assert_differ("", "{\"seed\":1}", "seed");
    assert_differ("{\"seed\":1}", "", "");
    assert_differ("{\"seed", "{\"seed\":1,\"x", "seed");
    assert_differ("[[[", "{\"a\":\"\\", "a");
    assert_differ("{\"a\":\"\x1b[31m\"}", "{\"a\":1}", "a \"\\x1b[31m\" there and 1 here");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_values_are_told_and_long_ones_named),
        cmocka_unit_test(brackets_and_commas_in_strings_separate_nothing),
        cmocka_unit_test(what_is_no_object_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
