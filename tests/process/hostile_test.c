/* Plug-ins that attack, one file an attack (tests/agents/hostile/), over real processes: each is contained, at both
 * levels of containment, and the record names its seat. That the attacks are real is shown by letting them. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/process/programs.h"

/* How an attack ends in the sandbox. */
typedef enum Outcome {
    CALL_FAILS, /* the call fails, and the plug-in says so */
    DIES        /* the process is killed */
} Outcome;

/* Whether it succeeds without a sandbox: not where that depends on the machine's own settings, or harms. */
typedef struct Attack {
    const char *name;
    Outcome outcome;
    bool works_when_trusted;
} Attack;

static const Attack attacks[] = {
    {"read_scenario", CALL_FAILS, true},
    {"read_record", CALL_FAILS, true},
    {"read_folder", CALL_FAILS, true},
    {"memory_of_others", CALL_FAILS, false},
    {"vm_readv", DIES, false},
    {"trace", DIES, false},
    {"make_socket", CALL_FAILS, true},
    {"connect_out", CALL_FAILS, false},
    {"run_program", DIES, false},
    {"fork_off", CALL_FAILS, true},
    {"kill_others", DIES, true},
    {"devices", CALL_FAILS, true},
    {"write_files", CALL_FAILS, true},
    {"environment", CALL_FAILS, true},
    {"exhaust_memory", CALL_FAILS, true},
    {"limits", CALL_FAILS, true},
    {"at_loading", CALL_FAILS, true},
    {"open_itself", CALL_FAILS, true},
    {"own_filter", CALL_FAILS, true},
    {"partner_profile", CALL_FAILS, false},
};

enum { ATTACKS = sizeof attacks / sizeof attacks[0] };

#define TALKS                                                                                      \
    "run $S/configs/01-hello.yaml --set seats.upper.reservation=0.27182818 "                       \
    "--set seats.lower.reservation=0.31415926 -o hostile.db --restarts 0 "

static const char *fault_said(char *said, size_t size) {
    Program log = program_run(0, "log hostile.db --kind fault --json");
    snprintf(said, size, "%s", log.out);
    program_forget(&log);
    return said;
}

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

/* The plug-in lies where the program is started, as its user's would. */
static void bring(const char *name) {
    char from[512], to[128];
    snprintf(from, sizeof from, NONPAPER_BINARY_DIR "/tests/hostile/%s.so", name);
    snprintf(to, sizeof to, "%s.so", name);
    unlink(to);
    assert_int_equal(symlink(from, to), 0);
}

static void make_precious(void) {
    FILE *file = fopen("precious", "w");
    assert_non_null(file);
    fputs("precious", file);
    fclose(file);
}

static void assert_precious(void) {
    struct stat status;
    assert_int_equal(stat("precious", &status), 0);
    assert_int_equal(status.st_size, 8);
    assert_int_not_equal(access("left-behind", F_OK), 0);
    assert_int_not_equal(access("left", F_OK), 0);
}

static void set_the_stage(const Attack *attack) {
    setenv("NONPAPER_SECRET", "what its user has in the environment", 1);
    unlink("hostile.db");
    make_precious();
    bring(attack->name);
}

static void assert_contained(const Attack *attack) {
    char said[4096];
    fault_said(said, sizeof said);
    if (strstr(said, "BROKE OUT") != NULL) fail_msg("%s: %s", attack->name, said);
    /* Of a process that dies the broker hears twice: by its line, and from the launcher. */
    if (attack->outcome == CALL_FAILS)
        assert_says(said, "contained: ");
    else if (strstr(said, "its agent is gone") == NULL)
        assert_says(said, "its process was killed");
    assert_says(said, "\"upper\"");
    assert_precious();
}

/* --- as it is --- */

static void every_attack_is_contained_and_named(void **state) {
    (void)state;
    char line[512];
    for (size_t i = 0; i < ATTACKS; i++) {
        set_the_stage(&attacks[i]);
        snprintf(line, sizeof line, TALKS "--strategy upper=./%s.so", attacks[i].name);
        Program run = program_run(3, line);
        assert_contained(&attacks[i]);
        program_forget(&run);
    }
    assert_nothing_left();
}

static void one_that_looks_for_the_partner_finds_only_itself(void **state) {
    (void)state;
    char said[4096];
    set_the_stage(&attacks[0]);
    bring("partner_profile");
    Program run = program_run(3, TALKS "--strategy upper=./partner_profile.so");
    assert_says(fault_said(said, sizeof said), "it finds its own, and no trace of the partner");
    program_forget(&run);
}

static void the_attacks_are_real(void **state) {
    (void)state;
    char line[512], said[4096];
    for (size_t i = 0; i < ATTACKS; i++) {
        if (!attacks[i].works_when_trusted) continue;
        set_the_stage(&attacks[i]);
        snprintf(line, sizeof line, TALKS "--trust --strategy upper=./%s.so", attacks[i].name);
        Program run = program_run(3, line);
        if (strstr(fault_said(said, sizeof said), "BROKE OUT") == NULL)
            fail_msg("%s: even without a sandbox: %s", attacks[i].name, said);
        program_forget(&run);
    }
    assert_no_process_left();
}

/* --- as on a kernel without Landlock --- */

static void seccomp_holds_alone(void **state) {
    (void)state;
    char line[512];
    for (size_t i = 0; i < ATTACKS; i++) {
        set_the_stage(&attacks[i]);
        /* Attacks on memory take their time where others are at work, too. */
        Program run =
            program_start(TALKS "--patience 50 --seat upper=foreign --strategy upper=linear");
        process_await("nonpaper agent lower ");
        snprintf(line, sizeof line,
                 "agent upper --connect ipc://%s/broker --without-landlock --load ./%s.so "
                 "--strategy ./%s.so",
                 runtime_directory(), attacks[i].name, attacks[i].name);
        Program agent = program_start(line);
        int code = program_finish(&agent);
        assert_int_equal(program_finish(&run), 3);
        if (attacks[i].outcome == DIES) assert_int_equal(code, 128 + SIGSYS);
        char said[4096];
        fault_said(said, sizeof said);
        if (strstr(said, "BROKE OUT") != NULL) fail_msg("%s: %s", attacks[i].name, said);
        if (attacks[i].outcome == CALL_FAILS) assert_says(said, "contained: ");
        assert_precious();
        program_forget(&agent);
        program_forget(&run);
    }
}

/* --- attacks on the talks themselves --- */

static void an_endless_loop_is_waited_for_as_long_as_patience_says(void **state) {
    (void)state;
    char said[4096];
    set_the_stage(&attacks[0]);
    bring("endless_loop");
    Program run = program_run(3, TALKS "--patience 0.5 --strategy upper=./endless_loop.so");
    assert_says(fault_said(said, sizeof said), "\"upper\"");
    assert_nothing_left();
    program_forget(&run);
}

/* The partner is late, so that its seat is free when the plug-in claims it. */
/* Its agents come and go too fast to be seen by name. */
static void await_broker(void) {
    int64_t until = now_ms() + 20000;
    while (runtime_entries() == 0) {
        if (now_ms() > until) fail_msg("no broker began");
        pause_ms(2);
    }
}

static void nobody_takes_a_second_seat(void **state) {
    (void)state;
    char said[4096], line[256];
    set_the_stage(&attacks[0]);
    bring("other_seat");
    Program run = program_start(TALKS "--seat lower=foreign --strategy upper=./other_seat.so");
    await_broker();
    pause_ms(500);
    snprintf(line, sizeof line, "agent lower --connect ipc://%s/broker", runtime_directory());
    Program partner = program_start(line);
    assert_int_equal(program_finish(&run), 3);
    fault_said(said, sizeof said);
    assert_says(said, "\"upper\"");
    if (strstr(said, "\"lower\"") != NULL || strstr(said, "BROKE OUT") != NULL)
        fail_msg("the other seat: %s", said);
    program_finish(&partner);
    assert_nothing_left();
    program_forget(&partner);
    program_forget(&run);
}

static void what_it_says_is_made_safe_and_is_not_endless(void **state) {
    (void)state;
    set_the_stage(&attacks[0]);
    bring("escape_codes");
    Program run = program_run(3, TALKS "--strategy upper=./escape_codes.so");
    assert_says(run.err, "upper: ");
    assert_says(run.err, "hello from the inside");
    assert_says(run.err, "(and more)");
    assert_null(strchr(run.err, '\033'));
    assert_true(strlen(run.err) < 1000000);
    program_forget(&run);
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(every_attack_is_contained_and_named),
        IN_A_PLACE(one_that_looks_for_the_partner_finds_only_itself),
        IN_A_PLACE(the_attacks_are_real),
        IN_A_PLACE(seccomp_holds_alone),
        IN_A_PLACE(an_endless_loop_is_waited_for_as_long_as_patience_says),
        IN_A_PLACE(nobody_takes_a_second_seat),
        IN_A_PLACE(what_it_says_is_made_safe_and_is_not_endless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
