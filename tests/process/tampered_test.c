/* A record with one changed byte in any stored value fails, with the place of it. Every column of every
 * table is tried, in its first, middle and last row. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/text.h"
#include "tests/process/programs.h"

/* --- the record --- */

static sqlite3 *record_open_raw(const char *path) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    return db;
}

static void copy_record(const char *from, const char *to) {
    sqlite3 *source = record_open_raw(from), *target;
    remove(to);
    assert_int_equal(sqlite3_open(to, &target), SQLITE_OK);
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    sqlite3_backup_finish(backup);
    sqlite3_close(target);
    sqlite3_close(source);
}

/* --- the change --- */

/* One bit of one byte, somewhere in the value; numbers by one. */
static const char change[] =
    "UPDATE %s SET %s = CASE typeof(%s) "
    " WHEN 'integer' THEN %s + 1 "
    " WHEN 'text' THEN CAST(np_flip(CAST(%s AS BLOB)) AS TEXT) "
    " WHEN 'blob' THEN np_flip(%s) "
    " ELSE 1 END WHERE %s IN (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %lld)";

static void flip(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    int length = sqlite3_value_bytes(values[0]);
    uint8_t *bytes = memory_new((size_t)length + 1, 1);
    if (length > 0) memcpy(bytes, sqlite3_value_blob(values[0]), (size_t)length);
    bytes[length / 2] ^= 1; /* of an empty value: one byte more */
    sqlite3_result_blob(context, bytes, length > 0 ? length : 1, SQLITE_TRANSIENT);
    memory_free(bytes);
}

/* The seat in an event's canonical bytes. */
static void set_seat(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    int length = sqlite3_value_bytes(values[0]);
    uint8_t *bytes = memory_new((size_t)length, 1);
    memcpy(bytes, sqlite3_value_blob(values[0]), (size_t)length);
    bytes[69] = (uint8_t)sqlite3_value_int(values[1]);
    sqlite3_result_blob(context, bytes, length, SQLITE_TRANSIENT);
    memory_free(bytes);
}

/* What identifies a row: the primary key's first and last column cannot both be changed by name alone. */
static const char *row_of(const char *table) {
    if (strcmp(table, "meta") == 0) return "name";
    if (strcmp(table, "seats") == 0) return "(run * 100 + seat)";
    return "rowid";
}

/* False when there is no such row, or the table does not take the value at all. */
static bool change_value(const char *path, const char *table, const char *column, int64_t row) {
    sqlite3 *db = record_open_raw(path);
    const char *key = row_of(table);
    char *sql = sqlite3_mprintf(change, table, column, column, column, column, column, key, key,
                                table, key, (long long)row);
    sqlite3_create_function(db, "np_flip", 1, SQLITE_UTF8, NULL, flip, NULL, NULL);
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    bool changed = code == SQLITE_OK && sqlite3_changes(db) == 1;
    sqlite3_free(sql);
    sqlite3_close(db);
    return changed;
}

/* --- the test --- */

enum { RUNS = 4 };

/* A run, another one, a branch of that, and a branch of the branch. */
static void make_good_record(void) {
    static const char *const lines[RUNS] = {
        "run $S/tests/scenarios/partial.yaml --seed 2 -o good.db",
        "run $S/tests/scenarios/ratification.yaml --seed 2 -o good.db",
        "branch good.db --at 3 --set seats.west.reservation=0.21 --lane memory -o good.db",
        "branch good.db --at 4 --set seats.west.reservation=0.22 --lane memory -o good.db",
    };
    for (int i = 0; i < RUNS; i++) {
        Program program = program_run(0, lines[i]);
        program_forget(&program);
    }
}

typedef struct Tally {
    int tried;
    Text missed;
} Tally;

/* A run answers for its own rows and what they refer to. */
static bool is_found_in(int run) {
    char line[64];
    snprintf(line, sizeof line, "replay bad.db --run %d --verify", run);
    Program verify = program_start(line);
    int code = program_finish(&verify);
    if (code != 0 && code != 1 && code != 65 && code != 66)
        fail_msg("exit code %d: %s", code, verify.err);
    /* With the place: an event, a column. */
    bool said = strstr(verify.out, "does not verify") != NULL || code >= 65;
    program_forget(&verify);
    return code != 0 && said;
}

static bool is_found_in_any(void) {
    for (int run = RUNS - 1; run >= 1; run--)
        if (is_found_in(run)) return true;
    return false;
}

static void try_column(Tally *tally, const char *table, const char *column, int64_t rows) {
    const int64_t places[] = {0, rows / 2, rows - 1};
    for (int i = 0; i < 3; i++) {
        if (i > 0 && places[i] == places[i - 1]) continue;
        copy_record("good.db", "bad.db");
        if (!change_value("bad.db", table, column, places[i])) continue;
        tally->tried++;
        if (!is_found_in(RUNS) && !is_found_in_any())
            text_addf(&tally->missed, " %s.%s[%lld]", table, column, (long long)places[i]);
    }
}

static int64_t count_rows(sqlite3 *db, const char *table) {
    char *sql = sqlite3_mprintf("SELECT count(*) FROM %s", table);
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t rows = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return rows;
}

static void one_changed_byte_is_found_wherever_it_is(void **state) {
    (void)state;
    Tally tally = {0};
    make_good_record();
    sqlite3 *db = record_open_raw("good.db");
    sqlite3_stmt *columns;
    const char *sql = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
                      " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &columns, NULL), SQLITE_OK);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(columns, 0);
        const char *column = (const char *)sqlite3_column_text(columns, 1);
        try_column(&tally, table, column, count_rows(db, table));
    }
    sqlite3_finalize(columns);
    sqlite3_close(db);
    char missed[1024];
    snprintf(missed, sizeof missed, "%s", text_get(&tally.missed));
    text_finish(&tally.missed);
    if (missed[0] != '\0') fail_msg("not found:%s", missed);
    assert_true(tally.tried > 100);
}

/* A fault that names nobody, or somebody who has no seat, cannot happen again. */
static void a_fault_of_nobody_is_found(void **state) {
    (void)state;
    Program run =
        program_run(3, "run $S/tests/scenarios/agent_fault.yaml --seed 2 --lane memory -o good.db");
    program_forget(&run);
    for (int seat = 15; seat <= 255; seat += 240) {
        copy_record("good.db", "bad.db");
        sqlite3 *db = record_open_raw("bad.db");
        char *sql = sqlite3_mprintf(
            "UPDATE events SET payload = np_set_seat(payload, %d) WHERE kind = 'fault'", seat);
        sqlite3_create_function(db, "np_set_seat", 2, SQLITE_UTF8, NULL, set_seat, NULL, NULL);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_free(sql);
        sqlite3_close(db);
        assert_true(is_found_in(1));
    }
}

/* Moments that lie in no order cannot be played; they can be named. */
static void a_past_that_is_out_of_order_is_found(void **state) {
    (void)state;
    static const char *const moments[] = {"0", "-5", "-9223372036854775807"};
    make_good_record();
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        copy_record("good.db", "bad.db");
        sqlite3 *db = record_open_raw("bad.db");
        char *sql = sqlite3_mprintf("UPDATE branches SET branched_at = %s WHERE run = %d",
                                    moments[i], RUNS);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_free(sql);
        sqlite3_close(db);
        assert_true(is_found_in(RUNS));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_fault_of_nobody_is_found, place_open, place_close),
        cmocka_unit_test_setup_teardown(a_past_that_is_out_of_order_is_found, place_open,
                                        place_close),
        cmocka_unit_test_setup_teardown(one_changed_byte_is_found_wherever_it_is, place_open,
                                        place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
