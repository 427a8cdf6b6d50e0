/* The same run over processes and in memory: equal digests, equal results, records that verify. */
#include <stdio.h>
#include <string.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

typedef struct Case {
    const char *scenario;
    int seeds;
    int code;
} Case;

static const Case cases[] = {
    {"configs/01-hello.yaml", 5, 0},
    {"configs/riyadh-2025.yaml", 5, 0},
    {"configs/riyadh-2025.yaml --horizon 10", 2, 0},
    {"configs/riyadh-2025-full.yaml", 1, 0},
    {"configs/europe-divided.yaml", 1, 0}, /* ten seats */
    {"configs/camp-david-1978.yaml", 1, 0},
    {"configs/textbook/single-text.yaml", 1, 0},
    {"tests/scenarios/agreement.yaml", 2, 0},
    {"tests/scenarios/alternating.yaml", 2, 0},
    {"tests/scenarios/deadline.yaml", 1, 0},
    {"tests/scenarios/partial.yaml", 1, 0},
    {"tests/scenarios/ratification.yaml", 2, 0},
    {"tests/scenarios/stalled.yaml", 1, 0},
    {"tests/scenarios/walk_out.yaml", 1, 0},
    {"tests/scenarios/agent_fault.yaml", 1, 3},
};

static Program run_lane(const Case *run, int seed, const char *lane) {
    char line[256];
    snprintf(line, sizeof line, "run $S/%s --seed %d --lane %s -o %s.db --json", run->scenario,
             seed, lane, lane);
    return program_run(run->code, line);
}

/* All that the object says but for the record's path, which comes last. */
static void assert_same_result(const Case *run, int seed) {
    Program processes = run_lane(run, seed, "processes"), memory = run_lane(run, seed, "memory");
    assert_true(json_is_one_object(processes.out));
    assert_true(json_is_one_object(memory.out));
    char *end = strstr(processes.out, ",\"record\":");
    assert_non_null(end);
    size_t length = (size_t)(end - processes.out);
    if (strncmp(processes.out, memory.out, length + 10) != 0)
        fail_msg("%s, seed %d:\n%s%s", run->scenario, seed, processes.out, memory.out);
    program_forget(&processes);
    program_forget(&memory);
}

static void both_lanes_give_the_same_run(void **state) {
    (void)state;
    int runs = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int seed = 1; seed <= cases[i].seeds; seed++, runs++)
            assert_same_result(&cases[i], seed);
    for (int run = 1; run <= runs; run++) {
        char line[64];
        const char *lanes[] = {"memory", "processes"};
        for (int lane = 0; lane < 2; lane++) {
            snprintf(line, sizeof line, "replay %s.db --run %d --verify", lanes[lane], run);
            Program replay = program_run(0, line);
            assert_non_null(strstr(replay.out, " verified: "));
            program_forget(&replay);
        }
    }
}

static void the_object_has_the_keys_of_the_contract(void **state) {
    (void)state;
    static const char *const keys[] = {
        "schema",   "run",     "scenario",       "seed",        "verdict",     "reason",
        "ended_at", "events",  "digest",         "agreement",   "partial",     "signatories",
        "in_force", "utility", "outside_option", "convergence", "zone_exists", "record"};
    Program run = program_run(0, "run $S/configs/riyadh-2025.yaml --seed 2 --json -o keys.db");
    char value[2048];
    assert_true(json_is_one_object(run.out));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (json_member(value, sizeof value, run.out, keys[i]) == NULL)
            fail_msg("\"%s\" is missing: %s", keys[i], run.out);
    assert_string_equal(json_member(value, sizeof value, run.out, "schema"), "\"nonpaper.run/1\"");
    assert_int_equal(strlen(json_member(value, sizeof value, run.out, "digest")), 66);
    program_forget(&run);
}

/* The world goes on where it was, and is told again as it was; what was not changed comes out the same. */
static void a_branch_in_a_world_is_the_same_in_both_lanes(void **state) {
    (void)state;
    static const char *const changes[] = {
        "", "--set world.variables.tempo.start=1.5 --set enforcement.hazard.base=0.2"};
    char digest[4][80], line[256];
    Program run = program_run(0, "run $S/configs/riyadh-2025.yaml --lane memory --json -o root.db");
    assert_non_null(json_member(digest[3], sizeof digest[3], run.out, "digest"));
    for (int change = 0; change < 2; change++) {
        for (int lane = 0; lane < 2; lane++) {
            snprintf(line, sizeof line,
                     "branch root.db --run 1 --at 2025-06-30 --lane %s --json -o root.db %s",
                     lane == 0 ? "memory" : "processes", changes[change]);
            Program branch = program_run(0, line);
            assert_non_null(json_member(digest[lane], sizeof digest[lane], branch.out, "digest"));
            program_forget(&branch);
            Program verify = program_run(0, "replay root.db --verify");
            program_forget(&verify);
        }
        assert_string_equal(digest[0], digest[1]);
        assert_int_equal(strcmp(digest[0], digest[3]) == 0, change == 0);
    }
    program_forget(&run);
}

/* How the processes wait and where they run is no part of what happens. */
static void cores_and_spinning_change_nothing(void **state) {
    (void)state;
    static const char *const ways[] = {"--cores one", "--cores all", "--cores all --spin 50",
                                       "--cores one --spin 20"};
    char digest[4][80], line[256];
    for (int i = 0; i < 4; i++) {
        snprintf(line, sizeof line, "run $S/configs/riyadh-2025.yaml --seed 9 --json -o ways.db %s",
                 ways[i]);
        Program run = program_run(0, line);
        assert_non_null(json_member(digest[i], sizeof digest[i], run.out, "digest"));
        assert_string_equal(digest[i], digest[0]);
        program_forget(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_lanes_give_the_same_run, place_open, place_close),
        cmocka_unit_test_setup_teardown(the_object_has_the_keys_of_the_contract, place_open,
                                        place_close),
        cmocka_unit_test_setup_teardown(a_branch_in_a_world_is_the_same_in_both_lanes, place_open,
                                        place_close),
        cmocka_unit_test_setup_teardown(cores_and_spinning_change_nothing, place_open, place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
