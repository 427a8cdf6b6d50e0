/* What lies outside the talks, and what comes after them, in the record. */
#include "tests/core/record/sample.h"

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

/* Run 1 has a world, run 2 has none. */
static const char *write_both(void) {
    Error error = {0};
    const char *path = sample_path("a.record");
    Record *record = record_open(path, &error);
    assert_good(record, error);
    sample_write_world(record, 7);
    sample_write_run(record, 42);
    record_close(record);
    return path;
}

static void details_speak_in_words(void **state) {
    (void)state;
    static const struct {
        const char *query, *answer;
    } cases[] = {
        {"SELECT event, kind, seat, place, subject, word, amount, before FROM event_detail"
         " WHERE run = 1",
         "2|appraisal|russia|||type|1.0|0.0\n"
         "3|lever|ukraine||aid||0.5|1.0\n"
         "4|world|||supply||712.5|700.0\n"
         "5|shock|||freeze||0.0|0.0\n"
         "7|appraisal|ukraine|||reservation|0.4|0.35\n"
         "8|statement|russia|geneva||signal|0.0|0.0\n"
         "9|leak|russia|geneva||statement|0.0|0.0\n"
         "10|statement|ukraine||aid|threat|0.0|0.0\n"
         "11|refusal|russia||#8||0.0|0.0\n"
         "12|offer|ukraine|geneva|||0.0|0.0\n"
         "13|audience_cost|ukraine||||0.02|0.0\n"
         "16|probe|||||0.038|0.0\n"
         "18|renewed_war|||||0.076|0.0\n"
         "19|horizon|||||0.095|0.0\n"},
        {"SELECT event, date, variable, unit, value, before FROM world WHERE run = 1",
         "4|2025-02-25T01:00:00|supply|shells|712.5|700.0\n"},
        {"SELECT event, seat, lever, level, before, cost FROM lever WHERE run = 1",
         "3|ukraine|aid|0.5|1.0|0.005\n"},
        {"SELECT event, seat, aspect, value, before, type FROM appraisal WHERE run = 1",
         "2|russia|type|||calm\n7|ukraine|reservation|0.4|0.35|\n"},
        {"SELECT event, seat, place, statement, issue, option, lever FROM statement WHERE run = 1",
         "8|russia|geneva|signal|security|nato|\n10|ukraine||threat|||aid\n"},
        {"SELECT seat, type, costs FROM account WHERE run = 1",
         "ukraine||0.025\nrussia|calm|0.0\n"},
        {"SELECT held, round(years * 365.25), until, broken, probes, steps, in_force FROM peace",
         "0|28.0|2025-03-26T07:33:20|2025-03-26T07:33:20|1|1|"
         "{\"security\":\"nato\",\"forces\":\"600k\"}\n"},
        {"SELECT kind, issue, option FROM event WHERE run = 1 AND kind = 'status_quo'",
         "status_quo|security|nato\n"},
        {"SELECT event, passed FROM event WHERE run = 1 AND passed IS NOT NULL", "17|1\n19|0\n"},
        {"SELECT names FROM worlds",
         "{\"tables\":[{\"id\":\"public\",\"title\":\"In public\",\"members\":[\"ukraine\","
         "\"russia\"]},{\"id\":\"geneva\",\"title\":\"Geneva\",\"members\":[\"ukraine\","
         "\"russia\"]}],\"levers\":[{\"id\":\"aid\",\"title\":\"Aid\",\"seat\":\"ukraine\"}],"
         "\"variables\":[{\"id\":\"supply\",\"title\":\"Supply\",\"unit\":\"shells\"}],"
         "\"shocks\":[{\"id\":\"freeze\",\"title\":\"A hard winter\"}],\"types\":[{\"id\":"
         "\"ukraine\",\"title\":\"Ukraine\",\"types\":[]},{\"id\":\"russia\",\"title\":"
         "\"Russia\",\"types\":[\"proud\",\"calm\"]}]}\n"},
    };
    const char *path = write_both();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(sample_query(path, cases[i].query), cases[i].answer);
}

static void a_run_without_a_world_leaves_no_trace_of_one(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 2);
    assert_string_equal(sample_query(path, "SELECT count(*) FROM worlds UNION ALL"
                                           " SELECT count(*) FROM run_worlds UNION ALL"
                                           " SELECT count(*) FROM details UNION ALL"
                                           " SELECT count(*) FROM accounts UNION ALL"
                                           " SELECT count(*) FROM peaces"),
                        "0\n0\n0\n0\n0\n");
}

static void the_canonical_forms_grow_only_where_there_is_something(void **state) {
    (void)state;
    const char *path = write_both();
    static const char forms[] =
        "SELECT instr(header, 'run_worlds.world 64:') > 0, instr(result, 'peaces.until') > 0,"
        " instr(result, 'accounts.type/1 1') > 0 FROM runs ORDER BY run";
    assert_string_equal(sample_query(path, forms), "1|1|1\n0|0|0\n");
}

static void it_is_read_back(void **state) {
    (void)state;
    Error error = {0};
    RunRow row;
    Script script;
    const Batch *batch = sample_world_batch();
    Record *record = record_open_read(write_both(), &error);
    assert_good(record_find_run(record, 1, &row, &error), error);
    assert_true(row.observed);
    assert_int_equal(row.peace_until, 200000 + 28 * 86400);
    assert_int_equal(row.peace_broken_at, 200000 + 28 * 86400);
    assert_int_equal(row.peace_probes, 1);
    assert_int_equal(row.peace_steps, 1);
    assert_int_equal(row.result[0].costs, 25000000);
    assert_int_equal(row.result[1].type, 1);
    script_init(&script);
    assert_good(record_script(record, 1, &script, &error), error);
    assert_int_equal(script.count, SAMPLE_WORLD_EVENTS);
    for (uint64_t i = 0; i < script.count; i++)
        assert_true(script_agrees(&script, i, batch->bytes + batch->offset[i],
                                  batch->offset[i + 1] - batch->offset[i]));
    script_finish(&script);
    assert_good(record_find_run(record, 2, &row, &error), error);
    assert_false(row.observed);
    assert_int_equal(row.peace_broken_at, NP_NEVER);
    for (uint64_t run = 1; run <= 2; run++) assert_good(record_check(record, run, &error), error);
    record_close(record);
}

/* A program that was killed knows nothing of the world any more: its names are in the record. */
static void a_run_with_a_world_is_taken_up_again(void **state) {
    (void)state;
    Error error = {0};
    uint64_t run, events;
    const char *path = sample_path("a.record");
    const Batch *batch = sample_world_batch();
    Verdict verdict = sample_world_verdict();
    RunHeader header = sample_header(9);
    Record *record = record_open(path, &error);
    assert_good(record_begin(record, &header, sample_world(), &run, &error), error);
    assert_good(record_events(record, run, batch->event, batch->bytes, batch->offset, 15, &error),
                error);
    record_close(record);
    record = record_open(path, &error);
    assert_good(record_check(record, run, &error), error);
    assert_good(record_reopen(record, run, &events, &error), error);
    assert_int_equal(events, 15);
    assert_good(record_events(record, run, batch->event + events, batch->bytes,
                              batch->offset + events, batch->count - (uint32_t)events, &error),
                error);
    assert_good(record_end(record, run, &verdict, &error), error);
    assert_good(record_check(record, run, &error), error);
    record_close(record);
}

static void what_was_written_of_it_cannot_be_changed(void **state) {
    (void)state;
    static const char *const changes[] = {"UPDATE worlds SET names = ''",
                                          "DELETE FROM worlds",
                                          "UPDATE run_worlds SET world = 2",
                                          "DELETE FROM run_worlds",
                                          "DELETE FROM details",
                                          "UPDATE details SET amount = 1",
                                          "UPDATE accounts SET costs = 0",
                                          "DELETE FROM accounts",
                                          "UPDATE peaces SET probes = 9",
                                          "DELETE FROM peaces"};
    const char *path = write_both();
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        assert_non_null(strstr(sample_query(path, changes[i]), "append-only"));
}

static const char everything[] =
    "SELECT r.header_hash, r.result_hash, w.hash, a.seat, a.type, a.costs, p.until, p.in_force,"
    " (SELECT group_concat(d.place || d.subject || d.word || d.amount || d.before) FROM details d"
    "  WHERE d.key >> 32 = r.run)"
    " FROM runs r JOIN run_worlds x ON x.run = r.run JOIN worlds w ON w.world = x.world"
    " JOIN accounts a ON a.run = r.run JOIN peaces p ON p.run = r.run";

static void a_merge_takes_it_along(void **state) {
    (void)state;
    Error error = {0};
    RecordMerge done;
    const char *from = write_both(), *to = sample_path("b.record");
    Text before = {0};
    text_add(&before, sample_query(from, everything));
    sample_write(to, 2);
    Record *source = record_open_read(from, &error), *record = record_open(to, &error);
    assert_good(record_merge(record, source, false, &done, &error), error);
    assert_int_equal(done.merged, 1); /* the run without a world was there already */
    assert_good(record_merge(record, source, true, &done, &error), error);
    assert_int_equal(done.merged, 2);
    for (uint64_t run = 1; run <= 5; run++) assert_good(record_check(record, run, &error), error);
    record_close(source);
    record_close(record);
    Text twice = {0};
    text_addf(&twice, "%s%s", before.bytes, before.bytes);
    assert_string_equal(sample_query(to, everything), twice.bytes);
    assert_string_equal(sample_query(to, "SELECT count(*) FROM worlds"), "1\n");
    text_finish(&before);
    text_finish(&twice);
}

static bool count_row(void *context, const char *const *column, const RecordValue *value,
                      int columns) {
    (void)column, (void)value;
    assert_true(columns >= 4);
    ++*(int *)context;
    return true;
}

static void the_views_are_there_for_programs(void **state) {
    (void)state;
    static const struct {
        const char *view;
        int rows;
    } cases[] = {{"event_detail", 14}, {"world", 1},   {"lever", 1}, {"appraisal", 2},
                 {"statement", 2},     {"account", 2}, {"peace", 1}};
    Error error = {0};
    Record *record = record_open_read(write_both(), &error);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (uint64_t run = 1; run <= 2; run++) {
            int rows = 0;
            assert_good(record_view(record, cases[i].view, run, count_row, &rows, &error), error);
            assert_int_equal(rows, run == 1 ? cases[i].rows : 0);
        }
    record_close(record);
}

#define IT(test) cmocka_unit_test_setup_teardown(test, fresh, clean)

int main(void) {
    const struct CMUnitTest tests[] = {
        IT(details_speak_in_words),
        IT(a_run_without_a_world_leaves_no_trace_of_one),
        IT(the_canonical_forms_grow_only_where_there_is_something),
        IT(it_is_read_back),
        IT(a_run_with_a_world_is_taken_up_again),
        IT(what_was_written_of_it_cannot_be_changed),
        IT(a_merge_takes_it_along),
        IT(the_views_are_there_for_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
