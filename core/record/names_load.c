/* Names as the record has them: read on first use, kept while it is open. */
#include "core/record/file.h"

static bool names_load(Record *record, Names *names, Error *error) {
    bool row, good = true;
    Cell key = cell_integer(names->domain);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_NAMES, &key, 1, &row, error);
    if (!statement) return false;
    Error trouble = {0};
    for (; good && row; row = statement_next(record, statement, &trouble)) {
        const char *issue = (const char *)sqlite3_column_text(statement, 2);
        const char *option = (const char *)sqlite3_column_text(statement, 3);
        int number = sqlite3_column_int(statement, 1);
        good = issue && option && (number > 0 || names_add(names, -1, issue)) &&
               names_add(names, number, option);
    }
    statement_done(statement);
    if (trouble.kind) return error_set(error, trouble.kind, "%s", trouble.text);
    if (good && names->issues > 0) return true;
    return error_set(
        error, ERROR_SCENARIO,
        "The record is damaged: table domains, domain %lld, column issues names no issues.",
        (long long)names->domain);
}

Names *record_domain(Record *record, int64_t domain, Error *error) {
    for (Names *names = record->names; names; names = names->next)
        if (names->domain == domain) return names;
    Names *names = memory_new(1, sizeof *names);
    names_init(names, domain);
    if (!names_load(record, names, error)) {
        names_finish(names);
        memory_free(names);
        return NULL;
    }
    names_ready(names);
    if (names->longest > record->scratch_size) {
        record->scratch_size = names->longest;
        record->scratch.menu = memory_grow(record->scratch.menu, names->longest, 1);
    }
    names->next = record->names;
    record->names = names;
    return names;
}

Names *record_names(Record *record, uint64_t run, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement =
        statement_first(record, STATEMENT_DOMAIN_OF_RUN, &key, 1, &row, error);
    if (!statement) return NULL;
    int64_t domain = row ? sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    if (row) return record_domain(record, domain, error);
    error_set(error, ERROR_NO_INPUT, "The record has no run %llu.", (unsigned long long)run);
    return NULL;
}
