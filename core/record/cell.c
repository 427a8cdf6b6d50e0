#include "core/record/cell.h"

int cell_bind(sqlite3_stmt *statement, int at, const Cell *cell) {
    switch (cell->kind) {
    case CELL_INTEGER: return sqlite3_bind_int64(statement, at, cell->integer);
    case CELL_TEXT:
        return sqlite3_bind_text(statement, at, cell->text, (int)cell->length, SQLITE_STATIC);
    case CELL_BYTES:
        return sqlite3_bind_blob(statement, at, cell->text, (int)cell->length, SQLITE_STATIC);
    case CELL_NULL: break;
    }
    return sqlite3_bind_null(statement, at);
}

int cells_bind(sqlite3_stmt *statement, const Cell *cells, int count) {
    int code = SQLITE_OK;
    for (int i = 0; i < count && code == SQLITE_OK; i++)
        code = cell_bind(statement, i + 1, &cells[i]);
    return code;
}

Cell cell_read(sqlite3_stmt *statement, int at) {
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER: return cell_integer(sqlite3_column_int64(statement, at));
    case SQLITE_NULL: return cell_null();
    case SQLITE_BLOB: {
        const void *bytes = sqlite3_column_blob(statement, at);
        return cell_bytes(bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, at));
    }
    default: { /* a real becomes its text, which equals no integer */
        const char *text = (const char *)sqlite3_column_text(statement, at);
        return cell_text_of(text ? text : "", (size_t)sqlite3_column_bytes(statement, at));
    }
    }
}

bool cell_equal(const Cell *a, const Cell *b) {
    if (a->kind != b->kind) return false;
    if (a->kind == CELL_NULL) return true;
    if (a->kind == CELL_INTEGER) return a->integer == b->integer;
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

void cell_say(Text *out, const Cell *cell) {
    char cut[101];
    size_t length = cell->length < sizeof cut - 1 ? cell->length : sizeof cut - 1;
    switch (cell->kind) {
    case CELL_NULL: text_add(out, "nothing"); return;
    case CELL_INTEGER: text_addf(out, "%lld", (long long)cell->integer); return;
    case CELL_BYTES: text_addf(out, "%zu bytes", cell->length); return;
    case CELL_TEXT: break;
    }
    memcpy(cut, cell->text, length);
    cut[length] = '\0';
    text_add(out, "\"");
    text_add_safe(out, cut);
    text_add(out, length < cell->length ? "…\"" : "\"");
}
