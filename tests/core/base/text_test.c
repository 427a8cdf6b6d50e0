#include "core/base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/rng.h"
#include "tests/core/base/suite.h"

/* --- a growing string --- */

static void text_grows(void **state) {
    (void)state;
    Text text = {0};
    assert_string_equal(text_get(&text), "");
    for (int i = 0; i < 1000; i++) {
        text_add(&text, "ab");
        text_addf(&text, "%d", i % 10);
        text_add_bytes(&text, "cxx", 1);
    }
    assert_int_equal(text.length, 4000);
    assert_int_equal(strlen(text_get(&text)), 4000);
    assert_memory_equal(text_get(&text) + 3996, "ab9c", 5);
    uint64_t warm = memory_allocations();
    text_clear(&text);
    assert_string_equal(text_get(&text), "");
    text_addf(&text, "%3000s", "x");
    assert_int_equal(text.length, 3000);
    assert_int_equal(memory_allocations(), warm);
    text_finish(&text);
    assert_string_equal(text_get(&text), "");
}

/* --- strings from outside --- */

static void assert_shown(const char *string, const char *expected) {
    char out[200];
    Text text = {0};
    assert_string_equal(text_safe(out, sizeof out, string), expected);
    text_add_safe(&text, string);
    assert_string_equal(text_get(&text), expected);
    text_finish(&text);
}

static void harmless_text_is_shown_as_it_is(void **state) {
    (void)state;
    assert_shown("", "");
    assert_shown("Ceasefire on day 12, \"yes\" \\ no", "Ceasefire on day 12, \"yes\" \\ no");
    assert_shown("\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2 \xe2\x82\xac \xf0\x9f\x95\x8a",
                 "\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2 \xe2\x82\xac \xf0\x9f\x95\x8a");
}

static void no_terminal_obeys_a_string_from_outside(void **state) {
    (void)state;
    assert_shown("\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07");
    assert_shown("a\nb\tc\rd\x7f", "a\\x0ab\\x09c\\x0dd\\x7f");
    assert_shown("\xc2\x9b"
                 "31m",
                 "\\u009b31m");
    assert_shown("\x9b"
                 "31m",
                 "\\x9b31m");
}

static void nothing_turns_the_reading_direction_or_hides(void **state) {
    (void)state;
    assert_shown("\xe2\x80\xae"
                 "abc",
                 "\\u202eabc");
    assert_shown("\xe2\x81\xa6x\xe2\x81\xa9", "\\u2066x\\u2069");
    assert_shown("a\xe2\x80\x8f\xd8\x9c\xe2\x80\x8b\xef\xbb\xbf", "a\\u200f\\u061c\\u200b\\ufeff");
    assert_shown("\xf3\xa0\x81\x81", "\\U000e0041");
    assert_shown("\xe2\x80\xa8", "\\u2028");
}

static void invalid_utf8_is_shown_byte_by_byte(void **state) {
    (void)state;
    assert_shown("a\xff\xfez", "a\\xff\\xfez");
    assert_shown("\xc0\xaf", "\\xc0\\xaf");
    assert_shown("\xe2\x82", "\\xe2\\x82");
    assert_shown("\xed\xa0\x80", "\\xed\\xa0\\x80");
    assert_shown("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
    assert_shown("\x80ok", "\\x80ok");
}

static void cutting_never_splits_a_character_or_an_escape(void **state) {
    (void)state;
    const char *string = "a\xe2\x82\xac\x1b"
                         "b\xe2\x80\xae";
    const char *const expected[] = {"", "a", "a", "a", "a\xe2\x82\xac"};
    for (size_t size = 1; size <= 5; size++) {
        char out[8];
        memset(out, 'x', sizeof out);
        assert_string_equal(text_safe(out, size, string), expected[size - 1]);
        for (size_t i = size; i < sizeof out; i++) assert_int_equal(out[i], 'x');
    }
    char out[16];
    assert_string_equal(text_safe(out, 9, string), "a\xe2\x82\xac\\x1b");
    assert_string_equal(text_safe(out, 10, string), "a\xe2\x82\xac\\x1b"
                                                    "b");
    assert_string_equal(text_safe(out, 15, string), "a\xe2\x82\xac\\x1b"
                                                    "b");
    assert_string_equal(text_safe(out, 16, string), "a\xe2\x82\xac\\x1b"
                                                    "b\\u202e");
}

/* Whatever the bytes, what is shown is well-formed, holds no control character and ends in time. */
static void random_bytes_are_tamed(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "bytes"));
    for (int i = 0; i < 20000; i++) {
        char string[24], out[24 * 4];
        size_t length = rng_below(&rng, sizeof string);
        for (size_t k = 0; k < length; k++) string[k] = (char)(1 + rng_below(&rng, 255));
        string[length] = '\0';
        text_safe(out, sizeof out, string);
        assert_true(text_is_utf8(out, strlen(out)));
        for (const char *c = out; *c != '\0'; c++)
            assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
    }
}

/* The reference: encode every code point and ask about it. */
static size_t encode(uint32_t c, char out[4]) {
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; c >>= 6) out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[length] | c);
    return length;
}

static void all_code_points_but_nul_and_surrogates_are_utf8(void **state) {
    (void)state;
    for (uint32_t c = 0; c < 0x120000; c++) {
        char bytes[4];
        size_t length = encode(c, bytes);
        bool well_formed = c != 0 && (c < 0xd800 || c > 0xdfff) && c <= 0x10ffff;
        if (text_is_utf8(bytes, length) != well_formed) fail_msg("U+%04X", (unsigned)c);
        if (length > 1 && text_is_utf8(bytes, length - 1)) fail_msg("cut U+%04X", (unsigned)c);
        if (text_utf8_length(bytes, length) != (well_formed ? length : 0)) fail();
    }
    assert_true(text_is_utf8("", 0));
    assert_false(text_is_utf8("a\0b", 3));
    assert_false(text_is_utf8("\xe0\x80\xaf", 3));
    assert_false(text_is_utf8("\xf0\x80\x80\xaf", 4));
}

/* --- the nearest known word --- */

static void assert_nearest(const char *word, const char *expected) {
    static const char *const words[] = {"deadline", "reservation", "issues", "seats", "seed", "to"};
    const char *nearest = text_nearest(word, words, sizeof words / sizeof *words);
    if (expected == NULL)
        assert_null(nearest);
    else if (nearest == NULL)
        fail_msg("nothing near '%s'", word);
    else
        assert_string_equal(nearest, expected);
}

static void the_nearest_word_is_found_within_a_third(void **state) {
    (void)state;
    assert_nearest("deadline", "deadline");
    assert_nearest("dedaline", "deadline"); /* a swap counts once */
    assert_nearest("reservaton", "reservation");
    assert_nearest("resrevatoin", "reservation");
    assert_nearest("isues", "issues");
    assert_nearest("seat", "seats");
    assert_nearest("ot", "to");
    assert_nearest("t", "to");
    assert_nearest("daedlnie", "deadline");
    assert_nearest("ddnlie", NULL);
    assert_nearest("zebra", NULL);
    assert_nearest("", NULL);
}

static void very_long_words_are_near_nothing(void **state) {
    (void)state;
    char long_word[5001];
    memset(long_word, 'a', 5000);
    long_word[5000] = '\0';
    const char *const words[] = {long_word, "a"};
    assert_null(text_nearest(long_word, words, 2));
    assert_null(text_nearest("b", words, 1));
    assert_null(text_nearest("b", NULL, 0));
}

/* --- numbers --- */

static void assert_double(double value, const char *expected) {
    char out[32];
    assert_string_equal(text_double(out, value), expected);
}

static void decimals_are_the_shortest(void **state) {
    (void)state;
    assert_double(0.97, "0.97");
    assert_double(3, "3");
    assert_double(1e-9, "1e-09");
    assert_double(0.1 + 0.2, "0.30000000000000004");
    assert_double(1.0 / 3, "0.3333333333333333");
    assert_double(0, "0");
    assert_double(-0.0, "-0");
    assert_double(-1234.5, "-1234.5");
    assert_double(123456789012345, "123456789012345");
    assert_double(DBL_MAX, "1.7976931348623157e+308");
    assert_double(DBL_MIN, "2.2250738585072014e-308");
    assert_double(4.9406564584124654e-324, "5e-324");
    assert_double(INFINITY, "inf");
    assert_double(-INFINITY, "-inf");
    assert_double(NAN, "nan");
}

static void any_double_reads_back(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "doubles"));
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = (uint64_t)rng_u32(&rng) << 32 | rng_u32(&rng);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        char out[32];
        assert_true(strtod(text_double(out, value), NULL) == value);
    }
}

static void the_locale_does_not_matter(void **state) {
    (void)state;
    const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < 4; i++) {
        if (setlocale(LC_ALL, names[i]) == NULL) continue;
        found = true;
        assert_double(0.97, "0.97");
        assert_double(-1.5e-9, "-1.5e-09");
        assert_double(1e22, "1e+22");
    }
    setlocale(LC_ALL, "C");
    if (!found) skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(harmless_text_is_shown_as_it_is),
        cmocka_unit_test(no_terminal_obeys_a_string_from_outside),
        cmocka_unit_test(nothing_turns_the_reading_direction_or_hides),
        cmocka_unit_test(invalid_utf8_is_shown_byte_by_byte),
        cmocka_unit_test(cutting_never_splits_a_character_or_an_escape),
        cmocka_unit_test(random_bytes_are_tamed),
        cmocka_unit_test(all_code_points_but_nul_and_surrogates_are_utf8),
        cmocka_unit_test(the_nearest_word_is_found_within_a_third),
        cmocka_unit_test(very_long_words_are_near_nothing),
        cmocka_unit_test(decimals_are_the_shortest),
        cmocka_unit_test(any_double_reads_back),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
