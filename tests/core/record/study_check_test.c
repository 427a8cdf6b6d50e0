/* What is wrong with a study is found, and its place named; what is wrong with its rows never harms a reader. */
#include "tests/core/record/study_sample.h"

#include <stdio.h>
#include <string.h>

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

/* A study of four repetitions; job 0 was recorded in full. Without triggers, so that it can be changed. */
static void write_bare(const char *path) {
    Error error = {0};
    RunRow run;
    Text drops = {0};
    remove(path);
    Record *record = record_open(path, &error);
    assert_good(record, error);
    study_begin(record);
    assert_good(record_find_run(record, sample_write_run(record, 1000), &run, &error), error);
    StudyOutcome outcome = study_outcome(0, 0);
    outcome.verdict.digest = run.digest;
    outcome.header_hash = &run.header_hash;
    assert_good(record_outcome(record, 1, &outcome, &error), error);
    for (uint64_t job = 1; job < 4 * STUDY_CELLS; job++)
        study_record(record, 1, job % STUDY_CELLS, job / STUDY_CELLS);
    assert_good(record_failure(record, 1, 0, 9, "why", &error), error);
    record_close(record);
    text_add(&drops, sample_query(path, "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema"
                                        " WHERE type = 'trigger'"));
    sample_sql(path, drops.bytes);
    text_finish(&drops);
}

static Error check(const char *path, uint64_t study) {
    Error error = {0};
    Record *record = record_open_read(path, &error);
    if (record) record_study_check(record, study, &error);
    record_close(record);
    return error;
}

static void a_sound_study_passes(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    write_bare(path);
    Error error = check(path, 1);
    assert_string_equal(error.text, "");
    error = check(path, 2);
    assert_error(error, ERROR_NO_INPUT, "no study 2");
}

#define KEY "(1 << 44) + 5" /* repetition 1, cell 2 */

static void each_wrong_value_is_found_and_named(void **state) {
    (void)state;
    static const struct {
        const char *change, *said;
    } cases[] = {
        {"UPDATE studies SET plan = '{}'", "Study 1, column plan (BLAKE2b): it says"},
        {"UPDATE scenarios SET text = 'x'", "Study 1, column scenario (BLAKE2b): it says"},
        {"UPDATE studies SET cells = 0", "study 1, table studies: it has 0 cells and 2 seats"},
        {"UPDATE studies SET seats = 17", "table studies: it has 3 cells and 17 seats"},
        {"DELETE FROM study_seats WHERE seat = 1", "Study 1, table study_seats: a seat is missing"},
        {"UPDATE cells SET cell = 3 WHERE cell = 2",
         "Study 1, cell 3, table cells: the study has no such cell"},
        {"UPDATE cells SET numbers = '{' WHERE cell = 1",
         "Study 1, cell 1, table cells: it is not JSON"},
        {"DELETE FROM cells WHERE cell = 2", "Study 1, repetition 0, cell 2, table cells: there is "
                                             "no such cell, yet it has an outcome"},
        {"UPDATE outcomes SET digest = upper(digest) WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, column digest: it is not 64 hexadecimal digits"},
        {"UPDATE outcomes SET digest = substr(digest, 2) WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, column digest"},
        {"UPDATE outcomes SET verdict = 'peace' WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, column verdict"},
        {"UPDATE outcomes SET reason = 'stalled' WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, column reason: it does not fit"},
        {"UPDATE outcomes SET reason = 'boredom' WHERE verdict = 'breakdown'",
         "Study 1, repetition 0, cell 1, column reason: it does not fit"},
        {"UPDATE outcomes SET agreement = NULL WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, column agreement: it does not fit"},
        {"UPDATE outcomes SET accords = '[' WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, table outcomes: what should be JSON is not"},
        {"UPDATE outcomes SET seat = 2 WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, column seat: the study has no such seat"},
        {"DELETE FROM outcome_seats WHERE key = ((" KEY ") << 4) + 1",
         "Study 1, repetition 1, cell 2, table outcome_seats: a seat is missing"},
        {"UPDATE outcome_seats SET key = key + 1 WHERE key = ((" KEY ") << 4) + 1",
         "Study 1, repetition 1, cell 2, table outcome_seats: a seat is missing"},
        {"INSERT INTO outcome_seats VALUES (((" KEY ") << 4) + 2, 1, 1, 1, 1, 1, 0, 0)",
         "Study 1, repetition 1, cell 2, table outcome_seats: there is such a row, yet no outcome"},
        {"DELETE FROM outcomes WHERE key = " KEY,
         "Study 1, repetition 1, cell 2, table outcome_seats: there is such a row, yet no outcome"},
        {"UPDATE outcome_runs SET header_hash = 'x'",
         "Study 1, repetition 0, cell 0, table outcome_runs: it names no header"},
        {"UPDATE outcomes SET seed = 7 WHERE key = 1 << 44",
         "Study 1, repetition 0, cell 0, column seed: it says 7, its recorded run says 1000."},
        {"UPDATE outcomes SET digest = replace(digest, substr(digest, 1, 1), '0') WHERE key = 1 << "
         "44;"
         "UPDATE outcomes SET digest = replace(digest, substr(digest, 2, 1), '1') WHERE key = 1 << "
         "44",
         "Study 1, repetition 0, cell 0, column digest: it says"},
        {"UPDATE failures SET attempt = 0",
         "Study 1, repetition 9, cell 0, table failures: there is no such job or attempt"},
        {"DROP VIEW outcome; CREATE VIEW outcome AS SELECT 1", "view, outcome"},
    };
    const char *path = sample_path("a.record");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_bare(path);
        sample_sql(path, cases[i].change);
        Error error = check(path, 1);
        assert_error(error, ERROR_CHECK, cases[i].said);
    }
}

/* --- what others made --- */

/* Tables of the same names without types, in which anything may stand. */
static void loosen(const char *path) {
    static const char *const tables[] = {"studies",       "study_seats",  "cells",   "outcomes",
                                         "outcome_seats", "outcome_runs", "failures"};
    Text sql = {0};
    text_add(&sql, sample_query(path, "SELECT 'DROP VIEW ' || name || ';' FROM sqlite_schema"
                                      " WHERE type = 'view'"));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        text_addf(&sql,
                  "ALTER TABLE %s RENAME TO old; CREATE TABLE %s AS SELECT * FROM old;"
                  "DROP TABLE old;",
                  tables[i], tables[i]);
    sample_sql(path, sql.bytes);
    text_finish(&sql);
}

static bool visit_any(void *context, const OutcomeRow *row) {
    assert_in_range(row->seats, 1, NP_MAX_SEATS);
    ++*(int *)context;
    return true;
}

static bool visit_failure(void *context, uint64_t cell, uint64_t repetition, uint32_t attempts,
                          const char *why) {
    (void)cell, (void)repetition, (void)attempts;
    assert_non_null(why);
    ++*(int *)context;
    return true;
}

static bool visit_row(void *context, const char *const *column, const RecordValue *value,
                      int columns) {
    (void)column, (void)value, (void)columns;
    ++*(int *)context;
    return true;
}

/* All that reads a study, whether it succeeds or not; gives what walking the outcomes said. */
static Error read_all(const char *path) {
    static const char *const views[] = {"study", "cell", "outcome", "outcome_seat", "failure"};
    Error error = {0}, ignored;
    int count = 0;
    StudyRow row = {0};
    Text texts = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record, error);
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        ignored = (Error){0};
        record_study_view(record, views[i], 1, visit_row, &count, &ignored);
    }
    ignored = (Error){0};
    record_next_study(record, 0, &row, &ignored);
    record_failures(record, 1, visit_failure, &count, &ignored);
    ignored = (Error){0};
    assert_false(record_study_check(record, 1, &ignored));
    assert_int_equal(ignored.kind, ERROR_CHECK);
    record_study_find(record, 0, &row, &texts, &texts, &error);
    record_outcomes(record, 1, visit_any, &count, &error);
    record_close(record);
    text_finish(&texts);
    return error;
}

static void values_of_other_kinds_are_damage_with_a_place(void **state) {
    (void)state;
    static const struct {
        const char *change, *said;
    } cases[] = {
        {"UPDATE outcomes SET digest = x'00ff' WHERE key = " KEY,
         "damaged: Study 1, repetition 1, cell 2, column digest"},
        {"UPDATE outcomes SET verdict = 3.5 WHERE key = " KEY,
         "damaged: Study 1, repetition 1, cell 2, column verdict"},
        {"UPDATE outcomes SET verdict = NULL WHERE key = " KEY,
         "damaged: Study 1, repetition 1, cell 2, column verdict"},
        {"UPDATE outcomes SET reason = zeroblob(100) WHERE verdict = 'breakdown'",
         "damaged: Study 1, repetition 0, cell 1, column reason"},
        {"UPDATE outcomes SET digest = (SELECT group_concat(digest) FROM outcomes), agreement ="
         " zeroblob(1000000), ended_at = 'never', seed = x'', events = 1e300 WHERE key = " KEY,
         "damaged: Study 1, repetition 1, cell 2, column digest"},
        {"DELETE FROM outcome_seats WHERE key = ((" KEY ") << 4) + 1",
         "damaged: Study 1, repetition 1, cell 2, table outcome_seats"},
        {"UPDATE outcome_seats SET key = 'x'",
         "damaged: Study 1, repetition 0, cell 0, table outcome_seats"},
        {"UPDATE studies SET cells = 'many'", "damaged: study 1, table studies: it has 0 cells"},
        {"UPDATE studies SET cells = -3", "it has -3 cells"},
        {"UPDATE studies SET cells = 1 << 60", "it has 1152921504606846976 cells"},
        {"UPDATE studies SET seats = 1 << 40", "it has 3 cells and 1099511627776 seats"},
        {"UPDATE studies SET seats = x'01'", "seats"},
        {"UPDATE studies SET study = 1 << 50", "study 1125899906842624"},
        {"UPDATE studies SET study = -1", "study -1"},
        {"DROP TABLE outcomes", "damaged"},
        {"DROP TABLE outcome_seats; CREATE TABLE outcome_seats (key)", "damaged"},
    };
    const char *path = sample_path("a.record");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_bare(path);
        loosen(path);
        sample_sql(path, cases[i].change);
        Error error = read_all(path);
        assert_error(error, ERROR_SCENARIO, cases[i].said);
    }
}

/* What looks like text and is none changes nothing but what is said. */
static void odd_values_elsewhere_are_read_as_they_can_be(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    write_bare(path);
    loosen(path);
    sample_sql(path, "UPDATE failures SET why = x'ff00', attempt = 'first', cell = -7;"
                     "UPDATE study_seats SET seat = 99, id = zeroblob(100000);"
                     "UPDATE cells SET settings = 7, numbers = x'80';"
                     "UPDATE studies SET scenario_name = zeroblob(70000), version = NULL;"
                     "UPDATE outcomes SET epoch = 'x', signatories = -1, peace_until = 1e308;"
                     "UPDATE outcome_seats SET utility = 'high', offers = NULL");
    Error error = read_all(path);
    assert_string_equal(error.text, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sound_study_passes, fresh, clean),
        cmocka_unit_test_setup_teardown(each_wrong_value_is_found_and_named, fresh, clean),
        cmocka_unit_test_setup_teardown(values_of_other_kinds_are_damage_with_a_place, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(odd_values_elsewhere_are_read_as_they_can_be, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
