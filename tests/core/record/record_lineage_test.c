/* Runs that begin as other runs, and runs that are taken up again. */
#include "tests/core/record/sample.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

static uint64_t begin(Record *record, const RunHeader *header) {
    Error error = {0};
    uint64_t run;
    assert_good(record_begin(record, header, &sample_negotiation, &run, &error), error);
    return run;
}

static void add_events(Record *record, uint64_t run, uint32_t from, uint32_t to) {
    Error error = {0};
    const Batch *batch = sample_batch();
    assert_good(record_events(record, run, batch->event + from, batch->bytes, batch->offset + from,
                              to - from, &error),
                error);
}

/* --- branches --- */

static void a_branch_names_its_parent(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    sample_write(path, 1);
    Record *record = record_open(path, &error);
    RunHeader child = sample_branch(1), grandchild = sample_branch(2);
    begin(record, &child);
    begin(record, &grandchild);
    RunRow first, row;
    assert_good(record_find_run(record, 1, &first, &error), error);
    assert_good(record_find_run(record, 2, &row, &error), error);
    assert_true(row.branch);
    assert_int_equal(row.parent, 1);
    assert_true(digest_equal(&row.parent_hash, &first.header_hash));
    assert_int_equal(row.branched_at, SAMPLE_BRANCHED_AT);
    Text past = {0};
    assert_good(record_past(record, 2, &past, &error), error);
    assert_string_equal(past.bytes, SAMPLE_PAST);
    assert_good(record_find_run(record, 3, &first, &error), error);
    assert_true(digest_equal(&first.parent_hash, &row.header_hash));
    for (uint64_t run = 1; run <= 3; run++) assert_good(record_check(record, run, &error), error);
    text_finish(&past);
    record_close(record);
    assert_string_equal(
        sample_query(path, "SELECT run, parent, branched, json_extract(past, '$[0].settings[0]'),"
                           " settings FROM branch ORDER BY run"),
        "2|1|2025-02-25T03:46:40|time.deadline=30d|[\"time.deadline=30d\"]\n"
        "3|2|2025-02-25T03:46:40|time.deadline=30d|[\"time.deadline=30d\"]\n");
}

static void a_parent_in_another_record_is_known_by_its_header(void **state) {
    (void)state;
    const char *here = sample_path("here.record"), *there = sample_path("there.record");
    Error error = {0};
    sample_write(there, 3);
    Record *other = record_open_read(there, &error);
    RunRow parent, row;
    assert_good(record_find_run(other, 2, &parent, &error), error);
    Record *record = record_open(here, &error);
    RunHeader header = sample_branch(0);
    header.parent_hash = &parent.header_hash;
    uint64_t run = begin(record, &header), found;
    assert_good(record_find_run(record, run, &row, &error), error);
    assert_true(row.branch);
    assert_int_equal(row.parent, 0);
    assert_good(record_find_header(other, &row.parent_hash, &found, &error), error);
    assert_int_equal(found, 2);
    assert_false(record_find_header(record, &row.parent_hash, &found, &error));
    assert_error(error, ERROR_NO_INPUT, "no run with this header");
    assert_good(record_check(record, run, &error), error);
    record_close(other);
    record_close(record);
}

static void a_parent_that_is_not_there_is_refused(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *record = record_open(path, &error);
    RunHeader header = sample_branch(7);
    uint64_t run;
    assert_false(record_begin(record, &header, &sample_negotiation, &run, &error));
    assert_error(error, ERROR_NO_INPUT, "no run 7");
    record_close(record);
    assert_string_equal(sample_query(path, "SELECT count(*) FROM runs"), "0\n");
}

/* A header names the same run wherever it is: it does not hold what only one record knows. */
static void a_header_does_not_depend_on_its_place(void **state) {
    (void)state;
    Error error = {0};
    RunRow a, b;
    sample_write(sample_path("a.record"), 1);
    Record *record = record_open(sample_path("b.record"), &error);
    sample_write_run(record, 5);
    sample_write_run(record, 42);
    assert_good(record_find_run(record, 2, &b, &error), error);
    record_close(record);
    record = record_open_read(sample_path("a.record"), &error);
    assert_good(record_find_run(record, 1, &a, &error), error);
    record_close(record);
    assert_true(digest_equal(&a.header_hash, &b.header_hash));
}

/* --- taking up a run --- */

static void an_unfinished_run_is_taken_up_after_its_last_event(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    RunHeader header = sample_header(1);
    Verdict verdict = sample_verdict();
    Record *record = record_open(path, &error);
    add_events(record, begin(record, &header), 0, 5);
    record_close(record);
    record = record_open(path, &error);
    uint64_t events;
    assert_good(record_reopen(record, 1, &events, &error), error);
    assert_int_equal(events, 5);
    add_events(record, 1, 5, SAMPLE_EVENTS);
    assert_good(record_end(record, 1, &verdict, &error), error);
    assert_good(record_check(record, 1, &error), error);
    record_close(record);
}

static void a_run_without_events_is_taken_up_at_its_beginning(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    RunHeader header = sample_header(1);
    uint64_t events = 9;
    Record *record = record_open(path, &error);
    begin(record, &header);
    record_close(record);
    record = record_open(path, &error);
    assert_good(record_reopen(record, 1, &events, &error), error);
    assert_int_equal(events, 0);
    record_close(record);
}

static void what_cannot_be_taken_up_says_why(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    uint64_t events;
    sample_write(path, 1);
    Record *record = record_open(path, &error);
    assert_false(record_reopen(record, 1, &events, &error));
    assert_error(error, ERROR_CHECK, "Run 1 is finished");
    error = (Error){0};
    assert_false(record_reopen(record, 2, &events, &error));
    assert_error(error, ERROR_NO_INPUT, "no run 2");
    RunHeader header = sample_header(2);
    add_events(record, begin(record, &header), 0, 5);
    record_close(record);
    sample_sql(path, "DROP TRIGGER events_remain; DELETE FROM events WHERE key = (2 << 32) + 3");
    record = record_open(path, &error);
    error = (Error){0};
    assert_false(record_reopen(record, 2, &events, &error));
    assert_error(error, ERROR_CHECK, "gap");
    record_close(record);
}

/* --- one writer a run --- */

static void a_run_has_one_writer(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    RunHeader header = sample_header(1);
    uint64_t events;
    Record *first = record_open(path, &error), *second = record_open(path, &error);
    begin(first, &header);
    begin(second, &header);
    assert_false(record_reopen(second, 1, &events, &error));
    assert_error(error, ERROR_IO, "Run 1 is still being written");
    record_close(first);
    error = (Error){0};
    assert_good(record_reopen(second, 1, &events, &error), error);
    Record *third = record_open(path, &error);
    assert_false(record_reopen(third, 1, &events, &error));
    assert_false(record_reopen(third, 2, &events, &error));
    record_close(third);
    record_close(second);
    assert_true(access(sample_path("a.record-writers"), F_OK) != 0);
}

static void hold_a_run(const char *path, int ready) {
    Error error = {0};
    RunHeader header = sample_header(1);
    Record *record = record_open(path, &error);
    add_events(record, begin(record, &header), 0, 5);
    record_commit(record, &error);
    if (write(ready, "x", 1) == 1) pause();
}

static pid_t start_holder(const char *path) {
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        hold_a_run(path, ready[1]);
        _exit(0);
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return child;
}

static void a_killed_writer_gives_its_run_up_and_a_stopped_one_does_not(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    uint64_t events;
    pid_t child = start_holder(path);
    Record *record = record_open(path, &error);
    kill(child, SIGSTOP);
    assert_false(record_reopen(record, 1, &events, &error));
    assert_error(error, ERROR_IO, "still being written");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    error = (Error){0};
    assert_good(record_reopen(record, 1, &events, &error), error);
    assert_int_equal(events, 5);
    record_close(record);
}

/* Many want the same run; one gets it. */
static int take_and_wait(const char *path, int ready, int leave) {
    Error error = {0};
    uint64_t events;
    char byte = 'n';
    Record *record = record_open(path, &error);
    if (record && record_reopen(record, 1, &events, &error)) byte = 'y';
    if (write(ready, &byte, 1) != 1 || read(leave, &byte, 1) < 0) return 1;
    record_close(record);
    return 0;
}

static void of_many_at_once_one_takes_a_run_up(void **state) {
    (void)state;
    enum { MANY = 8 };
    const char *path = sample_path("a.record");
    Error error = {0};
    RunHeader header = sample_header(1);
    Record *record = record_open(path, &error);
    begin(record, &header);
    record_close(record);
    int ready[2], leave[2], took = 0;
    assert_int_equal(pipe(ready) + pipe(leave), 0);
    for (int i = 0; i < MANY; i++)
        if (fork() == 0) {
            close(leave[1]);
            _exit(take_and_wait(path, ready[1], leave[0]));
        }
    for (int i = 0; i < MANY; i++) {
        char byte = '?';
        assert_int_equal(read(ready[0], &byte, 1), 1);
        took += byte == 'y';
    }
    close(leave[1]);
    for (int i = 0; i < MANY; i++) wait(NULL);
    close(ready[0]), close(ready[1]), close(leave[0]);
    assert_int_equal(took, 1);
    assert_true(access(sample_path("a.record-writers"), F_OK) != 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_branch_names_its_parent, fresh, clean),
        cmocka_unit_test_setup_teardown(a_parent_in_another_record_is_known_by_its_header, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(a_parent_that_is_not_there_is_refused, fresh, clean),
        cmocka_unit_test_setup_teardown(a_header_does_not_depend_on_its_place, fresh, clean),
        cmocka_unit_test_setup_teardown(an_unfinished_run_is_taken_up_after_its_last_event, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(a_run_without_events_is_taken_up_at_its_beginning, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_up_says_why, fresh, clean),
        cmocka_unit_test_setup_teardown(a_run_has_one_writer, fresh, clean),
        cmocka_unit_test_setup_teardown(a_killed_writer_gives_its_run_up_and_a_stopped_one_does_not,
                                        fresh, clean),
        cmocka_unit_test_setup_teardown(of_many_at_once_one_takes_a_run_up, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
