#include <assert.h>
#include <stdio.h>

#include "core/record/column.h"
#include "core/record/study_writer.h"

static const char outcome_rows[] =
    "SELECT key, seed, verdict, reason, ended_at, events, digest, in_force, agreement, peace_until,"
    " peace_broken_at FROM outcomes WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
static const char seat_rows[] =
    "SELECT key, utility, reservation FROM outcome_seats WHERE key BETWEEN ?1 AND ?2 ORDER BY key";

/* Outcomes and their seats stand in the same order: two walks side by side. */
typedef struct Walk {
    Record *record;
    OpenStudy study;
    sqlite3_stmt *outcome, *seat;
    bool at_seat; /* a row of `seat` waits to be taken */
    OutcomeRow row;
} Walk;

static bool damaged(const Walk *walk, const char *what, Error *error) {
    char place[96];
    study_place(place, &walk->study, walk->row.repetition, walk->row.cell);
    return error_set(error, ERROR_SCENARIO, "The record is damaged: %s, %s", place, what);
}

/* --- seats --- */

static bool next_seat(Walk *walk, Error *error) {
    int code = sqlite3_step(walk->seat);
    walk->at_seat = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE || record_failed(walk->record, code, error);
}

static bool read_seats(Walk *walk, int64_t outcome, Error *error) {
    OutcomeRow *row = &walk->row;
    for (SeatId seat = 0; seat < row->seats; seat++) {
        int64_t key = outcome * (1 << STUDY_SEAT_BITS) + seat;
        if (!walk->at_seat || sqlite3_column_int64(walk->seat, 0) != key)
            return damaged(walk, "table outcome_seats: a seat is missing or too many.", error);
        row->utility[seat] = column_utility(walk->seat, 1);
        row->reservation[seat] = column_utility(walk->seat, 2);
        if (!next_seat(walk, error)) return false;
    }
    return true;
}

/* --- outcomes --- */

static bool read_verdict(Walk *walk, Error *error) {
    OutcomeRow *row = &walk->row;
    const char *word = (const char *)sqlite3_column_text(walk->outcome, 2);
    bool agreed = word && strcmp(word, "agreement") == 0;
    bool broke = word && strcmp(word, "breakdown") == 0;
    row->kind = agreed ? VERDICT_AGREEMENT : VERDICT_BREAKDOWN;
    row->reason = column_reason(walk->outcome, 3);
    if (!agreed && !broke) return damaged(walk, "column verdict: it is no verdict.", error);
    if (broke && row->reason == REASON_NONE)
        return damaged(walk, "column reason: it is no reason.", error);
    return column_is_digest(walk->outcome, 6, &row->digest) ||
           damaged(walk, "column digest: it is not 64 hexadecimal digits.", error);
}

static void read_numbers(Walk *walk) {
    OutcomeRow *row = &walk->row;
    sqlite3_stmt *statement = walk->outcome;
    row->seed = (uint64_t)sqlite3_column_int64(statement, 1);
    row->ended_at = sqlite3_column_int64(statement, 4);
    row->events = (uint64_t)sqlite3_column_int64(statement, 5);
    bool applies = sqlite3_column_type(statement, 7) != SQLITE_NULL;
    row->in_force = applies ? (int8_t)(sqlite3_column_int64(statement, 7) != 0) : -1;
    row->agreement = (const char *)sqlite3_column_text(statement, 8);
    row->observed = sqlite3_column_type(statement, 9) != SQLITE_NULL;
    row->held = row->observed && sqlite3_column_type(statement, 10) == SQLITE_NULL;
}

static bool read_outcome(Walk *walk, Error *error) {
    int64_t key = sqlite3_column_int64(walk->outcome, 0);
    uint64_t job = (uint64_t)key & (STUDY_MOST_JOBS - 1);
    walk->row = (OutcomeRow){.cell = job % walk->study.cells,
                             .repetition = job / walk->study.cells,
                             .seats = walk->study.seats};
    read_numbers(walk);
    return read_verdict(walk, error) && read_seats(walk, key, error);
}

/* Both walks begin at that key. */
static void begin_at(const Walk *walk, int64_t first) {
    int64_t last = study_last_key(walk->study.study);
    sqlite3_reset(walk->outcome);
    sqlite3_reset(walk->seat);
    sqlite3_bind_int64(walk->outcome, 1, first);
    sqlite3_bind_int64(walk->outcome, 2, last);
    sqlite3_bind_int64(walk->seat, 1, first * (1 << STUDY_SEAT_BITS));
    sqlite3_bind_int64(walk->seat, 2, last * (1 << STUDY_SEAT_BITS) + NP_MAX_SEATS - 1);
}

static bool prepare(Walk *walk, Error *error) {
    if (!statement_prepare(walk->record, outcome_rows, &walk->outcome, error) ||
        !statement_prepare(walk->record, seat_rows, &walk->seat, error))
        return false;
    begin_at(walk, study_first_key(walk->study.study));
    return true;
}

/* The first statement holds the moment at which both read until it has ended. */
static bool walk_outcomes(Walk *walk, OutcomeVisit visit, void *context, Error *error) {
    int code = sqlite3_step(walk->outcome);
    if (!next_seat(walk, error)) return false;
    for (; code == SQLITE_ROW; code = sqlite3_step(walk->outcome)) {
        if (!read_outcome(walk, error)) return false;
        if (!visit(context, &walk->row)) return true;
    }
    return code == SQLITE_DONE || record_failed(walk->record, code, error);
}

bool record_outcomes(Record *record, uint64_t study, OutcomeVisit visit, void *context,
                     Error *error) {
    Walk walk = {.record = record};
    if (record->writing && !record_commit(record, error)) return false;
    bool good = study_open(record, study, &walk.study, error) && prepare(&walk, error) &&
                walk_outcomes(&walk, visit, context, error);
    sqlite3_finalize(walk.outcome);
    sqlite3_finalize(walk.seat);
    return good;
}

/* The outcome at or behind that repetition of the cell, whosever it is: *found is false behind the last. */
static bool seek(Walk *walk, uint64_t cell, uint64_t repetition, bool *found, Error *error) {
    begin_at(walk, outcome_key(&walk->study, repetition, cell));
    int code = sqlite3_step(walk->outcome);
    *found = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE) return record_failed(walk->record, code, error);
    return next_seat(walk, error) && (!*found || read_outcome(walk, error));
}

static bool walk_cell(Walk *walk, uint64_t cell, OutcomeVisit visit, void *context, Error *error) {
    bool found;
    uint64_t repetition = 0;
    while (seek(walk, cell, repetition, &found, error)) {
        if (!found || (walk->row.cell == cell && !visit(context, &walk->row))) return true;
        repetition = walk->row.repetition + (walk->row.cell >= cell);
    }
    return false;
}

bool record_cell_outcomes(Record *record, uint64_t study, uint64_t cell, OutcomeVisit visit,
                          void *context, Error *error) {
    Walk walk = {.record = record};
    if (record->writing && !record_commit(record, error)) return false;
    bool good = study_open(record, study, &walk.study, error) && prepare(&walk, error) &&
                walk_cell(&walk, cell, visit, context, error);
    sqlite3_finalize(walk.outcome);
    sqlite3_finalize(walk.seat);
    return good;
}

bool record_count_outcomes(Record *record, uint64_t study, uint64_t *count, Error *error) {
    bool row;
    OpenStudy open;
    if (record->writing && !record_commit(record, error)) return false;
    if (!study_open(record, study, &open, error)) return false;
    Cell keys[] = {cell_integer(study_first_key(study)), cell_integer(study_last_key(study))};
    sqlite3_stmt *statement =
        statement_first(record, STATEMENT_COUNT_OUTCOMES, keys, 2, &row, error);
    if (!statement) return false;
    *count = row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return true;
}

/* --- failures --- */

/* SQLite gives `why` from the row that has the greatest attempt. */
static const char failure_rows[] =
    "SELECT f.cell, f.repetition, count(*), f.why, max(f.attempt) FROM failures f"
    " WHERE f.study = ?1 AND NOT EXISTS (SELECT 1 FROM outcomes o"
    " WHERE o.key = (?1 << 44) + f.repetition * ?2 + f.cell)"
    " GROUP BY f.repetition, f.cell ORDER BY f.repetition, f.cell";

static bool walk_failures(Record *record, sqlite3_stmt *statement, FailureVisit visit,
                          void *context, Error *error) {
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *why = (const char *)sqlite3_column_text(statement, 3);
        if (!visit(context, (uint64_t)sqlite3_column_int64(statement, 0),
                   (uint64_t)sqlite3_column_int64(statement, 1),
                   (uint32_t)sqlite3_column_int64(statement, 2), why ? why : ""))
            return true;
    }
    return code == SQLITE_DONE || record_failed(record, code, error);
}

bool record_failures(Record *record, uint64_t study, FailureVisit visit, void *context,
                     Error *error) {
    OpenStudy open;
    sqlite3_stmt *statement = NULL;
    if (record->writing && !record_commit(record, error)) return false;
    if (!study_open(record, study, &open, error) ||
        !statement_prepare(record, failure_rows, &statement, error))
        return false;
    sqlite3_bind_int64(statement, 1, (int64_t)study);
    sqlite3_bind_int64(statement, 2, (int64_t)open.cells);
    bool good = walk_failures(record, statement, visit, context, error);
    sqlite3_finalize(statement);
    return good;
}
