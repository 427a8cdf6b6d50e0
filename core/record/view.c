/* Rows of the views, for whoever wants them as they are. */
#include <assert.h>

#include "core/record/migrate.h"
#include "core/record/study.h"

enum { VIEW_MAX_COLUMNS = 32 };

/* Events stand in the order of their keys, so that only demands, which are counted by seat, need sorting:
 * memory does not grow with the run. */
static const struct View {
    const char *name, *rows;
} views[] = {
    {"run", "SELECT * FROM run WHERE run = ?1"},
    {"event", "SELECT * FROM event WHERE run = ?1"},
    {"offer", "SELECT * FROM offer WHERE run = ?1"},
    {"demand", "SELECT * FROM demand WHERE run = ?1 ORDER BY event"},
    {"event_detail", "SELECT * FROM event_detail WHERE run = ?1"},
    {"world", "SELECT * FROM world WHERE run = ?1"},
    {"lever", "SELECT * FROM lever WHERE run = ?1"},
    {"appraisal", "SELECT * FROM appraisal WHERE run = ?1"},
    {"statement", "SELECT * FROM statement WHERE run = ?1"},
    {"account", "SELECT * FROM account WHERE run = ?1"},
    {"peace", "SELECT * FROM peace WHERE run = ?1"},
};

/* All of them stand in the order of their keys. */
static const struct View study_views[] = {
    {"study", "SELECT * FROM study WHERE study = ?1"},
    {"cell", "SELECT * FROM cell WHERE study = ?1"},
    {"outcome", "SELECT * FROM outcome WHERE study = ?1"},
    {"outcome_seat", "SELECT * FROM outcome_seat WHERE study = ?1"},
    {"failure", "SELECT * FROM failure WHERE study = ?1"},
};

static const struct View *view_find(const struct View *known, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(known[i].name, name) == 0) return &known[i];
    return NULL;
}

static RecordValue value_read(sqlite3_stmt *statement, int at) {
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_NULL: return (RecordValue){.kind = RECORD_NULL};
    case SQLITE_INTEGER:
        return (RecordValue){.kind = RECORD_INTEGER,
                             .integer = sqlite3_column_int64(statement, at)};
    case SQLITE_FLOAT:
        return (RecordValue){.kind = RECORD_REAL, .real = sqlite3_column_double(statement, at)};
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, at);
        size_t length = (size_t)sqlite3_column_bytes(statement, at);
        return (RecordValue){.kind = RECORD_TEXT, .text = text ? text : "", .length = length};
    }
    }
}

/* The names stay where they are as long as the statement does. */
static int read_names(sqlite3_stmt *statement, const char *names[VIEW_MAX_COLUMNS]) {
    int columns = sqlite3_column_count(statement);
    assert(columns <= VIEW_MAX_COLUMNS);
    for (int i = 0; i < columns; i++) names[i] = sqlite3_column_name(statement, i);
    return columns;
}

static bool visit_rows(Record *record, sqlite3_stmt *statement, RecordRowVisit visit, void *context,
                       Error *error) {
    const char *names[VIEW_MAX_COLUMNS];
    RecordValue values[VIEW_MAX_COLUMNS];
    int columns = read_names(statement, names), code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) values[i] = value_read(statement, i);
        if (!visit(context, names, values, columns)) return true;
    }
    return code == SQLITE_DONE || record_failed(record, code, error);
}

static bool visit_names(sqlite3_stmt *statement, RecordRowVisit visit, void *context) {
    const char *names[VIEW_MAX_COLUMNS];
    RecordValue values[VIEW_MAX_COLUMNS] = {{.kind = RECORD_NULL}};
    visit(context, names, values, read_names(statement, names));
    return true;
}

/* `key`: run or study; 0 for the names only. */
static bool visit_view(Record *record, const struct View *view, uint64_t key, RecordRowVisit visit,
                       void *context, Error *error) {
    sqlite3_stmt *statement = NULL;
    assert(view);
    if (record->writing && !record_commit(record, error)) return false;
    if (!migrate_views_beside(record, error) ||
        !statement_prepare(record, view->rows, &statement, error))
        return false;
    sqlite3_bind_int64(statement, 1, (int64_t)key);
    bool good = key == 0 ? visit_names(statement, visit, context)
                         : visit_rows(record, statement, visit, context, error);
    sqlite3_finalize(statement);
    return good;
}

bool record_view(Record *record, const char *view, uint64_t run, RecordRowVisit visit,
                 void *context, Error *error) {
    const struct View *found = view_find(views, sizeof views / sizeof views[0], view);
    return visit_view(record, found, run, visit, context, error);
}

bool record_study_view(Record *record, const char *view, uint64_t study, RecordRowVisit visit,
                       void *context, Error *error) {
    const struct View *found =
        view_find(study_views, sizeof study_views / sizeof study_views[0], view);
    return visit_view(record, found, study, visit, context, error);
}
