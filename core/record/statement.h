/* The record's SQL, prepared once per connection: a table of statements and three ways to step them. */
#ifndef CORE_RECORD_STATEMENT_H
#define CORE_RECORD_STATEMENT_H

#include "core/base/error.h"
#include "core/record/cell.h"
#include "core/record/record.h"

typedef enum StatementId {
    STATEMENT_BEGIN,
    STATEMENT_COMMIT,
    STATEMENT_ROLLBACK,
    STATEMENT_FIND_SCENARIO,
    STATEMENT_ADD_SCENARIO,
    STATEMENT_FIND_DOMAIN,
    STATEMENT_ADD_DOMAIN,
    STATEMENT_ADD_RUN,
    STATEMENT_ADD_BRANCH,
    STATEMENT_ADD_SEAT,
    STATEMENT_ADD_EVENT,
    STATEMENT_ADD_DETAIL,
    STATEMENT_FIND_WORLD,
    STATEMENT_ADD_WORLD,
    STATEMENT_ADD_RUN_WORLD,
    STATEMENT_ADD_PEACE,
    STATEMENT_ADD_ACCOUNT,
    STATEMENT_SET_HEADER,
    STATEMENT_END_RUN,
    STATEMENT_END_SEAT,
    STATEMENT_SET_RESULT,
    STATEMENT_DOMAIN_OF_RUN,
    STATEMENT_NAMES,
    STATEMENT_WORLD_OF_RUN,
    STATEMENT_WORLD_NAMES,
    STATEMENT_HEADER_1,
    STATEMENT_HEADER,
    STATEMENT_HEADER_SEATS,
    STATEMENT_HEADER_WORLD,
    STATEMENT_RESULT,
    STATEMENT_RESULT_SEATS,
    STATEMENT_RESULT_PEACE,
    STATEMENT_RESULT_ACCOUNTS,
    STATEMENT_STORED_CANON,
    STATEMENT_NEXT_RUN,
    STATEMENT_RUN_SEATS,
    STATEMENT_LAST_RUN,
    STATEMENT_SCENARIO,
    STATEMENT_BRANCH,
    STATEMENT_FIND_HEADER,
    STATEMENT_PROGRESS,
    STATEMENT_TRACES,
    STATEMENT_PEACE,
    STATEMENT_LATE_DETAIL,
    STATEMENT_FIND_STUDY,
    STATEMENT_ADD_STUDY,
    STATEMENT_ADD_STUDY_SEAT,
    STATEMENT_STUDY,
    STATEMENT_STUDY_SEATS,
    STATEMENT_NEXT_STUDY,
    STATEMENT_ADD_CELL,
    STATEMENT_FIND_CELL,
    STATEMENT_ADD_OUTCOME,
    STATEMENT_FIND_OUTCOME,
    STATEMENT_ADD_OUTCOME_RUN,
    STATEMENT_COUNT_OUTCOMES,
    STATEMENT_ADD_FAILURE,
    STATEMENT_UNITE_FAILURE,
    STATEMENTS
} StatementId;

/* Ready to be bound; NULL with error set when the record cannot be read or written at all. */
sqlite3_stmt *statement_use(Record *record, StatementId id, Error *error);
/* Binds, runs to the end and resets. */
bool statement_run(Record *record, StatementId id, const Cell *cells, int count, Error *error);
/* Binds and steps to the first row, *row says whether there is one; reset with statement_done. */
sqlite3_stmt *statement_first(Record *record, StatementId id, const Cell *cells, int count,
                              bool *row, Error *error);
/* Steps to the next row. False without error set at the end. */
bool statement_next(Record *record, sqlite3_stmt *statement, Error *error);
void statement_done(sqlite3_stmt *statement);
/* A private copy of a statement, for walks during which others may run; end with sqlite3_finalize. */
bool statement_prepare(Record *record, const char *sql, sqlite3_stmt **statement, Error *error);

/* What SQLite's complaint means, as an error: full, locked, damaged, not writable. Returns false. */
bool record_failed(Record *record, int code, Error *error);

#endif
