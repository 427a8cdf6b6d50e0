/* Strategies in Lua as people play them: the digests of their twins in C, in one process and over processes; faults
 * that say where. */
#include <stdio.h>
#include <string.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

#define SCRIPTS "$S/tests/agents/scripts/"

static void read_digest(char digest[128], const char *line) {
    Program run = program_run(0, line);
    assert_non_null(json_member(digest, 128, run.out, "digest"));
    program_forget(&run);
}

static const struct {
    const char *scenario, *seats[4];
} tables[] = {
    {"configs/01-hello.yaml", {"upper", "lower"}},
    {"configs/river-dam.yaml", {"highfield", "lowmead"}},
    {"tests/scenarios/alternating.yaml", {"north", "south", "west"}},
};

enum { TABLES = sizeof tables / sizeof tables[0], LANES = 2 };
static const char *const lanes[LANES] = {"memory", "processes"};

/* Every seat plays the strategy. */
static void run_all(char digest[128], int table, const char *lane, const char *strategy) {
    char line[1024];
    int length = snprintf(line, sizeof line, "run $S/%s --seed 5 --lane %s --json -o twins.db",
                          tables[table].scenario, lane);
    for (int seat = 0; tables[table].seats[seat] != NULL; seat++)
        length += snprintf(line + length, sizeof line - (size_t)length, " --strategy %s=%s(e=0.3)",
                           tables[table].seats[seat], strategy);
    read_digest(digest, line);
}

static void the_same_strategy_in_c_and_in_lua_has_one_digest(void **state) {
    (void)state;
    char in_c[128], in_lua[128];
    for (int table = 0; table < TABLES; table++)
        for (int lane = 0; lane < LANES; lane++) {
            run_all(in_c, table, lanes[lane], "boulware");
            run_all(in_lua, table, lanes[lane], SCRIPTS "time_dependent.lua");
            assert_string_equal(in_lua, in_c);
        }
    for (int run = 1; run <= 2 * TABLES * LANES; run++) {
        char line[64];
        snprintf(line, sizeof line, "replay twins.db --run %d --verify", run);
        Program replay = program_run(0, line);
        assert_non_null(strstr(replay.out, " verified: "));
        program_forget(&replay);
    }
}

static void a_script_that_fails_is_a_fault_of_its_seat_and_says_where(void **state) {
    (void)state;
    for (int lane = 0; lane < LANES; lane++) {
        char line[512];
        snprintf(line, sizeof line,
                 "run $S/configs/riyadh-2025.yaml --lane %s -o fault%d.db --json --strategy "
                 "russia=" SCRIPTS "fails_later.lua",
                 lanes[lane], lane);
        Program run = program_run(3, line);
        assert_non_null(strstr(run.out, "\"reason\":\"agent_fault\""));
        program_forget(&run);
        snprintf(line, sizeof line, "log fault%d.db --kind fault", lane);
        Program log = program_run(0, line);
        if (strstr(log.out, "fails_later.lua:9: the second time is too much") == NULL)
            fail_msg("%s", log.out);
        program_forget(&log);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_strategy_in_c_and_in_lua_has_one_digest,
                                        place_open, place_close),
        cmocka_unit_test_setup_teardown(a_script_that_fails_is_a_fault_of_its_seat_and_says_where,
                                        place_open, place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
