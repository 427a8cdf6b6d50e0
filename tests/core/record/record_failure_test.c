/* Bad luck: killed writers, full disks, files that are not records. What was committed stays readable. */
#include "tests/core/record/sample.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
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

static void write_file(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
}

static bool file_exists(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0;
}

/* Writes offers without end, or until something fails; says each committed event on `tell`. */
static void write_for_ever(const char *path, int tell, uint64_t most, Error *error) {
    Record *record = record_open(path, error);
    RunHeader header = sample_header(1);
    uint64_t run;
    Batch batch;
    bool good = record && record_begin(record, &header, &sample_negotiation, &run, error);
    for (uint64_t id = 1; good && id <= most; id++) {
        sample_offer(id, &batch);
        good = record_events(record, run, batch.event, batch.bytes, batch.offset, 1, error);
        if (!good || id % 10 != 0) continue;
        good = record_commit(record, error);
        if (good && tell >= 0 && write(tell, &id, sizeof id) != sizeof id) break;
    }
    record_close(record);
}

static void a_killed_writer_leaves_a_valid_beginning(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    for (int round = 0; round < 5; round++) {
        int tell[2];
        assert_int_equal(pipe(tell), 0);
        pid_t child = fork();
        if (child == 0) {
            Error error = {0};
            write_for_ever(path, tell[1], UINT64_MAX, &error);
            _exit(1);
        }
        close(tell[1]);
        uint64_t told = 0, last = 0;
        while (last < 200 * (uint64_t)(round + 1) && read(tell[0], &last, sizeof last) > 0)
            told = last;
        kill(child, SIGKILL);
        while (read(tell[0], &last, sizeof last) > 0) told = last;
        close(tell[0]);
        waitpid(child, NULL, 0);

        Error error = {0};
        Record *record = record_open_read(path, &error);
        assert_good(record, error);
        RunRow row;
        uint64_t run = (uint64_t)round + 1;
        assert_good(record_find_run(record, run, &row, &error), error);
        assert_false(row.ended);
        assert_true(row.events >= told); /* what was said to be safe is there */
        assert_good(record_check(record, run, &error), error);
        record_close(record);
    }
    /* ... and the next writer goes on beside it. */
    sample_write(path, 1);
    assert_string_equal(sample_query(path, "SELECT count(*), count(verdict) FROM run"), "6|1\n");
}

static void two_writers_share_a_record(void **state) {
    (void)state;
    enum { WRITERS = 2, RUNS = 40 };
    const char *path = sample_path("a.record");
    pid_t child[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        child[i] = fork();
        if (child[i] > 0) continue;
        Error error = {0};
        Record *record = record_open(path, &error); /* both create it at the same time */
        for (int run = 0; record && run < RUNS; run++) sample_write_run(record, (uint64_t)run);
        if (!record) fprintf(stderr, "%s\n", error.text);
        record_close(record);
        _exit(record ? 0 : 1);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        waitpid(child[i], &status, 0);
        assert_int_equal(status, 0);
    }
    Error error = {0};
    Record *record = record_open_read(path, &error);
    assert_int_equal(record_last_run(record), WRITERS * RUNS);
    for (uint64_t run = 1; run <= WRITERS * RUNS; run++)
        assert_good(record_check(record, run, &error), error);
    record_close(record);
}

/* A writer that waits for an agent's answer must not keep others from writing. */
static void a_writer_with_uncommitted_events_blocks_nobody(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *slow = record_open(path, &error);
    RunHeader header = sample_header(1);
    const Batch *batch = sample_batch();
    uint64_t run;
    assert_good(record_begin(slow, &header, &sample_negotiation, &run, &error), error);
    assert_good(record_events(slow, run, batch->event, batch->bytes, batch->offset, 5, &error),
                error);
    Record *other = record_open(path, &error);
    assert_int_equal(sample_write_run(other, 2), 2);
    record_close(other);
    assert_good(
        record_events(slow, run, batch->event + 5, batch->bytes, batch->offset + 5, 6, &error),
        error);
    Verdict verdict = sample_verdict();
    assert_good(record_end(slow, run, &verdict, &error), error);
    assert_good(record_check(slow, 1, &error), error);
    assert_good(record_check(slow, 2, &error), error);
    record_close(slow);
}

static void a_full_disk_keeps_what_was_recorded(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    char said[1024] = "";
    int tell[2];
    assert_int_equal(pipe(tell), 0);
    pid_t child = fork();
    if (child == 0) {
        Error error = {0};
        struct rlimit limit = {400000, 400000};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        write_for_ever(path, -1, 100000, &error);
        ssize_t sent = write(tell[1], error.text, strlen(error.text));
        _exit(sent > 0 ? error.kind : 0);
    }
    close(tell[1]);
    assert_true(read(tell[0], said, sizeof said - 1) > 0);
    close(tell[0]);
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(WEXITSTATUS(status), ERROR_IO);
    unsigned long long event = 0;
    const char *up_to = strstr(said, "What was recorded up to event ");
    if (!up_to || sscanf(up_to, "What was recorded up to event %llu of run 1", &event) != 1)
        fail_msg("%s", said);
    Error error = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record, error);
    RunRow row;
    assert_good(record_find_run(record, 1, &row, &error), error);
    assert_true(event > 100);
    assert_true(row.events >= event);
    assert_good(record_check(record, 1, &error), error);
    record_close(record);
}

/* After a failure nothing more is written, so that there is no gap. */
static void a_record_that_was_removed_meanwhile_is_said_to_be_gone(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *record = record_open(path, &error);
    RunHeader header = sample_header(1);
    const Batch *batch = sample_batch();
    uint64_t run;
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    assert_good(record_events(record, run, batch->event, batch->bytes, batch->offset, SAMPLE_EVENTS,
                              &error),
                error);
    assert_int_equal(unlink(path), 0);
    Verdict verdict = sample_verdict();
    assert_false(record_end(record, run, &verdict, &error));
    assert_error(error, ERROR_IO, "was removed or replaced while run 1 was written");
    record_close(record);
}

static void a_record_that_failed_takes_nothing_more(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    Error error = {0};
    Record *record = record_open(path, &error);
    RunHeader header = sample_header(1);
    const Batch *batch = sample_batch();
    uint64_t run;
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    for (int twice = 0; twice < 2; twice++) /* the same events again: their keys exist */
        record_events(record, run, batch->event, batch->bytes, batch->offset, 3, &error);
    assert_false(record_commit(record, &error));
    Error again = {0};
    assert_false(
        record_events(record, run, batch->event + 3, batch->bytes, batch->offset + 3, 1, &again));
    assert_string_equal(again.text, error.text);
    again = (Error){0};
    assert_false(record_begin(record, &header, &sample_negotiation, &run, &again));
    assert_string_equal(again.text, error.text);
    record_close(record);
}

static void an_unwritable_place_is_73(void **state) {
    (void)state;
    static const char *const places[] = {"/nonexistent/a.record", "/proc/a.record", "/tmp"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        Error error = {0};
        assert_null(record_open(places[i], &error));
        assert_error(error, ERROR_CANT_CREATE, places[i]);
    }
}

static void reading_never_creates_a_file(void **state) {
    (void)state;
    const char *path = sample_path("missing.record");
    Error error = {0};
    assert_null(record_open_read(path, &error));
    assert_error(error, ERROR_NO_INPUT, "missing.record");
    assert_false(file_exists(path));
}

static void assert_not_a_record(const char *path, const char *part) {
    Error error = {0};
    assert_null(record_open_read(path, &error));
    assert_error(error, ERROR_SCENARIO, part);
    error = (Error){0};
    assert_null(record_open(path, &error));
    assert_error(error, ERROR_SCENARIO, part);
}

static void what_is_not_a_record_is_left_alone(void **state) {
    (void)state;
    const char *path = sample_path("a.txt");
    char text[4096];
    memset(text, 'x', sizeof text);
    write_file(path, text, sizeof text);
    assert_not_a_record(path, "is not a record");
    assert_int_equal(sample_path("a.txt-wal") && file_exists(sample_path("a.txt-wal")), 0);

    path = sample_path("other.db");
    sample_sql(path, "CREATE TABLE addresses (name TEXT)");
    assert_not_a_record(path, "is not a record of nonpaper");
    assert_string_equal(sample_query(path, "PRAGMA journal_mode"), "delete\n");
    assert_string_equal(sample_query(path, "SELECT name FROM sqlite_schema"), "addresses\n");

    Error error = {0};
    assert_null(record_open_read("/tmp", &error));
    assert_error(error, ERROR_SCENARIO, "is not a record");

    path = sample_path("empty");
    write_file(path, "", 0);
    error = (Error){0};
    assert_null(record_open_read(path, &error));
    assert_error(error, ERROR_NO_INPUT, "is empty");
    sample_write(path, 1); /* but an empty file may become one */
}

static void a_newer_schema_says_so(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 1);
    sample_sql(path, "PRAGMA user_version = 5");
    assert_not_a_record(path, "schema 5");
}

static bool count_event(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)event, (void)bytes, (void)length;
    ++*(uint64_t *)context;
    return true;
}

static void a_truncated_record_is_damaged_not_fatal(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 50);
    struct stat facts;
    stat(path, &facts);
    for (off_t length = facts.st_size - 4096; length > 0; length -= 5003) {
        assert_int_equal(truncate(path, length), 0);
        Error error = {0};
        Record *record = record_open_read(path, &error);
        if (!record) {
            assert_int_equal(error.kind, ERROR_SCENARIO);
            continue;
        }
        assert_false(record_check(record, 50, &error));
        assert_error(error, ERROR_CHECK, "damaged");
        RunRow row;
        uint64_t events = 0, run = 0;
        while (record_next_run(record, run, &row, NULL) && row.run > run) run = row.run;
        for (run = 1; run <= 50; run++) record_walk(record, run, 1, count_event, &events, NULL);
        record_close(record);
    }
}

/* The first half of the file is zeroed but for its header. */
static void zeroed_pages_are_damage(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 20);
    char zeroes[8192] = {0};
    int file = open(path, O_WRONLY);
    assert_int_equal(pwrite(file, zeroes, sizeof zeroes, 8192), sizeof zeroes);
    close(file);
    Error error = {0};
    Record *record = record_open_read(path, &error);
    if (record) assert_false(record_check(record, 1, &error));
    assert_true(error.kind == ERROR_CHECK || error.kind == ERROR_SCENARIO);
    record_close(record);
}

/* In a child, as somebody whom permissions bind. */
static int as_nobody(void (*what)(const char *), const char *path) {
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0) _exit(99);
        what(path);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static void read_and_check(const char *path) {
    Error error = {0};
    Record *record = record_open_read(path, &error);
    RunRow row;
    bool good = record && record_find_run(record, 1, &row, &error) && row.ended &&
                record_check(record, 1, &error);
    if (!good) fprintf(stderr, "%s\n", error.text);
    record_close(record);
    _exit(good ? 0 : 1);
}

static void fail_to_write(const char *path) {
    Error error = {0};
    Record *record = record_open(path, &error);
    if (!record && error.kind != ERROR_CANT_CREATE) fprintf(stderr, "%s\n", error.text);
    _exit(!record && error.kind == ERROR_CANT_CREATE ? 0 : 1);
}

static void a_read_only_record_in_a_read_only_directory_can_be_read(void **state) {
    (void)state;
    const char *path = sample_path("a record, 100%?#.record");
    sample_write(path, 1);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(sample_directory(), 0555), 0);
    assert_int_equal(as_nobody(read_and_check, path), 0);
    assert_int_equal(as_nobody(fail_to_write, path), 0);
    assert_int_equal(as_nobody(fail_to_write, sample_path("new.record")), 0);
    assert_int_equal(chmod(sample_directory(), 0755), 0);
    assert_int_equal(as_nobody(read_and_check, path), 0);
}

static void reading_leaves_nothing_behind(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 1);
    Error error = {0};
    Record *record = record_open_read(path, &error);
    assert_good(record_check(record, 1, &error), error);
    record_close(record);
    assert_false(file_exists(sample_path("a.record-wal")));
    assert_false(file_exists(sample_path("a.record-shm")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_killed_writer_leaves_a_valid_beginning, fresh, clean),
        cmocka_unit_test_setup_teardown(two_writers_share_a_record, fresh, clean),
        cmocka_unit_test_setup_teardown(a_writer_with_uncommitted_events_blocks_nobody, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(a_full_disk_keeps_what_was_recorded, fresh, clean),
        cmocka_unit_test_setup_teardown(a_record_that_was_removed_meanwhile_is_said_to_be_gone,
                                        fresh, clean),
        cmocka_unit_test_setup_teardown(a_record_that_failed_takes_nothing_more, fresh, clean),
        cmocka_unit_test_setup_teardown(an_unwritable_place_is_73, fresh, clean),
        cmocka_unit_test_setup_teardown(reading_never_creates_a_file, fresh, clean),
        cmocka_unit_test_setup_teardown(what_is_not_a_record_is_left_alone, fresh, clean),
        cmocka_unit_test_setup_teardown(a_newer_schema_says_so, fresh, clean),
        cmocka_unit_test_setup_teardown(a_truncated_record_is_damaged_not_fatal, fresh, clean),
        cmocka_unit_test_setup_teardown(zeroed_pages_are_damage, fresh, clean),
        cmocka_unit_test_setup_teardown(a_read_only_record_in_a_read_only_directory_can_be_read,
                                        fresh, clean),
        cmocka_unit_test_setup_teardown(reading_leaves_nothing_behind, fresh, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
