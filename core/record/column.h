/* Columns of a row as values. What is not of their kind reads as nothing: zeroes, UTILITY_NONE, NP_NO_SEAT; the
 * check says what is wrong with it. */
#ifndef CORE_RECORD_COLUMN_H
#define CORE_RECORD_COLUMN_H

#include "core/base/digest.h"
#include "core/record/cell.h"
#include "core/referee/verdict.h"

/* Cut to fit. */
void column_text(char *out, size_t size, sqlite3_stmt *statement, int at);
Utility column_utility(sqlite3_stmt *statement, int at);
SeatId column_seat(sqlite3_stmt *statement, int at);
Digest column_digest(sqlite3_stmt *statement, int at);
/* Whether it is 64 lower-case hexadecimal digits; `digest` may be NULL. */
bool column_is_digest(sqlite3_stmt *statement, int at, Digest *digest);
VerdictKind column_verdict(sqlite3_stmt *statement, int at); /* any other word is a breakdown */
Reason column_reason(sqlite3_stmt *statement, int at);
/* Adds the text or bytes; `out` may be NULL. */
void column_add(Text *out, sqlite3_stmt *statement, int at);

#endif
