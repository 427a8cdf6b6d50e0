/* However a run ends, its record is sound, its end is said plainly, and neither a process nor a socket is
 * left. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

/* Long enough to be struck in the middle, whatever the machine is busy with. */
#define LONG_RUN "run $S/configs/riyadh-2025.yaml --seed 3 --speed 12 -o long.db"
/* Offers at the open one of two tables have every other number. */
#define HALFWAY "tables an offer (#3)"

/* --- looking --- */

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

static Program start_and_wait(const char *line) {
    Program run = program_start(line);
    program_await_words(&run, HALFWAY);
    return run;
}

static void assert_record(const char *runs_say, const char *replay_says) {
    Program runs = program_run(0, "runs long.db");
    assert_says(runs.out, runs_say);
    Program log = program_run(0, "log long.db");
    assert_says(log.out, "opening");
    assert_says(log.out, "#3: ");
    Program replay = program_run(0, "replay long.db");
    assert_says(replay.out, HALFWAY);
    Program verify = program_run(0, "replay long.db --verify");
    assert_says(verify.out, replay_says);
    Program *all[] = {&runs, &log, &replay, &verify};
    for (size_t i = 0; i < 4; i++) program_forget(all[i]);
}

static void assert_unfinished(void) {
    assert_nothing_left();
    assert_record("unfinished", " verified: ");
}

static void assert_fault(const char *seat) {
    char words[80];
    snprintf(words, sizeof words, "breakdown: agent_fault (%s)", seat);
    assert_nothing_left();
    assert_record(words, " verified: ");
}

/* --- the names --- */

static void five_processes_with_names_and_then_none(void **state) {
    (void)state;
    static const char *const names[] = {"nonpaper broker --directory ",
                                        "nonpaper agent us --connect ", "nonpaper agent ukraine ",
                                        "nonpaper agent russia ", "nonpaper agent europe "};
    Program run = program_start("run $S/configs/riyadh-2025.yaml --speed 200 -o long.db");
    program_await_words(&run, HALFWAY);
    for (size_t i = 0; i < 5; i++) assert_int_equal(processes_count(names[i]), 1);
    assert_int_equal(processes_count("nonpaper "), 6); /* and the launcher */
    struct stat status;
    assert_int_equal(stat(runtime_directory(), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(program_finish(&run), 0);
    /* At once, not after a while. */
    assert_int_equal(processes_count("nonpaper "), 0);
    assert_int_equal(runtime_entries(), 0);
    program_forget(&run);
}

/* --- signals --- */

typedef struct SignalCase {
    int number, code;
    const char *line;
} SignalCase;

static void signals_stop_cleanly(void **state) {
    (void)state;
    static const SignalCase cases[] = {{SIGINT, 130, LONG_RUN},
                                       {SIGTERM, 143, LONG_RUN},
                                       {SIGHUP, 129, LONG_RUN},
                                       {SIGINT, 130, LONG_RUN " --lane memory"},
                                       {SIGTERM, 143, LONG_RUN " --lane memory"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Program run = start_and_wait(cases[i].line);
        int64_t asked = now_ms();
        kill(run.pid, cases[i].number);
        assert_int_equal(program_finish(&run), cases[i].code);
        assert_true(now_ms() - asked < 5000);
        assert_says(run.err, "what was recorded stays readable: nonpaper log long.db --run ");
        assert_unfinished();
        program_forget(&run);
    }
}

/* A terminal sends the signal to every process at once. */
static void an_interrupt_from_a_terminal_is_one_interrupt(void **state) {
    (void)state;
    static const char *const names[] = {"nonpaper broker ", "nonpaper agent us ",
                                        "nonpaper agent ukraine ", "nonpaper agent russia ",
                                        "nonpaper agent europe "};
    Program run = start_and_wait(LONG_RUN);
    pid_t all[6] = {run.pid};
    for (size_t i = 0; i < 5; i++) all[i + 1] = process_find(names[i]);
    for (size_t i = 6; i-- > 0;) kill(all[i], SIGINT);
    assert_int_equal(program_finish(&run), 130);
    assert_says(run.err, "what was recorded stays readable");
    assert_null(strstr(run.out, "failed"));
    assert_unfinished();
    program_forget(&run);
}

/* From before anything is set up until the talks are under way. */
static void a_signal_may_come_at_any_moment(void **state) {
    (void)state;
    static const int numbers[] = {SIGTERM, SIGINT, SIGKILL};
    for (int i = 0; i < 36; i++) {
        Program run = program_start(LONG_RUN);
        pause_ms(i);
        kill(run.pid, numbers[i % 3]);
        assert_int_equal(program_finish(&run), 128 + numbers[i % 3]);
        program_forget(&run);
        assert_no_process_left();
        if (numbers[i % 3] != SIGKILL) assert_nothing_left();
        forget_runtime();
    }
}

static void the_second_interrupt_ends_at_once(void **state) {
    (void)state;
    Program run = start_and_wait(LONG_RUN);
    pid_t broker = process_find("nonpaper broker ");
    assert_true(broker > 0);
    kill(broker, SIGSTOP); /* so that it cannot follow the first one */
    kill(run.pid, SIGINT);
    pause_ms(50);
    kill(run.pid, SIGINT);
    assert_int_equal(program_finish(&run), 130);
    assert_unfinished();
    program_forget(&run);
}

/* --- kills --- */

static void nothing_outlives_a_killed_launcher(void **state) {
    (void)state;
    Program run = start_and_wait(LONG_RUN);
    kill(run.pid, SIGKILL);
    assert_int_equal(program_finish(&run), 128 + SIGKILL);
    assert_unfinished();
    program_forget(&run);
}

static void a_killed_broker_is_said_plainly(void **state) {
    (void)state;
    Program run = start_and_wait(LONG_RUN);
    kill(process_find("nonpaper broker "), SIGKILL);
    assert_int_equal(program_finish(&run), 69);
    assert_says(run.err, "the broker was killed by signal 9");
    assert_unfinished();
    program_forget(&run);
}

static void a_killed_agent_breaks_the_talks_down(void **state) {
    (void)state;
    Program run = start_and_wait(LONG_RUN " --restarts 0");
    int64_t killed = now_ms();
    kill(process_find("nonpaper agent russia "), SIGKILL);
    assert_int_equal(program_finish(&run), 3);
    assert_true(now_ms() - killed < 5000);
    assert_says(run.out, "The agent of Russia failed");
    assert_fault("russia");
    program_forget(&run);
}

static void the_object_is_printed_though_an_agent_was_killed(void **state) {
    (void)state;
    char value[128];
    Program run = program_start(LONG_RUN " --restarts 0 --json");
    process_await("nonpaper agent europe ");
    pause_ms(300);
    kill(process_find("nonpaper agent europe "), SIGKILL);
    assert_int_equal(program_finish(&run), 3);
    assert_true(json_is_one_object(run.out));
    assert_string_equal(json_member(value, sizeof value, run.out, "verdict"), "\"breakdown\"");
    assert_string_equal(json_member(value, sizeof value, run.out, "reason"), "\"agent_fault\"");
    assert_string_equal(json_member(value, sizeof value, run.out, "seat"), "\"europe\"");
    assert_nothing_left();
    Program runs = program_run(0, "runs long.db");
    assert_says(runs.out, "breakdown: agent_fault (europe)");
    program_forget(&runs);
    program_forget(&run);
}

static void a_silent_agent_is_waited_for_as_long_as_patience_says(void **state) {
    (void)state;
    Program run = start_and_wait(
        "run $S/configs/riyadh-2025.yaml --seed 3 --speed 40 --patience 1 --restarts 0 "
        "-o long.db");
    kill(process_find("nonpaper agent ukraine "), SIGSTOP);
    int64_t stopped = now_ms();
    assert_int_equal(program_finish(&run), 3);
    assert_true(now_ms() - stopped >= 1000);
    assert_says(run.out, "The agent of Ukraine failed: no answer within 1 s of being asked");
    assert_fault("ukraine");
    program_forget(&run);
}

/* --- restarts --- */

/* Design I3: the run goes on with another process, and ends as if nothing had happened. */
static void a_lost_agent_is_replaced_and_the_run_is_the_same(void **state) {
    (void)state;
    static const int numbers[] = {SIGKILL, SIGSTOP};
    char digest[80], undisturbed[80];
    Program alone = program_run(0, "run $S/configs/riyadh-2025.yaml --seed 3 --json -o long.db");
    assert_non_null(json_member(undisturbed, sizeof undisturbed, alone.out, "digest"));
    for (int i = 0; i < 2; i++) {
        Program run = program_start("run $S/configs/riyadh-2025.yaml --seed 3 --speed 150 --json "
                                    "--patience 1 -o long.db");
        process_await("nonpaper agent europe ");
        pause_ms(600);
        pid_t lost = process_find("nonpaper agent russia ");
        kill(lost, numbers[i]);
        assert_int_equal(program_finish(&run), 0);
        assert_non_null(json_member(digest, sizeof digest, run.out, "digest"));
        assert_string_equal(digest, undisturbed);
        assert_nothing_left();
        program_forget(&run);
    }
    Program verify = program_run(0, "replay long.db --verify");
    program_forget(&verify);
    program_forget(&alone);
}

static void an_agent_that_is_lost_too_often_breaks_the_talks_down(void **state) {
    (void)state;
    Program run = start_and_wait(LONG_RUN " --restarts 2");
    for (int i = 0; i < 3; i++) {
        pid_t agent = process_await("nonpaper agent us ");
        kill(agent, SIGKILL);
        pause_ms(250);
    }
    assert_int_equal(program_finish(&run), 3);
    assert_fault("us");
    program_forget(&run);
}

static void a_valid_prefix_remains_when_everything_is_killed(void **state) {
    (void)state;
    Program run = start_and_wait(LONG_RUN);
    pid_t broker = process_find("nonpaper broker ");
    /* Stopped first, so that none can clean up after another. */
    kill(broker, SIGSTOP);
    kill(run.pid, SIGSTOP);
    kill(broker, SIGKILL);
    kill(run.pid, SIGKILL);
    assert_int_equal(program_finish(&run), 128 + SIGKILL);
    assert_record("unfinished", " verified: ");
    /* What nobody could clean up the next run sweeps away, once it is settled. */
    assert_int_equal(runtime_entries(), 1);
    const char *left = runtime_directory();
    assert_int_equal(utimensat(AT_FDCWD, left, (struct timespec[]){{1, 0}, {1, 0}}, 0), 0);
    program_forget(&run);
    run = program_run(0, "run $S/configs/01-hello.yaml -o long.db");
    assert_nothing_left();
    program_forget(&run);
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(five_processes_with_names_and_then_none),
        IN_A_PLACE(signals_stop_cleanly),
        IN_A_PLACE(an_interrupt_from_a_terminal_is_one_interrupt),
        IN_A_PLACE(a_signal_may_come_at_any_moment),
        IN_A_PLACE(the_second_interrupt_ends_at_once),
        IN_A_PLACE(nothing_outlives_a_killed_launcher),
        IN_A_PLACE(a_killed_broker_is_said_plainly),
        IN_A_PLACE(a_killed_agent_breaks_the_talks_down),
        IN_A_PLACE(the_object_is_printed_though_an_agent_was_killed),
        IN_A_PLACE(a_silent_agent_is_waited_for_as_long_as_patience_says),
        IN_A_PLACE(a_lost_agent_is_replaced_and_the_run_is_the_same),
        IN_A_PLACE(an_agent_that_is_lost_too_often_breaks_the_talks_down),
        IN_A_PLACE(a_valid_prefix_remains_when_everything_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
