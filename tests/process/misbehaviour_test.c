/* Agents that fail for good in talks that go on without them, over real processes: one digest in both lanes, verified,
 * branched, reproduced, told; and the broker may be killed at any moment of it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

static const char *const policies[] = {"skip", "conceder(e=1)"};

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

/* Asks for its best, and fails the fourth time it is asked. */
static void write_script(void) {
    FILE *file = fopen("fails.lua", "w");
    assert_non_null(file);
    fputs("return {name = 'fails', summary = 'fails the fourth time',\n"
          "  open = function() return {asked = 0} end,\n"
          "  act = function(state, host, now, reply)\n"
          "    state.asked = state.asked + 1\n"
          "    if state.asked == 4 then error('the fourth time is too much') end\n"
          "    reply.offer(host.best())\n"
          "    reply.wake(now + 3 * host.day)\n"
          "  end}\n",
          file);
    fclose(file);
}

/* A failing russia under one of the policies; `more` are further options. */
static const char *talks(const char *policy, const char *more) {
    static char line[400];
    snprintf(line, sizeof line,
             "run $S/configs/riyadh-2025.yaml --seed 2 --json --strategy russia=./fails.lua "
             "--set seats.russia.on_fault=%s %s",
             policy, more);
    return line;
}

static void take_digest(Program *program, char digest[80]) {
    assert_non_null(json_member(digest, 80, program->out, "digest"));
    program_forget(program);
}

static void assert_digest(int code, const char *line, const char *expected) {
    char digest[80];
    Program program = program_run(code, line);
    take_digest(&program, digest);
    assert_string_equal(digest, expected);
}

static void assert_output(const char *line, const char *words) {
    Program program = program_run(0, line);
    assert_says(program.out, words);
    program_forget(&program);
}

/* Nobody else can come to a seat whose agent has failed. */
static void assert_settled(const char *line) {
    Program program = program_run(64, line);
    assert_says(program.err, "--strategy: the agent of russia failed on ");
    assert_says(program.err, "branch before it");
    program_forget(&program);
}

static void talks_go_on_and_are_the_same_wherever_they_are_played(void **state) {
    (void)state;
    write_script();
    for (int i = 0; i < 2; i++) {
        char digest[80];
        Program run = program_run(0, talks(policies[i], "--lane memory -o a.db"));
        take_digest(&run, digest);
        assert_digest(0, talks(policies[i], "-o a.db"), digest);
        assert_digest(0, "replay a.db --verify --json", digest);
        assert_output("reproduce a.db --check", "same");
        /* A branch after the fault keeps it, in either lane; what is not changed comes out the same. */
        assert_digest(0, "branch a.db --at 2025-06-30 --json --lane memory -o b.db", digest);
        assert_digest(0, "branch a.db --at 2025-06-30 --json -o b.db", digest);
        assert_digest(0, "replay b.db --verify --json", digest);
        Program other = program_run(
            0, "branch a.db --at 2025-06-30 --strategy us=conceder --lane memory -o c.db");
        program_forget(&other);
        assert_output("replay c.db --verify", " verified: ");
        assert_output("log a.db --kind fault --json", i == 0 ? "\"skip\"" : "\"substitute\"");
        assert_output("replay a.db", "The agent of Russia failed: fails.lua:5: the fourth");
        assert_output("branch a.db --at 2025-06-30 --json --lane memory -o d.db",
                      "\"faults\":{\"russia\":\"fails.lua:5: the fourth");
        assert_settled(
            "branch a.db --at 2025-06-30 --lane memory -o d.db --strategy russia=linear");
        assert_output("branch a.db --at 2 --json --lane memory -o d.db --strategy russia=linear",
                      "\"run\":");
        assert_nothing_left();
    }
}

/* The broker may be killed before the fault, at it, and after. */
static void the_broker_may_be_killed_at_any_moment(void **state) {
    (void)state;
    write_script();
    for (int i = 0; i < 8; i++) {
        char digest[80];
        Program run = program_run(0, talks(policies[i % 2], "--lane memory -o whole.db"));
        take_digest(&run, digest);
        remove("killed.db");
        Program killed = program_start(talks(policies[i % 2], "--speed 800 -o killed.db"));
        pid_t broker = process_await("nonpaper broker ");
        process_await("nonpaper agent europe ");
        pause_ms(40 + 45 * i);
        kill(broker, SIGKILL);
        program_finish(&killed);
        program_forget(&killed);
        forget_runtime();
        Program runs = program_start("runs killed.db");
        bool begun = program_finish(&runs) == 0;
        bool unfinished = strstr(runs.out, "unfinished") != NULL;
        program_forget(&runs);
        if (!begun) continue;
        if (unfinished) assert_digest(0, "resume killed.db --run 1 --json", digest);
        assert_digest(0, "replay killed.db --verify --json", digest);
    }
}

/* Killed as often as it comes back: the others play on, and the record holds where it ended. */
static void a_killed_agent_is_replaced_when_nobody_starts_it_again(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        char line[256];
        snprintf(line, sizeof line,
                 "run $S/configs/riyadh-2025.yaml --speed 800 --restarts 0 --set "
                 "seats.us.on_fault=%s -o killed.db",
                 policies[i]);
        Program run = program_start(line);
        program_await_words(&run, "2025");
        kill(process_await("nonpaper agent us "), SIGKILL);
        assert_int_equal(program_finish(&run), 0);
        program_forget(&run);
        assert_nothing_left();
        assert_output("log killed.db --kind fault", i == 0 ? "(skip)" : "(substitute)");
        assert_output("replay killed.db --verify", " verified: ");
        assert_output("branch killed.db --at 2025-09-30 --lane memory -o later.db", "Recorded");
        assert_output("replay later.db --verify", " verified: ");
    }
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(talks_go_on_and_are_the_same_wherever_they_are_played),
        IN_A_PLACE(the_broker_may_be_killed_at_any_moment),
        IN_A_PLACE(a_killed_agent_is_replaced_when_nobody_starts_it_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
