/* Shards of a study are united: in any order, and again, with the same rows; what differs is said and nothing is
 * merged. */
#include "core/base/rng.h"
#include "tests/core/record/study_sample.h"

#include <stdio.h>
#include <string.h>

enum { SHARDS = 4, JOBS = 20 * STUDY_CELLS, ROUNDS = 12 };

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

static bool merge_into(const char *to, const char *from, RecordMerge *done, Error *error) {
    Record *target = record_open(to, error);
    Record *source = record_open_read(from, error);
    assert_non_null(target);
    assert_good(source, *error);
    bool good = record_merge(target, source, false, done, error);
    record_close(source);
    record_close(target);
    return good;
}

static void merge_well(const char *to, const char *from, RecordMerge *done) {
    Error error = {0};
    assert_good(merge_into(to, from, done, &error), error);
}

static void check_study(const char *path) {
    Error error = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record, error);
    assert_good(record_study_check(record, 1, &error), error);
    record_close(record);
}

/* --- a property: united in any order --- */

static void shard_name(char out[512], unsigned shard) {
    char name[32];
    snprintf(name, sizeof name, "shard-%u.record", shard);
    snprintf(out, 512, "%s", sample_path(name));
}

/* Here and there the run is said to be recorded in full, each time under another header. */
static void write_job(Record *record, uint64_t job, Rng *luck) {
    Error error = {0};
    uint32_t draw = rng_u32(luck);
    Digest header = digest_of(&draw, sizeof draw);
    StudyOutcome outcome = study_outcome(job % STUDY_CELLS, job / STUDY_CELLS);
    if (draw % 5 == 0) outcome.header_hash = &header;
    if (draw % 7 == 0)
        assert_good(record_failure(record, 1, outcome.cell, outcome.repetition,
                                   draw % 2 ? "killed" : "hangs", &error),
                    error);
    if (draw % 11 > 0) assert_good(record_outcome(record, 1, &outcome, &error), error);
}

/* Every shard knows all cells and some jobs, in an order of its own; some jobs are in several of them. */
static void write_shards(Rng *luck) {
    for (unsigned shard = 0; shard < SHARDS; shard++) {
        char path[512];
        Error error = {0};
        shard_name(path, shard);
        remove(path);
        Record *record = record_open(path, &error);
        assert_good(record, error);
        study_begin(record);
        for (uint64_t job = JOBS; job-- > 0;)
            if (job % SHARDS == shard || rng_below(luck, 4) == 0) write_job(record, job, luck);
        record_close(record);
    }
}

static void shuffle(unsigned *order, unsigned count, Rng *luck) {
    for (unsigned i = 0; i < count; i++) order[i] = i % SHARDS;
    for (unsigned i = count; i > 1; i--) {
        unsigned j = rng_below(luck, i), other = order[j];
        order[j] = order[i - 1];
        order[i - 1] = other;
    }
}

/* Each of them twice, in an order that chance decides. */
static void merge_in_some_order(const char *to, Rng *luck) {
    unsigned order[2 * SHARDS];
    shuffle(order, 2 * SHARDS, luck);
    for (unsigned i = 0; i < 2 * SHARDS; i++) {
        char path[512];
        RecordMerge done;
        shard_name(path, order[i]);
        merge_well(to, path, &done);
        assert_int_equal(done.outcomes, done.outcomes_merged + done.outcome_duplicates);
        assert_int_equal(done.studies, 1);
    }
}

static void shards_give_the_same_rows_in_any_order(void **state) {
    (void)state;
    char first[512], second[512];
    snprintf(first, sizeof first, "%s", sample_path("first.record"));
    snprintf(second, sizeof second, "%s", sample_path("second.record"));
    for (uint64_t round = 0; round < ROUNDS; round++) {
        Rng luck = rng_stream(rng_key(round, "shards"));
        Text rows = {0};
        remove(first);
        remove(second);
        write_shards(&luck);
        merge_in_some_order(first, &luck);
        merge_in_some_order(second, &luck);
        check_study(first);
        text_add(&rows, study_rows(first));
        assert_true(rows.length > 5000);
        assert_string_equal(study_rows(second), rows.bytes);
        text_finish(&rows);
    }
}

/* --- with what is there --- */

/* Jobs from `from` up to `to`. */
static void write_jobs(const char *path, uint64_t from, uint64_t to) {
    Error error = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    study_begin(record);
    for (uint64_t job = from; job < to; job++)
        study_record(record, 1, job % STUDY_CELLS, job / STUDY_CELLS);
    record_close(record);
}

static void copies_are_counted(void **state) {
    (void)state;
    RecordMerge done;
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    write_jobs(to, 0, 20);
    write_jobs(from, 15, 45);
    merge_well(to, from, &done);
    assert_int_equal(done.studies, 1);
    assert_int_equal(done.outcomes, 30);
    assert_int_equal(done.outcomes_merged, 25);
    assert_int_equal(done.outcome_duplicates, 5);
    write_jobs(from, 0, 45);
    Text rows = {0};
    text_add(&rows, study_rows(from));
    assert_string_equal(study_rows(to), rows.bytes);
    text_finish(&rows);
}

/* The study has another number there, and comes after one that the target alone has. */
static void a_study_finds_its_like_under_another_number(void **state) {
    (void)state;
    Error error = {0};
    RecordMerge done;
    uint64_t other;
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    Record *record = record_open(to, &error);
    StudyHeader header = study_header();
    header.plan = "{}";
    assert_good(record_study_begin(record, &header, &other, &error), error);
    study_record(record, other, 0, 0);
    record_close(record);
    write_jobs(from, 0, 9);
    for (int twice = 0; twice < 2; twice++) merge_well(to, from, &done);
    assert_int_equal(done.outcome_duplicates, 9);
    assert_string_equal(sample_query(to, "SELECT study, count(*), max(repetition) FROM outcome"
                                         " GROUP BY study"),
                        "1|1|0\n2|9|2\n");
    assert_string_equal(sample_query(to, "SELECT study, count(*) FROM outcome_seat GROUP BY study;"
                                         "SELECT study, count(*) FROM cell GROUP BY study"),
                        "1|2\n2|18\n2|3\n");
    record = record_open_read(to, &error);
    assert_good(record_study_check(record, 2, &error), error);
    record_close(record);
}

static void runs_that_are_recorded_in_full_come_along(void **state) {
    (void)state;
    Error error = {0};
    RecordMerge done;
    RunRow run;
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    Record *record = record_open(from, &error);
    study_begin(record);
    assert_good(record_find_run(record, sample_write_run(record, 1000), &run, &error), error);
    StudyOutcome outcome = study_outcome(0, 0);
    outcome.verdict.digest = run.digest;
    outcome.header_hash = &run.header_hash;
    assert_good(record_outcome(record, 1, &outcome, &error), error);
    record_close(record);
    sample_write(to, 2);
    merge_well(to, from, &done);
    assert_int_equal(done.merged, 1);
    assert_int_equal(done.outcomes_merged, 1);
    check_study(to);
    assert_string_equal(
        sample_query(to, "SELECT run.run FROM outcome JOIN run USING (header_hash)"), "3\n");
}

/* --- what differs --- */

static void assert_refused(const char *to, const char *from, const char *part) {
    Error error = {0};
    RecordMerge done;
    Text before = {0};
    static const char counts[] = "SELECT count(*) FROM runs";
    text_add(&before, study_rows(to));
    text_add(&before, sample_query(to, counts));
    assert_false(merge_into(to, from, &done, &error));
    assert_error(error, ERROR_CHECK, part);
    Text after = {0};
    text_add(&after, study_rows(to));
    text_add(&after, sample_query(to, counts));
    assert_string_equal(after.bytes, before.bytes);
    text_finish(&before);
    text_finish(&after);
}

static void another_digest_is_refused_and_nothing_is_merged(void **state) {
    (void)state;
    Error error = {0};
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    write_jobs(to, 6, 20);
    write_jobs(from, 0, 8);
    Record *record = record_open(from, &error);
    StudyOutcome other = study_outcome(2, 2); /* job 8 */
    other.verdict.digest.bytes[31] ^= 1;
    assert_good(record_outcome(record, 1, &other, &error), error);
    sample_write_run(record, 3);
    record_close(record);
    assert_refused(to, from, "Study 1, repetition 2, cell 2, column digest: ");
    assert_refused(to, from, "to.record says");
    assert_refused(to, from, "from.record says");
}

static void another_cell_and_another_count_are_refused(void **state) {
    (void)state;
    Error error = {0};
    uint64_t study;
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    write_jobs(to, 0, 4);
    StudyHeader header = study_header();
    Record *record = record_open(from, &error);
    assert_good(record_study_begin(record, &header, &study, &error), error);
    assert_good(record_cell(record, 1, 2, "[\"time.deadline=91d\"]", "{}", &error), error);
    record_close(record);
    assert_refused(to, from, "Study 1, cell 2, column settings: ");
    remove(from);
    record = record_open(from, &error);
    header.cells = 5;
    assert_good(record_study_begin(record, &header, &study, &error), error);
    record_close(record);
    assert_refused(to, from, "Study 1, column cells: ");
}

static void records_of_older_schemas_have_no_studies(void **state) {
    (void)state;
    RecordMerge done;
    write_jobs(sample_path("to.record"), 0, 4);
    for (int schema = 1; schema <= 3; schema++) {
        Text from = {0};
        text_addf(&from, "%s/tests/core/record/golden/schema-%d.record", NONPAPER_SOURCE_DIR,
                  schema);
        merge_well(sample_path("to.record"), from.bytes, &done);
        assert_true(done.merged > 0 || done.duplicates > 0);
        assert_int_equal(done.studies + done.outcomes, 0);
        text_finish(&from);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shards_give_the_same_rows_in_any_order, fresh, clean),
        cmocka_unit_test_setup_teardown(copies_are_counted, fresh, clean),
        cmocka_unit_test_setup_teardown(a_study_finds_its_like_under_another_number, fresh, clean),
        cmocka_unit_test_setup_teardown(runs_that_are_recorded_in_full_come_along, fresh, clean),
        cmocka_unit_test_setup_teardown(another_digest_is_refused_and_nothing_is_merged, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(another_cell_and_another_count_are_refused, fresh, clean),
        cmocka_unit_test_setup_teardown(records_of_older_schemas_have_no_studies, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
