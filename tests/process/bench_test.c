/* nonpaper bench: every case is there with figures that make sense, and nothing stays behind. How fast it is
 * is not asked here: machines differ, and are busy. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

typedef struct Expected {
    const char *name, *unit;
    bool limited; /* has a limit and a ratio */
} Expected;

static const Expected expected[] = {
    {"processes/free", "rounds/s", true},
    {"processes/one-core", "rounds/s", true},
    {"processes/launch", "ms", false},
    {"processes/killed-agent", "ms", false},
    {"processes/multiplexed", "offers/s", true},
    {"memory/two-seats", "offers/s", true},
    {"memory/four-seats", "offers/s", true},
    {"memory/two-workers", "times", true},
    {"world/events", "events/s", true},
    {"world/runs", "runs/s", true},
    {"world/length", "events/s", true},
    {"world/ticks", "ticks/s", true},
    {"replay/verify", "events/s", false},
    {"record", "rows/s", true},
    {"recording/commit", "events/s", true},
    {"recording/checkpoint", "events/s", true},
    {"codec", "frames/s", true},
    {"agenda", "events/s", true},
    {"analysis/two-seats", "analyses/s", true},
    {"analysis/four-seats", "analyses/s", true},
    {"strategy/so-question", "calls/s", true},
    {"strategy/so-step", "steps/s", true},
    {"strategy/lua-question", "calls/s", true},
    {"strategy/lua-step", "steps/s", true},
    {"strategy/python-question", "calls/s", true},
    {"strategy/python-step", "steps/s", true},
};

enum { EXPECTED = sizeof expected / sizeof expected[0] };

static void assert_figure(const char *object, const char *key, bool is_number) {
    char value[64];
    if (json_member(value, sizeof value, object, key) == NULL) fail_msg("no %s: %s", key, object);
    if (!is_number) {
        assert_string_equal(value, "null");
        return;
    }
    char *end;
    double number = strtod(value, &end);
    if (*end != '\0' || !(number > 0 && number < 1e12))
        fail_msg("%s is %s: %s", key, value, object);
}

static void assert_case(const char *cases, const Expected *wanted) {
    char beginning[64], object[1024], value[64];
    snprintf(beginning, sizeof beginning, "{\"name\":\"%s\"", wanted->name);
    const char *begin = strstr(cases, beginning);
    if (begin == NULL) fail_msg("no case %s: %s", wanted->name, cases);
    snprintf(object, sizeof object, "%.*s\n", (int)(strchr(begin, '}') + 1 - begin), begin);
    assert_true(json_is_one_object(object));
    assert_figure(object, "value", true);
    assert_figure(object, "limit", wanted->limited);
    assert_figure(object, "ratio", wanted->limited);
    char unit[64];
    snprintf(unit, sizeof unit, "\"%s\"", wanted->unit);
    assert_string_equal(json_member(value, sizeof value, object, "unit"), unit);
}

static void every_case_has_its_figures(void **state) {
    (void)state;
    char value[64];
    static char cases[16384];
    Program bench = program_run(0, "bench --quick --json");
    assert_true(json_is_one_object(bench.out));
    assert_string_equal(json_member(value, sizeof value, bench.out, "schema"),
                        "\"nonpaper.bench/1\"");
    assert_non_null(json_member(cases, sizeof cases, bench.out, "cases"));
    for (size_t i = 0; i < EXPECTED; i++) assert_case(cases, &expected[i]);
    program_forget(&bench);
    assert_nothing_left();
}

static void people_get_a_line_a_case(void **state) {
    (void)state;
    Program bench = program_run(0, "bench --quick parts");
    assert_non_null(strstr(bench.out, "\ncodec  "));
    assert_non_null(strstr(bench.out, "\nagenda  "));
    assert_null(strstr(bench.out, "memory/"));
    program_forget(&bench);
}

static void an_unknown_subject_is_refused(void **state) {
    (void)state;
    Program bench = program_run(64, "bench exchnage");
    assert_non_null(strstr(bench.err, "did you mean exchange?"));
    program_forget(&bench);
}

static void an_interrupted_bench_leaves_nothing(void **state) {
    (void)state;
    Program bench = program_start("bench exchange");
    pause_ms(400);
    kill(bench.pid, SIGINT);
    assert_int_equal(program_finish(&bench), 130);
    program_forget(&bench);
    assert_nothing_left();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_case_has_its_figures, place_open, place_close),
        cmocka_unit_test_setup_teardown(people_get_a_line_a_case, place_open, place_close),
        cmocka_unit_test_setup_teardown(an_unknown_subject_is_refused, place_open, place_close),
        cmocka_unit_test_setup_teardown(an_interrupted_bench_leaves_nothing, place_open,
                                        place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
