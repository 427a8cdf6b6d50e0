#include "core/record/canon.h"

#include <stdio.h>

const CanonForm canon_header_1 = {
    "nonpaper header 1",  "header",   STATEMENT_HEADER_1, STATEMENT_HEADER_SEATS,
    STATEMENT_SET_HEADER, STATEMENTS, STATEMENTS};
const CanonForm canon_header = {"nonpaper header 2",
                                "header",
                                STATEMENT_HEADER,
                                STATEMENT_HEADER_SEATS,
                                STATEMENT_SET_HEADER,
                                STATEMENT_HEADER_WORLD,
                                STATEMENTS};
const CanonForm canon_result = {"nonpaper result 1",      "result",
                                STATEMENT_RESULT,         STATEMENT_RESULT_SEATS,
                                STATEMENT_SET_RESULT,     STATEMENT_RESULT_PEACE,
                                STATEMENT_RESULT_ACCOUNTS};

void canon_init(Canon *canon) {
    memset(canon, 0, sizeof *canon);
}

void canon_finish(Canon *canon) {
    text_finish(&canon->text);
}

/* NULL when there are more fields than a run may have; the form then goes on without naming them. */
static CanonField *note_field(Canon *canon, const char *name, int row) {
    if (canon->fields == CANON_MAX_FIELDS) return NULL;
    CanonField *field = &canon->field[canon->fields++];
    const char *dot = strchr(name, '.');
    field->start = canon->text.length;
    field->row = row;
    snprintf(field->table, sizeof field->table, "%.*s", (int)(dot - name), name);
    snprintf(field->column, sizeof field->column, "%s", dot + 1);
    return field;
}

static void add_value(Text *text, const Cell *cell) {
    switch (cell->kind) {
    case CELL_NULL: text_add(text, "null"); return;
    case CELL_INTEGER: text_addf(text, "%lld", (long long)cell->integer); return;
    case CELL_TEXT:
    case CELL_BYTES:
        text_addf(text, "%zu:", cell->length);
        text_add_bytes(text, cell->text, cell->length);
        return;
    }
}

static void add_row(Canon *canon, sqlite3_stmt *statement, int row) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *name = sqlite3_column_name(statement, i);
        Cell cell = cell_read(statement, i);
        CanonField *field = note_field(canon, name, row);
        if (row < 0)
            text_addf(&canon->text, "%s ", name);
        else
            text_addf(&canon->text, "%s/%d ", name, row);
        if (field) field->value = canon->text.length;
        canon->values += cell.kind != CELL_NULL;
        add_value(&canon->text, &cell);
        text_add(&canon->text, "\n");
    }
}

static bool add_single(Record *record, StatementId id, uint64_t run, Canon *canon, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    if (id == STATEMENTS) return true;
    sqlite3_stmt *statement = statement_first(record, id, &key, 1, &row, error);
    if (!statement) return false;
    if (row) add_row(canon, statement, -1);
    statement_done(statement);
    return true;
}

static bool add_seats(Record *record, StatementId id, uint64_t run, Canon *canon, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    Error trouble = {0};
    if (id == STATEMENTS) return true;
    sqlite3_stmt *statement = statement_first(record, id, &key, 1, &row, error);
    if (!statement) return false;
    for (int seat = 0; row && seat <= NP_MAX_SEATS; seat++) {
        add_row(canon, statement, seat);
        row = statement_next(record, statement, &trouble);
    }
    statement_done(statement);
    return trouble.kind == ERROR_NONE || error_set(error, trouble.kind, "%s", trouble.text);
}

bool canon_read(Record *record, const CanonForm *form, uint64_t run, Canon *canon, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement = statement_first(record, form->run, &key, 1, &row, error);
    if (!statement) return false;
    text_addf(&canon->text, "%s\n", form->title);
    if (row) add_row(canon, statement, -1);
    statement_done(statement);
    if (!row)
        return error_set(error, ERROR_NO_INPUT, "The record has no run %llu.",
                         (unsigned long long)run);
    return add_seats(record, form->seats, run, canon, error) &&
           add_single(record, form->single, run, canon, error) &&
           add_seats(record, form->accounts, run, canon, error);
}

bool canon_hash(Record *record, const CanonForm *form, uint64_t run, Digest *hash, Error *error) {
    Canon canon;
    canon_init(&canon);
    bool good = canon_read(record, form, run, &canon, error);
    if (good) *hash = digest_of(canon.text.bytes, canon.text.length);
    canon_finish(&canon);
    return good;
}

bool canon_store(Record *record, const CanonForm *form, uint64_t run, Error *error) {
    Canon canon;
    canon_init(&canon);
    bool good = canon_read(record, form, run, &canon, error);
    if (good) {
        char hex[DIGEST_HEX];
        Digest hash = digest_of(canon.text.bytes, canon.text.length);
        Cell cells[] = {cell_integer((int64_t)run),
                        cell_text_of(canon.text.bytes, canon.text.length),
                        cell_text(digest_hex(hex, &hash))};
        good = statement_run(record, form->set, cells, 3, error);
    }
    canon_finish(&canon);
    return good;
}
