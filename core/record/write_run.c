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

bool write_hashed(Record *record, StatementId find, StatementId add, const char *bytes,
                  size_t length, int64_t *key, Error *error) {
    char hex[DIGEST_HEX];
    Digest hash = digest_of(bytes, length);
    Cell cells[] = {cell_text(digest_hex(hex, &hash)), cell_text_of(bytes, length)};
    return find_or_add(record, find, add, cells, key, error);
}

static bool add_domain(Record *record, const Domain *domain, int64_t *key, Error *error) {
    Text issues = {0};
    names_describe(domain, &issues);
    bool good = write_hashed(record, STATEMENT_FIND_DOMAIN, STATEMENT_ADD_DOMAIN, issues.bytes,
                             issues.length, key, error);
    text_finish(&issues);
    return good;
}

/* A run whose negotiation has no world has no such row. */
static bool add_world(Record *record, uint64_t run, const Negotiation *negotiation, Error *error) {
    Text names = {0};
    int64_t key = 0;
    if (!world_names_describe(negotiation, &names)) return true;
    bool good = write_hashed(record, STATEMENT_FIND_WORLD, STATEMENT_ADD_WORLD, names.bytes,
                             names.length, &key, error);
    text_finish(&names);
    Cell cells[] = {cell_integer((int64_t)run), cell_integer(key)};
    return good && statement_run(record, STATEMENT_ADD_RUN_WORLD, cells, 2, error);
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
    if (!write_hashed(record, STATEMENT_FIND_SCENARIO, STATEMENT_ADD_SCENARIO,
                      header->scenario_length ? header->scenario_text : "", header->scenario_length,
                      &keys[0], error) ||
        !add_domain(record, &negotiation->terms.domain, &keys[1], error) ||
        !add_run(record, header, negotiation->terms.epoch, keys, error))
        return false;
    *run = (uint64_t)sqlite3_last_insert_rowid(record->db);
    if (*run > EVENT_KEY_LIMIT)
        return error_set(error, ERROR_IO, "The record holds as many runs as it can.");
    return add_seats(record, *run, header, error) && add_branch(record, *run, header, error) &&
           add_world(record, *run, negotiation, error) &&
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
