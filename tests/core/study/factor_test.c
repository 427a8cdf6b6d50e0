#include "core/study/factor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"
#include "core/scenario/scenario.h"
#include "tests/core/scenario/base_scenario.h"

static Arena arena;

static int open_arena(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_finish(&arena);
    return 0;
}

static Factor parsed(const char *text) {
    Factor factor;
    Error error = {0};
    if (!factor_parse(&factor, text, &arena, &error)) fail_msg("%s: %s", text, error.text);
    return factor;
}

/* --- levels --- */

/* The levels, with a "|" between them. */
static char *levels_of(const char *text) {
    Factor factor = parsed(text);
    Text out = {0};
    assert_int_equal(factor.kind, FACTOR_LEVELS);
    for (uint32_t i = 0; i < factor.levels; i++)
        text_addf(&out, "%s%s", i == 0 ? "" : "|", factor.level[i]);
    char *copy = arena_text(&arena, text_get(&out), out.length);
    text_finish(&out);
    return copy;
}

static const struct {
    const char *text, *levels;
} lists[] = {
    {"a.b=1", "1"},
    {"a.b=1,2,3", "1|2|3"},
    {"a.b= 1 , 2", "1|2"},
    {"seats.us.strategy=boulware(e=0.2),conceder", "boulware(e=0.2)|conceder"},
    {"s=boa(bidding=boulware(e=0.2),every=3),mine.so(a=1,b=2)",
     "boa(bidding=boulware(e=0.2),every=3)|mine.so(a=1,b=2)"},
    {"w={a: 0.5, b: 0.5},{a: 1, b: 0}", "{a: 0.5, b: 0.5}|{a: 1, b: 0}"},
    {"l=[a, b],[]", "[a, b]|[]"},
    {"t=\"a, b\",'c, (d',e", "\"a, b\"|'c, (d'|e"},
    {"t=\"a \\\" , b\",c", "\"a \\\" , b\"|c"},
    {"t=don't,it's", "don't|it's"},
    {"d=2025-03-01,2025-04-01T12:30:00", "2025-03-01|2025-04-01T12:30:00"},
    {"d=2025-04-01T12:30:00", "2025-04-01T12:30:00"},
    {"p=dir/x:y,z", "dir/x:y|z"},
    {"m={a: 1}", "{a: 1}"},
};

static void levels_are_split_outside_of_brackets_and_quotes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        assert_string_equal(levels_of(lists[i].text), lists[i].levels);
}

static const struct {
    const char *text, *levels;
} steps[] = {
    {"a=0:1:0.1", "0|0.1|0.2|0.3|0.4|0.5|0.6|0.7|0.8|0.9|1"},
    {"a=0.1:0.5:0.2", "0.1|0.3|0.5"},
    {"a=-0.2:0.2:0.1", "-0.2|-0.1|0|0.1|0.2"},
    {"a=1:3:1", "1|2|3"},
    {"a=1.0:1.5:.25", "1|1.25|1.5"},
    {"a=999999:1000001:1", "999999|1000000|1000001"},
    {"a=1e-3:3e-3:1e-3", "0.001|0.002|0.003"},
    {"a=0.7:0.9:0.05", "0.7|0.75|0.8|0.85|0.9"},
    {"a= 1 : 2 : 1 ", "1|2"},
    {"time.deadline=30d:90d:30d", "30d|60d|90d"},
    {"time.deadline=0w:2w:1w", "0w|1w|2w"},
};

static void steps_are_reckoned_on_the_digits_as_written(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        assert_string_equal(levels_of(steps[i].text), steps[i].levels);
}

/* Every level reads back as the double that is nearest to the decimal, as many steps as there may be. */
static void ten_thousand_steps_lose_nothing(void **state) {
    (void)state;
    Factor factor = parsed("a=0:0.9999:0.0001");
    assert_int_equal(factor.levels, 10000);
    for (uint32_t i = 0; i < factor.levels; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "0.%04u", i);
        assert_true(strtod(factor.level[i], NULL) == strtod(expected, NULL));
        assert_true(strlen(factor.level[i]) <= 6);
    }
}

/* --- what is refused --- */

static const struct {
    const char *text, *complaint;
} wrong[] = {
    {"a.b",
     "factor: expected PATH=VALUES, such as seats.us.reservation=0.2,0.4\n    a.b\n       ^"},
    {"=1", "factor: expected words joined by dots, such as time.deadline\n    =1\n    ^"},
    {"a..b=1",
     "factor: expected words joined by dots, such as time.deadline\n    a..b=1\n    ^~~~"},
    {"a=", "a: expected values here\n    a=\n      ^"},
    {"a=1,,2", "a: expected a value here\n    a=1,,2\n        ^"},
    {"a=1,2,", "a: expected a value here\n    a=1,2,\n          ^"},
    {"a=1,2,1", "a: this level is there already\n    a=1,2,1\n          ^"},
    {"a=f(x,g", "a: this bracket is never closed\n    a=f(x,g\n       ^"},
    {"a=f)x", "a: this \")\" closes nothing\n    a=f)x\n       ^"},
    {"a=[1,2),3", "a: this \")\" closes nothing\n    a=[1,2),3\n          ^"},
    {"a='x,y", "a: this quote is never closed\n    a='x,y\n      ^"},
    {"a=0:1:0.3",
     "a: the steps do not end here; they come to 0.9 and 1.2\n    a=0:1:0.3\n        ^"},
    {"a=0:1:0", "a: a step must be more than 0\n    a=0:1:0\n          ^"},
    {"a=1:0:0.1", "a: must be more than what it begins with, 1\n    a=1:0:0.1\n        ^"},
    {"a=1:1", "a: must be more than what it begins with, 1\n    a=1:1\n        ^"},
    {"a=0:1:", "a: expected a number here\n    a=0:1:\n          ^"},
    {"a=0:1:1:1", "a: expected lo:hi or lo:hi:step, not 4 parts\n    a=0:1:1:1\n      ^~~~~~~"},
    {"a=0:x",
     "a: expected a number of at most 15 digits, or a duration such as 30d\n    a=0:x\n        ^"},
    {"a=30d:90h", "a: all must have the unit of the first, \"30d\"\n    a=30d:90h\n          ^~~"},
    {"a=0.5d:2d",
     "a: durations in steps are whole numbers, such as 30d\n    a=0.5d:2d\n      ^~~~"},
    {"a=1d:100001d", "a: durations are at most 100,000 days\n    a=1d:100001d\n         ^~~~~~~"},
    {"a=0:1:0.00001",
     "a: this makes 100001 levels; at most 10000\n    a=0:1:0.00001\n          ^~~~~~~"},
    {"a=1e20:1e-20", "a: these are more than 15 digits apart\n    a=1e20:1e-20\n           ^~~~~"},
    {"w=rank(a)", "w: expected \">\" and a second item\n    w=rank(a)\n           ^"},
    {"w=rank(a > )", "w: expected an item to rank here\n    w=rank(a > )\n              ^"},
    {"w=rank(a > b > a)", "w: ranked twice\n    w=rank(a > b > a)\n                   ^"},
    {"w=rank(a; b > c)", "w: an item is 1 to 64 of A-Z, a-z, 0-9, _, ., + and -\n    w=rank(a; b > "
                         "c)\n           ^~~~"},
    {"w=rank(a = b, c)", "w: \"=\" and \",\" in one tier: are they equal, or not ranked?\n    "
                         "w=rank(a = b, c)\n                ^"},
    {"w=rank(x > a, b = c)", "w: \"=\" and \",\" in one tier: are they equal, or not ranked?\n    "
                             "w=rank(x > a, b = c)\n                    ^"},
    {"w=rnk(a > b)", "w: did you mean rank?\n    w=rnk(a > b)\n      ^~~"},
    {"w=(a > b)", "w: a ranking is written rank(first > second > third)\n    w=(a > b)\n      ^"},
    {"a\x1b=,", "a\\x1b: expected a value here\n    a\\x1b=,\n          ^"},
};

static void what_is_wrong_is_pointed_at(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Factor factor;
        Error error = {0};
        assert_false(factor_parse(&factor, wrong[i].text, &arena, &error));
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_string_equal(error.text, wrong[i].complaint);
    }
}

static void a_long_text_is_shown_around_the_place(void **state) {
    (void)state;
    Text text = {0};
    Factor factor;
    Error error = {0};
    text_add(&text, "seats.us.reservation=");
    for (int i = 0; i < 400; i++) text_addf(&text, "0.%03d,", i + 1);
    text_add(&text, ",0.5");
    assert_false(factor_parse(&factor, text_get(&text), &arena, &error));
    const char *second = strchr(error.text, '\n') + 1, *third = strchr(second, '\n') + 1;
    assert_true(third - second < 120);
    assert_memory_equal(second + (strchr(third, '^') - third) - 1, ",,0.5", 5);
    text_finish(&text);
}

static void lists_have_bounds(void **state) {
    (void)state;
    Text text = {0};
    Factor factor;
    Error error = {0}, longer = {0};
    text_add(&text, "a=0");
    for (int i = 1; i <= 10000; i++) text_addf(&text, ",%d", i);
    assert_false(factor_parse(&factor, text_get(&text), &arena, &error));
    assert_memory_equal(error.text, "a: at most 10000 levels", 23);
    for (int i = 0; i < 4000; i++) text_add(&text, ",22222");
    assert_false(factor_parse(&factor, text_get(&text), &arena, &longer));
    assert_string_equal(longer.text, "a factor of more than 65536 bytes");
    text_finish(&text);
}

/* --- choosing --- */

static char *setting_of(const Factor *factor, const double *unit) {
    Text out = {0};
    factor_setting(factor, unit, &out);
    char *copy = arena_text(&arena, text_get(&out), out.length);
    text_finish(&out);
    return copy;
}

static void levels_are_equally_likely_and_in_order(void **state) {
    (void)state;
    Factor factor = parsed("a.b=x,y,z");
    assert_string_equal(setting_of(&factor, (double[]){0}), "a.b=x");
    assert_string_equal(setting_of(&factor, (double[]){0.34}), "a.b=y");
    assert_string_equal(setting_of(&factor, (double[]){0.99}), "a.b=z");
    assert_string_equal(setting_of(&factor, (double[]){1 - 0x1p-53}), "a.b=z");
}

static void ranges_reach_from_end_to_end(void **state) {
    (void)state;
    Factor factor = parsed("a=-1:1");
    assert_int_equal(factor.kind, FACTOR_RANGE);
    assert_string_equal(setting_of(&factor, (double[]){0}), "a=-1");
    assert_string_equal(setting_of(&factor, (double[]){0.75}), "a=0.5");
    assert_true(factor_number(&factor, (double[]){1 - 0x1p-53}) <= 1);
    Factor third = parsed("a=0:0.3");
    char *shown = setting_of(&third, (double[]){1.0 / 3});
    assert_true(strtod(shown + 2, NULL) == factor_number(&third, (double[]){1.0 / 3}));
}

static void ranges_of_durations_are_chosen_to_the_second(void **state) {
    (void)state;
    Factor factor = parsed("time.deadline=30d:90d");
    assert_string_equal(setting_of(&factor, (double[]){0}), "time.deadline=30d");
    assert_string_equal(setting_of(&factor, (double[]){0.5}), "time.deadline=60d");
    assert_true(factor_number(&factor, (double[]){0.25}) == 45);
    assert_string_equal(setting_of(&factor, (double[]){0.25 + 1.0 / (60 * 86400)}),
                        "time.deadline=45d1s");
}

static void numbers_for_statistics(void **state) {
    (void)state;
    const double last[] = {0.9};
    Factor numbers = parsed("a=0.2,1e-3,7"), words = parsed("a=x,y,z"), mixed = parsed("a=5,6,x");
    Factor days = parsed("a=12h,1d,36h"), long_ones = parsed("a=0.1,0.33333333333333331");
    assert_true(factor_number(&numbers, last) == 7);
    assert_true(factor_number(&words, last) == 2);
    assert_true(factor_is_words(&words) && factor_is_words(&mixed));
    assert_false(factor_is_words(&numbers) || factor_is_words(&days));
    assert_true(factor_number(&mixed, (double[]){0}) == 0); /* the place, as for the others */
    assert_true(factor_number(&days, last) == 1.5);
    assert_true(factor_number(&long_ones, last) == 1.0 / 3);
}

/* --- rankings --- */

static void tied_and_silent_items(void **state) {
    (void)state;
    Factor factor = parsed("w=rank(a > b = c = d > e, f)");
    assert_int_equal(factor.kind, FACTOR_RANKED);
    assert_int_equal(factor.ranked, 6);
    assert_int_equal(factor.tied, 4 | 8);
    assert_int_equal(factor.silent, 32);
    assert_int_equal(factor_dimensions(&factor), 6);
    assert_string_equal(factor.item[5], "f");
    assert_int_equal(factor_dimensions(&(Factor){.kind = FACTOR_RANGE}), 1);
}

/* Reads "w={a: x, b: y}". */
static void read_weights(const char *setting, uint32_t count, double *weight) {
    for (uint32_t i = 0; i < count; i++) {
        setting = strchr(setting, ':') + 1;
        weight[i] = strtod(setting, NULL);
    }
}

static void draw_weights(const Factor *factor, Rng *rng, double *weight) {
    double unit[FACTOR_MOST_RANKED];
    for (uint32_t d = 0; d < factor_dimensions(factor); d++) unit[d] = rng_unit(rng);
    Text out = {0};
    factor_setting(factor, unit, &out);
    read_weights(text_get(&out), factor->ranked, weight);
    text_finish(&out);
    assert_true(factor_number(factor, unit) == weight[0]);
}

/* Order, ties and sum of one draw. */
static void check_weights(const Factor *factor, const double *weight) {
    double sum = weight[0], tier = 1,
           least = weight[0]; /* the least of the tier before; of this one so far */
    for (uint32_t i = 1; i < factor->ranked; i++) {
        sum += weight[i];
        if (factor->tied >> i & 1u) assert_true(weight[i] == weight[i - 1]);
        if (((factor->tied | factor->silent) >> i & 1u) == 0) {
            tier = least;
            least = weight[i];
        }
        assert_true(weight[i] <= tier && weight[i] >= 0);
        if (weight[i] < least) least = weight[i];
    }
    assert_true(sum > 1 - 1e-12 && sum < 1 + 1e-12);
}

enum { DRAWS = 40000, FEW = 7 };

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

static const struct {
    const char *text;
    double mean[FEW];
} centroids[] = {
    /* Edwards and Barron 1994, table of ROC weights for five attributes. */
    {"w=rank(a > b > c > d > e)", {0.4567, 0.2567, 0.1567, 0.09, 0.04}},
    /* Where the order is silent, or ties, a tier shares: the United States in configs/riyadh-2025.yaml. */
    {"w=rank(a > b > c = d = e = f = g)", {0.3704, 0.2276, 0.0804, 0.0804, 0.0804, 0.0804, 0.0804}},
    {"w=rank(a > b > c, d, e, f, g)", {0.3704, 0.2276, 0.0804, 0.0804, 0.0804, 0.0804, 0.0804}},
    {"w=rank(a, b, c > d)", {0.3125, 0.3125, 0.3125, 0.0625}},
    {"w=rank(a = b)", {0.5, 0.5}},
    {"w=rank(a, b)", {0.5, 0.5}},
};

static void the_means_of_a_ranking_are_its_centroid(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof centroids / sizeof centroids[0]; c++) {
        Factor factor = parsed(centroids[c].text);
        Rng rng = rng_stream(rng_key(7, centroids[c].text));
        double mean[FEW] = {0}, weight[FEW];
        for (int draw = 0; draw < DRAWS; draw++) {
            draw_weights(&factor, &rng, weight);
            check_weights(&factor, weight);
            for (uint32_t i = 0; i < factor.ranked; i++) mean[i] += weight[i] / DRAWS;
        }
        for (uint32_t i = 0; i < factor.ranked; i++)
            assert_true(near(mean[i], centroids[c].mean[i], 0.004));
    }
}

/* Against drawing any weights, the gaps between three points on a line, and keeping those that respect the order. */
static void a_ranking_is_uniform_on_what_it_allows(void **state) {
    (void)state;
    Factor factor = parsed("w=rank(a > b, c > d)");
    Rng rng = rng_stream(rng_key(8, "order")), gaps = rng_stream(rng_key(8, "gaps"));
    double square[16] = {0}, expected[16] = {0}, w[4];
    for (int draw = 0; draw < DRAWS; draw++) {
        draw_weights(&factor, &rng, w);
        for (int i = 0; i < 16; i++) square[i] += w[i / 4] * w[i % 4] / DRAWS;
    }
    for (int kept = 0; kept < DRAWS;) {
        double cut[5] = {0, 0, 0, 0, 1};
        for (int i = 1; i < 4; i++) {
            double x = rng_unit(&gaps);
            int at = i;
            for (; at > 1 && cut[at - 1] > x; at--) cut[at] = cut[at - 1];
            cut[at] = x;
        }
        for (int i = 0; i < 4; i++) w[i] = cut[i + 1] - cut[i];
        if (w[0] < w[1] || w[0] < w[2] || w[1] < w[3] || w[2] < w[3]) continue;
        for (int i = 0; i < 16; i++) expected[i] += w[i / 4] * w[i % 4] / DRAWS;
        kept++;
    }
    for (int i = 0; i < 16; i++) assert_true(near(square[i], expected[i], 0.004));
}

static void corners_of_chance_give_weights(void **state) {
    (void)state;
    Factor factor = parsed("w=rank(a > b)"), equal = parsed("w=rank(a = b)");
    Factor silent = parsed("w=rank(a, b)"), three = parsed("w=rank(a = b = c)");
    assert_string_equal(setting_of(&factor, (double[]){0, 0}), "w={a: 0.5, b: 0.5}");
    assert_string_equal(setting_of(&factor, (double[]){0.5, 0}), "w={a: 1, b: 0}");
    assert_string_equal(setting_of(&factor, (double[]){0, 0.5}), "w={a: 1, b: 0}");
    assert_string_equal(setting_of(&equal, (double[]){0, 0.5}), "w={a: 0.5, b: 0.5}");
    assert_string_equal(setting_of(&silent, (double[]){0, 0.5}), "w={a: 0, b: 1}");
    assert_string_equal(setting_of(&three, (double[]){0, 0, 0}),
                        "w={a: 0.3333333333333333, b: 0.3333333333333333, c: 0.3333333333333333}");
}

/* --- scenarios take them --- */

static Scenario *read_with(const Factor *factor, const double *unit) {
    char *text = setting_of(factor, unit), *equals = strchr(text, '=');
    *equals = '\0';
    const Setting setting = {text, equals + 1};
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario =
        base_read(base_scenario, strlen(base_scenario), &setting, 1, &complaints, &error);
    if (scenario == NULL) print_error("%s", text_get(&complaints));
    assert_non_null(scenario);
    text_finish(&complaints);
    return scenario;
}

static void a_scenario_takes_every_kind(void **state) {
    (void)state;
    static const char *const texts[] = {
        "seats.east.weights=rank(money > land)",
        "seats.west.weights=rank(land = money)",
        "seats.west.reservation=0:0.9",
        "time.deadline=30d:90d",
        "time.deadline=30d:90d:30d",
        "seats.east.strategy=firm(e=0.2),boa(every=3),plain",
    };
    Rng rng = rng_stream(rng_key(9, "scenarios"));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Factor factor = parsed(texts[i]);
        for (int draw = 0; draw < 50; draw++) {
            double unit[2] = {rng_unit(&rng), 0};
            unit[1] = rng_unit(&rng);
            scenario_destroy(read_with(&factor, unit));
        }
    }
}

static void a_scenario_gets_the_weights_that_were_drawn(void **state) {
    (void)state;
    Factor factor = parsed("seats.west.weights=rank(money > land)");
    Scenario *scenario = read_with(&factor, (double[]){0.5, 0.875}); /* log 2 against log 8 */
    assert_int_equal(scenario->negotiation.profile[1].value[1][0], 750000000);
    assert_int_equal(scenario->negotiation.profile[1].value[0][2], 250000000);
    scenario_destroy(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_split_outside_of_brackets_and_quotes),
        cmocka_unit_test(steps_are_reckoned_on_the_digits_as_written),
        cmocka_unit_test(ten_thousand_steps_lose_nothing),
        cmocka_unit_test(what_is_wrong_is_pointed_at),
        cmocka_unit_test(a_long_text_is_shown_around_the_place),
        cmocka_unit_test(lists_have_bounds),
        cmocka_unit_test(levels_are_equally_likely_and_in_order),
        cmocka_unit_test(ranges_reach_from_end_to_end),
        cmocka_unit_test(ranges_of_durations_are_chosen_to_the_second),
        cmocka_unit_test(numbers_for_statistics),
        cmocka_unit_test(tied_and_silent_items),
        cmocka_unit_test(the_means_of_a_ranking_are_its_centroid),
        cmocka_unit_test(a_ranking_is_uniform_on_what_it_allows),
        cmocka_unit_test(corners_of_chance_give_weights),
        cmocka_unit_test(a_scenario_takes_every_kind),
        cmocka_unit_test(a_scenario_gets_the_weights_that_were_drawn),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
