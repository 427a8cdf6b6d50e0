#include "core/record/limits.h"

#include "core/record/file.h"

struct InsertLimit {
    Record *record;
    Cell (*row)[EVENT_COLUMNS];
    uint32_t count;
    Arena arena; /* owns the texts of the cells */
};

static void keep_texts(Cell row[EVENT_COLUMNS], Arena *arena) {
    for (int i = 0; i < EVENT_COLUMNS; i++)
        if (row[i].kind == CELL_TEXT || row[i].kind == CELL_BYTES)
            row[i].text = arena_text(arena, row[i].text, row[i].length);
}

static bool lay_out(InsertLimit *limit, uint64_t run, const uint8_t *bytes, const uint32_t *offsets,
                    Error *error) {
    Names *names = record_names(limit->record, run, error);
    if (!names) return false;
    for (uint32_t i = 0; i < limit->count; i++) {
        Event event;
        size_t length = offsets[i + 1] - offsets[i];
        if (!event_decode(bytes + offsets[i], length, &event, error)) return false;
        event_row(run, &event, bytes + offsets[i], length, names, &limit->record->scratch,
                  limit->row[i]);
        keep_texts(limit->row[i], &limit->arena);
    }
    return true;
}

InsertLimit *insert_limit_prepare(Record *record, uint64_t run, const uint8_t *bytes,
                                  const uint32_t *offsets, uint32_t count, Error *error) {
    InsertLimit *limit = memory_new(1, sizeof *limit);
    *limit = (InsertLimit){.record = record, .count = count};
    arena_init(&limit->arena);
    limit->row = memory_new(count, sizeof *limit->row);
    if (lay_out(limit, run, bytes, offsets, error)) return limit;
    insert_limit_finish(limit);
    return NULL;
}

/* Nulls that are bound already stay bound. */
static bool bind(sqlite3_stmt *statement, const Cell row[EVENT_COLUMNS], const Cell *before) {
    for (int i = 0; i < EVENT_COLUMNS; i++) {
        if (row[i].kind == CELL_NULL && before && before[i].kind == CELL_NULL) continue;
        if (cell_bind(statement, i + 1, &row[i]) != SQLITE_OK) return false;
    }
    return true;
}

static bool insert(sqlite3_stmt *statement, const InsertLimit *limit, uint32_t from, uint32_t to) {
    bool good = true;
    for (uint32_t i = from; i < to && good; i++) {
        good = bind(statement, limit->row[i], i > 0 ? limit->row[i - 1] : NULL) &&
               sqlite3_step(statement) == SQLITE_DONE;
        sqlite3_reset(statement);
    }
    return good;
}

bool insert_limit_run(InsertLimit *limit, Error *error) {
    Record *record = limit->record;
    sqlite3_stmt *statement = statement_use(record, STATEMENT_ADD_EVENT, error);
    if (!statement) return false;
    for (uint32_t from = 0; from < limit->count; from += RECORD_BATCH) {
        uint32_t to = limit->count - from < RECORD_BATCH ? limit->count : from + RECORD_BATCH;
        if (!statement_run(record, STATEMENT_BEGIN, NULL, 0, error)) return false;
        if (!insert(statement, limit, from, to))
            return record_failed(record, sqlite3_errcode(record->db), error);
        if (!statement_run(record, STATEMENT_COMMIT, NULL, 0, error)) return false;
    }
    sqlite3_clear_bindings(statement); /* they point into this limit's rows */
    return true;
}

void insert_limit_finish(InsertLimit *limit) {
    if (!limit) return;
    arena_finish(&limit->arena);
    memory_free(limit->row);
    memory_free(limit);
}
