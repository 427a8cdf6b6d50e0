/* Cells and outcomes that waited, into their tables. */
#include <stdio.h>

#include "core/record/study_writer.h"

enum { OUTCOME_COLUMNS = 21, SEAT_COLUMNS = 8, SEATS_AT_ONCE = 16 };

static Cell text_cell(const StudyWriter *writer, PendingText text) {
    if (text.length == 0) return cell_null();
    return cell_text_of(writer->texts.bytes + text.at, text.length);
}

static Cell utility_cell(Utility utility) {
    return utility == UTILITY_NONE ? cell_null() : cell_integer(utility);
}

/* --- conflicts --- */

static void note_conflict(StudyWriter *writer, const char *place, const char *column,
                          const Cell *is, const Cell *should) {
    Text say = {0};
    text_addf(&say, "%s: it is recorded already, column %s ", place, column);
    cell_say(&say, is);
    text_add(&say, ", and this one says ");
    cell_say(&say, should);
    error_set(&writer->conflict, ERROR_CHECK,
              "%s. What was recorded stays. One plan gives one outcome a job: was it played by "
              "another version of the program, or of a strategy?",
              say.bytes);
    text_finish(&say);
}

static bool compare_cell(Record *record, const PendingCell *cell, const Cell *settings,
                         Error *why) {
    bool row;
    char place[96];
    Cell key[] = {cell_integer((int64_t)cell->study), cell_integer((int64_t)cell->cell)};
    sqlite3_stmt *statement = statement_first(record, STATEMENT_FIND_CELL, key, 2, &row, why);
    if (!statement) return false;
    Cell is = cell_read(statement, 0);
    snprintf(place, sizeof place, "Study %llu, cell %llu", (unsigned long long)cell->study,
             (unsigned long long)cell->cell);
    if (row && !cell_equal(&is, settings))
        note_conflict(record->studies, place, "settings", &is, settings);
    statement_done(statement);
    return true;
}

static bool compare_outcome(Record *record, const PendingOutcome *outcome, Cell seed, Cell digest,
                            Error *why) {
    bool row;
    char place[96];
    Cell key = cell_integer(outcome_key(&outcome->study, outcome->repetition, outcome->cell));
    sqlite3_stmt *statement = statement_first(record, STATEMENT_FIND_OUTCOME, &key, 1, &row, why);
    if (!statement) return false;
    study_place(place, &outcome->study, outcome->repetition, outcome->cell);
    Cell its_digest = cell_read(statement, 0), its_seed = cell_read(statement, 1);
    if (row && !cell_equal(&its_seed, &seed))
        note_conflict(record->studies, place, "seed", &its_seed, &seed);
    if (row && !cell_equal(&its_digest, &digest))
        note_conflict(record->studies, place, "digest", &its_digest, &digest);
    statement_done(statement);
    return true;
}

/* --- cells --- */

static bool insert_cell(Record *record, const PendingCell *cell, Error *why) {
    const StudyWriter *writer = record->studies;
    Cell settings = text_cell(writer, cell->settings);
    Cell cells[] = {cell_integer((int64_t)cell->study), cell_integer((int64_t)cell->cell), settings,
                    text_cell(writer, cell->numbers)};
    if (!statement_run(record, STATEMENT_ADD_CELL, cells, 4, why)) return false;
    return sqlite3_changes(record->db) == 1 || compare_cell(record, cell, &settings, why);
}

/* --- seats --- */

static bool prepare_seats(Record *record, int rows, sqlite3_stmt **statement, Error *why) {
    Text sql = {0};
    text_add(&sql,
             "INSERT INTO outcome_seats (key, utility, reservation, first_demand, last_demand,"
             " offers, costs, type) VALUES ");
    for (int row = 0; row < rows; row++)
        text_addf(&sql, "%s(?, ?, ?, ?, ?, ?, ?, ?)", row > 0 ? ", " : "");
    bool good = statement_prepare(record, sql.bytes, statement, why);
    text_finish(&sql);
    return good;
}

/* What a statement costs is paid once for all seats of many outcomes: seats are most of the rows. */
static bool prepare_both(Record *record, uint8_t seats, Error *why) {
    StudyWriter *writer = record->studies;
    if (writer->add_seats_of == seats) return true;
    writer->add_seats_of = 0;
    for (int i = 0; i < 2; i++) {
        sqlite3_finalize(writer->add_seats[i]);
        writer->add_seats[i] = NULL;
    }
    if (!prepare_seats(record, seats, &writer->add_seats[0], why) ||
        !prepare_seats(record, seats * SEATS_AT_ONCE, &writer->add_seats[1], why))
        return false;
    writer->add_seats_of = seats;
    return true;
}

static int bind_seat(sqlite3_stmt *statement, int at, int64_t key, const SeatResult *result) {
    int code = SQLITE_OK;
    Cell cells[SEAT_COLUMNS] = {cell_integer(key),
                                utility_cell(result->utility),
                                utility_cell(result->reservation),
                                utility_cell(result->first_demand),
                                utility_cell(result->last_demand),
                                cell_integer(result->offers),
                                cell_integer(result->costs),
                                cell_integer(result->type)};
    for (int i = 0; i < SEAT_COLUMNS && code == SQLITE_OK; i++)
        code = cell_bind(statement, at + i + 1, &cells[i]);
    return code;
}

static int bind_seats(sqlite3_stmt *statement, int at, const StudyWriter *writer,
                      const PendingOutcome *outcome) {
    int code = SQLITE_OK;
    int64_t key = outcome_key(&outcome->study, outcome->repetition, outcome->cell);
    for (SeatId seat = 0; seat < outcome->study.seats && code == SQLITE_OK; seat++)
        code = bind_seat(statement, at + seat * SEAT_COLUMNS, key * (1 << STUDY_SEAT_BITS) + seat,
                         &writer->seat[outcome->seats + seat]);
    return code;
}

/* Of `count` outcomes that were added, from that place on: 1 or SEATS_AT_ONCE. */
static bool insert_seats(Record *record, uint32_t from, uint32_t count, Error *why) {
    const StudyWriter *writer = record->studies;
    sqlite3_stmt *statement = writer->add_seats[count > 1];
    int code = SQLITE_OK, step = writer->add_seats_of * SEAT_COLUMNS;
    for (uint32_t i = 0; i < count && code == SQLITE_OK; i++)
        code =
            bind_seats(statement, (int)i * step, writer, &writer->outcome[writer->added[from + i]]);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code != SQLITE_DONE) record_failed(record, code, why);
    sqlite3_reset(statement);
    return code == SQLITE_DONE;
}

/* How many from that place on are of as many seats, up to SEATS_AT_ONCE. */
static uint32_t of_as_many_seats(const StudyWriter *writer, uint32_t from) {
    uint8_t seats = writer->outcome[writer->added[from]].study.seats;
    uint32_t count = 0;
    while (count < SEATS_AT_ONCE && from + count < writer->added_count &&
           writer->outcome[writer->added[from + count]].study.seats == seats)
        count++;
    return count;
}

static bool insert_all_seats(Record *record, Error *why) {
    StudyWriter *writer = record->studies;
    for (uint32_t from = 0, count; from < writer->added_count; from += count) {
        count = of_as_many_seats(writer, from) == SEATS_AT_ONCE ? SEATS_AT_ONCE : 1;
        if (!prepare_both(record, writer->outcome[writer->added[from]].study.seats, why) ||
            !insert_seats(record, from, count, why))
            return false;
    }
    return true;
}

/* --- outcomes --- */

static void verdict_cells(const PendingOutcome *outcome, Cell cells[5]) {
    bool agreed = outcome->kind == VERDICT_AGREEMENT;
    cells[0] = cell_text(agreed ? "agreement" : "breakdown");
    cells[1] = agreed ? cell_null() : cell_text(reason_name((uint8_t)outcome->reason));
    cells[2] = outcome->seat == NP_NO_SEAT ? cell_null() : cell_integer(outcome->seat);
    cells[3] = cell_integer(outcome->ended_at);
    cells[4] = cell_integer((int64_t)outcome->events);
}

static void peace_cells(const StudyWriter *writer, const PendingOutcome *outcome, Cell cells[5]) {
    for (int i = 0; i < 5; i++) cells[i] = cell_null();
    if (!outcome->observed) return;
    cells[0] = cell_integer(outcome->peace_until);
    if (outcome->peace_broken_at != NP_NEVER) cells[1] = cell_integer(outcome->peace_broken_at);
    cells[2] = cell_integer(outcome->peace_probes);
    cells[3] = cell_integer(outcome->peace_steps);
    cells[4] = text_cell(writer, outcome->peace_in_force);
}

static bool insert_run(Record *record, const PendingOutcome *outcome, Cell key, Error *why) {
    char hex[DIGEST_HEX];
    if (!outcome->recorded) return true;
    Cell cells[] = {key, cell_text(digest_hex(hex, &outcome->header_hash))};
    return statement_run(record, STATEMENT_ADD_OUTCOME_RUN, cells, 2, why);
}

static bool insert_outcome(Record *record, const PendingOutcome *outcome, Error *why) {
    StudyWriter *writer = record->studies;
    char hex[DIGEST_HEX];
    Cell cells[OUTCOME_COLUMNS] = {
        [0] = cell_integer(outcome_key(&outcome->study, outcome->repetition, outcome->cell)),
        [1] = cell_integer((int64_t)outcome->seed),
        [2] = cell_integer(outcome->epoch),
        [3] = text_cell(writer, outcome->drawn),
        [9] = cell_text(digest_hex(hex, &outcome->digest)),
        [10] = text_cell(writer, outcome->agreement),
        [11] = cell_integer(outcome->signatories),
        [12] = outcome->in_force < 0 ? cell_null() : cell_integer(outcome->in_force),
        [13] = text_cell(writer, outcome->accords),
        [14] = utility_cell(outcome->first_distance),
        [15] = utility_cell(outcome->last_distance)};
    verdict_cells(outcome, &cells[4]);
    peace_cells(writer, outcome, &cells[16]);
    if (!statement_run(record, STATEMENT_ADD_OUTCOME, cells, OUTCOME_COLUMNS, why)) return false;
    bool added = sqlite3_changes(record->db) == 1;
    if (!added && !compare_outcome(record, outcome, cells[1], cells[9], why)) return false;
    if (added) writer->added[writer->added_count++] = (uint32_t)(outcome - writer->outcome);
    return insert_run(record, outcome, cells[0], why);
}

bool study_writer_insert(Record *record, Error *why) {
    StudyWriter *writer = record->studies;
    if (!writer) return true;
    writer->added_count = 0;
    for (uint32_t i = 0; i < writer->cells; i++)
        if (!insert_cell(record, &writer->cell[i], why)) return false;
    for (uint32_t i = 0; i < writer->outcomes; i++)
        if (!insert_outcome(record, &writer->outcome[i], why)) return false;
    return insert_all_seats(record, why);
}
