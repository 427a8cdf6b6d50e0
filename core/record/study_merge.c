#include "core/record/study_merge.h"

#include <stdio.h>

enum { OUTCOME_COLUMNS = 21, MOST_COLUMNS = 24 };

typedef struct StudyMerge {
    Record *to, *from;
    RecordMerge *done;
    OpenStudy source, target;
} StudyMerge;

static const char read_outcomes[] =
    "SELECT key, seed, epoch, drawn, verdict, reason, seat, ended_at, events, digest, agreement,"
    " signatories, in_force, accords, first_distance, last_distance, peace_until, peace_broken_at,"
    " peace_probes, peace_steps, peace_in_force FROM outcomes WHERE key BETWEEN ?1 AND ?2"
    " ORDER BY key";
static const char read_seats[] =
    "SELECT key, utility, reservation, first_demand, last_demand, offers, costs, type"
    " FROM outcome_seats WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
static const char add_seat[] =
    "INSERT INTO outcome_seats (key, utility, reservation, first_demand, last_demand, offers,"
    " costs, type) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/* --- complaints: which job, and which of the two records says what --- */

static bool differ(const StudyMerge *merge, const char *place, const char *column, const Cell *is,
                   const Cell *other, Error *error) {
    char here[256], there[256];
    Text say = {0};
    text_addf(&say, "%s, column %s: %s says ", place, column, record_name(merge->to, here));
    cell_say(&say, is);
    text_addf(&say, ", %s says ", record_name(merge->from, there));
    cell_say(&say, other);
    error_set(error, ERROR_CHECK,
              "%s. One plan gives one outcome a job: were they played by different versions of the "
              "program, or of a strategy? Nothing of the second one was merged.",
              say.bytes);
    text_finish(&say);
    return false;
}

/* --- copying rows --- */

static bool put(Record *to, sqlite3_stmt *write, const Cell *cells, int count, Error *error) {
    int code = cells_bind(write, cells, count);
    if (code == SQLITE_OK) code = sqlite3_step(write);
    sqlite3_reset(write);
    return code == SQLITE_DONE || record_failed(to, code, error);
}

static int64_t renumber(const StudyMerge *merge, int64_t key, int below) {
    return key + ((int64_t)(merge->target.study - merge->source.study) << STUDY_JOB_BITS) *
                     ((int64_t)1 << below);
}

/* --- the study itself --- */

static bool find_study(Record *record, Cell hash, uint64_t *study, Error *error) {
    bool row;
    sqlite3_stmt *statement = statement_first(record, STATEMENT_FIND_STUDY, &hash, 1, &row, error);
    if (!statement) return false;
    *study = row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return true;
}

static void header_of(const StudyRow *row, const Text *plan, const Text *scenario,
                      StudyHeader *header) {
    *header = (StudyHeader){.plan = text_get(plan),
                            .scenario_name = row->scenario,
                            .scenario_text = text_get(scenario),
                            .scenario_length = scenario->length,
                            .seed = row->seed,
                            .cells = row->cells,
                            .version = row->version,
                            .started_at = row->started_at,
                            .seats = row->seats};
    for (SeatId seat = 0; seat < row->seats; seat++) header->seat_id[seat] = row->seat_id[seat];
}

/* A study that is new comes with what its row and its seats say; names are bounded, as scenarios have them. */
static bool enter_study(StudyMerge *merge, const StudyRow *row, uint64_t *study, Error *error) {
    Text plan = {0}, scenario = {0};
    StudyHeader header;
    StudyRow again;
    bool good = record_study_find(merge->from, row->study, &again, &plan, &scenario, error);
    if (good) header_of(row, &plan, &scenario, &header);
    good = good && study_enter(merge->to, &header, study, error);
    text_finish(&plan);
    text_finish(&scenario);
    return good;
}

static bool open_both(StudyMerge *merge, const StudyRow *row, Error *error) {
    char hex[DIGEST_HEX], place[64];
    uint64_t study;
    merge->source = (OpenStudy){row->study, row->cells, row->seats};
    if (!find_study(merge->to, cell_text(digest_hex(hex, &row->hash)), &study, error) ||
        (study == 0 && !enter_study(merge, row, &study, error)) ||
        !study_open(merge->to, study, &merge->target, error))
        return false;
    Cell is[] = {cell_integer((int64_t)merge->target.cells), cell_integer(merge->target.seats)};
    Cell other[] = {cell_integer((int64_t)row->cells), cell_integer(row->seats)};
    snprintf(place, sizeof place, "Study %llu", (unsigned long long)study);
    return (cell_equal(&is[0], &other[0]) ||
            differ(merge, place, "cells", &is[0], &other[0], error)) &&
           (cell_equal(&is[1], &other[1]) ||
            differ(merge, place, "seats", &is[1], &other[1], error));
}

/* --- cells, and what else is a set of rows --- */

static bool compare_cell(StudyMerge *merge, const Cell *cells, Error *error) {
    bool row;
    char place[64];
    sqlite3_stmt *statement =
        statement_first(merge->to, STATEMENT_FIND_CELL, cells, 2, &row, error);
    if (!statement) return false;
    Cell is = cell_read(statement, 0);
    snprintf(place, sizeof place, "Study %llu, cell %lld", (unsigned long long)merge->target.study,
             (long long)cells[1].integer);
    bool good = !row || cell_equal(&is, &cells[2]) ||
                differ(merge, place, "settings", &is, &cells[2], error);
    statement_done(statement);
    return good;
}

static bool put_cell(StudyMerge *merge, Cell *cells, Error *error) {
    cells[0] = cell_integer((int64_t)merge->target.study);
    if (!statement_run(merge->to, STATEMENT_ADD_CELL, cells, 4, error)) return false;
    return sqlite3_changes(merge->to->db) == 1 || compare_cell(merge, cells, error);
}

static bool put_failure(StudyMerge *merge, Cell *cells, Error *error) {
    cells[0] = cell_integer((int64_t)merge->target.study);
    return statement_run(merge->to, STATEMENT_UNITE_FAILURE, cells, 5, error);
}

static bool put_run(StudyMerge *merge, Cell *cells, Error *error) {
    cells[0] = cell_integer(renumber(merge, cells[0].integer, 0));
    return statement_run(merge->to, STATEMENT_ADD_OUTCOME_RUN, cells, 2, error);
}

/* Rows of the study, ?1, or with keys from ?2 to ?3. */
static const struct Set {
    const char *read;
    bool (*put)(StudyMerge *merge, Cell *cells, Error *error);
} cells_of = {"SELECT study, cell, settings, numbers FROM cells WHERE study = ?1 AND ?2 < ?3",
              put_cell},
  failures_of = {"SELECT study, repetition, cell, attempt, why FROM failures"
                 " WHERE study = ?1 AND ?2 < ?3",
                 put_failure},
  runs_of = {"SELECT key, header_hash FROM outcome_runs WHERE ?1 = ?1 AND key BETWEEN ?2 AND ?3",
             put_run};

static void bind_study(const StudyMerge *merge, sqlite3_stmt *read) {
    sqlite3_bind_int64(read, 1, (int64_t)merge->source.study);
    sqlite3_bind_int64(read, 2, study_first_key(merge->source.study));
    sqlite3_bind_int64(read, 3, study_last_key(merge->source.study));
}

static bool unite(StudyMerge *merge, const struct Set *set, Error *error) {
    sqlite3_stmt *read = NULL;
    if (!statement_prepare(merge->from, set->read, &read, error)) return false;
    bind_study(merge, read);
    bool good = true;
    int code = SQLITE_DONE;
    while (good && (code = sqlite3_step(read)) == SQLITE_ROW) {
        Cell cells[MOST_COLUMNS];
        for (int i = 0; i < sqlite3_column_count(read); i++) cells[i] = cell_read(read, i);
        good = set->put(merge, cells, error);
    }
    if (good && code != SQLITE_DONE) good = record_failed(merge->from, code, error);
    sqlite3_finalize(read);
    return good;
}

/* --- outcomes with their seats --- */

/* Two walks side by side, as in study_read.c. */
typedef struct Passage {
    StudyMerge *merge;
    sqlite3_stmt *outcome, *seat, *add_seat;
    bool at_seat;
} Passage;

static bool next_seat(Passage *passage, Error *error) {
    int code = sqlite3_step(passage->seat);
    passage->at_seat = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ||
           record_failed(passage->merge->from, code, error);
}

static bool put_seat(Passage *passage, Error *error) {
    Cell cells[8];
    for (int i = 0; i < 8; i++) cells[i] = cell_read(passage->seat, i);
    cells[0] = cell_integer(renumber(passage->merge, cells[0].integer, STUDY_SEAT_BITS));
    return put(passage->merge->to, passage->add_seat, cells, 8, error);
}

/* Passes by those of an outcome that is there already. */
static bool pass_seats(Passage *passage, int64_t outcome, bool added, Error *error) {
    while (passage->at_seat) {
        int64_t of = sqlite3_column_int64(passage->seat, 0) >> STUDY_SEAT_BITS;
        if (of > outcome) return true;
        if (of == outcome && added && !put_seat(passage, error)) return false;
        if (!next_seat(passage, error)) return false;
    }
    return true;
}

static bool compare_outcome(const StudyMerge *merge, const Cell *cells, Error *error) {
    bool row;
    char place[96];
    sqlite3_stmt *statement =
        statement_first(merge->to, STATEMENT_FIND_OUTCOME, cells, 1, &row, error);
    if (!statement) return false;
    uint64_t job = (uint64_t)cells[0].integer & (STUDY_MOST_JOBS - 1);
    study_place(place, &merge->target, job / merge->target.cells, job % merge->target.cells);
    Cell digest = cell_read(statement, 0), seed = cell_read(statement, 1);
    bool good =
        (cell_equal(&seed, &cells[1]) || differ(merge, place, "seed", &seed, &cells[1], error)) &&
        (cell_equal(&digest, &cells[9]) ||
         differ(merge, place, "digest", &digest, &cells[9], error));
    statement_done(statement);
    return good;
}

static bool pass_outcome(Passage *passage, Error *error) {
    StudyMerge *merge = passage->merge;
    Cell cells[OUTCOME_COLUMNS];
    for (int i = 0; i < OUTCOME_COLUMNS; i++) cells[i] = cell_read(passage->outcome, i);
    int64_t key = cells[0].integer;
    cells[0] = cell_integer(renumber(merge, key, 0));
    if (!statement_run(merge->to, STATEMENT_ADD_OUTCOME, cells, OUTCOME_COLUMNS, error))
        return false;
    bool added = sqlite3_changes(merge->to->db) == 1;
    merge->done->outcomes++;
    merge->done->outcomes_merged += added;
    merge->done->outcome_duplicates += !added;
    return (added || compare_outcome(merge, cells, error)) &&
           pass_seats(passage, key, added, error);
}

static bool pass_outcomes(Passage *passage, Error *error) {
    int64_t first = study_first_key(passage->merge->source.study);
    int64_t last = study_last_key(passage->merge->source.study);
    int code = SQLITE_DONE;
    bool good = statement_prepare(passage->merge->from, read_outcomes, &passage->outcome, error) &&
                statement_prepare(passage->merge->from, read_seats, &passage->seat, error) &&
                statement_prepare(passage->merge->to, add_seat, &passage->add_seat, error);
    if (!good) return false;
    sqlite3_bind_int64(passage->outcome, 1, first);
    sqlite3_bind_int64(passage->outcome, 2, last);
    sqlite3_bind_int64(passage->seat, 1, first * (1 << STUDY_SEAT_BITS));
    sqlite3_bind_int64(passage->seat, 2, last * (1 << STUDY_SEAT_BITS) + NP_MAX_SEATS - 1);
    good = next_seat(passage, error);
    while (good && (code = sqlite3_step(passage->outcome)) == SQLITE_ROW)
        good = pass_outcome(passage, error);
    return good && (code == SQLITE_DONE || record_failed(passage->merge->from, code, error));
}

static bool merge_outcomes(StudyMerge *merge, Error *error) {
    Passage passage = {.merge = merge};
    bool good = pass_outcomes(&passage, error);
    sqlite3_finalize(passage.outcome);
    sqlite3_finalize(passage.seat);
    sqlite3_finalize(passage.add_seat);
    return good;
}

/* --- all of them --- */

bool study_merge(Record *to, Record *from, RecordMerge *done, Error *error) {
    StudyMerge merge = {.to = to, .from = from, .done = done};
    StudyRow row = {0};
    Error trouble = {0};
    while (record_next_study(from, row.study, &row, &trouble)) {
        if (!open_both(&merge, &row, error) || !unite(&merge, &cells_of, error) ||
            !merge_outcomes(&merge, error) || !unite(&merge, &runs_of, error) ||
            !unite(&merge, &failures_of, error))
            return false;
        done->studies++;
    }
    return !trouble.kind || error_set(error, trouble.kind, "%s", trouble.text);
}
