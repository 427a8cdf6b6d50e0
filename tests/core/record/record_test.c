/* What goes into a record comes out of it, by the program and by any reader of SQLite. */
#include "tests/core/record/sample.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

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

/* Holds walked events against the sample's. */
typedef struct Walk {
    uint32_t seen, stop_after;
    uint64_t first;
} Walk;

static bool compare(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    Walk *walk = context;
    const Batch *batch = sample_batch();
    uint32_t i = (uint32_t)event->id - 1;
    if (walk->seen++ == 0) walk->first = event->id;
    assert_int_equal(length, batch->offset[i + 1] - batch->offset[i]);
    assert_memory_equal(bytes, batch->bytes + batch->offset[i], length);
    assert_int_equal(event->at, batch->event[i].at);
    return walk->seen != walk->stop_after;
}

static void a_run_comes_back_as_it_was_written(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 1);
    Error error = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record, error);
    RunRow row;
    assert_good(record_find_run(record, 1, &row, &error), error);
    Verdict verdict = sample_verdict();
    assert_string_equal(row.scenario, "sample");
    assert_int_equal(row.seed, 42);
    assert_string_equal(row.lane, "memory");
    assert_string_equal(row.version, "0.1.0");
    assert_int_equal(row.started_at, 1750000000);
    assert_int_equal(row.epoch, SAMPLE_EPOCH);
    assert_true(row.ended);
    assert_int_equal(row.kind, VERDICT_AGREEMENT);
    assert_int_equal(row.reason, REASON_NONE);
    assert_int_equal(row.seat, NP_NO_SEAT);
    assert_int_equal(row.ended_at, verdict.ended_at);
    assert_int_equal(row.events, SAMPLE_EVENTS);
    assert_true(digest_equal(&row.digest, &verdict.digest));
    assert_int_equal(row.in_force, 1);
    assert_int_equal(row.last_distance, 300000000);
    assert_int_equal(row.seats, 2);
    assert_string_equal(row.seat_id[1], "russia");
    assert_string_equal(row.strategy[0], "boulware(e=0.2)");
    assert_false(row.external[0]);
    assert_true(row.external[1]);
    assert_memory_equal(&row.result[1], &verdict.seat_result[1], sizeof row.result[1]);
    RunHeader header = sample_header(42);
    Digest hash = digest_of(header.scenario_text, header.scenario_length);
    assert_true(digest_equal(&row.scenario_hash, &hash));
    Text text = {0}, settings = {0};
    assert_good(record_scenario(record, 1, &text, &settings, &error), error);
    assert_string_equal(text.bytes, header.scenario_text);
    assert_string_equal(settings.bytes, header.settings);
    text_finish(&text);
    text_finish(&settings);
    Walk walk = {0};
    assert_good(record_walk(record, 1, 1, compare, &walk, &error), error);
    assert_int_equal(walk.seen, SAMPLE_EVENTS);
    assert_good(record_check(record, 1, &error), error);
    record_close(record);
}

static void a_walk_begins_and_stops_where_it_is_told(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 2);
    Error error = {0};
    Record *record = record_open_read(path, &error);
    Walk walk = {.stop_after = 3};
    assert_good(record_walk(record, 2, 5, compare, &walk, &error), error);
    assert_int_equal(walk.first, 5);
    assert_int_equal(walk.seen, 3);
    walk = (Walk){0};
    assert_good(record_walk(record, 3, 1, compare, &walk, &error), error);
    assert_int_equal(walk.seen, 0);
    record_close(record);
}

static void a_record_holds_many_runs(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 3);
    sample_write(path, 2);
    Error error = {0};
    Record *record = record_open_read(path, &error);
    RunRow row;
    uint64_t run = 0, runs = 0;
    for (; record_next_run(record, run, &row, &error); runs++) run = row.run;
    assert_int_equal(error.kind, ERROR_NONE);
    assert_int_equal(runs, 5);
    assert_int_equal(record_last_run(record), 5);
    assert_false(record_find_run(record, 6, &row, &error));
    assert_error(error, ERROR_NO_INPUT, "no run 6");
    error = (Error){0};
    assert_false(record_check(record, 6, &error));
    assert_error(error, ERROR_NO_INPUT, "no run 6");
    record_close(record);
    /* What runs have in common is stored once. */
    assert_string_equal(sample_query(path, "SELECT count(*) FROM scenarios"), "1\n");
    assert_string_equal(sample_query(path, "SELECT count(*) FROM domains"), "1\n");
}

static void runs_may_be_written_side_by_side(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *record = record_open(path, &error);
    RunHeader header = sample_header(1);
    const Batch *batch = sample_batch();
    Verdict verdict = sample_verdict();
    uint64_t run[3];
    for (int i = 0; i < 3; i++)
        assert_good(record_begin(record, &header, &sample_negotiation, &run[i], &error), error);
    for (uint32_t e = 0; e < batch->count; e++)
        for (int i = 2; i >= 0; i--)
            assert_good(record_events(record, run[i], batch->event + e, batch->bytes,
                                      batch->offset + e, 1, &error),
                        error);
    for (int i = 0; i < 3; i++) assert_good(record_end(record, run[i], &verdict, &error), error);
    for (int i = 0; i < 3; i++) assert_good(record_check(record, run[i], &error), error);
    record_close(record);
}

static void a_breakdown_names_its_reason_and_seat(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *record = record_open(path, &error);
    RunHeader header = sample_header(UINT64_MAX);
    uint64_t run;
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    Batch batch;
    sample_offer(1, &batch);
    batch.event[1] = batch.event[0];
    batch.event[1].id = 2;
    batch.event[1].cause = 1;
    batch.event[1].kind = NP_EVENT_BREAKDOWN;
    batch.event[1].reason = REASON_WALK_OUT;
    batch.event[1].seat = 1;
    batch.offset[2] =
        batch.offset[1] + (uint32_t)event_encode(&batch.event[1], batch.bytes + batch.offset[1]);
    Verdict verdict = {
        .kind = VERDICT_BREAKDOWN,
        .reason = REASON_WALK_OUT,
        .seat = 1,
        .events = 2,
        .digest = digest_of(batch.bytes, batch.offset[2]),
        .in_force = -1,
        .first_distance = UTILITY_NONE,
        .last_distance = UTILITY_NONE,
        .seat_result = {{.first_demand = UTILITY_NONE, .last_demand = UTILITY_NONE}}};
    assert_good(record_events(record, run, batch.event, batch.bytes, batch.offset, 2, &error),
                error);
    assert_good(record_end(record, run, &verdict, &error), error);
    RunRow row;
    assert_good(record_find_run(record, run, &row, &error), error);
    assert_int_equal(row.seed, UINT64_MAX);
    assert_int_equal(row.kind, VERDICT_BREAKDOWN);
    assert_int_equal(row.reason, REASON_WALK_OUT);
    assert_int_equal(row.seat, 1);
    assert_int_equal(row.in_force, -1);
    assert_int_equal(row.first_distance, UTILITY_NONE);
    assert_int_equal(row.result[0].first_demand, UTILITY_NONE);
    assert_good(record_check(record, run, &error), error);
    record_close(record);
    assert_string_equal(
        sample_query(path, "SELECT seed, verdict, reason, seat, agreement FROM run"),
        "18446744073709551615|breakdown|walk_out|russia|\n");
    assert_string_equal(sample_query(path, "SELECT signatories, in_force, accords FROM verdict"),
                        "||[]\n");
}

static void views_speak_in_words(void **state) {
    (void)state;
    static const struct {
        const char *query, *answer;
    } cases[] = {
        {"SELECT run, scenario, seed, verdict, reason, began, ended, days, events, agreement, "
         "recorded"
         " FROM run WHERE run = 1",
         "1|sample|42|agreement||2025-02-24T00:00:00|2025-03-02T00:00:00|6.0|11|"
         "{\"security\":\"israel\",\"forces\":\"600k\"}|2025-06-15T15:06:40Z\n"},
        {"SELECT event, cause, date, kind, seat, offer, package, packages FROM event"
         " WHERE run = 1 AND event <= 3",
         "1||2025-02-24T00:00:00|opening|||0|\n"
         "2|1|2025-02-25T00:00:00|offer|ukraine|1|0|[[\"nato\",\"no "
         "\\\"cap\\\"\"],[\"israel\",null]]\n"
         "3|2|2025-02-25T01:00:00|offer|russia|2|0|[[\"neutrality\",\"no \\\"cap\\\"\"]]\n"},
        {"SELECT kind, seat, ruling, refused, issue, option FROM event"
         " WHERE run = 1 AND event BETWEEN 4 AND 6",
         "rule_out|russia|||forces|no \"cap\"\n"
         "refusal|ukraine|no_such_offer|accept||\n"
         "refusal|ukraine|malformed|rule_out|security|#77\n"},
        {"SELECT decided, expires, breaks_commitment, passed FROM event WHERE run = 1 AND event = "
         "7",
         "2025-02-25T23:00:00|2025-03-06T00:00:00|1|\n"},
        {"SELECT kind, seats, passed, demand, text FROM event WHERE run = 1 AND event > 9",
         "ratification||1|-0.123456789|rada\nagreement|[\"ukraine\",\"russia\"]|||\n"},
        {"SELECT event, seat, offer, package, options FROM offer WHERE run = 1",
         "2|ukraine|1|0|[\"nato\",\"no \\\"cap\\\"\"]\n"
         "2|ukraine|1|1|[\"israel\",null]\n"
         "3|russia|2|0|[\"neutrality\",\"no \\\"cap\\\"\"]\n"
         "7|ukraine|3|0|[\"israel\",\"600k\"]\n"},
        {"SELECT seat, offer, package, issue, option FROM offer_option WHERE run = 1 AND event = 2",
         "ukraine|1|0|security|nato\nukraine|1|0|forces|no \"cap\"\n"
         "ukraine|1|1|security|israel\nukraine|1|1|forces|\n"},
        {"SELECT event, seat, demand, concession, distance FROM demand WHERE run = 1 ORDER BY "
         "event",
         "2|ukraine|0.9|0.0|\n3|russia|0.8|0.0|0.5\n7|ukraine|0.7|0.2|0.3\n"},
        {"SELECT event, date, seat, offer, package, options, accepted FROM acceptance WHERE run = "
         "1",
         "8|2025-02-27T00:00:00|russia|3|0|[\"israel\",\"600k\"]|[\"ukraine\",\"russia\"]\n"},
        {"SELECT run, verdict, date, signatories, in_force, accords, first_distance, last_distance"
         " FROM verdict WHERE run = 1",
         "1|agreement|2025-03-02T00:00:00|[\"ukraine\",\"russia\"]|1|[{\"forces\":\"no "
         "\\\"cap\\\"\"}]|"
         "0.5|0.3\n"},
        {"SELECT seat, strategy, external, utility, outside_option, gain, concession, offers FROM "
         "seat"
         " WHERE run = 1",
         "ukraine|boulware(e=0.2)|0|0.7|0.35|0.35|0.2|2\nrussia|menu|1|0.6|0.45|0.15|0.0|1\n"},
        {"SELECT number, issue, status_quo, separable, options FROM issue WHERE run = 1",
         "0|security|neutrality|0|[\"nato\",\"israel\",\"neutrality\"]\n"
         "1|forces||1|[\"600k\",\"no \\\"cap\\\"\"]\n"},
        {"SELECT name, value FROM meta WHERE name IN ('format', 'schema')",
         "format|nonpaper record\nschema|4\n"},
        {"PRAGMA application_id", "1852858738\n"},
        {"PRAGMA user_version", "4\n"},
        {"PRAGMA journal_mode", "wal\n"},
        {"SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
         " AND NOT strict AND name NOT LIKE 'sqlite_%'",
         "0\n"},
    };
    const char *path = sample_path("a.record");
    sample_write(path, 2);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(sample_query(path, cases[i].query), cases[i].answer);
}

static void what_was_written_cannot_be_changed(void **state) {
    (void)state;
    static const char *const attempts[] = {
        "UPDATE events SET seat = 1 WHERE key & 15 = 3",
        "DELETE FROM events",
        "UPDATE runs SET seed = 7",
        "UPDATE runs SET verdict = 'breakdown'",
        "UPDATE runs SET result = NULL, result_hash = NULL",
        "DELETE FROM runs",
        "UPDATE seats SET strategy = 'menu'",
        "UPDATE seats SET utility = 1",
        "DELETE FROM seats",
        "UPDATE scenarios SET text = ''",
        "DELETE FROM scenarios",
        "UPDATE domains SET issues = '[]'",
        "DELETE FROM domains",
        "UPDATE meta SET value = ''",
        "DELETE FROM meta",
    };
    const char *path = sample_path("a.record");
    sample_write(path, 1);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        const char *said = sample_query(path, attempts[i]);
        if (!strstr(said, "append-only")) fail_msg("%s: %s", attempts[i], said);
    }
    Error error = {0};
    Record *record = record_open(path, &error);
    Verdict verdict = sample_verdict();
    assert_false(record_end(record, 1, &verdict, &error));
    assert_error(error, ERROR_INTERNAL, "a run ends once");
    error = (Error){0};
    assert_good(record_check(record, 1, &error) || error.kind == ERROR_INTERNAL, error);
    record_close(record);
}

static void a_header_is_seen_before_the_first_event(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *writer = record_open(path, &error);
    RunHeader header = sample_header(1);
    uint64_t run;
    assert_good(record_begin(writer, &header, &sample_negotiation, &run, &error), error);
    Record *reader = record_open_read(path, &error);
    RunRow row;
    assert_good(record_find_run(reader, run, &row, &error), error);
    assert_false(row.ended);
    assert_int_equal(row.events, 0);

    const Batch *batch = sample_batch();
    assert_good(record_events(writer, run, batch->event, batch->bytes, batch->offset, 5, &error),
                error);
    assert_good(record_find_run(reader, run, &row, &error), error);
    assert_int_equal(row.events, 0);
    assert_good(record_commit(writer, &error), error);
    assert_good(record_find_run(reader, run, &row, &error), error);
    assert_int_equal(row.events, 5);
    assert_good(record_check(reader, run, &error), error);
    record_close(reader);
    record_close(writer);
}

static void every_fourth_thousand_is_committed_by_itself(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *writer = record_open(path, &error);
    RunHeader header = sample_header(1);
    uint64_t run;
    Batch batch;
    assert_good(record_begin(writer, &header, &sample_negotiation, &run, &error), error);
    for (uint64_t id = 1; id <= 5000; id++) {
        sample_offer(id, &batch);
        assert_good(record_events(writer, run, batch.event, batch.bytes, batch.offset, 1, &error),
                    error);
    }
    Record *reader = record_open_read(path, &error);
    RunRow row;
    assert_good(record_find_run(reader, run, &row, &error), error);
    assert_int_equal(row.events, 4096);
    record_close(writer); /* commits the rest */
    assert_good(record_find_run(reader, run, &row, &error), error);
    assert_int_equal(row.events, 5000);
    assert_good(record_check(reader, run, &error), error);
    record_close(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_run_comes_back_as_it_was_written, fresh, clean),
        cmocka_unit_test_setup_teardown(a_walk_begins_and_stops_where_it_is_told, fresh, clean),
        cmocka_unit_test_setup_teardown(a_record_holds_many_runs, fresh, clean),
        cmocka_unit_test_setup_teardown(runs_may_be_written_side_by_side, fresh, clean),
        cmocka_unit_test_setup_teardown(a_breakdown_names_its_reason_and_seat, fresh, clean),
        cmocka_unit_test_setup_teardown(views_speak_in_words, fresh, clean),
        cmocka_unit_test_setup_teardown(what_was_written_cannot_be_changed, fresh, clean),
        cmocka_unit_test_setup_teardown(a_header_is_seen_before_the_first_event, fresh, clean),
        cmocka_unit_test_setup_teardown(every_fourth_thousand_is_committed_by_itself, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
