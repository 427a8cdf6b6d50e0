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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_study_is_found_by_its_plan, fresh, clean),
        cmocka_unit_test_setup_teardown(a_study_is_read_back, fresh, clean),
        cmocka_unit_test_setup_teardown(the_same_plan_with_other_cells_is_refused, fresh, clean),
        cmocka_unit_test_setup_teardown(a_cell_is_entered_once, fresh, clean),
        cmocka_unit_test_setup_teardown(outcomes_are_read_back_in_the_order_of_jobs, fresh, clean),
        cmocka_unit_test_setup_teardown(views_speak_in_words_dates_and_reals, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
