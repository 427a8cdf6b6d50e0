/* A study on a disk that fails or loses power: what was checkpointed is there, and of the rest a valid beginning. */
#include "tests/core/record/study_sample.h"

#include <stdio.h>
#include <string.h>

#include "tests/core/record/failing_disk.h"

enum { JOBS = 240, TRIALS = 40 };

static int fresh(void **state) {
    (void)state;
    sample_directory();
    failing_disk_insert();
    return 0;
}

static int clean(void **state) {
    (void)state;
    failing_disk_remove();
    sample_remove_directory();
    return 0;
}

/* What the writer was promised. */
typedef struct Promise {
    uint64_t committed, checkpointed; /* jobs */
    Error error;                      /* that ended the writing */
} Promise;

static bool begin(Record *record, uint64_t *study, Error *error) {
    StudyHeader header = study_header();
    if (!record_study_begin(record, &header, study, error)) return false;
    for (uint64_t cell = 0; cell < STUDY_CELLS; cell++)
        if (!record_cell(record, *study, cell, "[]", "{}", error)) return false;
    return true;
}

static bool keep(Record *record, uint64_t jobs, Promise *made) {
    if (jobs % 40 == 0) {
        if (!record_checkpoint(record, &made->error)) return false;
        made->committed = made->checkpointed = jobs;
    } else if (jobs % 8 == 0) {
        if (!record_commit(record, &made->error)) return false;
        made->committed = jobs;
    }
    return true;
}

static void write_study(const char *path, Promise *made) {
    uint64_t study;
    Record *record = record_open(path, &made->error);
    bool good = record && begin(record, &study, &made->error);
    for (uint64_t job = 0; good && job < JOBS; job++) {
        StudyOutcome outcome = study_outcome(job % STUDY_CELLS, job / STUDY_CELLS);
        good = record_outcome(record, study, &outcome, &made->error) && keep(record, job + 1, made);
    }
    record_close(record);
}

static bool see(void *context, const OutcomeRow *row) {
    uint64_t job = (*(uint64_t *)context)++;
    StudyOutcome expected = study_outcome(job % STUDY_CELLS, job / STUDY_CELLS);
    assert_true(digest_equal(&row->digest, &expected.verdict.digest));
    return true;
}

static void assert_kept(const char *path, uint64_t promised) {
    Error error = {0};
    StudyRow row;
    uint64_t jobs = 0;
    Record *record = record_open_read(path, &error);
    bool found = record && record_study_find(record, 1, &row, NULL, NULL, &error);
    if (!found && promised > 0) fail_msg("%s", error.text);
    if (found) {
        error = (Error){0};
        assert_good(record_study_check(record, 1, &error), error);
        assert_good(record_outcomes(record, 1, see, &jobs, &error), error);
        if (jobs < promised) fail_msg("%d outcomes, promised %d", (int)jobs, (int)promised);
    }
    record_close(record);
}

static void remove_record(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char name[600];
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        remove(name);
    }
}

static uint64_t operations_of_a_whole_study(const char *path) {
    Promise made = {0};
    failing_disk_fail(DISK_WELL, 0);
    write_study(path, &made);
    assert_int_equal(made.error.kind, ERROR_NONE);
    assert_int_equal(made.checkpointed, JOBS);
    uint64_t operations = failing_disk_operations();
    remove_record(path);
    return operations;
}

/* The trouble begins here, there, and further on. */
static void meet(DiskTrouble trouble, bool cut) {
    const char *path = sample_path("a.record");
    uint64_t operations = operations_of_a_whole_study(path), failures = 0;
    for (uint64_t trial = 1; trial < TRIALS; trial++) {
        Promise made = {0};
        failing_disk_remove();
        failing_disk_insert();
        failing_disk_fail(trouble, 1 + trial * operations / TRIALS);
        write_study(path, &made);
        if (cut && trouble != DISK_POWER_CUT) failing_disk_fail(DISK_POWER_CUT, 0);
        if (cut) failing_disk_restart(trial);
        failing_disk_fail(DISK_WELL, 0);
        failures += made.error.kind != ERROR_NONE;
        if (made.error.kind && trouble != DISK_POWER_CUT && !strstr(made.error.text, "its disk"))
            fail_msg("%s", made.error.text);
        assert_kept(path, cut ? made.checkpointed : made.committed);
        remove_record(path);
    }
    assert_true(trouble == DISK_POWER_CUT || failures > TRIALS / 2);
}

static void what_was_checkpointed_survives_a_power_cut(void **state) {
    (void)state;
    meet(DISK_POWER_CUT, true);
}

static void a_disk_that_fills_up_keeps_what_was_committed(void **state) {
    (void)state;
    meet(DISK_FULL, false);
}

static void a_half_written_page_and_a_power_cut_leave_a_valid_beginning(void **state) {
    (void)state;
    meet(DISK_TORN, true);
}

/* --- merging --- */

static bool merge_once(const char *from, const char *to, DiskTrouble trouble, uint64_t at) {
    Error error = {0};
    RecordMerge done;
    Record *source = record_open_read(from, &error), *target = record_open(to, &error);
    assert_non_null(source);
    assert_good(target, error);
    failing_disk_fail(trouble, at);
    bool merged =
        record_merge(target, source, false, &done, &error) && record_checkpoint(target, &error);
    record_close(target);
    record_close(source);
    return merged;
}

static void a_merge_is_there_as_a_whole_or_not_at_all(void **state) {
    (void)state;
    static const DiskTrouble troubles[] = {DISK_FULL, DISK_TORN, DISK_NO_SYNC, DISK_POWER_CUT};
    uint64_t merged = 0;
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    for (uint64_t at = 1; at <= 100; at++) {
        Promise made = {0};
        write_study(from, &made);
        sample_write(to, 1);
        bool whole = merge_once(from, to, troubles[at % 4], at / 2 + 1);
        if (troubles[at % 4] == DISK_POWER_CUT) failing_disk_restart(at);
        failing_disk_fail(DISK_WELL, 0);
        const char *there = sample_query(to, "SELECT count(*) FROM outcome");
        if (strcmp(there, "240\n") != 0 && (whole || strcmp(there, "0\n") != 0))
            fail_msg("%s", there);
        if (strcmp(there, "240\n") == 0) assert_kept(to, JOBS);
        merged += whole;
        remove_record(from);
        remove_record(to);
        failing_disk_remove();
        failing_disk_insert();
    }
    assert_in_range(merged, 5, 95);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_checkpointed_survives_a_power_cut, fresh, clean),
        cmocka_unit_test_setup_teardown(a_disk_that_fills_up_keeps_what_was_committed, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(a_half_written_page_and_a_power_cut_leave_a_valid_beginning,
                                        fresh, clean),
        cmocka_unit_test_setup_teardown(a_merge_is_there_as_a_whole_or_not_at_all, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
