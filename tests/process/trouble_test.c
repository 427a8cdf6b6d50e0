/* Bad input and bad luck with files and streams: said plainly, with the right exit code, and nothing that
 * was recorded is lost. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

#define HELLO  "$S/configs/01-hello.yaml"
#define RIYADH "$S/configs/riyadh-2025.yaml"

typedef struct Case {
    const char *line;
    int code;
    const char *err; /* what is said of it */
} Case;

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* --- what cannot be run at all --- */

static void runs_that_cannot_begin_say_why(void **state) {
    (void)state;
    static const Case cases[] = {
        {"run", 64, "FILE"},
        {"run --frobnicate " HELLO, 64, "--frobnicate"},
        {"run --seed x " HELLO, 64, "--seed"},
        {"run --strategy upper " HELLO, 64, "SEAT=SPEC"},
        {"run --set seed " HELLO, 64, "="},
        {"run --transport tcp " HELLO, 64, "tcp"},
        {"run broken.yaml", 65, "broken.yaml:2:1: "},
        {"run --strategy upper=bulware " HELLO, 65, "boulware"},
        {"run --set seats.nobody.reservation=0.5 " HELLO, 65, "nobody"},
        {"run text.db", 65, "text.db:"},
        {"run -o text.db " HELLO, 65, "text.db"},
        {"replay text.db", 65, "text.db"},
        {"run missing.yaml", 66, "missing.yaml"},
        {"run .", 74, "directory"},
        {"replay missing.db", 66, "missing.db"},
        {"run -o missing/a.db " HELLO, 73, "missing/a.db"},
        {"run -o . " HELLO, 73, ""},
    };
    static const char *const lanes[] = {"processes", "memory"};
    write_file("broken.yaml", "nonpaper: 1\nnmae: x\n");
    write_file("text.db", "This is a letter and not a record, however long one looks at it.\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int lane = 0; lane < 2; lane++) {
            char line[256];
            if (strncmp(cases[i].line, "run", 3) != 0 && lane == 1) continue;
            snprintf(line, sizeof line, "%s%s%s", cases[i].line, lane == 1 ? " --lane " : "",
                     lane == 1 ? lanes[lane] : "");
            if (lane == 1 && strstr(line, "tcp") != NULL) continue;
            Program run = program_run(cases[i].code, line);
            assert_says(run.err, cases[i].err);
            program_forget(&run);
            assert_nothing_left();
        }
}

/* --- records --- */

static void two_runs_at_once_share_a_record(void **state) {
    (void)state;
    Program run[4];
    char line[128], first[80], digest[80];
    for (int i = 0; i < 4; i++) {
        snprintf(line, sizeof line, "run " RIYADH " --seed %d --json --speed 400 -o shared.db",
                 1 + i / 2);
        run[i] = program_start(line);
    }
    for (int i = 0; i < 4; i++) {
        assert_int_equal(program_finish(&run[i]), 0);
        json_member(digest, sizeof digest, run[i].out, "digest");
        if (i % 2 == 0) strcpy(first, digest);
        assert_string_equal(digest, first);
        program_forget(&run[i]);
    }
    for (int i = 1; i <= 4; i++) {
        snprintf(line, sizeof line, "replay shared.db --run %d --verify", i);
        Program verify = program_run(0, line);
        program_forget(&verify);
    }
}

/* The record as it was before the limit was struck; true when some of the run's offers are in it. */
static bool assert_readable(void) {
    Program runs = program_run(0, "runs full.db");
    assert_says(runs.out, "agreement");
    Program log = program_run(0, "log full.db");
    Program verify = program_run(0, "replay full.db --verify");
    assert_says(verify.out, " verified: ");
    bool offers = strstr(runs.out, "unfinished") != NULL && strstr(log.out, "offer") != NULL;
    Program *all[] = {&runs, &log, &verify};
    for (size_t i = 0; i < 3; i++) program_forget(all[i]);
    return offers;
}

/* Wherever the limit is struck: on opening, on beginning the run, in its middle or never. */
static void a_full_record_is_said_and_stays_readable(void **state) {
    (void)state;
    static const char *const lanes[] = {"memory", "processes"};
    int struck_halfway = 0;
    for (int i = 0; i < 14; i++) {
        char line[128];
        Program before = program_run(0, "run " HELLO " -o full.db --lane memory");
        program_forget(&before);
        snprintf(line, sizeof line, "run " RIYADH " -o full.db --speed 20000 --lane %s",
                 lanes[i % 2]);
        Setting limited = {.file_limit = 40000 + 14000 * i};
        Program run = program_start_with(&limited, line);
        int code = program_finish(&run);
        if (code != 0 && code != 73 && code != 74) fail_msg("exit code %d: %s", code, run.err);
        if (code != 0) assert_says(run.err, "stays readable");
        struck_halfway += assert_readable() && code == 74;
        program_forget(&run);
        assert_nothing_left();
        assert_int_equal(unlink("full.db"), 0);
    }
    assert_true(struck_halfway > 0);
}

/* --- streams --- */

static void results_that_cannot_be_written_are_missed(void **state) {
    (void)state;
    static const char *const lines[] = {"run " HELLO " -o out.db --lane memory",
                                        "run " HELLO " -o out.db --lane processes",
                                        "run " HELLO " -o out.db --json"};
    static const char *const streams[] = {"/dev/full", ""};
    int runs = 0;
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 2; k++, runs++) {
            Setting setting = {.out = streams[k], .in = k == 1 ? "" : NULL};
            Program run = program_run_with(&setting, 74, lines[i]);
            assert_says(run.err, "cannot write the results: ");
            program_forget(&run);
            assert_nothing_left();
        }
    /* Nothing of it came into the record. */
    for (int run = 1; run <= runs; run++) {
        char line[64];
        snprintf(line, sizeof line, "replay out.db --run %d --verify", run);
        Program verify = program_run(0, line);
        program_forget(&verify);
    }
}

/* --- the runtime directory --- */

static void make_stale(const char *name, bool locked_by_us, int *lock) {
    char path[160];
    snprintf(path, sizeof path, "%s/runtime/%s", place_path(), name);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/runtime/%s/broker", place_path(), name);
    write_file(path, "");
    snprintf(path, sizeof path, "%s/runtime/%s/lock", place_path(), name);
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(*lock >= 0);
    if (locked_by_us) assert_int_equal(flock(*lock, LOCK_EX), 0);
    snprintf(path, sizeof path, "%s/runtime/%s", place_path(), name);
    assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){{1, 0}, {1, 0}}, 0), 0);
}

static void stale_directories_are_swept_and_others_left_alone(void **state) {
    (void)state;
    int stale, held, foreign;
    make_stale("nonpaper-StaLe1", false, &stale);
    make_stale("nonpaper-heLd01", true, &held);
    make_stale("other-program", false, &foreign);
    Program run = program_run(0, "run " HELLO " -o swept.db");
    program_forget(&run);
    assert_int_not_equal(access("runtime/nonpaper-StaLe1", F_OK), 0);
    assert_int_equal(access("runtime/nonpaper-heLd01/lock", F_OK), 0);
    assert_int_equal(access("runtime/other-program/broker", F_OK), 0);
    close(stale);
    close(held);
    close(foreign);
    forget_runtime();
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(runs_that_cannot_begin_say_why),
        IN_A_PLACE(two_runs_at_once_share_a_record),
        IN_A_PLACE(a_full_record_is_said_and_stays_readable),
        IN_A_PLACE(results_that_cannot_be_written_are_missed),
        IN_A_PLACE(stale_directories_are_swept_and_others_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
