/* One changed value anywhere in a record is found, and its place named. */
#include "core/record/canon.h"
#include "tests/core/record/sample.h"

#include <stdio.h>
#include <string.h>

/* `bare` is `good` without its triggers, so that it can be changed. */
static const char *good_path, *bare_path, *bad_path;

static void copy_file(const char *from, const char *to) {
    char buffer[65536];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, in)) > 0;) fwrite(buffer, 1, n, out);
    fclose(in);
    fclose(out);
}

static void drop_triggers(const char *path) {
    Text drops = {0};
    text_add(&drops, sample_query(path, "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema"
                                        " WHERE type = 'trigger'"));
    sample_sql(path, drops.bytes);
    text_finish(&drops);
}

/* A record of five runs: two that ended, one that did not, a branch, one with a world. */
enum { RUNS = 5, WORLDLY = 5 };

static int prepare(void **state) {
    (void)state;
    static char good[512], bare[512], bad[512];
    snprintf(good, sizeof good, "%s", sample_path("good.record"));
    snprintf(bad, sizeof bad, "%s", sample_path("bad.record"));
    good_path = good;
    snprintf(bare, sizeof bare, "%s", sample_path("bare.record"));
    bare_path = bare;
    bad_path = bad;
    sample_write(good_path, 2);
    Error error = {0};
    Record *record = record_open(good_path, &error);
    RunHeader header = sample_header(3);
    const Batch *batch = sample_batch();
    uint64_t run;
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    assert_good(record_events(record, run, batch->event, batch->bytes, batch->offset, 9, &error),
                error);
    header = sample_branch(2);
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    assert_int_equal(sample_write_world(record, 6), WORLDLY);
    record_close(record);
    copy_file(good_path, bare_path);
    drop_triggers(bare_path);
    return 0;
}

static int clean(void **state) {
    (void)state;
    sample_remove_directory();
    return 0;
}

static Error check(uint64_t run) {
    Error error = {0};
    Record *record = record_open_read(bad_path, &error);
    if (record && record_check(record, run, &error)) assert_int_equal(error.kind, ERROR_NONE);
    record_close(record);
    return error;
}

/* Makes the result's form and hash anew, as the program would. */
static void sample_form_result(const char *path, uint64_t run) {
    Error error = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    assert_good(canon_store(record, &canon_result, run, &error), error);
    record_close(record);
    sample_query(path, "PRAGMA wal_checkpoint(TRUNCATE)");
}

static bool all_is_well(void) {
    Record *record = record_open_read(bad_path, NULL);
    bool good = record != NULL;
    for (uint64_t run = 1; good && run <= RUNS; run++) good = record_check(record, run, NULL);
    record_close(record);
    return good;
}

static Error check_after(const char *change, uint64_t run) {
    copy_file(bare_path, bad_path);
    sample_sql(bad_path, change);
    return check(run);
}

static void assert_found(const char *change, uint64_t run, const char *table, const char *column) {
    char table_part[64], column_part[64];
    Error error = check_after(change, run);
    snprintf(table_part, sizeof table_part, "table %s", table);
    snprintf(column_part, sizeof column_part, "column %s", column);
    if (error.kind != ERROR_CHECK || !strstr(error.text, table_part) ||
        !strstr(error.text, column_part))
        fail_msg("%s: error %d: %s", change, (int)error.kind, error.text);
}

static void a_sound_record_passes_with_and_without_triggers(void **state) {
    (void)state;
    for (uint64_t run = 1; run <= RUNS; run++) {
        Error error = check_after("SELECT 1", run);
        assert_int_equal(error.kind, ERROR_NONE);
    }
    copy_file(good_path, bad_path);
    Error error = check(1);
    assert_int_equal(error.kind, ERROR_NONE);
}

/* How a value of each type changes by one bit, or from nothing to something. */
static void change_of(const char *table, const char *column, const char *type, const char *where,
                      char *out, size_t size) {
    if (strcmp(type, "INTEGER") == 0)
        snprintf(
            out, size,
            "UPDATE %1$s SET %2$s = CASE WHEN %2$s IS NULL THEN 1 WHEN %2$s & 64 THEN %2$s - 64"
            " ELSE %2$s + 64 END WHERE %3$s",
            table, column, where);
    else if (strcmp(type, "BLOB") == 0)
        snprintf(out, size,
                 "UPDATE %1$s SET %2$s = CAST(substr(%2$s, 1, 8) || x'FF' || substr(%2$s, 10) AS"
                 " BLOB) WHERE %3$s",
                 table, column, where);
    else
        snprintf(out, size,
                 "UPDATE %1$s SET %2$s = CASE WHEN %2$s IS NULL OR %2$s = '' THEN 'x' ELSE"
                 " char(unicode(%2$s) + 1) || substr(%2$s, 2) END WHERE %3$s",
                 table, column, where);
}

typedef struct Place {
    const char *table, *where;
    uint64_t run;
} Place;

/* A row whose own key changed is missed where it was; rows_that_moved_or_went_are_missed looks at those. */
static bool is_key(const Place *place, const char *column) {
    static const struct {
        const char *table, *column;
    } keys[] = {{"scenarios", "scenario"}, {"domains", "domain"}, {"runs", "run"},
                {"seats", "run"},          {"events", "key"},     {"meta", "name"},
                {"branches", "run"},       {"worlds", "world"},   {"run_worlds", "run"},
                {"details", "key"},        {"accounts", "run"},   {"peaces", "run"}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (!strcmp(keys[i].table, place->table) && !strcmp(keys[i].column, column)) return true;
    return false;
}

static void column_is_found(const Place *place, const char *column, const char *type) {
    char change[600], table_part[64], column_part[160];
    change_of(place->table, column, type, place->where, change, sizeof change);
    snprintf(table_part, sizeof table_part, "table %s", place->table);
    snprintf(column_part, sizeof column_part, "column %s", column);
    Error error = check_after(change, place->run);
    bool named = strstr(error.text, table_part) && strstr(error.text, column_part);
    if (error.kind != ERROR_CHECK || (!named && !is_key(place, column)))
        fail_msg("%s: error %d: %s", change, (int)error.kind, error.text);
}

static uint32_t each_column(const Place *place) {
    char query[200], columns[2048];
    uint32_t found = 0;
    snprintf(query, sizeof query, "SELECT name || ' ' || type FROM pragma_table_info('%s')",
             place->table);
    snprintf(columns, sizeof columns, "%s", sample_query(good_path, query));
    for (char *line = strtok(columns, "\n"); line; line = strtok(NULL, "\n"), found++) {
        char *type = strchr(line, ' ');
        *type++ = '\0';
        column_is_found(place, line, type);
    }
    return found;
}

static void every_changed_value_is_found_and_named(void **state) {
    (void)state;
    static const Place places[] = {
        {"meta", "name = 'digest'", 1},
        {"meta", "name = 'schema'", 1},
        {"scenarios", "1", 1},
        {"domains", "1", 2},
        {"runs", "run = 1", 1},
        {"runs", "run = 2", 2},
        {"seats", "run = 1 AND seat = 0", 1},
        {"seats", "run = 2 AND seat = 1", 2},
        {"branches", "run = 4", 4},
        {"runs", "run = 5", WORLDLY},
        {"worlds", "1", WORLDLY},
        {"run_worlds", "1", WORLDLY},
        {"accounts", "seat = 0", WORLDLY},
        {"accounts", "seat = 1", WORLDLY},
        {"peaces", "1", WORLDLY},
    };
    uint32_t found = 0;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) found += each_column(&places[i]);
    assert_true(found > 100);
}

static void every_column_of_every_event_is_found_and_named(void **state) {
    (void)state;
    for (int event = 1; event <= SAMPLE_EVENTS; event++) {
        char where[64];
        snprintf(where, sizeof where, "key = (1 << 32) + %d", event);
        Place place = {"events", where, 1};
        assert_int_equal(each_column(&place), 22);
    }
    Place unfinished = {"events", "key = (3 << 32) + 2", 3};
    assert_int_equal(each_column(&unfinished), 22);
}

static void every_column_of_every_detail_is_found_and_named(void **state) {
    (void)state;
    uint32_t found = 0;
    for (int event = 1; event <= SAMPLE_WORLD_EVENTS; event++) {
        char where[64], query[128];
        snprintf(where, sizeof where, "key = (5 << 32) + %d", event);
        snprintf(query, sizeof query, "SELECT count(*) FROM details WHERE %s", where);
        if (sample_query(good_path, query)[0] != '1') continue;
        Place place = {"details", where, WORLDLY};
        found += each_column(&place);
    }
    assert_int_equal(found, 14 * 6);
    Place step = {"events", "key = (5 << 32) + 17", WORLDLY};
    assert_int_equal(each_column(&step), 22);
}

static void both_values_are_given(void **state) {
    (void)state;
    static const struct {
        const char *change;
        uint64_t run;
        const char *said;
    } cases[] = {
        {"UPDATE runs SET seed = 99 WHERE run = 1", 1,
         "Run 1, table runs, column seed: the column says 99, the run's header says 42."},
        {"UPDATE seats SET strategy = 'menu' WHERE run = 2 AND seat = 0", 2,
         "Run 2, table seats, seat 0, column strategy: the column says \"menu\", the run's header "
         "says "
         "\"boulware(e=0.2)\"."},
        {"UPDATE seats SET last_demand = 5 WHERE run = 2 AND seat = 1", 2,
         "Run 2, table seats, seat 1, column last_demand: the column says 5, the run's result says "
         "800000000."},
        {"UPDATE runs SET verdict = 'breakdown' WHERE run = 1", 1,
         "Run 1, table runs, column verdict: the column says \"breakdown\", the run's result says "
         "\"agreement\"."},
        {"UPDATE runs SET signatories = NULL WHERE run = 1", 1,
         "Run 1, table runs, column signatories: the column says nothing, the run's result says "
         "3."},
        {"UPDATE events SET seat = 0 WHERE key = (1 << 32) + 3", 1,
         "Run 1, table events, event 3, column seat: it says 0, the payload says 1."},
        {"UPDATE events SET packages = NULL WHERE key = (1 << 32) + 8", 1,
         "Run 1, table events, event 8, column packages: it says nothing, the payload says "
         "\"[[\"israel\",\"600k\"]]\"."},
        {"UPDATE events SET at = 86401 WHERE key = (3 << 32) + 2", 3,
         "Run 3, table events, event 2, column at: it says 86401, the payload says 86400."},
        {"UPDATE meta SET value = 'SHA-1' WHERE name = 'digest'", 1,
         "table meta, digest, column value: it says \"SHA-1\", the schema says \"BLAKE2b-256\"."},
        {"UPDATE scenarios SET text = text || ' '", 1, "Run 1, table scenarios, column text"},
        {"UPDATE details SET place = 'riyadh' WHERE key = (5 << 32) + 8", 5,
         "Run 5, table details, event 8, column place: it says \"riyadh\", the payload says "
         "\"geneva\"."},
        {"UPDATE details SET amount = 5 WHERE key = (5 << 32) + 3", 5,
         "Run 5, table details, event 3, column amount: it says 5, the payload says 500000000."},
        {"UPDATE peaces SET broken_at = NULL", 5,
         "Run 5, table peaces, column broken_at: the column says nothing, the run's result says "},
        {"UPDATE accounts SET costs = 5 WHERE seat = 0", 5,
         "Run 5, table accounts, seat 0, column costs: the column says 5, the run's result says "
         "25000000."},
        {"UPDATE worlds SET names = replace(names, 'aid', 'oil')", 5,
         "Run 5, table worlds, column names"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Error error = check_after(cases[i].change, cases[i].run);
        if (error.kind != ERROR_CHECK || !strstr(error.text, cases[i].said))
            fail_msg("%s:\n%s", cases[i].change, error.text);
    }
}

static void rows_that_moved_or_went_are_missed(void **state) {
    (void)state;
    assert_found("DELETE FROM events WHERE key = (1 << 32) + 5", 1, "events, event 5", "key");
    assert_found("DELETE FROM events WHERE key = (1 << 32) + 11", 1, "events, event 11", "key");
    assert_found("DELETE FROM events WHERE key >> 32 = 2", 2, "events, event 1", "key");
    assert_found("UPDATE events SET key = key + 1000 WHERE key = (1 << 32) + 5", 1,
                 "events, event 5", "key");
    assert_found("UPDATE events SET key = (3 << 32) + 10 WHERE key = (1 << 32) + 11", 1,
                 "events, event 11", "key");
    assert_found("INSERT INTO events SELECT key + 1, cause, at, decided_at, expires_at, kind, seat,"
                 " offer, package, packages, seats, ruling, refused, reason, issue, option,"
                 " breaks_commitment, passed, demand, distance, text, payload FROM events"
                 " WHERE key = (1 << 32) + 11",
                 1, "events, event 12", "key");
    assert_found("INSERT INTO events SELECT key + 1, cause, at, decided_at, expires_at, kind, seat,"
                 " offer, package, packages, seats, ruling, refused, reason, issue, option,"
                 " breaks_commitment, passed, demand, distance, text, payload FROM events"
                 " WHERE key = (3 << 32) + 9",
                 3, "events, event 10", "payload");
    assert_found("UPDATE events SET key = -1 WHERE key = (1 << 32) + 2;"
                 "UPDATE events SET key = (1 << 32) + 2 WHERE key = (1 << 32) + 3;"
                 "UPDATE events SET key = (1 << 32) + 3 WHERE key = -1",
                 1, "events, event 2", "payload");
    assert_found("DELETE FROM runs WHERE run = 1", 1, "runs", "run");
    assert_found("UPDATE runs SET run = 9 WHERE run = 1", 1, "runs", "run");
    assert_found("UPDATE runs SET run = 9 WHERE run = 1", 9, "runs", "run");
    assert_found("DELETE FROM seats WHERE run = 1 AND seat = 1", 1, "seats", "run");
    assert_found("INSERT INTO seats (run, seat, id, strategy, external) VALUES (1, 2, 'x', 'y', 0)",
                 1, "seats, seat 2", "seat");
    assert_found("DELETE FROM meta WHERE name = 'digest'", 1, "meta, digest", "value");
    assert_found("UPDATE runs SET scenario = 2 WHERE run = 1", 1, "runs", "scenario");
    assert_found("UPDATE runs SET verdict = 'agreement' WHERE run = 3", 3, "runs", "verdict");
    assert_found("UPDATE runs SET result = 'x' WHERE run = 3", 3, "runs", "result");
    assert_found("DELETE FROM branches", 4, "branches", "parent_hash");
    assert_found("UPDATE branches SET parent = 1", 4, "branches", "parent");
    assert_found("UPDATE branches SET parent = NULL, parent_hash = NULL", 4, "branches",
                 "parent_hash");
    assert_found("INSERT INTO branches VALUES (3, 1, '', 5, '[]')", 3, "branches", "parent_hash");
    assert_found("UPDATE seats SET offers = 1 WHERE run = 3", 3, "seats, seat 0", "offers");
    assert_found("DELETE FROM details WHERE key = (5 << 32) + 4", WORLDLY, "details, event 4",
                 "key");
    assert_found("INSERT INTO details VALUES ((5 << 32) + 1, NULL, NULL, NULL, 0, 0)", WORLDLY,
                 "details, event 1", "key");
    assert_found("INSERT INTO details VALUES ((1 << 32) + 77, NULL, NULL, NULL, 1, 0)", 1,
                 "details, event 77", "key");
    assert_found("DELETE FROM run_worlds", WORLDLY, "run_worlds", "run");
    assert_found("INSERT INTO run_worlds VALUES (1, 1)", 1, "run_worlds", "world");
    assert_found("DELETE FROM peaces", WORLDLY, "peaces", "run");
    assert_found("INSERT INTO peaces VALUES (1, 5, NULL, 0, 0, '{}')", 1, "peaces", "until");
    assert_found("DELETE FROM accounts WHERE seat = 0", WORLDLY, "accounts", "seat");
    assert_found("DELETE FROM accounts", WORLDLY, "accounts", "run");
    assert_found("INSERT INTO accounts VALUES (3, 0, 1, 5)", 3, "accounts", "seat");
    assert_found("DELETE FROM events WHERE key = (5 << 32) + 19", WORLDLY, "details, event 19",
                 "key");
    assert_found("DELETE FROM events WHERE key = (5 << 32) + 19;"
                 "DELETE FROM details WHERE key = (5 << 32) + 19",
                 WORLDLY, "events, event 19", "key");
    assert_found("DELETE FROM events WHERE key > (5 << 32) + 14", WORLDLY, "details, event", "key");
}

/* Columns, form and hash changed alike: the events know better. */
static void a_lie_about_the_peace_is_found_by_the_events(void **state) {
    (void)state;
    static const struct {
        const char *change, *table, *column;
    } lies[] = {
        {"UPDATE peaces SET probes = 7", "peaces", "probes"},
        {"UPDATE peaces SET until = until + 1", "peaces", "until"},
        {"UPDATE peaces SET broken_at = NULL", "peaces", "broken_at"},
        {"UPDATE peaces SET steps = 0", "peaces", "steps"},
        {"UPDATE peaces SET in_force = '{}'", "peaces", "in_force"},
        {"DELETE FROM peaces", "peaces", "run"},
        {"UPDATE accounts SET type = 0 WHERE seat = 1", "accounts", "type"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        char change[400];
        Error error = {0};
        copy_file(bare_path, bad_path);
        snprintf(change, sizeof change,
                 "%s; UPDATE runs SET result = NULL, result_hash = NULL WHERE run = 5",
                 lies[i].change);
        sample_sql(bad_path, change);
        sample_form_result(bad_path, WORLDLY);
        error = check(WORLDLY);
        if (error.kind != ERROR_CHECK || !strstr(error.text, lies[i].table) ||
            !strstr(error.text, lies[i].column) || !strstr(error.text, "the events say"))
            fail_msg("%s: error %d: %s", lies[i].change, (int)error.kind, error.text);
    }
}

/* Column and payload changed alike, hashes left alone: only the digest knows. */
static void a_consistent_lie_is_found_by_the_digest(void **state) {
    (void)state;
    assert_found("UPDATE events SET offer = 3, payload = CAST(substr(payload, 1, 4) || x'03' ||"
                 " substr(payload, 6) AS BLOB) WHERE key = (1 << 32) + 3",
                 1, "runs", "digest");
}

static void a_changed_view_is_found(void **state) {
    (void)state;
    Error error = check_after("DROP VIEW demand; CREATE VIEW demand AS SELECT 1 AS demand", 1);
    assert_error(error, ERROR_CHECK, "view, demand");
    error = check_after("CREATE VIEW mine AS SELECT 1; CREATE INDEX also ON events (kind)", 1);
    assert_int_equal(error.kind, ERROR_NONE);
}

/* Any byte of the file: either the record still says the same, or the check fails; it never crashes. A stride that is
 * prime visits each page at some thirty places, and each bit. */
static void any_changed_byte_of_the_file_is_found_or_harmless(void **state) {
    (void)state;
    static const char everything[] =
        "SELECT * FROM runs; SELECT * FROM seats; SELECT key, hex(payload), * FROM events;"
        "SELECT * FROM scenarios; SELECT * FROM domains; SELECT * FROM meta;"
        "SELECT * FROM branches; SELECT * FROM worlds; SELECT * FROM run_worlds;"
        "SELECT * FROM details; SELECT * FROM accounts; SELECT * FROM peaces";
    Text original = {0};
    text_add(&original, sample_query(good_path, everything));
    FILE *in = fopen(good_path, "rb");
    fseek(in, 0, SEEK_END);
    long size = ftell(in);
    fclose(in);
    uint32_t found = 0;
    for (long at = 0; at < size; at += 139) {
        copy_file(good_path, bad_path);
        FILE *file = fopen(bad_path, "r+b");
        fseek(file, at, SEEK_SET);
        int byte = fgetc(file);
        fseek(file, at, SEEK_SET);
        fputc(byte ^ 1 << (at % 8), file);
        fclose(file);
        bool good = all_is_well();
        found += !good;
        if (good && strcmp(sample_query(bad_path, everything), original.bytes) != 0)
            fail_msg("byte %ld was not found", at);
    }
    text_finish(&original);
    assert_true(found > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_record_passes_with_and_without_triggers),
        cmocka_unit_test(every_changed_value_is_found_and_named),
        cmocka_unit_test(every_column_of_every_event_is_found_and_named),
        cmocka_unit_test(every_column_of_every_detail_is_found_and_named),
        cmocka_unit_test(both_values_are_given),
        cmocka_unit_test(rows_that_moved_or_went_are_missed),
        cmocka_unit_test(a_lie_about_the_peace_is_found_by_the_events),
        cmocka_unit_test(a_consistent_lie_is_found_by_the_digest),
        cmocka_unit_test(a_changed_view_is_found),
        cmocka_unit_test(any_changed_byte_of_the_file_is_found_or_harmless),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
