/* The reader of command lines, table by table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "cli/commands.h"
#include "cli/options.h"

static const char *const colors[] = {"red", "green", NULL};

static const OptionSpec rows[] = {
    {.name = "json", .kind = OPTION_FLAG, .summary = "print JSON"},
    {.name = "seed", .kind = OPTION_INTEGER, .value = "N", .most = 99, .summary = "luck"},
    {.name = "speed", .kind = OPTION_NUMBER, .value = "X", .most = 10, .summary = "pace"},
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "FILE", .summary = "where"},
    {.name = "set", .kind = OPTION_TEXT, .value = "P=V", .repeated = true, .summary = "change"},
    {.name = "paint", .kind = OPTION_CHOICE, .choices = colors, .summary = "a color"},
    {.name = "serve",
     .kind = OPTION_INTEGER,
     .value = "PORT",
     .least = 1,
     .most = 65535,
     .optional_value = true,
     .summary = "a page"},
    {.name = NULL},
};

static const ArgumentSpec arguments[] = {
    {"FILE", "a file", 1, 1}, {"MORE", "others", 0, 2}, {.name = NULL}};

static const Command command = {"play", "Play.", rows, arguments, NULL, false};

enum { MOST_WORDS = 8 };

static int count_words(const char *const *words) {
    int count = 0;
    while (count < MOST_WORDS && words[count] != NULL) count++;
    return count;
}

/* --- what is refused, and with which sentence --- */

static const struct Refusal {
    const char *words[MOST_WORDS];
    const char *sentence;
} refusals[] = {
    {{"--sede", "1", "f"}, "play has no option --sede; did you mean --seed?"},
    {{"--colour", "f"}, "play has no option --colour; did you mean --color?"},
    {{"--zzzzzz", "f"}, "play has no option --zzzzzz (see nonpaper play --help)"},
    {{"-x", "f"}, "play has no option -x (see nonpaper play --help)"},
    {{"-\x1b", "f"}, "play has no option -\\x1b (see nonpaper play --help)"},
    {{"--\x1b[2J", "f"}, "play has no option --\\x1b[2J (see nonpaper play --help)"},
    {{"--=1", "f"}, "play has no option -- (see nonpaper play --help)"},
    {{"--json=yes", "f"}, "--json takes no value"},
    {{"-h5", "f"}, "-h takes no value"},
    {{"--json", "--json", "f"}, "--json is given twice"},
    {{"--seed", "1", "--seed=2", "f"}, "--seed is given twice"},
    {{"--seed"}, "--seed needs a value (N)"},
    {{"f", "-o"}, "--output needs a value (FILE)"},
    {{"f", "--paint"}, "--paint needs a value (one of its choices)"},
    {{"--seed", "x", "f"}, "--seed must be a whole number from 0 to 99, not \"x\""},
    {{"--seed=", "f"}, "--seed must be a whole number from 0 to 99, not \"\""},
    {{"--seed", "1.5", "f"}, "--seed must be a whole number from 0 to 99, not \"1.5\""},
    {{"--seed", " 1", "f"}, "--seed must be a whole number from 0 to 99, not \" 1\""},
    {{"--seed", "0x10", "f"}, "--seed must be a whole number from 0 to 99, not \"0x10\""},
    {{"--seed", "100", "f"}, "--seed must be a whole number from 0 to 99, not \"100\""},
    {{"--seed", "-1", "f"}, "--seed must be a whole number from 0 to 99, not \"-1\""},
    {{"--seed", "99999999999999999999", "f"},
     "--seed must be a whole number from 0 to 99, not \"99999999999999999999\""},
    {{"--speed", "nan", "f"}, "--speed must be a number from 0 to 10, not \"nan\""},
    {{"--speed", "inf", "f"}, "--speed must be a number from 0 to 10, not \"inf\""},
    {{"--speed", "1e9", "f"}, "--speed must be a number from 0 to 10, not \"1e9\""},
    {{"--speed", "-", "f"}, "--speed must be a number from 0 to 10, not \"-\""},
    {{"--paint", "gren", "f"},
     "--paint cannot be \"gren\"; it is one of red, green; did you mean green?"},
    {{"--paint", "\x07", "f"}, "--paint cannot be \"\\x07\"; it is one of red, green"},
    {{"--serve=0", "f"}, "--serve must be a whole number from 1 to 65535, not \"0\""},
    {{NULL}, "play needs FILE (see nonpaper play --help)"},
    {{"--json"}, "play needs FILE (see nonpaper play --help)"},
    {{"a", "b", "c", "d"}, "play does not know what to do with \"d\""},
};

static void bad_command_lines_are_refused_with_a_sentence(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        Options options;
        Error error = {0};
        const char *const *words = refusals[i].words;
        assert_false(options_parse(&options, &command, count_words(words), words, &error));
        assert_string_equal(error.text, refusals[i].sentence);
        assert_int_equal(error.kind, ERROR_USAGE);
        options_finish(&options);
    }
}

/* --- what is understood --- */

#define PARSE(...)                                                                                 \
    const char *words[] = {__VA_ARGS__, NULL};                                                     \
    Options options;                                                                               \
    Error error = {0};                                                                             \
    bool parsed = options_parse(&options, &command, count_words(words), words, &error);            \
    assert_string_equal(error.text, "");                                                           \
    assert_true(parsed)

static void values_come_behind_an_equals_sign_or_as_the_next_word(void **state) {
    (void)state;
    PARSE("--seed=7", "--speed", "2.5", "-o", "x.db", "f", "--paint", "green");
    assert_int_equal(option_integer(&options, "seed", 1), 7);
    assert_true(option_number(&options, "speed", 0) == 2.5);
    assert_string_equal(option_text(&options, "output", "none"), "x.db");
    assert_int_equal(option_choice(&options, "paint", 0), 1);
    assert_string_equal(options_argument(&options, 0), "f");
    options_finish(&options);
}

static void what_is_not_given_takes_the_other_value(void **state) {
    (void)state;
    PARSE("f");
    assert_false(option_given(&options, "json"));
    assert_int_equal(option_integer(&options, "seed", 42), 42);
    assert_string_equal(option_text(&options, "output", "none"), "none");
    assert_int_equal(option_choice(&options, "paint", -1), -1);
    assert_null(options_argument(&options, 1));
    options_finish(&options);
}

static void a_letter_may_touch_its_value(void **state) {
    (void)state;
    PARSE("-ox.db", "f");
    assert_string_equal(option_text(&options, "output", NULL), "x.db");
    options_finish(&options);
}

static void a_value_may_be_empty_or_look_like_an_option(void **state) {
    (void)state;
    PARSE("--output=", "--set", "--json", "--set=a=b=c", "f");
    assert_string_equal(option_text(&options, "output", "none"), "");
    assert_false(option_given(&options, "json"));
    assert_string_equal(option_text(&options, "set", NULL), "a=b=c");
    options_finish(&options);
}

static void a_repeated_option_keeps_every_value_in_order(void **state) {
    (void)state;
    PARSE("--set", "a=1", "--json", "--set=b=2", "f", "--set", "c=3");
    size_t at = 0;
    assert_string_equal(option_next(&options, "set", &at), "a=1");
    assert_string_equal(option_next(&options, "set", &at), "b=2");
    assert_string_equal(option_next(&options, "set", &at), "c=3");
    assert_null(option_next(&options, "set", &at));
    options_finish(&options);
}

static void an_optional_value_never_takes_the_next_word(void **state) {
    (void)state;
    PARSE("--serve", "8080");
    assert_true(option_given(&options, "serve"));
    assert_int_equal(option_integer(&options, "serve", 5000), 5000);
    assert_string_equal(options_argument(&options, 0), "8080");
    options_finish(&options);
}

static void an_optional_value_comes_behind_its_equals_sign(void **state) {
    (void)state;
    PARSE("--serve=8080", "f");
    assert_int_equal(option_integer(&options, "serve", 5000), 8080);
    options_finish(&options);
}

static void two_dashes_end_the_options_and_one_is_an_argument(void **state) {
    (void)state;
    PARSE("-", "--", "--json", "--");
    assert_false(option_given(&options, "json"));
    assert_int_equal(options.arguments, 3);
    assert_string_equal(options_argument(&options, 0), "-");
    assert_string_equal(options_argument(&options, 1), "--json");
    assert_string_equal(options_argument(&options, 2), "--");
    options_finish(&options);
}

static void help_stops_the_reading(void **state) {
    (void)state;
    PARSE("--help", "--no-such-thing");
    assert_true(option_given(&options, "help"));
    options_finish(&options);
}

static void common_options_are_understood_everywhere(void **state) {
    (void)state;
    PARSE("--color", "never", "f");
    assert_int_equal(option_choice(&options, "color", 0), 2);
    options_finish(&options);
}

static void negative_numbers_are_values_where_a_row_allows_them(void **state) {
    (void)state;
    static const OptionSpec shift[] = {
        {.name = "shift", .kind = OPTION_INTEGER, .value = "N", .least = -5, .summary = ""},
        {.name = NULL}};
    static const Command shifting = {"shift", "", shift, NULL, NULL, false};
    const char *words[] = {"--shift", "-3"};
    Options options;
    Error error = {0};
    assert_true(options_parse(&options, &shifting, 2, words, &error));
    assert_int_equal(option_integer(&options, "shift", 0), -3);
    options_finish(&options);
}

/* --- help --- */

static void help_is_written_from_the_table(void **state) {
    (void)state;
    Text text = {0};
    options_help(&command, &text);
    assert_string_equal(
        text_get(&text),
        "usage: nonpaper play [OPTION…] FILE [MORE…]\n"
        "\n"
        "Play.\n"
        "\n"
        "  FILE                        a file\n"
        "  MORE                        others\n"
        "\n"
        "      --json                  print JSON\n"
        "      --seed N                luck\n"
        "      --speed X               pace\n"
        "  -o, --output FILE           where\n"
        "      --set P=V               change (may be repeated)\n"
        "      --paint red|green       a color\n"
        "      --serve[=PORT]          a page\n"
        "      --color auto|always|never\n"
        "                              emphasis on the terminal (auto also heeds NO_COLOR and "
        "TERM=dumb)\n"
        "  -h, --help                  show this help\n");
    text_finish(&text);
}

static void few_options_stand_in_the_usage_line(void **state) {
    (void)state;
    Text text = {0};
    options_usage(command_find("check"), &text);
    assert_string_equal(text_get(&text), "nonpaper check [--json] FILE…");
    text_finish(&text);
}

static void every_row_of_every_command_is_complete(void **state) {
    (void)state;
    for (const Command *row = commands; row->name != NULL; row++) {
        assert_non_null(row->summary);
        assert_non_null(row->run);
        for (const OptionSpec *option = row->options; option != NULL && option->name; option++) {
            assert_non_null(option->summary);
            assert_int_equal(option->kind == OPTION_CHOICE, option->choices != NULL);
            if (option->kind != OPTION_FLAG && option->kind != OPTION_CHOICE)
                assert_non_null(option->value);
            if (option->kind == OPTION_INTEGER || option->kind == OPTION_NUMBER)
                assert_true(option->least < option->most);
        }
    }
    assert_string_equal(command_nearest("rnu"), "run");
    assert_null(command_nearest("xyzzyx"));
    assert_null(command_find("ru"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_command_lines_are_refused_with_a_sentence),
        cmocka_unit_test(values_come_behind_an_equals_sign_or_as_the_next_word),
        cmocka_unit_test(what_is_not_given_takes_the_other_value),
        cmocka_unit_test(a_letter_may_touch_its_value),
        cmocka_unit_test(a_value_may_be_empty_or_look_like_an_option),
        cmocka_unit_test(a_repeated_option_keeps_every_value_in_order),
        cmocka_unit_test(an_optional_value_never_takes_the_next_word),
        cmocka_unit_test(an_optional_value_comes_behind_its_equals_sign),
        cmocka_unit_test(two_dashes_end_the_options_and_one_is_an_argument),
        cmocka_unit_test(help_stops_the_reading),
        cmocka_unit_test(common_options_are_understood_everywhere),
        cmocka_unit_test(negative_numbers_are_values_where_a_row_allows_them),
        cmocka_unit_test(help_is_written_from_the_table),
        cmocka_unit_test(few_options_stand_in_the_usage_line),
        cmocka_unit_test(every_row_of_every_command_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
