#include "core/record/migrate.h"

#include <stdio.h>

/* The current schema, in memory. */
static sqlite3 *model_open(Error *error) {
    sqlite3 *model = NULL;
    if (sqlite3_open(":memory:", &model) == SQLITE_OK &&
        sqlite3_exec(model, record_schema[RECORD_SCHEMA_VERSION], NULL, NULL, NULL) == SQLITE_OK)
        return model;
    error_set(error, ERROR_INTERNAL, "The schema of records cannot be built.");
    sqlite3_close(model);
    return NULL;
}

/* Every row's first column is SQL to run on the record; a query that has a ?1 is given the record's own
 * schema for it. */
static bool run_each(Record *record, sqlite3 *from, const char *query, Error *error) {
    sqlite3_stmt *rows = NULL;
    Text script = {0};
    int code = sqlite3_prepare_v2(from, query, -1, &rows, NULL);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(rows) > 0)
        sqlite3_bind_text(rows, 1, record_schema[record->schema], -1, SQLITE_STATIC);
    while (code == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW)
        text_addf(&script, "%s;\n", (const char *)sqlite3_column_text(rows, 0));
    sqlite3_finalize(rows);
    bool good = code == SQLITE_OK ? record_run_sql(record, text_get(&script), error)
                                  : record_failed(record, code, error);
    text_finish(&script);
    return good;
}

/* Views and triggers of ours; what a user added stays. The model knows which names are ours, and so that no
 * old name is missed, none is ever given up. */
static const char drop_ours[] =
    "SELECT 'DROP ' || type || ' IF EXISTS main.' || name FROM sqlite_schema"
    " WHERE type IN ('view', 'trigger') ORDER BY type";
static const char make_tables[] =
    "SELECT replace(sql, 'CREATE TABLE ', 'CREATE TABLE IF NOT EXISTS ') FROM sqlite_schema"
    " WHERE type = 'table'";
static const char make_others[] =
    "SELECT sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY rowid";
/* Tables of the model that the older schema, ?1, does not have. */
static const char make_beside[] =
    "SELECT replace(sql, 'CREATE TABLE ', 'CREATE TEMP TABLE ') FROM sqlite_schema"
    " WHERE type = 'table' AND instr(?1, 'CREATE TABLE ' || name || ' (') = 0";
static const char say_meta[] = "SELECT 'UPDATE meta SET value = ' || quote(value) || ' WHERE name "
                               "= ' || quote(name) FROM meta";

static const char views_beside[] =
    "SELECT replace(sql, 'CREATE VIEW ', 'CREATE TEMP VIEW ') FROM sqlite_schema"
    " WHERE type = 'view' ORDER BY rowid";

static bool say_version(Record *record, sqlite3 *model, Error *error) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", RECORD_SCHEMA_VERSION);
    return run_each(record, model, say_meta, error) && record_run_sql(record, sql, error);
}

bool migrate(Record *record, Error *error) {
    sqlite3 *model = model_open(error);
    bool good = model && run_each(record, model, drop_ours, error) &&
                run_each(record, model, make_tables, error) && say_version(record, model, error) &&
                run_each(record, model, make_others, error);
    sqlite3_close(model);
    return good;
}

bool migrate_beside(Record *record, Error *error) {
    if (record->schema == RECORD_SCHEMA_VERSION) return true;
    sqlite3 *model = model_open(error);
    bool good = model && record_run_sql(record, "PRAGMA temp_store = MEMORY", error) &&
                run_each(record, model, make_beside, error);
    sqlite3_close(model);
    return good;
}

bool migrate_views_beside(Record *record, Error *error) {
    if (record->views_beside) return true;
    sqlite3 *model = model_open(error);
    bool good = model && record_run_sql(record, "PRAGMA query_only = 0", error) &&
                record_run_sql(record, "PRAGMA temp_store = MEMORY", error) &&
                run_each(record, model, views_beside, error);
    sqlite3_close(model);
    if (!record->writing) good = record_run_sql(record, "PRAGMA query_only = 1", error) && good;
    record->views_beside = good;
    return good;
}
