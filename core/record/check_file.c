#include "core/record/check.h"

#include <stdio.h>

bool check_complain(const char *place, const char *column, const Cell *is, const char *other,
                    const Cell *should, Error *error) {
    Text say = {0};
    text_addf(&say, "%s, column %s: it says ", place, column);
    cell_say(&say, is);
    text_addf(&say, ", %s ", other);
    cell_say(&say, should);
    error_set(error, ERROR_CHECK, "%s.", say.bytes);
    text_finish(&say);
    return false;
}

static bool complain_damage(Record *record, const char *detail, Error *error) {
    char name[256], said[400];
    return error_set(error, ERROR_CHECK, "The file of the record %s is damaged: %s.",
                     record_name(record, name), text_safe(said, sizeof said, detail));
}

/* Damage may show as a finding or as the failure to look for it. */
static bool check_integrity(Record *record, Error *error) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(record->db, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    bool good = false;
    if (code == SQLITE_ROW) {
        Cell found = cell_read(statement, 0);
        good = found.length == 2 && memcmp(found.text, "ok", 2) == 0;
        if (!good) complain_damage(record, found.text ? found.text : "", error);
    } else {
        complain_damage(record, sqlite3_errmsg(record->db), error);
    }
    sqlite3_finalize(statement);
    return good;
}

/* One list that is the same in every sound record: what it is, its name, its text. */
typedef struct Template {
    const char *sql;    /* three columns, for all of them */
    const char *lookup; /* the third column for a given kind (?1) and name (?2) */
    const char *column;
    bool optional; /* may be missing, but not be different */
} Template;

static const Template templates[] = {
    {"SELECT 'table meta', name, value FROM meta ORDER BY name",
     "SELECT value FROM meta WHERE ?1 = ?1 AND name = ?2", "value", false},
    {"SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'view') AND sql NOT NULL",
     "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2", "sql", false},
    {"SELECT type, name, sql FROM sqlite_schema WHERE type = 'trigger'",
     "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2", "sql", true},
};

static bool compare_one(sqlite3_stmt *model, sqlite3_stmt *lookup, const Template *template,
                        Error *error) {
    Cell kind = cell_read(model, 0), name = cell_read(model, 1), should = cell_read(model, 2);
    cell_bind(lookup, 1, &kind);
    cell_bind(lookup, 2, &name);
    int code = sqlite3_step(lookup);
    Cell is = code == SQLITE_ROW ? cell_read(lookup, 0) : cell_null();
    bool good = cell_equal(&is, &should) || (template->optional && is.kind == CELL_NULL);
    if (!good) {
        char place[128];
        snprintf(place, sizeof place, "%s, %.64s", kind.text, name.text);
        check_complain(place, template->column, &is, "the schema says", &should, error);
    }
    sqlite3_reset(lookup);
    return good;
}

static bool compare_template(Record *record, sqlite3 *model, const Template *template,
                             Error *error) {
    sqlite3_stmt *rows = NULL, *lookup = NULL;
    bool good = false;
    int code = sqlite3_prepare_v2(record->db, template->lookup, -1, &lookup, NULL);
    if (code != SQLITE_OK) {
        complain_damage(record, sqlite3_errmsg(record->db), error);
    } else if (sqlite3_prepare_v2(model, template->sql, -1, &rows, NULL) == SQLITE_OK) {
        good = true;
        while (good && sqlite3_step(rows) == SQLITE_ROW)
            good = compare_one(rows, lookup, template, error);
    }
    sqlite3_finalize(rows);
    sqlite3_finalize(lookup);
    return good;
}

/* A row too many in meta says something that nobody wrote. */
static bool check_meta_count(Record *record, Error *error) {
    int64_t rows = 0;
    if (!record_integer(record, "SELECT count(*) FROM meta", &rows, error)) return false;
    return rows == 5 ||
           error_set(error, ERROR_CHECK, "Table meta: it has %lld rows, not 5.", (long long)rows);
}

/* The program's own schema of that version, in memory, is what the file is held against. */
static bool check_schema(Record *record, Error *error) {
    sqlite3 *model = NULL;
    bool good = sqlite3_open(":memory:", &model) == SQLITE_OK &&
                sqlite3_exec(model, record_schema[record->schema], NULL, NULL, NULL) == SQLITE_OK;
    if (!good) error_set(error, ERROR_INTERNAL, "The schema of records cannot be built.");
    for (size_t i = 0; good && i < sizeof templates / sizeof templates[0]; i++)
        good = compare_template(record, model, &templates[i], error);
    sqlite3_close(model);
    return good && check_meta_count(record, error);
}

bool check_file(Record *record, Error *error) {
    int64_t version = 0;
    if (!record_integer(record, "PRAGMA data_version", &version, error)) return false;
    /* A record of many runs is checked as a whole once, not once a run. */
    if (record->checked_version == version + 1) return true;
    if (!check_integrity(record, error) || !check_schema(record, error)) return false;
    record->checked_version = version + 1;
    return true;
}
