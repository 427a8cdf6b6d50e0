#include "core/record/write.h"

#include <assert.h>

#include "core/record/study_writer.h"

/* The first failure of writing is the record's last word: what came before stays readable, and nothing is
 * added after a gap. */
bool write_failed(Record *record, Error *error) {
    return error_set(error, record->failure.kind, "%s", record->failure.text);
}

bool write_give_up(Record *record, const Error *why, const OpenRun *open, Error *error) {
    if (!sqlite3_get_autocommit(record->db)) sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    if (open && open->committed > 0)
        error_set(&record->failure, why->kind,
                  "%s What was recorded up to event %llu of run %llu stays readable.", why->text,
                  (unsigned long long)open->committed, (unsigned long long)open->run);
    else
        error_set(&record->failure, why->kind, "%s What was recorded before stays readable.",
                  why->text);
    return write_failed(record, error);
}

bool write_begin(Record *record, Error *why) {
    return statement_run(record, STATEMENT_BEGIN, NULL, 0, why);
}

bool write_commit(Record *record, Error *why) {
    record->unsynced = true;
    return statement_run(record, STATEMENT_COMMIT, NULL, 0, why);
}

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

OpenRun *open_run(Record *record, uint64_t run, Error *error) {
    OpenRun *found = open_run_find(record, run);
    if (found) return found;
    const WorldNames *world;
    Names *names = record_names(record, run, error);
    if (!names || !record_world_names(record, run, &world, error)) return NULL;
    if (record->open_count == record->open_capacity) {
        record->open_capacity = record->open_capacity ? 2 * record->open_capacity : 16;
        record->open = memory_grow(record->open, record->open_capacity, sizeof *record->open);
    }
    uint32_t at = record->open_count++;
    for (; at > 0 && record->open[at - 1].run > run; at--) record->open[at] = record->open[at - 1];
    record->open[at] = (OpenRun){.run = run, .names = names, .world = world};
    return &record->open[at];
}

void open_run_forget(Record *record, uint64_t run) {
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

static bool insert_detail(Record *record, const OpenRun *open, const Event *event, Error *why) {
    Cell row[DETAIL_COLUMNS];
    return !event_detail_row(open->run, event, open->world, &record->scratch, row) ||
           statement_run(record, STATEMENT_ADD_DETAIL, row, DETAIL_COLUMNS, why);
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
    return code == SQLITE_DONE && insert_detail(record, open, &event, why);
}

/* On failure *at is the run that it struck. */
static bool insert_pending(Record *record, OpenRun **at, Error *why) {
    if (record->pending_count == 0) return true;
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
    return write_begin(record, why) && insert_pending(record, at, why) &&
           study_writer_insert(record, why) && write_commit(record, why);
}

bool record_commit(Record *record, Error *error) {
    Error why = {0};
    if (record->failure.kind) return write_failed(record, error);
    if (record->pending_count == 0 && !study_writer_waits(record)) return true;
    OpenRun *at = record->pending_count ? open_run_find(record, record->pending[0].run) : NULL;
    bool good = insert_batch(record, &why, &at);
    record->pending_count = 0;
    record->pending_length = 0;
    study_writer_forget(record);
    if (!good) return write_give_up(record, &why, at, error);
    for (uint32_t i = 0; i < record->open_count; i++)
        record->open[i].committed = record->open[i].written;
    return study_writer_agrees(record, error);
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
    if (record->failure.kind) return write_failed(record, error);
    if (!open_run(record, run, error)) return false;
    for (uint32_t i = 0; i < count; i++) {
        assert(events[i].id <= UINT32_MAX);
        (void)events; /* the bytes say it all; what is recorded is what was digested */
        if (record->pending_count == RECORD_BATCH && !record_commit(record, error)) return false;
        pend(record, run, bytes + offsets[i], offsets[i + 1] - offsets[i]);
    }
    return true;
}
