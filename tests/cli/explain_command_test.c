/* explain from outside: each way of ending, branches and unfinished runs, and what it says no to. */
#include "tests/cli/shell.h"

#include <string.h>

/* Runs 1 to 6 end in the six ways; 7 branches from 1. */
static int set_up(void **state) {
    (void)state;
    shell_begin();
    assert_int_equal(
        shell("for s in agreement walk_out deadline stalled ratification agent_fault; do "
              "$N run $S/tests/scenarios/$s.yaml --lane memory -o a.record --quiet; done; "
              "$N branch a.record --run 1 --at 2025-01-05 --strategy west=conceder --lane memory "
              "--quiet"),
        0);
    assert_string_equal(shell_complaints(), "");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

static void every_way_of_ending_is_explained(void **state) {
    TRY({"$N explain a.record --run 1", 0, "How it ended\n  Agreement on ", NULL},
        {"$N explain a.record --run 2", 0, "No agreement, on 12 January 2025: west walked out",
         NULL},
        {"$N explain a.record --run 3", 0, "by then nobody had moved for 29d (events 1, 6)", NULL},
        {"$N explain a.record --run 4", 0, "in the 20d after that nobody asked", NULL},
        {"$N explain a.record --run 5", 0, "How the ratifiers voted\n", NULL},
        {"$N explain a.record --run 6", 0, "The agent of west failed: plan_ladder", NULL});
}

static void what_is_explained_is_the_run_that_is_meant(void **state) {
    TRY({"$N explain a.record", 0, "Run 7 of agreement, seed 1: ", NULL},
        {"$N explain a.record", 0, "; a branch, live from 6 January 2025 on\n", NULL},
        {"$N explain a.record --run 2", 0, "Run 2 of walk-out, seed 1: breakdown: walk_out (west)",
         NULL},
        {"$N explain a.record:3", 0, "Run 3 of deadline", NULL},
        {"$N explain a.record:3", 0, "\nResults are properties of the model and not forecasts.\n",
         NULL},
        {"$N explain a.record --run 9", 66, NULL, "a.record has no run 9; its last one is 7"},
        {"$N explain missing.record", 66, NULL, "missing.record"},
        {"$N explain", 64, NULL, "RECORD"},
        {"$N explain $S/tests/scenarios/agreement.yaml", 65, NULL, "agreement.yaml"});
}

static void it_needs_nothing_but_the_record(void **state) {
    TRY({"mkdir -p alone && cp a.record alone && cd alone && $N explain a.record --run 2", 0,
         "The package that came nearest stood in #3", NULL});
}

static void an_explanation_is_one_object(void **state) {
    TRY({"$N explain a.record --run 2 --json", 0,
         "{\"schema\":\"nonpaper.explain/1\",\"run\":2,\"scenario\":\"walk-out\",\"finished\":true,"
         "\"verdict\":\"breakdown\",\"reason\":\"walk_out\",\"seat\":\"west\",",
         NULL},
        {"$N explain a.record --run 2 --json", 0, "\"chain\":[9,8,7,6,5,3,1]", NULL},
        {"$N explain a.record --run 2 --json", 0,
         "\"nearest\":{\"event\":6,\"offer\":3,\"outcome\":{\"land\":\"shared\"},"
         "\"accepted_by\":[\"west\"],\"missing\":[\"east\"],\"unauthorised\":[]}",
         NULL},
        {"$N explain a.record --run 2 --json", 0,
         "\"walk_away\":{\"east\":{\"first\":0.9,\"last\":0.9,\"changes\":[]}", NULL},
        {"$N explain a.record --run 1 --json", 0, "\"nearest\":null", NULL},
        {"for r in 1 2 3 4 5 6 7; do $N explain a.record --run $r --json | python3 -c \""
         "import json,sys; e=json.load(sys.stdin); "
         "assert all(1 <= n <= e['events'] for f in e['findings'] for n in f['events']); "
         "assert all(f['events'] for f in e['findings']); print('sound')\"; done | sort | uniq -c",
         0, "      7 sound\n", NULL});
}

static void an_unfinished_run_is_explained_as_far_as_it_goes(void **state) {
    TRY({"timeout -s KILL 0.5 $N run $S/configs/01-hello.yaml --lane memory --speed 1 -o u.record "
         ">/dev/null 2>&1; $N explain u.record",
         0, "seed 1: unfinished", NULL},
        {"$N explain u.record", 0,
         "How it ended\n  The talks are not over; what is recorded of them ends on ", NULL},
        {"$N explain u.record --json", 0,
         "\"finished\":false,\"verdict\":null,\"reason\":null,\"seat\":null,\"ended_at\":null,",
         NULL});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_ending_is_explained),
        cmocka_unit_test(what_is_explained_is_the_run_that_is_meant),
        cmocka_unit_test(it_needs_nothing_but_the_record),
        cmocka_unit_test(an_explanation_is_one_object),
        cmocka_unit_test(an_unfinished_run_is_explained_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
