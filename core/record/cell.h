/* A cell: one value of a row, on its way into the record or out of it. Text and bytes are borrowed. */
#ifndef CORE_RECORD_CELL_H
#define CORE_RECORD_CELL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/text.h"

typedef enum CellKind { CELL_NULL, CELL_INTEGER, CELL_TEXT, CELL_BYTES } CellKind;

typedef struct Cell {
    CellKind kind;
    int64_t integer;
    const char *text; /* CELL_TEXT, CELL_BYTES */
    size_t length;
} Cell;

static inline Cell cell_null(void) {
    return (Cell){.kind = CELL_NULL};
}

static inline Cell cell_integer(int64_t integer) {
    return (Cell){.kind = CELL_INTEGER, .integer = integer};
}

static inline Cell cell_text_of(const char *text, size_t length) {
    return (Cell){.kind = CELL_TEXT, .text = text, .length = length};
}

/* NULL becomes a null. */
static inline Cell cell_text(const char *text) {
    return text ? cell_text_of(text, strlen(text)) : cell_null();
}

static inline Cell cell_bytes(const void *bytes, size_t length) {
    return (Cell){.kind = CELL_BYTES, .text = bytes, .length = length};
}

/* Binds to parameter `at` (from 1); the cell's text must outlive the step. */
int cell_bind(sqlite3_stmt *statement, int at, const Cell *cell);
int cells_bind(sqlite3_stmt *statement, const Cell *cells, int count);
/* Column `at` (from 0) of the present row; borrowed until the next step. */
Cell cell_read(sqlite3_stmt *statement, int at);
bool cell_equal(const Cell *a, const Cell *b);
/* For people, quoted, safe and cut to a reasonable length. */
void cell_say(Text *out, const Cell *cell);

#endif
