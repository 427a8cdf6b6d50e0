#include "core/record/study.h"

#include <assert.h>
#include <stdio.h>

#include "core/record/column.h"
#include "core/record/study_writer.h"

/* --- entering a study --- */

static bool add_seats(Record *record, uint64_t study, const StudyHeader *header, Error *error) {
    for (SeatId seat = 0; seat < header->seats; seat++) {
        Cell cells[] = {cell_integer((int64_t)study), cell_integer(seat),
                        cell_text(header->seat_id[seat])};
        if (!statement_run(record, STATEMENT_ADD_STUDY_SEAT, cells, 3, error)) return false;
    }
    return true;
}

static bool add_study(Record *record, const StudyHeader *header, const char *hash, uint64_t *study,
                      Error *error) {
    int64_t scenario;
    if (!write_hashed(record, STATEMENT_FIND_SCENARIO, STATEMENT_ADD_SCENARIO,
                      header->scenario_length ? header->scenario_text : "", header->scenario_length,
                      &scenario, error))
        return false;
    Cell cells[] = {cell_text(hash),
                    cell_text(header->plan),
                    cell_integer(scenario),
                    cell_text(header->scenario_name),
                    cell_integer((int64_t)header->seed),
                    cell_integer((int64_t)header->cells),
                    cell_text(header->version),
                    cell_integer(header->started_at),
                    cell_integer(header->seats)};
    if (!statement_run(record, STATEMENT_ADD_STUDY, cells, 9, error)) return false;
    *study = (uint64_t)sqlite3_last_insert_rowid(record->db);
    if (*study > STUDY_MOST)
        return error_set(error, ERROR_IO, "The record holds as many studies as it can.");
    return add_seats(record, *study, header, error);
}

bool study_enter(Record *record, const StudyHeader *header, uint64_t *study, Error *error) {
    bool row;
    char hex[DIGEST_HEX];
    Digest hash = digest_of(header->plan, strlen(header->plan));
    Cell key = cell_text(digest_hex(hex, &hash));
    sqlite3_stmt *statement = statement_first(record, STATEMENT_FIND_STUDY, &key, 1, &row, error);
    if (!statement) return false;
    *study = row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return row || add_study(record, header, hex, study, error);
}

static bool check_same(Record *record, const StudyHeader *header, uint64_t study, Error *error) {
    OpenStudy open;
    if (!study_open(record, study, &open, error)) return false;
    return (open.cells == header->cells && open.seats == header->seats) ||
           error_set(error, ERROR_CHECK,
                     "Study %llu has this plan, with %llu cells and %u seats, not %llu and %u.",
                     (unsigned long long)study, (unsigned long long)open.cells, open.seats,
                     (unsigned long long)header->cells, header->seats);
}

bool record_study_begin(Record *record, const StudyHeader *header, uint64_t *study, Error *error) {
    assert(record->writing && header->seats > 0 && header->seats <= NP_MAX_SEATS);
    assert(header->cells > 0 && header->cells <= STUDY_MOST_CELLS);
    Error why = {0};
    if (!record_commit(record, error)) return false;
    if (!write_begin(record, &why) || !study_enter(record, header, study, &why) ||
        !write_commit(record, &why))
        return write_give_up(record, &why, NULL, error);
    return check_same(record, header, *study, error);
}

/* --- finding one --- */

static bool no_study(uint64_t study, Error *error) {
    if (study == 0) return error_set(error, ERROR_NO_INPUT, "The record has no study.");
    return error_set(error, ERROR_NO_INPUT, "The record has no study %llu.",
                     (unsigned long long)study);
}

/* Seats and cells are what everything else is counted by. */
static bool read_study(sqlite3_stmt *statement, StudyRow *row, Error *error) {
    int64_t number = sqlite3_column_int64(statement, 0);
    int64_t cells = sqlite3_column_int64(statement, 5), seats = sqlite3_column_int64(statement, 8);
    *row = (StudyRow){.study = (uint64_t)number,
                      .hash = column_digest(statement, 1),
                      .scenario_hash = column_digest(statement, 2),
                      .seed = (uint64_t)sqlite3_column_int64(statement, 4),
                      .cells = (uint64_t)cells,
                      .started_at = sqlite3_column_int64(statement, 7),
                      .seats = (uint8_t)seats};
    column_text(row->scenario, sizeof row->scenario, statement, 3);
    column_text(row->version, sizeof row->version, statement, 6);
    bool counted = number > 0 && number <= STUDY_MOST && cells > 0 && cells <= STUDY_MOST_CELLS;
    if (counted && seats > 0 && seats <= NP_MAX_SEATS) return true;
    return error_set(error, ERROR_SCENARIO,
                     "The record is damaged: study %lld, table studies: it has %lld cells and %lld "
                     "seats.",
                     (long long)number, (long long)cells, (long long)seats);
}

static bool read_seats(Record *record, StudyRow *row, Error *error) {
    bool found;
    Error trouble = {0};
    Cell key = cell_integer((int64_t)row->study);
    sqlite3_stmt *statement =
        statement_first(record, STATEMENT_STUDY_SEATS, &key, 1, &found, error);
    if (!statement) return false;
    for (; found; found = statement_next(record, statement, &trouble)) {
        SeatId seat = column_seat(statement, 0);
        if (seat < row->seats)
            column_text(row->seat_id[seat], sizeof row->seat_id[seat], statement, 1);
    }
    statement_done(statement);
    return !trouble.kind || error_set(error, trouble.kind, "%s", trouble.text);
}

bool record_study_find(Record *record, uint64_t study, StudyRow *row, Text *plan, Text *scenario,
                       Error *error) {
    bool found;
    Cell key = cell_integer((int64_t)study);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_STUDY, &key, 1, &found, error);
    if (!statement) return false;
    bool good = found ? read_study(statement, row, error) : no_study(study, error);
    if (good) column_add(plan, statement, 9);
    if (good) column_add(scenario, statement, 10);
    statement_done(statement);
    return good && read_seats(record, row, error);
}

bool record_next_study(Record *record, uint64_t after, StudyRow *row, Error *error) {
    bool found;
    Cell key = cell_integer((int64_t)after);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_NEXT_STUDY, &key, 1, &found, error);
    if (!statement) return false;
    uint64_t study = found ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return study > 0 && record_study_find(record, study, row, NULL, NULL, error);
}

bool study_open(Record *record, uint64_t study, OpenStudy *open, Error *error) {
    StudyRow row;
    StudyWriter *writer = record->writing ? study_writer(record) : NULL;
    if (writer && study > 0 && writer->open.study == study) {
        *open = writer->open;
        return true;
    }
    if (study == 0) return no_study(study, error);
    if (!record_study_find(record, study, &row, NULL, NULL, error)) return false;
    *open = (OpenStudy){row.study, row.cells, row.seats};
    if (writer) writer->open = *open;
    return true;
}

void study_place(char out[96], const OpenStudy *open, uint64_t repetition, uint64_t cell) {
    snprintf(out, 96, "Study %llu, repetition %llu, cell %llu", (unsigned long long)open->study,
             (unsigned long long)repetition, (unsigned long long)cell);
}
