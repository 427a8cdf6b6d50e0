#include "core/record/write.h"

#include <assert.h>

#include "core/record/canon.h"

/* --- beginning a run --- */

/* The key of a row known by its hash, which is added when it is new. */
static bool find_or_add(Record *record, StatementId find, StatementId add, const Cell cells[2],
                        int64_t *key, Error *error) {
    bool row;
    sqlite3_stmt *statement = statement_first(record, find, cells, 1, &row, error);
    if (!statement) return false;
    if (row) *key = sqlite3_column_int64(statement, 0);
    statement_done(statement);
    if (row) return true;
    if (!statement_run(record, add, cells, 2, error)) return false;
    *key = sqlite3_last_insert_rowid(record->db);
    return true;
}

static bool add_hashed(Record *record, StatementId find, StatementId add, const char *bytes,
                       size_t length, int64_t *key, Error *error) {
    char hex[DIGEST_HEX];
    Digest hash = digest_of(bytes, length);
    Cell cells[] = {cell_text(digest_hex(hex, &hash)), cell_text_of(bytes, length)};
    return find_or_add(record, find, add, cells, key, error);
}

static bool add_domain(Record *record, const Domain *domain, int64_t *key, Error *error) {
    Text issues = {0};
    names_describe(domain, &issues);
    bool good = add_hashed(record, STATEMENT_FIND_DOMAIN, STATEMENT_ADD_DOMAIN, issues.bytes,
                           issues.length, key, error);
    text_finish(&issues);
    return good;
}

static bool add_run(Record *record, const RunHeader *header, int64_t epoch, const int64_t keys[2],
                    Error *error) {
    Cell cells[] = {
        cell_integer(keys[0]),
        cell_integer(keys[1]),
        cell_text(header->scenario_name),
        cell_text(header->settings ? header->settings : "[]"),
        cell_integer((int64_t)header->seed),
        cell_text(header->lane),
        cell_text(header->version),
        cell_integer(header->started_at),
        cell_integer(epoch),
        cell_integer(header->seats),
    };
    return statement_run(record, STATEMENT_ADD_RUN, cells, 10, error);
}

static bool add_seats(Record *record, uint64_t run, const RunHeader *header, Error *error) {
    for (SeatId seat = 0; seat < header->seats; seat++) {
        Cell cells[] = {
            cell_integer((int64_t)run),
            cell_integer(seat),
            cell_text(header->seat_id[seat]),
            cell_text(header->strategy[seat] ? header->strategy[seat] : ""),
            cell_integer(header->external[seat]),
        };
        if (!statement_run(record, STATEMENT_ADD_SEAT, cells, 5, error)) return false;
    }
    return true;
}

static bool has_past(const RunHeader *header) {
    return header->past && strcmp(header->past, "[]") != 0;
}

/* The parent's own row says who it is, if it is in this record. */
static bool parent_hash(Record *record, const RunHeader *header, Digest *hash, Error *error) {
    RunRow row;
    if (header->parent == 0) {
        *hash = *header->parent_hash;
        return true;
    }
    if (!record_find_run(record, header->parent, &row, error)) return false;
    *hash = row.header_hash;
    return true;
}

static bool add_branch(Record *record, uint64_t run, const RunHeader *header, Error *error) {
    char hex[DIGEST_HEX];
    Digest hash;
    bool child = header->parent > 0 || header->parent_hash;
    if (!child && !has_past(header)) return true;
    if (child && !parent_hash(record, header, &hash, error)) return false;
    Cell cells[] = {
        cell_integer((int64_t)run),
        header->parent > 0 ? cell_integer((int64_t)header->parent) : cell_null(),
        child ? cell_text(digest_hex(hex, &hash)) : cell_null(),
        header->branched_at < 0 ? cell_null() : cell_integer(header->branched_at),
        cell_text(header->past ? header->past : "[]"),
    };
    return statement_run(record, STATEMENT_ADD_BRANCH, cells, 5, error);
}

static bool add_header(Record *record, const RunHeader *header, const Negotiation *negotiation,
                       uint64_t *run, Error *error) {
    int64_t keys[2];
    if (!add_hashed(record, STATEMENT_FIND_SCENARIO, STATEMENT_ADD_SCENARIO,
                    header->scenario_length ? header->scenario_text : "", header->scenario_length,
                    &keys[0], error) ||
        !add_domain(record, &negotiation->terms.domain, &keys[1], error) ||
        !add_run(record, header, negotiation->terms.epoch, keys, error))
        return false;
    *run = (uint64_t)sqlite3_last_insert_rowid(record->db);
    if (*run > EVENT_KEY_LIMIT)
        return error_set(error, ERROR_IO, "The record holds as many runs as it can.");
    return add_seats(record, *run, header, error) && add_branch(record, *run, header, error) &&
           canon_store(record, &canon_header, *run, error);
}

/* Before it is committed, so that no run is seen that nobody has claimed. */
static bool claim(Record *record, uint64_t run, Error *error) {
    if (!record->claims) record->claims = claims_create(record->path);
    return claims_take(record->claims, run, error);
}

bool record_begin(Record *record, const RunHeader *header, const Negotiation *negotiation,
                  uint64_t *run, Error *error) {
    assert(record->writing && header->seats <= NP_MAX_SEATS);
    Error why = {0};
    if (!record_commit(record, error)) return false;
    if (write_begin(record, &why) && add_header(record, header, negotiation, run, &why) &&
        claim(record, *run, &why) && write_commit(record, &why))
        return true;
    return write_give_up(record, &why, NULL, error);
}

/* --- going on with a run --- */

/* *events: how many it has. */
static bool read_progress(Record *record, uint64_t run, uint64_t *events, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_PROGRESS, &key, 1, &row, error);
    if (!statement) return false;
    bool ended = row && sqlite3_column_int(statement, 0) != 0;
    uint64_t count = row ? (uint64_t)sqlite3_column_int64(statement, 1) : 0;
    uint64_t last = row ? (uint64_t)sqlite3_column_int64(statement, 2) : 0;
    statement_done(statement);
    *events = last;
    unsigned long long said = run;
    if (!row) return error_set(error, ERROR_NO_INPUT, "The record has no run %llu.", said);
    if (ended) return error_set(error, ERROR_CHECK, "Run %llu is finished.", said);
    return count == last || error_set(error, ERROR_CHECK,
                                      "Run %llu has a gap: events are missing before event %llu.",
                                      said, (unsigned long long)last);
}

/* Counted again once it is claimed: until then its writer may have gone on. */
static bool take_up(Record *record, uint64_t run, uint64_t *events, Error *error) {
    OpenRun *open = NULL;
    bool good = read_progress(record, run, events, error) && (open = open_run(record, run, error));
    if (good) open->written = open->committed = *events;
    return good;
}

bool record_reopen(Record *record, uint64_t run, uint64_t *events, Error *error) {
    assert(record->writing);
    if (!record_commit(record, error) || !read_progress(record, run, events, error) ||
        !claim(record, run, error))
        return false;
    if (take_up(record, run, events, error)) return true;
    claims_release(record->claims, run);
    return false;
}

/* --- ending a run --- */

static Cell utility_cell(Utility utility) {
    return utility == UTILITY_NONE ? cell_null() : cell_integer(utility);
}

static void say_accords(const Names *names, const Verdict *verdict, Text *out) {
    text_add(out, "[");
    for (uint32_t i = 0; i < verdict->accords; i++) {
        if (i > 0) text_add(out, ",");
        names_outcome(names, &verdict->accord[i], out);
    }
    text_add(out, "]");
}

static bool end_run(Record *record, uint64_t run, const Verdict *verdict, const Names *names,
                    Error *error) {
    bool agreed = verdict->kind == VERDICT_AGREEMENT;
    char hex[DIGEST_HEX];
    Text agreement = {0}, accords = {0};
    names_outcome(names, &verdict->agreement, &agreement);
    say_accords(names, verdict, &accords);
    Cell cells[] = {
        cell_integer((int64_t)run),
        cell_text(agreed ? "agreement" : "breakdown"),
        agreed ? cell_null() : cell_text(reason_name((uint8_t)verdict->reason)),
        verdict->seat == NP_NO_SEAT ? cell_null() : cell_integer(verdict->seat),
        cell_integer(verdict->ended_at),
        cell_integer((int64_t)verdict->events),
        cell_text(digest_hex(hex, &verdict->digest)),
        agreed ? cell_text(agreement.bytes) : cell_null(),
        cell_integer(verdict->signatories),
        verdict->in_force < 0 ? cell_null() : cell_integer(verdict->in_force),
        cell_text(accords.bytes),
        utility_cell(verdict->first_distance),
        utility_cell(verdict->last_distance),
    };
    bool good = statement_run(record, STATEMENT_END_RUN, cells, 13, error);
    text_finish(&agreement);
    text_finish(&accords);
    return good;
}

/* Seats that the run does not have have no row to change. */
static bool end_seats(Record *record, uint64_t run, const Verdict *verdict, Error *error) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        const SeatResult *result = &verdict->seat_result[seat];
        Cell cells[] = {
            cell_integer((int64_t)run),         cell_integer(seat),
            utility_cell(result->utility),      utility_cell(result->reservation),
            utility_cell(result->first_demand), utility_cell(result->last_demand),
            cell_integer(result->offers),
        };
        if (!statement_run(record, STATEMENT_END_SEAT, cells, 7, error)) return false;
    }
    return true;
}

static bool end_in_transaction(Record *record, uint64_t run, const Verdict *verdict,
                               const Names *names, Error *why) {
    return write_begin(record, why) && end_run(record, run, verdict, names, why) &&
           end_seats(record, run, verdict, why) && canon_store(record, &canon_result, run, why) &&
           write_commit(record, why);
}

/* What is written to a file that has no name any more is gone with the last who has it open. */
static bool still_there(Record *record, uint64_t run, Error *error) {
    int moved = 0;
    char name[256];
    sqlite3_file_control(record->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return !moved || error_set(error, ERROR_IO,
                               "The record %s was removed or replaced while run %llu was written "
                               "to it; the run is not there.",
                               record_name(record, name), (unsigned long long)run);
}

bool record_end(Record *record, uint64_t run, const Verdict *verdict, Error *error) {
    assert(record->writing && verdict->kind != VERDICT_OPEN);
    if (!record_commit(record, error)) return false;
    OpenRun *open = open_run(record, run, error);
    if (!open) return false;
    Error why = {0};
    if (!end_in_transaction(record, run, verdict, open->names, &why))
        return write_give_up(record, &why, open, error);
    open_run_forget(record, run);
    if (record->claims) claims_release(record->claims, run);
    return still_there(record, run, error);
}
