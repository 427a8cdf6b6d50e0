#include <assert.h>

#include "core/record/canon.h"
#include "core/record/merge_index.h"
#include "core/record/study_merge.h"
#include "core/record/write.h"

enum { MERGE_MAX_COLUMNS = 32 };

/* Rows of one run, read here and written there: the INSERT takes the columns of the SELECT in order. */
typedef struct Passage {
    const char *read, *write;
} Passage;

static const Passage texts[] = {
    {"SELECT s.hash, s.text FROM runs r JOIN scenarios s ON s.scenario = r.scenario"
     " WHERE r.run = ?1",
     "INSERT INTO scenarios (hash, text) SELECT ?1, ?2 WHERE NOT EXISTS"
     " (SELECT 1 FROM scenarios WHERE hash = ?1)"},
    {"SELECT w.hash, w.names FROM run_worlds x JOIN worlds w ON w.world = x.world WHERE x.run = ?1",
     "INSERT INTO worlds (hash, names) SELECT ?1, ?2 WHERE NOT EXISTS"
     " (SELECT 1 FROM worlds WHERE hash = ?1)"},
    {"SELECT d.hash, d.issues FROM runs r JOIN domains d ON d.domain = r.domain WHERE r.run = ?1",
     "INSERT INTO domains (hash, issues) SELECT ?1, ?2 WHERE NOT EXISTS"
     " (SELECT 1 FROM domains WHERE hash = ?1)"},
};

static const Passage head = {
    "SELECT s.hash, d.hash, r.scenario_name, r.settings, r.seed, r.lane, r.version, r.started_at,"
    " r.epoch, r.seats FROM runs r JOIN scenarios s ON s.scenario = r.scenario"
    " JOIN domains d ON d.domain = r.domain WHERE r.run = ?1",
    "INSERT INTO runs (scenario, domain, scenario_name, settings, seed, lane, version, started_at,"
    " epoch, seats) VALUES ((SELECT scenario FROM scenarios WHERE hash = ?1),"
    " (SELECT domain FROM domains WHERE hash = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};

/* The first column becomes the new run, or for events its key. */
static const Passage lineage = {
    "SELECT run, NULL, parent_hash, branched_at, past FROM branches WHERE run = ?1",
    "INSERT INTO branches (run, parent, parent_hash, branched_at, past)"
    " VALUES (?1, ?2, ?3, ?4, ?5)"};
static const Passage world = {
    "SELECT x.run, w.hash FROM run_worlds x JOIN worlds w ON w.world = x.world WHERE x.run = ?1",
    "INSERT INTO run_worlds (run, world) VALUES (?1, (SELECT world FROM worlds WHERE hash = ?2))"};
static const Passage accounts = {
    "SELECT run, seat, type, costs FROM accounts WHERE run = ?1 ORDER BY seat",
    "INSERT INTO accounts (run, seat, type, costs) VALUES (?1, ?2, ?3, ?4)"};
static const Passage peace = {
    "SELECT run, until, broken_at, probes, steps, in_force FROM peaces WHERE run = ?1",
    "INSERT INTO peaces (run, until, broken_at, probes, steps, in_force)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
static const Passage details = {
    "SELECT key, place, subject, word, amount, before FROM details"
    " WHERE key BETWEEN ?1 << 32 AND (?1 << 32) + 4294967295 ORDER BY key",
    "INSERT INTO details (key, place, subject, word, amount, before)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
static const Passage seats = {
    "SELECT run, seat, id, strategy, external, utility, reservation, first_demand, last_demand,"
    " offers FROM seats WHERE run = ?1 ORDER BY seat",
    "INSERT INTO seats (run, seat, id, strategy, external, utility, reservation, first_demand,"
    " last_demand, offers) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
static const Passage events = {
    "SELECT key, cause, at, decided_at, expires_at, kind, seat, offer, package, packages, seats,"
    " ruling, refused, reason, issue, option, breaks_commitment, passed, demand, distance, text,"
    " payload FROM events WHERE key BETWEEN ?1 << 32 AND (?1 << 32) + 4294967295 ORDER BY key",
    "INSERT INTO events (key, cause, at, decided_at, expires_at, kind, seat, offer, package,"
    " packages, seats, ruling, refused, reason, issue, option, breaks_commitment, passed, demand,"
    " distance, text, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
    " ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"};
static const Passage verdict = {
    "SELECT run, verdict, reason, seat, ended_at, events, digest, agreement, signatories, in_force,"
    " accords, first_distance, last_distance, result, result_hash FROM runs"
    " WHERE run = ?1 AND result_hash IS NOT NULL",
    "UPDATE runs SET verdict = ?2, reason = ?3, seat = ?4, ended_at = ?5, events = ?6, digest = ?7,"
    " agreement = ?8, signatories = ?9, in_force = ?10, accords = ?11, first_distance = ?12,"
    " last_distance = ?13, result = ?14, result_hash = ?15 WHERE run = ?1"};

typedef struct Merge {
    Record *to, *from;
    MergeIndex index; /* of the runs in `to` */
    bool all;
    RecordMerge *done;
    RunRow row;   /* the run that is being merged */
    uint64_t run; /* its new id; 0 before it has one */
} Merge;

/* --- one run --- */

static void renumber(const Merge *merge, const Passage *passage, Cell *cells) {
    if (merge->run == 0) return;
    bool event = passage == &events || passage == &details;
    int64_t number = event ? cells[0].integer & UINT32_MAX : 0;
    cells[0] = cell_integer(event ? event_key(merge->run, (uint64_t)number) : (int64_t)merge->run);
    uint64_t parent =
        passage == &lineage ? merge_index_find(&merge->index, &merge->row.parent_hash) : 0;
    if (parent > 0) cells[1] = cell_integer((int64_t)parent);
}

static bool pass_row(Merge *merge, const Passage *passage, sqlite3_stmt *read, sqlite3_stmt *write,
                     Error *error) {
    Cell cells[MERGE_MAX_COLUMNS];
    int columns = sqlite3_column_count(read);
    assert(columns <= MERGE_MAX_COLUMNS);
    for (int i = 0; i < columns; i++) cells[i] = cell_read(read, i);
    renumber(merge, passage, cells);
    int code = cells_bind(write, cells, columns);
    if (code == SQLITE_OK) code = sqlite3_step(write);
    sqlite3_reset(write);
    return code == SQLITE_DONE || record_failed(merge->to, code, error);
}

static bool pass(Merge *merge, const Passage *passage, Error *error) {
    sqlite3_stmt *read = NULL, *write = NULL;
    int code = SQLITE_DONE;
    bool good = statement_prepare(merge->from, passage->read, &read, error) &&
                statement_prepare(merge->to, passage->write, &write, error);
    if (good) sqlite3_bind_int64(read, 1, (int64_t)merge->row.run);
    while (good && (code = sqlite3_step(read)) == SQLITE_ROW)
        good = pass_row(merge, passage, read, write, error);
    if (good && code != SQLITE_DONE) good = record_failed(merge->from, code, error);
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    return good;
}

static bool pass_head(Merge *merge, Error *error) {
    merge->run = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!pass(merge, &texts[i], error)) return false;
    if (!pass(merge, &head, error)) return false;
    merge->run = (uint64_t)sqlite3_last_insert_rowid(merge->to->db);
    return merge->run <= EVENT_KEY_LIMIT ||
           error_set(error, ERROR_IO, "The record holds as many runs as it can.");
}

/* The header is formed anew, which gives a run of this schema the same header. The result's form does not
 * depend on where it is. */
static bool merge_run(Merge *merge, Error *error) {
    return pass_head(merge, error) && pass(merge, &lineage, error) && pass(merge, &seats, error) &&
           pass(merge, &world, error) && canon_store(merge->to, &canon_header, merge->run, error) &&
           pass(merge, &events, error) && pass(merge, &details, error) &&
           pass(merge, &accounts, error) && pass(merge, &peace, error) &&
           pass(merge, &verdict, error);
}

/* --- all of them --- */

static bool merge_runs(Merge *merge, Error *error) {
    RunIdentity identity;
    Error trouble = {0};
    while (record_next_run(merge->from, merge->row.run, &merge->row, &trouble)) {
        merge->done->runs++;
        if (!run_identity(merge->from, &merge->row, &identity, error)) return false;
        if (!merge->all && merge_index_has(&merge->index, &identity)) {
            merge->done->duplicates++;
            continue;
        }
        if (!merge_run(merge, error)) return false;
        merge_index_add(&merge->index, &identity, merge->run);
        merge->done->merged++;
    }
    return !trouble.kind || error_set(error, trouble.kind, "%s", trouble.text);
}

/* The source is read as it was at one moment, even while somebody writes to it. */
static bool merge_snapshot(Merge *merge, Error *error) {
    if (!record_run_sql(merge->from, "BEGIN", error)) return false;
    bool good = merge_runs(merge, error) && study_merge(merge->to, merge->from, merge->done, error);
    sqlite3_exec(merge->from->db, "COMMIT", NULL, NULL, NULL);
    return good;
}

bool record_merge(Record *record, Record *source, bool all, RecordMerge *done, Error *error) {
    assert(record->writing && !source->writing);
    Merge *merge = memory_new(1, sizeof *merge);
    *merge = (Merge){.to = record, .from = source, .all = all, .done = done};
    Error why = {0};
    *done = (RecordMerge){0};
    bool good = record_commit(record, &why) && write_begin(record, &why) &&
                merge_index_read(&merge->index, record, &why);
    good = good && merge_snapshot(merge, &why) && write_commit(record, &why);
    if (!good) write_give_up(record, &why, NULL, error);
    merge_index_finish(&merge->index);
    memory_free(merge);
    return good;
}
