#include "core/record/canon.h"
#include "core/record/column.h"
#include "core/record/file.h"

static void read_header(sqlite3_stmt *statement, RunRow *row) {
    row->run = (uint64_t)sqlite3_column_int64(statement, 0);
    column_text(row->scenario, sizeof row->scenario, statement, 1);
    row->scenario_hash = column_digest(statement, 2);
    row->seed = (uint64_t)sqlite3_column_int64(statement, 3);
    column_text(row->lane, sizeof row->lane, statement, 4);
    column_text(row->version, sizeof row->version, statement, 5);
    row->started_at = sqlite3_column_int64(statement, 6);
    row->epoch = sqlite3_column_int64(statement, 7);
}

static void read_verdict(sqlite3_stmt *statement, RunRow *row) {
    row->kind = column_verdict(statement, 9);
    row->ended = row->kind != VERDICT_OPEN;
    row->reason = column_reason(statement, 10);
    row->seat = column_seat(statement, 11);
    row->ended_at = sqlite3_column_int64(statement, 12);
    row->events = (uint64_t)sqlite3_column_int64(statement, 13);
    row->digest = column_digest(statement, 14);
    bool applies = sqlite3_column_type(statement, 15) != SQLITE_NULL;
    row->in_force = applies ? (int8_t)(sqlite3_column_int64(statement, 15) != 0) : -1;
    row->first_distance = column_utility(statement, 16);
    row->last_distance = column_utility(statement, 17);
}

static void read_branch(sqlite3_stmt *statement, RunRow *row) {
    row->header_hash = column_digest(statement, 18);
    row->branch = sqlite3_column_type(statement, 20) != SQLITE_NULL;
    row->parent = (uint64_t)sqlite3_column_int64(statement, 21);
    row->parent_hash = column_digest(statement, 22);
    bool dated = sqlite3_column_type(statement, 23) != SQLITE_NULL;
    row->branched_at = dated ? sqlite3_column_int64(statement, 23) : -1;
}

static void read_run_seat(sqlite3_stmt *statement, RunRow *row) {
    SeatId seat = column_seat(statement, 0);
    if (seat == NP_NO_SEAT) return;
    SeatResult *result = &row->result[seat];
    if (seat >= row->seats) row->seats = seat + 1;
    column_text(row->seat_id[seat], sizeof row->seat_id[seat], statement, 1);
    column_text(row->strategy[seat], sizeof row->strategy[seat], statement, 2);
    row->external[seat] = sqlite3_column_int64(statement, 3) != 0;
    result->utility = column_utility(statement, 4);
    result->reservation = column_utility(statement, 5);
    result->first_demand = column_utility(statement, 6);
    result->last_demand = column_utility(statement, 7);
    result->offers = (uint32_t)sqlite3_column_int64(statement, 8);
    result->type = (uint8_t)sqlite3_column_int64(statement, 9);
    result->costs = sqlite3_column_int64(statement, 10);
}

/* An unfinished run has no count of events in its row. */
static bool count_events(Record *record, RunRow *row, Error *error) {
    bool found;
    Cell key = cell_integer((int64_t)row->run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_TRACES, &key, 1, &found, error);
    if (!statement) return false;
    row->events = (uint64_t)sqlite3_column_int64(statement, 1);
    statement_done(statement);
    return true;
}

static bool read_seats(Record *record, RunRow *row, Error *error) {
    bool found;
    Error trouble = {0};
    Cell key = cell_integer((int64_t)row->run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_RUN_SEATS, &key, 1, &found, error);
    if (!statement) return false;
    for (; found; found = statement_next(record, statement, &trouble))
        read_run_seat(statement, row);
    statement_done(statement);
    if (trouble.kind) return error_set(error, trouble.kind, "%s", trouble.text);
    return row->ended || count_events(record, row, error);
}

static bool read_peace(Record *record, RunRow *row, Error *error) {
    bool found;
    Cell key = cell_integer((int64_t)row->run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_PEACE, &key, 1, &found, error);
    if (!statement) return false;
    row->observed = found;
    row->peace_until = found ? sqlite3_column_int64(statement, 0) : 0;
    bool broken = found && sqlite3_column_type(statement, 1) != SQLITE_NULL;
    row->peace_broken_at = broken ? sqlite3_column_int64(statement, 1) : NP_NEVER;
    row->peace_probes = found ? (uint32_t)sqlite3_column_int64(statement, 2) : 0;
    row->peace_steps = found ? (uint32_t)sqlite3_column_int64(statement, 3) : 0;
    statement_done(statement);
    return true;
}

bool record_next_run(Record *record, uint64_t after, RunRow *row, Error *error) {
    bool found;
    Cell key = cell_integer((int64_t)after);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_NEXT_RUN, &key, 1, &found, error);
    if (!statement) return false;
    memset(row, 0, sizeof *row);
    bool early = found && sqlite3_column_int(statement, 19) != 0;
    if (found) {
        read_header(statement, row);
        read_verdict(statement, row);
        read_branch(statement, row);
    }
    statement_done(statement);
    return found && read_seats(record, row, error) && read_peace(record, row, error) &&
           (!early || canon_hash(record, &canon_header, row->run, &row->header_hash, error));
}

bool record_find_run(Record *record, uint64_t run, RunRow *row, Error *error) {
    Error trouble = {0};
    bool possible = run > 0 && run <= EVENT_KEY_LIMIT;
    if (possible && record_next_run(record, run - 1, row, &trouble) && row->run == run) return true;
    if (trouble.kind) return error_set(error, trouble.kind, "%s", trouble.text);
    return error_set(error, ERROR_NO_INPUT, "The record has no run %llu.", (unsigned long long)run);
}

uint64_t record_last_run(Record *record) {
    bool found;
    sqlite3_stmt *statement = statement_first(record, STATEMENT_LAST_RUN, NULL, 0, &found, NULL);
    if (!statement) return 0;
    uint64_t run = found ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return run;
}

bool record_scenario(Record *record, uint64_t run, Text *text, Text *settings, Error *error) {
    bool found;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_SCENARIO, &key, 1, &found, error);
    if (!statement) return false;
    if (found) column_add(text, statement, 0);
    if (found) column_add(settings, statement, 1);
    statement_done(statement);
    return found ||
           error_set(error, ERROR_NO_INPUT, "The record has no run %llu.", (unsigned long long)run);
}

/* --- walking --- */

static bool decode_row(sqlite3_stmt *statement, uint64_t run, Event *event, Cell *payload,
                       Error *error) {
    unsigned long long id = (unsigned long long)sqlite3_column_int64(statement, 0) & UINT32_MAX;
    Error why = {0};
    *payload = cell_read(statement, 1);
    bool blob = payload->kind == CELL_BYTES;
    if (blob && event_decode((const uint8_t *)payload->text, payload->length, event, &why) &&
        event->id == id)
        return true;
    return error_set(
        error, ERROR_SCENARIO,
        "The record is damaged: run %llu, table events, event %llu, column payload. %s",
        (unsigned long long)run, id, why.kind ? why.text : "It tells of another event.");
}

static bool walk_rows(Record *record, sqlite3_stmt *statement, uint64_t run, RecordVisit visit,
                      void *context, Error *error) {
    Event event;
    Cell payload;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!decode_row(statement, run, &event, &payload, error)) return false;
        if (!visit(context, &event, (const uint8_t *)payload.text, payload.length)) return true;
    }
    return code == SQLITE_DONE || record_failed(record, code, error);
}

bool record_walk(Record *record, uint64_t run, uint64_t from_event, RecordVisit visit,
                 void *context, Error *error) {
    sqlite3_stmt *statement = NULL;
    if (run == 0 || run > EVENT_KEY_LIMIT || from_event > UINT32_MAX) return true;
    if (record->writing && !record_commit(record, error)) return false;
    if (!statement_prepare(record,
                           "SELECT key, payload FROM events"
                           " WHERE key BETWEEN ?1 AND ?2 ORDER BY key",
                           &statement, error))
        return false;
    sqlite3_bind_int64(statement, 1, event_key(run, from_event));
    sqlite3_bind_int64(statement, 2, event_key(run, UINT32_MAX));
    bool good = walk_rows(record, statement, run, visit, context, error);
    sqlite3_finalize(statement);
    return good;
}

static bool add_to_script(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)event;
    script_add(context, bytes, length);
    return true;
}

bool record_script(Record *record, uint64_t run, Script *script, Error *error) {
    return record_walk(record, run, 1, add_to_script, script, error);
}
