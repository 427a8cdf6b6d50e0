#include <assert.h>

#include "core/record/canon.h"

/* The first failure of writing is the record's last word: what came before stays readable, and nothing is
 * added after a gap. */
static bool writing_failed(Record *record, Error *error) {
    return error_set(error, record->failure.kind, "%s", record->failure.text);
}

static bool give_up(Record *record, const Error *why, const OpenRun *open, Error *error) {
    if (!sqlite3_get_autocommit(record->db)) sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    if (open && open->committed > 0)
        error_set(&record->failure, why->kind,
                  "%s What was recorded up to event %llu of run %llu stays readable.", why->text,
                  (unsigned long long)open->committed, (unsigned long long)open->run);
    else
        error_set(&record->failure, why->kind, "%s What was recorded before stays readable.",
                  why->text);
    return writing_failed(record, error);
}

static bool transaction_begin(Record *record, Error *why) {
    return statement_run(record, STATEMENT_BEGIN, NULL, 0, why);
}

static bool transaction_commit(Record *record, Error *why) {
    return statement_run(record, STATEMENT_COMMIT, NULL, 0, why);
}

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
    return add_seats(record, *run, header, error) &&
           canon_store(record, &canon_header, *run, error);
}

bool record_begin(Record *record, const RunHeader *header, const Negotiation *negotiation,
                  uint64_t *run, Error *error) {
    assert(record->writing && header->seats <= NP_MAX_SEATS);
    Error why = {0};
    if (!record_commit(record, error)) return false;
    if (transaction_begin(record, &why) && add_header(record, header, negotiation, run, &why) &&
        transaction_commit(record, &why))
        return true;
    return give_up(record, &why, NULL, error);
}

/* --- events --- */

static OpenRun *open_run_find(Record *record, uint64_t run) {
    uint32_t low = 0, high = record->open_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (record->open[middle].run < run)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < record->open_count && record->open[low].run == run;
    return found ? &record->open[low] : NULL;
}

static OpenRun *open_run(Record *record, uint64_t run, Error *error) {
    OpenRun *found = open_run_find(record, run);
    if (found) return found;
    Names *names = record_names(record, run, error);
    if (!names) return NULL;
    if (record->open_count == record->open_capacity) {
        record->open_capacity = record->open_capacity ? 2 * record->open_capacity : 16;
        record->open = memory_grow(record->open, record->open_capacity, sizeof *record->open);
    }
    uint32_t at = record->open_count++;
    for (; at > 0 && record->open[at - 1].run > run; at--) record->open[at] = record->open[at - 1];
    record->open[at] = (OpenRun){.run = run, .names = names};
    return &record->open[at];
}

static void open_run_forget(Record *record, uint64_t run) {
    OpenRun *found = open_run_find(record, run);
    if (!found) return;
    OpenRun *end = record->open + record->open_count;
    memmove(found, found + 1, (size_t)(end - found - 1) * sizeof *found);
    record->open_count--;
}

/* What SQLite bound last stays bound: nulls, which are many, need not be bound again. */
static int bind_event(sqlite3_stmt *statement, const Cell row[EVENT_COLUMNS], uint32_t *nulls) {
    int code = SQLITE_OK;
    for (int i = 0; i < EVENT_COLUMNS && code == SQLITE_OK; i++) {
        uint32_t bit = UINT32_C(1) << i;
        if (row[i].kind == CELL_NULL && (*nulls & bit)) continue;
        code = cell_bind(statement, i + 1, &row[i]);
        *nulls = row[i].kind == CELL_NULL ? *nulls | bit : *nulls & ~bit;
    }
    return code;
}

static uint32_t payload_length(const uint8_t *payload) {
    return (uint32_t)payload[0] | (uint32_t)payload[1] << 8 | (uint32_t)payload[2] << 16 |
           (uint32_t)payload[3] << 24;
}

static bool insert_event(Record *record, sqlite3_stmt *statement, OpenRun *open,
                         const uint8_t *payload, uint32_t *nulls, Error *why) {
    Event event;
    Cell row[EVENT_COLUMNS];
    size_t length = payload_length(payload);
    if (!event_decode(payload, length, &event, why)) return false;
    event_row(open->run, &event, payload, length, open->names, &record->scratch, row);
    int code = bind_event(statement, row, nulls);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code != SQLITE_DONE) record_failed(record, code, why);
    sqlite3_reset(statement);
    open->written = event.id;
    return code == SQLITE_DONE;
}

/* On failure *at is the run that it struck. */
static bool insert_pending(Record *record, OpenRun **at, Error *why) {
    sqlite3_stmt *statement = statement_use(record, STATEMENT_ADD_EVENT, why);
    if (!statement) return false;
    uint32_t nulls = 0;
    for (uint32_t i = 0; i < record->pending_count; i++) {
        const PendingEvent *pending = &record->pending[i];
        if (!*at || (*at)->run != pending->run) *at = open_run_find(record, pending->run);
        if (!insert_event(record, statement, *at, record->pending_bytes + pending->offset, &nulls,
                          why))
            return false;
    }
    sqlite3_clear_bindings(statement); /* nothing may point into the buffer any more */
    return true;
}

static bool insert_batch(Record *record, Error *why, OpenRun **at) {
    return transaction_begin(record, why) && insert_pending(record, at, why) &&
           transaction_commit(record, why);
}

bool record_commit(Record *record, Error *error) {
    Error why = {0};
    if (record->failure.kind) return writing_failed(record, error);
    if (record->pending_count == 0) return true;
    OpenRun *at = open_run_find(record, record->pending[0].run);
    bool good = insert_batch(record, &why, &at);
    record->pending_count = 0;
    record->pending_length = 0;
    if (!good) return give_up(record, &why, at, error);
    for (uint32_t i = 0; i < record->open_count; i++)
        record->open[i].committed = record->open[i].written;
    return true;
}

static void pend(Record *record, uint64_t run, const uint8_t *payload, size_t length) {
    if (!record->pending) record->pending = memory_new(RECORD_BATCH, sizeof *record->pending);
    if (record->pending_length + length > record->pending_capacity) {
        record->pending_capacity = 2 * (record->pending_capacity + EVENT_MAX_BYTES);
        record->pending_bytes = memory_grow(record->pending_bytes, record->pending_capacity, 1);
    }
    memcpy(record->pending_bytes + record->pending_length, payload, length);
    record->pending[record->pending_count++] =
        (PendingEvent){run, (uint32_t)record->pending_length};
    record->pending_length += length;
}

bool record_events(Record *record, uint64_t run, const Event *events, const uint8_t *bytes,
                   const uint32_t *offsets, uint32_t count, Error *error) {
    assert(record->writing);
    if (record->failure.kind) return writing_failed(record, error);
    if (!open_run(record, run, error)) return false;
    for (uint32_t i = 0; i < count; i++) {
        assert(events[i].id <= UINT32_MAX);
        (void)events; /* the bytes say it all; what is recorded is what was digested */
        if (record->pending_count == RECORD_BATCH && !record_commit(record, error)) return false;
        pend(record, run, bytes + offsets[i], offsets[i + 1] - offsets[i]);
    }
    return true;
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
    return transaction_begin(record, why) && end_run(record, run, verdict, names, why) &&
           end_seats(record, run, verdict, why) && canon_store(record, &canon_result, run, why) &&
           transaction_commit(record, why);
}

bool record_end(Record *record, uint64_t run, const Verdict *verdict, Error *error) {
    assert(record->writing && verdict->kind != VERDICT_OPEN);
    if (!record_commit(record, error)) return false;
    OpenRun *open = open_run(record, run, error);
    if (!open) return false;
    Error why = {0};
    if (!end_in_transaction(record, run, verdict, open->names, &why))
        return give_up(record, &why, open, error);
    open_run_forget(record, run);
    return true;
}
