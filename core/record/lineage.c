/* Where a run comes from. */
#include "core/record/check.h"

#include <stdio.h>

/* --- reading --- */

bool record_past(Record *record, uint64_t run, Text *past, Error *error) {
    bool row;
    RunRow known;
    Cell key = cell_integer((int64_t)run);
    if (!record_find_run(record, run, &known, error)) return false;
    sqlite3_stmt *statement = statement_first(record, STATEMENT_BRANCH, &key, 1, &row, error);
    if (!statement) return false;
    Cell said = row ? cell_read(statement, 3) : cell_null();
    if (said.kind == CELL_TEXT)
        text_add_bytes(past, said.text, said.length);
    else
        text_add(past, "[]");
    statement_done(statement);
    return true;
}

static bool find_stored(Record *record, const Digest *hash, uint64_t *run, Error *error) {
    bool row;
    char hex[DIGEST_HEX];
    Cell key = cell_text(digest_hex(hex, hash));
    sqlite3_stmt *statement = statement_first(record, STATEMENT_FIND_HEADER, &key, 1, &row, error);
    if (!statement) return false;
    *run = row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return true;
}

/* Headers of schema 1 are stored under another hash; such runs are looked at one by one. */
bool record_find_header(Record *record, const Digest *header_hash, uint64_t *run, Error *error) {
    RunRow row = {0};
    Error trouble = {0};
    if (!find_stored(record, header_hash, run, error)) return false;
    if (*run > 0) return true;
    while (record_next_run(record, row.run, &row, &trouble))
        if (digest_equal(&row.header_hash, header_hash)) {
            *run = row.run;
            return true;
        }
    if (trouble.kind) return error_set(error, trouble.kind, "%s", trouble.text);
    return error_set(error, ERROR_NO_INPUT, "The record has no run with this header.");
}

/* --- checking --- */

static bool complain(uint64_t run, const char *column, const Cell *is, const char *other,
                     const Cell *should, Error *error) {
    char place[64];
    snprintf(place, sizeof place, "Run %llu, table branches", (unsigned long long)run);
    return check_complain(place, column, is, other, should, error);
}

static bool check_parent(Record *record, uint64_t run, uint64_t parent, const char *hash,
                         Error *error) {
    RunRow row;
    Error why = {0};
    char hex[DIGEST_HEX];
    Cell is = cell_integer((int64_t)parent), nothing = cell_null(), named = cell_text(hash);
    if (parent >= run || !record_find_run(record, parent, &row, &why))
        return complain(run, "parent", &is, "but among earlier runs there is", &nothing, error);
    Cell found = cell_text(digest_hex(hex, &row.header_hash));
    if (cell_equal(&found, &named)) return true;
    return complain(run, "parent", &is, "whose header is not", &named, error);
}

bool check_lineage(Record *record, uint64_t run, bool may, Error *error) {
    bool row;
    char hash[DIGEST_HEX];
    Cell key = cell_integer((int64_t)run), nothing = cell_null();
    sqlite3_stmt *statement = statement_first(record, STATEMENT_BRANCH, &key, 1, &row, error);
    if (!statement) return false;
    uint64_t parent = row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    Cell said = row ? cell_read(statement, 1) : cell_null();
    snprintf(hash, sizeof hash, "%.*s", (int)said.length, said.text ? said.text : "");
    statement_done(statement);
    if (row && !may) return complain(run, "run", &key, "the run's header says", &nothing, error);
    return parent == 0 || check_parent(record, run, parent, hash, error);
}
