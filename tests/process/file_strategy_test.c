/* Strategies from files, in real runs: found, hashed, the same in both lanes, asked again by verify, and missed when
 * they are gone or have changed. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

#define HELLO  "$S/configs/01-hello.yaml"
#define PLAYED "run " HELLO " --strategy upper=./patient.so(every=2) -o r.db --json "

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

static void bring(const char *plugin, const char *as) {
    char command[1024];
    snprintf(command, sizeof command, "cp " NONPAPER_BINARY_DIR "/tests/plugins/%s.so %s", plugin,
             as);
    assert_int_equal(system(command), 0);
}

static void assert_run(int code, const char *line, const char *words) {
    Program program = program_run(code, line);
    assert_says(code == 0 ? program.out : program.err, words);
    program_forget(&program);
}

static void digest_of(const char *line, char digest[80]) {
    Program run = program_run(0, line);
    assert_non_null(json_member(digest, 80, run.out, "digest"));
    program_forget(&run);
}

static void both_lanes_give_one_digest(void **state) {
    (void)state;
    char contained[80], trusted[80], inside[80];
    bring("patient", "patient.so");
    digest_of(PLAYED, contained);
    digest_of(PLAYED "--trust", trusted);
    digest_of(PLAYED "--trust --lane memory", inside);
    assert_string_equal(contained, trusted);
    assert_string_equal(contained, inside);
    assert_run(64, PLAYED "--lane memory", "say --trust");
    assert_nothing_left();
}

static void the_record_names_file_and_hash(void **state) {
    (void)state;
    bring("patient", "patient.so");
    assert_run(0, PLAYED, "\"agreement\"");
    assert_run(0, "runs r.db --json", "\"upper\":\"./patient.so#");
    assert_run(0, "replay r.db --verify", "run 1 verified");
    assert_run(0, "replay r.db --verify --trust", "run 1 verified");
    assert_run(0, "reproduce r.db -o again --check --trust", "every event is the same");
    assert_run(0, "branch r.db --at 2025-03-05 --json", "\"run\":2");
    assert_run(0, "replay r.db --verify", "run 2 verified");
    assert_nothing_left();
}

static void a_file_that_has_changed_or_is_gone_cannot_be_asked(void **state) {
    (void)state;
    static const char *const questions[] = {"replay r.db --verify", "reproduce r.db -o again",
                                            "branch r.db --at 2025-03-05"};
    bring("patient", "patient.so");
    assert_run(0, PLAYED, "\"agreement\"");
    bring("good", "patient.so");
    for (int i = 0; i < 3; i++) assert_run(125, questions[i], "has changed");
    unlink("patient.so");
    for (int i = 0; i < 3; i++) assert_run(125, questions[i], "cannot open the strategy");
    assert_int_equal(mkdir("patient.so", 0700), 0);
    for (int i = 0; i < 3; i++) assert_run(125, questions[i], "is not a file");
    /* A seat that plays something else from now on needs nothing of it. */
    assert_run(0, "branch r.db --at 2025-03-05 --strategy upper=linear --json", "\"run\":2");
}

static void a_scenario_finds_what_lies_beside_it(void **state) {
    (void)state;
    assert_int_equal(mkdir("scenes", 0700), 0);
    bring("patient", "scenes/patient.so");
    assert_int_equal(system("cp " NONPAPER_SOURCE_DIR "/configs/01-hello.yaml scenes/s.yaml"), 0);
    assert_run(0, "run scenes/s.yaml --strategy upper=patient.so -o r.db --json", "\"agreement\"");
    assert_run(0, "runs r.db --json", "\"scenes/patient.so#");
    assert_run(66, "run scenes/s.yaml --strategy upper=impatient.so -o r.db",
               "cannot open the strategy impatient.so");
}

static void a_folder_that_no_specification_can_name_is_said(void **state) {
    (void)state;
    assert_int_equal(mkdir("odd#1", 0700), 0);
    bring("patient", "odd#1/patient.so");
    assert_int_equal(system("cp " NONPAPER_SOURCE_DIR "/configs/01-hello.yaml odd#1/s.yaml"), 0);
    assert_run(125, "run odd#1/s.yaml --strategy upper=patient.so -o r.db",
               "cannot be named where it lies");
}

/* Whatever hangs in this process hears no first signal. */
static void the_second_interrupt_ends_what_is_stuck(void **state) {
    (void)state;
    static const int numbers[][2] = {{SIGTERM, SIGTERM}, {SIGINT, SIGTERM}, {SIGTERM, SIGINT}};
    assert_int_equal(symlink(NONPAPER_BINARY_DIR "/tests/hostile/endless_loop.so", "stuck.so"), 0);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        Program run = program_start("run " HELLO " --lane memory --trust -o s.db --strategy "
                                    "upper=./stuck.so");
        while (access("s.db-wal", F_OK) != 0) pause_ms(5);
        pause_ms(700);
        kill(run.pid, numbers[i][0]);
        pause_ms(600); /* longer than one breath */
        assert_int_equal(kill(run.pid, 0), 0);
        kill(run.pid, numbers[i][1]);
        assert_int_equal(program_finish(&run), 128 + numbers[i][1]);
        assert_says(run.err, "stays readable: nonpaper log s.db --run ");
        assert_says(run.err, "finish it with: nonpaper resume s.db --run ");
        program_forget(&run);
        assert_nothing_left();
    }
    assert_run(0, "runs s.db", "unfinished");
}

static void wrong_parameters_are_a_fault_with_their_sentence(void **state) {
    (void)state;
    bring("patient", "patient.so");
    assert_run(3, "run " HELLO " --strategy upper=./patient.so(evry=2) -o r.db",
               "patient has no parameter \"evry\"; did you mean every?");
}

/* It never says hello; that it was started, and with which words, it writes down. */
static void a_program_is_started_with_address_and_seat(void **state) {
    (void)state;
    FILE *script = fopen("agent.sh", "w");
    assert_non_null(script);
    fputs("#!/bin/sh\necho \"$@\" >words\n", script);
    fclose(script);
    assert_run(64, "run " HELLO " --strategy upper=agent.sh --lane memory -o r.db",
               "--lane processes starts it");
    Program run =
        program_run(3, "run " HELLO " --strategy upper=agent.sh --patience 1 --restarts 0 -o r.db");
    char words[512] = "";
    FILE *written = fopen("words", "r");
    assert_non_null(written);
    assert_non_null(fgets(words, sizeof words, written));
    fclose(written);
    assert_says(words, "--connect ipc://");
    assert_says(words, "--seat upper");
    program_forget(&run);
    assert_nothing_left();
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(both_lanes_give_one_digest),
        IN_A_PLACE(the_record_names_file_and_hash),
        IN_A_PLACE(a_file_that_has_changed_or_is_gone_cannot_be_asked),
        IN_A_PLACE(a_scenario_finds_what_lies_beside_it),
        IN_A_PLACE(a_folder_that_no_specification_can_name_is_said),
        IN_A_PLACE(the_second_interrupt_ends_what_is_stuck),
        IN_A_PLACE(wrong_parameters_are_a_fault_with_their_sentence),
        IN_A_PLACE(a_program_is_started_with_address_and_seat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
