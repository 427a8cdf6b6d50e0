/* Bad luck while a study is recorded: killed writers, full disks, several writers; and memory that stays flat. */
#include "tests/core/record/study_sample.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/memory.h"

static int fresh(void **state) {
    (void)state;
    sample_directory();
    return 0;
}

static int clean(void **state) {
    (void)state;
    sample_remove_directory();
    return 0;
}

/* Outcomes one after the other, beginning with job `from`, or until something fails; says how many are committed on
 * `tell`. Gives how many were. */
static uint64_t write_for_ever(const char *path, int tell, uint64_t from, Error *error) {
    Record *record = record_open(path, error);
    uint64_t study, told = from;
    StudyHeader header = study_header();
    bool good = record && record_study_begin(record, &header, &study, error);
    for (uint64_t cell = 0; good && cell < STUDY_CELLS; cell++)
        good = record_cell(record, study, cell, "[]", "{}", error);
    for (uint64_t job = from; good; job++) {
        StudyOutcome outcome = study_outcome(job % STUDY_CELLS, job / STUDY_CELLS);
        good = record_outcome(record, study, &outcome, error);
        if (!good || job % 50 != 0) continue;
        good = record_commit(record, error);
        if (good) told = job + 1;
        if (good && tell >= 0 && write(tell, &told, sizeof told) != sizeof told) break;
    }
    record_close(record);
    return told;
}

typedef struct Seen {
    uint64_t jobs;
} Seen;

/* Without a gap, and each what it should be. */
static bool see(void *context, const OutcomeRow *row) {
    Seen *seen = context;
    StudyOutcome expected = study_outcome(seen->jobs % STUDY_CELLS, seen->jobs / STUDY_CELLS);
    assert_int_equal(row->cell, expected.cell);
    assert_int_equal(row->repetition, expected.repetition);
    assert_true(digest_equal(&row->digest, &expected.verdict.digest));
    seen->jobs++;
    return true;
}

/* A whole number of transactions is there, with all that was said to be. Gives how many outcomes that are. */
static uint64_t assert_beginning(const char *path, uint64_t told) {
    Error error = {0};
    Seen seen = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record, error);
    assert_good(record_study_check(record, 1, &error), error);
    assert_good(record_outcomes(record, 1, see, &seen, &error), error);
    assert_true(seen.jobs >= told);
    record_close(record);
    return seen.jobs;
}

static void a_killed_writer_leaves_a_valid_beginning(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    uint64_t there = 0;
    for (int round = 0; round < 6; round++) {
        int tell[2];
        uint64_t told = 0, last = 0;
        assert_int_equal(pipe(tell), 0);
        pid_t child = fork();
        if (child == 0) {
            Error error = {0};
            write_for_ever(path, tell[1], there, &error);
            _exit(1);
        }
        close(tell[1]);
        while (told < there + 300 * (uint64_t)(round + 1) &&
               read(tell[0], &last, sizeof last) == sizeof last)
            told = last;
        kill(child, SIGKILL);
        while (read(tell[0], &last, sizeof last) == sizeof last) told = last;
        close(tell[0]);
        waitpid(child, NULL, 0);
        assert_true(told >= there + 300);
        there = assert_beginning(path, told); /* ... and the next one goes on from there */
    }
}

static void a_full_disk_keeps_what_was_recorded(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    int tell[2];
    struct {
        uint64_t told;
        Error error;
    } said = {0};
    assert_int_equal(pipe(tell), 0);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {600000, 600000};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        said.told = write_for_ever(path, -1, 0, &said.error);
        ssize_t sent = write(tell[1], &said, sizeof said);
        _exit(sent == sizeof said ? 0 : 1);
    }
    close(tell[1]);
    assert_int_equal(read(tell[0], &said, sizeof said), sizeof said);
    close(tell[0]);
    waitpid(child, NULL, 0);
    assert_error(said.error, ERROR_IO, "full or failing");
    assert_error(said.error, ERROR_IO, "What was recorded before stays readable.");
    assert_true(said.told > 100);
    assert_beginning(path, said.told);
}

static void a_record_that_failed_takes_nothing_more(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0}, again = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    study_begin(record);
    assert_good(record_commit(record, &error), error);
    sample_sql(path, "DROP VIEW outcome_seat; DROP TABLE outcome_seats");
    study_record(record, 1, 0, 0);
    assert_false(record_commit(record, &error));
    StudyOutcome outcome = study_outcome(1, 0);
    assert_false(record_outcome(record, 1, &outcome, &again));
    assert_string_equal(again.text, error.text);
    again = (Error){0};
    assert_false(record_cell(record, 1, 0, "[]", "{}", &again));
    assert_string_equal(again.text, error.text);
    again = (Error){0};
    assert_false(record_failure(record, 1, 0, 0, "why", &again));
    assert_string_equal(again.text, error.text);
    record_close(record);
    assert_string_equal(sample_query(path, "SELECT count(*) FROM outcomes"), "0\n");
}

/* Each plays every second job, and a few of the other's; both enter study and cells. */
static void write_share(const char *path, uint64_t share) {
    Error error = {0};
    Record *record = record_open(path, &error);
    if (!record) fprintf(stderr, "%s\n", error.text);
    if (!record) _exit(1);
    uint64_t study = study_begin(record);
    for (uint64_t job = 0; job < 3000; job++) {
        if (job % 2 != share && job % 10 != 0) continue;
        study_record(record, study, job % STUDY_CELLS, job / STUDY_CELLS);
        if (job % 97 == share) record_commit(record, &error);
        if (job % 500 == share) record_failure(record, study, 0, job, "why", &error);
    }
    bool good = record_checkpoint(record, &error);
    if (!good) fprintf(stderr, "%s\n", error.text);
    record_close(record);
    _exit(good ? 0 : 1);
}

static void two_writers_share_a_study(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    pid_t child[2];
    for (uint64_t share = 0; share < 2; share++) {
        child[share] = fork();
        if (child[share] == 0) write_share(path, share);
    }
    for (int i = 0; i < 2; i++) {
        int status;
        waitpid(child[i], &status, 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(assert_beginning(path, 3000), 3000);
    assert_string_equal(sample_query(path, "SELECT count(*) FROM study;"
                                           "SELECT count(*), max(attempt) FROM failure"),
                        "1\n12|1\n");
}

static bool sum_up(void *context, const OutcomeRow *row) {
    *(Utility *)context += row->utility[0];
    return true;
}

static bool count_row(void *context, const char *const *column, const RecordValue *value,
                      int columns) {
    (void)column, (void)value, (void)columns;
    ++*(Utility *)context;
    return true;
}

/* What SQLite has at most at one moment, and whether the program itself asked for any. */
static void memory_stays_flat_over_a_hundred_thousand_outcomes(void **state) {
    (void)state;
    enum { JOBS = 100000 };
    Error error = {0};
    Utility sum = 0, rows = 0, expected = 0;
    const char *path = sample_path("a.record");
    Record *record = record_open(path, &error);
    assert_good(record, error);
    study_begin(record);
    for (uint64_t job = 0; job < JOBS / 10; job++)
        study_record(record, 1, job % STUDY_CELLS, job / STUDY_CELLS);
    assert_good(record_commit(record, &error), error);
    uint64_t warm = memory_allocations();
    sqlite3_int64 high = sqlite3_memory_highwater(1);
    high = sqlite3_memory_used();
    for (uint64_t job = JOBS / 10; job < JOBS; job++)
        study_record(record, 1, job % STUDY_CELLS, job / STUDY_CELLS);
    assert_good(record_commit(record, &error), error);
    assert_int_equal(memory_allocations(), warm);
    assert_good(record_outcomes(record, 1, sum_up, &sum, &error), error);
    assert_good(record_study_view(record, "outcome", 1, count_row, &rows, &error), error);
    assert_int_equal(rows, JOBS);
    for (uint64_t job = 0; job < JOBS; job++) expected += 500000000 + (Utility)job;
    assert_true(sum == expected);
    /* its page cache is bounded, and not full after the first tenth */
    if (sqlite3_memory_highwater(0) > high + (4 << 20))
        fail_msg("%lld bytes, %lld before", (long long)sqlite3_memory_highwater(0),
                 (long long)high);
    record_close(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_killed_writer_leaves_a_valid_beginning, fresh, clean),
        cmocka_unit_test_setup_teardown(a_full_disk_keeps_what_was_recorded, fresh, clean),
        cmocka_unit_test_setup_teardown(a_record_that_failed_takes_nothing_more, fresh, clean),
        cmocka_unit_test_setup_teardown(two_writers_share_a_study, fresh, clean),
        cmocka_unit_test_setup_teardown(memory_stays_flat_over_a_hundred_thousand_outcomes, fresh,
                                        clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
