/* What is recorded of a study is read back: studies, cells, outcomes, failures; once each. */
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

static Record *open_record(const char *path) {
    Error error = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    return record;
}

/* --- the study itself --- */

static void a_study_is_found_by_its_plan(void **state) {
    (void)state;
    Error error = {0};
    uint64_t study;
    Record *record = open_record(sample_path("a.record"));
    StudyHeader header = study_header();
    assert_int_equal(study_begin(record), 1);
    assert_int_equal(study_begin(record), 1);
    header.plan = "{\"seed\":8}";
    assert_good(record_study_begin(record, &header, &study, &error), error);
    assert_int_equal(study, 2);
    record_close(record);
    assert_string_equal(sample_query(sample_path("a.record"), "SELECT study, scenario, seed, cells,"
                                                              " outcomes, seats FROM study"),
                        "1|sample|7|3|0|[\"ukraine\",\"russia\"]\n"
                        "2|sample|7|3|0|[\"ukraine\",\"russia\"]\n");
}

static void a_study_is_read_back(void **state) {
    (void)state;
    Error error = {0};
    StudyRow row;
    Text plan = {0}, scenario = {0};
    Record *record = open_record(sample_path("a.record"));
    assert_false(record_study_find(record, 0, &row, NULL, NULL, &error));
    assert_error(error, ERROR_NO_INPUT, "no study");
    error = (Error){0};
    study_begin(record);
    assert_good(record_study_find(record, 0, &row, &plan, &scenario, &error), error);
    StudyHeader header = study_header();
    Digest hash = digest_of(STUDY_PLAN, strlen(STUDY_PLAN));
    Digest scenario_hash = digest_of(header.scenario_text, header.scenario_length);
    assert_int_equal(row.study, 1);
    assert_int_equal(row.seed, 7);
    assert_int_equal(row.cells, STUDY_CELLS);
    assert_int_equal(row.seats, 2);
    assert_int_equal(row.started_at, header.started_at);
    assert_true(digest_equal(&row.hash, &hash));
    assert_true(digest_equal(&row.scenario_hash, &scenario_hash));
    assert_string_equal(row.seat_id[1], "russia");
    assert_string_equal(row.version, header.version);
    assert_string_equal(plan.bytes, STUDY_PLAN);
    assert_string_equal(scenario.bytes, header.scenario_text);
    assert_false(record_study_find(record, 2, &row, NULL, NULL, &error));
    assert_error(error, ERROR_NO_INPUT, "no study 2");
    text_finish(&plan);
    text_finish(&scenario);
    record_close(record);
}

static void the_same_plan_with_other_cells_is_refused(void **state) {
    (void)state;
    Error error = {0};
    uint64_t study;
    Record *record = open_record(sample_path("a.record"));
    StudyHeader header = study_header();
    study_begin(record);
    header.cells = 4;
    assert_false(record_study_begin(record, &header, &study, &error));
    assert_error(error, ERROR_CHECK, "with 3 cells and 2 seats, not 4 and 2");
    study_record(record, 1, 0, 0); /* one may go on */
    record_close(record);
}

static void a_cell_is_entered_once(void **state) {
    (void)state;
    Error error = {0};
    Record *record = open_record(sample_path("a.record"));
    study_begin(record);
    study_begin(record);
    assert_good(record_commit(record, &error), error);
    assert_good(record_cell(record, 1, 1, "[\"time.deadline=61d\"]", "{}", &error), error);
    assert_false(record_commit(record, &error));
    assert_error(error, ERROR_CHECK,
                 "Study 1, cell 1: it is recorded already, column settings "
                 "\"[\"time.deadline=60d\"]\", and this one says \"[\"time.deadline=61d\"]\"");
    record_close(record);
    assert_string_equal(sample_query(sample_path("a.record"), "SELECT * FROM cell WHERE cell > 0"),
                        "1|1|[\"time.deadline=60d\"]|{\"time.deadline\":60}\n"
                        "1|2|[\"time.deadline=90d\"]|{\"time.deadline\":90}\n");
}

/* --- outcomes --- */

/* Repetitions 0 to 3 of every cell, backwards. */
static uint64_t write_study(const char *path) {
    Record *record = open_record(path);
    uint64_t study = study_begin(record);
    for (uint64_t job = 4 * STUDY_CELLS; job-- > 0;)
        study_record(record, study, job % STUDY_CELLS, job / STUDY_CELLS);
    record_close(record);
    return study;
}

static void assert_outcome(const OutcomeRow *row, uint64_t job) {
    StudyOutcome expected = study_outcome(job % STUDY_CELLS, job / STUDY_CELLS);
    const Verdict *verdict = &expected.verdict;
    assert_int_equal(row->cell, expected.cell);
    assert_int_equal(row->repetition, expected.repetition);
    assert_int_equal(row->seed, expected.seed);
    assert_int_equal(row->kind, verdict->kind);
    assert_int_equal(row->reason, verdict->reason);
    assert_int_equal(row->ended_at, verdict->ended_at);
    assert_int_equal(row->events, verdict->events);
    assert_true(digest_equal(&row->digest, &verdict->digest));
    assert_int_equal(row->in_force, verdict->in_force);
    assert_int_equal(row->seats, 2);
    for (int seat = 0; seat < 2; seat++) {
        assert_int_equal(row->utility[seat], verdict->seat_result[seat].utility);
        assert_int_equal(row->reservation[seat], verdict->seat_result[seat].reservation);
    }
    assert_int_equal(row->observed, verdict->peace.observed);
    assert_int_equal(row->held, row->observed && verdict->peace.broken_at == NP_NEVER);
    if (verdict->kind == VERDICT_AGREEMENT)
        assert_string_equal(row->agreement, "{\"security\":\"israel\",\"forces\":\"600k\"}");
    else
        assert_null(row->agreement);
}

static bool visit_in_order(void *context, const OutcomeRow *row) {
    assert_outcome(row, (*(uint64_t *)context)++);
    return true;
}

static bool stop_at_third(void *context, const OutcomeRow *row) {
    (void)row;
    return ++*(uint64_t *)context < 3;
}

static void outcomes_are_read_back_in_the_order_of_jobs(void **state) {
    (void)state;
    Error error = {0};
    uint64_t jobs = 0, stopped = 0, count = 0;
    write_study(sample_path("a.record"));
    Record *record = record_open_read(sample_path("a.record"), &error);
    assert_good(record_outcomes(record, 1, visit_in_order, &jobs, &error), error);
    assert_int_equal(jobs, 4 * STUDY_CELLS);
    assert_good(record_outcomes(record, 1, stop_at_third, &stopped, &error), error);
    assert_int_equal(stopped, 3);
    assert_good(record_count_outcomes(record, 1, &count, &error), error);
    assert_int_equal(count, 4 * STUDY_CELLS);
    assert_false(record_outcomes(record, 2, stop_at_third, &stopped, &error));
    assert_error(error, ERROR_NO_INPUT, "no study 2");
    record_close(record);
}

/* Written out by hand from the sample. */
static void views_speak_in_words_dates_and_reals(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    write_study(path);
    assert_string_equal(
        sample_query(path, "SELECT repetition, cell, seed, verdict, reason, seat, ended, days,"
                           " events, agreement, signatories, in_force, accords, last_distance,"
                           " held, years, broken, probes, steps, peace_in_force, drawn, settings,"
                           " numbers FROM outcome WHERE study = 1 AND repetition = 0"
                           " AND cell < 2"),
        "0|0|1000|agreement|||2025-03-02T00:00:00|6.0|10|{\"security\":\"israel\",\"forces\":"
        "\"600k\"}|[\"ukraine\",\"russia\"]|1|[{\"forces\":\"no \\\"cap\\\"\"}]|0.3|0|"
        "0.0027378507871321|2025-03-03T00:00:00|3|1|{\"security\":\"nato\",\"forces\":"
        "\"600k\"}|[\"seats.russia.patience=0.5\"]|[\"time.deadline=30d\"]|{\"time.deadline\":30}\n"
        "0|1|1000|breakdown|walk_out|russia|2025-03-02T00:00:00|6.0|11||||[]||||||||[]|"
        "[\"time.deadline=60d\"]|{\"time.deadline\":60}\n");
}

static void the_same_outcome_again_changes_nothing(void **state) {
    (void)state;
    Error error = {0};
    const char *path = sample_path("a.record");
    Text before = {0};
    write_study(path);
    text_add(&before, study_rows(path));
    write_study(path);
    assert_string_equal(study_rows(path), before.bytes);
    Record *record = open_record(path);
    StudyOutcome again = study_outcome(1, 2);
    for (int twice = 0; twice < 2; twice++) /* in one batch */
        assert_good(record_outcome(record, 1, &again, &error), error);
    assert_good(record_commit(record, &error), error);
    record_close(record);
    assert_string_equal(study_rows(path), before.bytes);
    text_finish(&before);
}

static void another_outcome_of_the_same_job_is_refused_and_the_rest_is_kept(void **state) {
    (void)state;
    Error error = {0};
    const char *path = sample_path("a.record");
    Record *record = open_record(path);
    study_begin(record);
    study_record(record, 1, 2, 1);
    StudyOutcome other = study_outcome(2, 1);
    other.verdict.digest.bytes[0] ^= 1;
    study_record(record, 1, 0, 1);
    assert_good(record_outcome(record, 1, &other, &error), error);
    study_record(record, 1, 1, 1);
    assert_false(record_checkpoint(record, &error));
    assert_error(error, ERROR_CHECK,
                 "Study 1, repetition 1, cell 2: it is recorded already, column digest");
    error = (Error){0};
    assert_good(record_checkpoint(record, &error), error); /* it is said once */
    other = study_outcome(2, 1);
    other.seed++;
    assert_good(record_outcome(record, 1, &other, &error), error);
    assert_false(record_commit(record, &error));
    assert_error(error, ERROR_CHECK, "column seed");
    record_close(record);
    char hex[DIGEST_HEX];
    StudyOutcome first = study_outcome(2, 1);
    Text expected = {0};
    text_addf(&expected, "3|%s\n", digest_hex(hex, &first.verdict.digest));
    assert_string_equal(sample_query(path, "SELECT count(*), max(digest) FILTER (WHERE cell = 2)"
                                           " FROM outcome"),
                        expected.bytes);
    text_finish(&expected);
}

static void seeds_of_64_bits_are_kept(void **state) {
    (void)state;
    Error error = {0};
    Record *record = open_record(sample_path("a.record"));
    study_begin(record);
    StudyOutcome outcome = study_outcome(0, 0);
    outcome.seed = UINT64_MAX;
    assert_good(record_outcome(record, 1, &outcome, &error), error);
    record_close(record);
    assert_string_equal(sample_query(sample_path("a.record"), "SELECT seed FROM outcome"),
                        "18446744073709551615\n");
}

/* Seats by the hundred are inserted at once; studies of other sizes in the same batch are kept apart. */
static void studies_of_different_sizes_share_a_batch(void **state) {
    (void)state;
    Error error = {0};
    uint64_t other;
    const char *path = sample_path("a.record");
    Record *record = open_record(path);
    StudyHeader header = study_header();
    header.plan = "{}";
    header.seats = 3;
    header.seat_id[2] = "usa";
    study_begin(record);
    assert_good(record_study_begin(record, &header, &other, &error), error);
    for (uint64_t repetition = 0; repetition < 100; repetition++) {
        study_record(record, 1, 0, repetition);
        study_record(record, 1, 1, repetition);
        if (repetition % 30 == 7) study_record(record, other, 0, repetition);
    }
    record_close(record);
    assert_string_equal(sample_query(path, "SELECT study, seat, count(*), count(DISTINCT utility)"
                                           " FROM outcome_seat GROUP BY study, seat"),
                        "1|russia|200|1\n1|ukraine|200|200\n2|russia|4|1\n2|ukraine|4|4\n"
                        "2|usa|4|1\n");
}

/* --- the run that is recorded in full --- */

static void a_run_that_is_recorded_in_full_is_named(void **state) {
    (void)state;
    Error error = {0};
    RunRow run;
    const char *path = sample_path("a.record");
    Record *record = open_record(path);
    study_begin(record);
    study_record(record, 1, 0, 0); /* first without */
    assert_good(record_find_run(record, sample_write_run(record, 1000), &run, &error), error);
    StudyOutcome outcome = study_outcome(0, 0);
    outcome.header_hash = &run.header_hash;
    assert_good(record_outcome(record, 1, &outcome, &error), error);
    study_record(record, 1, 0, 0); /* and again without */
    record_close(record);
    assert_string_equal(sample_query(path, "SELECT o.cell, r.run FROM outcome o JOIN run r"
                                           " USING (header_hash)"),
                        "0|1\n");
}

/* --- failures --- */

static bool say_failure(void *context, uint64_t cell, uint64_t repetition, uint32_t attempts,
                        const char *why) {
    text_addf(context, "%d/%d %d %s\n", (int)repetition, (int)cell, (int)attempts, why);
    return true;
}

static void failures_are_counted_until_there_is_an_outcome(void **state) {
    (void)state;
    Error error = {0};
    Text said = {0};
    Record *record = open_record(sample_path("a.record"));
    study_begin(record);
    assert_good(record_failure(record, 1, 2, 0, "killed by signal 9", &error), error);
    assert_good(record_failure(record, 1, 1, 4, "hangs", &error), error);
    assert_good(record_failure(record, 1, 2, 0, "an \x1b[31mescape", &error), error);
    assert_good(record_failure(record, 1, 0, 1, "once", &error), error);
    assert_good(record_failures(record, 1, say_failure, &said, &error), error);
    assert_string_equal(said.bytes, "0/2 2 an \\x1b[31mescape\n1/0 1 once\n4/1 1 hangs\n");
    study_record(record, 1, 2, 0);
    text_clear(&said);
    assert_good(record_failures(record, 1, say_failure, &said, &error), error);
    assert_string_equal(said.bytes, "1/0 1 once\n4/1 1 hangs\n");
    record_close(record);
    assert_string_equal(sample_query(sample_path("a.record"), "SELECT * FROM failure LIMIT 2"),
                        "1|0|2|1|killed by signal 9\n1|0|2|2|an \\x1b[31mescape\n");
    text_finish(&said);
}

static void what_there_is_no_room_for_is_said(void **state) {
    (void)state;
    Error error = {0};
    Record *record = open_record(sample_path("a.record"));
    study_begin(record);
    StudyOutcome outcome = study_outcome(0, 0);
    outcome.repetition = STUDY_MOST_JOBS / 3;
    assert_false(record_outcome(record, 1, &outcome, &error));
    assert_error(error, ERROR_USAGE, "repetition 5864062014805, cell 0: a study has fewer than");
    error = (Error){0};
    outcome.repetition--;
    assert_good(record_outcome(record, 1, &outcome, &error), error);
    assert_false(record_outcome(record, 9, &outcome, &error));
    assert_error(error, ERROR_NO_INPUT, "no study 9");
    record_close(record);
    assert_string_equal(
        sample_query(sample_path("a.record"), "SELECT repetition, cell FROM outcome"),
        "5864062014804|0\n");
}

static void nothing_of_a_study_can_be_changed(void **state) {
    (void)state;
    static const char *const tables[] = {"studies",       "study_seats",  "cells",   "outcomes",
                                         "outcome_seats", "outcome_runs", "failures"};
    Error error = {0};
    const char *path = sample_path("a.record");
    Record *record = open_record(path);
    study_begin(record);
    StudyOutcome outcome = study_outcome(0, 0);
    Digest header = outcome.verdict.digest;
    outcome.header_hash = &header;
    assert_good(record_outcome(record, 1, &outcome, &error), error);
    assert_good(record_failure(record, 1, 0, 0, "why", &error), error);
    record_close(record);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        Text sql = {0};
        text_addf(&sql, "DELETE FROM %s", tables[i]);
        assert_non_null(strstr(sample_query(path, sql.bytes), "a record is append-only"));
        text_clear(&sql);
        text_addf(&sql, "UPDATE %s SET %s = 5", tables[i],
                  strncmp(tables[i], "outcome", 7) == 0 ? "key" : "study");
        assert_non_null(strstr(sample_query(path, sql.bytes), "a record is append-only"));
        text_finish(&sql);
    }
}

static bool add_names(void *context, const char *const *column, const RecordValue *value,
                      int columns) {
    for (int i = 0; i < columns; i++)
        text_addf(context, "%s%s", column[i], value[i].kind == RECORD_NULL ? " " : "! ");
    return true;
}

static bool count_rows(void *context, const char *const *column, const RecordValue *value,
                       int columns) {
    (void)column, (void)columns;
    assert_int_equal(value[0].integer, 2);
    ++*(int *)context;
    return true;
}

static void views_are_visited_study_by_study(void **state) {
    (void)state;
    Error error = {0};
    uint64_t second;
    int rows = 0;
    Text names = {0};
    Record *record = open_record(sample_path("a.record"));
    StudyHeader header = study_header();
    study_begin(record);
    study_record(record, 1, 0, 0);
    header.plan = "{}";
    assert_good(record_study_begin(record, &header, &second, &error), error);
    study_record(record, second, 1, 0);
    study_record(record, second, 2, 0);
    assert_good(record_study_view(record, "outcome_seat", 0, add_names, &names, &error), error);
    assert_string_equal(names.bytes, "study repetition cell seat utility outside_option gain "
                                     "first_demand last_demand concession offers costs type ");
    assert_good(record_study_view(record, "outcome", second, count_rows, &rows, &error), error);
    assert_good(record_study_view(record, "outcome_seat", second, count_rows, &rows, &error),
                error);
    assert_good(record_study_view(record, "study", second, count_rows, &rows, &error), error);
    assert_int_equal(rows, 2 + 4 + 1);
    record_close(record);
    text_finish(&names);
}

static bool visit_own(void *context, const OutcomeRow *row) {
    uint64_t *next = context;
    assert_int_equal(row->cell, 1);
    assert_int_equal(row->repetition, *next);
    *next += *next == 2 ? 3 : 1;
    return *next < 7;
}

static void one_cell_is_read_alone_with_its_gaps(void **state) {
    (void)state;
    Error error = {0};
    uint64_t next = 0, none = 0;
    Record *record = record_open(sample_path("a.record"), &error);
    assert_good(record, error);
    study_begin(record);
    /* Repetitions 3 and 4 of cell 1 are missing; at 3 nobody has one at all. */
    for (uint64_t repetition = 0; repetition < 8; repetition++)
        for (uint64_t cell = 0; cell < 2; cell++)
            if (repetition != 3 && (cell == 0 || repetition != 4))
                study_record(record, 1, cell, repetition);
    assert_good(record_cell_outcomes(record, 1, 1, visit_own, &next, &error), error);
    assert_int_equal(next, 7);
    assert_good(record_cell_outcomes(record, 1, 2, visit_own, &none, &error), error);
    assert_int_equal(none, 0);
    record_close(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_study_is_found_by_its_plan, fresh, clean),
        cmocka_unit_test_setup_teardown(a_study_is_read_back, fresh, clean),
        cmocka_unit_test_setup_teardown(the_same_plan_with_other_cells_is_refused, fresh, clean),
        cmocka_unit_test_setup_teardown(a_cell_is_entered_once, fresh, clean),
        cmocka_unit_test_setup_teardown(outcomes_are_read_back_in_the_order_of_jobs, fresh, clean),
        cmocka_unit_test_setup_teardown(views_speak_in_words_dates_and_reals, fresh, clean),
        cmocka_unit_test_setup_teardown(the_same_outcome_again_changes_nothing, fresh, clean),
        cmocka_unit_test_setup_teardown(
            another_outcome_of_the_same_job_is_refused_and_the_rest_is_kept, fresh, clean),
        cmocka_unit_test_setup_teardown(seeds_of_64_bits_are_kept, fresh, clean),
        cmocka_unit_test_setup_teardown(studies_of_different_sizes_share_a_batch, fresh, clean),
        cmocka_unit_test_setup_teardown(a_run_that_is_recorded_in_full_is_named, fresh, clean),
        cmocka_unit_test_setup_teardown(failures_are_counted_until_there_is_an_outcome, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(what_there_is_no_room_for_is_said, fresh, clean),
        cmocka_unit_test_setup_teardown(nothing_of_a_study_can_be_changed, fresh, clean),
        cmocka_unit_test_setup_teardown(views_are_visited_study_by_study, fresh, clean),
        cmocka_unit_test_setup_teardown(one_cell_is_read_alone_with_its_gaps, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
