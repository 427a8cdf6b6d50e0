/* Records of every schema there has been: each is read and checked as it is, and becomes one of today's.
 *
 *     record_golden_test --write FILE        writes the golden record of this version
 */
#include "tests/core/record/study_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* All golden records begin with the same three runs; the third is unfinished. */
enum { COMMON_RUNS = 3, UNFINISHED = 3, UNFINISHED_EVENTS = 9, GOLDEN_OUTCOMES = 10 };

static const struct Golden {
    int schema;
    uint64_t runs;
    int outcomes; /* of study 1 */
} golden[] = {{1, 3, 0}, {2, 5, 0}, {3, 6, 0}, {4, 6, GOLDEN_OUTCOMES}};

enum { GOLDEN = sizeof golden / sizeof golden[0] };

static void add_unfinished(Record *record, const RunHeader *header, uint32_t events) {
    Error error = {0};
    uint64_t run;
    const Batch *batch = sample_batch();
    assert_good(record_begin(record, header, &sample_negotiation, &run, &error), error);
    assert_good(
        record_events(record, run, batch->event, batch->bytes, batch->offset, events, &error),
        error);
}

/* Jobs 0 to 9; the second attempt at job 9 succeeded, and job 10 never did. */
static void add_study(Record *record) {
    Error error = {0};
    Digest header = digest_of("elsewhere", 9);
    uint64_t study = study_begin(record);
    assert_good(record_failure(record, study, 0, 3, "killed by signal 9", &error), error);
    assert_good(record_failure(record, study, 1, 3, "it hangs", &error), error);
    for (uint64_t job = 0; job < GOLDEN_OUTCOMES; job++) {
        StudyOutcome outcome = study_outcome(job % STUDY_CELLS, job / STUDY_CELLS);
        if (job == 4) outcome.header_hash = &header;
        assert_good(record_outcome(record, study, &outcome, &error), error);
    }
}

static void write_golden(const char *path) {
    Error error = {0};
    sample_write(path, 2);
    Record *record = record_open(path, &error);
    assert_good(record, error);
    RunHeader header = sample_header(44);
    add_unfinished(record, &header, UNFINISHED_EVENTS);
    header = sample_branch(1);
    add_unfinished(record, &header, 4);
    header = sample_branch(4);
    header.past = NULL;
    add_unfinished(record, &header, 4);
    sample_write_world(record, 45);
    add_study(record);
    record_close(record);
}

static void copy_golden(const struct Golden *one, const char *to) {
    char name[64], bytes[65536];
    snprintf(name, sizeof name, "schema-%d.record", one->schema);
    Text from = {0};
    text_addf(&from, "%s/tests/core/record/golden/%s", NONPAPER_SOURCE_DIR, name);
    FILE *in = fopen(from.bytes, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;) fwrite(bytes, 1, n, out);
    fclose(in);
    fclose(out);
    text_finish(&from);
}

static void assert_common(Record *record) {
    Error error = {0};
    RunRow row;
    Verdict verdict = sample_verdict();
    for (uint64_t run = 1; run <= COMMON_RUNS; run++) {
        assert_good(record_find_run(record, run, &row, &error), error);
        assert_int_equal(row.seed, 41 + run);
        assert_string_equal(row.strategy[0], "boulware(e=0.2)");
        assert_int_equal(row.ended, run != UNFINISHED);
        assert_int_equal(row.events, run == UNFINISHED ? UNFINISHED_EVENTS : SAMPLE_EVENTS);
        assert_false(row.branch);
        assert_int_equal(row.parent, 0);
        assert_int_equal(row.branched_at, -1);
        if (row.ended) assert_true(digest_equal(&row.digest, &verdict.digest));
        assert_good(record_check(record, run, &error), error);
    }
    Text past = {0};
    assert_good(record_past(record, 1, &past, &error), error);
    assert_string_equal(past.bytes, "[]");
    text_finish(&past);
}

static bool count_outcome(void *context, const OutcomeRow *row) {
    int job = (*(int *)context)++;
    StudyOutcome expected = study_outcome((uint64_t)job % STUDY_CELLS, (uint64_t)job / STUDY_CELLS);
    assert_true(digest_equal(&row->digest, &expected.verdict.digest));
    assert_int_equal(row->utility[0], expected.verdict.seat_result[0].utility);
    return true;
}

static void assert_study(Record *record, int outcomes) {
    Error error = {0};
    StudyRow row;
    int count = 0;
    assert_int_equal(record_study_find(record, 1, &row, NULL, NULL, &error), outcomes > 0);
    if (outcomes == 0) assert_int_equal(error.kind, ERROR_NO_INPUT);
    if (outcomes == 0) return;
    assert_good(record_study_check(record, 1, &error), error);
    assert_good(record_outcomes(record, 1, count_outcome, &count, &error), error);
    assert_int_equal(count, outcomes);
}

static uint64_t fingerprint(const char *path) {
    uint64_t sum = UINT64_C(14695981039346656037);
    FILE *in = fopen(path, "rb");
    for (int byte; (byte = fgetc(in)) != EOF;) sum = (sum ^ (uint64_t)byte) * 1099511628211u;
    fclose(in);
    return sum;
}

static void every_schema_is_read_and_left_as_it_is(void **state) {
    (void)state;
    for (int i = 0; i < GOLDEN; i++) {
        Error error = {0};
        const char *path = sample_path("golden.record");
        copy_golden(&golden[i], path);
        uint64_t before = fingerprint(path);
        Record *record = record_open_read(path, &error);
        assert_good(record, error);
        assert_common(record);
        for (uint64_t run = 1; run <= golden[i].runs; run++)
            assert_good(record_check(record, run, &error), error);
        assert_int_equal(record_last_run(record), golden[i].runs);
        assert_study(record, golden[i].outcomes);
        record_close(record);
        assert_true(fingerprint(path) == before);
    }
}

static void every_schema_becomes_the_current_one(void **state) {
    (void)state;
    for (int i = 0; i < GOLDEN; i++) {
        Error error = {0};
        const char *path = sample_path("golden.record");
        copy_golden(&golden[i], path);
        Text headers = {0};
        static const char all[] = "SELECT header, header_hash, result, result_hash FROM runs";
        text_add(&headers, sample_query(path, all));
        Record *record = record_open(path, &error);
        assert_good(record, error);
        assert_common(record);
        RunHeader header = sample_branch(UNFINISHED);
        add_unfinished(record, &header, 4);
        assert_int_equal(sample_write_world(record, 46), golden[i].runs + 2);
        for (uint64_t run = 1; run <= golden[i].runs + 2; run++)
            assert_good(record_check(record, run, &error), error);
        assert_study(record, golden[i].outcomes);
        add_study(record);
        assert_study(record, GOLDEN_OUTCOMES);
        record_close(record);
        assert_string_equal(sample_query(path, "PRAGMA user_version"), "4\n");
        assert_string_equal(sample_query(path, "SELECT value FROM meta WHERE name = 'schema'"),
                            "4\n");
        assert_memory_equal(sample_query(path, all), headers.bytes, headers.length - 1);
        text_finish(&headers);
    }
}

/* An older record that went on under this version is checked as one of this version. */
static void a_migrated_record_equals_a_new_one_in_shape(void **state) {
    (void)state;
    static const char shape[] =
        "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name; SELECT * FROM meta";
    sample_write(sample_path("new.record"), 1);
    Text fresh = {0};
    text_add(&fresh, sample_query(sample_path("new.record"), shape));
    for (int i = 0; i < GOLDEN; i++) {
        Error error = {0};
        copy_golden(&golden[i], sample_path("golden.record"));
        Record *record = record_open(sample_path("golden.record"), &error);
        assert_good(record, error);
        record_close(record);
        assert_string_equal(sample_query(sample_path("golden.record"), shape), fresh.bytes);
    }
    text_finish(&fresh);
}

static void what_a_user_added_survives_the_migration(void **state) {
    (void)state;
    const char *path = sample_path("golden.record");
    Error error = {0};
    copy_golden(&golden[0], path);
    sample_sql(path, "CREATE VIEW mine AS SELECT seed FROM run; CREATE INDEX also ON events (kind);"
                     "CREATE TABLE notes (run INTEGER, note TEXT);"
                     "INSERT INTO notes VALUES (1, 'look here')");
    Record *record = record_open(path, &error);
    assert_good(record, error);
    assert_common(record);
    record_close(record);
    assert_string_equal(sample_query(path, "SELECT note, seed FROM notes, mine LIMIT 1"),
                        "look here|42\n");
}

static void an_unfinished_run_of_an_older_schema_can_be_finished(void **state) {
    (void)state;
    const char *path = sample_path("golden.record");
    const Batch *batch = sample_batch();
    Verdict verdict = sample_verdict();
    for (int i = 0; i < GOLDEN; i++) {
        Error error = {0};
        uint64_t events;
        copy_golden(&golden[i], path);
        Record *record = record_open(path, &error);
        assert_good(record_reopen(record, UNFINISHED, &events, &error), error);
        assert_int_equal(events, UNFINISHED_EVENTS);
        assert_good(record_events(record, UNFINISHED, batch->event + events, batch->bytes,
                                  batch->offset + events, batch->count - (uint32_t)events, &error),
                    error);
        assert_good(record_end(record, UNFINISHED, &verdict, &error), error);
        assert_good(record_check(record, UNFINISHED, &error), error);
        record_close(record);
    }
}

static Error check_changed(const struct Golden *one, const char *change, uint64_t run) {
    Error error = {0};
    const char *path = sample_path("golden.record");
    copy_golden(one, path);
    sample_sql(path, change);
    Record *record = record_open_read(path, &error);
    if (record) record_check(record, run, &error);
    record_close(record);
    return error;
}

static void damage_to_an_older_record_is_found_too(void **state) {
    (void)state;
    static const struct {
        const char *change, *said;
        uint64_t run;
    } cases[] = {
        {"DROP TRIGGER runs_begin_once; DROP TRIGGER runs_end_once; UPDATE runs SET seed = 9",
         "Run 1, table runs, column seed: the column says 9, the run's header says 42.", 1},
        {"DROP TRIGGER runs_begin_once; UPDATE runs SET header = replace(header, 'header 1',"
         " 'header 2') WHERE run = 3",
         "Run 3, table runs, column header", 3},
        {"DROP TRIGGER seats_begin_once; UPDATE seats SET id = 'x' WHERE run = 3 AND seat = 1",
         "Run 3, table seats, seat 1, column id: the column says \"x\"", 3},
        {"DROP VIEW demand; CREATE VIEW demand AS SELECT 1", "view, demand", 1},
        {"DROP TRIGGER events_stay; UPDATE events SET at = 5 WHERE key = (3 << 32) + 9",
         "Run 3, table events, event 9, column at: it says 5", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Error error = check_changed(&golden[0], cases[i].change, cases[i].run);
        assert_error(error, ERROR_CHECK, cases[i].said);
    }
}

static void a_failed_migration_leaves_the_record_as_it_was(void **state) {
    (void)state;
    const char *path = sample_path("golden.record");
    Error error = {0};
    copy_golden(&golden[0], path);
    sample_sql(path, "CREATE TABLE branch (mine TEXT)"); /* in the way of a view */
    assert_null(record_open(path, &error));
    assert_true(error.kind != ERROR_NONE);
    assert_string_equal(sample_query(path, "PRAGMA user_version"), "1\n");
    assert_string_equal(sample_query(path, "SELECT count(*) FROM demand"), "9\n");
}

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

int main(int count, char **words) {
    if (count == 3 && strcmp(words[1], "--write") == 0) {
        write_golden(words[2]);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_schema_is_read_and_left_as_it_is, fresh, clean),
        cmocka_unit_test_setup_teardown(every_schema_becomes_the_current_one, fresh, clean),
        cmocka_unit_test_setup_teardown(a_migrated_record_equals_a_new_one_in_shape, fresh, clean),
        cmocka_unit_test_setup_teardown(what_a_user_added_survives_the_migration, fresh, clean),
        cmocka_unit_test_setup_teardown(an_unfinished_run_of_an_older_schema_can_be_finished, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(damage_to_an_older_record_is_found_too, fresh, clean),
        cmocka_unit_test_setup_teardown(a_failed_migration_leaves_the_record_as_it_was, fresh,
                                        clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
