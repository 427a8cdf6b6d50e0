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

static bool world_names_load(Record *record, WorldNames *names, Error *error) {
    bool row, good = true;
    Cell key = cell_integer(names->world);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_WORLD_NAMES, &key, 1, &row, error);
    if (!statement) return false;
    Error trouble = {0};
    for (; good && row; row = statement_next(record, statement, &trouble)) {
        const char *list = (const char *)sqlite3_column_text(statement, 0);
        const char *name = (const char *)sqlite3_column_text(statement, 2);
        good = list && name &&
               world_names_add(names, list, sqlite3_column_int(statement, 1), name,
                               sqlite3_column_int(statement, 3));
    }
    statement_done(statement);
    if (trouble.kind) return error_set(error, trouble.kind, "%s", trouble.text);
    if (good) return true;
    return error_set(
        error, ERROR_SCENARIO,
        "The record is damaged: table worlds, world %lld, column names names too much.",
        (long long)names->world);
}

static WorldNames *world_of_key(Record *record, int64_t world, Error *error) {
    for (WorldNames *names = record->worlds; names; names = names->next)
        if (names->world == world) return names;
    WorldNames *names = memory_new(1, sizeof *names);
    world_names_init(names, world);
    if (!world_names_load(record, names, error)) {
        world_names_finish(names);
        memory_free(names);
        return NULL;
    }
    names->next = record->worlds;
    record->worlds = names;
    return names;
}

bool record_world_names(Record *record, uint64_t run, const WorldNames **names, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_WORLD_OF_RUN, &key, 1, &row, error);
    *names = NULL;
    if (!statement) return false;
    int64_t world = row ? sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return !row || (*names = world_of_key(record, world, error));
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
