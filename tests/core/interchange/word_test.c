/* Words of scenarios out of whatever other tools call things. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/interchange/word.h"

static void expect(Alphabet alphabet, const char *const *name, const char *const *wanted,
                   uint32_t count) {
    Word word[8];
    words_make(word, name, count, alphabet, "thing");
    for (uint32_t i = 0; i < count; i++) {
        assert_string_equal(word[i], wanted[i]);
        assert_true(scalar_name(word[i], alphabet));
    }
}

static void options_keep_what_they_can(void **state) {
    (void)state;
    static const char *const name[] = {
        "19'' LCD", "5% spoilage allowed",   "$4.37", "-5", "A_b.c+d", "  x  ",
        "no",       "Gr\xC3\xB6\xC3\x9F\x65"};
    static const char *const wanted[] = {
        "19-LCD", "5-spoilage-allowed", "4.37", "-5", "A_b.c+d", "x", "no", "Grose"};
    expect(ALPHABET_OPTION, name, wanted, 8);
}

static void ids_are_small(void **state) {
    (void)state;
    static const char *const name[] = {"External Monitor", "\xC3\x89t\xC3\xA9", "a.b", "A_B"};
    static const char *const wanted[] = {"external-monitor", "ete", "a-b", "a_b"};
    expect(ALPHABET_ID, name, wanted, 4);
}

static void nothing_is_called_twice(void **state) {
    (void)state;
    static const char *const name[] = {"$5", "5", "5-2", "\xE2\x82\xAC\x35", "RED", "red", "Red!"};
    static const char *const wanted[] = {"5", "5-2", "5-2-2", "5-3", "red", "red-2", "red-3"};
    expect(ALPHABET_ID, name, wanted, 7);
}

static void what_leaves_nothing_gets_a_number(void **state) {
    (void)state;
    static const char *const name[] = {"\xE6\x9D\xB1\xE4\xBA\xAC", "---", "", "\xFF\x01"};
    static const char *const wanted[] = {"thing-1", "thing-2", "thing-3", "thing-4"};
    expect(ALPHABET_OPTION, name, wanted, 4);
}

static void long_names_are_cut_and_stay_different(void **state) {
    (void)state;
    static const char *const name[] = {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnop",
                                       "abcdefghijklmnopqrstuvwxyzabcdefghijklmnoq"};
    static const char *const wanted[] = {"abcdefghijklmnopqrstuvwxyzabcdef",
                                         "abcdefghijklmnopqrstuvwxyzabcd-2"};
    expect(ALPHABET_ID, name, wanted, 2);
}

static void quoted_text_holds_no_surprise(void **state) {
    (void)state;
    Text out = {0};
    yaml_add_quoted(&out, "say \"no\"\\ # and: [stay]\n\x1b\xE2\x80\xAE\xC3\xA9");
    assert_string_equal(text_get(&out),
                        "\"say \\\"no\\\"\\\\ # and: [stay]\\u000a\\u001b\\u202e\xC3\xA9\"");
    text_finish(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_keep_what_they_can),
        cmocka_unit_test(ids_are_small),
        cmocka_unit_test(nothing_is_called_twice),
        cmocka_unit_test(what_leaves_nothing_gets_a_number),
        cmocka_unit_test(long_names_are_cut_and_stay_different),
        cmocka_unit_test(quoted_text_holds_no_surprise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
