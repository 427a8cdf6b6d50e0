/* What is there after the disk failed or the power was cut: all that was checkpointed, and of the rest a
 * valid beginning. */
#include "tests/core/record/sample.h"

#include <stdio.h>
#include <string.h>

#include "tests/core/record/failing_disk.h"

enum { RUNS = 3, EVENTS_A_RUN = 120, LUCKS = 50 };

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
    uint64_t events[RUNS + 1]; /* of each run, that are safe */
    bool ended[RUNS + 1];
    Error error; /* that ended the writing */
} Promise;

typedef struct Progress {
    uint64_t run, events;
    bool ended;
} Progress;

static uint64_t draw(uint64_t *luck) {
    *luck = *luck * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *luck >> 33;
}

static void promise(Promise *made, const Progress *now) {
    for (uint64_t run = 1; run < now->run; run++) {
        made->events[run] = EVENTS_A_RUN;
        made->ended[run] = true;
    }
    made->events[now->run] = now->events;
    made->ended[now->run] = now->ended;
}

static bool sometimes_commit(Record *record, const Progress *now, Promise *made, uint64_t *luck) {
    uint64_t what = draw(luck) % 24;
    if (what == 1) {
        if (!record_checkpoint(record, &made->error)) return false;
        promise(made, now);
        return true;
    }
    return what > 4 || record_commit(record, &made->error);
}

static void break_down(uint64_t id, Batch *batch) {
    sample_offer(1, batch);
    Event *event = &batch->event[0];
    event->id = id;
    event->cause = id - 1;
    event->at = (SimTime)id * 60;
    event->decided_at = event->at;
    event->kind = NP_EVENT_BREAKDOWN;
    event->reason = REASON_DEADLINE;
    batch->offset[1] = (uint32_t)event_encode(event, batch->bytes);
}

static bool write_event(Record *record, Progress *now, DigestState *digest, Error *error) {
    static Batch batch;
    if (now->events + 1 == EVENTS_A_RUN)
        break_down(EVENTS_A_RUN, &batch);
    else
        sample_offer(now->events + 1, &batch);
    digest_add(digest, batch.bytes, batch.offset[1]);
    now->events++;
    return record_events(record, now->run, batch.event, batch.bytes, batch.offset, 1, error);
}

static bool end_run(Record *record, Progress *now, const DigestState *digest, Error *error) {
    Verdict verdict = {.kind = VERDICT_BREAKDOWN,
                       .reason = REASON_DEADLINE,
                       .seat = NP_NO_SEAT,
                       .ended_at = EVENTS_A_RUN * 60,
                       .events = EVENTS_A_RUN,
                       .digest = digest_end(digest),
                       .in_force = -1,
                       .first_distance = UTILITY_NONE,
                       .last_distance = UTILITY_NONE};
    now->ended = true;
    return record_end(record, now->run, &verdict, error);
}

static bool write_run(Record *record, uint64_t number, Promise *made, uint64_t *luck) {
    Progress now = {0};
    DigestState digest;
    RunHeader header = sample_header(number);
    digest_begin(&digest);
    if (!record_begin(record, &header, &sample_negotiation, &now.run, &made->error)) return false;
    assert_int_equal(now.run, number);
    while (now.events < EVENTS_A_RUN)
        if (!write_event(record, &now, &digest, &made->error) ||
            !sometimes_commit(record, &now, made, luck))
            return false;
    if (!end_run(record, &now, &digest, &made->error)) return false;
    return sometimes_commit(record, &now, made, luck);
}

/* Writes until it is done or the disk fails. Closing is a promise too, which only a well disk keeps. */
static void write_runs(const char *path, Promise *made, uint64_t luck) {
    Record *record = record_open(path, &made->error);
    for (uint64_t run = 1; record && run <= RUNS; run++)
        if (!write_run(record, run, made, &luck)) break;
    record_close(record);
}

static void assert_run_kept(Record *record, uint64_t run, const Promise *made) {
    Error error = {0};
    RunRow row;
    if (!record_find_run(record, run, &row, &error)) {
        if (made->events[run] > 0) fail_msg("run %llu: %s", (unsigned long long)run, error.text);
        return;
    }
    if (row.events < made->events[run] || (made->ended[run] && !row.ended))
        fail_msg("run %llu: %llu events, promised %llu", (unsigned long long)run,
                 (unsigned long long)row.events, (unsigned long long)made->events[run]);
    assert_good(record_check(record, run, &error), error);
}

static bool promised_anything(const Promise *made) {
    return made->events[1] > 0;
}

/* Gives the number of runs found. */
static uint64_t assert_kept(const char *path, const Promise *made) {
    Error error = {0};
    Record *record = record_open_read(path, &error);
    if (!record) {
        if (promised_anything(made)) fail_msg("%s", error.text);
        assert_true(error.kind == ERROR_SCENARIO || error.kind == ERROR_NO_INPUT);
        return 0;
    }
    uint64_t runs = record_last_run(record);
    for (uint64_t run = 1; run <= RUNS; run++) assert_run_kept(record, run, made);
    record_close(record);
    return runs;
}

static void assert_goes_on(const char *path, uint64_t runs) {
    Error error = {0};
    uint64_t events;
    RunRow row;
    Record *record = record_open(path, &error);
    assert_good(record, error);
    if (runs > 0 && record_find_run(record, runs, &row, &error) && !row.ended)
        assert_good(record_reopen(record, runs, &events, &error), error);
    assert_int_equal(sample_write_run(record, 9), runs + 1);
    assert_good(record_check(record, runs + 1, &error), error);
    record_close(record);
}

static void remove_record(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", "-writers"};
    char name[600];
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        remove(name);
    }
}

static uint64_t operations_of_a_whole_record(const char *path) {
    Promise made = {0};
    failing_disk_fail(DISK_WELL, 0);
    write_runs(path, &made, 7);
    uint64_t operations = failing_disk_operations();
    assert_int_equal(made.error.kind, ERROR_NONE);
    remove_record(path);
    return operations;
}

static void what_was_checkpointed_survives_a_power_cut(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    uint64_t operations = operations_of_a_whole_record(path), kept = 0;
    for (uint64_t luck = 1; luck <= LUCKS; luck++) {
        Promise made = {0};
        failing_disk_remove();
        failing_disk_insert();
        failing_disk_fail(DISK_POWER_CUT, 1 + luck * operations / LUCKS);
        write_runs(path, &made, luck);
        failing_disk_restart(luck);
        uint64_t runs = assert_kept(path, &made);
        kept += promised_anything(&made);
        if (luck % 8 == 0 && runs > 0) assert_goes_on(path, runs);
        remove_record(path);
    }
    assert_true(kept > LUCKS / 2);
}

static void what_was_closed_survives_a_power_cut(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    for (uint64_t luck = 1; luck <= 40; luck++) {
        Error error = {0};
        Promise all = {.events = {0, EVENTS_A_RUN, EVENTS_A_RUN, EVENTS_A_RUN},
                       .ended = {false, true, true, true}};
        Promise made = {0};
        failing_disk_fail(DISK_WELL, 0);
        Record *somebody = luck % 2 ? record_open(path, &error) : NULL; /* keeps the log alive */
        write_runs(path, &made, luck);
        failing_disk_fail(DISK_POWER_CUT, 0);
        record_close(somebody);
        failing_disk_restart(luck);
        assert_int_equal(assert_kept(path, &all), RUNS);
        remove_record(path);
    }
}

/* Every operation in turn meets the trouble. */
static void each_operation_fails(DiskTrouble trouble, bool cut, const char *part) {
    const char *path = sample_path("a.record");
    uint64_t operations = operations_of_a_whole_record(path), failures = 0;
    if (trouble == DISK_NO_SYNC) {
        failing_disk_fail(DISK_NO_SYNC, UINT64_MAX);
        Promise made = {0};
        write_runs(path, &made, 7);
        operations = failing_disk_operations();
        remove_record(path);
    }
    uint64_t step = operations > 40 ? operations / 40 : 1;
    for (uint64_t at = 1; at < operations; at += step) {
        Promise made = {0};
        failing_disk_remove();
        failing_disk_insert();
        failing_disk_fail(trouble, at);
        write_runs(path, &made, 7);
        if (cut) failing_disk_fail(DISK_POWER_CUT, 0);
        if (cut) failing_disk_restart(at);
        failing_disk_fail(DISK_WELL, 0);
        failures += made.error.kind != ERROR_NONE;
        if (made.error.kind && !strstr(made.error.text, part)) fail_msg("%s", made.error.text);
        assert_kept(path, &made);
        remove_record(path);
    }
    if (failures < operations / step / 2) fail_msg("only %d failures", (int)failures);
}

static void a_disk_that_fills_up_keeps_what_was_committed(void **state) {
    (void)state;
    each_operation_fails(DISK_FULL, false, "is full, or its disk is");
}

static void a_write_that_breaks_off_half_way_leaves_a_valid_beginning(void **state) {
    (void)state;
    each_operation_fails(DISK_TORN, false, "its disk is full or failing");
}

static void a_half_written_page_and_a_power_cut_leave_a_valid_beginning(void **state) {
    (void)state;
    each_operation_fails(DISK_TORN, true, "its disk is full or failing");
}

static void a_disk_that_cannot_sync_is_said_plainly(void **state) {
    (void)state;
    each_operation_fails(DISK_NO_SYNC, false, "its disk is full or failing");
}

static void what_was_checkpointed_before_the_disk_stopped_to_sync_is_there(void **state) {
    (void)state;
    each_operation_fails(DISK_NO_SYNC, true, "its disk is full or failing");
}

static void after_a_failed_checkpoint_nothing_more_is_taken(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0}, again = {0};
    RunHeader header = sample_header(1);
    const Batch *batch = sample_batch();
    uint64_t run;
    Record *record = record_open(path, &error);
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    assert_good(record_checkpoint(record, &error), error);
    assert_good(record_events(record, run, batch->event, batch->bytes, batch->offset, 5, &error),
                error);
    failing_disk_fail(DISK_NO_SYNC, 1);
    assert_false(record_checkpoint(record, &error));
    assert_error(error, ERROR_IO, "stays readable");
    failing_disk_fail(DISK_WELL, 0);
    assert_false(record_checkpoint(record, &again));
    assert_string_equal(again.text, error.text);
    record_close(record);
}

static void a_checkpoint_of_nothing_new_costs_nothing(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *record = record_open(path, &error);
    sample_write_run(record, 1);
    assert_good(record_checkpoint(record, &error), error);
    failing_disk_fail(DISK_WELL, 0);
    assert_good(record_checkpoint(record, &error), error);
    assert_int_equal(failing_disk_operations(), 0);
    sample_write_run(record, 2);
    uint64_t before = failing_disk_operations();
    assert_good(record_checkpoint(record, &error), error);
    assert_in_range(failing_disk_operations() - before, 2, 4); /* a page in the log, and a sync */
    record_close(record);
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

static void assert_all_or_nothing(const char *path, bool all) {
    Error error = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record, error);
    uint64_t runs = record_last_run(record);
    assert_true(runs == 4 || (runs == 1 && !all));
    for (uint64_t run = 1; run <= runs; run++)
        assert_good(record_check(record, run, &error), error);
    record_close(record);
}

/* What was recorded on this disk before is on it for certain; then the merge meets the trouble. */
static void a_merge_is_there_as_a_whole_or_not_at_all(void **state) {
    (void)state;
    static const DiskTrouble troubles[] = {DISK_FULL, DISK_TORN, DISK_NO_SYNC, DISK_POWER_CUT};
    Promise made = {0};
    char from[512], to[512];
    snprintf(from, sizeof from, "%s", sample_path("from.record"));
    snprintf(to, sizeof to, "%s", sample_path("to.record"));
    uint64_t merged = 0;
    for (uint64_t at = 1; at <= 120; at++) {
        write_runs(from, &made, 7);
        sample_write(to, 1);
        bool whole = merge_once(from, to, troubles[at % 4], at / 4 + 1);
        if (troubles[at % 4] == DISK_POWER_CUT) failing_disk_restart(at);
        failing_disk_fail(DISK_WELL, 0);
        assert_all_or_nothing(to, whole);
        merged += whole;
        remove_record(from);
        remove_record(to);
        failing_disk_remove();
        failing_disk_insert();
    }
    assert_true(merged > 5 && merged < 115);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_checkpointed_survives_a_power_cut, fresh, clean),
        cmocka_unit_test_setup_teardown(what_was_closed_survives_a_power_cut, fresh, clean),
        cmocka_unit_test_setup_teardown(a_disk_that_fills_up_keeps_what_was_committed, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(a_write_that_breaks_off_half_way_leaves_a_valid_beginning,
                                        fresh, clean),
        cmocka_unit_test_setup_teardown(a_half_written_page_and_a_power_cut_leave_a_valid_beginning,
                                        fresh, clean),
        cmocka_unit_test_setup_teardown(a_disk_that_cannot_sync_is_said_plainly, fresh, clean),
        cmocka_unit_test_setup_teardown(
            what_was_checkpointed_before_the_disk_stopped_to_sync_is_there, fresh, clean),
        cmocka_unit_test_setup_teardown(after_a_failed_checkpoint_nothing_more_is_taken, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(a_checkpoint_of_nothing_new_costs_nothing, fresh, clean),
        cmocka_unit_test_setup_teardown(a_merge_is_there_as_a_whole_or_not_at_all, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
