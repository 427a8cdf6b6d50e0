/* "name(key=value, ...)": what is read, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/scenario/base_scenario.h"

static bool parse(const char *spec, const Strategy **strategy, Argument *arguments, Error *error) {
    return strategy_spec_parse(spec, fake_catalogue(), strategy, arguments, error);
}

static void initial_values_fill_what_is_not_said(void **state) {
    (void)state;
    static const char *const same[] = {"firm", "firm()", " firm ( ) "};
    for (size_t i = 0; i < 3; i++) {
        const Strategy *strategy;
        Argument arguments[NP_MAX_PARAMETERS];
        assert_true(parse(same[i], &strategy, arguments, NULL));
        assert_string_equal(strategy->name, "firm");
        assert_true(arguments[0].number == 0.2);
        assert_string_equal(arguments[1].text, "calm");
    }
}

static void arguments_come_in_the_order_of_the_parameters(void **state) {
    (void)state;
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    assert_true(parse("firm( style = loud|clear , e=5e-1 )", &strategy, arguments, NULL));
    assert_true(arguments[0].number == 0.5);
    assert_string_equal(arguments[1].text, "loud|clear");
}

static void a_word_may_be_empty_as_records_write_it(void **state) {
    (void)state;
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    assert_true(parse("firm(style=, e=0.5)", &strategy, arguments, NULL));
    assert_string_equal(arguments[1].text, "");
    assert_true(parse("firm(e=0.5, style=)", &strategy, arguments, NULL));
    assert_string_equal(arguments[1].text, "");
}

static void values_may_be_specifications_themselves(void **state) {
    (void)state;
    static const struct {
        const char *spec, *bidding, *opponent;
    } nested[] = {
        {"boa(bidding=linear(k=0.1, e = (2)), opponent=f())", "linear(k=0.1, e = (2))", "f()"},
        {"boa( bidding = a(b=c(d=e(f)),g) , every=2)", "a(b=c(d=e(f)),g)", "none"},
        {"boa(bidding=a()(b))", "a()(b)", "none"},
    };
    for (size_t i = 0; i < sizeof nested / sizeof nested[0]; i++) {
        const Strategy *strategy;
        Argument arguments[NP_MAX_PARAMETERS];
        assert_true(parse(nested[i].spec, &strategy, arguments, NULL));
        assert_string_equal(arguments[0].text, nested[i].bidding);
        assert_string_equal(arguments[1].text, nested[i].opponent);
    }
}

static void without_a_catalogue_only_the_form_is_checked(void **state) {
    (void)state;
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    StrategyCatalogue none = {0};
    assert_true(strategy_spec_parse("anything(x=1, y=z)", none, &strategy, arguments, NULL));
    assert_null(strategy);
    assert_false(strategy_spec_parse("anything(x=1", none, &strategy, arguments, NULL));
}

static const struct {
    const char *spec, *sentence;
} wrong[] = {
    {"", "expected the name of a strategy"},
    {"(e=1)", "expected the name of a strategy"},
    {"firn", "unknown strategy \"firn\"; did you mean firm?"},
    {"zebra", "unknown strategy \"zebra\"; known: firm, plain, boa"},
    {"firm(", "this \"(\" is never closed"},
    {"firm(e=0.1", "this \"(\" is never closed"},
    {"firm(e)", "expected parameter=value in \"firm(e)\""},
    {"firm(=1)", "expected parameter=value in \"firm(=1)\""},
    {"firm(e=)", "expected a value after \"e=\""},
    {"firm(e=0.1,)", "expected parameter=value after the comma"},
    {"firm(e=0.1,,)", "expected parameter=value in \"firm(e=0.1,,)\""},
    {"firm(e=0.1, e=0.2)", "parameter \"e\" is given twice"},
    {"firm(e=0.1)x", "nothing may follow the strategy's parameters"},
    {"firm firm", "nothing may follow the strategy's parameters"},
    {"firm(e=abc)", "e must be a number from 0.01 to 1, not \"abc\""},
    {"firm(e=nan)", "e must be a number from 0.01 to 1, not \"nan\""},
    {"firm(e=1e9)", "e=1e9 is out of range: 0.01 to 1"},
    {"boa(bidding=linear(e=1)", "this \"(\" is never closed"},
    {"boa(bidding=(linear))", "expected a value after \"bidding=\""},
    {"boa(bidding=a(b)) c)", "nothing may follow the strategy's parameters"},
    {"firm(e=f(1))", "e must be a number from 0.01 to 1, not \"f(1)\""},
    {"firm(stile=x)", "firm has no parameter \"stile\"; did you mean style?"},
    {"plain(e=1)", "plain has no parameter \"e\"; it takes none"},
};

static void a_wrong_specification_is_refused_with_a_sentence(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const Strategy *strategy;
        Argument arguments[NP_MAX_PARAMETERS];
        Error error = {0};
        char expected[512];
        assert_false(parse(wrong[i].spec, &strategy, arguments, &error));
        snprintf(expected, sizeof expected, "strategy \"%s\": %s", wrong[i].spec,
                 wrong[i].sentence);
        assert_string_equal(error.text, expected);
        assert_int_equal(error.kind, ERROR_SCENARIO);
    }
}

static void texts_and_specifications_have_bounds(void **state) {
    (void)state;
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    char spec[400];
    snprintf(spec, sizeof spec, "firm(style=%0127d)", 7);
    assert_true(parse(spec, &strategy, arguments, NULL));
    snprintf(spec, sizeof spec, "firm(style=%0128d)", 7);
    assert_false(parse(spec, &strategy, arguments, NULL));
    snprintf(spec, sizeof spec, "%0300d", 7);
    assert_false(parse(spec, &strategy, arguments, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(initial_values_fill_what_is_not_said),
        cmocka_unit_test(arguments_come_in_the_order_of_the_parameters),
        cmocka_unit_test(a_word_may_be_empty_as_records_write_it),
        cmocka_unit_test(values_may_be_specifications_themselves),
        cmocka_unit_test(without_a_catalogue_only_the_form_is_checked),
        cmocka_unit_test(a_wrong_specification_is_refused_with_a_sentence),
        cmocka_unit_test(texts_and_specifications_have_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
